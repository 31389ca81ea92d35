//! Source tables from files: added, refreshed, replaced.

use std::path::{Path, PathBuf};

use super::{Lane, Leave, Level, News, Workbench};
use crate::engine::ingest::{self, Detected};
use crate::engine::pipeline::resolve;
use crate::project::source::default_blank_tokens;
use crate::project::{FileFormat, Project, SourceColumn, SourceTable, file, ids};
use crate::task::Task;

/// What a first look at files is for.
pub(super) enum DetectionFor {
    Add,
    /// Another file, or the same one read again, for the tables with these ids.
    Update {
        tables: Vec<String>,
        label: String,
    },
}

impl Workbench {
    /// Adds files as source tables, after a first look at each; a project file among them is opened instead.
    pub fn add_tables(&mut self, paths: Vec<PathBuf>) {
        let is_project = |path: &PathBuf| path.extension().is_some_and(|ending| ending == file::EXTENSION);
        if let Some(project) = paths.iter().find(|path| is_project(path)) {
            self.leave(Leave::Open(project.clone()));
            return;
        }
        self.is_welcome &= paths.is_empty();
        if !paths.is_empty() {
            self.detect(paths, DetectionFor::Add);
        }
    }

    /// Points a table at another file and keeps what still fits.
    pub fn replace_file(&mut self, table: &str, path: &Path) {
        let label = tr!("Replace file").to_owned();
        self.detect(vec![path.to_owned()], DetectionFor::Update { tables: vec![table.to_owned()], label });
    }

    /// Reads all files again: schema and data.
    pub(super) fn refresh_sources(&mut self) {
        let base = self.base();
        let tables = self.project.source_tables.iter();
        let (ids, paths) = tables.map(|table| (table.id.clone(), resolve(&base, &table.path))).unzip();
        self.detect(paths, DetectionFor::Update { tables: ids, label: tr!("Refresh tables").to_owned() });
        self.start_live();
    }

    /// Reads one table's file again.
    pub fn refresh_table(&mut self, id: &str) {
        if let Some(table) = self.project.source_table(id) {
            let path = resolve(&self.base(), &table.path);
            let label = tr!("Refresh {table}", table = table.name);
            self.detect(vec![path], DetectionFor::Update { tables: vec![id.to_owned()], label });
            self.start_live();
        }
    }

    /// Takes a table's columns from its file as its present format reads them: after the delimiter or encoding was
    /// changed.
    pub fn reread_columns(&mut self, id: &str, format: FileFormat) {
        let Some(table) = self.project.source_table(id) else { return };
        let path = resolve(&self.base(), &table.path);
        match ingest::detect_columns(&path, &format, &table.blank_tokens, &Task::default()) {
            Ok(columns) => self.edit(tr!("Change file format"), |project| {
                if let Some(table) = project.source_table_mut(id) {
                    table.format = format;
                    table.columns = merged_columns(&table.columns, columns);
                }
            }),
            Err(error) => self.notify(Level::Error, error.to_string()),
        }
    }

    fn detect(&mut self, paths: Vec<PathBuf>, purpose: DetectionFor) {
        if self.jobs.is_running(Lane::Look) {
            self.looks.push((paths, purpose));
            return;
        }
        self.jobs.start(Lane::Look, move |task| {
            let found = paths.into_iter().map(|path| {
                let found = ingest::detect(&path, task).map_err(|error| error.to_string());
                (path, found)
            });
            let found: Vec<_> = found.collect();
            // Cancelled, nothing is taken: half of the files would be a riddle.
            News::Detected(if task.is_cancelled() { Vec::new() } else { found }, purpose)
        });
    }

    pub(super) fn take_detected(&mut self, files: Vec<(PathBuf, Result<Detected, String>)>, purpose: DetectionFor) {
        let base = self.base();
        let mut edited = (*self.project).clone();
        for (place, (path, found)) in files.into_iter().enumerate() {
            let detected = match found {
                Ok(detected) => detected,
                Err(error) => {
                    self.notify(Level::Error, error);
                    continue;
                }
            };
            for warning in &detected.warnings {
                self.notify(Level::Warning, warning.clone());
            }
            match &purpose {
                DetectionFor::Add => {
                    let table = new_table(&edited, &path, &base, detected);
                    edited.source_tables.push(table);
                }
                DetectionFor::Update { tables, .. } => {
                    if let Some(table) = edited.source_table_mut(&tables[place]) {
                        update_table(table, &path, &base, detected)
                            .into_iter()
                            .for_each(|notice| self.notices.push(notice));
                    }
                }
            }
        }
        let label = match &purpose {
            DetectionFor::Add => tr!("Add tables"),
            DetectionFor::Update { label, .. } => label,
        };
        self.commit(edited, label, None);
        if !self.looks.is_empty() {
            let (paths, purpose) = self.looks.remove(0);
            self.detect(paths, purpose);
        }
    }
}

fn new_table(project: &Project, path: &Path, base: &Path, detected: Detected) -> SourceTable {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let name = table_name(project, &stem);
    SourceTable {
        id: ids::new_id(project, &name),
        name,
        path: file::relative_to(path, base),
        format: detected.format,
        blank_tokens: default_blank_tokens(),
        columns: detected.columns,
        primary_key: None,
    }
}

/// A file's name as a table's: `web-events 2022` gives `Web_events_2022`.
fn table_name(project: &Project, stem: &str) -> String {
    let mut name: String = stem.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    if !name.chars().next().is_some_and(char::is_alphabetic) {
        name.insert_str(0, "Table_");
    }
    let mut chars = name.chars();
    let name: String = chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default();
    let taken = |name: &str| project.source_tables.iter().any(|table| table.name.eq_ignore_ascii_case(name));
    if !taken(&name) {
        return name;
    }
    (2..).map(|n| format!("{name}_{n}")).find(|name| !taken(name)).unwrap_or(name)
}

/// Reads the same table from a file; settings of columns that are still there stay.
fn update_table(table: &mut SourceTable, path: &Path, base: &Path, detected: Detected) -> Option<super::Notice> {
    let gone: Vec<&str> = table
        .columns
        .iter()
        .filter(|old| !detected.columns.iter().any(|new| new.name == old.name))
        .map(|old| old.name.as_str())
        .collect();
    let notice = (!gone.is_empty()).then(|| {
        let (table, gone) = (&table.name, gone.join(", "));
        super::Notice::new(
            Level::Warning,
            tr!("{table} no longer has {gone}; what used these columns is listed as a problem", table, gone),
        )
    });
    table.path = file::relative_to(path, base);
    table.columns = merged_columns(&table.columns, detected.columns);
    let same_kind = std::mem::discriminant(&table.format) == std::mem::discriminant(&detected.format);
    if !same_kind {
        table.format = detected.format;
    }
    notice
}

/// The columns found, each with the settings of the column that had its name.
fn merged_columns(old: &[SourceColumn], found: Vec<SourceColumn>) -> Vec<SourceColumn> {
    let merge = |new: SourceColumn| old.iter().find(|old| old.name == new.name).cloned().unwrap_or(new);
    found.into_iter().map(merge).collect()
}
