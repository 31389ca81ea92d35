//! One condition: its fields, how they are compared, and what is evened out before.

use eframe::egui::Ui;

use super::{Compared, comparison, fields, normalization};
use crate::project::Condition;
use crate::ui::widgets::{entry, layout};

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
                ui.add_space(fields::LABEL_WIDTH + ui.spacing().item_spacing.x);
                ui.vertical(|ui| asked.edit_lists = how_ui(ui, compared, condition, called));
            });
        });
    });
    asked
}

/// How its fields are compared; says whether the lists are to be edited.
fn how_ui(ui: &mut Ui, compared: &Compared<'_>, condition: &mut Condition, called: &str) -> bool {
    let gap = ui.spacing().item_spacing.x;
    let room = entry::width_before(ui, &[fields::add_words()]) - gap;
    let evened_out = |ui: &mut Ui, condition: &mut Condition, width: f32| {
        let edit_lists = normalization::normalization_ui(ui, compared, condition, (called, width));
        fields::add_ui(ui, compared, condition, called);
        edit_lists
    };
    // A precision takes the rest of its line.
    let beside = room - comparison::WIDTH - gap;
    let on_its_own = condition.comparison.precision().is_some() || beside < 100.0;
    let first = ui.horizontal(|ui| {
        comparison::comparison_ui(ui, compared, condition, called);
        !on_its_own && evened_out(ui, condition, beside.min(200.0))
    });
    let edit_lists = first.inner || on_its_own && ui.horizontal(|ui| evened_out(ui, condition, room.min(200.0))).inner;
    normalization::country_ui(ui, condition, called);
    edit_lists
}
