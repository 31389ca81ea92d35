//! All answers in the project, to change or take back.

use std::sync::Arc;

use eframe::egui::{self, RichText, Ui};

use super::answers::{self, ANSWERS};
use crate::engine::pipeline::Run;
use crate::engine::quality::evaluation;
use crate::project::{Answer, LabelledPair};
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::theme::{self, icon, palette};
use crate::ui::widgets::{entry, form, text};

pub fn answered_ui(ui: &mut Ui, cx: &mut PageCx<'_>, run: &Arc<Run>) {
    let pairs = cx.draft.labelled_pairs.clone();
    if pairs.is_empty() {
        form::empty_ui(ui, tr!("No pair has an answer yet."), None);
        return;
    }
    // Whether the run joined each pair of its project.
    let joined = cx.find_long("answered pairs", run, |run, _| {
        let records = run.project.labelled_pairs.iter().flat_map(|pair| [&pair.a, &pair.b]);
        let owners = evaluation::owners_of(run, records);
        owners.chunks(2).map(|pair| Some(pair[0]? == pair[1]?)).collect::<Vec<Option<bool>>>()
    });
    let of_draft = run.project.labelled_pairs == pairs;
    let joined = joined.value.filter(|_| of_draft && !joined.pending);
    parts::hint_ui(ui, tr!("{n} pair has an answer" | "{n} pairs have an answer" % pairs.len() as u64));
    theme::card(ui).show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        parts::scroll_ui(ui, cx, egui::ScrollArea::both().auto_shrink(false), |ui, cx| {
            // The last answer first.
            parts::lines_ui(ui, pairs.len(), |ui, line| {
                let place = pairs.len() - 1 - line;
                let joined = joined.as_ref().and_then(|joined| joined.get(place).copied().flatten());
                line_ui(ui, cx, line + 1, &pairs[place], joined);
            });
        });
    });
}

fn line_ui(ui: &mut Ui, cx: &mut PageCx<'_>, number: usize, pair: &LabelledPair, joined: Option<bool>) {
    for (answer, words, _) in ANSWERS {
        let words = crate::text::of(words);
        let selected = pair.answer == answer;
        let response = ui.selectable_label(selected, words);
        let name = tr!("{words}: answer {number}", words, number);
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, selected, &name));
        if response.clicked() && !selected {
            answers::give(cx, &pair.a, &pair.b, answer);
        }
    }
    if entry::named_button(ui, tr!("Take back"), &tr!("Take back answer {number}", number)).clicked() {
        answers::take_back(cx, &pair.a, &pair.b);
    }
    if entry::named_button(ui, tr!("Explain"), &tr!("Explain answer {number}", number)).clicked() {
        cx.explain(pair.a.clone(), Some(pair.b.clone()));
    }
    let names = [&pair.a, &pair.b].map(|record| text::one_line(&record.label(cx.draft), 60));
    ui.label(names.join(tr!(" and ")));
    agreement_ui(ui, pair.answer, joined);
}

/// Whether the customers are as the answer says.
fn agreement_ui(ui: &mut Ui, answer: Answer, joined: Option<bool>) {
    let palette = palette(ui);
    let (words, color) = match (answer, joined) {
        (Answer::Unsure, _) | (_, None) => return,
        (Answer::Same, Some(true)) => (icon::before(icon::DONE, tr!("one customer")), palette.good),
        (Answer::Same, Some(false)) => (icon::before(icon::ERROR, tr!("two customers")), palette.error),
        (Answer::Different, Some(true)) => (icon::before(icon::ERROR, tr!("one customer")), palette.error),
        (Answer::Different, Some(false)) => (icon::before(icon::DONE, tr!("two customers")), palette.good),
    };
    ui.label(RichText::new(words).color(color));
}
