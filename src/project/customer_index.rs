//! What the Customers page searches, filters by and shows on its cards: the "search and filter index" (semantics 1.9).
//! Fields are named by their ids; an empty list means the default that the page explains.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomerIndex {
    /// Fields that a search looks into. Default: every text field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub search: Vec<String>,
    /// Fields that the page offers as filters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filter: Vec<String>,
    /// Fields that a customer is called by, joined by spaces. Default: the full name, else first and last name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub title: Vec<String>,
    /// Fields on a card of the list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub card: Vec<String>,
}

impl CustomerIndex {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
