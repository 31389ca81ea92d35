//! Tributary.
pub mod cli;
pub mod engine;
pub mod places;
pub mod project;
pub mod sample;
pub mod task;
pub mod workbench;
