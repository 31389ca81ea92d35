//! The list of edits, and undo across pages and while typing.

use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use tributary::workbench::{Command, Page};

use super::editing::coffee;
use super::harness::Window;

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.harness.key_press_modifiers(modifiers, key);
    window.settle();
}

fn segment(window: &Window) -> String {
    window.app().workbench.project.segments[0].name.clone()
}

/// Types a text letter by letter, as a person does.
fn type_slowly(window: &mut Window, field: &str, text: &str) {
    for letter in text.chars() {
        window.harness.get_by_label(field).type_text(&letter.to_string());
        window.settle();
    }
}

#[test]
fn a_long_typed_text_is_one_step_and_undo_goes_to_its_page() {
    let mut window = coffee(Page::Segments);
    let before = segment(&window);
    window.fill("Segment name", "B");
    type_slowly(&mut window, "Segment name", "uyers of a long name");
    assert_eq!(window.app().workbench.history.undo_label(), Some("Rename segment to Buyers of a long name"));
    window.go(Page::Sources);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!((segment(&window), window.app().workbench.page), (before, Page::Segments));
    assert!(window.app().workbench.history.undo_label().is_none(), "one step");
    let told = &window.app().workbench.notices.last().expect("a notice").text;
    assert_eq!(told, "Undone on Segments: Rename segment to Buyers of a long name");
}

#[test]
fn in_a_text_field_undo_edits_the_text_and_all_of_it_is_one_step() {
    let mut window = coffee(Page::Segments);
    let before = segment(&window);
    window.fill("Segment name", "Buyers");
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(window.app().workbench.history.redo_label().is_none(), "nothing of the project was undone");
    window.fill("Segment name", "Guests");
    window.click("Add segment");
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(segment(&window), "Guests");
    press(&mut window, Modifiers::COMMAND, Key::Z);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(segment(&window), before);
}

#[test]
fn the_list_goes_to_any_edit_by_mouse_and_by_keyboard() {
    let mut window = coffee(Page::Segments);
    let before = window.app().workbench.project.segments.len();
    for _ in 0..3 {
        window.click("Add segment");
    }
    press(&mut window, Modifiers::COMMAND, Key::H);
    let entries = window.app().workbench.history.entries();
    assert_eq!(entries.len(), 4);
    assert!(window.shows("Edit: Add segment, now"));
    window.click("Edit: As it was opened, saved");
    assert_eq!(window.app().workbench.project.segments.len(), before);
    assert!(!window.app().workbench.is_dirty());
    // The arrows go on from the entry that was clicked.
    window.harness.get_by_label("Edit: As it was opened, now, saved").focus();
    window.settle();
    for key in [Key::ArrowDown, Key::ArrowDown, Key::Enter] {
        press(&mut window, Modifiers::NONE, key);
    }
    assert_eq!(window.app().workbench.project.segments.len(), before + 2);
    window.click("Add segment");
    let entries = window.app().workbench.history.entries();
    assert_eq!((entries.len(), entries.iter().filter(|entry| entry.is_undone).count()), (4, 0));
    press(&mut window, Modifiers::COMMAND, Key::H);
    assert!(window.harness.query_by_label("Edit: Add segment, now").is_none(), "the list is closed");
}

#[test]
fn the_saved_edit_is_marked_and_paths_stay_true_after_saving_elsewhere() {
    let mut window = coffee(Page::Segments);
    window.click("Add segment");
    let elsewhere = window.folder.path().join("elsewhere/moved.tributary");
    std::fs::create_dir_all(elsewhere.parent().unwrap()).unwrap();
    window.app_mut().workbench.save_to(&elsewhere);
    window.settle();
    let paths = |window: &Window| -> Vec<String> {
        window.app().workbench.project.source_tables.iter().map(|table| table.path.clone()).collect()
    };
    let after = paths(&window);
    window.app_mut().workbench.apply(Command::Undo);
    window.settle();
    assert_eq!(paths(&window), after, "an undone edit leads to the same files");
    window.app_mut().workbench.apply(Command::History);
    window.settle();
    assert!(window.shows("Edit: Add segment, undone, saved"));
}
