//! What became of the customers since the run before, by their ids.

use super::assign::Assigned;
use super::customers::Customers;
use super::id_map::{IdMap, NO_ID};

/// What a run makes of the customers of the one before; nothing where there was none. Customers are named by their row,
/// those of before by their ids; all ascend by row, or by when the id was given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IdChanges {
    /// Customers none of whose keys any customer had.
    pub new: Vec<u32>,
    /// Ids of customers none of whose keys is there now.
    pub gone: Vec<String>,
    /// Customers that took in others: each with their ids.
    pub merged: Vec<(u32, Vec<String>)>,
    /// Customers with keys that another one had which lives on: each with the ids of those.
    pub split: Vec<(u32, Vec<String>)>,
    /// Customers that are known and were unknown, or took in one that was.
    pub became_known: Vec<u32>,
    /// Customers that were there, with other values in their unified fields.
    pub fields_changed: Vec<u32>,
}

/// How many customers changed how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct ChangeCounts {
    pub new: u64,
    pub gone: u64,
    pub merged: u64,
    pub split: u64,
    pub became_known: u64,
    pub fields_changed: u64,
}

impl ChangeCounts {
    /// Such as `1 merged, 0 split, 0 gone, 2 new, 1 became known, 3 with changed fields`.
    pub fn sentence(&self) -> String {
        let Self { new, gone, merged, split, became_known, fields_changed } = self;
        format!(
            "{merged} merged, {split} split, {gone} gone, {new} new, {became_known} became known, \
             {fields_changed} with changed fields"
        )
    }
}

impl IdChanges {
    /// The changes from what a map says to a run that read it.
    pub fn of(map: &IdMap, assigned: &Assigned, customers: &Customers) -> Self {
        let mut changes = Self::default();
        if map.is_empty() {
            return changes;
        }
        let ids = |codes: &[(u32, u32)]| codes.iter().map(|&(_, id)| map.id(id).to_owned()).collect();
        let living =
            |list: &[(u32, u32)]| list.iter().copied().filter(|&(_, id)| map.is_living(id)).collect::<Vec<_>>();
        let (absorbed, left) = (living(&assigned.absorbed), living(&assigned.left));
        // An id made of values that takes the place of the customer's own is no merge.
        let is_other = |&(customer, id): &(u32, u32)| assigned.kept[customer as usize] != id;
        let others: Vec<(u32, u32)> = absorbed.iter().copied().filter(is_other).collect();
        changes.merged = others.chunk_by(|a, b| a.0 == b.0).map(|of| (of[0].0, ids(of))).collect();
        // Who has keys of another one that lives on took a part of it, whether it had an id before or not.
        let mut parts = [left.clone(), living(&assigned.moved)].concat();
        parts.sort_by_key(|&(customer, _)| customer);
        changes.split = parts.chunk_by(|a, b| a.0 == b.0).map(|of| (of[0].0, ids(of))).collect();
        let mut is_there = vec![false; map.len()];
        let mut was_unknown = vec![false; assigned.kept.len()];
        for &(customer, id) in &absorbed {
            is_there[id as usize] = true;
            was_unknown[customer as usize] |= !map.was_known(id);
        }
        let (known, digests) = (customers.is_known(), customers.digests());
        for (row, &kept) in assigned.kept.iter().enumerate() {
            let customer = row as u32;
            if kept == NO_ID || !map.is_living(kept) {
                let comes_from = |list: &[(u32, u32)]| list.binary_search_by_key(&customer, |&(of, _)| of).is_ok();
                if !comes_from(&left) && !comes_from(&absorbed) {
                    changes.new.push(customer);
                }
            } else {
                is_there[kept as usize] = true;
                was_unknown[row] |= !map.was_known(kept);
                if map.digest(kept).is_some_and(|before| before != digests[row]) {
                    changes.fields_changed.push(customer);
                }
            }
            if known[row] && was_unknown[row] {
                changes.became_known.push(customer);
            }
        }
        // An id made of values may have gone to another customer.
        for id in assigned.ids.dictionary.iter().filter_map(|(_, id)| map.code(id)) {
            is_there[id as usize] = true;
        }
        changes.gone = map.living().filter(|&id| !is_there[id as usize]).map(|id| map.id(id).to_owned()).collect();
        changes
    }

    pub fn counts(&self) -> ChangeCounts {
        ChangeCounts {
            new: self.new.len() as u64,
            gone: self.gone.len() as u64,
            merged: self.merged.len() as u64,
            split: self.split.len() as u64,
            became_known: self.became_known.len() as u64,
            fields_changed: self.fields_changed.len() as u64,
        }
    }

    /// Whether somebody who had an id may look for it in vain, or find another person under it.
    pub fn moves_ids(&self) -> bool {
        !(self.gone.is_empty() && self.merged.is_empty() && self.split.is_empty())
    }
}
