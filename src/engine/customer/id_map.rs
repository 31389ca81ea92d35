//! What earlier runs left behind: which CustomerId each source key had, and what became of each id (semantics 1.6).

mod next;
mod stored;

use std::collections::BTreeMap;
use std::sync::Arc;

use hashbrown::HashSet;

use crate::engine::column::BLANK_INTEGER;
use crate::engine::customer::known::KeyHistory;
use crate::engine::dictionary::Dictionary;

/// No id: a code that none has.
pub const NO_ID: u32 = 0;

/// Keys and ids of all runs so far. A run reads it, and makes the next one; without any, ids are made from keys alone.
///
/// Ids and keys are never forgotten: what is gone may come back, and an id is never given twice.
#[derive(Debug, Clone, Default)]
pub struct IdMap {
    /// How many runs it remembers.
    pub runs: u32,
    /// Hashes of all it says but the number of runs, joined by `-`: [`IdMap::lineage`], [`IdMap::history`], and of what
    /// the customers of the last run were. Maps of equal stamps give equal customers.
    pub stamp: String,
    /// Every id ever given, coded from 1 on.
    ids: Arc<Dictionary>,
    /// By the codes of ids; the first entry is of none.
    entries: Vec<IdEntry>,
    /// The ids that led to an id before, in the order they came, by its code; those without any are absent.
    previous: BTreeMap<u32, Vec<u32>>,
    tables: Vec<TableKeys>,
}

/// What is known of an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct IdEntry {
    /// The run that gave it.
    first_run: u32,
    /// The id it leads to now, by its code: itself unless another one took it in.
    leads_to: u32,
    /// Whether a customer of the last run has it.
    living: bool,
    /// Whether that customer was known.
    known: bool,
    /// A hash of that customer's unified fields; 0 where it is not known.
    digest: u64,
}

/// The keys of one source table.
#[derive(Debug, Clone, Default)]
pub struct TableKeys {
    /// The source table's id.
    table: String,
    keys: Arc<Dictionary>,
    /// By the codes of keys.
    entries: Vec<KeyEntry>,
}

/// What is known of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct KeyEntry {
    id: u32,
    /// Since when it is known, in microseconds; blank while it is unknown, and for one that never was.
    known_since: i64,
    was_unknown: bool,
}

impl Default for KeyEntry {
    fn default() -> Self {
        Self { id: NO_ID, known_since: BLANK_INTEGER, was_unknown: false }
    }
}

impl TableKeys {
    /// The id that a key had last, by its code, or [`NO_ID`].
    pub fn id_of(&self, key: &str) -> u32 {
        self.entry(key).map_or(NO_ID, |entry| entry.id)
    }

    fn entry(&self, key: &str) -> Option<&KeyEntry> {
        if key.is_empty() {
            return None;
        }
        self.entries.get(self.keys.find(key)? as usize)
    }
}

impl IdMap {
    /// The part of the stamp that ids depend on.
    pub fn lineage(&self) -> &str {
        self.stamp.split('-').next().unwrap_or_default()
    }

    /// The part of the stamp that the dates of keys depend on.
    pub fn history(&self) -> &str {
        self.stamp.split('-').nth(1).unwrap_or_default()
    }

    /// Whether there was no run yet.
    pub fn is_empty(&self) -> bool {
        self.entries.len() <= 1
    }

    /// The number of codes of ids, [`NO_ID`] included.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// The keys of a source table, by its id.
    pub fn table(&self, id: &str) -> Option<&TableKeys> {
        self.tables.iter().find(|table| table.table == id)
    }

    pub fn id(&self, code: u32) -> &str {
        self.ids.get(code)
    }

    /// The code of an id, where it was ever given.
    pub fn code(&self, id: &str) -> Option<u32> {
        if id.is_empty() || self.is_empty() { None } else { self.ids.find(id) }
    }

    /// Whether an id was ever given.
    pub fn has(&self, id: &str) -> bool {
        self.code(id).is_some()
    }

    pub fn first_run(&self, code: u32) -> u32 {
        self.entries[code as usize].first_run
    }

    /// The code of the id that one leads to now.
    pub fn now(&self, code: u32) -> u32 {
        self.entries[code as usize].leads_to
    }

    /// The ids that led to one before, in the order they came.
    pub fn previous(&self, code: u32) -> &[u32] {
        self.previous.get(&code).map_or(&[], Vec::as_slice)
    }

    pub fn has_previous(&self) -> bool {
        !self.previous.is_empty()
    }

    /// Whether a customer of the last run had an id.
    pub fn is_living(&self, code: u32) -> bool {
        self.entries[code as usize].living
    }

    /// Whether the customer of an id was known in the last run.
    pub fn was_known(&self, code: u32) -> bool {
        self.entries[code as usize].known
    }

    /// The hash of the unified fields that the customer of an id had in the last run; `None` where it is not told.
    pub fn digest(&self, code: u32) -> Option<u64> {
        Some(self.entries[code as usize].digest).filter(|&digest| digest != 0)
    }

    /// The ids, by their codes, that customers of the last run had.
    pub fn living(&self) -> impl Iterator<Item = u32> {
        (1..self.entries.len() as u32).filter(|&code| self.is_living(code))
    }

    /// The id that an id of an earlier run leads to now: itself while it lives, else, over any number of steps, the one
    /// that took it in or the first of those that left it. `None` where it was never given, or it led to nobody who is
    /// left.
    pub fn leads_to(&self, id: &str) -> Option<&str> {
        let code = self.code(id)?;
        self.heir(code, &self.heirs()).map(|heir| self.id(heir))
    }

    /// Every id that no customer has any more and that leads to one who lives, with that one, in the order they were
    /// given.
    pub fn leads(&self) -> Vec<(String, String)> {
        let heirs = self.heirs();
        let retired = (1..self.entries.len() as u32).filter(|&code| !self.is_living(code));
        let led =
            retired.filter_map(|code| Some((self.id(code).to_owned(), self.id(self.heir(code, &heirs)?).to_owned())));
        led.collect()
    }

    /// By id those that name it among the ids that led to them.
    fn heirs(&self) -> BTreeMap<u32, Vec<u32>> {
        let mut heirs: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (&of, before) in &self.previous {
            before.iter().for_each(|&id| heirs.entry(id).or_default().push(of));
        }
        heirs
    }

    /// The first living id that one leads to. Ids may have left and taken in each other: none is asked twice.
    fn heir(&self, code: u32, heirs: &BTreeMap<u32, Vec<u32>>) -> Option<u32> {
        let (mut open, mut seen) = (vec![code], HashSet::new());
        while let Some(code) = open.pop() {
            if !seen.insert(code) {
                continue;
            }
            if self.is_living(code) {
                return Some(code);
            }
            open.extend(heirs.get(&code).into_iter().flatten().rev());
            // Who took it in is asked first.
            open.push(self.now(code));
        }
        None
    }

    /// Since when a key of a source table was known when the last run looked.
    pub fn key_history(&self, table: &str, key: &str) -> Option<KeyHistory> {
        let entry = self.table(table)?.entry(key)?;
        let known_since = (entry.known_since != BLANK_INTEGER).then_some(entry.known_since);
        Some(KeyHistory { known_since, was_unknown: entry.was_unknown })
    }
}
