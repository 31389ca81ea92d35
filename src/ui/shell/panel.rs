//! The panel below the page, with a list at the left and what is selected in it at the right.

mod jobs;
mod lines;
mod notices;
mod problems;

use eframe::egui::{self, Ui};

use crate::ui::context::PageCx;
use crate::ui::theme::{GAP_SMALL, icon, palette};
use crate::ui::widgets::{entry, form};
use crate::workbench::Page;
use crate::workbench::panel::PanelTab;

/// How high it is at first, and at least, in points.
const HEIGHT: f32 = 210.0;
const LOWEST: f32 = 120.0;
/// What the page keeps of the window.
const PAGE: f32 = 240.0;
/// How much of the width the list takes.
const LIST: f32 = 0.6;

/// What the screen remembers of the panel.
#[derive(Default)]
pub struct PanelMemory {
    search: String,
    /// The page whose problems are listed; those of all without.
    pub page: Option<Page>,
    /// The line selected in each part.
    selected: [usize; 3],
    /// How high it was in the frame before, in points.
    height: Option<f32>,
    /// Its upper line is being dragged.
    was_dragged: bool,
    /// The part shown in the frame before.
    shown: Option<PanelTab>,
}

/// Draws the panel where it is open.
pub fn panel_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let Some(tab) = cx.workbench.settings.panel else {
        cx.memory.panel.shown = None;
        return;
    };
    let takes_focus = cx.memory.panel.shown != Some(tab);
    cx.memory.panel.shown = Some(tab);
    let frame = egui::Frame::new().fill(palette(ui).surface).inner_margin(egui::Margin::symmetric(10, 6));
    let highest = (ui.ctx().content_rect().height() - PAGE).max(LOWEST);
    let height = cx.workbench.settings.panel_height.unwrap_or(HEIGHT).clamp(LOWEST, highest);
    let panel = egui::Panel::bottom("panel").frame(frame).default_size(height).size_range(LOWEST..=highest);
    let before = cx.memory.panel.height;
    let shown = panel.resizable(true).show(ui, |ui| {
        // As high as it was made, however little it shows.
        ui.set_min_height(ui.available_height());
        head_ui(ui, cx, tab);
        ui.add_space(GAP_SMALL);
        match tab {
            PanelTab::Problems => problems::problems_ui(ui, cx, takes_focus),
            PanelTab::Jobs => jobs::jobs_ui(ui, cx, takes_focus),
            PanelTab::Notifications => notices::notices_ui(ui, cx, takes_focus),
        }
    });
    // Kept once the line that was dragged is let go; a smaller window is no wish of the user.
    let height = shown.response.rect.height();
    let is_held = ui.input(|input| input.pointer.any_down() || input.pointer.any_released());
    let was_dragged = before.is_some_and(|before| before != height) && is_held;
    cx.memory.panel.was_dragged |= was_dragged;
    cx.memory.panel.height = Some(height);
    if cx.memory.panel.was_dragged && !ui.input(|input| input.pointer.any_down()) {
        cx.memory.panel.was_dragged = false;
        cx.workbench.set_panel_height(height);
    }
}

/// The names of the parts, what the shown one can do, and the way out.
fn head_ui(ui: &mut Ui, cx: &mut PageCx<'_>, tab: PanelTab) {
    ui.horizontal(|ui| {
        let mut shown = tab.title().to_owned();
        entry::tabs_ui(ui, &PanelTab::ALL.map(PanelTab::title), &mut shown);
        if let Some(chosen) = PanelTab::ALL.into_iter().find(|tab| tab.title() == shown) {
            cx.workbench.show_panel(Some(chosen));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if form::icon_button(ui, icon::REMOVE, tr!("Close the panel"), true) {
                cx.workbench.show_panel(None);
            }
            match tab {
                PanelTab::Problems => problems::tools_ui(ui, cx),
                PanelTab::Jobs => jobs::tools_ui(ui, cx),
                PanelTab::Notifications => notices::tools_ui(ui, cx),
            }
        });
    });
}

/// A list, and beside it what is selected.
fn split_ui<T>(ui: &mut Ui, list: impl FnOnce(&mut Ui) -> T, details: impl FnOnce(&mut Ui, T)) {
    let all = ui.available_rect_before_wrap();
    let middle = all.left() + all.width() * LIST;
    let mut left = ui.new_child(egui::UiBuilder::new().id_salt("list").max_rect(all.with_max_x(middle - 8.0)));
    let listed = list(&mut left);
    ui.painter().vline(middle, all.y_range(), egui::Stroke::new(1.0, palette(ui).border));
    let mut right = ui.new_child(egui::UiBuilder::new().id_salt("details").max_rect(all.with_min_x(middle + 10.0)));
    egui::ScrollArea::vertical().id_salt("details").auto_shrink(false).show(&mut right, |ui| details(ui, listed));
    ui.allocate_rect(all, egui::Sense::hover());
}
