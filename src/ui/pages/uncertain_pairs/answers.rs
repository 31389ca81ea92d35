//! Answers by button and key.

use crate::ui::theme::icon;
use eframe::egui::{self, EventFilter, Key, Response, Ui};

use crate::project::edit::pairs;
use crate::project::{Answer, RecordKey};
use crate::ui::context::PageCx;
use crate::ui::pages::decision;
use crate::ui::widgets::{entry, form};

/// Each answer with its words and its key.
pub const ANSWERS: [(Answer, &str, Key); 3] = [
    (Answer::Same, msg!("Same person"), Key::Y),
    (Answer::Different, msg!("Different people"), Key::N),
    (Answer::Unsure, msg!("Unsure"), Key::U),
];

/// A sign for an answer.
pub fn mark(answer: Option<Answer>) -> &'static str {
    match answer {
        None => " ",
        Some(Answer::Same) => icon::DONE,
        Some(Answer::Different) => icon::DIFFERENT,
        Some(Answer::Unsure) => "?",
    }
}

/// The buttons of the pair on the screen; the keys work wherever nobody types.
pub fn answers_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let review = &cx.memory.review;
    let place = review.place.min(review.pairs.len().saturating_sub(1));
    let Some(pair) = review.pairs.get(place).cloned() else { return };
    let given = review.answers.get(place).copied().flatten();
    let typing = ui.ctx().text_edit_focused();
    let pressed = |key: Key| !typing && ui.input(|input| input.modifiers.is_none() && input.key_pressed(key));
    let mut answer = ANSWERS.into_iter().find(|(_, _, key)| pressed(*key)).map(|(answer, ..)| answer);
    let mut back = pressed(Key::Backspace) || pressed(Key::ArrowLeft);
    let mut on = pressed(Key::ArrowRight);
    ui.horizontal_wrapped(|ui| {
        for (of, words, key) in ANSWERS {
            let words = crate::text::of(words);
            let button = egui::Button::new(words).selected(given == Some(of)).shortcut_text(key.name());
            let response = ui.add(button);
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, given == Some(of), words));
            hold_arrows(ui, &response);
            if response.clicked() {
                answer = Some(of);
            }
        }
        ui.separator();
        let response = entry::named_button(ui, &icon::before(icon::BACK, tr!("Previous")), tr!("Previous pair"));
        hold_arrows(ui, &response);
        back |= response.on_hover_text(tr!("Left or Backspace")).clicked();
        let response = entry::named_button(ui, &icon::after(tr!("Skip"), icon::ON), tr!("Next pair"));
        hold_arrows(ui, &response);
        on |= response.on_hover_text(tr!("Right")).clicked();
        if given.is_some() && ui.button(tr!("Take back")).clicked() {
            take_back(cx, &pair.a, &pair.b);
        }
    });
    if let Some(answer) = answer {
        give(cx, &pair.a, &pair.b, answer);
        cx.memory.review.go_on();
    } else if back {
        cx.memory.review.step(false);
    } else if on {
        cx.memory.review.step(true);
    }
    if cx.memory.review.answered() == cx.memory.review.pairs.len() {
        let words = tr!("All pairs have an answer. Look again finds what the rules leave open now.");
        form::message_ui(ui, icon::DONE, crate::ui::theme::palette(ui).good, words);
    }
}

/// Left and Right go through the pairs, not from button to button.
fn hold_arrows(ui: &Ui, response: &Response) {
    if response.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }
}

/// One labelled edit.
pub fn give(cx: &mut PageCx<'_>, a: &RecordKey, b: &RecordKey, answer: Answer) {
    let word = match answer {
        Answer::Same => tr!("same"),
        Answer::Different => tr!("different"),
        Answer::Unsure => tr!("unsure"),
    };
    cx.name_edit(tr!("Answer {word} for {both}", word, both = decision::both(cx, a, b)));
    let decides = cx.memory.review.decides;
    pairs::answer(cx.draft, a.clone(), b.clone(), answer, decides);
}

pub fn take_back(cx: &mut PageCx<'_>, a: &RecordKey, b: &RecordKey) {
    cx.name_edit(tr!("Take back the answer for {both}", both = decision::both(cx, a, b)));
    pairs::take_back(cx.draft, a, b);
}
