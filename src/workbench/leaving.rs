//! What takes the place of the open project, and the questions before it does. One way for all of them: unsaved edits
//! first, then who else has the file open.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::disk::{Now, Stamp};
use super::recovery::Offer;
use super::{Command, Holder, Level, Workbench};
use crate::engine::ingest::file_name;
use crate::project::{Project, file};

/// Where someone goes from the open project.
#[derive(Debug, Clone, PartialEq)]
pub enum Leave {
    New,
    Open(PathBuf),
    /// The version of a project that was saved before one that cannot be opened, as a copy.
    Backup(PathBuf),
    /// The user's copy of a sample, by its name.
    Sample(String),
    /// Unsaved edits that a killed program left.
    Restore(Box<Offer>),
    /// The guided first project.
    Guide,
    /// The window closes.
    Quit,
}

impl Leave {
    /// What it is, as the end of "before …".
    pub fn words(&self) -> String {
        match self {
            Self::New => tr!("a new project is started").to_owned(),
            Self::Open(path) => tr!("{file_name} is opened", file_name = file_name(path)),
            Self::Backup(_) => tr!("the version before is opened").to_owned(),
            Self::Sample(_) => tr!("the sample is opened").to_owned(),
            Self::Guide => tr!("the guided project is started").to_owned(),
            Self::Restore(_) => tr!("the other edits are restored").to_owned(),
            Self::Quit => tr!("the window closes").to_owned(),
        }
    }
}

/// What became of the project's file by another hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elsewhere {
    Changed,
    Gone,
}

/// What waits for an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    /// There are unsaved edits; the error of the last try to save them.
    Unsaved { to: Leave, error: Option<String> },
    /// Another window has the project open.
    Held { to: Leave, path: PathBuf, holder: Holder },
    /// The file to be saved was changed by someone else; where to go once it is saved.
    Overwrite { then: Option<Leave> },
}

/// An answer to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Cancel,
    /// Save, then go.
    Save,
    /// Save a project without a file here, then go.
    SaveTo(PathBuf),
    /// Go without the edits.
    Drop,
    /// Open what the file holds as a new project.
    OpenCopy,
    /// Open it although another window has it open.
    OpenAnyway,
    /// Save over what someone else saved.
    Overwrite,
    /// Take in what someone else saved.
    Reload,
}

impl Workbench {
    /// Goes elsewhere, after the questions that this takes.
    pub fn leave(&mut self, to: Leave) {
        if self.is_dirty() {
            self.question = Some(Question::Unsaved { to, error: None });
        } else {
            self.go_to(to, false);
        }
    }

    /// Answers the question that waits. An answer that does not fit it changes nothing.
    pub fn answer(&mut self, answer: Answer) {
        let Some(question) = self.question.take() else { return };
        match (question, answer) {
            (_, Answer::Cancel) => {}
            (Question::Unsaved { to, .. }, Answer::Drop) => {
                self.forget_recovery();
                self.go_to(to, false);
            }
            (Question::Unsaved { to, .. }, Answer::Save) => match self.path.clone() {
                Some(path) => self.save_and_go(to, &path),
                None => {
                    self.question = Some(Question::Unsaved { to, error: Some(tr!("Say where to save it").to_owned()) })
                }
            },
            (Question::Unsaved { to, .. }, Answer::SaveTo(path)) => self.save_and_go(to, &path),
            (Question::Held { path, .. }, Answer::OpenCopy) => self.open_copy(&path),
            (Question::Held { to, .. }, Answer::OpenAnyway) => self.go_to(to, true),
            (Question::Overwrite { then }, Answer::Overwrite) => {
                self.keep_mine();
                self.apply(Command::Save);
                if let Some(to) = then.filter(|_| !self.is_dirty()) {
                    self.go_to(to, false);
                }
            }
            (Question::Overwrite { .. }, Answer::Reload) => self.reload(),
            (question, _) => self.question = Some(question),
        }
    }

    fn save_and_go(&mut self, to: Leave, path: &Path) {
        match self.try_save_to(path) {
            Ok(()) => self.go_to(to, false),
            Err(None) => self.question = Some(Question::Overwrite { then: Some(to) }),
            Err(Some(error)) => self.question = Some(Question::Unsaved { to, error: Some(error) }),
        }
    }

    /// Goes there; `despite` a window that has the file open already.
    pub(super) fn go_to(&mut self, to: Leave, despite: bool) {
        let file = match &to {
            Leave::Open(path) => Some(path.clone()),
            Leave::Sample(name) => match self.sample_copy(name) {
                Some(path) => Some(path),
                None => return,
            },
            Leave::Restore(offer) => offer.path.clone(),
            Leave::New | Leave::Guide | Leave::Backup(_) | Leave::Quit => None,
        };
        let held = file.as_deref().filter(|_| !despite).and_then(|path| self.session.holder_of(path));
        if let (Some(holder), Some(path)) = (held, file.clone()) {
            self.question = Some(Question::Held { to, path, holder });
            return;
        }
        match (to, file) {
            (Leave::New, _) => self.set_project(Project::new(tr!("New project")), None),
            (Leave::Backup(path), _) => self.open_copy(&path),
            (Leave::Restore(offer), _) => self.restore(&offer),
            (Leave::Guide, _) => self.start_guide(),
            (Leave::Quit, _) => self.has_left = true,
            (Leave::Sample(_), Some(path)) => self.open_sample_at(&path),
            (_, Some(path)) => self.load_and_show(&path),
            (_, None) => {}
        }
    }

    /// Looks whether the project's file was changed by another hand: called when the window comes back to the front,
    /// and before it is saved.
    pub fn look_at_disk(&mut self) {
        let (Some(path), Some(stamp)) = (&self.path, &mut self.disk) else { return };
        self.elsewhere = match stamp.now(path) {
            Now::Same => None,
            Now::Changed => Some(Elsewhere::Changed),
            Now::Gone => Some(Elsewhere::Gone),
        };
    }

    /// Takes in what another hand saved, as an edit that can be undone.
    pub fn reload(&mut self) {
        let Some(path) = self.path.clone() else { return };
        let stamp = Stamp::of(&path);
        match file::load(&path) {
            Ok(project) => {
                (self.disk, self.elsewhere) = (stamp, None);
                self.commit(project.clone(), tr!("Reload from the file"), None);
                self.saved = if project == *self.project { Arc::clone(&self.project) } else { Arc::new(project) };
                self.notify(Level::Info, tr!("Reloaded; undo brings your version back"));
            }
            Err(error) => self.notify(Level::Error, error.to_string()),
        }
    }

    /// Goes on with the project as it is here; the next save replaces what another hand saved.
    pub fn keep_mine(&mut self) {
        let Some(path) = self.path.clone() else { return };
        let stamp = Stamp::of(&path);
        if stamp.is_none() {
            return;
        }
        self.disk = stamp;
        self.elsewhere = None;
        // What cannot be read is replaced too.
        self.saved = Arc::new(file::load(&path).unwrap_or_else(|_| Project::new("")));
    }
}
