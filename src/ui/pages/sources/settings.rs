//! The selected table: its name, its file, how it is read, its columns.

use eframe::egui::{self, Ui};

use super::{clean_path, columns, reading};
use crate::help;
use crate::project::{SourceTable, edit, validate};
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::theme::{self, GAP_TINY, icon};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::more::{self, Item};
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
        let width = ui.available_width();
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
pub fn remove_table(cx: &mut PageCx<'_>, id: &str) {
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

/// What is done with the table as a whole.
enum Action {
    CopyPath,
    Remove,
}

/// The path of the file, to read, to copy, or to type another one; and what is done with the file and the table.
fn file_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &SourceTable) {
    let whole = cx.workbench.base().join(&table.path);
    let mut is_other = false;
    ui.horizontal(|ui| {
        entry::cell_ui(ui, 44.0, |ui| form::label_ui(ui, tr!("File")).help(help::REPLACE_PATH));
        let width = entry::width_before(ui, &[tr!("Refresh"), tr!("Choose…")]) - more::ROOM;
        let name = tr!("File of {table}", table = table.name);
        let field = (name.as_str(), help::REPLACE_PATH);
        let typed = entry::held_text_ui(ui, &mut cx.memory.typed, field, &table.path, tr!("folder/table.csv"), width);
        typed.response.on_hover_text(whole.display().to_string());
        is_other = typed.focused && typed.text != table.path;
        let entered = typed.done && ui.input(|input| input.key_pressed(egui::Key::Enter));
        if let Some(path) = clean_path(&typed.text).filter(|_| entered) {
            let path = cx.workbench.base().join(path);
            cx.workbench.replace_file(&table.id, &path);
        }
        if ui.button(tr!("Refresh")).on_hover_text(tr!("Read the file again, its columns too")).clicked() {
            cx.workbench.refresh_table(&table.id);
        }
        if ui.button(tr!("Choose…")).help(help::REPLACE_PATH).clicked()
            && let Some(path) = cx.workbench.dialogs.ask(Purpose::ReplaceTable, "")
        {
            cx.workbench.replace_file(&table.id, &path);
        }
        let copy = tr!("Copy the path of {table}", table = table.name);
        let remove = tr!("Remove {table}", table = table.name);
        let items = vec![
            Item::new(tr!("Copy path"), copy, Action::CopyPath),
            Item::new(icon::before(icon::DELETE, tr!("Remove table")), remove, Action::Remove),
        ];
        match more::more_ui(ui, &tr!("More of {table}", table = table.name), items) {
            Some(Action::CopyPath) => ui.ctx().copy_text(whole.display().to_string()),
            Some(Action::Remove) => remove_table(cx, &table.id),
            None => {}
        }
    });
    if is_other {
        parts::hint_ui(ui, tr!("Enter reads this file in the place of {path}, Escape keeps that.", path = table.path));
    }
    let missing = cx.live().and_then(|run| run.source(&table.id).map(|source| source.missing_columns.clone()));
    if let Some(missing) = missing.filter(|missing| !missing.is_empty()) {
        form::warning_ui(ui, tr!("No longer in the file: {missing}.", missing = missing.join(", ")));
        parts::hint_ui(ui, tr!("Refresh drops them from the table."));
    }
}
