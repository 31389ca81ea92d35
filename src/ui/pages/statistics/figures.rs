//! The KPIs of semantics 1.5, and the customers.

use std::sync::Arc;

use eframe::egui::{self, Ui};

use super::rows::{self, Rows};
use crate::engine::customer::customers::{KNOWN, PROFILE_STATE, UNKNOWN};
use crate::engine::ledger::{self, LedgerPart};
use crate::engine::pipeline::Run;
use crate::engine::quality::records;
use crate::engine::report::Report;
use crate::help::{self, Figure};
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::widgets::figure;

/// Figures beside each other, and in a card narrower than these points.
const COLUMNS: usize = 3;
const NARROW: (f32, usize) = (470.0, 2);

/// A figure of the match, with its formula and the records it stands for.
pub struct Kpi {
    pub name: &'static str,
    pub help: Figure,
    pub of: fn(&Report) -> u64,
    filters: &'static [(&'static str, &'static str)],
}

pub const KPIS: [Kpi; 4] = [
    Kpi {
        name: msg!("All unique records"),
        help: help::UNIQUE_SOURCE_RECORDS,
        of: |report| report.unique_source_records,
        filters: &[],
    },
    Kpi {
        name: msg!("Customers before dropping"),
        help: help::MATCHED_AND_NON_MATCHED,
        of: |report| report.matched_and_non_matched_records,
        filters: &[("AttachedTo", "")],
    },
    Kpi {
        name: msg!("From several records"),
        help: help::MATCHED_ONLY,
        of: |report| report.matched_records_only,
        filters: &[("AttachedTo", ""), ("Matched", "yes")],
    },
    Kpi {
        name: msg!("Joined records"),
        help: help::RECORD_MATCHES,
        of: |report| report.record_matches,
        filters: &[("Became", records::JOINED)],
    },
];

pub fn figures_ui(ui: &mut Ui, cx: &mut PageCx<'_>, run: &Arc<Run>) {
    let report = &run.report;
    parts::hint_ui(ui, tr!("A coloured number opens the rows behind it."));
    let columns = if ui.available_width() < NARROW.0 { NARROW.1 } else { COLUMNS };
    let mut shown = 0;
    let mut next = |ui: &mut Ui| {
        shown += 1;
        if shown % columns == 0 {
            ui.end_row();
        }
    };
    egui::Grid::new("statistics figures").num_columns(columns).spacing([16.0, 8.0]).show(ui, |ui| {
        for (name, value, state, help) in [
            (tr!("Customers"), report.customers, None, help::CUSTOMERS),
            (tr!("Known"), report.known, Some(KNOWN), help::KNOWN),
            (tr!("Unknown"), report.unknown, Some(UNKNOWN), help::UNKNOWN),
        ] {
            if figure::figure_link_ui(ui, name, Some(value), help) {
                let filters: Vec<(&str, &str)> = state.map(|state| (PROFILE_STATE, state)).into_iter().collect();
                let title =
                    state.map_or(crate::text::of(rows::EVERYBODY).to_owned(), |state| tr!("{state} customers", state));
                rows::open(cx, Rows::Customers, title, &filters, None);
            }
            next(ui);
        }
        for kpi in KPIS {
            if figure::figure_link_ui(ui, crate::text::of(kpi.name), Some((kpi.of)(report)), kpi.help) {
                rows::open(cx, Rows::Records, crate::text::of(kpi.name), kpi.filters, None);
            }
            next(ui);
        }
        for part in [LedgerPart::Duplicates, LedgerPart::Dropped, LedgerPart::Ambiguous, LedgerPart::Refused] {
            if figure::figure_link_ui(ui, part.label(), Some(ledger::count(run, part)), part.help()) {
                cx.open_ledger(part, None);
            }
            next(ui);
        }
    });
}
