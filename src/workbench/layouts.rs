//! How the grids of each project are laid out, which table was chosen and what its exports wrote, kept between starts in
//! the user's data folder.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::Workbench;
use super::exports::Exported;
use super::grid::ColumnLayout;
use crate::project::file;

/// So many projects are kept, those used last.
const PROJECTS: usize = 40;
/// So many grids of a project, those changed last.
const GRIDS: usize = 60;
/// Layouts that name more columns than this are not kept.
const COLUMNS: usize = 5_000;
/// A file larger than this was not written here.
const MOST_BYTES: u64 = 64 << 20;
/// A change is written with the first frame after so long; a drag changes a width in every frame.
const DELAY: Duration = Duration::from_secs(3);

/// What is kept of one project.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct OfProject {
    project: PathBuf,
    /// The table chosen on the pages that show one at a time, by its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<String>,
    /// Layouts that are not plain, by the name of the grid, the one changed last first.
    grids: Vec<(String, ColumnLayout)>,
    /// What was written last of each export, by its id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    exported: BTreeMap<String, Exported>,
}

/// The layouts of the open project.
#[derive(Debug, Default)]
pub struct Layouts {
    /// Counts the projects that were opened.
    opened: u64,
    open: OfProject,
    /// Since when something is not written.
    changed: Option<Instant>,
}

impl Layouts {
    /// Counts the projects that were opened: where it differs, what the screen remembers is of another one.
    pub fn opened(&self) -> u64 {
        self.opened
    }

    /// The layout of a grid, where it is not plain.
    pub fn layout(&self, grid: &str) -> Option<&ColumnLayout> {
        self.open.grids.iter().find(|(name, _)| name == grid).map(|(_, layout)| layout)
    }

    /// The table that was chosen, by its id.
    pub fn table(&self) -> Option<&str> {
        self.open.table.as_deref()
    }

    /// Notes how the user laid a grid out.
    pub fn keep(&mut self, grid: &str, layout: &ColumnLayout) {
        let grids = &mut self.open.grids;
        grids.retain(|(name, _)| name != grid);
        if !layout.is_plain() && layout.names() <= COLUMNS {
            grids.insert(0, (grid.to_owned(), layout.clone()));
            grids.truncate(GRIDS);
        }
        self.changed.get_or_insert_with(Instant::now);
    }

    /// Notes which table is chosen.
    pub fn choose_table(&mut self, table: Option<&str>) {
        if self.open.table.as_deref() != table {
            self.open.table = table.map(str::to_owned);
            self.changed.get_or_insert_with(Instant::now);
        }
    }

    /// What was written last of an export, where the file was there when the project was opened.
    pub fn exported(&self, id: &str) -> Option<&Exported> {
        self.open.exported.get(id)
    }

    /// Notes what was written of an export.
    pub(super) fn keep_exported(&mut self, id: String, exported: Exported) {
        self.open.exported.insert(id, exported);
        self.changed.get_or_insert_with(Instant::now);
    }

    /// Takes up what was kept of a project; nothing of one without a file.
    fn open(&mut self, home: &Path, project: Option<&Path>) {
        let project = project.map(absolute);
        let kept = project.as_ref().and_then(|project| read(home).into_iter().find(|kept| kept.project == *project));
        self.opened += 1;
        self.open = kept.unwrap_or_default();
        self.open.exported.retain(|_, exported| exported.path.exists());
        self.changed = None;
    }

    /// Has everything written anew: the project has another path.
    pub(super) fn touch(&mut self) {
        self.changed.get_or_insert_with(Instant::now);
    }

    fn is_due(&self) -> bool {
        self.changed.is_some_and(|since| since.elapsed() >= DELAY)
    }

    /// Writes what changed, under the project's path; what other windows wrote of other projects meanwhile stays.
    ///
    /// # Errors
    /// Where nothing can be written there.
    fn write(&mut self, home: &Path, project: Option<&Path>) -> io::Result<()> {
        let Some(project) = project.filter(|_| self.changed.is_some()) else { return Ok(()) };
        self.changed = None;
        self.open.project = absolute(project);
        let mut all = read(home);
        all.retain(|kept| kept.project != self.open.project);
        all.insert(0, self.open.clone());
        all.truncate(PROJECTS);
        fs::create_dir_all(home)?;
        file::write_whole(&path(home), serde_json::to_string(&all)?.as_bytes())
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn path(home: &Path) -> PathBuf {
    home.join("layouts.json")
}

/// As last written; nothing where there is nothing, or it cannot be read: it is worth no question.
fn read(home: &Path) -> Vec<OfProject> {
    let path = path(home);
    if fs::metadata(&path).is_ok_and(|found| found.len() > MOST_BYTES) {
        return Vec::new();
    }
    fs::read_to_string(path).ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

impl Workbench {
    /// Writes the layouts of the open project, where they changed.
    pub fn keep_layouts(&mut self) {
        if let Err(error) = self.layouts.write(&self.home, self.path.as_deref()) {
            log::warn!("the layout of the columns could not be kept: {error}");
        }
    }

    /// The same some time after a change.
    pub(super) fn keep_layouts_in_time(&mut self) {
        if self.layouts.is_due() {
            self.keep_layouts();
        }
    }

    /// Takes up the layouts of the project that was just opened.
    pub(super) fn open_layouts(&mut self) {
        self.layouts.open(&self.home, self.path.as_deref());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_width(width: f32) -> ColumnLayout {
        let mut layout = ColumnLayout::default();
        layout.widths.insert("Name".to_owned(), width);
        layout
    }

    #[test]
    fn layouts_are_kept_by_project_and_grid() {
        let home = tempfile::tempdir().unwrap();
        let (a, b) = (home.path().join("a.tributary"), home.path().join("b.tributary"));
        let mut layouts = Layouts::default();
        layouts.open(home.path(), Some(&a));
        layouts.keep("rows of Crm", &with_width(90.0));
        layouts.choose_table(Some("crm"));
        layouts.write(home.path(), Some(&a)).unwrap();
        layouts.open(home.path(), Some(&b));
        assert_eq!((layouts.layout("rows of Crm"), layouts.table()), (None, None), "another project");
        layouts.keep("rows of Crm", &with_width(70.0));
        layouts.write(home.path(), Some(&b)).unwrap();
        let mut next = Layouts::default();
        next.open(home.path(), Some(&a));
        assert_eq!((next.layout("rows of Crm"), next.table()), (Some(&with_width(90.0)), Some("crm")));
        assert_eq!(next.layout("rows of Shop"), None);
        next.keep("rows of Crm", &ColumnLayout::default());
        next.write(home.path(), Some(&a)).unwrap();
        next.open(home.path(), Some(&a));
        assert_eq!(next.layout("rows of Crm"), None, "a plain one is not kept");
        assert_eq!(next.opened(), 2);
    }

    #[test]
    fn what_an_export_wrote_is_known_at_the_next_start_while_its_file_is_there() {
        let home = tempfile::tempdir().unwrap();
        let (project, path) = (home.path().join("a.tributary"), home.path().join("customers.csv"));
        fs::write(&path, "id\n").unwrap();
        let exported = Exported { rows: 7, path: path.clone(), at: "2026-07-01T12:00:00Z".to_owned() };
        let mut layouts = Layouts::default();
        layouts.open(home.path(), Some(&project));
        layouts.keep_exported("all".to_owned(), exported.clone());
        layouts.write(home.path(), Some(&project)).unwrap();
        let mut next = Layouts::default();
        next.open(home.path(), Some(&project));
        assert_eq!(next.exported("all"), Some(&exported));
        fs::remove_file(path).unwrap();
        next.open(home.path(), Some(&project));
        assert_eq!(next.exported("all"), None);
    }

    #[test]
    fn what_is_kept_is_bounded_and_a_broken_file_is_as_none() {
        let home = tempfile::tempdir().unwrap();
        fs::write(path(home.path()), "[{]").unwrap();
        let mut layouts = Layouts::default();
        for place in 0..=PROJECTS {
            let project = home.path().join(format!("{place}.tributary"));
            layouts.open(home.path(), Some(&project));
            for grid in 0..=GRIDS {
                layouts.keep(&format!("grid {grid}"), &with_width(80.0));
            }
            layouts.write(home.path(), Some(&project)).unwrap();
        }
        let kept = read(home.path());
        assert_eq!((kept.len(), kept[0].grids.len()), (PROJECTS, GRIDS));
        assert!(kept[0].project.ends_with(format!("{PROJECTS}.tributary")), "the last one first");
        assert_eq!(kept[0].grids[0].0, format!("grid {GRIDS}"));
        let many = ColumnLayout { order: vec![String::from("c"); COLUMNS + 1], ..ColumnLayout::default() };
        layouts.keep("wide", &many);
        assert_eq!(layouts.layout("wide"), None);
    }
}
