//! Whole files in, whole tables out.

use std::path::PathBuf;

use tempfile::TempDir;

use super::*;
use crate::engine::column::{BLANK_INTEGER, Column};
use crate::project::ColumnType;
use crate::project::source::{TextEncoding, semantic};

mod parquet_files;
mod tokens;

pub(super) struct Fixture {
    _folder: TempDir,
    pub(super) path: PathBuf,
}

pub(super) fn file(name: &str, content: impl AsRef<[u8]>) -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    Fixture { _folder: folder, path }
}

/// A source table as detected, its first column the primary key.
pub(super) fn source(path: &Path) -> SourceTable {
    let detected = detect(path, &Task::default()).unwrap();
    SourceTable {
        id: "t".to_owned(),
        name: "T".to_owned(),
        path: path.display().to_string(),
        format: detected.format,
        blank_tokens: default_blank_tokens(),
        primary_key: detected.columns.first().map(|column| column.name.clone()),
        columns: detected.columns,
    }
}

pub(super) fn load(path: &Path, source: &SourceTable) -> Ingested {
    read(path, source, &|_| true, &Task::default()).unwrap()
}

/// A column as text, row by row.
pub(super) fn texts(ingested: &Ingested, name: &str) -> Vec<String> {
    let column = ingested.table.column(name).unwrap();
    (0..column.len()).map(|row| column.text(row).into_owned()).collect()
}

fn types(source: &SourceTable) -> Vec<(&str, ColumnType)> {
    source.columns.iter().map(|column| (column.name.as_str(), column.column_type)).collect()
}

fn delimiter(source: &SourceTable) -> char {
    match &source.format {
        FileFormat::Csv { delimiter, .. } => *delimiter,
        FileFormat::Parquet => ' ',
    }
}

fn encoding(source: &SourceTable) -> Option<TextEncoding> {
    match &source.format {
        FileFormat::Csv { encoding, .. } => Some(*encoding),
        FileFormat::Parquet => None,
    }
}

const E4: &str = "EventID|EventTimeStamp|UserID|LoyaltyID|EventName\n\
    1|07-23-2022 10:00:00|Unknown1|--|Product view\n\
    2|07-23-2022 10:05:00|Auth234|707|Loyalty sign-in\n\
    3|07-23-2022 10:10:00|Auth234|707|Checkout\n\
    4|07-23-2022 10:20:00|Unkonwn5|--|Product view\n";

#[test]
fn case_1_events_are_recognised() {
    let fixture = file("WebEvents.csv", E4);
    let source = source(&fixture.path);
    assert_eq!(delimiter(&source), '|');
    assert_eq!(source.columns[0].column_type, ColumnType::Integer);
    assert_eq!(source.columns[1].column_type, ColumnType::Datetime);
    assert_eq!(source.columns[1].date_format.as_deref(), Some("MM-dd-yyyy HH:mm:ss"));
    assert_eq!(source.columns[2].semantic_type.as_deref(), Some(semantic::VISITOR_ID));
    assert_eq!(source.columns[3].semantic_type.as_deref(), Some(semantic::LOYALTY_ID));
    assert!(source.columns.iter().all(|column| column.selected));
    let ingested = load(&fixture.path, &source);
    assert_eq!((ingested.table.rows, ingested.rows_read, ingested.corrupt.len()), (4, 4, 0));
    assert_eq!(texts(&ingested, "EventTimeStamp")[0], "2022-07-23 10:00:00");
    assert_eq!(texts(&ingested, "LoyaltyID"), ["", "707", "707", ""]);
    assert_eq!(ingested.warnings, Vec::<String>::new());
    assert!(ingested.table.row_numbers.is_none());
}

#[test]
fn case_2_a_bad_time_makes_a_corrupt_row_whether_wanted_or_not() {
    let declared = source(&file("WebEvents.csv", E4).path);
    let fixture = file("WebEvents.csv", format!("{E4}5|23-07-2022 25:00|X|1|Y\n6|07-24-2022 00:00:00|Z|2|Y\n"));
    for wanted in [true, false] {
        let ingested = read(&fixture.path, &declared, &|name| wanted || name == "EventID", &Task::default()).unwrap();
        assert_eq!((ingested.table.rows, ingested.rows_read), (5, 6));
        assert_eq!(ingested.table.columns.len(), if wanted { 5 } else { 1 });
        assert_eq!(ingested.corrupt.len(), 1);
        assert_eq!((ingested.corrupt[0].row, ingested.corrupt[0].key.as_str()), (5, "5"));
        let reason = &ingested.corrupt[0].reason;
        for part in ["EventTimeStamp", "23-07-2022 25:00", "MM-dd-yyyy HH:mm:ss"] {
            assert!(reason.contains(part), "{reason}");
        }
        assert_eq!(ingested.table.row_number(4), 6);
        assert_eq!(texts(&ingested, "EventID"), ["1", "2", "3", "4", "6"]);
    }
}

#[test]
fn case_3_a_literal_token_is_warned_of() {
    let fixture = file("WebEvents.csv", E4);
    let mut source = source(&fixture.path);
    source.blank_tokens.retain(|token| token != "--");
    source.columns[3].column_type = ColumnType::String;
    let ingested = load(&fixture.path, &source);
    assert_eq!(texts(&ingested, "LoyaltyID")[0], "--");
    assert_eq!(
        ingested.warnings,
        ["`--` stands in 2 rows of LoyaltyID: treat it as blank, or different people may be joined."]
    );
}

#[test]
fn every_bad_field_is_named() {
    let fixture = file("a.csv", "Id,Age,Paid\n1,30,true\n");
    let source = source(&fixture.path);
    std::fs::write(&fixture.path, "Id,Age,Paid\n1,old,maybe\n2,31,FALSE\n").unwrap();
    let ingested = load(&fixture.path, &source);
    let reason = &ingested.corrupt[0].reason;
    assert!(reason.contains("Age: “old”") && reason.contains("Paid: “maybe”") && !reason.contains("Id:"), "{reason}");
    assert_eq!(texts(&ingested, "Paid"), ["false"]);
}

#[test]
fn codes_stay_text() {
    let fixture = file("a.csv", "Zip,Card,Count,Zero,Yes,Nan\n01234,1234567890123456,1,0,yes,NaN\n4711,1,2,10,no,1\n");
    let source = source(&fixture.path);
    use ColumnType::{Integer, String};
    assert_eq!(
        types(&source),
        [("Zip", String), ("Card", String), ("Count", Integer), ("Zero", Integer), ("Yes", String), ("Nan", String)]
    );
    assert_eq!(texts(&load(&fixture.path, &source), "Zip"), ["01234", "4711"]);
}

#[test]
fn every_encoding_is_found_and_read() {
    let text = "Name,City\nJosé,Malmö\nZoë,Kraków\n";
    let utf16 = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let with_mark = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
    let cases = [
        (text.as_bytes().to_vec(), TextEncoding::Utf8),
        (with_mark(b"\xef\xbb\xbf", text.as_bytes()), TextEncoding::Utf8),
        (with_mark(b"\xff\xfe", &utf16(u16::to_le_bytes)), TextEncoding::Utf16Le),
        (with_mark(b"\xfe\xff", &utf16(u16::to_be_bytes)), TextEncoding::Utf16Be),
        (utf16(u16::to_le_bytes), TextEncoding::Utf16Le),
        (utf16(u16::to_be_bytes), TextEncoding::Utf16Be),
    ];
    for (bytes, expected) in cases {
        let fixture = file("a.csv", bytes);
        let source = source(&fixture.path);
        assert_eq!(encoding(&source), Some(expected));
        let ingested = load(&fixture.path, &source);
        assert_eq!(texts(&ingested, "Name"), ["José", "Zoë"], "{expected:?}");
        assert_eq!(texts(&ingested, "City"), ["Malmö", "Kraków"], "{expected:?}");
    }
    let fixture = file("a.csv", b"Name,Price\nJos\xe9,5\x80\n");
    let source = source(&fixture.path);
    assert_eq!(encoding(&source), Some(TextEncoding::Windows1252));
    assert_eq!(texts(&load(&fixture.path, &source), "Name"), ["José"]);
    assert_eq!(texts(&load(&fixture.path, &source), "Price"), ["5€"]);
}

#[test]
fn bad_bytes_in_utf8_are_a_bad_row() {
    let fixture = file("a.csv", b"Id,Name\n1,Jos\xe9\n2,\xc3\xa9\xc3\xa9\n3,Ana\n");
    let source = source(&fixture.path);
    let ingested = read(&fixture.path, &source, &|name| name == "Id", &Task::default()).unwrap();
    assert_eq!(texts(&ingested, "Id"), ["2", "3"]);
    assert_eq!((ingested.corrupt[0].row, ingested.corrupt[0].key.as_str()), (1, "1"));
    assert!(ingested.corrupt[0].reason.contains("Name: “Jos\u{fffd}” is not valid UTF-8"));
}

#[test]
fn an_accent_late_in_a_long_file_is_found() {
    let mut bytes = b"Name\n".to_vec();
    (0..60_000).for_each(|_| bytes.extend_from_slice(b"plain name\n"));
    bytes.extend_from_slice(b"Jos\xe9\n");
    assert_eq!(encoding(&source(&file("a.csv", bytes).path)), Some(TextEncoding::Windows1252));
}

#[test]
fn decimal_commas_are_found() {
    let fixture = file("a.csv", "Id;Amount;Part\n1;1.234,5;0,5\n2;-7;1\n");
    let source = source(&fixture.path);
    assert!(matches!(source.format, FileFormat::Csv { delimiter: ';', decimal_comma: true, .. }));
    let ingested = load(&fixture.path, &source);
    assert_eq!(texts(&ingested, "Amount"), ["1234.5", "-7"]);
    assert_eq!(texts(&ingested, "Part"), ["0.5", "1"]);
    let points = super::tests::source(&file("a.csv", "Id;Amount\n1;1.5\n2;7\n").path);
    assert!(matches!(points.format, FileFormat::Csv { decimal_comma: false, .. }));
    assert_eq!(points.columns[1].column_type, ColumnType::Number);
}

#[test]
fn ragged_rows_say_how_many_fields() {
    let fixture = file("a.csv", "Id,A,B\n1,x,y\n2,x\n3\n4,x,y,z\n5,x,y\n");
    let source = source(&fixture.path);
    let ingested = load(&fixture.path, &source);
    assert_eq!(texts(&ingested, "Id"), ["1", "5"]);
    let reasons: Vec<&str> = ingested.corrupt.iter().map(|row| row.reason.as_str()).collect();
    assert_eq!(
        reasons,
        ["The row has 2 fields instead of 3", "The row has 1 field instead of 3", "The row has 4 fields instead of 3"]
    );
}

#[test]
fn a_header_alone_is_a_table_without_rows() {
    let fixture = file("a.csv", "Id,Name");
    let source = source(&fixture.path);
    let ingested = load(&fixture.path, &source);
    assert_eq!((ingested.table.rows, ingested.table.columns.len(), ingested.rows_read), (0, 2, 0));
}

#[test]
fn files_that_cannot_be_read_say_why() {
    let task = Task::default();
    for content in ["", "\u{feff}", "\n\r\n \n"] {
        let error = detect(&file("a.csv", content).path, &task).unwrap_err();
        assert!(matches!(error, IngestError::Empty { .. }), "{content:?}: {error}");
    }
    let fixture = file("a.csv", "Id\n1\n");
    let declared = source(&fixture.path);
    std::fs::write(&fixture.path, "").unwrap();
    assert!(matches!(read(&fixture.path, &declared, &|_| true, &task), Err(IngestError::Empty { .. })));
    let folder = fixture.path.parent().unwrap();
    assert!(matches!(detect(folder, &task), Err(IngestError::Folder { .. })));
    let missing = detect(&folder.join("no such.csv"), &task).unwrap_err();
    assert!(matches!(missing, IngestError::Missing { .. }) && missing.to_string().contains("no such.csv"));
    let sheet = detect(&file("a.xlsx", b"PK\x03\x04rest").path, &task).unwrap_err();
    assert!(sheet.to_string().contains("as CSV"), "{sheet}");
    let damaged = detect(&file("a.parquet", b"PAR1 and then nothing").path, &task).unwrap_err();
    assert!(matches!(damaged, IngestError::Parquet { .. }), "{damaged}");
}

#[test]
fn a_cancelled_task_stops() {
    let fixture = file("a.csv", "Id\n1\n");
    let declared = source(&fixture.path);
    let task = Task::default();
    task.cancel();
    assert!(matches!(read(&fixture.path, &declared, &|_| true, &task), Err(IngestError::Cancelled)));
    assert!(matches!(detect(&fixture.path, &task), Err(IngestError::Cancelled)));
}

#[test]
fn formats_that_cannot_be_used_are_refused() {
    let fixture = file("a.csv", "Id,When\n1,2020-01-01\n");
    let mut declared = source(&fixture.path);
    declared.columns[1].date_format = Some("yyyy-mm-dd".to_owned());
    let error = read(&fixture.path, &declared, &|_| true, &Task::default()).unwrap_err();
    assert!(error.to_string().contains("When") && error.to_string().contains("yyyy-mm-dd"), "{error}");
    if let FileFormat::Csv { delimiter, .. } = &mut declared.format {
        *delimiter = '→';
    }
    let error = column_names(&fixture.path, &declared.format).unwrap_err();
    assert!(error.to_string().contains('→'), "{error}");
}

#[test]
fn febrl_cells_lose_the_space_of_the_delimiter() {
    let fixture = file(
        "dataset1.csv",
        "rec_id, given_name, surname, street_number, postcode, date_of_birth\n\
         rec-223-org, , waller, 6, 4011, 19081209\n\
         rec-122-org, lachlan, berry, 69, 0814, 19990219\n",
    );
    let mut source = source(&fixture.path);
    assert_eq!(source.columns[1].name, "given_name");
    assert_eq!(source.columns[1].semantic_type.as_deref(), Some(semantic::FIRST_NAME));
    assert_eq!(source.columns[4].column_type, ColumnType::String, "0814");
    assert_eq!(source.columns[5].column_type, ColumnType::Integer, "digits are no date unless declared");
    source.columns[5].column_type = ColumnType::Date;
    source.columns[5].date_format = Some("yyyyMMdd".to_owned());
    let ingested = load(&fixture.path, &source);
    assert_eq!(texts(&ingested, "given_name"), ["", "lachlan"]);
    assert_eq!(texts(&ingested, "postcode"), ["4011", "0814"]);
    assert_eq!(texts(&ingested, "date_of_birth"), ["1908-12-09", "1999-02-19"]);
}

#[test]
fn cells_keep_their_spaces_elsewhere() {
    let fixture = file("a.csv", "Id,Name,N\n1, Ana ,  5 \n2,   ,\n3, -- ,-\n");
    let ingested = load(&fixture.path, &source(&fixture.path));
    assert_eq!(texts(&ingested, "Name"), [" Ana ", "", ""]);
    assert_eq!(texts(&ingested, "N"), ["5", "", ""]);
    assert!(matches!(ingested.table.column("N"), Some(Column::Integer(values)) if values[1] == BLANK_INTEGER));
}

#[test]
fn ambiguous_dates_are_american_and_warned_of() {
    let fixture = file("a.csv", "Id,On\n1,01/02/2022\n2,03/04/2022\n");
    let detected = detect(&fixture.path, &Task::default()).unwrap();
    assert_eq!(detected.columns[1].date_format.as_deref(), Some("MM/dd/yyyy"));
    assert_eq!(detected.warnings.len(), 1);
    let declared = source(&fixture.path);
    let ingested = load(&fixture.path, &declared);
    assert_eq!(texts(&ingested, "On"), ["2022-01-02", "2022-03-04"]);
    assert!(ingested.warnings[0].contains("On") && ingested.warnings[0].contains("MM/dd/yyyy"));
    std::fs::write(&fixture.path, "Id,On\n1,01/02/2022\n2,03/14/2022\n").unwrap();
    assert_eq!(load(&fixture.path, &declared).warnings, Vec::<String>::new());
    let day_first = source(&file("a.csv", "Id,On\n1,01/02/2022\n2,31/04/2022\n3,31/05/2022\n").path);
    assert_eq!(day_first.columns[1].column_type, ColumnType::String, "there is no 31 April");
    let day_first = source(&file("a.csv", "Id,On\n1,01/02/2022\n3,31/05/2022\n").path);
    assert_eq!(day_first.columns[1].date_format.as_deref(), Some("dd/MM/yyyy"));
}

#[test]
fn iso_dates_and_times_need_no_format() {
    let fixture =
        file("a.csv", "D,T,M\n2022-07-23,2022-07-23T10:00:00+02:00,2022-07-23\n2022-07-24,,2022-07-23 01:00\n");
    let mut source = source(&fixture.path);
    use ColumnType::{Date, Datetime};
    assert_eq!(types(&source), [("D", Date), ("T", Datetime), ("M", Datetime)]);
    assert!(source.columns.iter().all(|column| column.date_format.is_none()));
    assert_eq!(texts(&load(&fixture.path, &source), "T"), ["2022-07-23 08:00:00", ""]);
    source.columns[2].column_type = Date;
    let ingested = load(&fixture.path, &source);
    assert_eq!((ingested.table.rows, ingested.corrupt[0].row), (1, 2), "a date has no time of day");
}

#[test]
fn files_without_a_header_are_noticed() {
    let fixture = file("a.txt", "ana@contoso.com\t5\nben@contoso.com\t6\n");
    let source = source(&fixture.path);
    assert!(matches!(source.format, FileFormat::Csv { header: false, delimiter: '\t', .. }));
    assert_eq!(types(&source), [("Column1", ColumnType::String), ("Column2", ColumnType::Integer)]);
    assert_eq!(source.columns[0].semantic_type.as_deref(), Some(semantic::EMAIL));
    assert_eq!(texts(&load(&fixture.path, &source), "Column2"), ["5", "6"]);
    assert_eq!(column_names(&fixture.path, &source.format).unwrap(), ["Column1", "Column2"]);
}

#[test]
fn columns_come_and_go() {
    let fixture = file("a.csv", "Id,Name,Age\n1,Ana,30\n");
    let declared = source(&fixture.path);
    std::fs::write(&fixture.path, "name,Id,New,,new\nAna,1,x,y,z\n").unwrap();
    let ingested = load(&fixture.path, &declared);
    assert_eq!(ingested.missing_columns, ["Age"]);
    assert_eq!(texts(&ingested, "Name"), ["Ana"], "names are found ignoring case");
    assert_eq!(ingested.table.columns[0].name, "Id", "declared order");
    assert!(ingested.warnings[0].contains("New, Column4, new_2"), "{:?}", ingested.warnings);
}

#[test]
fn a_column_override_is_looked_at_again() {
    let fixture = file("a.csv", "a;b,c\n1;2,3\n");
    let source = source(&fixture.path);
    let FileFormat::Csv { quote, header, encoding, .. } = source.format else { panic!() };
    let format = FileFormat::Csv { delimiter: ',', quote, header, encoding, decimal_comma: false };
    let columns = detect_columns(&fixture.path, &format, &[], &Task::default()).unwrap();
    assert_eq!(columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>(), ["a;b", "c"]);
    assert_eq!(columns[1].column_type, ColumnType::Integer);
}
