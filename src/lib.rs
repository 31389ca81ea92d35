//! Tributary.
pub mod engine;
pub mod project;
pub mod task;
