//! The answer to a query: the customers shown, in their order, and the counts beside the filters.

use std::sync::{Arc, Mutex, PoisonError};

use super::{Facet, Query, SearchIndex, SetKey};
use crate::engine::insight::customer_set::CustomerSet;
use crate::engine::view::RowOrder;
use crate::task::{Cancelled, Task};

/// What a query came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The customers shown: rows of the table.
    pub rows: Arc<RowOrder>,
    /// One a request, in their order; without those of columns that are not there.
    pub facets: Vec<Facet>,
    /// Filters that cannot be judged, by column, with what is wrong; they let nobody pass.
    pub problems: Vec<(String, String)>,
}

impl Answer {
    /// Everybody as the table stands, before anything is counted.
    pub fn all(rows: usize) -> Self {
        Self { rows: Arc::new(RowOrder::all(rows)), facets: Vec::new(), problems: Vec::new() }
    }

    pub fn facet(&self, column: &str) -> Option<&Facet> {
        self.facets.iter().find(|facet| facet.column() == column)
    }
}

impl SearchIndex {
    /// Answers a query. The same table and query give the same answer, whatever was asked before.
    ///
    /// # Errors
    /// The task was told to stop.
    pub fn answer(&self, query: &Query, task: &Task) -> Result<Answer, Cancelled> {
        let len = self.table.rows;
        let mut problems = Vec::new();
        let terms = self.found(query, task)?;
        let mut parts: Vec<(Option<&str>, Arc<CustomerSet>)> = Vec::new();
        if query.some && terms.len() > 1 {
            let mut any = CustomerSet::empty(len);
            terms.iter().for_each(|term| any.union(term));
            parts.push((None, Arc::new(any)));
        } else {
            parts.extend(terms.iter().map(|term| (None, Arc::clone(term))));
        }
        for filter in &query.filters {
            task.check()?;
            let set = match self.set(SetKey::Filter(filter.clone()), || self.passing(filter)) {
                Ok(set) => set,
                Err(problem) => {
                    problems.push((filter.column.clone(), problem));
                    Arc::new(CustomerSet::empty(len))
                }
            };
            parts.push((Some(&filter.column), set));
        }
        task.check()?;
        let shown = intersection(parts.iter().map(|(_, set)| &**set));
        let facets = self.facets(query, &parts, shown.as_ref(), task)?;
        task.check()?;
        let rows = match &shown {
            None if query.sort.is_empty() => RowOrder::All(len),
            shown => RowOrder::Picked(self.in_order(query, &terms, shown.as_ref())),
        };
        Ok(Answer { rows: Arc::new(rows), facets, problems })
    }

    /// The counts of each column asked for, among the customers that all but the column's own filter let pass.
    fn facets(
        &self,
        query: &Query,
        parts: &[(Option<&str>, Arc<CustomerSet>)],
        shown: Option<&CustomerSet>,
        task: &Task,
    ) -> Result<Vec<Facet>, Cancelled> {
        let found: Mutex<Vec<Option<Facet>>> = Mutex::new(vec![None; query.facets.len()]);
        let places: Vec<usize> = (0..query.facets.len()).collect();
        self.each(&places, task, |place| {
            let request = &query.facets[place];
            let own = query.filter(&request.column);
            let others = own.and_then(|_| {
                let others = parts.iter().filter(|(column, _)| *column != Some(&request.column));
                intersection(others.map(|(_, set)| &**set))
            });
            let among = if own.is_some() { others.as_ref() } else { shown };
            let facet = self.facet(request, own, among);
            found.lock().unwrap_or_else(PoisonError::into_inner)[place] = facet;
        })?;
        Ok(found.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().flatten().collect())
    }

    /// Rows in the order asked for; without one, and with some of the terms enough, those with more terms first.
    fn in_order(&self, query: &Query, terms: &[Arc<CustomerSet>], shown: Option<&CustomerSet>) -> Vec<u32> {
        let is_shown = |row: &u32| shown.is_none_or(|shown| shown.contains(*row));
        let place = |(column, descending): &(String, bool)| Some((self.place(column)?, *descending));
        let sort: Vec<(usize, bool)> = query.sort.iter().filter_map(place).collect();
        if let Some(rows) = self.sorted_by(&sort, is_shown) {
            return rows;
        }
        let rows: Vec<u32> = match shown {
            Some(shown) => shown.iter().collect(),
            None => (0..self.table.rows as u32).collect(),
        };
        if !query.some || terms.len() < 2 {
            return rows;
        }
        let mut by_count: Vec<Vec<u32>> = vec![Vec::new(); terms.len() + 1];
        for row in rows {
            let missing = terms.iter().filter(|term| !term.contains(row)).count();
            by_count[missing].push(row);
        }
        by_count.concat()
    }
}

/// The customers in all of these sets; `None` where there are no sets, and so nobody is left out.
fn intersection<'a>(mut sets: impl Iterator<Item = &'a CustomerSet>) -> Option<CustomerSet> {
    let first = sets.next()?.clone();
    Some(sets.fold(first, |mut all, set| {
        all.intersect(set);
        all
    }))
}
