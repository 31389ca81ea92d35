//! What the setting pages say of the live run: whether it is of this draft, and what stands in its place.

use std::sync::Arc;

use eframe::egui::Ui;

use crate::engine::check::Wanted;
use crate::engine::customer::customers::{BECAME_KNOWN_ON, CUSTOMER_ID, PREVIOUS_CUSTOMER_ID, PROFILE_STATE};
use crate::engine::customer::naming::{self, Naming};
use crate::engine::pipeline::Run;
use crate::engine::table::{NamedColumn, Table};
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::widgets::grid::{self, GridOutcome};

/// Whether the live run is of the draft on the screen.
pub fn is_fresh(cx: &PageCx<'_>) -> bool {
    let live = &cx.workbench.live;
    !live.running && live.is_of(cx.draft)
}

/// The live run, where it came as far as customers.
pub fn unified(cx: &PageCx<'_>) -> Option<Arc<Run>> {
    cx.live().filter(|run| run.customers.is_some())
}

/// In the place of a preview: why there is none.
pub fn missing_ui(ui: &mut Ui, cx: &mut PageCx<'_>, what: &str, wanted: Wanted<'_>) {
    if parts::first_step_ui(ui, cx, &tr!("{what} appear here once tables are unified.", what)) {
        return;
    }
    parts::no_preview_ui(ui, cx, what, wanted);
}

/// Columns at the right end of a table of customers, where those of `Customers` lie at its left end.
const LATE: [&str; 4] = [PROFILE_STATE, BECAME_KNOWN_ON, CUSTOMER_ID, PREVIOUS_CUSTOMER_ID];

/// The columns of customers as people read them: what they are called by, keys, state, and their long ids.
pub fn customer_columns(table: &Table) -> Vec<&NamedColumn> {
    let is_late = |column: &&NamedColumn| LATE.contains(&column.name.as_str());
    let all = || table.columns.iter().map(|column| &**column);
    let others = all().filter(|column| !is_late(column));
    let late = LATE.iter().filter_map(|name| all().find(|column| column.name == *name));
    others.chain(late).collect()
}

/// The same customers in a table that begins with what each is called, as on its card; until many are named, as they
/// are. Rows are the same.
pub fn named(cx: &mut PageCx<'_>, name: &str, table: &Arc<Table>) -> Arc<Table> {
    let naming = Naming::of(cx.draft);
    let make = move |table: &Table| naming::with_names(table, &naming);
    let answer = cx.workbench.find(&format!("names of {name}"), table, table.rows, make);
    answer.value.filter(|_| !answer.pending).unwrap_or_else(|| Arc::clone(table))
}

/// A grid of customers, in that order, what they are called first and frozen.
pub fn customers_grid_ui(ui: &mut Ui, cx: &mut PageCx<'_>, name: &str, table: &Arc<Table>) -> GridOutcome {
    let table = named(cx, name, table);
    let names: Vec<&str> = customer_columns(&table).into_iter().map(|column| column.name.as_str()).collect();
    let has_names = table.column(CUSTOMER_ID).is_some();
    grid::keyed_ui(ui, cx, name, &table, Some(&names), if has_names { &names[..1] } else { &[] })
}
