//! The parts of the window by keyboard: F6 goes round them, the rail is one stop with arrows inside.

use eframe::egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tributary::workbench::{Command, Page};

use super::harness::Window;
use super::images::coffee;

fn focused(window: &Window) -> Option<String> {
    let node = window.harness.root().children_recursive().find(|node| node.is_focused())?;
    node.accesskit_node().label()
}

#[test]
fn f6_goes_round_the_parts_and_shift_f6_back() {
    let mut window = coffee(1280.0, 800.0, Theme::Light);
    window.go(Page::Segments);
    window.press(Key::F6);
    assert_eq!(focused(&window).as_deref(), Some("Add segment"), "first into the page");
    window.press(Key::F6);
    assert_eq!(focused(&window).as_deref(), Some("Search Members"), "then into the preview");
    window.press(Key::F6);
    let status = focused(&window).expect("a part of the status bar");
    assert!(status.contains("notification") || status.contains("error"), "{status}");
    window.press(Key::F6);
    assert_eq!(focused(&window).as_deref(), Some("Segments"), "the rail, at the page that is open");
    window.press(Key::F6);
    assert_eq!(focused(&window).as_deref(), Some("Add segment"), "and round again");
    window.harness.key_press_modifiers(Modifiers::SHIFT, Key::F6);
    window.settle();
    assert_eq!(focused(&window).as_deref(), Some("Segments"));
}

#[test]
fn the_rail_is_one_stop_and_its_arrows_go_from_page_to_page() {
    let mut window = coffee(1280.0, 800.0, Theme::Light);
    window.go(Page::Segments);
    window.press(Key::F6);
    window.harness.key_press_modifiers(Modifiers::SHIFT, Key::F6);
    window.settle();
    assert_eq!(focused(&window).as_deref(), Some("Segments"));
    for (key, page) in [
        (Key::ArrowDown, Page::Export),
        (Key::ArrowUp, Page::Segments),
        (Key::Home, Page::Sources),
        (Key::ArrowUp, Page::Sources),
        (Key::End, Page::LeftOut),
        (Key::ArrowUp, Page::UncertainPairs),
    ] {
        window.press(key);
        assert_eq!(window.app().workbench.page, page, "after {key:?}");
        assert_eq!(focused(&window).as_deref(), Some(page.title()), "the focus stays in the rail");
    }
    window.go(Page::Sources);
    window.press(Key::Tab);
    assert_eq!(focused(&window).as_deref(), Some("Add tables…"), "one Tab leads into the page");
}

#[test]
fn the_rail_shows_the_page_that_is_open_however_small_the_window() {
    let mut window = coffee(853.0, 533.0, Theme::Light);
    for page in [Page::LeftOut, Page::Sources, Page::Explain] {
        window.go(page);
        // A menu above the rail may be called the same.
        let rows = window.harness.query_all_by_label(page.title()).map(|node| node.rect());
        let row = rows.filter(|row| row.right() < 212.0).max_by(|a, b| a.width().total_cmp(&b.width())).expect("a row");
        assert!(row.top() > 30.0 && row.bottom() < 500.0, "{page:?} is at {row:?}");
    }
}

#[test]
fn an_empty_page_offers_the_first_missing_step() {
    let pages = [
        Page::CustomerData,
        Page::Deduplication,
        Page::Matching,
        Page::UnifiedView,
        Page::Activities,
        Page::Segments,
        Page::Export,
    ];
    for page in pages {
        let mut window = coffee(1280.0, 800.0, Theme::Light);
        window.app_mut().workbench.edit("Nothing unified", |project| {
            project.unification.clear();
            project.activities.clear();
            project.segments.clear();
            project.exports.clear();
        });
        window.go(page);
        if page != Page::CustomerData {
            window.click("Choose the tables");
            assert_eq!(window.app().workbench.page, Page::CustomerData, "from {page:?}");
        }
        window.app_mut().workbench.apply(Command::NewProject);
        window.settle();
        if window.shows("Don't save") {
            window.click("Don't save");
        }
        window.go(page);
        assert!(window.shows("Add tables…"), "{page:?} leads to the tables");
    }
}
