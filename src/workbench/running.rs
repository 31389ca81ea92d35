//! Runs from the app: the live one of the draft, and the published ones.

mod asking;
mod first_rows;
mod pending;

use std::path::Path;
use std::sync::Arc;

use chrono::{SecondsFormat, Utc};

use super::{Lane, Level, News, Workbench, jobs};
use crate::engine::activate::results::{self, StoredResults};
use crate::engine::check::{self, Part};
use crate::engine::customer::changes::ChangeCounts;
use crate::engine::customer::id_map::IdMap;
use crate::engine::error::EngineError;
use crate::engine::pipeline::{self, Columns, Request, Run};
use crate::engine::report::Report;
use crate::engine::stage::{Stage, StageCache};
use crate::engine::state::StateFolder;
use crate::engine::state::history::{RunBy, RunOutcome};
use crate::engine::state::publish::{self, Around, Destination, Ended, Finished, Order};
use crate::engine::table::Table;
use crate::places;
use crate::project::Project;
use crate::project::validate::Problem;
use crate::task::Task;
use crate::text;

use first_rows::FirstRows;
pub(super) use pending::DecidedOutcome;
pub use pending::Pending;

/// Customers of the run before are kept for comparison where they are so many or fewer.
const COMPARED: usize = 200_000;

/// The draft's run: what every count and preview on the setting pages is taken from.
#[derive(Default)]
pub struct Live {
    /// The last run that came to an end, maybe of an earlier draft.
    pub run: Option<Arc<Run>>,
    /// The draft that run was asked for: its own project lacks what could not be run.
    of: Option<Arc<Project>>,
    first_rows: FirstRows,
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

pub(super) struct LiveOutcome {
    /// What was asked for.
    of: Arc<Project>,
    problems: Vec<Problem>,
    run: Result<Option<Run>, EngineError>,
}

impl LiveOutcome {
    pub(super) fn failure(&self) -> Option<&EngineError> {
        self.run.as_ref().err()
    }
}

/// The results of the last run that was asked for.
#[derive(Clone)]
pub struct Published {
    pub report: Report,
    /// The customer table; absent while it is read from the disk.
    pub customers: Option<Arc<Table>>,
    /// The run itself, where it was done in this session, or a live run came to the same.
    pub run: Option<Arc<Run>>,
    /// What it was made from.
    pub fingerprint: String,
    /// The stamp of the ids after it; `None` of a project without a file.
    pub identity: Option<String>,
    /// Its number in the history and what it changed; `None` of results from the disk.
    pub latest: Option<Latest>,
}

/// The last published run of this session, against the one before it.
#[derive(Clone)]
pub struct Latest {
    pub number: u64,
    /// `None` of a first run.
    pub changes: Option<ChangeCounts>,
    /// The customers of the run before, for telling which values changed; absent where they are many.
    pub before: Option<Arc<Table>>,
}

impl Published {
    /// The last good results of a project, without their tables.
    fn stored(stored: &StoredResults) -> Self {
        let (report, fingerprint) = (stored.report.clone(), stored.fingerprint.clone());
        let identity = Some(stored.identity().to_owned());
        Self { customers: None, run: None, report, fingerprint, identity, latest: None }
    }
}

/// The customer table of stored results, with their fingerprint.
pub(super) struct StoredOutcome {
    fingerprint: String,
    customers: Result<Table, EngineError>,
}

impl StoredOutcome {
    pub(super) fn failure(&self) -> Option<&EngineError> {
        self.customers.as_ref().err()
    }
}

pub(super) struct PublishOutcome {
    order: Order,
    result: Result<Ended, EngineError>,
    /// What is to be told about the state on the disk.
    told: Vec<String>,
}

impl PublishOutcome {
    pub(super) fn failure(&self) -> Option<&EngineError> {
        self.result.as_ref().err()
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
    pub(super) fn start_live(&mut self) {
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

    /// Shows the last good results beside a project: their figures at once, their customers when they are read.
    pub(super) fn open_stored(&mut self) {
        let Some(state) = &self.state else { return };
        let stored = StoredResults::open(&state.results()).filter(|stored| stored.is_of(&self.project));
        let Some(stored) = stored else { return };
        self.published = Some(Published::stored(&stored));
        self.jobs.start(Lane::Stored, move |task| {
            task.begin(tr!("Reading the last results"));
            let customers = stored.table(results::CUSTOMERS);
            News::Stored(Box::new(StoredOutcome { fingerprint: stored.fingerprint, customers }))
        });
    }

    pub(super) fn take_stored(&mut self, outcome: StoredOutcome) {
        let Some(published) = self.published.as_mut().filter(|published| published.customers.is_none()) else { return };
        match outcome.customers {
            Ok(customers) if outcome.fingerprint == published.fingerprint => {
                published.customers = Some(Arc::new(customers))
            }
            Ok(_) => {}
            Err(error) => {
                self.published = None;
                self.notify(Level::Warning, error.to_string());
            }
        }
    }

    pub(super) fn take_live(&mut self, outcome: LiveOutcome) {
        self.problems = super::first_step::to_mend(&self.project, outcome.problems);
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

    /// Whether the draft or a file changed since the published results were made.
    pub fn is_stale(&self) -> bool {
        match (&self.published, &self.live.run) {
            (Some(published), Some(run)) => {
                let is_other = run.fingerprint.hex() != published.fingerprint || !self.live.is_of(&self.project);
                // Ids that another run renewed since.
                is_other || self.state.is_some() && published.identity != self.stamp
            }
            // Not compared yet: on opening nothing says that anything changed.
            (Some(_), None) => !self.live.running || self.is_dirty(),
            (None, _) => false,
        }
    }

    /// Whether the customers of the last run, and what they did, are not those of the draft. Where the two runs cannot
    /// be compared, whether anything is stale.
    pub fn customers_are_stale(&self) -> bool {
        if !self.is_stale() {
            return false;
        }
        let ids_are_older = || {
            let published = self.published.as_ref().and_then(|published| published.identity.as_ref());
            self.state.is_some() && published != self.stamp.as_ref()
        };
        let old = self.published.as_ref().and_then(|published| published.run.as_ref());
        let (Some(old), Some(new)) = (old, &self.live.run) else { return true };
        // While the draft is being run, what its run before came to stands.
        let is_known = self.live.running || self.live.is_of(&self.project);
        let are_equal = old.keys.customers == new.keys.customers && old.project.activities == new.project.activities;
        !is_known || !are_equal || ids_are_older()
    }

    /// Finds where the state of the project lies, and tells of a run that was killed there.
    pub(super) fn open_state(&mut self) {
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
    pub(super) fn move_state(&mut self) {
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

    /// A run of the draft, asked for in the window. A whole run is kept on the disk beside the project.
    fn order(&self, until: Stage) -> Order {
        let state = self.state.clone().unwrap_or_else(StateFolder::nowhere);
        let output = (until == Stage::Segments && self.state.is_some()).then(|| Destination::beside(&state));
        Order {
            project: Arc::clone(&self.project),
            path: self.path.clone().unwrap_or_default(),
            state,
            until,
            columns: Columns::All,
            as_of: now(),
            by: RunBy::Window,
            output,
            asks: self.asks(),
        }
    }

    /// Runs up to a stage, and publishes unless customers of before are no longer who they were.
    pub(super) fn start_run(&mut self, until: Stage) {
        let (order, kept) = (self.order(until), self.state.is_some());
        let (cache, written, ids) = (Arc::clone(&self.cache), Arc::clone(&self.written), Arc::clone(&self.ids));
        let session = Arc::clone(&self.session_ids);
        self.jobs.start(Lane::Run, move |task| {
            let mut told = Vec::new();
            let result = if kept {
                let tell = &mut |text: String| told.push(text);
                publish::run(&order, &mut Around { cache: &cache, written: &written, ids: &ids, task, tell })
            } else {
                publish::in_memory(&order, session, &cache, task).map(|finished| Ended::of(finished, &order))
            };
            News::Published(Box::new(PublishOutcome { order, result, told }))
        });
    }

    pub(super) fn take_published(&mut self, outcome: PublishOutcome) {
        for told in outcome.told {
            self.notify(Level::Warning, told);
        }
        let is_published = matches!(outcome.result, Ok(Ended::Published(_)));
        match outcome.result {
            Ok(Ended::Published(finished)) => self.take_finished(&outcome.order, &finished),
            Ok(Ended::Waits(finished)) => self.pending = Some(Pending::new(outcome.order, finished)),
            Err(EngineError::Cancelled) => self.notify(Level::Info, tr!("Cancelled; the last results stay")),
            Err(error) => self.notify(Level::Error, tr!("The run failed; the last results stay. {error}", error)),
        }
        self.look_at_runs();
        self.export_after_run(is_published);
    }

    /// Shows a run that was published.
    fn take_finished(&mut self, order: &Order, finished: &Finished) {
        let report = &finished.run.report;
        let stages: Vec<String> = report
            .run
            .stages
            .iter()
            .map(|stage| tr!("{stage} {elapsed_ms} ms", stage = stage.stage, elapsed_ms = stage.elapsed_ms))
            .collect();
        log::info!("run: published, {} customers; {}", report.customers, stages.join(", "));
        let text = match order.until {
            Stage::Match => {
                tr!("Matched: {n} joined record" | "Matched: {n} joined records" % report.record_matches)
            }
            _ => tr!(
                "{customers}: {known} known, {unknown} unknown",
                customers = tr!("{n} customer" | "{n} customers" % report.customers),
                known = text::count(report.known),
                unknown = text::count(report.unknown)
            ),
        };
        self.tell(asking::told(text, order, finished));
        self.session_ids = Arc::clone(&finished.after);
        self.pending = None;
        if self.state.is_none() {
            Arc::make_mut(&mut self.runs).push(finished.record(RunOutcome::Done));
        }
        self.publish(finished, order.until);
    }

    /// Matching only leaves customers as they are; unify leaves activities and segments as they are.
    fn publish(&mut self, finished: &Finished, until: Stage) {
        let run = Arc::clone(&finished.run);
        let fingerprint = run.fingerprint.hex();
        let report = run.report.clone();
        let customers = run.customers.as_ref().map(|customers| Arc::clone(&customers.table));
        match (&mut self.published, until) {
            (Some(published), Stage::Match) => {
                let kept = published.report.clone();
                published.report = Report {
                    customers: kept.customers,
                    known: kept.known,
                    unknown: kept.unknown,
                    activities: kept.activities,
                    segments: kept.segments,
                    ..report
                };
            }
            (_, Stage::Match) => {}
            (published, _) => {
                let before = published.take().and_then(|mut published| {
                    jobs::free(published.run.take());
                    published.customers
                });
                let before = before.filter(|table| table.rows <= COMPARED);
                let latest = Some(Latest { number: finished.number(), changes: finished.changes, before });
                let identity = self.state.is_some().then(|| finished.after.stamp.clone());
                self.published = Some(Published { report, customers, run: Some(run), fingerprint, identity, latest });
            }
        }
        self.live.generation += 1;
        // A file may have changed since the draft was looked at.
        let seen = self.live.run.as_ref().is_some_and(|live| live.fingerprint == finished.run.fingerprint);
        if !seen && !self.live.running {
            self.start_live();
        }
    }
}

fn now() -> String {
    Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true)
}
