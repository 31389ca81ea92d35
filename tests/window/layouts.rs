//! What is as it was when a project is opened again: the page, the chosen table, the columns of its grids, the zoom.

use eframe::egui::{Key, Modifiers, Role, Theme};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tributary::workbench::{Command, Page};

use super::harness::Window;

/// The names of the columns in sight, from left to right, with their widths in whole points.
fn columns(window: &Window) -> Vec<(String, i32)> {
    let headers = window.harness.query_all_by_role(Role::ColumnHeader);
    let name = |node: egui_kittest::Node<'_>| node.accesskit_node().label().unwrap_or_default();
    let mut found: Vec<_> = headers.map(|node| (node.rect().left(), name(node), node.rect().width())).collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, name, width)| (name, width.round() as i32)).collect()
}

/// Ends the program and starts it again with the same project.
fn restarted(mut window: Window) -> Window {
    let path = window.app().workbench.path.clone().expect("a file");
    window.app_mut().workbench.end();
    let Window { harness, folder } = window;
    drop(harness);
    let mut window = Window::again(folder);
    window.app_mut().workbench.open(&path);
    window.settle();
    window
}

#[test]
fn page_table_columns_and_zoom_are_as_they_were() {
    let mut window = Window::new(1280.0, 800.0, Theme::Light);
    window.app_mut().workbench.open_sample("coffee");
    window.settle();
    window.go(Page::Sources);
    window.click("Table Store");
    window.click("Menu of Email");
    window.click("Hide column");
    window.harness.get_by_label("FullName").focus();
    let with = Modifiers { shift: true, ..Modifiers::COMMAND };
    window.harness.key_press_modifiers(with, Key::ArrowRight);
    window.settle();
    window.click("Menu of FullName");
    window.click("Fit width");
    window.app_mut().workbench.apply(Command::ZoomIn);
    window.settle();
    let before = columns(&window);
    assert!(before.iter().all(|(name, _)| name != "Email"), "{before:?}");

    let mut window = restarted(window);
    assert_eq!(window.app().workbench.page, Page::Sources);
    assert_eq!(window.app().workbench.settings.zoom, 1.1);
    assert_eq!(columns(&window), before, "of the same table");
    window.click("Table Loyalty");
    assert!(columns(&window).iter().any(|(name, _)| name == "Email"), "another table has a layout of its own");

    // A project that is opened in the place of this one begins with nothing of it.
    window.app_mut().workbench.apply(Command::NewProject);
    window.settle();
    let tables = window.sample_tables("coffee");
    window.app_mut().workbench.add_tables(vec![tables.join("store.csv")]);
    window.settle();
    assert!(columns(&window).iter().any(|(name, _)| name == "Email"), "{:?}", columns(&window));
}
