//! The live run of the draft, which every count and preview on the setting pages is taken from.

use std::path::Path;
use std::sync::Arc;

use super::first_rows::FirstRows;
use super::now;
use crate::engine::check::{self, Part};
use crate::engine::customer::id_map::IdMap;
use crate::engine::error::EngineError;
use crate::engine::pipeline::{self, Columns, Request, Run};
use crate::engine::stage::{Stage, StageCache};
use crate::project::Project;
use crate::project::validate::Problem;
use crate::task::Task;
use crate::workbench::{Lane, News, Workbench, first_step, jobs};

/// The draft's run: what every count and preview on the setting pages is taken from.
#[derive(Default)]
pub struct Live {
    /// The last run that came to an end, maybe of an earlier draft.
    pub run: Option<Arc<Run>>,
    /// The draft that run was asked for: its own project lacks what could not be run.
    of: Option<Arc<Project>>,
    pub(super) first_rows: FirstRows,
    /// Whether a newer one is being computed.
    pub running: bool,
    /// Why the last one ended without an answer.
    pub error: Option<String>,
    /// Counts its changes, for views made from it.
    pub generation: u64,
    /// The time that "now" means in live runs: that of the first one since the project was opened.
    as_of: Option<String>,
}

impl Live {
    /// Whether the run is of this draft, as far as its problems let it go.
    pub fn is_of(&self, project: &Project) -> bool {
        self.run.is_some() && self.of.as_deref().is_some_and(|of| of == project)
    }
}

pub(in crate::workbench) struct LiveOutcome {
    /// What was asked for.
    of: Arc<Project>,
    problems: Vec<Problem>,
    run: Result<Option<Run>, EngineError>,
}

impl LiveOutcome {
    pub(in crate::workbench) fn failure(&self) -> Option<&EngineError> {
        self.run.as_ref().err()
    }
}

/// Runs what the problems leave of a project. A table that turns out to be unreadable on the way is one more problem,
/// and the rest goes on without it.
fn run_good_part(
    project: &Project,
    base: &Path,
    problems: &mut Vec<Problem>,
    (as_of, ids): (String, Arc<IdMap>),
    cache: &StageCache,
    task: &Task,
) -> Result<Option<Run>, EngineError> {
    loop {
        let Some(Part { project: part, until, deduplicated }) = check::part(project, problems) else { return Ok(None) };
        let (as_of, ids) = (as_of.clone(), Arc::clone(&ids));
        let request = Request { project: &part, base, until, columns: Columns::All, as_of, ids };
        let outcome = pipeline::run_part(&request, deduplicated, cache, task);
        match outcome {
            Err(EngineError::Ingest { table, source }) => {
                let unreadable = check::unreadable(project, &table, &source).filter(|new| !problems.contains(new));
                problems.push(unreadable.ok_or(EngineError::Ingest { table, source })?);
            }
            outcome => return outcome.map(Some),
        }
    }
}

impl Workbench {
    /// Runs the draft as far as its problems let it, in the background; an older live run is overtaken.
    pub(in crate::workbench) fn start_live(&mut self) {
        let (project, base, cache) = (Arc::clone(&self.project), self.base(), Arc::clone(&self.cache));
        let (state, ids, session) = (self.state.clone(), Arc::clone(&self.ids), Arc::clone(&self.session_ids));
        // One "now" for the draft, or every edit would make everything anew that has a date of now.
        let as_of = self.live.as_of.get_or_insert_with(now).clone();
        self.live.running = true;
        let first = self.live.run.is_none().then(|| self.live.first_rows.clone());
        self.jobs.start(Lane::Live, move |task| {
            let mut problems = check::check(&project, &base);
            if let Some(first) = first {
                first.read(&project, &base, &problems, task);
            }
            task.begin(tr!("Reading the ids of earlier runs"));
            let ids = match &state {
                // Ids that only a newer program reads are told of by the run that is asked for.
                Some(state) => ids.current(state, &project).unwrap_or_default(),
                None => session,
            };
            let run = run_good_part(&project, &base, &mut problems, (as_of, ids), &cache, task);
            if let Ok(Some(run)) = &run {
                problems.extend(check::check_pairs(&project, &run.sources));
                problems.extend(check::check_run(run));
                problems.sort_by(|a, b| a.place.cmp(&b.place).then(a.severity.cmp(&b.severity)));
            }
            News::Live(Box::new(LiveOutcome { of: project, problems, run }))
        });
    }

    pub(in crate::workbench) fn take_live(&mut self, outcome: LiveOutcome) {
        self.problems = first_step::to_mend(&self.project, outcome.problems);
        self.live.running = false;
        self.live.generation += 1;
        match outcome.run {
            Ok(run) => {
                self.live.error = None;
                let before = std::mem::replace(&mut self.live.run, run.map(Arc::new));
                self.live.of = Some(outcome.of);
                jobs::free((before, std::mem::take(&mut self.live.first_rows)));
                self.adopt_live();
            }
            Err(EngineError::Cancelled) => {}
            Err(error) => self.live.error = Some(error.to_string()),
        }
    }

    /// A live run that came to what is published stands for it, so that everything about it can be asked.
    fn adopt_live(&mut self) {
        if let (Some(published), Some(run)) = (&mut self.published, &self.live.run)
            && published.run.is_none()
            && run.until == Stage::Segments
            && run.fingerprint.hex() == published.fingerprint
            && published.identity == self.stamp
        {
            published.run = Some(Arc::clone(run));
            published.customers = run.customers.as_ref().map(|customers| Arc::clone(&customers.table));
        }
    }

    /// Runs the draft again where a file changed since the last live run: called when the window comes back to the
    /// front.
    pub fn look_at_files(&mut self) {
        let stamp = self.stamp.clone();
        self.look_at_runs();
        if let (Some(run), false) = (&self.live.run, self.live.running) {
            let now = pipeline::fingerprint(&self.project, &self.base());
            // A run of a part never has the whole's: what was missing may be there again.
            if now.map_or(true, |now| now != run.fingerprint) || stamp != self.stamp {
                self.start_live();
            }
        }
    }
}
