//! Who became known when, as a bar chart.

use std::sync::Arc;

use eframe::egui::{RichText, Ui};

use super::live;
use crate::engine::pipeline::Run;
use crate::engine::quality::journey::{self, Journey};
use crate::ui::context::PageCx;
use crate::ui::theme::{GAP, TextRole as _, palette};
use crate::ui::widgets::time_bars::{TimeBar, time_bars_ui};
use crate::ui::widgets::{form, text};

/// The rule, beside the chart (semantics 1.9).
const RULE: &str = "A customer became known when the first of its dated keys was tied to a known identifier; keys of \
                    tables without a date column count from the first run that saw them, or as never unknown.";
const HELP: &str = "A customer counts once, when the first of its keys became known: with an event or row that tied it \
                    to a known identifier, or without timestamps with the first run that found it known";

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
    let unit = journey.unit.label();
    ui.label(RichText::new(format!("Became known by {unit}")).bold()).on_hover_text(HELP);
    if journey.periods.is_empty() {
        form::label_ui(ui, "No customer became known: each was known from the start, or still is unknown.");
        rule_ui(ui);
        return;
    }
    time_bars_ui(ui, &format!("Customers who became known by {unit}"), &bars(&journey));
    let color = palette(ui).text_weak;
    ui.label(RichText::new(summary(&journey)).color(color).small());
    rule_ui(ui);
}

fn rule_ui(ui: &mut Ui) {
    let words = RichText::new(RULE).color(palette(ui).text_weak).small();
    ui.add(eframe::egui::Label::new(words).wrap());
}

fn bars(journey: &Journey) -> Vec<TimeBar> {
    let bar = |period: &journey::Period| {
        let customers = text::counted(period.customers, "customer", "customers");
        let keys = text::counted(period.keys, "key", "keys");
        TimeBar {
            name: journey.unit.name(period.start),
            value: period.customers,
            above: 0,
            words: format!("{}\n{customers} became known, {keys}", period.words(journey.unit)),
        }
    };
    journey.periods.iter().map(bar).collect()
}

/// `1 of 3 known customers became known; 2 were never unknown`.
fn summary(journey: &Journey) -> String {
    let became = journey.known - journey.never_unknown;
    let (became, known) = (text::count(became), text::counted(journey.known, "known customer", "known customers"));
    let never = match journey.never_unknown {
        0 => String::new(),
        1 => "; 1 was never unknown".to_owned(),
        more => format!("; {} were never unknown", text::count(more)),
    };
    format!("{became} of {known} became known{never}.")
}
