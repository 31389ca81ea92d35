//! The editors of rules on Deduplication rules and Matching rules, worked by their labels on the coffee sample.

use eframe::egui::{self, Key, Modifiers, PointerButton, Theme};
use egui_kittest::kittest::Queryable as _;
use tributary::project::guard::usual_blocked_values;
use tributary::project::{
    Alias, Comparison, DeduplicationRule, ExceptionTest, MatchRule, Normalization, Project, RecordToKeep,
};
use tributary::workbench::Page;

use super::harness::Window;

fn coffee(page: Page) -> Window {
    let mut window = Window::new(1280.0, 1000.0, Theme::Light);
    window.app_mut().workbench.open_sample("coffee");
    window.settle();
    window.app_mut().workbench.notices.clear();
    window.go(page);
    window
}

fn project(window: &Window) -> &Project {
    &window.app().workbench.project
}

fn match_rules(window: &Window) -> Vec<MatchRule> {
    project(window).unification[2].match_rules.clone()
}

fn names(window: &Window) -> Vec<String> {
    match_rules(window).into_iter().map(|rule| rule.name).collect()
}

fn press(window: &mut Window, key: Key) {
    window.harness.key_press(key);
    window.settle();
}

/// Tabs on until something with this label has the focus.
fn tab_to(window: &mut Window, label: &str) {
    for _ in 0..200 {
        if window.harness.query_all_by_label(label).any(|node| node.is_focused()) {
            return;
        }
        window.harness.key_press(Key::Tab);
        window.harness.step();
    }
    panic!("Tab does not lead to {label}");
}

/// Opens a list by Space and goes down to an option by the arrows.
fn choose_by_key(window: &mut Window, picker: &str, option: &str) {
    tab_to(window, picker);
    let before = window.ids(option);
    press(window, Key::Space);
    // The list begins at its chosen entry: the others lie below it or above.
    for key in [[Key::ArrowDown; 20].as_slice(), &[Key::ArrowUp; 40]].concat() {
        if window.appeared(option, &before).is_some_and(|node| node.is_focused()) {
            return press(window, Key::Enter);
        }
        window.harness.key_press(key);
        window.harness.step();
    }
    panic!("the arrows do not lead to {option} of {picker}");
}

#[test]
fn a_fuzzy_condition_is_added_by_keyboard_only() {
    let mut window = coffee(Page::Deduplication);
    window.row_by_key("Table Store");
    tab_to(&mut window, "Add rule");
    press(&mut window, Key::Space);
    let rules = |window: &Window| -> Vec<DeduplicationRule> {
        let project = project(window);
        project.unification_table("store").expect("a table").deduplication_rules.clone()
    };
    let number = rules(&window).len();
    let rule = |window: &Window| rules(window)[number - 1].clone();
    tab_to(&mut window, &format!("Add condition to rule {number}"));
    press(&mut window, Key::Space);
    let called = format!("condition 2 of rule {number}");
    choose_by_key(&mut window, &format!("Field in {called}"), "Email");
    choose_by_key(&mut window, &format!("Comparison of {called}"), "High 80\u{a0}%");
    assert_eq!(rule(&window).conditions[1].comparison, Comparison::EditDistance { precision: 80 });
    tab_to(&mut window, &format!("Slider of the precision of {called}"));
    press(&mut window, Key::ArrowLeft);
    assert_eq!(rule(&window).conditions[1].comparison, Comparison::EditDistance { precision: 79 });
    choose_by_key(&mut window, &format!("Comparison of {called}"), "Jaro-Winkler");
    assert_eq!(rule(&window).conditions[1].comparison, Comparison::JaroWinkler { precision: 90 });
    choose_by_key(&mut window, &format!("Normalize in {called}"), "Symbols");
    press(&mut window, Key::Escape);
    assert_eq!(rule(&window).conditions[1].normalizations, [Normalization::Symbols]);
    assert!(rule(&window).name.contains("similar Email"), "the name follows: {}", rule(&window).name);
}

#[test]
fn a_comparison_that_does_not_fit_the_column_is_not_offered() {
    let mut window = coffee(Page::Matching);
    window.click("Edit match rule 1 of Web");
    window.click("Comparison of condition 1 of match rule 1 of Web");
    let enabled = |window: &Window, label: &str| {
        let node = window.harness.get_by_label(label);
        !egui_kittest::kittest::NodeT::accesskit_node(&node).is_disabled()
    };
    assert!(enabled(&window, "Exact") && enabled(&window, "Number apart"));
    assert!(!enabled(&window, "Soundex"), "LoyaltyID is an integer");
    assert!(!enabled(&window, "Days apart"));
}

#[test]
fn an_exception_keeps_a_rule_from_joining() {
    let mut window = coffee(Page::Matching);
    window.click("Edit match rule 1 of Web");
    window.click("Add exception to match rule 1 of Web");
    let called = "exception 1 of match rule 1 of Web";
    window.choose(&format!("Test of {called}"), "is the same");
    window.choose(&format!("Field in {called}"), "LoyaltyID");
    window.choose(&format!("Higher field in {called}"), "LoyaltyID");
    let rule = match_rules(&window)[0].clone();
    assert_eq!(rule.exceptions[0].is, ExceptionTest::Same);
    let matches = |window: &Window| {
        let run = window.app().workbench.live.run.clone().expect("a live run");
        run.report.rules.iter().find(|report| report.rule == rule.id).expect("a report").matches
    };
    assert_eq!(matches(&window), 0, "what it joins by is the exception");
    window.click(&format!("Remove {called}"));
    assert!(matches(&window) > 0);
}

#[test]
fn rules_are_reordered_by_keys_from_their_menu_and_by_dragging() {
    let mut window = coffee(Page::Matching);
    window.click("Propose exact rules for Web");
    let add = ["Add 1 rule", "Add 2 rules", "Add 3 rules"].into_iter().find(|label| window.shows(label));
    if let Some(label) = add {
        window.click(label);
    }
    while match_rules(&window).len() < 2 {
        window.click("Add match rule to Web");
    }
    let before = names(&window);
    window.harness.get_by_label("Order of match rule 1 of Web").focus();
    window.harness.step();
    window.harness.key_press_modifiers(Modifiers::ALT, Key::ArrowDown);
    window.settle();
    assert_eq!(names(&window)[..2], [before[1].clone(), before[0].clone()]);
    let focused = window.harness.get_by_label("Order of match rule 2 of Web").is_focused();
    assert!(focused, "the focus goes along");
    window.harness.key_press_modifiers(Modifiers::ALT, Key::ArrowUp);
    window.settle();
    assert_eq!(names(&window), before);
    window.more("match rule 1 of Web", "Move match rule 1 of Web down");
    assert_eq!(names(&window)[1], before[0]);
    let at = |window: &Window, label: &str| window.harness.get_by_label(label).rect().center();
    let (from, to) = (at(&window, "Order of match rule 2 of Web"), at(&window, "Order of match rule 1 of Web"));
    drag(&mut window, from, to - egui::vec2(0.0, 8.0));
    assert_eq!(names(&window), before, "dragged back to the top");
}

#[test]
fn a_table_is_moved_from_its_menu_by_keys_and_its_sums_are_shown_on_demand() {
    let mut window = coffee(Page::Matching);
    let order = |window: &Window| -> Vec<String> {
        project(window).unification.iter().map(|table| table.source_table.clone()).collect()
    };
    assert_eq!(order(&window), ["loyalty", "store", "web"]);
    assert!(!window.shows("Move Store up") && !window.shows("Move Store down"), "at rest there is the handle only");
    tab_to(&mut window, "More of Loyalty");
    press(&mut window, Key::Enter);
    assert!(is_off(&window, "Move Loyalty up"), "it is the first");
    press(&mut window, Key::ArrowDown);
    assert!(window.harness.get_by_label("Move Loyalty down").is_focused());
    press(&mut window, Key::Enter);
    assert_eq!(order(&window), ["store", "loyalty", "web"]);
    assert!(!window.says("rows read ="), "one line a table");
    tab_to(&mut window, "Sums of Web");
    press(&mut window, Key::Enter);
    assert!(window.says("4 rows read =") && window.says("joined to a higher table"));
    window.click("Duplicates: 1");
    assert_eq!(window.app().workbench.page, Page::LeftOut);
}

#[test]
fn the_pairs_of_an_exact_rule_have_no_score_and_those_of_another_do() {
    let mut window = coffee(Page::Matching);
    window.click("Edit match rule 1 of Store");
    assert!(window.shows("1 pair shares the exact conditions") && window.shows("1 candidate pair, scored"));
    assert!(window.shows("Store Email") && !window.shows("Score") && !window.shows("Linked"));
    window.choose("Comparison of condition 1 of match rule 1 of Store", "High 80\u{a0}%");
    assert!(window.shows("Store Email") && window.shows("Score") && window.shows("Linked"));
}

#[test]
fn each_page_up_to_the_rules_is_worked_by_keys_alone() {
    let mut window = coffee(Page::Sources);
    window.row_by_key("Table Store");
    tab_to(&mut window, "Semantic type of StoreId");
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.harness.step();
    window.harness.event(egui::Event::Text("visitor id".to_owned()));
    press(&mut window, Key::Enter);
    let store = |window: &Window| project(window).source_table("store").expect("a table").clone();
    assert_eq!(store(&window).columns[0].semantic_type.as_deref(), Some("Identity.VisitorId"));
    window.go(Page::CustomerData);
    window.row_by_key("Table Store");
    choose_by_key(&mut window, "Primary key of Store", "Email");
    assert_eq!(store(&window).primary_key.as_deref(), Some("Email"));
    tab_to(&mut window, "Use FullName");
    press(&mut window, Key::Space);
    assert!(!store(&window).column("FullName").expect("a column").selected);
    window.go(Page::Deduplication);
    window.row_by_key("Table Web");
    tab_to(&mut window, "More of rule 1");
    press(&mut window, Key::Enter);
    for _ in 0..2 {
        press(&mut window, Key::ArrowDown);
    }
    assert!(window.harness.get_by_label("Delete rule 1").is_focused(), "past what cannot be chosen");
    press(&mut window, Key::Enter);
    assert!(project(&window).unification_table("web").expect("a table").deduplication_rules.is_empty());
    window.go(Page::Matching);
    tab_to(&mut window, "More of match rule 1 of Web");
    press(&mut window, Key::Enter);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Enter);
    assert_eq!(names(&window), ["LoyaltyID in Store", "LoyaltyID in Loyalty"]);
}

fn is_off(window: &Window, label: &str) -> bool {
    egui_kittest::kittest::NodeT::accesskit_node(&window.harness.get_by_label(label)).is_disabled()
}

fn drag(window: &mut Window, from: egui::Pos2, to: egui::Pos2) {
    let button = |pos, pressed| egui::Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    window.harness.event(egui::Event::PointerMoved(from));
    window.harness.event(button(from, true));
    window.harness.step();
    for share in [0.3, 0.7, 1.0] {
        window.harness.event(egui::Event::PointerMoved(from + (to - from) * share));
        window.harness.step();
    }
    window.harness.event(button(to, false));
    window.settle();
}

#[test]
fn shared_ids_are_proposed_with_their_matches() {
    let mut window = coffee(Page::Matching);
    window.app_mut().workbench.edit("No rules", |project| project.unification[2].match_rules.clear());
    window.settle();
    // A table without rules has its proposals open.
    assert!(window.shows("LoyaltyID = Loyalty.LoyaltyID: 1 of 3 records"), "{:?}", project(&window).unification[2]);
    window.click("LoyaltyID = Loyalty.LoyaltyID: 1 of 3 records");
    window.click("Add 1 rule");
    assert_eq!(names(&window), ["LoyaltyID in Store"]);
    window.click("Propose exact rules for Web");
    assert!(!window.shows("LoyaltyID = Store.LoyaltyID: 1 of 3 records"), "it is a rule now");
}

#[test]
fn a_column_has_a_value_to_keep_of_its_own() {
    let mut window = coffee(Page::Deduplication);
    window.click("Table Web");
    window.click("Take some columns from other rows…");
    window.choose("Value to keep of LoyaltyID", "Most recent");
    let values = &project(&window).unification_table("web").expect("a table").values_to_keep;
    assert_eq!(values[0].column, "LoyaltyID");
    assert_eq!(values[0].keep, RecordToKeep::MostRecent { field: "EventTimeStamp".to_owned() });
    assert!(window.shows("Taken from other rows: 1 column"));
    window.choose("Value to keep of LoyaltyID", "As the record");
    assert!(project(&window).unification_table("web").expect("a table").values_to_keep.is_empty());
}

#[test]
fn a_value_list_is_made_imported_and_chosen_in_a_condition() {
    let mut window = coffee(Page::Matching);
    window.click("Value lists…");
    window.click("Add alias list");
    window.fill("Name of the list", "Cards");
    window.fill("New value", "7O7");
    window.fill("New same as", "707");
    window.click("Add value");
    let path = window.folder.path().join("cards.csv");
    std::fs::write(&path, "value,same_as\n8O8,808\n,9\n").unwrap();
    window.fill("Path of a list", path.to_str().unwrap());
    window.click("Import CSV…");
    let aliases = &project(&window).alias_lists[0].aliases;
    let alias = |value: &str, same_as: &str| Alias { value: value.to_owned(), same_as: same_as.to_owned() };
    assert_eq!(*aliases, [alias("7O7", "707"), alias("8O8", "808")]);
    window.click("Remove value 2");
    window.click("Done");
    window.click("Edit match rule 1 of Web");
    window.choose("Normalize in condition 1 of match rule 1 of Web", "Cards (alias list)");
    press(&mut window, Key::Escape);
    assert_eq!(match_rules(&window)[0].conditions[0].alias_lists, [project(&window).alias_lists[0].id.clone()]);
    window.click("Value lists (1)…");
    let node = window.harness.get_by_label("🗑 Delete list");
    assert!(egui_kittest::kittest::NodeT::accesskit_node(&node).is_disabled(), "a rule uses it");
}

#[test]
fn pairs_are_decided_by_hand() {
    let mut window = coffee(Page::Matching);
    window.click("Pairs decided by hand (0)");
    window.fill("First record", "Web:Auth234");
    window.fill("Second record", "Nowhere:1");
    assert!(window.shows("There is no table Nowhere."));
    let loyalty = window.app().workbench.project.source_tables[0].name.clone();
    window.fill("Second record", &format!("{loyalty}:707"));
    window.fill("Reason of the pair", "They share a card");
    window.click("Add pair");
    let pair = project(&window).overrides.never_match[0].clone();
    assert_eq!(
        (pair.a.key.as_str(), pair.b.key.as_str(), pair.reason.as_str()),
        ("Auth234", "707", "They share a card")
    );
    assert!(window.shows("Pairs decided by hand (1)"));
    window.click("Remove pair 1");
    assert!(project(&window).overrides.is_empty());
}

#[test]
fn guards_are_off_until_switched_on() {
    let mut window = coffee(Page::Matching);
    window.click("Guards (off)");
    window.click("At most records in a profile");
    assert_eq!(project(&window).guards.max_records, Some(50));
    window.click("Add guarded identifier");
    window.choose("Add column to identifier 1", "Web.LoyaltyID");
    window.click("At most values of identifier 1 in a profile");
    window.click("Add the usual ones to identifier 1");
    window.fill("New blocked value of identifier 1", "(0");
    window.click("Pattern in identifier 1");
    let node = window.harness.get_by_label("Block");
    assert!(egui_kittest::kittest::NodeT::accesskit_node(&node).is_disabled(), "the pattern does not compile");
    let guard = project(&window).guards.identifiers[0].clone();
    assert_eq!((guard.name.as_str(), guard.max_values), ("LoyaltyID", Some(3)));
    assert_eq!(guard.blocked, usual_blocked_values());
    assert!(window.shows("Guards (1 identifier, at most 50 records)"));
}
