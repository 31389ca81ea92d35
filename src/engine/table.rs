//! A table in memory: named columns of equal length, and where in its file each row stood.

use std::sync::Arc;

use super::column::Column;

/// Named columns of equal length.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Shared, so that a table of some of the columns of another costs nothing.
    pub columns: Vec<Arc<NamedColumn>>,
    pub rows: usize,
    /// For each row its number in the file, the first data row being 1; `None` where row `i` is number `i + 1`.
    pub row_numbers: Option<Vec<u32>>,
}

#[derive(Debug, Clone)]
pub struct NamedColumn {
    pub name: String,
    pub data: Column,
}

impl NamedColumn {
    /// A column as tables hold it.
    pub fn shared(name: impl Into<String>, data: Column) -> Arc<Self> {
        Arc::new(Self { name: name.into(), data })
    }
}

impl Table {
    /// A table of these columns, which are of one length.
    pub fn new(columns: impl IntoIterator<Item = (impl Into<String>, Column)>) -> Self {
        let columns: Vec<Arc<NamedColumn>> =
            columns.into_iter().map(|(name, data)| NamedColumn::shared(name, data)).collect();
        let rows = columns.first().map_or(0, |column| column.data.len());
        debug_assert!(columns.iter().all(|column| column.data.len() == rows));
        Self { columns, rows, row_numbers: None }
    }

    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name).map(|column| &column.data)
    }

    /// The number of a row in its file, the first data row being 1.
    pub fn row_number(&self, row: usize) -> u32 {
        self.row_numbers.as_ref().map_or(row as u32 + 1, |numbers| numbers[row])
    }

    /// The table with only these rows, in this order.
    pub fn gather(&self, rows: &[u32]) -> Self {
        Self {
            columns: self
                .columns
                .iter()
                .map(|column| NamedColumn::shared(column.name.as_str(), column.data.gather(rows)))
                .collect(),
            rows: rows.len(),
            row_numbers: Some(rows.iter().map(|&row| self.row_number(row as usize)).collect()),
        }
    }
}
