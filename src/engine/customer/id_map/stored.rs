//! The map as tables, and back.

use std::collections::BTreeMap;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_128;

use super::{IdEntry, IdMap, KeyEntry, NO_ID, TableKeys};
use crate::engine::column::{BLANK_INTEGER, Column, TextColumn};
use crate::engine::customer::customers::{BECAME_KNOWN_ON, CUSTOMER_ID, KNOWN, PREVIOUS_CUSTOMER_ID, PROFILE_STATE};
use crate::engine::customer::keyring::{ALTERNATE_VALUE, TABLE_NAME};
use crate::engine::dictionary::{BLANK, Dictionary};
use crate::engine::table::Table;

const FIRST_RUN: &str = "FirstRun";
const LEADS_TO: &str = "LeadsTo";
const LIVING: &str = "Living";
const WAS_KNOWN: &str = "Known";
const DIGEST: &str = "Digest";
const SOURCE_TABLE: &str = "SourceTable";
const KEY: &str = "Key";
const KNOWN_SINCE: &str = "KnownSince";
const WAS_UNKNOWN: &str = "WasUnknown";

impl IdMap {
    /// The map as tables: `ids`, one row an id ever given, in the order they were given, and `keys`, one row a source
    /// key ever seen.
    pub fn tables(&self) -> [(&'static str, Table); 2] {
        [("ids", self.ids_table()), ("keys", self.keys_table())]
    }

    fn ids_table(&self) -> Table {
        let codes = || 1..self.entries.len() as u32;
        let entries = || self.entries.iter().skip(1);
        let led = |code: u32| if self.now(code) == code { BLANK } else { self.now(code) };
        let previous = |code: u32| self.previous(code).iter().map(|&id| self.id(id)).collect::<Vec<_>>().join(";");
        let previous: Vec<String> = codes().map(previous).collect();
        Table::new([
            (CUSTOMER_ID, of_ids(codes().collect(), &self.ids)),
            (FIRST_RUN, Column::Integer(entries().map(|entry| i64::from(entry.first_run)).collect())),
            (LEADS_TO, of_ids(codes().map(led).collect(), &self.ids)),
            (PREVIOUS_CUSTOMER_ID, Column::text_of(previous.iter().map(String::as_str))),
            (LIVING, Column::Boolean(entries().map(|entry| u8::from(entry.living)).collect())),
            (WAS_KNOWN, Column::Boolean(entries().map(|entry| u8::from(entry.known)).collect())),
            (DIGEST, Column::Integer(entries().map(|entry| entry.digest as i64).collect())),
        ])
    }

    fn keys_table(&self) -> Table {
        let held = || {
            self.tables.iter().flat_map(|table| {
                let entries = (0..).zip(&table.entries).filter(|(_, entry)| entry.id != NO_ID);
                entries.map(move |(code, entry)| (table, code, entry))
            })
        };
        let entries = || held().map(|(_, _, entry)| entry);
        let (dictionary, shifts) = Dictionary::joined(self.tables.iter().map(|table| &*table.keys));
        let shifted = self.tables.iter().zip(&shifts).flat_map(|(table, shift)| {
            let codes = (0..).zip(&table.entries).filter(|(_, entry)| entry.id != NO_ID);
            codes.map(move |(code, _): (u32, _)| code + shift)
        });
        let codes = shifted.collect();
        let names: TextColumn = self.tables.iter().map(|table| table.table.as_str()).collect();
        let name_codes = names.codes.iter().zip(&self.tables).flat_map(|(&name, table)| {
            let held = table.entries.iter().filter(|entry| entry.id != NO_ID).count();
            std::iter::repeat_n(name, held)
        });
        Table::new([
            (SOURCE_TABLE, of_ids(name_codes.collect(), &names.dictionary)),
            (KEY, of_ids(codes, &Arc::new(dictionary))),
            (CUSTOMER_ID, of_ids(entries().map(|entry| entry.id).collect(), &self.ids)),
            (KNOWN_SINCE, Column::Datetime(entries().map(|entry| entry.known_since).collect())),
            (WAS_UNKNOWN, Column::Boolean(entries().map(|entry| u8::from(entry.was_unknown)).collect())),
        ])
    }

    /// The map that was written as these tables; `None` where they do not hold one of this stamp.
    pub fn from_tables(runs: u32, stamp: String, ids: &Table, keys: &Table) -> Option<Self> {
        let map = Self { runs, ..Self::default() };
        let map = map.read_ids(ids)?.read_keys(keys)?;
        if map.content_stamp() == stamp { Some(Self { stamp, ..map }) } else { None }
    }

    fn read_ids(mut self, table: &Table) -> Option<Self> {
        self.ids = distinct(&table.column(CUSTOMER_ID)?.to_text(), table.rows)?;
        let first_run = integers(table.column(FIRST_RUN)?)?;
        let (leads_to, previous) = (table.column(LEADS_TO)?.to_text(), table.column(PREVIOUS_CUSTOMER_ID)?.to_text());
        let (living, known) = (booleans(table.column(LIVING)?)?, booleans(table.column(WAS_KNOWN)?)?);
        let digest = integers(table.column(DIGEST)?)?;
        let code_of: Vec<Option<u32>> = leads_to.dictionary.iter().map(|(_, id)| self.ids.find(id)).collect();
        self.entries.push(IdEntry::default());
        for row in 0..table.rows {
            let own = row as u32 + 1;
            let leads_to = if leads_to.codes[row] == BLANK { own } else { code_of[leads_to.codes[row] as usize]? };
            self.entries.push(IdEntry {
                first_run: u32::try_from(first_run[row]).ok()?,
                leads_to,
                living: living[row] == 1,
                known: known[row] == 1,
                digest: if digest[row] == BLANK_INTEGER { 0 } else { digest[row] as u64 },
            });
            if previous.codes[row] != BLANK {
                let before = previous.get(row).split(';').map(|id| self.ids.find(id));
                self.previous.insert(own, before.collect::<Option<Vec<u32>>>()?);
            }
        }
        Some(self)
    }

    fn read_keys(mut self, table: &Table) -> Option<Self> {
        let (tables, keys) = (table.column(SOURCE_TABLE)?.to_text(), table.column(KEY)?.to_text());
        let ids = table.column(CUSTOMER_ID)?.to_text();
        let code_of: Vec<Option<u32>> = ids.dictionary.iter().map(|(_, id)| self.ids.find(id)).collect();
        let (known_since, was_unknown) = (table.column(KNOWN_SINCE)?, booleans(table.column(WAS_UNKNOWN)?)?);
        let Column::Datetime(known_since) = known_since else { return None };
        let entry = |row: usize| {
            let id = code_of[ids.codes[row] as usize]?;
            Some(KeyEntry { id, known_since: known_since[row], was_unknown: was_unknown[row] == 1 })
        };
        let entries = (0..table.rows).map(entry).collect::<Option<Vec<KeyEntry>>>()?;
        self.tables = by_table(&tables, |name| Some(name.to_owned()), &keys, &entries);
        Some(self)
    }

    /// What can be had back of a lost map from the last results: the living ids with their keys, and what led to them.
    /// `table_id` says the source table's id for its name.
    pub fn from_results(
        customers: &Table,
        alternate_keys: &Table,
        table_id: &dyn Fn(&str) -> Option<String>,
    ) -> Option<Self> {
        let living = customers.column(CUSTOMER_ID)?.to_text();
        let (state, previous) =
            (customers.column(PROFILE_STATE)?.to_text(), customers.column(PREVIOUS_CUSTOMER_ID)?.to_text());
        let mut ids = Arc::unwrap_or_clone(distinct(&living, customers.rows)?);
        let given = IdEntry { first_run: 1, living: true, ..IdEntry::default() };
        let mut map = Self { runs: 1, entries: vec![IdEntry::default()], ..Self::default() };
        for row in 0..customers.rows {
            map.entries.push(IdEntry { leads_to: row as u32 + 1, known: state.get(row) == KNOWN, ..given });
        }
        for row in (0..customers.rows).filter(|&row| previous.codes[row] != BLANK) {
            let before: Vec<u32> = previous.get(row).split(';').map(|id| ids.intern(id)).collect();
            for &id in before.iter().filter(|&&id| id as usize >= map.entries.len()).collect::<Vec<_>>() {
                map.entries.push(IdEntry { leads_to: row as u32 + 1, living: false, ..given });
                debug_assert_eq!(map.entries.len(), id as usize + 1);
            }
            map.previous.insert(row as u32 + 1, before);
        }
        map.ids = Arc::new(ids);
        let (names, keys) =
            (alternate_keys.column(TABLE_NAME)?.to_text(), alternate_keys.column(ALTERNATE_VALUE)?.to_text());
        let owners = alternate_keys.column(CUSTOMER_ID)?.to_text();
        let code_of: Vec<Option<u32>> = owners.dictionary.iter().map(|(_, id)| map.ids.find(id)).collect();
        let since = alternate_keys.column(BECAME_KNOWN_ON);
        let entry = |row: usize| {
            let id = code_of[owners.codes[row] as usize]?;
            let known_since = match since {
                Some(Column::Datetime(since)) => since[row],
                _ => BLANK_INTEGER,
            };
            // A key that became known was unknown before; one of an unknown customer is.
            let was_unknown = known_since != BLANK_INTEGER || !map.was_known(id);
            Some(KeyEntry { id, known_since, was_unknown })
        };
        let entries = (0..alternate_keys.rows).map(entry).collect::<Option<Vec<KeyEntry>>>()?;
        map.tables = by_table(&names, table_id, &keys, &entries);
        map.stamp = map.content_stamp();
        Some(map)
    }

    /// Hashes of everything but the number of runs: of whose id is whose, of since when keys are known, and of what the
    /// customers of the last run were. Entries add up, so that their order says nothing.
    pub(super) fn content_stamp(&self) -> String {
        let (mut lineage, mut history, mut customers) = (Sum::default(), Sum::default(), Sum::default());
        for (code, entry) in (0_u32..).zip(&self.entries).skip(1) {
            let (id, to) = (self.id(code).as_bytes(), self.id(entry.leads_to).as_bytes());
            // With its code: whoever remembers what a run made of the ids remembers codes.
            lineage.add(&[&code.to_le_bytes(), id, to, &entry.first_run.to_le_bytes()]);
            let flags = [u8::from(entry.living), u8::from(entry.known)];
            customers.add(&[id, &flags, &entry.digest.to_le_bytes()]);
        }
        for (&code, before) in &self.previous {
            let before: Vec<&str> = before.iter().map(|&id| self.id(id)).collect();
            lineage.add(&[b"previous", self.id(code).as_bytes(), before.join(";").as_bytes()]);
        }
        for table in &self.tables {
            for (code, entry) in (0..).zip(&table.entries).filter(|(_, entry)| entry.id != NO_ID) {
                let (name, key) = (table.table.as_bytes(), table.keys.get(code).as_bytes());
                lineage.add(&[b"key", name, key, self.id(entry.id).as_bytes()]);
                history.add(&[name, key, &entry.known_since.to_le_bytes(), &[u8::from(entry.was_unknown)]]);
            }
        }
        [lineage, history, customers].map(|sum| format!("{:032x}", sum.sum)).join("-")
    }
}

/// A hash of values in any order.
#[derive(Default)]
struct Sum {
    sum: u128,
    bytes: Vec<u8>,
}

impl Sum {
    fn add(&mut self, parts: &[&[u8]]) {
        self.bytes.clear();
        for part in parts {
            self.bytes.extend_from_slice(&(part.len() as u32).to_le_bytes());
            self.bytes.extend_from_slice(part);
        }
        self.sum = self.sum.wrapping_add(xxh3_128(&self.bytes));
    }
}

fn of_ids(codes: Vec<u32>, dictionary: &Arc<Dictionary>) -> Column {
    Column::Text(TextColumn { codes, dictionary: Arc::clone(dictionary) })
}

/// The values of a column as a dictionary, coded by their rows from 1 on; `None` where one stands twice or is blank.
fn distinct(text: &TextColumn, rows: usize) -> Option<Arc<Dictionary>> {
    let mut dictionary = Dictionary::default();
    let mut codes = Vec::with_capacity(rows);
    dictionary.intern_all((0..rows).map(|row| text.get(row)), &mut codes);
    (dictionary.len() == rows + 1).then(|| Arc::new(dictionary))
}

fn integers(column: &Column) -> Option<&[i64]> {
    if let Column::Integer(values) = column { Some(values) } else { None }
}

fn booleans(column: &Column) -> Option<&[u8]> {
    if let Column::Boolean(values) = column { Some(values) } else { None }
}

/// Entries of keys by the tables they are of, in the order of the tables' ids; those of tables without an id are left
/// out.
fn by_table(
    names: &TextColumn,
    table_id: impl Fn(&str) -> Option<String>,
    keys: &TextColumn,
    entries: &[KeyEntry],
) -> Vec<TableKeys> {
    let mut tables: BTreeMap<String, TableKeys> = BTreeMap::new();
    for (name, text) in names.dictionary.iter().filter(|(name, _)| *name != BLANK) {
        let Some(table) = table_id(text) else { continue };
        let rows: Vec<usize> = (0..entries.len()).filter(|&row| names.codes[row] == name).collect();
        let mut dictionary = Dictionary::default();
        let mut codes = Vec::with_capacity(rows.len());
        dictionary.intern_all(rows.iter().map(|&row| keys.get(row)), &mut codes);
        let mut of_keys = vec![KeyEntry::default(); dictionary.len()];
        for (&row, &code) in rows.iter().zip(&codes) {
            of_keys[code as usize] = entries[row];
        }
        tables.insert(table.clone(), TableKeys { table, keys: Arc::new(dictionary), entries: of_keys });
    }
    tables.into_values().collect()
}
