//! What can be done, in one table: menus, shortcuts and tests are made from it.

use super::Workbench;
use crate::workbench::page::Page;
use crate::workbench::settings::{Theme, ZOOM};

/// What Help tells of the program itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HelpTab {
    About,
    News,
    Licences,
    Log,
}

/// Something the user can ask for from anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    NewProject,
    OpenProject,
    OpenPath,
    Save,
    SaveAs,
    SaveToPath,
    Undo,
    Redo,
    AddTables,
    RefreshSources,
    RunMatchingOnly,
    Unify,
    UnifyAndDependencies,
    Cancel,
    NextPage,
    PreviousPage,
    Go(Page),
    ToggleTheme,
    ThemeOf(Theme),
    ZoomIn,
    ZoomOut,
    ZoomReset,
    ToggleRail,
    Welcome,
    Help(HelpTab),
    InstallLauncher,
    Quit,
}

/// A shortcut in plain data; the window maps it to its keys. `key` is a letter, a digit, or a name such as `F5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shortcut {
    pub ctrl: bool,
    pub shift: bool,
    pub alt: bool,
    pub key: &'static str,
}

const fn ctrl(key: &'static str) -> Option<Shortcut> {
    Some(Shortcut { ctrl: true, shift: false, alt: false, key })
}

const fn ctrl_shift(key: &'static str) -> Option<Shortcut> {
    Some(Shortcut { ctrl: true, shift: true, alt: false, key })
}

const fn alt(key: &'static str) -> Option<Shortcut> {
    Some(Shortcut { ctrl: false, shift: false, alt: true, key })
}

const fn plain(key: &'static str) -> Option<Shortcut> {
    Some(Shortcut { ctrl: false, shift: false, alt: false, key })
}

impl std::fmt::Display for Shortcut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (held, name) in [(self.ctrl, "Ctrl+"), (self.shift, "Shift+"), (self.alt, "Alt+")] {
            if held {
                f.write_str(name)?;
            }
        }
        f.write_str(self.key)
    }
}

impl Command {
    /// Every command, in menu order.
    pub fn all() -> Vec<Self> {
        let mut all = vec![
            Self::NewProject,
            Self::OpenProject,
            Self::OpenPath,
            Self::Save,
            Self::SaveAs,
            Self::SaveToPath,
            Self::Quit,
            Self::Undo,
            Self::Redo,
            Self::AddTables,
            Self::RefreshSources,
            Self::RunMatchingOnly,
            Self::Unify,
            Self::UnifyAndDependencies,
            Self::Cancel,
            Self::NextPage,
            Self::PreviousPage,
            Self::ToggleTheme,
            Self::ThemeOf(Theme::System),
            Self::ThemeOf(Theme::Light),
            Self::ThemeOf(Theme::Dark),
            Self::ZoomIn,
            Self::ZoomOut,
            Self::ZoomReset,
            Self::ToggleRail,
            Self::Welcome,
            Self::Help(HelpTab::About),
            Self::Help(HelpTab::News),
            Self::Help(HelpTab::Licences),
            Self::Help(HelpTab::Log),
            Self::InstallLauncher,
        ];
        all.extend(Page::ALL.map(Self::Go));
        all
    }

    pub fn text(self) -> &'static str {
        match self {
            Self::NewProject => "New project",
            Self::OpenProject => "Open…",
            Self::OpenPath => "Open path…",
            Self::SaveToPath => "Save to path…",
            Self::Save => "Save",
            Self::SaveAs => "Save as…",
            Self::Undo => "Undo",
            Self::Redo => "Redo",
            Self::AddTables => "Add tables…",
            Self::RefreshSources => "Refresh all tables",
            Self::RunMatchingOnly => "Run matching only",
            Self::Unify => "Unify",
            Self::UnifyAndDependencies => "Unify and dependencies",
            Self::Cancel => "Cancel run",
            Self::NextPage => "Next step",
            Self::PreviousPage => "Previous step",
            Self::Go(page) => page.title(),
            Self::ToggleTheme => "Light or dark",
            Self::ThemeOf(Theme::System) => "Colours of the desktop",
            Self::ThemeOf(Theme::Light) => "Light",
            Self::ThemeOf(Theme::Dark) => "Dark",
            Self::ZoomIn => "Zoom in",
            Self::ZoomOut => "Zoom out",
            Self::ZoomReset => "Usual size",
            Self::ToggleRail => "Show or hide the steps",
            Self::Welcome => "Welcome page",
            Self::Help(HelpTab::About) => "About Tributary",
            Self::Help(HelpTab::News) => "What's new",
            Self::Help(HelpTab::Licences) => "Licences",
            Self::Help(HelpTab::Log) => "Show log file",
            Self::InstallLauncher => "Add to the desktop's menu",
            Self::Quit => "Quit",
        }
    }

    pub fn tooltip(self) -> &'static str {
        match self {
            Self::NewProject => "Start an empty project",
            Self::OpenProject => "Open a .tributary file",
            Self::OpenPath => "Type the path of a project to open",
            Self::SaveToPath => "Type the path to save the project to",
            Self::Save => "Save the project's decisions",
            Self::SaveAs => "Save under another name; ids and the history of runs go along",
            Self::Undo => "Take the last edit back",
            Self::Redo => "Make the undone edit again",
            Self::AddTables => "Add CSV, TSV or Parquet files as source tables",
            Self::RefreshSources => "Read all files again",
            Self::RunMatchingOnly => "Deduplicate and match; customers stay as they are",
            Self::Unify => "Deduplicate, match and make customers; activities and segments wait for the next whole run",
            Self::UnifyAndDependencies => "Make customers, activities and segments, and keep the results",
            Self::Cancel => "Stop the run; the last results stay",
            Self::NextPage => "Go to the next step",
            Self::PreviousPage => "Go to the previous step",
            Self::Go(page) => page.purpose(),
            Self::ToggleTheme => "Switch between light and dark",
            Self::ThemeOf(Theme::System) => "Light or dark as the desktop is",
            Self::ThemeOf(Theme::Light) => "Always light",
            Self::ThemeOf(Theme::Dark) => "Always dark",
            Self::ZoomIn => "Draw everything larger",
            Self::ZoomOut => "Draw everything smaller",
            Self::ZoomReset => "Draw everything at the desktop's size",
            Self::ToggleRail => "More room for the page: the steps at the left come and go",
            Self::Welcome => "Recent projects and samples",
            Self::Help(HelpTab::About) => "Versions and places, to copy",
            Self::Help(HelpTab::News) => "What changed in this version",
            Self::Help(HelpTab::Licences) => "The licences of the crates, fonts and data inside",
            Self::InstallLauncher => "Write a launcher with icon, and open .tributary files with this program",
            Self::Help(HelpTab::Log) => "What the program noted: starts, runs, warnings and errors",
            Self::Quit => "Close the window",
        }
    }

    pub fn shortcut(self) -> Option<Shortcut> {
        match self {
            Self::NewProject => ctrl("N"),
            Self::OpenProject => ctrl("O"),
            Self::OpenPath => None,
            Self::SaveToPath => None,
            Self::Save => ctrl("S"),
            Self::SaveAs => ctrl_shift("S"),
            Self::Undo => ctrl("Z"),
            Self::Redo => ctrl_shift("Z"),
            Self::AddTables => ctrl_shift("O"),
            Self::RefreshSources => ctrl("R"),
            Self::RunMatchingOnly => ctrl_shift("F5"),
            Self::Unify => ctrl("F5"),
            Self::UnifyAndDependencies => plain("F5"),
            Self::Cancel => ctrl("Period"),
            Self::NextPage => alt("ArrowRight"),
            Self::PreviousPage => alt("ArrowLeft"),
            Self::Go(page) => page.digit().and_then(ctrl),
            Self::ToggleTheme => ctrl_shift("L"),
            Self::ThemeOf(_) | Self::Welcome | Self::Help(_) | Self::InstallLauncher => None,
            Self::ZoomIn => ctrl("Plus"),
            Self::ZoomOut => ctrl("Minus"),
            Self::ZoomReset => ctrl_shift("0"),
            Self::ToggleRail => ctrl("B"),
            Self::Quit => ctrl("Q"),
        }
    }

    /// Whether it can be done now; if not, why.
    pub fn enabled(self, workbench: &Workbench) -> Result<(), String> {
        let running = workbench.is_running();
        match self {
            Self::Undo if workbench.history.undo_label().is_none() => Err("Nothing to undo".to_owned()),
            Self::Redo if workbench.history.redo_label().is_none() => Err("Nothing to redo".to_owned()),
            Self::Save if !workbench.is_dirty() && workbench.path.is_some() => Err("Everything is saved".to_owned()),
            Self::InstallLauncher if !cfg!(target_os = "linux") => {
                Err("Only Linux desktops have such entries".to_owned())
            }
            Self::ZoomIn if workbench.settings.zoom >= *ZOOM.end() => Err("It is as large as it gets".to_owned()),
            Self::ZoomOut if workbench.settings.zoom <= *ZOOM.start() => Err("It is as small as it gets".to_owned()),
            Self::Cancel if !running => Err("Nothing is running".to_owned()),
            Self::RunMatchingOnly | Self::Unify | Self::UnifyAndDependencies => {
                if running {
                    return Err("A run is going on".to_owned());
                }
                workbench.blocking_problem(self.stage()).map_or(Ok(()), Err)
            }
            Self::RefreshSources if workbench.project.source_tables.is_empty() => Err("There are no tables".to_owned()),
            _ => Ok(()),
        }
    }

    /// The stage that a run command runs to.
    pub fn stage(self) -> crate::engine::stage::Stage {
        use crate::engine::stage::Stage;
        match self {
            Self::RunMatchingOnly => Stage::Match,
            Self::Unify => Stage::Merge,
            _ => Stage::Segments,
        }
    }
}
