//! Unsaved edits before anything takes the project's place, two windows on one project, and files saved by others.

use std::fs;
use std::path::PathBuf;

use eframe::egui::{Event, HoveredFile, Key, Modifiers, Theme};
use tributary::project::file;
use tributary::workbench::{Command, Elsewhere, Leave};

use super::harness::Window;

/// The coffee sample, opened from its file.
fn coffee() -> Window {
    let mut window = Window::new(1280.0, 800.0, Theme::Light);
    window.app_mut().workbench.open_sample("coffee");
    window.settle();
    window.app_mut().workbench.notices.clear();
    window
}

fn edit(window: &mut Window, name: &str) {
    window.app_mut().workbench.edit("Rename project", |project| project.name = name.to_owned());
    window.settle();
}

fn path(window: &Window) -> PathBuf {
    window.app().workbench.path.clone().expect("a file")
}

fn name_in_file(path: &std::path::Path) -> String {
    file::load(path).unwrap().name
}

fn command(window: &mut Window, key: Key) {
    window.harness.key_press_modifiers(Modifiers::COMMAND, key);
    window.settle();
}

#[test]
fn a_new_project_asks_for_unsaved_edits_and_the_answers_do_what_they_say() {
    let mut window = coffee();
    let path = path(&window);
    edit(&mut window, "Tea");
    command(&mut window, Key::N);
    assert!(window.says("Tea has 1 edit that no file holds yet, and a new project is started"));
    window.press(Key::Escape);
    assert_eq!(window.app().workbench.project.name, "Tea", "Cancel leaves everything");
    command(&mut window, Key::N);
    window.click("Don't save");
    assert_eq!((window.app().workbench.project.name.as_str(), &*name_in_file(&path)), ("New project", "Coffee"));
    window.app_mut().workbench.open(&path);
    window.settle();
    edit(&mut window, "Tea");
    command(&mut window, Key::N);
    // Save has the focus.
    window.press(Key::Enter);
    assert_eq!((window.app().workbench.project.name.as_str(), &*name_in_file(&path)), ("New project", "Tea"));
}

/// Samples, recent projects, dropped projects and closing ask the same question.
#[test]
fn every_way_out_asks() {
    let mut window = coffee();
    let coffee = path(&window);
    edit(&mut window, "Tea");
    for to in [Leave::Sample("shoes".to_owned()), Leave::Open(coffee.clone()), Leave::New] {
        window.app_mut().workbench.leave(to);
        window.settle();
        assert!(window.shows("Save your edits?"));
        window.tab_to("Cancel");
        assert!(!window.shows("Save your edits?"));
    }
    window.app_mut().workbench.take_dropped(vec![coffee]);
    window.settle();
    assert!(window.shows("Save your edits?"));
    window.tab_to("Cancel");
    command(&mut window, Key::Q);
    assert!(window.says("and the window closes"));
    assert!(!window.app().workbench.has_left);
    window.tab_to("Don't save");
    assert!(window.app().workbench.has_left);
}

#[test]
fn a_project_without_a_file_is_saved_where_it_is_said_and_an_error_keeps_one_there() {
    let mut window = Window::new(1280.0, 800.0, Theme::Light);
    edit(&mut window, "Tea");
    command(&mut window, Key::N);
    window.fill("Save to", "/no such folder/tea.tributary");
    window.click("Save");
    assert!(window.says("there is no folder"), "the question stays, with the error");
    assert_eq!(window.app().workbench.project.name, "Tea");
    let path = window.folder.path().join("tea.tributary");
    window.fill("Save to", &path.display().to_string());
    window.press(Key::Enter);
    assert_eq!((window.app().workbench.project.name.as_str(), &*name_in_file(&path)), ("New project", "Tea"));
}

#[test]
fn a_project_open_in_another_window_says_so() {
    let first = coffee();
    let path = path(&first);
    let mut second = Window::beside(&first);
    second.app_mut().workbench.open(&path);
    second.settle();
    assert!(second.says(&format!("process {}", std::process::id())));
    second.tab_to("Cancel");
    assert_eq!(second.app().workbench.path, None);
    second.app_mut().workbench.open(&path);
    second.settle();
    second.press(Key::Enter);
    let workbench = &second.app().workbench;
    assert_eq!((workbench.path.as_ref(), workbench.project.name.as_str()), (None, "Coffee (copy)"));
    assert!(workbench.live.run.is_some(), "its tables are found");
    // The other name of the same file is no way around.
    second.app_mut().workbench.save_to(&path);
    let notice = second.app().workbench.notices.last().expect("a notice").text.clone();
    assert!(notice.contains("is open in another window"), "{notice}");
    // A window that died holds nothing.
    drop(first.harness);
    second.app_mut().workbench.leave(Leave::Open(path.clone()));
    second.settle();
    assert_eq!(second.app().workbench.path, Some(path));
}

#[test]
fn what_another_program_saved_is_told_and_never_overwritten_unasked() {
    let mut window = coffee();
    let path = path(&window);
    let mut theirs = file::load(&path).unwrap();
    theirs.name = "Theirs".to_owned();
    file::save(&theirs, &path).unwrap();
    edit(&mut window, "Mine");
    window.harness.event(Event::WindowFocused(true));
    window.settle();
    assert_eq!(window.app().workbench.elsewhere, Some(Elsewhere::Changed));
    window.click("Reload");
    assert_eq!(window.app().workbench.project.name, "Theirs");
    assert!(!window.app().workbench.is_dirty());
    command(&mut window, Key::Z);
    assert_eq!(window.app().workbench.project.name, "Mine", "undo brings one's own version back");
    theirs.name = "Theirs again".to_owned();
    file::save(&theirs, &path).unwrap();
    command(&mut window, Key::S);
    assert!(window.shows("Changed by someone else"));
    assert_eq!(name_in_file(&path), "Theirs again");
    window.tab_to("Save mine");
    assert_eq!((&*name_in_file(&path), window.app().workbench.is_dirty()), ("Mine", false));
    fs::remove_file(&path).unwrap();
    window.harness.event(Event::WindowFocused(true));
    window.settle();
    assert!(window.says("is not there any more"));
    command(&mut window, Key::S);
    assert_eq!(name_in_file(&path), "Mine");
    assert_eq!(window.app().workbench.elsewhere, None);
}

#[test]
fn hovering_files_tell_what_dropping_them_does() {
    let mut window = coffee();
    let hovered =
        ["a.csv", "b.parquet", "c.png"].map(|name| HoveredFile { path: Some(name.into()), ..Default::default() });
    window.harness.input_mut().hovered_files = hovered.to_vec();
    // The first frame of an area only measures it.
    (0..3).for_each(|_| window.harness.step());
    assert!(window.shows("Add 2 source tables: a.csv, b.parquet"));
    assert!(window.says("Not c.png"));
    window.harness.input_mut().hovered_files = Vec::new();
    window.harness.step();
    window.harness.step();
    assert!(!window.says("Not c.png"));
}

#[test]
fn zoom_colours_and_the_last_page_come_back() {
    let mut window = coffee();
    let path = path(&window);
    command(&mut window, Key::Plus);
    window.app_mut().workbench.apply(Command::ToggleRail);
    window.app_mut().workbench.apply(Command::ToggleTheme);
    window.app_mut().workbench.apply(Command::Go(tributary::workbench::Page::Segments));
    window.settle();
    assert!((window.harness.ctx.zoom_factor() - 1.1).abs() < 0.001);
    assert!(!window.shows("Unified data view"), "the steps are put away");
    window.app_mut().workbench.end();
    let mut next = Window::beside(&window);
    next.app_mut().workbench.open(&path);
    next.settle();
    let workbench = &next.app().workbench;
    assert_eq!((workbench.page, workbench.settings.rail_hidden), (tributary::workbench::Page::Segments, true));
    assert!((workbench.settings.zoom - 1.1).abs() < 0.001);
}
