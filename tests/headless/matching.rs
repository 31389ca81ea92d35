//! Matching by degrees, by hand and within limits (semantics 1.3 to 1.5 and section 2), by the command line.

use tributary::engine::identity::coding::Side;
use tributary::engine::identity::constraints::Limit;
use tributary::engine::identity::dedup::{JoinedBy, NO_RECORD};
use tributary::engine::identity::linking::{self, Exploration, LinkRule};
use tributary::engine::pipeline::Run;
use tributary::project::{
    Alias, AliasList, BlockedValue, BypassList, ColumnType, Comparison, Condition, Exception, ExceptionTest,
    FieldMember, IdentifierGuard, MatchRule, Normalization, PairOverride, Project, RecordKey, RecordToKeep,
    ValueToKeep,
};
use tributary::task::Task;

use super::harness::{Folder, Results, by, condition, deduplication_rule, entry, match_rule, unify};

const COFFEE: &str = "coffee.tributary";
const PROJECT: &str = "test.tributary";

/// Tables of these names and contents, keyed by Id, unified in this order; everything but dates is text.
fn tables(contents: &[(&str, &str)]) -> (Folder, Project) {
    let folder = Folder::new();
    let source = |(name, content): &(&str, &str)| {
        let path = format!("{name}.csv");
        folder.write(&path, content);
        let mut source = folder.source(name, &path, "Id");
        for column in &mut source.columns {
            if !matches!(column.column_type, ColumnType::Date | ColumnType::Datetime) {
                column.column_type = ColumnType::String;
            }
            column.semantic_type = None;
        }
        source
    };
    let project = unify(contents.iter().map(source).collect());
    (folder, project)
}

/// A table People without any rule.
fn people(content: &str) -> (Folder, Project) {
    tables(&[("People", content)])
}

#[track_caller]
fn run(folder: &Folder, project: &Project) -> Results {
    folder.save(PROJECT, project);
    folder.run(PROJECT)
}

/// Customers of People by their keys alone: `1 2`, each sorted.
#[track_caller]
fn clusters(folder: &Folder, project: &Project) -> Vec<String> {
    let clusters = run(folder, project).clusters();
    let only_keys = |cluster: String| {
        let mut keys: Vec<String> = cluster.split(' ').map(|key| key.replacen("People:", "", 1)).collect();
        keys.sort_unstable();
        keys.join(" ")
    };
    let mut clusters: Vec<String> = clusters.into_iter().map(only_keys).collect();
    clusters.sort_unstable();
    clusters
}

/// Customers of People under one deduplication rule of these conditions.
#[track_caller]
fn under(folder: &Folder, project: &Project, conditions: Vec<Condition>) -> Vec<String> {
    let mut project = project.clone();
    project.unification[0].deduplication_rules = vec![deduplication_rule("Rule", conditions)];
    clusters(folder, &project)
}

fn pair(a: (&str, &str), b: (&str, &str)) -> PairOverride {
    PairOverride { a: RecordKey::new(a.0, a.1), b: RecordKey::new(b.0, b.1), reason: "seen".to_owned() }
}

fn guard(column: &str, max_values: u32) -> IdentifierGuard {
    IdentifierGuard {
        id: format!("guard_{column}"),
        name: column.to_owned(),
        members: vec![FieldMember { source_table: "people".to_owned(), column: column.to_owned() }],
        blocked: Vec::new(),
        max_values: Some(max_values),
    }
}

/// What was refused between rows of People: keys, the rule's place, the limit.
fn refused(run: &Run) -> Vec<(String, String, JoinedBy, Limit)> {
    let keys = run.sources[0].table.column("Id").unwrap();
    let key = |row: u32| keys.text(row as usize).into_owned();
    run.records[0].refused.iter().map(|of| (key(of.a), key(of.b), of.by, of.limit)).collect()
}

#[test]
fn case_05_degrees_would_merge_visitors() {
    let close = |precision| {
        let folder = Folder::sample("coffee");
        folder.edit(COFFEE, |project| {
            let web = project.unification_table_mut("web").unwrap();
            let conditions = vec![by("UserID", Comparison::EditDistance { precision })];
            web.deduplication_rules.push(deduplication_rule("Close id", conditions));
        });
        folder
    };
    let warning = "warning: Deduplication rules: The rule \"Close id\" compares UserID, an id, by \"Edit distance\": it \
                   would merge ids that differ in a character. Choose Exact.";
    // 5 of 8 characters stay: 0.625.
    let results = close(60).run(COFFEE);
    assert_eq!(results.report()["customers"], 4);
    results.outcome.expect_stderr(warning).expect_stderr("all pairs are searched by an index");
    let folder = close(80);
    assert_eq!(folder.run(COFFEE).report()["customers"], 5);
    folder.tributary(&["check", COFFEE]).expect_code(0).expect_stdout(warning);
    // 7 of 8 stay: 0.875.
    folder.append("web.csv", "5,07-24-2022 09:00:00,Unknown5,--,Product view\n");
    let results = folder.run(COFFEE);
    assert!(results.clusters().contains(&"Web:Unknown5 Web:Unknown1".to_owned()), "{:?}", results.clusters());
}

#[test]
fn case_30_nothing_matches() {
    let folder = Folder::sample("coffee");
    folder.write("loyalty.csv", "LoyaltyID,FullName,Email\n");
    let results = folder.run(COFFEE);
    assert_eq!(results.clusters(), ["Store:S1 Web:Auth234", "Store:S2", "Web:Unknown1", "Web:Unkonwn5"]);
    // Neither does the store know a loyalty id.
    let store = folder.read("store.csv").replace("707", "--");
    folder.write("store.csv", store);
    let results = folder.run(COFFEE);
    assert_eq!(results.clusters(), ["Store:S1", "Store:S2", "Web:Auth234", "Web:Unknown1", "Web:Unkonwn5"]);
    assert_eq!(results.report()["matched_records_only"], 0);
    folder.edit(COFFEE, |project| project.unification_table_mut("web").unwrap().include_all_records = false);
    let results = folder.run(COFFEE);
    assert_eq!(results.clusters(), ["Store:S1", "Store:S2"]);
    assert_eq!(entry(&results.report(), "tables", "table", "Web")["dropped"], 3);
    results.outcome.expect_stderr("warning: Matching rules: All 3 records of Web were dropped");
}

#[test]
fn case_32_an_alternate_finds_the_customer() {
    let (folder, mut project) = tables(&[
        ("Contacts", "Id,FullName,Email,City\n1,Ann Ray,a@x.com,Oslo\n2,Ann Ray,b@x.com,\n3,Bo Lee,c@x.com,\n"),
        ("Visits", "Id,Email\nv,b@x.com\n"),
    ]);
    project.unification[0].deduplication_rules = vec![deduplication_rule("Name", vec![condition("FullName", &[])])];
    project.unification[1].match_rules = vec![match_rule("Email", "Email", "contacts", "Email")];
    let results = run(&folder, &project);
    assert_eq!(results.clusters(), ["Contacts:1 Contacts:2 Visits:v", "Contacts:3"]);
    let emails = results.rows("customers").pick(["Contacts_Id", "Email"]);
    assert_eq!(emails, [["1", "a@x.com"], ["3", "c@x.com"]], "the alternate's values stay out");
    // At a tie the larger key wins.
    folder.write("Contacts.csv", "Id,FullName,Email,City\n1,Ann Ray,a@x.com,Oslo\n2,Ann Ray,b@x.com,Rome\n");
    let results = run(&folder, &project);
    assert_eq!(results.rows("customers").pick(["Contacts_Id", "Email"]), [["2", "b@x.com"]]);
}

#[test]
fn case_34_a_lower_row_joins_one_upper_row_and_the_other_is_reported() {
    let (upper, lower) = ("Id,Email\np,A@x.com\nq,a@x.com\n", "Id,Email\nr,a@x.com\n");
    let of = |contents: &[(&str, &str)]| {
        let (folder, mut project) = tables(contents);
        let to = project.unification[0].source_table.clone();
        let mut rule = match_rule("Email", "Email", &to, "Email");
        rule.conditions[0].normalizations = vec![Normalization::LowerCase];
        project.unification[1].match_rules = vec![rule];
        run(&folder, &project)
    };
    let results = of(&[("One", upper), ("Two", lower)]);
    assert_eq!(results.clusters(), ["One:p", "One:q Two:r"]);
    let ambiguous = results.rows("ledger/ambiguous").pick(["Table", "Key", "Chosen", "NotChosen"]);
    assert_eq!(ambiguous, [["Two", "r", "One:q", "One:p"]]);
    // Of identical text, the automatic deduplication makes one.
    assert_eq!(of(&[("One", "Id,Email\np,a@x.com\nq,a@x.com\n"), ("Two", lower)]).clusters(), ["One:p One:q Two:r"]);
    // The other way round both rows collapse into the upper one.
    let results = of(&[("Two", lower), ("One", upper)]);
    assert_eq!(results.clusters(), ["Two:r One:q One:p"]);
    assert_eq!(results.rows("ledger/ambiguous").rows.len(), 0);
}

const TWINS: &str = "Id,First,Last,City,Born\n1,Ann,Ray,Oslo,2000-01-02\n2,Amy,Ray,Oslo,2000-01-02\n";

#[test]
fn case_35_twins_by_an_exception_and_pairs_by_hand() {
    let (folder, mut project) = people(&format!("{TWINS}3,,Ray,Oslo,2000-01-02\n4,Zoe,Orr,Rome,1990-01-01\n"));
    let same = ["Last", "City", "Born"].map(|field| condition(field, &[])).to_vec();
    project.unification[0].deduplication_rules = vec![deduplication_rule("Person", same)];
    assert_eq!(clusters(&folder, &project), ["1 2 3", "4"]);

    // Who has no first name differs from nobody, so both twins are joined to that row, and by it to each other.
    let exception = Exception { is: ExceptionTest::Different, condition: condition("First", &[]) };
    project.unification[0].deduplication_rules[0].exceptions = vec![exception.clone()];
    assert_eq!(clusters(&folder, &project), ["1 2 3", "4"]);
    folder.write("People.csv", format!("{TWINS}3,ANN,Ray,Oslo,2000-01-02\n4,Zoe,Orr,Rome,1990-01-01\n"));
    assert_eq!(clusters(&folder, &project), ["1", "2", "3", "4"]);
    project.unification[0].deduplication_rules[0].exceptions[0].condition.normalizations =
        vec![Normalization::LowerCase];
    assert_eq!(clusters(&folder, &project), ["1 3", "2", "4"]);
    // Exceptions are ANDed: one that does not hold leaves the rule in force.
    let same_city = Exception { is: ExceptionTest::Same, condition: condition("City", &[]) };
    let other_city = Exception { is: ExceptionTest::Different, condition: condition("City", &[]) };
    project.unification[0].deduplication_rules[0].exceptions = vec![exception.clone(), same_city];
    assert_eq!(clusters(&folder, &project), ["1", "2", "3", "4"]);
    project.unification[0].deduplication_rules[0].exceptions = vec![exception, other_city];
    assert_eq!(clusters(&folder, &project), ["1 2 3", "4"]);

    project.unification[0].deduplication_rules[0].exceptions.clear();
    folder.write("People.csv", format!("{TWINS}4,Zoe,Orr,Rome,1990-01-01\n"));
    project.overrides.never_match = vec![pair(("people", "2"), ("people", "1"))];
    assert_eq!(clusters(&folder, &project), ["1", "2", "4"]);
    assert_eq!(
        refused(&folder.run_in_process(&project)),
        [("1".to_owned(), "2".to_owned(), JoinedBy::Rule(0), Limit::Never(0))]
    );
    project.overrides.always_match = vec![pair(("people", "1"), ("people", "4"))];
    assert_eq!(clusters(&folder, &project), ["1 4", "2"]);
    // Without any rule the first row of an always-pair stays the winner.
    project.unification[0].deduplication_rules.clear();
    project.overrides.always_match = vec![pair(("people", "4"), ("people", "1"))];
    assert_eq!(run(&folder, &project).rows("customers").column("First"), ["Ann", "Amy"]);
}

#[test]
fn one_exception_keeps_twins_apart_across_tables_too() {
    let (folder, mut project) =
        tables(&[("Crm", TWINS), ("Shop", "Id,Given,Last,Born\na,Amy,Ray,2000-01-02\nb,Bob,Ray,2000-01-02\n")]);
    let conditions = vec![Condition::exact_to("Last", "Last"), Condition::exact_to("Born", "Born")];
    let exception = Exception { is: ExceptionTest::Different, condition: Condition::exact_to("Given", "First") };
    let rule = match_rule("Person", "Last", "crm", "Last");
    project.unification[1].match_rules = vec![MatchRule { conditions, exceptions: vec![exception], ..rule }];
    let results = run(&folder, &project);
    assert_eq!(results.clusters(), ["Crm:1", "Crm:2 Shop:a", "Shop:b"]);
    assert_eq!(results.rows("ledger/ambiguous").rows.len(), 0);
}

/// Two people sign in on one device (issue 3): rows 1 and 3 are Ben, 2 and 4 are Cho.
const DEVICES: &str = "Id,Device,Email\n1,D1,b@\n2,D1,c@\n3,D2,b@\n4,D3,c@\n";

fn shared_device() -> (Folder, Project) {
    let (folder, mut project) = people(DEVICES);
    let rule = |name: &str, field: &str| deduplication_rule(name, vec![condition(field, &[])]);
    project.unification[0].deduplication_rules = vec![rule("Same device", "Device"), rule("Same email", "Email")];
    (folder, project)
}

#[test]
fn two_people_on_one_device_stay_two_under_a_guard() {
    let (folder, mut project) = shared_device();
    assert_eq!(clusters(&folder, &project), ["1 2 3 4"]);
    project.guards.identifiers = vec![guard("Email", 1)];
    for reversed in [false, true] {
        if reversed {
            project.unification[0].deduplication_rules.reverse();
        }
        assert_eq!(clusters(&folder, &project), ["1 3", "2 4"]);
        let device = JoinedBy::Rule(u16::from(reversed));
        let expected = [("1".to_owned(), "2".to_owned(), device, Limit::Values(0))];
        assert_eq!(refused(&folder.run_in_process(&project)), expected);
    }
    project.guards.identifiers[0].max_values = Some(2);
    assert_eq!(clusters(&folder, &project), ["1 2 3 4"]);
}

#[test]
fn a_guard_of_records_counts_keys_and_lets_an_always_pair_pass() {
    let (folder, mut project) = shared_device();
    project.guards.max_records = Some(2);
    // The larger keys first: 4 with 2 by email, 3 with 1 by email; device would make four.
    project.guards.identifiers = vec![IdentifierGuard { max_values: None, ..guard("Email", 0) }];
    assert_eq!(clusters(&folder, &project), ["1 3", "2 4"]);
    let limits: Vec<Limit> = refused(&folder.run_in_process(&project)).into_iter().map(|of| of.3).collect();
    assert_eq!(limits, [Limit::Records]);
    project.overrides.always_match = vec![pair(("people", "1"), ("people", "2"))];
    assert_eq!(clusters(&folder, &project), ["1 2", "3", "4"]);
    project.overrides.always_match.push(pair(("people", "3"), ("people", "4")));
    project.overrides.always_match.push(pair(("people", "1"), ("people", "4")));
    assert_eq!(clusters(&folder, &project), ["1 2 3 4"], "what is decided by hand is above guards");
    // Rows of one key are one.
    folder.append("People.csv", "1,D9,z@\n1,D8,z@\n");
    project.overrides.always_match.clear();
    assert_eq!(clusters(&folder, &project), ["1 3", "2 4"]);
}

#[test]
fn a_guard_holds_across_tables_and_the_next_candidate_is_taken() {
    let (folder, mut project) = tables(&[
        ("Crm", "Id,Name,Email\nc1,Ann Ray,ann@x\nc2,Ann Ray,\n"),
        ("People", "Id,Name,Email\np1,Ann Ray,amy@x\np2,Ann Ray,amy@x\n"),
    ]);
    // Nothing automatic: the tables have rules of their own.
    let own = || vec![deduplication_rule("Key", vec![condition("Id", &[])])];
    project.unification[0].deduplication_rules = own();
    project.unification[1].deduplication_rules = own();
    project.unification[1].deduplication_rules[0].id = "key_2".to_owned();
    project.unification[1].match_rules = vec![match_rule("Name", "Name", "crm", "Name")];
    let both =
        ["crm", "people"].map(|table| FieldMember { source_table: table.to_owned(), column: "Email".to_owned() });
    project.guards.identifiers = vec![IdentifierGuard { members: both.to_vec(), ..guard("Email", 1) }];
    assert_eq!(run(&folder, &project).clusters(), ["Crm:c1", "Crm:c2 People:p2 People:p1"]);
    project.guards.max_records = Some(2);
    assert_eq!(run(&folder, &project).clusters(), ["Crm:c1", "Crm:c2 People:p2", "People:p1"]);
    let matching = &folder.run_in_process(&project).matched.unwrap().matching;
    let limits: Vec<(u32, Limit)> = matching.refused.iter().map(|of| (of.other, of.limit)).collect();
    assert_eq!(limits, [(0, Limit::Values(0)), (1, Limit::Records)]);
}

#[test]
fn blocked_values_identify_nobody_and_stay() {
    let (folder, mut project) = people("Id,Email\n1,test@x\n2,test@x\n3,00-00\n4,00-00\n5,a@x\n6,a@x\n");
    let email = || vec![condition("Email", &[])];
    assert_eq!(under(&folder, &project, email()), ["1 2", "3 4", "5 6"]);
    let blocked = vec![BlockedValue::Value("test@x".to_owned()), BlockedValue::Pattern("[0-]*".to_owned())];
    project.guards.identifiers = vec![IdentifierGuard { blocked, max_values: None, ..guard("Email", 0) }];
    assert_eq!(under(&folder, &project, email()), ["1", "2", "3", "4", "5 6"]);
    project.unification[0].deduplication_rules = vec![deduplication_rule("Email", email())];
    let emails = run(&folder, &project).rows("customers").column("Email");
    assert_eq!(emails, ["test@x", "test@x", "00-00", "00-00", "a@x"]);
}

#[test]
fn a_never_pair_cuts_a_chain() {
    // 1 and 4 hang together through 2 and 3.
    let content = "Id,Email,Phone\n1,a,\n2,a,5\n3,b,5\n4,b,\n";
    let (folder, mut project) = people(content);
    let rule = |name: &str| deduplication_rule(name, vec![condition(name, &[])]);
    project.unification[0].deduplication_rules = vec![rule("Email"), rule("Phone")];
    assert_eq!(clusters(&folder, &project), ["1 2 3 4"]);
    project.overrides.never_match = vec![pair(("people", "1"), ("people", "4"))];
    // All score 1: (4, 3) comes first, then (3, 2), and (2, 1) is refused.
    assert_eq!(clusters(&folder, &project), ["1", "2 3 4"]);
    let expected = [("1".to_owned(), "2".to_owned(), JoinedBy::Rule(0), Limit::Never(0))];
    assert_eq!(refused(&folder.run_in_process(&project)), expected);
    // The weakest link gives way first.
    project.unification[0].deduplication_rules[1].conditions =
        vec![by("Phone", Comparison::EditDistance { precision: 60 })];
    folder.write("People.csv", "Id,Email,Phone\n1,a,\n2,a,5551213\n3,b,5551212\n4,b,\n");
    assert_eq!(clusters(&folder, &project), ["1 2", "3 4"]);
}

#[test]
fn a_never_pair_does_not_make_another_row_speak_for_the_customer() {
    // Rows of the key A are one record, but only the second of them is joined by the rule; D is the fullest of those.
    let content = "Id,Email,P,Q,R,S\nA,,1,2,3,4\nA,x,,,,\nB,x,1,,,\nD,x,1,2,,\n";
    let (folder, mut project) = people(content);
    project.unification[0].deduplication_rules = vec![deduplication_rule("Email", vec![condition("Email", &[])])];
    let speaks = |project: &Project| {
        let rows = run(&folder, project).rows("alternate_keys").pick(["AlternateValue", "Preferred"]);
        rows.into_iter().filter(|[_, preferred]| preferred == "true").map(|[key, _]| key).collect::<Vec<_>>()
    };
    assert_eq!(speaks(&project), ["D"]);
    folder.write("People.csv", content.to_owned() + "C,x,1,2,,\n");
    project.overrides.never_match = vec![pair(("people", "C"), ("people", "D"))];
    assert_eq!(speaks(&project), ["C", "D"]);
}

#[test]
fn values_of_one_name_are_compared_with_each_other_without_an_exact_condition() {
    // The exception keeps them apart, so each pair must have been looked at, and once.
    let rows = (0..600).map(|i| format!("{i},Unknown,{i}\n"));
    let (folder, mut project) = people(&("Id,Name,Born\n".to_owned() + &rows.collect::<String>()));
    let mut rule = deduplication_rule("Name", vec![by("Name", Comparison::EditDistance { precision: 80 })]);
    rule.exceptions = vec![Exception { is: ExceptionTest::Different, condition: condition("Born", &[]) }];
    project.unification[0].deduplication_rules = vec![rule.clone()];
    assert_eq!(clusters(&folder, &project).len(), 600);
    let run = folder.run_in_process(&project);
    let table = &run.source("people").unwrap().table;
    let rule = LinkRule {
        conditions: &rule.conditions,
        exceptions: &rule.exceptions,
        lower: Side { id: "people", table },
        upper: None,
        project: &project,
    };
    let Exploration { estimate, sample, .. } = linking::explore(&rule, 0, 1_000, &Task::default()).unwrap();
    assert!(estimate.is_indexed && estimate.comparisons >= 600 * 599 / 2, "{estimate:?}");
    assert!(sample.candidates.len() <= 2_000 && !sample.is_all(), "{}", sample.candidates.len());
}

#[test]
fn a_never_pair_cuts_across_tables_and_through_alternates() {
    let (folder, mut project) = tables(&[
        ("Crm", "Id,Name,Email\nc1,Ann,a@x\nc2,Ann,b@x\nc3,Bo,b@x\n"),
        ("Web", "Id,Email\nw1,a@x\nw2,b@x\n"),
        ("App", "Id,Email\np1,a@x\n"),
    ]);
    project.unification[0].deduplication_rules = vec![deduplication_rule("Name", vec![condition("Name", &[])])];
    project.unification[1].match_rules = vec![match_rule("Email", "Email", "crm", "Email")];
    project.unification[2].match_rules = vec![match_rule("App email", "Email", "web", "Email")];
    assert_eq!(run(&folder, &project).clusters(), ["Crm:c2 Crm:c1 Web:w1 App:p1", "Crm:c3 Web:w2"]);
    // c1 is an alternate of c2's record: w1 goes on to no other candidate, and p1, which hits w1, goes with it.
    project.overrides.never_match = vec![pair(("crm", "c1"), ("web", "w1"))];
    assert_eq!(run(&folder, &project).clusters(), ["Crm:c2 Crm:c1", "Crm:c3 Web:w2", "Web:w1 App:p1"]);
    // The next candidate: b@x is c2's too.
    project.overrides.never_match = vec![pair(("web", "w2"), ("crm", "c3"))];
    assert_eq!(run(&folder, &project).clusters(), ["Crm:c2 Crm:c1 Web:w2 Web:w1 App:p1", "Crm:c3"]);
    // A customer, not a record: p1 never with c2 cuts its link to w1.
    project.overrides.never_match = vec![pair(("app", "p1"), ("crm", "c2"))];
    assert_eq!(run(&folder, &project).clusters(), ["App:p1", "Crm:c2 Crm:c1 Web:w1", "Crm:c3 Web:w2"]);
}

#[test]
fn always_pairs_bridge_what_rules_never_would() {
    let (folder, mut project) =
        tables(&[("Crm", "Id,Email\nc1,a@x\nc2,b@x\nc3,d@x\n"), ("Web", "Id,Email\nw1,a@x\nw2,z@x\n")]);
    project.unification[1].match_rules = vec![match_rule("Email", "Email", "crm", "Email")];
    let pairs = vec![pair(("web", "w1"), ("crm", "c2")), pair(("crm", "c1"), ("web", "w1"))];
    project.overrides.always_match = pairs;
    let results = run(&folder, &project);
    assert_eq!(results.clusters(), ["Crm:c2 Crm:c1 Web:w1", "Crm:c3", "Web:w2"]);
    // What the report counts as joined is attached to something.
    let bridged = folder.run_in_process(&project);
    let matching = &bridged.matched.as_ref().unwrap().matching;
    let attached = matching.parent.iter().filter(|&&parent| parent != NO_RECORD).count();
    assert_eq!(results.report()["record_matches"], attached);
    // Nothing in common.
    project.overrides.always_match = vec![pair(("web", "w2"), ("crm", "c3"))];
    assert_eq!(run(&folder, &project).clusters(), ["Crm:c1 Web:w1", "Crm:c2", "Crm:c3 Web:w2"]);
    // Two rows of one table, and the customer they share is never another's.
    project.overrides.always_match.push(pair(("crm", "c1"), ("crm", "c2")));
    project.overrides.never_match = vec![pair(("crm", "c2"), ("web", "w1"))];
    assert_eq!(run(&folder, &project).clusters(), ["Crm:c1 Crm:c2", "Crm:c3 Web:w2", "Web:w1"]);
}

#[test]
fn values_to_keep_make_a_row_of_several() {
    let (folder, mut project) = people(
        "Id,Name,Email,Phone,City,Seen\n\
         1,Ann,old@x,,Oslo,2020-01-01\n\
         2,Ann,,555,,2022-01-01\n\
         3,Ann,new@x,,,2021-01-01\n",
    );
    project.unification[0].deduplication_rules = vec![deduplication_rule("Name", vec![condition("Name", &[])])];
    let columns = ["People_Id", "Email", "Phone", "City", "Seen"];
    let row = |project: &Project| run(&folder, project).rows("customers").pick(columns);
    assert_eq!(row(&project), [["1", "old@x", "", "Oslo", "2020-01-01"]], "the fullest row");
    let recent = || RecordToKeep::MostRecent { field: "Seen".to_owned() };
    let value = |column: &str, keep| ValueToKeep { column: column.to_owned(), keep };
    project.unification[0].values_to_keep =
        vec![value("Email", recent()), value("Phone", RecordToKeep::MostFilled), value("Seen", recent())];
    assert_eq!(row(&project), [["1", "new@x", "555", "Oslo", "2022-01-01"]], "blanks are skipped, the key stays");
    project.unification[0].record_to_keep = recent();
    project.unification[0].values_to_keep = vec![value("City", RecordToKeep::LeastRecent { field: "Seen".to_owned() })];
    assert_eq!(row(&project), [["2", "", "555", "Oslo", "2022-01-01"]]);
}

#[test]
fn any_of_several_fields_may_agree() {
    let (folder, project) = people("Id,Home,Work\n1,111,\n2,,111\n3,222,333\n4,333,444\n5,,\n6,,\n");
    let any = Condition { or_fields: vec!["Work".to_owned()], ..Condition::exact("Home") };
    assert_eq!(under(&folder, &project, vec![any]), ["1 2", "3 4", "5", "6"]);
    let (folder, mut project) = tables(&[
        ("Crm", "Id,Home,Work\nc1,111,222\nc2,333,\n"),
        ("Shop", "Id,Phone,Mobile\ns1,222,999\ns2,888,333\ns3,777,\n"),
    ]);
    let mut rule = match_rule("Phone", "Phone", "crm", "Home");
    rule.conditions[0].or_fields = vec!["Mobile".to_owned()];
    rule.conditions[0].or_to_fields = vec!["Work".to_owned()];
    project.unification[1].match_rules = vec![rule];
    assert_eq!(run(&folder, &project).clusters(), ["Crm:c1 Shop:s1", "Crm:c2 Shop:s2", "Shop:s3"]);
}

#[test]
fn dates_and_numbers_may_be_so_far_apart() {
    let (folder, mut project) = people(
        "Id,Name,Born,Age\n1,Ann,2000-01-31,30\n2,Ann,2000-02-02,30.5\n3,Ann,2000-02-05,32\n4,Ann,,\n5,Bo,2000-01-31,30\n",
    );
    project.source_tables[0].column_mut("Age").unwrap().column_type = ColumnType::Number;
    let beside_name = |condition| vec![Condition::exact("Name"), condition];
    let born = |days| beside_name(by("Born", Comparison::DaysApart { days }));
    assert_eq!(under(&folder, &project, born(0)), ["1", "2", "3", "4", "5"]);
    assert_eq!(under(&folder, &project, born(2)), ["1 2", "3", "4", "5"]);
    assert_eq!(under(&folder, &project, born(3)), ["1 2 3", "4", "5"]);
    let age = |difference| beside_name(by("Age", Comparison::NumberApart { difference }));
    assert_eq!(under(&folder, &project, age(0.5)), ["1 2", "3", "4", "5"]);
    assert_eq!(under(&folder, &project, age(1.5)), ["1 2 3", "4", "5"]);
    // What evens text out has no say.
    let mut even = by("Age", Comparison::NumberApart { difference: 0.5 });
    even.normalizations = vec![Normalization::Symbols];
    assert_eq!(under(&folder, &project, beside_name(even)), ["1 2", "3", "4", "5"]);
}

#[test]
fn sounds_alone_are_a_rule() {
    let names = ["Robert", "Rupert", "Smith", "Schmidt", "Smyth", "Wright", "Rite", "--", "--"];
    let rows = names.iter().zip(1..).map(|(name, id)| format!("{id},{name}\n"));
    let (folder, project) = people(&("Id,Name\n".to_owned() + &rows.collect::<String>()));
    let soundex = under(&folder, &project, vec![by("Name", Comparison::Soundex)]);
    assert_eq!(soundex, ["1 2", "3 4 5", "6", "7", "8", "9"]);
    // Smith is SM0 or XMT, Schmidt XMT or SMT; Wright and Rite are RT.
    let metaphone = under(&folder, &project, vec![by("Name", Comparison::DoubleMetaphone)]);
    assert_eq!(metaphone, ["1 2", "3 4 5", "6 7", "8", "9"]);
}

#[test]
fn aliases_and_bypass_values_count_where_they_are_chosen() {
    let (folder, mut project) = people("Id,Company\n1,MSFT\n2,Microsoft\n3,unknown\n4,Unknown\n5,n.a.\n6,n.a.\n");
    let alias = Alias { value: "msft".to_owned(), same_as: "Microsoft".to_owned() };
    project.alias_lists = vec![AliasList { id: "firms".to_owned(), name: "Firms".to_owned(), aliases: vec![alias] }];
    let values = vec!["Unknown".to_owned()];
    project.bypass_lists = vec![BypassList { id: "dummies".to_owned(), name: "Dummies".to_owned(), values }];
    let mut company = condition("Company", &[Normalization::LowerCase]);
    assert_eq!(under(&folder, &project, vec![company.clone()]), ["1", "2", "3 4", "5 6"]);
    company.alias_lists = vec!["firms".to_owned()];
    company.bypass_lists = vec!["dummies".to_owned()];
    assert_eq!(under(&folder, &project, vec![company]), ["1 2", "3", "4", "5 6"]);
}

#[test]
fn threads_do_not_show_in_the_results() {
    let folder = Folder::new();
    let names = ["Ann", "Anna", "Anne", "Hannah", "Bob", "Rob", "Robert", "Rupert", "Cy", "Cyd"];
    let row = |i: usize| format!("{i},{} {},{}\n", names[i % 10], names[i * 7 / 3 % 10], i % 3);
    folder.write("People.csv", "Id,Name,City\n".to_owned() + &(0..300).map(row).collect::<String>());
    let mut project = unify(vec![folder.source("People", "People.csv", "Id")]);
    let conditions = vec![condition("City", &[]), by("Name", Comparison::JaroWinkler { precision: 90 })];
    let alone = vec![by("Name", Comparison::TokenSet { precision: 60 })];
    project.unification[0].deduplication_rules =
        vec![deduplication_rule("Close", conditions), deduplication_rule("Words", alone)];
    folder.save(PROJECT, &project);
    let files = |threads: &str, out: &str| {
        let arguments = ["run", PROJECT, "--out", out, "--as-of", super::harness::AS_OF, "--threads", threads];
        folder.tributary(&arguments).expect_code(0);
        let mut files = super::harness::tree(&folder.path(out));
        let report = super::harness::without_run(&files.remove("report.json").unwrap());
        (report, files)
    };
    assert_eq!(files("1", "one"), files("2", "two"));
    assert_eq!(files("7", "seven"), files("1", "one"));
    folder.tributary(&["run", PROJECT, "--threads", "0"]).expect_code(2);
    folder.tributary(&["run", "--help"]).expect_code(0).expect_stdout("--threads <N>");
}
