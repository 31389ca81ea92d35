//! Figures of a run: tables and rules, sizes of customers, hot values, changes since the last run. Every number opens
//! the rows behind it, on the right.

mod changes;
mod figures;
mod hot;
mod rows;
mod rules;
mod sizes;
mod tables;

use crate::ui::theme::GAP_TINY;
use crate::ui::theme::TextRole as _;
use std::sync::Arc;

use eframe::egui::{RichText, Ui};

use super::{live, parts};
use crate::engine::check::Wanted;
use crate::engine::pipeline::Run;
use crate::ui::context::PageCx;
use crate::ui::theme;
use crate::ui::widgets::{entry, form, layout, split};

pub use changes::{changes_ui, sentence_ui};
pub use figures::KPIS;
pub use hot::hot_ui;
pub use rows::{end_ui, right_ui};

/// What the screen remembers of this page.
#[derive(Default)]
pub struct State {
    shown: Option<rows::Shown>,
    compared: Option<Arc<changes::TwoRuns>>,
}

pub fn page_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let Some(run) = live::unified(cx) else {
        live::missing_ui(ui, cx, tr!("Figures"), Wanted::Customers);
        return;
    };
    let before = cx.memory.statistics.shown.clone();
    layout::settings_ui(ui, ["Figures", "Rows"], |ui| {
        if !live::is_fresh(cx) {
            parts::hint_ui(ui, tr!("Being counted again for the latest edits…"));
        }
        hot_ui(ui, cx, None);
        card_ui(ui, tr!("Customers"), |ui| figures::figures_ui(ui, cx, &run));
        card_ui(ui, tr!("What a run would change"), |ui| changes::changes_ui(ui, cx, &run));
        card_ui(ui, tr!("Tables"), |ui| tables::tables_ui(ui, cx, &run));
        card_ui(ui, tr!("Rules"), |ui| rules::rules_ui(ui, cx, &run));
        card_ui(ui, tr!("Sizes of customers"), |ui| sizes::sizes_ui(ui, cx, &run));
        entry::follow_focus_ui(ui, &mut cx.memory.focus_seen);
    });
    if cx.memory.statistics.shown != before {
        split::show_right(ui.ctx());
    }
    rows::rows_ui(ui, cx, &run);
}

fn card_ui(ui: &mut Ui, title: &str, add: impl FnOnce(&mut Ui)) {
    let width = ui.available_width() - theme::CARD_EDGES;
    theme::card(ui).show(ui, |ui| {
        ui.set_width(width);
        ui.label(RichText::new(title).title());
        add(ui);
    });
    ui.add_space(GAP_TINY);
}

/// What `make` makes of a run, made once, in the background where it is large; the previous answer until then.
fn find<T: Send + Sync + 'static>(
    cx: &mut PageCx<'_>,
    name: &str,
    run: &Arc<Run>,
    make: impl FnOnce(&Run) -> T + Send + 'static,
) -> Option<Arc<T>> {
    let rows: u64 = run.sources.iter().map(|source| source.rows_read).sum();
    cx.workbench.find(name, run, rows as usize, make).value
}

/// What stands in the place of figures that are being computed.
fn waiting_ui(ui: &mut Ui) {
    form::label_ui(ui, tr!("Being counted…"));
}
