//! What an explanation says: plain data for the window, for JSON and for text, without anything of the engine's.

use std::ops::Range;

use serde::Serialize;

/// A row of a record, as people name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordName {
    /// The table's name.
    pub table: String,
    pub table_id: String,
    pub key: String,
    /// Its number in the file, the first data row being 1.
    pub row: u32,
}

impl RecordName {
    /// `Store:S1`.
    pub fn label(&self) -> String {
        format!("{}:{}", self.table, self.key)
    }
}

impl std::fmt::Display for RecordName {
    /// `Store:S1 (row 1)`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{} (row {})", self.table, self.key, self.row)
    }
}

/// One side of a comparison. Long values are shortened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComparedValue {
    /// Of several fields the one that agrees best.
    pub field: String,
    pub raw: String,
    /// As it was compared: evened out, or as it sounds.
    pub normalized: String,
    /// The characters of `raw` that the other side does not have, by their places.
    pub raw_differences: Vec<Range<usize>>,
    /// The same of `normalized`.
    pub differences: Vec<Range<usize>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TrialOutcome {
    Passes,
    Fails,
    /// A value is missing, so there is nothing to compare.
    Blank,
}

/// What a condition says of two rows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConditionTrial {
    /// With its threshold: `Jaro-Winkler, at least 90 %`.
    pub comparison: String,
    pub values: [ComparedValue; 2],
    pub outcome: TrialOutcome,
    /// From 0 to 1, whether it is enough or not; `None` where it is not a matter of degrees.
    pub score: Option<f64>,
    /// What the score must reach.
    pub threshold: Option<f64>,
    /// How far apart dates (in days) or numbers are.
    pub apart: Option<f64>,
    /// Why a value counts as blank (it is, or it is blocked, bypassed, or nothing is left of it), or is too long.
    pub note: Option<String>,
}

/// What an exception says of two rows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExceptionTrial {
    /// `is the same` or `is different`.
    pub is: String,
    pub condition: ConditionTrial,
    /// All of a rule's must fire for it to step back.
    pub fires: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    Deduplication,
    Match,
}

/// What a rule says of two rows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleTrial {
    pub rule_id: String,
    pub name: String,
    pub kind: RuleKind,
    pub active: bool,
    /// The rule's own table first.
    pub rows: [RecordName; 2],
    pub conditions: Vec<ConditionTrial>,
    pub exceptions: Vec<ExceptionTrial>,
    /// All conditions pass, and not all exceptions fire.
    pub holds: bool,
    /// Where it holds, the smallest of its conditions.
    pub score: Option<f64>,
    /// Whether it made the link.
    pub used: bool,
    pub note: Option<String>,
}

/// Why two rows belong together.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum LinkReason {
    Rule(Box<RuleTrial>),
    /// Automatic: rows of one primary key are one record.
    SameKey,
    /// Automatic, where a table has no deduplication rule: equal in all columns that match rules use.
    EqualColumns {
        conditions: Vec<ConditionTrial>,
    },
    /// Decided by hand.
    AlwaysMatch {
        reason: String,
    },
}

/// A record for which its rule found records of several customers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ambiguity {
    /// What else was found, and why the one chosen was.
    pub sentence: String,
    /// How many records of other customers the rule found.
    pub count: u32,
    /// The first of them.
    pub others: Vec<RuleTrial>,
}

/// One link between two rows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LinkStep {
    pub a: RecordName,
    pub b: RecordName,
    /// Of one record, or of two.
    pub within_record: bool,
    pub reason: LinkReason,
    /// Other rules that hold, with why they made no difference.
    pub also: Vec<RuleTrial>,
    pub ambiguous: Option<Ambiguity>,
    pub notes: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Rows of one table that are one record.
    SameRecord,
    SameCustomer,
    Apart,
}

/// A link that a never-pair or a guard kept from being made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    pub a: RecordName,
    pub b: RecordName,
    pub sentence: String,
}

/// Why two records are one customer, or are not.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairExplanation {
    pub a: RecordName,
    pub b: RecordName,
    /// The customers they are in; `None` where a record was dropped.
    pub customers: [Option<String>; 2],
    pub verdict: Verdict,
    pub sentence: String,
    /// Link by link from one to the other.
    pub path: Vec<LinkStep>,
    /// Where they are apart: what each rule that could link them says of the two rows that come nearest.
    pub trials: Vec<RuleTrial>,
    /// The trial that comes nearest.
    pub nearest: Option<usize>,
    pub refusals: Vec<Refusal>,
    pub notes: Vec<String>,
}

/// How a customer came to be.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CustomerExplanation {
    pub record: RecordName,
    /// `None` where the record was dropped.
    pub customer_id: Option<String>,
    pub sentence: String,
    /// First rows into records, table by table, then records to those of higher tables.
    pub steps: Vec<LinkStep>,
    /// How many further steps are not listed.
    pub more: usize,
    pub refusals: Vec<Refusal>,
    pub notes: Vec<String>,
}
