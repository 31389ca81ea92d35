//! One column of values in memory, the only form data takes between a file and a file.
//!
//! Text is coded once, at load: a dense `u32` for each distinct value, so that everything after is arithmetic on
//! codes and strings come back only for the rows someone looks at. Blank has a place inside each kind of value
//! (code 0, the smallest integer, NaN), not a mask beside it.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::Arc;

use hashbrown::HashMap;

use super::calendar;
use super::dictionary::{BLANK, Dictionary};
use crate::project::ColumnType;

/// A blank integer. No file brings it in: text of more than 15 digits stays text.
pub const BLANK_INTEGER: i64 = i64::MIN;
/// A blank date, in days.
pub const BLANK_DATE: i32 = i32::MIN;
/// A blank Boolean.
pub const BLANK_BOOLEAN: u8 = 2;
/// A row that is not there: [`Column::gather`] gives a blank for it.
pub const NO_ROW: u32 = u32::MAX;

/// Values of one type, one a row.
#[derive(Debug, Clone)]
pub enum Column {
    Text(TextColumn),
    /// [`BLANK_INTEGER`] is blank.
    Integer(Vec<i64>),
    /// NaN is blank.
    Number(Vec<f64>),
    /// 0, 1, or [`BLANK_BOOLEAN`].
    Boolean(Vec<u8>),
    /// Days since 1970-01-01; [`BLANK_DATE`] is blank.
    Date(Vec<i32>),
    /// Microseconds since 1970-01-01 00:00:00 UTC; [`BLANK_INTEGER`] is blank.
    Datetime(Vec<i64>),
}

/// Text as codes into a dictionary; code [`BLANK`] is blank.
#[derive(Debug, Clone, Default)]
pub struct TextColumn {
    pub codes: Vec<u32>,
    pub dictionary: Arc<Dictionary>,
}

impl TextColumn {
    pub fn get(&self, row: usize) -> &str {
        self.dictionary.get(self.codes[row])
    }
}

impl<'a> FromIterator<&'a str> for TextColumn {
    fn from_iter<I: IntoIterator<Item = &'a str>>(values: I) -> Self {
        let mut dictionary = Dictionary::default();
        let codes = values.into_iter().map(|value| dictionary.intern(value)).collect();
        Self { codes, dictionary: Arc::new(dictionary) }
    }
}

impl Column {
    /// A text column of these values; the empty string is blank.
    pub fn text_of<'a>(values: impl IntoIterator<Item = &'a str>) -> Self {
        Self::Text(values.into_iter().collect())
    }

    pub fn len(&self) -> usize {
        match self {
            Self::Text(text) => text.codes.len(),
            Self::Integer(values) | Self::Datetime(values) => values.len(),
            Self::Number(values) => values.len(),
            Self::Boolean(values) => values.len(),
            Self::Date(values) => values.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn column_type(&self) -> ColumnType {
        match self {
            Self::Text(_) => ColumnType::String,
            Self::Integer(_) => ColumnType::Integer,
            Self::Number(_) => ColumnType::Number,
            Self::Boolean(_) => ColumnType::Boolean,
            Self::Date(_) => ColumnType::Date,
            Self::Datetime(_) => ColumnType::Datetime,
        }
    }

    /// Whether both hold the same values in the same form. Text that was coded in another order counts as different.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => a.codes == b.codes && a.dictionary.is_same(&b.dictionary),
            (Self::Integer(a), Self::Integer(b)) | (Self::Datetime(a), Self::Datetime(b)) => a == b,
            (Self::Number(a), Self::Number(b)) => a.iter().map(|a| a.to_bits()).eq(b.iter().map(|b| b.to_bits())),
            (Self::Boolean(a), Self::Boolean(b)) => a == b,
            (Self::Date(a), Self::Date(b)) => a == b,
            _ => false,
        }
    }

    pub fn is_blank(&self, row: usize) -> bool {
        match self {
            Self::Text(text) => text.codes[row] == BLANK,
            Self::Integer(values) | Self::Datetime(values) => values[row] == BLANK_INTEGER,
            Self::Number(values) => values[row].is_nan(),
            Self::Boolean(values) => values[row] == BLANK_BOOLEAN,
            Self::Date(values) => values[row] == BLANK_DATE,
        }
    }

    /// The value as plain text: what a screen, a CSV file and a comparison between types see. Blank is empty.
    pub fn text(&self, row: usize) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text.get(row)),
            _ if self.is_blank(row) => Cow::Borrowed(""),
            Self::Integer(values) => Cow::Owned(values[row].to_string()),
            Self::Number(values) => Cow::Owned(number_text(values[row])),
            Self::Boolean(values) => Cow::Borrowed(if values[row] == 1 { "true" } else { "false" }),
            Self::Date(values) => Cow::Owned(calendar::date_text(values[row])),
            Self::Datetime(values) => Cow::Owned(calendar::datetime_text(values[row])),
        }
    }

    /// The value as a number: dates and times in days, text and blanks as NaN.
    pub fn number(&self, row: usize) -> f64 {
        match self {
            _ if self.is_blank(row) => f64::NAN,
            Self::Text(_) => f64::NAN,
            Self::Integer(values) => values[row] as f64,
            Self::Number(values) => values[row],
            Self::Boolean(values) => f64::from(values[row]),
            Self::Date(values) => f64::from(values[row]),
            Self::Datetime(values) => values[row] as f64 / calendar::MICROS_PER_DAY as f64,
        }
    }

    /// The value as a moment in microseconds, a date as the start of its day; [`BLANK_INTEGER`] for a blank, and for
    /// what is neither date nor time.
    pub fn micros(&self, row: usize) -> i64 {
        match self {
            Self::Datetime(values) => values[row],
            Self::Date(values) if values[row] != BLANK_DATE => i64::from(values[row]) * calendar::MICROS_PER_DAY,
            _ => BLANK_INTEGER,
        }
    }

    /// The order of two rows of this column: by value, text by code point, blanks last.
    pub fn compare(&self, a: usize, b: usize) -> Ordering {
        match (self.is_blank(a), self.is_blank(b)) {
            (true, true) => return Ordering::Equal,
            (true, false) => return Ordering::Greater,
            (false, true) => return Ordering::Less,
            (false, false) => {}
        }
        match self {
            Self::Text(text) if text.codes[a] == text.codes[b] => Ordering::Equal,
            Self::Text(text) => text.get(a).cmp(text.get(b)),
            Self::Integer(values) | Self::Datetime(values) => values[a].cmp(&values[b]),
            Self::Number(values) => values[a].total_cmp(&values[b]),
            Self::Boolean(values) => values[a].cmp(&values[b]),
            Self::Date(values) => values[a].cmp(&values[b]),
        }
    }

    /// The values at these rows; [`NO_ROW`] gives a blank.
    pub fn gather(&self, rows: &[u32]) -> Self {
        fn pick<T: Copy>(values: &[T], rows: &[u32], blank: T) -> Vec<T> {
            rows.iter().map(|&row| if row == NO_ROW { blank } else { values[row as usize] }).collect()
        }
        match self {
            Self::Text(text) => Self::Text(TextColumn {
                codes: pick(&text.codes, rows, BLANK),
                dictionary: Arc::clone(&text.dictionary),
            }),
            Self::Integer(values) => Self::Integer(pick(values, rows, BLANK_INTEGER)),
            Self::Number(values) => Self::Number(pick(values, rows, f64::NAN)),
            Self::Boolean(values) => Self::Boolean(pick(values, rows, BLANK_BOOLEAN)),
            Self::Date(values) => Self::Date(pick(values, rows, BLANK_DATE)),
            Self::Datetime(values) => Self::Datetime(pick(values, rows, BLANK_INTEGER)),
        }
    }

    /// The value as bits, equal for equal values of a column; of text its code.
    pub fn bits(&self, row: usize) -> u64 {
        match self {
            Self::Text(text) => u64::from(text.codes[row]),
            Self::Integer(values) | Self::Datetime(values) => values[row] as u64,
            Self::Number(values) => values[row].to_bits(),
            Self::Boolean(values) => u64::from(values[row]),
            Self::Date(values) => values[row] as u64,
        }
    }

    /// Every value as a text code, with the distinct texts: for what compares values of any type as text.
    pub fn to_text(&self) -> Cow<'_, TextColumn> {
        if let Self::Text(text) = self {
            return Cow::Borrowed(text);
        }
        let mut dictionary = Dictionary::default();
        // A value is written as text once; nearly all columns repeat theirs.
        let mut code_of: HashMap<u64, u32> = HashMap::new();
        let mut last = (0, BLANK);
        let mut codes: Vec<u32> = Vec::with_capacity(self.len());
        for row in 0..self.len() {
            let bits = self.bits(row);
            if self.is_blank(row) {
                codes.push(BLANK);
                continue;
            }
            if last.1 == BLANK || last.0 != bits {
                last = (bits, *code_of.entry(bits).or_insert_with(|| dictionary.intern(&self.text(row))));
            }
            codes.push(last.1);
        }
        Cow::Owned(TextColumn { codes, dictionary: Arc::new(dictionary) })
    }
}

/// A number without exponent, with as few digits as read back to the same value; minus zero is zero.
pub fn number_text(value: f64) -> String {
    if value == 0.0 { "0".to_owned() } else { value.to_string() }
}
