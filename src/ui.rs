//! The window: draws the workbench and sends it edits and commands. No widget acts by itself.
//!
//! [`App::logic`] takes in news and shortcuts, [`App::draw`] draws. A page edits a draft of the project; at the end
//! of the frame a changed draft is committed as one labelled, undoable edit.

mod about;
mod context;
mod focus;
mod guide;
mod keys;
pub mod pages;
mod palette;
mod shell;
mod theme;
mod welcome;
mod widgets;
mod words;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use eframe::egui;

use crate::workbench::dialogs::DesktopDialogs;
use crate::workbench::history::Going;
use crate::workbench::{Answer, Command, Leave, Level, Settings, Workbench};
use crate::{journal, places};
use context::{Memory, PageCx};
use shell::questions::{PathFor, PathPrompt};
pub use theme::install as install_theme;

/// The window's state: the workbench, and what only the screen remembers.
pub struct App {
    pub workbench: Workbench,
    memory: Memory,
    /// A path being typed.
    prompt: Option<shell::questions::PathPrompt>,
    /// The path typed for a project without a file, in the question about unsaved edits.
    save_as: Option<String>,
    recoveries: shell::recoveries::State,
    about: about::State,
    title: String,
    /// How often the pointer was pressed.
    presses: u64,
    focus: focus::FocusStart,
    held_keys: keys::HeldKeys,
    /// When the program's start began, until its first picture is on the screen.
    started: Option<Instant>,
}

impl App {
    pub fn new(ctx: &egui::Context, mut workbench: Workbench) -> Self {
        theme::install(ctx);
        let waker = ctx.clone();
        workbench.set_waker(Arc::new(move || waker.request_repaint()));
        Self {
            workbench,
            memory: Memory::default(),
            prompt: None,
            save_as: None,
            recoveries: shell::recoveries::State::default(),
            about: about::State::default(),
            title: String::new(),
            presses: 0,
            focus: focus::FocusStart::default(),
            held_keys: keys::HeldKeys::default(),
            started: None,
        }
    }

    /// Takes in what jobs found, dropped files and shortcuts; draws nothing.
    pub fn logic(&mut self, ctx: &egui::Context) {
        self.log_start(ctx);
        self.workbench.poll();
        self.forget_other_project();
        self.workbench.shows_dark = theme::choose(ctx, self.workbench.settings.theme);
        if ctx.zoom_factor() != self.workbench.settings.zoom {
            ctx.set_zoom_factor(self.workbench.settings.zoom);
        }
        // Behind a question the page and the project stay as they are.
        let is_asked = ctx.memory(|memory| memory.top_modal_layer().is_some());
        let dropped: Vec<PathBuf> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        if !dropped.is_empty() && !is_asked {
            self.workbench.take_dropped(dropped);
        }
        if self.workbench.shortcut_page.as_ref().is_some_and(|page| page.listening.is_some())
            && let Some(heard) = keys::heard(ctx)
        {
            self.workbench.hear(heard);
        }
        let is_in_palette = self.workbench.palette.is_some();
        let is_in_shortcuts = self.workbench.shortcut_page.is_some();
        let allowed = |command| match command {
            Command::Palette => !is_asked || is_in_palette,
            Command::Shortcuts => !is_asked || is_in_shortcuts,
            Command::Save | Command::Quit | Command::WhatIsThis => true,
            Command::Words => !is_asked || self.workbench.words.is_some(),
            _ => !is_asked,
        };
        for command in self.held_keys.pressed(ctx, &self.workbench.keymap, allowed) {
            self.send(command);
        }
        self.focus.look(ctx, self.workbench.page);
        self.closing(ctx);
        if ctx.input(|input| input.events.contains(&egui::Event::WindowFocused(true))) {
            self.workbench.look_at_disk();
            self.workbench.look_at_recent();
            self.workbench.look_at_files();
        }
        if ctx.input(|input| input.events.contains(&egui::Event::WindowFocused(false))) {
            self.workbench.keep_recovery_now();
            self.workbench.keep_layouts();
        }
        for picture in widgets::charts::picture::taken(ctx) {
            match picture.png {
                Ok(bytes) => self.workbench.save_picture(&picture.title, &bytes),
                Err(error) => self.workbench.notify(Level::Error, tr!("The picture was not saved: {error}", error)),
            }
        }
        if let Some(missing) = theme::fonts::newly_missing(ctx) {
            self.workbench.notify(Level::Info, missing);
        }
        self.title(ctx);
        if let Some(expiry) = self.workbench.notices.next_expiry() {
            ctx.request_repaint_after(expiry + std::time::Duration::from_millis(50));
        }
        if let Some(due) = self.workbench.next_recovery() {
            ctx.request_repaint_after(due + std::time::Duration::from_millis(50));
        }
        if self.workbench.shows_progress() {
            // Progress moves on; ten times a second is enough to see it. What ends wakes the window by itself.
            ctx.request_repaint_after(std::time::Duration::from_millis(100));
        }
    }

    /// What the screen remembers is of one project: for another one it begins anew, with the table chosen there last.
    fn forget_other_project(&mut self) {
        let layouts = &self.workbench.layouts;
        if self.memory.opened != layouts.opened() {
            self.memory = Memory::of(layouts.opened(), layouts.table());
        }
    }

    /// Writes into the log how long the first picture took: the second frame begins when the first was shown.
    fn log_start(&mut self, ctx: &egui::Context) {
        let Some(started) = self.started else { return };
        if ctx.cumulative_frame_nr() == 0 {
            ctx.request_repaint();
        } else {
            log::info!("start: first picture after {} ms", started.elapsed().as_millis());
            self.started = None;
        }
    }

    /// Keeps the window's title true: the project, and a dot for edits that no file holds.
    fn title(&mut self, ctx: &egui::Context) {
        let dirty = if self.workbench.is_dirty() { theme::icon::UNSAVED } else { "" };
        let title = if self.workbench.is_welcome && !self.workbench.has_project() {
            "Tributary".to_owned()
        } else {
            format!("{dirty} {} – Tributary", self.workbench.project.name).trim_start().to_owned()
        };
        if title != self.title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// The window closes when nothing is left to ask.
    fn closing(&mut self, ctx: &egui::Context) {
        let closing = ctx.input(|input| input.viewport().close_requested());
        if closing && !self.workbench.has_left {
            self.workbench.leave(Leave::Quit);
            if !self.workbench.has_left {
                ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            }
        } else if self.workbench.has_left && !closing {
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }

    /// Does a command; those of the window itself are done here.
    fn send(&mut self, command: Command) {
        match command {
            Command::OpenPath => self.prompt = Some(PathPrompt::new(PathFor::Open)),
            Command::SaveToPath => self.prompt = Some(PathPrompt::new(PathFor::Save)),
            // Asked already: saving is an answer.
            Command::Save if self.workbench.question.is_some() => self.workbench.answer(Answer::Save),
            command => self.workbench.apply(command),
        }
    }

    /// Names what the user is in the middle of: a press of the pointer, or typing in one field.
    fn going(&mut self, ctx: &egui::Context) -> Option<Going> {
        let (pressed, held) = ctx.input(|input| {
            let pointer = &input.pointer;
            (pointer.any_pressed(), pointer.any_down() || pointer.any_released())
        });
        self.presses += u64::from(pressed);
        match ctx.memory(egui::Memory::focused) {
            _ if held => Some(self.presses),
            Some(field) if ctx.text_edit_focused() => Some(field.value()),
            _ => None,
        }
    }

    /// Draws the window.
    pub fn draw(&mut self, ui: &mut egui::Ui) {
        widgets::help::begin(ui.ctx());
        self.workbench.watch_for_guide();
        let before = Arc::clone(&self.workbench.project);
        let mut draft = (*before).clone();
        let mut cx = PageCx {
            workbench: &mut self.workbench,
            draft: &mut draft,
            memory: &mut self.memory,
            label: None,
            commands: Vec::new(),
        };
        shell::shell_ui(ui, &mut cx);
        let (label, commands) = (cx.label, cx.commands);
        if self.memory.opened == self.workbench.layouts.opened() {
            self.workbench.layouts.choose_table(self.memory.table.as_deref());
        }
        let going = self.going(ui.ctx());
        if Arc::ptr_eq(&before, &self.workbench.project) {
            let label = label.unwrap_or_else(|| tr!("Edit {title}", title = self.workbench.page.title()));
            self.workbench.commit(draft, &label, going);
        }
        if going.is_none() {
            self.workbench.close_edit();
        }
        for command in commands {
            self.send(command);
        }
        shell::toasts_ui(ui.ctx(), &mut self.workbench, self.memory.page_bottom);
        if let Some(old) = self.memory.locating.take() {
            self.prompt = Some(PathPrompt::new(PathFor::Locate(old)));
        }
        self.questions_ui(ui.ctx());
        if self.workbench.explains_focus {
            self.workbench.explains_focus = widgets::help::asked_ui(ui.ctx());
        }
        shell::dropping::overlay_ui(ui.ctx(), &self.workbench);
        if self.workbench.has_left {
            // The answer came with this frame; the window closes with the next.
            ui.ctx().request_repaint();
        }
    }

    /// One question at a time.
    fn questions_ui(&mut self, ctx: &egui::Context) {
        if self.workbench.question.is_some() {
            shell::questions::question_ui(ctx, &mut self.workbench, &mut self.save_as);
        } else if self.prompt.is_some() {
            shell::questions::path_ui(ctx, &mut self.prompt, &mut self.workbench);
        } else if self.workbench.unplaced.is_some() {
            shell::placing::placing_ui(ctx, &mut self.workbench);
        } else if self.workbench.is_offering {
            shell::recoveries::modal_ui(ctx, &mut self.workbench, &mut self.recoveries);
        } else if self.workbench.help.is_some() {
            about::about_ui(ctx, &mut self.workbench, &mut self.about);
        } else if self.workbench.words.is_some() {
            words::words_ui(ctx, &mut self.workbench);
        } else {
            pages::runs::modal_ui(ctx, &mut self.workbench, &mut self.memory);
        }
        shell::shortcuts_ui(ctx, &mut self.workbench);
        if let Some(target) = palette::palette_ui(ctx, &mut self.workbench)
            && let Some(command) = palette::open(&mut self.workbench, &mut self.memory, target)
        {
            self.send(command);
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        App::logic(self, ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.draw(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.workbench.end();
    }
}

/// Opens the window on a project; without one at the first start on the user's copy of the coffee sample, already
/// unified, later on the welcome page. An error says why no window could be opened.
pub fn open(project: Option<PathBuf>) -> Result<(), String> {
    let started = Instant::now();
    if cfg!(target_os = "linux")
        && std::env::var_os("DISPLAY").is_none()
        && std::env::var_os("WAYLAND_DISPLAY").is_none()
    {
        return Err(tr!("there is no display").to_owned());
    }
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("Tributary")
            .with_app_id("tributary")
            .with_inner_size([1280.0, 800.0])
            .with_min_inner_size([1100.0, 640.0])
            .with_icon(welcome::icon()),
        renderer: eframe::Renderer::Glow,
        persistence_path: Some(places::data_folder().join("window.ron")),
        // Ours, which outlives a system without fonts.
        system_font_fallback: false,
        ..eframe::NativeOptions::default()
    };
    let start = move |cc: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, Box<dyn std::error::Error + Send + Sync>> {
        let home = places::data_folder();
        journal::start(&home);
        let is_first = Settings::is_first_start(&home);
        theme::fonts::SystemFonts::install(&cc.egui_ctx);
        let mut app = App::new(&cc.egui_ctx, Workbench::new(home, Box::new(DesktopDialogs::default()), Arc::new(|| {})));
        app.started = Some(started);
        match &project {
            Some(path) => app.workbench.open(path),
            None if is_first => app.workbench.open_sample("coffee"),
            None => app.workbench.show_welcome(),
        }
        if app.workbench.settings.seen_version.is_none() {
            app.workbench.see_news();
        }
        app.workbench.look_for_recoveries();
        Ok(Box::new(app))
    };
    eframe::run_native("Tributary", options, Box::new(start))
        .map_err(|error| tr!("no window could be opened ({error})", error))
}
