//! Segments: sets of customers, by rules joined with set operators (semantics 1.12).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ColumnType;
use crate::help::{self, Topic};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Segment {
    pub id: String,
    /// Also the name of the output table.
    pub name: String,
    /// Top to bottom; each rule's operator joins its customers to the result of the rules above it.
    pub rules: Vec<SegmentRule>,
}

/// Conditions under one and/or. Conditions on an activity are judged on one row of it (semantics 1.12, same-row).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SegmentRule {
    /// How the rule joins those above it; the first rule's is not used.
    #[serde(default)]
    pub operator: SetOperator,
    #[serde(default)]
    pub combine: Combine,
    pub conditions: Vec<SegmentCondition>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SetOperator {
    #[default]
    Union,
    Intersect,
    Except,
}

impl SetOperator {
    pub const ALL: [Self; 3] = [Self::Union, Self::Intersect, Self::Except];

    pub fn label(self) -> &'static str {
        match self {
            Self::Union => tr!("Union"),
            Self::Intersect => tr!("Intersect"),
            Self::Except => tr!("Except"),
        }
    }

    pub fn help(self) -> &'static Topic {
        match self {
            Self::Union => help::UNION,
            Self::Intersect => help::INTERSECT,
            Self::Except => help::EXCEPT,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Combine {
    #[default]
    And,
    Or,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SegmentCondition {
    pub subject: Subject,
    /// `is not`: false for blanks unless `include_blanks`.
    #[serde(default)]
    pub negated: bool,
    pub operator: Operator,
    /// None for `empty`, `is_true` and `is_false`, two for `between`, any number for `any_of`, else one.
    #[serde(default)]
    pub values: Vec<String>,
    #[serde(default)]
    pub ignore_case: bool,
    #[serde(default)]
    pub include_blanks: bool,
}

impl SegmentCondition {
    /// Customers whose ProfileState is this.
    pub fn of_state(state: &str) -> Self {
        Self {
            subject: Subject::ProfileState,
            negated: false,
            operator: Operator::EqualTo,
            values: vec![state.to_owned()],
            ignore_case: false,
            include_blanks: false,
        }
    }
}

/// What a condition looks at.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "of", rename_all = "snake_case", deny_unknown_fields)]
pub enum Subject {
    /// `Known` or `Unknown`.
    ProfileState,
    /// A unified field, by its id.
    Field { field: String },
    /// A column of an activity's table.
    Activity { activity: String, column: String },
    /// Whether a row of an activity was done by a visitor who was unknown at the time (semantics 1.9).
    WhileUnknown { activity: String },
}

impl Subject {
    /// The activity whose rows it looks at, by its id.
    pub fn activity(&self) -> Option<&str> {
        match self {
            Self::ProfileState | Self::Field { .. } => None,
            Self::Activity { activity, .. } | Self::WhileUnknown { activity } => Some(activity),
        }
    }
}

/// The operators of semantics 1.12, but relative dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    EqualTo,
    AnyOf,
    Contains,
    StartsWith,
    EndsWith,
    LessThan,
    LessThanOrEqualTo,
    GreaterThan,
    GreaterThanOrEqualTo,
    Between,
    On,
    Before,
    After,
    DayOfWeek,
    MonthOf,
    YearOf,
    IsTrue,
    IsFalse,
    Empty,
}

impl Operator {
    pub fn label(self) -> &'static str {
        match self {
            Self::EqualTo => tr!("equal to"),
            Self::AnyOf => tr!("any of"),
            Self::Contains => tr!("containing"),
            Self::StartsWith => tr!("starting with"),
            Self::EndsWith => tr!("ending with"),
            Self::LessThan => tr!("less than"),
            Self::LessThanOrEqualTo => tr!("less than or equal to"),
            Self::GreaterThan => tr!("greater than"),
            Self::GreaterThanOrEqualTo => tr!("greater than or equal to"),
            Self::Between => tr!("between"),
            Self::On => tr!("on"),
            Self::Before => tr!("before"),
            Self::After => tr!("after"),
            Self::DayOfWeek => tr!("on day of week"),
            Self::MonthOf => tr!("in month"),
            Self::YearOf => tr!("in year"),
            Self::IsTrue => tr!("true"),
            Self::IsFalse => tr!("false"),
            Self::Empty => tr!("empty"),
        }
    }

    /// What it says of a value, as in "City contains": itself, or where `negated`, its opposite.
    pub fn phrase(self, negated: bool) -> &'static str {
        let [plain, opposite] = match self {
            Self::EqualTo => [tr!("equals"), tr!("does not equal")],
            Self::AnyOf => [tr!("is any of"), tr!("is none of")],
            Self::Contains => [tr!("contains"), tr!("does not contain")],
            Self::StartsWith => [tr!("starts with"), tr!("does not start with")],
            Self::EndsWith => [tr!("ends with"), tr!("does not end with")],
            Self::LessThan => [tr!("is less than"), tr!("is not less than")],
            Self::LessThanOrEqualTo => [tr!("is at most"), tr!("is not at most")],
            Self::GreaterThan => [tr!("is greater than"), tr!("is not greater than")],
            Self::GreaterThanOrEqualTo => [tr!("is at least"), tr!("is not at least")],
            Self::Between => [tr!("is between"), tr!("is not between")],
            Self::On => [tr!("is on"), tr!("is not on")],
            Self::Before => [tr!("is before"), tr!("is not before")],
            Self::After => [tr!("is after"), tr!("is not after")],
            Self::DayOfWeek => [tr!("is on weekday"), tr!("is not on weekday")],
            Self::MonthOf => [tr!("is in month"), tr!("is not in month")],
            Self::YearOf => [tr!("is in year"), tr!("is not in year")],
            Self::IsTrue => [tr!("is true"), tr!("is not true")],
            Self::IsFalse => [tr!("is false"), tr!("is not false")],
            Self::Empty => [tr!("is empty"), tr!("is not empty")],
        };
        if negated { opposite } else { plain }
    }

    /// How many values it takes: `None` means one or more.
    pub fn value_count(self) -> Option<usize> {
        match self {
            Self::Empty | Self::IsTrue | Self::IsFalse => Some(0),
            Self::Between => Some(2),
            Self::AnyOf => None,
            _ => Some(1),
        }
    }

    /// The operators that a column type offers, in the order shown.
    pub fn of_type(column_type: ColumnType) -> &'static [Self] {
        match column_type {
            ColumnType::String => {
                &[Self::EqualTo, Self::AnyOf, Self::Contains, Self::StartsWith, Self::EndsWith, Self::Empty]
            }
            ColumnType::Integer | ColumnType::Number => &[
                Self::EqualTo,
                Self::LessThan,
                Self::LessThanOrEqualTo,
                Self::GreaterThan,
                Self::GreaterThanOrEqualTo,
                Self::Between,
                Self::Empty,
            ],
            ColumnType::Date | ColumnType::Datetime => &[
                Self::On,
                Self::Before,
                Self::After,
                Self::Between,
                Self::DayOfWeek,
                Self::MonthOf,
                Self::YearOf,
                Self::Empty,
            ],
            ColumnType::Boolean => &[Self::IsTrue, Self::IsFalse, Self::Empty],
        }
    }
}
