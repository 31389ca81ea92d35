//! Files dragged over the window: what dropping them would do, and doing it.

use std::path::PathBuf;

use super::{Leave, Level, Workbench};
use crate::engine::ingest::file_name;
use crate::project::file;

/// The endings of files that are read as tables.
const TABLES: [&str; 4] = ["csv", "tsv", "txt", "parquet"];

/// What becomes of dropped files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dropping {
    /// Added as source tables.
    pub tables: Vec<PathBuf>,
    /// Opened; the first project among the files.
    pub project: Option<PathBuf>,
    /// Not taken, and why.
    pub refused: Vec<(PathBuf, &'static str)>,
}

impl Dropping {
    pub fn of(paths: &[PathBuf]) -> Self {
        let mut dropping = Self::default();
        for path in paths {
            let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
            if path.is_dir() {
                dropping.refused.push((path.clone(), tr!("a folder: drop the files in it")));
            } else if ending == file::EXTENSION && dropping.project.is_none() {
                dropping.project = Some(path.clone());
            } else if ending == file::EXTENSION {
                dropping.refused.push((path.clone(), tr!("one project at a time")));
            } else if TABLES.contains(&ending.as_str()) {
                dropping.tables.push(path.clone());
            } else {
                dropping.refused.push((path.clone(), tr!("neither CSV, TSV, text or Parquet nor a project")));
            }
        }
        if dropping.project.is_some() {
            let tables = std::mem::take(&mut dropping.tables);
            dropping.refused.extend(tables.into_iter().map(|table| (table, tr!("a project is opened instead"))));
        }
        dropping
    }

    /// What will happen, in a line each; the last ones say what is refused.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(project) = &self.project {
            lines.push(tr!("Open {file_name}", file_name = file_name(project)));
        }
        if !self.tables.is_empty() {
            let names: Vec<String> = self.tables.iter().map(|table| file_name(table)).collect();
            let tables = if names.len() == 1 { tr!("source table") } else { tr!("source tables") };
            lines.push(tr!("Add {names} {tables}: {names_2}", names = names.len(), tables, names_2 = names.join(", ")));
        }
        lines.extend(
            self.refused.iter().map(|(path, why)| tr!("Not {file_name}: {why}", file_name = file_name(path), why)),
        );
        lines
    }
}

impl Workbench {
    /// Takes dropped files: a project is opened, after the question about unsaved edits; tables are added.
    pub fn take_dropped(&mut self, paths: Vec<PathBuf>) {
        let dropping = Dropping::of(&paths);
        for (path, why) in &dropping.refused {
            self.notify(Level::Warning, tr!("{file_name} was not taken: {why}", file_name = file_name(path), why));
        }
        match dropping.project {
            Some(project) => self.leave(Leave::Open(project)),
            None => self.add_tables(dropping.tables),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(names: &[&str]) -> Vec<String> {
        Dropping::of(&names.iter().map(PathBuf::from).collect::<Vec<_>>()).lines()
    }

    #[test]
    fn what_a_drop_does_is_told_by_the_kinds_of_files() {
        assert_eq!(lines(&["x/a.csv", "b.PARQUET"]), ["Add 2 source tables: a.csv, b.PARQUET"]);
        assert_eq!(lines(&["shop.tributary"]), ["Open shop.tributary"]);
        assert_eq!(
            lines(&["a.csv", "photo.png"]),
            ["Add 1 source table: a.csv", "Not photo.png: neither CSV, TSV, text or Parquet nor a project"]
        );
        assert_eq!(
            lines(&["a.csv", "shop.tributary", "b.tributary"]),
            ["Open shop.tributary", "Not b.tributary: one project at a time", "Not a.csv: a project is opened instead"]
        );
    }
}
