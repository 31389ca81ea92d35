//! Runs from the app: the live one of the draft, and the published ones.

use std::path::Path;
use std::sync::Arc;

use chrono::{SecondsFormat, Utc};

use super::{Lane, Level, News, Workbench};
use crate::engine::activate::results::{self, StoredResults};
use crate::engine::check;
use crate::engine::error::EngineError;
use crate::engine::pipeline::{self, Columns, Request, Run};
use crate::engine::report::Report;
use crate::engine::stage::Stage;
use crate::engine::table::Table;
use crate::project::ExportFormat;
use crate::project::validate::Problem;

/// The draft's run: what every count and preview on the setting pages is taken from.
#[derive(Default)]
pub struct Live {
    /// The last run that came to an end, maybe of an earlier draft.
    pub run: Option<Arc<Run>>,
    /// Whether a newer one is being computed.
    pub running: bool,
    /// Why the last one ended without an answer.
    pub error: Option<String>,
    /// Counts its changes, for views made from it.
    pub generation: u64,
}

pub(super) struct LiveOutcome {
    problems: Vec<Problem>,
    run: Result<Option<Run>, EngineError>,
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
}

impl Published {
    /// The last good results of a project, without their tables.
    fn stored(stored: &StoredResults) -> Self {
        Self { customers: None, run: None, report: stored.report.clone(), fingerprint: stored.fingerprint.clone() }
    }
}

/// The customer table of stored results, with their fingerprint.
pub(super) struct StoredOutcome {
    fingerprint: String,
    customers: Result<Table, EngineError>,
}

pub(super) struct PublishOutcome {
    until: Stage,
    result: Result<Run, EngineError>,
    /// Why the results could not be kept on the disk; they are on the screen all the same.
    unkept: Option<String>,
}

impl Workbench {
    /// Runs the draft as far as its problems let it, in the background; an older live run is overtaken.
    pub(super) fn start_live(&mut self) {
        let (project, base, cache) = (Arc::clone(&self.project), self.base(), Arc::clone(&self.cache));
        self.live.running = true;
        self.jobs.start(Lane::Live, move |task| {
            let mut problems = check::check(&project, &base);
            let run = match check::reachable(&problems) {
                None => Ok(None),
                Some(until) => {
                    let request = Request {
                        project: &project,
                        base: &base,
                        until,
                        columns: Columns::All,
                        as_of: now(),
                        ids: Default::default(),
                    };
                    pipeline::run(&request, &cache, task).map(Some)
                }
            };
            if let Ok(Some(run)) = &run {
                problems.extend(check::check_pairs(&project, &run.sources));
                problems.extend(check::check_run(run));
                problems.sort_by(|a, b| a.place.cmp(&b.place).then(a.severity.cmp(&b.severity)));
            }
            News::Live(Box::new(LiveOutcome { problems, run }))
        });
    }

    /// Shows the last good results beside a project: their figures at once, their customers when they are read.
    pub(super) fn open_stored(&mut self, project_path: &Path) {
        let Some(stored) = StoredResults::open(&results::folder(project_path)) else { return };
        self.published = Some(Published::stored(&stored));
        self.jobs.start(Lane::Stored, move |task| {
            task.begin("Reading the last results", 0);
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
        self.problems = outcome.problems;
        self.live.running = false;
        self.live.generation += 1;
        match outcome.run {
            Ok(run) => {
                self.live.error = None;
                self.live.run = run.map(Arc::new);
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
        {
            published.run = Some(Arc::clone(run));
            published.customers = run.customers.as_ref().map(|customers| Arc::clone(&customers.table));
        }
    }

    /// Runs the draft again where a file changed since the last live run: called when the window comes back to the
    /// front.
    pub fn look_at_files(&mut self) {
        if let (Some(run), false) = (&self.live.run, self.live.running) {
            let now = pipeline::fingerprint(&self.project, &self.base());
            if now.map_or(true, |now| now != run.fingerprint) {
                self.start_live();
            }
        }
    }

    /// Whether the draft or a file changed since the published results were made.
    pub fn is_stale(&self) -> bool {
        match (&self.published, &self.live.run) {
            (Some(published), Some(run)) => {
                run.fingerprint.hex() != published.fingerprint || *run.project != *self.project
            }
            (Some(_), None) => true,
            (None, _) => false,
        }
    }

    /// Runs up to a stage and publishes; a whole run is kept on the disk beside the project.
    pub(super) fn start_run(&mut self, until: Stage) {
        let (project, base, cache) = (Arc::clone(&self.project), self.base(), Arc::clone(&self.cache));
        let folder = self.path.as_deref().map(results::folder);
        self.jobs.start(Lane::Run, move |task| {
            let request = Request {
                project: &project,
                base: &base,
                until,
                columns: Columns::All,
                as_of: now(),
                ids: Default::default(),
            };
            let mut unkept = None;
            let result = pipeline::run(&request, &cache, task).and_then(|run| {
                if let (Some(folder), Stage::Segments) = (folder, until) {
                    let names = results::NAMES.map(str::to_owned);
                    match results::write(&run, &folder, &names, ExportFormat::Parquet, task) {
                        Err(EngineError::Cancelled) => return Err(EngineError::Cancelled),
                        Err(error) => unkept = Some(error.to_string()),
                        Ok(()) => {}
                    }
                }
                Ok(run)
            });
            News::Published(Box::new(PublishOutcome { until, result, unkept }))
        });
    }

    pub(super) fn take_published(&mut self, outcome: PublishOutcome) {
        match outcome.result {
            Ok(run) => {
                let run = Arc::new(run);
                let text = match outcome.until {
                    Stage::Match => format!("Matched: {} record matches", run.report.record_matches),
                    _ => format!(
                        "{} customers: {} known, {} unknown",
                        run.report.customers, run.report.known, run.report.unknown
                    ),
                };
                self.notify(Level::Info, text);
                self.publish(run, outcome.until);
            }
            Err(EngineError::Cancelled) => self.notify(Level::Info, "Cancelled; the last results stay"),
            Err(error) => self.notify(Level::Error, format!("The run failed; the last results stay. {error}")),
        }
        if let Some(reason) = outcome.unkept {
            let text = format!("The results are on the screen but could not be kept on the disk: {reason}");
            self.notify(Level::Warning, text);
        }
    }

    /// Matching only leaves customers as they are; unify leaves activities and segments as they are.
    fn publish(&mut self, run: Arc<Run>, until: Stage) {
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
            _ => self.published = Some(Published { report, customers, run: Some(run), fingerprint }),
        }
        self.live.generation += 1;
    }
}

fn now() -> String {
    Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true)
}
