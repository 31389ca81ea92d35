//! The headless commands: the same pipeline as the window, the same bytes.
//!
//! Parsed arguments become calls; [`run`] maps every outcome to an exit code.

mod arguments;
mod explain;
mod progress;
mod quality;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, Utc};

pub use arguments::{Arguments, Command};
use arguments::{ProgressStyle, RunArguments, SampleArguments};

use crate::engine::activate::lookup::{Answer, Question, lookup};
use crate::engine::activate::results::{self, StoredResults};
use crate::engine::activate::reuse::Written;
use crate::engine::check;
use crate::engine::customer::changes::ChangeCounts;
use crate::engine::error::EngineError;
use crate::engine::ingest;
use crate::engine::pipeline::{self, Columns, Request, Run};
use crate::engine::report::Report;
use crate::engine::stage::{Stage, StageCache};
use crate::engine::state::StateFolder;
use crate::engine::state::history::RunBy;
use crate::engine::state::publish::{self, Around, Destination, Ended, Finished, Order};
use crate::places;
use crate::project::validate::{Problem, Severity};
use crate::project::{ExportFormat, Project, file};
use crate::sample;
use crate::task::Task;

const FAILED: u8 = 1;
const USAGE: u8 = 2;
const CHECK_FOUND_ERRORS: u8 = 3;
const CANCELLED: u8 = 130;
/// How often a lookup that was overtaken by a run is tried again.
const RETRIES: u32 = 5;

/// How a command ended other than well.
enum Failure {
    Message(String),
    Usage(String),
    CheckFoundErrors,
    Cancelled,
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Message(error.to_string())
    }
}

impl Failure {
    fn of_engine(error: EngineError) -> Self {
        match error {
            EngineError::Cancelled => Self::Cancelled,
            error => Self::Message(error.to_string()),
        }
    }
}

/// Runs a headless command and says how it ended.
pub fn run(command: &Command) -> ExitCode {
    let mut task = Task::default();
    if let Command::Run(RunArguments { threads: Some(threads), .. }) = command {
        task = task.with_threads(threads.get());
    }
    let on_interrupt = task.clone();
    // Where no handler can be set Ctrl+C ends the program at once, and nothing half-written is swapped in.
    let _ = ctrlc::set_handler(move || on_interrupt.cancel());
    let outcome = match command {
        Command::Run(arguments) => run_project(arguments, &task),
        Command::Check { project } => check_project(project, &task),
        Command::Schema => {
            say(&file::json_schema());
            Ok(())
        }
        Command::Lookup { project, key } => look_up(project, key, &task),
        Command::Evaluate(arguments) => quality::evaluate(arguments, &task),
        Command::Compare(arguments) => quality::compare(arguments),
        Command::Explain(arguments) => explain::explain(arguments, &task),
        Command::Sample(arguments) => write_sample(arguments, &task),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Message(message)) => {
            note(&format!("tributary: {message}"));
            ExitCode::from(FAILED)
        }
        Err(Failure::Usage(message)) => {
            note(&format!("tributary: {message}"));
            ExitCode::from(USAGE)
        }
        Err(Failure::CheckFoundErrors) => ExitCode::from(CHECK_FOUND_ERRORS),
        Err(Failure::Cancelled) => {
            note("tributary: cancelled; the last results are as they were");
            ExitCode::from(CANCELLED)
        }
    }
}

fn run_project(arguments: &RunArguments, task: &Task) -> Result<(), Failure> {
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
    let as_of = match &arguments.as_of {
        Some(text) => read_time(text).ok_or_else(|| {
            Failure::Usage(format!("--as-of {text}: not a time; write 2026-07-01 or 2026-07-01T12:00:00Z"))
        })?,
        None => Utc::now(),
    };
    let state = state_of(&arguments.project);
    let out = arguments.out.clone().unwrap_or_else(|| state.results());
    results::refuse_foreign(&out).map_err(Failure::of_engine)?;
    let format = if arguments.out.is_none() { ExportFormat::Parquet } else { arguments.format.into() };
    let until = results::stage_for(&names);
    let output = Destination { dir: out.clone(), names, format };
    let order = Order { output: Some(output), ..order(&arguments.project, project, state, until, as_of) };
    let finished = progress::shown(arguments.progress, task, || {
        if arguments.dry_run {
            checked(&order, drop, || publish::dry_run(&order, &StageCache::default(), task).map_err(Failure::of_engine))
        } else {
            published(&order, task)
        }
    })?;
    print_summary(&finished.run.report, finished.changes.as_ref());
    say(&if arguments.dry_run { "Nothing was written".to_owned() } else { format!("Results: {}", out.display()) });
    Ok(())
}

/// Where a project's state lies, as told once where that is not beside it.
fn state_of(project: &Path) -> StateFolder {
    let state = StateFolder::of(project, &places::cache_folder());
    if let Some(notice) = state.notice() {
        note(&format!("tributary: {notice}"));
    }
    state
}

/// A run asked for on the command line, with nothing written.
fn order(path: &Path, project: Project, state: StateFolder, until: Stage, as_of: DateTime<Utc>) -> Order {
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
        asks: false,
    }
}

/// Runs and publishes.
fn published(order: &Order, task: &Task) -> Result<Finished, Failure> {
    checked(
        order,
        |errors| publish::refused(order, errors),
        || {
            let (cache, written) = (StageCache::default(), Written::default());
            let tell = &mut |told: String| note(&format!("warning: {told}"));
            let mut around = Around { cache: &cache, written: &written, task, tell };
            match publish::run(order, &mut around).map_err(Failure::of_engine)? {
                Ended::Published(finished) | Ended::Waits(finished) => Ok(finished),
            }
        },
    )
}

/// Runs a project with every column in memory, for questions about its records; nothing is written.
fn load_and_run(path: &Path, project: &Project, until: Stage, task: &Task) -> Result<Arc<Run>, Failure> {
    let order = order(path, project.clone(), StateFolder::of(path, &places::cache_folder()), until, Utc::now());
    let order = Order { columns: Columns::All, ..order };
    let finished =
        checked(&order, drop, || publish::dry_run(&order, &StageCache::default(), task).map_err(Failure::of_engine))?;
    Ok(finished.run)
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

fn read_time(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.to_utc());
    }
    DateTime::from_timestamp_micros(ingest::parse_datetime(text)?)
}

fn check_project(path: &Path, task: &Task) -> Result<(), Failure> {
    let project = file::load(path)?;
    let base = file::base_folder(path);
    let mut problems = check::check(&project, &base);
    if check::reachable(&problems).is_some() {
        let as_of = String::new();
        let request = Request {
            project: &project,
            base: &base,
            until: Stage::Load,
            columns: Columns::Used,
            as_of,
            ids: Default::default(),
        };
        let run = pipeline::run(&request, &StageCache::default(), task).map_err(Failure::of_engine)?;
        problems.extend(check::check_data(&project, &run.sources));
        problems.sort_by(|a, b| a.place.cmp(&b.place).then(a.severity.cmp(&b.severity)));
    }
    for problem in &problems {
        say(&line(problem));
    }
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let warnings = problems.len() - errors;
    say(&format!("{errors} error{}, {warnings} warning{}", plural(errors), plural(warnings)));
    if errors > 0 { Err(Failure::CheckFoundErrors) } else { Ok(()) }
}

fn print_problems(problems: &[Problem]) {
    for problem in problems {
        note(&line(problem));
    }
}

fn line(problem: &Problem) -> String {
    let severity = if problem.severity == Severity::Error { "error" } else { "warning" };
    format!("{severity}: {}: {} {}", problem.place.page(), problem.message, problem.fix).trim_end().to_owned()
}

fn look_up(path: &Path, key: &str, task: &Task) -> Result<(), Failure> {
    let question = Question::parse(key)
        .ok_or_else(|| Failure::Usage(format!("{key}: write TABLE:KEY, such as Web:Unknown1, or CustomerId:ID")))?;
    let project = file::load(path)?;
    let mut stored = fresh_results(path, &project, task)?;
    let mut answer = lookup(&question, &project, &stored);
    // Another run may have put its results in the place of those being read.
    for _ in 0..RETRIES {
        if answer.is_ok() && stored.is_current() {
            break;
        }
        stored = fresh_results(path, &project, task)?;
        answer = lookup(&question, &project, &stored);
    }
    match answer.map_err(Failure::of_engine)? {
        Answer::Profile(profile) => say(&serde_json::to_string_pretty(&profile)?),
        Answer::None(reason) => {
            say("null");
            note(&format!("tributary: {reason}"));
        }
    }
    Ok(())
}

/// The results beside a project, made first where there are none or they are stale.
fn fresh_results(path: &Path, project: &Project, task: &Task) -> Result<StoredResults, Failure> {
    let state = state_of(path);
    let fingerprint = pipeline::fingerprint(project, &file::base_folder(path)).map_err(Failure::of_engine)?;
    let stored = || StoredResults::open(&state.results()).filter(|stored| stored.is_of(project));
    if let Some(stored) = stored()
        && stored.is_fresh(&fingerprint.hex(), publish::stamp(&state, project).as_deref())
    {
        return Ok(stored);
    }
    let output = Some(Destination::beside(&state));
    let order = order(path, project.clone(), state.clone(), Stage::Segments, Utc::now());
    published(&Order { output, ..order }, task)?;
    let folder = state.results();
    stored().ok_or_else(|| Failure::Message(format!("the results at {} cannot be read back", folder.display())))
}

fn write_sample(arguments: &SampleArguments, task: &Task) -> Result<(), Failure> {
    let project = match (&arguments.name, arguments.customers) {
        (Some(name), None) => {
            let sample = sample::find(name).ok_or_else(|| {
                let names: Vec<&str> = sample::SAMPLES.iter().map(|sample| sample.name).collect();
                Failure::Usage(format!("there is no sample {name}; choose from {}", names.join(", ")))
            })?;
            sample.write(&arguments.out)?
        }
        (None, Some(customers)) => {
            let population = sample::Population { customers, seed: arguments.seed };
            progress::shown(None, task, || {
                sample::population::write(&population, &arguments.out, task).map_err(|error| {
                    if task.is_cancelled() { Failure::Cancelled } else { Failure::Message(error.to_string()) }
                })
            })?
        }
        _ => {
            let message = "say which sample: a name, or --customers N for a generated one";
            return Err(Failure::Usage(message.to_owned()));
        }
    };
    say(&project.display().to_string());
    Ok(())
}

/// Without a display: runs the project, or a copy of the coffee sample, and prints the summary and where the results
/// lie.
pub fn run_without_window(project: Option<PathBuf>, reason: &str) -> ExitCode {
    let what = project.as_ref().map_or("the coffee sample".to_owned(), |project| project.display().to_string());
    note(&format!("tributary: {reason}; running {what} without a window"));
    let project = project.map_or_else(open_coffee_sample, Ok);
    let outcome = project.and_then(|project| {
        let arguments = RunArguments { project, ..RunArguments::default() };
        run_project(&arguments, &Task::default())
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Message(message) | Failure::Usage(message)) => {
            note(&format!("tributary: {message}"));
            ExitCode::from(FAILED)
        }
        Err(_) => ExitCode::from(FAILED),
    }
}

/// The user's copy of the coffee sample, written where it is not there yet.
fn open_coffee_sample() -> Result<PathBuf, Failure> {
    let sample = sample::find("coffee").ok_or_else(|| Failure::Message("the coffee sample is missing".to_owned()))?;
    Ok(sample.open_copy(&places::samples_folder(&places::data_folder()))?)
}

/// A line of the answer. Whoever reads it may stop at any time (`| head`): that is no failure.
fn say(line: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// A line beside the answer, on stderr; nobody need read it.
fn note(line: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "{line}");
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
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

/// The style of a progress argument; without one, plain on a terminal.
fn style(given: Option<ProgressStyle>) -> ProgressStyle {
    use std::io::IsTerminal as _;
    given.unwrap_or_else(|| if std::io::stderr().is_terminal() { ProgressStyle::Plain } else { ProgressStyle::None })
}
