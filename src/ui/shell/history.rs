//! The list of edits: what was done, what was undone, and the way to any of them.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{self, ScrollArea, TextStyle, Ui};

use crate::ui::context::PageCx;
use crate::ui::theme::{icon, palette};
use crate::ui::widgets::form;
use crate::workbench::Command;
use crate::workbench::history::Entry;

pub fn history_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    ui.horizontal(|ui| {
        form::section_ui(ui, tr!("Edit history"));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if form::icon_button(ui, icon::REMOVE, tr!("Close the edit history"), true) {
                cx.send(Command::History);
            }
        });
    });
    let entries = cx.workbench.history.entries();
    if entries.len() == 1 {
        form::label_ui(ui, tr!("Every edit is listed here, and each can be gone back to."));
        return;
    }
    let is_in_file = cx.workbench.path.is_some();
    let mut chosen = None;
    ScrollArea::vertical().auto_shrink(false).stick_to_bottom(true).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        for (place, entry) in entries.iter().enumerate() {
            if entry_ui(ui, entry, is_in_file) {
                chosen = Some(place);
            }
        }
    });
    if let Some(place) = chosen {
        cx.workbench.jump_in_history(place);
    }
}

/// Says whether it was chosen.
fn entry_ui(ui: &mut Ui, entry: &Entry, is_in_file: bool) -> bool {
    let colors = palette(ui);
    let color = if entry.is_undone { colors.text_weak } else { colors.text };
    let font_id = TextStyle::Body.resolve(ui.style());
    let plain = TextFormat { font_id: font_id.clone(), color, italics: entry.is_undone, ..TextFormat::default() };
    let mut job = LayoutJob::default();
    job.append(&entry.time, 0.0, TextFormat { color: colors.text_weak, italics: false, ..plain.clone() });
    // What has no time stands where the labels of the others do.
    let missing = if entry.time.is_empty() {
        ui.painter().layout_no_wrap("00:00".to_owned(), font_id, color).size().x
    } else {
        0.0
    };
    job.append(&entry.label, 8.0 + missing, plain);
    let is_saved = entry.is_saved && is_in_file;
    let response = form::list_row_ui(ui, entry.is_present, job, if is_saved { tr!("saved") } else { "" });
    let (is_present, label) = (entry.is_present, &entry.label);
    let marks = [(is_present, tr!(", now")), (entry.is_undone, tr!(", undone")), (is_saved, tr!(", saved"))];
    let marks: String = marks.into_iter().filter(|(is, _)| *is).map(|(_, words)| words).collect();
    let spoken = tr!("Edit: {label}{marks}", label, marks);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_present, &spoken));
    let help = match () {
        () if is_present => tr!("The project is as after this edit"),
        () if entry.is_undone => tr!("Undone: click to make everything up to here again"),
        () => tr!("Click to undo everything after this"),
    };
    response.on_hover_text(format!("{label}\n{help}")).clicked() && !is_present
}
