//! Shortcuts in plain data; the window maps them to its keys.

use std::fmt;
use std::str::FromStr;

/// The keys a shortcut may end in, by the names that stand in files.
#[rustfmt::skip]
const KEYS: [&str; 75] = [
    "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "Q", "R", "S", "T", "U", "V", "W",
    "X", "Y", "Z", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8",
    "F9", "F10", "F11", "F12", "Left", "Right", "Up", "Down", "Home", "End", "PageUp", "PageDown", "Insert", "Delete",
    "Backspace", "Space", "Enter", "Escape", "Tab", "Comma", "Period", "Semicolon", "Quote", "Slash", "Backslash",
    "OpenBracket", "CloseBracket", "Backtick", "Minus", "Equals", "Plus",
];

/// What is shown in the place of a name.
const SHOWN: [(&str, &str); 13] = [
    ("PageUp", "Page up"),
    ("PageDown", "Page down"),
    ("Escape", "Esc"),
    ("Comma", ","),
    ("Period", "."),
    ("Semicolon", ";"),
    ("Quote", "'"),
    ("Slash", "/"),
    ("Backslash", "\\"),
    ("OpenBracket", "["),
    ("CloseBracket", "]"),
    ("Backtick", "`"),
    ("Equals", "="),
];

/// Keys held together. Ctrl is Cmd on a Mac.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Shortcut {
    pub ctrl: bool,
    pub shift: bool,
    pub alt: bool,
    /// Its name, as [`Shortcut::key_names`] lists them.
    pub key: &'static str,
}

pub const fn ctrl(key: &'static str) -> Shortcut {
    Shortcut { ctrl: true, shift: false, alt: false, key }
}

pub const fn ctrl_shift(key: &'static str) -> Shortcut {
    Shortcut { ctrl: true, shift: true, alt: false, key }
}

pub const fn shift(key: &'static str) -> Shortcut {
    Shortcut { ctrl: false, shift: true, alt: false, key }
}

pub const fn alt(key: &'static str) -> Shortcut {
    Shortcut { ctrl: false, shift: false, alt: true, key }
}

pub const fn plain(key: &'static str) -> Shortcut {
    Shortcut { ctrl: false, shift: false, alt: false, key }
}

impl Shortcut {
    /// The names of all keys that a shortcut may end in.
    pub fn key_names() -> impl Iterator<Item = &'static str> {
        KEYS.into_iter()
    }

    /// With a key by its name; `None` for a key that no shortcut may end in.
    pub fn new(ctrl: bool, shift: bool, alt: bool, key: &str) -> Option<Self> {
        let key = SHOWN.iter().find(|(_, shown)| *shown == key).map_or(key, |(name, _)| *name);
        let key = KEYS.into_iter().find(|name| name.eq_ignore_ascii_case(key))?;
        Some(Self { ctrl, shift, alt, key })
    }

    /// As it is shown on this computer.
    pub fn shown(self) -> String {
        self.shown_on(cfg!(target_os = "macos"))
    }

    pub(super) fn shown_on(self, is_mac: bool) -> String {
        let key = SHOWN.iter().find(|(name, _)| *name == self.key).map_or(self.key, |(_, shown)| *shown);
        let (ctrl, alt) = if is_mac { ("Cmd+", "Option+") } else { ("Ctrl+", "Alt+") };
        let held = [(self.ctrl, ctrl), (self.shift, "Shift+"), (self.alt, alt)];
        let held: String = held.into_iter().filter(|(held, _)| *held).map(|(_, name)| name).collect();
        held + key
    }
}

/// As it stands in files and documents, the same on every computer.
impl fmt::Display for Shortcut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "Ctrl+"), (self.shift, "Shift+"), (self.alt, "Alt+")] {
            if held {
                f.write_str(name)?;
            }
        }
        f.write_str(self.key)
    }
}

/// Reads what [`Shortcut`] displays; an error says what is not understood.
impl FromStr for Shortcut {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (held, key) = text.trim().rsplit_once('+').unwrap_or(("", text.trim()));
        let (mut ctrl, mut shift, mut alt) = (false, false, false);
        for name in held.split('+').map(str::trim).filter(|name| !name.is_empty()) {
            match name.to_ascii_lowercase().as_str() {
                "ctrl" | "cmd" | "command" => ctrl = true,
                "shift" => shift = true,
                "alt" | "option" => alt = true,
                _ => return Err(format!("{name} in {text} is no key that can be held")),
            }
        }
        Self::new(ctrl, shift, alt, key.trim()).ok_or_else(|| format!("{text} does not end in a known key"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shortcut_reads_back_as_it_was_written() {
        for key in Shortcut::key_names() {
            for held in 0..8 {
                let shortcut = Shortcut::new(held & 1 > 0, held & 2 > 0, held & 4 > 0, key).expect("a known key");
                assert_eq!(shortcut.to_string().parse(), Ok(shortcut));
                assert_eq!(shortcut.shown().parse(), Ok(shortcut), "as shown");
                assert_eq!(shortcut.shown_on(true).parse(), Ok(shortcut), "as shown on a Mac");
            }
        }
    }

    #[test]
    fn on_a_mac_ctrl_reads_as_cmd() {
        assert_eq!(ctrl_shift("P").shown_on(true), "Cmd+Shift+P");
        assert_eq!(ctrl_shift("P").shown_on(false), "Ctrl+Shift+P");
        assert_eq!(ctrl("Period").shown_on(false), "Ctrl+.");
        assert_eq!(alt("Right").shown_on(true), "Option+Right");
    }

    #[test]
    fn what_is_no_shortcut_is_refused_with_a_reason() {
        assert_eq!("Hyper+P".parse::<Shortcut>(), Err("Hyper in Hyper+P is no key that can be held".to_owned()));
        assert_eq!("Ctrl+Any".parse::<Shortcut>(), Err("Ctrl+Any does not end in a known key".to_owned()));
        assert!("".parse::<Shortcut>().is_err());
    }
}
