//! Unification: deduplication rules, match order, match rules and unified fields (semantics 1.3 to 1.6).

use std::collections::{HashMap, HashSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ColumnType, Condition, Exception, MergePolicy, Project, SourceColumn, SourceTable, ids};

/// A source table's part in the unification. Its place in the list is the match order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnificationTable {
    pub source_table: String,
    #[serde(default)]
    pub deduplication_rules: Vec<DeduplicationRule>,
    #[serde(default)]
    pub record_to_keep: RecordToKeep,
    /// Columns whose value comes from another row than the record to keep (advanced merge).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values_to_keep: Vec<ValueToKeep>,
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
            values_to_keep: Vec::new(),
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
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exceptions: Vec<Exception>,
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
    pub conditions: Vec<Condition>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exceptions: Vec<Exception>,
}

impl DeduplicationRule {
    /// Everything it compares: conditions, and those of exceptions.
    pub fn compared(&self) -> impl Iterator<Item = &Condition> {
        self.conditions.iter().chain(self.exceptions.iter().map(|exception| &exception.condition))
    }
}

impl MatchRule {
    /// Everything it compares: conditions, and those of exceptions.
    pub fn compared(&self) -> impl Iterator<Item = &Condition> {
        self.conditions.iter().chain(self.exceptions.iter().map(|exception| &exception.condition))
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

/// Where a column of a record takes its value from, among the rows of a group of duplicates: the first non-blank one
/// in the order of `keep`, ties as for [`RecordToKeep`] (semantics 1.3, advanced merge). The primary key always stays
/// that of the record to keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ValueToKeep {
    pub column: String,
    pub keep: RecordToKeep,
}

/// A field of the customer: which columns give it values, by rank, and which of them is taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnifiedField {
    pub id: String,
    pub name: String,
    pub members: Vec<FieldMember>,
    #[serde(default)]
    pub excluded: bool,
    #[serde(default, skip_serializing_if = "MergePolicy::is_importance")]
    pub merge: MergePolicy,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
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
    let columns: HashMap<(&str, &str), &SourceColumn> = project
        .unification
        .iter()
        .filter_map(|unified| project.source_table(&unified.source_table))
        .flat_map(|table| table.selected_columns().map(|column| ((table.id.as_str(), column.name.as_str()), column)))
        .collect();
    let mut fields: Vec<UnifiedField> = project.unified_fields.clone();
    for field in &mut fields {
        field.members.retain(|member| columns.contains_key(&(member.source_table.as_str(), member.column.as_str())));
    }
    fields.retain(|field| !field.members.is_empty());
    let mut defaults = Defaults::new(fields);
    for unified in &project.unification {
        let Some(table) = project.source_table(&unified.source_table) else { continue };
        for column in table.selected_columns() {
            defaults.add(table, column);
        }
    }
    defaults.fields
}

/// The fields so far, and where a further column belongs: looked up, since tables may have thousands of columns.
struct Defaults {
    fields: Vec<UnifiedField>,
    /// Columns that the analyst gave a field.
    placed: HashSet<(String, String)>,
    /// Default fields by the lower-case name of a member.
    by_name: HashMap<String, Vec<usize>>,
    /// Default fields by the semantic type of a member.
    by_meaning: HashMap<String, Vec<usize>>,
    names: HashSet<String>,
    ids: HashSet<String>,
}

impl Defaults {
    fn new(fields: Vec<UnifiedField>) -> Self {
        let members = fields.iter().flat_map(|field| &field.members);
        Self {
            placed: members.map(|member| (member.source_table.clone(), member.column.clone())).collect(),
            by_name: HashMap::new(),
            by_meaning: HashMap::new(),
            names: RESERVED.into_iter().chain(fields.iter().map(|field| field.name.as_str())).map(lower).collect(),
            ids: fields.iter().map(|field| field.id.clone()).collect(),
            fields,
        }
    }

    fn add(&mut self, table: &SourceTable, column: &SourceColumn) {
        if self.placed.contains(&(table.id.clone(), column.name.clone())) {
            return;
        }
        let meaning = column.semantic_type.as_deref().filter(|meaning| combines(meaning));
        let same_name = self.by_name.get(&lower(&column.name));
        let same_meaning = meaning.and_then(|meaning| self.by_meaning.get(meaning));
        // One column of a table in a default field is enough; of the fields that would take it, the first does.
        let free = |&&field: &&usize| self.fields[field].members.iter().all(|member| member.source_table != table.id);
        let home = same_name.into_iter().chain(same_meaning).flatten().filter(free).min().copied();
        let place = home.unwrap_or_else(|| {
            let name = self.free_name(&column.name, &table.name);
            let id = ids::slug(&name);
            self.names.insert(lower(&name));
            self.ids.insert(id.clone());
            self.fields.push(UnifiedField {
                id,
                name,
                members: Vec::new(),
                excluded: false,
                merge: MergePolicy::default(),
            });
            self.fields.len() - 1
        });
        let member = FieldMember { source_table: table.id.clone(), column: column.name.clone() };
        self.fields[place].members.push(member);
        self.by_name.entry(lower(&column.name)).or_default().push(place);
        if let Some(meaning) = meaning {
            self.by_meaning.entry(meaning.to_owned()).or_default().push(place);
        }
    }

    /// `name`, or with the table's name before it where another field has it.
    fn free_name(&self, name: &str, table: &str) -> String {
        let is_free = |name: &str| !self.names.contains(&lower(name)) && !self.ids.contains(&ids::slug(name));
        let prefixed = format!("{table}_{name}");
        let numbered = (2..).map(|n| format!("{prefixed}_{n}"));
        let mut names = [name.to_owned(), prefixed.clone()].into_iter().chain(numbered);
        names.find(|name| is_free(name)).unwrap_or(prefixed)
    }
}

fn lower(name: &str) -> String {
    name.to_ascii_lowercase()
}

/// The field that an id names: the one that has it, else the one with a member of that name. The id of a default
/// field is made from its highest table's column, so a new match order gives it another one; what referred to the old
/// one still means the same field.
pub fn field_named<'a>(fields: &'a [UnifiedField], id: &str) -> Option<&'a UnifiedField> {
    fields.iter().find(|field| field.id == id).or_else(|| {
        let mut of_member =
            fields.iter().filter(|field| field.members.iter().any(|member| ids::slug(&member.column) == id));
        of_member.next().filter(|_| of_member.next().is_none())
    })
}

/// The column that says when a row of a source table was: the timestamp of the first activity read from the table,
/// else its first datetime, else its first date that is no birth date; selected or not. `None` where there is none.
/// Ours: semantics 1.9 asks for a row's timestamp and does not say which column that is.
pub fn timestamp_column<'a>(project: &'a Project, table: &'a SourceTable) -> Option<&'a str> {
    let of_type = |wanted: ColumnType| {
        let is_birth =
            |column: &&SourceColumn| column.semantic_type.as_deref() == Some(super::source::semantic::BIRTH_DATE);
        table.columns.iter().filter(|column| !is_birth(column)).find(move |column| column.column_type == wanted)
    };
    let mut activities = project.activities.iter().filter(|activity| activity.source_table == table.id);
    let told = activities.find_map(|activity| table.column(&activity.timestamp));
    let column = told.or_else(|| of_type(ColumnType::Datetime)).or_else(|| of_type(ColumnType::Date));
    column.map(|column| column.name.as_str())
}

/// Columns of the customer table that are not fields.
pub const RESERVED: [&str; 4] = ["CustomerId", "PreviousCustomerId", "ProfileState", "BecameKnownOn"];

/// Ids are combined by name only: a contact number and a card number are both ids and not one field.
fn combines(meaning: &str) -> bool {
    meaning != super::source::semantic::ID
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
