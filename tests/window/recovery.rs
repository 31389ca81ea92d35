//! Unsaved edits outlive a killed program.

use std::fs;
use std::path::PathBuf;

use eframe::egui::{Event, Key, Modifiers, Theme};
use tributary::project::file;

use super::harness::Window;

fn edited_coffee(name: &str) -> (Window, PathBuf) {
    let mut window = Window::new(1280.0, 800.0, Theme::Light);
    window.app_mut().workbench.open_sample("coffee");
    window.settle();
    let path = window.app().workbench.path.clone().expect("a file");
    window.app_mut().workbench.edit("Rename project", |project| project.name = name.to_owned());
    window.app_mut().workbench.edit("Remove segment", |project| project.segments.truncate(1));
    window.settle();
    (window, path)
}

/// The files of copies below the home of a window.
fn copies(window: &Window) -> Vec<PathBuf> {
    let sessions = fs::read_dir(window.folder.path().join("home/sessions")).into_iter().flatten().flatten();
    sessions.map(|session| session.path().join("recovery.json")).filter(|path| path.exists()).collect()
}

/// What the window does when it goes to the back; else the copy is written after some seconds.
fn keep(window: &mut Window) {
    window.harness.event(Event::WindowFocused(false));
    window.settle();
}

/// A window dropped without an end: its lock goes, its files stay, as after a kill.
fn kill(window: Window) -> Window {
    let Window { harness, folder } = window;
    drop(harness);
    let mut next = Window::again(folder);
    next.app_mut().workbench.look_for_recoveries();
    next.app_mut().workbench.show_welcome();
    next.settle();
    next
}

#[test]
fn edits_of_a_killed_program_are_compared_and_restored() {
    let (mut window, path) = edited_coffee("Tea");
    let as_saved = file::load(&path).unwrap();
    keep(&mut window);
    assert_eq!(copies(&window).len(), 1);
    // A window that lives is not offered to another.
    let mut other = Window::beside(&window);
    other.app_mut().workbench.look_for_recoveries();
    assert_eq!(other.app().workbench.offers, []);
    let mut next = kill(window);
    assert!(next.shows("Edits that were not saved"));
    assert!(next.says("2 edits of "));
    next.click("Compare");
    assert!(next.says("Segments › "));
    next.press(Key::Escape);
    assert!(!next.shows("Edits that were not saved"), "later");
    next.tab_to("Unsaved edits of 1 project…");
    next.tab_to("Restore");
    let workbench = &next.app().workbench;
    assert_eq!((workbench.project.name.as_str(), workbench.path.as_ref()), ("Tea", Some(&path)));
    assert!(workbench.is_dirty());
    assert_eq!(file::load(&path).unwrap(), as_saved, "the file itself is as it was");
    assert_eq!(copies(&next).len(), 1, "they are kept again, by this window");
    next.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    next.settle();
    assert_eq!(*next.app().workbench.project, as_saved);
    assert_eq!(copies(&next), Vec::<PathBuf>::new(), "nothing is unsaved any more");
    next.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    next.settle();
    keep(&mut next);
    next.harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    next.settle();
    assert_eq!((file::load(&path).unwrap().name.as_str(), copies(&next).len()), ("Tea", 0));
}

#[test]
fn a_copy_is_written_by_itself_soon_after_an_edit() {
    let (mut window, _) = edited_coffee("Tea");
    let start = std::time::Instant::now();
    while copies(&window).is_empty() {
        assert!(start.elapsed().as_secs() < 30, "no copy after half a minute");
        std::thread::sleep(std::time::Duration::from_millis(100));
        window.harness.step();
    }
    window.settle();
}

#[test]
fn a_clean_end_leaves_nothing_and_a_discarded_copy_goes_for_good() {
    let (mut window, _) = edited_coffee("Tea");
    keep(&mut window);
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Q);
    window.settle();
    window.click("Don't save");
    window.app_mut().workbench.end();
    assert_eq!(fs::read_dir(window.folder.path().join("home/sessions")).unwrap().count(), 0);
    let (mut window, _) = edited_coffee("Tea");
    keep(&mut window);
    let mut next = kill(window);
    next.click("Discard…");
    assert_eq!(copies(&next).len(), 1, "asked again first");
    next.click("Discard for good");
    assert_eq!(copies(&next), Vec::<PathBuf>::new());
    assert!(!next.shows("Edits that were not saved"));
}

#[test]
fn a_damaged_copy_says_so_and_is_set_aside() {
    let (mut window, _) = edited_coffee("Tea");
    keep(&mut window);
    fs::write(&copies(&window)[0], "{\"program\": \"0.1").unwrap();
    let next = kill(window);
    let notice = next.app().workbench.notices.last().expect("a notice").text.clone();
    assert!(notice.contains("cannot be read and were set aside"), "{notice}");
    let aside = fs::read_dir(next.folder.path().join("home/damaged")).unwrap().count();
    assert_eq!((aside, copies(&next).len()), (1, 0));
}

#[test]
fn edits_of_a_project_without_a_file_come_back_too() {
    let mut window = Window::new(1280.0, 800.0, Theme::Light);
    window.app_mut().workbench.edit("Rename project", |project| project.name = "Tea".to_owned());
    keep(&mut window);
    let mut next = kill(window);
    assert!(next.shows("Never saved to a file"));
    next.press(Key::Enter);
    let workbench = &next.app().workbench;
    assert_eq!((workbench.project.name.as_str(), &workbench.path, workbench.is_dirty()), ("Tea", &None, true));
}
