//! `tributary explain`: why two records are one customer, why not, and that its scores are the matcher's.

use proptest::prelude::*;
use serde_json::Value;
use tributary::engine::identity::dedup::NO_RECORD;
use tributary::engine::identity::explain::{LinkReason, LinkStep, RuleKind, Verdict, explain_customer, explain_pair};
use tributary::engine::identity::matching::ALWAYS;
use tributary::engine::pipeline::Run;
use tributary::engine::stage::StageCache;
use tributary::project::condition::{HIGH, MEDIUM};
use tributary::project::{
    Comparison, Condition, Exception, ExceptionTest, FieldMember, IdentifierGuard, Normalization, PairOverride,
    Project, RecordKey,
};
use tributary::task::Task;

use super::harness::{Folder, condition, deduplication_rule, match_rule, run_project, unify};

const COFFEE: &str = "coffee.tributary";

/// What `tributary explain` says, without the customer's ids.
#[track_caller]
fn explained(folder: &Folder, project: &str, records: &[&str]) -> String {
    let outcome = folder.tributary(&[&["explain", project], records].concat()).expect_code(0);
    let mut words: Vec<String> = Vec::new();
    for word in outcome.stdout.split(' ') {
        let id = word.trim_end_matches([',', '.', '\n']);
        let is_id = id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
        words.push(if is_id { word.replace(id, "ID") } else { word.to_owned() });
    }
    words.join(" ")
}

#[test]
fn the_coffee_shop_explains_its_customers() {
    let folder = Folder::sample("coffee");
    assert_eq!(
        explained(&folder, COFFEE, &["Store:S1", "Loyalty:707"]),
        "\
Store:S1 and Loyalty:707 are one customer ID.
  1. Store:S1 (row 1) joins Loyalty:707 (row 1) by match rule \"Email in Loyalty\", score 1.00
     Email, exact: \"ANA@contoso.com\" as \"ana@contoso.com\" | \"ana@contoso.com\": passes
"
    );
    assert_eq!(
        explained(&folder, COFFEE, &["Store:S2", "Loyalty:707"]),
        "\
Store:S2 and Loyalty:707 are two customers: the nearest rule is \"Email in Loyalty\", where Email differs.
  match rule \"Email in Loyalty\", Store:S2 (row 2) and Loyalty:707 (row 1): does not hold
     Email, exact: \"[cho]@contoso.com\" | \"[ana]@contoso.com\": fails
"
    );
    assert_eq!(
        explained(&folder, COFFEE, &["Web:Unknown1", "Loyalty:707"]),
        "\
Web:Unknown1 and Loyalty:707 are two customers: the nearest rule is \"LoyaltyID in Loyalty\", where LoyaltyID of \
Web:Unknown1 is blank.
  match rule \"LoyaltyID in Loyalty\", Web:Unknown1 (row 1) and Loyalty:707 (row 1): does not hold
     LoyaltyID, exact: blank | \"707\": nothing to compare, LoyaltyID of Web:Unknown1 is blank
"
    );
}

#[test]
fn case_05_an_edit_score_tells_two_visitors_apart_or_does_not() {
    let folder = Folder::sample("coffee");
    let compare = |precision| {
        folder.edit(COFFEE, |project| {
            let web = project.unification_table_mut("web").unwrap();
            web.deduplication_rules[0].conditions[0].comparison = Comparison::EditDistance { precision };
        });
        explained(&folder, COFFEE, &["Web:Unknown1", "Web:Unkonwn5"])
    };
    assert_eq!(
        compare(HIGH),
        "\
Web:Unknown1 and Web:Unkonwn5 are two customers: the nearest rule is \"Same UserID\", where UserID scores 0.625, below \
0.80.
  deduplication rule \"Same UserID\", Web:Unknown1 (row 1) and Web:Unkonwn5 (row 4): does not hold
     UserID, Edit distance, at least 80 %: \"Unk[n]own[1]\" | \"Unko[n]wn[5]\": fails, 0.625 below 0.80
"
    );
    assert_eq!(
        compare(MEDIUM),
        "\
Web:Unknown1 and Web:Unkonwn5 are one record of Web.
  1. Web:Unknown1 (row 1) is one record with Web:Unkonwn5 (row 4) by deduplication rule \"Same UserID\", score 0.625
     UserID, Edit distance, at least 60 %: \"Unk[n]own[1]\" | \"Unko[n]wn[5]\": passes, 0.625 of at least 0.60
"
    );
}

#[test]
fn case_07_a_customer_is_explained_merge_by_merge_and_the_unused_rule_is_named() {
    let folder = Folder::sample("coffee");
    let auth = "\
Web:Auth234 (row 2) joins Loyalty:707 (row 1) by match rule \"LoyaltyID in Loyalty\", score 1.00
     LoyaltyID, exact: \"707\" | \"707\": passes
     Also matched Store:S1 (row 1) by \"LoyaltyID in Store\", score 1.00: not used, since \"LoyaltyID in Loyalty\" comes \
first; it is of the same customer anyway
";
    let store = "\
Store:S1 (row 1) joins Loyalty:707 (row 1) by match rule \"Email in Loyalty\", score 1.00
     Email, exact: \"ANA@contoso.com\" as \"ana@contoso.com\" | \"ana@contoso.com\": passes
";
    assert_eq!(
        explained(&folder, COFFEE, &["Web:Auth234"]),
        format!(
            "\
Web:Auth234 is of the customer ID, made of 3 records from 4 rows.
  1. Web:Auth234 (row 2) is one record with Web:Auth234 (row 3) by deduplication rule \"Same UserID\", score 1.00
     UserID, exact: \"Auth234\" | \"Auth234\": passes
     They have the same primary key too.
  2. {store}  3. {auth}"
        )
    );
    assert_eq!(
        explained(&folder, COFFEE, &["Web:Auth234", "Store:S1"]),
        format!("Web:Auth234 and Store:S1 are one customer ID.\n  1. {auth}  2. {store}")
    );
    assert_eq!(
        explained(&folder, COFFEE, &["Web:Unknown1"]),
        "Web:Unknown1 is the customer ID alone: nothing matches it.\n"
    );
    folder.edit(COFFEE, |project| project.unification_table_mut("web").unwrap().include_all_records = false);
    assert_eq!(
        explained(&folder, COFFEE, &["Web:Unknown1"]),
        "Web:Unknown1 is in no customer: nothing matches it, and Include all records is off for Web.\n"
    );
}

#[test]
fn what_is_asked_may_not_be_there() {
    let folder = Folder::sample("coffee");
    let explain =
        |records: &[&str], code| folder.tributary(&[&["explain", COFFEE], records].concat()).expect_code(code);
    explain(&["Web:Nobody"], 0).expect_stderr("no row of Web has the key Nobody");
    explain(&["Kiosk:1", "Web:Unknown1"], 0)
        .expect_stderr("there is no table Kiosk; the tables are Loyalty, Store, Web");
    assert_eq!(explain(&["Web:Unknown1", "Store:S9", "--format", "json"], 0).stdout, "null\n");
    explain(&["Unknown1"], 2).expect_stderr("Unknown1: write TABLE:KEY, such as Web:Unknown1");
    let json = explain(&["Store:S1", "Loyalty:707", "--format", "json"], 0).stdout;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["verdict"], "same_customer");
    assert_eq!(json["path"][0]["reason"]["by"], "rule");
    assert_eq!(json["path"][0]["reason"]["conditions"][0]["values"][0]["normalized"], "ana@contoso.com");
    folder.append("store.csv", "S3,Eve Poe,eve@contoso.com,1,one too many\n");
    explain(&["Store:S3"], 0).expect_stderr("Store:S3 (row 3) is corrupt and takes no part");
}

/// Contacts 1 and 2 are one record by their names, and another table has the email of 2.
#[test]
fn case_32_a_link_goes_through_an_alternate() {
    let folder = Folder::new();
    folder.write("contacts.csv", "Id,FullName,Email,City\n1,Ann Ray,a@x.com,Rome\n2,Ann Ray,b@x.com,\n");
    folder.write("shop.csv", "Id,Email\nR,b@x.com\n");
    let mut project =
        unify(vec![folder.source("Contacts", "contacts.csv", "Id"), folder.source("Shop", "shop.csv", "Id")]);
    project.unification[0].deduplication_rules = vec![deduplication_rule("Name", vec![condition("FullName", &[])])];
    project.unification[1].match_rules = vec![match_rule("Email", "Email", "contacts", "Email")];
    folder.save("p.tributary", &project);
    assert_eq!(
        explained(&folder, "p.tributary", &["Shop:R", "Contacts:1"]),
        "\
Shop:R and Contacts:1 are one customer ID.
  1. Shop:R (row 1) joins Contacts:2 (row 2) by match rule \"Email\", score 1.00
     Email, exact: \"b@x.com\" | \"b@x.com\": passes
     Through the alternate Contacts:2 (row 2) of Contacts:1 (row 1).
  2. Contacts:2 (row 2) is one record with Contacts:1 (row 1) by deduplication rule \"Name\", score 1.00
     FullName, exact: \"Ann Ray\" | \"Ann Ray\": passes
"
    );
}

#[test]
fn case_33_the_rule_that_came_too_late_is_named_on_both_sides() {
    let folder = Folder::new();
    folder.write("one.csv", "Id,Email\nA,ann@x.example\n");
    folder.write("two.csv", "Id,Phone\nB,5551212\n");
    folder.write("three.csv", "Id,Email,Phone\nR,ann@x.example,5551212\n");
    let tables = [("One", "one.csv"), ("Two", "two.csv"), ("Three", "three.csv")];
    let mut project = unify(tables.map(|(name, path)| folder.source(name, path, "Id")).to_vec());
    project.unification[2].match_rules =
        vec![match_rule("By email", "Email", "one", "Email"), match_rule("By phone", "Phone", "two", "Phone")];
    folder.save("p.tributary", &project);
    assert_eq!(
        explained(&folder, "p.tributary", &["Three:R", "One:A"]),
        "\
Three:R and One:A are one customer ID.
  1. Three:R (row 1) joins One:A (row 1) by match rule \"By email\", score 1.00
     Email, exact: \"ann@x.example\" | \"ann@x.example\": passes
     Also matched Two:B (row 1) by \"By phone\", score 1.00: not used, since \"By email\" comes first
"
    );
    assert_eq!(
        explained(&folder, "p.tributary", &["Three:R", "Two:B"]),
        "\
Three:R and Two:B are two customers: \"By phone\" holds, but Three:R went to One:A by \"By email\", which comes first.
  match rule \"By phone\", Three:R (row 1) and Two:B (row 1): holds, score 1.00, but Three:R went to One:A by \"By \
email\", which comes first
     Phone, exact: \"5551212\" | \"5551212\": passes
  Three:R joins One:A by \"By email\".
"
    );
    assert_eq!(
        explained(&folder, "p.tributary", &["Two:B", "One:A"]),
        "Two:B and One:A are two customers: no rule of Two names One.\n  No rule of Two names One.\n"
    );
}

#[test]
fn case_34_the_larger_key_is_taken_and_the_others_are_named() {
    let folder = Folder::new();
    folder.write("one.csv", "Id,Email\np,A@x.com\nq,a@x.com\n");
    folder.write("two.csv", "Id,Email\nr,a@x.com\n");
    let mut project = unify(vec![folder.source("One", "one.csv", "Id"), folder.source("Two", "two.csv", "Id")]);
    let mut rule = match_rule("Email", "Email", "one", "Email");
    rule.conditions[0].normalizations = vec![Normalization::LowerCase];
    project.unification[1].match_rules = vec![rule];
    folder.save("p.tributary", &project);
    assert_eq!(
        explained(&folder, "p.tributary", &["Two:r", "One:q"]),
        "\
Two:r and One:q are one customer ID.
  1. Two:r (row 1) joins One:q (row 2) by match rule \"Email\", score 1.00
     Email, exact: \"a@x.com\" | \"a@x.com\": passes
     Ambiguous: The rule also finds 1 record of other customers; One:q is taken, since its primary key is the largest.
       One:p (row 1), score 1.00
"
    );
    let apart = explained(&folder, "p.tributary", &["Two:r", "One:p"]);
    let reason =
        "\"Email\" holds, but Two:r went to One:q by the same rule, by a higher score or the larger primary key.";
    assert!(apart.starts_with(&format!("Two:r and One:p are two customers: {reason}\n")), "{apart}");
    let apart = explained(&folder, "p.tributary", &["One:p", "One:q"]);
    assert!(apart.starts_with("One:p and One:q are two customers: the nearest rule is \"equal columns\""), "{apart}");
    // Identical text is one record, by itself.
    folder.write("one.csv", "Id,Email\np,a@x.com\nq,a@x.com\n");
    assert_eq!(
        explained(&folder, "p.tributary", &["One:p", "One:q"]),
        "\
One:p and One:q are one record of One.
  1. One:p (row 1) is one record with One:q (row 2) by equal columns
     Email, exact: \"a@x.com\" | \"a@x.com\": passes
"
    );
}

/// Twins, and pairs decided by hand.
#[test]
fn case_35_exceptions_and_decisions_by_hand_are_named() {
    let folder = Folder::new();
    folder.write("people.csv", "Id,First,Last,Born\n1,Ann,Ray,2001-02-03\n2,Amy,Ray,2001-02-03\n3,Bo,Cy,1999-01-01\n");
    let mut project = unify(vec![folder.source("People", "people.csv", "Id")]);
    let mut rule = deduplication_rule("Twins", vec![condition("Last", &[]), condition("Born", &[])]);
    rule.exceptions = vec![Exception { is: ExceptionTest::Different, condition: condition("First", &[]) }];
    project.unification[0].deduplication_rules = vec![rule];
    folder.save("p.tributary", &project);
    assert_eq!(
        explained(&folder, "p.tributary", &["People:1", "People:2"]),
        "\
People:1 and People:2 are two customers: the nearest rule is \"Twins\", where the exception holds that First is \
different.
  deduplication rule \"Twins\", People:1 (row 1) and People:2 (row 2): does not hold
     Last, exact: \"Ray\" | \"Ray\": passes
     Born, exact: \"2001-02-03\" | \"2001-02-03\": passes
     unless First is different: fires
       First, exact: \"A[nn]\" | \"A[my]\": fails
"
    );
    project.unification[0].deduplication_rules[0].exceptions.clear();
    let pair = |a: &str, b: &str, reason: &str| PairOverride {
        a: RecordKey::new("people", a),
        b: RecordKey::new("people", b),
        reason: reason.to_owned(),
    };
    project.overrides.never_match = vec![pair("2", "1", "they are twins")];
    project.overrides.always_match = vec![pair("3", "1", "")];
    folder.save("p.tributary", &project);
    assert_eq!(
        explained(&folder, "p.tributary", &["People:1", "People:2"]),
        "\
People:1 and People:2 are two customers: People:2 and People:1 never match (they are twins).
  deduplication rule \"Twins\", People:1 (row 1) and People:2 (row 2): holds, score 1.00, but it was refused: People:2 \
and People:1 never match (they are twins)
     Last, exact: \"Ray\" | \"Ray\": passes
     Born, exact: \"2001-02-03\" | \"2001-02-03\": passes
  Refused:
     \"Twins\" for People:1 and People:2 was refused, since People:2 and People:1 never match (they are twins)
"
    );
    assert_eq!(
        explained(&folder, "p.tributary", &["People:3", "People:1"]),
        "\
People:3 and People:1 are one record of People.
  1. People:3 (row 3) is one record with People:1 (row 1) since they always match
"
    );
}

/// Two people sign in on one device: its visits may hold one loyalty card only.
#[test]
fn a_guard_that_refused_a_link_is_named() {
    let folder = Folder::new();
    folder.write("web.csv", "Visit,Device,Card\n1,d1,7\n2,d1,8\n3,000,\n");
    let mut project = unify(vec![folder.source("Web", "web.csv", "Visit")]);
    project.unification[0].deduplication_rules = vec![deduplication_rule("Device", vec![condition("Device", &[])])];
    let guard = |name: &str, max_values, blocked: &[&str]| IdentifierGuard {
        id: name.to_lowercase(),
        name: name.to_owned(),
        members: vec![FieldMember { source_table: "web".to_owned(), column: name.to_owned() }],
        blocked: blocked.iter().map(|&value| tributary::project::BlockedValue::Value(value.to_owned())).collect(),
        max_values,
    };
    project.guards.identifiers = vec![guard("Card", Some(1), &[]), guard("Device", None, &["000"])];
    folder.save("p.tributary", &project);
    let apart = explained(&folder, "p.tributary", &["Web:1", "Web:2"]);
    let reason = "\"Device\" for Web:1 and Web:2 was refused, since the profile would hold more than 1 value of Card";
    assert!(apart.starts_with(&format!("Web:1 and Web:2 are two customers: {reason}.\n")), "{apart}");
    let blocked = explained(&folder, "p.tributary", &["Web:3", "Web:1"]);
    assert!(blocked.contains("Device of Web:3 is a blocked value (guard Device)"), "{blocked}");
}

/// Two tables of alike names and cities with keys that may repeat, and what was decided by hand.
#[derive(Debug, Clone)]
struct World {
    tables: [Vec<[String; 4]>; 3],
    project: Project,
}

const TABLES: [&str; 3] = ["One", "Two", "Three"];

fn cell(values: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(values).prop_map(str::to_owned)
}

fn rows() -> impl Strategy<Value = Vec<[String; 4]>> {
    let row = (
        cell(&["k1", "k2", "k3", "k4", "k5", "k6", "k7"]),
        cell(&["", "Ann", "Anne", "anna", "Marta", "Martha", "Marhta", "Marthe Ann"]),
        cell(&["", "Rome", "rome", "Roma", "Bern", "Berne"]),
        cell(&["", "2001-02-03", "2001-02-04", "2001-03-04", "1999-01-01"]),
    );
    prop::collection::vec(row.prop_map(|(key, name, city, born)| [key, name, city, born]), 1..8)
}

fn comparison() -> impl Strategy<Value = Comparison> {
    prop_oneof![
        2 => Just(Comparison::Exact),
        2 => (30..95_u8).prop_map(|precision| Comparison::EditDistance { precision }),
        2 => (60..97_u8).prop_map(|precision| Comparison::JaroWinkler { precision }),
        1 => (30..95_u8).prop_map(|precision| Comparison::DamerauLevenshtein { precision }),
        1 => Just(Comparison::TokenSet { precision: 50 }),
        1 => Just(Comparison::DoubleMetaphone),
        1 => Just(Comparison::Soundex),
    ]
}

fn one_condition() -> impl Strategy<Value = Condition> {
    let text = (prop::sample::select(&["Name", "City"][..]), comparison(), any::<bool>(), prop::bool::weighted(0.2));
    let text = text.prop_map(|(field, comparison, lower, both)| Condition {
        comparison,
        normalizations: if lower { vec![Normalization::LowerCase] } else { Vec::new() },
        or_fields: if both { vec![if field == "Name" { "City" } else { "Name" }.to_owned()] } else { Vec::new() },
        ..Condition::exact(field)
    });
    let born = prop_oneof![Just(Comparison::Exact), Just(Comparison::DaysApart { days: 1 })]
        .prop_map(|comparison| Condition { comparison, ..Condition::exact("Born") });
    prop_oneof![3 => text, 1 => born]
}

type Rule = (Vec<Condition>, Vec<Exception>, bool);

fn rule() -> impl Strategy<Value = Rule> {
    let test = prop::sample::select(&ExceptionTest::ALL[..]);
    let exception = (test, one_condition()).prop_map(|(is, condition)| Exception { is, condition });
    (prop::collection::vec(one_condition(), 1..3), prop::collection::vec(exception, 0..2), prop::bool::weighted(0.85))
}

fn pairs() -> impl Strategy<Value = Vec<PairOverride>> {
    let key = || {
        (0..3_usize, cell(&["k1", "k2", "k3", "k4"]))
            .prop_map(|(table, key)| RecordKey::new(TABLES[table].to_lowercase(), key))
    };
    let pair = (key(), key()).prop_map(|(a, b)| PairOverride { a, b, reason: String::new() });
    prop_oneof![2 => Just(Vec::new()), 1 => prop::collection::vec(pair, 1..3)]
}

fn world(folder: &Folder) -> impl Strategy<Value = World> {
    for name in TABLES {
        folder.write(&format!("{name}.csv"), "Id,Name,City,Born\nk1,Ann,Rome,2001-02-03\n");
    }
    let sources: Vec<_> = TABLES.iter().map(|name| folder.source(name, &format!("{name}.csv"), "Id")).collect();
    let base = unify(sources);
    let rules =
        [(); 3].map(|()| (prop::collection::vec(rule(), 0..3), prop::collection::vec((rule(), 0..2_usize), 0..3)));
    let limits = (prop::option::weighted(0.2, 1..4_u32), pairs(), pairs(), prop::collection::vec(any::<bool>(), 3));
    ([(); 3].map(|()| rows()), rules, limits).prop_map(move |(tables, rules, (max_records, always, never, include))| {
        let mut project = base.clone();
        for (place, (deduplication, matching)) in rules.into_iter().enumerate() {
            let table = &mut project.unification[place];
            table.include_all_records = include[place];
            for (number, (conditions, exceptions, active)) in deduplication.into_iter().enumerate() {
                let mut rule = deduplication_rule(&format!("d{place}{number}"), conditions);
                (rule.exceptions, rule.active) = (exceptions, active);
                table.deduplication_rules.push(rule);
            }
            for (number, ((conditions, exceptions, active), to)) in matching.into_iter().enumerate() {
                if place == 0 {
                    continue;
                }
                let across = |condition: Condition| Condition {
                    to_field: condition.field.clone(),
                    or_to_fields: condition.or_fields.clone(),
                    ..condition
                };
                let to = TABLES[to.min(place - 1)].to_lowercase();
                let mut rule = match_rule(&format!("m{place}{number}"), "Name", &to, "Name");
                rule.conditions = conditions.into_iter().map(across).collect();
                let exceptions = exceptions.into_iter();
                rule.exceptions = exceptions.map(|it| Exception { condition: across(it.condition), ..it }).collect();
                rule.active = active;
                table.match_rules.push(rule);
            }
        }
        project.guards.max_records = max_records;
        project.overrides.always_match = always;
        project.overrides.never_match = never;
        World { tables, project }
    })
}

/// The steps go from the rows of one key to those of another without a gap, and each rests on a rule that holds.
fn check_path(steps: &[LinkStep], from: &RecordKey, to: &RecordKey) -> Result<(), TestCaseError> {
    let mut here: Option<(String, String, u32)> = None;
    for step in steps {
        let ends = [&step.a, &step.b].map(|name| (name.table_id.clone(), name.key.clone(), name.row));
        let is_start = |end: &(String, String, u32)| match &here {
            Some(here) => here == end,
            None => end.0 == from.table && end.1 == from.key,
        };
        let start = ends.iter().position(is_start);
        prop_assert!(start.is_some(), "{:?} does not go on from {:?}", step, here);
        here = Some(ends[1 - start.unwrap()].clone());
        if let LinkReason::Rule(trial) = &step.reason {
            prop_assert!(trial.holds && trial.used && trial.active, "{:?}", trial);
        }
    }
    if let Some((table, key, _)) = here {
        prop_assert_eq!((table, key), (to.table.clone(), to.key.clone()));
    }
    Ok(())
}

fn check(run: &Run) -> Result<(), TestCaseError> {
    let task = Task::default();
    let matching = &run.matched.as_ref().unwrap().matching;
    let mut keys: Vec<(RecordKey, u32)> = Vec::new();
    for (place, source) in run.sources.iter().enumerate() {
        let id = source.table.column("Id").unwrap();
        for row in 0..source.table.rows {
            let key = RecordKey::new(TABLES[place].to_lowercase(), id.text(row));
            let record = matching.offsets[place] + run.records[place].record_of_row[row];
            if !keys.iter().any(|(known, _)| *known == key) {
                keys.push((key, record));
            }
        }
    }
    let overrides = &run.project.overrides;
    let is_free = overrides.never_match.is_empty() && run.project.guards.is_empty();
    for (a, record_a) in &keys {
        let customer = explain_customer(run, a, &task).unwrap();
        prop_assert_eq!(customer.more, 0);
        for (b, record_b) in &keys {
            let pair = explain_pair(run, a, b, &task).unwrap();
            let (root_a, root_b) = (matching.root[*record_a as usize], matching.root[*record_b as usize]);
            let verdict = match (record_a == record_b, root_a == root_b) {
                (true, _) => Verdict::SameRecord,
                (false, true) => Verdict::SameCustomer,
                (false, false) => Verdict::Apart,
            };
            prop_assert_eq!(pair.verdict, verdict, "{}", &pair.sentence);
            if verdict != Verdict::Apart {
                prop_assert!(pair.notes.is_empty(), "{:?}", pair.notes);
                prop_assert_eq!(pair.path.is_empty(), a == b);
                check_path(&pair.path, a, b)?;
            }
            for trial in &pair.trials {
                prop_assert_eq!(trial.holds, trial.score.is_some());
                prop_assert!(!trial.holds || trial.note.is_some(), "{:?} says not why it is unused", trial);
                // Where nothing is forbidden a rule that holds has joined the rows, or the lower record is elsewhere.
                if is_free && trial.holds && trial.active {
                    let lower = *record_a.max(record_b);
                    prop_assert_eq!(trial.kind, RuleKind::Match);
                    prop_assert!(matching.parent[lower as usize] != NO_RECORD, "{:?}", trial);
                }
            }
            // A record is attached by the rule, and with the score, that the matcher noted.
            if matching.parent[*record_a as usize] != *record_b || matching.rule[*record_a as usize] == ALWAYS {
                continue;
            }
            let across: Vec<&LinkStep> = pair.path.iter().filter(|step| !step.within_record).collect();
            prop_assert_eq!(across.len(), 1, "{:?}", pair.path);
            let LinkReason::Rule(trial) = &across[0].reason else { continue };
            prop_assert_eq!(trial.score.unwrap() as f32, matching.score[*record_a as usize]);
            let place = matching.table_of(*record_a);
            let rule = &run.project.unification[place].match_rules[usize::from(matching.rule[*record_a as usize])];
            prop_assert_eq!(&trial.rule_id, &rule.id);
        }
    }
    Ok(())
}

#[test]
fn an_explanation_says_what_the_matcher_did() {
    let folder = Folder::new();
    let config = ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(world in world(&folder))| {
        for (name, rows) in TABLES.iter().zip(&world.tables) {
            let lines = rows.iter().map(|row| row.join(",") + "\n");
            let text: String = std::iter::once("Id,Name,City,Born\n".to_owned()).chain(lines).collect();
            folder.write(&format!("{name}.csv"), text);
        }
        check(&run_project(&world.project, folder.root(), &StageCache::default()))?;
    });
}
