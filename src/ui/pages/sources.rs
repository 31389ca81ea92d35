//! Sources: the tables, how their files are read, their columns, and what was read.

mod columns;
mod preview;
mod reading;
mod settings;

use std::path::PathBuf;

use eframe::egui::{self, RichText, Ui};

use super::parts;
use crate::engine::check::Wanted;
use crate::engine::pipeline;
use crate::help;
use crate::project::SourceTable;
use crate::project::validate::Place;
use crate::task::Unit;
use crate::ui::context::{Memory, PageCx};
use crate::ui::theme::{self, GAP_LARGE, GAP_SECTION, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::list::Row;
use crate::ui::widgets::{entry, form, layout, text};
use crate::workbench::{Command, Lane};

/// Shows the profile of the selected column in the place of the rows.
pub fn show_profile(memory: &mut Memory) {
    memory.typed.insert(preview::TAB.to_owned(), preview::PROFILE.to_owned());
}

pub fn page_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let tables = || cx.draft.source_tables.iter().map(|table| table.id.as_str());
    // Where nobody chose one, the one that is to be mended.
    let broken = tables().find(|id| cx.workbench.blocked(Wanted::Rows(id)).is_some());
    let selected = parts::selected_table(cx, broken.into_iter().chain(tables()));
    let Some(selected) = selected else {
        empty_ui(ui, cx);
        return;
    };
    parts::split_ui(
        ui,
        cx,
        |ui, cx| {
            let upper = |ui: &mut Ui, cx: &mut PageCx<'_>| {
                theme::card(ui).show(ui, |ui| list_ui(ui, cx, &selected));
            };
            parts::upper_and_lower_ui(ui, cx, upper, |ui, cx| settings::settings_ui(ui, cx, &selected));
        },
        |ui, cx| preview::preview_ui(ui, cx, &selected),
    );
}

fn empty_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let sentence = tr!("Start with the tables that know your customers: a web log, a loyalty programme, a shop. \
                    Each is one CSV, TSV or Parquet file.");
    if form::empty_ui(ui, sentence, Some(Command::AddTables.text())) {
        cx.send(Command::AddTables);
    }
    ui.add_space(GAP_SECTION);
    ui.vertical_centered(|ui| {
        parts::hint_ui(ui, tr!("Files can be dropped on this window too, or named by their path:"));
        let row = ui.allocate_ui(egui::vec2(440.0, 28.0), |ui| ui.horizontal(|ui| path_ui(ui, cx)).inner);
        let is_typing = row.inner.has_focus();
        ui.data_mut(|data| data.insert_temp(typing(), is_typing));
        ui.add_space(GAP_LARGE);
        parts::hint_ui(ui, tr!("To look around first, open a sample: File, Samples."));
    });
}

/// Whether the path of a first table is being typed, while there is none.
fn typing() -> egui::Id {
    egui::Id::unique("the path of the first table")
}

/// A typed path, for where the desktop has no file dialogs; gives the field.
fn path_ui(ui: &mut Ui, cx: &mut PageCx<'_>) -> egui::Response {
    let typed = cx.memory.typed.entry("table path".to_owned()).or_default();
    let width = entry::width_before(ui, &[tr!("Add path")]);
    let field =
        form::text_ui(ui, (tr!("Path of a table"), help::TABLE_PATH), typed, tr!("or a path: folder/table.csv"), width);
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    let path = clean_path(typed);
    let button = ui.add_enabled(path.is_some(), egui::Button::new(tr!("Add path")));
    let button = button.on_hover_text(tr!("Add this file as a table. Files can also be dropped on the window."));
    let clicked = button.on_disabled_hover_text(tr!("Type a path first, or drop files on the window")).clicked();
    if let Some(path) = path.filter(|_| clicked || entered) {
        let path = cx.workbench.base().join(path);
        cx.workbench.add_tables(vec![path]);
        cx.memory.typed.remove("table path");
        field.request_focus();
    }
    field
}

/// What was typed or pasted as a path: without the quotes that file managers put around it.
pub fn clean_path(typed: &str) -> Option<PathBuf> {
    let path = typed.trim().trim_matches(['"', '\'']);
    (!path.is_empty()).then(|| PathBuf::from(path))
}

/// The tables, and ways to add more.
fn list_ui(ui: &mut Ui, cx: &mut PageCx<'_>, selected: &str) {
    ui.horizontal(|ui| {
        let add = ui.button(Command::AddTables.text());
        if add.help(help::ADD_TABLES).clicked() {
            cx.send(Command::AddTables);
        }
        let field = path_ui(ui, cx);
        // Who typed the first path goes on with the next.
        if ui.data_mut(|data| data.remove_temp::<bool>(typing())) == Some(true) {
            field.request_focus();
        }
    });
    let (tables, asked) = parts::tables_ui(ui, cx, selected, row_ui);
    if asked.chosen.is_some() {
        cx.memory.column = None;
    }
    if let Some(table) = asked.deletes.and_then(|place| tables.get(place)) {
        settings::remove_table(cx, &table.id);
    }
}

/// How far the file of a table is read, while it is.
fn reading(cx: &PageCx<'_>, table: &SourceTable) -> Option<String> {
    if !cx.workbench.live.running || cx.workbench.blocked(Wanted::Rows(&table.id)).is_some() {
        return None;
    }
    let job = cx.workbench.job(Lane::Live)?;
    let progress = job.progress;
    if job.passed.iter().any(|passed| passed.stage == pipeline::load_stage(table)) {
        return Some(tr!("read").to_owned());
    }
    if progress.of != table.id {
        return Some(tr!("waits").to_owned());
    }
    let amount = match progress.unit {
        Unit::Bytes => tr!("{e6} MB", e6 = format_args!("{:.0}", progress.done as f64 / 1e6)),
        _ => tr!("{n} row" | "{n} rows" % progress.done),
    };
    Some(progress.share().map_or(amount.clone(), |share| format!("{amount}, {:.0} %", share * 100.0)))
}

fn row_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &SourceTable, row: &mut Row<'_>) {
    let palette = palette(ui);
    let of_table = |place: &Place| matches!(place, Place::Sources { table: Some(id) } if *id == table.id);
    let (icon, color, words) = parts::table_mark(ui, cx, &table.id, of_table);
    let live = cx.live();
    let source = live.as_ref().and_then(|run| run.source(&table.id));
    let mut job = layout::colored_line(ui, [(0.0, icon, color), (8.0, &table.name, palette.text)]);
    let mut right = reading(cx, table).unwrap_or_default();
    if let Some(source) = source {
        right = tr!("{n} row" | "{n} rows" % source.rows_read);
        let corrupt = source.corrupt.len() as u64;
        if corrupt > 0 {
            let words = tr!("{corrupt} corrupt", corrupt = text::count(corrupt));
            layout::append_colored(ui, &mut job, (12.0, &words, palette.warning));
        }
    }
    let right = RichText::new(right).color(palette.text_weak);
    row.button_ui(ui, job, right).on_hover_text(format!("{}\n{words}", table.path));
}
