//! The first rows of large files, on the screen before the rest of them is read.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::super::Workbench;
use crate::engine::check::Wanted;
use crate::engine::ingest;
use crate::engine::pipeline::resolve;
use crate::engine::table::Table;
use crate::project::Project;
use crate::project::validate::Problem;
use crate::task::Task;

/// So many rows are enough to see what a table is.
const FIRST_ROWS: usize = 1_000;
/// A smaller file is read at once.
const LARGE_BYTES: u64 = 8 << 20;

/// By the id of the table; clones share them.
#[derive(Clone, Default)]
pub(super) struct FirstRows(Arc<Mutex<BTreeMap<String, Arc<Table>>>>);

impl FirstRows {
    /// Reads those of every large file that nothing is wrong with.
    pub(super) fn read(&self, project: &Project, base: &Path, problems: &[Problem], task: &Task) {
        for table in &project.source_tables {
            let path = resolve(base, &table.path);
            let is_large = fs::metadata(&path).is_ok_and(|metadata| metadata.len() > LARGE_BYTES);
            if !is_large || task.is_cancelled() || Wanted::Rows(&table.id).blocked(problems, project).is_some() {
                continue;
            }
            task.begin(tr!("Looking at {file}", file = ingest::file_name(&path)));
            // What is wrong with the file is told when all of it is read.
            if let Ok(first) = ingest::first_rows(&path, table, FIRST_ROWS, &Task::default()) {
                let mut tables = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                tables.insert(table.id.clone(), first.table);
            }
        }
    }
}

impl Workbench {
    /// The first rows of a table whose file is being read; `None` once all are there, and of small files.
    pub fn first_rows(&self, table: &str) -> Option<Arc<Table>> {
        let is_waiting = self.live.running && self.live.run.is_none();
        let tables = self.live.first_rows.0.lock().unwrap_or_else(PoisonError::into_inner);
        tables.get(table).filter(|_| is_waiting).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::check;
    use crate::project::file;

    #[test]
    fn large_files_show_their_first_rows_and_broken_ones_none() {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples/coffee");
        let project = file::load(&sample.join("coffee.tributary")).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let [large, small, gone] = [0, 1, 2].map(|place| project.source_tables[place].clone());
        for (table, times) in [(&large, LARGE_BYTES as usize / 20), (&small, 1)] {
            let text = fs::read_to_string(sample.join(&table.path)).unwrap();
            let (head, row) = (text.lines().next().unwrap(), text.lines().nth(1).unwrap());
            fs::write(folder.path().join(&table.path), format!("{head}\n{}", format!("{row}\n").repeat(times)))
                .unwrap();
        }
        let problems = check::check(&project, folder.path());
        let first = FirstRows::default();
        first.read(&project, folder.path(), &problems, &Task::default());
        let tables = first.0.lock().unwrap();
        assert_eq!(tables.get(&large.id).map(|table| table.rows), Some(FIRST_ROWS));
        assert!(!tables.contains_key(&small.id) && !tables.contains_key(&gone.id));
    }
}
