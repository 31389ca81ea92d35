//! What holds whatever the tables are: the answer does not depend on the order of rows, on what was cached or on the
//! kind of file; clusters are clusters; every figure adds up; nothing is made up.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tributary::engine::activate::results::key_table;
use tributary::engine::files;
use tributary::engine::identity::membership::NO_CUSTOMER;
use tributary::engine::insight::activities::ActivityTable;
use tributary::engine::ledger::{LedgerPart, ledger};
use tributary::engine::pipeline::Run;
use tributary::engine::report::{Report, RunReport};
use tributary::engine::stage::StageCache;
use tributary::project::edit::groups;
use tributary::project::source::default_blank_tokens;
use tributary::project::{
    ColumnType, Condition, ExportFormat, FieldMember, FileFormat, MergePolicy, Normalization, Operator, Project,
    RecordToKeep, SetOperator, SourceColumn, SourceTable, Subject, UnificationTable, file, source::TextEncoding, unify,
};
use tributary::task::Task;

use super::harness::{Folder, Rows, condition, deduplication_rule, event, is, match_rule, run_project, segment, state};

const TABLES: [&str; 3] = ["One", "Two", "Three"];
/// Besides the key: what rules compare, and an amount that may not fit its type.
const COLUMNS: [&str; 4] = ["Name", "Email", "Card", "Amount"];

/// A table as a test makes it up: the key and [`COLUMNS`] of each row.
type Cells = Vec<[String; 5]>;

/// One made-up world: three tables and what the analyst decided about them.
#[derive(Debug, Clone)]
struct World {
    tables: [Cells; 3],
    project: Project,
}

fn value(of: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(of).prop_map(str::to_owned)
}

fn cells(keys: BoxedStrategy<Vec<String>>) -> impl Strategy<Value = Cells> {
    let row = (
        value(&["", "Ann", "ann", "A-nn", "Bo", "Cy"]),
        value(&["", "--", "a@x", "A@x", " a@x", "b@x", "c@x"]),
        value(&["", "7", "07", "8", "9", "N/A"]),
        value(&["", "1", "2.5", "-3", "4", "x"]),
    );
    (keys, prop::collection::vec(row, 9)).prop_map(|(keys, rows)| {
        let rows = keys.into_iter().zip(rows);
        rows.map(|(key, (name, email, card, amount))| [key, name, email, card, amount]).collect()
    })
}

/// Keys that identify their rows, in any order.
fn unique_keys() -> BoxedStrategy<Vec<String>> {
    let all: Vec<String> = ["k1", "k2", "k10", "K3", "z", "é", "0", "00", "k 4"].map(str::to_owned).to_vec();
    prop::sample::subsequence(all, 0..=9).prop_shuffle().boxed()
}

/// Keys as they come: repeated, blank.
fn any_keys() -> BoxedStrategy<Vec<String>> {
    prop::collection::vec(value(&["", "--", "k1", "k2", "k3", "k4", "k5"]), 0..=9).boxed()
}

fn normalizations() -> impl Strategy<Value = Vec<Normalization>> {
    prop::sample::subsequence(vec![Normalization::LowerCase, Normalization::Symbols, Normalization::Whitespace], 0..=3)
}

fn field() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&["Name", "Email", "Card"][..])
}

/// Rules of one table: deduplication rules by their fields, and match rules to a table above it.
type Rules = (Vec<Vec<(&'static str, Vec<Normalization>)>>, Vec<MatchPlan>, bool, u8);

#[derive(Debug, Clone)]
struct MatchPlan {
    to: usize,
    fields: Vec<(&'static str, &'static str, Vec<Normalization>)>,
    active: bool,
}

fn rules(place: usize, deduplication_rules: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = Rules> {
    let conditions = prop::collection::vec((field(), normalizations()), 1..=2);
    let fields = prop::collection::vec((field(), field(), normalizations()), 1..=2);
    let plan = (0..place.max(1), fields, prop::bool::weighted(0.9)).prop_map(|(to, fields, active)| MatchPlan {
        to,
        fields,
        active,
    });
    let most = if place == 0 { 0 } else { 3 };
    (
        prop::collection::vec(conditions, deduplication_rules),
        prop::collection::vec(plan, 0..=most),
        any::<bool>(),
        0..3_u8,
    )
}

fn world(
    keys: fn() -> BoxedStrategy<Vec<String>>,
    deduplication_rules: std::ops::RangeInclusive<usize>,
) -> impl Strategy<Value = World> {
    let tables = [(); 3].map(|()| cells(keys()));
    let rules = [0, 1, 2].map(|place| rules(place, deduplication_rules.clone()));
    (tables, rules).prop_map(|(tables, rules)| {
        let mut project = Project::new("World");
        project.source_tables = TABLES.iter().map(|name| source(name)).collect();
        project.unification = rules.into_iter().enumerate().map(|(place, rules)| unified(place, rules)).collect();
        let named = Subject::Field { field: "name".to_owned() };
        project.segments = vec![segment(
            "Anns",
            vec![
                (SetOperator::Union, vec![is(named, Operator::StartsWith, &["A"])]),
                (SetOperator::Except, vec![state("Known")]),
            ],
        )];
        World { tables, project }
    })
}

fn source(name: &str) -> SourceTable {
    let column = |name: &str, column_type| SourceColumn {
        name: name.to_owned(),
        column_type,
        date_format: None,
        semantic_type: (name == "Email").then(|| "Identity.Service.Email".to_owned()),
        selected: true,
    };
    let mut columns = vec![column("Id", ColumnType::String)];
    columns.extend(COLUMNS.map(|name| column(name, ColumnType::String)));
    if let Some(amount) = columns.last_mut() {
        amount.column_type = ColumnType::Number;
    }
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
        blank_tokens: default_blank_tokens(),
        columns,
        primary_key: Some("Id".to_owned()),
    }
}

fn unified(place: usize, (deduplication, matching, include_all, keep): Rules) -> UnificationTable {
    let id = |place: usize| TABLES[place].to_lowercase();
    let mut table = UnificationTable::new(id(place));
    table.include_all_records = include_all;
    let amount = || "Amount".to_owned();
    table.record_to_keep = match keep {
        0 => RecordToKeep::MostFilled,
        1 => RecordToKeep::MostRecent { field: amount() },
        _ => RecordToKeep::LeastRecent { field: amount() },
    };
    let rules = deduplication.into_iter().enumerate();
    table.deduplication_rules = rules
        .map(|(number, conditions)| {
            let conditions = conditions.iter().map(|(field, even)| condition(field, even)).collect();
            deduplication_rule(&format!("d{place}{number}"), conditions)
        })
        .collect();
    let rules = matching.into_iter().enumerate();
    table.match_rules = rules
        .map(|(number, plan)| {
            let mut rule = match_rule(&format!("m{place}{number}"), "", &id(plan.to), "");
            rule.active = plan.active;
            let conditions = plan.fields.into_iter();
            rule.conditions = conditions
                .map(|(field, to_field, normalizations)| Condition {
                    normalizations,
                    ..Condition::exact_to(field, to_field)
                })
                .collect();
            rule
        })
        .collect();
    table
}

fn write(folder: &Folder, tables: &[Cells; 3]) {
    for (name, rows) in TABLES.iter().zip(tables) {
        let lines = rows.iter().map(|row| row.join(",") + "\n");
        let text: String = std::iter::once(format!("Id,{}\n", COLUMNS.join(","))).chain(lines).collect();
        folder.write(&format!("{name}.csv"), text);
    }
}

fn run(tables: &[Cells; 3], project: &Project) -> Run {
    let folder = Folder::new();
    write(&folder, tables);
    folder.run_in_process(project)
}

/// Customers, keyring and segments: what row order may not change.
fn identity(run: &Run) -> (Rows, Rows, Vec<Vec<u32>>) {
    let keys = key_table(run, &Task::default()).unwrap().unwrap();
    let segments = run.segments.iter().map(|segment| segment.members.iter().collect()).collect();
    (Rows::of(&run.customers.as_ref().unwrap().table), Rows::of(&keys), segments)
}

/// Everything a run writes, but for `run` of the report.
fn everything(run: &Run) -> (Report, Vec<Rows>) {
    let customers = &run.customers.as_ref().unwrap().table;
    let mut tables = vec![Rows::of(customers), Rows::of(&key_table(run, &Task::default()).unwrap().unwrap())];
    tables.push(Rows::of(&ActivityTable::of(&run.activity_rows(), &Task::default()).unwrap().table(customers)));
    tables.extend(
        run.segments.iter().map(|segment| Rows::of(&customers.gather(&segment.members.iter().collect::<Vec<_>>()))),
    );
    tables.extend(LedgerPart::ALL.map(|part| Rows::of(&ledger(run, part))));
    (Report { run: RunReport::default(), ..run.report.clone() }, tables)
}

/// Sets of keys, by the customer they lead to.
fn clusters(keys: &Rows) -> BTreeMap<String, BTreeSet<[String; 2]>> {
    let mut clusters: BTreeMap<String, BTreeSet<[String; 2]>> = BTreeMap::new();
    for [id, table, value] in keys.pick(["CustomerId", "TableName", "AlternateValue"]) {
        assert!(clusters.entry(id).or_default().insert([table, value]), "a key twice in one customer");
    }
    clusters
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// Keys are unique and every table has a rule, so that no rule says "the first row".
    #[test]
    fn the_order_of_rows_does_not_matter(
        (world, shuffled) in world(unique_keys, 1..=2).prop_flat_map(|world| {
            let shuffled = world.tables.clone().map(|table| Just(table).prop_shuffle());
            (Just(world), shuffled)
        })
    ) {
        prop_assert_eq!(identity(&run(&world.tables, &world.project)), identity(&run(&shuffled, &world.project)));
    }

    #[test]
    fn every_line_adds_up(world in world(any_keys, 0..=2)) {
        let run = run(&world.tables, &world.project);
        let report = &run.report;
        for (table, rows) in report.tables.iter().zip(&world.tables) {
            prop_assert_eq!(table.rows_read, rows.len() as u64);
            prop_assert_eq!(table.rows_read, table.corrupt + table.duplicates + table.unique);
            prop_assert_eq!(table.source, table.duplicates + table.unique);
            prop_assert_eq!(table.unique, table.joined + table.own + table.dropped);
            prop_assert!(table.matched <= table.unique);
            let fits = |row: &&[String; 5]| !row[0].is_empty() && row[0] != "--" && row[4] != "x";
            prop_assert_eq!(table.source, rows.iter().filter(fits).count() as u64);
        }
        let sum = |of: fn(&tributary::engine::report::TableReport) -> u64| report.tables.iter().map(of).sum::<u64>();
        prop_assert_eq!(report.unique_source_records, sum(|table| table.unique));
        prop_assert_eq!(report.record_matches, sum(|table| table.joined));
        prop_assert_eq!(report.record_matches, report.rules.iter().map(|rule| rule.matches).sum::<u64>());
        prop_assert_eq!(report.dropped_records, sum(|table| table.dropped));
        prop_assert_eq!(report.customers, sum(|table| table.own));
        prop_assert_eq!(report.customers, report.known + report.unknown);
        prop_assert_eq!(report.customers + report.dropped_records, report.matched_and_non_matched_records);
        // The ledger lists what the report counts.
        let rows = |part| ledger(&run, part).rows as u64;
        prop_assert_eq!(rows(LedgerPart::Corrupt), sum(|table| table.corrupt));
        prop_assert_eq!(rows(LedgerPart::Duplicates), sum(|table| table.duplicates));
        prop_assert_eq!(rows(LedgerPart::Dropped), report.dropped_records);
    }

    /// Every key is in one customer and every customer has a key; ids are its own.
    #[test]
    fn clusters_are_an_equivalence(world in world(any_keys, 0..=2)) {
        let run = run(&world.tables, &world.project);
        let (customers, keys, _) = identity(&run);
        let clusters = clusters(&keys);
        let ids: BTreeSet<String> = customers.column("CustomerId").into_iter().collect();
        prop_assert_eq!(ids.len(), customers.rows.len(), "two customers of one id");
        prop_assert_eq!(&ids, &clusters.keys().cloned().collect::<BTreeSet<_>>());
        let all: Vec<_> = clusters.values().flatten().collect();
        prop_assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "a key in two customers");
        // What is left out of the keyring is what the ledger says was dropped, with all its duplicates.
        let matched = run.matched.as_ref().unwrap();
        for (place, (name, rows)) in TABLES.iter().zip(&world.tables).enumerate() {
            let table = &run.sources[place].table;
            let records = &run.records[place];
            let id = table.column("Id").unwrap();
            for row in (0..table.rows).filter(|&row| !id.is_blank(row)) {
                let record = matched.matching.offsets[place] + records.record_of_row[row];
                let kept = matched.membership.customer_of_record[record as usize] != NO_CUSTOMER;
                let key = [(*name).to_owned(), id.text(row).into_owned()];
                prop_assert_eq!(kept, all.contains(&&key));
            }
            prop_assert!(table.rows <= rows.len());
        }
    }

    /// No value of a customer is made up: it stands in one of the field's columns, in a row of that customer.
    #[test]
    fn every_value_of_a_customer_is_one_of_its_rows(world in world(any_keys, 0..=2)) {
        let run = run(&world.tables, &world.project);
        let (customers, keys, _) = identity(&run);
        let clusters = clusters(&keys);
        for field in unify::unified_fields(&world.project) {
            for [id, value] in customers.pick(["CustomerId", &field.name]) {
                let stands = field.members.iter().any(|member| {
                    let place = TABLES.iter().position(|name| name.to_lowercase() == member.source_table).unwrap();
                    let table = &run.sources[place].table;
                    let (key, column) = (table.column("Id").unwrap(), table.column(&member.column).unwrap());
                    (0..table.rows).any(|row| {
                        let key = [TABLES[place].to_owned(), key.text(row).into_owned()];
                        clusters[&id].contains(&key) && column.text(row) == value
                    })
                });
                prop_assert!(value.is_empty() || stands, "{} {} of {}", field.name, value, id);
            }
        }
        for [email, profile_state] in customers.pick(["Email", "ProfileState"]) {
            prop_assert_eq!(profile_state == "Known", !email.is_empty());
        }
    }

    #[test]
    fn the_kind_of_file_does_not_matter(world in world(any_keys, 0..=2)) {
        let folder = Folder::new();
        let mut tables = world.tables.clone();
        // A corrupt row of a text file has no place in a typed one.
        tables.iter_mut().for_each(|rows| rows.retain(|row| row[4] != "x"));
        write(&folder, &tables);
        let csv = folder.run_in_process(&world.project);
        let mut project = world.project.clone();
        for (source, table) in csv.sources.iter().zip(&mut project.source_tables) {
            table.path = format!("{}.parquet", table.id);
            table.format = FileFormat::Parquet;
            files::write(&source.table, &folder.path(&table.path), ExportFormat::Parquet, &Task::default()).unwrap();
        }
        prop_assert_eq!(everything(&folder.run_in_process(&project)), everything(&csv));
    }

    #[test]
    fn a_project_is_read_back_as_it_was_saved(world in world(any_keys, 0..=2)) {
        let folder = Folder::new();
        folder.save("world.tributary", &world.project);
        prop_assert_eq!(&folder.project("world.tributary"), &world.project);
        prop_assert_eq!(folder.read("world.tributary"), file::to_json(&world.project));
    }
}

/// What an analyst, or the file system, does between two runs.
type Edit = (&'static str, fn(&Folder, &mut Project));

const EDITS: [Edit; 20] = [
    ("include all of Web", |_, project| {
        let web = project.unification_table_mut("web").unwrap();
        web.include_all_records = !web.include_all_records;
    }),
    ("include all of Loyalty", |_, project| {
        let loyalty = project.unification_table_mut("loyalty").unwrap();
        loyalty.include_all_records = !loyalty.include_all_records;
    }),
    ("a deduplication rule on and off", |_, project| {
        let rule = &mut project.unification_table_mut("web").unwrap().deduplication_rules[0];
        rule.active = !rule.active;
    }),
    ("a match rule on and off", |_, project| {
        let rule = &mut project.unification_table_mut("web").unwrap().match_rules[0];
        rule.active = !rule.active;
    }),
    ("match rules the other way round", |_, project| {
        project.unification_table_mut("web").unwrap().match_rules.reverse();
    }),
    ("a normalization", |_, project| {
        let even = &mut project.unification_table_mut("store").unwrap().match_rules[0].conditions[0].normalizations;
        if even.is_empty() { even.push(Normalization::LowerCase) } else { even.clear() }
    }),
    ("record to keep", |_, project| {
        let web = project.unification_table_mut("web").unwrap();
        web.record_to_keep = match web.record_to_keep {
            RecordToKeep::MostFilled => RecordToKeep::MostRecent { field: "EventTimeStamp".to_owned() },
            RecordToKeep::MostRecent { .. } => RecordToKeep::LeastRecent { field: "EventID".to_owned() },
            RecordToKeep::LeastRecent { .. } => RecordToKeep::MostFilled,
        };
    }),
    ("rename a table", |_, project| {
        let web = project.source_table_mut("web").unwrap();
        web.name = if web.name == "Web" { "Site".to_owned() } else { "Web".to_owned() };
        project.exports.clear();
    }),
    ("rename a rule", |_, project| {
        project.unification_table_mut("web").unwrap().deduplication_rules[0].name += "!";
        project.unification_table_mut("web").unwrap().match_rules[0].name += "!";
    }),
    ("rename and exclude fields", |_, project| {
        let mut fields = unify::unified_fields(project);
        fields[1].name += "_";
        let excluded = fields.iter_mut().find(|field| field.id == "storeid").unwrap();
        excluded.excluded = !excluded.excluded;
        project.unified_fields = fields;
    }),
    ("policies", |_, project| {
        let email = unify::unified_fields(project).into_iter().find(|field| field.id == "email").unwrap();
        let policies = MergePolicy::all();
        let place = policies.iter().position(|policy| policy.label() == email.merge.label()).unwrap();
        groups::set_policy(project, "email", policies[(place + 1) % policies.len()].clone());
        let by = FieldMember { source_table: "web".to_owned(), column: "EventTimeStamp".to_owned() };
        groups::set_policy(project, "loyaltyid", MergePolicy::MostRecent { rank_by: vec![by] });
    }),
    ("a group of fields", |_, project| match project.field_groups.first().map(|group| group.id.clone()) {
        Some(group) => groups::dissolve_group(project, &group),
        None => drop(groups::make_group(project, &["fullname".to_owned(), "email".to_owned()])),
    }),
    ("rank and policy of a group", |_, project| {
        let Some(group) = project.field_groups.first().map(|group| group.id.clone()) else { return };
        if project.field_groups[0].merge.is_importance() {
            groups::set_group_policy(project, &group, MergePolicy::MostFilled);
        } else {
            groups::set_group_policy(project, &group, MergePolicy::Importance);
            groups::move_group_table(project, &group, 0, false);
        }
    }),
    ("fields of the id", |_, project| {
        let chosen = project.customer_id_fields.is_empty();
        groups::set_customer_id_field(project, "email", chosen);
    }),
    ("known identifiers", |_, project| {
        let loyalty = "Identity.LoyaltyId".to_owned();
        match project.known_identifiers.iter().position(|known| *known == loyalty) {
            Some(place) => drop(project.known_identifiers.remove(place)),
            None => project.known_identifiers.push(loyalty),
        }
    }),
    ("select a column", |_, project| {
        let column = project.source_table_mut("web").unwrap().column_mut("EventName").unwrap();
        column.selected = !column.selected;
    }),
    ("semantic type", |_, project| {
        let column = project.source_table_mut("loyalty").unwrap().column_mut("FullName").unwrap();
        column.semantic_type = match column.semantic_type.take() {
            None => Some("Person.FullName".to_owned()),
            Some(_) => None,
        };
    }),
    ("segments", |_, project| {
        let name = format!("Segment {}", project.segments.len());
        let rule = vec![event("Product view"), state("Known")];
        project.segments.push(segment(&name, vec![(SetOperator::Union, rule)]));
        project.segments[0].rules[0].conditions[1].values = vec!["Checkout".to_owned()];
    }),
    ("activity", |_, project| {
        let activity = &mut project.activities[0];
        activity.activity_type += "!";
        activity.detail = match activity.detail.take() {
            None => Some("EventID".to_owned()),
            Some(_) => None,
        };
    }),
    ("a new event", |folder, _| {
        let number = folder.read("web.csv").lines().count();
        let who = ["Unknown1,707", "Unkonwn5,--", "Auth808,808", "Fresh,--"][number % 4];
        folder.append("web.csv", &format!("{number},07-24-2022 09:0{}:00,{who},Product view\n", number % 10));
    }),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// One memory over a sequence of edits gives at every step what a fresh start gives.
    #[test]
    fn a_cached_run_equals_a_cold_one(edits in prop::collection::vec(0..EDITS.len(), 1..14)) {
        let folder = Folder::sample("coffee");
        let mut project = folder.project("coffee.tributary");
        let cache = StageCache::default();
        let mut done = Vec::new();
        for edit in edits {
            let (name, change) = EDITS[edit];
            change(&folder, &mut project);
            done.push(name);
            let cached = run_project(&project, folder.root(), &cache);
            let cold = run_project(&project, folder.root(), &StageCache::default());
            prop_assert_eq!(everything(&cached), everything(&cold), "after {:?}", &done);
            prop_assert_eq!(cached.fingerprint, cold.fingerprint);
            prop_assert!(cold.report.run.stages.iter().all(|stage| !stage.reused));
        }
        let again = run_project(&project, folder.root(), &cache);
        prop_assert!(again.report.run.stages.iter().all(|stage| stage.reused), "nothing changed, nothing computed");
    }
}
