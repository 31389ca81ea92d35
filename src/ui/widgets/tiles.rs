//! A grid of tiles that draws only those in view, at any number of them; moved in by arrows as the table is.

use eframe::egui::{self, Align, EventFilter, Id, Key, Layout, Rect, Response, Sense, Ui, Vec2, pos2, vec2};

use super::grid::{BAR_WIDTH, GridOutcome, Travel, bar_ui};
use crate::engine::view::RowOrder;
use crate::ui::theme::{self, palette};

const GAP: f32 = 8.0;

/// Where the tiles are scrolled to, and which is selected.
#[derive(Debug, Clone, Default)]
pub struct TilesState {
    /// The line at the top, with a fraction.
    top: f64,
    selected: Option<usize>,
    /// Takes the focus in the next frame, with the first tile where none is selected.
    pub wants_focus: bool,
}

/// How tiles are laid out: their least width, and their height.
pub struct TileSize {
    pub width: f32,
    pub height: f32,
}

/// Tiles of the rows in this order; `tile` draws one and returns what it is called.
pub fn tiles_ui(
    ui: &mut Ui,
    name: &str,
    order: &RowOrder,
    state: &mut TilesState,
    size: &TileSize,
    mut tile: impl FnMut(&mut Ui, usize) -> String,
) -> GridOutcome {
    let area = ui.available_rect_before_wrap();
    let area = Rect::from_min_size(area.min, vec2(area.width(), area.height().max(size.height)));
    let id = ui.scope_id().with(("tiles", name));
    let response = ui.interact(area, id, Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Grid, true, name));
    ui.ctx().accesskit_node_builder(id, |node| node.set_row_count(order.len()));
    let inner = Rect::from_min_max(area.min, pos2(area.right() - BAR_WIDTH, area.bottom()));
    let columns = (((inner.width() + GAP) / (size.width + GAP)) as usize).max(1);
    let width = (inner.width() + GAP) / columns as f32 - GAP;
    let line = size.height + GAP;
    let lines = order.len().div_ceil(columns);
    let places = f64::from((area.height() + GAP) / line);
    let mut outcome = GridOutcome::default();
    if std::mem::take(&mut state.wants_focus) && !order.is_empty() {
        let place = state.selected.unwrap_or(0);
        state.selected = Some(place);
        outcome.selected = order.row(place);
    }
    if response.has_focus() {
        keys(ui, id, order, (columns, places), state, &mut outcome);
    }
    if ui.rect_contains_pointer(area) {
        let scrolled = ui.input(|input| input.smooth_scroll_delta().y);
        state.top -= f64::from(scrolled / line);
    }
    let travel = Travel { all: lines as f64, seen: places, is_across: false };
    state.top = state.top.clamp(0.0, travel.last());
    let track = Rect::from_min_max(pos2(area.right() - BAR_WIDTH + 2.0, area.top()), area.max);
    bar_ui(ui, track, id.with("bar"), travel, &mut state.top);

    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(inner).layout(Layout::top_down(Align::Min)));
    child.set_clip_rect(inner.expand(1.0).intersect(ui.clip_rect()));
    let first = state.top.floor() as usize;
    let shift = (state.top.fract() * f64::from(line)) as f32;
    for at in first..lines.min(first + places.ceil() as usize + 1) {
        for column in 0..columns {
            let place = at * columns + column;
            let Some(row) = order.row(place) else { break };
            let corner = vec2(column as f32 * (width + GAP), (at - first) as f32 * line - shift);
            let rect = Rect::from_min_size(inner.min + corner, vec2(width, size.height));
            let clicked = one_ui(&mut child, id.with(place), rect, state.selected == Some(place), |ui| tile(ui, row));
            if clicked.clicked() {
                state.selected = Some(place);
                outcome.selected = Some(row);
            }
        }
    }
    if response.has_focus() {
        ui.painter().rect_stroke(inner.expand(2.0), 2.0, (1.0, palette(ui).accent), egui::StrokeKind::Outside);
    }
    if outcome.selected.is_some() {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    ui.allocate_rect(area, Sense::hover());
    outcome
}

fn one_ui(ui: &mut Ui, id: Id, rect: Rect, selected: bool, content: impl FnOnce(&mut Ui) -> String) -> Response {
    // The arrows go from tile to tile, so that Tab goes past them all at once.
    let response = ui.interact(rect, id, Sense::CLICK);
    let palette = palette(ui);
    let fill = match () {
        () if selected => palette.accent_soft,
        () if response.hovered() => palette.hover,
        () => palette.canvas,
    };
    let stroke = if selected { palette.accent } else { palette.border };
    ui.painter().rect(rect, theme::RADIUS, fill, (1.0, stroke), egui::StrokeKind::Inside);
    let inside = rect.shrink2(Vec2::splat(9.0));
    let mut child = ui.new_child(egui::UiBuilder::new().id_salt(id).max_rect(inside));
    child.set_clip_rect(inside.expand(3.0).intersect(ui.clip_rect()));
    let label = content(&mut child);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, selected, &label));
    response
}

fn keys(
    ui: &Ui,
    id: Id,
    order: &RowOrder,
    (columns, places): (usize, f64),
    state: &mut TilesState,
    outcome: &mut GridOutcome,
) {
    let filter = EventFilter { vertical_arrows: true, horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let last = order.len().saturating_sub(1);
    let page = (places.floor() as usize).max(1) * columns;
    let steps = [
        (Key::ArrowRight, 1),
        (Key::ArrowLeft, -1),
        (Key::ArrowDown, columns as isize),
        (Key::ArrowUp, -(columns as isize)),
        (Key::PageDown, page as isize),
        (Key::PageUp, -(page as isize)),
        (Key::Home, -(order.len() as isize)),
        (Key::End, order.len() as isize),
    ];
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    let step = steps.into_iter().find(|(key, _)| pressed(*key)).map(|(_, step)| step);
    if let Some(step) = step.filter(|_| !order.is_empty()) {
        let first = state.top.ceil() as usize * columns;
        let place = state.selected.map_or(first, |place| place.saturating_add_signed(step)).min(last);
        state.selected = Some(place);
        outcome.selected = order.row(place);
        let line = (place / columns) as f64;
        if line < state.top {
            state.top = line;
        } else if line + 1.0 > state.top + places {
            state.top = line + 1.0 - places;
        }
    }
    if pressed(Key::Enter) {
        outcome.activated = state.selected.and_then(|place| order.row(place));
    }
}
