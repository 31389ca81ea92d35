//! The frame of the window: menus, the steps rail, the page, the status bar, and questions.

pub mod dropping;
mod history;
mod menu;
mod panel;
pub mod placing;
pub mod questions;
mod rail;
pub mod recoveries;
mod shortcuts;
mod status;
pub mod toasts;

use eframe::egui::{self, RichText, Ui};

use super::context::PageCx;
use super::focus::{self, Part};
use super::pages;
use super::theme::{GAP_SMALL, palette};
use super::welcome;
use crate::workbench::Page;

/// Everything in the window.
pub fn shell_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let chrome = egui::Frame::new().fill(palette(ui).chrome).inner_margin(egui::Margin::symmetric(10, 5));
    egui::Panel::top("menu").frame(chrome).show(ui, |ui| menu::menu_ui(ui, cx));
    if cx.workbench.is_welcome {
        let page = egui::Frame::new().fill(palette(ui).canvas).inner_margin(egui::Margin::same(14));
        egui::CentralPanel::default().frame(page).show(ui, |ui| welcome::welcome_ui(ui, cx));
        return;
    }
    egui::Panel::bottom("status").frame(chrome).show(ui, |ui| {
        focus::part_ui(ui, Part::Status, ui.max_rect());
        status::status_ui(ui, cx);
    });
    if !cx.workbench.settings.rail_hidden {
        egui::Panel::left("rail")
            .frame(chrome)
            .exact_size(super::theme::RAIL_WIDTH)
            .resizable(false)
            .show(ui, |ui| egui::ScrollArea::vertical().id_salt("rail").show(ui, |ui| rail::rail_ui(ui, cx)));
    }
    if cx.workbench.settings.shows_history {
        let panel = egui::Panel::right("history").frame(chrome).default_size(250.0).size_range(180.0..=420.0);
        panel.resizable(true).show(ui, |ui| history::history_ui(ui, cx));
    }
    panel::panel_ui(ui, cx);
    super::guide::guide_ui(ui, cx);
    let page = egui::Frame::new().fill(palette(ui).canvas).inner_margin(egui::Margin::same(14));
    let shown = egui::CentralPanel::default().frame(page).show(ui, |ui| {
        focus::part_ui(ui, Part::Page, ui.max_rect());
        focus::page_start_ui(ui);
        let page = cx.workbench.page;
        cx.memory.explain.is_new |= page != Page::Explain;
        let head = ui.horizontal(|ui| {
            ui.heading(page.title());
            let room = egui::vec2((ui.available_width() - pages::next::WIDTH).max(0.0), ui.available_height());
            let line = egui::Layout::left_to_right(egui::Align::Center);
            ui.allocate_ui_with_layout(room, line, |ui| {
                if !status::page_problems_ui(ui, cx) {
                    let purpose = RichText::new(page.purpose()).color(palette(ui).text_weak);
                    ui.add(egui::Label::new(purpose).truncate());
                }
            });
        });
        questions::elsewhere_ui(ui, cx.workbench);
        pages::runs::banner_ui(ui, cx);
        ui.add_space(GAP_SMALL);
        let head = egui::Rect::from_x_y_ranges(ui.max_rect().x_range(), head.response.rect.y_range());
        ui.push_id(page, |ui| pages::page_ui(page, ui, cx));
        pages::next::next_ui(ui, cx, page, head);
    });
    cx.memory.page_bottom = shown.response.rect.bottom();
}

pub use panel::PanelMemory;
pub use shortcuts::shortcuts_ui;
pub use toasts::{open_path, toasts_ui};
