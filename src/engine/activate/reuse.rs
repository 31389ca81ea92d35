//! Files of the last results that the next ones would hold again: known by what they were made from, and taken over.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use crate::engine::column::Column;
use crate::engine::customer::customers::CUSTOMER_ID;
use crate::engine::pipeline::Run;
use crate::engine::stage::{Stage, StageKey};
use crate::engine::table::Table;
use crate::project::Project;

/// What this process wrote last, and where. Keys of stages hold within one process only: another may be another
/// version of the program.
#[derive(Debug, Default)]
pub struct Written(Mutex<Option<(PathBuf, FileKeys)>>);

impl Written {
    /// The files written to a folder, where it was the last one.
    pub(super) fn last(&self, dir: &Path) -> Option<FileKeys> {
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, keys) = last.as_ref().filter(|(place, _)| place == dir)?;
        Some(FileKeys { dir: dir.to_owned(), ..keys.clone() })
    }

    pub(super) fn remember(&self, dir: &Path, keys: FileKeys) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((dir.to_owned(), keys));
    }
}

/// The files of one run's results with what they were made from.
#[derive(Debug, Clone)]
pub(super) struct FileKeys {
    dir: PathBuf,
    files: Vec<Known>,
    customers: StageKey,
    told: StageKey,
    dated: StageKey,
    segments: Vec<StageKey>,
}

#[derive(Debug, Clone)]
struct Known {
    name: String,
    key: StageKey,
    /// What its columns are made from that do not depend on when keys became known.
    rest: Option<StageKey>,
    /// What it holds, where columns are told apart by their values.
    table: Option<Arc<Table>>,
    bytes: u64,
    modified: SystemTime,
}

/// What is known of the columns of a file.
pub(super) enum Columns {
    Unknown,
    /// Some depend on when keys became known; the others are made from this.
    Dated {
        rest: StageKey,
    },
    /// All of them.
    Held(Arc<Table>),
}

impl FileKeys {
    pub(super) fn of(run: &Run) -> Self {
        let customers = run.keys.customers;
        let told = told(run);
        let segment = |key: &StageKey| StageKey::new(Stage::Segments, &"file", &[customers, *key]);
        Self {
            dir: PathBuf::new(),
            files: Vec::new(),
            customers,
            told,
            dated: dated(run, told),
            segments: run.keys.segments.iter().map(segment).collect(),
        }
    }

    /// What the customer table is made from.
    pub(super) fn customers(&self) -> StageKey {
        self.customers
    }

    /// What keyring, activities and ledger are made from: who is who, and not what it looks like, nor when that became
    /// known.
    pub(super) fn told(&self) -> StageKey {
        self.told
    }

    /// The same with when keys became known.
    pub(super) fn dated(&self) -> StageKey {
        self.dated
    }

    pub(super) fn segment(&self, place: usize) -> Option<StageKey> {
        self.segments.get(place).copied()
    }

    /// Notes a file that was written or taken over, with what else is known of it.
    pub(super) fn add(&mut self, name: String, key: StageKey, columns: Columns, path: &Path) {
        let (rest, table) = match columns {
            Columns::Unknown => (None, None),
            Columns::Dated { rest } => (Some(rest), None),
            Columns::Held(table) => (None, Some(table)),
        };
        if let Ok((bytes, modified)) = state(path) {
            self.files.push(Known { name, key, rest, table, bytes, modified });
        }
    }

    /// Puts the file of this name and key at a path, where it is still as it was written. Says whether it did.
    pub(super) fn take_over(&self, name: &str, key: StageKey, path: &Path) -> bool {
        let Some(old) = self.find(name, |known| known.key == key) else { return false };
        let folder = path.parent().is_some_and(|folder| fs::create_dir_all(folder).is_ok());
        // Where files cannot be linked it is written again: a copy is hardly sooner.
        folder && fs::hard_link(&old, path).is_ok()
    }

    /// The file of this name of which only some columns must be made again, where it is still as it was written.
    pub(super) fn alike(&self, name: &str, rest: StageKey) -> Option<PathBuf> {
        self.find(name, |known| known.rest == Some(rest))
    }

    /// The file of this name with the columns of a table that differ from its own, where it has the same ones and rows,
    /// and is still as it was written.
    pub(super) fn differing(&self, name: &str, table: &Table) -> Option<(PathBuf, Table)> {
        let held = self.files.iter().find(|known| known.name == name)?.table.as_ref()?;
        let names = |table: &Table| table.columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>();
        if held.rows != table.rows || names(held) != names(table) {
            return None;
        }
        let pairs = held.columns.iter().zip(&table.columns);
        let differing = pairs.filter(|(old, new)| !old.data.is_same(&new.data)).map(|(_, new)| new.clone());
        let changed = Table { columns: differing.collect(), rows: table.rows, row_numbers: None };
        Some((self.find(name, |_| true)?, changed))
    }

    fn find(&self, name: &str, is_it: impl Fn(&Known) -> bool) -> Option<PathBuf> {
        let known = self.files.iter().find(|known| known.name == name && is_it(known))?;
        let old = self.dir.join(name);
        state(&old).is_ok_and(|now| now == (known.bytes, known.modified)).then_some(old)
    }
}

fn state(path: &Path) -> std::io::Result<(u64, SystemTime)> {
    let metadata = fs::metadata(path)?;
    Ok((metadata.len(), metadata.modified()?))
}

/// The key of what does not depend on how fields are made: records and matches, the tables' rows, the names of things,
/// and the ids. These by their values, since the ids before a run are others every time.
fn told(run: &Run) -> StageKey {
    let mut settings = Project::clone(&run.project);
    settings.name.clear();
    settings.unified_fields.clear();
    settings.field_groups.clear();
    settings.customer_id_fields.clear();
    settings.known_identifiers.clear();
    settings.customer_index = Default::default();
    settings.clusters.clear();
    settings.segments.clear();
    settings.exports.clear();
    settings.labelled_pairs.clear();
    let mut values = Values::default();
    if let Some(Column::Text(ids)) = run.customers.as_ref().and_then(|customers| customers.table.column(CUSTOMER_ID)) {
        ids.codes.iter().for_each(|&code| values.add(ids.dictionary.get(code).as_bytes()));
    }
    StageKey::new(Stage::Activities, &("file", settings, values.hash()), &[run.keys.identity])
}

/// The key of what depends on since when keys are known too, by its values: known identifiers and earlier runs.
fn dated(run: &Run, told: StageKey) -> StageKey {
    let mut values = Values::default();
    for table in run.known.iter().flat_map(|known| &known.tables) {
        values.add(&(table.len() as u64).to_le_bytes());
        table.iter().for_each(|since| values.add(&since.to_le_bytes()));
    }
    for activity in run.activity_rows() {
        if let Column::Boolean(unknown) = activity.while_unknown {
            values.add(unknown);
        }
    }
    StageKey::new(Stage::Activities, &("dated", values.hash()), &[told])
}

/// A hash of very many small values.
#[derive(Default)]
struct Values {
    hasher: blake3::Hasher,
    waiting: Vec<u8>,
}

impl Values {
    /// Hashed many at a time: one by one takes longer than what it saves.
    const TOGETHER: usize = 1 << 16;

    fn add(&mut self, value: &[u8]) {
        self.waiting.extend_from_slice(&(value.len() as u32).to_le_bytes());
        self.waiting.extend_from_slice(value);
        if self.waiting.len() >= Self::TOGETHER {
            self.hasher.update(&self.waiting);
            self.waiting.clear();
        }
    }

    fn hash(mut self) -> String {
        self.hasher.update(&self.waiting).finalize().to_hex().to_string()
    }
}
