//! Against a naive reading of the same rules: row by row, value by value.

use std::cmp::Ordering;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::engine::column::{BLANK_BOOLEAN, BLANK_DATE, BLANK_INTEGER};
use crate::engine::customer::customers::{Customers, PROFILE_STATE};
use crate::engine::insight::segments::Evaluation;
use crate::engine::view::RowOrder;
use crate::project::{
    ColumnType, FieldMember, FileFormat, MergePolicy, Project, Segment, SourceColumn, SourceTable, UnificationTable,
    UnifiedField, unify,
};
use crate::task::Task;

const NAMES: [&str; 8] = ["", "Ana Cruz", "ben ode", "Cho-Lee", "ÉMILE Zola", "anabel", "Ö ana", "b"];
const PLACES: [&str; 5] = ["", "Lisboa", "lima", "Ann Arbor", "ÖSTERSUND"];

type Row = (usize, usize, Option<i64>, Option<i32>, Option<bool>, bool);

fn table(rows: &[Row]) -> Arc<Table> {
    Arc::new(Table::new([
        (PROFILE_STATE, Column::text_of(rows.iter().map(|row| if row.5 { "Known" } else { "Unknown" }))),
        ("Name", Column::text_of(rows.iter().map(|row| NAMES[row.0]))),
        ("Place", Column::text_of(rows.iter().map(|row| PLACES[row.1]))),
        ("Points", Column::Integer(rows.iter().map(|row| row.2.unwrap_or(BLANK_INTEGER)).collect())),
        ("Born", Column::Date(rows.iter().map(|row| row.3.unwrap_or(BLANK_DATE)).collect())),
        ("Agreed", Column::Boolean(rows.iter().map(|row| row.4.map_or(BLANK_BOOLEAN, u8::from)).collect())),
    ]))
}

/// A project whose unified fields are the columns of the table.
fn project() -> Project {
    let types = [
        ("Name", ColumnType::String),
        ("Place", ColumnType::String),
        ("Points", ColumnType::Integer),
        ("Born", ColumnType::Date),
        ("Agreed", ColumnType::Boolean),
    ];
    let mut project = Project::new("Test");
    project.source_tables.push(SourceTable {
        id: "people".to_owned(),
        name: "People".to_owned(),
        path: "people.csv".to_owned(),
        format: FileFormat::Parquet,
        blank_tokens: Vec::new(),
        columns: types
            .map(|(name, column_type)| SourceColumn {
                name: name.to_owned(),
                column_type,
                date_format: None,
                semantic_type: None,
                selected: true,
            })
            .to_vec(),
        primary_key: None,
    });
    project.unification.push(UnificationTable::new("people"));
    project.unified_fields = types
        .map(|(name, _)| UnifiedField {
            id: name.to_lowercase(),
            name: name.to_owned(),
            members: vec![FieldMember { source_table: "people".to_owned(), column: name.to_owned() }],
            excluded: false,
            merge: MergePolicy::default(),
        })
        .to_vec();
    project
}

fn shown(answer: &Answer) -> Vec<usize> {
    (0..answer.rows.len()).filter_map(|place| answer.rows.row(place)).collect()
}

/// Whether a row passes a test, read off its text and number.
fn passes(table: &Table, filter: &Filter, row: usize) -> bool {
    let column = table.column(&filter.column).unwrap();
    let text = column.text(row).into_owned();
    match &filter.test {
        Test::Filled => !column.is_blank(row),
        Test::Values(values) => values.contains(&text),
        Test::Except(values) => !values.contains(&text),
        Test::Interval { from, to, below } => {
            let read = |text: &str| match column {
                Column::Date(_) => crate::engine::ingest::parse_date(text).map(f64::from),
                _ => text.parse().ok(),
            };
            let value = column.number(row);
            let above = read(from).is_none_or(|from| value >= from);
            let under = read(to).is_none_or(|to| if *below { value < to } else { value <= to });
            !column.is_blank(row) && above && under
        }
    }
}

/// How many terms of a query a row has in the searched columns.
fn terms_in(table: &Table, query: &Query, row: usize) -> usize {
    let has = |term: &String| {
        let mut texts = query.searched.iter().filter_map(|name| match table.column(name)? {
            Column::Text(text) => Some(text.get(row).to_lowercase()),
            _ => None,
        });
        texts.any(|text| text.contains(term.as_str()))
    };
    terms(&query.search).iter().filter(|term| has(term)).count()
}

fn naive(table: &Table, query: &Query, filters: &[&Filter]) -> Vec<usize> {
    let count = terms(&query.search).len();
    let enough = if query.some { count.min(1) } else { count };
    let mut rows: Vec<usize> = (0..table.rows)
        .filter(|&row| terms_in(table, query, row) >= enough && filters.iter().all(|filter| passes(table, filter, row)))
        .collect();
    if query.sort.iter().any(|(column, _)| table.column(column).is_some()) {
        let order = |(column, descending): &(String, bool), a: usize, b: usize| {
            // A column that is not there sorts nothing.
            let Some(column) = table.column(column) else { return Ordering::Equal };
            let lower = |row: usize| column.text(row).to_lowercase();
            let of_values = || match column {
                Column::Text(_) => lower(a).cmp(&lower(b)).then_with(|| column.compare(a, b)),
                _ => column.compare(a, b),
            };
            match (column.is_blank(a), column.is_blank(b)) {
                (false, false) if *descending => of_values().reverse(),
                (false, false) => of_values(),
                (a, b) => a.cmp(&b),
            }
        };
        // Stable, so equal ones stand as in the table.
        rows.sort_by(|&a, &b| query.sort.iter().fold(Ordering::Equal, |found, by| found.then_with(|| order(by, a, b))));
    } else if query.some {
        rows.sort_by_key(|&row| std::cmp::Reverse(terms_in(table, query, row)));
    }
    rows
}

fn a_row() -> impl Strategy<Value = Row> {
    let points = proptest::option::of(-3_i64..40);
    let born = proptest::option::of(9_000_i32..19_000);
    (0..NAMES.len(), 0..PLACES.len(), points, born, proptest::option::of(any::<bool>()), any::<bool>())
}

fn a_filter() -> impl Strategy<Value = Filter> {
    let interval = |column: &'static str, from: &'static str, to: &'static str| {
        any::<(bool, bool, bool)>().prop_map(move |(with_from, with_to, below)| Filter {
            column: column.to_owned(),
            test: Test::Interval {
                from: if with_from { from } else { "" }.to_owned(),
                to: if with_to { to } else { "" }.to_owned(),
                below,
            },
        })
    };
    let values = |column: &'static str, of: &'static [&'static str]| {
        proptest::sample::subsequence(of, 1..=of.len()).prop_map(move |values| Filter {
            column: column.to_owned(),
            test: Test::Values(values.into_iter().map(str::to_owned).collect()),
        })
    };
    let except = |column: &'static str, of: &'static [&'static str]| {
        values(column, of).prop_map(|filter| match filter.test {
            Test::Values(values) => Filter { test: Test::Except(values), ..filter },
            _ => filter,
        })
    };
    let filled = proptest::sample::select(vec!["Name", "Points", "Born", "Agreed"]);
    prop_oneof![
        except("Place", &["", "lima", "Lisboa", "nowhere"]),
        except("Agreed", &["", "true", "false"]),
        except("Points", &["", "3", "7"]),
        except("Born", &["", "1999-01-02", "2004-05-06"]),
        values(PROFILE_STATE, &["Known", "Unknown"]),
        values("Place", &["", "lima", "Lisboa", "nowhere"]),
        values("Agreed", &["", "true", "false"]),
        values("Points", &["", "3", "7"]),
        interval("Points", "2", "20"),
        interval("Born", "1999-01-02", "2010-05-06"),
        filled.prop_map(|column| Filter { column: column.to_owned(), test: Test::Filled }),
    ]
}

fn a_query() -> impl Strategy<Value = Query> {
    let search =
        proptest::sample::select(vec!["", "a", "an", "ANA", "ana cruz", "cho-lee", "é", "ana lis zola", " - "]);
    let column = proptest::sample::select(vec!["Name", "Place", "Points", "Born", "Agreed", "no column"]);
    let sort = proptest::collection::vec((column, any::<bool>()), 0..3);
    (search, any::<bool>(), proptest::collection::vec(a_filter(), 0..3), sort).prop_map(
        |(search, some, filters, sort)| {
            let mut query = Query {
                search: search.to_owned(),
                some,
                searched: ["Name", "Place", "Points"].map(str::to_owned).to_vec(),
                sort: sort.into_iter().map(|(column, descending)| (column.to_owned(), descending)).collect(),
                ..Query::default()
            };
            filters.into_iter().for_each(|filter| query.set_filter(&filter.column, Some(filter.test)));
            query.facets = [PROFILE_STATE, "Place", "Points", "Born", "Agreed"]
                .map(|column| FacetRequest { column: column.to_owned(), search: String::new(), limit: 3 })
                .to_vec();
            query
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn an_answer_is_that_of_a_naive_reading(
        rows in proptest::collection::vec(a_row(), 0..150),
        queries in proptest::collection::vec(a_query(), 1..4),
    ) {
        let table = table(&rows);
        let index = SearchIndex::new(Arc::clone(&table));
        for query in &queries {
            let answer = index.answer(query, &Task::default().with_threads(2)).unwrap();
            let filters: Vec<&Filter> = query.filters.iter().collect();
            prop_assert_eq!(shown(&answer), naive(&table, query, &filters), "{:?}", query);
            prop_assert_eq!(&answer.problems, &vec![]);
            let fresh = SearchIndex::new(Arc::clone(&table)).answer(query, &Task::default().with_threads(1)).unwrap();
            prop_assert_eq!(&answer, &fresh, "what was asked before does not matter");
            for facet in &answer.facets {
                let others: Vec<&Filter> = query.filters.iter().filter(|filter| filter.column != facet.column()).collect();
                let among = naive(&table, query, &others);
                let column = table.column(facet.column()).unwrap();
                let blanks = among.iter().filter(|&&row| column.is_blank(row)).count() as u64;
                match facet {
                    Facet::Values(facet) => {
                        prop_assert_eq!(facet.blank, blanks);
                        for value in &facet.values {
                            let count = among.iter().filter(|&&row| column.text(row) == value.value.as_str()).count();
                            prop_assert_eq!(value.count, count as u64);
                        }
                    }
                    Facet::Histogram(facet) => {
                        let counted: u64 = facet.bars.iter().map(|bar| bar.count).sum();
                        prop_assert_eq!((counted + facet.blank, facet.blank), (among.len() as u64, blanks));
                        for bar in &facet.bars {
                            let test = Test::Interval { from: bar.from.clone(), to: bar.to.clone(), below: bar.below };
                            let filter = Filter { column: facet.column.clone(), test };
                            let count = among.iter().filter(|&&row| passes(&table, &filter, row)).count();
                            prop_assert_eq!(bar.count, count as u64, "{:?}", bar);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_query_kept_as_a_segment_has_the_same_customers(
        rows in proptest::collection::vec(a_row(), 0..100),
        mut query in a_query(),
    ) {
        query.searched = vec!["Name".to_owned(), "Place".to_owned()];
        let (table, project) = (table(&rows), project());
        let answer = SearchIndex::new(Arc::clone(&table)).answer(&query, &Task::default()).unwrap();
        let fields = unify::unified_fields(&project);
        let named = fields.iter().map(|field| (field.id.clone(), field.name.clone())).collect();
        let customers = Customers { table, fields: named, ..Customers::default() };
        let evaluation = Evaluation { fields: &fields, customers: &customers, activities: &[] };
        match segment::rules(&query, &project) {
            Ok(rules) => {
                let segment = Segment { id: "kept".to_owned(), name: "Kept".to_owned(), rules };
                let result = evaluation.segment(&segment);
                prop_assert_eq!(result.error, None);
                let members: Vec<usize> = result.members.iter().map(|row| row as usize).collect();
                let mut rows = shown(&answer);
                rows.sort_unstable();
                prop_assert_eq!(members, rows);
            }
            Err(problems) => prop_assert!(!query.narrows(), "{:?}", problems),
        }
    }
}

#[test]
fn a_phrase_is_split_on_spaces_and_hyphens() {
    assert_eq!(terms("  Cho-Lee cho\tÉMILE - "), ["cho", "lee", "émile"]);
    assert_eq!(terms(" -- "), Vec::<String>::new());
}

#[test]
fn a_hit_spans_no_two_values() {
    let table = Arc::new(Table::new([("Name", Column::text_of(["ab", "cd", "abcd"]))]));
    let index = SearchIndex::new(table);
    let query = Query { search: "bc".to_owned(), searched: vec!["Name".to_owned()], ..Query::default() };
    assert_eq!(*index.answer(&query, &Task::default()).unwrap().rows, RowOrder::Picked(vec![2]));
}

#[test]
fn a_filter_that_cannot_be_judged_says_so_and_finds_nobody() {
    let index = SearchIndex::new(table(&[(1, 1, Some(3), None, None, true)]));
    for (column, from) in [("Points", "many"), ("Name", "a"), ("Gone", "1")] {
        let test = Test::Interval { from: from.to_owned(), to: String::new(), below: false };
        let filters = vec![Filter { column: column.to_owned(), test }];
        let answer = index.answer(&Query { filters, ..Query::default() }, &Task::default()).unwrap();
        assert_eq!((answer.rows.len(), answer.problems.len()), (0, 1), "{column}");
    }
}

#[test]
fn what_no_rule_can_say_is_said_before_it_is_saved() {
    let filters = vec![Filter::values("Household", ["12"]), Filter::values(PROFILE_STATE, ["Known"])];
    let problems = segment::rules(&Query { filters, ..Query::default() }, &project()).unwrap_err();
    assert_eq!(problems.len(), 1);
    assert!(problems[0].contains("Household"), "{problems:?}");
    assert!(segment::rules(&Query::default(), &project()).is_err());
}

#[test]
fn a_query_that_was_told_to_stop_stops() {
    let task = Task::default();
    task.cancel();
    let index = SearchIndex::new(table(&[(1, 1, None, None, None, true)]));
    let query = Query { search: "a".to_owned(), searched: vec!["Name".to_owned()], ..Query::default() };
    assert_eq!(index.answer(&query, &task), Err(crate::task::Cancelled));
    assert_eq!(index.answer(&query, &Task::default()).unwrap().rows.len(), 1, "and leaves nothing wrong behind");
}

#[test]
fn the_page_takes_the_projects_fields_and_else_the_defaults() {
    let rows: Vec<Row> = (0..100).map(|row| (1 + row % 7, row % 5, Some(3), None, None, true)).collect();
    let index = SearchIndex::new(table(&rows));
    let mut project = project();
    let defaults = index.page_fields(&project);
    assert_eq!(defaults.search, ["Name", "Place"]);
    assert_eq!(defaults.filter, [PROFILE_STATE, "Name", "Place", "Points"], "what is all blank is no filter");
    assert_eq!(defaults.card, ["Name", "Place", "Points"]);
    project.source_tables[0].columns[0].semantic_type = Some("Person.FullName".to_owned());
    assert_eq!(
        index.page_fields(&project).filter,
        [PROFILE_STATE, "Place", "Points"],
        "nobody picks a name from a list"
    );
    project.customer_index.search = vec!["place".to_owned(), "gone".to_owned()];
    project.customer_index.card = vec!["gone".to_owned()];
    let chosen = index.page_fields(&project);
    assert_eq!((chosen.search.as_slice(), chosen.card), (&["Place".to_owned()][..], defaults.card));
}
