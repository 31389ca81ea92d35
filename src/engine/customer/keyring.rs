//! The keyring: every source key of every customer, winners' and alternates' (semantics 1.6).

mod json;

use std::borrow::Cow;
use std::sync::Arc;

use super::customers::{BECAME_KNOWN_ON, CUSTOMER_ID};
use super::known::{KnownSince, NEVER_UNKNOWN, UNKNOWN};
use crate::engine::column::{BLANK_INTEGER, Column, TextColumn};
use crate::engine::dictionary::{BLANK, Dictionary};
use crate::engine::groups::Groups;
use crate::engine::identity::dedup::NO_RECORD;
use crate::engine::identity::matching::MatchTable;
use crate::engine::identity::membership::Membership;
use crate::engine::table::Table;
use crate::task::{Cancelled, Task};

/// Columns of the keyring table. A file is a table and its name is its data source's name too (OURS in semantics 1.1).
pub const DATA_SOURCE_NAME: &str = "DataSourceName";
pub const TABLE_NAME: &str = "TableName";
pub const ALTERNATE_VALUE: &str = "AlternateValue";
/// All keys of the customer, as JSON: a list of `{dataSourceName, tableName, preferredKey, keys}`.
pub const KEY_RING: &str = "KeyRing";
/// A GUID made from the identifier.
pub const ALTERNATE_KEY_ID: &str = "AlternateKeyId";
/// Data source, table and value joined by `|`.
pub const IDENTIFIER: &str = "Identifier";
/// Ours: whether it is the key shown in the customer table.
pub const PREFERRED: &str = "Preferred";

/// Between the keys of one cell.
const SEPARATOR: char = ';';

/// What the keyring is made of: the unified tables in match order, with their names.
pub struct Keyring<'a> {
    pub names: &'a [&'a str],
    pub membership: &'a Membership,
    keys: Vec<Keys<'a>>,
}

impl<'a> Keyring<'a> {
    pub fn of(tables: &[MatchTable<'a>], names: &'a [&'a str], membership: &'a Membership) -> Self {
        Self { names, membership, keys: tables.iter().map(Keys::of).collect() }
    }

    /// Every key of a table as text; codes count from 1 on, 0 is blank.
    pub fn text(&self, place: usize) -> &TextColumn {
        &self.keys[place].text
    }

    /// The codes of a customer's keys in one table: the preferred one first, then by their text.
    fn codes_of(&self, place: usize, customer: u32, codes: &mut Vec<u32>) {
        codes.clear();
        let keys = &self.keys[place];
        let records = self.membership.records[place].of(customer);
        let Some(&first) = records.first() else { return };
        codes.push(keys.shown[first as usize]);
        if records.len() == 1 && keys.others.of(first).is_empty() {
            return;
        }
        let shown = codes[0];
        codes.extend(records.iter().flat_map(|&record| keys.all(record)).filter(|&key| key != shown));
        codes[1..].sort_unstable_by_key(|&key| keys.text.dictionary.get(key));
        codes.dedup();
    }

    /// The column of the customer table with all keys of one table, joined: equal to the key where there is one.
    pub fn alternates(&self, place: usize) -> Column {
        let keys = &self.keys[place];
        // Nearly every customer has one key of a table: the dictionary grows by those who have more.
        let mut dictionary: Option<Dictionary> = None;
        let mut codes = Vec::new();
        let mut joined = String::new();
        let of_customer = |customer| {
            self.codes_of(place, customer, &mut codes);
            match codes[..] {
                [] => BLANK,
                [only] => only,
                _ => {
                    joined.clear();
                    for (i, &code) in codes.iter().enumerate() {
                        if i > 0 {
                            joined.push(SEPARATOR);
                        }
                        joined.push_str(keys.text.dictionary.get(code));
                    }
                    dictionary.get_or_insert_with(|| (*keys.text.dictionary).clone()).intern(&joined)
                }
            }
        };
        let column: Vec<u32> = (0..self.membership.len() as u32).map(of_customer).collect();
        let dictionary = dictionary.map_or_else(|| Arc::clone(&keys.text.dictionary), Arc::new);
        Column::Text(TextColumn { codes: column, dictionary })
    }

    /// The AlternateKey table of semantics 1.6: one row a customer and source key, with when the key became known.
    /// Customers in their order, tables in match order, the preferred key first, then by value.
    pub fn table(&self, customers: &Table, known: &KnownSince, task: &Task) -> Result<Table, Cancelled> {
        let ids = customers.column(CUSTOMER_ID).map(Column::to_text).unwrap_or_default();
        let table_names: TextColumn = self.names.iter().copied().collect();
        let (values, shifts) = Dictionary::joined(self.keys.iter().map(|keys| &*keys.text.dictionary));
        let mut rows = Rows::default();
        let mut rings = json::Rings::default();
        let mut codes = Vec::new();
        for customer in 0..self.membership.len() as u32 {
            if customer % 65_536 == 0 {
                task.check()?;
            }
            for (place, keys) in self.keys.iter().enumerate() {
                self.codes_of(place, customer, &mut codes);
                if codes.is_empty() {
                    continue;
                }
                let values = codes.iter().map(|&code| keys.text.dictionary.get(code));
                rings.entry(self.names[place], values.clone());
                for ((i, value), &code) in values.enumerate().zip(&codes) {
                    rows.ids.push(ids.codes[customer as usize]);
                    rows.names.push(table_names.codes[place]);
                    rows.values.push(code + shifts[place]);
                    rows.rings.push(rings.code());
                    rows.preferred.push(u8::from(i == 0));
                    rows.identify(self.names[place], value);
                }
            }
            rings.end();
        }
        task.check()?;
        let numbered = || (1..=rows.names.len() as u32).collect();
        let text = |codes: Vec<u32>, dictionary: &Arc<Dictionary>| {
            Column::Text(TextColumn { codes, dictionary: Arc::clone(dictionary) })
        };
        let mut guids = json::Texts::default();
        for identifier in rows.identifiers.slices() {
            guids.push_str(guid(identifier).encode_lower(&mut uuid::Uuid::encode_buffer()));
            guids.end();
        }
        let guids = Arc::new(guids.into_dictionary());
        let identifiers = Arc::new(rows.identifiers.into_dictionary());
        Ok(Table::new([
            (DATA_SOURCE_NAME, text(rows.names.clone(), &table_names.dictionary)),
            (TABLE_NAME, text(rows.names.clone(), &table_names.dictionary)),
            (ALTERNATE_VALUE, text(rows.values, &Arc::new(values))),
            (KEY_RING, text(rows.rings, &Arc::new(rings.into_dictionary()))),
            (CUSTOMER_ID, text(rows.ids, &ids.dictionary)),
            (ALTERNATE_KEY_ID, text(numbered(), &guids)),
            (IDENTIFIER, text(numbered(), &identifiers)),
            (PREFERRED, Column::Boolean(rows.preferred)),
            (BECAME_KNOWN_ON, self.became_known(known)),
        ]))
    }

    /// The column [`BECAME_KNOWN_ON`] of the table: the only one that depends on when keys became known.
    pub fn became_known(&self, known: &KnownSince) -> Column {
        let (mut column, mut codes) = (Vec::new(), Vec::new());
        for customer in 0..self.membership.len() as u32 {
            for place in 0..self.keys.len() {
                self.codes_of(place, customer, &mut codes);
                column.extend(codes.iter().map(|&code| match known.of(place, code) {
                    UNKNOWN | NEVER_UNKNOWN => BLANK_INTEGER,
                    since => since,
                }));
            }
        }
        Column::Datetime(column)
    }
}

/// The columns of the keyring table while it is made.
#[derive(Default)]
struct Rows {
    ids: Vec<u32>,
    names: Vec<u32>,
    values: Vec<u32>,
    rings: Vec<u32>,
    preferred: Vec<u8>,
    /// One a row: a table's name holds no `|` and no key is in a table twice, so no two are alike.
    identifiers: json::Texts,
}

impl Rows {
    fn identify(&mut self, name: &str, value: &str) {
        for part in [name, "|", name, "|", value] {
            self.identifiers.push_str(part);
        }
        self.identifiers.end();
    }
}

/// The same identifier, the same GUID, whatever the run: version 8, from a hash.
fn guid(identifier: &str) -> uuid::fmt::Hyphenated {
    let hash = blake3::hash(identifier.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.as_bytes()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid().hyphenated()
}

/// The keys of one table's records.
struct Keys<'a> {
    text: Cow<'a, TextColumn>,
    /// For each record the code of its winner's key.
    shown: Vec<u32>,
    /// For each record places in `other_codes`: the keys of alternates that have another one. Few have.
    others: Groups,
    other_codes: Vec<u32>,
}

impl<'a> Keys<'a> {
    fn of(table: &MatchTable<'a>) -> Self {
        let text = table.primary_key.to_text();
        let shown: Vec<u32> = table.records.winners.iter().map(|&row| text.codes[row as usize]).collect();
        let (mut records, mut other_codes) = (Vec::new(), Vec::new());
        for (&code, &record) in text.codes.iter().zip(&table.records.record_of_row) {
            if record != NO_RECORD && code != shown[record as usize] {
                records.push(record);
                other_codes.push(code);
            }
        }
        Self { others: Groups::by_number(&records, shown.len()), text, shown, other_codes }
    }

    /// The codes of a record's keys; one may come more than once.
    fn all(&self, record: u32) -> impl Iterator<Item = u32> {
        let others = self.others.of(record).iter().map(|&place| self.other_codes[place as usize]);
        std::iter::once(self.shown[record as usize]).chain(others)
    }
}
