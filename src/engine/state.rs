//! What is kept between runs, beside the project: the last results, the ids that customers have, and the history of
//! runs. One run at a time reads and renews it ([`publish`]).
//!
//! ```text
//! NAME.state/
//!   lock           held by the run that goes on
//!   running        what it is; found without a run, that run was killed
//!   results/       the last good results (engine::activate::results)
//!   identity/      which CustomerId each source key had, and the project these ids belong to
//!   runs.jsonl     one line a run
//! ```
//!
//! Results and identity are folders that are replaced whole ([`swap`]), in this order: a run killed between the two
//! leaves results that are known to be stale, and the ids they were made from.

pub mod folder;
pub mod history;
pub mod identity;
pub mod publish;
pub mod swap;

pub use folder::{Held, StateFolder};
