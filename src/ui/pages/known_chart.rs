//! Who became known when, as a bar chart.

use std::sync::Arc;

use eframe::egui::{RichText, Ui};

use super::{live, parts};
use crate::engine::chart::of_run;
use crate::engine::pipeline::Run;
use crate::engine::quality::journey::{self, Journey};
use crate::help;
use crate::ui::context::PageCx;
use crate::ui::theme::{GAP, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::{form, text};

/// The rule, beside the chart (semantics 1.9).
const RULE: &str = msg!(
    "A customer became known when the first of its dated keys was tied to a known identifier; keys of \
                    tables without a date column count from the first run that saw them, or as never unknown."
);

/// The customers of the live run who became known, by week, with what the chart does not show in words.
pub fn chart_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    if let Some(run) = live::unified(cx) {
        chart_of_ui(ui, cx, "journey", &run);
    }
}

/// The same of any run; `name` tells the charts of two places apart.
pub fn chart_of_ui(ui: &mut Ui, cx: &mut PageCx<'_>, name: &str, run: &Arc<Run>) {
    let rows = run.report.customers as usize;
    let Some(journey) = cx.workbench.find(name, run, rows, journey::journey).value else { return };
    ui.add_space(GAP);
    if journey.periods.is_empty() {
        let title = tr!("Customers who became known by {label}", label = journey.unit.label());
        form::subtitle_ui(ui, &title).help(help::BECAME_KNOWN_BY_TIME.topic());
        form::label_ui(ui, tr!("No customer became known: each was known from the start, or still is unknown."));
        rule_ui(ui);
        return;
    }
    parts::chart_ui(ui, cx, &of_run::became_known(&journey), help::BECAME_KNOWN_BY_TIME);
    let color = palette(ui).text_weak;
    ui.label(RichText::new(summary(&journey)).color(color).small());
    rule_ui(ui);
}

fn rule_ui(ui: &mut Ui) {
    let words = RichText::new(crate::text::of(RULE)).color(palette(ui).text_weak).small();
    ui.add(eframe::egui::Label::new(words).wrap());
}

/// `1 of 3 known customers became known; 2 were never unknown`.
fn summary(journey: &Journey) -> String {
    let became = journey.known - journey.never_unknown;
    let (became, known) = (text::count(became), tr!("{n} known customer" | "{n} known customers" % journey.known));
    let never = match journey.never_unknown {
        0 => String::new(),
        1 => tr!("; 1 was never unknown").to_owned(),
        more => tr!("; {more} were never unknown", more = text::count(more)),
    };
    tr!("{became} of {known} became known{never}.", became, known, never)
}
