//! Why a run ended without an answer.

use std::path::PathBuf;

use thiserror::Error;

use super::ingest::IngestError;
use crate::project::validate::Problem;
use crate::task::Cancelled;

#[derive(Debug, Error)]
pub enum EngineError {
    #[error("{}", tr!("cancelled; the last results are as they were"))]
    Cancelled,
    #[error("{}", tr!("{table}: {source}", table, source))]
    Ingest { table: String, source: IngestError },
    /// The project, or a file it names, has errors that stop the run.
    #[error("{}", list(.0))]
    Invalid(Vec<Problem>),
    #[error("{}", tr!("The rule \"{rule}\" links more than {_000_000} million pairs of values: it would fuse nearly everything. Ask for a \
         higher precision, or add an exact condition.", rule, _000_000 = crate::engine::identity::linking::MOST_LINKS / 1_000_000))]
    TooManyLinks { rule: String },
    #[error("{}", tr!("{path} cannot be written: {reason}. Choose another place, or free it; what was there before is intact.", path = path.display(), reason))]
    Output { path: PathBuf, reason: String },
    #[error("{}", tr!("the results at {path} cannot be read: {reason}. Run the project again.", path = path.display(), reason))]
    Results { path: PathBuf, reason: String },
    #[error("{}", tr!("the ids kept at {path} were written by a newer Tributary (version {version}, this program knows {version_2}). Install \
         the newer program, or move that folder away; the ids then come from the last results.", path = path.display(), version, version_2 = crate::engine::state::identity::VERSION))]
    NewerIds { path: PathBuf, version: u64 },
}

impl From<Cancelled> for EngineError {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}

fn list(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems
        .iter()
        .map(|problem| format!("{}: {} {}", problem.place.page(), problem.message, problem.fix))
        .collect();
    lines.join("\n")
}
