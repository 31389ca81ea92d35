//! Results put to use: written to files, exported, looked up (semantics 1.13).

pub mod export;
pub mod lookup;
pub mod results;
pub mod reuse;
