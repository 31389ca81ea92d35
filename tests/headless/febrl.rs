//! The FEBRL sets: made-up people whose records are known to be one or not. The figures were worked out without the
//! program (`tests/data/febrl/SOURCES.md`).

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tributary::engine::identity::evaluate::{self, NONE, Quality, WrongPairs};
use tributary::project::file;

use super::harness::{Folder, Rows};

/// Runs a project of the test data by the command line and measures its customers against `true_id`.
fn measured(set: &str, rules: &str) -> (Quality, WrongPairs, Vec<String>) {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/febrl");
    let folder = Folder::new();
    let project = format!("{set}_{rules}.tributary");
    for name in [format!("{set}.csv"), project.clone()] {
        folder.write(&name, fs::read(data.join(&name)).unwrap());
    }
    assert_eq!(file::to_json(&folder.project(&project)), folder.read(&project), "{project} is as it would be saved");
    let results = folder.run(&project);
    assert_eq!(results.outcome.stderr, "");

    let mut customers: BTreeMap<String, u32> = BTreeMap::new();
    let mut customer_of: BTreeMap<String, u32> = BTreeMap::new();
    for [id, key] in results.rows("alternate_keys").pick(["CustomerId", "AlternateValue"]) {
        let number = customers.len() as u32;
        customer_of.insert(key, *customers.entry(id).or_insert(number));
    }
    let rows = Rows::parse(&folder.read(&format!("{set}.csv")));
    let keys = rows.column("rec_id");
    let cluster: Vec<u32> = keys.iter().map(|key| customer_of.get(key).copied().unwrap_or(NONE)).collect();
    let truth: Vec<u32> = rows.column("true_id").iter().map(|id| id.parse().unwrap()).collect();
    (evaluate::of_clusters(&cluster, &truth), evaluate::wrong_pairs(&cluster, &truth, 10), keys)
}

/// Pairs by their keys.
fn named(pairs: &[(u32, u32)], keys: &[String]) -> Vec<String> {
    let mut names: Vec<String> =
        pairs.iter().map(|&(a, b)| format!("{} {}", keys[a as usize], keys[b as usize])).collect();
    names.sort_unstable();
    names
}

#[test]
fn five_exact_rules_find_most_people_and_confuse_none() {
    for (set, true_pairs, found, people) in [("febrl1", 500, 485, 515), ("febrl3", 6_538, 6_346, 2_057)] {
        let (quality, wrong, _) = measured(set, "exact");
        assert_eq!(
            (quality.true_pairs, quality.found_pairs, quality.correct_pairs),
            (true_pairs, found, found),
            "{set}"
        );
        assert_eq!((quality.clusters, quality.precision), (people, 1.0), "{set}");
        assert_eq!((wrong.false_positive_count, wrong.false_negative_count), (0, true_pairs - found), "{set}");
    }
}

#[test]
fn ten_fuzzy_rules_find_nearly_all_people() {
    let (quality, _, _) = measured("febrl1", "fuzzy");
    assert_eq!((quality.clusters, quality.found_pairs, quality.correct_pairs), (500, 500, 500));
    let (quality, wrong, keys) = measured("febrl3", "fuzzy");
    assert_eq!((quality.clusters, quality.found_pairs, quality.correct_pairs), (2_002, 6_535, 6_535));
    assert!(quality.f1 >= 0.995 && quality.precision >= 0.998, "{quality:?}");
    // One with names swapped, then the given name and the number replaced; one with names swapped and the birth date,
    // suburb and postcode replaced.
    let missed = ["rec-1970-dup-1 rec-1970-dup-0", "rec-1970-org rec-1970-dup-0", "rec-822-org rec-822-dup-0"];
    assert_eq!(named(&wrong.false_negatives, &keys), missed);
}
