//! What is learned on top of the customers: activities and segments (semantics 1.10 and 1.12).

pub mod activities;
pub mod condition;
pub mod customer_set;
pub mod segments;
