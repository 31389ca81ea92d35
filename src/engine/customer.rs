//! From matched records to customers: ids, unified fields, keyring, known or unknown, clusters (semantics 1.6 and 1.9).

pub mod assign;
pub mod changed;
pub mod changes;
pub mod choose;
pub mod clusters;
pub mod customer_id;
pub mod customers;
pub mod id_map;
pub mod index;
pub mod keyring;
pub mod known;
pub mod merge;
pub mod merge_plan;
pub mod naming;
pub mod profile;
pub mod provenance;
pub mod records;
