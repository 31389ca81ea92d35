//! What each command does.

use std::sync::Arc;

use super::command::HelpTab;
use super::history::Move;
use super::panel::PanelTab;
use super::{Command, Lane, Leave, Level, Notice, Purpose, Theme, Workbench, shortcuts, words};
use crate::project::file;

/// What one step of zooming adds.
const ZOOM_STEP: f32 = 0.1;

impl Workbench {
    /// Does what a command says, asking first where unsaved edits would be lost.
    pub fn apply(&mut self, command: Command) {
        if let Err(reason) = command.enabled(self) {
            let not_run = matches!(command, Command::RunMatchingOnly | Command::Unify | Command::UnifyAndDependencies);
            if not_run {
                self.tell(Notice::new(Level::Warning, tr!("Not run. {reason}", reason)).of_run());
            } else {
                self.notify(Level::Info, reason);
            }
            return;
        }
        match command {
            Command::Report => self.save_report(),
            Command::NewProject => self.leave(Leave::New),
            Command::OpenProject => {
                if let Some(path) = self.dialogs.ask(Purpose::OpenProject, "") {
                    self.leave(Leave::Open(path));
                }
            }
            Command::Welcome => self.show_welcome(),
            Command::Save => match self.path.clone() {
                Some(path) => self.save_to(&path),
                None => self.apply(Command::SaveAs),
            },
            Command::SaveAs => {
                let name = format!("{}.{}", self.project.name, file::EXTENSION);
                match self.dialogs.ask(Purpose::SaveProject, &name) {
                    Some(path) => self.save_to(&path),
                    None => self.notify(
                        Level::Info,
                        tr!("Not saved: no file was chosen. A path can be typed in the File menu."),
                    ),
                }
            }
            Command::Undo => {
                let moved = self.history.undo((*self.project).clone());
                self.travel(moved, |place, label| tr!("Undone{place}: {label}", place, label));
            }
            Command::Redo => {
                let moved = self.history.redo((*self.project).clone());
                self.travel(moved, |place, label| tr!("Redone{place}: {label}", place, label));
            }
            Command::History => {
                self.settings.shows_history = !self.settings.shows_history;
                self.save_settings();
            }
            Command::Problems => self.toggle_panel(PanelTab::Problems),
            Command::Jobs => self.toggle_panel(PanelTab::Jobs),
            Command::Notifications => self.toggle_panel(PanelTab::Notifications),
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
            Command::Go(page) => {
                self.page = page;
                self.is_welcome = false;
            }
            Command::ToggleTheme => self.set_theme(if self.shows_dark { Theme::Light } else { Theme::Dark }),
            Command::ThemeOfDesktop => self.set_theme(Theme::System),
            Command::LightTheme => self.set_theme(Theme::Light),
            Command::DarkTheme => self.set_theme(Theme::Dark),
            Command::ZoomIn => self.zoom(self.settings.zoom + ZOOM_STEP),
            Command::ZoomOut => self.zoom(self.settings.zoom - ZOOM_STEP),
            Command::ZoomReset => self.zoom(1.0),
            Command::ToggleRail => {
                self.settings.rail_hidden = !self.settings.rail_hidden;
                self.save_settings();
            }
            Command::Shortcuts => {
                self.shortcut_page = self.shortcut_page.is_none().then(shortcuts::ShortcutPage::default);
            }
            Command::Palette => match self.palette.take() {
                Some(_) => self.jobs.stop(Lane::Palette),
                None => self.open_palette(),
            },
            Command::WhatIsThis => self.explains_focus = !self.explains_focus,
            Command::Words => self.words = self.words.is_none().then(words::WordsPage::default),
            Command::Guide => self.begin_guide(),
            Command::ShowStep => self.show_current_step(),
            Command::LeaveGuide => self.leave_guide(),
            Command::About => self.help = Some(HelpTab::About),
            Command::News => self.help = Some(HelpTab::News),
            Command::Licences => self.help = Some(HelpTab::Licences),
            Command::Log => self.help = Some(HelpTab::Log),
            Command::InstallLauncher => self.install_launcher(),
            Command::Quit => self.leave(Leave::Quit),
            // The window's: it asks for the path.
            Command::OpenPath | Command::SaveToPath => {}
        }
    }

    /// Goes to where so many of the kept edits are done.
    pub fn jump_in_history(&mut self, place: usize) {
        let moved = self.history.jump(place, (*self.project).clone());
        let last = self.history.undo_label();
        let text = last
            .map_or(tr!("The project is as it was").to_owned(), |last| tr!("The project is as after: {last}", last));
        self.travel(moved, |_, _| text);
    }

    /// Takes a project of the history over, and goes to the page where the edit was made.
    fn travel(&mut self, moved: Option<Move>, words: impl FnOnce(&str, &str) -> String) {
        let Some(Move { project, label, page }) = moved else { return };
        let place = if page == self.page { String::new() } else { tr!(" on {title}", title = page.title()) };
        self.page = page;
        self.project = Arc::new(project);
        self.notify(Level::Info, words(&place, &label));
        self.project_changed();
    }
}
