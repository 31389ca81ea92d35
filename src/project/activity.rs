//! Activities: things that happened, each tied to a customer through a source table's key (semantics 1.10).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The activity types the program suggests; any other text is allowed.
pub const ACTIVITY_TYPES: [&str; 7] =
    ["Web", "SalesOrder", "SalesOrderLine", "Subscription", "Loyalty", "Feedback", "Other"];

/// One kind of activity, read from one source table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    pub id: String,
    pub name: String,
    pub activity_type: String,
    /// The table with one row an event. It may be a unified table too (semantics case 39).
    pub source_table: String,
    /// The column that identifies an event.
    pub primary_key: String,
    /// A date or datetime column; rows without one are not shown and counted.
    pub timestamp: String,
    /// The column that says what happened, such as `Product view`.
    pub event: String,
    /// A column with more about the event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// A column with a web address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub web_address: Option<String>,
    pub link: ActivityLink,
    #[serde(default = "yes")]
    pub show_in_timeline: bool,
}

/// `column` of the activity's table holds primary keys of `to_table`; resolved through the whole keyring, winners
/// and alternates.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivityLink {
    pub column: String,
    pub to_table: String,
}

fn yes() -> bool {
    true
}
