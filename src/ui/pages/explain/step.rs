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
            let verb = if step.within_record { "is one record with" } else { "joins" };
            ui.label(RichText::new(format!("{number}.")).color(weak));
            ui.label(RichText::new(text::one_line(&step.a.to_string(), 80)).bold());
            ui.label(RichText::new(verb).color(weak));
            ui.label(RichText::new(text::one_line(&step.b.to_string(), 80)).bold());
            ui.label(reason(&step.reason));
            let key = |name: &crate::engine::identity::explain::RecordName| RecordKey::new(&name.table_id, &name.key);
            let (a, b) = (key(&step.a), key(&step.b));
            if asks && a != b {
                let button = entry::named_button(ui, "Explain", &format!("Explain step {number}"));
                if button.on_hover_text("Why these two").clicked() {
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
            let sentence = icon::before(icon::WARNING, &format!("Ambiguous: {}", ambiguous.sentence));
            ui.add(egui::Label::new(sentence).wrap());
            others_ui(ui, "ambiguous", "The others it found", &ambiguous.others);
        }
        if !step.also.is_empty() {
            let many = text::counted(step.also.len() as u64, "link", "links");
            others_ui(ui, "also", &format!("Also matched, not used: {many}"), &step.also);
        }
    });
}

/// By what, in words.
fn reason(reason: &LinkReason) -> String {
    match reason {
        LinkReason::Rule(tried) => {
            let kind = match tried.kind {
                RuleKind::Deduplication => "deduplication",
                RuleKind::Match => "match",
            };
            let score = tried.score.map(|score| format!(", score {}", text::score(score))).unwrap_or_default();
            format!("by {kind} rule \"{}\"{score}", text::one_line(&tried.name, 100))
        }
        LinkReason::SameKey => "by the same primary key".to_owned(),
        LinkReason::EqualColumns { .. } => "by equal columns".to_owned(),
        LinkReason::AlwaysMatch { reason } if reason.is_empty() => "by hand: they always match".to_owned(),
        LinkReason::AlwaysMatch { reason } => format!("by hand: they always match ({reason})"),
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
