//! Which row speaks for a record, and where its columns take their values from (semantics 1.3, record to keep).

use std::cmp::Ordering;

use super::{DedupInput, NO_RECORD, Records};
use crate::engine::column::{Column, NO_ROW};
use crate::engine::identity::union_find::UnionFind;
use crate::project::{RecordToKeep, ValueToKeep};

/// The best row of each record, `better` choosing between two, all in one pass over the rows as they lie in memory.
pub fn best_rows(record_of_row: &[u32], count: usize, better: impl Fn(u32, u32) -> u32) -> Vec<u32> {
    let mut winners = vec![NO_ROW; count];
    for (row, &record) in record_of_row.iter().enumerate() {
        if record != NO_RECORD {
            let best = &mut winners[record as usize];
            *best = if *best == NO_ROW { row as u32 } else { better(*best, row as u32) };
        }
    }
    winners
}

/// The winner of a group of several custom sets. One that holds exactly one custom winner, the
/// winner of two or more rows joined by custom rules, is won by it; any other by its first row.
pub fn winner_of_sets(rows: &[u32], custom: &mut UnionFind, preference: &Preference<'_>) -> u32 {
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

/// Where the columns with a value to keep of their own take it from: by record the best row in which the column is
/// filled; the winner where it is blank in all.
pub fn value_rows(input: &DedupInput<'_>, records: &Records) -> Vec<(String, Vec<u32>)> {
    let of_column = |value: &ValueToKeep| {
        let column = input.side.table.column(&value.column)?;
        let preference = Preference::new(input, &value.keep);
        let mut rows = best_rows(&records.record_of_row, records.len(), |best, row| {
            match (column.is_blank(best as usize), column.is_blank(row as usize)) {
                (false, true) => best,
                (true, false) => row,
                _ => preference.better(best, row),
            }
        });
        for (row, &winner) in rows.iter_mut().zip(&records.winners) {
            if column.is_blank(*row as usize) {
                *row = winner;
            }
        }
        Some((value.column.clone(), rows))
    };
    input.values_to_keep.iter().filter_map(of_column).collect()
}

/// The record to keep, with its tie-breaks: the larger primary key, then the first row.
pub struct Preference<'a> {
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
    pub fn new(input: &DedupInput<'a>, keep: &RecordToKeep) -> Self {
        let by_field = |field: &str| input.side.table.column(field);
        let policy = match keep {
            RecordToKeep::MostRecent { field } => by_field(field).map(Policy::Recent),
            RecordToKeep::LeastRecent { field } => by_field(field).map(Policy::Old),
            RecordToKeep::MostFilled => None,
        };
        Self {
            primary_key: input.primary_key,
            policy: policy.unwrap_or_else(|| Policy::Filled(filled(&input.selected, input.side.table.rows))),
        }
    }

    /// The better of two rows, `a` standing before `b` in the file.
    pub fn better(&self, a: u32, b: u32) -> u32 {
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
