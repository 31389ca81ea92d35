//! The frame of the window: menus, the steps rail, the page, the status bar, and questions.

mod history;
mod menu;
mod rail;
mod shortcuts;
mod status;

use eframe::egui::{self, Context, Id, RichText, Ui};

use super::context::PageCx;
use super::pages;
use super::theme::{GAP_LARGE, GAP_SMALL, palette};
use super::widgets::form;
use crate::workbench::{Command, Page, Workbench};

/// What waits for an answer: about unsaved edits, or for a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asking {
    /// A path to open or save: where the desktop has no file dialogs, or a path is quicker typed.
    Path { save: bool, typed: String },
    /// A command that would drop them.
    Before(Command),
    /// Closing the window.
    Close,
    /// Closing was decided.
    Leave,
}

/// Everything in the window.
pub fn shell_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let chrome = egui::Frame::new().fill(palette(ui).chrome).inner_margin(egui::Margin::symmetric(10, 5));
    egui::Panel::top("menu").frame(chrome).show(ui, |ui| menu::menu_ui(ui, cx));
    egui::Panel::bottom("status").frame(chrome).show(ui, |ui| status::status_ui(ui, cx));
    egui::Panel::left("rail")
        .frame(chrome)
        .exact_size(super::theme::RAIL_WIDTH)
        .resizable(false)
        .show(ui, |ui| egui::ScrollArea::vertical().id_salt("rail").show(ui, |ui| rail::rail_ui(ui, cx)));
    if cx.workbench.settings.shows_history {
        let panel = egui::Panel::right("history").frame(chrome).default_size(250.0).size_range(180.0..=420.0);
        panel.resizable(true).show(ui, |ui| history::history_ui(ui, cx));
    }
    let page = egui::Frame::new().fill(palette(ui).canvas).inner_margin(egui::Margin::same(14));
    egui::CentralPanel::default().frame(page).show(ui, |ui| {
        super::focus::page_start_ui(ui);
        let page = cx.workbench.page;
        cx.memory.explain.is_new |= page != Page::Explain;
        ui.horizontal(|ui| {
            ui.heading(page.title());
            let purpose = RichText::new(page.purpose()).color(palette(ui).text_weak);
            ui.add(egui::Label::new(purpose).truncate());
        });
        pages::runs::banner_ui(ui, cx);
        status::page_problems_ui(ui, cx);
        ui.add_space(GAP_SMALL);
        ui.push_id(page, |ui| pages::page_ui(page, ui, cx));
    });
}

pub use shortcuts::shortcuts_ui;
pub use status::notices_ui;

/// Save, don't save, cancel: before unsaved edits are dropped.
pub fn asking_ui(ctx: &Context, asking: &mut Option<Asking>, workbench: &mut Workbench) {
    if let Some(Asking::Path { .. }) = asking {
        return path_ui(ctx, asking, workbench);
    }
    let Some(question @ (Asking::Before(_) | Asking::Close)) = asking.clone() else { return };
    let mut answer = None;
    let modal = egui::Modal::new(Id::unique("unsaved")).show(ctx, |ui| {
        ui.set_width(360.0);
        ui.heading("Save your edits?");
        ui.label(format!("{} has edits that no file holds yet.", workbench.project.name));
        ui.add_space(GAP_LARGE);
        ui.horizontal(|ui| {
            if form::primary_button(ui, "Save").clicked() {
                answer = Some(true);
            }
            if ui.button("Don't save").clicked() {
                answer = Some(false);
            }
            if ui.button("Cancel").clicked() {
                *asking = None;
            }
        });
    });
    if modal.should_close() {
        *asking = None;
    }
    let Some(save) = answer else { return };
    if save {
        workbench.apply(Command::Save);
        if workbench.is_dirty() {
            *asking = None;
            return;
        }
    }
    match question {
        Asking::Before(Command::OpenPath) => *asking = Some(Asking::Path { save: false, typed: String::new() }),
        Asking::Before(command) => {
            *asking = None;
            workbench.apply(command);
        }
        _ => {
            *asking = Some(Asking::Leave);
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }
}

/// A field for the path of a project; Enter does what the button does.
fn path_ui(ctx: &Context, asking: &mut Option<Asking>, workbench: &mut Workbench) {
    let Some(Asking::Path { save, typed }) = asking else { return };
    let save = *save;
    let (mut go, mut cancel) = (false, false);
    let modal = egui::Modal::new(Id::unique("path")).show(ctx, |ui| {
        ui.set_width(480.0);
        ui.heading(if save { "Save project to" } else { "Open project" });
        let field = form::text_ui(ui, "Path of a project", typed, "folder/name.tributary", 460.0);
        field.request_focus();
        let path = std::path::PathBuf::from(typed.trim());
        let there = !typed.trim().is_empty() && workbench.is_there(&path);
        let remark = match (save, there) {
            (true, true) => "This file is there and will be replaced.",
            (true, false) => "A new file; the ending .tributary is added where it is missing.",
            (false, true) => "",
            (false, false) => "No file of this name yet.",
        };
        ui.label(RichText::new(remark).color(palette(ui).text_weak));
        ui.horizontal(|ui| {
            let words = if save { "Save to this path" } else { "Open this path" };
            let enter = ui.input(|input| input.key_pressed(egui::Key::Enter));
            go = form::primary_button(ui, words).clicked() || enter && !typed.trim().is_empty();
            cancel = ui.button("Cancel").clicked();
        });
    });
    let path = std::path::PathBuf::from(typed.trim());
    if go {
        if save { workbench.save_to(&path) } else { workbench.open(&path) }
    }
    if go || cancel || modal.should_close() {
        *asking = None;
    }
}
