//! The engine.
pub mod calendar;
pub mod column;
pub mod dictionary;
pub mod frame;
pub mod table;
