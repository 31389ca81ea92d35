//! What a run found, as plain values: `report.json`, the KPIs of every page, the statistics of every rule.

use serde::{Deserialize, Serialize};

/// The figures of semantics 1.5 and 1.9, over all tables and for each. Only `run` may differ between equal runs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Records processed: the sum over tables of rows after deduplication.
    pub unique_source_records: u64,
    /// Unique records left after matching: customers before any is dropped.
    pub matched_and_non_matched_records: u64,
    /// Customers made of two or more unique records.
    pub matched_records_only: u64,
    /// Records attached to a higher table's.
    pub record_matches: u64,
    /// Unique records that match nothing, of tables without "include all records".
    pub dropped_records: u64,
    /// Links that a never-match pair or a guard refused.
    #[serde(default)]
    pub refused_links: u64,
    pub customers: u64,
    pub known: u64,
    pub unknown: u64,
    /// The unified tables in match order.
    pub tables: Vec<TableReport>,
    /// Match rules, by table and order.
    pub rules: Vec<RuleReport>,
    pub deduplication_rules: Vec<DeduplicationReport>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<ActivityReport>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub segments: Vec<SegmentReport>,
    pub run: RunReport,
}

/// One unified table. It adds up: `rows_read = corrupt + duplicates + unique`, `unique = joined + own + dropped`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableReport {
    pub table: String,
    /// Rows in the file.
    pub rows_read: u64,
    /// Rows that do not fit their columns, or have no primary key.
    pub corrupt: u64,
    /// Rows that take part: read less corrupt.
    pub source: u64,
    /// Rows removed as duplicates: source less unique.
    pub duplicates: u64,
    /// Records after deduplication.
    pub unique: u64,
    /// Records attached to a higher table's record.
    pub joined: u64,
    /// Records that head a customer of their own.
    pub own: u64,
    pub dropped: u64,
    /// Records whose customer holds at least two.
    pub matched: u64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleReport {
    pub table: String,
    pub rule: String,
    pub name: String,
    pub to_table: String,
    /// Records of the table that this rule attached.
    pub matches: u64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeduplicationReport {
    pub table: String,
    pub rule: String,
    pub name: String,
    /// Rows that this rule alone would remove.
    pub duplicates: u64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityReport {
    pub activity: String,
    pub name: String,
    /// Rows tied to a customer.
    pub linked: u64,
    /// Rows whose key is blank or in no profile, or whose time is blank.
    pub orphaned: u64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentReport {
    pub segment: String,
    pub name: String,
    pub members: u64,
}

/// What differs between equal runs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct RunReport {
    /// The time that "now" meant, RFC 3339.
    pub as_of: String,
    pub stages: Vec<StageReport>,
    /// The largest memory the process held so far; absent where the system does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peak_rss_bytes: Option<u64>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageReport {
    pub stage: String,
    pub elapsed_ms: u64,
    /// Taken from the cache.
    pub reused: bool,
}
