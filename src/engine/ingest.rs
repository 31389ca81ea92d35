//! The way in: a CSV or Parquet file becomes a [`Table`], and what does not fit becomes a list with reasons
//! (semantics 1.1).
//!
//! [`detect`] takes a first look and proposes a [`FileFormat`] and columns; the analyst may overrule any of it;
//! [`read`] then follows what is written in the [`SourceTable`] and guesses nothing. A row is either whole in the table
//! or whole in [`Ingested::corrupt`]: which of the two never depends on the columns that are wanted.

mod builder;
mod csv;
mod dates;
mod encoding;
mod error;
mod event_log;
mod first;
mod guess;
mod key_check;
mod key_proposal;
mod load;
mod names;
mod parquet;
mod profile;
mod semantic;
mod sniff;
#[cfg(test)]
mod tests;
mod types;

use std::path::Path;
use std::sync::Arc;

pub use error::IngestError;
pub use event_log::{EventLog, event_log};
pub use first::first_rows;
pub use key_check::{KeyCheck, key_check};
pub use key_proposal::{key_checks, propose_key};
pub use names::file_name;
pub use profile::{Bin, ColumnProfile, profile};
pub use semantic::name_words;

use super::column::Column;
use super::dictionary::BLANK;
use super::table::Table;
use crate::project::source::default_blank_tokens;
use crate::project::{FileFormat, SourceColumn, SourceTable};
use crate::task::Task;

/// A first look at a file: what it seems to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Detected {
    pub format: FileFormat,
    /// Every loadable column in file order, all selected, with suggested types and meanings.
    pub columns: Vec<SourceColumn>,
    /// What the analyst should look at: dates of ambiguous order, columns that cannot be loaded. Whole sentences.
    pub warnings: Vec<String>,
}

/// A row that did not fit and is not in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorruptRow {
    /// Its number in the file, the first data row being 1. Empty lines do not count.
    pub row: u32,
    /// The raw text of its primary key; empty where there is no primary key or the cell could not be told.
    pub key: String,
    /// Every bad field: its name, its value (shortened) and what was expected.
    pub reason: String,
}

/// What a file held, read as its [`SourceTable`] says.
#[derive(Debug, Clone, Default)]
pub struct Ingested {
    /// The wanted columns, in the order of the source table, without the corrupt rows. Shared: a screen keeps it.
    pub table: Arc<Table>,
    pub corrupt: Vec<CorruptRow>,
    /// Data rows in the file, corrupt ones included: `table.rows + corrupt.len()`.
    pub rows_read: u64,
    /// Declared columns that the file does not have; they are not in the table.
    pub missing_columns: Vec<String>,
    /// Whole sentences for the analyst; none of them stops anything.
    pub warnings: Vec<String>,
}

/// Proposes a format and columns for a file, from its name and its content.
///
/// Looks at about the first 10,000 rows only. Blank tokens are those of the preset.
///
/// # Errors
/// A file that is missing, empty, unreadable or of a kind that cannot be read, or a cancelled task.
pub fn detect(path: &Path, task: &Task) -> Result<Detected, IngestError> {
    task.begin(tr!("Looking at {file}", file = names::file_name(path)));
    let tokens = default_blank_tokens();
    match sniff::kind(path)? {
        sniff::Kind::Parquet => {
            let (columns, warnings) = parquet::detect(path, &tokens, task)?;
            Ok(Detected { format: FileFormat::Parquet, columns, warnings })
        }
        sniff::Kind::Text => {
            let layout = sniff::layout(path)?;
            let sample = guess::sample(path, &layout, &tokens, task)?;
            let (format, columns, warnings) = sample.conclude(&layout, None, None);
            Ok(Detected { format, columns, warnings })
        }
    }
}

/// Proposes columns for a file whose format is known, for instance after the analyst changed the delimiter.
///
/// # Errors
/// As for [`detect`], and a format that cannot be used, such as a delimiter outside ASCII.
pub fn detect_columns(
    path: &Path,
    format: &FileFormat,
    blank_tokens: &[String],
    task: &Task,
) -> Result<Vec<SourceColumn>, IngestError> {
    task.begin(tr!("Looking at {file}", file = names::file_name(path)));
    match format {
        FileFormat::Parquet => Ok(parquet::detect(path, blank_tokens, task)?.0),
        FileFormat::Csv { header, decimal_comma, .. } => {
            let layout = sniff::Layout::of(format, path)?;
            let sample = guess::sample(path, &layout, blank_tokens, task)?;
            Ok(sample.conclude(&layout, Some(*header), Some(*decimal_comma)).1)
        }
    }
}

/// The names of a file's columns in file order, made unique as [`read`] does; only the top of the file is read.
///
/// # Errors
/// As for [`detect_columns`].
pub fn column_names(path: &Path, format: &FileFormat) -> Result<Vec<String>, IngestError> {
    match format {
        FileFormat::Parquet => parquet::column_names(path),
        FileFormat::Csv { .. } => load::column_names(path, format),
    }
}

/// Reads a file as its source table says: the columns for which `wanted` holds become columns of the table.
///
/// Every declared column that has a type other than string is checked in every row, wanted or not. Progress is in bytes
/// of the file (rows for Parquet).
///
/// # Errors
/// A file that is missing, empty, unreadable or too long, a format or date format that cannot be used, or a cancelled
/// task. Rows that do not fit are no error: they are in [`Ingested::corrupt`].
pub fn read(
    path: &Path,
    source: &SourceTable,
    wanted: &dyn Fn(&str) -> bool,
    task: &Task,
) -> Result<Ingested, IngestError> {
    let mut ingested = match &source.format {
        FileFormat::Parquet => parquet::read(path, source, wanted, task)?,
        FileFormat::Csv { .. } => load::read(path, source, wanted, task)?,
    };
    let suspicious = suspicious_blank_warnings(source, &ingested.table);
    ingested.warnings.extend(suspicious);
    Ok(ingested)
}

/// Warns of cells that look blank but are taken literally, because the analyst took their token from the list
/// (semantics, case 3). [`read`] has them in its warnings already.
///
/// A warning needs a string column in which one token of the preset stands in two rows or more.
pub fn suspicious_blank_warnings(source: &SourceTable, table: &Table) -> Vec<String> {
    let literal: Vec<String> =
        default_blank_tokens().into_iter().filter(|token| !source.blank_tokens.contains(token)).collect();
    let mut warnings = Vec::new();
    for column in &table.columns {
        let Column::Text(text) = &column.data else { continue };
        for token in &literal {
            let Some(code) = text.dictionary.find(token).filter(|&code| code != BLANK) else { continue };
            let rows = text.codes.iter().filter(|&&other| other == code).count();
            if rows >= 2 {
                warnings.push(format!(
                    "`{token}` stands in {rows} rows of {}: treat it as blank, or different people may be joined.",
                    column.name
                ));
            }
        }
    }
    warnings
}

/// Whether a pattern can be used as a date format.
///
/// Letters are those of CLDR: `yyyy yy MMM MM M dd d HH H hh h a mm m ss s S SSS X XXX`; other characters stand for
/// themselves, letters among them in single quotes (`'T'`).
///
/// # Errors
/// What is wrong with the pattern, as a whole sentence for the analyst.
pub fn validate_date_format(pattern: &str) -> Result<(), String> {
    dates::DateParser::compile(Some(pattern)).map(|_| ())
}

/// Whether a file with these columns has a declared one: by its name, else ignoring case, as [`read`] finds it.
pub fn has_column(names: &[String], declared: &str) -> bool {
    names::find(names, declared).is_some()
}

/// Days since 1970-01-01 of an ISO 8601 date without a time, such as `2022-07-23`.
pub fn parse_date(text: &str) -> Option<i32> {
    let stamp = dates::DateParser::compile(None).ok()?.parse(text.as_bytes())?;
    if stamp.has_time { None } else { stamp.date() }
}

/// Microseconds since 1970-01-01 00:00:00 UTC of an ISO 8601 time, such as `2022-07-23 10:00:00`; without a zone it
/// is UTC. A date alone is its midnight.
pub fn parse_datetime(text: &str) -> Option<i64> {
    Some(dates::DateParser::compile(None).ok()?.parse(text.as_bytes())?.datetime())
}
