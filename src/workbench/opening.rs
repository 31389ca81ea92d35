//! Projects opened, saved and restored.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::disk::Stamp;
use super::history::History;
use super::leaving::{Elsewhere, Question};
use super::recovery::{self, Offer};
use super::running::Live;
use super::settings::{Theme, ZOOM};
use super::{Lane, Leave, Level, News, Page, Workbench, customers, findings, preview, recent, view};
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
    fn hold(&mut self) {
        // Where this cannot be written no window can tell another; what another saves is seen on the disk.
        let _ = self.session.hold(self.path.as_deref());
    }

    /// Saves to a path, which becomes the project's. Relative table paths keep pointing at the same files.
    pub fn save_to(&mut self, path: &Path) {
        match self.try_save_to(path) {
            Ok(()) => self.notify(Level::Info, tr!("Saved")),
            Err(Some(error)) => self.notify(Level::Error, error),
            Err(None) => self.question = Some(Question::Overwrite { then: None }),
        }
    }

    /// Saves, or says why not; `None` where the file was changed by another hand since.
    pub(super) fn try_save_to(&mut self, path: &Path) -> Result<(), Option<String>> {
        let path = match path.extension() {
            Some(ending) if ending == file::EXTENSION => path.to_owned(),
            _ => PathBuf::from(format!("{}.{}", path.display(), file::EXTENSION)),
        };
        let moved = self.path.as_deref() != Some(&path);
        if moved && let Some(holder) = self.session.holder_of(&path) {
            let text = tr!("{path} is open in another window (process {pid})", path = path.display(), pid = holder.pid);
            return Err(Some(tr!("{text}. Close it there, or choose another name.", text)));
        }
        self.look_at_disk();
        if !moved && self.elsewhere == Some(Elsewhere::Changed) {
            return Err(None);
        }
        let project = self.as_saved_at(&path);
        file::save(&project, &path).map_err(|error| Some(error.to_string()))?;
        log::info!("project: saved");
        self.forget_recovery();
        self.project = Arc::new(project);
        self.saved = Arc::clone(&self.project);
        self.move_history(&path);
        self.history.mark_saved();
        self.disk = Stamp::of(&path);
        self.elsewhere = None;
        self.path = Some(path);
        self.remember();
        if moved {
            self.hold();
            self.layouts.touch();
            self.move_state();
            self.project_changed();
            // The results move along: a whole run is written beside the project, from the cache.
            let whole = self.published.as_ref().and_then(|published| published.run.as_ref());
            if whole.is_some_and(|run| run.until == Stage::Segments) {
                self.start_run(Stage::Segments);
            }
        }
        Ok(())
    }

    /// The project as a file at this path holds it.
    fn as_saved_at(&self, path: &Path) -> Project {
        let mut project = (*self.project).clone();
        self.repoint(&mut project, path);
        if project.id.is_empty() {
            project.id = Project::new_project_id();
        }
        if self.path.is_none() && project.name == "New project" {
            project.name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or(project.name);
        }
        project
    }

    /// Paths of tables as a file at this path counts them.
    fn repoint(&self, project: &mut Project, path: &Path) {
        let (old, new) = (self.base(), file::base_folder(path));
        if self.path.is_none() || old != new {
            for table in &mut project.source_tables {
                table.path = file::relative_to(&old.join(&table.path), &new);
            }
        }
    }

    /// An undone edit must not lead to files as they lie from the folder before, nor to another id.
    fn move_history(&mut self, path: &Path) {
        let mut history = std::mem::take(&mut self.history);
        history.map(|project| {
            self.repoint(project, path);
            project.id.clone_from(&self.project.id);
        });
        self.history = history;
    }

    pub(super) fn save_settings(&mut self) {
        if let Err(error) = self.settings.save(&self.home) {
            self.notify(Level::Warning, tr!("The settings could not be kept: {error}", error));
        }
    }

    /// Puts the open project first among the recent ones.
    fn remember(&mut self) {
        let Some(path) = self.path.clone() else { return };
        self.settings.remember(&path, &self.project.name, &self.home);
        self.save_settings();
    }

    /// Notes the page that is shown, for the next time the project is opened.
    fn remember_page(&mut self) {
        let (Some(path), page) = (&self.path, self.page.name()) else { return };
        if let Some(recent) = recent::of(&mut self.settings.recent, path)
            && recent.page.as_deref() != Some(page)
        {
            recent.page = Some(page.to_owned());
            self.save_settings();
        }
    }

    /// How many edits no file holds.
    pub fn unsaved_edits(&self) -> usize {
        self.history.since_saved()
    }

    /// Where a project without a file may be saved: among the user's documents, under its name.
    pub fn suggested_path(&self) -> PathBuf {
        let folder = dirs::document_dir().or_else(dirs::home_dir).unwrap_or_default();
        let name: String =
            self.project.name.chars().map(|c| if r#"/\:*?"<>|"#.contains(c) { '_' } else { c }).collect();
        folder.join(format!("{name}.{}", file::EXTENSION))
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

    /// Looks which of the recent projects are still there.
    pub fn look_at_recent(&mut self) {
        let recent = self.settings.recent.iter().map(|recent| &recent.path);
        self.missing = recent.filter(|path| !path.exists()).cloned().collect();
    }

    /// Whether the file of a recent project was not there when last looked at.
    pub fn is_missing(&self, path: &Path) -> bool {
        self.missing.contains(path)
    }

    /// Takes a project off the list of recent ones.
    pub fn forget_recent(&mut self, path: &Path) {
        self.settings.recent.retain(|recent| recent.path != path);
        self.save_settings();
    }

    /// A recent project was moved: opens it where it is now.
    pub fn locate_recent(&mut self, old: &Path, new: PathBuf) {
        if let Some(recent) = recent::of(&mut self.settings.recent, old) {
            recent.path = std::path::absolute(&new).unwrap_or_else(|_| new.clone());
            self.save_settings();
        }
        self.look_at_recent();
        self.leave(Leave::Open(new));
    }

    pub(super) fn set_theme(&mut self, theme: Theme) {
        self.settings.theme = theme;
        self.save_settings();
    }

    pub(super) fn zoom(&mut self, zoom: f32) {
        // In tenths, or steps up and down would not meet.
        self.settings.zoom = ((zoom * 10.0).round() / 10.0).clamp(*ZOOM.start(), *ZOOM.end());
        self.save_settings();
    }

    /// Looks for unsaved edits that killed programs left, to be offered.
    pub fn look_for_recoveries(&mut self) {
        let (offers, told) = recovery::find(&self.session, &self.home);
        self.is_offering = !offers.is_empty();
        self.offers = offers;
        told.into_iter().for_each(|told| self.notify(Level::Warning, told));
    }

    /// Deletes unsaved edits that a killed program left.
    pub fn discard(&mut self, offer: &Offer) {
        offer.forget();
        self.offers.retain(|other| other != offer);
        self.is_offering &= !self.offers.is_empty();
    }

    /// Brings unsaved edits back: as one edit of what the file holds, so that undo leads to it.
    pub(super) fn restore(&mut self, offer: &Offer) {
        self.is_offering = false;
        if !offer.is_there() {
            self.offers.retain(|other| other != offer);
            self.notify(Level::Warning, tr!("These edits are not there any more: another window took them"));
            return;
        }
        let stamp = offer.path.as_deref().and_then(Stamp::of);
        let of_file = offer.path.as_deref().map(file::load);
        let before = match of_file {
            Some(Ok(project)) => project,
            Some(Err(_)) | None => Project::new(tr!("New project")),
        };
        self.set_project(before, offer.path.clone());
        if self.path.is_some() && stamp.is_none() {
            self.elsewhere = Some(Elsewhere::Gone);
        }
        self.disk = stamp;
        self.commit(offer.project.clone(), tr!("Restore unsaved edits"), None);
        self.keep_recovery_now();
        self.discard(offer);
        log::info!("recovery: {} edits restored", offer.edits);
        self.notify(Level::Info, tr!("Restored. Save keeps the edits, undo brings back what the file holds"));
    }

    /// Writes the copy of unsaved edits where it is due; called before every frame.
    pub(super) fn keep_recovery(&mut self) {
        if !self.is_dirty() {
            self.forget_recovery();
            return;
        }
        if self.jobs.is_running(Lane::Recovery) || self.keeper.due(&self.project).is_none_or(|due| !due.is_zero()) {
            return;
        }
        if let Some(write) = self.recovery_copy() {
            self.jobs.start(Lane::Recovery, move |_| News::Kept(write().map_err(|error| error.to_string())));
        }
    }

    /// Writes the copy of unsaved edits at once: the window goes to the back, or edits were just restored.
    pub fn keep_recovery_now(&mut self) {
        if self.is_dirty()
            && self.keeper.due(&self.project).is_some()
            && let Some(write) = self.recovery_copy()
        {
            let result = write().map_err(|error| error.to_string());
            self.take_kept(result);
        }
    }

    /// How long until the copy of unsaved edits is due.
    pub fn next_recovery(&mut self) -> Option<std::time::Duration> {
        if self.is_dirty() { self.keeper.due(&self.project) } else { None }
    }

    fn recovery_copy(&mut self) -> Option<impl FnOnce() -> std::io::Result<()> + Send + use<>> {
        let about = recovery::About {
            path: self.path.as_deref().map(|path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned())),
            edits: self.history.since_saved(),
            last_edit: self.history.undo_label().map(str::to_owned),
            based_on: self.disk.as_ref().map(Stamp::hex),
        };
        let folder = self.session.open().map(Path::to_owned);
        match folder.and_then(|folder| self.session.hold(self.path.as_deref()).map(|()| folder)) {
            Ok(folder) => Some(self.keeper.copy(&folder, &self.project, about)),
            Err(error) => {
                self.keeper.put_off(&self.project);
                self.take_kept(Err(error.to_string()));
                None
            }
        }
    }

    pub(super) fn take_kept(&mut self, result: Result<(), String>) {
        let Err(error) = result else { return };
        self.keeper.failed();
        let text = tr!("Unsaved edits cannot be kept in case the program is killed: {error}", error);
        if !self.notices.iter().any(|notice| notice.text == text) {
            self.notify(Level::Warning, text);
        }
    }

    pub(super) fn forget_recovery(&mut self) {
        if self.keeper.is_kept()
            && let Ok(folder) = self.session.open().map(Path::to_owned)
        {
            self.keeper.forget(&folder);
        }
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
