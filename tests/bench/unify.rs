//! How long the headless pipeline takes on a generated population, whole and stage by stage.
//!
//! `TRIBUTARY_BENCH_CUSTOMERS` is its size, 20,000 customers if not set: `cargo bench --bench unify`.

#![expect(clippy::panic, reason = "a bench fails by panicking")]

use std::path::{Path, PathBuf};

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use tributary::engine::activate::results;
use tributary::engine::error::EngineError;
use tributary::engine::pipeline::{self, Columns, Request, Run};
use tributary::engine::stage::{Stage, StageCache};
use tributary::project::{Project, file};
use tributary::sample::{Population, population};
use tributary::task::Task;

const CUSTOMERS: &str = "TRIBUTARY_BENCH_CUSTOMERS";
const SEED: u64 = 7;
const STAGES: [(&str, Stage); 4] =
    [("load", Stage::Load), ("deduplicate", Stage::Deduplicate), ("match", Stage::Match), ("merge", Stage::Merge)];

/// The generated tables, with the project that unifies them.
struct Workload {
    project: Project,
    path: PathBuf,
}

impl Workload {
    fn generate(dir: &Path) -> Self {
        let customers = std::env::var(CUSTOMERS).ok().and_then(|number| number.parse().ok()).unwrap_or(20_000);
        let path = population::write(&Population { customers, seed: SEED }, dir, &Task::default())
            .unwrap_or_else(|error| panic!("the population cannot be written: {error}"));
        let project = file::load(&path).unwrap_or_else(|error| panic!("{error}"));
        Self { project, path }
    }

    fn run(&self, until: Stage, cache: &StageCache) -> Run {
        let base = file::base_folder(&self.path);
        let as_of = "2026-07-01T00:00:00Z".to_owned();
        let request = Request {
            project: &self.project,
            base: &base,
            until,
            columns: Columns::Used,
            as_of,
            ids: Default::default(),
        };
        finished(pipeline::run(&request, cache, &Task::default()))
    }

    /// A cache that holds the stages before this one, and nothing else.
    fn ready_for(&self, stage: Stage) -> StageCache {
        let cache = StageCache::default();
        if let Some(before) = Stage::ALL.into_iter().take_while(|&other| other < stage).last() {
            self.run(before, &cache);
        }
        cache
    }
}

fn finished<T>(outcome: Result<T, EngineError>) -> T {
    outcome.unwrap_or_else(|error| panic!("{error}"))
}

fn unify(criterion: &mut Criterion) {
    let dir = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    let workload = Workload::generate(dir.path());
    let mut group = criterion.benchmark_group("unify");
    group.sample_size(10);
    for (name, stage) in STAGES {
        let prepare = || workload.ready_for(stage);
        group.bench_function(name, |bencher| {
            // The cache comes back, so that dropping it is not measured.
            bencher.iter_batched(prepare, |cache| (workload.run(stage, &cache), cache), BatchSize::PerIteration);
        });
    }
    group.bench_function("load to keyring", |bencher| {
        bencher.iter(|| {
            let run = workload.run(Stage::Merge, &StageCache::default());
            finished(results::key_table(&run, &Task::default()))
        });
    });
    group.finish();
}

criterion_group!(benches, unify);
criterion_main!(benches);
