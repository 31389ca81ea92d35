//! Where the ids, results and history of the open project lie.

use std::sync::Arc;

use crate::engine::state::StateFolder;
use crate::engine::state::publish;
use crate::places;
use crate::workbench::{Level, Workbench};

impl Workbench {
    /// Finds where the state of the project lies, and tells of a run that was killed there.
    pub(in crate::workbench) fn open_state(&mut self) {
        self.state = self.path.as_deref().map(|path| StateFolder::of(path, &places::cache_folder()));
        let Some(state) = self.state.clone() else { return };
        if let Some(notice) = state.notice() {
            self.notify(Level::Warning, notice);
        }
        if let Some(told) = publish::mend(&state) {
            self.notify(Level::Warning, tr!("On this project {told}", told));
        }
    }

    /// After the project was saved to another file: its ids and history go along.
    pub(in crate::workbench) fn move_state(&mut self) {
        let from = self.state.take();
        self.open_state();
        let Some(to) = self.state.clone().filter(|to| from.as_ref() != Some(to)) else { return };
        match publish::bring_along(&self.project, from.as_ref(), &self.session_ids, &to) {
            Ok(told) => told.into_iter().for_each(|told| self.notify(Level::Warning, told)),
            Err(error) => {
                let text = tr!("The ids of earlier runs could not be brought along: {error}", error);
                self.notify(Level::Warning, text);
            }
        }
        self.ids = Arc::default();
        if self.pending.take().is_some() {
            self.notify(Level::Warning, tr!("The run that waited was of the other file: run it again"));
        }
        if let Some(published) = &mut self.published {
            published.identity = publish::stamp(&to, &self.project);
        }
        self.look_at_runs();
    }
}
