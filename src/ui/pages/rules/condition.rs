//! One condition: its fields, how they are compared, and what is evened out before.

use eframe::egui::Ui;

use super::{Compared, comparison, fields, normalization};
use crate::project::Condition;
use crate::ui::widgets::layout;

/// What was asked of a condition beside its settings.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked {
    pub remove: bool,
    pub edit_lists: bool,
}

/// The editor of one condition. `called` is what its controls are named by, such as `condition 1 of rule 2`.
pub fn condition_ui(
    ui: &mut Ui,
    compared: &Compared<'_>,
    condition: &mut Condition,
    (word, called): (&str, &str),
    removable: bool,
) -> Asked {
    let mut asked = Asked::default();
    let id = ui.scope_id().with(called);
    layout::steady_ui(ui, id, |ui| {
        asked.remove = fields::fields_ui(ui, compared, condition, (word, called), removable);
        layout::steady_ui(ui, id.with("how"), |ui| {
            ui.horizontal(|ui| {
                ui.add_space(52.0);
                ui.vertical(|ui| {
                    ui.horizontal(|ui| {
                        comparison::comparison_ui(ui, compared, condition, called);
                    });
                    ui.horizontal_wrapped(|ui| {
                        asked.edit_lists = normalization::normalization_ui(ui, compared, condition, called);
                        normalization::country_ui(ui, condition, called);
                        fields::add_ui(ui, compared, condition, called);
                    });
                });
            });
        });
    });
    asked
}
