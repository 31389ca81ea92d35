//! The columns of a unified table: which to use, and what they mean.

use crate::help;
use crate::ui::theme::icon;
use crate::ui::widgets::help::Helped as _;
use eframe::egui::{self, Ui};

use super::{SEARCH, key};
use crate::project::SourceTable;
use crate::ui::context::PageCx;
use crate::ui::pages::{column_list, parts};
use crate::ui::widgets::{entry, form};

const USE_WIDTH: f32 = 26.0;

pub fn columns_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &SourceTable) {
    let search = cx.memory.typed.entry(crate::text::of(SEARCH).to_owned()).or_default();
    let found = ui.horizontal(|ui| {
        let hint = tr!("Search columns of all tables");
        let width = entry::width_before(ui, &[tr!("Use all"), tr!("Use none")]);
        form::text_ui(ui, (tr!("Search columns"), help::SEARCH_COLUMNS), search, hint, width);
        let found = column_list::matching(table, search);
        let what = if search.trim().is_empty() { tr!("all columns") } else { tr!("the columns found") };
        let all = ui.button(tr!("Use all")).on_hover_text(tr!("Tick {what}", what)).clicked();
        let none =
            ui.button(tr!("Use none")).on_hover_text(tr!("Untick {what}; the primary key stays", what)).clicked();
        if all || none {
            for &place in &found {
                if let Some(table) = cx.draft.source_table_mut(&table.id) {
                    table.columns[place].selected = all;
                }
            }
            let word = if all { tr!("Use") } else { tr!("Leave out") };
            cx.label = Some(tr!("{word} columns of {table}", word, table = table.name));
        }
        found
    });
    let found = found.inner;
    let width = (ui.available_width() - USE_WIDTH - 32.0).max(240.0);
    let [name_width, type_width, key_width, meaning_width] = [0.26, 0.14, 0.3, 0.3].map(|share| width * share);
    let checks = key::checks(cx, &table.id).unwrap_or_default();
    ui.horizontal(|ui| {
        entry::cell_ui(ui, USE_WIDTH, |ui| form::label_ui(ui, tr!("Use")).help(help::USE_COLUMN));
        entry::cell_ui(ui, name_width, |ui| form::label_ui(ui, tr!("Column")));
        entry::cell_ui(ui, type_width, |ui| form::label_ui(ui, tr!("Type")).help(help::COLUMN_TYPE));
        entry::cell_ui(ui, key_width, |ui| form::label_ui(ui, tr!("As a key")).help(help::COLUMN_AS_KEY.topic()));
        entry::cell_ui(ui, meaning_width, |ui| form::label_ui(ui, tr!("Semantic type")).help(help::SEMANTIC_TYPE));
    });
    if found.is_empty() {
        parts::hint_ui(ui, tr!("No column of {table} has these words.", table = table.name));
    }
    parts::lines_ui(ui, found.len(), |ui, line| {
        let place = found[line];
        let column = &table.columns[place];
        entry::cell_ui(ui, USE_WIDTH, |ui| column_list::selected_ui(ui, cx, &table.id, place));
        entry::cell_ui(ui, name_width, |ui| {
            let is_key = table.primary_key.as_deref() == Some(&column.name);
            let name = if is_key { icon::before(icon::KEY, &column.name) } else { column.name.clone() };
            let label = egui::Label::new(name).truncate();
            ui.add(label);
        });
        entry::cell_ui(ui, type_width, |ui| {
            ui.add(egui::Label::new(column.column_type.label()).truncate());
        });
        entry::cell_ui(ui, key_width, |ui| {
            let check = checks.iter().find(|(name, _)| *name == column.name);
            let words = check.map_or_else(|| "–".to_owned(), |(_, check)| key::words(check));
            ui.add(egui::Label::new(words).truncate());
        });
        column_list::semantic_type_ui(ui, cx, &table.id, place, meaning_width);
    });
}
