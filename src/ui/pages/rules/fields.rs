//! The fields of a condition: one of each side, and others of which any may agree.

use crate::help;
use crate::ui::theme::icon;
use crate::ui::widgets::help::Helped as _;
use eframe::egui::{Response, Ui};

use super::Compared;
use crate::project::{Condition, SourceTable};
use crate::ui::widgets::picker::{self, Entry};
use crate::ui::widgets::{entry, form};

/// What stands before the fields: "where", "and".
pub const LABEL_WIDTH: f32 = 50.0;

/// `Same [Email] = [Email]`; returns whether the condition is to go.
pub fn fields_ui(
    ui: &mut Ui,
    compared: &Compared<'_>,
    condition: &mut Condition,
    (word, called): (&str, &str),
    removable: bool,
) -> bool {
    let mut remove = false;
    ui.horizontal(|ui| {
        let says_so = |label: Response| label.on_hover_text(tr!("Blank values never agree."));
        entry::cell_ui(ui, LABEL_WIDTH, |ui| says_so(form::label_ui(ui, word)));
        let room = ui.available_width() - if removable { form::ICON_ROOM } else { 0.0 };
        match compared.upper {
            Some(upper) => {
                let width = ((room - 32.0) / 2.0).clamp(90.0, 210.0);
                field_ui(ui, compared.own, &tr!("Field in {called}", called), &mut condition.field, width);
                let sign = if condition.comparison.is_exact() { "=" } else { "≈" };
                says_so(form::label_ui(ui, sign));
                field_ui(ui, upper, &tr!("Higher field in {called}", called), &mut condition.to_field, width);
            }
            None => {
                let width = room.clamp(90.0, 210.0);
                field_ui(ui, compared.own, &tr!("Field in {called}", called), &mut condition.field, width);
            }
        }
        remove = removable && form::icon_button(ui, icon::REMOVE, &tr!("Remove {called}", called), true);
    });
    let (own, upper) = (compared.own, compared.upper);
    more_ui(ui, own, &mut condition.or_fields, upper.is_some(), (tr!("field"), called));
    if let Some(upper) = upper {
        more_ui(ui, upper, &mut condition.or_to_fields, true, (tr!("higher field"), called));
    }
    remove
}

/// Further fields of one side.
fn more_ui(ui: &mut Ui, table: &SourceTable, more: &mut Vec<String>, with_table: bool, (kind, called): (&str, &str)) {
    let mut dropped = None;
    for (place, field) in more.iter_mut().enumerate() {
        let name = tr!("Or {kind} {place} in {called}", kind, place = place + 1, called);
        ui.horizontal(|ui| {
            entry::cell_ui(ui, LABEL_WIDTH, |ui| form::label_ui(ui, tr!("or")));
            if with_table {
                form::label_ui(ui, &tr!("{table}'s", table = table.name));
            }
            let width = (ui.available_width() - form::ICON_ROOM).clamp(90.0, 170.0);
            field_ui(ui, table, &name, field, width);
            if form::icon_button(
                ui,
                icon::REMOVE,
                &tr!("Remove or {kind} {place} of {called}", kind, place = place + 1, called),
                true,
            ) {
                dropped = Some(place);
            }
        });
    }
    if let Some(place) = dropped {
        more.remove(place);
    }
}

fn field_ui(ui: &mut Ui, table: &SourceTable, name: &str, value: &mut String, width: f32) {
    let shown = if value.is_empty() { tr!("Choose…") } else { value.as_str() }.to_owned();
    picker::one_of_ui(ui, (name, help::CONDITION_FIELD), &shown, value, width, || {
        table.columns.iter().map(|column| (column.name.clone(), Entry::new(&column.name))).collect()
    });
}

/// What the button says that [`add_ui`] draws.
pub fn add_words() -> &'static str {
    tr!("or another column…")
}

/// Adds a further field to a side.
pub fn add_ui(ui: &mut Ui, compared: &Compared<'_>, condition: &mut Condition, called: &str) {
    let Some(upper) = compared.upper else {
        let add = entry::named_button(ui, add_words(), &tr!("Add or field to {called}", called));
        if add.help(help::OR_FIELD).clicked() {
            condition.or_fields.push(String::new());
        }
        return;
    };
    let menu = ui.menu_button(add_words(), |ui| {
        if ui.button(tr!("Another column of {own}", own = compared.own.name)).clicked() {
            condition.or_fields.push(String::new());
        }
        if ui.button(tr!("Another column of {upper}", upper = upper.name)).clicked() {
            condition.or_to_fields.push(String::new());
        }
    });
    let name = tr!("Add or field to {called}", called);
    menu.response.widget_info(|| eframe::egui::WidgetInfo::labeled(eframe::egui::Role::Button, true, &name));
    menu.response.help(help::OR_FIELD);
}
