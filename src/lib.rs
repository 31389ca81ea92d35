//! Tributary.
pub mod engine;
pub mod project;
pub mod sample;
pub mod task;
