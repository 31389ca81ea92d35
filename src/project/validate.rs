//! What does not fit together in a project.
//!
//! `validate` lists what does not fit together, each problem with its place and its fix.
