//! The one way to a published run, for the window and the command line: the lock, the ids of earlier runs, the run,
//! the results, the ids after it, and a line in the history.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use chrono::{SecondsFormat, Utc};

use super::folder::{Held, StateFolder};
use super::history::{self, Begun, RunBy, RunOutcome, RunRecord, Writes};
use super::identity::{self, Remembered};
use crate::engine::activate::results::{self, Output};
use crate::engine::activate::reuse::Written;
use crate::engine::customer::changes::ChangeCounts;
use crate::engine::customer::id_map::IdMap;
use crate::engine::error::EngineError;
use crate::engine::pipeline::{self, Columns, Request, Run};
use crate::engine::report::StageReport;
use crate::engine::stage::{Stage, StageCache};
use crate::project::{ExportFormat, Project, file};
use crate::task::{Passed, Task};

/// What to run, and where it goes.
#[derive(Debug, Clone)]
pub struct Order {
    pub project: Arc<Project>,
    /// The project's file.
    pub path: PathBuf,
    pub state: StateFolder,
    pub until: Stage,
    pub columns: Columns,
    /// The time that "now" means, RFC 3339.
    pub as_of: String,
    pub by: RunBy,
    /// What is written; `None` where no results are.
    pub output: Option<Destination>,
    pub asks: Asks,
}

/// When a finished run waits for a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    Never,
    /// Where more customers are gone than are left: a table was emptied, or is another one.
    WhereMostGo,
    /// Where customers of the run before merge, split or are gone.
    WhereIdsMove,
}

/// Which results go where.
#[derive(Debug, Clone)]
pub struct Destination {
    pub dir: PathBuf,
    pub names: Vec<String>,
    pub format: ExportFormat,
}

impl Destination {
    /// All results, where the program looks for them.
    pub fn beside(state: &StateFolder) -> Self {
        let names = results::NAMES.map(str::to_owned).to_vec();
        Self { dir: state.results(), names, format: ExportFormat::Parquet }
    }
}

/// A finished run, with what it was compared with.
#[derive(Debug, Clone)]
pub struct Finished {
    pub run: Arc<Run>,
    /// The ids it began with.
    pub before: Arc<IdMap>,
    /// The ids after it.
    pub after: Arc<IdMap>,
    /// Against the run before; `None` of a first run.
    pub changes: Option<ChangeCounts>,
    begun: Begun,
    elapsed_ms: u64,
}

impl Finished {
    /// The number of the run in the history.
    pub fn number(&self) -> u64 {
        self.begun.number
    }

    /// Its line of the history.
    pub fn record(&self, outcome: RunOutcome) -> RunRecord {
        self.begun.clone().with(&self.run, self.changes.is_none(), outcome, self.elapsed_ms)
    }
}

/// How an order ended.
#[derive(Debug)]
pub enum Ended {
    Published(Finished),
    /// Nothing is written yet: [`publish`] or [`keep_last`] decides.
    Waits(Finished),
}

impl Ended {
    /// A finished run, by whether its order wants a decision.
    pub fn of(finished: Finished, order: &Order) -> Self {
        if order.asks.about(&finished.run) { Self::Waits(finished) } else { Self::Published(finished) }
    }
}

impl Asks {
    /// Whether somebody is to decide about this run before it is published.
    fn about(self, run: &Run) -> bool {
        match self {
            Self::Never => false,
            Self::WhereMostGo => run.changes.gone.len() as u64 > run.report.customers,
            Self::WhereIdsMove => run.changes.moves_ids(),
        }
    }
}

impl Writes {
    fn of(order: &Order, finished: &Finished) -> Self {
        let results = order.output.as_ref().map(|to| to.dir.clone());
        Self {
            stamp: finished.after.stamp.clone(),
            runs: finished.after.runs,
            fingerprint: finished.run.fingerprint.hex(),
            results: results.map(|dir| std::path::absolute(&dir).unwrap_or(dir)),
        }
    }
}

/// What a run reads and reports to, besides its order.
pub struct Around<'a> {
    pub cache: &'a StageCache,
    /// What this process wrote last.
    pub written: &'a Written,
    /// The ids this process read or made last.
    pub ids: &'a Remembered,
    pub task: &'a Task,
    /// Takes what is told about the state: ids that were damaged, a run that was killed.
    pub tell: &'a mut dyn FnMut(String),
}

/// Waits for other runs of the project, runs it, and publishes it unless it waits for a decision.
pub fn run(order: &Order, around: &mut Around<'_>) -> Result<Ended, EngineError> {
    let held = lock(order, around)?;
    let begun = begin(order, &held)?;
    let start = Instant::now();
    match compute(order, &held, &begun, around).map(|finished| Ended::of(finished, order)) {
        Ok(Ended::Published(finished)) => {
            let kept = keep(order, &held, &finished, around);
            close(order, &held, &finished, kept)?;
            Ok(Ended::Published(finished))
        }
        Ok(waits) => {
            history::end(&order.state, &held);
            Ok(waits)
        }
        Err(error) => {
            failed(order, &held, begun, &error, start.elapsed().as_millis() as u64);
            Err(error)
        }
    }
}

/// Publishes a run that waited. `None` where another run came between: then it is to be run again.
pub fn publish(order: &Order, finished: &Finished, around: &mut Around<'_>) -> Result<Option<Finished>, EngineError> {
    let held = lock(order, around)?;
    // What is wrong with the ids was told before the decision.
    let now = identity::load(&order.state, &held, &order.project, around.ids, &mut drop)?;
    if (&now.stamp, now.runs) != (&finished.before.stamp, finished.before.runs) {
        return Ok(None);
    }
    let begun = Begun { number: begin(order, &held)?.number, ..finished.begun.clone() };
    let finished = Finished { begun, ..finished.clone() };
    let kept = keep(order, &held, &finished, around);
    close(order, &held, &finished, kept)?;
    Ok(Some(finished))
}

/// Notes a run that was refused before it began, in the history of a project that has one.
pub fn refused(order: &Order, message: String) {
    if !order.state.dir.is_dir() {
        return;
    }
    // Whoever goes on there is not kept waiting for a line.
    if let Ok(Some(held)) = order.state.try_lock() {
        let begun = begun(order, history::next_number(&order.state));
        let record = begun.ended(RunOutcome::Failed, message, 0);
        // The reason itself is what is to be told.
        let _ = history::append(&order.state, &held, &record);
    }
}

/// Notes that the last run was kept instead of this one.
pub fn keep_last(order: &Order, finished: &Finished, around: &mut Around<'_>) -> Result<(), EngineError> {
    let held = lock(order, around)?;
    let begun = Begun { number: history::next_number(&order.state), ..finished.begun.clone() };
    let record = Finished { begun, ..finished.clone() }.record(RunOutcome::Kept);
    history::append(&order.state, &held, &record).map_err(|error| unwritten(order, &error))
}

/// The same run with nothing written, neither results nor state. `tell` takes what a run would do about ids that are
/// damaged or another project's.
pub fn dry_run(
    order: &Order,
    cache: &StageCache,
    task: &Task,
    tell: &mut dyn FnMut(String),
) -> Result<Finished, EngineError> {
    let before = Arc::new(identity::peek(&order.state, &order.project, tell)?);
    in_memory(order, before, cache, task)
}

/// A run that begins with these ids and writes nothing.
pub fn in_memory(order: &Order, before: Arc<IdMap>, cache: &StageCache, task: &Task) -> Result<Finished, EngineError> {
    computed(order, before, begun(order, 0), cache, task)
}

/// Brings the ids and the history of a project along when it is saved to another file: copied from where they lie, or
/// the ids of a project that had no file. What lies there of another project is moved aside; what to tell about it.
pub fn bring_along(
    project: &Project,
    from: Option<&StateFolder>,
    ids: &IdMap,
    to: &StateFolder,
) -> Result<Vec<String>, EngineError> {
    let failed = |error: std::io::Error| EngineError::Output { path: to.dir.clone(), reason: error.to_string() };
    let mut told = Vec::new();
    if from.is_none() && ids.is_empty() {
        return Ok(told);
    }
    let Some(held) = to.try_lock().map_err(failed)? else {
        told.push("A run goes on there: the ids of earlier runs were not copied along".to_owned());
        return Ok(told);
    };
    match from {
        Some(from) => {
            identity::copy(from, to).map_err(failed)?;
            history::copy(from, to).map_err(failed)?;
        }
        None => {
            // Whatever lies there is looked at first, and moved aside where it is another project's.
            identity::load(to, &held, project, &Remembered::default(), &mut |text| told.push(text))?;
            identity::save(to, &held, project, ids)?;
        }
    }
    Ok(told)
}

/// Clears up after a run that was killed, where none goes on; what to tell about it.
pub fn mend(state: &StateFolder) -> Option<String> {
    if !state.is_marked() {
        return None;
    }
    let held = state.try_lock().ok().flatten()?;
    history::mend(state, &held).ok().flatten()
}

/// The stamp of the ids that a project's next run begins with, as far as that is known without reading them.
pub fn stamp(state: &StateFolder, project: &Project) -> Option<String> {
    identity::stamp(state, project)
}

fn lock(order: &Order, around: &mut Around<'_>) -> Result<Held, EngineError> {
    let held = order.state.lock(around.task)?;
    if let Some(told) = history::mend(&order.state, &held).map_err(|error| unwritten(order, &error))? {
        (around.tell)(told);
    }
    Ok(held)
}

fn begin(order: &Order, held: &Held) -> Result<Begun, EngineError> {
    let begun = begun(order, history::next_number(&order.state));
    history::begin(&order.state, held, &begun).map_err(|error| unwritten(order, &error))?;
    Ok(begun)
}

fn begun(order: &Order, number: u64) -> Begun {
    let started = Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true);
    let (project, as_of) = (order.project.id.clone(), order.as_of.clone());
    Begun { number, project, started, as_of, by: order.by, until: order.until, writes: None }
}

fn compute(order: &Order, held: &Held, begun: &Begun, around: &mut Around<'_>) -> Result<Finished, EngineError> {
    let before = identity::load(&order.state, held, &order.project, around.ids, around.tell)?;
    computed(order, before, begun.clone(), around.cache, around.task)
}

fn computed(
    order: &Order,
    before: Arc<IdMap>,
    begun: Begun,
    cache: &StageCache,
    task: &Task,
) -> Result<Finished, EngineError> {
    let start = Instant::now();
    let base = file::base_folder(&order.path);
    let request = Request {
        project: &order.project,
        base: &base,
        until: order.until,
        columns: order.columns,
        as_of: order.as_of.clone(),
        ids: Arc::clone(&before),
    };
    let run = Arc::new(pipeline::run(&request, cache, task)?);
    // A run that does not make customers says nothing about ids.
    let unifies = order.until >= Stage::Merge;
    let after = if unifies { Arc::new(before.after(&run)) } else { Arc::clone(&before) };
    let changes = (unifies && !before.is_empty()).then(|| run.changes.counts());
    Ok(Finished { run, before, after, changes, begun, elapsed_ms: start.elapsed().as_millis() as u64 })
}

/// Writes the results and the ids. The ids take their place just before the results do: killed between the two, the old
/// results are known to be stale, and no id that anybody has seen is unknown to the next run.
fn keep(order: &Order, held: &Held, finished: &Finished, around: &mut Around<'_>) -> Result<StageReport, EngineError> {
    let start = Instant::now();
    let staged = match order.until >= Stage::Merge {
        true => Some(identity::stage(&order.state, &order.project, &finished.after)?),
        false => None,
    };
    let save = || match staged {
        Some(staged) => {
            let begun = Begun { writes: Some(Writes::of(order, finished)), ..finished.begun.clone() };
            history::begin(&order.state, held, &begun).map_err(|error| unwritten(order, &error))?;
            staged.put(held)
        }
        None => Ok(()),
    };
    match &order.output {
        Some(to) => {
            let output = Output { run: &finished.run, ids: &finished.after, names: &to.names, format: to.format };
            results::write(&output, &to.dir, around.written, around.task, save)?;
        }
        None => save()?,
    }
    around.ids.keep(&finished.after);
    let (stage, elapsed) = ("Write".to_owned(), start.elapsed());
    around.task.pass(Passed { stage: stage.clone(), elapsed, reused: false });
    Ok(StageReport { stage, elapsed_ms: elapsed.as_millis() as u64, reused: false })
}

/// Notes how a computed run ended, and takes its mark away.
fn close(
    order: &Order,
    held: &Held,
    finished: &Finished,
    kept: Result<StageReport, EngineError>,
) -> Result<(), EngineError> {
    match kept {
        Ok(write) => {
            let mut record = finished.record(RunOutcome::Done);
            record.elapsed_ms += write.elapsed_ms;
            record.stages.push(write);
            // The run is published; a line that is missing in the history does not undo that.
            let _ = history::append(&order.state, held, &record);
            history::end(&order.state, held);
            Ok(())
        }
        Err(error) => {
            failed(order, held, finished.begun.clone(), &error, finished.elapsed_ms);
            Err(error)
        }
    }
}

fn failed(order: &Order, held: &Held, begun: Begun, error: &EngineError, elapsed_ms: u64) {
    let (outcome, message) = match error {
        EngineError::Cancelled => (RunOutcome::Cancelled, String::new()),
        error => (RunOutcome::Failed, error.to_string()),
    };
    let record = begun.ended(outcome, message, elapsed_ms);
    // The error itself is what is to be told.
    let _ = history::append(&order.state, held, &record);
    history::end(&order.state, held);
}

fn unwritten(order: &Order, error: &std::io::Error) -> EngineError {
    EngineError::Output { path: order.state.dir.clone(), reason: error.to_string() }
}
