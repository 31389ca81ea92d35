//! Filters chosen in a grid, as those of the customers.

use super::{Filter, Query, Test};
use crate::engine::calendar::{MICROS_PER_DAY, date_text, datetime_text};
use crate::engine::column::Column;
use crate::engine::view::{Keep, ViewFilter};

impl Query {
    /// Puts a filter that was chosen in a grid in force, on a column that holds this. Texts left out one after the other
    /// add up; anything else takes the place of the column's filter.
    pub fn narrow(&mut self, filter: &ViewFilter, data: &Column) {
        let column = &filter.column;
        let test = match &filter.keep {
            Keep::Only(value) => Test::Values(vec![value.clone()]),
            Keep::Not(value) if value.is_empty() && self.filter(column).is_none() => Test::Filled,
            Keep::Not(value) => {
                let mut values = match self.filter(column) {
                    Some(Filter { test: Test::Except(values), .. }) => values.clone(),
                    Some(Filter { test: Test::Filled, .. }) => vec![String::new()],
                    _ => Vec::new(),
                };
                if !values.contains(value) {
                    values.push(value.clone());
                }
                Test::Except(values)
            }
            Keep::Between { from, to, includes_end, .. } => {
                Test::Interval { from: end_text(data, *from), to: end_text(data, *to), below: !includes_end }
            }
        };
        self.set_filter(column, Some(test));
    }
}

/// One end of an interval as it is typed; dates and times are days since 1970-01-01.
fn end_text(data: &Column, end: f64) -> String {
    match data {
        // The first day that belongs to it.
        Column::Date(_) => date_text(end.ceil() as i32),
        Column::Datetime(_) => datetime_text((end * MICROS_PER_DAY as f64).round() as i64),
        _ => end.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::engine::customer::index::SearchIndex;
    use crate::engine::ingest::profile;
    use crate::engine::table::Table;
    use crate::engine::view::{RowOrder, ViewSpec};
    use crate::task::Task;

    fn table() -> Arc<Table> {
        let hours = 3_600_000_000_i64;
        Arc::new(Table::new([
            ("City", Column::text_of(["Oslo", "Rome", "", "Oslo", "Bern", "Rome"])),
            ("Points", Column::Integer(vec![0, 5, 9, 14, 33, 34])),
            ("Weight", Column::Number(vec![0.25, 1.5, 2.0, -3.125, 9.0, 0.1])),
            ("Born", Column::Date(vec![-400, 0, 3, 4000, 9000, 18_000])),
            ("Seen", Column::Datetime((0..6).map(|row| row * 31 * hours).collect())),
        ]))
    }

    fn found(table: &Arc<Table>, query: &Query) -> Vec<u32> {
        match &*SearchIndex::new(Arc::clone(table)).answer(query, &Task::default()).unwrap().rows {
            RowOrder::All(rows) => (0..*rows as u32).collect(),
            RowOrder::Picked(rows) => rows.clone(),
        }
    }

    /// Every filter of a grid finds the same customers here as in a grid.
    #[test]
    fn a_filter_of_a_grid_finds_the_same_customers() {
        let table = table();
        let text = ["", "Oslo", "Rome", "gone"];
        let mut filters: Vec<ViewFilter> = text
            .iter()
            .flat_map(|value| [ViewFilter::only("City", *value), ViewFilter::not("City", *value)])
            .chain([ViewFilter::only("Points", "9"), ViewFilter::not("Points", "9"), ViewFilter::not("Points", "")])
            .chain([ViewFilter::only("Born", "1970-01-04"), ViewFilter::not("Born", "1970-01-04")])
            .collect();
        for column in ["Points", "Weight", "Born", "Seen"] {
            for bin in profile(column, table.column(column).unwrap()).histogram {
                let (from, to, includes_end, words) = (bin.from, bin.to, bin.includes_end, String::new());
                let keep = Keep::Between { from, to, includes_end, words };
                filters.push(ViewFilter { column: column.to_owned(), keep });
            }
        }
        assert!(filters.len() > 30, "histograms have bars");
        for filter in filters {
            let mut query = Query::default();
            query.narrow(&filter, table.column(&filter.column).unwrap());
            let spec = ViewSpec { filters: vec![filter.clone()], ..ViewSpec::default() };
            let expected = match RowOrder::of(&table, &spec, &Task::default()).unwrap() {
                RowOrder::Picked(rows) => rows,
                RowOrder::All(_) => panic!("a filter picks"),
            };
            assert_eq!(found(&table, &query), expected, "{filter:?} as {query:?}");
        }
    }

    #[test]
    fn texts_left_out_add_up() {
        let table = table();
        let mut query = Query::default();
        for value in ["", "Oslo", "Oslo"] {
            query.narrow(&ViewFilter::not("City", value), table.column("City").unwrap());
        }
        assert_eq!(found(&table, &query), [1, 4, 5]);
        query.narrow(&ViewFilter::only("City", "Oslo"), table.column("City").unwrap());
        assert_eq!((found(&table, &query), query.filters.len()), (vec![0, 3], 1));
    }
}
