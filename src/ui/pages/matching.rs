//! Matching rules: the order of tables, and by which rules each joins those above it.

mod guards;
mod pairs;
mod preview;
mod proposals;
mod rules;
mod sums;
mod table;

use eframe::egui::{self, Ui};

use super::{lists, parts, statistics};
use crate::engine::ledger::LedgerPart;
use crate::engine::pipeline::Run;
use crate::help;
use crate::project::{Project, UnificationTable};
use crate::ui::context::PageCx;
use crate::ui::theme;
use crate::ui::widgets::figure;
use crate::ui::widgets::help::Helped as _;
use crate::workbench::{Command, Page};

pub fn page_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    if cx.draft.unification.is_empty() {
        parts::first_step_ui(ui, cx, tr!("Matching finds the same people in several tables."));
        return;
    }
    let live = cx.live();
    parts::split_ui(
        ui,
        cx,
        |ui, cx| {
            let area = egui::ScrollArea::vertical().id_salt("settings").auto_shrink(false);
            parts::scroll_ui(ui, cx, area, |ui, cx| settings_ui(ui, cx, live.as_deref()));
        },
        |ui, cx| {
            theme::card(ui).show(ui, |ui| {
                ui.set_min_size(ui.available_size());
                preview::preview_ui(ui, cx, live.as_ref());
            });
        },
    );
    lists::modal_ui(ui, cx);
}

/// The tables with their rules, and what holds for all of them.
fn settings_ui(ui: &mut Ui, cx: &mut PageCx<'_>, live: Option<&Run>) {
    // Clear of the scroll bar.
    ui.set_max_width(ui.available_width() - 6.0);
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        figures_ui(ui, cx, live);
    });
    table::tables_ui(ui, cx, live);
    if cx.draft.unification.len() == 1 {
        theme::card(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            parts::hint_ui(ui, tr!("Matching joins tables: it needs a second one that holds customers."));
            if ui.button(tr!("Choose the tables")).clicked() {
                cx.send(Command::Go(Page::CustomerData));
            }
        });
    }
    statistics::hot_ui(ui, cx, None);
    guards::guards_ui(ui, cx);
    pairs::pairs_ui(ui, cx);
    lists_ui(ui, cx);
}

fn lists_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        if ui.button(lists::words(cx.draft)).help(help::VALUE_LISTS).clicked() {
            lists::open(cx);
        }
        parts::hint_ui(ui, tr!("Values that count as equal, such as nicknames, and values that match nothing."));
    });
}

/// The KPIs of semantics 1.5.
fn figures_ui(ui: &mut Ui, cx: &mut PageCx<'_>, live: Option<&Run>) {
    let report = live.filter(|run| run.matched.is_some()).map(|run| &run.report);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 28.0;
        let of = |value: fn(&crate::engine::report::Report) -> u64| report.map(value);
        for kpi in statistics::KPIS {
            figure::figure_ui(ui, crate::text::of(kpi.name), of(kpi.of), kpi.help);
        }
        let dropped = of(|report| report.dropped_records);
        if figure::figure_link_ui(ui, tr!("Dropped"), dropped, help::DROPPED) {
            cx.open_ledger(LedgerPart::Dropped, None);
        }
        let ambiguous =
            live.and_then(|run| run.matched.as_ref()).map(|matched| matched.matching.ambiguous.len() as u64);
        if figure::figure_link_ui(ui, tr!("Ambiguous"), ambiguous, LedgerPart::Ambiguous.help()) {
            cx.open_ledger(LedgerPart::Ambiguous, None);
        }
    });
}

/// The tables above one in match order: `(id, name)`.
fn higher_tables(project: &Project, place: usize) -> Vec<(String, String)> {
    let name = |table: &UnificationTable| project.table_name(&table.source_table).to_owned();
    project.unification[..place].iter().map(|table| (table.source_table.clone(), name(table))).collect()
}
