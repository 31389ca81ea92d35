//! The command palette and the page of shortcuts, by keyboard and by mouse.

use eframe::egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tributary::workbench::{Command, Page, Settings};

use super::editing::coffee;
use super::harness::Window;

const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

fn press(window: &mut Window, key: Key) {
    window.harness.key_press(key);
    window.settle();
}

/// Opens the palette by its shortcut and types.
fn type_in_palette(window: &mut Window, text: &str) {
    window.harness.key_press_modifiers(CTRL_SHIFT, Key::P);
    window.settle();
    window.harness.get_by_label("Command palette").type_text(text);
    window.settle();
}

/// What the palette lists.
fn rows(window: &Window) -> Vec<String> {
    let palette = window.app().workbench.palette.as_ref().expect("the palette is open");
    palette.rows().iter().map(|row| row.text.clone()).collect()
}

#[test]
fn some_letters_and_enter_open_a_page() {
    let mut window = Window::new(1280.0, 800.0, Theme::Light);
    type_in_palette(&mut window, "stat");
    press(&mut window, Key::Enter);
    assert_eq!(window.app().workbench.page, Page::Statistics);
    assert!(window.app().workbench.palette.is_none());
    assert_eq!(window.app().workbench.settings.used_commands, ["go-statistics"]);
    window.harness.key_press_modifiers(CTRL_SHIFT, Key::P);
    window.settle();
    assert_eq!(rows(&window)[0], "Statistics", "used lately");
    press(&mut window, Key::Escape);
    assert!(window.app().workbench.palette.is_none());
}

#[test]
fn what_cannot_be_done_shows_why_and_does_nothing() {
    let mut window = Window::new(1280.0, 800.0, Theme::Light);
    type_in_palette(&mut window, ">redo");
    assert!(window.shows("Redo, Edit, Ctrl+Shift+Z, Nothing to redo"));
    assert!(window.shows("Not now: Nothing to redo"));
    press(&mut window, Key::Enter);
    assert!(window.app().workbench.palette.is_some());
    window.click("Redo, Edit, Ctrl+Shift+Z, Nothing to redo");
    assert!(window.app().workbench.palette.is_some());
    assert!(window.app().workbench.notices.is_empty());
}

#[test]
fn arrows_and_a_click_choose_another_row() {
    let mut window = Window::new(1280.0, 800.0, Theme::Light);
    type_in_palette(&mut window, "step");
    assert_eq!(rows(&window)[..2], ["Next step", "Previous step"]);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::ArrowUp);
    press(&mut window, Key::Enter);
    assert_eq!(window.app().workbench.page, Page::CustomerData);
    type_in_palette(&mut window, "segm");
    window.click("Segments, Page, Ctrl+9");
    assert_eq!(window.app().workbench.page, Page::Segments);
}

#[test]
fn a_customer_is_found_by_name_key_and_id_and_her_card_opens() {
    let mut window = coffee(Page::Sources);
    type_in_palette(&mut window, "#Ana");
    assert!(rows(&window)[0].starts_with("Ana"), "{:?}", rows(&window));
    press(&mut window, Key::Enter);
    assert_eq!(window.app().workbench.page, Page::Customers);
    assert!(window.shows("Close the card"), "her card");
    window.app_mut().workbench.apply(Command::Go(Page::Sources));
    let table = window.app().workbench.published.as_ref().unwrap().customers.clone().unwrap();
    let id = table.column("CustomerId").unwrap().text(0).into_owned();
    type_in_palette(&mut window, &format!("#{}", &id[..10]));
    assert_eq!(rows(&window).len(), 1);
}

#[test]
fn fields_columns_rules_and_segments_are_gone_to() {
    let mut window = coffee(Page::Customers);
    type_in_palette(&mut window, "@fullname");
    press(&mut window, Key::Enter);
    assert_eq!(window.app().workbench.page, Page::UnifiedView);
    assert!(window.shows("Name of the field"));
    type_in_palette(&mut window, "unknown visitors");
    press(&mut window, Key::Enter);
    let page = window.app().workbench.page;
    assert!(matches!(page, Page::Segments | Page::Export), "{page:?}");
}

#[test]
fn a_page_shortcut_closes_an_open_menu() {
    let mut window = Window::new(1280.0, 800.0, Theme::Light);
    window.click("Edit");
    assert!(window.harness.query_by_label_contains("Edit history").is_some());
    window.harness.key_press_modifiers(Modifiers::ALT, Key::Num2);
    window.settle();
    assert_eq!(window.app().workbench.page, Page::Statistics);
    assert!(window.harness.query_by_label_contains("Edit history").is_none(), "the menu is closed");
}

#[test]
fn a_shortcut_is_changed_by_the_keyboard_and_kept() {
    let mut window = coffee(Page::Customers);
    press(&mut window, Key::F1);
    assert!(window.shows("Keyboard shortcuts"));
    window.harness.get_by_label("Search shortcuts").type_text("run");
    window.settle();
    window.harness.get_by_label("Shortcut of Run: F5").focus();
    window.settle();
    press(&mut window, Key::Enter);
    assert!(window.shows("Press the keys for Run. Esc leaves it as it is."));
    press(&mut window, Key::F9);
    assert!(window.shows("Shortcut of Run: F9"));
    press(&mut window, Key::Escape);
    assert!(window.app().workbench.shortcut_page.is_none());
    let runs = window.app().workbench.runs.len();
    press(&mut window, Key::F5);
    assert_eq!(window.app().workbench.runs.len(), runs, "F5 is nobody's");
    press(&mut window, Key::F9);
    assert_eq!(window.app().workbench.runs.len(), runs + 1);
    let kept = Settings::load(&window.folder.path().join("home"));
    assert_eq!(kept.shortcuts["unify-and-dependencies"], ["F9"]);
}

#[test]
fn a_clash_and_a_reserved_key_are_refused_with_a_reason() {
    let mut window = Window::new(1280.0, 800.0, Theme::Light);
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Slash);
    window.settle();
    window.click("Shortcut of New project: Ctrl+N");
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    window.settle();
    assert!(window.harness.query_by_label_contains("Ctrl+S is the shortcut of Save already").is_some());
    window.click("Shortcut of New project: Ctrl+N");
    press(&mut window, Key::K);
    assert!(window.harness.query_by_label_contains("K is for typing and moving about").is_some());
    window.click("No shortcut for New project");
    assert!(window.shows("Shortcut of New project: None"));
    window.click("Reset the shortcut of New project");
    assert!(window.shows("Shortcut of New project: Ctrl+N"));
    window.click("Close");
    assert!(window.app().workbench.shortcut_page.is_none());
}

/// What has the focus.
fn focused(window: &Window) -> Option<String> {
    let mut nodes = window.harness.root().children_recursive();
    nodes.find(|node| node.accesskit_node().is_focused()).and_then(|node| node.accesskit_node().label())
}

#[test]
fn tab_begins_at_the_page_or_at_what_was_clicked() {
    let mut window = coffee(Page::Segments);
    press(&mut window, Key::Tab);
    assert_eq!(focused(&window).as_deref(), Some("Add segment"));
    let mut window = coffee(Page::Segments);
    window.click("Add segment");
    press(&mut window, Key::Tab);
    assert_eq!(
        focused(&window).as_deref(),
        Some("More of segment New segment"),
        "the row itself has the focus at once"
    );
    let mut window = coffee(Page::Sources);
    window.click("Refresh");
    press(&mut window, Key::Tab);
    assert_eq!(focused(&window).as_deref(), Some("Choose…"));
    window.click("Statistics");
    press(&mut window, Key::Tab);
    assert_ne!(focused(&window).as_deref(), Some("File"));
    assert_ne!(focused(&window).as_deref(), Some("Explain"));
}

#[test]
fn tab_begins_at_the_page_when_the_page_before_was_left_from_a_menu() {
    let mut window = coffee(Page::Segments);
    window.harness.get_by_label("Help").focus();
    window.settle();
    press(&mut window, Key::Tab);
    assert_ne!(focused(&window).as_deref(), Some("Add segment"), "on the same page the menu's neighbour is next");
    window.harness.get_by_label("Help").focus();
    window.settle();
    window.go(Page::Activities);
    press(&mut window, Key::Tab);
    assert_eq!(focused(&window).as_deref(), Some("Add activity"));
}
