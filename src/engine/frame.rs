//! Tables as polars frames, and Parquet files of them.
//!
//! Blank becomes null. Files are written a column of a row group at a time, so that a table of many columns is never
//! there twice as a whole.

mod rewrite;
mod text;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use polars::prelude as pl;
use polars::prelude::{IntoColumn, IntoSeries, NewChunkedArray, SchemaExt};
use polars_parquet::parquet::error::ParquetError;
use polars_parquet::write::{
    CompressedPage, CompressionOptions, Compressor, DynIter, DynStreamingIterator, FallibleStreamingIterator,
    FileWriter, Page, ParquetType, StatisticsOptions, Version, WriteOptions, ZstdLevel, array_to_columns,
    get_dtype_encoding,
};

pub use rewrite::rewrite_columns;

use super::column::{BLANK_BOOLEAN, BLANK_DATE, BLANK_INTEGER, Column};
use super::dictionary::BLANK;
use super::table::{NamedColumn, Table};
use crate::project::file::temporary_beside;
use crate::task::Task;

/// Rows in a row group: large enough to compress well, small enough to hold twice.
const ROW_GROUP_ROWS: usize = 512 * 1024;
/// Ids and addresses hardly compress further at a higher level, and take twice the time.
const ZSTD_LEVEL: i32 = 1;

/// What keeps a table from becoming a frame or a file.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// The file or its folder cannot be written.
    #[error("{path} cannot be written: {source}", path = .path.display())]
    File { path: PathBuf, source: io::Error },
    /// Two columns of one name, columns of different lengths, or polars could not encode the values.
    #[error("the table cannot be written as Parquet: {0}")]
    Parquet(#[from] pl::PolarsError),
    #[error("cancelled; what was there before is as it was")]
    Cancelled,
}

/// The whole table as a frame: text as String, integers as Int64, numbers as Float64, Booleans as Boolean, dates as
/// Date, times as Datetime in microseconds without a zone (they are UTC); blank is null.
///
/// # Errors
/// [`FrameError::Parquet`] where two columns share a name or differ in length.
pub fn to_frame(table: &Table) -> Result<pl::DataFrame, FrameError> {
    let columns = table.columns.iter();
    let columns = columns.map(|column| series(&column.name, &column.data, 0..table.rows).into_column()).collect();
    Ok(pl::DataFrame::new(table.rows, columns)?)
}

/// Writes a table as a Parquet file (zstd), whole or not at all: a file that was there stays until the new one is
/// complete. The folder must exist.
///
/// # Errors
/// [`FrameError::File`] where the folder or file cannot be written, [`FrameError::Parquet`] as for [`to_frame`],
/// [`FrameError::Cancelled`] where the task is.
pub fn write_parquet(table: &Table, path: &Path, task: &Task) -> Result<(), FrameError> {
    let failed = |source: io::Error| FrameError::File { path: path.to_owned(), source };
    let mut file = begin(path).map_err(failed)?;
    let schema = to_frame(&table.gather(&[]))?.schema().to_arrow(pl::CompatLevel::newest());
    let mut writer = FileWriter::try_new(&mut file, schema, options())?;
    let fields = writer.parquet_schema().fields().to_vec();
    let mut start = 0;
    while start < table.rows {
        task.advance_to(start as u64).map_err(|_| FrameError::Cancelled)?;
        let rows = start..(start + ROW_GROUP_ROWS).min(table.rows);
        start = rows.end;
        let columns = table.columns.iter().zip(&fields).map(|(column, field)| compressed(column, rows.clone(), field));
        writer.write(rows.len() as u64, DynIter::new(columns))?;
    }
    writer.end(None)?;
    drop(writer);
    finish(file, path).map_err(failed)
}

type NewFile = BufWriter<tempfile::NamedTempFile<File>>;

fn begin(path: &Path) -> io::Result<NewFile> {
    Ok(BufWriter::with_capacity(1 << 20, temporary_beside(path)?))
}

fn finish(mut file: NewFile, path: &Path) -> io::Result<()> {
    file.flush()?;
    let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

fn options() -> WriteOptions {
    WriteOptions {
        statistics: StatisticsOptions::default(),
        version: Version::V1,
        compression: CompressionOptions::Zstd(ZstdLevel::try_new(ZSTD_LEVEL).ok()),
        data_page_size: None,
    }
}

type CompressedPages<'a> = DynStreamingIterator<'a, CompressedPage, pl::PolarsError>;

/// The pages of one column in one row group.
fn compressed<'a>(
    column: &NamedColumn,
    rows: Range<usize>,
    field: &ParquetType,
) -> pl::PolarsResult<CompressedPages<'a>> {
    let options = options();
    let pages = column_pages(column, rows, field, options)?.map(|page| page.map_err(ParquetError::from));
    let compressed = Compressor::new(pages, options.compression, Vec::new());
    Ok(DynStreamingIterator::new(compressed.map_err(pl::PolarsError::from)))
}

/// The pages of one column in one row group, not compressed yet.
fn column_pages(
    column: &NamedColumn,
    rows: Range<usize>,
    field: &ParquetType,
    options: WriteOptions,
) -> pl::PolarsResult<DynIter<'static, pl::PolarsResult<Page>>> {
    if let (Column::Text(text), ParquetType::PrimitiveType(kind)) = (&column.data, field) {
        let pages = text::pages(text, rows, kind)?;
        return Ok(DynIter::new(pages.into_iter().map(Ok)));
    }
    let array = series(&column.name, &column.data, rows).to_arrow(0, pl::CompatLevel::newest());
    let encodings = get_dtype_encoding(array.dtype());
    // A column of plain values has one leaf, so one list of pages.
    let mut leaves = array_to_columns(array, field.clone(), options, &encodings)?;
    Ok(leaves.pop().unwrap_or_else(|| DynIter::new(std::iter::empty())))
}

/// Some rows of a column.
fn series(name: &str, data: &Column, rows: Range<usize>) -> pl::Series {
    let name = pl::PlSmallStr::from_str(name);
    match data {
        Column::Text(text) => {
            let values = text.codes[rows].iter().map(|&code| (code != BLANK).then(|| text.dictionary.get(code)));
            pl::StringChunked::from_iter_options(name, values).into_series()
        }
        Column::Integer(values) => integers(name, &values[rows]).into_series(),
        Column::Datetime(values) => {
            integers(name, &values[rows]).into_datetime(pl::TimeUnit::Microseconds, None).into_series()
        }
        Column::Number(values) => {
            let values = &values[rows];
            if values.iter().any(|value| value.is_nan()) {
                let options = values.iter().map(|&value| (!value.is_nan()).then_some(value));
                pl::Float64Chunked::from_iter_options(name, options).into_series()
            } else {
                pl::Float64Chunked::from_slice(name, values).into_series()
            }
        }
        Column::Boolean(values) => {
            let options = values[rows].iter().map(|&value| (value != BLANK_BOOLEAN).then_some(value == 1));
            pl::BooleanChunked::from_iter_options(name, options).into_series()
        }
        Column::Date(values) => {
            let options = values[rows].iter().map(|&value| (value != BLANK_DATE).then_some(value));
            pl::Int32Chunked::from_iter_options(name, options).into_date().into_series()
        }
    }
}

fn integers(name: pl::PlSmallStr, values: &[i64]) -> pl::Int64Chunked {
    if values.contains(&BLANK_INTEGER) {
        let options = values.iter().map(|&value| (value != BLANK_INTEGER).then_some(value));
        pl::Int64Chunked::from_iter_options(name, options)
    } else {
        pl::Int64Chunked::from_slice(name, values)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use polars::prelude::SerReader;

    use super::*;

    fn sample() -> Table {
        Table::new([
            ("Text", Column::text_of(["a", "", "a", "a text longer than a view holds"])),
            ("Integer", Column::Integer(vec![1, BLANK_INTEGER, 3, 4])),
            ("Number", Column::Number(vec![0.5, f64::NAN, 1.0, 2.0])),
            ("Boolean", Column::Boolean(vec![0, 1, BLANK_BOOLEAN, 1])),
            ("Date", Column::Date(vec![0, 1, BLANK_DATE, 20_000])),
            ("Datetime", Column::Datetime(vec![0, BLANK_INTEGER, 1, 1_000_000])),
        ])
    }

    fn read(path: &Path) -> pl::DataFrame {
        pl::ParquetReader::new(fs::File::open(path).unwrap()).finish().unwrap()
    }

    #[test]
    fn a_file_holds_the_types_and_nulls_of_the_table() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.parquet");
        write_parquet(&sample(), &path, &Task::default()).unwrap();
        let frame = read(&path);
        assert!(frame.equals_missing(&to_frame(&sample()).unwrap()), "{frame}");
        let types: Vec<String> = frame.dtypes().iter().map(ToString::to_string).collect();
        assert_eq!(types, ["str", "i64", "f64", "bool", "date", "datetime[\u{3bc}s]"]);
        assert_eq!(frame.columns().iter().map(pl::Column::null_count).collect::<Vec<_>>(), [1, 1, 1, 1, 1, 1]);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing temporary is left");
    }

    #[test]
    fn few_rows_of_a_large_dictionary_and_no_rows_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.parquet");
        let values: Vec<String> = (0..1_000).map(|value| format!("value {value}")).collect();
        let table = Table::new([("Text", Column::text_of(values.iter().map(String::as_str)))]).gather(&[999, 3]);
        write_parquet(&table, &path, &Task::default()).unwrap();
        assert_eq!(read(&path).column("Text").unwrap().str().unwrap().get(0), Some("value 999"));
        write_parquet(&sample().gather(&[]), &path, &Task::default()).unwrap();
        assert_eq!(read(&path).shape(), (0, 6));
    }

    #[test]
    fn more_rows_than_a_row_group_keep_their_order() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.parquet");
        let rows = ROW_GROUP_ROWS + 3;
        let table = Table::new([("Row", Column::Integer((0..rows as i64).collect()))]);
        write_parquet(&table, &path, &Task::default()).unwrap();
        let frame = read(&path);
        assert!(frame.equals(&to_frame(&table).unwrap()));
    }

    #[test]
    fn errors_name_the_file_and_leave_an_older_one() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("missing").join("table.parquet");
        assert!(
            matches!(write_parquet(&sample(), &missing, &Task::default()), Err(FrameError::File { path, .. }) if path == missing)
        );
        let path = folder.path().join("table.parquet");
        write_parquet(&sample(), &path, &Task::default()).unwrap();
        let twice = Table::new([("A", Column::Integer(vec![1])), ("A", Column::Integer(vec![2]))]);
        assert!(matches!(write_parquet(&twice, &path, &Task::default()), Err(FrameError::Parquet(_))));
        assert_eq!(read(&path).width(), 6);
    }
}
