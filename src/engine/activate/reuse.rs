//! Files of the last results that the next ones would hold again: known by what they were made from, and taken over.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use crate::engine::customer::customers::{BECAME_KNOWN_ON, CUSTOMER_ID, PROFILE_STATE};
use crate::engine::pipeline::Run;
use crate::engine::stage::{Stage, StageKey};
use crate::project::{FieldMember, Project};

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
    segments: Vec<StageKey>,
}

#[derive(Debug, Clone)]
struct Known {
    name: String,
    key: StageKey,
    bytes: u64,
    modified: SystemTime,
}

impl FileKeys {
    pub(super) fn of(run: &Run) -> Self {
        let customers = run.keys.customers;
        let segment = |key: &StageKey| StageKey::new(Stage::Segments, &"file", &[customers, *key]);
        Self {
            dir: PathBuf::new(),
            files: Vec::new(),
            customers,
            told: told(run),
            segments: run.keys.segments.iter().map(segment).collect(),
        }
    }

    /// What the customer table is made from.
    pub(super) fn customers(&self) -> StageKey {
        self.customers
    }

    /// What keyring, activities and ledger are made from: who is who, and not what it looks like.
    pub(super) fn told(&self) -> StageKey {
        self.told
    }

    pub(super) fn segment(&self, place: usize) -> Option<StageKey> {
        self.segments.get(place).copied()
    }

    pub(super) fn add(&mut self, name: String, key: StageKey, path: &Path) {
        if let Ok((bytes, modified)) = state(path) {
            self.files.push(Known { name, key, bytes, modified });
        }
    }

    /// Puts the file of this name and key at a path, where it is still as it was written. Says whether it did.
    pub(super) fn take_over(&self, name: &str, key: StageKey, path: &Path) -> bool {
        let Some(known) = self.files.iter().find(|known| known.name == name && known.key == key) else { return false };
        let old = self.dir.join(name);
        let unchanged = state(&old).is_ok_and(|now| now == (known.bytes, known.modified));
        let folder = path.parent().is_some_and(|folder| fs::create_dir_all(folder).is_ok());
        // Where files cannot be linked it is written again: a copy is hardly sooner.
        unchanged && folder && fs::hard_link(&old, path).is_ok()
    }
}

fn state(path: &Path) -> std::io::Result<(u64, SystemTime)> {
    let metadata = fs::metadata(path)?;
    Ok((metadata.len(), metadata.modified()?))
}

/// The key of what does not depend on how fields are made: records and matches, the tables' rows, the names of things,
/// and of the customers their ids, states and dates only.
fn told(run: &Run) -> StageKey {
    let project = &run.project;
    let mut settings = Project::clone(project);
    // A field that may make a profile known says when it became so.
    let identifies = |member: &FieldMember| {
        let column = project.source_table(&member.source_table).and_then(|table| table.column(&member.column));
        let meaning = column.and_then(|column| column.semantic_type.as_deref());
        meaning.is_some_and(|meaning| project.known_identifiers.iter().any(|known| known == meaning))
    };
    settings.unified_fields.retain(|field| field.members.iter().any(identifies));
    settings.name.clear();
    settings.customer_index = Default::default();
    settings.clusters.clear();
    settings.segments.clear();
    settings.exports.clear();
    settings.labelled_pairs.clear();
    let mut hasher = blake3::Hasher::new();
    if let Some(customers) = &run.customers {
        let columns = [CUSTOMER_ID, PROFILE_STATE, BECAME_KNOWN_ON];
        for column in columns.into_iter().filter_map(|name| customers.table.column(name)) {
            for row in 0..column.len() {
                let text = column.text(row);
                hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
            }
        }
    }
    let values = hasher.finalize().to_hex().to_string();
    StageKey::new(Stage::Activities, &("file", settings, values), &[run.keys.identity, run.keys.activities])
}
