//! How the values of several records become one: policies, and fields taken together (semantics 1.6).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::FieldMember;
use crate::help::{self, Topic};

/// Most fields of a group.
pub const GROUP_FIELDS: usize = 10;
/// Most tables of a group.
pub const GROUP_TABLES: usize = 15;
/// Most fields of a custom CustomerId.
pub const CUSTOMER_ID_FIELDS: usize = 5;

/// Which of a customer's values a field takes. Records are ranked by the order of the field's members, those of one
/// table by descending primary key; a tie under any policy goes to the higher rank. Blanks are never taken.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "policy", rename_all = "snake_case", deny_unknown_fields)]
pub enum MergePolicy {
    /// The first by rank.
    #[default]
    Importance,
    /// The one of the record whose date or number is largest; a record without one comes last.
    MostRecent {
        /// For each table that takes part the column that says when.
        rank_by: Vec<FieldMember>,
    },
    /// The one of the record whose date or number is smallest; a record without one comes last.
    LeastRecent { rank_by: Vec<FieldMember> },
    /// Ours: the one of the record with the most non-blank selected columns.
    MostFilled,
    /// Ours: the one that most records have.
    MostFrequent,
    /// Ours: the one of most characters.
    Longest,
    /// Ours: every distinct value by rank, joined by `;`; the field is text.
    AllValues,
}

impl MergePolicy {
    pub fn is_importance(&self) -> bool {
        *self == Self::Importance
    }

    /// The columns that recency reads.
    pub fn rank_by(&self) -> &[FieldMember] {
        match self {
            Self::MostRecent { rank_by } | Self::LeastRecent { rank_by } => rank_by,
            _ => &[],
        }
    }

    /// Whether it goes by a date or a number.
    pub fn is_recency(&self) -> bool {
        matches!(self, Self::MostRecent { .. } | Self::LeastRecent { .. })
    }

    /// The column of a table that recency reads.
    pub fn rank_by_of(&self, table: &str) -> Option<&str> {
        let member = self.rank_by().iter().find(|member| member.source_table == table)?;
        Some(&member.column)
    }

    /// Chooses the column of a table that recency reads; nothing where the policy is another one.
    pub fn set_rank_by(&mut self, table: &str, column: &str) {
        if let Self::MostRecent { rank_by } | Self::LeastRecent { rank_by } = self {
            rank_by.retain(|member| member.source_table != table);
            rank_by.push(FieldMember { source_table: table.to_owned(), column: column.to_owned() });
        }
    }

    /// Forgets columns that recency reads.
    pub fn forget_rank_by(&mut self, forgotten: impl Fn(&FieldMember) -> bool) {
        if let Self::MostRecent { rank_by } | Self::LeastRecent { rank_by } = self {
            rank_by.retain(|member| !forgotten(member));
        }
    }

    /// Every policy, recency without columns yet; a group has the first four.
    pub fn all() -> [Self; 7] {
        let rank_by = Vec::new;
        [
            Self::Importance,
            Self::MostRecent { rank_by: rank_by() },
            Self::LeastRecent { rank_by: rank_by() },
            Self::MostFilled,
            Self::MostFrequent,
            Self::Longest,
            Self::AllValues,
        ]
    }

    /// Whether a group may go by it: it looks at whole records.
    pub fn suits_groups(&self) -> bool {
        matches!(self, Self::Importance | Self::MostFilled) || self.is_recency()
    }

    /// Whether the product we reimplement lacks it.
    pub fn is_ours(&self) -> bool {
        !matches!(self, Self::Importance) && !self.is_recency()
    }

    /// What the policy does.
    pub fn help(&self) -> &'static Topic {
        match self {
            Self::Importance => help::IMPORTANCE,
            Self::MostRecent { .. } => help::MOST_RECENT,
            Self::LeastRecent { .. } => help::LEAST_RECENT,
            Self::MostFilled => help::MOST_FILLED,
            Self::MostFrequent => help::MOST_FREQUENT,
            Self::Longest => help::LONGEST,
            Self::AllValues => help::ALL_VALUES,
        }
    }

    /// The same of a group, whose records speak for all of its fields.
    pub fn group_help(&self) -> &'static Topic {
        match self {
            Self::MostRecent { .. } => help::GROUP_MOST_RECENT,
            Self::LeastRecent { .. } => help::GROUP_LEAST_RECENT,
            Self::MostFilled => help::GROUP_MOST_FILLED,
            _ => help::GROUP_IMPORTANCE,
        }
    }

    pub fn label(&self) -> &'static str {
        match self {
            Self::Importance => tr!("Importance"),
            Self::MostRecent { .. } => tr!("Most recent"),
            Self::LeastRecent { .. } => tr!("Least recent"),
            Self::MostFilled => tr!("Most filled"),
            Self::MostFrequent => tr!("Most frequent"),
            Self::Longest => tr!("Longest"),
            Self::AllValues => tr!("All values as a list"),
        }
    }
}

/// Unified fields whose values come from one record as a unit, such as street, city and postal code: 2 to 10 fields,
/// 2 to 15 tables. The first record by the policy in which not all of them are blank speaks for all of them. Its name
/// shows on the Unified data view only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldGroup {
    pub id: String,
    pub name: String,
    /// Ids of unified fields; each is in at most one group. Their own policies do not count while they are in it.
    pub fields: Vec<String>,
    /// Ids of the source tables by rank.
    pub tables: Vec<String>,
    /// Importance, most recent, least recent or most filled.
    #[serde(default, skip_serializing_if = "MergePolicy::is_importance")]
    pub merge: MergePolicy,
}
