//! The grid as a screen reader sees it: totals, and the rows and cells in sight with their names.

use eframe::egui::accesskit::{Action, Node, Rect as NodeRect};
use eframe::egui::{self, Id, Rect, Sense, Ui};

use super::frame::Grid;
use crate::ui::theme::ROW_HEIGHT;
use crate::workbench::grid::Place;

pub fn nodes_ui(ui: &mut Ui, grid: &mut Grid<'_>) {
    let cursor = grid.state.selection.cursor().map(|cursor| cell_id(grid.id, cursor));
    let is_heard = ui.ctx().accesskit_node_builder(grid.id, |node| {
        node.set_row_count(grid.shown.order.len());
        node.set_column_count(grid.arranged.len());
    });
    // Nobody listens: most frames of most users.
    if is_heard.is_none() {
        return;
    }
    let mut has_cursor = false;
    let mut wanted = None;
    let mut ui = part_ui(ui, grid.id.with("rows"), grid.areas.body, egui::Role::RowGroup, grid.id);
    for at in grid.rows_seen() {
        let Some(row) = grid.shown.order.row(at) else { continue };
        let top = grid.areas.row_top(at, grid.state.top);
        let line = Rect::from_x_y_ranges(grid.areas.body.x_range(), top..=top + ROW_HEIGHT);
        let parent = ui.unique_id();
        let mut line_ui = part_ui(&mut ui, grid.id.with(("row", at)), line, egui::Role::Row, parent);
        ui.ctx().accesskit_node_builder(line_ui.unique_id(), |node| {
            node.set_row_index(at);
            bounds(node, line);
        });
        for place in grid.columns_seen().into_iter().flatten().map(|column| Place { row: at, column }) {
            if let Some(clicked) = cell_ui(&mut line_ui, grid, place, row) {
                wanted = wanted.or(clicked.then_some(place));
                has_cursor |= Some(cell_id(grid.id, place)) == cursor;
            }
        }
    }
    if let Some(cursor) = cursor.filter(|_| has_cursor) {
        ui.ctx().accesskit_node_builder(grid.id, |node| node.set_active_descendant(cursor.accesskit_id()));
    }
    if let Some(place) = wanted {
        grid.state.selection.place(place);
        grid.outcome.selected = grid.shown.order.row(place.row);
    }
}

fn cell_id(grid: Id, place: Place) -> Id {
    grid.with(("cell", place.row, place.column))
}

/// A part of the tree with a place of its own, by which a screen reader knows it again.
fn part_ui(ui: &mut Ui, id: Id, rect: Rect, role: egui::Role, parent: Id) -> Ui {
    let part = egui::UiBuilder::new().scope_id(id).max_rect(rect);
    ui.new_child(part.accessibility_parent(parent).accessibility_role(role))
}

/// The node of one cell, and whether it was clicked by a screen reader.
fn cell_ui(line_ui: &mut Ui, grid: &Grid<'_>, place: Place, row: usize) -> Option<bool> {
    let column = grid.column(place.column)?;
    let value = if row < column.data.len() { column.data.text(row) } else { "".into() };
    let is_frozen = place.column < grid.arranged.frozen;
    let rect = grid.cell_rect(place).intersect(grid.areas.clip(is_frozen, grid.areas.body));
    let id = cell_id(grid.id, place);
    let parent = line_ui.unique_id();
    let cell_ui = part_ui(line_ui, id, rect, egui::Role::Cell, parent);
    let said = if value.is_empty() { tr!("blank") } else { &value };
    let is_selected = grid.block().is_some_and(|block| block.contains(place));
    let ctx = line_ui.ctx();
    ctx.accesskit_node_builder(id, |node| {
        node.set_label(format!("{}: {said}", column.name));
        node.set_row_index(place.row);
        node.set_column_index(place.column);
        node.set_selected(is_selected);
        node.add_action(Action::Click);
        bounds(node, rect);
    });
    if !value.is_empty() {
        let response = cell_ui.interact(rect, id.with("text"), Sense::hover());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &*value));
    }
    Some(ctx.input(|input| input.has_accesskit_action_request(id, Action::Click)))
}

fn bounds(node: &mut Node, rect: Rect) {
    node.set_bounds(NodeRect {
        x0: rect.min.x.into(),
        y0: rect.min.y.into(),
        x1: rect.max.x.into(),
        y1: rect.max.y.into(),
    });
}
