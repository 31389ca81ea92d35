//! Search, filters and sort over the customers (semantics 1.9): which of them are shown, in which order, and how many
//! have each value.
//!
//! Each distinct value is judged once, in a lower-cased copy of its column that is made once. What a term or a filter
//! found is kept for a while, so that a further keystroke or filter costs only itself.

mod answer;
mod bins;
mod chosen;
mod facet;
mod fields;
mod filter;
mod lower;
mod order;
mod search;
pub mod segment;
#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

pub use answer::Answer;
pub use bins::Bins;
pub use facet::{Bar, Facet, FacetRequest, FacetValue, HistogramFacet, ValueFacet};
pub use fields::PageFields;
pub use filter::{Filter, Test};
pub use search::terms;

use crate::engine::column::Column;
use crate::engine::insight::customer_set::CustomerSet;
use crate::engine::table::Table;
use lower::Lower;

/// So many sets of customers are kept: of terms and filters asked for lately.
const KEPT: usize = 24;

/// What the analyst asked for. Columns are those of the customer table, by name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    pub search: String,
    /// Customers with some of the terms, those with more of them first; else with all of them.
    pub some: bool,
    /// The columns searched; what is not text is passed over.
    pub searched: Vec<String>,
    pub filters: Vec<Filter>,
    /// The columns to sort by, the first one first, and whether descending; blanks come last either way. Equal ones
    /// stand as in the table.
    pub sort: Vec<(String, bool)>,
    /// The columns whose values are counted.
    pub facets: Vec<FacetRequest>,
}

impl Query {
    /// Whether it leaves anybody out.
    pub fn narrows(&self) -> bool {
        !self.filters.is_empty() || !terms(&self.search).is_empty()
    }

    pub fn filter(&self, column: &str) -> Option<&Filter> {
        self.filters.iter().find(|filter| filter.column == column)
    }

    /// Puts a filter in the place of the column's present one; `None` takes it away.
    pub fn set_filter(&mut self, column: &str, test: Option<Test>) {
        let place = self.filters.iter().position(|filter| filter.column == column);
        match (place, test) {
            (Some(place), Some(test)) => self.filters[place].test = test,
            (Some(place), None) => {
                self.filters.remove(place);
            }
            (None, Some(test)) => self.filters.push(Filter { column: column.to_owned(), test }),
            (None, None) => {}
        }
    }
}

/// The customer table with everything made of its columns so far. Shared between threads; what is missing is made when
/// it is first needed.
pub struct SearchIndex {
    pub table: Arc<Table>,
    columns: Vec<Prepared>,
    sets: Mutex<Vec<(SetKey, Arc<CustomerSet>)>>,
}

/// What was made of one column.
#[derive(Default)]
struct Prepared {
    lower: OnceLock<Lower>,
    /// Rows in ascending order, and where the blank ones begin.
    order: OnceLock<(Vec<u32>, usize)>,
    bins: OnceLock<Option<(Bins, Vec<u8>)>>,
    few: OnceLock<bool>,
}

/// What a set of customers was made by.
#[derive(Debug, Clone, PartialEq)]
enum SetKey {
    /// A lower-case term in these columns.
    Term(String, Vec<usize>),
    Filter(Filter),
}

impl SearchIndex {
    pub fn new(table: Arc<Table>) -> Self {
        let columns = table.columns.iter().map(|_| Prepared::default()).collect();
        Self { table, columns, sets: Mutex::default() }
    }

    fn place(&self, column: &str) -> Option<usize> {
        self.table.columns.iter().position(|other| other.name == column)
    }

    fn data(&self, place: usize) -> &Column {
        &self.table.columns[place].data
    }

    /// A set made by this key lately, or a new one.
    fn set<E>(&self, key: SetKey, make: impl FnOnce() -> Result<CustomerSet, E>) -> Result<Arc<CustomerSet>, E> {
        let known = |sets: &[(SetKey, Arc<CustomerSet>)]| {
            sets.iter().find(|(other, _)| *other == key).map(|(_, set)| Arc::clone(set))
        };
        if let Some(set) = known(&self.sets.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(set);
        }
        let set = Arc::new(make()?);
        let mut sets = self.sets.lock().unwrap_or_else(PoisonError::into_inner);
        if sets.len() >= KEPT {
            sets.remove(0);
        }
        sets.push((key, Arc::clone(&set)));
        Ok(set)
    }
}
