//! The engine.
pub mod calendar;
pub mod column;
pub mod dictionary;
pub mod ingest;
pub mod table;
