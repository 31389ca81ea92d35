//! Clusters: customers that belong together without being one person, such as a household (semantics 1.6). They merge
//! no profiles and are no segments.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::source::{FileFormat, SourceColumn, SourceTable, semantic};
use super::unify::{self, field_named};
use super::validate::field_type;
use super::{Condition, DeduplicationRule, Normalization, Project, UnifiedField};

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

impl Cluster {
    /// The ids of the fields that its rules compare, exceptions included.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().flat_map(DeduplicationRule::compared).flat_map(Condition::fields)
    }
}

/// Why there can be no household: what is missing, and what to do.
pub const NO_HOUSEHOLD: &str = msg!(
    "A household needs a field with the semantic type Person.LastName and one with \
                                Location.Address. Give them to columns on Customer data."
);

/// The conditions of a household: the same last name and the same address (semantics 1.6). `None` where no field has
/// one of the two types, see [`NO_HOUSEHOLD`].
pub fn household(project: &Project) -> Option<Vec<Condition>> {
    let fields = unify::unified_fields(project);
    let of_type = |meaning: &str| {
        let is = |field: &&UnifiedField| !field.excluded && unify::semantic_type(project, field) == Some(meaning);
        fields.iter().find(is).map(|field| field.id.clone())
    };
    let same = |field: String, normalizations: &[Normalization]| Condition {
        normalizations: normalizations.to_vec(),
        ..Condition::exact(field)
    };
    use Normalization::{Address, LowerCase, Symbols, UnicodeToAscii, Whitespace};
    Some(vec![
        same(of_type(semantic::LAST_NAME)?, &[LowerCase, UnicodeToAscii, Whitespace]),
        same(of_type(semantic::ADDRESS)?, &[LowerCase, UnicodeToAscii, Address, Symbols, Whitespace]),
    ])
}

/// The customer as a table with a column for each unified field in force, under the field's name: what the rules of a
/// cluster compare, for editors and checks of rules.
pub fn customer_table(project: &Project) -> SourceTable {
    let column = |field: &UnifiedField| SourceColumn {
        name: field.name.clone(),
        column_type: field_type(project, field),
        date_format: None,
        semantic_type: unify::semantic_type(project, field).map(str::to_owned),
        selected: true,
    };
    let fields = unify::unified_fields(project);
    SourceTable {
        id: String::new(),
        name: "Customer".to_owned(),
        path: String::new(),
        format: FileFormat::Parquet,
        blank_tokens: Vec::new(),
        columns: fields.iter().filter(|field| !field.excluded).map(column).collect(),
        primary_key: None,
    }
}

/// The rule with the names of fields in the place of their ids.
pub fn by_name(fields: &[UnifiedField], rule: &DeduplicationRule) -> DeduplicationRule {
    renamed(rule, |id| field_named(fields, id).filter(|field| !field.excluded).map(|field| field.name.clone()))
}

/// The rule with the ids of fields in the place of their names.
pub fn by_id(fields: &[UnifiedField], rule: &DeduplicationRule) -> DeduplicationRule {
    let shown = || fields.iter().filter(|field| !field.excluded);
    renamed(rule, |name| shown().find(|field| field.name == name).map(|field| field.id.clone()))
}

fn renamed(rule: &DeduplicationRule, name: impl Fn(&str) -> Option<String>) -> DeduplicationRule {
    let mut rule = rule.clone();
    let exceptions = rule.exceptions.iter_mut().map(|exception| &mut exception.condition);
    for condition in rule.conditions.iter_mut().chain(exceptions) {
        for field in std::iter::once(&mut condition.field).chain(&mut condition.or_fields) {
            if let Some(new) = name(field) {
                *field = new;
            }
        }
    }
    rule
}
