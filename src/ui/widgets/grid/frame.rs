//! One frame of a grid: where its parts lie, what the hand does, what is painted.

use std::sync::Arc;

use eframe::egui::{self, Id, Rect, Response, Sense, Ui, vec2};

use super::areas::{Areas, HEADER_HEIGHT};
use super::bars::{BAR_WIDTH, Travel, bar_ui};
use super::state::GridState;
use super::{GridOutcome, cells, header, keys, nodes, pointer, popups, status};
use crate::engine::table::{NamedColumn, Table};
use crate::engine::view::{RowOrder, ViewSpec};
use crate::ui::context::PageCx;
use crate::ui::theme::{ROW_HEIGHT, palette};
use crate::workbench::Level;
use crate::workbench::grid::{Arranged, Block, Place};

/// Frozen columns take this share of the width at most.
const MOST_FROZEN: f32 = 0.6;

/// What a grid shows.
pub struct Shown<'a> {
    /// Unique in the window.
    pub name: &'a str,
    pub table: &'a Arc<Table>,
    pub columns: &'a [&'a NamedColumn],
    /// Columns that are frozen at first.
    pub keys: &'a [&'a str],
    pub order: &'a RowOrder,
    /// Whether filters of the view are the page's filters.
    pub has_filters: bool,
}

/// A grid in the course of a frame.
pub struct Grid<'a> {
    pub shown: &'a Shown<'a>,
    pub id: Id,
    pub spec: &'a mut ViewSpec,
    pub state: &'a mut GridState,
    pub arranged: Arc<Arranged>,
    pub areas: Areas,
    pub outcome: GridOutcome,
    /// The name of a column that the pointer is over.
    pub hovered: Option<(String, Response)>,
    /// What the user has to be told.
    pub refusal: Option<String>,
    /// Whether an entry of a menu was chosen.
    pub is_answered: bool,
    /// Whether a pop-up was answered, and the keys are the grid's again.
    pub takes_focus: bool,
}

impl Grid<'_> {
    /// A column by its place on the screen.
    pub fn column(&self, place: usize) -> Option<&NamedColumn> {
        self.shown.columns.get(self.arranged.columns.get(place)?.source).copied()
    }

    /// The columns as the screen shows them, hidden ones left out.
    pub fn columns_shown(&self) -> Vec<&NamedColumn> {
        self.arranged.columns.iter().map(|column| self.shown.columns[column.source]).collect()
    }

    /// The names of all columns, as the page gave them.
    pub fn names(&self) -> Vec<&str> {
        self.shown.columns.iter().map(|column| column.name.as_str()).collect()
    }

    /// The place of a column on the screen, by its name.
    pub fn place_of(&self, name: &str) -> Option<usize> {
        self.arranged.columns.iter().position(|column| self.shown.columns[column.source].name == name)
    }

    pub fn scrolled(&self) -> (f64, f64) {
        (self.state.left, self.state.top)
    }

    pub fn block(&self) -> Option<Block> {
        self.state.selection.block(self.shown.order.len(), self.arranged.len())
    }

    /// The rows in sight, the cut ones included.
    pub fn rows_seen(&self) -> std::ops::Range<usize> {
        let first = self.state.top.floor() as usize;
        let end = (self.state.top + self.areas.rows()).ceil() as usize;
        first..end.min(self.shown.order.len()).max(first)
    }

    /// The columns in sight: those that stay, and those that scroll.
    pub fn columns_seen(&self) -> [std::ops::Range<usize>; 2] {
        let left = self.state.left;
        [0..self.arranged.frozen, self.arranged.seen(left, left + self.areas.room())]
    }

    pub fn cell_rect(&self, place: Place) -> Rect {
        self.areas.cell(&self.arranged, place, self.scrolled())
    }

    /// Scrolls until a cell is in sight.
    pub fn reveal(&mut self, place: Place) {
        let (row, rows) = (place.row as f64, self.areas.rows());
        if row < self.state.top {
            self.state.top = row;
        } else if row + 1.0 > self.state.top + rows {
            self.state.top = row + 1.0 - rows;
        }
        if place.column >= self.arranged.frozen
            && let Some(column) = self.arranged.columns.get(place.column)
        {
            let room = self.areas.room();
            if column.right() > self.state.left + room {
                self.state.left = column.right() - room;
            }
            self.state.left = self.state.left.min(column.left);
        }
    }

    /// Goes to a row of the view, by its place.
    pub fn go_to(&mut self, row: usize) {
        let column = self.state.selection.cursor().map_or(0, |cursor| cursor.column);
        let place = Place { row: row.min(self.shown.order.len().saturating_sub(1)), column };
        self.state.selection.place(place);
        // In the middle, with what is around it.
        self.state.top = place.row as f64 - (self.areas.rows() / 2.0).floor();
        self.reveal(place);
        self.outcome.selected = self.shown.order.row(place.row);
    }

    fn clamp(&mut self) {
        self.state.top = self.state.top.clamp(0.0, self.down().last());
        self.state.left = self.state.left.clamp(0.0, self.across().last());
    }

    fn down(&self) -> Travel {
        Travel { all: self.shown.order.len() as f64, seen: self.areas.rows(), is_across: false }
    }

    fn across(&self) -> Travel {
        Travel { all: self.arranged.scrolled_width(), seen: self.areas.room(), is_across: true }
    }
}

/// The grid itself, filling the space that is left.
pub fn grid_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    shown: &Shown<'_>,
    spec: &mut ViewSpec,
    state: &mut GridState,
) -> GridOutcome {
    let area = ui.available_rect_before_wrap();
    let least = HEADER_HEIGHT + 3.0 * ROW_HEIGHT + BAR_WIDTH;
    let area = Rect::from_min_size(area.min, vec2(area.width(), area.height().max(least)));
    let id = ui.scope_id().with(("grid", shown.name));
    let gutter = cells::gutter_width(shown.order.len());
    let arranged = state.arrange(shown.columns, shown.keys, ((area.width() - gutter) * MOST_FROZEN).max(0.0));
    let areas = Areas::of(area, gutter, &arranged, state.selection.is_block());
    let response = ui.interact(area, id, Sense::click_and_drag());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Grid, true, shown.name));
    let outcome = GridOutcome::default();
    let mut grid = Grid {
        shown,
        id,
        spec,
        state,
        arranged,
        areas,
        outcome,
        hovered: None,
        refusal: None,
        is_answered: false,
        takes_focus: false,
    };

    if response.has_focus() {
        keys::keys_ui(ui, &mut grid);
    }
    wheel_ui(ui, &mut grid, area);
    grid.clamp();
    pointer::pointer_ui(ui, &mut grid, &response);
    grid.clamp();
    let (down, across) = (grid.down(), grid.across());
    bar_ui(ui, grid.areas.down, id.with("bar"), down, &mut grid.state.top);
    if let Some(track) = grid.areas.across {
        bar_ui(ui, track, id.with("bar across"), across, &mut grid.state.left);
    }
    // In whole pixels the letters stay sharp while a row moves by.
    let pixels = f64::from(ui.pixels_per_point());
    grid.state.left = (grid.state.left * pixels).round() / pixels;

    cells::cells_ui(ui, &grid);
    header::header_ui(ui, &mut grid);
    nodes::nodes_ui(ui, &mut grid);
    status::status_ui(ui, &mut grid);
    if response.has_focus() {
        let ring = area.with_max_x(grid.areas.body.right());
        ui.painter().rect_stroke(ring.expand(2.0), 2.0, (1.0, palette(ui).accent), egui::StrokeKind::Outside);
    }
    popups::popups_ui(ui, cx, &mut grid);
    if grid.takes_focus || grid.outcome.selected.is_some() {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    if let Some(refusal) = grid.refusal.take() {
        cx.workbench.notify(Level::Warning, refusal);
    }
    let outcome = grid.outcome;
    ui.allocate_rect(area, Sense::hover());
    outcome
}

/// The wheel, down and across; what is taken is not left for others.
fn wheel_ui(ui: &Ui, grid: &mut Grid<'_>, area: Rect) {
    if !ui.rect_contains_pointer(area) {
        return;
    }
    let (goes_down, goes_across) = (grid.down().last() > 0.0, grid.across().last() > 0.0);
    let delta = ui.input_mut(|input| {
        let delta = input.smooth_scroll_delta;
        let left = |taken: bool, delta: f32| if taken { 0.0 } else { delta };
        input.smooth_scroll_delta = vec2(left(goes_across, delta.x), left(goes_down, delta.y));
        delta
    });
    grid.state.top -= f64::from(delta.y / ROW_HEIGHT);
    grid.state.left -= f64::from(delta.x);
}
