//! What a rule says of two rows: a line a condition, both values side by side, what differs marked.

use std::ops::Range;

use eframe::egui::{self, Color32, CornerRadius, Frame, Margin, RichText, Stroke, Ui};

use crate::engine::column::number_text;
use crate::engine::identity::explain::{
    ComparedValue, ConditionTrial, ExceptionTrial, RuleKind, RuleTrial, TrialOutcome,
};
use crate::ui::pages::parts;
use crate::ui::theme::{GAP_TINY, RADIUS, TextRole as _, icon, palette};
use crate::ui::widgets::{marked, text};

const MARK: f32 = 16.0;
const SCORE: f32 = 168.0;

/// Around a link or a trial.
pub fn frame(ui: &Ui) -> Frame {
    let palette = palette(ui);
    Frame::new()
        .stroke(Stroke::new(1.0, palette.border))
        .corner_radius(CornerRadius::same(RADIUS))
        .inner_margin(Margin::symmetric(8, 6))
}

/// A trial with its headline; its conditions folded unless `open`.
pub fn framed_ui(ui: &mut Ui, tried: &RuleTrial, is_nearest: bool, open: bool) {
    frame(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            let palette = palette(ui);
            let (mark, color) = if tried.holds { (icon::DONE, palette.good) } else { (icon::ERROR, palette.error) };
            ui.label(RichText::new(mark).color(color));
            let kind = match tried.kind {
                RuleKind::Deduplication => tr!("Deduplication rule"),
                RuleKind::Match => tr!("Match rule"),
            };
            ui.label(RichText::new(format!("{kind} \"{}\"", text::one_line(&tried.name, 100))).bold());
            if is_nearest {
                ui.label(RichText::new(tr!("comes nearest")).color(palette.accent));
            }
            if !tried.active {
                ui.label(RichText::new(tr!("inactive")).color(palette.text_weak));
            }
            let [a, b] = &tried.rows;
            let rows =
                tr!("{a} and {b}", a = text::one_line(&a.to_string(), 80), b = text::one_line(&b.to_string(), 80));
            ui.label(RichText::new(rows).color(palette.text_weak));
            if let Some(score) = tried.score {
                ui.label(tr!("score {score}", score = text::score(score)));
            }
        });
        if let Some(note) = &tried.note {
            parts::hint_ui(ui, note);
        }
        if open {
            conditions_ui(ui, tried);
        } else {
            egui::CollapsingHeader::new(tr!("Its conditions")).show(ui, |ui| conditions_ui(ui, tried));
        }
    });
}

/// The conditions and exceptions of a trial.
pub fn conditions_ui(ui: &mut Ui, tried: &RuleTrial) {
    for condition in &tried.conditions {
        condition_ui(ui, condition);
    }
    for exception in &tried.exceptions {
        exception_ui(ui, exception);
    }
}

fn exception_ui(ui: &mut Ui, exception: &ExceptionTrial) {
    let (fires, color) = if exception.fires {
        (tr!("it is, so the exception fires"), palette(ui).warning)
    } else {
        (tr!("it is not"), palette(ui).text_weak)
    };
    ui.add_space(GAP_TINY);
    let sentence =
        tr!("Unless {fields} {is}: {fires}", fields = fields(&exception.condition), is = exception.is, fires);
    ui.add(egui::Label::new(RichText::new(sentence).color(color)).wrap());
    condition_ui(ui, &exception.condition);
}

/// Mark; fields and comparison; the two values; the score.
pub fn condition_ui(ui: &mut Ui, condition: &ConditionTrial) {
    let room = (ui.available_width() - MARK - SCORE - 4.0 * 8.0).max(240.0);
    let widths = [MARK, room * 0.28, room * 0.36, room * 0.36, SCORE];
    ui.add_space(GAP_TINY);
    marked::columns_ui(ui, &widths, |ui, column| match column {
        0 => {
            let (mark, color, words) = outcome(ui, condition.outcome);
            ui.label(RichText::new(mark).color(color)).on_hover_text(words);
        }
        1 => {
            ui.add(egui::Label::new(fields(condition)).wrap());
            let weak = palette(ui).text_weak;
            ui.add(egui::Label::new(RichText::new(&condition.comparison).small().color(weak)).wrap());
        }
        2 => value_ui(ui, &condition.values[0], &condition.values[1]),
        3 => value_ui(ui, &condition.values[1], &condition.values[0]),
        _ => judgement_ui(ui, condition),
    });
}

fn outcome(ui: &Ui, outcome: TrialOutcome) -> (&'static str, Color32, &'static str) {
    let palette = palette(ui);
    match outcome {
        TrialOutcome::Passes => (icon::DONE, palette.good, tr!("passes")),
        TrialOutcome::Fails => (icon::ERROR, palette.error, tr!("fails")),
        TrialOutcome::Blank => (crate::text::of(icon::BLANK), palette.text_weak, tr!("nothing to compare")),
    }
}

fn fields(condition: &ConditionTrial) -> String {
    let [a, b] = &condition.values;
    if a.field == b.field { a.field.clone() } else { format!("{} = {}", a.field, b.field) }
}

/// A value as it stands, and below as it was compared where that is something else.
fn value_ui(ui: &mut Ui, value: &ComparedValue, other: &ComparedValue) {
    if value.raw.is_empty() {
        ui.label(RichText::new(tr!("blank")).italics().color(palette(ui).text_weak));
        return;
    }
    if value.normalized.is_empty() {
        marked::marked_ui(ui, &value.raw, &[], false);
        ui.label(RichText::new(tr!("nothing is left of it")).small().italics().color(palette(ui).text_weak));
    } else {
        // Beside a blank everything would be marked.
        let of =
            |of: &ComparedValue, places: &[Range<usize>]| if of.raw.is_empty() { Vec::new() } else { places.to_vec() };
        marked::marked_ui(ui, &value.raw, &of(other, &value.raw_differences), false);
        if value.normalized != value.raw {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                ui.label(RichText::new(tr!("as")).small().color(palette(ui).text_weak));
                ui.vertical(|ui| marked::marked_ui(ui, &value.normalized, &of(other, &value.differences), true));
            });
        }
    }
}

/// The outcome in words, and the score where it is a matter of degrees.
fn judgement_ui(ui: &mut Ui, condition: &ConditionTrial) {
    let (_, color, words) = outcome(ui, condition.outcome);
    match (condition.score, condition.threshold) {
        (Some(score), Some(threshold)) => {
            marked::score_ui(ui, score, threshold);
        }
        _ => {
            ui.label(RichText::new(words).color(color));
        }
    }
    let weak = palette(ui).text_weak;
    if let Some(apart) = condition.apart {
        ui.label(RichText::new(tr!("{number_text} apart", number_text = number_text(apart))).small().color(weak));
    }
    if let Some(note) = &condition.note {
        ui.add(egui::Label::new(RichText::new(note).small().color(weak)).wrap());
    }
}
