//! Exports from the published results, written off the screen's thread.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use super::{Command, Lane, Level, News, Notice, Workbench};
use crate::engine::activate::export;
use crate::engine::error::EngineError;
use crate::engine::pipeline::Run;
use crate::project::{Export, file};

/// What was written last of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exported {
    pub rows: u64,
    pub path: PathBuf,
    /// When, as RFC 3339.
    pub at: String,
}

pub(super) struct ExportOutcome {
    id: String,
    name: String,
    path: String,
    rows: Result<u64, EngineError>,
}

impl ExportOutcome {
    pub(super) fn failure(&self) -> Option<&EngineError> {
        self.rows.as_ref().err()
    }
}

/// Why an export waits for the project to be saved.
pub const NEEDS_SAVING: &str =
    msg!("Save the project first: the export's path starts from its folder. Or give a path from the root.");

impl Workbench {
    /// Whether the path of an export leads nowhere until the project is saved.
    pub fn needs_saving(&self, export: &Export) -> bool {
        self.path.is_none() && std::path::Path::new(&export.path).is_relative()
    }

    /// Runs the project, and writes the export when the run is published. A run that fails, is cancelled or waits
    /// for a decision writes nothing.
    pub fn run_then_export(&mut self, id: &str) {
        self.apply(Command::UnifyAndDependencies);
        self.export_after_run = self.is_running().then(|| id.to_owned());
    }

    /// Writes the export that waited for the run that ended.
    pub(super) fn export_after_run(&mut self, is_published: bool) {
        if let Some(id) = self.export_after_run.take().filter(|_| is_published) {
            self.run_export(&id);
        }
    }

    /// Writes an export from the last published run; what came of it is a notice.
    pub fn run_export(&mut self, id: &str) {
        let Some(export) = self.project.exports.iter().find(|export| export.id == id).cloned() else { return };
        let run = match self.export_source() {
            Ok(run) => run,
            Err(reason) => return self.notify(Level::Warning, reason),
        };
        if self.needs_saving(&export) {
            return self.notify(Level::Warning, crate::text::of(NEEDS_SAVING));
        }
        if self.overwrites(&export.path) {
            let text = tr!(
                "{export} is not exported: {path} is a source table or the project itself",
                export = export.name,
                path = export.path
            );
            return self.notify(Level::Error, text);
        }
        if self.jobs.is_running(Lane::Export) {
            return self.notify(Level::Info, tr!("An export is being written; try again when it is done"));
        }
        let base = self.base();
        let path = base.join(&export.path).display().to_string();
        self.jobs.start(Lane::Export, move |task| {
            task.begin(tr!("Exporting {export}", export = export.name));
            let rows = export::run_export(&export, &run, &base, task);
            News::Exported(Box::new(ExportOutcome { id: export.id, name: export.name, path, rows }))
        });
    }

    /// Whether a path leads to a file that the project is made from.
    pub(super) fn overwrites(&self, path: &str) -> bool {
        let base = self.base();
        file::is_made_from(&self.project, self.path.as_deref(), &base, &base.join(path))
    }

    /// The published run that exports are written from; why there is none, where there is none.
    pub fn export_source(&self) -> Result<Arc<Run>, String> {
        self.run_of_results(tr!("There are no results to export yet: run first."))
    }

    /// The same for a report.
    pub fn report_source(&self) -> Result<Arc<Run>, String> {
        self.run_of_results(tr!("There are no results to report yet: run first."))
    }

    fn run_of_results(&self, none: &str) -> Result<Arc<Run>, String> {
        let published = self.published.as_ref().ok_or(none)?;
        let run = published.run.clone().filter(|run| run.customers.is_some());
        run.ok_or_else(|| tr!("The results on the disk are of an earlier state of the project: run first.").to_owned())
    }

    pub(super) fn take_exported(&mut self, outcome: ExportOutcome) {
        let ExportOutcome { id, name, path, rows } = outcome;
        if rows.is_ok() {
            self.witness_export();
        }
        match rows {
            Ok(rows) => {
                let at = Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true);
                self.layouts.keep_exported(id, Exported { rows, path: PathBuf::from(&path), at });
                let text = tr!("Exported {rows} to {path}", rows = tr!("{n} row" | "{n} rows" % rows), path);
                self.tell(Notice::new(Level::Info, text).of_file(path));
            }
            Err(EngineError::Cancelled) => {
                self.notify(Level::Info, tr!("The export {name} was cancelled; {path} is as it was", name, path));
            }
            Err(error) => self.notify(Level::Error, tr!("{name} was not exported. {error}", name, error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbench::dialogs::NoDialogs;

    #[test]
    fn an_export_that_waits_for_a_run_is_forgotten_with_its_project() {
        let home = tempfile::tempdir().unwrap();
        let mut workbench = Workbench::new(home.path().to_owned(), Box::new(NoDialogs), Arc::new(|| {}));
        workbench.export_after_run = Some("customers".to_owned());
        workbench.apply(Command::NewProject);
        assert_eq!(workbench.export_after_run, None);
    }
}
