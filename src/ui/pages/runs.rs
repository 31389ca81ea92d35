//! Runs: the history of the project, what each run came to, how long its stages took, and what it changed.

mod changes;
mod chart;
mod decision;
mod detail;
mod list;

use eframe::egui::Ui;

use crate::engine::customer::changed::ChangeKind;
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::widgets::{form, split};
use crate::workbench::{Command, Page, Whose};

pub use decision::{banner_ui, modal_ui};

/// What the screen remembers of this page.
#[derive(Default)]
pub struct State {
    /// The run that is selected, by its number; the last one where none is.
    number: Option<u64>,
    /// The changed customers on the right, in the place of the run.
    customers: Option<(Whose, ChangeKind)>,
}

pub fn page_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    if cx.workbench.runs.is_empty() && cx.workbench.pending.is_none() {
        empty_ui(ui, cx);
        return;
    }
    let before = (cx.memory.runs.number, cx.memory.runs.customers);
    list::list_ui(ui, cx);
    if (cx.memory.runs.number, cx.memory.runs.customers) != before {
        split::show_right(ui.ctx());
    }
    match cx.memory.runs.customers.filter(|(whose, _)| is_there(cx, *whose)) {
        Some((whose, kind)) => changes::customers_ui(ui, cx, whose, kind),
        None => detail::detail_ui(ui, cx),
    }
}

/// Shows the customers behind a count of what a run changed.
fn open(cx: &mut PageCx<'_>, whose: Whose, kind: ChangeKind) {
    cx.memory.runs.customers = Some((whose, kind));
    cx.memory.rewind_grid(crate::text::of(changes::GRID));
    cx.memory.views.remove(crate::text::of(changes::GRID));
    if let Some(pending) = &mut cx.workbench.pending {
        pending.is_open = false;
    }
    if cx.workbench.page != Page::Runs {
        cx.send(Command::Go(Page::Runs));
    }
}

fn is_there(cx: &PageCx<'_>, whose: Whose) -> bool {
    match whose {
        Whose::Pending => cx.workbench.pending.is_some(),
        Whose::Latest => cx.workbench.published.as_ref().is_some_and(|published| published.latest.is_some()),
    }
}

fn empty_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let sentence =
        tr!("Each run leaves a line here: when it was, how long its stages took, how many customers it found, \
                    known and unknown, and what became of those of the run before.");
    if parts::first_step_ui(ui, cx, sentence) {
        return;
    }
    match Command::UnifyAndDependencies.enabled(cx.workbench) {
        Ok(()) => {
            if form::empty_ui(ui, sentence, Some(Command::UnifyAndDependencies.text())) {
                cx.send(Command::UnifyAndDependencies);
            }
        }
        Err(reason) => {
            form::empty_ui(ui, &format!("{sentence}\n\n{reason}"), None);
        }
    }
}
