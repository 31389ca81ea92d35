//! What a run that is published takes again after an edit, its tables loaded, and after new events, against the first.
//!
//! `TRIBUTARY_BENCH_CUSTOMERS` is the population, 20,000 customers if not set: `cargo bench --bench rerun`.

#![expect(clippy::panic, clippy::print_stdout, reason = "a bench fails by panicking and prints what it measured")]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tributary::engine::activate::reuse::Written;
use tributary::engine::pipeline::Columns;
use tributary::engine::report::StageReport;
use tributary::engine::stage::{Stage, StageCache};
use tributary::engine::state::StateFolder;
use tributary::engine::state::history::{self, RunBy};
use tributary::engine::state::identity::Remembered;
use tributary::engine::state::publish::{self, Around, Destination, Order};
use tributary::project::source::semantic;
use tributary::project::{MergePolicy, Project, UnifiedField, edit, file, unify};
use tributary::sample::{Population, population};
use tributary::task::Task;

const CUSTOMERS: &str = "TRIBUTARY_BENCH_CUSTOMERS";

fn main() {
    let customers = std::env::var(CUSTOMERS).ok().and_then(|number| number.parse().ok()).unwrap_or(20_000);
    let dir = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    let path = population::write(&Population { customers, seed: 7 }, dir.path(), &Task::default())
        .unwrap_or_else(|error| panic!("the population cannot be written: {error}"));
    let mut project = file::load(&path).unwrap_or_else(|error| panic!("{error}"));
    // Files just written are hashed, settled ones are not: the first rerun would read them again.
    std::thread::sleep(Duration::from_secs(3));
    let memory = (StageCache::default(), Written::default(), Remembered::default());
    let first = run("first run", &project, &path, &memory, None);

    // One that makes nobody known: an edit of such a one is an edit of the known list.
    let identifies = |field: &UnifiedField| {
        let meaning = unify::semantic_type(&project, field);
        meaning.is_some_and(|meaning| project.known_identifiers.iter().any(|known| known == meaning))
    };
    let mut fields = unify::unified_fields(&project).into_iter();
    let field = fields.find(|field| field.members.len() > 1 && !identifies(field));
    let field = field.unwrap_or_else(|| panic!("the population has no combined field"));
    edit::groups::set_policy(&mut project, &field.id, MergePolicy::Longest);
    run(&format!("{} by another policy", field.name), &project, &path, &memory, Some(first));
    edit::set_excluded(&mut project, &field.id, true);
    run("that field left out", &project, &path, &memory, Some(first));
    project.known_identifiers = vec![semantic::EMAIL.to_owned()];
    run("another known list", &project, &path, &memory, Some(first));
    run("nothing changed", &project, &path, &memory, Some(first));
    let events = dir.path().join("web_events.csv");
    let text = fs::read_to_string(&events).unwrap_or_else(|error| panic!("{error}"));
    let last = text.lines().last().unwrap_or_default();
    let mut file = fs::OpenOptions::new().append(true).open(&events).unwrap_or_else(|error| panic!("{error}"));
    writeln!(file, "{last}").unwrap_or_else(|error| panic!("{error}"));
    drop(file);
    run("after a new event", &project, &path, &memory, Some(first));
}

/// Publishes a run and prints what it took; returns the seconds.
fn run(
    what: &str,
    project: &Project,
    path: &Path,
    memory: &(StageCache, Written, Remembered),
    first: Option<f64>,
) -> f64 {
    let state = StateFolder::of(path, &path.with_extension("cache"));
    let order = Order {
        project: Arc::new(project.clone()),
        path: path.to_owned(),
        output: Some(Destination::beside(&state)),
        state,
        until: Stage::Segments,
        columns: Columns::All,
        as_of: "2026-07-01T00:00:00Z".to_owned(),
        by: RunBy::Window,
        asks: publish::Asks::Never,
    };
    let start = Instant::now();
    let (task, mut tell) = (Task::default(), |text| println!("{text}"));
    let mut around = Around { cache: &memory.0, written: &memory.1, ids: &memory.2, task: &task, tell: &mut tell };
    publish::run(&order, &mut around).unwrap_or_else(|error| panic!("{error}"));
    let seconds = start.elapsed().as_secs_f64();
    let share = first.map(|first| format!(", {:.2} of the first", seconds / first)).unwrap_or_default();
    println!("{what}: {seconds:.2} s{share}");
    for stage in last_stages(&order).iter().filter(|stage| stage.elapsed_ms >= 100) {
        println!("    {} {} ms{}", stage.stage, stage.elapsed_ms, if stage.reused { ", reused" } else { "" });
    }
    seconds
}

/// The stages of the last run in the history.
fn last_stages(order: &Order) -> Vec<StageReport> {
    history::read(&order.state, &order.project).pop().map(|record| record.stages).unwrap_or_default()
}
