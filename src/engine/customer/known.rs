//! When each source key became known: first tied to a known identifier (semantics 1.9, BecameKnownOn).

use std::sync::Arc;

use hashbrown::HashMap;

use super::keyring::Keyring;
use crate::engine::column::{BLANK_INTEGER, Column};
use crate::engine::identity::dedup::NO_RECORD;
use crate::engine::identity::linking::{Linked, NO_CLASS};
use crate::engine::identity::matching::{ALWAYS, KeyLinks, MatchTable, Matching};
use crate::engine::identity::membership::{Membership, NO_CUSTOMER};
use crate::task::{Cancelled, Task};

/// When a key that is still unknown became known: after every moment.
pub const UNKNOWN: i64 = i64::MAX;
/// When a key that was never unknown became known: before every moment.
///
/// Ours: a key of a table without timestamps whose own rows hold a known identifier, and that no earlier run saw
/// unknown. A loyalty member's purchases before the first run were not made by an unknown visitor. It has no
/// BecameKnownOn, since it never became known.
pub const NEVER_UNKNOWN: i64 = i64::MIN;
/// Known, with no timestamp that says since when: the first run that found it known does.
const UNDATED: i64 = i64::MAX - 1;

/// Since when each key is known: for each unified table, by the code of its primary key as text
/// ([`Column::to_text`]), microseconds, or [`UNKNOWN`] or [`NEVER_UNKNOWN`]. Keys of dropped records are unknown.
#[derive(Debug, Clone, Default)]
pub struct KnownSince {
    pub tables: Vec<Vec<i64>>,
}

impl KnownSince {
    pub fn of(&self, place: usize, key: u32) -> i64 {
        self.tables.get(place).and_then(|table| table.get(key as usize)).copied().unwrap_or(UNKNOWN)
    }
}

/// What earlier runs found out about a key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KeyHistory {
    /// The as-of time, in microseconds, of the first run that found its profile known.
    pub known_since: Option<i64>,
    /// Whether a run found its profile unknown.
    pub was_unknown: bool,
}

/// What is known of a key, by its table's place and its text; `None` where no run saw it.
pub type History<'a> = dyn Fn(usize, &str) -> Option<KeyHistory> + 'a;

/// What says when keys became known.
pub struct KnownInput<'a> {
    pub tables: &'a [MatchTable<'a>],
    pub keyring: &'a Keyring<'a>,
    pub matching: &'a Matching,
    pub membership: &'a Membership,
    /// By customer whether the profile is known.
    pub known: &'a [bool],
    /// For each table the columns that hold known identifiers.
    pub identifiers: Vec<Vec<&'a Column>>,
    /// For each table the column that says when a row was.
    pub times: Vec<Option<&'a Column>>,
}

/// Since when each key is known, as far as the tables say.
#[derive(Debug, Clone, Default)]
pub struct Draft(Vec<Vec<i64>>);

/// The same with what earlier runs knew, and the keys that are known for the first time, by table and code.
#[derive(Debug, Clone, Default)]
pub struct Dated {
    known: Arc<KnownSince>,
    undated: Vec<(usize, u32)>,
}

impl KnownInput<'_> {
    /// Looks at every row once.
    ///
    /// A key became known with the earliest of its rows that hold a known identifier, or by which its record is
    /// attached to a higher one through more than the primary key. Where the link rests on the primary key alone, it
    /// is the rows it links to. A key without any such row takes the time of its record's other keys; one that heads
    /// its customer and holds no identifier that of the records attached to it.
    pub fn draft(&self, task: &Task) -> Result<Draft, Cancelled> {
        let mut tables = Vec::with_capacity(self.tables.len());
        for place in 0..self.tables.len() {
            task.check()?;
            tables.push(self.own_times(place));
        }
        task.check()?;
        let (of_record, of_customer) = self.earliest(&tables);
        for (place, keys) in tables.iter_mut().enumerate() {
            let offset = self.matching.offsets[place];
            for (since, &record) in keys.since.iter_mut().zip(&keys.record) {
                if record == NO_RECORD || !self.is_known(offset + record) {
                    *since = UNKNOWN;
                } else if *since == UNKNOWN {
                    let heads = self.matching.parent[(offset + record) as usize] == NO_RECORD;
                    let customer = self.membership.customer_of_record[(offset + record) as usize];
                    *since = match of_record[(offset + record) as usize] {
                        UNKNOWN if heads => of_customer[customer as usize],
                        since => since,
                    };
                    if *since == UNKNOWN {
                        *since = UNDATED;
                    }
                }
            }
        }
        Ok(Draft(tables.into_iter().map(|keys| keys.since).collect()))
    }

    fn is_known(&self, record: u32) -> bool {
        let customer = self.membership.customer_of_record[record as usize];
        customer != NO_CUSTOMER && self.known[customer as usize]
    }

    /// What a table's rows and links say of its keys themselves; [`UNKNOWN`] where nothing.
    fn own_times(&self, place: usize) -> KeyTimes {
        let (table, codes) = (&self.tables[place], &self.keyring.text(place).codes);
        let keys = self.keyring.text(place).dictionary.len();
        let mut times = KeyTimes { since: vec![UNKNOWN; keys], record: vec![NO_RECORD; keys] };
        let (clock, identifiers) = (self.times[place], &self.identifiers[place]);
        let carries = self.matching.link_rows.get(place);
        // Keys with an identifier in some row: their link is not asked.
        let mut holding = vec![false; keys];
        let offset = self.matching.offsets[place];
        for (row, (&code, &record)) in codes.iter().zip(&table.records.record_of_row).enumerate() {
            if record == NO_RECORD {
                continue;
            }
            times.record[code as usize] = record;
            let holds = identifiers.iter().any(|column| !column.is_blank(row));
            holding[code as usize] |= holds;
            if holds || carries.and_then(|carries| carries.get(row)).is_some_and(|carries| *carries) {
                times.add(code, clock, row);
            }
        }
        for (since, &holds) in times.since.iter_mut().zip(&holding) {
            if *since == UNKNOWN && holds {
                *since = if clock.is_none() { NEVER_UNKNOWN } else { UNDATED };
            }
        }
        for links in self.matching.key_links.iter().filter(|links| links.place == place) {
            self.linked_times(links, &holding, &mut times);
        }
        if self.matching.rule.contains(&ALWAYS) {
            self.decided_times(place, offset, codes, &holding, &mut times);
        }
        times
    }

    /// Keys whose link rests on the primary key alone: the rows they link to in the higher record.
    fn linked_times(&self, key_links: &KeyLinks, holding: &[bool], times: &mut KeyTimes) {
        let KeyLinks { place, rule, links } = key_links;
        let (lower, offset) = (&self.tables[*place], self.matching.offsets[*place]);
        let attached = |record: u32| {
            let record = (offset + record) as usize;
            (self.matching.rule[record] == *rule).then(|| self.matching.parent[record])
        };
        let first = (0..lower.records.len() as u32).find_map(attached);
        let Some(upper_place) = first.map(|record| self.matching.table_of(record)) else { return };
        let Some(clock) = self.times[upper_place] else { return };
        let (upper, upper_offset) = (&self.tables[upper_place], self.matching.offsets[upper_place]);
        let mut earliest = Earliest { first: vec![(NO_RECORD, UNKNOWN); links.limit], others: HashMap::new() };
        for (row, (&class, &record)) in links.upper().iter().zip(&upper.records.record_of_row).enumerate() {
            let micros = clock.micros(row);
            if class != NO_CLASS && record != NO_RECORD && micros != BLANK_INTEGER {
                earliest.add(class, upper_offset + record, micros);
            }
        }
        let codes = &self.keyring.text(*place).codes;
        for ((&code, &record), &class) in codes.iter().zip(&lower.records.record_of_row).zip(&links.lower) {
            if class == NO_CLASS || record == NO_RECORD || holding[code as usize] {
                continue;
            }
            let Some(parent) = attached(record) else { continue };
            let found = match &links.linked {
                Linked::Same => earliest.of(class, parent),
                Linked::Listed { .. } => {
                    let classes = links.of_lower(class).into_iter();
                    classes.filter_map(|(class, _)| earliest.of(class, parent)).min()
                }
            };
            let since = &mut times.since[code as usize];
            *since = found.map_or(*since, |found| found.min(*since));
        }
    }

    /// Keys of records that a pair decided by hand attached: a pair names keys and nothing else.
    fn decided_times(&self, place: usize, offset: u32, codes: &[u32], holding: &[bool], times: &mut KeyTimes) {
        for (&code, &record) in codes.iter().zip(&self.tables[place].records.record_of_row) {
            if record == NO_RECORD || holding[code as usize] || times.since[code as usize] != UNKNOWN {
                continue;
            }
            let record = (offset + record) as usize;
            if self.matching.rule[record] != ALWAYS {
                continue;
            }
            let parent = self.matching.parent[record];
            let upper = self.matching.table_of(parent);
            let Some(clock) = self.times[upper] else { continue };
            let rows = self.tables[upper].records.rows().of(self.matching.local(parent));
            let moments = rows.iter().map(|&row| clock.micros(row as usize)).filter(|&micros| micros != BLANK_INTEGER);
            times.since[code as usize] = moments.min().unwrap_or(UNKNOWN);
        }
    }

    /// The earliest time of each record's keys, records numbered through, and of each customer's: what has a time
    /// before what was never unknown, that before what has none.
    fn earliest(&self, tables: &[KeyTimes]) -> (Vec<i64>, Vec<i64>) {
        let mut of_record = vec![UNKNOWN; self.matching.parent.len()];
        let mut of_customer = vec![UNKNOWN; self.membership.len()];
        for (keys, &offset) in tables.iter().zip(&self.matching.offsets) {
            for (&since, &record) in keys.since.iter().zip(&keys.record) {
                if record == NO_RECORD || matches!(since, UNKNOWN | UNDATED) {
                    continue;
                }
                let record = (offset + record) as usize;
                of_record[record] = earlier(of_record[record], since);
                let customer = self.membership.customer_of_record[record];
                if customer != NO_CUSTOMER && since != NEVER_UNKNOWN {
                    of_customer[customer as usize] = since.min(of_customer[customer as usize]);
                }
            }
        }
        (of_record, of_customer)
    }
}

/// The earlier of two, where a time goes before "never unknown".
fn earlier(a: i64, b: i64) -> i64 {
    match (a, b) {
        (NEVER_UNKNOWN, UNKNOWN) | (UNKNOWN, NEVER_UNKNOWN) => NEVER_UNKNOWN,
        (NEVER_UNKNOWN, time) | (time, NEVER_UNKNOWN) => time,
        (a, b) => a.min(b),
    }
}

/// A table's keys, by their codes.
struct KeyTimes {
    since: Vec<i64>,
    /// The record that has the key, or [`NO_RECORD`].
    record: Vec<u32>,
}

impl KeyTimes {
    fn add(&mut self, code: u32, clock: Option<&Column>, row: usize) {
        let micros = clock.map_or(BLANK_INTEGER, |clock| clock.micros(row));
        if micros != BLANK_INTEGER {
            let since = &mut self.since[code as usize];
            *since = micros.min(*since);
        }
    }
}

/// The earliest time of the rows of a class, by record. Nearly always a class is of one record.
struct Earliest {
    first: Vec<(u32, i64)>,
    others: HashMap<(u32, u32), i64>,
}

impl Earliest {
    fn add(&mut self, class: u32, record: u32, micros: i64) {
        let first = &mut self.first[class as usize];
        let slot = if first.0 == NO_RECORD || first.0 == record {
            first.0 = record;
            &mut first.1
        } else {
            self.others.entry((class, record)).or_insert(micros)
        };
        *slot = micros.min(*slot);
    }

    fn of(&self, class: u32, record: u32) -> Option<i64> {
        match self.first.get(class as usize) {
            Some(&(first, micros)) if first == record => Some(micros),
            _ => self.others.get(&(class, record)).copied(),
        }
    }
}

impl Draft {
    /// Asks earlier runs about the keys for which the tables have no time; none where this is the first.
    pub fn with_history(&self, keyring: &Keyring<'_>, history: Option<&History<'_>>) -> Dated {
        let mut dated = Dated::default();
        let mut tables = self.0.clone();
        for (place, keys) in tables.iter_mut().enumerate() {
            let texts = &keyring.text(place).dictionary;
            let open = keys.iter_mut().zip(0..).filter(|(since, _)| matches!(**since, UNDATED | NEVER_UNKNOWN));
            for (since, code) in open {
                let of_key = history.and_then(|history| history(place, texts.get(code))).unwrap_or_default();
                if *since == NEVER_UNKNOWN && !of_key.was_unknown {
                    continue;
                }
                match of_key.known_since {
                    Some(micros) => *since = micros,
                    None => {
                        *since = UNDATED;
                        dated.undated.push((place, code));
                    }
                }
            }
        }
        dated.known = Arc::new(KnownSince { tables });
        dated
    }
}

impl Dated {
    /// Whether the answer depends on when this run is.
    pub fn needs_as_of(&self) -> bool {
        !self.undated.is_empty()
    }

    /// The answer of a run at this time: what it finds known for the first time became known now.
    pub fn at(&self, as_of: i64) -> Arc<KnownSince> {
        if self.undated.is_empty() {
            return Arc::clone(&self.known);
        }
        let mut known = (*self.known).clone();
        for &(place, code) in &self.undated {
            known.tables[place][code as usize] = as_of;
        }
        Arc::new(known)
    }
}

/// The column of the customer table: the earliest of a customer's keys that became known.
pub fn became_known(
    tables: &[MatchTable<'_>],
    keyring: &Keyring<'_>,
    matching: &Matching,
    known: &KnownSince,
) -> Column {
    let membership = keyring.membership;
    let mut earliest = vec![UNKNOWN; membership.len()];
    for (place, table) in tables.iter().enumerate() {
        let offset = matching.offsets[place];
        for (&code, &record) in keyring.text(place).codes.iter().zip(&table.records.record_of_row) {
            let since = known.of(place, code);
            if record == NO_RECORD || since == NEVER_UNKNOWN {
                continue;
            }
            if let Some(of) = earliest.get_mut(membership.customer_of_record[(offset + record) as usize] as usize) {
                *of = since.min(*of);
            }
        }
    }
    Column::Datetime(earliest.into_iter().map(|since| if since == UNKNOWN { BLANK_INTEGER } else { since }).collect())
}
