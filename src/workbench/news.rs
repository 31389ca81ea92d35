//! What the jobs send back, and which of it is a failure.

use std::path::PathBuf;

use super::jobs::Verdict;
#[cfg(feature = "gui")]
use super::pictures;
use super::{customers, exports, findings, making, palette, preview, running, tables, view};
use crate::engine::error::EngineError;
use crate::engine::ingest::Detected;

/// What the jobs send back.
pub(super) enum News {
    Live(Box<running::LiveOutcome>),
    Published(Box<running::PublishOutcome>),
    Decided(Box<running::DecidedOutcome>),
    Stored(Box<running::StoredOutcome>),
    Detected(Vec<(PathBuf, Result<Detected, String>)>, tables::DetectionFor),
    View(Box<view::ViewOutcome>),
    Found(Box<findings::Found>),
    Customers(Box<customers::CustomerNews>),
    Palette(Box<palette::PaletteNews>),
    #[cfg(feature = "gui")]
    Picture(Box<pictures::PictureNews>),
    Tried(Box<preview::Tried>),
    Exported(Box<exports::ExportOutcome>),
    Reported(making::ReportOutcome),
    Kept(Result<(), String>),
}

impl Verdict for News {
    fn failure(&self) -> Option<String> {
        match self {
            Self::Live(outcome) => told(outcome.failure()),
            Self::Published(outcome) => told(outcome.failure()),
            Self::Decided(outcome) => told(outcome.failure()),
            Self::Stored(outcome) => told(outcome.failure()),
            Self::Exported(outcome) => told(outcome.failure()),
            Self::Detected(files, _) => {
                let wrong: Vec<&str> =
                    files.iter().filter_map(|(_, found)| found.as_ref().err().map(String::as_str)).collect();
                (!wrong.is_empty()).then(|| wrong.join("\n"))
            }
            Self::Reported(outcome) => outcome.failure(),
            Self::Kept(result) => result.clone().err(),
            _ => None,
        }
    }

    fn is_whole(&self) -> bool {
        match self {
            Self::Live(outcome) => outcome.failure().is_none(),
            Self::Published(outcome) => outcome.failure().is_none(),
            Self::Decided(outcome) => outcome.failure().is_none(),
            Self::Exported(outcome) => outcome.failure().is_none(),
            _ => false,
        }
    }
}

/// A cancel is no failure.
fn told(error: Option<&EngineError>) -> Option<String> {
    error.filter(|error| !matches!(error, EngineError::Cancelled)).map(ToString::to_string)
}
