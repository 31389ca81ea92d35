//! Tributary.

#![cfg_attr(
    test,
    expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")
)]
#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a command's answer is what it prints")]
pub mod cli;
pub mod engine;
pub mod places;
pub mod project;
pub mod sample;
pub mod task;
#[cfg(feature = "gui")]
pub mod ui;
pub mod workbench;
