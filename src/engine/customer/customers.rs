//! The customer table: one row a person, put together from what the other rooms made of it.

use std::sync::Arc;

use super::clusters::Clusters;
use crate::engine::column::Column;
use crate::engine::table::Table;

pub const CUSTOMER_ID: &str = "CustomerId";
/// The ids that led to this customer before, joined by `;`.
pub const PREVIOUS_CUSTOMER_ID: &str = "PreviousCustomerId";
pub const PROFILE_STATE: &str = "ProfileState";
pub const BECAME_KNOWN_ON: &str = "BecameKnownOn";
pub const KNOWN: &str = "Known";
pub const UNKNOWN: &str = "Unknown";

/// The customers of a run.
#[derive(Debug, Clone, Default)]
pub struct Customers {
    /// One row a customer: CustomerId, PreviousCustomerId, ProfileState, BecameKnownOn, the unified fields in order,
    /// clusters, and each table's keys as `Table_Key` and `Table_Key_Alternate`.
    pub table: Arc<Table>,
    /// The column of each unified field: `(field id, column name)`.
    pub fields: Vec<(String, String)>,
    /// The clusters of each kind, by its id.
    pub clusters: Vec<(String, Arc<Clusters>)>,
    pub known: u64,
    pub unknown: u64,
}

impl Customers {
    /// The output column of a unified field, by its id.
    pub fn field(&self, id: &str) -> Option<&Column> {
        let (_, name) = self.fields.iter().find(|(field, _)| field == id)?;
        self.table.column(name)
    }
}
