//! Lists of things: one stop of Tab, walked by arrows; Enter goes on, Delete removes and Undo brings back.

use eframe::egui::{Event, Key, Modifiers, Role, Theme};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tributary::workbench::{Command, Page};

use super::harness::Window;
use super::images::coffee;

/// The row that has the focus, and whether it is chosen.
fn row(window: &Window) -> Option<(String, bool)> {
    let mut rows = window.harness.query_all_by_role(Role::ListBoxOption);
    let node = rows.find(|node| node.is_focused())?;
    Some((node.accesskit_node().label()?, node.accesskit_node().is_selected() == Some(true)))
}

fn focused(window: &Window) -> Option<String> {
    let node = window.harness.root().children_recursive().find(|node| node.is_focused())?;
    node.accesskit_node().label()
}

/// The rows of a list that Tab stops at on its way once round the window, from the row it is at.
fn stops(window: &mut Window) -> Vec<String> {
    let (start, _) = row(window).expect("a row");
    let mut stops = Vec::new();
    for _ in 0..200 {
        window.harness.key_press(Key::Tab);
        window.harness.step();
        stops.extend(row(window).map(|(label, _)| label));
        if stops.last() == Some(&start) {
            return stops;
        }
    }
    panic!("Tab does not come back to {start}");
}

#[test]
fn a_list_is_one_stop_of_tab_and_the_arrows_choose() {
    for (page, rows) in [
        (Page::Sources, ["Table Loyalty", "Table Store", "Table Web"]),
        (Page::CustomerData, ["Table Loyalty", "Table Store", "Table Web"]),
        (Page::Deduplication, ["Table Loyalty", "Table Store", "Table Web"]),
    ] {
        let mut window = coffee(1280.0, 800.0, Theme::Light);
        window.go(page);
        window.row_by_key(rows[0]);
        for (key, expected) in [
            (Key::ArrowDown, rows[1]),
            (Key::End, rows[2]),
            (Key::ArrowDown, rows[2]),
            (Key::Home, rows[0]),
            (Key::ArrowUp, rows[0]),
        ] {
            window.press(key);
            assert_eq!(row(&window), Some((expected.to_owned(), true)), "{page:?} after {key:?}");
        }
        assert_eq!(stops(&mut window), [rows[0]], "of the rows of {page:?}, Tab stops at one");
    }
}

#[test]
fn the_arrows_lead_from_box_to_box_and_space_ticks() {
    let mut window = coffee(1280.0, 800.0, Theme::Light);
    window.app_mut().workbench.edit("Loyalty alone", |project| project.unification.truncate(1));
    window.go(Page::CustomerData);
    window.row_by_key("Table Loyalty");
    window.harness.key_press_modifiers(Modifiers::SHIFT, Key::Tab);
    window.settle();
    assert_eq!(focused(&window).as_deref(), Some("Unify Loyalty"));
    window.press(Key::ArrowDown);
    assert_eq!(focused(&window).as_deref(), Some("Unify Store"));
    window.press(Key::Space);
    assert!(window.app().workbench.project.unification_table("store").is_some());
    assert_eq!(focused(&window).as_deref(), Some("Unify Store"), "the focus stays");
    window.press(Key::Tab);
    assert_eq!(row(&window), Some(("Table Store".to_owned(), true)));
    window.press(Key::ArrowUp);
    assert_eq!(row(&window), Some(("Table Loyalty".to_owned(), true)));
}

#[test]
fn tab_goes_on_from_a_field_that_enter_left() {
    let mut window = coffee(1280.0, 800.0, Theme::Light);
    window.go(Page::Segments);
    window.click("Add segment");
    let mut next = |presses: &[Key]| {
        window.row_by_key("Segment New segment");
        window.press(Key::Enter);
        assert_eq!(focused(&window).as_deref(), Some("Segment name"));
        presses.iter().for_each(|key| window.press(*key));
        focused(&window)
    };
    let after_tab = next(&[Key::Tab]);
    assert!(after_tab.is_some());
    assert_eq!(next(&[Key::Enter]), None, "a field lets the focus go");
    assert_eq!(next(&[Key::Enter, Key::Tab]), after_tab);
}

#[test]
fn enter_goes_on_to_the_editor_and_delete_is_an_edit_to_undo() {
    let mut window = coffee(1280.0, 800.0, Theme::Light);
    window.go(Page::Segments);
    let count = |window: &Window| window.app().workbench.project.segments.len();
    let before = count(&window);
    window.click("Add segment");
    assert_eq!(focused(&window).as_deref(), Some("Segment New segment"), "what was added has the focus");
    window.press(Key::Enter);
    assert_eq!(focused(&window).as_deref(), Some("Segment name"));
    window.row_by_key("Segment New segment");
    window.press(Key::Delete);
    assert_eq!(count(&window), before);
    assert_eq!(window.app().workbench.history.undo_label(), Some("Delete segment New segment"));
    window.app_mut().workbench.apply(Command::Undo);
    window.settle();
    assert_eq!(count(&window), before + 1);
    window.go(Page::Sources);
    window.row_by_key("Table Web");
    window.press(Key::Delete);
    assert!(window.says("Web is not removed, because it is used"), "as its own button says");
}

#[test]
fn a_long_list_is_searched_and_takes_its_share_of_the_height() {
    let mut window = coffee(1280.0, 800.0, Theme::Light);
    window.app_mut().workbench.edit("Many tables", |project| {
        for number in 0..40 {
            let mut table = project.source_tables[0].clone();
            table.id = format!("shop{number}");
            table.name = format!("Shop{number}");
            project.source_tables.push(table);
        }
    });
    window.settle();
    window.go(Page::Sources);
    let in_sight = |window: &Window| {
        let rows = window.harness.query_all_by_role(Role::ListBoxOption);
        rows.filter(|node| node.rect().bottom() < 0.4 * 800.0 + 180.0).count()
    };
    assert!(in_sight(&window) >= 11, "{} rows are in sight", in_sight(&window));
    window.click("Search tables");
    window.harness.event(Event::Text("shop3".to_owned()));
    window.settle();
    assert_eq!(window.harness.query_all_by_role(Role::ListBoxOption).count(), 11, "Shop3 and Shop30 to Shop39");
    window.press(Key::ArrowDown);
    assert_eq!(row(&window), Some(("Table Shop3".to_owned(), true)));
    window.press(Key::End);
    assert_eq!(row(&window), Some(("Table Shop39".to_owned(), true)));
}
