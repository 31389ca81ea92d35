//! What the Customers page remembers between frames, and the ways in from other pages.

use std::collections::{BTreeMap, BTreeSet};

use super::PageCx;
use crate::engine::customer::customers::{PREVIOUS_CUSTOMER_ID, PROFILE_STATE};
use crate::engine::customer::index::{Filter, Query};
use crate::engine::table::Table;
use crate::ui::widgets::tiles::TilesState;
use crate::workbench::{Command, Page};

/// The page's question, and what of the page is open.
#[derive(Default)]
pub struct CustomersMemory {
    /// Search, filters and sort; what is searched and counted the page adds.
    pub query: Query,
    /// A table in the place of cards.
    pub as_table: bool,
    pub hides_filters: bool,
    pub choosing_fields: bool,
    /// Filters whose values are put away, by column.
    pub closed: BTreeSet<String>,
    /// How many values of a column are listed, where that is more than usual.
    pub listed: BTreeMap<String, usize>,
    /// What is looked for among the values of a column.
    pub value_search: BTreeMap<String, String>,
    pub tiles: TilesState,
    /// The name typed for a new segment, while one is being made.
    pub segment_name: Option<String>,
    /// The segment made last, by id, and the question it was made of.
    pub saved: Option<(String, Query)>,
}

impl PageCx<'_> {
    /// Opens the customers who pass these filters.
    pub fn open_customers_where(&mut self, filters: Vec<Filter>) {
        self.memory.customers.query = Query { filters, ..Query::default() };
        self.memory.customers.tiles = TilesState::default();
        self.send(Command::Go(Page::Customers));
    }

    /// Opens the customers, filtered by known or unknown where that is given.
    pub fn open_customers(&mut self, state: Option<&str>) {
        self.open_customers_where(state.map(|state| Filter::values(PROFILE_STATE, [state])).into_iter().collect());
    }
}

/// The customer that an id led to in an earlier run.
pub(super) fn previous_owner(table: &Table, id: &str) -> Option<usize> {
    let ids = table.column(PREVIOUS_CUSTOMER_ID)?;
    (0..table.rows).find(|&row| !ids.is_blank(row) && ids.text(row).split(';').any(|previous| previous == id))
}
