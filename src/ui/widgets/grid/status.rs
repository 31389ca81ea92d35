//! What is selected, in words under the grid, where it is more than a cell.

use eframe::egui::accesskit::Live;
use eframe::egui::{self, Align2, Sense, TextStyle, Ui, vec2};

use super::frame::Grid;
use crate::ui::theme::palette;
use crate::ui::widgets::text;
use crate::workbench::grid::figures::{Figures, figures};

pub fn status_ui(ui: &Ui, grid: &mut Grid<'_>) {
    let (Some(rect), Some(block)) = (grid.areas.status, grid.block()) else { return };
    // The order is made anew where anything in it changes, so its place in memory tells one from another.
    let order = std::ptr::from_ref(grid.shown.order) as usize;
    let is_known = grid.state.figures.as_ref().is_some_and(|(of, counted, _)| *of == order && *counted == block);
    if !is_known {
        let found = figures(&grid.columns_shown(), grid.shown.order, &block);
        grid.state.figures = Some((order, block.clone(), found));
    }
    let found = grid.state.figures.as_ref().and_then(|(_, _, found)| found.as_ref());
    let (rows, columns) = (text::count(block.rows.len() as u64), text::count(block.columns.len() as u64));
    let mut words = tr!("{rows} × {columns} cells selected", rows, columns);
    if let Some(found) = found {
        words.push_str(&figures_text(found));
    }
    let font = TextStyle::Small.resolve(ui.style());
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    painter.text(rect.left_center() + vec2(6.0, 0.0), Align2::LEFT_CENTER, &words, font, palette(ui).text_weak);
    let response = ui.interact(rect, grid.id.with("status"), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &words));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(Live::Polite));
    response.on_hover_text(words);
}

fn figures_text(found: &Figures) -> String {
    let mut words = String::new();
    if let Some(numbers) = &found.numbers {
        let facts = [
            (tr!("sum"), numbers.sum),
            (tr!("mean"), numbers.mean()),
            (tr!("min"), numbers.min),
            (tr!("max"), numbers.max),
        ];
        for (name, value) in facts {
            words.push_str(&format!("; {name} {}", text::number(value)));
        }
    }
    words.push_str(&tr!(
        "; {distinct} distinct, {blank} blank",
        distinct = text::count(found.distinct as u64),
        blank = text::count(found.blank as u64)
    ));
    words
}
