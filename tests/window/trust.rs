//! Explanations, decisions by hand, review and evaluation.

use std::path::Path;

use eframe::egui::{Event, Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable as _;
use tributary::engine::ledger;
use tributary::project::{Answer, RecordKey};
use tributary::workbench::{Command, Page};

use super::harness::Window;

fn coffee(page: Page) -> Window {
    let mut window = Window::new(1280.0, 800.0, Theme::Light);
    window.app_mut().workbench.open_sample("coffee");
    window.settle();
    window.app_mut().workbench.notices.clear();
    window.go(page);
    window
}

/// A project of FEBRL 1, read in place and never saved.
fn febrl(name: &str) -> Window {
    let mut window = Window::new(1280.0, 800.0, Theme::Light);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/febrl/{name}.tributary"));
    window.app_mut().workbench.open(&path);
    window.settle();
    window.go(Page::UncertainPairs);
    window
}

fn press(window: &mut Window, key: Key) {
    window.harness.key_press(key);
    window.settle();
}

/// Tabs on until something with this label has the focus.
fn focus(window: &mut Window, label: &str) {
    for _ in 0..100 {
        if window.harness.query_all_by_label(label).any(|node| node.is_focused()) {
            return;
        }
        window.harness.key_press(Key::Tab);
        window.harness.step();
    }
    panic!("Tab does not lead to {label}");
}

fn enter(window: &mut Window, field: &str, text: &str) {
    focus(window, field);
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.harness.step();
    window.harness.event(Event::Text(text.to_owned()));
    window.settle();
}

fn undo(window: &mut Window) {
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.settle();
}

fn says(window: &Window, part: &str) -> bool {
    window.harness.query_all_by_label_contains(part).next().is_some()
}

#[test]
fn whoever_knows_a_name_only_can_ask() {
    let mut window = coffee(Page::Explain);
    // Nothing to ask of yet: examples, and why the buttons rest.
    assert!(window.shows("Nothing is asked yet"));
    window.click("Why are Loyalty:707 and Web:Auth234 one customer?");
    assert!(says(&window, "Loyalty:707 and Web:Auth234 are one customer"));
    let id = window
        .app()
        .workbench
        .live
        .run
        .as_ref()
        .and_then(|run| run.customers.as_ref()?.table.column("CustomerId").map(|ids| ids.text(0).into_owned()));
    assert!(id.is_some_and(|id| !says(&window, &id) && says(&window, &id[..8])), "an id is short in a sentence");
    enter(&mut window, "First record", "cho");
    window.click("Take Store:S2 as the first record");
    enter(&mut window, "Second record", "ben@");
    press(&mut window, Key::Enter);
    press(&mut window, Key::Enter);
    assert!(says(&window, "Store:S2 and Loyalty:808 are two customers"));
    enter(&mut window, "First record", "nobody at all");
    assert!(says(&window, "No customer has this text"));
    // A key by itself, of a row that was merged into another.
    enter(&mut window, "First record", "S1");
    assert!(window.shows("Take Store:S1 as the first record"));
}

#[test]
fn an_explanation_leads_to_the_card_of_its_customer() {
    let mut window = coffee(Page::Explain);
    window.app_mut().workbench.apply(Command::UnifyAndDependencies);
    window.settle();
    window.go(Page::Explain);
    window.click("Why are Loyalty:707 and Web:Auth234 one customer?");
    window.click("Open the card of Ana Cruz");
    assert_eq!(window.app().workbench.page, Page::Customers);
    assert!(window.shows("Close the card") && says(&window, "Became known on"));
}

#[test]
fn two_records_are_explained_by_keyboard_only() {
    let mut window = coffee(Page::Explain);
    enter(&mut window, "First record", "Sto");
    focus(&mut window, "Complete the first record with Store");
    press(&mut window, Key::Space);
    window.harness.event(Event::Text("S1".to_owned()));
    window.settle();
    enter(&mut window, "Second record", "Loyalty:707");
    focus(&mut window, "Why are these one customer, or not?");
    press(&mut window, Key::Space);
    assert!(says(&window, "Store:S1 and Loyalty:707 are one customer"));
    assert!(says(&window, "by match rule"));
    enter(&mut window, "Second record", "Store:S2");
    press(&mut window, Key::Enter);
    assert!(says(&window, "Store:S1 and Store:S2 are two customers"));
    focus(&mut window, "How was this customer built?");
    press(&mut window, Key::Space);
    assert!(says(&window, "Store:S1 is of the customer"));
    focus(&mut window, "Explain step 2");
    press(&mut window, Key::Enter);
    assert!(says(&window, "The path from one to the other"));
    enter(&mut window, "First record", "Shop:1");
    press(&mut window, Key::Enter);
    assert!(says(&window, "the tables are Loyalty, Store, Web"));
}

#[test]
fn a_decision_on_the_page_is_one_step_and_is_left_to_the_rules_again() {
    let mut window = coffee(Page::Explain);
    enter(&mut window, "First record", "Store:S1");
    enter(&mut window, "Second record", "Loyalty:707");
    press(&mut window, Key::Enter);
    window.fill("Reason of the decision", "mother and daughter");
    window.click("Not the same person");
    let never = window.app().workbench.project.overrides.never_match.clone();
    assert_eq!(never.len(), 1);
    assert_eq!(never[0].reason, "mother and daughter");
    assert_eq!(window.app().workbench.history.undo_label(), Some("Never match Store:S1 and Loyalty:707"));
    assert!(says(&window, "Store:S1 and Loyalty:707 are two customers"), "at once");
    assert!(says(&window, "By hand they never match: mother and daughter"));
    window.click("Leave it to the rules");
    assert!(window.app().workbench.project.overrides.is_empty());
    assert!(says(&window, "Store:S1 and Loyalty:707 are one customer"));
    undo(&mut window);
    assert_eq!(window.app().workbench.project.overrides.never_match.len(), 1);
}

#[test]
fn keys_on_the_card_are_explained_and_decided() {
    let mut window = coffee(Page::Customers);
    window.fill("Search customers", "Auth234");
    window.click("Auth234 is a key of Web: open its customer");
    window.click("Choose Web:Auth234");
    window.click("Choose Store:S1");
    window.click("Not the same person…");
    window.fill("Reason", "shared tablet");
    window.click("They are not the same person");
    let never = window.app().workbench.project.overrides.never_match.clone();
    let pair = (RecordKey::new("web", "Auth234"), RecordKey::new("store", "S1"));
    assert!(never.len() == 1 && never[0].is_about(&pair.0, &pair.1), "{never:?}");
    window.app_mut().workbench.apply(Command::Undo);
    window.settle();
    assert!(window.app().workbench.project.overrides.is_empty());
    window.click("Choose Loyalty:707");
    window.click("Same person as…");
    window.fill("The other record", "Web:Unknown1");
    window.click("They are the same person");
    assert_eq!(window.app().workbench.project.overrides.always_match.len(), 1);
    assert_eq!(window.app().workbench.live.run.as_ref().expect("a live run").report.customers, 4);
    window.click("Choose Web:Auth234");
    window.click("Choose Store:S1");
    window.click("Why together?");
    assert_eq!(window.app().workbench.page, Page::Explain);
    assert!(says(&window, "Web:Auth234 and Store:S1 are one customer"));
}

#[test]
fn a_row_left_out_is_explained() {
    let mut window = coffee(Page::Matching);
    let amiss = |window: &Window| ledger::count_amiss(window.app().workbench.live.run.as_ref().unwrap());
    assert_eq!(amiss(&window), 0, "a duplicate is nothing to look at");
    window.click("Include all records of Web");
    assert!(amiss(&window) > 0);
    window.go(Page::LeftOut);
    window.click("Dropped");
    window.harness.get_by_label("ledger dropped").focus();
    window.settle();
    press(&mut window, Key::ArrowDown);
    window.click("Explain this row");
    assert_eq!(window.app().workbench.page, Page::Explain);
    assert!(says(&window, "is in no customer"));
}

#[test]
fn the_queue_is_answered_by_keys_and_undone() {
    let mut window = febrl("febrl3_fuzzy");
    let answers = |window: &Window| -> Vec<Answer> {
        window.app().workbench.project.labelled_pairs.iter().map(|pair| pair.answer).collect()
    };
    assert!(says(&window, "0 of "));
    for key in [Key::Y, Key::N, Key::U] {
        press(&mut window, key);
    }
    assert_eq!(answers(&window), [Answer::Same, Answer::Different, Answer::Unsure]);
    assert!(window.app().workbench.project.overrides.is_empty(), "answers alone decide nothing");
    assert!(says(&window, "3 of "));
    undo(&mut window);
    assert_eq!(answers(&window), [Answer::Same, Answer::Different]);
    // The pair whose answer was taken back is on the screen again.
    press(&mut window, Key::Y);
    assert_eq!(answers(&window), [Answer::Same, Answer::Different, Answer::Same]);
    press(&mut window, Key::ArrowLeft);
    press(&mut window, Key::Backspace);
    press(&mut window, Key::U);
    assert_eq!(answers(&window), [Answer::Same, Answer::Same, Answer::Unsure], "the second was answered anew");
    window.click("Answers also become overrides");
    press(&mut window, Key::N);
    let never = &window.app().workbench.project.overrides.never_match;
    assert_eq!(never.iter().map(|pair| pair.reason.as_str()).collect::<Vec<_>>(), ["review"]);
    window.click("Answered");
    window.click("Same person: answer 1");
    let overrides = window.app().workbench.project.overrides.clone();
    assert_eq!((overrides.always_match.len(), overrides.never_match.len()), (1, 0));
    window.click("Take back answer 1");
    assert!(window.app().workbench.project.overrides.is_empty());
    assert_eq!(answers(&window).len(), 3);
}

#[test]
fn blind_mode_says_nothing_before_the_answer() {
    let mut window = febrl("febrl3_fuzzy");
    assert!(says(&window, "· score "));
    window.click("Blind mode");
    assert!(!says(&window, "· score ") && says(&window, "it is shown once you have answered"));
    press(&mut window, Key::Y);
    press(&mut window, Key::ArrowLeft);
    assert!(says(&window, "· score "));
}

#[test]
fn an_evaluation_shows_its_figures_and_the_pairs_that_are_wrong() {
    let mut window = febrl("febrl1_fuzzy");
    window.click("Evaluation");
    window.choose("Truth column of People", "true_id");
    assert!(window.shows("F1") && window.shows("B-cubed F1"));
    assert!(says(&window, "true pairs found"));
    let mut window = febrl("febrl1_exact");
    window.click("Evaluation");
    window.choose("Truth column of People", "true_id");
    assert!(says(&window, "485 of 500 true pairs found") && says(&window, "0.9848"));
    window.harness.get_by_label("wrong pairs").focus();
    window.settle();
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Enter);
    assert_eq!(window.app().workbench.page, Page::Explain);
    assert!(says(&window, "are two customers"));
}
