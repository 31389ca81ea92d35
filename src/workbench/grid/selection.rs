//! What is selected in a grid: the cell that keys move, and the block of cells between it and where a selection began.

use std::ops::Range;

/// A cell as the screen shows it: its row and column, both counted in the order shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    pub row: usize,
    pub column: usize,
}

/// Cells between two corners, counted in the order shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Block {
    pub rows: Range<usize>,
    pub columns: Range<usize>,
}

impl Block {
    pub fn cells(&self) -> usize {
        self.rows.len().saturating_mul(self.columns.len())
    }

    pub fn contains(&self, place: Place) -> bool {
        self.rows.contains(&place.row) && self.columns.contains(&place.column)
    }
}

/// How far a selection reaches beyond its corners.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Reach {
    #[default]
    Cells,
    /// Whole rows.
    Rows,
    /// Whole columns.
    Columns,
    All,
}

/// What is selected; nothing at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Selection {
    cursor: Option<Place>,
    /// The other corner.
    anchor: Place,
    reach: Reach,
}

/// A step of the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    RowStart,
    RowEnd,
    /// The first row, in the same column.
    Top,
    Bottom,
    /// The first cell of all.
    First,
    Last,
}

/// What a grid holds, and what of it is in sight.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    pub rows: usize,
    pub columns: usize,
    /// Rows a page.
    pub page: usize,
    /// The first row in sight.
    pub top: usize,
}

impl Selection {
    /// The cell that keys move.
    pub fn cursor(&self) -> Option<Place> {
        self.cursor
    }

    /// Where the selection began.
    pub fn anchor(&self) -> Place {
        self.anchor
    }

    /// Selects one cell.
    pub fn place(&mut self, at: Place) {
        *self = Self { cursor: Some(at), anchor: at, reach: Reach::Cells };
    }

    /// Moves the cursor's corner and keeps the other one.
    pub fn extend(&mut self, to: Place) {
        if self.cursor.is_none() {
            self.anchor = to;
        }
        self.cursor = Some(to);
    }

    /// Selects whole rows: this one, or all from the first corner to it.
    pub fn rows(&mut self, row: usize, extend: bool) {
        let column = self.cursor.map_or(0, |cursor| cursor.column);
        let at = Place { row, column };
        if !extend || self.cursor.is_none() {
            self.anchor = at;
        }
        (self.cursor, self.reach) = (Some(at), Reach::Rows);
    }

    /// Selects a whole column.
    pub fn column(&mut self, column: usize, row: usize) {
        let at = Place { row, column };
        *self = Self { cursor: Some(at), anchor: at, reach: Reach::Columns };
    }

    pub fn all(&mut self, top: usize) {
        let at = self.cursor.unwrap_or(Place { row: top, column: 0 });
        *self = Self { cursor: Some(at), anchor: at, reach: Reach::All };
    }

    /// Back to the cursor alone.
    pub fn collapse(&mut self) {
        if let Some(cursor) = self.cursor {
            self.place(cursor);
        }
    }

    /// Moves the cursor; the first motion puts it on the first row in sight.
    pub fn go(&mut self, motion: Motion, extend: bool, bounds: Bounds) {
        let (Some(last_row), Some(last_column)) = (bounds.rows.checked_sub(1), bounds.columns.checked_sub(1)) else {
            return;
        };
        let is_far = matches!(motion, Motion::Top | Motion::Bottom | Motion::First | Motion::Last);
        let in_sight = Place { row: bounds.top.min(last_row), column: 0 };
        if self.cursor.is_none() && !is_far {
            return self.place(in_sight);
        }
        let Place { row, column } = self.cursor.unwrap_or(in_sight);
        let to = match motion {
            Motion::Up => Place { row: row.saturating_sub(1), column },
            Motion::Down => Place { row: row + 1, column },
            Motion::Left => Place { row, column: column.saturating_sub(1) },
            Motion::Right => Place { row, column: column + 1 },
            Motion::PageUp => Place { row: row.saturating_sub(bounds.page), column },
            Motion::PageDown => Place { row: row.saturating_add(bounds.page), column },
            Motion::RowStart => Place { row, column: 0 },
            Motion::RowEnd => Place { row, column: last_column },
            Motion::Top => Place { row: 0, column },
            Motion::Bottom => Place { row: last_row, column },
            Motion::First => Place::default(),
            Motion::Last => Place { row: last_row, column: last_column },
        };
        let to = Place { row: to.row.min(last_row), column: to.column.min(last_column) };
        if extend { self.extend(to) } else { self.place(to) }
    }

    /// The cells selected, of so many rows and columns; `None` where there are none.
    pub fn block(&self, rows: usize, columns: usize) -> Option<Block> {
        let cursor = self.cursor?;
        let between = |a: usize, b: usize, count: usize| a.min(b).min(count)..(a.max(b) + 1).min(count);
        let every_row = matches!(self.reach, Reach::Columns | Reach::All);
        let every_column = matches!(self.reach, Reach::Rows | Reach::All);
        let block = Block {
            rows: if every_row { 0..rows } else { between(cursor.row, self.anchor.row, rows) },
            columns: if every_column { 0..columns } else { between(cursor.column, self.anchor.column, columns) },
        };
        (block.cells() > 0).then_some(block)
    }

    /// Whether more than the cell at the cursor is selected.
    pub fn is_block(&self) -> bool {
        self.cursor.is_some_and(|cursor| cursor != self.anchor) || self.reach != Reach::Cells
    }

    /// The same cells after columns moved: `column` says where a column stands now, `None` where it is gone.
    pub fn moved(&self, column: impl Fn(usize) -> Option<usize>) -> Self {
        let at = |place: Place| column(place.column).map(|column| Place { column, ..place });
        let Some(cursor) = self.cursor.map(|cursor| at(cursor).unwrap_or(Place { row: cursor.row, column: 0 })) else {
            return *self;
        };
        match at(self.anchor) {
            // Of a block whose corners moved apart only the cursor's cell is still what was meant.
            Some(anchor) if self.reach != Reach::Cells => Self { cursor: Some(cursor), anchor, ..*self },
            _ => Self { cursor: Some(cursor), anchor: cursor, reach: Reach::Cells },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: Bounds = Bounds { rows: 100, columns: 4, page: 10, top: 20 };

    fn at(row: usize, column: usize) -> Option<Place> {
        Some(Place { row, column })
    }

    #[test]
    fn motions_stay_inside() {
        let mut selection = Selection::default();
        selection.go(Motion::Right, false, BOUNDS);
        assert_eq!(selection.cursor(), at(20, 0), "the first motion goes to what is in sight");
        let steps = [
            (Motion::Left, (20, 0)),
            (Motion::Right, (20, 1)),
            (Motion::RowEnd, (20, 3)),
            (Motion::Right, (20, 3)),
            (Motion::PageDown, (30, 3)),
            (Motion::Top, (0, 3)),
            (Motion::Up, (0, 3)),
            (Motion::Bottom, (99, 3)),
            (Motion::PageDown, (99, 3)),
            (Motion::PageUp, (89, 3)),
            (Motion::RowStart, (89, 0)),
            (Motion::Last, (99, 3)),
            (Motion::First, (0, 0)),
            (Motion::Down, (1, 0)),
        ];
        for (motion, (row, column)) in steps {
            selection.go(motion, false, BOUNDS);
            assert_eq!(selection.cursor(), at(row, column), "{motion:?}");
        }
        let mut far = Selection::default();
        far.go(Motion::Last, false, BOUNDS);
        assert_eq!(far.cursor(), at(99, 3), "a far one goes where it says");
        let mut nothing = Selection::default();
        nothing.go(Motion::Down, false, Bounds { rows: 0, ..BOUNDS });
        assert_eq!(nothing.cursor(), None);
    }

    #[test]
    fn a_block_lies_between_its_corners() {
        let mut selection = Selection::default();
        selection.place(Place { row: 5, column: 2 });
        assert!(!selection.is_block());
        selection.go(Motion::Up, true, BOUNDS);
        selection.go(Motion::Left, true, BOUNDS);
        let block = selection.block(100, 4).unwrap();
        assert_eq!((block.rows.clone(), block.columns.clone(), block.cells()), (4..6, 1..3, 4));
        assert!(block.contains(Place { row: 4, column: 1 }) && !block.contains(Place { row: 6, column: 1 }));
        selection.collapse();
        assert_eq!(selection.block(100, 4).unwrap().cells(), 1);
    }

    #[test]
    fn rows_columns_and_all_reach_to_the_edges() {
        let mut selection = Selection::default();
        selection.rows(7, false);
        selection.rows(9, true);
        assert_eq!(selection.block(100, 4), Some(Block { rows: 7..10, columns: 0..4 }));
        selection.column(2, 7);
        assert_eq!(selection.block(100, 4), Some(Block { rows: 0..100, columns: 2..3 }));
        selection.all(0);
        assert_eq!(selection.block(100, 4).unwrap().cells(), 400);
        assert_eq!(selection.cursor(), at(7, 2), "the cursor stays");
        assert_eq!(selection.block(0, 4), None);
    }

    #[test]
    fn a_cursor_follows_its_column() {
        let mut selection = Selection::default();
        selection.place(Place { row: 3, column: 1 });
        assert_eq!(selection.moved(|column| Some(column + 1)).cursor(), at(3, 2));
        assert_eq!(selection.moved(|_| None).cursor(), at(3, 0), "its column was hidden");
        selection.rows(4, false);
        assert_eq!(selection.moved(|column| Some(3 - column)).block(9, 4).unwrap().columns, 0..4);
    }
}
