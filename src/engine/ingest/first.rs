//! The first rows of a file, to look at while the rest of it is read.

use std::path::Path;

use super::{IngestError, Ingested, load, parquet};
use crate::project::{FileFormat, SourceTable};
use crate::task::Task;

/// The first rows of a file, corrupt ones counted: as [`super::read`] has them, every column, but with no warnings.
/// Text is coded by these rows alone, so nothing is to be made of them but a picture.
///
/// # Errors
/// As for [`super::read`].
pub fn first_rows(path: &Path, source: &SourceTable, limit: usize, task: &Task) -> Result<Ingested, IngestError> {
    match &source.format {
        FileFormat::Parquet => parquet::first_rows(path, source, limit, task),
        FileFormat::Csv { .. } => load::first_rows(path, source, limit, task),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{file, load, source};
    use super::*;
    use crate::project::ColumnType;

    #[test]
    fn the_first_rows_are_those_of_the_whole_file() {
        let rows: String = (0..5_000).map(|row| format!("{row},{},name {}\n", row % 7, row % 900)).collect();
        let of = file("long.csv", format!("Id,Day,Name\n-1,no number,x\n{rows}"));
        let mut settings = source(&of.path);
        settings.columns[1].column_type = ColumnType::Integer;
        let all = load(&of.path, &settings);
        let first = |limit| first_rows(&of.path, &settings, limit, &Task::default()).unwrap();
        let few = first(1_000);
        assert_eq!((few.rows_read, few.table.rows, few.corrupt.len()), (1_000, 999, 1));
        assert_eq!(few.corrupt, all.corrupt, "the row that does not fit is the first one");
        assert_eq!(few.table.columns.len(), all.table.columns.len());
        for (few, all) in few.table.columns.iter().zip(&all.table.columns) {
            assert_eq!(few.name, all.name);
            assert!((0..999).all(|row| few.data.text(row) == all.data.text(row)), "{}", all.name);
        }
        assert_eq!(first(10_000).rows_read, all.rows_read, "a short file is all there");
    }

    #[test]
    fn the_first_rows_of_parquet_are_there_too() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples/cdnow/loyalty.parquet");
        let settings = source(&path);
        let (all, one) = (load(&path, &settings), first_rows(&path, &settings, 1, &Task::default()).unwrap());
        assert_eq!((one.table.rows, one.rows_read), (1, 1));
        let mut pairs = one.table.columns.iter().zip(&all.table.columns);
        assert!(pairs.all(|(a, b)| a.name == b.name && a.data.text(0) == b.data.text(0)));
    }
}
