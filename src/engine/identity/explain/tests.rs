//! Explanations of made-up tables, where the command line would be slow or says too little.

use std::path::Path;
use std::time::Instant;

use super::*;
use crate::engine::ingest;
use crate::engine::pipeline::{self, Columns, Request};
use crate::engine::stage::{Stage, StageCache};
use crate::project::{BypassList, Normalization, source};
use crate::project::{Comparison, Condition, DeduplicationRule, MatchRule, Project, SourceTable, UnificationTable};

/// A project that unifies these tables, each with its key in the first column.
fn project(folder: &Path, tables: &[(&str, &str)]) -> Project {
    let mut project = Project::new("Test");
    for (name, text) in tables {
        let path = folder.join(format!("{name}.csv"));
        std::fs::write(&path, text).unwrap();
        let detected = ingest::detect(&path, &Task::default()).unwrap();
        project.unification.push(UnificationTable::new(name.to_lowercase()));
        project.source_tables.push(SourceTable {
            id: name.to_lowercase(),
            name: (*name).to_owned(),
            path: format!("{name}.csv"),
            format: detected.format,
            blank_tokens: source::default_blank_tokens(),
            primary_key: detected.columns.first().map(|column| column.name.clone()),
            columns: detected.columns,
        });
    }
    project
}

fn run(folder: &Path, project: &Project) -> Run {
    let request = Request {
        project,
        base: folder,
        until: Stage::Merge,
        columns: Columns::Used,
        as_of: "2026-01-01".to_owned(),
        ids: Default::default(),
    };
    pipeline::run(&request, &StageCache::default(), &Task::default()).unwrap()
}

fn deduplicate(name: &str, conditions: Vec<Condition>) -> DeduplicationRule {
    DeduplicationRule { id: name.to_owned(), name: name.to_owned(), active: true, conditions, exceptions: Vec::new() }
}

fn key(table: &str, key: impl ToString) -> RecordKey {
    RecordKey::new(table, key.to_string())
}

fn pair(run: &Run, a: RecordKey, b: RecordKey) -> PairExplanation {
    explain_pair(run, &a, &b, &Task::default()).unwrap()
}

#[test]
fn a_chain_is_told_link_by_link_by_the_fewest_and_best_links() {
    let folder = tempfile::tempdir().unwrap();
    let text = "Id,Name,Phone,Email\n1,Person,1111,AAA\n2,Person,1111,BBB\n3,Person,2222,BBB\n4,Other,,\n";
    let mut project = project(folder.path(), &[("People", text)]);
    project.unification[0].deduplication_rules = vec![
        deduplicate("phone", vec![Condition::exact("Name"), Condition::exact("Phone")]),
        deduplicate("email", vec![Condition::exact("Email")]),
    ];
    let run = run(folder.path(), &project);
    let told = pair(&run, key("people", 1), key("people", 3));
    assert_eq!(told.verdict, Verdict::SameRecord);
    let rules: Vec<(&str, &str, &str)> = told
        .path
        .iter()
        .map(|step| match &step.reason {
            LinkReason::Rule(trial) => (step.a.key.as_str(), step.b.key.as_str(), trial.name.as_str()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(rules, [("1", "2", "phone"), ("2", "3", "email")]);
    let customer = explain_customer(&run, &key("people", 1), &Task::default()).unwrap();
    assert_eq!((customer.steps.len(), customer.more), (2, 0));
    let itself = pair(&run, key("people", 4), key("people", 4));
    assert_eq!((itself.verdict, itself.sentence.as_str()), (Verdict::SameRecord, "People:4 is one row."));
    let apart = pair(&run, key("people", 4), key("people", 1));
    assert_eq!(apart.nearest, Some(0));
    assert_eq!(apart.trials[0].conditions[0].score, None);
    assert_eq!(apart.trials[0].conditions[1].outcome, TrialOutcome::Blank);
}

#[test]
fn an_inactive_rule_a_bypassed_value_and_one_of_which_nothing_is_left_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let text = "Id,Phone,Code\n1,555-1212,A\n2,555-1212,A\n3,---.,A\n";
    let mut project = project(folder.path(), &[("People", text)]);
    let phone = Condition {
        normalizations: vec![Normalization::Symbols],
        bypass_lists: vec!["dummies".to_owned()],
        ..Condition::exact("Phone")
    };
    let mut code = deduplicate("code", vec![Condition::exact("Code")]);
    code.active = false;
    project.unification[0].deduplication_rules = vec![deduplicate("phone", vec![phone]), code];
    let values = vec!["5551212".to_owned()];
    project.bypass_lists = vec![BypassList { id: "dummies".to_owned(), name: "Dummies".to_owned(), values }];
    let run = run(folder.path(), &project);
    let told = pair(&run, key("people", 1), key("people", 3));
    assert_eq!(
        told.sentence,
        "People:1 and People:3 are two customers: \"code\" holds, but the rule is inactive; it would link them."
    );
    let note = told.trials[0].conditions[0].note.as_deref();
    assert_eq!(
        note,
        Some(
            "Phone of People:1 is in the bypass list Dummies; nothing is left of Phone of People:3 when it is normalized"
        )
    );
}

#[test]
fn the_closest_rows_and_the_closest_of_several_fields_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    let upper = "Id,Name,Phone\nA,Martha,1\nB,Martha,2\n";
    let lower = "Id,Home,Work\nr,,kitten\ns,7,martia\n";
    let mut project = project(folder.path(), &[("Upper", upper), ("Lower", lower)]);
    project.unification[0].deduplication_rules = vec![deduplicate("name", vec![Condition::exact("Name")])];
    let condition = Condition {
        or_fields: vec!["Work".to_owned()],
        normalizations: vec![Normalization::LowerCase],
        comparison: Comparison::JaroWinkler { precision: 90 },
        ..Condition::exact_to("Home", "Name")
    };
    project.unification[1].match_rules = vec![MatchRule {
        id: "m".to_owned(),
        name: "m".to_owned(),
        active: true,
        to_table: "upper".to_owned(),
        conditions: vec![condition],
        exceptions: Vec::new(),
    }];
    let run = run(folder.path(), &project);
    let told = pair(&run, key("upper", "A"), key("lower", "s"));
    assert_eq!(told.verdict, Verdict::SameCustomer, "{}", told.sentence);
    let link = told.path.iter().find(|step| !step.within_record).unwrap();
    let LinkReason::Rule(trial) = &link.reason else { panic!("{link:?}") };
    assert_eq!([&trial.conditions[0].values[0].field, &trial.conditions[0].values[1].field], ["Work", "Name"]);
    let apart = pair(&run, key("upper", "A"), key("lower", "r"));
    let condition = &apart.trials[0].conditions[0];
    assert_eq!((condition.outcome, condition.values[0].raw.as_str()), (TrialOutcome::Fails, "kitten"));
    assert!(condition.score.is_some_and(|score| score > 0.0 && score < 0.9));
}

#[test]
fn a_record_of_a_hundred_thousand_rows_is_explained_in_part_and_soon() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = "Id,Email,Name\n".to_owned();
    (0..100_000).for_each(|i| text.push_str(&format!("{i},hot@x.example,Name {}\n", i % 5_000)));
    let mut project = project(folder.path(), &[("Web", &text), ("Shop", "Id,Email\nS,hot@x.example\n")]);
    project.unification[0].deduplication_rules = vec![
        deduplicate("email", vec![Condition::exact("Email")]),
        deduplicate(
            "name",
            vec![
                Condition::exact("Email"),
                Condition { comparison: Comparison::JaroWinkler { precision: 95 }, ..Condition::exact("Name") },
            ],
        ),
    ];
    project.unification[0].deduplication_rules[1].active = false;
    let mut rule = MatchRule {
        id: "m".to_owned(),
        name: "m".to_owned(),
        active: true,
        to_table: "web".to_owned(),
        conditions: vec![Condition::exact_to("Email", "Email")],
        exceptions: Vec::new(),
    };
    project.unification[1].match_rules.push(rule.clone());
    rule.id = "n".to_owned();
    project.unification[1].match_rules.push(rule);
    let run = run(folder.path(), &project);
    let start = Instant::now();
    let told = pair(&run, key("web", 99_999), key("shop", "S"));
    assert_eq!((told.verdict, told.path.len()), (Verdict::SameCustomer, 1));
    let told = pair(&run, key("web", 99_999), key("web", 50_000));
    assert_eq!((told.verdict, told.path.len()), (Verdict::SameRecord, 1));
    assert_eq!(told.notes, ["The record Web:99999 has 100000 rows; about 1000 of them were looked at."]);
    let customer = explain_customer(&run, &key("shop", "S"), &Task::default()).unwrap();
    assert_eq!((customer.steps.len(), customer.more), (101, 99_899));
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn values_of_any_kind_are_explained() {
    let folder = tempfile::tempdir().unwrap();
    let long = "x".repeat(1_000_000);
    let text = format!("Id,Name\n1,{long}\n2,{long}y\n3,שלום עולם\n4,🙂🙃\n5,e\u{301}te\u{301}\n6,été\n");
    let mut project = project(folder.path(), &[("People", &text)]);
    let compare = |comparison| Condition { comparison, ..Condition::exact("Name") };
    project.unification[0].deduplication_rules = vec![
        deduplicate("edit", vec![compare(Comparison::EditDistance { precision: 90 })]),
        deduplicate("swap", vec![compare(Comparison::DamerauLevenshtein { precision: 90 })]),
        deduplicate("sound", vec![compare(Comparison::DoubleMetaphone)]),
    ];
    let run = run(folder.path(), &project);
    for (a, b) in [(1, 2), (1, 3), (3, 4), (4, 5), (5, 6)] {
        let told = pair(&run, key("people", a), key("people", b));
        let text = pair_text(&told);
        assert!(text.len() < 10_000, "{}", text.len());
        assert_eq!(told.verdict == Verdict::Apart, told.path.is_empty(), "{text}");
        assert_eq!(text.contains("too long"), (a, b) == (1, 3), "{text}");
    }
}
