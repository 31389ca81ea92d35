//! The project saved to its file, or to another.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::disk::Stamp;
use super::leaving::{Elsewhere, Question};
use super::{Level, Workbench};
use crate::engine::stage::Stage;
use crate::project::{Project, file};

impl Workbench {
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
        if self.path.is_none() && project.name == tr!("New project") {
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
}
