//! Undo and redo: labelled steps, each with the project as it was on its other side.

mod snapshot;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Local};

use super::Page;
use crate::project::Project;
use snapshot::Snapshot;

const KEPT: usize = 200;

/// Names what is going on while edits follow each other, a drag or the typing in one field: edits under one name are
/// one step.
pub type Going = u64;

/// One edit.
struct Step {
    /// What the edit was, such as "Rename field".
    label: String,
    at: DateTime<Local>,
    /// Where it was made.
    page: Page,
    /// The project on the other side of the edit: before a done one, after an undone one.
    state: Snapshot,
    /// Names that state.
    id: u64,
}

/// A step as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub label: String,
    /// When it was made, as `12:03`; the first entry is what was there before.
    pub time: String,
    pub is_present: bool,
    /// Whether the file holds the project as it is after this step.
    pub is_saved: bool,
    pub is_undone: bool,
}

/// Where a move through the history leads.
pub struct Move {
    pub project: Project,
    /// The label of the last edit that it took back or made again.
    pub label: String,
    /// Where that edit was made.
    pub page: Page,
}

/// What was, and what was undone.
#[derive(Default)]
pub struct History {
    done: Vec<Step>,
    /// The next one to make again last.
    undone: Vec<Step>,
    /// What goes on in the last step, while it does.
    going: Option<Going>,
    /// Whether steps fell off the beginning.
    is_cut: bool,
    /// Names the present state.
    present: u64,
    /// The state that the file holds.
    saved: u64,
    last_id: u64,
}

impl History {
    /// Notes an edit by what was before it. Edits under one `going` are one step, called as the last of them.
    pub fn record(&mut self, before: Project, label: &str, page: Page, going: Option<Going>) {
        self.undone.clear();
        match self.done.last_mut() {
            Some(step) if going.is_some() && self.going == going => label.clone_into(&mut step.label),
            last => {
                let state = Snapshot::new(before, last.map(|step| &step.state));
                let (label, at) = (label.to_owned(), Local::now());
                self.done.push(Step { label, at, page, state, id: self.present });
            }
        }
        self.last_id += 1;
        self.present = self.last_id;
        if self.done.len() > KEPT {
            self.done.remove(0);
            self.is_cut = true;
        }
        self.going = going;
    }

    /// Ends what goes on: the next edit is a step of its own.
    pub fn close_step(&mut self) {
        self.going = None;
    }

    /// The file holds the present state now.
    pub fn mark_saved(&mut self) {
        self.saved = self.present;
        self.going = None;
    }

    /// Changes every state, as when the file moves and paths are counted from another place.
    pub fn map(&mut self, change: impl Fn(&mut Project)) {
        let mut beside: Option<Snapshot> = None;
        for step in self.done.iter_mut().chain(self.undone.iter_mut().rev()) {
            let mut project = step.state.project();
            change(&mut project);
            step.state = Snapshot::new(project, beside.as_ref());
            beside = Some(step.state.clone());
        }
    }

    /// How many edits no file holds, or that were undone since; at least one. Where the saved state is gone, all.
    pub fn since_saved(&self) -> usize {
        let place = |steps: &[Step]| steps.iter().rev().position(|step| step.id == self.saved).map(|place| place + 1);
        place(&self.done).or_else(|| place(&self.undone)).unwrap_or(self.done.len()).max(1)
    }

    pub fn undo_label(&self) -> Option<&str> {
        self.done.last().map(|step| step.label.as_str())
    }

    pub fn redo_label(&self) -> Option<&str> {
        self.undone.last().map(|step| step.label.as_str())
    }

    /// Takes the last edit back.
    pub fn undo(&mut self, now: Project) -> Option<Move> {
        self.jump(self.done.len().checked_sub(1)?, now)
    }

    /// Makes the edit again that was undone last.
    pub fn redo(&mut self, now: Project) -> Option<Move> {
        self.jump(self.done.len() + 1, now)
    }

    /// Goes to where so many of the kept edits are done; `None` where that is now, or nowhere.
    pub fn jump(&mut self, place: usize, now: Project) -> Option<Move> {
        if place == self.done.len() || place > self.done.len() + self.undone.len() {
            return None;
        }
        self.going = None;
        let back = place < self.done.len();
        let mut here = now;
        let mut crossed = None;
        while place != self.done.len() {
            let (from, to) = if back { (&mut self.done, &mut self.undone) } else { (&mut self.undone, &mut self.done) };
            let Some(step) = from.pop() else { break };
            let (there, id) = (step.state.project(), step.id);
            let state = Snapshot::new(here, Some(&step.state));
            crossed = Some((step.label.clone(), step.page));
            to.push(Step { state, id: self.present, ..step });
            (here, self.present) = (there, id);
        }
        crossed.map(|(label, page)| Move { project: here, label, page })
    }

    /// What the list shows, the oldest first. The place of an entry is what [`History::jump`] takes.
    pub fn entries(&self) -> Vec<Entry> {
        let first = if self.is_cut { "Earlier edits" } else { "As it was opened" };
        let mut entries = Vec::with_capacity(self.done.len() + self.undone.len() + 1);
        let present = self.done.len();
        let mut add = |label: &str, time: String, state: Option<u64>| {
            let place = entries.len();
            entries.push(Entry {
                label: label.to_owned(),
                time,
                is_present: place == present,
                is_saved: state == Some(self.saved),
                is_undone: place > present,
            });
        };
        // The state after a done edit is the one before the next, or the present one.
        let ids: Vec<u64> = self.done.iter().map(|step| step.id).chain([self.present]).collect();
        add(first, String::new(), ids.first().copied());
        for (nth, step) in self.done.iter().enumerate() {
            add(&step.label, time(step), ids.get(nth + 1).copied());
        }
        for step in self.undone.iter().rev() {
            add(&step.label, time(step), Some(step.id));
        }
        entries
    }
}

fn time(step: &Step) -> String {
    step.at.format("%H:%M").to_string()
}
