//! Pairs decided by hand and lists of values, read from files (semantics 1.5, custom match).
//!
//! A list is a text or Parquet file whose first row names its columns, in any case and order. What a row says wrong is
//! told by its number, the first below the names being 1; the other rows count.

use std::path::{Path, PathBuf};

use thiserror::Error;

use super::ingest::{self, IngestError};
use super::table::Table;
use crate::project::{Alias, ColumnType, FileFormat, PairOverride, Project, RecordKey, SourceTable};
use crate::task::Task;

/// What a list file holds, and what is wrong with its other rows.
pub type Listed<T> = Result<(Vec<T>, Vec<String>), ListError>;

/// Why a list file cannot be read at all.
#[derive(Debug, Error)]
pub enum ListError {
    #[error("{0}")]
    File(#[from] IngestError),
    #[error("{}", tr!("{file} has no column {missing}. Name the columns in its first row: {wanted}.", file = path.display(), missing, wanted))]
    Columns { path: PathBuf, missing: &'static str, wanted: String },
}

/// A cell is separated by one of these.
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];

/// Reads pairs that always or never match: `Table1`, `Table1Key`, `Table2`, `Table2Key` and, where there is one,
/// `Reason`. Names of tables are case-sensitive, keys are as the tables' files write them.
///
/// # Errors
/// A file that cannot be read, or lacks a column.
pub fn read_pairs(path: &Path, project: &Project) -> Listed<PairOverride> {
    let list = List::read(path, ["Table1", "Table1Key", "Table2", "Table2Key"], Some("Reason"))?;
    list.each(|cells, reason| {
        let [table, key, to_table, to_key] = cells;
        let record = |table: &str, key: &str, column: &str| {
            let named = project.source_tables.iter().find(|source| source.name == table.trim());
            let source = named.ok_or_else(|| unknown_table(project, table.trim()))?;
            if key.trim().is_empty() { Err(format!("{column} is blank")) } else { Ok(RecordKey::new(&source.id, key)) }
        };
        let (a, b) = (record(table, key, "Table1Key")?, record(to_table, to_key, "Table2Key")?);
        if a == b {
            return Err("it names one record twice".to_owned());
        }
        Ok(PairOverride { a, b, reason: reason.trim().to_owned() })
    })
}

fn unknown_table(project: &Project, name: &str) -> String {
    if name.is_empty() {
        return "a table's name is blank".to_owned();
    }
    let names: Vec<&str> = project.source_tables.iter().map(|source| source.name.as_str()).collect();
    match names.iter().find(|other| other.eq_ignore_ascii_case(name)) {
        Some(other) => format!("there is no table {name}; write {other}"),
        None => format!("there is no table {name}; there are {}", names.join(", ")),
    }
}

/// Reads values and what each is the same as: `value`, `same_as`.
///
/// # Errors
/// A file that cannot be read, or lacks a column.
pub fn read_aliases(path: &Path) -> Listed<Alias> {
    let list = List::read(path, ["value", "same_as"], None)?;
    list.each(|[value, same_as], _| match (value.trim(), same_as.trim()) {
        ("", _) => Err("value is blank".to_owned()),
        (_, "") => Err("same_as is blank".to_owned()),
        (value, same_as) => Ok(Alias { value: value.to_owned(), same_as: same_as.to_owned() }),
    })
}

/// Reads values that never match: `value`.
///
/// # Errors
/// A file that cannot be read, or lacks the column.
pub fn read_bypass(path: &Path) -> Listed<String> {
    let list = List::read(path, ["value"], None)?;
    list.each(|[value], _| match value.trim() {
        "" => Err("value is blank".to_owned()),
        value => Ok(value.to_owned()),
    })
}

/// The text of a list file.
struct List<const N: usize> {
    table: std::sync::Arc<Table>,
    /// By place in the table.
    columns: [usize; N],
    optional: Option<usize>,
    /// Rows that do not fit, by number, with the reason.
    corrupt: Vec<(u32, String)>,
}

impl<const N: usize> List<N> {
    fn read(path: &Path, wanted: [&'static str; N], optional: Option<&str>) -> Result<Self, ListError> {
        let task = Task::default();
        let mut missing = None;
        for format in formats(ingest::detect(path, &task)?.format) {
            let names = ingest::column_names(path, &format)?;
            let place = |wanted: &str| names.iter().position(|name| name.trim().eq_ignore_ascii_case(wanted));
            let places = wanted.map(place);
            if let Some(lacking) = places.iter().position(Option::is_none) {
                missing.get_or_insert(wanted[lacking]);
                continue;
            }
            let places = places.map(Option::unwrap_or_default);
            let mut columns = ingest::detect_columns(path, &format, &[], &task)?;
            columns.iter_mut().for_each(|column| (column.column_type, column.date_format) = (ColumnType::String, None));
            let source = SourceTable {
                id: "list".to_owned(),
                name: "List".to_owned(),
                path: String::new(),
                format,
                blank_tokens: Vec::new(),
                columns,
                primary_key: None,
            };
            let read = ingest::read(path, &source, &|_| true, &task)?;
            let of = |place: usize| read.table.columns.iter().position(|column| column.name == names[place]);
            let optional = optional.and_then(place).and_then(of);
            let columns = places.map(|place| of(place).unwrap_or_default());
            let corrupt = read.corrupt.into_iter().map(|row| (row.row, row.reason)).collect();
            return Ok(Self { table: read.table, columns, optional, corrupt });
        }
        let missing = missing.unwrap_or_default();
        Err(ListError::Columns { path: path.to_owned(), missing, wanted: wanted.join(", ") })
    }

    /// What the rows say, and what is wrong with those that say nothing, by number.
    fn each<T>(self, entry: impl Fn([&str; N], &str) -> Result<T, String>) -> Listed<T> {
        let mut entries = Vec::new();
        let mut problems = self.corrupt;
        for row in 0..self.table.rows {
            let cell = |place: usize| self.table.columns[place].data.text(row);
            let cells = self.columns.map(cell);
            let optional = self.optional.map(cell).unwrap_or_default();
            match entry(cells.each_ref().map(|cell| &**cell), &optional) {
                Ok(entry) => entries.push(entry),
                Err(reason) => problems.push((self.table.row_number(row), reason)),
            }
        }
        problems.sort();
        Ok((entries, problems.into_iter().map(|(row, reason)| format!("Row {row}: {reason}.")).collect()))
    }
}

/// How the file may be meant, the likeliest first: a short list says little about its delimiter, but its column names
/// are known.
fn formats(detected: FileFormat) -> Vec<FileFormat> {
    let FileFormat::Csv { delimiter, quote, encoding, decimal_comma, .. } = detected else { return vec![detected] };
    let others = DELIMITERS.into_iter().filter(|&other| other != delimiter);
    let format = |delimiter| FileFormat::Csv { delimiter, quote, header: true, encoding, decimal_comma };
    std::iter::once(delimiter).chain(others).map(format).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::source::TextEncoding;

    fn listed<T>(content: &str, read: impl Fn(&Path) -> Listed<T>) -> Listed<T> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        std::fs::write(&path, content).unwrap();
        read(&path)
    }

    fn project() -> Project {
        let mut project = Project::new("P");
        let format = FileFormat::Csv {
            delimiter: ',',
            quote: '"',
            header: true,
            encoding: TextEncoding::Utf8,
            decimal_comma: false,
        };
        project.source_tables = ["Web", "Store"]
            .map(|name| SourceTable {
                id: name.to_lowercase(),
                name: name.to_owned(),
                path: String::new(),
                format: format.clone(),
                blank_tokens: Vec::new(),
                columns: Vec::new(),
                primary_key: None,
            })
            .to_vec();
        project
    }

    #[test]
    fn pairs_come_with_their_reasons_and_rows_that_name_nothing_are_told() {
        let project = project();
        let content = "table1,TABLE1KEY,Table2,Table2Key,reason\n\
                       Web,U1,Store,007,\"same, she said\"\n\
                       web,U1,Store,S1,\n\
                       Web,,Store,S1,\n\
                       Web,U1,Web,U1,\n\
                       Web,U1,Store\n\
                       Kiosk,U1,Store,S1,\n\
                       Store,none,Store,-,\n";
        let (pairs, problems) = listed(content, |path| read_pairs(path, &project)).unwrap();
        let pair = |a: (&str, &str), b: (&str, &str), reason: &str| PairOverride {
            a: RecordKey::new(a.0, a.1),
            b: RecordKey::new(b.0, b.1),
            reason: reason.to_owned(),
        };
        assert_eq!(
            pairs,
            [pair(("web", "U1"), ("store", "007"), "same, she said"), pair(("store", "none"), ("store", "-"), "")]
        );
        let starts = [
            "Row 2: there is no table web; write Web.",
            "Row 3: Table1Key is blank.",
            "Row 4: it names one record twice.",
            "Row 5: ",
            "Row 6: there is no table Kiosk; there are Web, Store.",
        ];
        assert_eq!(problems.len(), starts.len(), "{problems:?}");
        for (problem, start) in problems.iter().zip(starts) {
            assert!(problem.starts_with(start), "{problem}");
        }
    }

    #[test]
    fn aliases_and_bypass_values_are_read_trimmed() {
        let (aliases, problems) = listed("Same_As;Value\nMicrosoft; MSFT \n;x\ny;\n", read_aliases).unwrap();
        assert_eq!(aliases, [Alias { value: "MSFT".to_owned(), same_as: "Microsoft".to_owned() }]);
        assert_eq!(problems, ["Row 2: same_as is blank.", "Row 3: value is blank."]);
        for content in ["value\n555-1212\ntest@contoso.com\n1\n", "Value\n555-1212\r\ntest@contoso.com\r\n1"] {
            let (values, problems) = listed(content, read_bypass).unwrap();
            assert_eq!((values, problems), (vec!["555-1212".into(), "test@contoso.com".into(), "1".into()], vec![]));
        }
        let (values, _) = listed("no,value\n1,a b\n2,\"c,d\"\n", read_bypass).unwrap();
        assert_eq!(values, ["a b", "c,d"]);
    }

    #[test]
    fn a_file_without_the_columns_says_what_they_are_called() {
        let error = listed("a,b\n1,2\n", |path| read_pairs(path, &project())).unwrap_err().to_string();
        assert!(error.ends_with(
            "has no column Table1. Name the columns in its first row: Table1, Table1Key, Table2, Table2Key."
        ));
        let error = listed("", read_bypass).unwrap_err().to_string();
        assert!(error.starts_with("The file is empty."), "{error}");
        assert!(read_bypass(Path::new("nowhere.csv")).unwrap_err().to_string().contains("There is no file"));
        let (values, problems) = listed("value\n", read_bypass).unwrap();
        assert_eq!((values.len(), problems.len()), (0, 0));
    }
}
