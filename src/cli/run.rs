//! `tributary run`: a project run and published, or run dry; and the run that other commands begin with.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, Utc};

use super::arguments::RunArguments;
use super::{Failure, line, note, print_problems, progress, say};
use crate::engine::activate::results;
use crate::engine::activate::reuse::Written;
use crate::engine::check;
use crate::engine::customer::changes::ChangeCounts;
use crate::engine::ingest;
use crate::engine::pipeline::{Columns, Run};
use crate::engine::report::Report;
use crate::engine::stage::{Stage, StageCache};
use crate::engine::state::StateFolder;
use crate::engine::state::history::RunBy;
use crate::engine::state::identity::Remembered;
use crate::engine::state::publish::{self, Around, Destination, Ended, Finished, Order};
use crate::places;
use crate::project::validate::{Problem, Severity};
use crate::project::{ExportFormat, Project, file};
use crate::task::Task;

/// Runs a project and publishes it, or says what a run would come to.
pub fn run_project(arguments: &RunArguments, task: &Task) -> Result<(), Failure> {
    let project = file::load(&arguments.project)?;
    let names = match &arguments.write {
        Some(names) => names.clone(),
        None => results::NAMES.map(str::to_owned).to_vec(),
    };
    if let Some(unknown) = names.iter().find(|name| !results::NAMES.contains(&name.as_str())) {
        let known = results::NAMES.join(", ");
        return Err(Failure::Usage(format!("--write {unknown}: there is no such result; choose from {known}")));
    }
    if arguments.out.is_none() && arguments.write.is_some() {
        let message = "--write needs --out: the results beside the project are always whole";
        return Err(Failure::Usage(message.to_owned()));
    }
    let as_of = arguments.as_of.as_deref().map_or_else(|| Ok(Utc::now()), read_as_of)?;
    let state = state_of(&arguments.project);
    let out = arguments.out.clone().unwrap_or_else(|| state.results());
    results::refuse_foreign(&out).map_err(Failure::of_engine)?;
    let format = if arguments.out.is_none() { ExportFormat::Parquet } else { arguments.format.into() };
    let until = results::stage_for(&names);
    let output = Destination { dir: out.clone(), names, format };
    let order = Order { output: Some(output), ..order(&arguments.project, project, state, until, as_of) };
    let finished = progress::shown(arguments.progress, task, || {
        if arguments.dry_run { dry(&order, task) } else { published(&order, task) }
    })?;
    print_summary(&finished.run.report, finished.changes.as_ref());
    say(&if arguments.dry_run { "Nothing was written".to_owned() } else { format!("Results: {}", out.display()) });
    Ok(())
}

/// Where a project's state lies, as told once where that is not beside it.
pub fn state_of(project: &Path) -> StateFolder {
    let state = StateFolder::of(project, &places::cache_folder());
    if let Some(notice) = state.notice() {
        note(&format!("tributary: {notice}"));
    }
    state
}

/// A run asked for on the command line, with nothing written.
pub fn order(path: &Path, project: Project, state: StateFolder, until: Stage, as_of: DateTime<Utc>) -> Order {
    Order {
        project: Arc::new(project),
        path: path.to_owned(),
        state,
        until,
        columns: Columns::Used,
        as_of: as_of.to_rfc3339_opts(SecondsFormat::Secs, true),
        by: RunBy::CommandLine,
        output: None,
        // There is nobody to decide.
        asks: publish::Asks::Never,
    }
}

/// Runs and publishes.
pub fn published(order: &Order, task: &Task) -> Result<Finished, Failure> {
    checked(
        order,
        |errors| publish::refused(order, errors),
        || {
            let (cache, written, ids) = (StageCache::default(), Written::default(), Remembered::default());
            let mut around = Around { cache: &cache, written: &written, ids: &ids, task, tell: &mut warn };
            match publish::run(order, &mut around).map_err(Failure::of_engine)? {
                Ended::Published(finished) | Ended::Waits(finished) => Ok(finished),
            }
        },
    )
}

/// Runs a project with every column in memory, for questions about its records; nothing is written.
pub fn load_and_run(path: &Path, project: &Project, until: Stage, task: &Task) -> Result<Arc<Run>, Failure> {
    let order = order(path, project.clone(), StateFolder::of(path, &places::cache_folder()), until, Utc::now());
    let order = Order { columns: Columns::All, ..order };
    Ok(dry(&order, task)?.run)
}

/// Runs in memory; nothing is written.
pub fn dry(order: &Order, task: &Task) -> Result<Finished, Failure> {
    checked(order, drop, || {
        publish::dry_run(order, &StageCache::default(), task, &mut warn).map_err(Failure::of_engine)
    })
}

/// Tells of something wrong with the state.
fn warn(told: String) {
    note(&format!("warning: {told}"));
}

/// Checks a project, prints its problems to stderr, and runs it where no error stops that.
/// `refused` takes the errors that do.
fn checked(
    order: &Order,
    refused: impl FnOnce(String),
    run: impl FnOnce() -> Result<Finished, Failure>,
) -> Result<Finished, Failure> {
    let problems = check::check(&order.project, &file::base_folder(&order.path));
    print_problems(&problems);
    let reachable = check::reachable(&problems);
    if reachable.is_none_or(|reachable| reachable < order.until) || has_segment_errors(&problems, order.until) {
        let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
        refused(errors.map(line).collect::<Vec<_>>().join("\n"));
        let message = format!("{} has errors that stop the run; they stand above", order.path.display());
        return Err(Failure::Message(message));
    }
    let finished = run()?;
    print_problems(&check::check_data(&order.project, &finished.run.sources));
    print_problems(&check::check_run(&finished.run));
    Ok(finished)
}

/// A segment that cannot be computed would be written as an empty one: never a silent zero.
fn has_segment_errors(problems: &[Problem], until: Stage) -> bool {
    until >= Stage::Segments
        && problems.iter().any(|problem| problem.severity == Severity::Error && problem.place.page() == "Segments")
}

/// The time of `--as-of`.
pub fn read_as_of(text: &str) -> Result<DateTime<Utc>, Failure> {
    read_time(text)
        .ok_or_else(|| Failure::Usage(format!("--as-of {text}: not a time; write 2026-07-01 or 2026-07-01T12:00:00Z")))
}

fn read_time(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.to_utc());
    }
    DateTime::from_timestamp_micros(ingest::parse_datetime(text)?)
}

fn print_summary(report: &Report, changes: Option<&ChangeCounts>) {
    say(&format!("{} customers: {} known, {} unknown", report.customers, report.known, report.unknown));
    for table in &report.tables {
        say(&format!(
            "{}: {} rows read = {} corrupt + {} duplicates + {} unique; {} unique = {} joined + {} of their own + {} dropped",
            table.table,
            table.rows_read,
            table.corrupt,
            table.duplicates,
            table.unique,
            table.unique,
            table.joined,
            table.own,
            table.dropped
        ));
    }
    for activity in &report.activities {
        say(&format!("{}: {} linked, {} orphaned", activity.name, activity.linked, activity.orphaned));
    }
    for segment in &report.segments {
        say(&format!("Segment {}: {} members", segment.name, segment.members));
    }
    if let Some(changes) = changes {
        say(&format!("Since the last run: {}", changes.sentence()));
    }
}
