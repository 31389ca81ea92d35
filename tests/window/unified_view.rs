//! Unified data view by label: policies, groups, what breaks, the fields of the CustomerId, where a cell comes from.

use std::fs;

use eframe::egui::{Key, Role, Theme};
use egui_kittest::kittest::Queryable as _;
use tributary::project::{Condition, MatchRule, MergePolicy, Project};
use tributary::workbench::Page;

use super::harness::Window;

/// Monica Thomson in two sources, whose addresses differ.
fn monica() -> Window {
    let mut window = Window::new(1280.0, 900.0, Theme::Light);
    let folder = window.folder.path().join("tables");
    fs::create_dir_all(&folder).unwrap();
    let header = "Id,Name,Email,Line1,Line2,City,Seen\n";
    let crm = "C1,Monica Thomson,monica@x.com,200 Cedar Springs Rd,,Dallas,2024-01-05\nC2,Bo Ek,b@x.com,,,,\n";
    let shop = "S1,M. Thomson,monica@x.com,1401 Main St,Suite 950,Houston,2024-03-01\n";
    window.go(Page::Sources);
    for (name, rows) in [("crm", crm), ("shop", shop)] {
        let path = folder.join(format!("{name}.csv"));
        fs::write(&path, format!("{header}{rows}")).unwrap();
        window.fill("Path of a table", path.to_str().unwrap());
        window.click("Add path");
    }
    window.app_mut().workbench.edit("Unify", |project| {
        for table in &mut project.source_tables {
            table.primary_key = Some("Id".to_owned());
        }
        for table in ["crm", "shop"] {
            tributary::project::edit::unify_table(project, table);
        }
        project.unification[1].match_rules = vec![MatchRule {
            id: "email_rule".to_owned(),
            name: "Email".to_owned(),
            active: true,
            to_table: "crm".to_owned(),
            conditions: vec![Condition::exact_to("Email", "Email")],
            exceptions: Vec::new(),
        }];
    });
    window.app_mut().workbench.notices.clear();
    window.go(Page::UnifiedView);
    window
}

fn project(window: &Window) -> &Project {
    &window.app().workbench.project
}

fn press(window: &mut Window, key: Key) {
    window.harness.key_press(key);
    window.settle();
}

/// What the first customer has in a field, in the live run.
fn cell(window: &Window, field: &str) -> String {
    let run = window.app().workbench.live.run.clone().unwrap();
    run.customers.as_ref().unwrap().table.column(field).unwrap().text(0).into_owned()
}

fn address(window: &Window) -> [String; 3] {
    ["Line1", "Line2", "City"].map(|field| cell(window, field))
}

#[test]
fn fields_become_a_group_that_is_ranked_and_dissolved() {
    let mut window = monica();
    assert_eq!(address(&window), ["200 Cedar Springs Rd", "Suite 950", "Dallas"], "mixed");
    for field in ["Line1", "Line2", "City"] {
        window.click(&format!("Select {field}"));
    }
    window.click("Group 3");
    assert_eq!(address(&window), ["200 Cedar Springs Rd", "", "Dallas"]);
    window.fill("Name of the group", "Address");
    press(&mut window, Key::Enter);
    assert_eq!(project(&window).field_groups[0].name, "Address");
    assert!(window.shows("Group Address"));
    window.click("Rank Shop higher");
    assert_eq!(address(&window), ["1401 Main St", "Suite 950", "Houston"]);
    window.click("Rank Crm higher");
    window.choose("Policy of the group", "Most recent");
    assert_eq!(address(&window), ["1401 Main St", "Suite 950", "Houston"], "by the dates offered");
    assert_eq!(project(&window).field_groups[0].merge.rank_by_of("crm"), Some("Seen"));
    window.choose("Policy of the group", "Least recent");
    assert_eq!(address(&window), ["200 Cedar Springs Rd", "", "Dallas"]);
    window.click("Field City");
    window.click("Take out of the group");
    assert_eq!(project(&window).field_groups[0].fields, ["line1", "line2"]);
    window.click("Group Address");
    window.click("Dissolve group");
    assert!(project(&window).field_groups.is_empty());
    assert_eq!(address(&window), ["200 Cedar Springs Rd", "Suite 950", "Dallas"]);
}

#[test]
fn fields_are_combined_with_a_policy() {
    let mut window = monica();
    window.click("Select Line1");
    window.click("Select Line2");
    window.click("Combine 2");
    window.choose("Policy of the field", "All values as a list");
    assert_eq!(cell(&window, "Line1"), "200 Cedar Springs Rd;1401 Main St;Suite 950");
    window.choose("Policy of the field", "Longest");
    assert_eq!(cell(&window, "Line1"), "200 Cedar Springs Rd");
    window.click("Field Name");
    window.choose("Policy of the field", "Most recent");
    assert_eq!(cell(&window, "Name"), "M. Thomson");
    window.choose("Policy of the field", "Most filled");
    assert_eq!(cell(&window, "Name"), "M. Thomson");
    window.choose("Policy of the field", "Importance");
    assert_eq!(cell(&window, "Name"), "Monica Thomson");
}

#[test]
fn a_missing_column_to_rank_by_is_said_and_chosen() {
    let mut window = monica();
    window.app_mut().workbench.edit("Seen is text", |project| {
        project.source_tables[1].column_mut("Seen").unwrap().column_type = tributary::project::ColumnType::String;
    });
    window.settle();
    window.click("Field Name");
    window.choose("Policy of the field", "Most recent");
    assert!(window.shows("⚠ missing") || window.shows("has no date and no number"));
    let said = "Name takes the most recent value, but no column of Shop says when.";
    assert!(window.app().workbench.problems.iter().any(|problem| problem.message == said));
    window.app_mut().workbench.apply(tributary::workbench::Command::Undo);
    window.app_mut().workbench.apply(tributary::workbench::Command::Undo);
    window.settle();
    window.choose("Policy of the field", "Most recent");
    window.choose("Rank Crm by", "Seen (date)");
    let field = project(&window).unified_fields.iter().find(|field| field.id == "name").unwrap();
    assert!(matches!(field.merge, MergePolicy::MostRecent { .. }));
    assert_eq!(field.merge.rank_by_of("shop"), Some("Seen"));
}

#[test]
fn what_breaks_is_said_before_a_field_is_excluded_or_separated() {
    let mut window = monica();
    window.click("Keys");
    window.click("Make the CustomerId of Email");
    assert_eq!(project(&window).customer_id_fields, ["email"]);
    assert!(window.shows("Customers without these values"));
    window.click("Customer columns");
    window.click("Select Email");
    window.click("Select Name");
    window.click("Group 2");
    window.click("Field Email");
    window.click("Exclude");
    let asked = "Email is used by group Group, the custom CustomerId.";
    assert!(window.harness.query_by_label_contains(asked).is_some());
    window.click("Keep as it is");
    window.click("Separate");
    assert!(window.harness.query_by_label_contains("which will go on with Crm › Email only").is_some());
    window.click("Keep as it is");
    window.click("Exclude");
    window.click("Exclude all the same");
    assert!(project(&window).field_groups.is_empty());
    let said = "The custom CustomerId is made of Email, which is excluded.";
    assert!(window.app().workbench.problems.iter().any(|problem| problem.message == said));
    window.click("Keys");
    window.click("Back to the default id");
    assert!(project(&window).customer_id_fields.is_empty());
}

#[test]
fn a_cell_says_where_its_value_comes_from() {
    let mut window = monica();
    // The name stands twice: what the customer is called, and the field behind it.
    window.harness.get_all_by_label("Monica Thomson").last().expect("the field").click();
    window.settle();
    assert!(window.shows("Where Name comes from"));
    assert!(window.shows("first by importance"));
    assert!(window.shows("Crm › Name · row 1 · key C1"));
    assert!(window.shows("M. Thomson") && window.shows("Shop › Name · row 1 · key S1"));
    assert!(window.shows("Shop ranks below Crm"));
    window.click("Field Name");
    window.choose("Policy of the field", "Most recent");
    assert!(window.shows("most recent: Seen 2024-03-01"), "the account is as live as the value");
    window.click("Close where the value comes from");
    assert!(!window.shows("Where Name comes from"));
}

#[test]
fn cells_are_reached_by_arrows() {
    let mut window = monica();
    window.harness.get_by_label("Unified customers").focus();
    window.settle();
    // Past what the customer is called.
    press(&mut window, Key::ArrowRight);
    press(&mut window, Key::ArrowRight);
    assert!(window.shows("Where Id comes from"));
    press(&mut window, Key::ArrowRight);
    assert!(window.shows("Where Name comes from") && window.shows("Crm › Name · row 1 · key C1"));
    press(&mut window, Key::ArrowDown);
    assert!(window.shows("Crm › Name · row 2 · key C2") && window.shows("the only value"));
    press(&mut window, Key::ArrowRight);
    press(&mut window, Key::ArrowRight);
    assert!(window.shows("Where Line1 comes from") && window.shows("Blank: no record has a value"));
    press(&mut window, Key::ArrowLeft);
    assert!(window.shows("Where Email comes from"));
    press(&mut window, Key::End);
    // A screen reader is told of the cell; the grid around it has the keys.
    let focused = window.harness.query_all_by_role(Role::Cell).any(|node| node.is_focused());
    assert!(focused, "the arrows stay in the grid");
}

#[test]
fn a_group_is_made_and_ranked_by_keyboard_only() {
    let mut window = monica();
    let key = |window: &mut Window, label: &str, key: Key| {
        window.harness.get_by_label(label).focus();
        window.harness.step();
        press(window, key);
    };
    for field in ["Line1", "Line2", "City"] {
        window.row_by_key(&format!("Field {field}"));
        press(&mut window, Key::Space);
    }
    key(&mut window, "Group 3", Key::Enter);
    assert_eq!(address(&window), ["200 Cedar Springs Rd", "", "Dallas"]);
    key(&mut window, "Rank Crm lower", Key::Enter);
    assert_eq!(address(&window), ["1401 Main St", "Suite 950", "Houston"]);
    key(&mut window, "Policy of the group", Key::Space);
    [Key::ArrowDown, Key::ArrowDown, Key::Enter].into_iter().for_each(|key| press(&mut window, key));
    assert!(project(&window).field_groups[0].merge.is_recency());
    key(&mut window, "Keys", Key::Enter);
    key(&mut window, "Make the CustomerId of Email", Key::Space);
    assert_eq!(project(&window).customer_id_fields, ["email"]);
}
