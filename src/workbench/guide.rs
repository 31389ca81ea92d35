//! The guided first project: three raw tables of a coffee shop, and the steps from them to an exported segment.
//!
//! A step is done when the project or its results say so, whoever did it and in whatever order; so the guide is
//! always where the analyst is. It belongs to one project, by its id, until it is left.

mod show;
mod steps;

use std::path::Path;

use super::{Leave, Level, Page, Workbench};
use crate::help::Topic;
use crate::project::{Project, file};
use crate::sample;
pub use steps::{STEPS, Step, StepWords};

/// The sample whose tables are brought together.
const SAMPLE: &str = "coffee";
const NAME: &str = msg!("First project");

/// What was seen and done that no project says. Kept while the window is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Witnessed {
    /// The page Unified data view was open, with tables unified.
    pub view: bool,
    /// A run was published.
    pub run: bool,
    /// The card of a known and of an unknown customer was open.
    pub known: bool,
    pub unknown: bool,
    /// An export was written.
    pub export: bool,
}

/// The guide of the open project.
#[derive(Debug, Clone, Default)]
pub struct Guide {
    /// The id of the project it is about.
    project: String,
    pub witnessed: Witnessed,
    /// Whether the screen is asked to open the cards of the customers to meet.
    opens_cards: bool,
}

/// How far the analyst has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub done: [bool; Step::COUNT],
}

impl Standing {
    /// Judges every step by the project, and by what was seen.
    pub fn of(project: &Project, witnessed: &Witnessed) -> Self {
        let mut done = Step::ALL.map(|step| step.is_done(project, witnessed));
        // What is only looked at was looked at where something that follows it was done.
        for step in [Step::View, Step::Customers] {
            let place = step as usize;
            done[place] |= done[place + 1..].iter().any(|done| *done);
        }
        Self { done }
    }

    /// The first step that is not done.
    pub fn current(&self) -> Option<Step> {
        Step::ALL.into_iter().find(|step| !self.done[*step as usize])
    }
}

/// The tables of the sample as someone finds them: columns and their meanings, but no key and nothing unified. `folder`
/// is where they lie.
fn first_project(folder: &Path) -> Option<Project> {
    let sample = sample::find(SAMPLE)?.project()?;
    let mut project = Project::new(crate::text::of(NAME));
    project.source_tables = sample.source_tables;
    for table in &mut project.source_tables {
        table.primary_key = None;
        table.path = file::relative_to(&folder.join(&table.path), Path::new(""));
    }
    Some(project)
}

impl Workbench {
    /// Goes on with the guided project where it is open, else starts it, after the questions that this takes.
    pub(super) fn begin_guide(&mut self) {
        let goes_on = self.settings.guided_project.as_deref() == Some(&self.project.id) && self.has_project();
        if goes_on {
            self.is_welcome = false;
        } else {
            self.leave(Leave::Guide);
        }
    }

    /// Starts the guided first project as a new one.
    pub(super) fn start_guide(&mut self) {
        let Some(path) = self.sample_copy(SAMPLE) else { return };
        let Some(mut project) = first_project(&file::base_folder(&path)) else { return };
        project.id = Project::new_project_id();
        let id = project.id.clone();
        self.set_project(project, None);
        self.settings.guided_project = Some(id);
        self.save_settings();
    }

    /// Whether the open project is the guided one.
    pub fn is_guided(&self) -> bool {
        self.settings.guided_project.as_deref().is_some_and(|id| id == self.project.id) && !self.is_welcome
    }

    /// Puts the guide away for good; the project stays.
    pub fn leave_guide(&mut self) {
        self.settings.guided_project = None;
        self.save_settings();
        let text = tr!("The guide is put away; Help, Guided first project starts it anew");
        self.notify(Level::Info, text);
    }

    /// Sees what the guide has to know of this frame.
    pub fn watch_for_guide(&mut self) {
        if !self.is_guided() {
            return;
        }
        if self.guide.project != self.project.id {
            self.guide = Guide { project: self.project.id.clone(), ..Guide::default() };
        }
        let is_view = self.page == Page::UnifiedView && !self.project.unification.is_empty();
        self.guide.witnessed.view |= is_view;
        self.guide.witnessed.run |= self.published.is_some();
    }

    /// How far the guide has come; `None` where none is open.
    pub fn guide_standing(&self) -> Option<Standing> {
        self.is_guided().then(|| Standing::of(&self.project, &self.guide.witnessed))
    }

    /// The step that is to be done next.
    pub fn guide_step(&self) -> Option<Step> {
        self.guide_standing()?.current()
    }

    pub(super) fn show_current_step(&mut self) {
        if let Some(step) = self.guide_step() {
            self.show_step(step);
        }
    }

    /// Whether cards are to be opened; asked once.
    pub fn takes_cards(&mut self) -> bool {
        std::mem::take(&mut self.guide.opens_cards)
    }

    /// Notes that the card of a customer was open.
    pub fn witness_customer(&mut self, is_known: bool) {
        self.guide.witnessed.known |= is_known;
        self.guide.witnessed.unknown |= !is_known;
    }

    pub(super) fn witness_export(&mut self) {
        self.guide.witnessed.export = true;
    }

    /// The page where a step is done, and the control there to begin with.
    pub fn guide_target(&self, step: Step) -> (Page, &'static Topic) {
        (step.words().page, step.control(&self.project))
    }
}

#[cfg(test)]
mod tests;
