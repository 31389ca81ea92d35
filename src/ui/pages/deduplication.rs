//! Deduplication rules: which rows of one table are one record, which row speaks for it, and what that removes now.

mod automatic;
mod keep;
mod preview;
mod proposals;
mod rules;
mod values;

use eframe::egui::{self, Ui};

use super::{lists, parts};
use crate::engine::ledger::LedgerPart;
use crate::engine::report::TableReport;
use crate::help::{self, Figure};
use crate::project::UnificationTable;
use crate::project::validate::Place;
use crate::ui::context::PageCx;
use crate::ui::theme::{self, GAP_SMALL, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::list::{self, List, Row};
use crate::ui::widgets::{entry, figure, form, layout, text};

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
                preview::preview_ui(ui, cx, &selected);
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
    let name_width = (ui.available_width() - widths.iter().sum::<f32>() - 44.0).max(80.0);
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
    let (icon, color, words) = parts::table_mark(ui, cx, id, of_table);
    let name = cx.draft.table_name(id).to_owned();
    let job = layout::colored_line(ui, [(0.0, icon, color), (8.0, &name, palette(ui).text)]);
    let line = row.button_ui(ui, job, "").on_hover_text(words).rect;
    // The figures lie on the row, below their heads.
    let figures = line.with_min_x(line.left() + name_width + ui.spacing().item_spacing.x);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    let ui = &mut ui.new_child(egui::UiBuilder::new().max_rect(figures).layout(layout));
    let number_ui = |ui: &mut Ui, width: f32, words: String, help: Figure| {
        number_ui(ui, width, |ui| ui.add(egui::Label::new(words).selectable(false)).help(help.topic()));
    };
    let dash = || "–".to_owned();
    let source = report.map_or_else(dash, |report| text::count(report.source));
    number_ui(ui, widths[0], source, help::SOURCE_RECORDS);
    let unique = report.map_or_else(dash, |report| text::count(report.unique));
    number_ui(ui, widths[1], unique, help::UNIQUE_RECORDS);
    let share = report.map_or_else(dash, |report| text::percent(report.duplicates, report.source));
    number_ui(ui, widths[2], share, help::SHARE_DEDUPLICATED);
    let all = table.deduplication_rules.len();
    let active = table.deduplication_rules.iter().filter(|rule| rule.active).count();
    let rules = if active == all { text::count(all as u64) } else { tr!("{active} of {all}", active, all) };
    number_ui(ui, widths[3], rules, help::ACTIVE_RULES);
}
