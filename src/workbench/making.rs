//! Files that are made here and written where the user says: charts, their data, reports. Where the desktop shows no
//! file dialog the path is typed.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::dialogs::Purpose;
use super::{Lane, Level, News, Notice, Workbench};
use crate::engine::check;
use crate::engine::pipeline::Run;
use crate::engine::report_page::{self, Page, Since};
use crate::engine::state::history::RunRecord;
use crate::project::file;
use crate::task::Task;

/// A file to be written, and the name it may have.
#[derive(Clone)]
pub struct Made {
    pub purpose: Purpose,
    pub name: String,
    pub content: Content,
}

/// What is written.
#[derive(Clone)]
pub enum Content {
    Bytes(Arc<[u8]>),
    /// The report of a run, which is made when there is a place for it.
    Report(Arc<Run>),
}

pub(super) struct ReportOutcome {
    path: PathBuf,
    /// `None` where it was cancelled.
    result: Option<Result<(), String>>,
}

impl ReportOutcome {
    pub(super) fn failure(&self) -> Option<String> {
        self.result.clone().and_then(Result::err)
    }
}

impl Workbench {
    /// Asks where a file goes, and writes it there. Where no dialog could be shown, a path is to be typed.
    pub fn place(&mut self, made: Made) {
        match self.dialogs.ask(made.purpose, &made.name) {
            Some(path) => self.write_made(&made, &path),
            None if self.dialogs.has_asked() => {}
            None => self.unplaced = Some(made),
        }
    }

    /// Where a file may go whose path is to be typed: beside the project, else among the user's documents.
    pub fn suggested_place(&self, made: &Made) -> PathBuf {
        let folder = match &self.path {
            Some(project) => file::base_folder(project),
            None => dirs::document_dir().or_else(dirs::home_dir).unwrap_or_default(),
        };
        folder.join(&made.name)
    }

    /// Writes the file that waited for a path to be typed; one that does not start from the root starts from the
    /// project's folder.
    pub fn place_at(&mut self, path: &Path) {
        if let Some(made) = self.unplaced.take() {
            let path = self.base().join(path);
            self.write_made(&made, &path);
        }
    }

    fn write_made(&mut self, made: &Made, path: &Path) {
        match &made.content {
            Content::Bytes(bytes) => self.write_file(path, bytes),
            Content::Report(run) => self.start_report(Arc::clone(run), path),
        }
    }

    /// Writes the report of the last results, asking where.
    pub fn save_report(&mut self) {
        if self.jobs.is_running(Lane::Report) {
            return self.notify(Level::Info, tr!("A report is being made; try again when it is done"));
        }
        match self.report_source() {
            Ok(run) => {
                let name = file_name(&self.project.name, "report.html");
                self.place(Made { purpose: Purpose::SaveReport, name, content: Content::Report(run) });
            }
            Err(reason) => self.notify(Level::Warning, reason),
        }
    }

    fn start_report(&mut self, run: Arc<Run>, path: &Path) {
        if self.refuses(path) {
            return;
        }
        let (path, base, history) = (path.to_owned(), self.base(), Arc::clone(&self.runs));
        self.jobs.start(Lane::Report, move |task| {
            let made = report(&run, &base, &history, task);
            let written = |html: String| match task.check() {
                Ok(()) => Some(file::write_whole(&path, html.as_bytes()).map_err(|error| error.to_string())),
                Err(_) => None,
            };
            let result = made.and_then(written);
            News::Reported(ReportOutcome { path, result })
        });
    }

    /// Tells what became of a report.
    pub(super) fn take_reported(&mut self, outcome: ReportOutcome) {
        let path = outcome.path.display();
        match outcome.result {
            Some(Ok(())) => {
                let notice = Notice::new(Level::Info, tr!("Saved {path}", path));
                self.tell(notice.of_file(&outcome.path));
            }
            Some(Err(error)) => self.notify(Level::Error, tr!("{path} was not saved: {error}", path, error)),
            None => self.notify(Level::Info, tr!("The report was cancelled; nothing was written")),
        }
    }

    /// Writes a file that was made here, and says where it is or why it is not there.
    pub fn write_file(&mut self, path: &Path, bytes: &[u8]) {
        if self.refuses(path) {
            return;
        }
        match file::write_whole(path, bytes) {
            Ok(()) => self.tell(Notice::new(Level::Info, tr!("Saved {path}", path = path.display())).of_file(path)),
            Err(error) => self.notify(Level::Error, tr!("{path} was not saved: {error}", path = path.display(), error)),
        }
    }

    /// Whether a path is one that is never written over; says so.
    fn refuses(&mut self, path: &Path) -> bool {
        let refuses = self.overwrites(&path.display().to_string());
        if refuses {
            let text = tr!("{path} is a source table or the project itself: it stays as it is", path = path.display());
            self.notify(Level::Error, text);
        }
        refuses
    }
}

/// The page of a published run; nothing where the task was told to stop.
fn report(run: &Run, base: &Path, history: &[RunRecord], task: &Task) -> Option<String> {
    task.begin(tr!("Looking for errors and warnings"));
    let problems = check::check_whole(run, base);
    task.check().ok()?;
    // The last published run is this one.
    let page = Page { run, since: Since::of(history, None), history, problems: &problems };
    // A report is a file, and those of the command line are English too.
    crate::text::in_english(|| report_page::html(&page, task)).ok()
}

/// A name for a file: letters, digits and dashes of a title.
pub(super) fn file_name(title: &str, ending: &str) -> String {
    let words: Vec<String> =
        title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let name = if words.is_empty() { tr!("chart").to_owned() } else { words.join("-") };
    format!("{name}.{ending}")
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_title_becomes_a_name_for_a_file() {
        assert_eq!(file_name("Sizes of customers", "svg"), "sizes-of-customers.svg");
        assert_eq!(file_name("../佐藤 & Co?", "png"), "佐藤-co.png");
        assert_eq!(file_name("///", "csv"), "chart.csv");
    }
}
