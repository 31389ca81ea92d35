//! What was read from the selected table: figures, warnings, its rows, the profile of a column.

use crate::ui::theme::{GAP_SMALL, GAP_TINY};
use std::sync::Arc;

use eframe::egui::{self, Ui};

use crate::engine::chart::of_run;
use crate::engine::ingest::{ColumnProfile, Ingested, profile};
use crate::engine::ledger::LedgerPart;
use crate::engine::table::Table;
use crate::project::SourceTable;
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::theme;
use crate::ui::widgets::{entry, figure, form, grid, text};

/// Where the shown tab is remembered.
pub const TAB: &str = "sources tab";
pub const ROWS: &str = "Rows";
pub const PROFILE: &str = "Column profile";

pub fn preview_ui(ui: &mut Ui, cx: &mut PageCx<'_>, id: &str) {
    let Some(settings) = cx.draft.source_table(id).cloned() else { return };
    let run = cx.live();
    let Some(source) = run.as_ref().and_then(|run| run.source(id)) else {
        parts::no_preview_ui(ui, cx, "Rows");
        return;
    };
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        figures_ui(ui, cx, &settings, source);
        for warning in source.warnings.iter().take(5) {
            form::warning_ui(ui, warning.clone());
        }
    });
    ui.add_space(GAP_TINY);
    theme::card(ui).show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        let tab = cx.memory.typed.entry(TAB.to_owned()).or_default();
        entry::tabs_ui(ui, &[ROWS, PROFILE], tab);
        let shows_rows = tab == ROWS;
        if shows_rows {
            grid::table_ui(ui, cx, &grid_name(&settings), &source.table);
        } else {
            profile_ui(ui, cx, &settings, &source.table);
        }
    });
}

fn grid_name(table: &SourceTable) -> String {
    format!("rows of {}", table.name)
}

fn figures_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &SourceTable, source: &Ingested) {
    let corrupt = source.corrupt.len() as u64;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 28.0;
        figure::figure_ui(ui, "Rows read", Some(source.rows_read), "Data rows in the file = good rows + corrupt rows");
        let help = "Rows that do not fit the types or the number of columns. \
                    They take no part in anything until the file is mended and read again.";
        if figure::figure_link_ui(ui, "Corrupt rows", Some(corrupt), help) {
            cx.open_ledger(LedgerPart::Corrupt, Some(&table.name));
        }
        let good = source.table.rows as u64;
        figure::figure_ui(ui, "Good rows", Some(good), "Rows read − corrupt rows: those shown below");
        let columns = table.columns.len() as u64;
        let used = table.selected_columns().count() as u64;
        let help = format!("Columns of the file; {} picked for unification", text::count(used));
        figure::figure_ui(ui, "Columns in the file", Some(columns), &help);
    });
}

fn profile_ui(ui: &mut Ui, cx: &mut PageCx<'_>, settings: &SourceTable, table: &Arc<Table>) {
    let names: Vec<(String, String)> =
        settings.columns.iter().map(|column| (column.name.clone(), column.name.clone())).collect();
    let Some((first, _)) = names.first() else { return };
    let shown = cx.memory.column.clone().filter(|name| settings.column(name).is_some());
    let mut shown = shown.unwrap_or_else(|| first.clone());
    ui.horizontal(|ui| {
        form::label_ui(ui, "Column");
        form::choice_ui(ui, "Profiled column", &mut shown, 200.0, &names);
    });
    cx.memory.column = Some(shown.clone());
    let question = format!("profile {} {shown}", settings.id);
    let column_name = shown.clone();
    let make = move |table: &Table| table.column(&column_name).map(|column| profile(&column_name, column));
    let answer = cx.workbench.find(&question, table, table.rows, make);
    if answer.pending {
        parts::hint_ui(ui, "Counting…");
    }
    let Some(answer) = answer.value else { return };
    let Some(of) = answer.as_ref() else {
        parts::hint_ui(ui, format!("{shown} is not in the file."));
        return;
    };
    let mut clicked = None;
    egui::ScrollArea::vertical().id_salt("profile").auto_shrink(false).show(ui, |ui| {
        ui.add_space(GAP_SMALL);
        numbers_ui(ui, of);
        if !of.histogram.is_empty() {
            spread_ui(ui, cx, of);
        }
        clicked = top_ui(ui, of);
    });
    if let Some(value) = clicked {
        filter_rows(cx, settings, &shown, value);
    }
}

fn spread_ui(ui: &mut Ui, cx: &mut PageCx<'_>, of: &ColumnProfile) {
    ui.add_space(GAP_SMALL);
    parts::chart_ui(ui, cx, &of_run::spread(of), "Rows by value, in bins of equal width");
    ui.horizontal(|ui| {
        form::label_ui(ui, &of.min);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| form::label_ui(ui, &of.max));
    });
}

fn numbers_ui(ui: &mut Ui, of: &ColumnProfile) {
    let share = |part: u64| format!("{} ({})", text::count(part), text::percent(part, of.total));
    let facts = [
        ("Values are", of.column_type.label().to_owned(), "The column's type; it is changed on the left"),
        ("Rows in total", text::count(of.total), "Good rows of the table, blank cells included"),
        ("Blank cells", share(of.blank), "Empty cells and those equal to a blank token; the share is of all rows"),
        ("Distinct values", share(of.distinct), "Different values, blanks not counted; the share is of all rows"),
        ("Smallest", of.min.clone(), "The smallest value; texts are ordered by code point"),
        ("Largest", of.max.clone(), "The largest value; texts are ordered by code point"),
    ];
    entry::facts_ui(ui, "profile facts", &facts);
}

/// The value whose rows are asked for.
fn top_ui(ui: &mut Ui, of: &ColumnProfile) -> Option<String> {
    form::section_ui(ui, "Most frequent values");
    if of.top.is_empty() {
        parts::hint_ui(ui, "Every cell is blank.");
        return None;
    }
    let clicked = entry::value_bars_ui(ui, &of.top, of.total, "Show the rows with");
    let shown: u64 = of.top.iter().map(|(_, count)| count).sum();
    let others = of.distinct - of.top.len() as u64;
    if others > 0 {
        let rows = text::counted(of.total - of.blank - shown, "row", "rows");
        parts::hint_ui(ui, format!("and {} in {rows}", text::counted(others, "other value", "other values")));
    }
    clicked.map(|place| of.top[place].0.clone())
}

/// Shows the rows with this value.
fn filter_rows(cx: &mut PageCx<'_>, table: &SourceTable, column: &str, value: String) {
    let spec = cx.memory.views.entry(grid_name(table)).or_default();
    spec.filters.retain(|(other, _)| other != column);
    spec.filters.push((column.to_owned(), value));
    cx.memory.typed.insert(TAB.to_owned(), ROWS.to_owned());
}
