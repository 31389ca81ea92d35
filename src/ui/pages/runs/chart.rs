//! Known and unknown customers of each run.

use eframe::egui::Ui;

use crate::engine::chart::of_run;
use crate::engine::state::history::RunRecord;
use crate::help;
use crate::ui::context::PageCx;
use crate::ui::pages::parts;

/// The published runs that made customers, oldest first; nothing where there is none.
pub fn chart_ui(ui: &mut Ui, cx: &mut PageCx<'_>, runs: &[RunRecord]) {
    if let Some(chart) = of_run::known_by_run(runs) {
        parts::chart_ui(ui, cx, &chart, help::KNOWN_BY_RUN);
    }
}
