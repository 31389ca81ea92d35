//! The names of the columns: a click sorts, a drag moves the column, a drag of the edge makes it wider.

use eframe::egui::accesskit::SortDirection;
use eframe::egui::{self, Align2, CursorIcon, Key, Modifiers, Rect, Response, Sense, Stroke, TextStyle, Ui, pos2};

use super::areas::Areas;
use super::cells;
use super::frame::Grid;
use super::state::Open;
use super::words::{self, PADDING};
use crate::ui::theme::{icon, palette};

/// Room for the sort's arrow and the menu's sign beside a name.
pub const SIGNS: f32 = 34.0;
const MENU: f32 = 20.0;
/// How near to an edge the pointer takes it.
const EDGE: f32 = 4.0;

pub fn header_ui(ui: &mut Ui, grid: &mut Grid<'_>) {
    let (areas, colors) = (grid.areas, palette(ui));
    ui.painter().rect_filled(areas.header, 0.0, colors.surface);
    let row = egui::UiBuilder::new()
        .scope_id(grid.id.with("header"))
        .max_rect(areas.header)
        .accessibility_parent(grid.id)
        .accessibility_role(egui::Role::Row);
    let mut ui = ui.new_child(row);
    corner_ui(&ui, grid);
    // The edges come last: they lie over the names on both sides.
    for (is_frozen, columns) in [true, false].into_iter().zip(grid.columns_seen()) {
        let clip = areas.clip(is_frozen, areas.header).intersect(ui.clip_rect());
        let mut part = ui.new_child(egui::UiBuilder::new().scope_id(grid.id.with(("names", is_frozen))).max_rect(clip));
        part.set_clip_rect(clip);
        for column in columns.clone() {
            name_ui(&part, grid, column);
        }
        for column in columns {
            edge_ui(&part, grid, column);
        }
    }
    let bottom = Stroke::new(1.0, colors.border);
    ui.painter().hline(areas.header.x_range(), areas.header.bottom(), bottom);
    if grid.arranged.frozen > 0 {
        ui.painter().vline(areas.frozen_right, areas.header.y_range(), Stroke::new(1.5, colors.border));
    }
}

/// Over the numbers of the rows: selects everything.
fn corner_ui(ui: &Ui, grid: &mut Grid<'_>) {
    let rect = grid.areas.header.with_max_x(grid.areas.gutter_right);
    let response = ui.interact(rect, grid.id.with("corner"), Sense::CLICK);
    let color = if response.hovered() { palette(ui).accent } else { palette(ui).text_weak };
    let small = TextStyle::Small.resolve(ui.style());
    ui.painter().text(rect.right_center() - egui::vec2(7.0, 0.0), Align2::RIGHT_CENTER, "#", small, color);
    if response.on_hover_text(tr!("Number of the row as shown; click to select everything")).clicked() {
        grid.state.selection.all(grid.state.top.ceil() as usize);
        ui.memory_mut(|memory| memory.request_focus(grid.id));
    }
}

fn header_rect(areas: &Areas, grid: &Grid<'_>, column: usize) -> Rect {
    let left = areas.column_left(&grid.arranged, column, grid.state.left);
    let width = grid.arranged.columns[column].width;
    Rect::from_min_max(pos2(left, areas.header.top()), pos2(left + width, areas.header.bottom()))
}

fn name_ui(ui: &Ui, grid: &mut Grid<'_>, place: usize) {
    let Some(column) = grid.column(place) else { return };
    let name = column.name.clone();
    let rect = header_rect(&grid.areas, grid, place);
    let id = grid.id.with(("column", &name));
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let sorted = grid.spec.sorted(&name);
    node_ui(ui, grid, place, &name, &response);
    paint_ui(ui, grid, place, &name, rect, &response, sorted);
    menu_sign_ui(ui, grid, &name, rect, &response);
    if response.clicked() {
        let also = ui.input(|input| input.modifiers.shift);
        grid.spec.sort_next(&name, also);
    }
    let at = rect.intersect(ui.clip_rect());
    if response.secondary_clicked() {
        grid.state.show(Open::ColumnMenu { column: name.clone(), at });
    }
    if response.has_focus() {
        header_keys(ui, grid, place, &name, at);
    }
    drag_ui(ui, grid, place, &name, &response);
    // The pointer may have gone on into what is shown.
    if (response.hovered() || response.is_tooltip_open()) && grid.state.open == Open::Nothing {
        grid.hovered = Some((name, response));
    }
}

/// What a screen reader and a test see.
fn node_ui(ui: &Ui, grid: &Grid<'_>, place: usize, name: &str, response: &Response) {
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ColumnHeader, true, name));
    let sorted = grid.spec.sorted(name);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_column_index(place);
        if let Some((order, descending)) = sorted {
            node.set_sort_direction(if descending { SortDirection::Descending } else { SortDirection::Ascending });
            let direction = if descending { tr!("descending") } else { tr!("ascending") };
            node.set_description(tr!(
                "Sorted {direction}, {order} of {sort}",
                direction,
                order = order + 1,
                sort = grid.spec.sort.len()
            ));
        }
    });
}

fn paint_ui(
    ui: &Ui,
    grid: &Grid<'_>,
    place: usize,
    name: &str,
    rect: Rect,
    response: &Response,
    sorted: Option<(usize, bool)>,
) {
    let colors = palette(ui);
    let painter = ui.painter();
    let is_in = grid.state.selection.is_block() && grid.block().is_some_and(|block| block.columns.contains(&place));
    if response.hovered() || response.dragged() {
        painter.rect_filled(rect, 0.0, colors.hover);
    } else if is_in {
        painter.rect_filled(rect, 0.0, colors.accent_soft);
    }
    if response.has_focus() {
        painter.rect_stroke(rect.shrink(1.0), 2.0, (1.5, colors.accent), egui::StrokeKind::Inside);
    }
    let mut right = rect.right() - PADDING;
    if response.hovered() || response.has_focus() {
        right -= MENU - 4.0;
    }
    if let Some((order, descending)) = sorted {
        let arrow = if descending { icon::DOWN } else { icon::UP };
        let sign = if grid.spec.sort.len() > 1 { format!("{}{arrow}", order + 1) } else { arrow.to_owned() };
        let small = TextStyle::Small.resolve(ui.style());
        let drawn = painter.text(pos2(right, rect.center().y), Align2::RIGHT_CENTER, sign, small, colors.accent);
        right = drawn.left() - 4.0;
    }
    let font = TextStyle::Body.resolve(ui.style());
    let room = (right - rect.left() - PADDING).max(8.0);
    let galley = painter.layout_job(words::line(name, &font, (colors.text, colors.text_weak), room));
    // The name of numbers stands over them, at the right.
    let is_right = grid.column(place).is_some_and(|column| words::is_right(&column.data));
    let x = if is_right { (right - galley.size().x).max(rect.left() + PADDING) } else { rect.left() + PADDING };
    let at = pos2(x, rect.center().y - galley.size().y / 2.0);
    painter.galley(at, galley, colors.text);
}

/// The sign that opens the menu; the keyboard's way is on the name itself, so that Tab goes from name to name.
fn menu_sign_ui(ui: &Ui, grid: &mut Grid<'_>, name: &str, rect: Rect, header: &Response) {
    let sign =
        Rect::from_min_max(pos2(rect.right() - MENU - EDGE, rect.top()), pos2(rect.right() - EDGE, rect.bottom()));
    let response = ui.interact(sign, grid.id.with(("menu sign", name)), Sense::CLICK);
    let label = tr!("Menu of {name}", name);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
    if header.hovered() || response.hovered() || header.has_focus() {
        let color = if response.hovered() { palette(ui).accent } else { palette(ui).text_weak };
        let small = TextStyle::Small.resolve(ui.style());
        ui.painter().text(sign.center(), Align2::CENTER_CENTER, icon::MENU, small, color);
    }
    if response.clicked() || response.secondary_clicked() {
        grid.state.show(Open::ColumnMenu { column: name.to_owned(), at: rect.intersect(ui.clip_rect()) });
    }
}

fn header_keys(ui: &Ui, grid: &mut Grid<'_>, place: usize, name: &str, at: Rect) {
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    if pressed(Modifiers::ALT, Key::ArrowDown) || pressed(Modifiers::SHIFT, Key::F10) {
        grid.state.show(Open::ColumnMenu { column: name.to_owned(), at });
    }
    if pressed(Modifiers::ALT, Key::Enter) {
        grid.state.show(Open::Profile { column: name.to_owned(), at });
    }
    let with = Modifiers::COMMAND | Modifiers::SHIFT;
    if pressed(with, Key::ArrowLeft) {
        move_by(grid, place, false);
    } else if pressed(with, Key::ArrowRight) {
        move_by(grid, place, true);
    }
}

/// Puts a column one place to the left or right; frozen ones stay among themselves.
pub fn move_by(grid: &mut Grid<'_>, place: usize, right: bool) {
    let to = if right { place + 2 } else { place.wrapping_sub(1) };
    move_to(grid, place, to);
}

fn move_to(grid: &mut Grid<'_>, from: usize, to: usize) {
    let frozen = grid.arranged.frozen;
    let range = if from < frozen { 0..=frozen } else { frozen..=grid.arranged.len() };
    if range.contains(&to) && to != from && to != from + 1 {
        let names: Vec<String> = grid.names().into_iter().map(str::to_owned).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        grid.state.layout.move_column(&names, &grid.arranged, from, to);
    }
}

/// A name under way: where it would go, and its going there.
fn drag_ui(ui: &Ui, grid: &mut Grid<'_>, place: usize, name: &str, response: &Response) {
    if !response.dragged() && !response.drag_stopped() {
        return;
    }
    let Some(pointer) = response.interact_pointer_pos() else { return };
    let to = match grid.areas.column_at(&grid.arranged, pointer.x, grid.state.left) {
        Some(column) => column + usize::from(pointer.x > header_rect(&grid.areas, grid, column).center().x),
        None => grid.arranged.len(),
    };
    let frozen = grid.arranged.frozen;
    let to = if place < frozen { to.min(frozen) } else { to.max(frozen) };
    if response.drag_stopped() {
        return move_to(grid, place, to);
    }
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    let line = match to.checked_sub(1) {
        Some(before) if to > frozen || place < frozen => header_rect(&grid.areas, grid, before).right(),
        _ => header_rect(&grid.areas, grid, to.min(grid.arranged.len().saturating_sub(1))).left(),
    };
    let colors = palette(ui);
    let all = grid.areas.header.union(grid.areas.body);
    let painter = ui.ctx().layer_painter(egui::LayerId::new(egui::Order::Tooltip, grid.id.with("moved column")));
    painter.vline(line, all.y_range(), Stroke::new(2.0, colors.accent));
    let font = TextStyle::Body.resolve(ui.style());
    let galley = painter.layout_no_wrap(name.to_owned(), font, colors.text);
    let ghost = Rect::from_min_size(pointer + egui::vec2(10.0, 6.0), galley.size()).expand2(egui::vec2(6.0, 3.0));
    painter.rect(ghost, 3.0, colors.surface, (1.0, colors.accent), egui::StrokeKind::Inside);
    painter.galley(ghost.min + egui::vec2(6.0, 3.0), galley, colors.text);
}

/// The right edge of a name: dragged it makes the column wider, clicked twice as wide as what is in sight.
fn edge_ui(ui: &Ui, grid: &mut Grid<'_>, place: usize) {
    let Some(name) = grid.column(place).map(|column| column.name.clone()) else { return };
    let rect = header_rect(&grid.areas, grid, place);
    let edge = Rect::from_center_size(rect.right_center(), egui::vec2(2.0 * EDGE, rect.height()));
    let response = ui.interact(edge, grid.id.with(("edge", &name)), Sense::CLICK | Sense::DRAG);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Splitter, true, tr!("Width of {name}", name)));
    let colors = palette(ui);
    let color = if response.hovered() || response.dragged() { colors.accent } else { colors.border };
    ui.painter().vline(rect.right() - 0.5, rect.shrink2(egui::vec2(0.0, 5.0)).y_range(), Stroke::new(1.0, color));
    if response.double_clicked() {
        fit(ui, grid, place);
    } else if response.dragged()
        && let Some(pointer) = response.interact_pointer_pos()
    {
        grid.state.layout.widths.insert(name, (pointer.x - rect.left()).max(0.0));
    }
    response.on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
}

/// Makes a column as wide as its values in sight.
pub fn fit(ui: &Ui, grid: &mut Grid<'_>, place: usize) {
    let width = cells::fitting_width(ui, grid, place);
    if let Some(column) = grid.column(place) {
        let name = column.name.clone();
        grid.state.layout.widths.insert(name, width);
    }
}
