//! What became of the customers between two runs: by the source keys that both hold, whatever the ids.

use std::sync::Arc;

use serde::Serialize;

use super::key_owners;
use crate::engine::activate::results::{self, StoredResults};
use crate::engine::column::Column;
use crate::engine::customer::customers::CUSTOMER_ID;
use crate::engine::customer::keyring;
use crate::engine::dictionary::Dictionary;
use crate::engine::error::EngineError;
use crate::engine::identity::partition::{self, Change, Comparison};
use crate::engine::pipeline::{Run, UnifiedTables};
use crate::engine::table::Table;

/// So many changed customers are listed.
const LISTED: usize = 100_000;
/// So many ids are named in a cell.
const NAMED: usize = 5;

/// Who holds which key in one run.
#[derive(Debug, Clone, Default)]
pub struct KeyedCustomers {
    /// Table and key as one text, and the customer's place in `ids`; keys of dropped records are absent.
    keys: Vec<(String, u32)>,
    ids: Vec<String>,
}

impl KeyedCustomers {
    /// Of a run; nothing before customers are made.
    pub fn of_run(run: &Run) -> Self {
        let Some(ids) = run.customers.as_ref().and_then(|customers| customers.table.column(CUSTOMER_ID)) else {
            return Self::default();
        };
        let unified = UnifiedTables::of(run);
        let (tables, names) = (unified.match_tables(), unified.names());
        let owners = key_owners(run, &tables).into_iter().filter_map(|owner| Some((owner, owner.customer?)));
        let key = |place: usize, row: u32| text(names[place], &tables[place].primary_key.text(row as usize));
        let keys = owners.map(|(owner, customer)| (key(owner.place, owner.row), customer)).collect();
        Self { keys, ids: (0..ids.len()).map(|row| ids.text(row).into_owned()).collect() }
    }

    /// Of results that an earlier run kept.
    pub fn of_results(stored: &StoredResults) -> Result<Self, EngineError> {
        let table = stored.table(results::ALTERNATE_KEYS)?;
        let column = |name: &str| table.column(name).map(Column::to_text).unwrap_or_default();
        let (ids, names, values) = (column(CUSTOMER_ID), column(keyring::TABLE_NAME), column(keyring::ALTERNATE_VALUE));
        let keys = (0..ids.codes.len()).map(|row| (text(names.get(row), values.get(row)), ids.codes[row]));
        Ok(Self { keys: keys.collect(), ids: ids.dictionary.iter().map(|(_, id)| id.to_owned()).collect() })
    }
}

/// A table's name holds no colon, so the text says both.
fn text(table: &str, key: &str) -> String {
    format!("{table}:{key}")
}

/// The differences between two runs.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    pub summary: Summary,
    /// One row a changed customer: Change (new, gone, merged, split, split and merged, gained or lost records),
    /// CustomerId, Before (the ids its keys had), Keys, and one of its keys as Example.
    pub table: Arc<Table>,
}

/// How many customers changed how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    pub customers_before: u64,
    pub customers_now: u64,
    /// Customers of now with exactly the keys of one before, or but for keys that only one run has.
    pub same: u64,
    /// Of those, with exactly the same keys.
    pub unchanged: u64,
    pub merged: u64,
    pub split: u64,
    pub split_and_merged: u64,
    /// Customers of now all of whose keys are new.
    pub new: u64,
    /// Customers of before none of whose keys is left.
    pub gone: u64,
    pub keys_gained: u64,
    pub keys_lost: u64,
}

/// Compares two runs.
pub fn compare(old: &KeyedCustomers, new: &KeyedCustomers) -> Changes {
    let mut numbers = Dictionary::default();
    let mut place = Vec::with_capacity(old.keys.len() + new.keys.len());
    numbers.intern_all(old.keys.iter().chain(&new.keys).map(|(key, _)| key.as_str()), &mut place);
    let by_key = |keys: &[(String, u32)], places: &[u32]| {
        let mut customers = vec![None; numbers.len()];
        for ((_, customer), &place) in keys.iter().zip(places) {
            customers[place as usize] = Some(*customer);
        }
        customers
    };
    let before = by_key(&old.keys, &place[..old.keys.len()]);
    let now = by_key(&new.keys, &place[old.keys.len()..]);
    let comparison = partition::compare(&before, &now);
    let counts = (comparison.old_counts, comparison.new_counts);
    let summary = Summary {
        customers_before: comparison.old.len() as u64,
        customers_now: comparison.new.len() as u64,
        same: counts.1.same,
        unchanged: counts.1.unchanged,
        merged: counts.1.merged,
        split: counts.1.split,
        split_and_merged: counts.1.split_and_merged,
        new: counts.1.alone,
        gone: counts.0.alone,
        keys_gained: comparison.records_gained,
        keys_lost: comparison.records_lost,
    };
    Changes { summary, table: Arc::new(listed(&comparison, old, new)) }
}

fn listed(comparison: &Comparison, old: &KeyedCustomers, new: &KeyedCustomers) -> Table {
    let (examples_before, examples_now) = (examples(old), examples(new));
    let mut rows: Vec<[String; 4]> = Vec::new();
    let mut keys: Vec<i64> = Vec::new();
    for customer in &comparison.new {
        let flows = comparison.of_new(customer.number);
        let what = match customer.change {
            Change::New => "new",
            Change::Merged => "merged",
            Change::Split => "split",
            Change::SplitAndMerged => "split and merged",
            Change::Same if customer.apart() > 0 => "gained records",
            _ => continue,
        };
        if rows.len() == LISTED {
            break;
        }
        let mut before: Vec<&str> = flows.iter().take(NAMED).map(|flow| old.ids[flow.old as usize].as_str()).collect();
        if flows.len() > NAMED {
            before.push("…");
        }
        let number = customer.number as usize;
        let example = examples_now.get(number).cloned().unwrap_or_default();
        rows.push([what.to_owned(), new.ids[number].clone(), before.join(", "), example]);
        keys.push(i64::from(customer.records));
    }
    for customer in &comparison.old {
        let what = match customer.change {
            Change::Gone => "gone",
            Change::Same if customer.apart() > 0 => "lost records",
            _ => continue,
        };
        if rows.len() == LISTED {
            break;
        }
        let number = customer.number as usize;
        let example = examples_before.get(number).cloned().unwrap_or_default();
        let now = comparison.of_old(customer.number).first();
        let now = now.map(|flow| new.ids[flow.new as usize].clone()).unwrap_or_default();
        rows.push([what.to_owned(), now, old.ids[number].clone(), example]);
        keys.push(i64::from(customer.records));
    }
    let column = |place: usize| Column::text_of(rows.iter().map(|row| row[place].as_str()));
    Table::new([
        ("Change", column(0)),
        ("CustomerId", column(1)),
        ("Before", column(2)),
        ("Keys", Column::Integer(keys)),
        ("Example", column(3)),
    ])
}

/// For each customer its first key.
fn examples(customers: &KeyedCustomers) -> Vec<String> {
    let mut examples = vec![String::new(); customers.ids.len()];
    for (key, customer) in &customers.keys {
        let example = &mut examples[*customer as usize];
        if example.is_empty() {
            example.clone_from(key);
        }
    }
    examples
}

#[cfg(test)]
mod tests {
    use super::*;

    fn customers(groups: &[&[&str]]) -> KeyedCustomers {
        let keys = groups.iter().enumerate();
        let keys = keys.flat_map(|(customer, keys)| keys.iter().map(move |key| (text("T", key), customer as u32)));
        KeyedCustomers { keys: keys.collect(), ids: (0..groups.len()).map(|number| format!("c{number}")).collect() }
    }

    #[test]
    fn a_customer_is_told_by_its_keys() {
        let before = customers(&[&["a", "b"], &["c"], &["d", "e"], &["f"]]);
        let now = customers(&[&["d"], &["a", "b", "c"], &["e"], &["g"]]);
        let changes = compare(&before, &now);
        let expected = Summary {
            customers_before: 4,
            customers_now: 4,
            merged: 1,
            split: 2,
            new: 1,
            gone: 1,
            keys_gained: 1,
            keys_lost: 1,
            ..Summary::default()
        };
        assert_eq!(changes.summary, expected);
        let texts = |name: &str| {
            let column = changes.table.column(name).unwrap();
            (0..column.len()).map(|row| column.text(row).into_owned()).collect::<Vec<_>>()
        };
        assert_eq!(texts("Change"), ["split", "merged", "split", "new", "gone"]);
        assert_eq!(texts("Before"), ["c2", "c0, c1", "c2", "", "c3"]);
        assert_eq!(texts("Example"), ["T:d", "T:a", "T:e", "T:g", "T:f"]);
    }
}
