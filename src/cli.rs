//! The headless commands: the same pipeline as the window, the same bytes.
//!
//! Parsed arguments become calls; [`run`] maps every outcome to an exit code.

mod arguments;
mod explain;
mod progress;
mod quality;
mod report;
mod run;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::Utc;
use tempfile::TempDir;

pub use arguments::{Arguments, Command};
use arguments::{DesktopAction, ProgressStyle, RunArguments, SampleArguments};

use crate::engine::activate::lookup::{Answer, Question, lookup};
use crate::engine::activate::results::{self, Output, StoredResults};
use crate::engine::activate::reuse::Written;
use crate::engine::check;
use crate::engine::error::EngineError;
use crate::engine::pipeline::{self, Columns, Request};
use crate::engine::stage::{Stage, StageCache};
use crate::engine::state::publish;
use crate::launcher;
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
        Command::Run(arguments) => run::run_project(arguments, &task),
        Command::Check { project } => check_project(project, &task),
        Command::Schema => {
            say(&file::json_schema());
            Ok(())
        }
        Command::Lookup { project, key } => look_up(project, key, &task),
        Command::Evaluate(arguments) => quality::evaluate(arguments, &task),
        Command::Compare(arguments) => quality::compare(arguments),
        Command::Explain(arguments) => explain::explain(arguments, &task),
        Command::Report(arguments) => report::report(arguments, &task),
        Command::Sample(arguments) => write_sample(arguments, &task),
        Command::Desktop { action } => desktop(*action),
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
    let (mut stored, mut _folder) = fresh_results(path, &project, task)?;
    let mut answer = lookup(&question, &project, &stored);
    // Another run may have put its results in the place of those being read.
    for _ in 0..RETRIES {
        if answer.is_ok() && stored.is_current() {
            break;
        }
        (stored, _folder) = fresh_results(path, &project, task)?;
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

/// The results beside a project; where there are none or they are stale, those of a run that is not kept, in a folder
/// that goes with its guard.
fn fresh_results(path: &Path, project: &Project, task: &Task) -> Result<(StoredResults, Option<TempDir>), Failure> {
    let state = run::state_of(path);
    let fingerprint = pipeline::fingerprint(project, &file::base_folder(path)).map_err(Failure::of_engine)?;
    let stored = StoredResults::open(&state.results()).filter(|stored| stored.is_of(project));
    let what = if stored.is_some() { "the results are stale" } else { "there are no results of this project" };
    if let Some(stored) = stored
        && stored.is_fresh(&fingerprint.hex(), publish::stamp(&state, project).as_deref())
    {
        return Ok((stored, None));
    }
    let order = run::order(path, project.clone(), state, Stage::Segments, Utc::now());
    let finished = run::dry(&order, task)?;
    note(&format!("tributary: {what}; answered from a run that was not kept: `tributary run` keeps it"));
    let folder = tempfile::tempdir()?;
    let dir = folder.path().join("results");
    let names = results::NAMES.map(str::to_owned);
    let output = Output { run: &finished.run, ids: &finished.after, names: &names, format: ExportFormat::Parquet };
    results::write(&output, &dir, &Written::default(), task, || Ok(())).map_err(Failure::of_engine)?;
    let read = || Failure::Message(format!("the results at {} cannot be read back", dir.display()));
    Ok((StoredResults::open(&dir).ok_or_else(read)?, Some(folder)))
}

fn desktop(action: DesktopAction) -> Result<(), Failure> {
    if !cfg!(target_os = "linux") {
        return Err(Failure::Message("only Linux desktops have such entries".to_owned()));
    }
    let share =
        dirs::data_dir().ok_or_else(|| Failure::Message("there is no folder for the user's data".to_owned()))?;
    let (done, files) = match action {
        DesktopAction::Install => ("wrote", launcher::install(&share, &std::env::current_exe()?)?),
        DesktopAction::Remove => ("removed", launcher::remove(&share)?),
    };
    files.iter().for_each(|file| say(&format!("{done} {}", file.display())));
    if files.is_empty() {
        say("nothing was there");
    }
    launcher::refresh(&share).iter().for_each(|ran| say(&format!("ran {ran}")));
    Ok(())
}

fn write_sample(arguments: &SampleArguments, task: &Task) -> Result<(), Failure> {
    let project = match (&arguments.name, arguments.customers) {
        (Some(name), None) => {
            let sample = sample::find(name).ok_or_else(|| {
                let all = sample::SAMPLES.iter().chain(sample::EXAMPLES);
                let names: Vec<&str> = all.map(|sample| sample.name).collect();
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
    note(&format!("tributary: {}; running {what} without a window", plainly(reason)));
    let project = project.map_or_else(open_coffee_sample, Ok);
    let outcome = project.and_then(|project| {
        let arguments = RunArguments { project, ..RunArguments::default() };
        run::run_project(&arguments, &Task::default())
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

/// What a library says of a failure: its first line, without the places in its sources.
fn plainly(reason: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for word in reason.lines().next().unwrap_or_default().split_whitespace() {
        if !word.contains(".rs:") {
            words.push(word.to_owned());
            continue;
        }
        words.pop_if(|before| before == "at");
        if let Some(before) = words.last_mut().filter(|before| word.ends_with(':') && !before.ends_with(':')) {
            before.push(':');
        }
    }
    words.join(" ")
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

/// The style of a progress argument; without one, plain on a terminal.
fn style(given: Option<ProgressStyle>) -> ProgressStyle {
    use std::io::IsTerminal as _;
    given.unwrap_or_else(|| if std::io::stderr().is_terminal() { ProgressStyle::Plain } else { ProgressStyle::None })
}

#[cfg(test)]
mod tests {
    use super::plainly;

    #[test]
    fn sources_of_libraries_are_cut_from_a_reason() {
        assert_eq!(plainly("there is no display"), "there is no display");
        let reason = "no window could be opened (winit: os error at /a/registry/src/winit/mod.rs:765: not set)\nmore";
        assert_eq!(plainly(reason), "no window could be opened (winit: os error: not set)");
        assert_eq!(plainly("os error (/a/registry/src/mod.rs:7): not set"), "os error: not set");
    }
}
