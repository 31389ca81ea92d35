//! What two rows must agree in, for a deduplication or a match rule: conditions and exceptions (semantics 1.4).

use crate::help::{self, Topic};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A field that must agree in both rows. Blank values agree with nothing.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    pub field: String,
    /// Further fields of the same row, any of which may agree: home or work phone. Ours.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub or_fields: Vec<String>,
    /// In a match rule the field of the higher table; empty in a deduplication rule, which compares a field with
    /// itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to_field: String,
    /// Further fields of the higher table's row, any of which may agree.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub or_to_fields: Vec<String>,
    /// In any order: they are applied in that of [`Normalization::ALL`].
    #[serde(default)]
    pub normalizations: Vec<Normalization>,
    /// With [`Normalization::Phone`]: the country (ISO 3166, two letters) of numbers written without its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_country: Option<String>,
    /// Ids of alias lists, asked in this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alias_lists: Vec<String>,
    /// Ids of bypass lists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bypass_lists: Vec<String>,
    #[serde(default, skip_serializing_if = "Comparison::is_exact")]
    pub comparison: Comparison,
}

impl Condition {
    /// Equality of one field.
    pub fn exact(field: impl Into<String>) -> Self {
        Self { field: field.into(), ..Self::default() }
    }

    /// Equality of a field with one of the higher table.
    pub fn exact_to(field: impl Into<String>, to_field: impl Into<String>) -> Self {
        Self { field: field.into(), to_field: to_field.into(), ..Self::default() }
    }

    /// The fields of the row itself; any may agree.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.field).chain(&self.or_fields).map(String::as_str)
    }

    /// Whether an index can find the pairs that pass, where no condition of the rule is exact; see
    /// [`Comparison::can_index`].
    pub fn can_index(&self) -> Result<(), NoIndex> {
        if !self.comparison.is_key() && self.fields().count() + self.to_fields().count() > 2 {
            let (why, remedy) =
                (tr!("one of several fields has no index"), tr!("Add an exact condition, or compare one field."));
            return Err(NoIndex { why, remedy });
        }
        self.comparison.can_index()
    }

    /// The fields of the other row: the higher table's, or in a deduplication rule the same ones.
    pub fn to_fields(&self) -> impl Iterator<Item = &str> {
        let (first, more) = if self.to_field.is_empty() {
            (&self.field, &self.or_fields)
        } else {
            (&self.to_field, &self.or_to_fields)
        };
        std::iter::once(first).chain(more).map(String::as_str)
    }
}

/// How two normalized values are compared (semantics 1.4; those marked *ours* go beyond the product). A precision is
/// a percentage from 1 to 99 that the score must reach.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "measure", rename_all = "snake_case", deny_unknown_fields)]
pub enum Comparison {
    /// The values are equal.
    #[default]
    Exact,
    /// Levenshtein: one less the edits for each character of the longer value.
    EditDistance { precision: u8 },
    /// Ours. Jaro-Winkler similarity: for names, since a common beginning counts more.
    JaroWinkler { precision: u8 },
    /// Ours. Edit distance in which swapping two neighbours is one edit (the unrestricted distance).
    DamerauLevenshtein { precision: u8 },
    /// Ours. The share of words in common of all words in either, whatever their order (Jaccard index).
    TokenSet { precision: u8 },
    /// Ours. The words sound alike: a Double Metaphone code, first or alternate, is the same.
    DoubleMetaphone,
    /// Ours. The words sound alike: the American Soundex codes are the same.
    Soundex,
    /// Ours. Dates or times at most so many days apart.
    DaysApart { days: u32 },
    /// Ours. Numbers at most so far apart.
    NumberApart { difference: f64 },
}

impl Comparison {
    pub fn is_exact(&self) -> bool {
        matches!(self, Self::Exact)
    }

    /// The percentage that the score must reach; `None` where the answer is yes or no.
    pub fn precision(self) -> Option<u8> {
        match self {
            Self::EditDistance { precision }
            | Self::JaroWinkler { precision }
            | Self::DamerauLevenshtein { precision }
            | Self::TokenSet { precision } => Some(precision),
            Self::Exact | Self::DoubleMetaphone | Self::Soundex | Self::DaysApart { .. } | Self::NumberApart { .. } => {
                None
            }
        }
    }

    /// Whether it compares text by degrees, so that it needs a string column.
    pub fn is_fuzzy(self) -> bool {
        self.precision().is_some()
    }

    /// Whether equal keys decide it, so that it narrows which rows are compared at all.
    pub fn is_key(self) -> bool {
        matches!(self, Self::Exact | Self::DoubleMetaphone | Self::Soundex)
    }

    /// Whether it compares writing or sound, which only a string column has.
    pub fn needs_text(self) -> bool {
        self.is_fuzzy() || matches!(self, Self::DoubleMetaphone | Self::Soundex)
    }

    /// Whether it compares the values themselves, so that nothing evens them out before.
    pub fn is_distance(self) -> bool {
        matches!(self, Self::DaysApart { .. } | Self::NumberApart { .. })
    }

    /// Whether pairs that pass can be found without comparing all (an exact condition finds them by itself).
    ///
    /// # Errors
    /// Why not, and what to do.
    pub fn can_index(self) -> Result<(), NoIndex> {
        let no = |why, remedy| Err(NoIndex { why, remedy });
        match self {
            Self::EditDistance { precision } if precision < LEAST_EDIT_DISTANCE => no(
                tr!("edit distance below 60% has no index"),
                tr!("Add an exact condition, such as the same city, or ask for 60% or more."),
            ),
            Self::DamerauLevenshtein { precision } if precision < LEAST_DAMERAU_LEVENSHTEIN => no(
                tr!("Damerau-Levenshtein below 80% has no index"),
                tr!("Add an exact condition, such as the same city, or ask for 80% or more."),
            ),
            Self::JaroWinkler { .. } => no(
                tr!("Jaro-Winkler has no index"),
                tr!("Add an exact condition, such as the same postcode or the same Soundex of the name."),
            ),
            Self::DaysApart { .. } => {
                no(tr!("days apart has no index"), tr!("Add an exact condition, such as the same surname."))
            }
            Self::NumberApart { .. } => {
                no(tr!("number apart has no index"), tr!("Add an exact condition, such as the same surname."))
            }
            Self::Exact
            | Self::DoubleMetaphone
            | Self::Soundex
            | Self::EditDistance { .. }
            | Self::DamerauLevenshtein { .. }
            | Self::TokenSet { .. } => Ok(()),
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Exact => tr!("Exact"),
            Self::EditDistance { .. } => tr!("Edit distance"),
            Self::JaroWinkler { .. } => tr!("Jaro-Winkler"),
            Self::DamerauLevenshtein { .. } => tr!("Damerau-Levenshtein"),
            Self::TokenSet { .. } => tr!("Token set"),
            Self::DoubleMetaphone => tr!("Double Metaphone"),
            Self::Soundex => tr!("Soundex"),
            Self::DaysApart { .. } => tr!("Days apart"),
            Self::NumberApart { .. } => tr!("Number apart"),
        }
    }
}

/// Below these precisions segments of values are so short that an index names nearly all pairs.
pub const LEAST_EDIT_DISTANCE: u8 = 60;
/// Twice as many segments as in edit distance, since a swap touches two.
pub const LEAST_DAMERAU_LEVENSHTEIN: u8 = 80;

/// Why no index finds the pairs of a comparison, and what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoIndex {
    pub why: &'static str,
    pub remedy: &'static str,
}

/// The precisions that have a name (semantics 1.4); any other percentage is Custom.
pub const LOW: u8 = 30;
pub const MEDIUM: u8 = 60;
pub const HIGH: u8 = 80;

/// What a condition evens out before it compares; output keeps the raw values (semantics 1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Normalization {
    Numerals,
    UnicodeToAscii,
    LowerCase,
    Phone,
    Name,
    Address,
    Organization,
    Symbols,
    Whitespace,
}

impl Normalization {
    /// In the order in which they are applied.
    pub const ALL: [Self; 9] = [
        Self::Numerals,
        Self::UnicodeToAscii,
        Self::LowerCase,
        Self::Phone,
        Self::Name,
        Self::Address,
        Self::Organization,
        Self::Symbols,
        Self::Whitespace,
    ];

    pub fn label(self) -> &'static str {
        match self {
            Self::Numerals => tr!("Numerals"),
            Self::UnicodeToAscii => tr!("Unicode to ASCII"),
            Self::LowerCase => tr!("Text to lower case"),
            Self::Phone => tr!("Type - Phone"),
            Self::Name => tr!("Type - Name"),
            Self::Address => tr!("Type - Address"),
            Self::Organization => tr!("Type - Organization"),
            Self::Symbols => tr!("Symbols"),
            Self::Whitespace => tr!("Whitespace"),
        }
    }

    pub fn help(self) -> &'static Topic {
        match self {
            Self::Numerals => help::NORMALIZE_NUMERALS,
            Self::UnicodeToAscii => help::NORMALIZE_ASCII,
            Self::LowerCase => help::NORMALIZE_LOWER_CASE,
            Self::Phone => help::NORMALIZE_PHONE,
            Self::Name => help::NORMALIZE_NAME,
            Self::Address => help::NORMALIZE_ADDRESS,
            Self::Organization => help::NORMALIZE_ORGANIZATION,
            Self::Symbols => help::NORMALIZE_SYMBOLS,
            Self::Whitespace => help::NORMALIZE_WHITESPACE,
        }
    }
}

/// What keeps a rule from joining two rows that satisfy its conditions, as twins do: same surname, city and birth
/// date, but another first name. All exceptions of a rule must hold for it to step back (semantics 1.4).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    pub is: ExceptionTest,
    pub condition: Condition,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExceptionTest {
    /// The condition holds.
    Same,
    /// Both values are there and the condition does not hold.
    Different,
}

impl ExceptionTest {
    pub const ALL: [Self; 2] = [Self::Same, Self::Different];

    pub fn label(self) -> &'static str {
        match self {
            Self::Same => tr!("is the same"),
            Self::Different => tr!("is different"),
        }
    }
}
