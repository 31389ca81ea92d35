//! The program without a window: the real binary in a folder of its own, its answers compared as text.
//!
//! What the command line does not show (a column's profile, what the wizard warns of) is asked of the library.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod headless {
    mod bad_input;
    mod bad_matching;
    mod cases;
    mod examples;
    mod explain;
    mod febrl;
    mod files;
    mod harness;
    mod ids_over_time;
    mod journey;
    mod known;
    mod matching;
    mod properties;
    mod properties_of_matching;
    mod quality;
    mod report;
    mod samples;
    mod state;
    mod unified_view;
}
