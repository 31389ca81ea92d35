//! A grid of cells without a screen: how its columns are laid out, what of it is selected, and what is copied.

pub mod columns;
pub mod copy;
pub mod figures;
pub mod selection;

pub use columns::{Arranged, ColumnLayout};
pub use selection::{Block, Motion, Place, Selection};
