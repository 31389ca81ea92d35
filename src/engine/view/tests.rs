use proptest::prelude::*;

use super::*;
use crate::engine::column::{BLANK_BOOLEAN, BLANK_DATE, BLANK_INTEGER, Column};

/// Rows in the order of a spec, told the slow way.
fn naive(table: &Table, spec: &ViewSpec) -> Vec<u32> {
    let mut rows: Vec<u32> = (0..table.rows as u32).collect();
    rows.retain(|&row| {
        spec.filters.iter().all(|filter| {
            let column = table.column(&filter.column).unwrap();
            let (text, number) = (column.text(row as usize), column.number(row as usize));
            match &filter.keep {
                Keep::Only(value) => text == *value,
                Keep::Not(value) => text != *value,
                Keep::Between { from, to, includes_end, .. } => {
                    number >= *from && (number < *to || (*includes_end && number == *to))
                }
            }
        })
    });
    rows.retain(|&row| {
        spec.search
            .to_lowercase()
            .split_whitespace()
            .all(|word| table.columns.iter().any(|column| column.data.text(row as usize).to_lowercase().contains(word)))
    });
    rows.sort_by(|&a, &b| {
        for (name, descending) in &spec.sort {
            let column = table.column(name).unwrap();
            let has_blank = column.is_blank(a as usize) || column.is_blank(b as usize);
            let order = column.compare(a as usize, b as usize);
            let order = if *descending && !has_blank { order.reverse() } else { order };
            if order.is_ne() {
                return order;
            }
        }
        a.cmp(&b)
    });
    rows
}

fn shown(table: &Table, spec: &ViewSpec) -> Vec<u32> {
    match RowOrder::of(table, spec, &Task::default()).unwrap() {
        RowOrder::All(rows) => (0..rows as u32).collect(),
        RowOrder::Picked(rows) => rows,
    }
}

const NAMES: [&str; 6] = ["text", "whole", "number", "truth", "day", "time"];

/// Few distinct values, so that rows tie and filters hit.
fn tables() -> impl Strategy<Value = Table> {
    let text = prop::sample::select(vec!["", "Oslo", "oslo", "Ösl", "Rome 1", "Römer", "10", "a-1", "Oslofjord east"]);
    let whole = prop::sample::select(vec![BLANK_INTEGER, i64::MAX, -3, 0, 7, 10, 10_000]);
    let number = prop::sample::select(vec![f64::NAN, -0.5, 0.0, 1.25, f64::INFINITY, 1e300, -1e-300]);
    let truth = prop::sample::select(vec![0, 1, BLANK_BOOLEAN]);
    let day = prop::sample::select(vec![BLANK_DATE, -1, 0, 19_000, 19_001]);
    let time = prop::sample::select(vec![BLANK_INTEGER, -1, 0, 1_650_000_000_000_000, 1_650_000_000_500_000]);
    prop::collection::vec((text, whole, number, truth, day, time), 0..60).prop_map(|rows| {
        let column = [
            Column::text_of(rows.iter().map(|row| row.0)),
            Column::Integer(rows.iter().map(|row| row.1).collect()),
            Column::Number(rows.iter().map(|row| row.2).collect()),
            Column::Boolean(rows.iter().map(|row| row.3).collect()),
            Column::Date(rows.iter().map(|row| row.4).collect()),
            Column::Datetime(rows.iter().map(|row| row.5).collect()),
        ];
        Table::new(NAMES.into_iter().zip(column))
    })
}

fn specs() -> impl Strategy<Value = ViewSpec> {
    let name = || prop::sample::select(NAMES.to_vec()).prop_map(str::to_owned);
    let value = prop::sample::select(vec![
        "",
        "Oslo",
        "10",
        "7",
        "-0.5",
        "0",
        "1.250",
        "inf",
        "true",
        "false",
        "1970-01-01",
        "2022-01-08",
        "no",
        "2022-04-15 05:20:00",
        "2022-04-15 05:20:00.5",
        "1969-12-31",
    ]);
    let keep = prop_oneof![
        value.clone().prop_map(|value| Keep::Only(value.to_owned())),
        value.prop_map(|value| Keep::Not(value.to_owned())),
        (-3.0..20.0, any::<bool>()).prop_map(|(from, includes_end)| Keep::Between {
            from,
            to: 10.0,
            includes_end,
            words: String::new()
        }),
    ];
    let filter = (name(), keep).prop_map(|(column, keep)| ViewFilter { column, keep });
    let search = prop::sample::select(vec!["", "o", "OSL", "1 o", "-", "true", "2022", "ö", "05:20"]);
    (prop::collection::vec((name(), any::<bool>()), 0..4), prop::collection::vec(filter, 0..3), search)
        .prop_map(|(sort, filters, search)| ViewSpec { sort, search: search.to_owned(), filters })
}

proptest! {
    #[test]
    fn a_view_is_the_naive_one(table in tables(), spec in specs()) {
        prop_assert_eq!(shown(&table, &spec), naive(&table, &spec));
    }
}

#[test]
fn large_tables_are_sorted_the_same_way_by_digits() {
    let rows = 3 * STRIDE as i64 + 17;
    let scatter = |row: i64| row.wrapping_mul(2_654_435_761) % 100_003;
    let texts: Vec<String> = (0..rows).map(|row| format!("key {}", scatter(row) * 7)).collect();
    let table = Table::new([
        ("text", Column::text_of(texts.iter().map(String::as_str))),
        ("whole", Column::Integer((0..rows).map(|row| scatter(row) % 50).collect())),
        ("number", Column::Number((0..rows).map(|row| -(scatter(row) as f64) / 3.0).collect())),
    ]);
    for sort in
        [vec![("text", false)], vec![("whole", true), ("number", false)], vec![("whole", false), ("text", true)]]
    {
        let sort = sort.into_iter().map(|(name, descending)| (name.to_owned(), descending)).collect();
        let spec = ViewSpec { sort, ..ViewSpec::default() };
        assert_eq!(shown(&table, &spec), naive(&table, &spec));
    }
}

#[test]
fn a_cancelled_view_stops() {
    let table = Table::new([("n", Column::Integer((0..10).collect()))]);
    let task = Task::default();
    task.cancel();
    for spec in [
        ViewSpec { sort: vec![("n".to_owned(), true)], ..ViewSpec::default() },
        ViewSpec { search: "1".to_owned(), ..ViewSpec::default() },
        ViewSpec { filters: vec![ViewFilter::only("n", "1")], ..ViewSpec::default() },
    ] {
        assert!(RowOrder::of(&table, &spec, &task).is_err());
    }
}

#[test]
fn a_header_goes_round_alone_or_with_others() {
    let mut spec = ViewSpec::default();
    let sorted = |spec: &ViewSpec| spec.sort.iter().map(|(name, down)| format!("{name} {down}")).collect::<Vec<_>>();
    spec.sort_next("a", false);
    spec.sort_next("a", false);
    assert_eq!(sorted(&spec), ["a true"]);
    spec.sort_next("b", true);
    assert_eq!((sorted(&spec), spec.sorted("b")), (vec!["a true".to_owned(), "b false".to_owned()], Some((1, false))));
    spec.sort_next("a", true);
    assert_eq!(sorted(&spec), ["b false"]);
    spec.sort_next("a", true);
    spec.sort_next("b", false);
    assert_eq!(sorted(&spec), ["b false"], "alone, from the beginning");
}

#[test]
fn exclusions_add_up_and_a_value_takes_their_place() {
    let mut spec = ViewSpec::default();
    for value in ["x", "y", "x"] {
        spec.filter(ViewFilter::not("a", value));
    }
    spec.filter(ViewFilter::only("b", "1"));
    assert_eq!(spec.filters.iter().map(ViewFilter::words).collect::<Vec<_>>(), ["a is not y", "a is not x", "b: 1"]);
    spec.filter(ViewFilter::only("a", ""));
    assert_eq!(spec.filters.iter().map(ViewFilter::words).collect::<Vec<_>>(), ["b: 1", "a: blank"]);
}
