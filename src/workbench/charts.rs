//! Charts and reports, written where the user says.

use std::path::Path;

use super::dialogs::Purpose;
use super::{Level, Notice, Workbench};
use crate::engine::chart::{Chart, svg};
use crate::engine::check;
use crate::engine::report_page::{self, Page};
use crate::project::file;

/// The width of a chart saved as SVG, in points.
const SVG_WIDTH: f32 = 720.0;

impl Workbench {
    /// Asks where a picture of a chart goes; `None` where that was cancelled.
    pub fn ask_for_picture(&mut self, chart: &Chart) -> Option<std::path::PathBuf> {
        self.dialogs.ask(Purpose::SavePicture, &file_name(&chart.title, "png"))
    }

    /// Saves a chart as a drawing, asking where.
    pub fn save_drawing(&mut self, chart: &Chart) {
        let path = self.dialogs.ask(Purpose::SaveDrawing, &file_name(&chart.title, "svg"));
        if let Some(path) = path {
            self.write_file(&path, svg::picture(chart, SVG_WIDTH).as_bytes());
        }
    }

    /// Saves the numbers of a chart, asking where.
    pub fn save_chart_data(&mut self, chart: &Chart) {
        let path = self.dialogs.ask(Purpose::SaveData, &file_name(&chart.title, "csv"));
        if let Some(path) = path {
            self.write_file(&path, chart.csv().as_bytes());
        }
    }

    /// Writes the report of the last results, asking where.
    pub fn save_report(&mut self) {
        let run = match self.export_source() {
            Ok(run) => run,
            Err(reason) => return self.notify(Level::Warning, reason.replace("to export", "to report")),
        };
        let name = file_name(&self.project.name, "report.html");
        let Some(path) = self.dialogs.ask(Purpose::SaveReport, &name) else { return };
        let problems = check::check_whole(&run, &self.base());
        let history = std::sync::Arc::clone(&self.runs);
        let changes = history.last().and_then(|last| last.changes);
        let page = Page { run: &run, changes, history: &history, problems: &problems };
        self.write_file(&path, report_page::html(&page).as_bytes());
    }

    /// Writes a file that was made here, and says where it is or why it is not there.
    pub fn write_file(&mut self, path: &Path, bytes: &[u8]) {
        if self.overwrites(&path.display().to_string()) {
            let text = format!("{} is a source table or the project itself: it stays as it is", path.display());
            return self.notify(Level::Error, text);
        }
        match file::write_whole(path, bytes) {
            Ok(()) => self.tell(Notice::new(Level::Info, format!("Saved {}", path.display())).of_file(path)),
            Err(error) => self.notify(Level::Error, format!("{} was not saved: {error}", path.display())),
        }
    }
}

/// A name for a file: letters, digits and dashes of a title.
fn file_name(title: &str, ending: &str) -> String {
    let words: Vec<String> =
        title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let name = if words.is_empty() { "chart".to_owned() } else { words.join("-") };
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
