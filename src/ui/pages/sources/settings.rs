//! The selected table: its name, its file, how it is read, its columns.

use std::path::PathBuf;

use eframe::egui::{self, RichText, Ui};

use super::{clean_path, columns, reading};
use crate::help;
use crate::project::{SourceTable, edit, validate};
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::theme::{self, GAP_TINY, icon, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::{entry, form};
use crate::workbench::Purpose;

/// The table whose removal was refused, until that was read.
const REFUSED: &str = "refused removal";

pub fn settings_ui(ui: &mut Ui, cx: &mut PageCx<'_>, id: &str) {
    let Some(table) = cx.draft.source_table(id).cloned() else { return };
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        name_ui(ui, cx, &table);
        file_ui(ui, cx, &table);
        reading::reading_ui(ui, cx, &table);
    });
    ui.add_space(GAP_TINY);
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        columns::columns_ui(ui, cx, &table);
    });
}

fn name_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &SourceTable) {
    let mut refused = None;
    ui.horizontal(|ui| {
        entry::cell_ui(ui, 44.0, |ui| form::label_ui(ui, "Name").help(help::TABLE_NAME));
        let width = entry::width_before(ui, &[&icon::before(icon::DELETE, "Remove")]);
        let typed =
            entry::held_text_ui(ui, &mut cx.memory.typed, ("Table name", help::TABLE_NAME), &table.name, "Web", width);
        match name_problem(cx, &table.id, &typed.text) {
            None if typed.changed || typed.done => {
                edit::rename_table(cx.draft, &table.id, &typed.text);
                cx.name_edit(format!("Rename table to {}", typed.text));
            }
            None => {}
            Some(problem) => refused = typed.focused.then_some(problem),
        }
        if entry::named_button(ui, &icon::before(icon::DELETE, "Remove"), &format!("Remove {}", table.name)).clicked() {
            remove(cx, &table.id);
        }
    });
    if let Some(problem) = refused {
        form::error_ui(ui, format!("{problem} The table keeps the name {}.", table.name));
    }
    if cx.memory.typed.get(REFUSED) == Some(&table.id) {
        refused_ui(ui, cx, table);
    }
}

/// Why a table cannot have this name.
fn name_problem(cx: &PageCx<'_>, id: &str, name: &str) -> Option<String> {
    if !validate::is_table_name(name) {
        return Some("A name begins with a letter and has letters, digits and underscores only.".to_owned());
    }
    let twin = |other: &&SourceTable| other.id != id && other.name.eq_ignore_ascii_case(name);
    cx.draft.source_tables.iter().find(twin).map(|other| format!("Another table is called {}.", other.name))
}

/// Removes a table that nothing uses; else the page lists who does.
pub fn remove(cx: &mut PageCx<'_>, id: &str) {
    if !edit::users_of_table(cx.draft, id).is_empty() {
        cx.memory.typed.insert(REFUSED.to_owned(), id.to_owned());
        return;
    }
    let name = cx.draft.table_name(id).to_owned();
    edit::remove_table(cx.draft, id);
    cx.memory.table = None;
    cx.name_edit(format!("Remove {name}"));
}

fn refused_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &SourceTable) {
    let users = edit::users_of_table(cx.draft, &table.id);
    if users.is_empty() {
        cx.memory.typed.remove(REFUSED);
        return;
    }
    form::warning_ui(ui, format!("{} is not removed, because it is used:", table.name));
    for user in users {
        ui.add(egui::Label::new(format!("•  {user}")).wrap());
    }
    ui.horizontal(|ui| {
        if ui.button("Got it").clicked() {
            cx.memory.typed.remove(REFUSED);
        }
    });
}

fn file_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &SourceTable) {
    ui.horizontal(|ui| {
        entry::cell_ui(ui, 44.0, |ui| form::label_ui(ui, "File"));
        let width = entry::width_before(ui, &["Refresh", "Replace…"]);
        entry::cell_ui(ui, width, |ui| {
            let path = RichText::new(&table.path).monospace().color(palette(ui).text);
            let base = cx.workbench.base().join(&table.path);
            ui.add(egui::Label::new(path).truncate()).on_hover_text(base.display().to_string());
        });
        if ui.button("Refresh").on_hover_text("Read the file again, its columns too").clicked() {
            cx.workbench.refresh_table(&table.id);
        }
        if ui.button("Replace…").help(help::REPLACE_PATH).clicked()
            && let Some(path) = cx.workbench.dialogs.ask(Purpose::ReplaceTable, "")
        {
            cx.workbench.replace_file(&table.id, &path);
        }
    });
    ui.horizontal(|ui| {
        entry::cell_ui(ui, 44.0, |_| ());
        let typed = cx.memory.typed.entry("replacing path".to_owned()).or_default();
        let width = entry::width_before(ui, &["Replace by path"]);
        form::text_ui(ui, ("Path of another file", help::REPLACE_PATH), typed, "another file: folder/table.csv", width);
        let path = clean_path(typed);
        let button = ui.add_enabled(path.is_some(), egui::Button::new("Replace by path"));
        let clicked = button.on_disabled_hover_text("Type the path of another file first").clicked();
        if let Some(path) = path.filter(|_| clicked) {
            let path: PathBuf = cx.workbench.base().join(path);
            cx.workbench.replace_file(&table.id, &path);
            cx.memory.typed.remove("replacing path");
        }
    });
    let missing = cx.live().and_then(|run| run.source(&table.id).map(|source| source.missing_columns.clone()));
    if let Some(missing) = missing.filter(|missing| !missing.is_empty()) {
        form::warning_ui(ui, format!("No longer in the file: {}.", missing.join(", ")));
        parts::hint_ui(ui, "Refresh drops them from the table.");
    }
}
