//! Pairs decided by hand and guards, from the project's keys and columns to rows and records.

use serde::Serialize;

use crate::engine::column::Column;
use crate::engine::dictionary::Dictionary;
use crate::engine::identity::coding::Side;
use crate::engine::identity::constraints::{self, Constraints};
use crate::engine::identity::dedup::NO_RECORD;
use crate::engine::identity::matching::MatchTable;
use crate::project::{PairOverride, Project, RecordKey};

/// Everything that stage keys depend on here, for deduplication and matching.
pub fn settings(project: &Project) -> impl Serialize {
    let pairs = |pairs: &[PairOverride]| pairs.iter().map(|pair| (pair.a.clone(), pair.b.clone())).collect::<Vec<_>>();
    let overrides = &project.overrides;
    (pairs(&overrides.always_match), pairs(&overrides.never_match), &project.guards, value_settings(project))
}

/// What decides how values compare beside the conditions themselves.
pub fn value_settings(project: &Project) -> impl Serialize {
    let aliases: Vec<_> = project.alias_lists.iter().map(|list| (&list.id, &list.aliases)).collect();
    let bypass: Vec<_> = project.bypass_lists.iter().map(|list| (&list.id, &list.values)).collect();
    let blocked: Vec<_> = project.guards.identifiers.iter().map(|guard| (&guard.members, &guard.blocked)).collect();
    (aliases, bypass, blocked)
}

/// Pairs that always match, with their places in the project's list, and what must not come together.
pub struct ByHand {
    pub always: Vec<Located>,
    pub constraints: Constraints,
}

/// Two rows or records decided by hand, with the pair's place in the project's list.
pub type Located = (u32, u32, u32);

/// The pairs of a list inside one table, by rows.
pub fn pairs_of_rows(pairs: &[PairOverride], table: &str, primary_key: &Column) -> Vec<Located> {
    let inside = |pair: &PairOverride| pair.a.table == table && pair.b.table == table;
    located(pairs, inside, |keys| {
        let texts: Vec<&str> = keys.iter().map(|key| key.key.as_str()).collect();
        constraints::rows_of_keys(primary_key, &texts)
    })
}

/// Over the rows of one table.
pub fn of_rows(project: &Project, side: Side<'_>, primary_key: &Column) -> ByHand {
    let pairs = |pairs: &[PairOverride]| pairs_of_rows(pairs, side.id, primary_key);
    let always = pairs(&project.overrides.always_match);
    let mut constraints = Constraints::new(pairs(&project.overrides.never_match));
    let rows = side.table.rows;
    if let Some(max_records) = project.guards.max_records {
        constraints.limit_records(max_records, key_counts(primary_key));
    }
    for (place, guard) in project.guards.identifiers.iter().enumerate() {
        if let Some(max_values) = guard.max_values {
            let values =
                constraints::identifier_values(project, guard, side.id, side.table, &mut Dictionary::default());
            if !values.is_empty() {
                constraints.limit_values(place, max_values, &values, rows);
            }
        }
    }
    ByHand { always, constraints }
}

/// For each table the number of its first record, all numbered through, and how many there are.
fn offsets(tables: &[MatchTable<'_>]) -> Vec<u32> {
    let mut offsets = vec![0_u32];
    for table in tables {
        offsets.push(offsets.last().copied().unwrap_or_default() + table.records.len() as u32);
    }
    offsets
}

fn record_of(tables: &[MatchTable<'_>], offsets: &[u32], place: usize, row: u32) -> Option<u32> {
    let record = tables[place].records.record_of_row[row as usize];
    (record != NO_RECORD).then(|| offsets[place] + record)
}

/// The wanted pairs of a list, by records numbered through.
pub fn pairs_of_records(
    pairs: &[PairOverride],
    tables: &[MatchTable<'_>],
    wanted: impl Fn(&PairOverride) -> bool,
) -> Vec<Located> {
    let offsets = offsets(tables);
    let find = |keys: &[&RecordKey]| {
        let mut found = vec![None; keys.len()];
        for (place, table) in tables.iter().enumerate() {
            let own: Vec<usize> = (0..keys.len()).filter(|&i| keys[i].table == table.id).collect();
            if own.is_empty() {
                continue;
            }
            let texts: Vec<&str> = own.iter().map(|&i| keys[i].key.as_str()).collect();
            for (&i, row) in own.iter().zip(constraints::rows_of_keys(table.primary_key, &texts)) {
                found[i] = row.and_then(|row| record_of(tables, &offsets, place, row));
            }
        }
        found
    };
    located(pairs, wanted, find)
}

/// The pairs that always match across tables. Those of one table were seen to when its rows became records.
pub fn always_across(project: &Project, tables: &[MatchTable<'_>]) -> Vec<Located> {
    pairs_of_records(&project.overrides.always_match, tables, |pair| pair.a.table != pair.b.table)
}

/// Over the records of all tables, numbered through.
pub fn of_records(project: &Project, tables: &[MatchTable<'_>]) -> ByHand {
    let offsets = offsets(tables);
    let total = offsets.last().copied().unwrap_or_default() as usize;
    let record = |place: usize, row: u32| record_of(tables, &offsets, place, row);
    let always = always_across(project, tables);
    let never = pairs_of_records(&project.overrides.never_match, tables, |_| true);
    let mut constraints = Constraints::new(never.into_iter().filter(|(a, b, _)| a != b).collect());
    if let Some(max_records) = project.guards.max_records {
        let mut keys = vec![0; total];
        for (place, table) in tables.iter().enumerate() {
            for (row, count) in key_counts(table.primary_key).into_iter().enumerate() {
                if let Some(record) = record(place, row as u32) {
                    keys[record as usize] += count;
                }
            }
        }
        constraints.limit_records(max_records, keys);
    }
    for (number, guard) in project.guards.identifiers.iter().enumerate() {
        let Some(max_values) = guard.max_values else { continue };
        let (mut dictionary, mut values) = (Dictionary::default(), Vec::new());
        for (place, table) in tables.iter().enumerate() {
            let pairs = constraints::identifier_values(project, guard, table.id, table.table, &mut dictionary);
            values.extend(pairs.into_iter().filter_map(|(row, value)| Some((record(place, row)?, value))));
        }
        values.sort_unstable();
        values.dedup();
        constraints.limit_values(number, max_values, &values, total);
    }
    ByHand { always, constraints }
}

/// The pairs among those wanted whose records are there, with their places in the list.
fn located(
    pairs: &[PairOverride],
    wanted: impl Fn(&PairOverride) -> bool,
    find: impl Fn(&[&RecordKey]) -> Vec<Option<u32>>,
) -> Vec<Located> {
    let pairs: Vec<(usize, &PairOverride)> = pairs.iter().enumerate().filter(|(_, pair)| wanted(pair)).collect();
    if pairs.is_empty() {
        return Vec::new();
    }
    let keys: Vec<&RecordKey> = pairs.iter().flat_map(|(_, pair)| [&pair.a, &pair.b]).collect();
    let found = find(&keys);
    let both =
        |((place, _), found): (&(usize, &PairOverride), &[Option<u32>])| Some((found[0]?, found[1]?, *place as u32));
    pairs.iter().zip(found.chunks(2)).filter_map(both).collect()
}

/// For each row 1 where it is the first of its primary key, else 0.
fn key_counts(primary_key: &Column) -> Vec<u32> {
    let text = primary_key.to_text();
    let mut seen = vec![false; text.dictionary.len()];
    let first = |&code: &u32| u32::from(code != 0 && !std::mem::replace(&mut seen[code as usize], true));
    text.codes.iter().map(first).collect()
}
