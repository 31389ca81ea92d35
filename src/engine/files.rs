//! Tables as files: Parquet or CSV, each written whole or not at all, and results read back.

use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use super::error::EngineError;
use super::frame;
use super::ingest;
use super::table::Table;
use crate::project::file::temporary_beside;
use crate::project::{ExportFormat, FileFormat, SourceTable};
use crate::task::{Cancelled, Task, Unit};

/// So many rows are written between two looks at a cancel.
const ROWS_PER_CHECK: usize = 8_192;

/// Writes a table; the folder is made where it is not there. A file of that name stays until the new one is complete.
/// The present stage of the task counts its rows.
///
/// # Errors
/// Where nothing can be written there, or the task is cancelled.
pub fn write(table: &Table, path: &Path, format: ExportFormat, task: &Task) -> Result<(), EngineError> {
    task.expect(table.rows as u64, Unit::Rows);
    let failed = |reason: String| EngineError::Output { path: path.to_owned(), reason };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|error| failed(error.to_string()))?;
    }
    match format {
        ExportFormat::Parquet => frame::write_parquet(table, path, task).map_err(|error| match error {
            frame::FrameError::Cancelled => EngineError::Cancelled,
            error => failed(error.to_string()),
        }),
        ExportFormat::Csv => match write_csv(table, path, task) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(Cancelled)) => Err(EngineError::Cancelled),
            Err(error) => Err(failed(error.to_string())),
        },
    }
}

/// Writes the Parquet table of an older file with some columns changed; says whether it could.
pub fn rewrite_parquet(old: &Path, changed: &Table, path: &Path) -> bool {
    let folder = path.parent().is_none_or(|folder| std::fs::create_dir_all(folder).is_ok());
    folder && frame::rewrite_columns(old, changed, path).is_ok()
}

/// UTF-8, comma, a header, fields quoted where they need it; blank is empty.
fn write_csv(table: &Table, path: &Path, task: &Task) -> io::Result<Result<(), Cancelled>> {
    let file = temporary_beside(path)?;
    let mut writer = simd_csv::WriterBuilder::new().from_writer(BufWriter::with_capacity(1 << 20, file));
    let broken = |error: simd_csv::Error| io::Error::other(error.to_string());
    writer.write_record(table.columns.iter().map(|column| column.name.as_bytes())).map_err(broken)?;
    let mut record = simd_csv::ByteRecord::new();
    for row in 0..table.rows {
        if row.is_multiple_of(ROWS_PER_CHECK)
            && let Err(cancelled) = task.advance_to(row as u64)
        {
            return Ok(Err(cancelled));
        }
        record.clear();
        for column in &table.columns {
            record.push_field(column.data.text(row).as_bytes());
        }
        writer.write_byte_record(&record).map_err(broken)?;
    }
    let mut buffered = writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    buffered.flush()?;
    let file = buffered.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(Ok(()))
}

/// A Parquet file of ours as a table.
pub fn read_parquet(path: &Path) -> Result<Table, EngineError> {
    let failed = |error: ingest::IngestError| EngineError::Results { path: path.to_owned(), reason: error.to_string() };
    let task = Task::default();
    let columns = ingest::detect_columns(path, &FileFormat::Parquet, &[], &task).map_err(failed)?;
    let source = SourceTable {
        id: String::new(),
        name: String::new(),
        path: String::new(),
        format: FileFormat::Parquet,
        blank_tokens: Vec::new(),
        columns,
        primary_key: None,
    };
    let ingested = ingest::read(path, &source, &|_| true, &task).map_err(failed)?;
    Ok(std::sync::Arc::unwrap_or_clone(ingested.table))
}
