//! Columns under construction: cells go in as text, values of the declared type come out.

use std::sync::Arc;

use super::IngestError;
use super::dates::{DateParser, Stamp};
use super::types::{self, BlankTokens, shortened};
use crate::engine::column::{BLANK_BOOLEAN, BLANK_DATE, BLANK_INTEGER, Column, TextColumn};
use crate::engine::dictionary::{BLANK, Dictionary};
use crate::project::{ColumnType, SourceColumn};

/// One declared column while its file is read.
pub(super) struct ColumnBuilder {
    pub(super) name: String,
    /// Where it stands in the file, from 0.
    pub(super) field: usize,
    /// Whether the values are kept; else they are only checked.
    pub(super) wanted: bool,
    values: Values,
    date_format: Option<String>,
    decimal_comma: bool,
    /// A date whose day is beyond 12: month and day cannot be taken for each other.
    order_is_certain: bool,
    /// A date whose day is not its month: the order makes a difference.
    order_matters: bool,
}

enum Values {
    Text { codes: Vec<u32>, dictionary: Dictionary },
    Integer(Vec<i64>),
    Number(Vec<f64>),
    Boolean(Vec<u8>),
    Date(DateParser, Vec<i32>),
    Datetime(DateParser, Vec<i64>),
}

impl ColumnBuilder {
    /// A builder for a declared column; `decimal_comma` is that of the file.
    ///
    /// # Errors
    /// A date format that cannot be used.
    pub(super) fn new(
        declared: &SourceColumn,
        field: usize,
        wanted: bool,
        decimal_comma: bool,
    ) -> Result<Self, IngestError> {
        let is_dated = matches!(declared.column_type, ColumnType::Date | ColumnType::Datetime);
        let date_format = declared.date_format.clone().filter(|_| is_dated);
        let parser = DateParser::compile(date_format.as_deref()).map_err(|detail| IngestError::DateFormat {
            column: declared.name.clone(),
            pattern: declared.date_format.clone().unwrap_or_default(),
            detail,
        })?;
        let values = match declared.column_type {
            ColumnType::String => Values::Text { codes: Vec::new(), dictionary: Dictionary::default() },
            ColumnType::Integer => Values::Integer(Vec::new()),
            ColumnType::Number => Values::Number(Vec::new()),
            ColumnType::Boolean => Values::Boolean(Vec::new()),
            ColumnType::Date => Values::Date(parser, Vec::new()),
            ColumnType::Datetime => Values::Datetime(parser, Vec::new()),
        };
        Ok(Self {
            name: declared.name.clone(),
            field,
            wanted,
            values,
            date_format,
            decimal_comma,
            order_is_certain: false,
            order_matters: false,
        })
    }

    /// Whether this is a string column, in which every cell fits.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.values, Values::Text { .. })
    }

    /// The declared type.
    pub(super) fn column_type(&self) -> ColumnType {
        match &self.values {
            Values::Text { .. } => ColumnType::String,
            Values::Integer(_) => ColumnType::Integer,
            Values::Number(_) => ColumnType::Number,
            Values::Boolean(_) => ColumnType::Boolean,
            Values::Date(..) => ColumnType::Date,
            Values::Datetime(..) => ColumnType::Datetime,
        }
    }

    /// Dates come as ISO 8601 whatever was declared: the file has them as values, not as text.
    pub(super) fn expect_iso_dates(&mut self) {
        self.date_format = None;
        if let Values::Date(parser, _) | Values::Datetime(parser, _) = &mut self.values {
            *parser = DateParser::Iso;
        }
    }

    /// Adds a cell as it stands in the file, keeping it only where the column is wanted.
    ///
    /// Returns whether it fits the type; nothing is added where it does not.
    #[inline]
    pub(super) fn push(&mut self, cell: &str, blanks: &BlankTokens) -> bool {
        self.push_all(std::iter::once(cell), blanks)
    }

    /// Adds cells as [`ColumnBuilder::push`] does, up to the first that does not fit; returns whether all did.
    #[inline]
    pub(super) fn push_all<'c>(&mut self, cells: impl Iterator<Item = &'c str>, blanks: &BlankTokens) -> bool {
        let wanted = self.wanted;
        match &mut self.values {
            Values::Text { .. } if !wanted => true,
            Values::Text { codes, dictionary } => {
                // The empty string is the blank one of every dictionary.
                let values = cells.map(|cell| if blanks.is_blank(types::trim(cell)) { "" } else { cell });
                dictionary.intern_all(values, codes);
                true
            }
            Values::Integer(values) => keep(values, wanted, cells, blanks, BLANK_INTEGER, types::integer),
            Values::Number(values) => {
                let decimal_comma = self.decimal_comma;
                keep(values, wanted, cells, blanks, f64::NAN, |cell| types::number(cell, decimal_comma))
            }
            Values::Boolean(values) => {
                keep(values, wanted, cells, blanks, BLANK_BOOLEAN, |cell| types::boolean(cell).map(u8::from))
            }
            Values::Date(parser, values) => {
                let (certain, matters) = (&mut self.order_is_certain, &mut self.order_matters);
                keep(values, wanted, cells, blanks, BLANK_DATE, |cell| {
                    parser.parse(cell.as_bytes()).and_then(|stamp| seen(stamp, certain, matters).date())
                })
            }
            Values::Datetime(parser, values) => {
                let (certain, matters) = (&mut self.order_is_certain, &mut self.order_matters);
                keep(values, wanted, cells, blanks, BLANK_INTEGER, |cell| {
                    parser.parse(cell.as_bytes()).map(|stamp| seen(stamp, certain, matters).datetime())
                })
            }
        }
    }

    /// Whether a cell would fit; nothing is added.
    pub(super) fn fits(&self, cell: &str, blanks: &BlankTokens) -> bool {
        let trimmed = types::trim(cell);
        blanks.is_blank(trimmed)
            || match &self.values {
                Values::Text { .. } => true,
                Values::Integer(_) => types::integer(trimmed).is_some(),
                Values::Number(_) => types::number(trimmed, self.decimal_comma).is_some(),
                Values::Boolean(_) => types::boolean(trimmed).is_some(),
                Values::Date(parser, _) => parser.parse(trimmed.as_bytes()).and_then(Stamp::date).is_some(),
                Values::Datetime(parser, _) => parser.parse(trimmed.as_bytes()).is_some(),
            }
    }

    /// Takes back what was added after the first `rows` values.
    pub(super) fn truncate(&mut self, rows: usize) {
        match &mut self.values {
            Values::Text { codes, .. } => codes.truncate(rows),
            Values::Integer(values) | Values::Datetime(_, values) => values.truncate(rows),
            Values::Number(values) => values.truncate(rows),
            Values::Boolean(values) => values.truncate(rows),
            Values::Date(_, values) => values.truncate(rows),
        }
    }

    /// Adds a whole number, a date or a point in time that the file has as a value. `None` is blank.
    pub(super) fn push_whole(&mut self, value: Option<i64>) {
        match &mut self.values {
            Values::Integer(values) | Values::Datetime(_, values) => values.push(value.unwrap_or(BLANK_INTEGER)),
            Values::Date(_, values) => {
                values.push(value.and_then(|days| i32::try_from(days).ok()).unwrap_or(BLANK_DATE));
            }
            Values::Boolean(values) => values.push(value.map_or(BLANK_BOOLEAN, |value| u8::from(value != 0))),
            Values::Number(values) => values.push(value.map_or(f64::NAN, |value| value as f64)),
            Values::Text { codes, .. } => codes.push(BLANK),
        }
    }

    /// Adds a number that the file has as a value; only to a column of numbers. NaN is blank.
    pub(super) fn push_number(&mut self, value: f64) {
        if let Values::Number(values) = &mut self.values {
            values.push(value);
        }
    }

    /// Why a cell does not fit: the column, the value shortened, what was expected.
    pub(super) fn complaint(&self, cell: &str) -> String {
        let value = shortened(types::trim(cell)).into_owned();
        let format = self.date_format.as_deref();
        let expected = match &self.values {
            Values::Text { .. } => "text".to_owned(),
            Values::Integer(_) => {
                "a whole number of at most 15 digits without leading zeros (make the column a string to keep it as it \
                 is)"
                .to_owned()
            }
            Values::Number(_) => {
                format!("a number such as {}", if self.decimal_comma { "1.234,5" } else { "1234.5" })
            }
            Values::Boolean(_) => "true or false".to_owned(),
            Values::Date(..) => format!("a date of the format {}", format.unwrap_or("yyyy-MM-dd")),
            Values::Datetime(..) => format!("a time of the format {}", format.unwrap_or("yyyy-MM-dd HH:mm:ss")),
        };
        format!("{}: “{value}” is not {expected}", self.name)
    }

    /// A sentence where every date of the column would also be one with day and month swapped.
    pub(super) fn order_warning(&self) -> Option<String> {
        let (Values::Date(parser, _) | Values::Datetime(parser, _)) = &self.values else { return None };
        (parser.is_swappable() && self.order_matters && !self.order_is_certain)
            .then(|| order_warning(&self.name, self.date_format.as_deref().unwrap_or_default()))
    }

    /// The finished column.
    pub(super) fn finish(self) -> Column {
        match self.values {
            Values::Text { codes, dictionary, .. } => {
                Column::Text(TextColumn { codes, dictionary: Arc::new(dictionary) })
            }
            Values::Integer(values) => Column::Integer(values),
            Values::Number(values) => Column::Number(values),
            Values::Boolean(values) => Column::Boolean(values),
            Values::Date(_, values) => Column::Date(values),
            Values::Datetime(_, values) => Column::Datetime(values),
        }
    }
}

/// The sentence for dates that fit with day and month either way round.
pub(super) fn order_warning(column: &str, format: &str) -> String {
    format!(
        "The dates of {column} could have the month or the day first; they are read as {format}. Change the date \
         format of the column if that is wrong."
    )
}

#[inline]
fn seen(stamp: Stamp, order_is_certain: &mut bool, order_matters: &mut bool) -> Stamp {
    *order_is_certain |= stamp.day > 12;
    *order_matters |= stamp.day != stamp.month;
    stamp
}

/// Adds the values of cells where they are wanted, up to the first that does not fit; returns whether all did.
#[inline]
fn keep<'c, T: Copy>(
    values: &mut Vec<T>,
    wanted: bool,
    mut cells: impl Iterator<Item = &'c str>,
    blanks: &BlankTokens,
    blank: T,
    mut parse: impl FnMut(&str) -> Option<T>,
) -> bool {
    cells.all(|cell| {
        let cell = types::trim(cell);
        let Some(value) = (if blanks.is_blank(cell) { Some(blank) } else { parse(cell) }) else { return false };
        if wanted {
            values.push(value);
        }
        true
    })
}
