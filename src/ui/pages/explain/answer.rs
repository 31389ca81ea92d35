//! An answer: the verdict, the links, the trials, what was refused, and notes.

use eframe::egui::{self, RichText, Ui};

use super::{Answered, Explained, step, trial};
use crate::engine::identity::explain::{CustomerExplanation, PairExplanation, Refusal, Verdict};
use crate::project::RecordKey;
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::theme::{TextRole as _, icon, palette};
use crate::ui::widgets::{entry, form, text};

/// Trials that come less near are folded where there are more than this.
const OPEN: usize = 3;

/// Digits of a CustomerId in a sentence; the card has all of them.
const SHOWN_ID: usize = 8;

/// The verdict in one large sentence.
pub fn verdict_ui(ui: &mut Ui, answered: &Answered) {
    let (palette, explained) = (palette(ui), &answered.explained);
    let (mark, color, sentence) = match explained {
        Explained::Pair(pair) if pair.verdict == Verdict::Apart => (icon::DIFFERENT, palette.warning, &pair.sentence),
        Explained::Pair(pair) => (icon::DONE, palette.good, &pair.sentence),
        Explained::Customer(customer) if customer.customer_id.is_none() => {
            (crate::text::of(icon::BLANK), palette.warning, &customer.sentence)
        }
        Explained::Customer(customer) => (icon::DONE, palette.good, &customer.sentence),
        Explained::Nothing(why) => (icon::ERROR, palette.error, why),
    };
    ui.horizontal_top(|ui| {
        ui.label(RichText::new(mark).large().color(color));
        let ids = answered.customers.iter().map(|(id, _)| id.as_str());
        let sentence = ids.fold(sentence.clone(), |words, id| words.replace(id, &text::first(id, SHOWN_ID)));
        ui.add(egui::Label::new(RichText::new(text::one_line(&sentence, 1_000)).large()).wrap());
    });
}

/// Everything behind the verdict.
pub fn answer_ui(ui: &mut Ui, cx: &mut PageCx<'_>, explained: &Explained) {
    match explained {
        Explained::Pair(pair) => pair_ui(ui, cx, pair),
        Explained::Customer(customer) => customer_ui(ui, cx, customer),
        Explained::Nothing(_) => {}
    }
}

fn pair_ui(ui: &mut Ui, cx: &mut PageCx<'_>, pair: &PairExplanation) {
    if !pair.path.is_empty() {
        form::section_ui(ui, tr!("The path from one to the other"));
    }
    for (place, link) in pair.path.iter().enumerate() {
        ui.push_id(("step", place), |ui| step::step_ui(ui, cx, place + 1, link, false));
    }
    if !pair.trials.is_empty() {
        form::section_ui(ui, tr!("What the rules say of them"));
    }
    let nearest = pair.nearest.into_iter();
    let others = (0..pair.trials.len()).filter(|place| Some(*place) != pair.nearest);
    for place in nearest.chain(others) {
        let tried = &pair.trials[place];
        let is_nearest = pair.nearest == Some(place) && pair.trials.len() > 1;
        ui.push_id(("trial", place), |ui| {
            trial::framed_ui(ui, tried, is_nearest, is_nearest || pair.trials.len() <= OPEN);
        });
    }
    closing_ui(ui, cx, &pair.refusals, &pair.notes);
}

fn customer_ui(ui: &mut Ui, cx: &mut PageCx<'_>, customer: &CustomerExplanation) {
    if !customer.steps.is_empty() {
        form::section_ui(ui, tr!("Merge by merge"));
    }
    for (place, link) in customer.steps.iter().enumerate() {
        ui.push_id(("step", place), |ui| step::step_ui(ui, cx, place + 1, link, true));
    }
    if customer.more > 0 {
        parts::hint_ui(ui, tr!("… and {steps}", steps = tr!("{n} more step" | "{n} more steps" % customer.more)));
    }
    closing_ui(ui, cx, &customer.refusals, &customer.notes);
}

fn closing_ui(ui: &mut Ui, cx: &mut PageCx<'_>, refusals: &[Refusal], notes: &[String]) {
    if !refusals.is_empty() {
        form::section_ui(ui, tr!("Refused"));
    }
    for (place, refusal) in refusals.iter().enumerate() {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(icon::ERROR).color(palette(ui).error));
            if entry::named_button(ui, tr!("Explain"), &tr!("Explain refusal {place}", place = place + 1)).clicked() {
                let key =
                    |name: &crate::engine::identity::explain::RecordName| RecordKey::new(&name.table_id, &name.key);
                cx.explain(key(&refusal.a), Some(key(&refusal.b)));
            }
            ui.label(text::one_line(&refusal.sentence, 400));
        });
    }
    if !notes.is_empty() {
        form::section_ui(ui, tr!("Notes"));
    }
    notes.iter().for_each(|note| parts::hint_ui(ui, note));
}
