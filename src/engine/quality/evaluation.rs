//! A run against the truth: a column that says who a row really is, or pairs that a person labelled.

use serde::Serialize;

use super::key_owners;
use crate::engine::column::Column;
use crate::engine::dictionary::{BLANK, Dictionary};
use crate::engine::identity::evaluate::{self, NONE, PairQuality, Quality};
use crate::engine::pipeline::{Run, UnifiedTables};
use crate::engine::table::Table;
use crate::project::{Answer, RecordKey};

/// A column whose equal values are one person, across tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TruthColumn {
    /// The source table's id.
    pub table: String,
    pub column: String,
}

/// How good a run is.
#[derive(Debug, Clone, Serialize)]
pub struct Evaluation {
    /// Pairs and clusters of primary keys against the truth columns; `None` without any.
    pub clusters: Option<Quality>,
    /// Against the project's labelled pairs, those of which both records are there; `None` without any.
    pub labelled: Option<PairQuality>,
    pub false_positives: u64,
    pub false_negatives: u64,
    /// One row a wrong pair: Kind (false positive, false negative), Table, Key, OtherTable, OtherKey, and what the
    /// truth says of both. The first of each kind.
    #[serde(skip)]
    pub wrong: Table,
}

/// Measures a run. Records without a true value, or in a table without a truth column, are left out. At most `listed`
/// wrong pairs of each kind are listed.
pub fn evaluate(run: &Run, truth: &[TruthColumn], listed: usize) -> Evaluation {
    let unified = UnifiedTables::of(run);
    let (tables, names) = (unified.match_tables(), unified.names());
    let owners = key_owners(run, &tables);
    let mut values = Dictionary::default();
    let of_table: Vec<Option<Vec<u32>>> = tables
        .iter()
        .map(|table| {
            let column = truth.iter().find(|truth| truth.table == table.id)?;
            let text = table.table.column(&column.column)?.to_text();
            let codes: Vec<u32> = text.dictionary.iter().map(|(_, value)| values.intern(value.trim())).collect();
            Some(text.codes.iter().map(|&code| codes[code as usize]).collect())
        })
        .collect();
    let true_value = |place: usize, row: u32| of_table[place].as_ref().map_or(BLANK, |codes| codes[row as usize]);
    let truths: Vec<u32> = owners.iter().map(|owner| true_value(owner.place, owner.row)).collect();
    let truths: Vec<u32> = truths.into_iter().map(|code| if code == BLANK { NONE } else { code }).collect();
    let clusters: Vec<u32> = owners.iter().map(|owner| owner.customer.unwrap_or(NONE)).collect();
    let has_truth = truths.iter().any(|&truth| truth != NONE);
    let pairs = has_truth.then(|| evaluate::wrong_pairs(&clusters, &truths, listed));
    let mut rows: Vec<[String; 7]> = Vec::new();
    let mut list = |kind: &str, pairs: &[(u32, u32)]| {
        for &(a, b) in pairs {
            let side = |item: u32| {
                let owner = &owners[item as usize];
                let key = tables[owner.place].primary_key.text(owner.row as usize).into_owned();
                (names[owner.place].to_owned(), key, values.get(true_value(owner.place, owner.row)).to_owned())
            };
            let ((table, key, truth), (other_table, other_key, other_truth)) = (side(a), side(b));
            rows.push([kind.to_owned(), table, key, other_table, other_key, truth, other_truth]);
        }
    };
    if let Some(pairs) = &pairs {
        list("false positive", &pairs.false_positives);
        list("false negative", &pairs.false_negatives);
    }
    Evaluation {
        clusters: has_truth.then(|| evaluate::of_clusters(&clusters, &truths)),
        labelled: labelled(run),
        false_positives: pairs.as_ref().map_or(0, |pairs| pairs.false_positive_count),
        false_negatives: pairs.as_ref().map_or(0, |pairs| pairs.false_negative_count),
        wrong: table(["Kind", "Table", "Key", "OtherTable", "OtherKey", "Truth", "OtherTruth"], &rows),
    }
}

fn table<const N: usize>(names: [&str; N], rows: &[[String; N]]) -> Table {
    let column = |place: usize| Column::text_of(rows.iter().map(|row| row[place].as_str()));
    Table::new(names.into_iter().enumerate().map(|(place, name)| (name, column(place))))
}

/// Whether the run has joined what a person said is the same, and kept apart what is not.
fn labelled(run: &Run) -> Option<PairQuality> {
    let owner = owners_of(run, run.project.labelled_pairs.iter().flat_map(|pair| [&pair.a, &pair.b]));
    let pairs = run.project.labelled_pairs.iter().zip(owner.chunks(2));
    let answered = pairs.filter_map(|(pair, owners)| {
        let is_same = match pair.answer {
            Answer::Same => true,
            Answer::Different => false,
            Answer::Unsure => return None,
        };
        let (a, b) = (owners[0]?, owners[1]?);
        Some((a == b, is_same))
    });
    let answered: Vec<(bool, bool)> = answered.collect();
    (!answered.is_empty()).then(|| evaluate::of_pairs(answered))
}

/// For each record its cluster, by the root; `None` where there is no such key.
pub fn owners_of<'a>(run: &Run, records: impl Iterator<Item = &'a RecordKey>) -> Vec<Option<u32>> {
    use crate::engine::identity::constraints::rows_of_keys;
    use crate::engine::identity::dedup::NO_RECORD;
    let records: Vec<&RecordKey> = records.collect();
    let mut owners = vec![None; records.len()];
    let Some(matched) = &run.matched else { return owners };
    let unified = UnifiedTables::of(run);
    for (place, table) in unified.match_tables().iter().enumerate() {
        let own: Vec<usize> = (0..records.len()).filter(|&i| records[i].table == table.id).collect();
        let keys: Vec<&str> = own.iter().map(|&i| records[i].key.as_str()).collect();
        if keys.is_empty() {
            continue;
        }
        for (&i, row) in own.iter().zip(rows_of_keys(table.primary_key, &keys)) {
            let record = row.map(|row| table.records.record_of_row[row as usize]);
            let record = record.filter(|&record| record != NO_RECORD);
            owners[i] = record.map(|record| matched.matching.root[(matched.matching.offsets[place] + record) as usize]);
        }
    }
    owners
}
