//! What holds of matching whatever the tables and rules are: it is what comparing all pairs one by one gives, and
//! depends neither on the order of rows nor on threads, on what was cached or on rows that have nothing to do with it.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tributary::engine::activate::results::key_table;
use tributary::engine::identity::{coding, phonetic, similarity};
use tributary::engine::ingest;
use tributary::engine::pipeline::{self, Columns, Request, Run};
use tributary::engine::stage::{Stage, StageCache};
use tributary::project::source::TextEncoding;
use tributary::project::{
    ColumnType, Comparison, Condition, DeduplicationRule, Exception, ExceptionTest, FieldMember, FileFormat,
    IdentifierGuard, MatchRule, Normalization, PairOverride, Project, RecordKey, SourceColumn, SourceTable,
    UnificationTable,
};
use tributary::task::Task;

use super::harness::{AS_OF, Folder, Rows, run_project};

const TABLES: [&str; 2] = ["One", "Two"];
/// Besides the key.
const COLUMNS: [(&str, ColumnType); 5] = [
    ("Name", ColumnType::String),
    ("Other", ColumnType::String),
    ("Email", ColumnType::String),
    ("Born", ColumnType::Date),
    ("Age", ColumnType::Number),
];
const KEYS: [&str; 10] = ["k1", "k2", "k10", "K3", "z", "é", "0", "00", "k 4", "k5"];

/// The key and the cells of [`COLUMNS`].
type Row = [String; 6];

#[derive(Debug, Clone)]
struct World {
    tables: [Vec<Row>; 2],
    project: Project,
}

fn value(of: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(of).prop_map(str::to_owned)
}

fn name() -> impl Strategy<Value = String> {
    let names =
        &["", "Ann", "Anna", "anne", "Ann Lee", "Lee Ann", "Hannah", "Bob", "Bobby", "Rob", "Jo\u{301}", "JO", "--"];
    value(names)
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let cells = (
        name(),
        name(),
        value(&["", "a@x", "A@x", "b@x", "b@xy", "c@x", "..."]),
        value(&["", "2000-01-01", "2000-01-02", "2000-01-05", "1999-12-31"]),
        value(&["", "1", "1.5", "-1", "2", "30"]),
    );
    let keys = prop::sample::subsequence(KEYS.to_vec(), 0..=KEYS.len()).prop_shuffle();
    (keys, prop::collection::vec(cells, KEYS.len())).prop_map(|(keys, cells)| {
        let rows = keys.into_iter().zip(cells);
        rows.map(|(key, (name, other, email, born, age))| [key.to_owned(), name, other, email, born, age]).collect()
    })
}

fn comparison() -> impl Strategy<Value = Comparison> {
    let precision = || prop_oneof![Just(30_u8), Just(50), Just(60), Just(75), Just(80), Just(90), 1..=99_u8];
    prop_oneof![
        4 => Just(Comparison::Exact),
        2 => precision().prop_map(|precision| Comparison::EditDistance { precision }),
        1 => precision().prop_map(|precision| Comparison::JaroWinkler { precision }),
        1 => precision().prop_map(|precision| Comparison::DamerauLevenshtein { precision }),
        1 => precision().prop_map(|precision| Comparison::TokenSet { precision }),
        1 => Just(Comparison::Soundex),
        1 => Just(Comparison::DoubleMetaphone),
        1 => (0..4_u32).prop_map(|days| Comparison::DaysApart { days }),
        1 => prop::sample::select(&[0.0, 0.5, 2.0][..]).prop_map(|difference| Comparison::NumberApart { difference }),
    ]
}

fn text() -> impl Strategy<Value = String> {
    value(&["Name", "Name", "Other", "Email"])
}

/// Of a match rule where it goes to the other table.
fn condition(to_other: bool) -> impl Strategy<Value = Condition> {
    let more = || prop::collection::vec(text(), 0..=1);
    let normalizations =
        prop::sample::subsequence(vec![Normalization::LowerCase, Normalization::Symbols, Normalization::Name], 0..=3);
    (comparison(), (text(), more()), (text(), more()), normalizations).prop_map(
        move |(comparison, (field, or_fields), (to_field, or_to_fields), normalizations)| {
            let mut condition = Condition { field, or_fields, normalizations, comparison, ..Condition::default() };
            if to_other {
                (condition.to_field, condition.or_to_fields) = (to_field, or_to_fields);
            }
            let only = match comparison {
                Comparison::DaysApart { .. } => Some("Born"),
                Comparison::NumberApart { .. } => Some("Age"),
                _ => None,
            };
            if let Some(only) = only {
                only.clone_into(&mut condition.field);
                (condition.or_fields, condition.or_to_fields) = (Vec::new(), Vec::new());
                if to_other {
                    only.clone_into(&mut condition.to_field);
                }
            }
            condition
        },
    )
}

/// Conditions and exceptions of a rule.
fn compared(to_other: bool) -> impl Strategy<Value = (Vec<Condition>, Vec<Exception>)> {
    let test = prop::sample::select(&ExceptionTest::ALL[..]);
    let exception = (test, condition(to_other)).prop_map(|(is, condition)| Exception { is, condition });
    let exceptions = prop_oneof![2 => Just(Vec::new()), 1 => prop::collection::vec(exception, 1..=2)];
    (prop::collection::vec(condition(to_other), 1..=2), exceptions)
}

/// Every table has a deduplication rule, so that nothing is automatic and no rule says "the first row".
fn world() -> impl Strategy<Value = World> {
    let deduplication = [(); 2].map(|()| prop::collection::vec(compared(false), 1..=2));
    (rows(), rows(), deduplication, prop::collection::vec(compared(true), 0..=2)).prop_map(
        |(one, two, deduplication, matching)| {
            let mut project = Project::new("World");
            project.source_tables = TABLES.map(source).to_vec();
            project.unification = TABLES.map(|name| UnificationTable::new(name.to_lowercase())).to_vec();
            for (place, rules) in deduplication.into_iter().enumerate() {
                let rules = rules.into_iter().enumerate().map(|(number, (conditions, exceptions))| {
                    let id = format!("d{place}{number}");
                    DeduplicationRule { name: id.clone(), id, active: true, conditions, exceptions }
                });
                project.unification[place].deduplication_rules = rules.collect();
            }
            let rules = matching.into_iter().enumerate().map(|(number, (conditions, exceptions))| {
                let (id, to_table) = (format!("m{number}"), "one".to_owned());
                MatchRule { name: id.clone(), id, active: true, to_table, conditions, exceptions }
            });
            project.unification[1].match_rules = rules.collect();
            World { tables: [one, two], project }
        },
    )
}

fn record() -> impl Strategy<Value = RecordKey> {
    (value(&["one", "two"]), value(&KEYS)).prop_map(|(table, key)| RecordKey { table, key })
}

/// A world with pairs decided by hand and guards.
fn constrained() -> impl Strategy<Value = World> {
    let pairs = |most| {
        let pair = (record(), record()).prop_map(|(a, b)| PairOverride { a, b, reason: String::new() });
        prop::collection::vec(pair.prop_filter("two records", |pair| pair.a != pair.b), 0..=most)
    };
    (world(), pairs(4), pairs(2), prop::option::of(2..5_u32), prop::option::of(1..3_u32)).prop_map(
        |(mut world, never, always, max_records, max_values)| {
            let project = &mut world.project;
            project.overrides.always_match = always;
            project.overrides.never_match = never;
            project.guards.max_records = max_records;
            if max_values.is_some() {
                let member =
                    |table: &str| FieldMember { source_table: table.to_lowercase(), column: "Email".to_owned() };
                project.guards.identifiers = vec![IdentifierGuard {
                    id: "email".to_owned(),
                    name: "Email".to_owned(),
                    members: TABLES.map(member).to_vec(),
                    blocked: Vec::new(),
                    max_values,
                }];
            }
            world
        },
    )
}

fn source(name: &str) -> SourceTable {
    let column = |(name, column_type): (&str, ColumnType)| SourceColumn {
        name: name.to_owned(),
        column_type,
        date_format: None,
        semantic_type: None,
        selected: true,
    };
    SourceTable {
        id: name.to_lowercase(),
        name: name.to_owned(),
        path: format!("{name}.csv"),
        format: FileFormat::Csv {
            delimiter: ',',
            quote: '"',
            header: true,
            encoding: TextEncoding::Utf8,
            decimal_comma: false,
        },
        blank_tokens: vec!["--".to_owned()],
        columns: std::iter::once(column(("Id", ColumnType::String))).chain(COLUMNS.map(column)).collect(),
        primary_key: Some("Id".to_owned()),
    }
}

fn folder(tables: &[Vec<Row>; 2]) -> Folder {
    let folder = Folder::new();
    let header = COLUMNS.map(|(name, _)| name).join(",");
    for (name, rows) in TABLES.iter().zip(tables) {
        let lines: String = rows.iter().map(|row| row.join(",") + "\n").collect();
        folder.write(&format!("{name}.csv"), format!("Id,{header}\n{lines}"));
    }
    folder
}

fn run(tables: &[Vec<Row>; 2], project: &Project) -> Run {
    folder(tables).run_in_process(project)
}

/// Customers as sets of their keys.
fn partition(run: &Run) -> BTreeSet<BTreeSet<String>> {
    let keys = Rows::of(&key_table(run, &Task::default()).unwrap().unwrap());
    let mut customers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for [id, table, key] in keys.pick(["CustomerId", "TableName", "AlternateValue"]) {
        customers.entry(id).or_default().insert(format!("{table}:{key}"));
    }
    customers.into_values().collect()
}

/// Customers and keys as written.
fn outcome(run: &Run) -> (Rows, Rows) {
    (Rows::of(&run.customers.as_ref().unwrap().table), Rows::of(&key_table(run, &Task::default()).unwrap().unwrap()))
}

/// Matching as it is said in semantics 1.3 to 1.5: every rule on every pair of rows.
struct Naive<'a> {
    world: &'a World,
}

/// A score, or why there is none.
#[derive(Clone, Copy, PartialEq)]
enum Outcome {
    Blank,
    Fails,
    Passes(f64),
}

impl Naive<'_> {
    /// What a condition compares of a row's fields: texts, by which one is blank where it is empty.
    fn values<'r>(&self, condition: &Condition, fields: impl Iterator<Item = &'r str>, row: &Row) -> Vec<String> {
        let normalizer = coding::normalizer(condition, &self.world.project);
        let mut values = Vec::new();
        for field in fields {
            let place = COLUMNS.iter().position(|(name, _)| *name == field).unwrap() + 1;
            let raw = if row[place] == "--" { "" } else { row[place].as_str() };
            let mut value = String::new();
            normalizer.normalize(raw, &mut value);
            match condition.comparison {
                Comparison::Soundex => values.push(phonetic::soundex(&value)),
                Comparison::DoubleMetaphone => values.extend(phonetic::double_metaphone(&value)),
                _ => values.push(value),
            }
        }
        values.retain(|value| !value.is_empty());
        values
    }

    fn outcome(&self, condition: &Condition, a: &Row, b: &Row, to_other: bool) -> Outcome {
        let own = self.values(condition, condition.fields(), a);
        let others = if to_other {
            self.values(condition, condition.to_fields(), b)
        } else {
            self.values(condition, condition.fields(), b)
        };
        let mut best = Outcome::Blank;
        for a in &own {
            for b in &others {
                let score = match condition.comparison {
                    Comparison::DaysApart { days } => {
                        let day = |text: &str| ingest::parse_date(text).unwrap();
                        (day(a).abs_diff(day(b)) <= days).then_some(1.0)
                    }
                    Comparison::NumberApart { difference } => {
                        let number = |text: &str| text.parse::<f64>().unwrap();
                        ((number(a) - number(b)).abs() <= difference).then_some(1.0)
                    }
                    comparison if comparison.is_fuzzy() => similarity::passes(comparison, a, b),
                    _ => (a == b).then_some(1.0),
                };
                best = match (best, score) {
                    (Outcome::Passes(best), Some(score)) => Outcome::Passes(best.max(score)),
                    (_, Some(score)) => Outcome::Passes(score),
                    (Outcome::Blank, None) => Outcome::Fails,
                    (best, None) => best,
                };
            }
        }
        best
    }

    /// The score of a rule that links two rows.
    fn score(&self, rule: (&[Condition], &[Exception]), a: &Row, b: &Row, to_other: bool) -> Option<f64> {
        let mut least = 1.0_f64;
        for condition in rule.0 {
            match self.outcome(condition, a, b, to_other) {
                Outcome::Passes(score) => least = least.min(score),
                Outcome::Blank | Outcome::Fails => return None,
            }
        }
        let holds = |exception: &Exception| match self.outcome(&exception.condition, a, b, to_other) {
            Outcome::Blank => false,
            Outcome::Passes(_) => exception.is == ExceptionTest::Same,
            Outcome::Fails => exception.is == ExceptionTest::Different,
        };
        (rule.1.is_empty() || !rule.1.iter().all(holds)).then_some(least)
    }

    /// The records of a table: rows by their places.
    fn records(&self, place: usize) -> Vec<Vec<usize>> {
        let rows = &self.world.tables[place];
        let rules = &self.world.project.unification[place].deduplication_rules;
        let mut record: Vec<usize> = (0..rows.len()).collect();
        for a in 0..rows.len() {
            for b in a + 1..rows.len() {
                let links = |rule: &DeduplicationRule| {
                    self.score((&rule.conditions, &rule.exceptions), &rows[a], &rows[b], false).is_some()
                };
                if rules.iter().any(links) {
                    let (from, to) = (record[b], record[a]);
                    record.iter_mut().filter(|record| **record == from).for_each(|record| *record = to);
                }
            }
        }
        let mut records: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        record.iter().enumerate().for_each(|(row, &record)| records.entry(record).or_default().push(row));
        records.into_values().collect()
    }

    fn partition(&self) -> BTreeSet<BTreeSet<String>> {
        let [one, two] = &self.world.tables;
        let key = |place: usize, row: usize| format!("{}:{}", TABLES[place], self.world.tables[place][row][0]);
        let upper = self.records(0);
        let keys = |place: usize, record: &[usize]| record.iter().map(|&row| key(place, row)).collect::<BTreeSet<_>>();
        let mut customers: Vec<BTreeSet<String>> = upper.iter().map(|record| keys(0, record)).collect();
        for lower in self.records(1) {
            let mut joined = None;
            for rule in &self.world.project.unification[1].match_rules {
                let mut best: Option<(f64, &str, usize)> = None;
                for (place, record) in upper.iter().enumerate() {
                    let largest = record.iter().map(|&row| one[row][0].as_str()).max().unwrap();
                    for &a in &lower {
                        for &b in record {
                            let compared = (&rule.conditions[..], &rule.exceptions[..]);
                            let Some(score) = self.score(compared, &two[a], &one[b], true) else { continue };
                            if best.is_none_or(|(least, key, _)| (score, largest) > (least, key)) {
                                best = Some((score, largest, place));
                            }
                        }
                    }
                }
                joined = joined.or(best.map(|(_, _, place)| place));
            }
            match joined {
                Some(place) => customers[place].extend(keys(1, &lower)),
                None => customers.push(keys(1, &lower)),
            }
        }
        customers.into_iter().collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn customers_are_those_that_comparing_all_pairs_gives(world in world()) {
        prop_assert_eq!(partition(&run(&world.tables, &world.project)), Naive { world: &world }.partition());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_rows_does_not_matter(
        (world, shuffled) in constrained().prop_flat_map(|world| {
            let shuffled = world.tables.clone().map(|table| Just(table).prop_shuffle());
            (Just(world), shuffled)
        })
    ) {
        let (run_one, run_other) = (run(&world.tables, &world.project), run(&shuffled, &world.project));
        prop_assert_eq!(outcome(&run_one), outcome(&run_other));
        prop_assert_eq!(run_one.report.refused_links, run_other.report.refused_links);
    }

    #[test]
    fn rows_that_have_nothing_to_do_with_them_change_no_customer(world in constrained()) {
        let mut more = world.tables.clone();
        for (rows, name) in more.iter_mut().zip(["qqq", "zzzzzzz"]) {
            let row = ["~ new", name, "", "", "", ""].map(str::to_owned);
            rows.insert(rows.len() / 2, row);
        }
        let mut with_more = partition(&run(&more, &world.project));
        for name in TABLES {
            prop_assert!(with_more.remove(&BTreeSet::from([format!("{name}:~ new")])), "it is a customer of its own");
        }
        prop_assert_eq!(with_more, partition(&run(&world.tables, &world.project)));
    }

    #[test]
    fn a_never_pair_is_never_one_customer(world in constrained()) {
        let customers = partition(&run(&world.tables, &world.project));
        for pair in &world.project.overrides.never_match {
            let [a, b] = [&pair.a, &pair.b].map(|record| {
                let name = TABLES.iter().find(|name| name.to_lowercase() == record.table).unwrap();
                format!("{name}:{}", record.key)
            });
            let together = customers.iter().find(|customer| customer.contains(&a) && customer.contains(&b));
            prop_assert!(together.is_none(), "{} and {} are in {:?}", a, b, together);
        }
    }

    #[test]
    fn the_number_of_threads_does_not_matter(world in constrained()) {
        let folder = folder(&world.tables);
        let with = |threads| {
            let request = Request {
                project: &world.project,
                base: folder.root(),
                until: Stage::Segments,
                columns: Columns::Used,
                as_of: AS_OF.to_owned(), ids: Default::default() };
            let run = pipeline::run(&request, &StageCache::default(), &Task::default().with_threads(threads)).unwrap();
            (outcome(&run), run.fingerprint)
        };
        prop_assert_eq!(with(1), with(2));
    }

    /// What an edit leaves in the memory does no harm to the next run.
    #[test]
    fn a_cached_run_equals_a_cold_one(world in constrained(), other in constrained()) {
        let folder = folder(&world.tables);
        let cache = StageCache::default();
        let mut project = world.project.clone();
        let edits: [&dyn Fn(&mut Project); 6] = [
            &|project| project.overrides = other.project.overrides.clone(),
            &|project| project.guards = other.project.guards.clone(),
            &|project| {
                project.unification[0].deduplication_rules = other.project.unification[0].deduplication_rules.clone();
            },
            &|project| project.unification[1].match_rules = other.project.unification[1].match_rules.clone(),
            &|project| project.unification[1].deduplication_rules[0].active = false,
            &|project| *project = world.project.clone(),
        ];
        run_project(&project, folder.root(), &cache);
        for edit in edits {
            edit(&mut project);
            let cold = run_project(&project, folder.root(), &StageCache::default());
            prop_assert_eq!(outcome(&run_project(&project, folder.root(), &cache)), outcome(&cold));
        }
    }
}
