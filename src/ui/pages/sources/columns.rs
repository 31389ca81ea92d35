//! The columns of the selected table: type, date format, meaning, and whether it is used.

use crate::help;
use crate::ui::theme::{GAP_SECTION, icon};
use crate::ui::widgets::help::Helped as _;
use eframe::egui::{self, Ui};

use crate::engine::ingest::validate_date_format;
use crate::project::{ColumnType, SourceTable};
use crate::ui::context::PageCx;
use crate::ui::pages::{column_list, parts};
use crate::ui::widgets::picker::{self, Entry};
use crate::ui::widgets::{entry, form, split};

const USE_WIDTH: f32 = 26.0;
const TYPE_WIDTH: f32 = 100.0;

/// Tables of so many columns or fewer need no search.
const FEW: usize = 12;

/// One line of the list.
enum Line {
    Column(usize),
    /// The format of the dates of this column.
    DateFormat(usize),
}

pub fn columns_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &SourceTable) {
    let mut lines = Vec::new();
    let search = if table.columns.len() > FEW { search_ui(ui, cx) } else { String::new() };
    let found = column_list::matching(table, &search);
    for place in found.iter().copied() {
        let column = &table.columns[place];
        lines.push(Line::Column(place));
        let is_date = matches!(column.column_type, ColumnType::Date | ColumnType::Datetime);
        if is_date && table.format != crate::project::FileFormat::Parquet {
            lines.push(Line::DateFormat(place));
        }
    }
    let names = (ui.available_width() - USE_WIDTH - TYPE_WIDTH - 32.0).max(180.0);
    let (name_width, meaning_width) = (names * 0.5, names * 0.5);
    ui.horizontal(|ui| {
        entry::cell_ui(ui, USE_WIDTH, |ui| form::label_ui(ui, tr!("Use")).help(help::USE_COLUMN));
        entry::cell_ui(ui, name_width, |ui| {
            let all = tr!("{n} column" | "{n} columns" % table.columns.len() as u64);
            let of = if search.trim().is_empty() { String::new() } else { tr!("{found} of ", found = found.len()) };
            form::label_ui(ui, &format!("{of}{all}"));
        });
        entry::cell_ui(ui, TYPE_WIDTH, |ui| form::label_ui(ui, tr!("Type")).help(help::COLUMN_TYPE));
        entry::cell_ui(ui, meaning_width, |ui| form::label_ui(ui, tr!("Semantic type")).help(help::SEMANTIC_TYPE));
    });
    parts::lines_ui(ui, lines.len(), |ui, line| match lines[line] {
        Line::Column(place) => {
            entry::cell_ui(ui, USE_WIDTH, |ui| column_list::selected_ui(ui, cx, &table.id, place));
            entry::cell_ui(ui, name_width, |ui| column_name_ui(ui, cx, table, place));
            entry::cell_ui(ui, TYPE_WIDTH, |ui| type_ui(ui, cx, table, place));
            column_list::semantic_type_ui(ui, cx, &table.id, place, meaning_width);
        }
        Line::DateFormat(place) => {
            entry::cell_ui(ui, USE_WIDTH, |_| ());
            entry::cell_ui(ui, name_width, |ui| {
                ui.add_space(GAP_SECTION);
                form::label_ui(ui, tr!("written as")).help(help::DATE_FORMAT);
            });
            date_format_ui(ui, cx, table, place, TYPE_WIDTH + meaning_width - 4.0);
        }
    });
}

/// Columns by a part of their name, type or meaning; what is searched.
fn search_ui(ui: &mut Ui, cx: &mut PageCx<'_>) -> String {
    let typed = cx.memory.typed.entry("columns of a source".to_owned()).or_default();
    let width = ui.available_width();
    let name = (tr!("Search columns of the table"), help::SEARCH_COLUMNS);
    form::text_ui(ui, name, typed, tr!("Search columns"), width);
    typed.clone()
}

/// The name; a click shows the column's profile.
fn column_name_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &SourceTable, place: usize) {
    let column = &table.columns[place];
    let selected = cx.memory.column.as_deref() == Some(&column.name);
    let is_key = table.primary_key.as_deref() == Some(&column.name);
    let shown = if is_key { icon::before(icon::KEY, &column.name) } else { column.name.clone() };
    let response = ui.add(egui::Button::selectable(selected, shown).truncate());
    let name = tr!("Profile of {column}", column = column.name);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, selected, &name));
    let key = if is_key { tr!("\nThe primary key") } else { "" };
    if response.on_hover_text(tr!("{column}: click for its profile{key}", column = column.name, key)).clicked() {
        cx.memory.column = Some(column.name.clone());
        cx.memory.typed.insert(super::preview::TAB.to_owned(), super::preview::PROFILE.to_owned());
        split::show_right(ui.ctx());
    }
}

fn type_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &SourceTable, place: usize) {
    let column = &table.columns[place];
    let mut chosen = column.column_type;
    let name = tr!("Type of {column}", column = column.name);
    picker::one_of_ui(ui, (&name, help::COLUMN_TYPE), chosen.label(), &mut chosen, TYPE_WIDTH - 8.0, || {
        ColumnType::ALL.into_iter().map(|of| (of, Entry::new(of.label()))).collect()
    });
    if chosen == column.column_type {
        return;
    }
    if let Some(column) = cx.draft.source_table_mut(&table.id).and_then(|table| table.columns.get_mut(place)) {
        column.column_type = chosen;
        if !matches!(chosen, ColumnType::Date | ColumnType::Datetime) {
            column.date_format = None;
        }
        cx.name_edit(tr!("Change type of {place}", place = table.columns[place].name));
    }
}

fn date_format_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &SourceTable, place: usize, width: f32) {
    let column = &table.columns[place];
    let name = tr!("Date format of {column}", column = column.name);
    let before = column.date_format.clone().unwrap_or_default();
    let typed =
        entry::held_text_ui(ui, &mut cx.memory.typed, (&name, help::DATE_FORMAT), &before, "ISO 8601", width - 90.0);
    let pattern = typed.text.trim();
    let valid = if pattern.is_empty() { Ok(()) } else { validate_date_format(pattern) };
    match valid {
        Err(reason) => {
            let mark =
                ui.colored_label(crate::ui::theme::palette(ui).error, icon::before(icon::ERROR, tr!("not a format")));
            mark.on_hover_text(reason);
        }
        Ok(()) if typed.done => {
            let pattern = (!pattern.is_empty()).then(|| pattern.to_owned());
            if let Some(column) = cx.draft.source_table_mut(&table.id).and_then(|table| table.columns.get_mut(place)) {
                column.date_format = pattern;
            }
            cx.name_edit(tr!("Change {name}", name = name.to_lowercase()));
        }
        Ok(()) if typed.focused => {
            form::label_ui(ui, tr!("Enter: apply"));
        }
        Ok(()) => {}
    }
}
