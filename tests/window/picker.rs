//! Drop-downs: found by typing, walked by keys, and never wider than they may be, however many columns a table has.

use std::fmt::Write as _;

use eframe::egui::{Key, Rect, Role, Theme};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tributary::workbench::Page;

use super::harness::Window;

const PICKER: &str = "Primary key of Wide";

/// A table of 1,000 columns, one with a name of 200 letters and one with a line break in it.
fn wide() -> Window {
    let mut window = Window::new(1280.0, 800.0, Theme::Light);
    let mut header: String = (0..998).fold(String::new(), |mut header, place| {
        write!(header, "c{place},").unwrap();
        header
    });
    write!(header, "{},\"two\nlines\"", "long".repeat(50)).unwrap();
    let row = vec!["1"; 1000].join(",");
    let path = window.folder.path().join("wide.csv");
    std::fs::write(&path, format!("{header}\n{row}\n")).unwrap();
    window.go(Page::Sources);
    window.fill("Path of a table", path.to_str().unwrap());
    window.click("Add path");
    window.app_mut().workbench.edit("Unify", |project| {
        project.source_tables[0].primary_key = Some("c500".to_owned());
        tributary::project::edit::unify_table(project, "wide");
    });
    window.go(Page::CustomerData);
    window
}

/// The entries of the open drop-down; rows of lists on the page are no part of it.
fn options(window: &Window) -> Vec<(String, Rect)> {
    let options = window.harness.query_all_by_role(Role::ListBoxOption);
    let options = options.map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect()));
    options.filter(|(label, _)| !label.starts_with("Table ") && !label.starts_with("Segment ")).collect()
}

/// The entry that Enter would choose, as a screen reader is told.
fn active(window: &Window) -> Option<String> {
    let mut options = window.harness.query_all_by_role(Role::ListBoxOption);
    options.find(|node| node.is_focused()).and_then(|node| node.accesskit_node().label())
}

fn key(window: &Window) -> Option<&str> {
    window.app().workbench.project.source_tables[0].primary_key.as_deref()
}

#[test]
fn a_list_of_a_thousand_columns_begins_at_the_chosen_one_and_draws_few() {
    let mut window = wide();
    window.click(PICKER);
    assert_eq!(active(&window).as_deref(), Some("c500"));
    let seen = |window: &Window| {
        let field = window.harness.get_by_label(&format!("Search in {PICKER}")).rect();
        let active = active(window).expect("an entry");
        let (_, row) = options(window).into_iter().find(|(label, _)| *label == active).expect("its row");
        row.top() > field.bottom() && row.bottom() < field.bottom() + 310.0
    };
    assert!(seen(&window), "the chosen entry is in sight");
    assert!(options(&window).len() < 40, "{} entries are drawn", options(&window).len());
    for (key, expected) in [
        (Key::ArrowDown, "c501"),
        (Key::ArrowUp, "c500"),
        (Key::PageDown, "c510"),
        (Key::Home, "c0"),
        (Key::End, "two\nlines"),
    ] {
        window.press(key);
        assert_eq!(active(&window).as_deref(), Some(expected), "after {key:?}");
        assert!(seen(&window), "{expected} is in sight");
    }
    window.press(Key::ArrowUp);
    let longest = "long".repeat(50);
    let rows = options(&window);
    let (_, row) = rows.iter().find(|(label, _)| *label == longest).expect("a row");
    assert!(row.width() <= 360.0, "{row:?}");
    let field = window.harness.get_by_role_and_label(Role::ComboBox, PICKER).rect();
    assert!(row.left() < field.right() && row.right() > field.left(), "{row:?} is away from its field {field:?}");
}

#[test]
fn what_is_typed_finds_a_column_and_enter_takes_it() {
    let mut window = wide();
    window.click(PICKER);
    window.harness.event(eframe::egui::Event::Text("c77".to_owned()));
    window.settle();
    assert_eq!(active(&window).as_deref(), Some("c77"));
    window.press(Key::ArrowDown);
    assert_eq!(active(&window).as_deref(), Some("c770"));
    window.press(Key::Enter);
    assert_eq!(key(&window), Some("c770"));
    assert!(options(&window).is_empty(), "the list is closed");
    assert!(window.harness.get_by_role_and_label(Role::ComboBox, PICKER).is_focused(), "the focus is back");
    window.press(Key::Space);
    assert_eq!(active(&window).as_deref(), Some("c770"), "opened again by key, nothing typed");
    window.harness.event(eframe::egui::Event::Text("no such".to_owned()));
    window.settle();
    assert!(window.shows("Nothing is called so"));
    window.press(Key::Escape);
    assert_eq!(key(&window), Some("c770"));
    assert!(options(&window).is_empty());
    assert!(window.harness.get_by_role_and_label(Role::ComboBox, PICKER).is_focused());
}

#[test]
fn a_short_list_goes_by_letters_and_says_what_each_entry_means() {
    let mut window = super::images::coffee(1280.0, 1000.0, Theme::Light);
    window.go(Page::Export);
    let listed = options(&window);
    window.click("Export format");
    let before = active(&window).expect("an entry");
    window.press(Key::End);
    let last = active(&window).expect("an entry");
    assert_ne!(last, before);
    let letter: String = before.chars().take(1).collect();
    window.harness.event(eframe::egui::Event::Text(letter.clone()));
    window.settle();
    assert!(active(&window).is_some_and(|active| active.starts_with(&letter)), "{letter} does not lead there");
    window.press(Key::Tab);
    assert_eq!(options(&window), listed, "Tab leaves the list as it was");
}
