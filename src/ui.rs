//! The window: draws the workbench and sends it edits and commands. No widget acts by itself.
//!
//! [`App::logic`] takes in news and shortcuts, [`App::draw`] draws. A page edits a draft of the project; at the end
//! of the frame a changed draft is committed as one labelled, undoable edit.

mod context;
mod focus;
mod keys;
pub mod pages;
mod palette;
mod shell;
mod theme;
mod widgets;

use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui;

use crate::places;
use crate::workbench::dialogs::DesktopDialogs;
use crate::workbench::history::Going;
use crate::workbench::{Command, Level, Workbench};
use context::{Memory, PageCx};
pub use theme::install as install_theme;

/// The window's state: the workbench, and what only the screen remembers.
pub struct App {
    pub workbench: Workbench,
    memory: Memory,
    /// What is waiting for an answer about unsaved edits.
    asking: Option<shell::Asking>,
    title: String,
    /// How often the pointer was pressed.
    presses: u64,
    focus: focus::FocusStart,
}

impl App {
    pub fn new(ctx: &egui::Context, mut workbench: Workbench) -> Self {
        theme::install(ctx);
        let waker = ctx.clone();
        workbench.set_waker(Arc::new(move || waker.request_repaint()));
        Self {
            workbench,
            memory: Memory::default(),
            asking: None,
            title: String::new(),
            presses: 0,
            focus: focus::FocusStart::default(),
        }
    }

    /// Takes in what jobs found, dropped files and shortcuts; draws nothing.
    pub fn logic(&mut self, ctx: &egui::Context) {
        self.workbench.poll();
        theme::choose(ctx, self.workbench.settings.dark);
        let dropped: Vec<PathBuf> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        if !dropped.is_empty() {
            self.workbench.add_tables(dropped);
        }
        // Behind a question the page and the project stay as they are.
        let is_asked = ctx.memory(|memory| memory.top_modal_layer().is_some());
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
            Command::Save | Command::Quit => true,
            _ => !is_asked,
        };
        for command in keys::pressed(ctx, &self.workbench.keymap, allowed) {
            self.send(ctx, command);
        }
        self.focus.look(ctx, self.workbench.page);
        let closing = ctx.input(|input| input.viewport().close_requested());
        if closing && self.workbench.is_dirty() && !matches!(self.asking, Some(shell::Asking::Leave)) {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.asking = Some(shell::Asking::Close);
        }
        if ctx.input(|input| input.events.contains(&egui::Event::WindowFocused(true))) {
            self.workbench.look_at_files();
        }
        for picture in widgets::charts::picture::taken(ctx) {
            match picture.png {
                Ok(bytes) => self.workbench.write_file(&picture.path, &bytes),
                Err(error) => self.workbench.notify(Level::Error, format!("The picture was not saved: {error}")),
            }
        }
        self.title(ctx);
        if let Some(expiry) = self.workbench.next_expiry() {
            ctx.request_repaint_after(expiry + std::time::Duration::from_millis(50));
        }
        if !self.workbench.is_idle() {
            // Progress moves on; ten times a second is enough to see it.
            ctx.request_repaint_after(std::time::Duration::from_millis(100));
        }
    }

    /// Keeps the window's title true: the project, and a dot for edits that no file holds.
    fn title(&mut self, ctx: &egui::Context) {
        let dirty = if self.workbench.is_dirty() { theme::icon::UNSAVED } else { "" };
        let title = format!("{dirty} {} – Tributary", self.workbench.project.name).trim_start().to_owned();
        if title != self.title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// Does a command, asking first where unsaved edits would be lost.
    fn send(&mut self, ctx: &egui::Context, command: Command) {
        match command {
            Command::NewProject | Command::OpenProject | Command::OpenPath if self.workbench.is_dirty() => {
                self.asking = Some(shell::Asking::Before(command));
            }
            Command::OpenPath => self.asking = Some(shell::Asking::Path { save: false, typed: String::new() }),
            Command::SaveToPath => self.asking = Some(shell::Asking::Path { save: true, typed: String::new() }),
            Command::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
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
        let going = self.going(ui.ctx());
        if Arc::ptr_eq(&before, &self.workbench.project) {
            let label = label.unwrap_or_else(|| format!("Edit {}", self.workbench.page.title()));
            self.workbench.commit(draft, &label, going);
        }
        if going.is_none() {
            self.workbench.close_edit();
        }
        for command in commands {
            self.send(ui.ctx(), command);
        }
        shell::notices_ui(ui.ctx(), &mut self.workbench.notices);
        if self.asking.is_none() {
            pages::runs::modal_ui(ui.ctx(), &mut self.workbench, &mut self.memory);
        }
        shell::shortcuts_ui(ui.ctx(), &mut self.workbench);
        if let Some(target) = palette::palette_ui(ui.ctx(), &mut self.workbench)
            && let Some(command) = palette::open(&mut self.workbench, &mut self.memory, target)
        {
            self.send(ui.ctx(), command);
        }
        shell::asking_ui(ui.ctx(), &mut self.asking, &mut self.workbench);
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        App::logic(self, ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.draw(ui);
    }
}

/// Opens the window on a project, or on the user's copy of the coffee sample, already unified. An error says why no
/// window could be opened.
pub fn open(project: Option<PathBuf>) -> Result<(), String> {
    if cfg!(target_os = "linux")
        && std::env::var_os("DISPLAY").is_none()
        && std::env::var_os("WAYLAND_DISPLAY").is_none()
    {
        return Err("there is no display".to_owned());
    }
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("Tributary")
            .with_app_id("tributary")
            .with_inner_size([1280.0, 800.0])
            .with_min_inner_size([1100.0, 640.0]),
        renderer: eframe::Renderer::Glow,
        persistence_path: Some(places::data_folder().join("window.ron")),
        ..eframe::NativeOptions::default()
    };
    let start = move |cc: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, Box<dyn std::error::Error + Send + Sync>> {
        let mut app = App::new(&cc.egui_ctx, Workbench::new(places::data_folder(), Box::new(DesktopDialogs), Arc::new(|| {})));
        match &project {
            Some(path) => app.workbench.open(path),
            None => app.workbench.open_sample("coffee"),
        }
        Ok(Box::new(app))
    };
    eframe::run_native("Tributary", options, Box::new(start))
        .map_err(|error| format!("no window could be opened ({error})"))
}
