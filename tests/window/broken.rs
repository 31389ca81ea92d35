//! One thing is broken: what does not need it goes on, and every page says what holds it up.

use std::fs;

use tributary::engine::stage::Stage;
use tributary::workbench::Page;

use super::harness::Window;
use super::runs::{coffee, file};

/// The window comes to the front again.
fn look(window: &mut Window) {
    window.app_mut().workbench.look_at_files();
    window.settle();
}

fn until(window: &Window) -> Option<Stage> {
    window.app().workbench.live.run.as_ref().map(|run| run.until)
}

#[test]
fn a_missing_file_leaves_the_rows_of_the_others_and_comes_back() {
    let mut window = coffee();
    let (path, away) = (file(&window, "store.csv"), file(&window, "away.csv"));
    fs::rename(&path, &away).unwrap();
    look(&mut window);
    window.go(Page::Sources);
    assert!(window.says("Rows appear here when this is mended."), "the broken table is opened");
    assert!(window.says("Sources: Store"), "and says why");
    assert!(window.shows("Locate…"));
    window.click("Table Loyalty");
    assert!(window.shows("Rows read") && window.shows("Good rows"), "the rows of the others stay");
    assert!(!window.shows("Locate…"));
    window.go(Page::Review);
    assert!(window.shows("–"), "nothing is told of matches that were not looked for");
    assert!(window.says("waits for what is to be mended"));
    window.go(Page::CustomerData);
    assert!(!window.says("appear here when this is mended"));
    window.go(Page::Matching);
    assert!(window.says("The counts appear here when this is mended.") && window.says("Sources: Store"));
    window.click_words("Sources: Store");
    assert_eq!(window.app().workbench.page, Page::Sources, "the way to what is to be mended");
    assert!(window.shows("Locate…"), "its table is selected");
    window.go(Page::Customers);
    assert!(window.app().workbench.published.is_some(), "the last results stay");
    fs::rename(&away, &path).unwrap();
    look(&mut window);
    assert_eq!(until(&window), Some(Stage::Segments), "all is whole without a restart");
    window.go(Page::Matching);
    assert!(!window.says("appear here when this is mended"));
    assert!(!window.app().workbench.is_stale());
}

#[test]
fn an_activity_in_error_leaves_the_customers_and_says_so_on_its_page() {
    let mut window = coffee();
    let customers = window.app().workbench.live.run.as_ref().unwrap().report.customers;
    window.app_mut().workbench.edit("Break", |project| project.activities[0].link.column = "Nothing".to_owned());
    window.settle();
    let run = window.app().workbench.live.run.clone().unwrap();
    assert_eq!((run.until, run.report.customers), (Stage::Segments, customers));
    assert!(window.app().workbench.blocking_problem(Stage::Segments).is_some(), "a run is refused as ever");
    window.go(Page::Activities);
    assert!(window.says("The rows of this activity appear here when this is mended."));
    window.go(Page::Statistics);
    assert!(!window.says("appear here when this is mended"));
}
