//! A run that waits for a decision: a question that comes up by itself, a line that stays, and a card on the page Runs.

use eframe::egui::{self, Context, Id, RichText, Ui};

use super::super::parts;
use super::changes;
use crate::engine::customer::changed::ChangeKind;
use crate::ui::context::{Memory, PageCx};
use crate::ui::theme::{GAP, GAP_LARGE, TextRole as _, icon, palette};
use crate::ui::widgets::{figure, form, text};
use crate::workbench::{Command, Page, Pending, Whose, Workbench};

const PUBLISH: &str = msg!("Publish");
const KEEP: &str = msg!("Keep the last run");
const WHY: &str = msg!(
    "Customers of the last run would no longer be who they were. Look at them first, if you like; nothing \
                   is written until you decide."
);

/// What was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Publish,
    Keep,
    Later,
    Look(ChangeKind),
}

/// The question, over whatever page is shown; Escape puts it away, and the run goes on waiting.
pub fn modal_ui(ctx: &Context, workbench: &mut Workbench, memory: &mut Memory) {
    let Some(pending) = workbench.pending.as_ref().filter(|pending| pending.is_open) else { return };
    let counts = pending.counts();
    let failed = failed(pending);
    let report = &pending.finished().run.report;
    let found = tr!(
        "The run found {customers}: {known} known, {unknown} unknown.",
        customers = tr!("{n} customer" | "{n} customers" % report.customers),
        known = text::count(report.known),
        unknown = text::count(report.unknown)
    );
    let mut answer = None;
    let modal = egui::Modal::new(Id::unique("publish")).show(ctx, |ui| {
        ui.set_width(470.0);
        ui.heading(tr!("Publish this run?"));
        ui.label(found);
        if let Some(failed) = &failed {
            form::warning_ui(ui, failed);
        }
        ui.add(egui::Label::new(crate::text::of(WHY)).wrap());
        ui.add_space(GAP);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 18.0;
            for kind in ChangeKind::ALL {
                if figure::figure_link_ui(ui, crate::text::of(kind.label()), Some(kind.count(&counts)), kind.help()) {
                    answer = Some(Answer::Look(kind));
                }
            }
        });
        ui.add_space(GAP_LARGE);
        ui.horizontal(|ui| {
            let publish = form::primary_button(ui, crate::text::of(PUBLISH));
            if ui.memory(|memory| memory.focused().is_none()) {
                publish.request_focus();
            }
            if publish.clicked() {
                answer = Some(Answer::Publish);
            }
            let keep =
                ui.button(crate::text::of(KEEP)).on_hover_text(tr!("This run is forgotten; the history says so"));
            if form::ring_ui(ui, keep).clicked() {
                answer = Some(Answer::Keep);
            }
            let later = ui.button(tr!("Decide later")).on_hover_text(tr!("The run goes on waiting (Escape)"));
            if form::ring_ui(ui, later).clicked() {
                answer = Some(Answer::Later);
            }
        });
    });
    // A click beside the question is no answer: a run would wait without a word.
    let is_escaped = modal.is_top_modal && !modal.any_popup_open;
    if is_escaped && ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape)) {
        answer = Some(Answer::Later);
    }
    match answer {
        Some(Answer::Publish) => workbench.publish_pending(),
        Some(Answer::Keep) => workbench.keep_last_run(),
        Some(Answer::Later) => {
            put_away(workbench);
            memory.runs.number = None;
        }
        Some(Answer::Look(kind)) => {
            put_away(workbench);
            memory.runs.number = None;
            memory.runs.customers = Some((Whose::Pending, kind));
            memory.rewind_grid(crate::text::of(changes::GRID));
            memory.views.remove(crate::text::of(changes::GRID));
            workbench.apply(Command::Go(Page::Runs));
        }
        None => {}
    }
}

/// What the run could not compute, where there is something.
fn failed(pending: &Pending) -> Option<String> {
    let failed = pending.finished().run.segments.iter().filter(|segment| segment.error.is_some()).count();
    (failed > 0).then(|| tr!("{segments} cannot be computed.", segments = tr!("{n} segment" | "{n} segments" % failed)))
}

fn put_away(workbench: &mut Workbench) {
    if let Some(pending) = &mut workbench.pending {
        pending.is_open = false;
    }
}

/// A line on every page while a run waits and its question was put away.
pub fn banner_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let Some(pending) = cx.workbench.pending.as_ref().filter(|pending| !pending.is_open) else { return };
    if cx.workbench.page == Page::Runs {
        return;
    }
    let counts = pending.counts();
    ui.horizontal_wrapped(|ui| {
        let color = palette(ui).warning;
        ui.label(RichText::new(icon::WARNING).color(color));
        let words = tr!(
            "A run waits to be published: {merged} merged, {split} split, {gone} gone.",
            merged = text::count(counts.merged),
            split = text::count(counts.split),
            gone = text::count(counts.gone)
        );
        ui.label(RichText::new(words).color(color));
        if ui.button(tr!("Decide…")).clicked()
            && let Some(pending) = &mut cx.workbench.pending
        {
            pending.is_open = true;
        }
    });
}

/// Whether a run waits whose question was put away.
pub fn waits(cx: &PageCx<'_>) -> bool {
    cx.workbench.pending.as_ref().is_some_and(|pending| !pending.is_open)
}

/// The same on the page Runs, with the counts.
pub fn card_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let Some(pending) = cx.workbench.pending.as_ref().filter(|pending| !pending.is_open) else { return };
    let (counts, failed) = (pending.counts(), failed(pending));
    crate::ui::theme::inset(ui).show(ui, |ui| {
        ui.label(RichText::new(tr!("A run waits to be published")).bold());
        if let Some(failed) = failed {
            form::warning_ui(ui, failed);
        }
        parts::hint_ui(ui, crate::text::of(WHY));
        changes::counts_ui(ui, cx, &counts, Some(Whose::Pending));
        ui.horizontal(|ui| {
            if form::primary_button(ui, crate::text::of(PUBLISH)).clicked() {
                cx.workbench.publish_pending();
            }
            if ui.button(crate::text::of(KEEP)).clicked() {
                cx.workbench.keep_last_run();
            }
        });
    });
    ui.add_space(GAP_LARGE);
}
