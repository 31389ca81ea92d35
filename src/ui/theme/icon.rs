//! Every icon by what it means. All are glyphs of the bundled fonts; beside each stands a word or a hover text, so
//! that neither shape nor colour is the only signal.

/// Done, holds, known.
pub const DONE: &str = "✔";
/// Wrong, failed, refused.
pub const ERROR: &str = "✖";
pub const WARNING: &str = "⚠";
pub const INFO: &str = "ℹ";
/// Of an older draft: run again.
pub const STALE: &str = "⟳";
/// Being computed.
pub const RUNNING: &str = "…";
/// Nothing yet.
pub const EMPTY: &str = "○";
/// Edits that no file holds.
pub const UNSAVED: &str = "●";
pub const UP: &str = "⏶";
pub const DOWN: &str = "⏷";
pub const BACK: &str = "⏴";
pub const ON: &str = "⏵";
/// Opens a list, or is open.
pub const OPEN: &str = "⏷";
/// Is closed; a click opens it.
pub const CLOSED: &str = "⏵";
/// Closes a panel, takes a chip or a line away.
pub const REMOVE: &str = "✖";
pub const DELETE: &str = "🗑";
pub const ADD: &str = "➕";
pub const DUPLICATE: &str = "🗐";
/// The primary key.
pub const KEY: &str = "🔑";
pub const SWAP: &str = "⇄";
/// Not the same.
pub const DIFFERENT: &str = "≠";
/// Nothing to say: a blank, a state that is not known.
pub const BLANK: &str = "–";
/// More that can be done.
pub const MORE: &str = "⋯";
/// Opens the menu of a column.
pub const MENU: &str = "☰";
pub const UNKNOWN: &str = "?";

/// An icon before a text.
pub fn before(icon: &str, text: &str) -> String {
    format!("{icon} {text}")
}

/// An icon after a text, as on chips.
pub fn after(text: &str, icon: &str) -> String {
    format!("{text}  {icon}")
}
