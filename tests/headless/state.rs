//! What is kept between runs: the ids, the results, the history, and what happens where they are not as they were left.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::Value;
use tributary::engine::activate::results::{self, Output};
use tributary::engine::activate::reuse::Written;
use tributary::engine::customer::id_map::IdMap;
use tributary::engine::error::EngineError;
use tributary::engine::pipeline::Columns;
use tributary::engine::stage::{Stage, StageCache};
use tributary::engine::state::StateFolder;
use tributary::engine::state::history::RunBy;
use tributary::engine::state::publish::{self, Around, Destination, Order};
use tributary::project::{ExportFormat, Project, unify};
use tributary::task::Task;

use super::harness::{AS_OF, Folder, tree};

const COFFEE: &str = "coffee.tributary";
const IDENTITY: &str = "coffee.state/identity/identity.json";
/// Unknown1 signs in as Ana (semantics cases 11 and 12).
const SIGN_IN: &str = "5,07-24-2022 09:00:00,Unknown1,707,Loyalty sign-in\n";

fn coffee() -> Folder {
    Folder::sample("coffee")
}

/// The runs in the history.
fn history(folder: &Folder, state: &str) -> Vec<Value> {
    let text = folder.read(&format!("{state}/runs.jsonl"));
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn identity(folder: &Folder) -> Value {
    serde_json::from_str(&folder.read(IDENTITY)).unwrap()
}

fn id(folder: &Folder, key: &str) -> String {
    folder.lookup(COFFEE, key).0["CustomerId"].as_str().unwrap_or_default().to_owned()
}

/// Everything in the state folder but what changes with every run.
fn kept_results(folder: &Folder) -> Vec<(String, Vec<u8>)> {
    tree(&folder.path("coffee.state/results")).into_iter().filter(|(name, _)| name != "report.json").collect()
}

#[test]
fn a_run_keeps_results_ids_and_a_line() {
    let folder = coffee();
    folder.tributary(&["run", COFFEE, "--as-of", AS_OF]).expect_code(0);
    let mut names: Vec<String> = fs::read_dir(folder.path("coffee.state"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["identity", "lock", "results", "runs.jsonl"]);
    assert_eq!(identity(&folder)["project"], folder.project(COFFEE).id.as_str());
    let runs = history(&folder, "coffee.state");
    let run = &runs[0];
    assert_eq!((run["number"].as_u64(), run["outcome"].as_str()), (Some(1), Some("done")));
    assert_eq!((run["by"].as_str(), run["until"].as_str()), (Some("command_line"), Some("segments")));
    assert_eq!((run["as_of"].as_str(), run["changes"].is_null()), (Some(AS_OF), true));
    assert_eq!(
        (run["customers"].as_u64(), run["known"].as_u64(), run["unknown"].as_u64()),
        (Some(5), Some(3), Some(2))
    );
    assert!(run["stages"].as_array().unwrap().iter().any(|stage| stage["stage"] == "Match"));
    assert_eq!(run["segments"].as_array().unwrap().len(), folder.project(COFFEE).segments.len());
}

/// Needs ids that are really kept.
#[test]
fn a_rerun_says_what_changed() {
    let folder = coffee();
    let first = folder.tributary(&["run", COFFEE]).expect_code(0);
    assert!(!first.stdout.contains("Since the last run"), "{}", first.stdout);
    let ana = id(&folder, "Loyalty:707");
    let unknown = id(&folder, "Web:Unknown1");
    folder.append("web.csv", SIGN_IN);
    let second = folder.tributary(&["run", COFFEE]).expect_code(0);
    second.expect_stdout("Since the last run: 1 merged, 0 split, 0 gone, 0 new");
    assert_eq!((id(&folder, "Web:Unknown1"), id(&folder, &format!("CustomerId:{unknown}"))), (ana.clone(), ana));
    let runs = history(&folder, "coffee.state");
    assert_eq!((runs.len(), runs[1]["changes"]["merged"].as_u64()), (2, Some(1)));
}

/// Needs ids that are really kept.
#[test]
fn runs_with_out_renew_the_ids_too() {
    let folder = coffee();
    folder.tributary(&["run", COFFEE]).expect_code(0);
    let unknown = id(&folder, "Web:Unknown1");
    folder.append("web.csv", SIGN_IN);
    let outcome = folder.tributary(&["run", COFFEE, "--out", "out", "--write", "customers"]).expect_code(0);
    outcome.expect_stdout("1 merged");
    // The results beside the project are those of before, and known to be stale.
    assert_eq!(id(&folder, &format!("CustomerId:{unknown}")), id(&folder, "Loyalty:707"));
    let runs = history(&folder, "coffee.state");
    let counts: Vec<u64> = runs.iter().map(|run| run["changes"]["merged"].as_u64().unwrap_or(99)).collect();
    assert_eq!(counts, [99, 1], "a lookup is no run of the history");
}

#[test]
fn a_dry_run_writes_nothing() {
    let folder = coffee();
    let before = tree(folder.root());
    let outcome = folder.tributary(&["run", COFFEE, "--dry-run"]).expect_code(0).expect_stdout("5 customers");
    outcome.expect_stdout("Nothing was written");
    assert!(tree(folder.root()) == before);
    folder.tributary(&["run", COFFEE]).expect_code(0);
    folder.append("web.csv", SIGN_IN);
    let before = tree(folder.root());
    folder.tributary(&["run", COFFEE, "--dry-run"]).expect_code(0).expect_stdout("4 customers");
    assert!(tree(folder.root()) == before);
}

/// Needs ids that are really kept.
#[test]
fn a_dry_run_says_what_would_change() {
    let folder = coffee();
    folder.tributary(&["run", COFFEE]).expect_code(0);
    folder.append("web.csv", SIGN_IN);
    folder.tributary(&["run", COFFEE, "--dry-run"]).expect_code(0).expect_stdout("Since the last run: 1 merged");
}

/// Needs ids that are really kept.
#[test]
fn lost_ids_are_taken_from_the_last_results() {
    for damage in ["gone", "about", "keys", "stamp"] {
        let folder = coffee();
        folder.tributary(&["run", COFFEE]).expect_code(0);
        let unknown = id(&folder, "Web:Unknown1");
        let expected = match damage {
            "gone" => {
                fs::remove_dir_all(folder.path("coffee.state/identity")).unwrap();
                "the ids kept for earlier runs are gone; they are taken from the last results"
            }
            "about" => {
                folder.write(IDENTITY, "{\"version\": 1,");
                "The ids are taken from the last results."
            }
            "keys" => {
                folder.write("coffee.state/identity/keys.parquet", "PAR1 but not for long");
                "keys.parquet is not what was written"
            }
            _ => {
                let text = folder.read(IDENTITY).replace(identity(&folder)["stamp"].as_str().unwrap(), "another");
                folder.write(IDENTITY, text);
                "identity.json is not what was written"
            }
        };
        folder.append("web.csv", SIGN_IN);
        let before = tree(folder.root());
        let dry = folder.tributary(&["run", COFFEE, "--dry-run"]).expect_code(0).expect_stderr(expected);
        assert_eq!(dry.stderr.contains("would be set aside as identity.damaged"), damage != "gone");
        assert!(tree(folder.root()) == before);
        let outcome = folder.tributary(&["run", COFFEE]).expect_code(0).expect_stderr(expected);
        outcome.expect_stdout("1 merged");
        assert_eq!(id(&folder, &format!("CustomerId:{unknown}")), id(&folder, "Loyalty:707"));
        assert_eq!(folder.path("coffee.state/identity.damaged").exists(), damage != "gone");
        // It is told once.
        assert_eq!(folder.tributary(&["run", COFFEE]).expect_code(0).stderr, "");
    }
}

#[test]
fn damaged_ids_are_moved_aside_and_told() {
    let folder = coffee();
    folder.tributary(&["run", COFFEE]).expect_code(0);
    for number in 1..3 {
        folder.write(IDENTITY, "{");
        let outcome = folder.tributary(&["run", COFFEE]).expect_code(0);
        outcome.expect_stderr("the ids kept for earlier runs are damaged").expect_stderr("identity.damaged");
        let place = if number == 1 { "identity.damaged".to_owned() } else { format!("identity.damaged-{number}") };
        assert_eq!(folder.read(&format!("coffee.state/{place}/identity.json")), "{");
    }
}

#[test]
fn ids_of_a_newer_program_refuse_the_run() {
    let folder = coffee();
    folder.tributary(&["run", COFFEE]).expect_code(0);
    let newer = folder.read(IDENTITY).replace("\"version\": 1", "\"version\": 2");
    folder.write(IDENTITY, &newer);
    let kept = kept_results(&folder);
    let outcome = folder.tributary(&["run", COFFEE]).expect_code(1).expect_stderr("written by a newer Tributary");
    outcome.expect_stderr("or move that folder away; the ids then come from the last results.");
    assert!(folder.read(IDENTITY) == newer && kept_results(&folder) == kept);
    assert_eq!(history(&folder, "coffee.state")[1]["outcome"], "failed");
}

#[test]
fn ids_of_another_project_are_moved_aside() {
    let folder = coffee();
    folder.edit(COFFEE, |project| project.id = Project::new_project_id());
    folder.tributary(&["run", COFFEE]).expect_code(0);
    let first = folder.project(COFFEE).id;
    folder.edit(COFFEE, |project| project.id = Project::new_project_id());
    let second = folder.project(COFFEE).id;
    // Its results are not shown as this one's: a lookup answers from a run of its own.
    let before = tree(folder.root());
    let (answer, told) = folder.lookup(COFFEE, "Loyalty:707");
    assert!(answer["CustomerId"].is_string(), "{answer}");
    assert!(told.contains("there are no results of this project"), "{told}");
    let set_aside =
        |will: &str| format!("holds the ids of another project, which {will} be set aside as identity.of-{first}");
    assert!(told.contains(&set_aside("would")), "{told}");
    assert!(tree(folder.root()) == before);
    folder.tributary(&["run", COFFEE]).expect_code(0).expect_stderr(&set_aside("will"));
    assert!(folder.path(&format!("coffee.state/identity.of-{first}")).exists());
    assert_eq!(identity(&folder)["project"], second.as_str());
    let runs = history(&folder, "coffee.state");
    let of: Vec<&str> = runs.iter().map(|run| run["project"].as_str().unwrap()).collect();
    assert_eq!(of, [first.as_str(), second.as_str()]);
    // The first one comes back to its own.
    folder.edit(COFFEE, |project| project.id.clone_from(&first));
    let outcome = folder.tributary(&["run", COFFEE]).expect_code(0);
    outcome.expect_stderr("the ids of this project, which had made room for another project's, are continued");
    assert!(!folder.path(&format!("coffee.state/identity.of-{first}")).exists());
    assert_eq!(identity(&folder)["project"], first.as_str());
    assert!(folder.path(&format!("coffee.state/identity.of-{second}")).exists());
}

#[test]
fn a_project_without_an_id_is_the_one_that_was_there() {
    let folder = coffee();
    folder.edit(COFFEE, |project| project.id.clear());
    folder.tributary(&["run", COFFEE]).expect_code(0);
    assert_eq!(identity(&folder)["project"], "");
    folder.edit(COFFEE, |project| project.id = "given".to_owned());
    assert_eq!(folder.tributary(&["run", COFFEE]).expect_code(0).stderr, "");
    assert_eq!(identity(&folder)["project"], "given");
    folder.edit(COFFEE, |project| project.id.clear());
    let outcome = folder.tributary(&["run", COFFEE]).expect_code(0);
    outcome.expect_stderr("this project has no id, and the ids at").expect_stderr("are those of project given");
}

#[test]
fn two_projects_in_one_folder_keep_apart() {
    let folder = coffee();
    let mut other = folder.project(COFFEE);
    other.id = Project::new_project_id();
    folder.save("tea.tributary", &other);
    folder.tributary(&["run", COFFEE]).expect_code(0);
    folder.tributary(&["run", "tea.tributary"]).expect_code(0);
    assert_eq!((history(&folder, "coffee.state").len(), history(&folder, "tea.state").len()), (1, 1));
}

#[test]
fn results_of_an_older_program_are_made_again() {
    let folder = coffee();
    folder.tributary(&["run", COFFEE]).expect_code(0);
    let earlier = id(&folder, "Loyalty:707");
    folder.write("coffee.state/results/.tributary-run", "0123456789abcdef");
    assert_eq!(id(&folder, "Loyalty:707"), earlier);
    folder.tributary(&["run", COFFEE]).expect_code(0);
    assert!(folder.read("coffee.state/results/.tributary-run").starts_with('{'));
    // They may be replaced by `--out` as well.
    folder.tributary(&["run", COFFEE, "--out", "out"]).expect_code(0);
    folder.write("out/.tributary-run", "0123456789abcdef");
    folder.tributary(&["run", COFFEE, "--out", "out"]).expect_code(0);
}

/// What a run that was killed had put in its place by then.
#[test]
fn a_killed_run_says_what_it_left() {
    let folder = coffee();
    folder.tributary(&["run", COFFEE]).expect_code(0);
    let old = tree(&folder.path("coffee.state/results"));
    folder.append("web.csv", SIGN_IN);
    folder.tributary(&["run", COFFEE]).expect_code(0);
    let key: Value = serde_json::from_str(&folder.read("coffee.state/results/.tributary-run")).unwrap();
    let about = identity(&folder);
    let mark = |runs: u64| {
        let writes = serde_json::json!({"stamp": about["stamp"], "runs": runs, "fingerprint": key["fingerprint"],
            "results": folder.path("coffee.state/results")});
        serde_json::json!({"number": 3, "started": "2026-07-01T12:00:00Z", "by": "window", "until": "segments",
            "writes": writes})
    };
    let told = |runs: u64, expected: &str| {
        folder.write("coffee.state/running", mark(runs).to_string());
        folder.tributary(&["run", COFFEE, "--out", "out"]).expect_code(0).expect_stderr(expected);
        let identity: Value = serde_json::from_str(&folder.read(IDENTITY)).unwrap();
        identity["runs"].as_u64().unwrap()
    };
    let runs = told(2, "what it came to was published before");
    told(runs + 7, "the last results are as they were");
    for (name, bytes) in &old {
        folder.write(&format!("coffee.state/results/{name}"), bytes);
    }
    let runs = identity(&folder)["runs"].as_u64().unwrap();
    told(runs, "it renewed the ids, and the last results are those of before");
}

/// Ids are not renewed by a run whose results cannot take their place, nor are results without ids.
#[test]
fn results_stay_where_the_ids_cannot_be_written() {
    let folder = coffee();
    let project = folder.project(COFFEE);
    let run = folder.run_in_process(&project);
    let (ids, names, dir) = (IdMap::default(), results::NAMES.map(str::to_owned), folder.path("out"));
    let output = Output { run: &run, ids: &ids, names: &names, format: ExportFormat::Csv };
    let write = |ready: Result<(), EngineError>| {
        results::write(&output, &dir, &Written::default(), &Task::default(), || {
            assert!(!dir.exists(), "the old results are out of the way first");
            ready
        })
    };
    write(Ok(())).unwrap();
    let before = tree(&dir);
    assert!(matches!(write(Err(EngineError::Cancelled)), Err(EngineError::Cancelled)));
    assert!(tree(&dir) == before && !before.is_empty());
    assert!(!folder.entries().iter().any(|entry| entry.starts_with('.')), "{:?}", folder.entries());
}

#[test]
fn failed_runs_stand_in_the_history() {
    let folder = coffee();
    folder.tributary(&["run", COFFEE]).expect_code(0);
    let kept = kept_results(&folder);
    // A file in the way of the results.
    fs::rename(folder.path("coffee.state/results"), folder.path("kept")).unwrap();
    folder.write("coffee.state/results", "in the way");
    folder.tributary(&["run", COFFEE]).expect_code(1).expect_stderr("it is a file, not a folder");
    fs::remove_file(folder.path("coffee.state/results")).unwrap();
    fs::rename(folder.path("kept"), folder.path("coffee.state/results")).unwrap();
    // A table that cannot be read once the run has begun.
    folder.write("web.csv", "");
    folder.tributary(&["run", COFFEE]).expect_code(1);
    assert!(kept_results(&folder) == kept);
    // A run that is refused before it begins.
    fs::remove_file(folder.path("web.csv")).unwrap();
    folder.tributary(&["run", COFFEE]).expect_code(1).expect_stderr("There is no file at this path");
    let runs = history(&folder, "coffee.state");
    assert!(runs.last().unwrap()["message"].as_str().unwrap().contains("There is no file at this path"));
    folder.tributary(&["run", COFFEE, "--dry-run"]).expect_code(1);
    assert_eq!(history(&folder, "coffee.state").len(), runs.len(), "a dry run leaves no line");
    let outcomes: Vec<String> = history(&folder, "coffee.state").iter().map(|run| run["outcome"].to_string()).collect();
    assert_eq!(outcomes[0], "\"done\"");
    assert!(outcomes[1..].iter().all(|outcome| outcome == "\"failed\""), "{outcomes:?}");
}

/// `NAME.state` cannot be made: a file is in its way.
#[test]
fn where_nothing_can_be_written_the_cache_serves() {
    let folder = coffee();
    folder.write("coffee.state", "in the way");
    let outcome = folder.tributary(&["run", COFFEE]).expect_code(0).expect_stderr("coffee.state cannot be written");
    outcome.expect_stdout("home/cache/state/");
    assert!(id(&folder, "Loyalty:707").len() == 32);
    assert_eq!(folder.read("coffee.state"), "in the way");
    let states: Vec<_> = fs::read_dir(folder.path("home/cache/state")).unwrap().collect();
    assert_eq!(states.len(), 1);
    // By another path it is the same project.
    folder.tributary(&["run", folder.path(COFFEE).to_str().unwrap()]).expect_code(0);
    assert_eq!(fs::read_dir(folder.path("home/cache/state")).unwrap().count(), 1);
    assert_eq!(history(&folder, states[0].as_ref().unwrap().path().to_str().unwrap()).len(), 2);
}

/// A project whose run takes a while.
fn population(customers: &str) -> Folder {
    let folder = Folder::new();
    folder.tributary(&["sample", "--customers", customers, "--out", "."]).expect_code(0);
    folder
}

const POPULATION: &str = "population.tributary";

fn start(folder: &Folder, arguments: &[&str]) -> Child {
    folder.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

#[track_caller]
fn wait_for(path: &Path) {
    let start = Instant::now();
    while !path.exists() {
        assert!(start.elapsed() < Duration::from_secs(60), "{} does not come", path.display());
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn a_second_run_waits_for_the_first() {
    let folder = population("4000");
    let mut first = start(&folder, &["run", POPULATION]);
    wait_for(&folder.path("population.state/running"));
    let second = folder.tributary(&["run", POPULATION, "--progress", "json"]).expect_code(0);
    second.expect_stderr("Waiting for another run of this project");
    assert!(first.wait().unwrap().success());
    let runs = history(&folder, "population.state");
    let numbers: Vec<_> =
        runs.iter().map(|run| (run["number"].as_u64().unwrap(), run["outcome"].as_str().unwrap())).collect();
    assert_eq!(numbers, [(1, "done"), (2, "done")]);
    assert!(!folder.path("population.state/running").exists());
}

#[cfg(unix)]
#[test]
fn a_run_that_was_killed_leaves_the_last_good_state() {
    let folder = population("4000");
    folder.tributary(&["run", POPULATION]).expect_code(0);
    let state = || {
        let mut files = tree(&folder.path("population.state"));
        files.remove("running");
        files
    };
    let before = state();
    folder.edit(POPULATION, |project| project.known_identifiers.clear());
    let mut killed = start(&folder, &["run", POPULATION]);
    wait_for(&folder.path("population.state/running"));
    killed.kill().unwrap();
    killed.wait().unwrap();
    assert!(folder.path("population.state/running").exists());
    assert!(state() == before, "nothing but the mark is new");
    let outcome = folder.tributary(&["run", POPULATION]).expect_code(0);
    let outcome = outcome.expect_stderr("warning: a run begun at ").expect_stderr("the last results are as they were");
    assert!(!outcome.stderr.contains("damaged"), "{}", outcome.stderr);
    let runs = history(&folder, "population.state");
    let outcomes: Vec<_> = runs.iter().map(|run| run["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["done", "killed", "done"]);
    let again = folder.tributary(&["run", POPULATION]).expect_code(0);
    assert!(!again.stderr.contains("did not end"), "it is told once: {}", again.stderr);
}

/// Every moment of a swap that a kill can hit.
#[test]
fn half_swapped_folders_are_put_right() {
    let folder = coffee();
    folder.tributary(&["run", COFFEE]).expect_code(0);
    let before = id(&folder, "Loyalty:707");
    let state = |name: &str| folder.path("coffee.state").join(name);
    let mark = r#"{"number":2,"started":"2026-07-01T12:00:00Z","by":"window","until":"segments"}"#;
    // Moved aside, and the new one not yet there.
    fs::rename(state("identity"), state(".identity.old")).unwrap();
    fs::rename(state("results"), state(".results.old")).unwrap();
    fs::create_dir(state(".tributary-x1")).unwrap();
    fs::write(state("running"), mark).unwrap();
    assert_eq!(id(&folder, "Loyalty:707"), before, "read where they stand");
    assert!(state("running").exists(), "a lookup in fresh results does not run");
    let outcome = folder.tributary(&["run", COFFEE]).expect_code(0);
    outcome.expect_stderr("a run begun at 2026-07-01T12:00:00Z did not end");
    assert!(state("identity").exists() && state("results").exists());
    for gone in [".identity.old", ".results.old", ".tributary-x1", "running"] {
        assert!(!state(gone).exists(), "{gone}");
    }
    // Results swapped, ids not: known to be stale, and made again.
    let key = folder.read("coffee.state/results/.tributary-run");
    let other = key.replace(identity(&folder)["stamp"].as_str().unwrap(), "of the run that was killed");
    folder.write("coffee.state/results/.tributary-run", other);
    if folder.read("coffee.state/results/.tributary-run") != key {
        assert_eq!(id(&folder, "Loyalty:707"), before);
        folder.tributary(&["run", COFFEE]).expect_code(0);
        assert_eq!(folder.read("coffee.state/results/.tributary-run"), key);
    }
}

/// Writes a run as the window does, with what this process wrote last.
fn written(folder: &Folder, project: &Project, cache: &StageCache, written: &Written) -> BTreeMap<String, Vec<u8>> {
    let path = folder.path(COFFEE);
    let state = StateFolder::of(&path, &folder.path("home"));
    let order = Order {
        project: Arc::new(project.clone()),
        path,
        output: Some(Destination::beside(&state)),
        state,
        until: Stage::Segments,
        columns: Columns::All,
        as_of: AS_OF.to_owned(),
        by: RunBy::Window,
        asks: publish::Asks::Never,
    };
    let (task, tell) = (Task::default(), &mut |told: String| panic!("{told}"));
    publish::run(&order, &mut Around { cache, written, ids: &Default::default(), task: &task, tell }).unwrap();
    let mut files = tree(&folder.path("coffee.state/results"));
    files.remove("report.json");
    files
}

/// An edit by its name.
type Edit = (&'static str, fn(&mut Project));

/// Files that are taken over from the results before hold what a run without any would write.
#[test]
fn files_that_are_taken_over_are_those_that_would_be_written() {
    let folder = coffee();
    let edits: [Edit; 8] = [
        ("nothing", |_| ()),
        ("a field's name", |project| {
            let mut fields = unify::unified_fields(project);
            fields[0].name = "Renamed".to_owned();
            project.unified_fields = fields;
        }),
        ("a field less", |project| project.unified_fields[1].excluded = true),
        ("known identifiers", |project| project.known_identifiers.clear()),
        ("a segment's name", |project| project.segments[0].name = "Renamed".to_owned()),
        ("a segment's rule", |project| project.segments[1].rules.truncate(1)),
        ("include all", |project| project.unification_table_mut("web").unwrap().include_all_records = false),
        ("a table's name", |project| project.source_tables[2].name = "Visits".to_owned()),
    ];
    let (cache, last) = (StageCache::default(), Written::default());
    let mut project = folder.project(COFFEE);
    for (what, edit) in edits {
        edit(&mut project);
        let reusing = written(&folder, &project, &cache, &last);
        // Again with what is on the disk, in a process that remembers nothing.
        let anew = written(&folder, &project, &StageCache::default(), &Written::default());
        let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&reusing), names(&anew), "{what}");
        for (name, bytes) in reusing.iter().filter(|(name, _)| !name.starts_with('.')) {
            assert!(*bytes == anew[name], "after {what} {name} is not what would be written");
        }
    }
}

/// After an edit of the unified data view the keyring, the activities and the ledger stay the same files.
#[cfg(unix)]
#[test]
fn an_edit_of_the_unified_data_view_writes_the_customers_only() {
    use std::os::unix::fs::MetadataExt as _;
    let folder = coffee();
    let (cache, last) = (StageCache::default(), Written::default());
    let mut project = folder.project(COFFEE);
    let inodes = |folder: &Folder| {
        let names = ["customers", "alternate_keys", "activities", "ledger/dropped"];
        names.map(|name| fs::metadata(folder.path(&format!("coffee.state/results/{name}.parquet"))).unwrap().ino())
    };
    written(&folder, &project, &cache, &last);
    let before = inodes(&folder);
    let mut fields = unify::unified_fields(&project);
    fields[0].name = "Renamed".to_owned();
    project.unified_fields = fields;
    written(&folder, &project, &cache, &last);
    let after = inodes(&folder);
    assert_eq!(after[1..], before[1..]);
    assert_ne!(after[0], before[0]);
    // A file that somebody changed is written again.
    fs::write(folder.path("coffee.state/results/activities.parquet"), "changed by hand").unwrap();
    written(&folder, &project, &cache, &last);
    assert!(folder.path("coffee.state/results/activities.parquet").metadata().unwrap().len() > 100);
}
