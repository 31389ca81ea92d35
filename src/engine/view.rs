//! A table as a screen shows it: which rows, in which order. The data is never touched.

use super::column::Column;
use super::table::Table;
use crate::task::{Cancelled, Task};

/// What the user asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ViewSpec {
    /// The column to sort by, and whether descending; file order without. Blanks come last ascending.
    pub sort: Option<(String, bool)>,
    /// Rows in which some column holds all of these words, ignoring case.
    pub search: String,
    /// Rows in which these columns hold exactly these texts.
    pub filters: Vec<(String, String)>,
}

impl ViewSpec {
    /// Whether all rows are shown as they stand.
    pub fn is_plain(&self) -> bool {
        self.sort.is_none() && self.search.trim().is_empty() && self.filters.is_empty()
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
    pub fn of(table: &Table, spec: &ViewSpec, task: &Task) -> Result<Self, Cancelled> {
        if spec.is_plain() {
            return Ok(Self::All(table.rows));
        }
        let mut rows: Vec<u32> = (0..table.rows as u32).collect();
        for (column, value) in &spec.filters {
            task.check()?;
            if let Some(column) = table.column(column) {
                let holds = matching(column, |text| text == value);
                rows.retain(|&row| holds(row as usize));
            }
        }
        for word in spec.search.to_lowercase().split_whitespace() {
            task.check()?;
            let columns: Vec<_> = table
                .columns
                .iter()
                .map(|column| matching(&column.data, |text| text.to_lowercase().contains(word)))
                .collect();
            rows.retain(|&row| columns.iter().any(|holds| holds(row as usize)));
        }
        task.check()?;
        if let Some((column, descending)) = &spec.sort
            && let Some(column) = table.column(column)
        {
            let rank = ranks(column);
            rows.sort_by(|&a, &b| {
                let order = match &rank {
                    Some(rank) => rank(a as usize).cmp(&rank(b as usize)),
                    None => column.compare(a as usize, b as usize),
                };
                if *descending { order.reverse() } else { order }
            });
        }
        task.check()?;
        Ok(Self::Picked(rows))
    }
}

/// Whether a row's text passes; for text columns each distinct value is judged once.
fn matching<'a>(column: &'a Column, passes: impl Fn(&str) -> bool + 'a) -> Box<dyn Fn(usize) -> bool + 'a> {
    match column {
        Column::Text(text) => {
            let of_code: Vec<bool> = text.dictionary.iter().map(|(_, value)| passes(value)).collect();
            Box::new(move |row| of_code[text.codes[row] as usize])
        }
        other => Box::new(move |row| passes(&other.text(row))),
    }
}

/// For text columns the place of each row's value among the sorted distinct ones, blanks last.
fn ranks(column: &Column) -> Option<impl Fn(usize) -> u32 + '_> {
    let Column::Text(text) = column else { return None };
    let mut codes: Vec<u32> = (1..text.dictionary.len() as u32).collect();
    codes.sort_unstable_by_key(|&code| text.dictionary.get(code));
    let mut rank = vec![u32::MAX; text.dictionary.len()];
    for (place, code) in codes.into_iter().enumerate() {
        rank[code as usize] = place as u32;
    }
    Some(move |row: usize| rank[text.codes[row] as usize])
}
