//! Deduplication within one table: rows into records (semantics 1.3).
//!
//! Every rule is tried on every row and groups that share a row are one. The row to keep, the *winner*, speaks for
//! the record; the others are *alternates*: still compared when matching, their keys still in the keyring.

use std::cmp::Ordering;

use super::key::{KeyPart, KeySpace, NO_KEY};
use super::union_find::UnionFind;
use crate::engine::column::{Column, NO_ROW};
use crate::engine::groups::Groups;
use crate::engine::table::Table;
use crate::project::{DeduplicationRule, RecordToKeep};
use crate::task::{Cancelled, Task};

/// What a record number is where a row has none: its primary key is blank.
pub const NO_RECORD: u32 = u32::MAX;

/// What deduplication of one table reads.
pub struct DedupInput<'a> {
    pub table: &'a Table,
    pub primary_key: &'a Column,
    /// Columns that count for most filled.
    pub selected: Vec<&'a Column>,
    /// All custom rules, inactive ones too: a table whose rules are all inactive has no automatic deduplication
    /// on rule columns either.
    pub rules: &'a [DeduplicationRule],
    pub record_to_keep: &'a RecordToKeep,
    /// The columns of all active match rules that the table takes part in, for automatic deduplication.
    pub match_columns: Vec<&'a Column>,
}

/// Why a row was joined to an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinedBy {
    /// The rule with this place in the table's list.
    Rule(u16),
    /// Automatic: the same primary key.
    PrimaryKey,
    /// Automatic: equal in all columns that the table's match rules use.
    MatchColumns,
}

/// The records of one table.
#[derive(Debug, Clone)]
pub struct Records {
    /// For each row its record, or [`NO_RECORD`]. Records are numbered by their first row.
    pub record_of_row: Vec<u32>,
    /// For each record its rows, ascending.
    pub rows: Groups,
    /// For each record the row that speaks for it.
    pub winners: Vec<u32>,
    /// For each row why it is not a record of its own, where it is not.
    pub joined_by: Vec<Option<JoinedBy>>,
    /// For each rule the rows that it alone would join to another.
    pub rule_duplicates: Vec<u64>,
}

impl Records {
    pub fn len(&self) -> usize {
        self.winners.len()
    }

    pub fn is_empty(&self) -> bool {
        self.winners.is_empty()
    }

    /// Rows with a primary key: "source records".
    pub fn source_rows(&self) -> u64 {
        self.rows.items.len() as u64
    }

    /// The row with the largest primary key of a record, alternates included.
    pub fn largest_key_row(&self, record: u32, primary_key: &Column) -> u32 {
        let rows = self.rows.of(record);
        rows.iter()
            .copied()
            .reduce(|best, row| if primary_key.compare(best as usize, row as usize).is_lt() { row } else { best })
            .unwrap_or(NO_ROW)
    }
}

/// Joins the rows of a table into records.
pub fn deduplicate(input: &DedupInput<'_>, task: &Task) -> Result<Records, Cancelled> {
    let mut joins = Joins::new(input);
    let mut rule_duplicates = vec![0; input.rules.len()];
    let primary = input.primary_key.to_text();
    let mut joined_by_key = false;
    for (i, rule) in input.rules.iter().enumerate() {
        task.check()?;
        if rule.active {
            let (keys, len) = rule_keys(input.table, rule);
            rule_duplicates[i] = joins.apply(&keys, len, JoinedBy::Rule(i as u16));
            joined_by_key |= keys == primary.codes;
        }
    }
    if input.rules.is_empty() && !input.match_columns.is_empty() {
        let parts: Vec<KeyPart<'_>> =
            input.match_columns.iter().map(|column| KeyPart { column, normalizations: &[] }).collect();
        let mut space = KeySpace::new(parts.len());
        let keys = space.encode(&parts);
        joins.apply(&keys, space.limit(), JoinedBy::MatchColumns);
    }
    task.check()?;
    // A rule that compares nothing but the primary key, usual for a table of events, has done that already.
    if !joined_by_key {
        joins.apply(&primary.codes, primary.dictionary.len(), JoinedBy::PrimaryKey);
    }
    drop(primary);
    task.check()?;
    Ok(records(input, joins, rule_duplicates))
}

struct Joins {
    sets: UnionFind,
    /// Whether custom rules joined any rows.
    has_custom: bool,
    mixed: Option<Mixed>,
    joined_by: Vec<Option<JoinedBy>>,
    has_key: Vec<bool>,
}

/// Where automatic deduplication went on to join what custom rules had made.
struct Mixed {
    /// The sets that custom rules alone made.
    custom: UnionFind,
    /// Rows that automatic deduplication joined to an earlier one.
    rows: Vec<u32>,
}

impl Joins {
    fn new(input: &DedupInput<'_>) -> Self {
        let rows = input.table.rows;
        let has_key = has_key(input.primary_key);
        Self { sets: UnionFind::new(rows), has_custom: false, mixed: None, joined_by: vec![None; rows], has_key }
    }

    /// Unites rows of equal key, all below `len`; returns how many rows have an equal before them.
    fn apply(&mut self, keys: &[u32], len: usize, reason: JoinedBy) -> u64 {
        let mut first = vec![NO_ROW; len];
        let mut duplicates = 0;
        for (row, &key) in keys.iter().enumerate() {
            if key == NO_KEY || !self.has_key[row] {
                continue;
            }
            let first = &mut first[key as usize];
            if *first == NO_ROW {
                *first = row as u32;
            } else {
                duplicates += 1;
                self.join(*first, row as u32, reason);
            }
        }
        duplicates
    }

    #[inline]
    fn join(&mut self, first: u32, row: u32, reason: JoinedBy) {
        let by_rule = matches!(reason, JoinedBy::Rule(_));
        if self.has_custom && !by_rule && self.sets.find(first) != self.sets.find(row) {
            let mixed = self.mixed.get_or_insert_with(|| Mixed { custom: self.sets.clone(), rows: Vec::new() });
            mixed.rows.push(row);
        }
        if self.sets.union(first, row) {
            self.has_custom |= by_rule;
            self.joined_by[row as usize].get_or_insert(reason);
        }
    }
}

fn has_key(primary_key: &Column) -> Vec<bool> {
    (0..primary_key.len()).map(|row| !primary_key.is_blank(row)).collect()
}

/// A key a row, and one more than the largest.
fn rule_keys(table: &Table, rule: &DeduplicationRule) -> (Vec<u32>, usize) {
    let parts: Vec<KeyPart<'_>> = rule
        .conditions
        .iter()
        .filter_map(|condition| {
            let column = table.column(&condition.field)?;
            Some(KeyPart { column, normalizations: &condition.normalizations })
        })
        .collect();
    // A rule on a column that is not there, or without conditions, joins nothing; `validate` has said so.
    if parts.len() != rule.conditions.len() || parts.is_empty() {
        return (Vec::new(), 1);
    }
    let mut space = KeySpace::new(parts.len());
    let keys = space.encode(&parts);
    (keys, space.limit())
}

fn records(input: &DedupInput<'_>, mut joins: Joins, rule_duplicates: Vec<u64>) -> Records {
    let rows = input.table.rows;
    let mut record_of_row = vec![NO_RECORD; rows];
    let mut count = 0;
    for row in 0..rows as u32 {
        if !joins.has_key[row as usize] {
            continue;
        }
        // The root is the smallest row of its set, so it has its number before any other row of the set asks.
        let root = joins.sets.find(row);
        if root == row {
            record_of_row[row as usize] = count;
            count += 1;
        } else {
            record_of_row[row as usize] = record_of_row[root as usize];
        }
    }
    let Joins { sets, has_custom, mixed, joined_by, has_key } = joins;
    drop((sets, has_key));
    let rows = Groups::by_number(&record_of_row, count as usize);
    let winners = if has_custom {
        let preference = Preference::new(input);
        let mut winners = best_rows(&record_of_row, count as usize, &preference);
        if let Some(mixed) = mixed {
            mixed.settle(&record_of_row, &rows, &preference, &mut winners);
        }
        winners
    } else {
        (0..count).map(|record| rows.of(record).first().copied().unwrap_or(NO_ROW)).collect()
    };
    Records { record_of_row, rows, winners, joined_by, rule_duplicates }
}

impl Mixed {
    /// Corrects the winners of the records that automatic deduplication had a part in.
    fn settle(mut self, record_of_row: &[u32], rows: &Groups, preference: &Preference<'_>, winners: &mut [u32]) {
        let mut records: Vec<u32> = self.rows.iter().map(|&row| record_of_row[row as usize]).collect();
        records.sort_unstable();
        records.dedup();
        for record in records {
            winners[record as usize] = winner_of_sets(rows.of(record), &mut self.custom, preference);
        }
    }
}

/// The best row of each record, all in one pass over the rows as they lie in memory.
fn best_rows(record_of_row: &[u32], count: usize, preference: &Preference<'_>) -> Vec<u32> {
    let mut winners = vec![NO_ROW; count];
    for (row, &record) in record_of_row.iter().enumerate() {
        if record != NO_RECORD {
            let best = &mut winners[record as usize];
            *best = if *best == NO_ROW { row as u32 } else { preference.better(*best, row as u32) };
        }
    }
    winners
}

/// The winner of a group of several custom sets. One that holds exactly one custom winner, the
/// winner of two or more rows joined by custom rules, is won by it; any other by its first row.
fn winner_of_sets(rows: &[u32], custom: &mut UnionFind, preference: &Preference<'_>) -> u32 {
    let first = rows.first().copied().unwrap_or(NO_ROW);
    let mut by_root: Vec<(u32, u32)> = rows.iter().map(|&row| (custom.find(row), row)).collect();
    by_root.sort_unstable();
    let mut winners = by_root
        .chunk_by(|a, b| a.0 == b.0)
        .filter(|set| set.len() > 1)
        .map(|set| set.iter().map(|&(_, row)| row).reduce(|best, row| preference.better(best, row)).unwrap_or(first));
    match (winners.next(), winners.next()) {
        (Some(only), None) => only,
        _ => first,
    }
}

/// The record to keep, with its tie-breaks: the larger primary key, then the first row.
struct Preference<'a> {
    primary_key: &'a Column,
    policy: Policy<'a>,
}

enum Policy<'a> {
    /// For each row how many of its selected columns are filled.
    Filled(Vec<u16>),
    Recent(&'a Column),
    Old(&'a Column),
}

impl<'a> Preference<'a> {
    fn new(input: &DedupInput<'a>) -> Self {
        let by_field = |field: &str| input.table.column(field);
        let policy = match input.record_to_keep {
            RecordToKeep::MostRecent { field } => by_field(field).map(Policy::Recent),
            RecordToKeep::LeastRecent { field } => by_field(field).map(Policy::Old),
            RecordToKeep::MostFilled => None,
        };
        Self {
            primary_key: input.primary_key,
            policy: policy.unwrap_or_else(|| Policy::Filled(filled(&input.selected, input.table.rows))),
        }
    }

    /// The better of two rows, `a` standing before `b` in the file.
    fn better(&self, a: u32, b: u32) -> u32 {
        let order = match &self.policy {
            Policy::Filled(counts) => counts[a as usize].cmp(&counts[b as usize]),
            Policy::Recent(column) => by_value(column, a, b, Ordering::is_gt),
            Policy::Old(column) => by_value(column, a, b, Ordering::is_lt),
        };
        let order = order.then_with(|| self.primary_key.compare(a as usize, b as usize));
        if order.is_lt() { b } else { a }
    }
}

fn filled(columns: &[&Column], rows: usize) -> Vec<u16> {
    let mut counts = vec![0; rows];
    for column in columns {
        for (row, count) in counts.iter_mut().enumerate() {
            *count += u16::from(!column.is_blank(row));
        }
    }
    counts
}

/// `Greater` where row `a` has the better value; a blank loses whichever way values are ranked.
fn by_value(column: &Column, a: u32, b: u32, a_wins: impl Fn(Ordering) -> bool) -> Ordering {
    let (a, b) = (a as usize, b as usize);
    match (column.is_blank(a), column.is_blank(b)) {
        (true, true) => Ordering::Equal,
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        (false, false) => match column.compare(a, b) {
            Ordering::Equal => Ordering::Equal,
            order if a_wins(order) => Ordering::Greater,
            _ => Ordering::Less,
        },
    }
}
