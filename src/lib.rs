//! Tributary.

#![cfg_attr(
    test,
    expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")
)]
pub mod cli;
pub mod engine;
pub mod places;
pub mod project;
pub mod sample;
pub mod task;
pub mod workbench;
