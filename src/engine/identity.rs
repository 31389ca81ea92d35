//! Who is who: rows of one table into records, records of several tables into customers (semantics 1.3 to 1.5).
//!
//! [`key`] turns conditions into one code a row, equal where all conditions hold. [`dedup`] joins rows of a table
//! into records, [`matching`] attaches records to those of higher tables, [`membership`] decides which clusters
//! become customers. [`evaluate`] measures the outcome against the truth, [`partition`] compares two outcomes.

mod ambiguity;
pub mod blocked;
pub mod coding;
pub mod constraints;
pub mod dedup;
pub mod index;
pub mod key;
pub mod matching;
pub mod membership;
pub mod normalize;
pub mod similarity;
pub mod union_find;
