//! A Parquet file of ours with other values in some of its columns: the rest is taken over compressed as it stands.

use std::fs::File;
use std::io::{self, Cursor, Read as _, Seek as _, SeekFrom};
use std::ops::Range;
use std::path::Path;

use polars::prelude as pl;
use polars_parquet::parquet::metadata::ColumnChunkMetadata;
use polars_parquet::parquet::read::PageReader;
use polars_parquet::read::{infer_schema, read_metadata};
use polars_parquet::write::{
    CompressedPage, DynIter, DynStreamingIterator, FallibleStreamingIterator, FileWriter, ParquetType,
};

use super::{CompressedPages, FrameError, begin, compressed, finish, options};
use crate::engine::table::{NamedColumn, Table};

/// Writes at `path` what [`write_parquet`](super::write_parquet) would write of the table in `old` with the columns of
/// `changed` in the place of those of their names: the same bytes, in the time that the changed columns take.
///
/// # Errors
/// [`FrameError::File`] where a file cannot be read or written, [`FrameError::Parquet`] where `old` is no file of ours,
/// has other rows or not these columns.
pub fn rewrite_columns(old: &Path, changed: &Table, path: &Path) -> Result<(), FrameError> {
    let failed = |source: io::Error| FrameError::File { path: path.to_owned(), source };
    let mut source = File::open(old).map_err(|source| FrameError::File { path: old.to_owned(), source })?;
    let metadata = read_metadata(&mut source)?;
    if metadata.num_rows != changed.rows {
        return Err(pl::polars_err!(ShapeMismatch: "{} rows for {}", changed.rows, metadata.num_rows).into());
    }
    let schema = infer_schema(&metadata)?;
    let column_of = |name: &str| changed.columns.iter().find(|column| column.name == name).map(|column| &**column);
    if let Some(missing) = changed.columns.iter().find(|column| !schema.contains(&column.name)) {
        return Err(pl::polars_err!(ColumnNotFound: "{}", missing.name).into());
    }
    let columns: Vec<Option<&NamedColumn>> = schema.iter_names().map(|name| column_of(name)).collect();
    let mut file = begin(path).map_err(failed)?;
    let mut writer = FileWriter::try_new(&mut file, schema, options())?;
    let fields = writer.parquet_schema().fields().to_vec();
    let mut start = 0;
    for group in &metadata.row_groups {
        let rows = start..start + group.num_rows();
        start = rows.end;
        let chunks = group.parquet_columns().iter().zip(&columns).zip(&fields);
        let pages = chunks.map(|((chunk, column), field)| pages(&mut source, chunk, *column, field, rows.clone()));
        writer.write(rows.len() as u64, DynIter::new(pages.collect::<Vec<_>>().into_iter()))?;
    }
    writer.end(None)?;
    drop(writer);
    finish(file, path).map_err(failed)
}

/// The pages of a column in one row group: new ones where it changed, else those of the old file.
fn pages(
    source: &mut File,
    chunk: &ColumnChunkMetadata,
    changed: Option<&NamedColumn>,
    field: &ParquetType,
    rows: Range<usize>,
) -> pl::PolarsResult<CompressedPages<'static>> {
    if let Some(column) = changed {
        return compressed(column, rows, field);
    }
    let place = chunk.byte_range();
    let mut bytes = vec![0; (place.end - place.start) as usize];
    source.seek(SeekFrom::Start(place.start))?;
    source.read_exact(&mut bytes)?;
    let most = chunk.uncompressed_size().max(chunk.compressed_size()).max(0) as usize;
    let pages = PageReader::new(Cursor::new(bytes.into()), chunk, Vec::new(), most);
    let pages = pages.map(|page| page.map(with_rows).map_err(pl::PolarsError::from)).collect::<Vec<_>>();
    Ok(DynStreamingIterator::new(Pages { pages: pages.into_iter(), page: None }))
}

/// A page that was read does not say its rows; in a flat column they are its values.
fn with_rows(page: CompressedPage) -> CompressedPage {
    match page {
        CompressedPage::Data(mut data) => {
            data.num_rows = Some(data.num_values());
            CompressedPage::Data(data)
        }
        dictionary => dictionary,
    }
}

/// Pages one after the other, in the form the writer asks for.
struct Pages<I> {
    pages: I,
    page: Option<CompressedPage>,
}

impl<I: Iterator<Item = pl::PolarsResult<CompressedPage>>> FallibleStreamingIterator for Pages<I> {
    type Item = CompressedPage;
    type Error = pl::PolarsError;

    fn advance(&mut self) -> pl::PolarsResult<()> {
        self.page = self.pages.next().transpose()?;
        Ok(())
    }

    fn get(&self) -> Option<&CompressedPage> {
        self.page.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::engine::column::Column;
    use crate::engine::frame::{ROW_GROUP_ROWS, write_parquet};
    use crate::task::Task;

    /// Two row groups; text that repeats, text that does not, blanks, and one value more than once in a page.
    fn sample(shift: usize) -> Table {
        let rows = ROW_GROUP_ROWS + 1_000;
        let ids: Vec<String> = (0..rows).map(|row| format!("id {row}")).collect();
        let kinds = ["", "view", "cart"];
        Table::new([
            ("Id", Column::text_of(ids.iter().map(String::as_str))),
            ("Kind", Column::text_of((0..rows).map(|row| kinds[row % 3]))),
            ("Changed", Column::Boolean((0..rows).map(|row| ((row + shift) % 3) as u8).collect())),
            ("When", Column::Datetime((0..rows).map(|row| row as i64 * 7).collect())),
        ])
    }

    #[test]
    fn a_rewritten_file_is_byte_for_byte_the_one_written_whole() {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        let (old, new) = (sample(0), sample(1));
        write_parquet(&old, &place("old"), &Task::default()).unwrap();
        write_parquet(&new, &place("whole"), &Task::default()).unwrap();
        let column = new.columns.iter().find(|column| column.name == "Changed").unwrap();
        let changed = Table::new([("Changed", column.data.clone())]);
        rewrite_columns(&place("old"), &changed, &place("rewritten")).unwrap();
        assert!(fs::read(place("whole")).unwrap() == fs::read(place("rewritten")).unwrap());
        assert!(fs::read(place("whole")).unwrap() != fs::read(place("old")).unwrap());
    }

    #[test]
    fn another_table_is_refused_and_leaves_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        write_parquet(&Table::new([("A", Column::Integer(vec![1, 2]))]), &place("old"), &Task::default()).unwrap();
        let refused = |changed: Table| rewrite_columns(&place("old"), &changed, &place("new")).unwrap_err();
        assert!(refused(Table::new([("A", Column::Integer(vec![1]))])).to_string().contains("1 rows for 2"));
        assert!(refused(Table::new([("B", Column::Integer(vec![1, 2]))])).to_string().contains("B"));
        fs::write(place("old"), "no Parquet").unwrap();
        refused(Table::new([("A", Column::Integer(vec![1, 2]))]));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
