//! Widgets of our own. They know egui and tables, not the project.

pub mod charts;
pub mod direction;
pub mod entry;
pub mod figure;
pub mod form;
pub mod grid;
pub mod help;
pub mod interval;
pub mod layout;
pub mod list;
pub mod marked;
pub mod more;
pub mod picker;
pub mod profile;
pub mod split;
pub mod text;
pub mod tiles;
