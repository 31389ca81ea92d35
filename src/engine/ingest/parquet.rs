//! Parquet files as tables, one row group in memory at a time.

mod values;

use std::collections::BTreeMap;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use polars::prelude::{DataFrame, ParallelStrategy, ParquetReader, PolarsResult, SerReader, Series};

use self::values::{Natural, Value, each_value};
use super::builder::ColumnBuilder;
use super::guess::{Guess, SAMPLE_ROWS};
use super::types::BlankTokens;
use super::{CorruptRow, IngestError, Ingested, encoding, load, names, sniff};
use crate::project::{ColumnType, SourceColumn, SourceTable};
use crate::task::{Task, Unit};

/// An open file and what its footer says.
struct ParquetFile<'a> {
    path: &'a Path,
    reader: ParquetReader<File>,
    /// Unique names, in file order, with what the values are; `None` where they cannot be loaded.
    columns: Vec<(String, Option<Natural>)>,
    /// Rows of each row group.
    groups: Vec<usize>,
}

impl<'a> ParquetFile<'a> {
    fn open(path: &'a Path) -> Result<Self, IngestError> {
        if sniff::kind(path)? == sniff::Kind::Text {
            let detail = "it does not begin with the mark PAR1".to_owned();
            return Err(IngestError::Parquet { path: path.to_path_buf(), detail });
        }
        let mut reader = ParquetReader::new(encoding::open(path)?);
        let (schema, groups) = guarded(path, || {
            let schema = reader.schema()?;
            let groups = reader.get_metadata()?.row_groups.iter().map(|group| group.num_rows()).collect();
            Ok((schema, groups))
        })?;
        let unique = names::unique_names(schema.iter_names().map(|name| name.as_str()));
        let columns = unique.into_iter().zip(schema.iter_values().map(|field| Natural::of(&field.dtype))).collect();
        Ok(Self { path, reader, columns, groups })
    }

    /// The rows `from..from + count` of these columns, which are in file order.
    fn rows(&mut self, from: usize, count: usize, fields: &[usize]) -> Result<DataFrame, IngestError> {
        let file = encoding::open(self.path)?;
        let reader = &mut self.reader;
        guarded(self.path, || {
            let metadata = reader.get_metadata()?.clone();
            let mut part = ParquetReader::new(file)
                .with_projection(Some(fields.to_vec()))
                .with_slice(Some((from, count)))
                .read_parallel(ParallelStrategy::None);
            part.set_metadata(metadata);
            part.finish()
        })
    }

    fn unloadable_warnings(&self) -> Vec<String> {
        let unloadable = self.columns.iter().filter(|(_, natural)| natural.is_none());
        unloadable
            .map(|(name, _)| format!("{name} holds lists, records or bytes, which cannot be loaded; it is left out."))
            .collect()
    }
}

/// Runs something of polars, which panics on some damaged files.
fn guarded<T>(path: &Path, work: impl FnOnce() -> PolarsResult<T>) -> Result<T, IngestError> {
    let detail = match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(value)) => return Ok(value),
        Ok(Err(error)) => error.to_string(),
        Err(_) => "its content is damaged".to_owned(),
    };
    Err(IngestError::Parquet { path: path.to_path_buf(), detail })
}

/// The names of the loadable columns; see [`super::column_names`].
pub(super) fn column_names(path: &Path) -> Result<Vec<String>, IngestError> {
    let file = ParquetFile::open(path)?;
    Ok(file.columns.into_iter().filter(|(_, natural)| natural.is_some()).map(|(name, _)| name).collect())
}

/// The loadable columns with the types the file says, and warnings; see [`super::detect`].
pub(super) fn detect(
    path: &Path,
    blank_tokens: &[String],
    task: &Task,
) -> Result<(Vec<SourceColumn>, Vec<String>), IngestError> {
    let mut file = ParquetFile::open(path)?;
    let warnings = file.unloadable_warnings();
    let blanks = BlankTokens::new(blank_tokens);
    let loadable: Vec<(usize, String, Natural)> = file
        .columns
        .iter()
        .enumerate()
        .filter_map(|(field, (name, natural))| natural.map(|natural| (field, name.clone(), natural)))
        .collect();
    let fields: Vec<usize> = loadable.iter().map(|(field, ..)| *field).collect();
    let has_rows = file.groups.iter().any(|&rows| rows > 0);
    let sample = if has_rows && !fields.is_empty() { Some(file.rows(0, SAMPLE_ROWS, &fields)?) } else { None };
    task.check()?;
    let mut columns = Vec::with_capacity(loadable.len());
    for (place, (_, name, natural)) in loadable.into_iter().enumerate() {
        let mut guess = Guess::default();
        let mut is_huge = false;
        if let Some(series) = sample.as_ref().and_then(|sample| sample.select_at_idx(place)) {
            guarded(path, || {
                each_value(series.as_materialized_series(), |_, value| match value {
                    Value::Text(text) => guess.add(text, &blanks),
                    Value::Huge(_) => is_huge = true,
                    _ => {}
                })
            })?;
        }
        let (mut column, _) = guess.column(&name, false);
        column.column_type = if is_huge { ColumnType::String } else { natural.column_type() };
        column.date_format = None;
        columns.push(column);
    }
    Ok((columns, warnings))
}

/// Reads a Parquet file; see [`super::read`].
pub(super) fn read(
    path: &Path,
    source: &SourceTable,
    wanted: &dyn Fn(&str) -> bool,
    task: &Task,
) -> Result<Ingested, IngestError> {
    let mut file = ParquetFile::open(path)?;
    let total: usize = file.groups.iter().sum();
    if total >= u32::MAX as usize {
        return Err(IngestError::TooManyRows { path: path.to_path_buf() });
    }
    task.begin_about(names::reading_stage(path), &source.id, total as u64, Unit::Rows);
    let mut loader = Loader::new(&file, source, wanted)?;
    let groups = file.groups.clone();
    let mut from = 0;
    for rows in groups {
        if rows > 0 && !loader.fields.is_empty() {
            let frame = file.rows(from, rows, &loader.fields)?;
            guarded(path, || loader.group(&frame, from, task))?;
        } else {
            loader.whole_rows(from, rows);
        }
        from += rows;
        task.advance_to(from as u64)?;
    }
    Ok(loader.finish(total, file.unloadable_warnings()))
}

/// The first rows; see [`super::first_rows`].
pub(super) fn first_rows(
    path: &Path,
    source: &SourceTable,
    limit: usize,
    task: &Task,
) -> Result<Ingested, IngestError> {
    let mut file = ParquetFile::open(path)?;
    let rows = file.groups.iter().sum::<usize>().min(limit);
    let mut loader = Loader::new(&file, source, &|_| true)?;
    if rows > 0 && !loader.fields.is_empty() {
        let frame = file.rows(0, rows, &loader.fields)?;
        guarded(path, || loader.group(&frame, 0, task))?;
    } else {
        loader.whole_rows(0, rows);
    }
    Ok(Ingested { warnings: Vec::new(), ..loader.finish(rows, Vec::new()) })
}

struct Loader {
    builders: Vec<(ColumnBuilder, Natural)>,
    /// The columns to take from the file, in file order.
    fields: Vec<usize>,
    key_field: Option<usize>,
    blanks: BlankTokens,
    order: Vec<String>,
    missing_columns: Vec<String>,
    warnings: Vec<String>,
    rows: usize,
    row_numbers: Option<Vec<u32>>,
    corrupt: Vec<CorruptRow>,
}

impl Loader {
    fn new(file: &ParquetFile<'_>, source: &SourceTable, wanted: &dyn Fn(&str) -> bool) -> Result<Self, IngestError> {
        let names: Vec<String> = file.columns.iter().map(|(name, _)| name.clone()).collect();
        let (mut builders, mut fields, mut order) = (Vec::new(), Vec::new(), Vec::new());
        let (mut missing_columns, mut used) = (Vec::new(), Vec::new());
        for declared in &source.columns {
            let found = names::find(&names, &declared.name);
            let Some((field, natural)) = found.and_then(|field| Some((field, file.columns[field].1?))) else {
                missing_columns.push(declared.name.clone());
                continue;
            };
            used.push(field);
            let mut builder = ColumnBuilder::new(declared, field, wanted(&declared.name), false)?;
            if natural.is_dated() {
                builder.expect_iso_dates();
            }
            if builder.wanted {
                order.push(declared.name.clone());
            }
            if builder.wanted || natural.needs_check(builder.column_type()) {
                fields.push(field);
                builders.push((builder, natural));
            }
        }
        let key_field = source.primary_key.as_ref().and_then(|key| names::find(&names, key));
        let key_field = key_field.filter(|&field| file.columns[field].1.is_some());
        // Columns that cannot be loaded have a warning of their own.
        used.extend(file.columns.iter().enumerate().filter(|(_, (_, natural))| natural.is_none()).map(|(at, _)| at));
        fields.extend(key_field);
        fields.sort_unstable();
        fields.dedup();
        Ok(Self {
            builders,
            fields,
            key_field,
            blanks: BlankTokens::new(&source.blank_tokens),
            order,
            missing_columns,
            warnings: names::undeclared_warning(&names, &used).into_iter().collect(),
            rows: 0,
            row_numbers: None,
            corrupt: Vec::new(),
        })
    }

    /// Takes the rows of one group: those with a value that does not fit go to the corrupt ones, the others to the
    /// columns.
    fn group(&mut self, frame: &DataFrame, from: usize, task: &Task) -> PolarsResult<()> {
        let mut bad: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for (builder, natural) in &self.builders {
            let Some(series) = series(frame, &self.fields, builder.field) else { continue };
            if natural.needs_check(builder.column_type()) && !task.is_cancelled() {
                let direct = natural.is_direct(builder.column_type());
                each_value(series, |row, value| {
                    let fits = match value {
                        Value::Huge(_) if direct => false,
                        _ => direct || builder.fits(&value.text(*natural), &self.blanks),
                    };
                    if !fits {
                        bad.entry(row).or_default().push(builder.complaint(&value.text(*natural)));
                    }
                })?;
            }
        }
        let rows = frame.height();
        let mut skip = vec![false; rows];
        bad.keys().for_each(|&row| skip[row] = true);
        for (builder, natural) in &mut self.builders {
            let Some(series) = series(frame, &self.fields, builder.field) else { continue };
            if builder.wanted && !task.is_cancelled() {
                append(builder, *natural, series, &skip, &self.blanks)?;
            }
        }
        let keys = if bad.is_empty() { BTreeMap::new() } else { self.keys(frame, &bad)? };
        let mut next = 0;
        for (row, reasons) in bad {
            self.whole_rows(from + next, row - next);
            next = row + 1;
            self.row_numbers.get_or_insert_with(|| (1..=self.rows as u32).collect());
            let key = keys.get(&row).cloned().unwrap_or_default();
            self.corrupt.push(CorruptRow { row: (from + row + 1) as u32, key, reason: reasons.join("; ") });
        }
        self.whole_rows(from + next, rows - next);
        Ok(())
    }

    /// Counts rows of the file as whole.
    fn whole_rows(&mut self, from: usize, count: usize) {
        self.rows += count;
        if let Some(numbers) = &mut self.row_numbers {
            numbers.extend((from..from + count).map(|row| row as u32 + 1));
        }
    }

    fn keys(&self, frame: &DataFrame, bad: &BTreeMap<usize, Vec<String>>) -> PolarsResult<BTreeMap<usize, String>> {
        let mut keys = BTreeMap::new();
        if let Some(series) = self.key_field.and_then(|field| series(frame, &self.fields, field))
            && let Some(natural) = Natural::of_values(series.dtype())
        {
            each_value(series, |row, value| {
                if bad.contains_key(&row) {
                    keys.insert(row, value.text(natural).into_owned());
                }
            })?;
        }
        Ok(keys)
    }

    fn finish(mut self, total: usize, unloadable: Vec<String>) -> Ingested {
        self.warnings.extend(unloadable);
        self.warnings.extend(self.builders.iter().filter_map(|(builder, _)| builder.order_warning()));
        let builders = self.builders.into_iter().map(|(builder, _)| builder).collect();
        let mut table = load::table_in_order(builders, &self.order, self.rows);
        table.row_numbers = self.row_numbers;
        Ingested {
            table: table.into(),
            corrupt: self.corrupt,
            rows_read: total as u64,
            missing_columns: self.missing_columns,
            warnings: self.warnings,
        }
    }
}

fn series<'a>(frame: &'a DataFrame, fields: &[usize], field: usize) -> Option<&'a Series> {
    let place = fields.binary_search(&field).ok()?;
    frame.select_at_idx(place).map(|column| column.as_materialized_series())
}

/// Adds the values of a group to a column but for the rows to skip.
fn append(
    builder: &mut ColumnBuilder,
    natural: Natural,
    series: &Series,
    skip: &[bool],
    blanks: &BlankTokens,
) -> PolarsResult<()> {
    let direct = natural.is_direct(builder.column_type());
    let is_number = builder.column_type() == ColumnType::Number;
    each_value(series, |row, value| {
        if skip[row] {
            return;
        }
        match value {
            Value::Text(text) => {
                builder.push(text, blanks);
            }
            Value::Whole(whole) if direct => builder.push_whole(Some(whole)),
            Value::Number(number) if direct => builder.push_number(number),
            Value::Blank if direct && is_number => builder.push_number(f64::NAN),
            Value::Blank if direct => builder.push_whole(None),
            value => {
                builder.push(&value.text(natural), blanks);
            }
        }
    })
}
