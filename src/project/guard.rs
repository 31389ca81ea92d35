//! Guards against over-merging: off until switched on for an identifier.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::FieldMember;

/// Limits that no link by a rule may break. A link that would is refused and listed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Guards {
    /// At most so many records in a profile: different primary keys, duplicates included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_records: Option<u32>,
    /// In order of priority: where links compete, those by a rule that compares an earlier identifier come first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<IdentifierGuard>,
}

impl Guards {
    pub fn is_empty(&self) -> bool {
        self.max_records.is_none() && self.identifiers.is_empty()
    }
}

/// The guard of one identifier: the columns that hold it, in any table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IdentifierGuard {
    pub id: String,
    pub name: String,
    pub members: Vec<FieldMember>,
    /// Values that stop being an identifier: they satisfy no condition, and stay in the data.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocked: Vec<BlockedValue>,
    /// At most so many different values in a profile, compared trimmed and in lower case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_values: Option<u32>,
}

/// A value, or a regular expression that the whole trimmed value fits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum BlockedValue {
    Value(String),
    Pattern(String),
}

/// Values that identify nobody wherever they stand, offered for [`IdentifierGuard::blocked`].
pub fn usual_blocked_values() -> Vec<BlockedValue> {
    let values = ["-1", "null", "anonymous", "unknown"].map(|value| BlockedValue::Value(value.to_owned()));
    std::iter::once(BlockedValue::Pattern("[0-]*".to_owned())).chain(values).collect()
}
