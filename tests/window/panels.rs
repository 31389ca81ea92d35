//! The panel below the page: problems, jobs, notifications, by mouse and by keyboard alone.

use std::fs;

use eframe::egui::accesskit::Role;
use eframe::egui::{self, Key, Modifiers, OutputCommand, Theme};
use egui_kittest::kittest::Queryable as _;
use tributary::project::validate::Place;
use tributary::workbench::panel::{PanelTab, problem_text};
use tributary::workbench::{Command, Ending, Lane, Page};

use super::editing::coffee;
use super::harness::Window;

fn with_shift(window: &mut Window, key: Key) {
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, key);
    window.settle();
}

/// What a click on a button put on the clipboard.
fn copied_by(window: &mut Window, button: &str) -> String {
    window.harness.get_by_label(button).click();
    window.harness.step();
    let commands = &window.harness.output().platform_output.commands;
    let copied = commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    window.settle();
    copied.expect("something was copied")
}

/// A project with problems on two pages: a segment without a name, and two exports without a path.
fn with_problems() -> Window {
    let mut window = coffee(Page::Sources);
    window.app_mut().workbench.edit("Break", |project| {
        project.segments[0].name.clear();
        project.exports[0].path.clear();
        let mut second = project.exports[0].clone();
        (second.id, second.name) = ("z".to_owned(), "Second".to_owned());
        project.exports.push(second);
    });
    window.settle();
    assert!(window.app().workbench.problems.len() >= 3, "{:?}", window.app().workbench.problems);
    window
}

/// Whether the second export is the one in the editor.
fn names_second(window: &Window) -> bool {
    let mut fields = window.harness.query_all_by_role(Role::TextInput);
    fields.any(|field| field.value().as_deref() == Some("Second"))
}

#[test]
fn the_keyboard_goes_from_the_list_of_problems_to_the_place_of_one() {
    let mut window = with_problems();
    with_shift(&mut window, Key::M);
    assert!(window.says("problem") && window.shows("Search problems"));
    let problems = window.app().workbench.problems.clone();
    let last = problems.iter().filter(|problem| problem.place.page() == "Export").count();
    // Segments stand before exports: down to the first problem of the exports.
    (0..problems.len() - last).for_each(|_| window.press(Key::ArrowDown));
    window.press(Key::Enter);
    assert_eq!(window.app().workbench.page, Page::Export);
    assert!(!names_second(&window), "the first export is selected");
    window.press(Key::End);
    window.press(Key::Enter);
    assert!(names_second(&window), "the export of the problem is selected");
    window.press(Key::Home);
    window.press(Key::Enter);
    assert_eq!(window.app().workbench.page, Page::Segments);
    with_shift(&mut window, Key::M);
    assert!(!window.shows("Search problems"), "the same keys put it away");
}

#[test]
fn problems_are_searched_copied_and_opened_by_a_click() {
    let mut window = with_problems();
    with_shift(&mut window, Key::M);
    let count = window.app().workbench.problems.len();
    assert_eq!(copied_by(&mut window, "Copy all").lines().count(), count);
    window.fill("Search problems", "segment");
    let found = copied_by(&mut window, "Copy all");
    assert!(found.lines().count() < count && found.starts_with("Error on Segments: "), "{found}");
    let line = found.lines().next().unwrap().to_owned();
    window.click(&line);
    assert_eq!(window.app().workbench.page, Page::Segments);
    window.fill("Search problems", "nothing is like this");
    assert!(window.shows("No problem is like this."));
}

#[test]
fn the_head_of_a_page_says_its_first_problem_and_leads_to_the_list() {
    let mut window = with_problems();
    window.go(Page::Export);
    let of_page = window.app().workbench.problems.iter().filter(|problem| problem.place.page() == "Export").count();
    let more = format!("{of_page} problems, first: ");
    assert!(window.says(&more));
    window.harness.get_by_label_contains(&more).click();
    window.settle();
    assert_eq!(window.app().workbench.settings.panel, Some(PanelTab::Problems));
    assert!(!window.says("Error on Segments"), "those of this page only");
}

#[test]
fn problems_never_move_the_page() {
    let mut window = coffee(Page::Export);
    let top = |window: &Window| window.harness.get_by_label("Add export").rect();
    let before = top(&window);
    window.app_mut().workbench.edit("Break", |project| project.exports[0].path.clear());
    window.settle();
    assert!(!window.app().workbench.problems.is_empty());
    assert_eq!(top(&window), before);
}

#[test]
fn jobs_that_are_over_are_listed_with_their_stages() {
    let mut window = coffee(Page::Review);
    window.app_mut().workbench.apply(Command::UnifyAndDependencies);
    window.settle();
    let runs = |window: &Window| {
        let ended = window.app().workbench.ended_jobs();
        ended.iter().filter(|job| job.lane == Lane::Run).cloned().collect::<Vec<_>>()
    };
    assert!(runs(&window).iter().all(|job| job.ending == Ending::Done && !job.stages.is_empty()));
    let last = runs(&window).pop().unwrap();
    assert!(last.reused() > 0, "what the live counts had made is taken over");
    with_shift(&mut window, Key::J);
    assert!(window.says("Run at ") && window.says(&format!("{} reused", last.reused())));
    assert!(copied_by(&mut window, "Copy all").contains("Load Loyalty: reused"));
    // A run that fails says why.
    let base = window.app().workbench.base();
    let store = base.join(&window.app().workbench.project.source_table("store").unwrap().path);
    fs::remove_file(store).unwrap();
    window.app_mut().workbench.apply(Command::UnifyAndDependencies);
    window.settle();
    let failed = runs(&window).pop().unwrap();
    assert!(matches!(&failed.ending, Ending::Failed(message) if message.contains("store.csv")), "{failed:?}");
}

#[test]
fn what_was_told_can_be_read_again_and_copied() {
    let mut window = coffee(Page::Sources);
    with_shift(&mut window, Key::N);
    window.app_mut().workbench.notify(tributary::workbench::Level::Error, "The disk is full");
    window.settle();
    window.click("Dismiss notice 1");
    assert!(window.app().workbench.notices.toasts().is_empty());
    assert!(window.says("The disk is full"), "it stays in the list");
    assert!(copied_by(&mut window, "Copy").ends_with("Error: The disk is full"));
    window.click("Clear");
    assert!(!window.says("The disk is full"));
}

#[test]
fn the_panel_is_open_again_at_the_next_start() {
    let mut window = Window::new(1280.0, 800.0, Theme::Light);
    window.go(Page::Sources);
    with_shift(&mut window, Key::J);
    with_shift(&mut window, Key::N);
    let mut next = Window::beside(&window);
    next.go(Page::Sources);
    assert!(next.says("What the program tells you is kept here"));
}

#[test]
fn a_problem_of_a_guard_opens_the_guards() {
    let mut window = coffee(Page::Sources);
    window.app_mut().workbench.edit("Break", |project| project.guards.max_records = Some(0));
    window.settle();
    let problems = window.app().workbench.problems.clone();
    let problem = problems.iter().find(|problem| problem.place == Place::Guards).expect("a limit of none").clone();
    with_shift(&mut window, Key::M);
    window.click(&problem_text(&problem));
    assert_eq!(window.app().workbench.page, Page::Matching);
    assert!(window.shows("At most records in a profile"), "the card is open");
}

#[test]
fn a_look_at_a_file_that_is_not_there_is_listed_as_failed() {
    let mut window = coffee(Page::Sources);
    let gone = window.folder.path().join("gone.csv");
    window.app_mut().workbench.add_tables(vec![gone]);
    window.settle();
    let mut looks = window.app().workbench.ended_jobs().iter().filter(|job| job.lane == Lane::Look);
    let last = looks.next_back().cloned().expect("the look is listed");
    assert!(matches!(&last.ending, Ending::Failed(why) if why.contains("gone.csv")), "{last:?}");
    with_shift(&mut window, Key::J);
    assert!(window.says("First look at files at ") && window.says("Failed after"));
}

#[test]
fn an_export_that_is_cancelled_leaves_no_file() {
    let mut window = coffee(Page::Export);
    let id = window.app().workbench.project.exports[0].id.clone();
    let path = window.app().workbench.base().join(&window.app().workbench.project.exports[0].path);
    let _ = fs::remove_file(&path);
    let workbench = &mut window.app_mut().workbench;
    workbench.apply(Command::UnifyAndDependencies);
    window.settle();
    let workbench = &mut window.app_mut().workbench;
    workbench.run_export(&id);
    workbench.cancel_job(Lane::Export);
    window.settle();
    let ended = window.app().workbench.ended_jobs().iter().rfind(|job| job.lane == Lane::Export).cloned().unwrap();
    // The writing may be over before the cancel; what is listed and the file agree.
    assert_eq!(ended.ending == Ending::Cancelled, !path.exists(), "{ended:?}");
}

#[test]
fn the_panel_keeps_the_height_it_was_dragged_to() {
    let mut window = coffee(Page::Sources);
    with_shift(&mut window, Key::J);
    let top = |window: &Window| window.harness.get_by_label("Close the panel").rect().top();
    let from = egui::pos2(700.0, top(&window) - 8.0);
    let before = top(&window);
    window.harness.hover_at(from);
    window.harness.step();
    window.harness.drag_at(from);
    window.harness.step();
    window.harness.hover_at(from - egui::vec2(0.0, 90.0));
    window.harness.step();
    window.harness.drop_at(from - egui::vec2(0.0, 90.0));
    window.settle();
    assert!(top(&window) < before - 60.0, "{} {before}", top(&window));
    let height = window.app().workbench.settings.panel_height.expect("it is kept");
    let mut next = Window::beside(&window);
    next.go(Page::Sources);
    assert_eq!(next.app().workbench.settings.panel_height, Some(height));
    assert!(next.shows("Close the panel"));
}
