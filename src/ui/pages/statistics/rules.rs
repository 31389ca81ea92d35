//! A line a rule: what it removes alone, or attaches.

use eframe::egui::{self, Ui};

use super::rows::{self, Rows, end_ui, right_ui};
use crate::engine::pipeline::Run;
use crate::help::{self, Figure};
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::{figure, form, text};

pub fn rules_ui(ui: &mut Ui, cx: &mut PageCx<'_>, run: &Run) {
    let report = &run.report;
    if report.deduplication_rules.is_empty() && report.rules.is_empty() {
        parts::hint_ui(ui, tr!("No rule yet: add some on Deduplication rules and Matching rules."));
        return;
    }
    let table = |name: &str| report.tables.iter().find(|of| of.table == name);
    let source_id = |name: &str| {
        let place = report.tables.iter().position(|of| of.table == name);
        place.and_then(|place| run.project.unification.get(place)).map(|of| of.source_table.clone()).unwrap_or_default()
    };
    egui::ScrollArea::horizontal().id_salt("rules").show(ui, |ui| {
        egui::Grid::new("statistics rules").num_columns(5).min_col_width(16.0).spacing([12.0, 4.0]).show(ui, |ui| {
            if !report.deduplication_rules.is_empty() {
                heads_ui(ui, tr!("Deduplication rule"), tr!("Duplicates"), help::DUPLICATES_OF_RULE);
            }
            for of in &report.deduplication_rules {
                let whole = table(&of.table).map_or(0, |table| table.source);
                if line_ui(ui, &of.name, &of.table, of.duplicates, whole, help::DUPLICATES_OF_RULE) {
                    let title =
                        tr!("Rows of {table} that the rule \"{of}\" alone joins", table = of.table, of = of.name);
                    rows::open(cx, Rows::Joins(source_id(&of.table), of.rule.clone()), title, &[], None);
                }
            }
            if !report.rules.is_empty() {
                heads_ui(ui, tr!("Match rule"), tr!("Matches"), help::MATCHES_OF_RULE);
            }
            for of in &report.rules {
                let whole = table(&of.table).map_or(0, |table| table.unique);
                let tables = format!("{} → {}", of.table, of.to_table);
                if line_ui(ui, &of.name, &tables, of.matches, whole, help::MATCHES_OF_RULE) {
                    let title =
                        tr!("Records of {table} that the rule \"{of}\" attached", table = of.table, of = of.name);
                    let filters = [(tr!("Table"), of.table.as_str()), (tr!("Rule"), of.name.as_str())];
                    rows::open(cx, Rows::Records, title, &filters, None);
                }
            }
        });
    });
}

fn heads_ui(ui: &mut Ui, kind: &str, count: &str, help: Figure) {
    form::label_ui(ui, kind);
    form::label_ui(ui, tr!("Table"));
    right_ui(ui, |ui| form::label_ui(ui, count).help(help.topic()));
    right_ui(ui, |ui| form::label_ui(ui, tr!("Share")).help(help.topic()));
    end_ui(ui);
}

/// A rule's line; says whether its count was clicked.
fn line_ui(ui: &mut Ui, name: &str, tables: &str, value: u64, whole: u64, help: Figure) -> bool {
    ui.label(text::one_line(name, 44)).on_hover_text(name);
    ui.label(text::one_line(tables, 30));
    let spoken = tr!("Rule {name} of {tables}", name, tables);
    let clicked = right_ui(ui, |ui| figure::count_link_ui(ui, value, &spoken, help));
    right_ui(ui, |ui| ui.label(text::percent(value, whole)).help(help.topic()));
    end_ui(ui);
    clicked
}
