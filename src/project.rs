//! The project: everything an analyst decided, nothing computed.
//!
//! A [`Project`] is plain data, written as pretty JSON with a version ([`mod@file`]). Things refer to each other by
//! short readable ids made from their first name, kept through a rename and never used twice ([`ids`]).
//! [`validate`] lists what does not fit together, each problem with its place and its fix.

pub mod activity;
pub mod cluster;
pub mod condition;
pub mod customer_index;
pub mod edit;
pub mod export;
pub mod file;
pub mod guard;
pub mod ids;
pub mod merging;
pub mod overrides;
pub mod segment;
pub mod source;
pub mod unify;
pub mod validate;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use activity::{Activity, ActivityLink};
pub use cluster::Cluster;
pub use condition::{Comparison, Condition, Exception, ExceptionTest, NoIndex, Normalization};
pub use customer_index::CustomerIndex;
pub use export::{Export, ExportFormat, ExportSubject};
pub use guard::{BlockedValue, Guards, IdentifierGuard};
pub use merging::{FieldGroup, MergePolicy};
pub use overrides::{Alias, AliasList, Answer, BypassList, LabelledPair, Overrides, PairOverride, RecordKey};
pub use segment::{Combine, Operator, Segment, SegmentCondition, SegmentRule, SetOperator, Subject};
pub use source::{ColumnType, FileFormat, SourceColumn, SourceTable};
pub use unify::{DeduplicationRule, FieldMember, MatchRule, RecordToKeep, UnificationTable, UnifiedField, ValueToKeep};

/// The version this program writes. Older files are migrated by frozen steps, newer ones are refused.
pub const VERSION: u32 = 3;

/// The document: what a `.tributary` file holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// Always [`VERSION`] in memory.
    pub version: u32,
    /// Names the project for good, whatever its name and place: the ids kept beside it belong to the project that has
    /// it. Empty in a file older than version 3, until it is saved.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// What the window's title says; the file's name may differ.
    pub name: String,
    #[serde(default)]
    pub source_tables: Vec<SourceTable>,
    /// The unified tables in match order, the primary table first.
    #[serde(default)]
    pub unification: Vec<UnificationTable>,
    /// Pairs decided by hand.
    #[serde(default, skip_serializing_if = "Overrides::is_empty")]
    pub overrides: Overrides,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alias_lists: Vec<AliasList>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bypass_lists: Vec<BypassList>,
    #[serde(default, skip_serializing_if = "Guards::is_empty")]
    pub guards: Guards,
    /// What was said in review, by pair; no rule reads it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labelled_pairs: Vec<LabelledPair>,
    /// Unified fields the analyst changed, in the order shown; columns named nowhere follow by the default rule
    /// of [`unify::unified_fields`].
    #[serde(default)]
    pub unified_fields: Vec<UnifiedField>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub field_groups: Vec<FieldGroup>,
    /// At most five unified fields, by id, whose values make the CustomerId; none: it is made from the highest record
    /// (semantics 1.6, custom id).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub customer_id_fields: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clusters: Vec<Cluster>,
    /// Semantic types that make a profile known (semantics 1.9).
    #[serde(default = "source::default_known_identifiers")]
    pub known_identifiers: Vec<String>,
    #[serde(default, skip_serializing_if = "CustomerIndex::is_empty")]
    pub customer_index: CustomerIndex,
    #[serde(default)]
    pub activities: Vec<Activity>,
    #[serde(default)]
    pub segments: Vec<Segment>,
    #[serde(default)]
    pub exports: Vec<Export>,
    /// Ids of deleted things: never given again, so that nothing old points at something new.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retired_ids: Vec<String>,
}

impl Project {
    /// An empty project with an id of its own.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            version: VERSION,
            id: Self::new_project_id(),
            name: name.into(),
            source_tables: Vec::new(),
            unification: Vec::new(),
            overrides: Overrides::default(),
            alias_lists: Vec::new(),
            bypass_lists: Vec::new(),
            guards: Guards::default(),
            labelled_pairs: Vec::new(),
            unified_fields: Vec::new(),
            field_groups: Vec::new(),
            customer_id_fields: Vec::new(),
            clusters: Vec::new(),
            known_identifiers: source::default_known_identifiers(),
            customer_index: CustomerIndex::default(),
            activities: Vec::new(),
            segments: Vec::new(),
            exports: Vec::new(),
            retired_ids: Vec::new(),
        }
    }

    /// An id that no other project has.
    pub fn new_project_id() -> String {
        uuid::Uuid::new_v4().simple().to_string()
    }

    pub fn source_table(&self, id: &str) -> Option<&SourceTable> {
        self.source_tables.iter().find(|table| table.id == id)
    }

    pub fn source_table_mut(&mut self, id: &str) -> Option<&mut SourceTable> {
        self.source_tables.iter_mut().find(|table| table.id == id)
    }

    /// The source table an analyst means by `name`: its name or id, in any case.
    pub fn source_table_named(&self, name: &str) -> Option<&SourceTable> {
        self.source_tables.iter().find(|table| table.name == name).or_else(|| {
            self.source_tables.iter().find(|table| table.name.eq_ignore_ascii_case(name) || table.id == name)
        })
    }

    pub fn unification_table(&self, source_table: &str) -> Option<&UnificationTable> {
        self.unification.iter().find(|table| table.source_table == source_table)
    }

    pub fn unification_table_mut(&mut self, source_table: &str) -> Option<&mut UnificationTable> {
        self.unification.iter_mut().find(|table| table.source_table == source_table)
    }

    pub fn alias_list(&self, id: &str) -> Option<&AliasList> {
        self.alias_lists.iter().find(|list| list.id == id)
    }

    pub fn bypass_list(&self, id: &str) -> Option<&BypassList> {
        self.bypass_lists.iter().find(|list| list.id == id)
    }

    pub fn activity(&self, id: &str) -> Option<&Activity> {
        self.activities.iter().find(|activity| activity.id == id)
    }

    pub fn segment(&self, id: &str) -> Option<&Segment> {
        self.segments.iter().find(|segment| segment.id == id)
    }

    /// The name of a source table for messages; the id where the table is gone.
    pub fn table_name<'a>(&'a self, id: &'a str) -> &'a str {
        self.source_table(id).map_or(id, |table| table.name.as_str())
    }
}
