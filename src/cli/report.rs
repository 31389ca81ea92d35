//! `report`: a run as one page of HTML.

use std::path::Path;

use chrono::Utc;

use super::arguments::ReportArguments;
use super::run::{dry, order, read_as_of, state_of};
use super::{Failure, say};
use crate::engine::report_page::{self, Page};
use crate::engine::stage::Stage;
use crate::engine::state::history;
use crate::engine::{check, files};
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
    let mut problems = check::check(&finished.run.project, &file::base_folder(&arguments.project));
    problems.extend(check::check_data(&finished.run.project, &finished.run.sources));
    problems.extend(check::check_run(&finished.run));
    let page = Page { run: &finished.run, changes: finished.changes, history: &history, problems: &problems };
    files::replace(&out, report_page::html(&page).as_bytes())
        .map_err(|error| Failure::Message(format!("{}: cannot be written: {error}", out.display())))?;
    say(&format!("Report: {}", out.display()));
    Ok(())
}

/// A report must not take the place of what it is made from.
fn refuse_source(project: &crate::project::Project, path: &Path, out: &Path) -> Result<(), Failure> {
    let base = file::base_folder(path);
    let Ok(target) = std::fs::canonicalize(out) else { return Ok(()) };
    let sources = project.source_tables.iter().map(|table| base.join(&table.path)).chain([path.to_owned()]);
    let mut full = sources.filter_map(|source| std::fs::canonicalize(source).ok());
    if full.any(|source| source == target) {
        let message = format!("--out {}: a source table or the project itself; choose another path", out.display());
        return Err(Failure::Usage(message));
    }
    Ok(())
}
