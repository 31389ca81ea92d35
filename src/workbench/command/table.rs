//! The table of commands, in the order of the menus.

use super::shortcut::{alt, ctrl, ctrl_shift, plain, shift};
use super::{Menu, Row};
use crate::workbench::settings::ZOOM;
use crate::workbench::{Page, Workbench};

/// Makes the commands and their rows from one list, so that none can be without.
macro_rules! commands {
    ($($command:ident: $row:expr;)*) => {
        /// Something the user can ask for from anywhere.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Command {
            $($command,)*
            /// Opens a page.
            Go(Page),
        }

        impl Command {
            /// Every command, in menu order; the pages last.
            pub fn all() -> Vec<Self> {
                let mut all = vec![$(Self::$command),*];
                all.extend(Page::ALL.map(Self::Go));
                all
            }

            pub(super) fn row(self) -> Row {
                match self {
                    $(Self::$command => {
                        const ROW: Row = $row;
                        ROW
                    })*
                    Self::Go(page) => of_page(page),
                }
            }
        }
    };
}

commands! {
    NewProject: Row::new("new-project", Menu::File, "New project", "Start an empty project").keys(&[ctrl("N")]);
    OpenProject: Row::new("open-project", Menu::File, "Open…", "Open a .tributary file").keys(&[ctrl("O")]);
    OpenPath: Row::new("open-path", Menu::File, "Open path…", "Type the path of a project to open");
    Save: Row::new("save", Menu::File, "Save", "Save the project's decisions").keys(&[ctrl("S")]).when(has_edits);
    SaveAs: Row::new("save-as", Menu::File, "Save as…", "Save under another name; ids and the history of runs go along")
        .keys(&[ctrl_shift("S")]);
    SaveToPath: Row::new("save-to-path", Menu::File, "Save to path…", "Type the path to save the project to");
    Welcome: Row::new("welcome", Menu::File, "Welcome page", "Recent projects and samples");
    Quit: Row::new("quit", Menu::File, "Quit", "Close the window").keys(&[ctrl("Q")]).starts_group();

    Undo: Row::new("undo", Menu::Edit, "Undo", "Take the last edit back").keys(&[ctrl("Z")]).when(can_undo);
    Redo: Row::new("redo", Menu::Edit, "Redo", "Make the undone edit again")
        .keys(&[ctrl_shift("Z"), ctrl("Y")]).when(can_redo);
    History: Row::new("edit-history", Menu::Edit, "Edit history", "List all edits, and go back to any of them")
        .keys(&[ctrl("H")]).starts_group();

    AddTables: Row::new("add-tables", Menu::Sources, "Add tables…", "Add CSV, TSV or Parquet files as source tables")
        .keys(&[ctrl_shift("O")]);
    RefreshSources: Row::new("refresh-tables", Menu::Sources, "Refresh all tables", "Read all files again")
        .keys(&[ctrl("R")]).when(has_tables);

    UnifyAndDependencies: Row::new("unify-and-dependencies", Menu::Run, "Run",
        "Make customers, activities and segments, and keep the results").keys(&[plain("F5")])
        .when(|workbench| can_run(workbench, Command::UnifyAndDependencies));
    Unify: Row::new("unify", Menu::Run, "Run without activities and segments",
        "Deduplicate, match and make customers; activities and segments wait for the next whole run")
        .keys(&[ctrl("F5")]).when(|workbench| can_run(workbench, Command::Unify));
    RunMatchingOnly: Row::new("run-matching-only", Menu::Run, "Run matching only",
        "Deduplicate and match; customers stay as they are").keys(&[ctrl_shift("F5")])
        .when(|workbench| can_run(workbench, Command::RunMatchingOnly));
    Cancel: Row::new("cancel-run", Menu::Run, "Cancel run", "Stop the run; the last results stay")
        .keys(&[ctrl("Period")]).when(is_running).starts_group();
    Report: Row::new("report", Menu::Run, "Report…", "Save a report of the last run as one page of HTML")
        .when(can_report).starts_group();

    NextPage: Row::new("next-step", Menu::Go, "Next step", "Go to the next step").keys(&[alt("Right")]);
    PreviousPage: Row::new("previous-step", Menu::Go, "Previous step", "Go to the previous step").keys(&[alt("Left")]);

    Palette: Row::new("command-palette", Menu::View, "Command palette…",
        "Do or go to anything by some of its letters").keys(&[ctrl_shift("P")]);
    ToggleTheme: Row::new("toggle-theme", Menu::View, "Light or dark", "Switch between light and dark")
        .keys(&[ctrl_shift("L")]).starts_group();
    ThemeOfDesktop: Row::new("theme-of-desktop", Menu::View, "Colours of the desktop", "Light or dark as the desktop is");
    LightTheme: Row::new("light-theme", Menu::View, "Light", "Always light");
    DarkTheme: Row::new("dark-theme", Menu::View, msg!("Dark"), msg!("Always dark"));
    ZoomIn: Row::new("zoom-in", Menu::View, "Zoom in", "Draw everything larger")
        .keys(&[ctrl("Plus"), ctrl("Equals")]).when(can_zoom_in).starts_group();
    ZoomOut: Row::new("zoom-out", Menu::View, "Zoom out", "Draw everything smaller")
        .keys(&[ctrl("Minus")]).when(can_zoom_out);
    ZoomReset: Row::new("zoom-reset", Menu::View, "Usual size", "Draw everything at the desktop's size")
        .keys(&[ctrl_shift("0")]);
    Problems: Row::new("problems", Menu::View, "Problems", "List what is to be mended, and go there")
        .keys(&[ctrl_shift("M")]).starts_group();
    Jobs: Row::new("jobs", Menu::View, "Jobs", "What is being done, how far it is, and what is over")
        .keys(&[ctrl_shift("J")]);
    Notifications: Row::new("notifications", Menu::View, "Notifications", "Read again what the program told")
        .keys(&[ctrl_shift("N")]);
    ToggleRail: Row::new("toggle-steps", Menu::View, "Show or hide the steps",
        "More room for the page: the steps at the left come and go").keys(&[ctrl("B")]).starts_group();

    WhatIsThis: Row::new("what-is-this", Menu::Help, "What is this?",
        "Say what the option or figure that has the focus means, until it is pressed again").keys(&[shift("F1")]);
    Words: Row::new("words-and-figures", Menu::Help, "Words and figures…",
        "What every option means, and how every figure is computed").keys(&[ctrl("F1")]);
    Guide: Row::new("guided-first-project", Menu::Help, "Guided first project",
        "From three raw tables to an exported segment, step by step").starts_group();
    ShowStep: Row::new("guide-show-me", Menu::Help, "Guide: show me", "Do the guide's step, as an edit that can be undone")
        .keys(&[ctrl_shift("F1")])
        .when(is_at_a_step);
    LeaveGuide: Row::new("guide-leave", Menu::Help, "Leave the guide", "Put the guide away; the project stays")
        .when(is_guided);
    Shortcuts: Row::new("keyboard-shortcuts", Menu::Help, "Keyboard shortcuts…", "Find and change shortcuts")
        .keys(&[ctrl("Slash"), plain("F1")]).starts_group();
    News: Row::new("news", Menu::Help, "What's new", "What changed in this version");
    Licences: Row::new("licences", Menu::Help, "Licences", "The licences of the crates, fonts and data inside");
    Log: Row::new("log-file", Menu::Help, "Show log file",
        "What the program noted: starts, runs, warnings and errors");
    InstallLauncher: Row::new("install-launcher", Menu::Help, "Add to the desktop's menu",
        "Write a launcher with icon, and open .tributary files with this program").when(has_launcher).starts_group();
    About: Row::new("about", Menu::Help, "About Tributary", "Versions and places, to copy").starts_group();
}

/// The row of the command that opens a page.
fn of_page(page: Page) -> Row {
    let row = Row::new(page.command_name(), Menu::Go, page.title(), page.purpose()).keys(page.shortcuts());
    if page == Page::Sources { row.starts_group() } else { row }
}

fn has_edits(workbench: &Workbench) -> Result<(), String> {
    let is_saved = !workbench.is_dirty() && workbench.path.is_some();
    if is_saved { Err("Everything is saved".to_owned()) } else { Ok(()) }
}

fn can_undo(workbench: &Workbench) -> Result<(), String> {
    workbench.history.undo_label().map(|_| ()).ok_or_else(|| "Nothing to undo".to_owned())
}

fn can_redo(workbench: &Workbench) -> Result<(), String> {
    workbench.history.redo_label().map(|_| ()).ok_or_else(|| "Nothing to redo".to_owned())
}

fn has_tables(workbench: &Workbench) -> Result<(), String> {
    if workbench.project.source_tables.is_empty() { Err("There are no tables".to_owned()) } else { Ok(()) }
}

fn can_run(workbench: &Workbench, command: Command) -> Result<(), String> {
    if workbench.is_running() {
        return Err("A run is going on".to_owned());
    }
    workbench.blocking_problem(command.stage()).map_or(Ok(()), Err)
}

fn can_report(workbench: &Workbench) -> Result<(), String> {
    workbench.export_source().map(drop).map_err(|reason| reason.replace("to export", "to report"))
}

fn can_zoom_in(workbench: &Workbench) -> Result<(), String> {
    if workbench.settings.zoom < *ZOOM.end() { Ok(()) } else { Err("It is as large as it gets".to_owned()) }
}

fn can_zoom_out(workbench: &Workbench) -> Result<(), String> {
    if workbench.settings.zoom > *ZOOM.start() { Ok(()) } else { Err("It is as small as it gets".to_owned()) }
}

fn has_launcher(_: &Workbench) -> Result<(), String> {
    if cfg!(target_os = "linux") { Ok(()) } else { Err("Only Linux desktops have such entries".to_owned()) }
}

fn is_guided(workbench: &Workbench) -> Result<(), String> {
    if workbench.is_guided() { Ok(()) } else { Err("The guide is not open".to_owned()) }
}

fn is_at_a_step(workbench: &Workbench) -> Result<(), String> {
    is_guided(workbench)?;
    workbench.guide_step().map(|_| ()).ok_or_else(|| "Every step is done".to_owned())
}

fn is_running(workbench: &Workbench) -> Result<(), String> {
    if workbench.is_running() { Ok(()) } else { Err("Nothing is running".to_owned()) }
}
