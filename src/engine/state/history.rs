//! The history of a project's runs: one line a run, and a mark of the one that goes on.

use std::fs;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::folder::{Held, StateFolder};
use super::identity;
use crate::engine::activate::results::StoredResults;
use crate::engine::customer::changes::ChangeCounts;
use crate::engine::pipeline::Run;
use crate::engine::report::StageReport;
use crate::engine::stage::Stage;
use crate::project::{Project, file};

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunOutcome {
    /// Published.
    Done,
    /// Computed, and the last run kept instead.
    Kept,
    Failed,
    Cancelled,
    /// Ended by something from outside, with everything as it was before unless its message says otherwise.
    Killed,
}

impl RunOutcome {
    pub fn label(self) -> &'static str {
        match self {
            Self::Done => tr!("Done"),
            Self::Kept => tr!("Not published"),
            Self::Failed => tr!("Failed"),
            Self::Cancelled => tr!("Cancelled"),
            Self::Killed => tr!("Killed"),
        }
    }
}

/// What asked for a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunBy {
    Window,
    CommandLine,
}

impl RunBy {
    pub fn label(self) -> &'static str {
        match self {
            Self::Window => tr!("Window"),
            Self::CommandLine => tr!("Command line"),
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentCount {
    pub name: String,
    pub members: u64,
}

/// One run. Counts are 0 where it did not come so far.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunRecord {
    /// Counts the runs of a state folder, from 1.
    pub number: u64,
    /// The id of the project; lines of another project in the same place are not shown.
    #[serde(default)]
    pub project: String,
    /// RFC 3339.
    pub started: String,
    /// The time that "now" meant, RFC 3339.
    #[serde(default)]
    pub as_of: String,
    #[serde(default)]
    pub elapsed_ms: u64,
    pub outcome: RunOutcome,
    pub by: RunBy,
    /// The last stage asked for.
    pub until: Stage,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub message: String,
    #[serde(default)]
    pub stages: Vec<StageReport>,
    #[serde(default)]
    pub customers: u64,
    #[serde(default)]
    pub known: u64,
    #[serde(default)]
    pub unknown: u64,
    #[serde(default)]
    pub unique_source_records: u64,
    #[serde(default)]
    pub record_matches: u64,
    #[serde(default)]
    pub dropped_records: u64,
    #[serde(default)]
    pub refused_links: u64,
    #[serde(default)]
    pub segments: Vec<SegmentCount>,
    /// Against the run before; absent of a first run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes: Option<ChangeCounts>,
}

/// What a run is, before it is known how it ends: the file `running`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    pub number: u64,
    #[serde(default)]
    pub project: String,
    pub started: String,
    #[serde(default)]
    pub as_of: String,
    pub by: RunBy,
    pub until: Stage,
    /// What takes its place, noted just before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub writes: Option<Writes>,
}

/// What a run puts in the place of what was there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Writes {
    /// Of the ids: their stamp and number of runs.
    pub stamp: String,
    pub runs: u32,
    /// Of the results.
    pub fingerprint: String,
    /// Where they go; `None` where none are written.
    pub results: Option<PathBuf>,
}

impl Begun {
    /// The record of a run that came to nothing.
    pub fn ended(self, outcome: RunOutcome, message: String, elapsed_ms: u64) -> RunRecord {
        RunRecord {
            number: self.number,
            project: self.project,
            started: self.started,
            as_of: self.as_of,
            elapsed_ms,
            outcome,
            by: self.by,
            until: self.until,
            message,
            stages: Vec::new(),
            customers: 0,
            known: 0,
            unknown: 0,
            unique_source_records: 0,
            record_matches: 0,
            dropped_records: 0,
            refused_links: 0,
            segments: Vec::new(),
            changes: None,
        }
    }

    /// The record of a run with what it came to. `is_first` says that there was none before to compare with.
    pub fn with(self, run: &Run, is_first: bool, outcome: RunOutcome, elapsed_ms: u64) -> RunRecord {
        let report = &run.report;
        let segments = report.segments.iter();
        RunRecord {
            stages: report.run.stages.clone(),
            customers: report.customers,
            known: report.known,
            unknown: report.unknown,
            unique_source_records: report.unique_source_records,
            record_matches: report.record_matches,
            dropped_records: report.dropped_records,
            refused_links: report.refused_links,
            segments: segments.map(|it| SegmentCount { name: it.name.clone(), members: it.members }).collect(),
            changes: (!is_first && run.customers.is_some()).then(|| run.changes.counts()),
            ..self.ended(outcome, String::new(), elapsed_ms)
        }
    }
}

/// The runs of a project, oldest first. Lines that cannot be read are left out: a history is worth less than a run.
pub fn read(state: &StateFolder, project: &Project) -> Vec<RunRecord> {
    let text = fs::read(state.history()).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let records = text.lines().filter_map(|line| serde_json::from_str::<RunRecord>(line).ok());
    records.filter(|record| identity::is_same(&record.project, &project.id)).collect()
}

/// When the last run began, RFC 3339 in UTC; `None` where there was none.
pub(super) fn last(state: &StateFolder) -> Option<String> {
    let text = fs::read(state.history()).ok()?;
    let text = String::from_utf8_lossy(&text);
    let records = text.lines().rev().filter_map(|line| serde_json::from_str::<RunRecord>(line).ok());
    let mut published = records.filter(|record| record.outcome == RunOutcome::Done);
    published.next().map(|record| record.started)
}

/// Adds a line. A last line that was cut by a crash is taken away first.
pub fn append(state: &StateFolder, _held: &Held, record: &RunRecord) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().read(true).write(true).create(true).truncate(false).open(state.history())?;
    let mut text = Vec::new();
    file.read_to_end(&mut text)?;
    let whole = text.iter().rposition(|&byte| byte == b'\n').map_or(0, |place| place + 1);
    file.set_len(whole as u64)?;
    file.seek(SeekFrom::End(0))?;
    let mut line = serde_json::to_string(record)?;
    line.push('\n');
    file.write_all(line.as_bytes())
}

/// Copies the history to the folder of a project saved under a second name. What lies there is moved aside.
pub fn copy(from: &StateFolder, to: &StateFolder) -> io::Result<()> {
    if to.history().exists() {
        super::swap::move_aside(&to.history(), "runs.before.jsonl")?;
    }
    if from.history().is_file() {
        fs::copy(from.history(), to.history())?;
    }
    Ok(())
}

/// Marks that a run goes on. A mark that is there already is that of a run that was killed: see [`mend`].
pub(super) fn begin(state: &StateFolder, _held: &Held, begun: &Begun) -> io::Result<()> {
    // Whole or not at all: a run killed here is told of with its time, and stands in the history.
    file::write_whole(&state.running(), serde_json::to_string(begun)?.as_bytes())
}

pub(super) fn end(state: &StateFolder, _held: &Held) {
    // A mark that stays says too much once, and is taken away then.
    let _ = fs::remove_file(state.running());
}

/// The number of the next run.
pub(super) fn next_number(state: &StateFolder) -> u64 {
    let text = fs::read(state.history()).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let numbers = text.lines().filter_map(|line| serde_json::from_str::<RunRecord>(line).ok());
    numbers.map(|record| record.number).max().unwrap_or(0) + 1
}

/// Records a run that was killed and clears up after it; what to tell about it, where there was one.
pub fn mend(state: &StateFolder, held: &Held) -> io::Result<Option<String>> {
    let Ok(text) = fs::read_to_string(state.running()) else { return Ok(None) };
    super::swap::sweep(&state.dir);
    super::swap::recover(&state.results())?;
    super::swap::recover(&state.identity())?;
    let told = match serde_json::from_str::<Begun>(&text) {
        Ok(begun) => {
            let started = begun.started.clone();
            let left = left_by(state, begun.writes.as_ref());
            append(state, held, &begun.ended(RunOutcome::Killed, left.unwrap_or_default().to_owned(), 0))?;
            let left = left.unwrap_or(tr!("the last results are as they were"));
            tr!("a run begun at {started} did not end; {left}", started, left)
        }
        // Killed while it began.
        Err(_) => tr!("a run did not end; the last results are as they were").to_owned(),
    };
    end(state, held);
    Ok(Some(told))
}

/// What a run that was killed left behind; `None` where everything is as it was before it.
fn left_by(state: &StateFolder, writes: Option<&Writes>) -> Option<&'static str> {
    let writes = writes.filter(|writes| identity::is_left_by(state, &writes.stamp, writes.runs))?;
    let is_there = |dir: &PathBuf| {
        StoredResults::open(dir).is_some_and(|stored| stored.is_fresh(&writes.fingerprint, Some(&writes.stamp)))
    };
    Some(match writes.results.as_ref().is_none_or(is_there) {
        true => tr!("what it came to was published before"),
        false => tr!("it renewed the ids, and the last results are those of before: run the project again"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::Task;

    fn begun(number: u64) -> Begun {
        let (started, as_of) = ("2026-07-01T12:00:00Z".to_owned(), String::new());
        Begun {
            number,
            project: "p".to_owned(),
            started,
            as_of,
            by: RunBy::Window,
            until: Stage::Segments,
            writes: None,
        }
    }

    #[test]
    fn a_line_cut_by_a_crash_is_left_out_and_mended() {
        let temp = tempfile::tempdir().unwrap();
        let state = StateFolder::of(&temp.path().join("a.tributary"), temp.path());
        let held = state.lock(&Task::default()).unwrap();
        let record = |number| begun(number).ended(RunOutcome::Done, String::new(), 5);
        append(&state, &held, &record(1)).unwrap();
        let text = fs::read_to_string(state.history()).unwrap();
        fs::write(state.history(), format!("{text}{}", &text[..30])).unwrap();
        let mut project = Project::new("Test");
        project.id = "p".to_owned();
        assert_eq!(read(&state, &project), [record(1)]);
        append(&state, &held, &record(2)).unwrap();
        assert_eq!((read(&state, &project), next_number(&state)), (vec![record(1), record(2)], 3));
        project.id = "q".to_owned();
        assert_eq!(read(&state, &project), []);
    }

    #[test]
    fn a_run_that_did_not_end_is_told_once() {
        let temp = tempfile::tempdir().unwrap();
        let state = StateFolder::of(&temp.path().join("a.tributary"), temp.path());
        let held = state.lock(&Task::default()).unwrap();
        assert_eq!(mend(&state, &held).unwrap(), None);
        begin(&state, &held, &begun(7)).unwrap();
        let told = mend(&state, &held).unwrap().unwrap();
        assert_eq!(told, "a run begun at 2026-07-01T12:00:00Z did not end; the last results are as they were");
        assert_eq!(mend(&state, &held).unwrap(), None);
        let mut project = Project::new("Test");
        project.id.clear();
        assert_eq!(read(&state, &project)[0].outcome, RunOutcome::Killed);
    }
}
