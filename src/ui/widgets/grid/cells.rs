//! The cells in sight, painted.

use eframe::egui::text::LayoutJob;
use eframe::egui::{self, Align2, Color32, FontId, Painter, Rect, Stroke, TextStyle, Ui, pos2};

use super::frame::Grid;
use super::words::{self, PADDING};
use crate::ui::theme::{ROW_HEIGHT, palette};
use crate::ui::widgets::{direction, text};
use crate::workbench::grid::{Block, Place};

/// The width of the numbers of so many rows.
pub fn gutter_width(rows: usize) -> f32 {
    text::count(rows.max(1) as u64).len() as f32 * 6.6 + 14.0
}

/// What a frame paints its cells with.
struct Brush {
    font: FontId,
    small: FontId,
    color: Color32,
    weak: Color32,
    selected: Color32,
    striped: Color32,
    accent: Color32,
    border: Color32,
}

pub fn cells_ui(ui: &Ui, grid: &Grid<'_>) {
    let palette = palette(ui);
    let brush = Brush {
        font: TextStyle::Body.resolve(ui.style()),
        small: TextStyle::Small.resolve(ui.style()),
        color: palette.text,
        weak: palette.text_weak,
        selected: palette.accent_soft,
        striped: palette.canvas,
        accent: palette.accent,
        border: palette.border,
    };
    let body = grid.areas.body;
    let painter = ui.painter().with_clip_rect(body.intersect(ui.clip_rect()));
    let block = grid.block();
    let is_block = grid.state.selection.is_block();
    rows_ui(&painter, grid, &brush, block.as_ref(), is_block);
    for (is_frozen, columns) in [true, false].into_iter().zip(grid.columns_seen()) {
        let part = ui.painter().with_clip_rect(grid.areas.clip(is_frozen, body).intersect(ui.clip_rect()));
        for column in columns {
            column_ui(&part, grid, &brush, column, block.as_ref().filter(|_| is_block));
        }
        cursor_ui(&part, grid, &brush, is_frozen);
    }
    edges_ui(&painter, grid, &brush);
}

/// The stripes, the selected row, and the numbers of the rows.
fn rows_ui(painter: &Painter, grid: &Grid<'_>, brush: &Brush, block: Option<&Block>, is_block: bool) {
    let areas = &grid.areas;
    let cursor = grid.state.selection.cursor();
    for row in grid.rows_seen() {
        let top = areas.row_top(row, grid.state.top);
        let line = Rect::from_x_y_ranges(areas.body.x_range(), top..=top + ROW_HEIGHT);
        let is_at = !is_block && cursor.is_some_and(|cursor| cursor.row == row);
        if is_at {
            painter.rect_filled(line, 0.0, brush.selected);
        } else if !row.is_multiple_of(2) {
            painter.rect_filled(line, 0.0, brush.striped);
        }
        let is_in = block.is_some_and(|block| block.rows.contains(&row));
        let color = if is_in { brush.accent } else { brush.weak };
        let at = pos2(areas.gutter_right - 7.0, line.center().y);
        painter.text(at, Align2::RIGHT_CENTER, text::count(row as u64 + 1), brush.small.clone(), color);
    }
}

/// One column of the rows in sight.
fn column_ui(painter: &Painter, grid: &Grid<'_>, brush: &Brush, place: usize, block: Option<&Block>) {
    let arranged = grid.arranged.columns[place];
    let column = &grid.shown.columns[arranged.source].data;
    let form = grid.state.form(arranged.source);
    let is_right = words::is_right(column);
    let left = grid.areas.column_left(&grid.arranged, place, grid.state.left);
    let right = left + arranged.width;
    let is_selected = block.is_some_and(|block| block.columns.contains(&place));
    for at in grid.rows_seen() {
        let top = grid.areas.row_top(at, grid.state.top);
        if is_selected && block.is_some_and(|block| block.rows.contains(&at)) {
            let cell = Rect::from_min_max(pos2(left, top), pos2(right, top + ROW_HEIGHT));
            painter.rect_filled(cell, 0.0, brush.selected);
        }
        let Some(row) = grid.shown.order.row(at).filter(|&row| row < column.len() && !column.is_blank(row)) else {
            continue;
        };
        let value = words::shown(column, row, form);
        let room = arranged.width - 2.0 * PADDING;
        let galley = words::laid_out(painter, &value, &brush.font, (brush.color, brush.weak), room);
        let is_right = is_right || direction::begins_at_right(&value);
        let x = if is_right { (right - PADDING - galley.size().x).max(left + PADDING) } else { left + PADDING };
        let y = top + (ROW_HEIGHT - galley.size().y) / 2.0;
        painter.galley(pos2(x, y), galley, brush.color);
    }
}

/// The frame around the cell at the cursor.
fn cursor_ui(painter: &Painter, grid: &Grid<'_>, brush: &Brush, is_frozen: bool) {
    let Some(cursor) = grid.state.selection.cursor() else { return };
    if cursor.column < grid.arranged.len()
        && (cursor.column < grid.arranged.frozen) == is_frozen
        && grid.rows_seen().contains(&cursor.row)
    {
        let rect = grid.cell_rect(cursor);
        painter.rect_stroke(rect, 2.0, (1.5, brush.accent), egui::StrokeKind::Inside);
    }
}

/// The lines after the numbers of rows and after the frozen columns.
fn edges_ui(painter: &Painter, grid: &Grid<'_>, brush: &Brush) {
    let areas = &grid.areas;
    let end = areas.row_top(grid.rows_seen().end, grid.state.top).min(areas.body.bottom());
    let rows = areas.body.top()..=end.max(areas.body.top());
    painter.vline(areas.gutter_right, rows.clone(), Stroke::new(1.0, brush.border));
    if grid.arranged.frozen > 0 {
        let is_over = grid.state.left > 0.0;
        let stroke = if is_over { Stroke::new(2.0, brush.weak) } else { Stroke::new(1.5, brush.border) };
        painter.vline(areas.frozen_right, rows, stroke);
    }
}

/// The width of the widest of a column's values in sight, and of its name, in points.
pub fn fitting_width(ui: &Ui, grid: &Grid<'_>, place: usize) -> f32 {
    let source = grid.arranged.columns[place].source;
    let column = grid.shown.columns[source];
    let font = TextStyle::Body.resolve(ui.style());
    let width = |job: LayoutJob| ui.painter().layout_job(job).size().x;
    // Only the width is asked for: any colour will do.
    let colors = (palette(ui).text, palette(ui).text_weak);
    let name = words::line(&column.name, &font, colors, f32::INFINITY);
    let mut widest = width(name) + super::header::SIGNS;
    for row in grid.rows_seen().filter_map(|at| grid.shown.order.row(at)) {
        let value = words::shown(&column.data, row, grid.state.form(source));
        widest = widest.max(width(words::line(&value, &font, colors, f32::INFINITY)));
    }
    (widest + 2.0 * PADDING + 2.0).ceil()
}

/// Whether a cell shows less than its value, or in another form.
pub fn is_cut(ui: &Ui, grid: &Grid<'_>, place: Place) -> bool {
    let Some(arranged) = grid.arranged.columns.get(place.column) else { return false };
    let column = &grid.shown.columns[arranged.source].data;
    let Some(row) = grid.shown.order.row(place.row) else { return false };
    let value = words::shown(column, row, grid.state.form(arranged.source));
    let font = TextStyle::Body.resolve(ui.style());
    let colors = (palette(ui).text, palette(ui).text_weak);
    let galley = ui.painter().layout_job(words::line(&value, &font, colors, arranged.width - 2.0 * PADDING));
    galley.elided || value != column.text(row) || value.contains(char::is_control)
}
