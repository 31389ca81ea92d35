//! Clusters: customers that belong together without being one person, such as a household (semantics 1.6). They merge
//! no profiles and are no segments.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::DeduplicationRule;

/// Adds a column to the customer: the same value for customers that a rule brings together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cluster {
    pub id: String,
    /// The column of the customer table.
    pub name: String,
    /// Rules are ORed and chain, as for duplicates; their fields are ids of unified fields.
    pub rules: Vec<DeduplicationRule>,
}
