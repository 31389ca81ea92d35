//! A text file as a table: every row checked whole, the wanted columns kept.

use std::ops::ControlFlow;
use std::path::Path;

use super::builder::ColumnBuilder;
use super::csv::{Cells, Lines, Piece, QuoteFault, Record};
use super::names;
use super::sniff::Layout;
use super::types::{BlankTokens, shortened};
use super::{CorruptRow, IngestError, Ingested};
use crate::engine::table::Table;
use crate::project::source::TextEncoding;
use crate::project::{FileFormat, SourceTable};
use crate::task::{Task, Unit};

/// Rows are numbered from 1 with 32 bits, and the largest number means something else.
const MOST_ROWS: u32 = u32::MAX - 1;

/// The names of the columns; see [`super::column_names`].
pub(super) fn column_names(path: &Path, format: &FileFormat) -> Result<Vec<String>, IngestError> {
    let layout = Layout::of(format, path)?;
    let mut names = None;
    let io_error = |source| IngestError::from_io(path, source);
    layout.records(path)?.each(&Task::default(), &io_error, |record| {
        names = Some(first_names(&record, has_header(format), &layout));
        Ok(ControlFlow::Break(()))
    })?;
    names.ok_or_else(|| IngestError::Empty { path: path.to_path_buf() })
}

/// Reads a text file; see [`super::read`].
pub(super) fn read(
    path: &Path,
    source: &SourceTable,
    wanted: &dyn Fn(&str) -> bool,
    task: &Task,
) -> Result<Ingested, IngestError> {
    let layout = Layout::of(&source.format, path)?;
    let size = std::fs::metadata(path).map_or(0, |metadata| metadata.len());
    let names = column_names(path, &source.format)?;
    let width = names.len();
    let mut loader = Loader::new(path, source, &layout, names, wanted)?;
    task.begin_about(names::reading_stage(path), &source.id, size, Unit::Bytes);
    let io_error = |source| IngestError::from_io(path, source);
    let mut header = has_header(&source.format);
    layout.records(path)?.pieces(Some(width), task, &io_error, |piece| {
        match piece {
            // The first record comes alone.
            Piece::Record(_) if header => header = false,
            Piece::Record(record) => loader.record(&record)?,
            Piece::Lines(lines) => loader.lines(&lines)?,
        }
        Ok(ControlFlow::Continue(()))
    })?;
    task.advance_to(size)?;
    Ok(loader.finish())
}

/// The first rows of a text file; see [`super::first_rows`].
pub(super) fn first_rows(
    path: &Path,
    source: &SourceTable,
    limit: usize,
    task: &Task,
) -> Result<Ingested, IngestError> {
    let layout = Layout::of(&source.format, path)?;
    let names = column_names(path, &source.format)?;
    let mut loader = Loader::new(path, source, &layout, names, &|_| true)?;
    let io_error = |source| IngestError::from_io(path, source);
    let mut header = has_header(&source.format);
    layout.records(path)?.each(task, &io_error, |record| {
        match header {
            true => header = false,
            false => loader.record(&record)?,
        }
        let is_over = loader.number as usize >= limit;
        Ok(if is_over { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    })?;
    Ok(Ingested { warnings: Vec::new(), ..loader.finish() })
}

fn has_header(format: &FileFormat) -> bool {
    matches!(format, FileFormat::Csv { header: true, .. })
}

/// The column names a file's first record gives. One with bad quotes is cut at its delimiters all the same.
fn first_names(record: &Record<'_>, header: bool, layout: &Layout) -> Vec<String> {
    match record {
        Record::Whole(cells) | Record::BadEncoding(cells) if header => names::unique_names(cells.iter()),
        Record::Whole(cells) | Record::BadEncoding(cells) => names::numbered(cells.len()),
        Record::BadQuotes { line, .. } => {
            let line = String::from_utf8_lossy(line);
            let cells = line.split(char::from(layout.delimiter));
            if header { names::unique_names(cells) } else { names::numbered(cells.count()) }
        }
    }
}

struct Loader<'a> {
    path: &'a Path,
    layout: Layout,
    names: Vec<String>,
    blanks: BlankTokens,
    /// Where the primary key stands in the file.
    key_field: Option<usize>,
    /// Columns with a type, wanted or not.
    typed: Vec<ColumnBuilder>,
    /// Wanted string columns.
    texts: Vec<ColumnBuilder>,
    /// The names of the wanted columns in declared order.
    order: Vec<String>,
    missing_columns: Vec<String>,
    warnings: Vec<String>,
    /// Whole rows so far.
    rows: usize,
    /// The number of the present row in the file.
    number: u32,
    row_numbers: Option<Vec<u32>>,
    corrupt: Vec<CorruptRow>,
}

impl<'a> Loader<'a> {
    fn new(
        path: &'a Path,
        source: &SourceTable,
        layout: &Layout,
        names: Vec<String>,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<Self, IngestError> {
        let decimal_comma = matches!(source.format, FileFormat::Csv { decimal_comma: true, .. });
        let (mut typed, mut texts, mut order) = (Vec::new(), Vec::new(), Vec::new());
        let (mut missing_columns, mut used) = (Vec::new(), Vec::new());
        for declared in &source.columns {
            let Some(field) = names::find(&names, &declared.name) else {
                missing_columns.push(declared.name.clone());
                continue;
            };
            used.push(field);
            let builder = ColumnBuilder::new(declared, field, wanted(&declared.name), decimal_comma)?;
            if builder.wanted {
                order.push(declared.name.clone());
            }
            match builder.is_text() {
                true if builder.wanted => texts.push(builder),
                true => {}
                false => typed.push(builder),
            }
        }
        Ok(Self {
            path,
            layout: *layout,
            key_field: source.primary_key.as_ref().and_then(|key| names::find(&names, key)),
            warnings: names::undeclared_warning(&names, &used).into_iter().collect(),
            names,
            blanks: BlankTokens::new(&source.blank_tokens),
            typed,
            texts,
            order,
            missing_columns,
            rows: 0,
            number: 0,
            row_numbers: None,
            corrupt: Vec::new(),
        })
    }

    /// Many rows at once, a column at a time; one by one where a value does not fit.
    fn lines(&mut self, lines: &Lines<'_>) -> Result<(), IngestError> {
        let count = lines.len();
        if self.number as usize + count > MOST_ROWS as usize {
            return Err(IngestError::TooManyRows { path: self.path.to_path_buf() });
        }
        let blanks = &self.blanks;
        if !self.typed.iter_mut().all(|column| column.push_all(lines.column(column.field), blanks)) {
            self.typed.iter_mut().for_each(|column| column.truncate(self.rows));
            let mut ranges = Vec::new();
            return (0..count).try_for_each(|line| self.record(&Record::Whole(lines.cells(line, &mut ranges))));
        }
        for column in &mut self.texts {
            column.push_all(lines.column(column.field), blanks);
        }
        self.rows += count;
        let first = self.number + 1;
        self.number += count as u32;
        if let Some(numbers) = &mut self.row_numbers {
            numbers.extend(first..=self.number);
        }
        Ok(())
    }

    fn record(&mut self, record: &Record<'_>) -> Result<(), IngestError> {
        if self.number >= MOST_ROWS {
            return Err(IngestError::TooManyRows { path: self.path.to_path_buf() });
        }
        self.number += 1;
        match record {
            Record::Whole(cells) => self.row(cells),
            Record::BadEncoding(cells) => {
                let reason = self.encoding_reason(cells);
                self.reject(self.key(cells), reason);
            }
            Record::BadQuotes { line, fault } => {
                // Cut by hand: the cells before a stray quote are usually in order.
                let line = String::from_utf8_lossy(line);
                let key = self.key_field.and_then(|field| line.split(char::from(self.layout.delimiter)).nth(field));
                let reason = self.quote_reason(*fault, &line);
                self.reject(key.unwrap_or_default().trim().to_owned(), reason);
            }
        }
        Ok(())
    }

    #[inline]
    fn row(&mut self, cells: &Cells<'_>) {
        if cells.len() != self.names.len() {
            let (found, expected) = (cells.len(), self.names.len());
            let plural = if found == 1 { "" } else { "s" };
            let reason = format!("The row has {found} field{plural} instead of {expected}");
            self.reject(self.key(cells), reason);
            return;
        }
        let mut fits = true;
        for column in &mut self.typed {
            fits &= column.push(cells.get(column.field), &self.blanks);
        }
        if !fits {
            self.reject_values(cells);
            return;
        }
        for column in &mut self.texts {
            column.push(cells.get(column.field), &self.blanks);
        }
        self.rows += 1;
        if let Some(numbers) = &mut self.row_numbers {
            numbers.push(self.number);
        }
    }

    #[cold]
    fn reject_values(&mut self, cells: &Cells<'_>) {
        let mut reasons = Vec::new();
        for column in &mut self.typed {
            column.truncate(self.rows);
            let cell = cells.get(column.field);
            if !column.fits(cell, &self.blanks) {
                reasons.push(column.complaint(cell));
            }
        }
        self.reject(self.key(cells), reasons.join("; "));
    }

    #[cold]
    fn reject(&mut self, key: String, reason: String) {
        if self.row_numbers.is_none() {
            self.row_numbers = Some((1..=self.rows as u32).collect());
        }
        self.corrupt.push(CorruptRow { row: self.number, key, reason });
    }

    fn key(&self, cells: &Cells<'_>) -> String {
        self.key_field.map(|field| cells.get(field).to_owned()).unwrap_or_default()
    }

    fn encoding_reason(&self, cells: &Cells<'_>) -> String {
        let bad: Vec<String> = cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| cell.contains(char::REPLACEMENT_CHARACTER))
            .map(|(index, cell)| {
                let name = self.names.get(index).map_or_else(|| format!("Field {}", index + 1), Clone::clone);
                format!("{name}: “{}” is not valid {}", shortened(cell), TextEncoding::Utf8.label())
            })
            .collect();
        format!("{} (if many rows are like this, choose another encoding for the file)", bad.join("; "))
    }

    fn quote_reason(&self, fault: QuoteFault, line: &str) -> String {
        let quote = char::from(self.layout.quote);
        let what = match fault {
            QuoteFault::Stray => format!(
                "A {quote} stands inside a field that is not enclosed in {quote}, or is not doubled in one that is"
            ),
            QuoteFault::Unclosed => format!("A {quote} opens a field and none closes it"),
            QuoteFault::TooLong => "The row is longer than 16 MB".to_owned(),
        };
        format!("{what}: “{}”", shortened(line))
    }

    fn finish(mut self) -> Ingested {
        self.warnings.extend(self.typed.iter().filter_map(ColumnBuilder::order_warning));
        let builders: Vec<ColumnBuilder> = self.typed.into_iter().chain(self.texts).collect();
        let mut table = table_in_order(builders, &self.order, self.rows);
        table.row_numbers = self.row_numbers;
        Ingested {
            table: table.into(),
            corrupt: self.corrupt,
            rows_read: u64::from(self.number),
            missing_columns: self.missing_columns,
            warnings: self.warnings,
        }
    }
}

/// The wanted columns as a table, in the order of `order`.
pub(super) fn table_in_order(builders: Vec<ColumnBuilder>, order: &[String], rows: usize) -> Table {
    let mut columns: Vec<(usize, String, _)> = builders
        .into_iter()
        .filter(|builder| builder.wanted)
        .map(|builder| {
            let place = order.iter().position(|name| *name == builder.name).unwrap_or(order.len());
            (place, builder.name.clone(), builder.finish())
        })
        .collect();
    columns.sort_by_key(|(place, ..)| *place);
    let mut table = Table::new(columns.into_iter().map(|(_, name, column)| (name, column)));
    // A table with no wanted column still has rows.
    table.rows = rows;
    table
}
