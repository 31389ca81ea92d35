//! Matching across tables: each record of a lower table is attached to at most one record of a higher one
//! (semantics 1.5).
//!
//! Tables are taken in match order, a table's rules in theirs. For a record the first rule that finds something
//! decides, so records do not bridge: rows of the higher tables are never merged by a lower one. Where a rule finds
//! records of several customers the record with the largest primary key is taken and the case is reported.

use std::cell::OnceCell;

use super::ambiguity::Contenders;
use super::dedup::{NO_RECORD, Records};
use super::key::{KeyPart, KeySpace, NO_KEY};
use crate::engine::column::Column;
use crate::engine::table::Table;
use crate::project::{Condition, MatchRule, Normalization};
use crate::task::{Cancelled, Task};

/// No rule made a link.
pub const NO_RULE: u16 = u16::MAX;
/// One unified table, in match order.
pub struct MatchTable<'a> {
    /// The source table's id.
    pub id: &'a str,
    pub table: &'a Table,
    pub primary_key: &'a Column,
    pub records: &'a Records,
    pub rules: &'a [MatchRule],
}

/// Which record is attached to which. Records of all tables are numbered through: record `r` of table `t` is
/// `offsets[t] + r`.
#[derive(Debug, Clone, Default)]
pub struct Matching {
    pub offsets: Vec<u32>,
    /// For each record the higher one it is attached to, or [`NO_RECORD`].
    pub parent: Vec<u32>,
    /// For each record the rule, by its place in its table's list, that attached it, or [`NO_RULE`].
    pub rule: Vec<u16>,
    /// For each record the highest one of its cluster: itself where it is attached to none.
    pub root: Vec<u32>,
    /// For each table and rule the records it attached.
    pub rule_matches: Vec<Vec<u64>>,
    /// Records for which there was more than one answer, by record, then rule.
    pub ambiguous: Vec<Ambiguous>,
}

/// A record for which rules found records of several customers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ambiguous {
    pub record: u32,
    /// The rule that found the records not chosen.
    pub rule: u16,
    /// The record it was attached to.
    pub chosen: u32,
    /// Whether `rule` is the one that decided; else a later one, whose hits are not used (case 33).
    pub decided: bool,
    /// Records of other customers that `rule` found: at most ten, the largest primary keys first.
    pub others: Vec<u32>,
    /// Exact where one key finds them or they are few; else at least so many.
    pub other_count: u32,
}

impl Matching {
    /// The table of a record numbered through.
    pub fn table_of(&self, record: u32) -> usize {
        self.offsets.partition_point(|&offset| offset <= record) - 1
    }

    /// The number of a record inside its table.
    pub fn local(&self, record: u32) -> u32 {
        record - self.offsets[self.table_of(record)]
    }
}

/// Runs every active rule of every table.
pub fn match_tables(tables: &[MatchTable<'_>], task: &Task) -> Result<Matching, Cancelled> {
    let mut matching = Matching { offsets: vec![0], ..Matching::default() };
    let largest: Vec<OnceCell<Vec<u32>>> = tables.iter().map(|_| OnceCell::new()).collect();
    for (place, lower) in tables.iter().enumerate() {
        let offset = matching.offsets[place];
        let end = offset + lower.records.len() as u32;
        matching.offsets.push(end);
        matching.parent.resize(end as usize, NO_RECORD);
        matching.rule.resize(end as usize, NO_RULE);
        matching.root.extend(offset..end);
        matching.rule_matches.push(vec![0; lower.rules.len()]);
        for (number, rule) in lower.rules.iter().enumerate() {
            task.check()?;
            let upper = tables[..place].iter().position(|table| table.id == rule.to_table);
            if let Some(upper) = upper.filter(|_| rule.active) {
                let keys =
                    largest[upper].get_or_init(|| tables[upper].records.largest_key_rows(tables[upper].primary_key));
                let attempt =
                    Attempt { lower, place, upper: &tables[upper], upper_place: upper, number, largest: keys };
                attempt.run(rule, &mut matching, task)?;
            }
        }
    }
    matching.ambiguous.sort_by_key(|case| (case.record, case.rule));
    Ok(matching)
}

/// What one key finds in the higher table.
#[derive(Clone, Copy)]
struct Hits {
    /// The record with the largest primary key, inside its table.
    best: u32,
    /// The one customer of all hits, by its root, or [`SEVERAL`].
    root: u32,
}

const NO_HITS: Hits = Hits { best: NO_RECORD, root: NO_RECORD };
const SEVERAL: u32 = u32::MAX - 1;

/// One rule of one table, tried on all its records.
struct Attempt<'a> {
    lower: &'a MatchTable<'a>,
    place: usize,
    upper: &'a MatchTable<'a>,
    upper_place: usize,
    number: usize,
    /// For each record of the higher table the row with its largest primary key.
    largest: &'a [u32],
}

impl Attempt<'_> {
    fn run(&self, rule: &MatchRule, matching: &mut Matching, task: &Task) -> Result<(), Cancelled> {
        let mut space = KeySpace::new(rule.conditions.len());
        let upper_side = parts(self.upper.table, rule, |condition| &condition.to_field);
        let lower_side = parts(self.lower.table, rule, |condition| &condition.field);
        // A rule on a column that is not there, or without conditions, matches nothing; `validate` has said so.
        let (Some(upper_side), Some(lower_side)) = (upper_side, lower_side) else { return Ok(()) };
        let upper_keys = space.encode(&upper_side);
        let lower_keys = space.encode(&lower_side);
        let hits = self.hits(&upper_keys, space.limit(), matching);
        let upper_offset = matching.offsets[self.upper_place];
        let upper_roots = matching.root[upper_offset as usize..][..self.upper.records.len()].to_vec();
        let mut contenders: Option<Contenders<'_>> = None;
        for (record, found) in self.found(&lower_keys, &hits).into_iter().enumerate() {
            let record = record as u32;
            if record.is_multiple_of(4096) {
                task.check()?;
            }
            if found.best == NO_RECORD {
                continue;
            }
            let number = self.number as u16;
            let global = matching.offsets[self.place] + record;
            let decided = matching.parent[global as usize] == NO_RECORD;
            if decided {
                let chosen = matching.offsets[self.upper_place] + found.best;
                matching.parent[global as usize] = chosen;
                matching.rule[global as usize] = number;
                matching.root[global as usize] = matching.root[chosen as usize];
                matching.rule_matches[self.place][self.number] += 1;
            }
            if found.root == matching.root[global as usize] {
                continue;
            }
            let contenders = contenders.get_or_insert_with(|| {
                let record_of_row = &self.upper.records.record_of_row;
                Contenders::new(&upper_keys, space.limit(), record_of_row, &upper_roots, self.rank())
            });
            let rows = self.lower.records.rows().of(record).iter();
            let keys: Vec<u32> = rows.map(|&row| lower_keys[row as usize]).collect();
            let (others, other_count) = contenders.others(&keys, matching.root[global as usize]);
            let others = others.into_iter().map(|found| upper_offset + found).collect();
            let chosen = matching.parent[global as usize];
            matching.ambiguous.push(Ambiguous { record: global, rule: number, chosen, decided, others, other_count });
        }
        Ok(())
    }

    /// For each key what it finds.
    fn hits(&self, upper_keys: &[u32], keys: usize, matching: &Matching) -> Vec<Hits> {
        let mut hits = vec![NO_HITS; keys];
        for (row, &key) in upper_keys.iter().enumerate() {
            let record = self.upper.records.record_of_row[row];
            if key == NO_KEY || record == NO_RECORD {
                continue;
            }
            let root = matching.root[(matching.offsets[self.upper_place] + record) as usize];
            let hit = Hits { best: record, root };
            let slot = &mut hits[key as usize];
            *slot = self.both(*slot, hit);
        }
        hits
    }

    fn both(&self, a: Hits, b: Hits) -> Hits {
        if a.best == NO_RECORD {
            return b;
        }
        if b.best == NO_RECORD || a.best == b.best && a.root == b.root {
            return a;
        }
        let root = if a.root == b.root { a.root } else { SEVERAL };
        Hits { best: if self.larger_key(b.best, a.best) { b.best } else { a.best }, root }
    }

    /// Whether record `a` of the higher table has a larger primary key than `b`, alternates included.
    fn larger_key(&self, a: u32, b: u32) -> bool {
        let (a, b) = (self.largest[a as usize] as usize, self.largest[b as usize] as usize);
        self.upper.primary_key.compare(a, b).is_gt()
    }

    /// What the rows of each lower record, winner and alternates, find together: one pass over the rows.
    fn found(&self, lower_keys: &[u32], hits: &[Hits]) -> Vec<Hits> {
        let mut found = vec![NO_HITS; self.lower.records.len()];
        for (&key, &record) in lower_keys.iter().zip(&self.lower.records.record_of_row) {
            if key == NO_KEY || record == NO_RECORD {
                continue;
            }
            if let Some(&hit) = hits.get(key as usize).filter(|hit| hit.best != NO_RECORD) {
                let slot = &mut found[record as usize];
                *slot = self.both(*slot, hit);
            }
        }
        found
    }

    /// For each record of the higher table its place by primary key, the largest first.
    fn rank(&self) -> Vec<u32> {
        let mut records: Vec<u32> = (0..self.upper.records.len() as u32).collect();
        records.sort_unstable_by(|&a, &b| {
            let (row_a, row_b) = (self.largest[a as usize] as usize, self.largest[b as usize] as usize);
            self.upper.primary_key.compare(row_b, row_a).then(a.cmp(&b))
        });
        let mut rank = vec![0; records.len()];
        for (place, record) in records.into_iter().enumerate() {
            rank[record as usize] = place as u32;
        }
        rank
    }
}

fn parts<'a>(
    table: &'a Table,
    rule: &'a MatchRule,
    field: impl Fn(&'a Condition) -> &'a String,
) -> Option<Vec<KeyPart<'a>>> {
    let part = |condition: &'a Condition| {
        let normalizations: &[Normalization] = &condition.normalizations;
        table.column(field(condition)).map(|column| KeyPart { column, normalizations })
    };
    let parts: Option<Vec<KeyPart<'a>>> = rule.conditions.iter().map(part).collect();
    parts.filter(|parts| !parts.is_empty())
}
