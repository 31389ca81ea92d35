//! `tributary evaluate` and `tributary compare`.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tributary::project::{Answer, RecordKey, edit};

use super::harness::Folder;

const COFFEE: &str = "coffee.tributary";

fn febrl(rules: &str) -> Folder {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/febrl");
    let folder = Folder::new();
    for name in ["febrl3.csv".to_owned(), format!("febrl3_{rules}.tributary")] {
        folder.write(&name, fs::read(data.join(&name)).unwrap());
    }
    folder
}

#[test]
fn the_program_prints_how_good_its_customers_are() {
    let folder = febrl("exact");
    let arguments = ["evaluate", "febrl3_exact.tributary", "--truth", "People.true_id"];
    let outcome = folder.tributary(&arguments).expect_code(0);
    let expected = "\
Pairs:    precision 1.00000  recall 0.97063  F1 0.98510
B-cubed:  precision 1.00000  recall 0.98317  F1 0.99151
5000 records, 2057 customers, 2000 people; pairs: 6346 found, 6346 of them right, 6538 true
0 false positives, 192 false negatives
";
    assert_eq!(outcome.stdout, expected);

    let folder = febrl("fuzzy");
    let arguments =
        ["evaluate", "febrl3_fuzzy.tributary", "--truth", "People.true_id", "--wrong", "2", "--format", "json"];
    let answer: Value = serde_json::from_str(&folder.tributary(&arguments).expect_code(0).stdout).unwrap();
    assert!(answer["clusters"]["f1"].as_f64().unwrap() >= 0.995, "{answer}");
    assert!(answer["clusters"]["precision"].as_f64().unwrap() >= 0.998, "{answer}");
    assert_eq!(answer["false_negatives"], 3);
    assert_eq!(answer["wrong"].as_array().unwrap().len(), 2);
    assert_eq!(answer["wrong"][0][0], "false negative");
}

#[test]
fn without_a_truth_the_program_says_how_to_give_one() {
    let folder = Folder::sample("coffee");
    folder.tributary(&["evaluate", COFFEE]).expect_code(2).expect_stderr("say what is true: --truth TABLE.COLUMN");
    for (truth, message) in [
        ("Loyalty", "write TABLE.COLUMN"),
        ("Cards.Id", "there is no source table Cards"),
        ("Loyalty.Id", "Loyalty has no column Id"),
    ] {
        folder.tributary(&["evaluate", COFFEE, "--truth", truth]).expect_code(2).expect_stderr(message);
    }
}

#[test]
fn labelled_pairs_are_a_truth() {
    let folder = Folder::sample("coffee");
    let (store, loyalty, web) =
        (RecordKey::new("store", "S1"), RecordKey::new("loyalty", "707"), RecordKey::new("web", "Unknown1"));
    folder.edit(COFFEE, |project| {
        edit::pairs::label(project, store.clone(), loyalty.clone(), Answer::Same);
        edit::pairs::label(project, web.clone(), loyalty.clone(), Answer::Same);
        edit::pairs::label(project, web.clone(), store.clone(), Answer::Unsure);
    });
    let outcome = folder.tributary(&["evaluate", COFFEE]).expect_code(0);
    let expected = "\
Labelled: precision 1.00000  recall 0.50000  F1 0.66667
1 rightly joined, 0 wrongly joined, 1 wrongly apart, 0 rightly apart
";
    assert_eq!(outcome.stdout, expected);
}

#[test]
fn two_runs_are_compared_by_their_keys() {
    let folder = Folder::sample("coffee");
    folder.tributary(&["run", COFFEE, "--out", "before"]).expect_code(0);
    folder.append("web.csv", "5,07-24-2022 09:00:00,Unknown1,707,Loyalty sign-in\n");
    folder.tributary(&["run", COFFEE]).expect_code(0);
    let outcome = folder.tributary(&["compare", "before", COFFEE]).expect_code(0);
    let lines: Vec<&str> = outcome.stdout.lines().collect();
    assert_eq!(lines[0], "5 customers before, 4 now");
    assert_eq!(lines[1], "3 the same, 3 of them with the same keys");
    assert_eq!(lines[2], "1 merged, 0 split, 0 split and merged, 0 new, 0 gone");
    assert!(lines[4].starts_with("merged: ") && lines[4].ends_with("4 keys, Loyalty:707"), "{}", lines[4]);
    let outcome = folder.tributary(&["compare", "before", "before", "--format", "json"]).expect_code(0);
    let answer: Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!((&answer["summary"]["unchanged"], &answer["changed"]), (&5.into(), &Value::Array(Vec::new())));
    folder.tributary(&["compare", "nowhere", COFFEE]).expect_code(1).expect_stderr("holds no results");
}
