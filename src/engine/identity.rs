//! Who is who: rows of one table into records, records of several tables into customers (semantics 1.3 to 1.5).
//!
//! [`coding`] turns the values that conditions read into numbers, [`linking`] says which rows a rule links: the one
//! place where values are compared, by [`similarity`]. [`dedup`] joins rows of a table into records, [`matching`]
//! attaches records to those of higher tables, [`constraints`] keeps apart what must not come together, and
//! [`membership`] decides which clusters become customers. [`explain`] says why, from the same links; [`evaluate`]
//! measures an outcome against the truth and [`partition`] compares two outcomes. [`propose`] finds rules that a
//! table could have.

mod ambiguity;
pub mod blocked;
mod bridges;
pub mod coding;
pub mod constraints;
pub mod dedup;
pub mod evaluate;
pub mod explain;
mod hits;
pub mod index;
pub mod linking;
pub mod matching;
pub mod membership;
pub mod normalize;
pub mod partition;
pub mod phonetic;
pub mod preview;
pub mod propose;
mod settle;
pub mod similarity;
pub mod union_find;
