//! The program in another language. Which one it speaks holds for the whole process, so these tests stand apart from
//! the others, and one waits for the other.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![cfg_attr(feature = "gui", expect(clippy::panic, reason = "a test fails by panicking"))]

#[path = "language/files.rs"]
mod files;
#[path = "window/harness.rs"]
#[cfg(feature = "gui")]
#[expect(dead_code, reason = "not all of it is needed here")]
mod harness;
#[path = "language/pages.rs"]
#[cfg(feature = "gui")]
mod pages;
#[path = "language/pseudo.rs"]
mod pseudo;

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tributary::workbench::dialogs::NoDialogs;
use tributary::workbench::{Command, Level, Workbench};

static SPEAKING: Mutex<()> = Mutex::new(());

/// Nobody else speaks meanwhile.
fn alone() -> MutexGuard<'static, ()> {
    SPEAKING.lock().unwrap_or_else(PoisonError::into_inner)
}

fn workbench(home: &Path) -> Workbench {
    Workbench::new(home.to_owned(), Box::new(NoDialogs), Arc::new(|| {}))
}

/// Puts a language into the user's folder.
fn write_language(home: &Path, code: &str, entries: &str) {
    let folder = home.join("languages");
    fs::create_dir_all(&folder).unwrap();
    let head = "msgid \"\"\nmsgstr \"Plural-Forms: nplurals=2; plural=(n != 1);\\n\"\n\n";
    fs::write(folder.join(format!("{code}.po")), format!("{head}{entries}")).unwrap();
}

#[test]
fn a_language_is_chosen_kept_and_left_again() {
    let _alone = alone();
    let home = tempfile::tempdir().unwrap();
    write_language(home.path(), "de", "msgid \"Dark\"\nmsgstr \"Dunkel\"\n");
    let mut first = workbench(home.path());
    assert_eq!(Command::DarkTheme.text(), "Dark");
    first.choose_language(Some("de"));
    assert_eq!((Command::DarkTheme.text(), Command::DarkTheme.tooltip()), ("Dunkel", "Always dark"));
    drop(first);
    tributary::text::choose(None);
    let mut second = workbench(home.path());
    assert_eq!(Command::DarkTheme.text(), "Dunkel", "the next start speaks it too");
    assert_eq!(tributary::text::in_english(|| Command::DarkTheme.text()), "Dark", "files stay English");
    second.choose_language(None);
    assert_eq!(Command::DarkTheme.text(), "Dark");
}

#[test]
fn what_is_wrong_with_a_language_is_told() {
    let _alone = alone();
    let home = tempfile::tempdir().unwrap();
    write_language(home.path(), "de", "msgid \"Dark\"\nmsgstr \"{x}\"\n\nmsgid \"Language\"\nmsgstr \"Sprache\n");
    let mut workbench = workbench(home.path());
    workbench.choose_language(Some("de"));
    assert_eq!(Command::DarkTheme.text(), "Dark");
    let told = workbench.notices.last().unwrap();
    assert_eq!(told.level, Level::Warning);
    assert!(told.text.contains("de.po: 2 texts") && told.text.contains("line 4: “Dark”"), "{}", told.text);
    workbench.choose_language(Some("nowhere"));
    assert!(workbench.notices.last().unwrap().text.contains("nowhere.po"));
    workbench.choose_language(None);
}
