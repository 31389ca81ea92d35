//! One link between two rows.

use eframe::egui::{self, RichText, Ui};

use super::trial;
use crate::engine::identity::explain::{LinkReason, LinkStep, RuleKind, RuleTrial};
use crate::project::RecordKey;
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::theme::{TextRole as _, icon, palette};
use crate::ui::widgets::{entry, text};

/// `asks`: whether a step can be asked about by itself.
pub fn step_ui(ui: &mut Ui, cx: &mut PageCx<'_>, number: usize, step: &LinkStep, asks: bool) {
    trial::frame(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            let weak = palette(ui).text_weak;
            let verb = if step.within_record { tr!("is one record with") } else { tr!("joins") };
            ui.label(RichText::new(format!("{number}.")).color(weak));
            ui.label(RichText::new(text::one_line(&step.a.to_string(), 80)).bold());
            ui.label(RichText::new(verb).color(weak));
            ui.label(RichText::new(text::one_line(&step.b.to_string(), 80)).bold());
            ui.label(reason(&step.reason));
            let key = |name: &crate::engine::identity::explain::RecordName| RecordKey::new(&name.table_id, &name.key);
            let (a, b) = (key(&step.a), key(&step.b));
            if asks && a != b {
                let button = entry::named_button(ui, tr!("Explain"), &tr!("Explain step {number}", number));
                if button.on_hover_text(tr!("Why these two")).clicked() {
                    cx.explain(a, Some(b));
                }
            }
        });
        match &step.reason {
            LinkReason::Rule(tried) => trial::conditions_ui(ui, tried),
            LinkReason::EqualColumns { conditions } => {
                conditions.iter().for_each(|condition| trial::condition_ui(ui, condition));
            }
            LinkReason::SameKey | LinkReason::AlwaysMatch { .. } => {}
        }
        step.notes.iter().for_each(|note| parts::hint_ui(ui, note));
        if let Some(ambiguous) = &step.ambiguous {
            // A title does not wrap, and the sentence is long.
            let sentence = icon::before(icon::WARNING, &tr!("Ambiguous: {sentence}", sentence = ambiguous.sentence));
            ui.add(egui::Label::new(sentence).wrap());
            others_ui(ui, "ambiguous", tr!("The others it found"), &ambiguous.others);
        }
        if !step.also.is_empty() {
            let many = tr!("{n} link" | "{n} links" % step.also.len() as u64);
            others_ui(ui, "also", &tr!("Also matched, not used: {many}", many), &step.also);
        }
    });
}

/// By what, in words.
fn reason(reason: &LinkReason) -> String {
    match reason {
        LinkReason::Rule(tried) => {
            let kind = match tried.kind {
                RuleKind::Deduplication => tr!("deduplication"),
                RuleKind::Match => tr!("match"),
            };
            // One of 1 tells nothing.
            let score = tried
                .score
                .filter(|score| *score < 1.0)
                .map(|score| tr!(", score {score}", score = text::score(score)))
                .unwrap_or_default();
            tr!("by {kind} rule \"{tried}\"{score}", kind, tried = text::one_line(&tried.name, 100), score)
        }
        LinkReason::SameKey => tr!("by the same primary key").to_owned(),
        LinkReason::EqualColumns { .. } => tr!("by equal columns").to_owned(),
        LinkReason::AlwaysMatch { reason } if reason.is_empty() => tr!("by hand: they always match").to_owned(),
        LinkReason::AlwaysMatch { reason } => tr!("by hand: they always match ({reason})", reason),
    }
}

/// Links that were there too, folded.
fn others_ui(ui: &mut Ui, id: &str, title: &str, trials: &[RuleTrial]) {
    egui::CollapsingHeader::new(title).id_salt(id).show(ui, |ui| {
        for (place, tried) in trials.iter().enumerate() {
            ui.push_id(place, |ui| trial::framed_ui(ui, tried, false, true));
        }
    });
}
