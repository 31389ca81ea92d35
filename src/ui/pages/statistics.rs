//! Figures of a run: tables and rules, sizes of customers, hot values, changes since the last run.

use eframe::egui::Ui;

use super::live;
use crate::engine::stage::Stage;
use crate::ui::context::PageCx;

pub fn page_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    live::missing_ui(ui, cx, "Customers", Stage::Merge);
}
