//! A run's results as files: written whole into a new folder, which then takes the old one's place.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::reuse::{Columns, FileKeys, Written};
use crate::engine::column::Column;
use crate::engine::customer::customers::{BECAME_KNOWN_ON, CUSTOMER_ID, PREVIOUS_CUSTOMER_ID};
use crate::engine::customer::id_map::IdMap;
use crate::engine::customer::keyring::Keyring;
use crate::engine::customer::known::KnownSince;
use crate::engine::error::EngineError;
use crate::engine::files;
use crate::engine::insight::activities::{ActivityTable, WHILE_UNKNOWN};
use crate::engine::ledger::{LedgerPart, ledger};
use crate::engine::pipeline::{Run, UnifiedTables};
use crate::engine::report::Report;
use crate::engine::stage::{Stage, StageKey};
use crate::engine::state::folder::PassingLock;
use crate::engine::state::{identity, swap};
use crate::engine::table::Table;
use crate::project::{ExportFormat, Project};
use crate::task::{Task, Unit};

pub const CUSTOMERS: &str = "customers";
pub const ALTERNATE_KEYS: &str = "alternate_keys";
pub const PREVIOUS_IDS: &str = "previous_ids";
pub const ACTIVITIES: &str = "activities";
pub const SEGMENTS: &str = "segments";
pub const LEDGER: &str = "ledger";
pub const REPORT: &str = "report.json";
/// What the folder was made from ([`Key`]); a folder without one is no result of ours.
const KEY: &str = ".tributary-run";

/// What may be written, by name.
pub const NAMES: [&str; 6] = [CUSTOMERS, ALTERNATE_KEYS, PREVIOUS_IDS, ACTIVITIES, SEGMENTS, LEDGER];

/// What results were made from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Key {
    fingerprint: String,
    /// The id of the project; empty for one that has none yet.
    project: String,
    /// The stamp of the ids after the run.
    identity: String,
}

/// The stage a run must reach so that these names can be written.
pub fn stage_for(names: &[String]) -> Stage {
    let needs = |name: &str| match name {
        SEGMENTS => Stage::Segments,
        ACTIVITIES | LEDGER => Stage::Activities,
        _ => Stage::Merge,
    };
    names.iter().map(|name| needs(name)).max().unwrap_or(Stage::Segments)
}

/// A run to be written.
pub struct Output<'a> {
    pub run: &'a Run,
    /// The ids after the run.
    pub ids: &'a IdMap,
    pub names: &'a [String],
    pub format: ExportFormat,
}

/// Writes the named results, and the report, into `dir`, which is made, or replaced where it holds an earlier result.
/// Files that would be those of the last run `written` here are taken over.
///
/// Frames: `customers` one row a customer; `alternate_keys` one a customer and source key; `previous_ids` one an id of
/// an earlier run that leads to a customer of another id; `activities` one an event, newest first; `segments/NAME` one
/// a member, with the customer's columns; `ledger/*` one a row that fell out.
///
/// `ready` is called when everything is written and the old results are out of the way, which come back where it fails:
/// what must not outlive a failure, and must be there before the results are seen.
pub fn write(
    output: &Output<'_>,
    dir: &Path,
    written: &Written,
    task: &Task,
    ready: impl FnOnce() -> Result<(), EngineError>,
) -> Result<(), EngineError> {
    let failed = |error: io::Error| EngineError::Output { path: dir.to_owned(), reason: error.to_string() };
    refuse_foreign(dir)?;
    // A link is followed: what it points at is replaced, not the link.
    let dir = fs::canonicalize(dir).or_else(|_| std::path::absolute(dir)).map_err(failed)?;
    // Runs of several projects may write to one folder.
    let lock = PassingLock::beside(&dir, tr!("Waiting for another run that writes to the same folder"), task)?;
    swap::recover(&dir).map_err(failed)?;
    let staging = swap::staging(&dir).map_err(failed)?;
    let run = output.run;
    let key =
        Key { fingerprint: run.fingerprint.hex(), project: run.project.id.clone(), identity: output.ids.stamp.clone() };
    let key = serde_json::to_string(&key).map_err(|error| failed(error.into()))?;
    let mut writer = Writer { output, dir: staging.path(), task, keys: FileKeys::of(run), last: written.last(&dir) };
    let wanted: Vec<&str> = NAMES.into_iter().filter(|name| output.names.iter().any(|wanted| wanted == name)).collect();
    for (place, name) in wanted.iter().enumerate() {
        task.begin_of(tr!("Writing {name}", name), wanted.len() as u64, Unit::Steps);
        task.advance_to(place as u64)?;
        writer.part(name)?;
    }
    let report = serde_json::to_string_pretty(&run.report).map_err(|error| failed(error.into()))?;
    fs::write(staging.path().join(REPORT), report + "\n").map_err(failed)?;
    fs::write(staging.path().join(KEY), key).map_err(failed)?;
    task.check()?;
    let keys = writer.keys;
    swap::swap_in_after(staging, &dir, ready, failed)?;
    written.remember(&dir, keys);
    drop(lock);
    Ok(())
}

/// A folder that holds something else than results of ours is not replaced: what [`write()`] says after a run, before it.
pub fn refuse_foreign(dir: &Path) -> Result<(), EngineError> {
    let Ok(mut entries) = fs::read_dir(dir) else {
        if dir.exists() {
            let reason = "it is a file, not a folder".to_owned();
            return Err(EngineError::Output { path: dir.to_owned(), reason });
        }
        return Ok(());
    };
    if entries.next().is_none() || dir.join(KEY).exists() {
        return Ok(());
    }
    let reason = "the folder holds other things than an earlier result, and would be replaced".to_owned();
    Err(EngineError::Output { path: dir.to_owned(), reason })
}

struct Writer<'a> {
    output: &'a Output<'a>,
    dir: &'a Path,
    task: &'a Task,
    keys: FileKeys,
    /// What the last run in this process wrote here.
    last: Option<FileKeys>,
}

impl Writer<'_> {
    fn part(&mut self, name: &str) -> Result<(), EngineError> {
        let (run, task) = (self.output.run, self.task);
        let Some(customers) = &run.customers else { return Ok(()) };
        let (unified, told) = (self.keys.customers(), self.keys.told());
        match name {
            CUSTOMERS => self.held_table(CUSTOMERS, unified, &customers.table),
            ALTERNATE_KEYS => {
                let whole = || Ok(key_table(run, task)?.unwrap_or_default());
                let dated = || {
                    let column = of_keyring(run, |keyring, known| keyring.became_known(known));
                    Ok(Table::new(column.map(|column| (BECAME_KNOWN_ON, column))))
                };
                self.dated_table(ALTERNATE_KEYS, whole, dated)
            }
            PREVIOUS_IDS => {
                let leads = self.output.ids.leads();
                self.table(PREVIOUS_IDS, None, || Ok(Arc::new(previous_ids(&leads))))
            }
            ACTIVITIES => {
                let rows = run.activity_rows();
                let whole = || Ok(ActivityTable::of(&rows, task)?.table(&customers.table));
                let dated = || Ok(Table::new([(WHILE_UNKNOWN, ActivityTable::of(&rows, task)?.while_unknown())]));
                self.dated_table(ACTIVITIES, whole, dated)
            }
            SEGMENTS => {
                let files = segment_files(run.project.segments.iter().map(|segment| segment.name.as_str()));
                files.iter().zip(&run.segments).enumerate().try_for_each(|(place, (file, result))| {
                    let key = self.keys.segment(place);
                    self.table(file, key, || {
                        let members: Vec<u32> = result.members.iter().collect();
                        Ok(Arc::new(customers.table.gather(&members)))
                    })
                })
            }
            _ => LedgerPart::WRITTEN.into_iter().try_for_each(|part| {
                self.table(&format!("{LEDGER}/{}", part.name()), Some(told), || Ok(Arc::new(ledger(run, part))))
            }),
        }
    }

    /// One file: that of the last run where it has the same key, else written.
    fn table(
        &mut self,
        name: &str,
        key: Option<StageKey>,
        make: impl FnOnce() -> Result<Arc<Table>, EngineError>,
    ) -> Result<(), EngineError> {
        let file = self.file(name);
        let path = self.dir.join(&file);
        let Some(key) = key else { return files::write(make()?.as_ref(), &path, self.output.format, self.task) };
        if !self.last.as_ref().is_some_and(|last| last.take_over(&file, key, &path)) {
            files::write(make()?.as_ref(), &path, self.output.format, self.task)?;
        }
        self.keys.add(file, key, Columns::Unknown, &path);
        Ok(())
    }

    /// One file of which the columns `dated` alone depend on when keys became known: that of the last run, or that with
    /// those columns made again, else written.
    fn dated_table(
        &mut self,
        name: &str,
        whole: impl FnOnce() -> Result<Table, EngineError>,
        dated: impl FnOnce() -> Result<Table, EngineError>,
    ) -> Result<(), EngineError> {
        let file = self.file(name);
        let path = self.dir.join(&file);
        let (key, rest) = (self.keys.dated(), self.keys.told());
        if !self.last.as_ref().is_some_and(|last| last.take_over(&file, key, &path)) {
            let rewritten = match self.last_parquet().and_then(|last| last.alike(&file, rest)) {
                Some(old) => files::rewrite_parquet(&old, &dated()?, &path),
                None => false,
            };
            if !rewritten {
                files::write(&whole()?, &path, self.output.format, self.task)?;
            }
        }
        self.keys.add(file, key, Columns::Dated { rest }, &path);
        Ok(())
    }

    /// One file of a table that is kept: that of the last run, or that with the columns that differ made again, else
    /// written.
    fn held_table(&mut self, name: &str, key: StageKey, table: &Arc<Table>) -> Result<(), EngineError> {
        let file = self.file(name);
        let path = self.dir.join(&file);
        if !self.last.as_ref().is_some_and(|last| last.take_over(&file, key, &path)) {
            let differing = self.last_parquet().and_then(|last| last.differing(&file, table));
            if !differing.is_some_and(|(old, changed)| files::rewrite_parquet(&old, &changed, &path)) {
                files::write(table, &path, self.output.format, self.task)?;
            }
        }
        self.keys.add(file, key, Columns::Held(Arc::clone(table)), &path);
        Ok(())
    }

    /// The last files, where columns can be taken from them.
    fn last_parquet(&self) -> Option<&FileKeys> {
        self.last.as_ref().filter(|_| self.output.format == ExportFormat::Parquet)
    }

    fn file(&self, name: &str) -> String {
        format!("{name}.{}", self.output.format.extension())
    }
}

/// One row an id of an earlier run that leads to a customer of another id.
fn previous_ids(leads: &[(String, String)]) -> Table {
    Table::new([
        (PREVIOUS_CUSTOMER_ID, Column::text_of(leads.iter().map(|(old, _)| old.as_str()))),
        (CUSTOMER_ID, Column::text_of(leads.iter().map(|(_, id)| id.as_str()))),
    ])
}

/// The keyring of a run that has customers.
pub fn key_table(run: &Run, task: &Task) -> Result<Option<Table>, EngineError> {
    let Some(customers) = &run.customers else { return Ok(None) };
    Ok(of_keyring(run, |keyring, known| keyring.table(&customers.table, known, task)).transpose()?)
}

/// What is made of the keyring of a run that knows who is known.
fn of_keyring<T>(run: &Run, make: impl FnOnce(&Keyring<'_>, &KnownSince) -> T) -> Option<T> {
    let (matched, known) = (run.matched.as_ref()?, run.known.as_ref()?);
    let unified = UnifiedTables::of(run);
    let (tables, names) = (unified.match_tables(), unified.names());
    Some(make(&Keyring::of(&tables, &names, &matched.membership), known))
}

/// A file for each segment, by the segments' names in the project's order; no two of them are one.
fn segment_files<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut files: Vec<String> = Vec::new();
    for name in names {
        let base = format!("{SEGMENTS}/{}", file_name(name));
        let mut file = base.clone();
        let mut number = 2;
        // Some file systems ignore case.
        while files.iter().any(|other| other.to_lowercase() == file.to_lowercase()) {
            file = format!("{base}_{number}");
            number += 1;
        }
        files.push(file);
    }
    files
}

/// A name that every file system takes, and not too long a one.
fn file_name(name: &str) -> String {
    name.chars().take(60).map(|c| if c.is_alphanumeric() || " -_.".contains(c) { c } else { '_' }).collect()
}

/// Results read back from a folder.
pub struct StoredResults {
    pub dir: PathBuf,
    /// The fingerprint of what they were made from.
    pub fingerprint: String,
    pub report: Report,
    key: Key,
}

impl StoredResults {
    /// What a folder holds; `None` where there are no results, whole and of this version, in it.
    pub fn open(dir: &Path) -> Option<Self> {
        // The results of a run that was killed in the middle of a swap still count.
        let dir = swap::present(dir);
        let key = read_key(&dir)?;
        let report = serde_json::from_str(&fs::read_to_string(dir.join(REPORT)).ok()?).ok()?;
        Some(Self { dir, fingerprint: key.fingerprint.clone(), report, key })
    }

    /// Whether they may be a project's: a file of an older version names none.
    pub fn is_of(&self, project: &Project) -> bool {
        identity::is_same(&self.key.project, &project.id)
    }

    /// The stamp of the ids after the run that made them.
    pub fn identity(&self) -> &str {
        &self.key.identity
    }

    /// Whether they are what a run of a project would come to: by its [`fingerprint`](crate::engine::pipeline::fingerprint)
    /// and the stamp of the ids that it would begin with.
    pub fn is_fresh(&self, fingerprint: &str, ids: Option<&str>) -> bool {
        self.key.fingerprint == fingerprint && Some(self.key.identity.as_str()) == ids
    }

    /// Whether the folder still holds what was opened: another run may have replaced it since.
    pub fn is_current(&self) -> bool {
        read_key(&self.dir).is_some_and(|now| now == self.key)
    }

    /// One table of the results, by its name, such as `customers`.
    pub fn table(&self, name: &str) -> Result<Table, EngineError> {
        files::read_parquet(&self.dir.join(format!("{name}.{}", ExportFormat::Parquet.extension())))
    }

    /// The names of the segments and their tables, in the project's order.
    pub fn segments(&self) -> Vec<(String, String)> {
        let names = self.report.segments.iter().map(|segment| segment.name.clone());
        let files = segment_files(self.report.segments.iter().map(|segment| segment.name.as_str()));
        names.zip(files).collect()
    }

    /// The row of a customer in a table of the results.
    pub fn customer_row(table: &Table, id: &str) -> Option<usize> {
        let Some(Column::Text(ids)) = table.column(CUSTOMER_ID) else { return None };
        let code = ids.dictionary.find(id)?;
        ids.codes.iter().position(|&other| other == code)
    }
}

/// The key of a folder; `None` where it has none, or one of an older version.
fn read_key(dir: &Path) -> Option<Key> {
    serde_json::from_str(&fs::read_to_string(dir.join(KEY)).ok()?).ok()
}
