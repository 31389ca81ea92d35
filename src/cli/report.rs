//! `report`: a run as one page of HTML.

use std::path::Path;

use chrono::Utc;

use super::arguments::ReportArguments;
use super::run::{dry, order, read_as_of, state_of};
use super::{Failure, say};
use crate::engine::check;
use crate::engine::report_page::{self, Page, Since};
use crate::engine::stage::Stage;
use crate::engine::state::history;
use crate::project::file;
use crate::task::Task;

/// Runs in memory, and writes what came of it.
pub fn report(arguments: &ReportArguments, task: &Task) -> Result<(), Failure> {
    let project = file::load(&arguments.project)?;
    let as_of = arguments.as_of.as_deref().map_or_else(|| Ok(Utc::now()), read_as_of)?;
    let out = arguments.out.clone().unwrap_or_else(|| arguments.project.with_extension("report.html"));
    refuse_source(&project, &arguments.project, &out)?;
    let state = state_of(&arguments.project);
    let history = history::read(&state, &project);
    let finished = dry(&order(&arguments.project, project, state, Stage::Segments, as_of), task)?;
    let problems = check::check_whole(&finished.run, &file::base_folder(&arguments.project));
    let since = Since::of(&history, finished.changes);
    let page = Page { run: &finished.run, since, history: &history, problems: &problems };
    let html = report_page::html(&page, task).map_err(|_| Failure::Cancelled)?;
    file::write_whole(&out, html.as_bytes())
        .map_err(|error| Failure::Message(format!("{}: cannot be written: {error}", out.display())))?;
    say(&format!("Report: {}", out.display()));
    Ok(())
}

/// A report must not take the place of what it is made from.
fn refuse_source(project: &crate::project::Project, path: &Path, out: &Path) -> Result<(), Failure> {
    if file::is_made_from(project, Some(path), &file::base_folder(path), out) {
        let message = format!("--out {}: a source table or the project itself; choose another path", out.display());
        return Err(Failure::Usage(message));
    }
    Ok(())
}
