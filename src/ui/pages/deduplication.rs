//! Deduplication rules: which rows of one table are one record, which row speaks for it, and what that removes now.

mod automatic;
mod keep;
mod rules;
mod values;

use eframe::egui::{self, Ui};

use super::{lists, parts, rule_preview, rules as editors};
use crate::engine::check::Wanted;
use crate::engine::ledger::{LedgerPart, duplicates_of};
use crate::engine::pipeline::Run;
use crate::engine::report::TableReport;
use crate::engine::table::Table;
use crate::help;
use crate::project::UnificationTable;
use crate::project::validate::Place;
use crate::ui::context::PageCx;
use crate::ui::theme::{self, GAP_SMALL, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::list::{self, List, Row};
use crate::ui::widgets::{entry, figure, form, grid, layout, text};

pub fn page_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let selected = parts::selected_table(cx, cx.draft.unification.iter().map(|table| table.source_table.as_str()));
    let Some(selected) = selected else {
        let sentence = tr!("A table often has several rows of one person. Rules here make one record of them.");
        parts::first_step_ui(ui, cx, sentence);
        return;
    };
    parts::split_ui(
        ui,
        cx,
        |ui, cx| {
            let upper = |ui: &mut Ui, cx: &mut PageCx<'_>| {
                theme::card(ui).show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    tables_ui(ui, cx, &selected);
                });
            };
            parts::upper_and_lower_ui(ui, cx, upper, |ui, cx| {
                rules::rules_ui(ui, cx, &selected);
                theme::card(ui).show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    keep::keep_ui(ui, cx, &selected);
                    values::values_ui(ui, cx, &selected);
                });
            });
        },
        |ui, cx| {
            theme::card(ui).show(ui, |ui| {
                ui.set_min_size(ui.available_size());
                preview_ui(ui, cx, &selected);
            });
        },
    );
    lists::modal_ui(ui, cx);
}

/// The KPI, and every unified table with its counts.
fn tables_ui(ui: &mut Ui, cx: &mut PageCx<'_>, selected: &str) {
    let run = cx.live();
    // A sum without a table that cannot be read would be no sum over all.
    let (reports, all) = (run.as_ref().map(|run| &run.report.tables), cx.draft.unification.len());
    let reports = reports.filter(|tables| !tables.is_empty() && tables.len() == all);
    let sum = |of: fn(&TableReport) -> u64| reports.map(|tables| tables.iter().map(of).sum::<u64>());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 28.0;
        if figure::figure_link_ui(ui, tr!("Duplicates"), sum(|table| table.duplicates), help::DUPLICATES) {
            cx.open_ledger(LedgerPart::Duplicates, None);
        }
        figure::figure_ui(ui, tr!("All source records"), sum(|table| table.source), help::SOURCE_RECORDS);
        figure::figure_ui(ui, tr!("All unique records"), sum(|table| table.unique), help::UNIQUE_RECORDS);
    });
    ui.add_space(GAP_SMALL);
    let tables = cx.draft.unification.clone();
    let widths = if ui.available_width() < 420.0 { [50.0, 52.0, 86.0, 44.0] } else { [72.0, 72.0, 92.0, 48.0] };
    let name_width = (ui.available_width() - widths.iter().sum::<f32>() - 36.0).max(80.0);
    ui.horizontal(|ui| {
        entry::cell_ui(ui, name_width, |ui| form::label_ui(ui, tr!("Table")));
        let heads = [
            (tr!("Source"), help::SOURCE_RECORDS),
            (tr!("Unique"), help::UNIQUE_RECORDS),
            (tr!("Deduplicated"), help::SHARE_DEDUPLICATED),
            (tr!("Rules"), help::ACTIVE_RULES),
        ];
        for ((head, help), width) in heads.into_iter().zip(widths) {
            number_ui(ui, width, |ui| {
                // Other languages have longer words.
                ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
                form::label_ui(ui, head).help(help.topic())
            });
        }
    });
    let name =
        |table: &UnificationTable| tr!("Table {table_name}", table_name = cx.draft.table_name(&table.source_table));
    let names: Vec<String> = tables.iter().map(name).collect();
    let chosen = tables.iter().position(|table| table.source_table == selected);
    let list = List { called: tr!("Tables"), names: &names, chosen };
    let asked = list::list_ui(ui, &list, |ui, row| {
        let table = &tables[row.place];
        let report = run.as_ref().and_then(|run| parts::table_report(run, &table.source_table));
        table_ui(ui, cx, (table, report), row, (name_width, widths));
    });
    if let Some(table) = asked.chosen.and_then(|place| tables.get(place)) {
        cx.memory.table = Some(table.source_table.clone());
    }
}

fn number_ui<R>(ui: &mut Ui, width: f32, content: impl FnOnce(&mut Ui) -> R) {
    entry::cell_ui(ui, width, |ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), content);
    });
}

fn table_ui(
    ui: &mut Ui,
    cx: &PageCx<'_>,
    (table, report): (&UnificationTable, Option<&TableReport>),
    row: &mut Row<'_>,
    (name_width, widths): (f32, [f32; 4]),
) {
    let id = &table.source_table;
    let of_table = |place: &Place| matches!(place, Place::Deduplication { table, .. } if table == id);
    let (icon, color, words) = parts::table_mark(ui, cx, of_table);
    let name = cx.draft.table_name(id).to_owned();
    let job = layout::colored_line(ui, [(0.0, icon, color), (8.0, &name, palette(ui).text)]);
    entry::cell_ui(ui, name_width, |ui| row.button_ui(ui, job, "")).on_hover_text(words);
    let dash = || "–".to_owned();
    let source = report.map_or_else(dash, |report| text::count(report.source));
    number_ui(ui, widths[0], |ui| ui.label(source).help(help::SOURCE_RECORDS.topic()));
    let unique = report.map_or_else(dash, |report| text::count(report.unique));
    number_ui(ui, widths[1], |ui| ui.label(unique).help(help::UNIQUE_RECORDS.topic()));
    let share = report.map_or_else(dash, |report| text::percent(report.duplicates, report.source));
    number_ui(ui, widths[2], |ui| ui.label(share).help(help::SHARE_DEDUPLICATED.topic()));
    let all = table.deduplication_rules.len();
    let active = table.deduplication_rules.iter().filter(|rule| rule.active).count();
    let rules = if active == all { text::count(all as u64) } else { tr!("{active} of {all}", active, all) };
    number_ui(ui, widths[3], |ui| ui.label(rules).help(help::ACTIVE_RULES.topic()));
}

/// The duplicates of one table, made once for each live run.
fn preview_ui(ui: &mut Ui, cx: &mut PageCx<'_>, id: &str) {
    if let Some(rule) = open_rule(cx, id) {
        editors::tabs_ui(ui, cx, msg!("All duplicates"));
        if editors::shows_rule(cx) {
            rule_preview::rule_preview_ui(ui, cx, id, &rule);
            return;
        }
    }
    let name = cx.draft.table_name(id).to_owned();
    let run = cx.live();
    let Some((run, report)) = run.as_ref().and_then(|run| Some((run, parts::table_report(run, id)?))) else {
        parts::no_preview_ui(ui, cx, tr!("Duplicates"), Wanted::Records(id));
        return;
    };
    form::section_ui(ui, &tr!("Duplicates of {name}", name));
    let (removed, source) = (report.duplicates, tr!("{n} source record" | "{n} source records" % report.source));
    // A line of its own: beside the title it has no room where the window is small.
    let sum = tr!(
        "{source} − {removed} = {unique} unique",
        source,
        removed = text::count(removed),
        unique = text::count(report.unique)
    );
    parts::hint_ui(ui, sum);
    if report.duplicates == 0 {
        let sentence =
            tr!("Every row of {name} is a record of its own. Rows that a rule joins appear here at once.", name);
        form::empty_ui(ui, &sentence, None);
        return;
    }
    let wanted = id.to_owned();
    // The rows that are walked, not the few that may be found among them.
    let rows = report.source as usize;
    let made = cx
        .workbench
        .find(&format!("duplicates {id}"), run, rows, move |run: &Run| without_table(duplicates_of(run, &wanted)));
    match made.value {
        Some(table) => {
            grid::table_ui(ui, cx, &tr!("duplicates of {name}", name), &table);
        }
        None => parts::hint_ui(ui, tr!("Listing the duplicates…")),
    }
}

/// The rule of the table whose editor is open.
fn open_rule(cx: &PageCx<'_>, table: &str) -> Option<String> {
    let rules = &cx.draft.unification_table(table)?.deduplication_rules;
    cx.memory.rule.clone().filter(|id| rules.iter().any(|rule| rule.id == *id))
}

/// Rows of one table, without the column that says so.
fn without_table(mut all: Table) -> Table {
    all.columns.retain(|column| column.name != "Table");
    all
}
