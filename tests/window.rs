//! The window, driven by label as a person would, with mouse and keyboard; and pictures of every page.

#![cfg(feature = "gui")]
#![expect(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "a test fails by panicking")]

mod window {
    mod accessibility;
    mod beginning;
    mod broken;
    mod charts;
    mod commands;
    mod customers;
    mod editing;
    mod grid;
    mod guide;
    pub mod harness;
    mod help;
    mod history;
    mod images;
    mod known;
    mod layouts;
    mod lists;
    mod looking;
    mod panels;
    mod parts;
    mod picker;
    mod recovery;
    mod rules;
    mod runs;
    mod session;
    mod small;
    mod statistics;
    mod trust;
    mod unified_view;
    mod unify_pages;
    mod welcome;
    mod wizard;
}
