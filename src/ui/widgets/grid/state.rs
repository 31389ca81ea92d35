//! What a grid remembers between frames.

use std::sync::Arc;

use eframe::egui::{Pos2, Rect};

use super::words::{self, Form};
use crate::engine::table::NamedColumn;
use crate::workbench::grid::figures::Figures;
use crate::workbench::grid::{Arranged, Block, ColumnLayout, Place, Selection};

/// Where a grid is scrolled to, what is selected in it, and how its columns are laid out.
#[derive(Debug, Clone, Default)]
pub struct GridState {
    pub layout: ColumnLayout,
    /// The place at the top, with a fraction of a row.
    pub(super) top: f64,
    /// Points scrolled to the right.
    pub(super) left: f64,
    pub(super) selection: Selection,
    pub(super) open: Open,
    /// Whether what is open was opened in this frame, and takes the focus.
    pub(super) is_fresh: bool,
    /// What is typed into the search for columns, or as the row to go to.
    pub(super) typed: String,
    pub(super) held: Held,
    /// Whether the search field takes the focus in the next frame.
    pub(super) wants_search: bool,
    pub(super) figures: Option<(usize, Block, Option<Figures>)>,
    laid: Option<Laid>,
}

/// The pop-up of a grid; one at a time.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Open {
    #[default]
    Nothing,
    CellMenu {
        of: Place,
        at: Pos2,
    },
    ColumnMenu {
        column: String,
        at: Rect,
    },
    /// The whole value at the cursor.
    Value {
        at: Rect,
    },
    Profile {
        column: String,
        at: Rect,
    },
    /// The list of columns.
    Chooser {
        at: Rect,
    },
    GoTo {
        at: Rect,
    },
}

/// What the pointer drags.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum Held {
    #[default]
    Nothing,
    Cells,
    Rows,
}

/// The columns laid out, and what that was made from.
#[derive(Debug, Clone)]
struct Laid {
    names: Vec<String>,
    keys: Vec<String>,
    layout: ColumnLayout,
    /// Rows that widths were looked up in.
    rows: usize,
    most_frozen: f32,
    fitting: Arc<Vec<f32>>,
    forms: Arc<Vec<Form>>,
    arranged: Arc<Arranged>,
}

impl GridState {
    /// A grid at its first row, its columns laid out so.
    pub(super) fn laid_out(layout: ColumnLayout) -> Self {
        Self { layout, ..Self::default() }
    }

    /// Back to the first row with nothing selected; the columns stay as they are.
    pub fn rewind(&mut self) {
        self.top = 0.0;
        self.selection = Selection::default();
        self.held = Held::Nothing;
    }

    /// Whether the user laid the columns out otherwise in this frame.
    pub(super) fn is_laid_out_otherwise(&self) -> bool {
        self.laid.as_ref().is_some_and(|laid| laid.layout != self.layout)
    }

    /// The name of the column that the cursor is in.
    pub(super) fn cursor_column(&self) -> Option<&str> {
        let laid = self.laid.as_ref()?;
        let column = laid.arranged.columns.get(self.selection.cursor()?.column)?;
        Some(&laid.names[column.source])
    }

    pub(super) fn show(&mut self, open: Open) {
        self.is_fresh = open != Open::Nothing;
        self.open = open;
        self.typed.clear();
    }

    /// The columns laid out for this frame, made anew only where something changed.
    pub(super) fn arrange(&mut self, columns: &[&NamedColumn], keys: &[&str], most_frozen: f32) -> Arc<Arranged> {
        let rows = columns.first().map_or(0, |column| column.data.len()).min(words::LOOKED_AT);
        let before = self.laid.take();
        let same_columns = before
            .as_ref()
            .is_some_and(|laid| laid.rows == rows && laid.names.iter().eq(columns.iter().map(|column| &column.name)));
        if let Some(laid) = before.as_ref().filter(|laid| {
            same_columns
                && laid.most_frozen == most_frozen
                && laid.layout == self.layout
                && laid.keys.iter().map(String::as_str).eq(keys.iter().copied())
        }) {
            let arranged = Arc::clone(&laid.arranged);
            self.laid = before;
            return arranged;
        }
        let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        let (fitting, forms) = match before.as_ref().filter(|_| same_columns) {
            Some(laid) => (Arc::clone(&laid.fitting), Arc::clone(&laid.forms)),
            None => (
                Arc::new(columns.iter().map(|column| words::initial_width(column)).collect()),
                Arc::new(columns.iter().map(|column| Form::of(column, keys)).collect()),
            ),
        };
        let arranged = Arc::new(Arranged::of(&names, &self.layout, keys, |place| fitting[place], most_frozen));
        if let Some(before) = before {
            let stands = |column: usize| {
                let name = before.names.get(before.arranged.columns.get(column)?.source)?;
                arranged.columns.iter().position(|column| names[column.source] == name)
            };
            self.selection = self.selection.moved(stands);
        }
        self.laid = Some(Laid {
            names: names.into_iter().map(str::to_owned).collect(),
            keys: keys.iter().map(|&key| key.to_owned()).collect(),
            layout: self.layout.clone(),
            rows,
            most_frozen,
            fitting,
            forms,
            arranged: Arc::clone(&arranged),
        });
        arranged
    }

    /// How the values of a column that the page gave are written.
    pub(super) fn form(&self, source: usize) -> Form {
        self.laid.as_ref().and_then(|laid| laid.forms.get(source).copied()).unwrap_or(Form::Plain)
    }
}
