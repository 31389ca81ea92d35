//! The pages of unified fields, activities, segments and exports, worked by their labels on the coffee sample.

use eframe::egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable as _;
use tributary::engine::ledger::{LedgerPart, duplicates_of, ledger};
use tributary::project::Operator;
use tributary::workbench::{Command, Page};

use super::harness::Window;

pub fn coffee(page: Page) -> Window {
    let mut window = Window::new(1280.0, 800.0, Theme::Light);
    window.app_mut().workbench.open_sample("coffee");
    window.settle();
    window.app_mut().workbench.notices.clear();
    window.go(page);
    window
}

/// Deletes a thing by the menu of its row.
fn delete(window: &mut Window, kind: &str, name: &str) {
    window.click(&format!("More of {kind} {name}"));
    window.click(&format!("Delete {kind} {name}"));
}

fn members(window: &Window, segment: usize) -> u64 {
    let run = window.app().workbench.live.run.clone().expect("a live run");
    run.segments[segment].members.count()
}

#[test]
fn a_segment_is_made_condition_by_condition_with_live_counts() {
    let mut window = coffee(Page::Segments);
    window.click("Add segment");
    assert_eq!(members(&window, 2), 3, "a new segment is of the known customers");
    window.fill("Segment name", "Viewed");
    window.choose("Field of condition 1 of rule 1", "EventName");
    window.choose("Pick value of condition 1 of rule 1", "Product view");
    assert_eq!(members(&window, 2), 2);
    window.click("Add condition to rule 1");
    window.choose("Pick value of condition 2 of rule 1", "Checkout");
    assert_eq!(members(&window, 2), 0);
    let explained = "Each condition finds customers, but no single row of Web activity";
    assert!(window.harness.query_by_label_contains(explained).is_some(), "case 18 is explained");
    window.click("Remove condition 2 of rule 1");
    window.choose("Operator of condition 1 of rule 1", "is any of");
    window.choose("Pick value of condition 1 of rule 1", "Checkout");
    assert_eq!(members(&window, 2), 3);
    window.choose("Operator of condition 1 of rule 1", "is none of");
    assert_eq!(members(&window, 2), 1, "Loyalty sign-in");
    window.click("➕ Add rule");
    window.choose("Set operator of rule 2", "Except");
    assert_eq!(members(&window, 2), 0);
    window.click("More of rule 2");
    window.click("Remove rule 2");
    delete(&mut window, "segment", "Viewed");
    assert_eq!(window.app().workbench.project.segments.len(), 2);
    assert!(window.app().workbench.project.retired_ids.contains(&"new_segment".to_owned()));
}

#[test]
fn a_used_segment_says_so_before_it_is_deleted() {
    let mut window = coffee(Page::Segments);
    delete(&mut window, "segment", "Unknown visitors who viewed a product");
    assert_eq!(window.app().workbench.project.segments.len(), 2);
    assert!(window.harness.query_by_label_contains("is used by export Unknown visitors").is_some());
    window.click("Keep it");
    delete(&mut window, "segment", "Unknown visitors who viewed a product");
    window.click("Delete all the same");
    assert_eq!(window.app().workbench.project.segments.len(), 1);
}

#[test]
fn unified_fields_are_renamed_combined_and_excluded() {
    let mut window = coffee(Page::UnifiedView);
    window.click("Field Email");
    window.fill("Name of the field", "Mail");
    window.harness.key_press(Key::Enter);
    window.settle();
    let names = |window: &Window| -> Vec<String> {
        let run = window.app().workbench.live.run.clone().expect("a live run");
        run.customers.as_ref().expect("customers").fields.iter().map(|(_, name)| name.clone()).collect()
    };
    assert_eq!(names(&window), ["LoyaltyID", "FullName", "Mail", "StoreId", "UserID"]);
    window.click("Select StoreId");
    window.click("Select UserID");
    window.click("Combine 2");
    assert_eq!(names(&window), ["LoyaltyID", "FullName", "Mail", "StoreId"]);
    window.click("Separate");
    assert_eq!(names(&window), ["LoyaltyID", "FullName", "Mail", "StoreId", "UserID"]);
    window.click("Move the field up (Alt+Up)");
    assert_eq!(names(&window), ["LoyaltyID", "FullName", "StoreId", "Mail", "UserID"]);
    window.click("Field LoyaltyID");
    window.click("Exclude");
    assert_eq!(names(&window).len(), 5, "a segment uses it, so it is asked first");
    window.click("Exclude all the same");
    assert_eq!(names(&window).len(), 4);
    window.click("Include LoyaltyID");
    assert_eq!(names(&window).len(), 5);
}

#[test]
fn known_identifiers_are_edited_beside_their_counts() {
    let mut window = coffee(Page::UnifiedView);
    window.click("Known identifiers");
    assert!(!window.shows("Remove Email"), "a preset is not edited");
    window.click("A list of my own");
    window.click("Remove Email");
    let known = |window: &Window| window.app().workbench.live.run.as_ref().expect("a live run").report.known;
    assert_eq!(known(&window), 0);
    window.choose("Suggested identifiers", "Visitor ID");
    assert_eq!(known(&window), 3, "Auth234, Unknown1 and Unkonwn5");
}

#[test]
fn an_activity_is_added_with_guessed_columns() {
    let mut window = coffee(Page::Activities);
    window.click("Add activity");
    let activities = &window.app().workbench.project.activities;
    let [told, guessed] = &activities[..] else { panic!("two activities") };
    assert_eq!((&told.timestamp, &told.link), (&guessed.timestamp, &guessed.link));
    window.choose("Activity link column", "LoyaltyID (integer)");
    window.choose("Activity link to", "Loyalty › LoyaltyID");
    let report = window.app().workbench.live.run.as_ref().expect("a live run").report.activities[1].clone();
    assert_eq!((report.linked, report.orphaned), (2, 2));
    window.click("Orphaned rows of Web activity 2: 2");
    assert_eq!(window.app().workbench.page, Page::LeftOut);
}

#[test]
fn an_export_writes_the_published_rows() {
    let mut window = coffee(Page::Export);
    let path = window.folder.path().join("out/unknown.csv");
    window.click("Export field LoyaltyID");
    window.harness.get_by_label("Order of LoyaltyID").focus();
    window.harness.step();
    window.harness.key_press_modifiers(eframe::egui::Modifiers::ALT, Key::ArrowUp);
    window.settle();
    window.fill("Export path", &path.display().to_string());
    window.click("Run export");
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(written.starts_with("CustomerId,ProfileState,LoyaltyID,Web_UserID\n"), "{written}");
    assert_eq!(written.lines().count(), 3);
    let notice = window.app().workbench.notices.last().expect("a notice").text.clone();
    assert!(notice.starts_with("Exported 2 rows to "), "{notice}");
    window.app_mut().workbench.notices.clear();
    window.settle();
    assert!(window.says("Last written: 2 rows, ") && window.shows("Show folder"), "it stays at the export");
    window.click("Copy path");
    delete(&mut window, "export", "Unknown visitors");
    assert!(window.app().workbench.project.exports.is_empty());
}

#[test]
fn a_renamed_segment_leaves_the_customers_as_they_are() {
    let mut window = coffee(Page::Segments);
    window.app_mut().workbench.apply(Command::UnifyAndDependencies);
    window.settle();
    let stale = |window: &Window| (window.app().workbench.customers_are_stale(), window.app().workbench.is_stale());
    assert_eq!(stale(&window), (false, false));
    window.go(Page::Segments);
    window.fill("Segment name", "Nobody yet");
    window.click("Add segment");
    assert_eq!(stale(&window), (false, true), "the files of segments are old, no customer is");
    window.go(Page::Customers);
    assert!(!window.says("since these customers were made"));
    window.app_mut().workbench.edit("No rules", |project| {
        project.unification.iter_mut().for_each(|table| table.match_rules.clear());
    });
    window.settle();
    assert_eq!(stale(&window), (true, true));
    assert!(window.says("since these customers were made"));
}

#[test]
fn a_segment_after_the_first_run_of_a_project_without_a_file_leaves_the_customers_too() {
    let mut window = Window::new(1280.0, 900.0, Theme::Light);
    window.go(Page::Sources);
    let table = window.sample_tables("coffee").join("loyalty.csv");
    window.fill("Path of a table", table.to_str().unwrap());
    window.click("Add path");
    window.go(Page::CustomerData);
    window.click("Unify Loyalty");
    window.app_mut().workbench.apply(Command::UnifyAndDependencies);
    window.settle();
    window.go(Page::Segments);
    window.click("Add segment");
    let workbench = &window.app().workbench;
    assert_eq!((workbench.customers_are_stale(), workbench.is_stale()), (false, true));
}

#[test]
fn an_activity_says_how_many_rows_lead_to_a_customer() {
    let mut window = coffee(Page::Activities);
    assert!(window.says("rows lead to a customer"));
    window.choose("Activity link column", "EventName (string)");
    assert!(window.says("0 of "), "no event is a customer's key");
    delete(&mut window, "activity", "Web activity");
    assert!(window.says("is used by segment"), "it is asked first");
    window.click("Keep it");
    assert_eq!(window.app().workbench.project.activities.len(), 1);
}

#[test]
fn a_condition_is_changed_by_keyboard_only() {
    let mut window = coffee(Page::Segments);
    window.harness.get_by_label("Operator of condition 1 of rule 1").focus();
    window.harness.step();
    window.harness.key_press(Key::Space);
    window.settle();
    let operator = |window: &Window| window.app().workbench.project.segments[0].rules[0].conditions[0].operator;
    assert_eq!(operator(&window), Operator::EqualTo);
    [Key::ArrowDown, Key::Enter].into_iter().for_each(|key| window.press(key));
    assert_eq!(operator(&window), Operator::AnyOf, "the first arrow goes to what comes after the chosen one");
    window.harness.get_by_label("Operator of condition 1 of rule 1").focus();
    window.harness.step();
    [Key::Space, Key::ArrowDown, Key::Enter].into_iter().for_each(|key| window.press(key));
    assert_eq!(operator(&window), Operator::Contains);
}

#[test]
fn a_segment_of_two_conditions_and_its_export_are_made_without_a_mouse() {
    let mut window = coffee(Page::Segments);
    let pick = |window: &mut Window, picker: &str, words: &str| {
        window.tab_to(picker);
        window.harness.event(eframe::egui::Event::Text(words.to_owned()));
        window.settle();
        window.press(Key::Enter);
    };
    window.tab_to("Add segment");
    pick(&mut window, "Field of condition 1 of rule 1", "EventName");
    pick(&mut window, "Operator of condition 1 of rule 1", "does not equal");
    pick(&mut window, "Pick value of condition 1 of rule 1", "Checkout");
    window.tab_to("Add condition to rule 1");
    pick(&mut window, "Field of condition 2 of rule 1", "ProfileState");
    pick(&mut window, "Operator of condition 2 of rule 1", "equals");
    pick(&mut window, "Pick value of condition 2 of rule 1", "Unknown");
    let segment = &window.app().workbench.project.segments[2];
    let conditions = &segment.rules[0].conditions;
    assert_eq!((conditions[0].operator, conditions[0].negated), (Operator::EqualTo, true));
    assert_eq!([&conditions[0].values[..], &conditions[1].values[..]], [["Checkout"], ["Unknown"]]);
    assert_eq!(members(&window, 2), 2);
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Num0);
    window.settle();
    assert_eq!(window.app().workbench.page, Page::Export);
    window.tab_to("Add export");
    window.tab_to("Who is exported");
    [Key::End, Key::Enter].into_iter().for_each(|key| window.press(key));
    window.tab_to("Run, then export");
    let export = window.app().workbench.project.exports[1].clone();
    let written = window.app().workbench.layouts.exported(&export.id).expect("a file").clone();
    assert_eq!((written.rows, written.path.exists()), (2, true));
}

#[test]
fn alt_and_an_arrow_go_on_from_a_text_field() {
    let mut window = coffee(Page::Segments);
    window.click("Segment name");
    window.harness.key_press_modifiers(Modifiers::ALT, Key::ArrowRight);
    window.settle();
    assert_ne!(window.app().workbench.page, Page::Segments);
}

#[test]
fn the_duplicates_of_a_table_are_listed_without_the_others() {
    let window = coffee(Page::Deduplication);
    let run = window.app().workbench.live.run.clone().expect("a live run");
    let all = ledger(&run, LedgerPart::Duplicates).rows;
    let mut sum = 0;
    for (table, report) in run.project.unification.iter().zip(&run.report.tables) {
        let rows = duplicates_of(&run, &table.source_table).rows;
        assert_eq!(rows as u64, report.duplicates, "{}", report.table);
        sum += rows;
    }
    assert!(all > 0, "the sample has a duplicate");
    assert_eq!(sum, all);
}

#[test]
fn an_export_of_an_unsaved_project_asks_to_save_and_then_runs_first() {
    let mut window = coffee(Page::Export);
    let folder = window.folder.path().to_owned();
    window.app_mut().workbench.edit("Relative", |project| project.exports[0].path = "out/people.csv".to_owned());
    window.settle();
    if window.app().workbench.path.is_none() {
        assert!(!window.shows("Run export") && window.shows("Save the project…"));
        window.app_mut().workbench.save_to(&folder.join("shop.tributary"));
        window.settle();
    }
    assert!(!window.shows("Save the project…"));
    window.app_mut().workbench.published = None;
    window.settle();
    assert!(!window.shows("Run export"), "there is nothing to export yet");
    window.click("Run, then export");
    assert!(window.app().workbench.base().join("out/people.csv").exists());
    assert!(window.shows("Run export"), "the results are of this project now");
}
