//! What was told, newest first, with its details to copy and its file to open.

use eframe::egui::{self, RichText, Ui};

use super::lines::lines_ui;
use super::{PanelTab, split_ui};
use crate::ui::context::PageCx;
use crate::ui::shell::toasts::{file_buttons_ui, sign};
use crate::ui::theme::{GAP_SMALL, palette};
use crate::ui::widgets::{form, layout};
use crate::workbench::Notice;

pub fn tools_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let has_any = !cx.workbench.notices.is_empty();
    if ui
        .add_enabled(has_any, egui::Button::new(tr!("Clear")))
        .on_hover_text(tr!("Forget what was told so far"))
        .clicked()
    {
        cx.workbench.notices.clear();
    }
    if ui.add_enabled(has_any, egui::Button::new(tr!("Copy all"))).clicked() {
        let texts: Vec<String> = cx.workbench.notices.iter().map(Notice::copied).collect();
        ui.ctx().copy_text(texts.join("\n\n"));
    }
}

pub fn notices_ui(ui: &mut Ui, cx: &mut PageCx<'_>, takes_focus: bool) {
    let notices: Vec<&Notice> = cx.workbench.notices.iter().rev().collect();
    if notices.is_empty() {
        form::label_ui(ui, tr!("What the program tells you is kept here until the window closes."));
        return;
    }
    let selected = &mut cx.memory.panel.selected[PanelTab::Notifications as usize];
    split_ui(
        ui,
        |ui| {
            let is_line = |line| line < notices.len();
            lines_ui(
                ui,
                (tr!("Notifications"), takes_focus),
                notices.len(),
                selected,
                is_line,
                |ui, line, is_selected| line_ui(ui, notices[line], is_selected),
            );
            *selected
        },
        |ui, shown| {
            if let Some(notice) = notices.get(shown) {
                details_ui(ui, notice);
            }
        },
    );
}

fn line_ui(ui: &mut Ui, notice: &Notice, is_selected: bool) -> egui::Response {
    let colors = palette(ui);
    let (icon, color) = sign(ui, notice.level);
    let at = notice.at.format("%H:%M:%S").to_string();
    let parts = [(0.0, icon, color), (6.0, at.as_str(), colors.text_weak), (8.0, notice.text.as_str(), colors.text)];
    let job = layout::colored_line(ui, parts);
    let response = form::list_row_ui(ui, is_selected, job, "");
    let spoken = tr!("{level} at {at}: {notice}", level = notice.level.name(), at, notice = notice.text);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, is_selected, &spoken));
    response
}

fn details_ui(ui: &mut Ui, notice: &Notice) {
    ui.add(egui::Label::new(&notice.text).wrap().selectable(true));
    if let Some(details) = &notice.details {
        let details = RichText::new(details).monospace().color(palette(ui).text_weak);
        ui.add(egui::Label::new(details).wrap().selectable(true));
    }
    ui.add_space(GAP_SMALL);
    ui.horizontal(|ui| {
        if ui.button(tr!("Copy")).clicked() {
            ui.ctx().copy_text(notice.copied());
        }
        file_buttons_ui(ui, notice);
    });
}
