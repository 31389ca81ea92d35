//! What the program says, in the user's language.
//!
//! The English text stands in the code and is the key, as with gettext: `tr!("Customers")`,
//! `tr!("Join {table}", table = name)`, `tr!("one row" | "{n} rows" % count)`, and `tr!("a verb" => "Open")` where one
//! English word has two meanings. A text in a constant is marked with `msg!("…")` and looked up where it is shown,
//! with [`of`]. `assets/text/tributary.pot` lists them all; a test makes it from the sources. A translation is a `.po`
//! file beside it, or in the folder `languages` beside the settings ([`language`]).
//!
//! With English chosen a text costs one load of a number, and nothing is copied or looked up.
//!
//! What stays as it is: names in files (columns of exports, states, kinds in the ledger), the output of the command
//! line and the log. [`in_english`] holds to that where such a file is written.

#[macro_use]
mod macros;

mod fill;
pub mod language;
mod plural;
mod po;

use std::cell::Cell;
use std::sync::RwLock;
use std::sync::atomic::{AtomicUsize, Ordering};

pub use fill::fill;
pub use language::Language;

/// Every language that was chosen since the start. They stay: texts of theirs are lent for good.
static LANGUAGES: RwLock<Vec<&'static Language>> = RwLock::new(Vec::new());

/// The place of the chosen language in [`LANGUAGES`], counted from one; zero is English.
static CHOSEN: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// Whether this thread writes what is English in every language.
    static IS_ENGLISH: Cell<bool> = const { Cell::new(false) };
}

/// What the program says from now on is in this language; `None` is English.
pub fn choose(language: Option<Language>) {
    let Some(language) = language else {
        CHOSEN.store(0, Ordering::Release);
        return;
    };
    let mut languages = LANGUAGES.write().unwrap_or_else(std::sync::PoisonError::into_inner);
    let place = languages.iter().position(|other| **other == language).unwrap_or_else(|| {
        languages.push(Box::leak(Box::new(language)));
        languages.len() - 1
    });
    CHOSEN.store(place + 1, Ordering::Release);
}

/// The chosen language, where it is not English.
#[inline]
fn chosen() -> Option<&'static Language> {
    let place = CHOSEN.load(Ordering::Acquire).checked_sub(1)?;
    if IS_ENGLISH.get() {
        return None;
    }
    LANGUAGES.read().unwrap_or_else(std::sync::PoisonError::into_inner).get(place).copied()
}

/// A text in the user's language.
#[inline]
pub fn of(text: &'static str) -> &'static str {
    translation(text).unwrap_or(text)
}

/// A text whose key has a context before it.
#[inline]
pub fn of_context(key: &'static str, text: &'static str) -> &'static str {
    translation(key).unwrap_or(text)
}

/// What the chosen language says for a key; `None` with English, and where the language lacks it.
#[inline]
pub fn translation(key: &str) -> Option<&'static str> {
    chosen()?.text(key)
}

/// The form for a count: in English the first for one, else the second.
pub fn counted(one: &'static str, many: &'static str, n: u64) -> &'static str {
    let translated = chosen().and_then(|language| language.counted(one, n));
    translated.unwrap_or(if n == 1 { one } else { many })
}

/// `1234567` as `1,234,567`.
pub fn count(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Does something on this thread in English: files say the same in every language.
pub fn in_english<T>(write: impl FnOnce() -> T) -> T {
    /// Goes back to what was before, also after a panic.
    struct Back(bool);
    impl Drop for Back {
        fn drop(&mut self) {
            IS_ENGLISH.set(self.0);
        }
    }
    let _back = Back(IS_ENGLISH.replace(true));
    write()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_said_as_it_stands() {
        let table = "Loyalty";
        let same: &'static str = tr!("Customers");
        assert_eq!(same, "Customers");
        assert_eq!(tr!("a verb" => "Open"), "Open");
        assert_eq!(tr!("Join {table}", table), "Join Loyalty");
        assert_eq!(tr!("a verb" => "Open {name}", name = table.to_uppercase()), "Open LOYALTY");
        assert_eq!(tr!("one row" | "{n} rows" % 1_usize), "one row");
        assert_eq!(tr!("one row of {table}" | "{n} rows of {table}" % 3_u32, table), "3 rows of Loyalty");
        assert_eq!(of(msg!("Undo")), "Undo");
    }

    #[test]
    fn english_is_held_to_inside_one_call_only() {
        assert!(!IS_ENGLISH.get());
        in_english(|| in_english(|| assert!(IS_ENGLISH.get())));
        assert!(!IS_ENGLISH.get());
    }
}
