//! The queue of links a person should look at, and how good the matching is.

mod answered;
mod answers;
mod evaluation;
mod pair;
mod queue;

use crate::ui::theme::GAP_TINY;
use std::sync::Arc;

use eframe::egui::{self, Margin, Ui};

use super::{live, parts};
use crate::engine::check::Wanted;
use crate::engine::pipeline::Run;
use crate::engine::quality::review;
use crate::ui::context::PageCx;
use crate::ui::theme;
use crate::ui::widgets::{entry, form};

const QUEUE: &str = msg!("Queue");
const ANSWERED: &str = msg!("Answered");
const EVALUATION: &str = msg!("Evaluation");
/// So many pairs of each doubt are asked about.
const LIMIT: usize = 200;
const FINDING: &str = "review queue";

pub fn page_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let Some(run) = live::unified(cx) else {
        live::missing_ui(ui, cx, tr!("Uncertain pairs"), Wanted::Customers);
        return;
    };
    entry::tabs_ui(ui, &[QUEUE, ANSWERED, EVALUATION], &mut cx.memory.review.tab);
    ui.add_space(GAP_TINY);
    match cx.memory.review.tab.as_str() {
        ANSWERED => answered::answered_ui(ui, cx, &run),
        EVALUATION => evaluation::evaluation_ui(ui, cx, &run),
        _ => queue_ui(ui, cx, &run),
    }
}

fn queue_ui(ui: &mut Ui, cx: &mut PageCx<'_>, run: &Arc<Run>) {
    if cx.memory.review.wants(run) {
        let found = cx.find_long(FINDING, run, |run, task| review::queue(run, LIMIT, task).map(Arc::new));
        match found.value.filter(|_| !found.pending).as_deref() {
            Some(Ok(pairs)) => cx.memory.review.take(run, Arc::clone(pairs)),
            _ if cx.memory.review.pairs.is_empty() => {
                form::empty_ui(ui, tr!("Looking for pairs near the thresholds…"), None);
                return;
            }
            _ => parts::hint_ui(ui, tr!("The rules changed; the pairs are being looked for again.")),
        }
    }
    let project = Arc::clone(&cx.workbench.project);
    cx.memory.review.read_answers(&project);
    if cx.memory.review.pairs.is_empty() {
        let sentence =
            tr!("Nothing to decide: no pair is near a threshold, ambiguous or held by a weak link alone. Pairs \
                        come here when a rule compares by similarity, or finds two records where it looks for one.");
        if form::empty_ui(ui, sentence, Some(tr!("See how good the matching is"))) {
            cx.memory.review.tab = EVALUATION.to_owned();
        }
        return;
    }
    let width = (ui.available_width() * 0.32).clamp(250.0, 380.0);
    let frame = egui::Frame::new().inner_margin(Margin { right: 8, ..Margin::ZERO });
    egui::Panel::left("review queue").frame(frame).default_size(width).show_separator_line(false).show(ui, |ui| {
        theme::card(ui).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            queue::list_ui(ui, cx);
        });
    });
    egui::CentralPanel::default().frame(egui::Frame::NONE).show(ui, |ui| {
        theme::card(ui).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            answers::answers_ui(ui, cx);
            pair::pair_ui(ui, cx, run);
        });
    });
}

/// Takes the queue from the last run once more.
fn look_again(cx: &mut PageCx<'_>) {
    cx.workbench.forget(FINDING);
    cx.memory.review.look_again();
}
