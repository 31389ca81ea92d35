//! A grid that draws only the cells in view, at any number of rows and columns.
//!
//! Offsets in points are exact only to about a million rows in f32, which is what `egui_extras` and `egui_table` scroll
//! by, so the grid keeps its own place in f64 (the first row in view with a fraction, points from the left) and its own
//! bars, and paints its cells itself: a frame costs what is in sight, not what the table holds.

mod areas;
mod bars;
mod cells;
mod chooser;
mod copy;
mod frame;
mod header;
mod keys;
mod menu;
mod nodes;
mod pointer;
mod popups;
mod state;
mod status;
mod toolbar;
mod words;

use std::sync::Arc;

use eframe::egui::Ui;

pub(super) use bars::{BAR_WIDTH, Travel, bar_ui};
use frame::{Shown, grid_ui};
pub use state::GridState;
pub use toolbar::sorts_ui;

use crate::engine::table::{NamedColumn, Table};
use crate::engine::view::{RowOrder, ViewFilter, ViewSpec};
use crate::ui::context::PageCx;

/// What happened in a grid this frame: rows of the table, not places on the screen.
#[derive(Debug, Clone, Copy, Default)]
pub struct GridOutcome {
    /// The row clicked, or moved to by a key.
    pub selected: Option<usize>,
    /// The row double-clicked, or on which Enter was pressed.
    pub activated: Option<usize>,
}

/// A table with search, filter chips, sorting by headers and a count of rows, under a name unique in the window.
pub fn table_ui(ui: &mut Ui, cx: &mut PageCx<'_>, name: &str, table: &Arc<Table>) -> GridOutcome {
    keyed_ui(ui, cx, name, table, None, &[])
}

/// The same with only these columns, in this order, where they are given; search goes through all. `keys` stay at the
/// left edge as long as the user does not choose others.
pub fn keyed_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    name: &str,
    table: &Arc<Table>,
    columns: Option<&[&str]>,
    keys: &[&str],
) -> GridOutcome {
    let columns = match columns {
        None => table.columns.iter().map(|column| &**column).collect(),
        Some(names) => named(table, names),
    };
    let mut spec = cx.memory.views.get(name).cloned().unwrap_or_default();
    let before = spec.clone();
    let mut state = taken(cx, name);
    toolbar::toolbar_ui(ui, cx, name, table, &mut spec, &mut state);
    cx.workbench.show_table(name, table, &spec);
    if spec != before {
        state.rewind();
    }
    let mut outcome = GridOutcome::default();
    if let Some(order) = cx.workbench.views.get(name).map(|view| Arc::clone(&view.order)) {
        let shown = Shown { name, table, columns: &columns, keys, order: &order, has_filters: true };
        let asked = spec.clone();
        outcome = grid_ui(ui, cx, &shown, &mut spec, &mut state);
        if spec != asked {
            state.rewind();
            ui.ctx().request_repaint();
        }
    }
    put_back(cx, name, state);
    cx.memory.views.insert(name.to_owned(), spec);
    outcome
}

/// What a grid remembers; its columns are laid out as they were when the project was open last.
fn taken(cx: &mut PageCx<'_>, name: &str) -> GridState {
    cx.memory
        .grids
        .remove(name)
        .unwrap_or_else(|| GridState::laid_out(cx.workbench.layouts.layout(name).cloned().unwrap_or_default()))
}

fn put_back(cx: &mut PageCx<'_>, name: &str, state: GridState) {
    if state.is_laid_out_otherwise() {
        cx.workbench.layouts.keep(name, &state.layout);
    }
    cx.memory.grids.insert(name.to_owned(), state);
}

/// What a grid shows whose rows the page searches, filters and orders itself.
pub struct Ordered<'a> {
    pub columns: &'a [&'a NamedColumn],
    /// Columns that stay at the left edge as long as the user does not choose others.
    pub keys: &'a [&'a str],
    pub order: &'a RowOrder,
}

/// The grid alone, under a button for its columns. `sort` is what its headers say, and changes when one is clicked; a
/// filter that was asked for in a menu or a profile is the page's to put in force.
pub fn ordered_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    (name, table): (&str, &Arc<Table>),
    ordered: &Ordered<'_>,
    sort: &mut Vec<(String, bool)>,
) -> (GridOutcome, Option<ViewFilter>) {
    let mut spec = ViewSpec { sort: std::mem::take(sort), ..ViewSpec::default() };
    let mut state = taken(cx, name);
    ui.horizontal(|ui| toolbar::columns_ui(ui, name, &mut state));
    let Ordered { columns, keys, order } = *ordered;
    let shown = Shown { name, table, columns, keys, order, has_filters: true };
    let outcome = grid_ui(ui, cx, &shown, &mut spec, &mut state);
    put_back(cx, name, state);
    *sort = spec.sort;
    (outcome, spec.filters.pop())
}

/// The columns of these names, in their order. Each is looked for behind the one before, where it usually stands.
fn named<'t>(table: &'t Table, names: &[&str]) -> Vec<&'t NamedColumn> {
    let mut next = 0;
    let find = |name: &&str| {
        let count = table.columns.len();
        let place = (next..count).chain(0..next.min(count)).find(|&place| table.columns[place].name == **name)?;
        next = place + 1;
        Some(&*table.columns[place])
    };
    names.iter().filter_map(find).collect()
}

/// The table's row that is selected in a grid, as last drawn.
pub fn selected_row(cx: &PageCx<'_>, name: &str, table: &Arc<Table>) -> Option<usize> {
    let view = cx.workbench.views.get(name).filter(|view| Arc::ptr_eq(&view.table, table))?;
    view.order.row(cx.memory.grids.get(name)?.selection.cursor()?.row)
}

/// The row and the column of the cell that is selected in a grid.
pub fn selected_cell(cx: &PageCx<'_>, name: &str, table: &Arc<Table>) -> Option<(usize, String)> {
    let row = selected_row(cx, name, table)?;
    Some((row, cx.memory.grids.get(name)?.cursor_column()?.to_owned()))
}
