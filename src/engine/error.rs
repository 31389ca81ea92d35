//! Why a run ended without an answer.

use std::path::PathBuf;

use thiserror::Error;

use super::ingest::IngestError;
use crate::project::validate::Problem;
use crate::task::Cancelled;

#[derive(Debug, Error)]
pub enum EngineError {
    #[error("cancelled; the last results are as they were")]
    Cancelled,
    #[error("{table}: {source}")]
    Ingest { table: String, source: IngestError },
    /// The project, or a file it names, has errors that stop the run.
    #[error("{}", list(.0))]
    Invalid(Vec<Problem>),
    #[error(
        "The rule \"{rule}\" links more than {} million pairs of values: it would fuse nearly everything. Ask for a \
         higher precision, or add an exact condition.",
        crate::engine::identity::linking::MOST_LINKS / 1_000_000
    )]
    TooManyLinks { rule: String },
    #[error("{path} cannot be written: {reason}. Choose another place, or free it; what was there before is intact.")]
    Output { path: PathBuf, reason: String },
    #[error("the results at {path} cannot be read: {reason}. Run the project again.")]
    Results { path: PathBuf, reason: String },
    #[error(
        "the ids kept at {path} were written by a newer Tributary (version {version}, this program knows {}). Install \
         the newer program, or move that folder away; the ids then come from the last results.",
        crate::engine::state::identity::VERSION
    )]
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
