//! The engine: source tables in, customers, activities and segments out. Pure functions over tables in memory; no
//! screen, no settings of its own.

pub mod activate;
pub mod calendar;
pub mod chart;
pub mod check;
pub mod column;
pub mod customer;
pub mod dictionary;
pub mod error;
pub mod files;
pub mod frame;
pub mod groups;
pub mod identity;
pub mod ingest;
pub mod insight;
pub mod ledger;
pub mod lists;
pub mod number;
pub mod pipeline;
pub mod quality;
pub mod report;
pub mod report_page;
pub mod stage;
pub mod state;
pub mod table;
pub mod view;
