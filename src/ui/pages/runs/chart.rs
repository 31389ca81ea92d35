//! Known and unknown customers of each run.

use crate::ui::theme::TextRole as _;
use eframe::egui::{RichText, Ui};

use super::list;
use crate::engine::state::history::RunRecord;
use crate::ui::widgets::text;
use crate::ui::widgets::time_bars::{TimeBar, time_bars_ui};

/// So many runs are shown, the last ones.
const SHOWN: usize = 60;

/// The published runs that made customers, oldest first; nothing where there is none.
pub fn chart_ui(ui: &mut Ui, runs: &[RunRecord]) {
    let bars: Vec<TimeBar> = runs.iter().filter(|run| list::has_customers(run)).map(bar).collect();
    if bars.is_empty() {
        return;
    }
    let help = "A bar for each published run: its known customers, and on top, paler, its unknown ones";
    ui.label(RichText::new("Known and unknown by run").bold()).on_hover_text(help);
    time_bars_ui(ui, "Known and unknown customers by run", &bars[bars.len().saturating_sub(SHOWN)..]);
}

fn bar(run: &RunRecord) -> TimeBar {
    let became = run.changes.map_or_else(String::new, |of| format!(", {} became known", text::count(of.became_known)));
    let (known, unknown) = (text::count(run.known), text::count(run.unknown));
    TimeBar {
        name: run.number.to_string(),
        value: run.known,
        above: run.unknown,
        words: format!("Run {}: {known} known, {unknown} unknown{became}", run.number),
    }
}
