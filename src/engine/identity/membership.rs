//! Which clusters of records become customers, and which records are dropped (semantics 1.5, include all records).

use std::cell::OnceCell;
use std::cmp::Ordering;

use hashbrown::HashMap;

use super::matching::{ALWAYS, MatchTable, Matching};
use crate::engine::column::Column;
use crate::engine::groups::Groups;

/// No customer: the record was dropped.
pub const NO_CUSTOMER: u32 = u32::MAX;

/// Records to customers and back. Customers are ordered by the table of their highest record in match order, then
/// by its key, whatever the order of rows.
#[derive(Debug, Clone, Default)]
pub struct Membership {
    /// For each record, numbered through, its customer or [`NO_CUSTOMER`].
    pub customer_of_record: Vec<u32>,
    /// For each customer its highest record, numbered through.
    pub highest: Vec<u32>,
    /// For each table, by customer, its records (inside the table), the largest primary key first.
    pub records: Vec<Groups>,
    pub counts: Counts,
}

/// The figures of semantics 1.5, over all tables and for each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    pub unique_source_records: u64,
    /// Clusters before any is dropped.
    pub matched_and_non_matched_records: u64,
    /// Clusters of two or more records.
    pub matched_records_only: u64,
    /// Lower records attached to a higher one.
    pub record_matches: u64,
    pub dropped_records: u64,
    pub tables: Vec<TableCounts>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableCounts {
    pub unique: u64,
    /// Records attached to a higher table's.
    pub joined: u64,
    /// Records that head a customer of their own, alone or with lower records attached.
    pub own: u64,
    pub dropped: u64,
    /// Records whose customer holds at least two records.
    pub matched: u64,
}

impl Membership {
    pub fn len(&self) -> usize {
        self.highest.len()
    }

    pub fn is_empty(&self) -> bool {
        self.highest.is_empty()
    }
}

/// Decides, once and at the end, which records match nothing; those of tables without "include all records" are
/// dropped. `include_all` is in match order.
pub fn decide(tables: &[MatchTable<'_>], matching: &Matching, include_all: &[bool]) -> Membership {
    let total = matching.root.len();
    let mut sizes = vec![0_u32; total];
    for &root in &matching.root {
        sizes[root as usize] += 1;
    }
    let mut counts = Counts { unique_source_records: total as u64, ..Counts::default() };
    let mut highest = Vec::new();
    for (place, table) in tables.iter().enumerate() {
        let mut of_table = TableCounts { unique: table.records.len() as u64, ..TableCounts::default() };
        for record in matching.offsets[place]..matching.offsets[place + 1] {
            let root = matching.root[record as usize];
            let size = sizes[root as usize];
            of_table.matched += u64::from(size > 1);
            if root != record {
                of_table.joined += 1;
                continue;
            }
            counts.matched_and_non_matched_records += 1;
            counts.matched_records_only += u64::from(size > 1);
            if size > 1 || include_all[place] {
                of_table.own += 1;
                highest.push(record);
            } else {
                of_table.dropped += 1;
            }
        }
        counts.record_matches += of_table.joined;
        counts.dropped_records += of_table.dropped;
        counts.tables.push(of_table);
    }
    let speakers = speakers(tables, matching);
    for record in &mut highest {
        *record = speakers.get(record).copied().unwrap_or(*record);
    }
    order_by_key(&mut highest, tables, matching);
    let mut customer_of_root = vec![NO_CUSTOMER; total];
    for (customer, &record) in highest.iter().enumerate() {
        customer_of_root[matching.root[record as usize] as usize] = customer as u32;
    }
    let customer_of_record: Vec<u32> = matching.root.iter().map(|&root| customer_of_root[root as usize]).collect();
    let records = members(tables, matching, &customer_of_record, highest.len());
    Membership { customer_of_record, highest, records, counts }
}

/// By root, the record of largest primary key of those clusters that hold several records of their highest table: only
/// pairs that always match make such.
fn speakers(tables: &[MatchTable<'_>], matching: &Matching) -> HashMap<u32, u32> {
    let mut speakers: HashMap<u32, u32> = HashMap::new();
    if !matching.rule.contains(&ALWAYS) {
        return speakers;
    }
    let largest: Vec<Vec<u32>> = tables.iter().map(|table| table.records.largest_key_rows(table.primary_key)).collect();
    for (record, &root) in matching.root.iter().enumerate() {
        let (record, place) = (record as u32, matching.table_of(root));
        if record != root && matching.table_of(record) == place {
            let key = |record: u32| largest[place][(record - matching.offsets[place]) as usize] as usize;
            let best = speakers.entry(root).or_insert(root);
            if tables[place].primary_key.compare(key(*best), key(record)).is_lt() {
                *best = record;
            }
        }
    }
    speakers
}

/// Sorts the highest records, which stand in match order already, by key inside each table.
fn order_by_key(highest: &mut [u32], tables: &[MatchTable<'_>], matching: &Matching) {
    let mut start = 0;
    for (place, table) in tables.iter().enumerate() {
        let (first, end) = (matching.offsets[place], matching.offsets[place + 1]);
        let stop = start + highest[start..].partition_point(|&record| record < end);
        let winner = |record: u32| table.records.winners[(record - first) as usize] as usize;
        sort_by_key(&mut highest[start..stop], table.primary_key, winner);
        start = stop;
    }
}

/// Sorts records by their keys. The first bytes of a text key are compared before the text is fetched.
fn sort_by_key(records: &mut [u32], primary_key: &Column, row: impl Fn(u32) -> usize) {
    let Column::Text(text) = primary_key else {
        records.sort_unstable_by(|&a, &b| primary_key.compare(row(a), row(b)).then(a.cmp(&b)));
        return;
    };
    let prefix = |record: u32| {
        let mut bytes = [0; 8];
        let value = text.get(row(record)).as_bytes();
        let length = value.len().min(8);
        bytes[..length].copy_from_slice(&value[..length]);
        u64::from_be_bytes(bytes)
    };
    let mut keyed: Vec<(u64, u32)> = records.iter().map(|&record| (prefix(record), record)).collect();
    keyed.sort_unstable_by(|a, b| {
        a.0.cmp(&b.0)
            .then_with(|| if a.1 == b.1 { Ordering::Equal } else { text.get(row(a.1)).cmp(text.get(row(b.1))) })
            .then(a.1.cmp(&b.1))
    });
    for (record, (_, sorted)) in records.iter_mut().zip(keyed) {
        *record = sorted;
    }
}

fn members(tables: &[MatchTable<'_>], matching: &Matching, customer_of: &[u32], customers: usize) -> Vec<Groups> {
    tables
        .iter()
        .enumerate()
        .map(|(place, table)| {
            let range = matching.offsets[place] as usize..matching.offsets[place + 1] as usize;
            let mut groups = Groups::by_number(&customer_of[range], customers);
            let largest_rows = OnceCell::new();
            for customer in 0..customers as u32 {
                let records = groups.of_mut(customer);
                if records.len() > 1 {
                    let rows = largest_rows.get_or_init(|| table.records.largest_key_rows(table.primary_key));
                    let largest = |record: u32| rows[record as usize] as usize;
                    records.sort_by(|&a, &b| table.primary_key.compare(largest(b), largest(a)).then(a.cmp(&b)));
                }
            }
            groups
        })
        .collect()
}
