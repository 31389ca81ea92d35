//! The selected cells to the clipboard.

use eframe::egui::Ui;

use super::frame::Grid;
use crate::workbench::grid::copy::tsv;

/// Copies what is selected; what is too much is refused in words.
pub fn copy_ui(ui: &Ui, grid: &mut Grid<'_>, headers: bool) {
    let Some(block) = grid.block() else { return };
    match tsv(&grid.columns_shown(), grid.shown.order, &block, headers) {
        Ok(text) => ui.ctx().copy_text(text),
        Err(refusal) => grid.refusal = Some(refusal),
    }
}
