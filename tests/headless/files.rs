//! The command line: exit codes, the results folder, what is written where, and what stays when a run is stopped.

use std::collections::BTreeMap;
use std::fs;
use std::process::Stdio;

use serde_json::{Value, json};
use tributary::engine::files;
use tributary::engine::ingest;
use tributary::project::{ExportFormat, FileFormat, Project, file};
use tributary::task::Task;

use super::harness::{Folder, Rows, condition, deduplication_rule, tree, without_run};

const COFFEE: &str = "coffee.tributary";

fn coffee() -> Folder {
    Folder::sample("coffee")
}

fn names(files: &BTreeMap<String, Vec<u8>>) -> Vec<&str> {
    files.keys().map(String::as_str).filter(|name| !name.starts_with('.')).collect()
}

#[test]
fn a_run_writes_everything_and_nothing_else() {
    let folder = coffee();
    let before = folder.entries();
    let results = folder.run(COFFEE);
    let written = [
        "activities.csv",
        "alternate_keys.csv",
        "customers.csv",
        "ledger/ambiguous.csv",
        "ledger/corrupt.csv",
        "ledger/dropped.csv",
        "ledger/orphaned.csv",
        "ledger/refused.csv",
        "previous_ids.csv",
        "report.json",
        "segments/No loyalty id_ never checked out.csv",
        "segments/Unknown visitors who viewed a product.csv",
    ];
    assert_eq!(names(&results.files), written);
    let mut after = folder.entries();
    after.retain(|name| !["out", "coffee.state"].contains(&name.as_str()));
    assert_eq!(after, before, "nothing temporary is left beside the results");
    assert_eq!(results.rows("ledger/dropped").header[..4], ["Table", "Row", "Key", "Reason"]);
    assert_eq!(
        results.rows("ledger/ambiguous").header,
        ["Table", "Row", "Key", "Reason", "Rule", "Chosen", "NotChosen"]
    );
}

#[test]
fn the_report_has_its_figures_at_the_top() {
    let report = coffee().run(COFFEE).report();
    let keys: Vec<&String> = report.as_object().unwrap().keys().collect();
    let expected = [
        "unique_source_records",
        "matched_and_non_matched_records",
        "matched_records_only",
        "record_matches",
        "dropped_records",
        "refused_links",
        "customers",
        "known",
        "unknown",
        "tables",
        "rules",
        "deduplication_rules",
        "activities",
        "segments",
        "run",
    ];
    assert_eq!(keys, expected);
    for name in ["source", "unique", "corrupt", "matched", "dropped"] {
        assert!(report["tables"][0][name].is_u64(), "{name}");
    }
    assert!(report["rules"][0]["matches"].is_u64() && report["segments"][0]["members"].is_u64());
    assert_eq!(report["run"]["as_of"], "2023-01-23T00:00:00Z");
    assert!(!cfg!(target_os = "linux") || report["run"]["peak_rss_bytes"].is_u64());
    let stages: Vec<&str> =
        report["run"]["stages"].as_array().unwrap().iter().map(|stage| stage["stage"].as_str().unwrap()).collect();
    assert!(stages.contains(&"Match") && stages.contains(&"Merge"), "{stages:?}");
}

#[test]
fn without_out_the_results_are_parquet_in_the_state_folder() {
    let folder = coffee();
    folder.tributary(&["run", COFFEE, "--format", "csv"]).expect_code(0).expect_stdout("coffee.state/results");
    let customers = files::read_parquet(&folder.path("coffee.state/results/customers.parquet")).unwrap();
    assert_eq!(Rows::of(&customers), folder.run(COFFEE).rows("customers"));
    // From another folder, by an absolute path, the results lie beside the project all the same.
    fs::remove_dir_all(folder.path("coffee.state")).unwrap();
    let elsewhere = Folder::new();
    elsewhere.tributary(&["run", folder.path(COFFEE).to_str().unwrap()]).expect_code(0);
    assert!(folder.path("coffee.state/results/report.json").exists() && elsewhere.entries().is_empty());
}

#[test]
fn parquet_results_hold_what_csv_results_hold() {
    let folder = coffee();
    let csv = folder.run(COFFEE);
    folder.tributary(&["run", COFFEE, "--out", "parquet"]).expect_code(0);
    for name in names(&csv.files).into_iter().filter_map(|name| name.strip_suffix(".csv")) {
        let table = files::read_parquet(&folder.path(&format!("parquet/{name}.parquet"))).unwrap();
        assert_eq!(Rows::of(&table), csv.rows(name), "{name}");
    }
}

#[test]
fn equal_runs_write_equal_bytes() {
    let folder = coffee();
    for format in ["csv", "parquet"] {
        for (out, as_of) in [("one", "2022-08-01"), ("two", "2023-08-01T12:00:00+02:00")] {
            folder.tributary(&["run", COFFEE, "--out", out, "--format", format, "--as-of", as_of]).expect_code(0);
        }
        let (mut one, mut two) = (tree(&folder.path("one")), tree(&folder.path("two")));
        let (report_one, report_two) = (one.remove("report.json").unwrap(), two.remove("report.json").unwrap());
        assert_eq!(without_run(&report_one), without_run(&report_two));
        assert!(one == two, "{format}: {:?}", names(&one));
        let report: Value = serde_json::from_slice(&report_two).unwrap();
        assert_eq!(report["run"]["as_of"], "2023-08-01T10:00:00Z");
    }
}

#[test]
fn out_replaces_an_earlier_result_and_refuses_anything_else() {
    let folder = coffee();
    folder.run(COFFEE);
    folder.write("out/stale.csv", "from before");
    folder.edit(COFFEE, |project| project.segments.clear());
    folder.edit(COFFEE, |project| project.exports.clear());
    let results = folder.run(COFFEE);
    assert!(!names(&results.files).iter().any(|name| name.starts_with("segments/") || *name == "stale.csv"));

    fs::create_dir(folder.path("mine")).unwrap();
    folder.write("mine/thesis.txt", "years of work");
    let outcome = folder.tributary(&["run", COFFEE, "--out", "mine"]).expect_code(1);
    outcome.expect_stderr("the folder holds other things than an earlier result");
    assert_eq!(folder.read("mine/thesis.txt"), "years of work");
    assert_eq!(fs::read_dir(folder.path("mine")).unwrap().count(), 1);
    // The project's own folder is foreign, too.
    folder.tributary(&["run", COFFEE, "--out", "."]).expect_code(1).expect_stderr("the folder holds other things");

    fs::create_dir(folder.path("empty")).unwrap();
    folder.tributary(&["run", COFFEE, "--out", "empty"]).expect_code(0);
    folder.tributary(&["run", COFFEE, "--out", "new/deep/down/"]).expect_code(0);
    assert!(folder.path("empty/report.json").exists() && folder.path("new/deep/down/report.json").exists());
}

#[test]
fn only_the_named_results_are_written() {
    let folder = coffee();
    let whole = folder.run(COFFEE);
    for (write, expected) in [
        ("customers,alternate_keys", &["alternate_keys.csv", "customers.csv", "report.json"][..]),
        ("activities", &["activities.csv", "report.json"]),
        (
            "segments",
            &[
                "report.json",
                "segments/No loyalty id_ never checked out.csv",
                "segments/Unknown visitors who viewed a product.csv",
            ],
        ),
        (
            "ledger",
            &[
                "ledger/ambiguous.csv",
                "ledger/corrupt.csv",
                "ledger/dropped.csv",
                "ledger/orphaned.csv",
                "ledger/refused.csv",
                "report.json",
            ],
        ),
    ] {
        folder.tributary(&["run", COFFEE, "--out", "part", "--write", write, "--format", "csv"]).expect_code(0);
        let part = tree(&folder.path("part"));
        assert_eq!(names(&part), expected);
        for name in expected.iter().filter(|name| **name != "report.json") {
            assert!(part[*name] == whole.files[*name], "{name}");
        }
    }
}

#[test]
fn what_is_not_a_command_is_a_usage_error() {
    let folder = coffee();
    for (arguments, message) in [
        (&["run"][..], "PROJECT"),
        (&["fly", COFFEE], "unexpected argument"),
        (&["run", COFFEE, "--format", "xlsx"], "xlsx"),
        (&["run", COFFEE, "--out", "out", "--write", "clients"], "--write clients: there is no such result"),
        (&["run", COFFEE, "--write", "customers"], "--write needs --out"),
        (&["run", COFFEE, "--as-of", "tomorrow"], "--as-of tomorrow: not a time"),
        (&["lookup", COFFEE, "Unknown1"], "write TABLE:KEY"),
        (&["lookup", COFFEE, ":x"], "write TABLE:KEY"),
        (&["sample", "--out", "x"], "say which sample"),
        (&["sample", "tea", "--out", "x"], "there is no sample tea; choose from coffee, shoes, cdnow"),
        (&["sample", "coffee", "--customers", "5", "--out", "x"], "say which sample"),
        (&["sample", "--customers", "many", "--out", "x"], "many"),
    ] {
        let outcome = folder.tributary(arguments).expect_code(2).expect_stderr(message);
        assert_eq!(outcome.stdout, "");
    }
    assert!(!folder.path("out").exists() && !folder.path("x").exists() && !folder.path("coffee.state").exists());
}

#[test]
fn the_exit_code_tells_errors_from_warnings() {
    let folder = coffee();
    folder.tributary(&["check", COFFEE]).expect_code(0).expect_stdout("0 errors, 0 warnings");
    folder.edit(COFFEE, |project| project.unification[1].match_rules.clear());
    let outcome = folder.tributary(&["check", COFFEE]).expect_code(0);
    outcome.expect_stdout("warning: Matching rules: Store has no active match rule");
    folder.edit(COFFEE, |project| project.unification[1].source_table = "shop".to_owned());
    folder.tributary(&["check", COFFEE]).expect_code(3).expect_stdout("error: Customer data: The unified table shop");
}

#[test]
fn the_schema_describes_project_files() {
    let outcome = Folder::new().tributary(&["schema"]).expect_code(0);
    let schema: Value = serde_json::from_str(&outcome.stdout).unwrap();
    let fields = [
        "version",
        "name",
        "source_tables",
        "unification",
        "unified_fields",
        "known_identifiers",
        "activities",
        "segments",
        "exports",
        "retired_ids",
    ];
    for field in fields {
        assert!(schema["properties"][field].is_object(), "{field}");
    }
    for field in ["primary_key", "deduplication_rules", "match_rules", "include_all_records", "record_to_keep"] {
        assert!(outcome.stdout.contains(&format!("\"{field}\"")), "{field}");
    }
    // Every field of a project that uses everything is in the schema.
    let project: Value = serde_json::from_str(&coffee().read(COFFEE)).unwrap();
    assert!(project.as_object().unwrap().keys().all(|field| schema["properties"][field].is_object()));
}

#[test]
fn a_project_is_saved_and_loaded_as_it_is() {
    for name in ["coffee", "shoes", "cdnow"] {
        let folder = Folder::sample(name);
        let path = folder.path(&format!("{name}.tributary"));
        let project = file::load(&path).unwrap();
        let before = fs::read_to_string(&path).unwrap();
        file::save(&project, &path).unwrap();
        assert_eq!(file::load(&path).unwrap(), project);
        assert_eq!(fs::read_to_string(&path).unwrap(), before, "the sample is written as the program writes it");
        assert!(!folder.entries().iter().any(|entry| entry.ends_with(".bak")));
    }
    let folder = Folder::new();
    let new = Project::new("New");
    folder.save("new.tributary", &new);
    assert_eq!(folder.project("new.tributary"), new);
}

#[test]
fn lookup_answers_by_any_key_and_by_customer_id() {
    let folder = coffee();
    let (ana, _) = folder.lookup(COFFEE, "Web:Auth234");
    let id = ana["CustomerId"].as_str().unwrap().to_owned();
    for key in ["Loyalty:707", "Store:S1", "store:S1", &format!("CustomerId:{id}")] {
        assert_eq!(folder.lookup(COFFEE, key).0, ana, "{key}");
    }
    let customers = folder.run(COFFEE).rows("customers").pick(["CustomerId", "Web_UserID"]);
    assert!(customers.contains(&[id, "Auth234".to_owned()]));
    let none = |key: &str, reason: &str| {
        let (answer, said) = folder.lookup(COFFEE, key);
        assert_eq!(answer, Value::Null);
        assert!(said.contains(reason), "{said}");
    };
    none("Web:Nobody", "no profile has the key Nobody of Web");
    none("Web:auth234", "no profile has the key auth234 of Web");
    none("Kiosk:1", "there is no table Kiosk; the tables are Loyalty, Store, Web");
    none("CustomerId:0123", "there is no customer 0123");
}

#[test]
fn lookup_in_a_table_that_is_not_unified_says_so() {
    let folder = coffee();
    folder.write("kiosk.csv", "Id,Visitor\n1,Unknown1\n");
    folder.edit(COFFEE, |project| project.source_tables.push(folder.source("Kiosk", "kiosk.csv", "Id")));
    let (answer, reason) = folder.lookup(COFFEE, "Kiosk:1");
    assert_eq!(answer, Value::Null);
    assert!(reason.contains("Kiosk is not unified"), "{reason}");
}

#[test]
fn lookup_answers_from_a_run_not_kept_where_results_are_stale() {
    let folder = coffee();
    let not_kept = "answered from a run that was not kept: `tributary run` keeps it";
    let before = tree(folder.root());
    let (answer, told) = folder.lookup(COFFEE, "Web:Unknown1");
    assert_eq!(answer["ProfileState"], "Unknown");
    assert!(told.contains("there are no results of this project") && told.contains(not_kept), "{told}");
    assert!(tree(folder.root()) == before, "a lookup writes nothing");
    folder.tributary(&["run", COFFEE]).expect_code(0);
    assert_eq!(folder.lookup(COFFEE, "Web:Unknown1"), (answer, String::new()));
    // A file changed: Unknown1 signs in.
    folder.append("web.csv", "5,07-24-2022 09:00:00,Unknown1,707,Loyalty sign-in\n");
    let before = tree(folder.root());
    let (answer, told) = folder.lookup(COFFEE, "Web:Unknown1");
    assert_eq!(answer["ProfileState"], "Known");
    assert!(told.contains("the results are stale") && told.contains(not_kept), "{told}");
    assert!(tree(folder.root()) == before, "a lookup writes nothing");
    let state = |key: &str| folder.lookup(COFFEE, key).0["ProfileState"].clone();
    // A decision changed.
    folder.edit(COFFEE, |project| project.unification_table_mut("web").unwrap().include_all_records = false);
    let (answer, reason) = folder.lookup(COFFEE, "Web:Unkonwn5");
    assert_eq!(answer, Value::Null);
    assert!(reason.contains("no profile has the key Unkonwn5 of Web"), "{reason}");
    // The state folder can go at any time.
    fs::remove_dir_all(folder.path("coffee.state")).unwrap();
    assert_eq!(state("Web:Unknown1"), "Known");
    // A file went: stale results are no answer.
    fs::remove_file(folder.path("web.csv")).unwrap();
    folder.tributary(&["lookup", COFFEE, "Web:Unknown1"]).expect_code(1).expect_stderr("There is no file at this path");
}

#[test]
fn damaged_results_are_said_to_be_or_made_again() {
    let folder = coffee();
    folder.tributary(&["run", COFFEE]).expect_code(0);
    fs::remove_file(folder.path("coffee.state/results/customers.parquet")).unwrap();
    let outcome = folder.tributary(&["lookup", COFFEE, "Web:Unknown1"]).expect_code(1);
    outcome.expect_stderr("cannot be read").expect_stderr("Run the project again.");
    folder.write("coffee.state/results/report.json", "{");
    assert_eq!(folder.lookup(COFFEE, "Web:Unknown1").0["ProfileState"], "Unknown");
}

/// Case 36, as far as it goes here: a source's format does not matter.
#[test]
fn csv_and_parquet_sources_give_the_same_result() {
    let folder = coffee();
    let csv = folder.run(COFFEE);
    folder.edit(COFFEE, |project| {
        for table in &mut project.source_tables {
            let source = ingest::read(&folder.path(&table.path), table, &|_| true, &Task::default()).unwrap();
            table.path = format!("{}.parquet", table.id);
            files::write(&source.table, &folder.path(&table.path), ExportFormat::Parquet, &Task::default()).unwrap();
            table.format = FileFormat::Parquet;
            table.columns.iter_mut().for_each(|column| column.date_format = None);
        }
    });
    let parquet = folder.run(COFFEE);
    for name in names(&csv.files).into_iter().filter(|name| *name != "report.json") {
        assert_eq!(parquet.text(name), csv.text(name), "{name}");
    }
    assert_eq!(without_run(parquet.text("report.json").as_bytes()), without_run(csv.text("report.json").as_bytes()));
}

#[test]
fn a_text_files_delimiter_and_encoding_do_not_matter() {
    let folder = coffee();
    folder.append("loyalty.csv", "909,Zoë Müller,zoe@contoso.com\n");
    let expected = folder.run(COFFEE);
    let text = folder.read("loyalty.csv");
    let wide = |to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(to_bytes).collect()
    };
    let narrow: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let encodings = [
        ("tabs", text.replace(',', "\t").into_bytes()),
        ("semicolons", text.replace(',', ";").into_bytes()),
        ("UTF-16 LE", wide(u16::to_le_bytes)),
        ("UTF-16 BE", wide(u16::to_be_bytes)),
        ("Windows-1252", narrow),
        ("CRLF", text.replace('\n', "\r\n").into_bytes()),
    ];
    for (name, content) in encodings {
        folder.write("loyalty.csv", content);
        folder.edit(COFFEE, |project| {
            let source = folder.source("Loyalty", "loyalty.csv", "LoyaltyID");
            project.source_table_mut("loyalty").unwrap().format = source.format;
        });
        assert_eq!(folder.run(COFFEE).text("customers.csv"), expected.text("customers.csv"), "{name}");
    }
}

#[test]
fn progress_is_said_as_asked() {
    let folder = coffee();
    let run = |style: &str| folder.tributary(&["run", COFFEE, "--progress", style]).expect_code(0);
    assert_eq!(run("none").stderr, "");
    assert!(run("json").stderr.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()));
    assert_eq!(folder.tributary(&["run", COFFEE]).expect_code(0).stderr, "", "no terminal, no progress");
}

#[test]
fn without_a_window_the_coffee_sample_runs() {
    let folder = Folder::new();
    if cfg!(feature = "gui") {
        return;
    }
    for _ in 0..2 {
        let outcome = folder.tributary(&[]).expect_code(0).expect_stdout("5 customers: 3 known, 2 unknown");
        outcome.expect_stderr("running the coffee sample without a window");
    }
    assert!(folder.path("home/samples/coffee/coffee.state/results/customers.parquet").exists());
}

#[test]
fn equal_names_but_for_signs_keep_their_own_segment_files() {
    let folder = coffee();
    folder.edit(COFFEE, |project| {
        let mut twin = project.segments[1].clone();
        (twin.id, twin.name) = ("twin".to_owned(), "No loyalty id/ never checked out".to_owned());
        twin.rules.truncate(1);
        project.segments.push(twin);
    });
    let outcome = folder.tributary(&["run", COFFEE, "--out", "out", "--format", "csv"]);
    let outcome = outcome.expect_code(0);
    assert_eq!(outcome.stdout.matches("Segment ").count(), 3);
    let files = tree(&folder.path("out"));
    assert_eq!(names(&files).iter().filter(|name| name.starts_with("segments/")).count(), 3, "{:?}", names(&files));
    assert_eq!(folder.lookup(COFFEE, "Web:Unknown1").0["segments"].as_array().unwrap().len(), 3);
}

#[test]
fn deduplication_statistics_are_those_of_each_rule_alone() {
    let folder = coffee();
    folder.edit(COFFEE, |project| {
        let rules = &mut project.unification_table_mut("web").unwrap().deduplication_rules;
        rules.push(deduplication_rule("Same LoyaltyID", vec![condition("LoyaltyID", &[])]));
        let mut off = deduplication_rule("Same event", vec![condition("EventName", &[])]);
        off.active = false;
        rules.push(off);
    });
    let report = folder.run(COFFEE).report();
    let rules = json!([
        {"table": "Web", "rule": "same_userid", "name": "Same UserID", "duplicates": 1},
        {"table": "Web", "rule": "same_loyaltyid", "name": "Same LoyaltyID", "duplicates": 1},
        {"table": "Web", "rule": "same_event", "name": "Same event", "duplicates": 0},
    ]);
    assert_eq!(report["deduplication_rules"], rules);
}

#[test]
fn a_reader_that_stops_early_is_no_failure() {
    let folder = coffee();
    for arguments in [&["schema"][..], &["check", COFFEE], &["run", COFFEE], &["lookup", COFFEE, "Web:Unknown1"]] {
        let mut child = folder.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(0), ""));
    }
    folder.append("web.csv", "a row that does not fit\n");
    let arguments = ["run", COFFEE, "--progress", "json"];
    let mut child = folder.command(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop((child.stdout.take(), child.stderr.take()));
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[cfg(unix)]
mod interrupted {
    use std::io::{BufRead as _, BufReader};
    use std::process::Command;

    use super::*;
    use crate::headless::harness::Outcome;

    /// Starts a command that says its progress and interrupts it as soon as it has said something.
    fn interrupt(folder: &Folder, arguments: &[&str]) -> Outcome {
        let mut child = folder.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap());
        let mut stderr = String::new();
        said.read_line(&mut stderr).unwrap();
        let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
        assert!(killed.success());
        for line in said.lines() {
            stderr += &(line.unwrap() + "\n");
        }
        let output = child.wait_with_output().unwrap();
        Outcome { code: output.status.code(), stdout: String::from_utf8(output.stdout).unwrap(), stderr }
    }

    #[test]
    fn a_cancelled_run_leaves_nothing_half_written() {
        let folder = Folder::new();
        folder.tributary(&["sample", "--customers", "30000", "--out", "."]).expect_code(0);
        let before = folder.entries();
        let arguments = ["run", "population.tributary", "--out", "out", "--progress", "json"];
        let outcome = interrupt(&folder, &arguments).expect_code(130);
        let outcome = outcome.expect_stderr("cancelled; the last results are as they were");
        assert_eq!(outcome.stdout, "");
        let entries = || {
            let mut entries = folder.entries();
            entries.retain(|name| name != "population.state");
            entries
        };
        assert_eq!(entries(), before);
        // An earlier result stays whole.
        let small = coffee();
        small.tributary(&["run", COFFEE, "--out", folder.path("out").to_str().unwrap()]).expect_code(0);
        let earlier = tree(&folder.path("out"));
        interrupt(&folder, &arguments).expect_code(130);
        assert!(tree(&folder.path("out")) == earlier);
        assert_eq!(entries().len(), before.len() + 1);
    }

    #[test]
    fn a_cancelled_sample_leaves_nothing() {
        let folder = Folder::new();
        let mut child = folder
            .command(&["sample", "--customers", "3000000", "--out", "big"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Samples say their progress on a terminal only; the folder is there once the work has begun.
        while !folder.path("big").exists() {
            assert!(child.try_wait().unwrap().is_none(), "ended before it began");
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
        let status = child.wait().unwrap();
        assert_eq!(status.code(), Some(130));
        assert_eq!(fs::read_dir(folder.path("big")).map_or(0, Iterator::count), 0);
    }
}
