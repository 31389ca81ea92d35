//! A table as a screen shows it: which rows, in which order. The data is never touched.

mod keep;
mod rank;

use super::table::Table;
use crate::task::{Cancelled, Task};

/// A cancel is looked for after so many rows.
const STRIDE: usize = 1 << 16;

/// What the user asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ViewSpec {
    /// The columns to sort by, the first one first, and whether descending; file order without, and among equal rows.
    /// Blanks come last in both directions.
    pub sort: Vec<(String, bool)>,
    /// Rows in which some column holds all of these words, ignoring case.
    pub search: String,
    /// Rows that pass all of these.
    pub filters: Vec<ViewFilter>,
}

/// A condition on one column.
#[derive(Debug, Clone, PartialEq)]
pub struct ViewFilter {
    pub column: String,
    pub keep: Keep,
}

/// Which rows a filter keeps, by the column's text or number.
#[derive(Debug, Clone, PartialEq)]
pub enum Keep {
    /// Those with exactly this text; blank ones where it is empty.
    Only(String),
    /// All but those with this text.
    Not(String),
    /// Those between two numbers, both included; dates and times in days since 1970-01-01.
    Between {
        from: f64,
        to: f64,
        /// Whether the end belongs to it.
        includes_end: bool,
        /// The two ends as people read them.
        words: String,
    },
}

impl ViewFilter {
    /// Rows with exactly this text.
    pub fn only(column: impl Into<String>, value: impl Into<String>) -> Self {
        Self { column: column.into(), keep: Keep::Only(value.into()) }
    }

    /// All rows but those with this text.
    pub fn not(column: impl Into<String>, value: impl Into<String>) -> Self {
        Self { column: column.into(), keep: Keep::Not(value.into()) }
    }

    /// The text that a filter for one text is for.
    pub fn value(&self) -> Option<&str> {
        match &self.keep {
            Keep::Only(value) => Some(value),
            _ => None,
        }
    }

    /// The filter in words: `City: Oslo`, `City is not blank`.
    pub fn words(&self) -> String {
        let Self { column, keep } = self;
        let shown = |value: &str| if value.is_empty() { tr!("blank").to_owned() } else { value.to_owned() };
        match keep {
            Keep::Only(value) => format!("{column}: {}", shown(value)),
            Keep::Not(value) => tr!("{column} is not {shown}", column, shown = shown(value)),
            Keep::Between { words, .. } => format!("{column}: {words}"),
        }
    }
}

impl ViewSpec {
    /// Whether all rows are shown as they stand.
    pub fn is_plain(&self) -> bool {
        self.sort.is_empty() && self.search.trim().is_empty() && self.filters.is_empty()
    }

    /// Puts a filter in the place of those on the same column that say which value it has; others stay.
    pub fn filter(&mut self, filter: ViewFilter) {
        let is_exclusion = matches!(filter.keep, Keep::Not(_));
        self.filters.retain(|other| {
            other.column != filter.column || (is_exclusion && matches!(other.keep, Keep::Not(_)) && *other != filter)
        });
        self.filters.push(filter);
    }

    /// The place of a column among those sorted by, and whether it is descending.
    pub fn sorted(&self, column: &str) -> Option<(usize, bool)> {
        let place = self.sort.iter().position(|(name, _)| name == column)?;
        Some((place, self.sort[place].1))
    }

    /// What a click on a column's header does: ascending, then descending, then not at all; by this column alone, or
    /// as one more where `also`.
    pub fn sort_next(&mut self, column: &str, also: bool) {
        let now = self.sorted(column).filter(|_| also || self.sort.len() == 1);
        match (now, also) {
            (Some((place, false)), _) => self.sort[place].1 = true,
            (Some((place, true)), _) => {
                self.sort.remove(place);
            }
            (None, true) => self.sort.push((column.to_owned(), false)),
            (None, false) => self.sort = vec![(column.to_owned(), false)],
        }
    }
}

/// Rows of a table in the order shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowOrder {
    /// All of them, as they stand: so many.
    All(usize),
    Picked(Vec<u32>),
}

impl RowOrder {
    pub fn all(rows: usize) -> Self {
        Self::All(rows)
    }

    pub fn len(&self) -> usize {
        match self {
            Self::All(rows) => *rows,
            Self::Picked(rows) => rows.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The table's row at a place on the screen.
    pub fn row(&self, place: usize) -> Option<usize> {
        match self {
            Self::All(rows) => (place < *rows).then_some(place),
            Self::Picked(rows) => rows.get(place).map(|&row| row as usize),
        }
    }

    /// The rows that a spec shows, in its order.
    ///
    /// # Errors
    /// The task was told to stop.
    pub fn of(table: &Table, spec: &ViewSpec, task: &Task) -> Result<Self, Cancelled> {
        if spec.is_plain() {
            return Ok(Self::All(table.rows));
        }
        let mut rows: Vec<u32> = (0..table.rows as u32).collect();
        for filter in &spec.filters {
            if let Some(column) = table.column(&filter.column) {
                keep::filter(&mut rows, column, &filter.keep, task)?;
            }
        }
        for word in spec.search.to_lowercase().split_whitespace() {
            keep::search(&mut rows, table, word, task)?;
        }
        // Each order keeps the one before among equal rows, so the last column goes first.
        for (column, descending) in spec.sort.iter().rev() {
            if let Some(column) = table.column(column) {
                rank::sort(&mut rows, column, *descending, task)?;
            }
        }
        task.check()?;
        Ok(Self::Picked(rows))
    }
}

#[cfg(test)]
mod tests;
