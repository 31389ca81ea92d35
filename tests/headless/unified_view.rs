//! The unified data view: every policy, fields taken together, and the account of each cell (semantics 1.6).

use proptest::prelude::*;
use tributary::engine::customer::customers::Customers;
use tributary::engine::customer::provenance::{Provenance, provenance, provenances};
use tributary::engine::pipeline::Run;
use tributary::engine::stage::StageCache;
use tributary::project::edit::groups;
use tributary::project::unify::unified_fields;
use tributary::project::{ColumnType, FieldMember, MergePolicy, Project, RecordToKeep, ValueToKeep};

use super::harness::{Folder, Rows, match_rule, run_project, unify};

/// Monica Thomson in two sources: the first knows her street, the second the suite of another address.
fn monica() -> (Folder, Project) {
    let folder = Folder::new();
    folder.write(
        "crm.csv",
        "Id,Name,Email,Line1,Line2,City,Seen\n\
         C1,Monica Thomson,monica@x.com,200 Cedar Springs Rd,,Dallas,2024-01-05\n",
    );
    folder.write(
        "shop.csv",
        "Id,Name,Email,Line1,Line2,City,Seen\n\
         S1,M. Thomson,monica@x.com,1401 Main St,Suite 950,Houston,2024-03-01\n",
    );
    let mut project = unify(vec![folder.source("Crm", "crm.csv", "Id"), folder.source("Shop", "shop.csv", "Id")]);
    project.unification[1].match_rules = vec![match_rule("Email", "Email", "crm", "Email")];
    (folder, project)
}

fn address(project: &mut Project) -> String {
    let fields: Vec<String> = ["line1", "line2", "city"].map(str::to_owned).to_vec();
    groups::make_group(project, &fields).unwrap()
}

/// By the column `Seen` of these tables.
fn recent(tables: &[&str]) -> MergePolicy {
    let member = |table: &&str| FieldMember { source_table: (*table).to_owned(), column: "Seen".to_owned() };
    MergePolicy::MostRecent { rank_by: tables.iter().map(member).collect() }
}

fn old(tables: &[&str]) -> MergePolicy {
    MergePolicy::LeastRecent { rank_by: recent(tables).rank_by().to_vec() }
}

fn customers(run: &Run) -> &Customers {
    run.customers.as_ref().unwrap()
}

fn cells<const N: usize>(run: &Run, columns: [&str; N]) -> [String; N] {
    let rows = Rows::of(&customers(run).table).pick(columns);
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows.into_iter().next().unwrap()
}

/// The first customer's value in a field under a policy, and the account of it.
#[track_caller]
fn taken(folder: &Folder, project: &Project, field: &str, policy: MergePolicy) -> (String, Provenance) {
    let mut project = project.clone();
    groups::set_policy(&mut project, field, policy);
    let run = folder.run_in_process(&project);
    let value = customers(&run).field(field).unwrap().text(0).into_owned();
    let cell = provenance(&run, 0, field).unwrap();
    assert_eq!(cell.value, value, "the account tells the value of the table");
    (value, cell)
}

/// What lost: table, row, key, value and why.
fn losing(cell: &Provenance) -> Vec<String> {
    let line = |losing: &tributary::engine::customer::provenance::Losing| {
        let origin = &losing.origin;
        format!("{} {} {} {}: {}", origin.table, origin.row, origin.key, origin.value, losing.why)
    };
    cell.losing.iter().map(line).collect()
}

#[test]
fn without_a_group_the_address_mixes_two_sources_and_with_one_it_does_not() {
    let (folder, mut project) = monica();
    folder.save("p.tributary", &project);
    let columns = ["Line1", "Line2", "City"];
    let mixed = folder.run("p.tributary").rows("customers").pick(columns);
    assert_eq!(mixed, [["200 Cedar Springs Rd", "Suite 950", "Dallas"].map(str::to_owned)]);

    let group = address(&mut project);
    folder.save("p.tributary", &project);
    let whole = folder.run("p.tributary").rows("customers").pick(columns);
    assert_eq!(whole, [["200 Cedar Springs Rd", "", "Dallas"].map(str::to_owned)]);

    groups::set_group_policy(&mut project, &group, recent(&["crm", "shop"]));
    let run = folder.run_in_process(&project);
    assert_eq!(cells(&run, columns), ["1401 Main St", "Suite 950", "Houston"]);
    let city = provenance(&run, 0, "city").unwrap();
    assert_eq!(city.reason, "its record speaks for the group Group (most recent: Seen 2024-03-01)");
    let lost = ["Crm 1 C1 Dallas: its record does not speak for the group Group (Seen 2024-01-05)"];
    assert_eq!(losing(&city), lost);

    groups::set_group_policy(&mut project, &group, MergePolicy::MostFilled);
    assert_eq!(cells(&folder.run_in_process(&project), columns), ["1401 Main St", "Suite 950", "Houston"]);
    groups::set_group_policy(&mut project, &group, old(&["crm", "shop"]));
    assert_eq!(cells(&folder.run_in_process(&project), columns), ["200 Cedar Springs Rd", "", "Dallas"]);
}

#[test]
fn a_group_takes_the_first_table_of_its_rank_in_which_not_all_fields_are_blank() {
    let (folder, mut project) = monica();
    let group = address(&mut project);
    folder.write("crm.csv", "Id,Name,Email,Line1,Line2,City,Seen\nC1,Monica Thomson,monica@x.com,,,,2024-01-05\n");
    let run = folder.run_in_process(&project);
    assert_eq!(cells(&run, ["Line1", "City", "Name"]), ["1401 Main St", "Houston", "Monica Thomson"]);
    groups::move_group_table(&mut project, &group, 0, false);
    folder.write("crm.csv", "Id,Name,Email,Line1,Line2,City,Seen\nC1,Monica Thomson,monica@x.com,A,B,C,2024-01-05\n");
    let run = folder.run_in_process(&project);
    assert_eq!(cells(&run, ["Line1", "Line2", "City"]), ["1401 Main St", "Suite 950", "Houston"]);
    // A record of the group that is blank in one field leaves it blank, and says so.
    folder.write("shop.csv", "Id,Name,Email,Line1,Line2,City,Seen\nS1,M. Thomson,monica@x.com,1401 Main St,,,\n");
    let run = folder.run_in_process(&project);
    assert_eq!(cells(&run, ["Line1", "Line2", "City"]), ["1401 Main St", "", ""]);
    let city = provenance(&run, 0, "city").unwrap();
    assert_eq!(city.reason, "blank in Shop S1, which speaks for the group Group (first by importance)");
    assert!(city.taken.is_empty());
}

/// One person in four records of two tables.
fn ann() -> (Folder, Project) {
    let folder = Folder::new();
    folder.write(
        "one.csv",
        "Id,Card,Name,Points,Seen\n\
         A1,7,,5,2020-01-01\n",
    );
    folder.write(
        "two.csv",
        "Id,Card,Name,Points,Seen,Note\n\
         B1,7,Annabel,10,2021-01-01,\n\
         B2,7,Ann,10,,x\n\
         B3,7,Anna,20,2019-01-01,\n\
         B4,7,Ann,,2018-01-01,\n",
    );
    let mut project = unify(vec![folder.source("One", "one.csv", "Id"), folder.source("Two", "two.csv", "Id")]);
    let two = &mut project.source_tables[1];
    two.column_mut("Note").unwrap().selected = false;
    project.unification[1].match_rules = vec![match_rule("Card", "Card", "one", "Card")];
    // Four records, not one: automatic deduplication would make one of equal cards.
    let mut rule = super::harness::deduplication_rule("Never", Vec::new());
    rule.active = false;
    project.unification[1].deduplication_rules = vec![rule];
    (folder, project)
}

#[test]
fn each_policy_takes_its_value_and_says_why() {
    let (folder, project) = ann();
    let name = |policy: MergePolicy| {
        let (value, cell) = taken(&folder, &project, "name", policy);
        (value, cell.reason.clone(), losing(&cell))
    };
    // The largest key of a table ranks first: B4, B3, B2, B1.
    let (value, reason, lost) = name(MergePolicy::Importance);
    assert_eq!((value.as_str(), reason.as_str()), ("Ann", "first by importance"));
    let smaller = "its record ranks lower: a smaller key";
    assert_eq!(lost, [format!("Two 3 B3 Anna: {smaller}"), format!("Two 1 B1 Annabel: {smaller}")]);

    let (value, reason, lost) = name(recent(&["one", "two"]));
    assert_eq!((value.as_str(), reason.as_str()), ("Annabel", "most recent: Seen 2021-01-01"));
    assert_eq!(lost, ["Two 4 B4 Ann: less recent: Seen 2018-01-01", "Two 3 B3 Anna: less recent: Seen 2019-01-01"]);

    let (value, reason, _) = name(old(&["one", "two"]));
    assert_eq!((value.as_str(), reason.as_str()), ("Ann", "least recent: Seen 2018-01-01"));

    // Unselected columns do not count: B2 has a note, and no date.
    let (value, reason, lost) = name(MergePolicy::MostFilled);
    assert_eq!(value, "Anna");
    assert_eq!(reason, "most filled: 5 columns filled; of equals the first by rank");
    let tied = "Two 1 B1 Annabel: 5 columns filled too; its record ranks lower: a smaller key";
    assert_eq!(lost, ["Two 4 B4 Ann: less filled: 4 columns filled", tied]);

    let (value, reason, lost) = name(MergePolicy::MostFrequent);
    assert_eq!((value.as_str(), reason.as_str()), ("Ann", "2 of 4 records say so"));
    assert_eq!(lost, ["Two 3 B3 Anna: only 1 of 4 records", "Two 1 B1 Annabel: only 1 of 4 records"]);

    let (value, reason, lost) = name(MergePolicy::Longest);
    assert_eq!((value.as_str(), reason.as_str()), ("Annabel", "longest: 7 characters"));
    assert_eq!(lost[0], "Two 4 B4 Ann: shorter: 3 characters");

    let (value, reason, lost) = name(MergePolicy::AllValues);
    assert_eq!((value.as_str(), reason.as_str()), ("Ann;Anna;Annabel", "all 3 values, by rank"));
    assert!(lost.is_empty());
}

#[test]
fn ties_go_to_the_rank_and_blank_values_are_skipped() {
    let (folder, project) = ann();
    let points = |policy: MergePolicy| taken(&folder, &project, "points", policy);
    assert_eq!(points(MergePolicy::Importance).0, "5");
    let (value, cell) = points(MergePolicy::MostFrequent);
    assert_eq!((value.as_str(), cell.reason.as_str()), ("10", "2 of 4 records say so"));
    assert_eq!(cell.agreeing, 1);
    // 10 and 20 are equally long, and 20 is of the larger key.
    assert_eq!(points(MergePolicy::Longest).0, "20");
    assert_eq!(points(MergePolicy::AllValues).0, "5;20;10");
    // The latest record with points, and the oldest record has none.
    assert_eq!(points(recent(&["one", "two"])).0, "10");
    assert_eq!(points(old(&["one", "two"])).0, "20");
    // A record without a date comes last under both.
    let (folder, mut project) = ann();
    folder.write("one.csv", "Id,Card,Name,Points,Seen\nA1,7,,5,\n");
    project.source_tables[0].column_mut("Seen").unwrap().column_type = ColumnType::Date;
    for (policy, value) in [(recent(&["one", "two"]), "10"), (old(&["one", "two"]), "20")] {
        let (taken, cell) = taken(&folder, &project, "points", policy);
        assert_eq!(taken, value);
        assert_eq!(losing(&cell)[0], "One 1 A1 5: Seen is blank");
    }
}

#[test]
fn recency_reads_an_unselected_column_and_numbers_too() {
    let (folder, mut project) = ann();
    for table in &mut project.source_tables {
        table.column_mut("Seen").unwrap().selected = false;
    }
    assert_eq!(taken(&folder, &project, "name", recent(&["one", "two"])).0, "Annabel");
    let by_points = |table: &str| FieldMember { source_table: table.to_owned(), column: "Points".to_owned() };
    let most_points = MergePolicy::MostRecent { rank_by: vec![by_points("one"), by_points("two")] };
    assert_eq!(taken(&folder, &project, "name", most_points).0, "Anna");
}

#[test]
fn a_rank_by_field_missing_in_one_table_is_refused_with_table_and_fix() {
    let (folder, mut project) = ann();
    project.unified_fields = unified_fields(&project);
    project.unified_fields.iter_mut().find(|field| field.id == "name").unwrap().merge = recent(&["two"]);
    folder.save("p.tributary", &project);
    let outcome = folder.tributary(&["run", "p.tributary"]).expect_code(1);
    outcome
        .expect_stderr("Name takes the most recent value, but no column of One says when.")
        .expect_stderr("Choose a date or a number of the table to rank by, or another policy.");
}

#[test]
fn alternate_rows_are_told_but_never_taken() {
    let folder = Folder::new();
    folder.write("crm.csv", "Id,Email,Name,City\n1,a@x,Monica,\n2,a@x,,Dallas\n");
    let mut project = unify(vec![folder.source("Crm", "crm.csv", "Id")]);
    let conditions = vec![super::harness::condition("Email", &[])];
    project.unification[0].deduplication_rules = vec![super::harness::deduplication_rule("Email", conditions)];
    let run = folder.run_in_process(&project);
    let name = provenance(&run, 0, "name").unwrap();
    assert_eq!((name.value.as_str(), name.reason.as_str()), ("", "no record has a value"));
    assert_eq!(losing(&name), ["Crm 1 1 Monica: alternate row; row 2 speaks for the record"]);
    // A value to keep of its own comes from another row, whose number and key are told.
    project.unification[0].values_to_keep =
        vec![ValueToKeep { column: "Name".to_owned(), keep: RecordToKeep::MostFilled }];
    let run = folder.run_in_process(&project);
    let name = provenance(&run, 0, "name").unwrap();
    assert_eq!((name.value.as_str(), name.taken[0].row, name.taken[0].key.as_str()), ("Monica", 1, "1"));
    assert_eq!(cells(&run, ["Name", "City"]), ["Monica", "Dallas"]);
}

#[test]
fn an_edit_of_one_field_makes_that_field_again_only() {
    let (folder, mut project) = monica();
    let cache = StageCache::default();
    let column = |run: &Run, field: &str| match customers(run).field(field).unwrap() {
        tributary::engine::column::Column::Text(text) => std::sync::Arc::as_ptr(&text.dictionary),
        _ => panic!("not text"),
    };
    let first = run_project(&project, folder.root(), &cache);
    groups::set_policy(&mut project, "name", MergePolicy::Longest);
    let second = run_project(&project, folder.root(), &cache);
    assert_ne!(column(&first, "name"), column(&second, "name"));
    assert_eq!(column(&first, "city"), column(&second, "city"));
    let group = address(&mut project);
    let third = run_project(&project, folder.root(), &cache);
    assert_eq!(column(&second, "name"), column(&third, "name"));
    assert_ne!(column(&second, "city"), column(&third, "city"));
    groups::rename_group(&mut project, &group, "Address");
    let fourth = run_project(&project, folder.root(), &cache);
    assert_eq!(column(&third, "city"), column(&fourth, "city"), "a name is no setting");
}

/// Every cell of every customer has an account that tells its very value, and whose values stand in the files.
fn assert_accounts(run: &Run) {
    let customers = customers(run);
    for customer in 0..customers.table.rows as u32 {
        let accounts = provenances(run, customer);
        assert_eq!(accounts.len(), customers.fields.len());
        for (field, cell) in accounts {
            let shown = customers.field(&field.id).unwrap().text(customer as usize);
            assert_eq!(cell.value, shown, "{} of customer {customer}: {cell:?}", field.name);
            assert_eq!(cell.taken.is_empty(), shown.is_empty());
            let losing = cell.losing.iter().map(|losing| &losing.origin);
            for origin in cell.taken.iter().chain(losing) {
                let place = run.project.source_tables.iter().position(|table| table.name == origin.table).unwrap();
                let (source, table) = (&run.project.source_tables[place], &run.sources[place].table);
                let row = (0..table.rows).find(|&row| table.row_number(row) == origin.row).unwrap();
                assert_eq!(table.column(&origin.column).unwrap().text(row), origin.value);
                let key = table.column(source.primary_key.as_deref().unwrap()).unwrap().text(row);
                assert_eq!(key, origin.key);
            }
            let taken: Vec<&str> = cell.taken.iter().map(|origin| origin.value.as_str()).collect();
            assert_eq!(taken.join(";"), cell.value);
        }
    }
}

#[test]
fn every_cell_of_a_population_is_accounted_for_under_every_policy() {
    let folder = Folder::new();
    folder.tributary(&["sample", "--customers", "60", "--seed", "5", "--out", "p"]).expect_code(0);
    let path = folder.path("p/population.tributary");
    let base = path.parent().unwrap();
    let project = tributary::project::file::load(&path).unwrap();
    let cache = StageCache::default();
    let dated = |project: &Project| {
        let ordered = |column: &&tributary::project::SourceColumn| column.column_type.is_ordered();
        let of = |table: &tributary::project::SourceTable| {
            let column = table.columns.iter().find(ordered)?.name.clone();
            Some(FieldMember { source_table: table.id.clone(), column })
        };
        project.source_tables.iter().filter_map(of).collect::<Vec<_>>()
    };
    let rank_by = dated(&project);
    let policies = [
        MergePolicy::Importance,
        MergePolicy::MostRecent { rank_by: rank_by.clone() },
        MergePolicy::LeastRecent { rank_by: rank_by.clone() },
        MergePolicy::MostFilled,
        MergePolicy::MostFrequent,
        MergePolicy::Longest,
        MergePolicy::AllValues,
    ];
    for policy in policies {
        let mut project = project.clone();
        project.unified_fields = unified_fields(&project);
        project.unified_fields.iter_mut().for_each(|field| field.merge = policy.clone());
        assert_accounts(&run_project(&project, base, &cache));
        if policy.suits_groups() {
            let grouped: Vec<String> = unified_fields(&project).into_iter().take(6).map(|field| field.id).collect();
            let group = groups::make_group(&mut project, &grouped).unwrap();
            groups::set_group_policy(&mut project, &group, policy);
            assert_accounts(&run_project(&project, base, &cache));
        }
    }
}

/// A row as the oracle reads it: key, card, name, city, when seen.
type Row = [String; 5];

fn row() -> impl Strategy<Value = [String; 4]> {
    let of = |values: &'static [&'static str]| prop::sample::select(values).prop_map(str::to_owned);
    (
        of(&["1", "2", "3"]),
        of(&["", "", "Ann", "Anna", "Bo", "Bea"]),
        of(&["", "", "Ulm", "Bonn"]),
        of(&["", "2020-01-01", "2021-01-01", "2022-01-01"]),
    )
        .prop_map(|(card, name, city, seen)| [card, name, city, seen])
}

fn rows(prefix: &'static str) -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec(row(), 1..7).prop_map(move |rows| {
        let keyed = rows.into_iter().enumerate();
        keyed.map(|(number, [card, name, city, seen])| [format!("{prefix}{number}"), card, name, city, seen]).collect()
    })
}

/// The first of the best, as the policies are defined.
fn best<'a>(records: &[&'a Row], better: impl Fn(&Row, &Row) -> bool) -> Option<&'a Row> {
    let mut best: Option<&Row> = None;
    for &record in records {
        if best.is_none_or(|best| better(record, best)) {
            best = Some(record);
        }
    }
    best
}

/// The record that a policy prefers among these, by rank.
fn preferred<'a>(records: &[&'a Row], policy: &MergePolicy, column: usize) -> Option<&'a Row> {
    let filled = |row: &Row| row.iter().filter(|cell| !cell.is_empty()).count();
    let says = |row: &Row| records.iter().filter(|other| other[column] == row[column]).count();
    match policy {
        MergePolicy::Importance | MergePolicy::AllValues => records.first().copied(),
        MergePolicy::MostRecent { .. } => best(records, |a, b| a[4] > b[4]),
        MergePolicy::LeastRecent { .. } => best(records, |a, b| !a[4].is_empty() && (b[4].is_empty() || a[4] < b[4])),
        MergePolicy::MostFilled => best(records, |a, b| filled(a) > filled(b)),
        MergePolicy::MostFrequent => best(records, |a, b| says(a) > says(b)),
        MergePolicy::Longest => best(records, |a, b| a[column].chars().count() > b[column].chars().count()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// The merge against its definition, record by record, in the order that ranks them.
    #[test]
    fn policies_and_groups_take_what_their_definition_says(one in rows("a"), two in rows("b")) {
        let folder = Folder::new();
        for (name, rows) in [("one.csv", &one), ("two.csv", &two)] {
            let lines: String = rows.iter().map(|row| row.join(",") + "\n").collect();
            folder.write(name, format!("Id,Card,Name,City,Seen\n{lines}"));
        }
        let mut project = unify(vec![folder.source("One", "one.csv", "Id"), folder.source("Two", "two.csv", "Id")]);
        project.unification[1].match_rules = vec![match_rule("Card", "Card", "one", "Card")];
        for (place, table) in project.source_tables.iter_mut().enumerate() {
            let types = [ColumnType::String; 4].into_iter().chain([ColumnType::Date]);
            table.columns.iter_mut().zip(types).for_each(|(column, of)| column.column_type = of);
            let mut rule = super::harness::deduplication_rule(&format!("Never {place}"), Vec::new());
            rule.active = false;
            project.unification[place].deduplication_rules = vec![rule];
        }
        let cache = StageCache::default();
        let tables = [&one, &two];
        let mut policies = MergePolicy::all();
        for policy in &mut policies {
            policy.set_rank_by("one", "Seen");
            policy.set_rank_by("two", "Seen");
        }
        for policy in policies {
            let mut alone = project.clone();
            groups::set_policy(&mut alone, "name", policy.clone());
            let run = run_project(&alone, folder.root(), &cache);
            assert_accounts(&run);
            let mut grouped = project.clone();
            if policy.suits_groups() {
                let group = groups::make_group(&mut grouped, &["name".to_owned(), "city".to_owned()]).unwrap();
                groups::set_group_policy(&mut grouped, &group, policy.clone());
            }
            let as_group = run_project(&grouped, folder.root(), &cache);
            assert_accounts(&as_group);
            let membership = &run.matched.as_ref().unwrap().membership;
            for customer in 0..membership.len() as u32 {
                let of = |place: usize| {
                    let records = membership.records[place].of(customer).iter();
                    let winners = &run.records[place].winners;
                    records.map(move |&record| winners[record as usize] as usize)
                };
                let records: Vec<&Row> = (0..2).flat_map(|place| of(place).map(move |row| &tables[place][row])).collect();
                let named: Vec<&Row> = records.iter().copied().filter(|row| !row[2].is_empty()).collect();
                let mut expected = preferred(&named, &policy, 2).map_or_else(String::new, |row| row[2].clone());
                if policy == MergePolicy::AllValues {
                    let mut all: Vec<&str> = Vec::new();
                    for row in &named {
                        if !all.contains(&row[2].as_str()) {
                            all.push(&row[2]);
                        }
                    }
                    expected = all.join(";");
                }
                let cell = |run: &Run, field: &str| customers(run).field(field).unwrap().text(customer as usize).into_owned();
                prop_assert_eq!(cell(&run, "name"), expected, "{:?} of {:?}", &policy, &records);
                if policy.suits_groups() {
                    let speaking: Vec<&Row> =
                        records.iter().copied().filter(|row| !row[2].is_empty() || !row[3].is_empty()).collect();
                    let speaker = preferred(&speaking, &policy, 2);
                    let expected = speaker.map_or_else(Default::default, |row| [row[2].clone(), row[3].clone()]);
                    prop_assert_eq!(["name", "city"].map(|field| cell(&as_group, field)), expected, "{:?}", &policy);
                }
            }
        }
    }
}
