//! Runs from the app: the live one of the draft, and those that are asked for and published.

mod asking;
mod first_rows;
mod live;
mod pending;
mod published;
mod state;

use std::sync::Arc;

use chrono::{SecondsFormat, Utc};

use super::{Lane, Level, News, Notice, Workbench, jobs};
use crate::engine::error::EngineError;
use crate::engine::pipeline::Columns;
use crate::engine::report::Report;
use crate::engine::stage::Stage;
use crate::engine::state::StateFolder;
use crate::engine::state::history::{RunBy, RunOutcome};
use crate::engine::state::publish::{self, Around, Destination, Ended, Finished, Order};
use crate::text;

pub use live::Live;
pub(super) use live::LiveOutcome;
pub(super) use pending::DecidedOutcome;
pub use pending::Pending;
pub(super) use published::StoredOutcome;
pub use published::{Latest, Published};

/// Customers of the run before are kept for comparison where they are so many or fewer.
const COMPARED: usize = 200_000;

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

impl Workbench {
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
        self.notices.put_runs_away();
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
            Err(error) => {
                let text = tr!("The run failed; the last results stay. {error}", error);
                self.tell(Notice::new(Level::Error, text).of_run());
            }
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
        self.tell(asking::told(text, order, finished).of_run());
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
