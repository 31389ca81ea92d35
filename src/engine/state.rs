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
//! Identity and results are folders that are replaced whole ([`swap`]), in this order, when both are written: a run
//! killed between the two leaves the last results, known to be stale, and every id they hold leads on.

pub mod folder;
pub mod history;
pub mod identity;
pub mod publish;
pub mod swap;

pub use folder::{Held, StateFolder};
