//! Page.

use eframe::egui::Ui;

use crate::ui::context::PageCx;

pub fn page_ui(_ui: &mut Ui, _cx: &mut PageCx<'_>) {}
