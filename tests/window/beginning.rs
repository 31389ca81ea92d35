//! A project that was just begun: nothing is wrong, and every page leads to the first step.

use eframe::egui::{Event, Key, Role, Theme};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tributary::workbench::{Command, Page};

use super::harness::Window;

const LATER: [Page; 9] = [
    Page::CustomerData,
    Page::Customers,
    Page::Activities,
    Page::Export,
    Page::Runs,
    Page::Statistics,
    Page::Explain,
    Page::UncertainPairs,
    Page::LeftOut,
];

#[test]
fn a_new_project_has_no_errors_and_every_page_offers_to_add_tables() {
    let mut window = Window::new(1280.0, 900.0, Theme::Light);
    window.go(Page::Sources);
    assert_eq!(window.app().workbench.problems, []);
    assert!(window.says("0 errors, 0 warnings"));
    for page in LATER {
        window.go(page);
        assert!(window.shows("Add tables…"), "{page:?}");
    }
}

#[test]
fn with_tables_every_page_leads_to_the_customer_data() {
    let mut window = Window::new(1280.0, 900.0, Theme::Light);
    window.go(Page::Sources);
    let table = window.sample_tables("coffee").join("loyalty.csv");
    window.fill("Path of a table", table.to_str().unwrap());
    window.click("Add path");
    for page in LATER.into_iter().filter(|page| !matches!(page, Page::CustomerData | Page::LeftOut)) {
        window.go(page);
        assert!(window.shows("Choose the tables"), "{page:?}");
    }
    window.click("Choose the tables");
    assert_eq!(window.app().workbench.page, Page::CustomerData);
    window.click("Unify Loyalty");
    window.click("Next: Deduplication rules");
    assert_eq!(window.app().workbench.page, Page::Deduplication);
}

#[test]
fn paths_are_typed_one_after_the_other() {
    let mut window = Window::new(1280.0, 900.0, Theme::Light);
    window.go(Page::Sources);
    let tables = window.sample_tables("coffee");
    window.harness.get_by_label("Path of a table").focus();
    window.settle();
    for name in ["loyalty", "store", "web"] {
        let path = tables.join(format!("{name}.csv")).display().to_string();
        window.harness.event(Event::Text(path));
        window.settle();
        window.press(Key::Enter);
    }
    assert_eq!(window.app().workbench.project.source_tables.len(), 3);
}

#[test]
fn review_says_what_a_step_is_warned_of() {
    let mut window = Window::new(1280.0, 900.0, Theme::Light);
    window.go(Page::Sources);
    let tables = window.sample_tables("coffee");
    for name in ["loyalty", "store"] {
        window.fill("Path of a table", tables.join(format!("{name}.csv")).to_str().unwrap());
        window.click("Add path");
    }
    window.go(Page::CustomerData);
    window.click("Unify Loyalty");
    window.click("Unify Store");
    let problems = window.app().workbench.problems.clone();
    let warning = problems.iter().find(|problem| problem.place.page() == Page::Matching.title());
    let warning = warning.expect("no rule joins Store to Loyalty");
    window.go(Page::Review);
    let link = |window: &Window| {
        let mut found = window.harness.query_all_by_role(Role::Link);
        found.find_map(|node| node.accesskit_node().label().filter(|words| words.contains(&warning.message)))
    };
    let words = link(&window).expect("the warning is a link");
    assert_eq!(window.harness.query_all_by_label_contains("nothing yet").count(), 3, "activities, segments, exports");
    window.click(&words);
    assert_eq!(window.app().workbench.page, Page::Matching);
}

#[test]
fn review_says_what_a_run_would_change() {
    let mut window = super::editing::coffee(Page::Review);
    window.app_mut().workbench.apply(Command::UnifyAndDependencies);
    window.settle();
    window.go(Page::Review);
    assert!(window.says("Nothing: the last run is of this draft."));
    window.app_mut().workbench.edit("No rules", |project| {
        project.unification.iter_mut().for_each(|table| table.match_rules.clear());
    });
    window.settle();
    assert!(window.says("joined records, +"), "the rules joined records");
    let split = window.harness.get_by_label_contains("Split: ").accesskit_node().label().unwrap();
    window.click(&split);
    assert_eq!(window.app().workbench.page, Page::Statistics);
    assert!(window.says("Changed customers: split"));
}
