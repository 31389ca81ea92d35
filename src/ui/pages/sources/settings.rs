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
        entry::cell_ui(ui, 44.0, |ui| form::label_ui(ui, tr!("Name")).help(help::TABLE_NAME));
        let width = entry::width_before(ui, &[&icon::before(icon::DELETE, tr!("Remove"))]);
        let typed = entry::held_text_ui(
            ui,
            &mut cx.memory.typed,
            (tr!("Table name"), help::TABLE_NAME),
            &table.name,
            tr!("Web"),
            width,
        );
        match name_problem(cx, &table.id, &typed.text) {
            None if typed.changed || typed.done => {
                edit::rename_table(cx.draft, &table.id, &typed.text);
                cx.name_edit(tr!("Rename table to {typed}", typed = typed.text));
            }
            None => {}
            Some(problem) => refused = typed.focused.then_some(problem),
        }
        if entry::named_button(
            ui,
            &icon::before(icon::DELETE, tr!("Remove")),
            &tr!("Remove {table}", table = table.name),
        )
        .clicked()
        {
            remove(cx, &table.id);
        }
    });
    if let Some(problem) = refused {
        form::error_ui(ui, tr!("{problem} The table keeps the name {table}.", problem, table = table.name));
    }
    if cx.memory.typed.get(REFUSED) == Some(&table.id) {
        refused_ui(ui, cx, table);
    }
}

/// Why a table cannot have this name.
fn name_problem(cx: &PageCx<'_>, id: &str, name: &str) -> Option<String> {
    if !validate::is_table_name(name) {
        return Some(tr!("A name begins with a letter and has letters, digits and underscores only.").to_owned());
    }
    let twin = |other: &&SourceTable| other.id != id && other.name.eq_ignore_ascii_case(name);
    cx.draft.source_tables.iter().find(twin).map(|other| tr!("Another table is called {other}.", other = other.name))
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
    cx.name_edit(tr!("Remove {name}", name));
}

fn refused_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &SourceTable) {
    let users = edit::users_of_table(cx.draft, &table.id);
    if users.is_empty() {
        cx.memory.typed.remove(REFUSED);
        return;
    }
    form::warning_ui(ui, tr!("{table} is not removed, because it is used:", table = table.name));
    for user in users {
        ui.add(egui::Label::new(format!("•  {user}")).wrap());
    }
    ui.horizontal(|ui| {
        if ui.button(tr!("Got it")).clicked() {
            cx.memory.typed.remove(REFUSED);
        }
    });
}

fn file_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &SourceTable) {
    ui.horizontal(|ui| {
        entry::cell_ui(ui, 44.0, |ui| form::label_ui(ui, tr!("File")));
        let width = entry::width_before(ui, &[tr!("Refresh"), tr!("Replace…")]);
        entry::cell_ui(ui, width, |ui| {
            let path = RichText::new(&table.path).monospace().color(palette(ui).text);
            let base = cx.workbench.base().join(&table.path);
            ui.add(egui::Label::new(path).truncate()).on_hover_text(base.display().to_string());
        });
        if ui.button(tr!("Refresh")).on_hover_text(tr!("Read the file again, its columns too")).clicked() {
            cx.workbench.refresh_table(&table.id);
        }
        if ui.button(tr!("Replace…")).help(help::REPLACE_PATH).clicked()
            && let Some(path) = cx.workbench.dialogs.ask(Purpose::ReplaceTable, "")
        {
            cx.workbench.replace_file(&table.id, &path);
        }
    });
    ui.horizontal(|ui| {
        entry::cell_ui(ui, 44.0, |_| ());
        let typed = cx.memory.typed.entry("replacing path".to_owned()).or_default();
        let width = entry::width_before(ui, &[tr!("Replace by path")]);
        form::text_ui(
            ui,
            (tr!("Path of another file"), help::REPLACE_PATH),
            typed,
            tr!("another file: folder/table.csv"),
            width,
        );
        let path = clean_path(typed);
        let button = ui.add_enabled(path.is_some(), egui::Button::new(tr!("Replace by path")));
        let clicked = button.on_disabled_hover_text(tr!("Type the path of another file first")).clicked();
        if let Some(path) = path.filter(|_| clicked) {
            let path: PathBuf = cx.workbench.base().join(path);
            cx.workbench.replace_file(&table.id, &path);
            cx.memory.typed.remove("replacing path");
        }
    });
    let missing = cx.live().and_then(|run| run.source(&table.id).map(|source| source.missing_columns.clone()));
    if let Some(missing) = missing.filter(|missing| !missing.is_empty()) {
        form::warning_ui(ui, tr!("No longer in the file: {missing}.", missing = missing.join(", ")));
        parts::hint_ui(ui, tr!("Refresh drops them from the table."));
    }
}
