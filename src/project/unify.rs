//! Unification: deduplication rules, match order, match rules and unified fields (semantics 1.3 to 1.6).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Project, SourceColumn, ids};

/// A source table's part in the unification. Its place in the list is the match order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnificationTable {
    pub source_table: String,
    #[serde(default)]
    pub deduplication_rules: Vec<DeduplicationRule>,
    #[serde(default)]
    pub record_to_keep: RecordToKeep,
    /// On: every record becomes a customer even if nothing matches it. Off: such records are dropped.
    #[serde(default = "yes")]
    pub include_all_records: bool,
    /// Tried in order; the first that finds something decides.
    #[serde(default)]
    pub match_rules: Vec<MatchRule>,
}

impl UnificationTable {
    pub fn new(source_table: impl Into<String>) -> Self {
        Self {
            source_table: source_table.into(),
            deduplication_rules: Vec::new(),
            record_to_keep: RecordToKeep::default(),
            include_all_records: true,
            match_rules: Vec::new(),
        }
    }
}

/// Rows of one table that satisfy all conditions are the same record. Rules are ORed and chain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeduplicationRule {
    pub id: String,
    pub name: String,
    #[serde(default = "yes")]
    pub active: bool,
    pub conditions: Vec<Condition>,
}

/// A field that must be equal in both rows, after its normalizations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    pub field: String,
    #[serde(default)]
    pub normalizations: Vec<Normalization>,
}

/// A record of this table joins a record of `to_table`, a higher one, when all conditions hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MatchRule {
    pub id: String,
    pub name: String,
    #[serde(default = "yes")]
    pub active: bool,
    pub to_table: String,
    pub conditions: Vec<MatchCondition>,
}

/// `field` of the lower table equals `to_field` of the higher one, after the normalizations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MatchCondition {
    pub field: String,
    pub to_field: String,
    #[serde(default)]
    pub normalizations: Vec<Normalization>,
}

/// What a condition evens out before it compares; output keeps the raw values (semantics 1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Normalization {
    LowerCase,
    Symbols,
    Whitespace,
}

impl Normalization {
    pub const ALL: [Self; 3] = [Self::LowerCase, Self::Symbols, Self::Whitespace];

    pub fn label(self) -> &'static str {
        match self {
            Self::LowerCase => "Text to lower case",
            Self::Symbols => "Symbols",
            Self::Whitespace => "Whitespace",
        }
    }

    pub fn help(self) -> &'static str {
        match self {
            Self::LowerCase => "ANA@contoso.com equals ana@contoso.com",
            Self::Symbols => "Removes punctuation and symbols: A-12/3 equals A123",
            Self::Whitespace => "Removes all white space: Ana Cruz equals AnaCruz",
        }
    }
}

/// Which row of a group of duplicates speaks for it. Ties go to the larger primary key, then to the first row.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "policy", rename_all = "snake_case", deny_unknown_fields)]
pub enum RecordToKeep {
    /// Most non-empty selected columns.
    #[default]
    MostFilled,
    /// The latest value of a date or number; empty ones lose. The field may be an unselected column.
    MostRecent { field: String },
    /// The earliest value of a date or number; empty ones lose.
    LeastRecent { field: String },
}

impl RecordToKeep {
    /// The column that recency reads.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::MostFilled => None,
            Self::MostRecent { field } | Self::LeastRecent { field } => Some(field),
        }
    }
}

/// A field of the customer: its members are asked in order, the first non-blank value is taken (Importance).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnifiedField {
    pub id: String,
    pub name: String,
    pub members: Vec<FieldMember>,
    #[serde(default)]
    pub excluded: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldMember {
    pub source_table: String,
    pub column: String,
}

/// The unified fields in force: those the analyst changed, then the default ones for every selected column that
/// none of them names. By default columns of one name (in any case) or one semantic type are combined, ranked by
/// match order; primary keys take part too (semantics 1.6).
///
/// Two columns of one table never share a default field, unless one has no claim but its semantic type.
pub fn unified_fields(project: &Project) -> Vec<UnifiedField> {
    let mut fields: Vec<UnifiedField> = project.unified_fields.clone();
    for field in &mut fields {
        field.members.retain(|member| {
            project.unification_table(&member.source_table).is_some()
                && project
                    .source_table(&member.source_table)
                    .is_some_and(|table| table.selected_columns().any(|column| column.name == member.column))
        });
    }
    fields.retain(|field| !field.members.is_empty());
    let kept = fields.len();
    for unified in &project.unification {
        let Some(table) = project.source_table(&unified.source_table) else { continue };
        for column in table.selected_columns() {
            let member = FieldMember { source_table: table.id.clone(), column: column.name.clone() };
            if fields[..kept].iter().any(|field| field.members.contains(&member)) {
                continue;
            }
            let home = fields[kept..].iter_mut().find(|field| takes(project, field, &table.id, column));
            if let Some(field) = home {
                field.members.push(member);
            } else {
                let name = free_name(&fields, &column.name, &table.name);
                fields.push(UnifiedField { id: ids::slug(&name), name, members: vec![member], excluded: false });
            }
        }
    }
    fields
}

/// Whether a default field takes in another table's column: same name, or same semantic type.
fn takes(project: &Project, field: &UnifiedField, table: &str, column: &SourceColumn) -> bool {
    if field.members.iter().any(|member| member.source_table == table) {
        return false;
    }
    field.members.iter().any(|member| {
        member.column.eq_ignore_ascii_case(&column.name)
            || column.semantic_type.as_deref().is_some_and(|meaning| {
                combines(meaning)
                    && project
                        .source_table(&member.source_table)
                        .and_then(|table| table.column(&member.column))
                        .and_then(|other| other.semantic_type.as_deref())
                        == Some(meaning)
            })
    })
}

/// Columns of the customer table that are not fields.
pub const RESERVED: [&str; 2] = ["CustomerId", "ProfileState"];

/// Ids are combined by name only: a contact number and a card number are both ids and not one field.
fn combines(meaning: &str) -> bool {
    meaning != super::source::semantic::ID
}

/// `name`, or with the table's name before it where another field has it.
fn free_name(fields: &[UnifiedField], name: &str, table: &str) -> String {
    let taken = |name: &str| {
        RESERVED.iter().any(|reserved| reserved.eq_ignore_ascii_case(name))
            || fields.iter().any(|field| field.name.eq_ignore_ascii_case(name) || field.id == ids::slug(name))
    };
    if !taken(name) {
        return name.to_owned();
    }
    let prefixed = format!("{table}_{name}");
    if !taken(&prefixed) {
        return prefixed;
    }
    (2..).map(|n| format!("{prefixed}_{n}")).find(|name| !taken(name)).unwrap_or(prefixed)
}

/// The semantic type of a unified field: that of its first member that has one.
pub fn semantic_type<'a>(project: &'a Project, field: &UnifiedField) -> Option<&'a str> {
    field
        .members
        .iter()
        .find_map(|member| project.source_table(&member.source_table)?.column(&member.column)?.semantic_type.as_deref())
}

fn yes() -> bool {
    true
}
