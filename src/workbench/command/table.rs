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
    NewProject: Row::new("new-project", Menu::File, msg!("New project"), msg!("Start an empty project")).keys(&[ctrl("N")]);
    OpenProject: Row::new("open-project", Menu::File, msg!("Open…"), msg!("Open a .tributary file")).keys(&[ctrl("O")]);
    OpenPath: Row::new("open-path", Menu::File, msg!("Open path…"), msg!("Type the path of a project to open"));
    Save: Row::new("save", Menu::File, msg!("Save"), msg!("Save the project's decisions")).keys(&[ctrl("S")]).when(has_edits);
    SaveAs: Row::new("save-as", Menu::File, msg!("Save as…"), msg!("Save under another name; ids and the history of runs go along"))
        .keys(&[ctrl_shift("S")]);
    SaveToPath: Row::new("save-to-path", Menu::File, msg!("Save to path…"), msg!("Type the path to save the project to"));
    Welcome: Row::new("welcome", Menu::File, msg!("Welcome page"), msg!("Recent projects and samples"));
    Quit: Row::new("quit", Menu::File, msg!("Quit"), msg!("Close the window")).keys(&[ctrl("Q")]).starts_group();

    Undo: Row::new("undo", Menu::Edit, msg!("Undo"), msg!("Take the last edit back")).keys(&[ctrl("Z")]).when(can_undo);
    Redo: Row::new("redo", Menu::Edit, msg!("Redo"), msg!("Make the undone edit again"))
        .keys(&[ctrl_shift("Z"), ctrl("Y")]).when(can_redo);
    History: Row::new("edit-history", Menu::Edit, msg!("Edit history"), msg!("List all edits, and go back to any of them"))
        .keys(&[ctrl("H")]).starts_group();

    AddTables: Row::new("add-tables", Menu::Sources, msg!("Add tables…"), msg!("Add CSV, TSV or Parquet files as source tables"))
        .keys(&[ctrl_shift("O")]);
    RefreshSources: Row::new("refresh-tables", Menu::Sources, msg!("Refresh all tables"), msg!("Read all files again"))
        .keys(&[ctrl("R")]).when(has_tables);

    UnifyAndDependencies: Row::new("unify-and-dependencies", Menu::Run, msg!("Run"),
        msg!("Make customers, activities and segments, and keep the results")).keys(&[plain("F5")])
        .when(|workbench| can_run(workbench, Command::UnifyAndDependencies));
    Unify: Row::new("unify", Menu::Run, msg!("Run without activities and segments"),
        msg!("Deduplicate, match and make customers; activities and segments wait for the next whole run"))
        .keys(&[ctrl("F5")]).when(|workbench| can_run(workbench, Command::Unify));
    RunMatchingOnly: Row::new("run-matching-only", Menu::Run, msg!("Run matching only"),
        msg!("Deduplicate and match; customers stay as they are")).keys(&[ctrl_shift("F5")])
        .when(|workbench| can_run(workbench, Command::RunMatchingOnly));
    Cancel: Row::new("cancel-run", Menu::Run, msg!("Cancel run"), msg!("Stop the run; the last results stay"))
        .keys(&[ctrl("Period")]).when(is_running).starts_group();
    Report: Row::new("report", Menu::Run, msg!("Report…"), msg!("Save a report of the last run as one page of HTML"))
        .when(can_report).starts_group();

    NextPage: Row::new("next-step", Menu::Go, msg!("Next step"), msg!("Go to the next step")).keys(&[alt("Right")]);
    PreviousPage: Row::new("previous-step", Menu::Go, msg!("Previous step"), msg!("Go to the previous step")).keys(&[alt("Left")]);

    Palette: Row::new("command-palette", Menu::View, msg!("Command palette…"),
        msg!("Do or go to anything by some of its letters")).keys(&[ctrl_shift("P")]);
    ToggleTheme: Row::new("toggle-theme", Menu::View, msg!("Light or dark"), msg!("Switch between light and dark"))
        .keys(&[ctrl_shift("L")]).starts_group();
    ThemeOfDesktop: Row::new("theme-of-desktop", Menu::View, msg!("Colours of the desktop"), msg!("Light or dark as the desktop is"));
    LightTheme: Row::new("light-theme", Menu::View, msg!("Light"), msg!("Always light"));
    DarkTheme: Row::new("dark-theme", Menu::View, msg!("Dark"), msg!("Always dark"));
    ZoomIn: Row::new("zoom-in", Menu::View, msg!("Zoom in"), msg!("Draw everything larger"))
        .keys(&[ctrl("Plus"), ctrl("Equals")]).when(can_zoom_in).starts_group();
    ZoomOut: Row::new("zoom-out", Menu::View, msg!("Zoom out"), msg!("Draw everything smaller"))
        .keys(&[ctrl("Minus")]).when(can_zoom_out);
    ZoomReset: Row::new("zoom-reset", Menu::View, msg!("Usual size"), msg!("Draw everything at the desktop's size"))
        .keys(&[ctrl_shift("0")]);
    Problems: Row::new("problems", Menu::View, msg!("Problems"), msg!("List what is to be mended, and go there"))
        .keys(&[ctrl_shift("M")]).starts_group();
    Jobs: Row::new("jobs", Menu::View, msg!("Jobs"), msg!("What is being done, how far it is, and what is over"))
        .keys(&[ctrl_shift("J")]);
    Notifications: Row::new("notifications", Menu::View, msg!("Notifications"), msg!("Read again what the program told"))
        .keys(&[ctrl_shift("N")]);
    ToggleRail: Row::new("toggle-steps", Menu::View, msg!("Show or hide the steps"),
        msg!("More room for the page: the steps at the left come and go")).keys(&[ctrl("B")]).starts_group();

    WhatIsThis: Row::new("what-is-this", Menu::Help, msg!("What is this?"),
        msg!("Say what the option or figure that has the focus means, until it is pressed again")).keys(&[shift("F1")]);
    Words: Row::new("words-and-figures", Menu::Help, msg!("Words and figures…"),
        msg!("What every option means, and how every figure is computed")).keys(&[ctrl("F1")]);
    Guide: Row::new("guided-first-project", Menu::Help, msg!("Guided first project"),
        msg!("From three raw tables to an exported segment, step by step")).starts_group();
    ShowStep: Row::new("guide-show-me", Menu::Help, msg!("Guide: show me"), msg!("Do the guide's step, as an edit that can be undone"))
        .keys(&[ctrl_shift("F1")])
        .when(is_at_a_step);
    LeaveGuide: Row::new("guide-leave", Menu::Help, msg!("Leave the guide"), msg!("Put the guide away; the project stays"))
        .when(is_guided);
    Shortcuts: Row::new("keyboard-shortcuts", Menu::Help, msg!("Keyboard shortcuts…"), msg!("Find and change shortcuts"))
        .keys(&[ctrl("Slash"), plain("F1")]).starts_group();
    News: Row::new("news", Menu::Help, msg!("What's new"), msg!("What changed in this version"));
    Licences: Row::new("licences", Menu::Help, msg!("Licences"), msg!("The licences of the crates, fonts and data inside"));
    Log: Row::new("log-file", Menu::Help, msg!("Show log file"),
        msg!("What the program noted: starts, runs, warnings and errors"));
    InstallLauncher: Row::new("install-launcher", Menu::Help, msg!("Add to the desktop's menu"),
        msg!("Write a launcher with icon, and open .tributary files with this program")).when(has_launcher).starts_group();
    About: Row::new("about", Menu::Help, msg!("About Tributary"), msg!("Versions and places, to copy")).starts_group();
}

/// The row of the command that opens a page.
fn of_page(page: Page) -> Row {
    let row = Row::new(page.command_name(), Menu::Go, page.title(), page.purpose()).keys(page.shortcuts());
    if page == Page::Sources { row.starts_group() } else { row }
}

fn has_edits(workbench: &Workbench) -> Result<(), String> {
    let is_saved = !workbench.is_dirty() && workbench.path.is_some();
    if is_saved { Err(tr!("Everything is saved").to_owned()) } else { Ok(()) }
}

fn can_undo(workbench: &Workbench) -> Result<(), String> {
    workbench.history.undo_label().map(|_| ()).ok_or_else(|| tr!("Nothing to undo").to_owned())
}

fn can_redo(workbench: &Workbench) -> Result<(), String> {
    workbench.history.redo_label().map(|_| ()).ok_or_else(|| tr!("Nothing to redo").to_owned())
}

fn has_tables(workbench: &Workbench) -> Result<(), String> {
    if workbench.project.source_tables.is_empty() { Err(tr!("There are no tables").to_owned()) } else { Ok(()) }
}

fn can_run(workbench: &Workbench, command: Command) -> Result<(), String> {
    if workbench.is_running() {
        return Err(tr!("A run is going on").to_owned());
    }
    workbench.blocking_problem(command.stage()).map_or(Ok(()), Err)
}

fn can_report(workbench: &Workbench) -> Result<(), String> {
    workbench.report_source().map(drop)
}

fn can_zoom_in(workbench: &Workbench) -> Result<(), String> {
    if workbench.settings.zoom < *ZOOM.end() { Ok(()) } else { Err(tr!("It is as large as it gets").to_owned()) }
}

fn can_zoom_out(workbench: &Workbench) -> Result<(), String> {
    if workbench.settings.zoom > *ZOOM.start() { Ok(()) } else { Err(tr!("It is as small as it gets").to_owned()) }
}

fn has_launcher(_: &Workbench) -> Result<(), String> {
    if cfg!(target_os = "linux") { Ok(()) } else { Err(tr!("Only Linux desktops have such entries").to_owned()) }
}

fn is_guided(workbench: &Workbench) -> Result<(), String> {
    if workbench.is_guided() { Ok(()) } else { Err(tr!("The guide is not open").to_owned()) }
}

fn is_at_a_step(workbench: &Workbench) -> Result<(), String> {
    is_guided(workbench)?;
    workbench.guide_step().map(|_| ()).ok_or_else(|| tr!("Every step is done").to_owned())
}

fn is_running(workbench: &Workbench) -> Result<(), String> {
    if workbench.is_running() { Ok(()) } else { Err(tr!("Nothing is running").to_owned()) }
}
