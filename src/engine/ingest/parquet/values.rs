//! The values of a Parquet column, whatever they are stored as.

use std::borrow::Cow;

use polars::prelude::{ArrowDataType, DataType, PolarsResult, Series, TimeUnit};

use crate::engine::calendar;
use crate::engine::column::number_text;
use crate::project::ColumnType;

/// What the values of a column are in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Natural {
    Text,
    Integer,
    /// Unsigned with 64 bits: half of them are no [`i64`].
    Unsigned,
    Number,
    Boolean,
    Date,
    Datetime,
}

impl Natural {
    /// What a stored type is; `None` for lists, records, bytes and other types that cannot be loaded.
    pub(super) fn of(stored: &ArrowDataType) -> Option<Self> {
        use ArrowDataType as A;
        Some(match stored {
            A::Utf8 | A::LargeUtf8 | A::Utf8View | A::Null => Self::Text,
            A::Dictionary(_, values, _) if matches!(**values, A::Utf8 | A::LargeUtf8 | A::Utf8View) => Self::Text,
            A::Int8 | A::Int16 | A::Int32 | A::Int64 | A::UInt8 | A::UInt16 | A::UInt32 => Self::Integer,
            A::UInt64 => Self::Unsigned,
            A::Float32 | A::Float64 | A::Decimal(..) | A::Decimal32(..) | A::Decimal64(..) => Self::Number,
            A::Boolean => Self::Boolean,
            A::Date32 => Self::Date,
            A::Timestamp(..) | A::Date64 => Self::Datetime,
            _ => return None,
        })
    }

    /// The same for a type in memory.
    pub(super) fn of_values(dtype: &DataType) -> Option<Self> {
        Some(match dtype {
            DataType::String | DataType::Null | DataType::Categorical(..) | DataType::Enum(..) => Self::Text,
            DataType::UInt64 => Self::Unsigned,
            dtype if dtype.is_integer() => Self::Integer,
            DataType::Float32 | DataType::Float64 | DataType::Decimal(..) => Self::Number,
            DataType::Boolean => Self::Boolean,
            DataType::Date => Self::Date,
            DataType::Datetime(..) => Self::Datetime,
            _ => return None,
        })
    }

    pub(super) fn column_type(self) -> ColumnType {
        match self {
            Self::Text => ColumnType::String,
            Self::Integer | Self::Unsigned => ColumnType::Integer,
            Self::Number => ColumnType::Number,
            Self::Boolean => ColumnType::Boolean,
            Self::Date => ColumnType::Date,
            Self::Datetime => ColumnType::Datetime,
        }
    }

    pub(super) fn is_dated(self) -> bool {
        matches!(self, Self::Date | Self::Datetime)
    }

    /// Whether values pass into a column of this type without going through text.
    pub(super) fn is_direct(self, declared: ColumnType) -> bool {
        self.column_type() == declared || (self.column_type() == ColumnType::Integer && declared == ColumnType::Number)
    }

    /// Whether a value may not fit a column of this type.
    pub(super) fn needs_check(self, declared: ColumnType) -> bool {
        declared != ColumnType::String && (!self.is_direct(declared) || self == Self::Unsigned)
    }
}

/// One value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value<'a> {
    Blank,
    Text(&'a str),
    /// A whole number, a Boolean (0, 1), days, or microseconds, all since 1970-01-01.
    Whole(i64),
    /// A whole number beyond [`i64`].
    Huge(u64),
    Number(f64),
}

impl<'a> Value<'a> {
    /// The value as plain text, as [`crate::engine::column::Column::text`] writes it.
    pub(super) fn text(self, natural: Natural) -> Cow<'a, str> {
        match self {
            Self::Blank => Cow::Borrowed(""),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Huge(value) => Cow::Owned(value.to_string()),
            Self::Number(value) => Cow::Owned(number_text(value)),
            Self::Whole(value) => match natural {
                Natural::Boolean => Cow::Borrowed(if value == 0 { "false" } else { "true" }),
                Natural::Date => Cow::Owned(i32::try_from(value).map(calendar::date_text).unwrap_or_default()),
                Natural::Datetime => Cow::Owned(calendar::datetime_text(value)),
                _ => Cow::Owned(value.to_string()),
            },
        }
    }
}

/// Calls `visit` for every value in order with its row, from 0. NaN, and a time beyond the range of microseconds, are
/// blank.
pub(super) fn each_value(series: &Series, mut visit: impl FnMut(usize, Value<'_>)) -> PolarsResult<()> {
    match series.dtype() {
        DataType::Null => (0..series.len()).for_each(|row| visit(row, Value::Blank)),
        DataType::Boolean => {
            for (row, value) in series.bool()?.iter().enumerate() {
                visit(row, value.map_or(Value::Blank, |value| Value::Whole(i64::from(value))));
            }
        }
        DataType::String => each_text(series, visit)?,
        DataType::Categorical(..) | DataType::Enum(..) => each_text(&series.cast(&DataType::String)?, visit)?,
        DataType::UInt64 => {
            for (row, value) in series.u64()?.iter().enumerate() {
                let huge = |value| i64::try_from(value).map_or(Value::Huge(value), Value::Whole);
                visit(row, value.map_or(Value::Blank, huge));
            }
        }
        DataType::Float32 | DataType::Float64 | DataType::Decimal(..) => {
            for (row, value) in series.cast(&DataType::Float64)?.f64()?.iter().enumerate() {
                visit(row, value.filter(|value| !value.is_nan()).map_or(Value::Blank, Value::Number));
            }
        }
        DataType::Datetime(unit, _) => {
            let unit = *unit;
            let micros = |value: i64| match unit {
                TimeUnit::Nanoseconds => Some(value.div_euclid(1000)),
                TimeUnit::Microseconds => Some(value),
                TimeUnit::Milliseconds => value.checked_mul(1000),
            };
            for (row, value) in series.to_physical_repr().i64()?.iter().enumerate() {
                visit(row, value.and_then(micros).map_or(Value::Blank, Value::Whole));
            }
        }
        _ => {
            for (row, value) in series.to_physical_repr().cast(&DataType::Int64)?.i64()?.iter().enumerate() {
                visit(row, value.map_or(Value::Blank, Value::Whole));
            }
        }
    }
    Ok(())
}

fn each_text(series: &Series, mut visit: impl FnMut(usize, Value<'_>)) -> PolarsResult<()> {
    for (row, value) in series.str()?.iter().enumerate() {
        visit(row, value.map_or(Value::Blank, Value::Text));
    }
    Ok(())
}
