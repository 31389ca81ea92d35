//! Projects opened, and what is shown while none is.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::disk::Stamp;
use super::history::History;
use super::running::Live;
use super::{Lane, Leave, Level, Page, Workbench, customers, findings, preview, recent, view};
use crate::engine::stage::Stage;
use crate::places;
use crate::project::{Project, file};
use crate::sample;

/// A project file that could not be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unopened {
    pub path: PathBuf,
    /// Why, and what to do.
    pub message: String,
    /// The version saved before it, where it lies beside it and can be read.
    pub backup: Option<PathBuf>,
}

impl Workbench {
    /// Opens a project file, without a question about unsaved edits; what was open stays where it cannot be.
    pub fn open(&mut self, path: &Path) {
        self.go_to(Leave::Open(path.to_owned()), false);
    }

    pub(super) fn load_and_show(&mut self, path: &Path) {
        let stamp = Stamp::of(path);
        match file::load(path) {
            Ok(project) => {
                self.set_project(project, Some(path.to_owned()));
                self.disk = stamp;
                self.remember();
                let page = recent::of(&mut self.settings.recent, path).and_then(|recent| recent.page.clone());
                self.page = page.and_then(|title| Page::titled(&title)).unwrap_or(self.page);
            }
            Err(error) => self.not_opened(path, &error),
        }
    }

    /// Says on the welcome page what cannot be opened: whatever is open stays, and nothing looks like the other.
    fn not_opened(&mut self, path: &Path, error: &file::ProjectFileError) {
        log::warn!("project: cannot be opened");
        let backup = file::backup_path(path);
        let backup = (path.exists() && file::load(&backup).is_ok()).then_some(backup);
        self.show_welcome();
        self.unopened = Some(Unopened { path: path.to_owned(), message: error.to_string(), backup });
    }

    /// Opens the version saved before a file that cannot be opened, as a copy: nothing is written over either.
    pub fn open_backup(&mut self) {
        if let Some(backup) = self.unopened.as_ref().and_then(|unopened| unopened.backup.clone()) {
            self.leave(Leave::Backup(backup));
        }
    }

    /// Opens the content of a file as a new project, which belongs to no file.
    pub(super) fn open_copy(&mut self, path: &Path) {
        match file::load(path) {
            Ok(mut project) => {
                let base = file::base_folder(path);
                for table in &mut project.source_tables {
                    table.path = file::relative_to(&base.join(&table.path), Path::new(""));
                }
                project.id = String::new();
                project.name = tr!("{name} (copy)", name = project.name);
                self.set_project(project, None);
            }
            Err(error) => self.notify(Level::Error, error.to_string()),
        }
    }

    /// Opens the user's copy of a sample, and unifies it where that was not done yet.
    pub fn open_sample(&mut self, name: &str) {
        self.go_to(Leave::Sample(name.to_owned()), false);
    }

    pub(super) fn open_sample_at(&mut self, path: &Path) {
        self.load_and_show(path);
        self.page = Page::Customers;
        if self.published.is_none() {
            self.start_run(Stage::Segments);
        }
    }

    /// The user's copy of a sample, written where it is not there yet.
    pub(super) fn sample_copy(&mut self, name: &str) -> Option<PathBuf> {
        match sample::find(name)?.open_copy(&places::samples_folder(&self.home)) {
            Ok(path) => Some(path),
            Err(error) => {
                self.notify(Level::Error, tr!("The sample could not be opened: {error}", error));
                None
            }
        }
    }

    /// Whether a file is where it was.
    pub fn is_there(&self, path: &Path) -> bool {
        path.exists()
    }

    pub(super) fn set_project(&mut self, project: Project, path: Option<PathBuf>) {
        self.remember_page();
        self.keep_layouts();
        self.forget_recovery();
        // What the old project still computes must not reach the new one; an export ends in its file.
        for lane in [
            Lane::Run,
            Lane::Live,
            Lane::Look,
            Lane::View,
            Lane::Find,
            Lane::Customers,
            Lane::Preview,
            Lane::Stored,
            Lane::Palette,
        ] {
            self.jobs.stop(lane);
        }
        self.project = Arc::new(project);
        self.saved = Arc::clone(&self.project);
        self.path = path;
        self.disk = None;
        self.elsewhere = None;
        self.is_welcome = false;
        self.unopened = None;
        self.notices.put_all_away();
        self.looks.clear();
        self.history = History::default();
        self.palette = None;
        self.live = Live::default();
        self.views = view::Views::default();
        self.findings = findings::Findings::default();
        self.customer_search = customers::CustomerSearch::default();
        #[cfg(feature = "gui")]
        {
            self.pictures = super::pictures::Pictures::default();
        }
        self.tried_rule = preview::TriedRule::default();
        self.page = Page::Sources;
        self.published = None;
        self.pending = None;
        self.export_after_run = None;
        self.unplaced = None;
        self.ids = Arc::default();
        self.session_ids = Arc::default();
        self.runs = Arc::default();
        let tables = self.project.source_tables.len();
        log::info!("project: {}, {tables} source tables", if self.path.is_some() { "opened" } else { "new" });
        self.hold();
        self.open_layouts();
        self.open_state();
        self.look_at_runs();
        self.open_stored();
        self.project_changed();
    }

    /// Tells other windows which project is open here.
    pub(super) fn hold(&mut self) {
        // Where this cannot be written no window can tell another; what another saves is seen on the disk.
        let _ = self.session.hold(self.path.as_deref());
    }

    /// Shows the welcome page in the place of the project, which stays open.
    pub fn show_welcome(&mut self) {
        self.unopened = None;
        self.is_welcome = true;
        self.look_at_recent();
    }

    /// Whether there is a project to go back to from the welcome page.
    pub fn has_project(&self) -> bool {
        self.path.is_some() || self.is_dirty() || !self.project.source_tables.is_empty()
    }

    /// The window is gone. Edits that nobody chose to drop stay for the next start.
    pub fn end(&mut self) {
        log::info!("end");
        self.remember_page();
        self.keep_layouts();
        if self.has_left || !self.is_dirty() {
            self.forget_recovery();
            self.session.end();
        } else {
            self.keep_recovery_now();
        }
    }
}
