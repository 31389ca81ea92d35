//! The page Runs, and a run that waits for a decision since customers would no longer be who they were.

use std::fs;
use std::path::PathBuf;

use eframe::egui::{Key, Modifiers, Theme};
use tributary::engine::state::history::RunOutcome;
use tributary::workbench::{Command, Page};

use super::harness::Window;

pub fn coffee() -> Window {
    let mut window = Window::new(1280.0, 900.0, Theme::Light);
    window.app_mut().workbench.open_sample("coffee");
    window.settle();
    window.app_mut().workbench.notices.clear();
    window
}

/// An export was written: somebody outside may know customers by their ids.
fn exported(window: &Window) {
    let folder = file(window, "exports");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("unknown_visitors.csv"), "CustomerId\n").unwrap();
}

pub fn file(window: &Window, name: &str) -> PathBuf {
    window.folder.path().join("home/samples/coffee").join(name)
}

/// Unknown1 signs in as Ana, and the project is run.
fn sign_in(window: &mut Window) {
    let path = file(window, "web.csv");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(path, text + "5,07-24-2022 09:00:00,Unknown1,707,Loyalty sign-in\n").unwrap();
    window.harness.key_press(Key::F5);
    window.settle();
}

fn customers(window: &Window) -> u64 {
    window.app().workbench.published.as_ref().unwrap().report.customers
}

fn outcomes(window: &Window) -> Vec<RunOutcome> {
    window.app().workbench.runs.iter().map(|run| run.outcome).collect()
}

fn press(window: &mut Window, key: Key) {
    window.harness.key_press(key);
    window.settle();
}

#[test]
fn a_first_run_and_one_without_such_changes_publish_at_once() {
    let mut window = coffee();
    assert_eq!((customers(&window), outcomes(&window)), (5, vec![RunOutcome::Done]));
    press(&mut window, Key::F5);
    assert!(window.app().workbench.pending.is_none());
    assert_eq!(outcomes(&window), [RunOutcome::Done; 2]);
}

#[test]
fn a_merge_waits_until_it_is_published_by_the_keyboard() {
    let mut window = coffee();
    exported(&window);
    sign_in(&mut window);
    assert!(window.shows("Publish this run?") && window.shows("Merged: 1"));
    assert_eq!((customers(&window), outcomes(&window).len()), (5, 1), "nothing is published yet");
    assert!(!file(&window, "coffee.state/running").exists());
    // Publish has the focus.
    press(&mut window, Key::Enter);
    assert!(!window.shows("Publish this run?"));
    assert_eq!((customers(&window), outcomes(&window)), (4, vec![RunOutcome::Done; 2]));
    assert!(!window.app().workbench.is_stale());
}

#[test]
fn a_second_run_on_the_first_day_is_published_and_tells_what_changed() {
    let mut window = coffee();
    sign_in(&mut window);
    assert!(window.app().workbench.pending.is_none());
    assert_eq!((customers(&window), outcomes(&window)), (4, vec![RunOutcome::Done; 2]));
    assert!(window.says("Since the last run 1 merged"));
    window.click("See");
    assert_eq!(window.app().workbench.page, Page::Runs);
    assert!(window.shows("Merged: 1"));
}

#[test]
fn a_run_that_loses_most_customers_asks_even_then() {
    let mut window = coffee();
    for name in ["web", "loyalty", "store"] {
        let path = file(&window, &format!("{name}.csv"));
        let text = fs::read_to_string(&path).unwrap();
        let kept = if name == "loyalty" { 2 } else { 1 };
        fs::write(path, text.lines().take(kept).map(|line| format!("{line}\n")).collect::<String>()).unwrap();
    }
    press(&mut window, Key::F5);
    assert!(window.shows("Publish this run?"));
    assert_eq!(customers(&window), 5);
}

#[test]
fn a_click_beside_the_question_leaves_it_open() {
    let mut window = coffee();
    exported(&window);
    sign_in(&mut window);
    window.harness.drag_at(eframe::egui::pos2(20.0, 500.0));
    window.harness.drop_at(eframe::egui::pos2(20.0, 500.0));
    window.settle();
    assert!(window.shows("Publish this run?"));
    assert!(window.says("a run waits for your decision"));
}

#[test]
fn escape_puts_the_question_away_and_the_run_waits() {
    let mut window = coffee();
    exported(&window);
    sign_in(&mut window);
    press(&mut window, Key::Escape);
    assert!(!window.shows("Publish this run?"));
    assert!(window.app().workbench.pending.is_some());
    assert!(window.shows("A run waits to be published: 1 merged, 0 split, 0 gone."));
    // It has a row of its own beside the runs with numbers.
    window.go(Page::Runs);
    assert!(window.shows("A run that waits") && !window.shows("Run 1"));
    window.go(Page::Customers);
    window.click("Decide…");
    assert!(window.shows("Publish this run?"));
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Num1);
    window.settle();
    assert_eq!(window.app().workbench.page, Page::Customers, "the page behind the question stays");
    press(&mut window, Key::Tab);
    press(&mut window, Key::Enter);
    assert!(window.app().workbench.pending.is_none());
    window.go(Page::Runs);
    assert!(window.shows("These customers were not published and are not kept."));
    assert_eq!((customers(&window), outcomes(&window)), (5, vec![RunOutcome::Done, RunOutcome::Kept]));
    // Asked again, it waits again.
    press(&mut window, Key::F5);
    assert!(window.shows("Publish this run?"));
}

#[test]
fn a_count_opens_the_customers_behind_it() {
    let mut window = coffee();
    exported(&window);
    sign_in(&mut window);
    window.click("Merged: 1");
    assert_eq!(window.app().workbench.page, Page::Runs);
    assert!(window.shows("Merged in the run that waits") && window.shows("1 row"));
    window.click("Back to the run");
    window.click("Fields changed: 1");
    assert!(window.shows("Fields changed in the run that waits"));
    window.click("Back to the run");
    window.click("Publish");
    assert_eq!(outcomes(&window), [RunOutcome::Done; 2]);
    // What changed stays on the screen for the last run.
    window.click("Merged: 1");
    assert!(window.shows("Merged in the last run"));
}

#[test]
fn a_run_that_came_between_makes_the_waiting_one_run_again() {
    let mut window = coffee();
    exported(&window);
    sign_in(&mut window);
    press(&mut window, Key::Escape);
    // Another program ran the project meanwhile.
    let identity = file(&window, "coffee.state/identity");
    fs::remove_dir_all(identity).unwrap();
    window.click("Decide…");
    window.click("Publish");
    let told = window.app().workbench.notices.iter().any(|notice| notice.text.contains("made again"));
    assert!(told && window.app().workbench.pending.is_some(), "it is made again, and waits again");
    assert_eq!(outcomes(&window), [RunOutcome::Done]);
}

#[test]
fn the_page_runs_shows_every_run() {
    let mut window = coffee();
    window.go(Page::Runs);
    for text in ["Run 1", "Published", "It was the first run: there was nothing to compare it with.", "Match"] {
        assert!(window.shows(text), "{text}");
    }
    exported(&window);
    sign_in(&mut window);
    window.click("Publish");
    assert!(window.shows("Run 2") && window.shows("4 (−1)"));
    // A run that fails says why.
    fs::remove_file(file(&window, "store.csv")).unwrap();
    window.app_mut().workbench.apply(Command::UnifyAndDependencies);
    window.settle();
    assert_eq!(outcomes(&window).last(), Some(&RunOutcome::Failed));
    window.click("Dismiss notice 1");
    assert!(window.shows("Copy the message"));
}

#[test]
fn a_project_saved_elsewhere_brings_its_ids_and_history() {
    let mut window = coffee();
    let path = window.folder.path().join("second.tributary");
    let id = window.app().workbench.project.id.clone();
    window.app_mut().workbench.save_to(&path);
    window.settle();
    let second = window.folder.path().join("second.state");
    assert!(second.join("identity/identity.json").exists() && second.join("results/report.json").exists());
    let given = window.app().workbench.project.id.clone();
    assert!(!given.is_empty() && (id.is_empty() || id == given));
    assert_eq!(outcomes(&window), [RunOutcome::Done; 2], "the run before came along");
    assert!(window.app().workbench.pending.is_none());
    let exports = window.folder.path().join("exports");
    fs::create_dir_all(&exports).unwrap();
    fs::write(exports.join("unknown_visitors.csv"), "CustomerId\n").unwrap();
    // Ids go on.
    let web = file(&window, "web.csv");
    let text = fs::read_to_string(&web).unwrap();
    fs::write(web, text + "5,07-24-2022 09:00:00,Unknown1,707,Loyalty sign-in\n").unwrap();
    press(&mut window, Key::F5);
    assert!(window.shows("Merged: 1"));
}

#[test]
fn a_project_without_a_file_keeps_its_ids_while_it_is_open_and_takes_them_along() {
    let mut window = coffee();
    let project = (*window.app().workbench.project).clone();
    let tables = file(&window, "");
    window.app_mut().workbench.apply(Command::NewProject);
    window.app_mut().workbench.edit("Take over", |new| {
        let id = new.id.clone();
        *new = project;
        new.id = id;
        for table in &mut new.source_tables {
            table.path = tables.join(&table.path).display().to_string();
        }
    });
    window.settle();
    press(&mut window, Key::F5);
    assert_eq!((customers(&window), outcomes(&window)), (5, vec![RunOutcome::Done]));
    sign_in(&mut window);
    assert_eq!((customers(&window), outcomes(&window).len()), (4, 2));
    let path = window.folder.path().join("new.tributary");
    window.app_mut().workbench.save_to(&path);
    window.settle();
    let previous = |window: &Window| {
        let table = window.app().workbench.published.as_ref().unwrap().customers.clone().unwrap();
        let column = table.column("PreviousCustomerId").unwrap();
        (0..table.rows).filter(|&row| !column.is_blank(row)).count()
    };
    assert_eq!(previous(&window), 1);
    assert!(window.app().workbench.pending.is_none());
}

#[test]
fn the_window_tells_of_a_run_that_was_killed() {
    let mut window = coffee();
    let mark = r#"{"number":2,"started":"2026-07-01T12:00:00Z","by":"command_line","until":"segments"}"#;
    fs::write(file(&window, "coffee.state/running"), mark).unwrap();
    let path = file(&window, "coffee.tributary");
    window.app_mut().workbench.open(&path);
    window.settle();
    let told = "On this project a run begun at 2026-07-01T12:00:00Z did not end; the last results are as they were";
    assert!(window.app().workbench.notices.iter().any(|notice| notice.text == told));
    assert_eq!(outcomes(&window), [RunOutcome::Done, RunOutcome::Killed]);
    assert_eq!(customers(&window), 5);
}
