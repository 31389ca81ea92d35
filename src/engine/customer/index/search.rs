//! The search: a phrase split into terms, each looked for in the searched columns (semantics 1.9).

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::lower::Lower;
use super::{Query, SearchIndex, SetKey};
use crate::engine::column::Column;
use crate::engine::insight::customer_set::CustomerSet;
use crate::task::{Cancelled, Task};

/// The different terms of a phrase: split on white space and hyphens, in lower case.
pub fn terms(phrase: &str) -> Vec<String> {
    let mut terms: Vec<String> = Vec::new();
    for term in phrase.to_lowercase().split(|c: char| c.is_whitespace() || c == '-').filter(|term| !term.is_empty()) {
        if !terms.iter().any(|other| other == term) {
            terms.push(term.to_owned());
        }
    }
    terms
}

impl SearchIndex {
    /// Makes the lower-cased copies that a search in these columns needs.
    pub fn prepare(&self, searched: &[String], task: &Task) -> Result<(), Cancelled> {
        self.each(&self.searched(searched), task, |place| {
            self.lower(place);
        })
    }

    /// For each term of the query the customers who have it.
    pub(super) fn found(&self, query: &Query, task: &Task) -> Result<Vec<Arc<CustomerSet>>, Cancelled> {
        let terms = terms(&query.search);
        let searched = if terms.is_empty() { Vec::new() } else { self.searched(&query.searched) };
        let find = |term: String| {
            self.set(SetKey::Term(term.clone(), searched.clone()), || self.customers_with(&term, &searched, task))
        };
        terms.into_iter().map(find).collect()
    }

    /// The places of the text columns among these, each once.
    fn searched(&self, columns: &[String]) -> Vec<usize> {
        let mut places: Vec<usize> = columns.iter().filter_map(|column| self.place(column)).collect();
        places.retain(|&place| matches!(self.data(place), Column::Text(_)));
        places.sort_unstable();
        places.dedup();
        places
    }

    fn lower(&self, place: usize) -> Option<&Lower> {
        let Column::Text(column) = self.data(place) else { return None };
        Some(self.columns[place].lower.get_or_init(|| Lower::new(column)))
    }

    /// The customers who have a term in one of these columns.
    fn customers_with(&self, term: &str, searched: &[usize], task: &Task) -> Result<CustomerSet, Cancelled> {
        let found = std::sync::Mutex::new(CustomerSet::empty(self.table.rows));
        self.each(searched, task, |place| {
            let (Column::Text(column), Some(lower)) = (self.data(place), self.lower(place)) else { return };
            let Some(hits) = lower.hits(term) else { return };
            let has = |row: usize| {
                let code = column.codes[row] as usize;
                hits[code / 64] >> (code % 64) & 1 == 1
            };
            let of_column = CustomerSet::of_rows(self.table.rows, has);
            found.lock().unwrap_or_else(std::sync::PoisonError::into_inner).union(&of_column);
        })?;
        Ok(found.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Does something for each of these columns, on as many threads as the task has.
    pub(super) fn each(&self, places: &[usize], task: &Task, work: impl Fn(usize) + Sync) -> Result<(), Cancelled> {
        let next = AtomicUsize::new(0);
        let work = || {
            while let Some(&place) = places.get(next.fetch_add(1, Ordering::Relaxed)) {
                if task.is_cancelled() {
                    return;
                }
                work(place);
            }
        };
        thread::scope(|scope| {
            (1..task.threads().min(places.len())).for_each(|_| {
                scope.spawn(work);
            });
            work();
        });
        task.check()
    }
}
