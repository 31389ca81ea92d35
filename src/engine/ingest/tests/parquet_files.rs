//! Parquet files, written here by polars.

use polars::prelude::*;

use super::{Fixture, Task, detect, file, load, source, texts};
use crate::engine::ingest::{IngestError, column_names, read};
use crate::project::{ColumnType, FileFormat};

fn written(columns: Vec<Column>, group_rows: usize) -> Fixture {
    let fixture = file("a.parquet", "");
    let mut frame = DataFrame::new_infer_height(columns).unwrap();
    let target = std::fs::File::create(&fixture.path).unwrap();
    ParquetWriter::new(target).with_row_group_size(Some(group_rows)).finish(&mut frame).unwrap();
    fixture
}

fn customers() -> Fixture {
    let datetime = Series::new("Seen".into(), [Some(1_658_570_400_000_i64), None, Some(0), Some(-1)])
        .cast(&DataType::Datetime(TimeUnit::Milliseconds, None))
        .unwrap();
    let day = Series::new("Born".into(), [Some(0_i32), Some(19_000), None, Some(-1)]).cast(&DataType::Date).unwrap();
    let level = Series::new("Level".into(), ["gold", "gold", "--", "none"])
        .cast(&DataType::from_categories(Categories::global()))
        .unwrap();
    written(
        vec![
            Column::new("Id".into(), [1_i32, 2, 3, 4]),
            Column::new("Email".into(), [Some("ana@contoso.com"), Some("  "), None, Some("ben@contoso.com")]),
            Column::new("Spent".into(), [Some(1.5_f32), None, Some(f32::NAN), Some(-2.0)]),
            Column::new("Active".into(), [Some(true), Some(false), None, Some(true)]),
            datetime.into(),
            day.into(),
            level.into(),
            Column::new("Joined".into(), ["20220723", "20220230", "", "20220101"]),
        ],
        2,
    )
}

#[test]
fn types_and_values_come_as_they_are() {
    let fixture = customers();
    let declared = source(&fixture.path);
    assert_eq!(declared.format, FileFormat::Parquet);
    let types: Vec<ColumnType> = declared.columns.iter().map(|column| column.column_type).collect();
    use ColumnType as T;
    let expected = [T::Integer, T::String, T::Number, T::Boolean, T::Datetime, T::Date, T::String, T::String];
    assert_eq!(types, expected);
    let ingested = load(&fixture.path, &declared);
    assert_eq!((ingested.table.rows, ingested.corrupt.len()), (4, 0));
    assert_eq!(texts(&ingested, "Id"), ["1", "2", "3", "4"]);
    assert_eq!(texts(&ingested, "Email"), ["ana@contoso.com", "", "", "ben@contoso.com"]);
    assert_eq!(texts(&ingested, "Spent"), ["1.5", "", "", "-2"]);
    assert_eq!(texts(&ingested, "Active"), ["true", "false", "", "true"]);
    let times = ["2022-07-23 10:00:00", "", "1970-01-01 00:00:00", "1969-12-31 23:59:59.999"];
    assert_eq!(texts(&ingested, "Seen"), times);
    assert_eq!(texts(&ingested, "Born"), ["1970-01-01", "2022-01-08", "", "1969-12-31"]);
    assert_eq!(texts(&ingested, "Level"), ["gold", "gold", "", ""]);
}

#[test]
fn other_types_are_converted_value_by_value() {
    let fixture = customers();
    let mut declared = source(&fixture.path);
    for column in &mut declared.columns {
        match column.name.as_str() {
            "Joined" => {
                column.column_type = ColumnType::Date;
                column.date_format = Some("yyyyMMdd".to_owned());
            }
            "Id" => column.column_type = ColumnType::String,
            "Born" => column.column_type = ColumnType::Datetime,
            _ => {}
        }
    }
    for everything in [true, false] {
        let wanted = |name: &str| everything || name == "Id";
        let ingested = read(&fixture.path, &declared, &wanted, &Task::default()).unwrap();
        assert_eq!(texts(&ingested, "Id"), ["1", "3", "4"]);
        assert_eq!((ingested.rows_read, ingested.table.row_number(1)), (4, 3));
        assert_eq!((ingested.corrupt[0].row, ingested.corrupt[0].key.as_str()), (2, "2"));
        assert!(ingested.corrupt[0].reason.contains("Joined: “20220230”"), "{}", ingested.corrupt[0].reason);
        if everything {
            assert_eq!(texts(&ingested, "Joined"), ["2022-07-23", "", "2022-01-01"]);
            assert_eq!(texts(&ingested, "Born"), ["1970-01-01 00:00:00", "", "1969-12-31 00:00:00"]);
        }
    }
}

#[test]
fn unsigned_numbers_beyond_range_are_text_or_corrupt() {
    let fixture = written(vec![Column::new("Hash".into(), [1_u64, u64::MAX])], 10);
    let mut declared = source(&fixture.path);
    assert_eq!(declared.columns[0].column_type, ColumnType::String);
    assert_eq!(texts(&load(&fixture.path, &declared), "Hash"), ["1", "18446744073709551615"]);
    declared.columns[0].column_type = ColumnType::Integer;
    for wanted in [true, false] {
        let ingested = read(&fixture.path, &declared, &|_| wanted, &Task::default()).unwrap();
        assert_eq!((ingested.table.rows, ingested.corrupt[0].row), (1, 2));
    }
}

#[test]
fn lists_and_bytes_are_left_out_with_a_warning() {
    let list = Series::new("Tags".into(), [Series::new("".into(), ["a"]), Series::new("".into(), ["b"])]);
    let bytes = Column::new("Raw".into(), [&b"x"[..], &b"y"[..]]);
    let fixture = written(vec![Column::new("Id".into(), [1_i64, 2]), list.into(), bytes], 10);
    let detected = detect(&fixture.path, &Task::default()).unwrap();
    assert_eq!(detected.columns.len(), 1);
    assert_eq!(detected.warnings.len(), 2);
    assert_eq!(column_names(&fixture.path, &FileFormat::Parquet).unwrap(), ["Id"]);
    let ingested = load(&fixture.path, &source(&fixture.path));
    assert_eq!(texts(&ingested, "Id"), ["1", "2"]);
    assert!(ingested.warnings.iter().any(|warning| warning.starts_with("Tags")), "{:?}", ingested.warnings);
}

#[test]
fn a_damaged_file_is_an_error() {
    let fixture = customers();
    let bytes = std::fs::read(&fixture.path).unwrap();
    std::fs::write(&fixture.path, &bytes[..bytes.len() - 20]).unwrap();
    assert!(matches!(detect(&fixture.path, &Task::default()), Err(IngestError::Parquet { .. })));
    let mut holed = bytes.clone();
    holed[4..bytes.len() / 4].fill(0xaa);
    std::fs::write(&fixture.path, &holed).unwrap();
    let _ = detect(&fixture.path, &Task::default());
}

#[test]
fn a_file_without_rows_is_a_table_without_rows() {
    let fixture = written(vec![Column::new("Id".into(), Vec::<i64>::new())], 10);
    let ingested = load(&fixture.path, &source(&fixture.path));
    assert_eq!((ingested.table.rows, ingested.table.columns.len()), (0, 1));
}
