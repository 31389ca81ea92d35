//! The panel below the page: what is to be mended, what is being done, and what was told.

use serde::{Deserialize, Serialize};

use super::{Page, Workbench};
use crate::project::validate::{Problem, Severity};

/// A part of the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PanelTab {
    Problems,
    Jobs,
    Notifications,
}

impl PanelTab {
    pub const ALL: [Self; 3] = [Self::Problems, Self::Jobs, Self::Notifications];

    pub fn title(self) -> &'static str {
        match self {
            Self::Problems => tr!("Problems"),
            Self::Jobs => tr!("Jobs"),
            Self::Notifications => tr!("Notifications"),
        }
    }
}

/// A line of the list of problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemLine {
    /// The page that the problems below belong to, and how many of them are listed.
    Page(&'static str, usize),
    /// The place of a problem among all.
    Problem(usize),
}

/// The problems with all words of a search in them, of one page where it is given, under the names of their pages.
pub fn problem_lines(problems: &[Problem], search: &str, page: Option<Page>) -> Vec<ProblemLine> {
    let search = search.to_lowercase();
    let holds_words = |problem: &Problem| {
        // Asked in every frame, mostly for no word at all.
        let mut words = search.split_whitespace().peekable();
        words.peek().is_none() || {
            let all = format!("{} {} {}", problem.place.page(), problem.message, problem.fix).to_lowercase();
            words.all(|word| all.contains(word))
        }
    };
    let is_wanted = |problem: &Problem| page.is_none_or(|page| page.has(&problem.place)) && holds_words(problem);
    let mut pages: Vec<(&'static str, Vec<usize>)> = Vec::new();
    for (place, problem) in problems.iter().enumerate().filter(|(_, problem)| is_wanted(problem)) {
        let page = crate::text::of(problem.place.page());
        match pages.iter_mut().find(|(name, _)| *name == page) {
            Some((_, of_page)) => of_page.push(place),
            None => pages.push((page, vec![place])),
        }
    }
    let mut lines = Vec::new();
    for (page, mut of_page) in pages {
        // Errors first; otherwise as they were found.
        of_page.sort_by_key(|&place| problems[place].severity != Severity::Error);
        lines.push(ProblemLine::Page(page, of_page.len()));
        lines.extend(of_page.into_iter().map(ProblemLine::Problem));
    }
    lines
}

/// A problem in one line of text.
pub fn problem_text(problem: &Problem) -> String {
    let kind = if problem.severity == Severity::Error { tr!("Error") } else { tr!("Warning") };
    tr!(
        "{kind} on {page}: {message} {fix}",
        kind,
        page = crate::text::of(problem.place.page()),
        message = problem.message,
        fix = problem.fix
    )
}

/// How many errors and warnings there are.
pub fn problem_counts<'a>(problems: impl Iterator<Item = &'a Problem>) -> (u64, u64) {
    problems.fold((0, 0), |(errors, warnings), problem| match problem.severity {
        Severity::Error => (errors + 1, warnings),
        Severity::Warning => (errors, warnings + 1),
    })
}

impl Workbench {
    /// Opens the panel with this part of it; puts it away where that is shown already.
    pub(super) fn toggle_panel(&mut self, tab: PanelTab) {
        self.settings.panel = (self.settings.panel != Some(tab)).then_some(tab);
        self.save_settings();
    }

    /// Keeps the height that the panel was made.
    pub fn set_panel_height(&mut self, height: f32) {
        let height = height.round();
        if self.settings.panel_height != Some(height) {
            self.settings.panel_height = Some(height);
            self.save_settings();
        }
    }

    pub fn show_panel(&mut self, tab: Option<PanelTab>) {
        if self.settings.panel != tab {
            self.settings.panel = tab;
            self.save_settings();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::validate::Place;

    fn problem(severity: Severity, place: Place, message: &str) -> Problem {
        Problem { severity, place, message: message.to_owned(), fix: "Mend it.".to_owned() }
    }

    #[test]
    fn problems_stand_under_their_pages_errors_first() {
        let problems = [
            problem(Severity::Warning, Place::Sources { table: None }, "Web is empty."),
            problem(Severity::Error, Place::Guards, "No guard."),
            problem(Severity::Error, Place::Sources { table: None }, "Shop is gone."),
            problem(Severity::Warning, Place::Overrides, "A pair twice."),
        ];
        use ProblemLine::{Page as Head, Problem};
        let all = [Head("Sources", 2), Problem(2), Problem(0), Head("Matching rules", 2), Problem(1), Problem(3)];
        assert_eq!(problem_lines(&problems, "", None), all);
        assert_eq!(problem_lines(&problems, "GONE mend", None), [Head("Sources", 1), Problem(2)]);
        assert_eq!(problem_lines(&problems, "", Some(Page::Matching)), all[3..]);
        assert_eq!(problem_lines(&problems, "nowhere", None), []);
        assert_eq!(problem_counts(problems.iter()), (2, 2));
        assert_eq!(problem_text(&problems[2]), "Error on Sources: Shop is gone. Mend it.");
    }
}
