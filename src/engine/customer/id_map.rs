//! What earlier runs left behind: which CustomerId each source key had, and what became of each id (semantics 1.6).

use std::sync::Arc;

use crate::engine::pipeline::Run;
use crate::engine::table::Table;

/// Keys and ids of all runs so far. A run reads it, and makes the next one; without any, ids are made from keys alone.
#[derive(Debug, Clone, Default)]
pub struct IdMap {
    /// How many runs it remembers.
    pub runs: u32,
    /// A hash of all it says: maps of equal stamps give equal ids.
    pub stamp: String,
}

impl IdMap {
    /// The map after a run that read this one. The same run again changes nothing but the number of runs.
    pub fn after(self: &Arc<Self>, _run: &Run) -> Self {
        (**self).clone()
    }

    /// The map as tables: `ids`, one row an id ever given, and `keys`, one row a source key ever seen.
    pub fn tables(&self) -> [(&'static str, Table); 2] {
        [("ids", Table::default()), ("keys", Table::default())]
    }

    /// The map that was written as these tables; `None` where they do not hold one.
    pub fn from_tables(runs: u32, stamp: String, _ids: &Table, _keys: &Table) -> Option<Self> {
        Some(Self { runs, stamp })
    }

    /// What can be had back of a lost map from the last results.
    pub fn from_results(_customers: &Table, _alternate_keys: &Table) -> Option<Self> {
        None
    }

    /// Each id of an earlier run that leads to a living customer of another id, with that one. Ascending.
    pub fn leads(&self) -> Vec<(String, String)> {
        Vec::new()
    }

    /// The id that an id of an earlier run leads to now: itself while it lives.
    pub fn leads_to(&self, _id: &str) -> Option<&str> {
        None
    }
}

/// What became of the customers since the run before, by the ids of this run (and, of those gone, of that one).
/// Ascending; nothing of a first run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IdChanges {
    /// Customers (by their row) none of whose keys was there before.
    pub new: Vec<u32>,
    /// Ids none of whose keys is there now.
    pub gone: Vec<String>,
    /// Customers that took in others: each with the ids it took in.
    pub merged: Vec<(u32, Vec<String>)>,
    /// Customers that left another one: each with the ids it left.
    pub split: Vec<(u32, Vec<String>)>,
    /// Customers that are known now and were unknown, or took in one that was.
    pub became_known: Vec<u32>,
    /// Customers of before with other values in their unified fields.
    pub fields_changed: Vec<u32>,
}
