//! Clusters: customers that belong together without being one person.

use eframe::egui::{RichText, Ui};

use crate::ui::context::PageCx;

pub fn clusters_ui(ui: &mut Ui, _cx: &mut PageCx<'_>) {
    ui.label(RichText::new("Clusters").size(15.0).strong());
}
