//! The whole app without a screen: the project being edited, its history, the jobs, and what they found.
//!
//! The window reads it and sends edits and commands; it owns no data itself. Every edit starts a *live* run of the
//! draft, as far as its problems let it go, from which all counts and previews come; the *published* results are
//! those of the last run that was asked for, and stay on the screen until the next one is whole.

mod charts;
pub mod command;
pub mod customers;
pub mod dialogs;
mod exports;
pub mod findings;
pub mod grid;
pub mod history;
mod jobs;
mod lists;
pub mod page;
pub mod palette;
#[cfg(feature = "gui")]
pub mod pictures;
mod preview;
mod running;
mod runs;
mod settings;
pub mod shortcuts;
mod tables;
pub mod view;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

pub use command::Command;
use command::Keymap;
pub use dialogs::{Dialogs, Purpose};
use history::{Going, History, Move};
use jobs::{Jobs, Outcome};
pub use jobs::{Lane, Waker};
pub use page::Page;
pub use running::{Live, Pending, Published};
pub use runs::Whose;
pub use settings::Settings;

use crate::engine::activate::reuse::Written;
use crate::engine::check;
use crate::engine::customer::id_map::IdMap;
use crate::engine::ingest::Detected;
use crate::engine::stage::{Stage, StageCache};
use crate::engine::state::StateFolder;
use crate::engine::state::history::RunRecord;
use crate::engine::state::identity::Remembered;
use crate::places;
use crate::project::validate::{Problem, Severity};
use crate::project::{Project, file};
use crate::sample;

/// How serious a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Info,
    Warning,
    Error,
}

/// Something that happened, shown for a while.
#[derive(Debug, Clone)]
pub struct Notice {
    pub level: Level,
    pub text: String,
    /// When it came up; information goes by itself after a while, the rest waits to be put away.
    pub since: Instant,
}

impl Notice {
    pub fn new(level: Level, text: impl Into<String>) -> Self {
        Self { level, text: text.into(), since: Instant::now() }
    }
}

/// How long information stays.
const SHOWN: Duration = Duration::from_secs(4);

/// What the jobs send back.
enum News {
    Live(Box<running::LiveOutcome>),
    Published(Box<running::PublishOutcome>),
    Decided(Box<running::DecidedOutcome>),
    Stored(Box<running::StoredOutcome>),
    Detected(Vec<(PathBuf, Result<Detected, String>)>, tables::DetectionFor),
    View(Box<view::ViewOutcome>),
    Found(Box<findings::Found>),
    Customers(Box<customers::CustomerNews>),
    Palette(Box<palette::PaletteNews>),
    #[cfg(feature = "gui")]
    Picture(Box<pictures::PictureNews>),
    Tried(Box<preview::Tried>),
    Exported(Box<exports::ExportOutcome>),
}

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
    pub notices: Vec<Notice>,
    pub page: Page,
    pub settings: Settings,
    /// The shortcuts in force.
    pub keymap: Keymap,
    /// The page of shortcuts, where it is open.
    pub shortcut_page: Option<shortcuts::ShortcutPage>,
    /// The command palette, where it is open.
    pub palette: Option<palette::Palette>,
    pub views: view::Views,
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
    pub dialogs: Box<dyn Dialogs>,
}

impl Workbench {
    /// An empty project. `home` is the user's data folder; `waker` is called from other threads when there is
    /// something new to show.
    pub fn new(home: PathBuf, dialogs: Box<dyn Dialogs>, waker: Waker) -> Self {
        let project = Arc::new(Project::new("New project"));
        let settings = Settings::load(&home);
        let mut workbench = Self {
            saved: Arc::clone(&project),
            problems: check::check_document(&project),
            project,
            path: None,
            history: History::default(),
            live: Live::default(),
            published: None,
            notices: Vec::new(),
            page: Page::Sources,
            keymap: Keymap::new(&settings.shortcuts),
            shortcut_page: None,
            palette: None,
            settings,
            home,
            views: view::Views::default(),
            findings: findings::Findings::default(),
            customer_search: customers::CustomerSearch::default(),
            #[cfg(feature = "gui")]
            pictures: pictures::Pictures::default(),
            tried_rule: preview::TriedRule::default(),
            looks: Vec::new(),
            jobs: Jobs::new(waker),
            cache: Arc::new(StageCache::default()),
            runs: Arc::default(),
            pending: None,
            state: None,
            stamp: None,
            ids: Arc::default(),
            session_ids: Arc::default(),
            written: Arc::default(),
            dialogs,
        };
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
        *self.project != *self.saved
    }

    /// Whether nothing is being computed.
    pub fn is_idle(&self) -> bool {
        self.jobs.is_idle()
    }

    /// Whether a run that will be published goes on.
    pub fn is_running(&self) -> bool {
        self.jobs.is_running(Lane::Run)
    }

    pub fn jobs_progress(&self, lane: Lane) -> Option<(crate::task::Progress, bool)> {
        self.jobs.progress(lane)
    }

    pub fn notify(&mut self, level: Level, text: impl Into<String>) {
        self.notices.push(Notice::new(level, text));
    }

    /// The first error that keeps a run from reaching a stage, in words.
    pub fn blocking_problem(&self, stage: Stage) -> Option<String> {
        if check::reachable(&self.problems).is_some_and(|reachable| reachable >= stage) {
            return None;
        }
        let error = self.problems.iter().find(|problem| problem.severity == Severity::Error)?;
        Some(format!("{}: {}", error.place.page(), error.message))
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
        self.problems = check::check_document(&self.project);
        self.start_live();
    }

    /// How long until the next notice goes by itself.
    pub fn next_expiry(&self) -> Option<Duration> {
        let of_info = self.notices.iter().filter(|notice| notice.level == Level::Info);
        of_info.map(|notice| SHOWN.saturating_sub(notice.since.elapsed())).min()
    }

    /// Takes in what the jobs found; called before every frame. Says whether anything came.
    pub fn poll(&mut self) -> bool {
        self.notices.retain(|notice| notice.level != Level::Info || notice.since.elapsed() < SHOWN);
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
                Outcome::Panicked(details) => {
                    match lane {
                        Lane::Live => self.live.running = false,
                        Lane::Stored => self.published = None,
                        Lane::Customers => self.give_customers_up(),
                        #[cfg(feature = "gui")]
                        Lane::Pictures => self.give_picture_up(),
                        _ => {}
                    }
                    let text = format!("Something unexpected went wrong; your project is intact. Details: {details}");
                    self.notify(Level::Error, text);
                }
            }
        }
        any
    }

    /// Does what a command says. Questions about unsaved edits are the window's to ask first.
    pub fn apply(&mut self, command: Command) {
        if let Err(reason) = command.enabled(self) {
            let not_run = matches!(command, Command::RunMatchingOnly | Command::Unify | Command::UnifyAndDependencies);
            if not_run {
                self.notify(Level::Warning, format!("Not run. {reason}"));
            } else {
                self.notify(Level::Info, reason);
            }
            return;
        }
        match command {
            Command::Report => self.save_report(),
            Command::NewProject => self.set_project(Project::new("New project"), None),
            Command::OpenProject => {
                if let Some(path) = self.dialogs.ask(Purpose::OpenProject, "") {
                    self.open(&path);
                }
            }
            Command::Save => match self.path.clone() {
                Some(path) => self.save_to(&path),
                None => self.apply(Command::SaveAs),
            },
            Command::SaveAs => {
                let name = format!("{}.{}", self.project.name, file::EXTENSION);
                match self.dialogs.ask(Purpose::SaveProject, &name) {
                    Some(path) => self.save_to(&path),
                    None => {
                        self.notify(Level::Info, "Not saved: no file was chosen. A path can be typed in the File menu.")
                    }
                }
            }
            Command::Undo => {
                let moved = self.history.undo((*self.project).clone());
                self.travel(moved, |place, label| format!("Undone{place}: {label}"));
            }
            Command::Redo => {
                let moved = self.history.redo((*self.project).clone());
                self.travel(moved, |place, label| format!("Redone{place}: {label}"));
            }
            Command::History => {
                self.settings.shows_history = !self.settings.shows_history;
                self.save_settings();
            }
            Command::AddTables => {
                let paths = self.dialogs.ask_many(Purpose::AddTables);
                self.add_tables(paths);
            }
            Command::RefreshSources => self.refresh_sources(),
            Command::RunMatchingOnly | Command::Unify | Command::UnifyAndDependencies => {
                self.start_run(command.stage());
            }
            Command::Cancel => self.jobs.cancel(Lane::Run),
            Command::NextPage => self.page = self.page.next().unwrap_or(self.page),
            Command::PreviousPage => self.page = self.page.previous().unwrap_or(self.page),
            Command::Go(page) => self.page = page,
            Command::ToggleTheme => {
                self.settings.dark = !self.settings.dark;
                self.save_settings();
            }
            Command::Shortcuts => {
                self.shortcut_page = self.shortcut_page.is_none().then(shortcuts::ShortcutPage::default);
            }
            Command::Palette => match self.palette.take() {
                Some(_) => self.jobs.stop(Lane::Palette),
                None => self.open_palette(),
            },
            // The window's: it asks for the path, or closes.
            Command::OpenPath | Command::SaveToPath | Command::Quit => {}
        }
    }

    /// Goes to where so many of the kept edits are done.
    pub fn jump_in_history(&mut self, place: usize) {
        let moved = self.history.jump(place, (*self.project).clone());
        let last = self.history.undo_label();
        let text =
            last.map_or("The project is as it was".to_owned(), |last| format!("The project is as after: {last}"));
        self.travel(moved, |_, _| text);
    }

    /// Takes a project of the history over, and goes to the page where the edit was made.
    fn travel(&mut self, moved: Option<Move>, words: impl FnOnce(&str, &str) -> String) {
        let Some(Move { project, label, page }) = moved else { return };
        let place = if page == self.page { String::new() } else { format!(" on {}", page.title()) };
        self.page = page;
        self.project = Arc::new(project);
        self.notify(Level::Info, words(&place, &label));
        self.project_changed();
    }

    /// Opens a project file; what was open stays where it cannot be.
    pub fn open(&mut self, path: &Path) {
        match file::load(path) {
            Ok(project) => {
                self.set_project(project, Some(path.to_owned()));
                self.settings.remember(path);
                self.save_settings();
            }
            Err(error) => self.notify(Level::Error, error.to_string()),
        }
    }

    /// Opens the user's copy of a sample, and unifies it where that was not done yet.
    pub fn open_sample(&mut self, name: &str) {
        let Some(sample) = sample::find(name) else { return };
        match sample.open_copy(&places::samples_folder(&self.home)) {
            Ok(path) => {
                self.open(&path);
                self.page = Page::Customers;
                if self.published.is_none() {
                    self.start_run(Stage::Segments);
                }
            }
            Err(error) => self.notify(Level::Error, format!("The sample could not be opened: {error}")),
        }
    }

    /// Whether a file is where it was.
    pub fn is_there(&self, path: &Path) -> bool {
        path.exists()
    }

    fn set_project(&mut self, project: Project, path: Option<PathBuf>) {
        // What the old project still computes must not reach the new one; an export ends in its file.
        for lane in [
            Lane::Run,
            Lane::Live,
            Lane::Look,
            Lane::View,
            Lane::Find,
            Lane::Customers,
            Lane::Preview,
            Lane::Stored,
            Lane::Palette,
        ] {
            self.jobs.stop(lane);
        }
        self.project = Arc::new(project);
        self.saved = Arc::clone(&self.project);
        self.path = path;
        self.looks.clear();
        self.history = History::default();
        self.palette = None;
        self.live = Live::default();
        self.views = view::Views::default();
        self.findings = findings::Findings::default();
        self.customer_search = customers::CustomerSearch::default();
        #[cfg(feature = "gui")]
        {
            self.pictures = pictures::Pictures::default();
        }
        self.tried_rule = preview::TriedRule::default();
        self.page = Page::Sources;
        self.published = None;
        self.pending = None;
        self.ids = Arc::default();
        self.session_ids = Arc::default();
        self.runs = Arc::default();
        self.open_state();
        self.look_at_runs();
        self.open_stored();
        self.project_changed();
    }

    /// Saves to a path, which becomes the project's. Relative table paths keep pointing at the same files.
    pub fn save_to(&mut self, path: &Path) {
        let path = match path.extension() {
            Some(ending) if ending == file::EXTENSION => path.to_owned(),
            _ => PathBuf::from(format!("{}.{}", path.display(), file::EXTENSION)),
        };
        let mut project = (*self.project).clone();
        let (old, new) = (self.base(), file::base_folder(&path));
        let mut moves = None;
        if self.path.is_none() || old != new {
            let repoint = |project: &mut Project| {
                for table in &mut project.source_tables {
                    table.path = file::relative_to(&old.join(&table.path), &new);
                }
            };
            repoint(&mut project);
            moves = Some(repoint);
        }
        if project.id.is_empty() {
            project.id = Project::new_project_id();
        }
        if self.path.is_none() && project.name == "New project" {
            project.name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or(project.name);
        }
        match file::save(&project, &path) {
            Ok(()) => {
                self.project = Arc::new(project);
                self.saved = Arc::clone(&self.project);
                let id = self.project.id.clone();
                self.history.map(|project| {
                    // An undone edit must not lead to files as they lie from the folder before, nor to another id.
                    moves.iter().for_each(|repoint| repoint(project));
                    project.id.clone_from(&id);
                });
                self.history.mark_saved();
                self.settings.remember(&path);
                self.save_settings();
                let moved = self.path.as_deref() != Some(&path);
                self.path = Some(path);
                self.notify(Level::Info, "Saved");
                if moved {
                    self.move_state();
                    self.project_changed();
                    // The results move along: a whole run is written beside the project, from the cache.
                    let whole = self.published.as_ref().and_then(|published| published.run.as_ref());
                    if whole.is_some_and(|run| run.until == Stage::Segments) {
                        self.start_run(Stage::Segments);
                    }
                }
            }
            Err(error) => self.notify(Level::Error, error.to_string()),
        }
    }

    fn save_settings(&mut self) {
        if let Err(error) = self.settings.save(&self.home) {
            self.notify(Level::Warning, format!("The settings could not be kept: {error}"));
        }
    }
}
