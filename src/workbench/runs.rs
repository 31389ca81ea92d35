//! The history of the project's runs, and the customers behind what a run changed.

use std::path::PathBuf;
use std::sync::Arc;

use super::Workbench;
use crate::engine::customer::changed::{self, ChangeKind};
use crate::engine::pipeline::Run;
use crate::engine::state::StateFolder;
use crate::engine::state::history;
use crate::engine::state::publish;
use crate::engine::table::Table;

/// Which run's changes are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// The run that waits for a decision.
    Pending,
    /// The last published run of this session.
    Latest,
}

impl Workbench {
    /// Reads the history and the stamp of the ids again: a run ended, here or elsewhere.
    pub(super) fn look_at_runs(&mut self) {
        let Some(state) = &self.state else {
            // Without a file the runs of this session are the history.
            self.stamp = None;
            return;
        };
        self.stamp = publish::stamp(state, &self.project);
        self.runs = Arc::new(history::read(state, &self.project));
    }

    /// Where the results of the project lie, once it is saved.
    pub fn results_folder(&self) -> Option<PathBuf> {
        self.state.as_ref().map(StateFolder::results)
    }

    /// The run whose changes are meant, with the customers of the run before it.
    fn changed_run(&self, whose: Whose) -> Option<(Arc<Run>, Option<Arc<Table>>)> {
        let published = self.published.as_ref();
        match whose {
            Whose::Pending => {
                let before = published.and_then(|published| published.customers.clone());
                Some((Arc::clone(&self.pending.as_ref()?.finished().run), before))
            }
            Whose::Latest => {
                let published = published?;
                Some((published.run.clone()?, published.latest.as_ref()?.before.clone()))
            }
        }
    }

    /// The customers behind a count of what a run changed; `None` while they are listed, or where there is no such
    /// run.
    pub fn changed_customers(&mut self, whose: Whose, kind: ChangeKind) -> Option<Arc<Table>> {
        let (run, before) = self.changed_run(whose)?;
        let name = format!("changed customers {whose:?} {kind:?}");
        let rows = run.report.customers as usize;
        self.find(&name, &run, rows, move |run| changed::customers(run, before.as_deref(), kind)).value
    }
}
