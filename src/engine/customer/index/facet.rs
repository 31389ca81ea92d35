//! Counts beside filters: how many of the customers that everything else lets pass have each value of a column.

use std::cmp::Reverse;

use super::bins::{Bins, NO_BAR};
use super::filter::Test;
use super::{Filter, SearchIndex};
use crate::engine::column::Column;
use crate::engine::dictionary::BLANK;
use crate::engine::insight::customer_set::CustomerSet;

/// A column whose values are to be counted.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FacetRequest {
    pub column: String,
    /// Values that contain this, ignoring case; all where it is empty.
    pub search: String,
    /// At most so many values.
    pub limit: usize,
}

/// The counts of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Facet {
    Values(ValueFacet),
    Histogram(HistogramFacet),
}

#[derive(Debug, Clone, PartialEq)]
pub struct FacetValue {
    pub value: String,
    pub count: u64,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct ValueFacet {
    pub column: String,
    /// The most frequent first, equal ones by value; chosen ones at any rate, also with none.
    pub values: Vec<FacetValue>,
    /// How many more values there are.
    pub more: u64,
    pub blank: u64,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct HistogramFacet {
    pub column: String,
    pub bars: Vec<Bar>,
    pub blank: u64,
}

/// One bar: its interval as a filter says it, an empty end being open.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bar {
    pub from: String,
    pub to: String,
    pub below: bool,
    pub count: u64,
}

impl Facet {
    pub fn column(&self) -> &str {
        match self {
            Self::Values(facet) => &facet.column,
            Self::Histogram(facet) => &facet.column,
        }
    }
}

impl SearchIndex {
    /// The counts of a column among these customers, all without; `None` where there is no such column.
    pub(super) fn facet(
        &self,
        request: &FacetRequest,
        chosen: Option<&Filter>,
        among: Option<&CustomerSet>,
    ) -> Option<Facet> {
        let place = self.place(&request.column)?;
        let column = self.data(place);
        if let Column::Text(_) | Column::Boolean(_) = column {
            return Some(Facet::Values(self.values(request, column, chosen, among)));
        }
        let bins = self.columns[place].bins.get_or_init(|| Bins::of(column));
        let Some((bins, bar_of_row)) = bins else {
            let blank = among.map_or(self.table.rows as u64, CustomerSet::count);
            return Some(Facet::Histogram(HistogramFacet { column: request.column.clone(), bars: Vec::new(), blank }));
        };
        let mut counts = [0_u64; 256];
        each_row(self.table.rows, among, |row| counts[bar_of_row[row] as usize] += 1);
        let bars = bins.intervals.iter().zip(counts).map(|((from, to, below), count)| Bar {
            from: from.clone(),
            to: to.clone(),
            below: *below,
            count,
        });
        let (column, bars) = (request.column.clone(), bars.collect());
        Some(Facet::Histogram(HistogramFacet { column, bars, blank: counts[NO_BAR as usize] }))
    }

    fn values(
        &self,
        request: &FacetRequest,
        column: &Column,
        chosen: Option<&Filter>,
        among: Option<&CustomerSet>,
    ) -> ValueFacet {
        let rows = self.table.rows;
        let mut found: Vec<(&str, u64)> = Vec::new();
        let mut blank = 0;
        match column {
            Column::Text(text) => {
                let mut counts = vec![0_u32; text.dictionary.len()];
                each_row(rows, among, |row| counts[text.codes[row] as usize] += 1);
                blank = u64::from(std::mem::take(&mut counts[BLANK as usize]));
                let counted = counts.iter().enumerate().filter(|(_, count)| **count > 0);
                found.extend(counted.map(|(code, &count)| (text.dictionary.get(code as u32), u64::from(count))));
            }
            Column::Boolean(values) => {
                let mut counts = [0; 256];
                each_row(rows, among, |row| counts[values[row] as usize] += 1);
                blank = counts[2];
                found.extend([("true", counts[1]), ("false", counts[0])].into_iter().filter(|(_, count)| *count > 0));
            }
            _ => {}
        }
        let wanted = request.search.trim().to_lowercase();
        if !wanted.is_empty() {
            found.retain(|(value, _)| value.to_lowercase().contains(&wanted));
        }
        let before = |a: &(&str, u64), b: &(&str, u64)| (Reverse(a.1), a.0).cmp(&(Reverse(b.1), b.0));
        let distinct = found.len();
        let mut rest: Vec<(&str, u64)> = Vec::new();
        if distinct > request.limit {
            found.select_nth_unstable_by(request.limit, before);
            rest = found.split_off(request.limit);
        }
        found.sort_unstable_by(before);
        if let Some(Filter { test: Test::Values(values), .. }) = chosen {
            for value in values.iter().filter(|value| !value.is_empty()) {
                if !found.iter().any(|(other, _)| other == value) {
                    let count = rest.iter().find(|(other, _)| other == value).map_or(0, |(_, count)| *count);
                    found.push((value, count));
                }
            }
        }
        let shown = found.iter().filter(|(_, count)| *count > 0).count();
        ValueFacet {
            column: request.column.clone(),
            more: (distinct.saturating_sub(shown)) as u64,
            values: found.into_iter().map(|(value, count)| FacetValue { value: value.to_owned(), count }).collect(),
            blank,
        }
    }
}

/// Does something for each of these rows, or for all.
fn each_row(rows: usize, among: Option<&CustomerSet>, mut with: impl FnMut(usize)) {
    match among {
        None => (0..rows).for_each(with),
        Some(among) => among.iter().for_each(|row| with(row as usize)),
    }
}
