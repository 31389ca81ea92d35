//! The whole app without a screen: the project being edited, its history, the jobs, and what they found.
//!
//! The window reads it and sends edits and commands; it owns no data itself. Every edit starts a *live* run of the
//! draft, as far as its problems let it go, from which all counts and previews come; the *published* results are
//! those of the last run that was asked for, and stay on the screen until the next one is whole.

pub mod about;
mod applying;
mod charts;
pub mod command;
pub mod customers;
pub mod dialogs;
pub mod difference;
mod disk;
pub mod dropping;
mod exports;
pub mod findings;
mod first_step;
pub mod grid;
pub mod guide;
pub mod history;
mod jobs;
pub mod languages;
mod layouts;
pub mod leaving;
mod lists;
pub mod making;
mod news;
pub mod notices;
mod opening;
pub mod page;
pub mod palette;
pub mod panel;
#[cfg(feature = "gui")]
pub mod pictures;
mod preview;
pub mod recent;
pub mod recovery;
mod running;
mod runs;
mod saving;
mod session;
pub mod settings;
pub mod shortcuts;
mod tables;
pub mod view;
pub mod words;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

pub use command::Command;
use command::{HelpTab, Keymap};
pub use dialogs::{Dialogs, Purpose};
pub use exports::{Exported, NEEDS_SAVING};
pub use first_step::FirstStep;
use history::{Going, History};
pub use jobs::{EndedJob, Ending, Lane, RunningJob, Waker};
use jobs::{Jobs, Outcome};
pub use layouts::Layouts;
pub use leaving::{Answer, Elsewhere, Leave, Question};
use news::News;
use notices::Notices;
pub use notices::{Level, Notice};
pub use page::Page;
use panel::PanelTab;
pub use running::{Live, Pending, Published};
pub use runs::Whose;
pub use session::Holder;
pub use settings::{Settings, Theme};

use crate::engine::activate::reuse::Written;
use crate::engine::check::{self, Wanted};
use crate::engine::customer::id_map::IdMap;
use crate::engine::stage::{Stage, StageCache};
use crate::engine::state::StateFolder;
use crate::engine::state::history::RunRecord;
use crate::engine::state::identity::Remembered;
use crate::project::validate::{Problem, Severity};
use crate::project::{Project, file};

/// The app.
pub struct Workbench {
    pub project: Arc<Project>,
    /// Where it was opened from or saved to.
    pub path: Option<PathBuf>,
    saved: Arc<Project>,
    pub history: History,
    /// Problems of the document, at once, and of the files, after the live run looked at them.
    pub problems: Vec<Problem>,
    pub live: Live,
    pub published: Option<Published>,
    pub notices: Notices,
    pub page: Page,
    pub settings: Settings,
    /// The shortcuts in force.
    pub keymap: Keymap,
    /// The page of shortcuts, where it is open.
    pub shortcut_page: Option<shortcuts::ShortcutPage>,
    /// The command palette, where it is open.
    pub palette: Option<palette::Palette>,
    pub views: view::Views,
    /// How the grids of the project are laid out.
    pub layouts: Layouts,
    findings: findings::Findings,
    customer_search: customers::CustomerSearch,
    #[cfg(feature = "gui")]
    pictures: pictures::Pictures,
    tried_rule: preview::TriedRule,
    /// Looks at files that wait for the one going on.
    looks: Vec<(Vec<PathBuf>, tables::DetectionFor)>,
    jobs: Jobs<News>,
    cache: Arc<StageCache>,
    /// The history of the project's runs, oldest first.
    pub runs: Arc<Vec<RunRecord>>,
    /// The export, by its id, that is written when the run going on is published.
    export_after_run: Option<String>,
    /// A finished run that waits for a decision.
    pub pending: Option<Pending>,
    /// Where the results, ids and history of the project lie; `None` until it is saved.
    state: Option<StateFolder>,
    /// The stamp of the ids on the disk when they were looked at last.
    stamp: Option<String>,
    /// The ids on the disk, as read last.
    ids: Arc<Remembered>,
    /// The ids after the last run of this session, for a project that is not saved.
    session_ids: Arc<IdMap>,
    /// What this session wrote last.
    written: Arc<Written>,
    /// The user's data folder.
    home: PathBuf,
    /// This window among others, and what is kept of its unsaved edits.
    session: session::Session,
    keeper: recovery::Keeper,
    /// Unsaved edits that killed programs left.
    pub offers: Vec<recovery::Offer>,
    /// Whether they are being offered.
    pub is_offering: bool,
    /// The project's file as it was opened or saved here.
    disk: Option<disk::Stamp>,
    /// What became of it since, as last looked at, where it is not the same.
    pub elsewhere: Option<Elsewhere>,
    /// A file that was made and waits for its path to be typed.
    pub unplaced: Option<making::Made>,
    /// What waits for an answer.
    pub question: Option<Question>,
    /// Whether the window is to close, everything being answered.
    pub has_left: bool,
    /// Whether the welcome page is shown in the place of the project.
    pub is_welcome: bool,
    /// What could not be opened, while the welcome page says so.
    pub unopened: Option<opening::Unopened>,
    /// What of the program itself is shown over the page.
    pub help: Option<HelpTab>,
    /// Where the list of what options and figures mean is open.
    pub words: Option<words::WordsPage>,
    /// Whether the help of what has the focus is shown beside it.
    pub explains_focus: bool,
    guide: guide::Guide,
    /// Whether the window is dark at present, by choice or after the desktop.
    pub shows_dark: bool,
    /// Recent projects whose files are not there, as last looked at.
    missing: BTreeSet<PathBuf>,
    pub dialogs: Box<dyn Dialogs>,
}

impl Workbench {
    /// An empty project. `home` is the user's data folder; `waker` is called from other threads when there is
    /// something new to show.
    pub fn new(home: PathBuf, dialogs: Box<dyn Dialogs>, waker: Waker) -> Self {
        let project = Arc::new(Project::new(tr!("New project")));
        let settings = Settings::load(&home);
        let mut workbench = Self {
            saved: Arc::clone(&project),
            problems: first_step::to_mend(&project, check::check_document(&project)),
            project,
            path: None,
            history: History::default(),
            live: Live::default(),
            published: None,
            notices: Notices::default(),
            page: Page::Sources,
            keymap: Keymap::new(&settings.shortcuts),
            shortcut_page: None,
            palette: None,
            settings,
            session: session::Session::new(&home),
            keeper: recovery::Keeper::default(),
            offers: Vec::new(),
            is_offering: false,
            disk: None,
            elsewhere: None,
            unplaced: None,
            question: None,
            has_left: false,
            is_welcome: false,
            unopened: None,
            help: None,
            words: None,
            explains_focus: false,
            guide: guide::Guide::default(),
            shows_dark: false,
            missing: BTreeSet::new(),
            home,
            views: view::Views::default(),
            layouts: Layouts::default(),
            findings: findings::Findings::default(),
            customer_search: customers::CustomerSearch::default(),
            #[cfg(feature = "gui")]
            pictures: pictures::Pictures::default(),
            tried_rule: preview::TriedRule::default(),
            looks: Vec::new(),
            jobs: Jobs::new(waker),
            cache: Arc::new(StageCache::default()),
            runs: Arc::default(),
            export_after_run: None,
            pending: None,
            state: None,
            stamp: None,
            ids: Arc::default(),
            session_ids: Arc::default(),
            written: Arc::default(),
            dialogs,
        };
        workbench.speak();
        workbench.tell_of_shortcuts();
        workbench
    }

    pub fn set_waker(&mut self, waker: Waker) {
        self.jobs.set_waker(waker);
    }

    /// The folder that relative paths of the project start from.
    pub fn base(&self) -> PathBuf {
        self.path.as_deref().map(file::base_folder).unwrap_or_default()
    }

    /// Whether there are edits that no file holds.
    pub fn is_dirty(&self) -> bool {
        let is_edited = !Arc::ptr_eq(&self.project, &self.saved) && *self.project != *self.saved;
        is_edited || self.elsewhere == Some(Elsewhere::Gone)
    }

    /// Whether nothing is being computed.
    pub fn is_idle(&self) -> bool {
        self.jobs.is_idle()
    }

    /// Whether a run that will be published goes on.
    pub fn is_running(&self) -> bool {
        self.jobs.is_running(Lane::Run)
    }

    /// The job that is going on in a lane, as it is at this moment.
    pub fn job(&self, lane: Lane) -> Option<RunningJob> {
        self.jobs.job(lane)
    }

    /// The latest jobs that are over, oldest first.
    pub fn ended_jobs(&self) -> &[EndedJob] {
        self.jobs.ended()
    }

    /// Asks a job to stop, where it can be.
    pub fn cancel_job(&mut self, lane: Lane) {
        if lane.no_cancel().is_none() {
            self.jobs.cancel(lane);
        }
    }

    /// Whether progress is on the screen, so that it is to be drawn as it moves on.
    pub fn shows_progress(&self) -> bool {
        let lists_all = self.settings.panel == Some(PanelTab::Jobs);
        let is_named = |lane: &Lane| (lists_all || Lane::IN_STATUS.contains(lane)) && self.jobs.is_running(*lane);
        !self.is_welcome && Lane::ALL.iter().any(is_named)
    }

    pub fn notify(&mut self, level: Level, text: impl Into<String>) {
        self.tell(Notice::new(level, text));
    }

    /// The same with more than a sentence.
    pub fn tell(&mut self, notice: Notice) {
        // Not its words: they may quote a value of a customer.
        if notice.level != Level::Info {
            log::warn!("{:?} shown on {}: {}", notice.level, self.page.name(), notice.kind());
        }
        self.notices.push(notice);
    }

    /// The first error that keeps a run from reaching a stage, in words.
    pub fn blocking_problem(&self, stage: Stage) -> Option<String> {
        if let Some(first) = self.first_step().filter(|_| stage > Stage::Load) {
            return Some(first.sentence.to_owned());
        }
        if check::reachable(&self.problems).is_some_and(|reachable| reachable >= stage) {
            return None;
        }
        let error = self.problems.iter().find(|problem| problem.severity == Severity::Error)?;
        Some(format!("{}: {}", crate::text::of(error.place.page()), error.message))
    }

    /// The first error that keeps this from being shown.
    pub fn blocked(&self, wanted: Wanted<'_>) -> Option<&Problem> {
        wanted.blocked(&self.problems, &self.project)
    }

    /// Takes an edited project in the place of the present one. `label` names the edit for undo; edits under one
    /// `going` (a drag, or typing in one field) are one step.
    pub fn commit(&mut self, edited: Project, label: &str, going: Option<Going>) {
        if edited == *self.project {
            return;
        }
        let before = std::mem::replace(&mut self.project, Arc::new(edited));
        self.history.record(Arc::unwrap_or_clone(before), label, self.page, going);
        self.project_changed();
    }

    /// An edit by a function.
    pub fn edit(&mut self, label: &str, edit: impl FnOnce(&mut Project)) {
        let mut edited = (*self.project).clone();
        edit(&mut edited);
        self.commit(edited, label, None);
    }

    /// Ends an edit in progress, so that the next one is an undo step of its own.
    pub fn close_edit(&mut self) {
        self.history.close_step();
    }

    fn project_changed(&mut self) {
        self.problems = first_step::to_mend(&self.project, check::check_document(&self.project));
        self.start_live();
    }

    /// Takes in what the jobs found; called before every frame. Says whether anything came.
    pub fn poll(&mut self) -> bool {
        let outcomes = self.jobs.drain();
        let any = !outcomes.is_empty();
        for (lane, outcome) in outcomes {
            match outcome {
                Outcome::Done(News::Live(outcome)) => self.take_live(*outcome),
                Outcome::Done(News::Published(outcome)) => self.take_published(*outcome),
                Outcome::Done(News::Decided(outcome)) => self.take_decided(*outcome),
                Outcome::Done(News::Stored(outcome)) => self.take_stored(*outcome),
                Outcome::Done(News::Detected(files, purpose)) => self.take_detected(files, purpose),
                Outcome::Done(News::View(outcome)) => self.views.take(*outcome),
                Outcome::Done(News::Found(found)) => self.findings.take(*found),
                Outcome::Done(News::Customers(news)) => self.take_customers(*news),
                Outcome::Done(News::Palette(news)) => self.take_palette(*news),
                #[cfg(feature = "gui")]
                Outcome::Done(News::Picture(news)) => self.take_picture(*news),
                Outcome::Done(News::Tried(tried)) => self.tried_rule.take(*tried),
                Outcome::Done(News::Exported(outcome)) => self.take_exported(*outcome),
                Outcome::Done(News::Reported(outcome)) => self.take_reported(outcome),
                Outcome::Done(News::Kept(result)) => self.take_kept(result),
                Outcome::Panicked(details) => {
                    match lane {
                        Lane::Live => self.live.running = false,
                        Lane::Stored => self.published = None,
                        Lane::Customers => self.give_customers_up(),
                        #[cfg(feature = "gui")]
                        Lane::Pictures => self.give_picture_up(),
                        _ => {}
                    }
                    let text =
                        tr!("Something unexpected went wrong; your project is intact. The log file has the details.");
                    self.tell(Notice::new(Level::Error, text).details(details).of_file(self.log_path()));
                }
            }
        }
        self.keep_recovery();
        self.keep_layouts_in_time();
        any
    }
}
