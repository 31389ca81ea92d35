//! A grid that draws only the rows in view, at any number of rows.
//!
//! Row offsets in points are exact only to about a million rows in f32, so the grid keeps its own place: the first row
//! in view and a fraction, and its own scroll bar mapped in f64.

use std::sync::Arc;

use eframe::egui::{self, Align, Color32, EventFilter, Id, Key, Layout, Rect, RichText, Sense, Ui, pos2, vec2};
use egui_extras::{Column as GridColumn, TableBuilder};

use super::form;
use super::text;
use crate::engine::column::Column;
use crate::engine::table::{NamedColumn, Table};
use crate::engine::view::{RowOrder, ViewSpec};
use crate::ui::context::PageCx;
use crate::ui::theme::{ROW_HEIGHT, TextRole as _, icon, palette};

const HEADER_HEIGHT: f32 = 26.0;
pub(super) const BAR_WIDTH: f32 = 12.0;
const SHORTEST_HANDLE: f32 = 24.0;
const CELL_CHARACTERS: usize = 200;

/// Where a grid is scrolled to, and its selected place.
#[derive(Debug, Clone, Default)]
pub struct GridState {
    /// The place at the top, with a fraction of a row.
    pub(super) top: f64,
    pub(super) selected: Option<usize>,
    /// The selected cell's column, in a grid of cells.
    column: Option<String>,
}

/// What happened in a grid this frame: rows of the table, not places on the screen.
#[derive(Debug, Clone, Copy, Default)]
pub struct GridOutcome {
    /// The row clicked, or moved to by a key.
    pub selected: Option<usize>,
    /// The row double-clicked, or on which Enter was pressed.
    pub activated: Option<usize>,
}

/// A table with search, filter chips, sorting by header and a count of rows, under a name unique in the window.
pub fn table_ui(ui: &mut Ui, cx: &mut PageCx<'_>, name: &str, table: &Arc<Table>) -> GridOutcome {
    columns_ui(ui, cx, name, table, None)
}

/// The same with only these columns, in this order, where they are given; search goes through all.
pub fn columns_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    name: &str,
    table: &Arc<Table>,
    columns: Option<&[&str]>,
) -> GridOutcome {
    shown_ui(ui, cx, name, table, columns, false)
}

/// The same, where a cell can be selected too: by a click, or by the arrows.
pub fn cells_ui(ui: &mut Ui, cx: &mut PageCx<'_>, name: &str, table: &Arc<Table>, columns: &[&str]) -> GridOutcome {
    shown_ui(ui, cx, name, table, Some(columns), true)
}

fn shown_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    name: &str,
    table: &Arc<Table>,
    columns: Option<&[&str]>,
    has_cells: bool,
) -> GridOutcome {
    let shown: Vec<&NamedColumn> = match columns {
        None => table.columns.iter().collect(),
        Some(names) => {
            names.iter().filter_map(|name| table.columns.iter().find(|column| column.name == *name)).collect()
        }
    };
    let mut spec = cx.memory.views.get(name).cloned().unwrap_or_default();
    let before = spec.clone();
    toolbar_ui(ui, cx, name, table, &mut spec);
    cx.workbench.show_table(name, table, &spec);
    let Some(view) = cx.workbench.views.get(name) else { return GridOutcome::default() };
    let order = Arc::clone(&view.order);
    let state = cx.memory.grids.entry(name.to_owned()).or_default();
    if spec != before {
        *state = GridState::default();
    }
    let outcome = grid_ui(ui, name, (&shown, has_cells), &order, &mut spec, state);
    cx.memory.views.insert(name.to_owned(), spec);
    outcome
}

/// The grid alone, of rows that the page ordered: `sort` is what its headers say, and changes when one is clicked.
pub fn ordered_ui(
    ui: &mut Ui,
    name: &str,
    columns: &[&NamedColumn],
    order: &RowOrder,
    sort: &mut Option<(String, bool)>,
    state: &mut GridState,
) -> GridOutcome {
    let mut spec = ViewSpec { sort: sort.take(), ..ViewSpec::default() };
    let outcome = grid_ui(ui, name, (columns, false), order, &mut spec, state);
    *sort = spec.sort;
    outcome
}

/// The table's row that is selected in a grid, as last drawn.
pub fn selected_row(cx: &PageCx<'_>, name: &str, table: &Arc<Table>) -> Option<usize> {
    let view = cx.workbench.views.get(name).filter(|view| Arc::ptr_eq(&view.table, table))?;
    view.order.row(cx.memory.grids.get(name)?.selected?)
}

/// The row and the column of the cell that is selected in a grid of cells.
pub fn selected_cell(cx: &PageCx<'_>, name: &str, table: &Arc<Table>) -> Option<(usize, String)> {
    let row = selected_row(cx, name, table)?;
    Some((row, cx.memory.grids.get(name)?.column.clone()?))
}

fn toolbar_ui(ui: &mut Ui, cx: &PageCx<'_>, name: &str, table: &Table, spec: &mut ViewSpec) {
    ui.horizontal_wrapped(|ui| {
        form::text_ui(ui, &format!("Search {name}"), &mut spec.search, "Search", 180.0);
        let mut dropped = None;
        for (place, (column, value)) in spec.filters.iter().enumerate() {
            let value = if value.is_empty() { "blank" } else { value };
            let chip =
                ui.button(icon::after(&format!("{column}: {value}"), icon::REMOVE)).on_hover_text("Remove this filter");
            if chip.clicked() {
                dropped = Some(place);
            }
        }
        if let Some(place) = dropped {
            spec.filters.remove(place);
        }
        if let Some((column, descending)) = &spec.sort {
            let arrow = if *descending { "descending" } else { "ascending" };
            if ui
                .button(icon::after(&format!("Sorted by {column}, {arrow}"), icon::REMOVE))
                .on_hover_text("Back to the table's own order")
                .clicked()
            {
                spec.sort = None;
            }
        }
        let view = cx.workbench.views.get(name).filter(|view| std::ptr::eq(&*view.table, table));
        let shown = view.map_or(table.rows, |view| view.order.len()) as u64;
        let of = if shown == table.rows as u64 { String::new() } else { format!("{} of ", text::count(shown)) };
        let pending = view.is_some_and(|view| view.pending);
        let waiting = if pending { ", updating…" } else { "" };
        let rows = text::counted(table.rows as u64, "row", "rows");
        ui.label(RichText::new(format!("{of}{rows}{waiting}")).color(palette(ui).text_weak));
    });
}

/// The grid itself, filling the space that is left.
fn grid_ui(
    ui: &mut Ui,
    name: &str,
    (columns, has_cells): (&[&NamedColumn], bool),
    order: &RowOrder,
    spec: &mut ViewSpec,
    state: &mut GridState,
) -> GridOutcome {
    let area = ui.available_rect_before_wrap();
    let area = Rect::from_min_size(area.min, vec2(area.width(), area.height().max(HEADER_HEIGHT + 3.0 * ROW_HEIGHT)));
    let id = ui.scope_id().with(("grid", name));
    let response = ui.interact(area, id, Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Grid, true, name));
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_row_count(order.len());
        node.set_column_count(columns.len());
    });
    // The bar at the lower edge lies over no row.
    let places = f64::from((area.height() - HEADER_HEIGHT - BAR_WIDTH) / ROW_HEIGHT);
    let mut outcome = GridOutcome::default();
    // The cell that a key has moved to is brought into view.
    let mut moved = false;
    if response.has_focus() {
        keys(ui, id, order, places, state, &mut outcome);
        if has_cells {
            moved = cell_keys(ui, id, columns, order, state, &mut outcome);
        }
    }
    if ui.rect_contains_pointer(area) {
        let scrolled = ui.input(|input| input.smooth_scroll_delta().y);
        state.top -= f64::from(scrolled / ROW_HEIGHT);
    }
    let last_top = (order.len() as f64 - places).max(0.0);
    state.top = state.top.clamp(0.0, last_top);
    scroll_bar_ui(ui, area, id, order.len() as f64, places, &mut state.top);

    let inner = Rect::from_min_max(area.min, pos2(area.right() - BAR_WIDTH, area.bottom()));
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(inner).layout(Layout::top_down(Align::Min)));
    child.set_clip_rect(inner.intersect(ui.clip_rect()));
    egui::ScrollArea::horizontal().id_salt((name, "across")).auto_shrink(false).show(&mut child, |ui| {
        let cells = has_cells.then_some(moved);
        rows_ui(ui, name, columns, order, spec, state, (places, cells), &mut outcome);
    });
    if response.has_focus() {
        ui.painter().rect_stroke(inner.expand(2.0), 2.0, (1.0, palette(ui).accent), egui::StrokeKind::Outside);
    }
    if outcome.selected.is_some() {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    ui.allocate_rect(area, Sense::hover());
    outcome
}

/// The header, and the rows in view.
#[expect(clippy::too_many_arguments, reason = "one frame of one grid: what it shows and what comes of it")]
fn rows_ui(
    ui: &mut Ui,
    name: &str,
    columns: &[&NamedColumn],
    order: &RowOrder,
    spec: &mut ViewSpec,
    state: &mut GridState,
    (places, cells): (f64, Option<bool>),
    outcome: &mut GridOutcome,
) {
    let first = state.top.floor() as usize;
    let count = (places.ceil() as usize + 1).min(order.len().saturating_sub(first));
    let mut builder = TableBuilder::new(ui)
        .id_salt(name)
        .striped(true)
        .vscroll(false)
        .sense(Sense::click())
        .cell_layout(Layout::left_to_right(Align::Center));
    for column in columns {
        let width = initial_width(column.name.len(), &column.data);
        builder = builder.column(GridColumn::initial(width).at_least(48.0).resizable(true).clip(true));
    }
    builder
        .header(HEADER_HEIGHT, |mut header| {
            for column in columns {
                header.col(|ui| header_ui(ui, &column.name, spec));
            }
        })
        .body(|body| {
            body.rows(ROW_HEIGHT, count, |mut line| {
                let place = first + line.index();
                let Some(row) = order.row(place) else { return };
                line.set_selected(state.selected == Some(place));
                let mut clicked = None;
                for column in columns {
                    let is_at = state.selected == Some(place) && state.column.as_deref() == Some(&column.name);
                    let (_, cell) = line.col(|ui| {
                        if let Some(moved) = cells.filter(|_| is_at) {
                            let rect = ui.max_rect();
                            ui.painter().rect_stroke(rect, 2.0, (1.5, palette(ui).accent), egui::StrokeKind::Inside);
                            if moved {
                                ui.scroll_to_rect(rect, None);
                            }
                        }
                        cell_ui(ui, &column.data, row);
                    });
                    if cell.clicked() {
                        clicked = Some(column.name.clone());
                    }
                }
                let response = line.response();
                state.column = clicked.or_else(|| state.column.take());
                if response.clicked() {
                    state.selected = Some(place);
                    outcome.selected = Some(row);
                }
                if response.double_clicked() {
                    outcome.activated = Some(row);
                }
            });
        });
}

fn header_ui(ui: &mut Ui, name: &str, spec: &mut ViewSpec) {
    let arrow = match &spec.sort {
        Some((column, false)) if column == name => icon::UP,
        Some((column, true)) if column == name => icon::DOWN,
        _ => "",
    };
    let label = egui::Button::new(RichText::new(icon::after(name, arrow)).bold()).frame(false).truncate();
    let response = ui.add(label).on_hover_text(format!("{name}: click to sort"));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ColumnHeader, true, name));
    if response.clicked() {
        spec.sort = match spec.sort.take() {
            Some((column, false)) if column == name => Some((column, true)),
            Some((column, true)) if column == name => None,
            _ => Some((name.to_owned(), false)),
        };
    }
}

fn cell_ui(ui: &mut Ui, column: &Column, row: usize) {
    let value = column.text(row);
    let label = egui::Label::new(text::one_line(&value, CELL_CHARACTERS)).truncate().selectable(false);
    match column {
        Column::Integer(_) | Column::Number(_) => {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.add(label));
        }
        _ => {
            ui.add(label);
        }
    }
}

/// A width that fits the name and the first few values. Sentences get room; long ids are cut, so that what follows
/// is seen.
fn initial_width(name_length: usize, column: &Column) -> f32 {
    let texts = (0..column.len().min(30)).map(|row| column.text(row));
    let (mut longest, mut words) = (0, false);
    for text in texts {
        longest = longest.max(text.chars().count());
        words |= text.contains(' ') || text.contains('@');
    }
    let most = if words { 460.0 } else { 170.0 };
    (longest.max(name_length + 3) as f32 * 7.2 + 14.0).clamp(70.0, most)
}

fn keys(ui: &Ui, id: Id, order: &RowOrder, places: f64, state: &mut GridState, outcome: &mut GridOutcome) {
    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let last = order.len().saturating_sub(1);
    let page = (places.floor() as usize).saturating_sub(1).max(1);
    let now = state.selected;
    let step = |from: Option<usize>, by: i64| {
        from.map_or(state.top.ceil() as usize, |place| place.saturating_add_signed(by as isize)).min(last)
    };
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    let wanted = if pressed(Key::ArrowDown) {
        Some(step(now, 1))
    } else if pressed(Key::ArrowUp) {
        Some(step(now, -1))
    } else if pressed(Key::PageDown) {
        Some(step(now, page as i64))
    } else if pressed(Key::PageUp) {
        Some(step(now, -(page as i64)))
    } else if pressed(Key::Home) {
        Some(0)
    } else if pressed(Key::End) {
        Some(last)
    } else {
        None
    };
    if let Some(place) = wanted.filter(|_| !order.is_empty()) {
        state.selected = Some(place);
        outcome.selected = order.row(place);
        let place = place as f64;
        if place < state.top {
            state.top = place;
        } else if place + 1.0 > state.top + places {
            state.top = place + 1.0 - places;
        }
    }
    if pressed(Key::Enter) {
        outcome.activated = state.selected.and_then(|place| order.row(place));
    }
}

/// Moves the selected cell along its row; whether a key moved it at all.
fn cell_keys(
    ui: &Ui,
    id: Id,
    columns: &[&NamedColumn],
    order: &RowOrder,
    state: &mut GridState,
    outcome: &mut GridOutcome,
) -> bool {
    let filter = EventFilter { vertical_arrows: true, horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    let (left, right) = (pressed(Key::ArrowLeft), pressed(Key::ArrowRight));
    if !(left || right || outcome.selected.is_some()) || order.is_empty() {
        return false;
    }
    let now = columns.iter().position(|column| state.column.as_deref() == Some(&column.name));
    let wanted = match now {
        None => 0,
        Some(place) if left => place.saturating_sub(1),
        Some(place) if right => (place + 1).min(columns.len().saturating_sub(1)),
        Some(place) => place,
    };
    state.column = columns.get(wanted).map(|column| column.name.clone());
    if state.selected.is_none() {
        state.selected = Some(0);
        outcome.selected = order.row(0);
    }
    true
}

/// A bar at the right edge; dragging it moves through all rows evenly.
pub(super) fn scroll_bar_ui(ui: &Ui, area: Rect, grid: Id, rows: f64, places: f64, top: &mut f64) {
    if rows <= places {
        return;
    }
    let palette = palette(ui);
    let track = Rect::from_min_max(pos2(area.right() - BAR_WIDTH + 2.0, area.top() + HEADER_HEIGHT), area.max);
    let handle_height = ((places / rows) as f32 * track.height()).max(SHORTEST_HANDLE);
    let travel = f64::from(track.height() - handle_height);
    let last_top = rows - places;
    let offset = (*top / last_top * travel) as f32;
    let handle = Rect::from_min_size(pos2(track.left(), track.top() + offset), vec2(track.width(), handle_height));
    let response = ui.interact(track, grid.with("bar"), Sense::click_and_drag());
    if response.dragged() {
        let moved = f64::from(response.drag_delta().y);
        *top = (*top + moved / travel * last_top).clamp(0.0, last_top);
    } else if response.clicked()
        && let Some(pointer) = response.interact_pointer_pos()
    {
        let share = f64::from(pointer.y - track.top() - handle_height / 2.0) / travel;
        *top = (share * last_top).clamp(0.0, last_top);
    }
    let color: Color32 = if response.hovered() || response.dragged() { palette.accent } else { palette.border };
    ui.painter().rect_filled(handle, 4.0, color);
}
