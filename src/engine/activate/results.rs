//! A run's results as files: written whole into a new folder, which then takes the old one's place.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::engine::column::Column;
use crate::engine::customer::customers::CUSTOMER_ID;
use crate::engine::customer::keyring::Keyring;
use crate::engine::error::EngineError;
use crate::engine::files;
use crate::engine::insight::activities;
use crate::engine::ledger::{LedgerPart, ledger};
use crate::engine::pipeline::{Run, UnifiedTables};
use crate::engine::report::Report;
use crate::engine::stage::Stage;
use crate::engine::table::Table;
use crate::project::{ExportFormat, file};
use crate::task::Task;

pub const CUSTOMERS: &str = "customers";
pub const ALTERNATE_KEYS: &str = "alternate_keys";
pub const ACTIVITIES: &str = "activities";
pub const SEGMENTS: &str = "segments";
pub const LEDGER: &str = "ledger";
pub const REPORT: &str = "report.json";
/// The fingerprint of the run that wrote the folder; a folder without one is no result of ours.
const KEY: &str = ".tributary-run";

/// What may be written, by name.
pub const NAMES: [&str; 5] = [CUSTOMERS, ALTERNATE_KEYS, ACTIVITIES, SEGMENTS, LEDGER];

/// The folder of a project's last good results.
pub fn folder(project_path: &Path) -> PathBuf {
    file::state_folder(project_path).join("results")
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

/// Writes the named results, and the report, into `dir`, which is made, or replaced where it holds an earlier result.
///
/// Frames: `customers` one row a customer; `alternate_keys` one a customer and source key; `activities` one an event,
/// newest first; `segments/NAME` one a member, with the customer's columns; `ledger/*` one a row that fell out.
pub fn write(run: &Run, dir: &Path, names: &[String], format: ExportFormat, task: &Task) -> Result<(), EngineError> {
    let failed = |error: io::Error| EngineError::Output { path: dir.to_owned(), reason: error.to_string() };
    refuse_foreign(dir)?;
    // A link is followed: what it points at is replaced, not the link.
    let dir = fs::canonicalize(dir).or_else(|_| std::path::absolute(dir)).map_err(failed)?;
    let parent = dir.parent().unwrap_or(&dir);
    fs::create_dir_all(parent).map_err(failed)?;
    let lock = lock(&dir, task)?;
    recover(&dir).map_err(failed)?;
    let staging = tempfile::Builder::new().prefix(".tributary-").tempdir_in(parent).map_err(failed)?;
    let writer = Writer { run, dir: staging.path(), format, task };
    for name in NAMES.iter().filter(|name| names.iter().any(|wanted| wanted == *name)) {
        writer.part(name)?;
    }
    let report = serde_json::to_string_pretty(&run.report).map_err(|error| failed(error.into()))?;
    fs::write(staging.path().join(REPORT), report + "\n").map_err(failed)?;
    fs::write(staging.path().join(KEY), run.fingerprint.hex()).map_err(failed)?;
    task.check()?;
    let swapped = swap_in(staging, &dir).map_err(failed);
    drop(lock);
    swapped
}

/// Where the old results stand for the moment between the two renames of a swap.
fn aside(dir: &Path) -> PathBuf {
    let name = dir.file_name().unwrap_or_default().to_string_lossy();
    dir.with_file_name(format!(".{name}.old"))
}

/// Waits until no other run writes the same results. The lock is let go when its file is closed, by a crash too.
fn lock(dir: &Path, task: &Task) -> Result<fs::File, EngineError> {
    let failed = |error: io::Error| EngineError::Output { path: dir.to_owned(), reason: error.to_string() };
    // Not beside the results, where it would lie about: in the folder for temporary files, named after theirs.
    let name = blake3::hash(dir.as_os_str().as_encoded_bytes()).to_hex();
    let file =
        fs::File::create(std::env::temp_dir().join(format!("tributary-{}.lock", &name[..16]))).map_err(failed)?;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(fs::TryLockError::WouldBlock) => {
                task.begin("Waiting for another run of this project", 0);
                task.check()?;
                std::thread::sleep(Duration::from_millis(50));
            }
            // A file system without locks: one writer at a time is then up to the user.
            Err(fs::TryLockError::Error(_)) => return Ok(file),
        }
    }
}

/// After a run that was killed in the middle of a swap: the old results come back where the new are not there.
fn recover(dir: &Path) -> io::Result<()> {
    let old = aside(dir);
    if !old.exists() {
        return Ok(());
    }
    if dir.exists() { fs::remove_dir_all(&old) } else { fs::rename(&old, dir) }
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

/// Moves the old folder aside, the new one in, and then removes the old.
fn swap_in(staging: tempfile::TempDir, dir: &Path) -> io::Result<()> {
    let old = aside(dir);
    let replaced = dir.exists();
    if replaced {
        fs::rename(dir, &old)?;
    }
    if let Err(error) = fs::rename(staging.path(), dir) {
        // The staging folder goes with its guard; the old results come back.
        return if replaced { fs::rename(&old, dir).and(Err(error)) } else { Err(error) };
    }
    // It stands where its guard no longer looks.
    let _ = staging.keep();
    if replaced {
        // What cannot be removed now is removed by the next run.
        let _ = fs::remove_dir_all(&old);
    }
    Ok(())
}

struct Writer<'a> {
    run: &'a Run,
    dir: &'a Path,
    format: ExportFormat,
    task: &'a Task,
}

impl Writer<'_> {
    fn part(&self, name: &str) -> Result<(), EngineError> {
        self.task.begin(format!("Writing {name}"), 0);
        self.task.check()?;
        let Some(customers) = &self.run.customers else { return Ok(()) };
        match name {
            CUSTOMERS => self.table(CUSTOMERS, &customers.table),
            ALTERNATE_KEYS => {
                let Some(keys) = key_table(self.run, self.task)? else { return Ok(()) };
                self.table(ALTERNATE_KEYS, &keys)
            }
            ACTIVITIES => {
                let table = activities::activity_table(&self.run.activity_rows(), &customers.table, self.task)?;
                self.table(ACTIVITIES, &table)
            }
            SEGMENTS => {
                let files = segment_files(self.run.project.segments.iter().map(|segment| segment.name.as_str()));
                files.iter().zip(&self.run.segments).try_for_each(|(file, result)| {
                    let members: Vec<u32> = result.members.iter().collect();
                    self.table(file, &customers.table.gather(&members))
                })
            }
            _ => LedgerPart::WRITTEN
                .into_iter()
                .try_for_each(|part| self.table(&format!("{LEDGER}/{}", part.name()), &ledger(self.run, part))),
        }
    }

    fn table(&self, name: &str, table: &Table) -> Result<(), EngineError> {
        let path = self.dir.join(format!("{name}.{}", self.format.extension()));
        files::write(table, &path, self.format)
    }
}

/// The keyring of a run that has customers.
pub fn key_table(run: &Run, task: &Task) -> Result<Option<Table>, EngineError> {
    let (Some(customers), Some(matched), Some(known)) = (&run.customers, &run.matched, &run.known) else {
        return Ok(None);
    };
    let unified = UnifiedTables::of(run);
    let (tables, names) = (unified.match_tables(), unified.names());
    Ok(Some(Keyring::of(&tables, &names, &matched.membership).table(&customers.table, known, task)?))
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
}

impl StoredResults {
    /// What a folder holds; `None` where there are no results, whole, in it.
    pub fn open(dir: &Path) -> Option<Self> {
        // The results of a run that was killed in the middle of a swap still count.
        let old = aside(dir);
        let dir = if !dir.exists() && old.exists() { &old } else { dir };
        let fingerprint = fs::read_to_string(dir.join(KEY)).ok()?;
        let report = serde_json::from_str(&fs::read_to_string(dir.join(REPORT)).ok()?).ok()?;
        Some(Self { dir: dir.to_owned(), fingerprint, report })
    }

    /// Whether the folder still holds what was opened: another run may have replaced it since.
    pub fn is_current(&self) -> bool {
        fs::read_to_string(self.dir.join(KEY)).is_ok_and(|now| now == self.fingerprint)
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
