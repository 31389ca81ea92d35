//! The runs, newest first, each with its counts and their change against the run before.

use std::sync::Arc;

use eframe::egui::{RichText, Role, Ui, WidgetInfo};

use super::super::parts;
use super::{chart, decision};
use crate::engine::column::{BLANK_INTEGER, Column};
use crate::engine::state::history::{RunOutcome, RunRecord};
use crate::engine::table::Table;
use crate::ui::context::PageCx;
use crate::ui::theme::{self, GAP, icon, palette};
use crate::ui::widgets::{form, grid, layout, text};

const GRID: &str = msg!("runs");
/// What a run without a number is called.
pub const WAITING: &str = msg!("A run that waits");
/// The length of a time without its seconds.
const MINUTES: usize = "2026-07-01 12:00".len();

/// The left part of the page.
pub fn list_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let runs = Arc::clone(&cx.workbench.runs);
    layout::settings_ui(ui, ["Runs", "The chosen run"], |ui| {
        if decision::waits(cx) {
            waiting_ui(ui, cx);
        }
        if runs.is_empty() {
            parts::hint_ui(ui, tr!("No run is published yet."));
            return;
        }
        if runs.iter().any(has_customers) {
            let width = ui.available_width() - theme::CARD_EDGES;
            theme::card(ui).show(ui, |ui| {
                ui.set_width(width);
                chart::chart_ui(ui, cx, &runs);
            });
            ui.add_space(GAP);
        }
        let Some(table) = cx.workbench.find("runs", &runs, runs.len(), |runs| table(runs)).value else { return };
        let outcome = theme::card(ui).show(ui, |ui| grid::table_ui(ui, cx, crate::text::of(GRID), &table)).inner;
        if let Some(row) = outcome.selected.or(outcome.activated) {
            cx.memory.runs.number = runs.iter().rev().nth(row).map(|run| run.number);
            cx.memory.runs.customers = None;
        }
    });
}

/// The run that waits has no number yet: a row of its own above the others.
fn waiting_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let selected = waiting_is_selected(cx);
    let width = ui.available_width() - 22.0;
    let clicked = theme::card(ui).show(ui, |ui| {
        ui.set_width(width);
        let words = RichText::new(icon::before(icon::WARNING, crate::text::of(WAITING))).color(palette(ui).warning);
        let row = form::list_row_ui(ui, selected, words, tr!("not published yet"));
        row.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, crate::text::of(WAITING)));
        row.clicked()
    });
    if clicked.inner {
        cx.memory.runs.number = None;
        cx.memory.runs.customers = None;
        cx.memory.rewind_grid(crate::text::of(GRID));
    }
    ui.add_space(GAP);
}

/// Whether the run that waits is shown: it is, until another one is chosen.
pub fn waiting_is_selected(cx: &PageCx<'_>) -> bool {
    decision::waits(cx) && cx.memory.runs.number.is_none()
}

/// The run that is selected, with the published one before it.
pub fn selected<'a>(cx: &PageCx<'_>, runs: &'a [RunRecord]) -> Option<(&'a RunRecord, Option<&'a RunRecord>)> {
    let chosen = cx.memory.runs.number.and_then(|number| runs.iter().rposition(|run| run.number == number));
    let place = chosen.or(runs.len().checked_sub(1))?;
    Some((&runs[place], before(&runs[..place])))
}

/// The last published run among these that made customers.
fn before(runs: &[RunRecord]) -> Option<&RunRecord> {
    runs.iter().rev().find(|run| has_customers(run))
}

/// Whether the counts of customers of a run stand for something that was published.
pub fn has_customers(run: &RunRecord) -> bool {
    run.outcome == RunOutcome::Done && run.until >= crate::engine::stage::Stage::Merge
}

fn table(runs: &[RunRecord]) -> Table {
    let newest: Vec<(&RunRecord, Option<&RunRecord>)> =
        runs.iter().enumerate().rev().map(|(place, run)| (run, before(&runs[..place]))).collect();
    let texts = |of: &dyn Fn(&RunRecord, Option<&RunRecord>) -> String| {
        let texts: Vec<String> = newest.iter().map(|(run, before)| of(run, *before)).collect();
        Column::text_of(texts.iter().map(String::as_str))
    };
    // Blank where a run made no customers.
    let counts = |of: &dyn Fn(&RunRecord, Option<&RunRecord>) -> Option<i64>| {
        let made = |run: &RunRecord| {
            matches!(run.outcome, RunOutcome::Done | RunOutcome::Kept)
                && run.until >= crate::engine::stage::Stage::Merge
        };
        let count = |(run, before): &(&RunRecord, Option<&RunRecord>)| {
            of(run, *before).filter(|_| made(run)).unwrap_or(BLANK_INTEGER)
        };
        Column::Integer(newest.iter().map(count).collect())
    };
    let count = |of: fn(&RunRecord) -> u64| counts(&|run, _| Some(of(run) as i64));
    let change = counts(&|run, before| Some(run.customers as i64 - before?.customers as i64));
    Table::new([
        (tr!("No"), Column::Integer(newest.iter().map(|(run, _)| run.number as i64).collect())),
        (tr!("Started"), texts(&|run, _| time(&run.started).chars().take(MINUTES).collect())),
        (tr!("Outcome"), texts(&|run, _| run.outcome.label().to_owned())),
        (tr!("Customers"), count(|run| run.customers)),
        ("Change", change),
        (tr!("Known"), count(|run| run.known)),
        (tr!("Unknown"), count(|run| run.unknown)),
        (tr!("Became known"), counts(&|run, _| Some(run.changes?.became_known as i64))),
        (tr!("Took"), texts(&|run, _| took(run))),
        (tr!("By"), texts(&|run, _| run.by.label().to_owned())),
    ])
}

/// `1,204 (+3)`.
pub fn with_change(now: u64, before: Option<u64>) -> String {
    match before {
        Some(before) if before != now => {
            let sign = if now > before { '+' } else { '−' };
            format!("{} ({sign}{})", text::count(now), text::count(now.abs_diff(before)))
        }
        _ => text::count(now),
    }
}

/// `2026-07-01 12:00:00`, in UTC.
pub fn time(rfc3339: &str) -> String {
    rfc3339.trim_end_matches('Z').replacen('T', " ", 1)
}

pub fn took(run: &RunRecord) -> String {
    if run.outcome == RunOutcome::Killed { "–".to_owned() } else { text::milliseconds(run.elapsed_ms) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_times_are_worded() {
        assert_eq!((with_change(5, None), with_change(5, Some(5))), ("5".to_owned(), "5".to_owned()));
        assert_eq!(
            (with_change(4, Some(5)), with_change(1_204, Some(4))),
            ("4 (−1)".to_owned(), "1,204 (+1,200)".to_owned())
        );
        assert_eq!(time("2026-07-01T12:00:00Z"), "2026-07-01 12:00:00");
    }
}
