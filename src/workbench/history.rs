//! Undo and redo: labelled snapshots of the project, which is a small document.

use std::sync::Arc;

use crate::project::Project;

const KEPT: usize = 200;

struct Step {
    /// What the edit was, such as "Rename field".
    label: String,
    before: Arc<Project>,
}

/// What was, and what was undone.
#[derive(Default)]
pub struct History {
    undo: Vec<Step>,
    redo: Vec<Step>,
    /// How many steps could be undone when the project was saved last.
    saved: usize,
    /// Whether the next edit of the same label belongs to the last one: a drag, or typing in one field.
    open: bool,
}

impl History {
    /// Notes an edit. While `in_progress`, edits of one label become one step.
    pub fn record(&mut self, before: Arc<Project>, label: &str, in_progress: bool) {
        self.redo.clear();
        let same = self.open && self.undo.last().is_some_and(|step| step.label == label);
        if !same {
            self.undo.push(Step { label: label.to_owned(), before });
            if self.undo.len() > KEPT {
                self.undo.remove(0);
            }
        }
        self.open = in_progress;
    }

    /// Ends an edit in progress: the next one is a step of its own.
    pub fn close_step(&mut self) {
        self.open = false;
    }

    /// Notes that a file holds the project as it is now.
    pub fn mark_saved(&mut self) {
        self.saved = self.undo.len();
    }

    /// How many edits no file holds; at least one.
    pub fn since_saved(&self) -> usize {
        self.undo.len().abs_diff(self.saved).max(1)
    }

    pub fn undo_label(&self) -> Option<&str> {
        self.undo.last().map(|step| step.label.as_str())
    }

    pub fn redo_label(&self) -> Option<&str> {
        self.redo.last().map(|step| step.label.as_str())
    }

    /// The project before the last edit, and that edit's label.
    pub fn undo(&mut self, now: Arc<Project>) -> Option<(Arc<Project>, String)> {
        let step = self.undo.pop()?;
        self.open = false;
        self.redo.push(Step { label: step.label.clone(), before: now });
        Some((step.before, step.label))
    }

    /// The project after the edit that was undone last, and its label.
    pub fn redo(&mut self, now: Arc<Project>) -> Option<(Arc<Project>, String)> {
        let step = self.redo.pop()?;
        self.open = false;
        self.undo.push(Step { label: step.label.clone(), before: now });
        Some((step.before, step.label))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Arc<Project> {
        Arc::new(Project::new(name))
    }

    #[test]
    fn undo_after_an_edit_gives_what_was_and_redo_what_became() {
        let mut history = History::default();
        history.record(named("a"), "Rename", false);
        let (before, label) = history.undo(named("b")).expect("one step");
        assert_eq!((before.name.as_str(), label.as_str()), ("a", "Rename"));
        let (after, _) = history.redo(before).expect("one step back");
        assert_eq!(after.name, "b");
        assert_eq!(history.redo_label(), None);
    }

    #[test]
    fn edits_of_one_label_in_progress_are_one_step() {
        let mut history = History::default();
        history.record(named(""), "Rename", true);
        history.record(named("a"), "Rename", true);
        history.record(named("ab"), "Rename", false);
        history.record(named("abc"), "Rename", false);
        assert_eq!(history.undo(named("abcd")).expect("a step").0.name, "abc");
        assert_eq!(history.undo(named("abc")).expect("a step").0.name, "");
        assert!(history.undo(named("")).is_none());
    }
}
