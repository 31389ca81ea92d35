//! The examples come to what they say, and the formulas of the help to what the engine counts.

use std::collections::BTreeMap;

use serde_json::Value;
use tributary::engine::pipeline::Run;
use tributary::help;
use tributary::sample::{self, EXAMPLES};

use super::harness::{Folder, Results};

fn texts(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

fn assert_expected(name: &str, expected: &Value, results: &Results) {
    assert_eq!(results.clusters(), texts(&expected["customers"]), "{name}: customers by their keys");
    let report = results.report();
    for (figure, value) in expected["figures"].as_object().unwrap() {
        assert_eq!(&report[figure], value, "{name}: {figure}");
    }
    for (file, columns) in expected["rows"].as_object().unwrap() {
        let rows = results.rows(file);
        for (column, values) in columns.as_object().unwrap() {
            let mut found = rows.column(column);
            found.sort_unstable();
            assert_eq!(found, texts(values), "{name}: {column} of {file}");
        }
    }
}

#[test]
fn every_example_comes_to_what_it_says() {
    for example in EXAMPLES {
        let folder = Folder::new();
        let written = folder.tributary(&["sample", example.name, "--out", "examples"]).expect_code(0);
        let project = written.stdout.trim_end();
        let results = folder.run(project);
        let expected = folder.read(&format!("examples/{}/expected.json", example.name));
        assert_expected(example.name, &serde_json::from_str(&expected).unwrap(), &results);
    }
}

#[test]
fn examples_are_tiny() {
    for example in EXAMPLES {
        let folder = tempfile::tempdir().unwrap();
        let project = example.write(folder.path()).unwrap();
        let files = std::fs::read_dir(project.parent().unwrap()).unwrap();
        let size: u64 = files.map(|file| file.unwrap().metadata().unwrap().len()).sum();
        assert!(size < 20_000, "{} has {size} bytes", example.name);
    }
}

/// What a run counts, under the names of the figures.
fn values(run: &Run) -> BTreeMap<&'static str, i64> {
    let report = &run.report;
    let sum = |of: fn(&tributary::engine::report::TableReport) -> u64| report.tables.iter().map(of).sum::<u64>();
    let read: u64 = run.sources.iter().map(|source| source.rows_read).sum();
    let corrupt: u64 = run.sources.iter().map(|source| source.corrupt.len() as u64).sum();
    let good: u64 = run.sources.iter().map(|source| source.table.rows as u64).sum();
    let values = [
        ("rows read", read),
        ("corrupt rows", corrupt),
        ("good rows", good),
        ("source records", sum(|table| table.source)),
        ("unique records", sum(|table| table.unique)),
        ("duplicates", sum(|table| table.duplicates)),
        ("joined", sum(|table| table.joined)),
        ("own", sum(|table| table.own)),
        ("dropped", report.dropped_records),
        ("all unique records", report.unique_source_records),
        ("customers before dropping", report.matched_and_non_matched_records),
        ("joined records", report.record_matches),
        ("customers", report.customers),
        ("known", report.known),
        ("unknown", report.unknown),
    ];
    values.into_iter().map(|(name, value)| (name, value as i64)).collect()
}

/// A formula of sums and differences; `None` where it has other words than names of figures.
fn evaluate(formula: &str, values: &BTreeMap<&'static str, i64>) -> Option<i64> {
    let mut result = 0;
    for (place, part) in formula.split(" − ").enumerate() {
        let parts: Option<Vec<i64>> = part.split(" + ").map(|name| values.get(name).copied()).collect();
        let parts = parts?;
        // Of what stands after a minus sign the first is taken away, what follows by plus is added.
        result += if place == 0 { parts.iter().sum() } else { parts.iter().skip(1).sum::<i64>() - parts[0] };
    }
    Some(result)
}

#[test]
fn formulas_agree_with_what_the_engine_counts() {
    let names = EXAMPLES.iter().map(|example| example.name).chain(["coffee"]);
    for name in names {
        let folder = tempfile::tempdir().unwrap();
        let path = sample::find(name).unwrap().write(folder.path()).unwrap();
        let project = tributary::project::file::load(&path).unwrap();
        let run = super::harness::run_project(&project, path.parent().unwrap(), &Default::default());
        let values = values(&run);
        let mut judged = Vec::new();
        for topic in help::all() {
            let title = topic.title.to_lowercase();
            let formula = topic.formula.and_then(|formula| evaluate(formula, &values));
            if let (Some(counted), Some(said)) = (values.get(title.as_str()), formula) {
                assert_eq!(*counted, said, "{name}: {} = {:?}", topic.title, topic.formula);
                judged.push(topic.id);
            }
        }
        assert!(judged.len() >= 12, "only {judged:?} could be judged");
    }
}
