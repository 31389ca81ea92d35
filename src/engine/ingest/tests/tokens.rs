//! Quotes, line ends and blocks: where one record ends and the next begins.

use proptest::prelude::*;

use super::{file, load, source, texts};
use crate::engine::column::Column;
use crate::engine::ingest::{detect, read};
use crate::project::source::TextEncoding;
use crate::project::{ColumnType, FileFormat};
use crate::task::Task;

#[test]
fn quoted_cells_hold_anything() {
    let fixture = file("a.csv", "Id,Text,N\r\n1,\"a,b\r\nc \"\"d\"\"\",2\r\n\r\n2,\"\",3\r\n3,\" x \",\"4\"");
    let source = source(&fixture.path);
    let ingested = load(&fixture.path, &source);
    assert_eq!(ingested.corrupt, []);
    assert_eq!(texts(&ingested, "Text"), ["a,b\r\nc \"d\"", "", " x "]);
    assert_eq!(texts(&ingested, "N"), ["2", "3", "4"]);
    assert_eq!(ingested.rows_read, 3, "the empty line is no row");
}

#[test]
fn one_bad_quote_costs_one_row() {
    let fixture = file(
        "a.csv",
        "Id,Text,N\n1,5\" pipe,1\n2,ok,2\n3,\"a\"b,3\n4,\"in\nside\",4\n5,\"open,5\n6,\"fine\",6\n7,x\",7\n",
    );
    let mut source = source(&fixture.path);
    source.columns[2].column_type = ColumnType::Integer;
    let ingested = load(&fixture.path, &source);
    assert_eq!(texts(&ingested, "Id"), ["2", "4", "6"]);
    assert_eq!(texts(&ingested, "Text"), ["ok", "in\nside", "fine"]);
    let bad: Vec<(u32, &str)> = ingested.corrupt.iter().map(|row| (row.row, row.key.as_str())).collect();
    assert_eq!(bad, [(1, "1"), (3, "3"), (5, "5"), (7, "7")]);
}

#[test]
fn an_unclosed_quote_in_a_long_file_costs_one_row() {
    let mut text = "Id,Text\n1,\"open\n".to_owned();
    (2..200_000).for_each(|id| text.push_str(&format!("{id},some text that is plain\n")));
    let fixture = file("a.csv", &text);
    let format = FileFormat::Csv {
        delimiter: ',',
        quote: '"',
        header: true,
        encoding: TextEncoding::Utf8,
        decimal_comma: false,
    };
    let mut source = source(&file("b.csv", "Id,Text\n1,a\n").path);
    source.format = format;
    let ingested = load(&fixture.path, &source);
    assert_eq!((ingested.table.rows, ingested.corrupt.len()), (199_998, 1));
    assert!(ingested.corrupt[0].reason.contains("none closes it"));
}

#[test]
fn old_line_ends_are_line_ends() {
    let fixture = file("a.csv", "Id,Name\r1,Ana\r2,Ben\r");
    assert_eq!(texts(&load(&fixture.path, &source(&fixture.path)), "Name"), ["Ana", "Ben"]);
}

#[test]
fn single_quotes_and_delimiters_in_cells_do_not_mislead() {
    let fixture = file("a.csv", "Id;Note\n1;'a;b'\n2;'c, d, e'\n");
    let source = source(&fixture.path);
    assert!(matches!(source.format, FileFormat::Csv { delimiter: ';', quote: '\'', .. }));
    assert_eq!(texts(&load(&fixture.path, &source), "Note"), ["a;b", "c, d, e"]);
}

#[test]
fn long_files_cross_blocks_in_order() {
    let mut text = "Id,Text,N\n".to_owned();
    for id in 0..120_000 {
        let cell = if id % 7 == 0 { format!("\"line {id}\nand, more\"") } else { format!("plain {id}") };
        text.push_str(&format!("{id},{cell},{}\n", id % 10));
    }
    let fixture = file("a.csv", &text);
    let ingested = load(&fixture.path, &source(&fixture.path));
    assert_eq!((ingested.table.rows, ingested.corrupt.len()), (120_000, 0));
    let texts = texts(&ingested, "Text");
    for id in [0, 1, 59_999, 119_994, 119_999] {
        assert!(texts[id].ends_with(&format!("{id}")) || texts[id] == format!("line {id}\nand, more"), "{}", texts[id]);
    }
    assert!(matches!(ingested.table.column("Id"), Some(Column::Integer(ids)) if ids.iter().copied().eq(0..120_000)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn arbitrary_bytes_never_panic_and_every_row_is_accounted_for(
        bytes in prop::collection::vec(prop_oneof![
            Just(b','), Just(b'"'), Just(b'\n'), Just(b'\r'), Just(b' '), Just(b'1'), Just(b'a'), any::<u8>()
        ], 0..200)
    ) {
        let fixture = file("a.csv", &bytes);
        let Ok(detected) = detect(&fixture.path, &Task::default()) else { return Ok(()) };
        let mut table = source(&file("b.csv", "Id\n").path);
        (table.format, table.columns) = (detected.format, detected.columns);
        let ingested = load(&fixture.path, &table);
        prop_assert_eq!(ingested.rows_read, ingested.table.rows as u64 + ingested.corrupt.len() as u64);
        for column in &ingested.table.columns {
            prop_assert_eq!(column.data.len(), ingested.table.rows);
        }
        let none = read(&fixture.path, &table, &|_| false, &Task::default()).unwrap();
        prop_assert_eq!(none.corrupt, ingested.corrupt);
    }

    #[test]
    fn what_is_written_by_the_rules_reads_back(
        rows in prop::collection::vec(("\\PC{0,12}", "[a-z\"',;\n ]{0,12}"), 1..20)
    ) {
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let mut text = "A,B\n".to_owned();
        for (a, b) in &rows {
            text.push_str(&format!("{},{}\n", quoted(a), quoted(b)));
        }
        let fixture = file("a.csv", &text);
        let mut table = source(&file("b.csv", "A,B\nx,y\n").path);
        table.blank_tokens.clear();
        let ingested = load(&fixture.path, &table);
        let expected = |value: &String| if value.trim().is_empty() { String::new() } else { value.clone() };
        prop_assert_eq!(texts(&ingested, "A"), rows.iter().map(|(a, _)| expected(a)).collect::<Vec<_>>());
        prop_assert_eq!(texts(&ingested, "B"), rows.iter().map(|(_, b)| expected(b)).collect::<Vec<_>>());
    }
}
