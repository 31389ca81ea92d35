//! The queue of links a person should look at, and how good the matching is.

use eframe::egui::Ui;

use super::live;
use crate::engine::stage::Stage;
use crate::ui::context::PageCx;

pub fn page_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    live::missing_ui(ui, cx, "Customers", Stage::Merge);
}
