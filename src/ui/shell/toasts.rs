//! What was just told, in the lower right corner of the page, newest last; each has a button that puts it away. They lie
//! over the page and never move it.

use std::path::Path;

use eframe::egui::{self, Color32, RichText, Ui};

use crate::ui::theme::{card, icon, palette};
use crate::ui::widgets::form;
use crate::workbench::notices::file_url;
use crate::workbench::{Command, Level, Notice, Page, Workbench};

/// From the corner of the page, in points.
const INSET: f32 = 16.0;
const WIDTH: f32 = 460.0;

/// The sign and colour of a level.
pub fn sign(ui: &Ui, level: Level) -> (&'static str, Color32) {
    let palette = palette(ui);
    match level {
        Level::Info => (icon::INFO, palette.accent),
        Level::Warning => (icon::WARNING, palette.warning),
        Level::Error => (icon::ERROR, palette.error),
    }
}

/// `bottom` is where the page ends: a panel below it stays free.
pub fn toasts_ui(ctx: &egui::Context, workbench: &mut Workbench, bottom: f32) {
    let toasts = workbench.notices.toasts();
    if toasts.is_empty() {
        return;
    }
    let up = (ctx.content_rect().bottom() - bottom).max(0.0) + INSET;
    let area = egui::Area::new(egui::Id::unique("notices")).order(egui::Order::Foreground);
    let (mut put_away, mut seen) = (None, None);
    let drawn = area.anchor(egui::Align2::RIGHT_BOTTOM, [-INSET, -up]).show(ctx, |ui| {
        ui.set_max_width(WIDTH);
        for (number, &place) in toasts.iter().enumerate() {
            let Some(notice) = workbench.notices.get(place) else { continue };
            card(ui).shadow(ui.visuals().popup_shadow).show(ui, |ui| {
                if toast_ui(ui, notice, &tr!("Dismiss notice {number}", number = number + 1), &mut seen) {
                    put_away = Some(place);
                }
            });
        }
    });
    if drawn.response.contains_pointer() {
        workbench.notices.hold();
    }
    if let Some(place) = put_away {
        workbench.notices.put_away(place);
    }
    if let Some(page) = seen {
        workbench.apply(Command::Go(page));
    }
}

/// Says whether it was put away; notes the page that was asked for.
fn toast_ui(ui: &mut Ui, notice: &Notice, dismiss: &str, seen: &mut Option<Page>) -> bool {
    let (icon, color) = sign(ui, notice.level);
    let mut is_put_away = false;
    ui.horizontal_top(|ui| {
        ui.label(RichText::new(icon).color(color));
        ui.vertical(|ui| {
            ui.set_max_width(WIDTH - 80.0);
            ui.add(egui::Label::new(&notice.text).wrap());
            let has_more = notice.details.is_some() || notice.path.is_some() || notice.level == Level::Error;
            if let Some(page) = notice.page {
                let see = ui.button(tr!("See")).on_hover_text(tr!("Show it on {title}", title = page.title()));
                if see.clicked() {
                    *seen = Some(page);
                }
            }
            if has_more {
                ui.horizontal(|ui| {
                    if notice.level == Level::Error && ui.button(tr!("Copy details")).clicked() {
                        ui.ctx().copy_text(notice.copied());
                    }
                    file_buttons_ui(ui, notice);
                });
            }
        });
        is_put_away = form::icon_button(ui, icon::REMOVE, dismiss, true);
    });
    is_put_away
}

/// Opens a notice's file, or the folder it lies in, with the program that the desktop has for it.
pub fn file_buttons_ui(ui: &mut Ui, notice: &Notice) {
    if let Some(path) = &notice.path {
        path_buttons_ui(ui, path);
    }
}

/// The same for a file.
pub fn path_buttons_ui(ui: &mut Ui, path: &Path) {
    if ui.button(tr!("Open")).on_hover_text(path.display().to_string()).clicked() {
        open_path(ui.ctx(), path);
    }
    if ui.button(tr!("Show folder")).clicked() {
        open_path(ui.ctx(), path.parent().unwrap_or(path));
    }
}

/// Shows a file or folder with the program that the desktop has for it.
pub fn open_path(ctx: &egui::Context, path: &Path) {
    ctx.open_url(egui::OpenUrl::new_tab(file_url(path)));
}
