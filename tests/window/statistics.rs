//! The page Statistics: every number opens its rows, hot values are blocked, changes since the last run are told.

use std::fs;

use eframe::egui::{Key, Theme};
use egui_kittest::kittest::Queryable as _;
use tributary::engine::pipeline::Run;
use tributary::project::BlockedValue;
use tributary::workbench::{Command, Page};

use super::harness::Window;

fn coffee() -> Window {
    let mut window = Window::new(1280.0, 900.0, Theme::Light);
    window.app_mut().workbench.open_sample("coffee");
    window.settle();
    window.app_mut().workbench.notices.clear();
    window.go(Page::Statistics);
    window
}

/// 25 people who gave the number of the front desk, and two who are alike.
fn desk() -> Window {
    let mut window = Window::new(1280.0, 900.0, Theme::Light);
    let mut rows =
        String::from("Id,Name,Born,Phone\nA,Martha Miller,1980-01-01,555-1\nB,Marhta Miller,1980-01-01,555-2\n");
    for number in 0..25 {
        rows += &format!("P{number},Person {number},19{}-05-05,0800-0\n", 50 + number);
    }
    fs::write(window.folder.path().join("people.csv"), rows).unwrap();
    let text = |name: &str| format!(r#"{{"name": "{name}", "type": "string", "selected": true}}"#);
    let columns = ["Id", "Name", "Born", "Phone"].map(text).join(", ");
    let project = format!(
        r#"{{"version": 2, "name": "Desk",
        "source_tables": [{{"id": "people", "name": "People", "path": "people.csv",
            "format": {{"kind": "csv", "delimiter": ",", "quote": "\"", "header": true, "encoding": "UTF-8",
                "decimal_comma": false}},
            "blank_tokens": [], "columns": [{columns}], "primary_key": "Id"}}],
        "unification": [{{"source_table": "people", "deduplication_rules": [
            {{"id": "same_phone", "name": "Same phone", "active": true, "conditions": [{{"field": "Phone"}}]}},
            {{"id": "alike", "name": "Alike", "active": true, "conditions": [{{"field": "Born"}},
                {{"field": "Name", "comparison": {{"measure": "jaro_winkler", "precision": 90}}}}]}}]}}]}}"#
    );
    let path = window.folder.path().join("desk.tributary");
    fs::write(&path, project).unwrap();
    window.app_mut().workbench.open(&path);
    window.settle();
    window.go(Page::Statistics);
    window
}

fn live(window: &Window) -> std::sync::Arc<Run> {
    window.app().workbench.live.run.clone().expect("a live run")
}

#[track_caller]
fn opens(window: &mut Window, number: &str, title: &str, count: &str) {
    window.click(number);
    assert!(window.shows(title), "{number} opens no {title}");
    assert!(window.shows(count), "{number} does not show {count}");
}

#[test]
fn every_figure_of_the_sample_opens_so_many_rows() {
    let mut window = coffee();
    let report = live(&window).report.clone();
    let of = |shown: u64, all: u64| match shown == all {
        true => format!("{all} rows"),
        false => format!("{shown} of {all} rows"),
    };
    let all = report.unique_source_records;
    for (name, value) in [
        ("Customers before dropping", report.matched_and_non_matched_records),
        ("From several records", report.matched_records_only),
        ("Joined records", report.record_matches),
    ] {
        opens(&mut window, &format!("{name}: {value}"), name, &of(value, all));
    }
    let (known, customers) = (report.known, report.customers);
    opens(&mut window, &format!("Known: {known}"), "Known customers", &of(known, customers));
    for table in &report.tables {
        let (name, unique) = (&table.table, table.unique);
        let title = format!("Unique records of {name}");
        opens(&mut window, &format!("Unique records of {name}: {unique}"), &title, &of(unique, all));
    }
    let rule = report.rules.iter().find(|rule| rule.matches > 0).unwrap();
    let number = format!("Rule {} of {} → {}: {}", rule.name, rule.table, rule.to_table, rule.matches);
    let title = format!("Records of {} that the rule \"{}\" attached", rule.table, rule.name);
    opens(&mut window, &number, &title, &of(rule.matches, all));
}

#[test]
fn a_row_opens_the_card_of_its_customer() {
    let mut window = coffee();
    let records = live(&window).report.unique_source_records;
    window.click(&format!("All unique records: {records}"));
    window.harness.query_all_by_label("Auth234").next().unwrap().click();
    window.settle();
    assert_eq!(window.app().workbench.page, Page::Customers);
    assert!(window.shows("Close the card"));
}

#[test]
fn what_a_run_would_change_is_told_with_its_rows() {
    let mut window = coffee();
    assert!(window.shows("Nothing: the last run is of this draft."));
    window.app_mut().workbench.edit("Switch rules off", |project| {
        let tables = project.unification.iter_mut();
        tables.flat_map(|table| &mut table.match_rules).for_each(|rule| rule.active = false);
    });
    window.settle();
    let report = window.app().workbench.published.as_ref().unwrap().report.clone();
    let more = live(&window).report.customers - report.customers;
    let sentence = format!("−{} joined records, +{more} customers", report.record_matches);
    assert!(window.shows(&sentence), "{sentence}");
    let split = report.matched_records_only + more;
    opens(&mut window, &format!("Split: {split}"), "Changed customers: split", &format!("{split} rows"));
}

#[test]
fn hot_values_are_shown_and_blocked_as_one_edit() {
    let mut window = desk();
    let sentence = "This value of Phone would fuse 25 records of People, by the rule \"Same phone\".";
    assert!(window.shows(sentence));
    opens(&mut window, "Show the hot values of Same phone", "Hot values of the rule \"Same phone\"", "1 row");
    window.harness.query_all_by_label("0800-0").next().unwrap().click();
    window.settle();
    assert!(window.shows("Rows of People that hold a hot value"));
    assert!(window.shows("25 of 27 rows"));
    window.click("Block the hot values of Same phone");
    let [guard] = &window.app().workbench.project.guards.identifiers[..] else { panic!("one guard") };
    assert_eq!(guard.blocked, [BlockedValue::Value("0800-0".to_owned())]);
    assert!(!window.shows(sentence), "nothing is fused any more");
    assert_eq!(live(&window).report.customers, 26);
    window.app_mut().workbench.apply(Command::Undo);
    window.settle();
    assert!(window.shows(sentence));
    assert!(window.app().workbench.project.guards.is_empty());
}

#[test]
fn large_and_weakly_held_customers_are_found_by_keyboard() {
    let mut window = desk();
    window.harness.get_by_label_contains("Customers by number of keys, customers. ").focus();
    for key in [Key::End, Key::Enter] {
        window.harness.key_press(key);
        window.settle();
    }
    assert!(window.shows("Customers of 21 to 50 keys") && window.shows("1 of 2 rows"));
    opens(&mut window, "Keys of the largest customer: 25", "The largest customers", "2 rows");
    opens(
        &mut window,
        "Rule Same phone of People: 24",
        "Rows of People that the rule \"Same phone\" alone joins",
        "24 rows",
    );
    window.harness.get_by_label("Weakly held customers: 1").focus();
    window.harness.step();
    window.harness.key_press(Key::Enter);
    window.settle();
    assert!(window.shows("Customers held together by one weak link, the weakest first"));
    assert!(window.shows("1 row"));
    window.click("Duplicates: 25");
    assert_eq!(window.app().workbench.page, Page::LeftOut);
}

#[test]
fn without_tables_the_page_says_what_is_missing() {
    let mut window = Window::new(1100.0, 640.0, Theme::Dark);
    window.go(Page::Statistics);
    assert!(window.harness.query_by_label_contains("Figures appear here").is_some());
}
