//! Where the parts of a grid lie, and which cell is where.

use eframe::egui::{Pos2, Rect, pos2};

use super::bars::BAR_WIDTH;
use crate::ui::theme::ROW_HEIGHT;
use crate::workbench::grid::{Arranged, Place};

pub const HEADER_HEIGHT: f32 = 26.0;
pub const STATUS_HEIGHT: f32 = 20.0;

/// The parts of one grid in this frame.
#[derive(Debug, Clone, Copy)]
pub struct Areas {
    /// The names of the columns.
    pub header: Rect,
    /// The cells, the numbers of rows included.
    pub body: Rect,
    /// Where the numbers of rows end.
    pub gutter_right: f32,
    /// Where the frozen columns end.
    pub frozen_right: f32,
    /// What is said of the selection, where there is something.
    pub status: Option<Rect>,
    /// The tracks of the bars.
    pub down: Rect,
    pub across: Option<Rect>,
}

/// What lies at a point of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// The number of a row.
    Number(usize),
    Cell(Place),
    /// Beyond the last row or column.
    Beyond,
}

impl Areas {
    pub fn of(area: Rect, gutter: f32, arranged: &Arranged, has_status: bool) -> Self {
        let gutter_right = area.left() + gutter;
        let frozen_right = gutter_right + arranged.frozen_width();
        let right = (area.right() - BAR_WIDTH).max(gutter_right + 1.0);
        let mut bottom = area.bottom();
        let status = has_status.then(|| Rect::from_min_max(pos2(area.left(), bottom - STATUS_HEIGHT), area.max));
        bottom -= status.map_or(0.0, |_| STATUS_HEIGHT);
        let is_wide = arranged.scrolled_width() > f64::from(right - frozen_right) + 0.5;
        let across =
            is_wide.then(|| Rect::from_min_max(pos2(frozen_right, bottom - BAR_WIDTH + 2.0), pos2(right, bottom)));
        bottom -= across.map_or(0.0, |_| BAR_WIDTH);
        let top = area.top() + HEADER_HEIGHT;
        Self {
            header: Rect::from_min_max(area.min, pos2(right, top)),
            body: Rect::from_min_max(pos2(area.left(), top), pos2(right, bottom.max(top))),
            gutter_right,
            frozen_right,
            status,
            down: Rect::from_min_max(pos2(right + 2.0, top), pos2(area.right(), bottom.max(top))),
            across,
        }
    }

    /// Rows in sight, with a fraction.
    pub fn rows(&self) -> f64 {
        f64::from(self.body.height() / ROW_HEIGHT)
    }

    /// Points of the part that scrolls across.
    pub fn room(&self) -> f64 {
        f64::from((self.body.right() - self.frozen_right).max(1.0))
    }

    /// The rows and columns that the body shows from a place on: the part that stays, or the part that scrolls.
    pub fn clip(&self, is_frozen: bool, across: Rect) -> Rect {
        let (left, right) =
            if is_frozen { (self.gutter_right, self.frozen_right) } else { (self.frozen_right, self.body.right()) };
        Rect::from_min_max(pos2(left, across.top()), pos2(right.min(self.body.right()), across.bottom()))
    }

    /// The left edge of a column on the screen.
    pub fn column_left(&self, arranged: &Arranged, column: usize, left: f64) -> f32 {
        let at = arranged.columns[column].left;
        if column < arranged.frozen { self.gutter_right + at as f32 } else { self.frozen_right + (at - left) as f32 }
    }

    /// The upper edge of a row on the screen.
    pub fn row_top(&self, row: usize, top: f64) -> f32 {
        self.body.top() + ((row as f64 - top) * f64::from(ROW_HEIGHT)) as f32
    }

    /// A cell on the screen, whether in sight or not.
    pub fn cell(&self, arranged: &Arranged, place: Place, (left, top): (f64, f64)) -> Rect {
        let min = pos2(self.column_left(arranged, place.column, left), self.row_top(place.row, top));
        Rect::from_min_max(min, pos2(min.x + arranged.columns[place.column].width, min.y + ROW_HEIGHT))
    }

    /// The column at a point across.
    pub fn column_at(&self, arranged: &Arranged, x: f32, left: f64) -> Option<usize> {
        let find = |columns: std::ops::Range<usize>, at: f64| {
            let first = columns.start;
            let shown = &arranged.columns[columns];
            let place = shown.partition_point(|column| column.right() <= at);
            (place < shown.len()).then_some(first + place)
        };
        if x < self.frozen_right {
            find(0..arranged.frozen, f64::from(x - self.gutter_right).max(0.0))
        } else {
            find(arranged.frozen..arranged.len(), f64::from(x - self.frozen_right) + left)
        }
    }

    /// The row at a point down, of so many.
    pub fn row_at(&self, y: f32, top: f64, rows: usize) -> Option<usize> {
        let row = (f64::from((y - self.body.top()) / ROW_HEIGHT) + top).max(0.0) as usize;
        (row < rows).then_some(row)
    }

    pub fn spot(&self, arranged: &Arranged, at: Pos2, (left, top): (f64, f64), rows: usize) -> Spot {
        let Some(row) = self.row_at(at.y, top, rows) else { return Spot::Beyond };
        if at.x < self.gutter_right {
            return Spot::Number(row);
        }
        match self.column_at(arranged, at.x, left) {
            Some(column) => Spot::Cell(Place { row, column }),
            None => Spot::Beyond,
        }
    }
}
