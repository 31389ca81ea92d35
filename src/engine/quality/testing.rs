//! Runs for tests: samples, and the projects in `tests/data`.

use std::path::Path;

use crate::engine::pipeline::{self, Columns, Request, Run};
use crate::engine::stage::{Stage, StageCache};
use crate::project::file;
use crate::sample;
use crate::task::Task;

/// The run of a sample.
pub fn sample(name: &str) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let path = sample::find(name).unwrap().open_copy(folder.path()).unwrap();
    of_file(&path)
}

/// The run of a project file.
pub fn of_file(path: &Path) -> Run {
    let project = file::load(path).unwrap();
    let base = path.parent().unwrap();
    let as_of = "2023-01-23T00:00:00Z".to_owned();
    let request = Request {
        project: &project,
        base,
        until: Stage::Segments,
        columns: Columns::All,
        as_of,
        ids: Default::default(),
    };
    pipeline::run(&request, &StageCache::default(), &Task::default()).unwrap()
}
