//! What makes a customer known, who became known when, and clusters, worked by their labels.

use eframe::egui::{Key, Role, Theme};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tributary::project::source::semantic;
use tributary::workbench::Page;

use super::harness::Window;

fn coffee() -> Window {
    let mut window = Window::new(1280.0, 1600.0, Theme::Light);
    window.app_mut().workbench.open_sample("coffee");
    window.settle();
    window.app_mut().workbench.notices.clear();
    window.go(Page::UnifiedView);
    window
}

/// Shows the clusters, on a tab of their own where there are tabs.
fn clusters() -> Window {
    let mut window = coffee();
    let is_tab = window.harness.query_all_by_label("Clusters").any(|node| node.accesskit_node().role() != Role::Label);
    if is_tab {
        window.click("Clusters");
    }
    window
}

/// Gives a column of a source table a meaning, as Customer data does.
fn mean(window: &mut Window, table: &str, column: &str, meaning: &str) {
    window.app_mut().workbench.edit("Set meaning", |project| {
        let column = project.source_table_mut(table).unwrap().column_mut(column).unwrap();
        column.semantic_type = Some(meaning.to_owned());
    });
    window.settle();
}

#[test]
fn case_40_both_readings_of_known_are_one_click() {
    let mut window = coffee();
    let known = |window: &Window| window.app().workbench.project.known_identifiers.clone();
    let contact = [semantic::EMAIL, semantic::PHONE, semantic::ADDRESS];
    assert_eq!(known(&window), contact);
    window.click("Known identifiers");
    window.click("Known by Contact information and loyalty id");
    assert_eq!(known(&window), [&contact[..], &[semantic::LOYALTY_ID]].concat());
    window.click("Known by Contact information");
    assert_eq!(known(&window), contact);
    // A list of one's own goes back to either.
    window.click("A list of my own");
    window.click("Remove Phone");
    window.click("Known by Contact information");
    assert_eq!(known(&window), contact);
}

#[test]
fn the_chart_says_its_numbers() {
    let mut window = coffee();
    window.click("Known identifiers");
    let chart = "Customers who became known by week, customers. 2022-W29: 1";
    assert!(window.shows(chart), "{chart}");
    assert!(window.shows("1 of 3 known customers became known; 2 were never unknown."));
}

#[test]
fn a_household_is_offered_once_there_are_names_and_addresses() {
    let mut window = clusters();
    assert!(window.harness.query_by_label_contains("A household needs a field with").is_some());
    mean(&mut window, "loyalty", "FullName", semantic::LAST_NAME);
    mean(&mut window, "loyalty", "Email", semantic::ADDRESS);
    window.click("➕ Add household");
    let project = window.app().workbench.project.clone();
    assert_eq!(project.clusters.len(), 1);
    let fields: Vec<&str> = project.clusters[0].fields().collect();
    assert_eq!(fields, ["fullname", "email"]);
    window.fill("Name of cluster Household", "Homes");
    window.harness.key_press(Key::Enter);
    window.settle();
    let run = window.app().workbench.live.run.clone().unwrap();
    assert!(run.customers.as_ref().unwrap().table.column("Homes").is_some());
    window.click("🗑 Delete cluster");
    assert!(window.app().workbench.project.clusters.is_empty());
    assert!(window.app().workbench.project.retired_ids.contains(&"household".to_owned()));
}

#[test]
fn a_cluster_of_ones_own_says_how_many_are_in_it() {
    let mut window = clusters();
    window.click("Add cluster");
    window.choose("Field in condition 1 of rule 1 of Cluster", "LoyaltyID");
    let project = window.app().workbench.project.clone();
    assert_eq!(project.clusters[0].rules[0].conditions[0].field, "loyaltyid", "by its id");
    assert_eq!(project.clusters[0].rules[0].name, "Same LoyaltyID", "the name follows the condition");
    let run = window.app().workbench.live.run.clone().unwrap();
    let (id, found) = &run.customers.as_ref().unwrap().clusters[0];
    assert_eq!((id.as_str(), found.count, found.customers), ("cluster", 0, 0), "one customer has a loyalty id");
    window.click("Add rule to Cluster");
    assert_eq!(window.app().workbench.project.clusters[0].rules.len(), 2);
    window.more("rule 2 of Cluster", "Delete rule 2 of Cluster");
    assert_eq!(window.app().workbench.project.clusters[0].rules.len(), 1);
}
