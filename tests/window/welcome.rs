//! The welcome page, by mouse and by keyboard only.

use std::fs;

use eframe::egui::{Key, Theme};
use tributary::workbench::Leave;

use super::harness::Window;

/// A later start: the coffee and the shoe sample were opened before.
fn later() -> Window {
    let mut before = Window::new(1280.0, 800.0, Theme::Light);
    for sample in ["shoes", "coffee"] {
        before.app_mut().workbench.leave(Leave::Sample(sample.to_owned()));
        before.settle();
    }
    before.app_mut().workbench.end();
    let Window { harness, folder } = before;
    drop(harness);
    let mut window = Window::again(folder);
    window.app_mut().workbench.show_welcome();
    window.settle();
    window
}

#[test]
fn recent_projects_are_listed_the_latest_first_and_opened_by_keyboard() {
    let mut window = later();
    let names: Vec<_> = window.app().workbench.settings.recent.iter().map(|recent| recent.name.clone()).collect();
    assert_eq!(names, ["Coffee", "Shoes"]);
    assert!(!window.shows("Unified data view"), "no steps without a project");
    window.press(Key::ArrowDown);
    window.press(Key::ArrowUp);
    window.press(Key::ArrowDown);
    window.tab_to("Open Shoes");
    assert_eq!(window.app().workbench.project.name, "Shoes");
    assert!(!window.app().workbench.is_welcome);
}

#[test]
fn a_missing_project_is_located_or_removed() {
    let mut window = later();
    let coffee = window.app().workbench.settings.recent[0].path.clone();
    let moved = coffee.with_file_name("moved.tributary");
    fs::rename(&coffee, &moved).unwrap();
    fs::remove_file(&window.app().workbench.settings.recent[1].path).unwrap();
    window.app_mut().workbench.show_welcome();
    window.settle();
    window.click("Remove Shoes");
    assert_eq!(window.app().workbench.settings.recent.len(), 1);
    window.click("Locate Coffee");
    window.fill("Path of a project", &moved.display().to_string());
    window.click("Open this path");
    let workbench = &window.app().workbench;
    assert_eq!(workbench.path.as_ref(), Some(&moved));
    assert_eq!((workbench.settings.recent.len(), &workbench.settings.recent[0].path), (1, &moved));
}

#[test]
fn samples_and_a_new_project_begin_from_the_welcome_page() {
    let mut window = later();
    window.click("Open a copy of Shoe shop");
    assert_eq!(window.app().workbench.project.name, "Shoes");
    window.app_mut().workbench.show_welcome();
    window.settle();
    window.click("Back to Shoes");
    assert!(!window.app().workbench.is_welcome);
    window.app_mut().workbench.show_welcome();
    window.settle();
    window.tab_to("New project");
    assert_eq!(window.app().workbench.project.name, "New project");
    assert!(!window.app().workbench.is_welcome);
}

/// Help opens over the welcome page as over any other: versions, news, licences and the log.
#[test]
fn help_tells_versions_news_licences_and_the_log() {
    let mut window = later();
    window.app_mut().workbench.settings.seen_version = Some("0.0.1".to_owned());
    window.settle();
    window.tab_to(&format!("What's new in {}", env!("CARGO_PKG_VERSION")));
    assert!(window.says("Welcome page"));
    assert!(!window.app().workbench.has_news(), "seen now");
    window.click("Licences");
    window.fill("Search licences", "polars-parquet");
    assert!(window.says("polars-parquet 0."));
    assert!(!window.says("egui-winit 0."));
    window.click("Log file");
    assert!(window.shows("Nothing is logged yet."));
    window.click("About");
    assert!(window.shows(env!("CARGO_PKG_VERSION")));
    window.press(Key::Escape);
    assert_eq!(window.app().workbench.help, None);
}

#[test]
fn a_damaged_project_is_told_of_on_the_welcome_page_with_the_version_before_it() {
    let mut window = later();
    let coffee = window.app().workbench.settings.recent[0].path.clone();
    let shoes = window.app().workbench.settings.recent[1].path.clone();
    let whole = fs::read_to_string(&coffee).unwrap();
    fs::write(&coffee, &whole[..whole.len() / 2]).unwrap();
    window.click("Open Coffee");
    assert!(window.app().workbench.is_welcome && window.shows("coffee.tributary was not opened"));
    assert!(window.says("is damaged") && window.shows("Show folder"));
    assert!(!window.shows("Open the version before"), "there is none yet");
    window.app_mut().workbench.open(&shoes);
    window.settle();
    assert!(!window.app().workbench.is_welcome);
    // A project that is open stays so behind it.
    fs::write(coffee.with_extension("tributary.bak"), &whole).unwrap();
    window.app_mut().workbench.open(&coffee);
    window.settle();
    assert_eq!(window.app().workbench.path.as_ref(), Some(&shoes));
    assert!(window.shows("Back to Shoes"));
    window.click("Open the version before");
    assert_eq!(window.app().workbench.project.name, "Coffee (copy)");
    assert_eq!(window.app().workbench.path, None, "nothing is written over");
    assert!(!window.app().workbench.is_welcome && window.app().workbench.problems.is_empty());
}
