//! The columns of an export: those chosen in the order written, then the others.

use eframe::egui::{self, RichText, Ui};

use crate::help;
use crate::project::{Export, edit};
use crate::ui::context::PageCx;
use crate::ui::theme::{ROW_HEIGHT, icon, palette};
use crate::ui::widgets::{entry, form, layout};

/// Width of the two arrow buttons.
const ARROWS: f32 = 68.0;

/// An export without fields has all of them, those that come later too.
pub fn fields_ui(ui: &mut Ui, cx: &PageCx<'_>, export: &mut Export) {
    let all = edit::customer_columns(cx.draft);
    let mut chosen = if export.fields.is_empty() { all.clone() } else { export.fields.clone() };
    let before = chosen.clone();
    let rest: Vec<String> = all.iter().filter(|name| !chosen.contains(name)).cloned().collect();
    form::section_ui(ui, "Fields");
    ui.horizontal(|ui| {
        if ui.button("All fields").on_hover_text("All fields, those added later too").clicked() {
            chosen.clone_from(&all);
        }
        if ui.button("Only CustomerId").on_hover_text("None but the id; tick the others you want").clicked() {
            chosen = all.iter().take(1).cloned().collect();
        }
        let color = palette(ui).text_weak;
        ui.label(RichText::new(format!("{} of {} chosen", before.len(), all.len())).color(color));
    });
    let rows: Vec<(&String, bool)> =
        before.iter().map(|name| (name, true)).chain(rest.iter().map(|name| (name, false))).collect();
    let mut moved = None;
    egui::ScrollArea::vertical()
        .id_salt("export columns")
        .max_height(ROW_HEIGHT * 14.5)
        .auto_shrink([false, true])
        .show_rows(ui, ROW_HEIGHT, rows.len(), |ui, range| {
            for place in range {
                let (name, ticked) = rows[place];
                let row = Row { name, place, ticked, last: before.len() - 1, known: all.contains(name) };
                row_ui(ui, &row, &mut chosen, &mut moved);
            }
        });
    if let Some((from, to)) = moved {
        chosen.swap(from, to);
    }
    if chosen != before {
        export.fields = if chosen == all { Vec::new() } else { chosen };
    }
}

struct Row<'a> {
    name: &'a str,
    place: usize,
    ticked: bool,
    /// The place of the last chosen field.
    last: usize,
    /// Whether the customer has this field.
    known: bool,
}

fn row_ui(ui: &mut Ui, row: &Row<'_>, chosen: &mut Vec<String>, moved: &mut Option<(usize, usize)>) {
    ui.horizontal(|ui| {
        let (up, down) = (format!("Move {} up", row.name), format!("Move {} down", row.name));
        if !row.ticked {
            // Fields that are not written have no order.
            layout::cell_ui(ui, ARROWS, "");
        } else {
            if form::icon_button(ui, icon::UP, &up, row.place > 0) {
                *moved = Some((row.place, row.place - 1));
            }
            if form::icon_button(ui, icon::DOWN, &down, row.place < row.last) {
                *moved = Some((row.place, row.place + 1));
            }
        }
        let mut ticked = row.ticked;
        let only = row.ticked && row.last == 0;
        let name = format!("Export field {}", row.name);
        let response = entry::check_ui(ui, (&name, help::EXPORT_FIELD), &mut ticked, row.name, !only);
        let response = response.on_disabled_hover_text("An export has at least one field");
        if response.changed() && ticked {
            chosen.push(row.name.to_owned());
        } else if response.changed() {
            chosen.retain(|name| name != row.name);
        }
        if !row.known {
            let color = palette(ui).error;
            ui.label(RichText::new("no such customer field").color(color));
        }
    });
}
