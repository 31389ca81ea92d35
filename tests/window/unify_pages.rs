//! Sources, Customer data and Deduplication rules by label, from an empty project.

use eframe::egui::{Key, OutputCommand, Theme};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tributary::project::RecordToKeep;
use tributary::workbench::Page;

use super::harness::Window;

fn with_coffee() -> Window {
    let mut window = Window::new(1280.0, 900.0, Theme::Light);
    window.go(Page::Sources);
    let tables = window.sample_tables("coffee");
    for name in ["loyalty", "web"] {
        window.fill("Path of a table", tables.join(format!("{name}.csv")).to_str().unwrap());
        window.click("Add path");
    }
    window
}

fn press(window: &mut Window, key: Key) {
    window.harness.key_press(key);
    window.settle();
}

#[test]
fn tables_are_added_renamed_and_their_columns_set() {
    let mut window = with_coffee();
    assert_eq!(window.app().workbench.project.source_tables.len(), 2);
    window.click("Table Web");
    window.fill("Table name", "Site");
    assert_eq!(window.app().workbench.project.source_tables[1].name, "Site");
    window.fill("Table name", "1 bad name");
    press(&mut window, Key::Enter);
    assert_eq!(window.app().workbench.project.source_tables[1].name, "Site", "a bad name is not taken");
    window.choose("Type of EventID", "string");
    window.fill("Semantic type of EventName", "Event of a visit");
    press(&mut window, Key::Enter);
    window.click("Use EventName");
    window.fill("Date format of EventTimeStamp", "dd-MM-yyyy HH:mm:ss");
    press(&mut window, Key::Enter);
    let web = &window.app().workbench.project.source_tables[1];
    assert_eq!(web.columns[0].column_type.label(), "string");
    assert_eq!(web.column("EventName").unwrap().semantic_type.as_deref(), Some("Event of a visit"));
    assert!(!web.column("EventName").unwrap().selected);
    assert_eq!(web.column("EventTimeStamp").unwrap().date_format.as_deref(), Some("dd-MM-yyyy HH:mm:ss"));
    // The 23rd month: every row is corrupt now.
    window.click("Corrupt rows: 4");
    assert_eq!(window.app().workbench.page, Page::LeftOut);
}

#[test]
fn a_meaning_is_chosen_by_its_words_typed_or_found_by_its_id() {
    let mut window = with_coffee();
    window.click("Table Web");
    let meaning = |window: &Window| {
        window.app().workbench.project.source_tables[1].column("EventName").unwrap().semantic_type.clone()
    };
    window.choose("Choices of Semantic type of EventName", "Full name");
    assert_eq!(meaning(&window).as_deref(), Some("Person.FullName"));
    let field = window.harness.get_by_label("Semantic type of EventName");
    assert_eq!(field.value().as_deref(), Some("Full name"), "the field shows words");
    window.fill("Semantic type of EventName", "birth DATE");
    press(&mut window, Key::Enter);
    assert_eq!(meaning(&window).as_deref(), Some("Person.BirthDate"), "no type of the analyst's own");
    window.click("Choices of Semantic type of EventName");
    window.harness.get_by_label("Search in Choices of Semantic type of EventName").type_text("identity.service.ph");
    window.settle();
    press(&mut window, Key::Enter);
    assert_eq!(meaning(&window).as_deref(), Some("Identity.Service.Phone"));
    window.choose("Choices of Semantic type of EventName", "No meaning");
    assert_eq!(meaning(&window), None);
}

#[test]
fn a_file_is_read_in_another_way_and_a_profile_filters_the_rows() {
    let mut window = with_coffee();
    window.click("Table Web");
    window.click("Reading options");
    window.click("Remove blank token --");
    assert!(!window.app().workbench.project.source_tables[1].blank_tokens.contains(&"--".to_owned()));
    window.fill("New blank token", "n/a");
    window.click("Add token");
    assert!(window.app().workbench.project.source_tables[1].blank_tokens.contains(&"n/a".to_owned()));
    window.click("First row names the columns");
    assert_eq!(window.app().workbench.project.source_tables[1].columns[0].name, "Column1");
    window.click("First row names the columns");
    window.click("Profile of EventName");
    window.click("Show the rows with Product view");
    assert!(window.shows("EventName: Product view  ✖"));
    assert!(window.shows("2 of 4 rows"));
}

#[test]
fn another_path_is_read_with_enter_and_kept_with_escape() {
    let mut window = with_coffee();
    window.click("Table Web");
    let path = |window: &Window| window.app().workbench.project.source_tables[1].path.clone();
    let before = path(&window);
    let other = window.folder.path().join("other.csv");
    std::fs::write(&other, "UserID,Email\nu1,ana@contoso.com\n").unwrap();
    window.fill("File of Web", other.to_str().unwrap());
    assert!(window.says("Enter reads this file in the place of"));
    press(&mut window, Key::Escape);
    assert_eq!(path(&window), before);
    let shown = window.harness.get_by_label("File of Web").value();
    assert_eq!(shown.as_deref(), Some(before.as_str()), "Escape takes back what was typed");
    window.fill("File of Web", other.to_str().unwrap());
    press(&mut window, Key::Enter);
    assert!(path(&window).ends_with("other.csv"));
    assert_eq!(window.app().workbench.project.source_tables[1].columns.len(), 2);
    window.fill("File of Web", "nowhere.csv");
    press(&mut window, Key::Enter);
    assert!(path(&window).ends_with("other.csv"), "a file that is not there is not taken");
    window.click("More of Web");
    window.harness.get_by_label("Copy the path of Web").click();
    window.harness.step();
    let copied = window
        .harness
        .output()
        .platform_output
        .commands
        .iter()
        .any(|command| matches!(command, OutputCommand::CopyText(text) if *text == other.display().to_string()));
    assert!(copied);
}

#[test]
fn a_used_table_is_not_removed() {
    let mut window = with_coffee();
    window.go(Page::CustomerData);
    window.click("Unify Web");
    window.choose("Primary key of Web", "UserID");
    window.go(Page::Sources);
    window.more("Web", "Remove Web");
    assert!(window.shows("Web is not removed, because it is used:"));
    assert_eq!(window.app().workbench.project.source_tables.len(), 2);
    window.click("Table Loyalty");
    window.more("Loyalty", "Remove Loyalty");
    assert_eq!(window.app().workbench.project.source_tables.len(), 1);
    assert_eq!(window.app().workbench.project.retired_ids, ["loyalty"]);
}

#[test]
fn a_table_is_unified_with_a_checked_key_and_taken_out_again() {
    let mut window = with_coffee();
    window.go(Page::CustomerData);
    window.click("Unify Web");
    window.choose("Primary key of Web", "UserID");
    let key = window.app().workbench.project.source_tables[1].primary_key.clone();
    assert_eq!(key.as_deref(), Some("UserID"));
    assert!(window.shows("Auth234 occurs 2 times; rows with one key become one record."));
    window.click("Key check");
    window.click("Show the rows with key Auth234");
    assert!(window.shows("2 of 4 rows"));
    window.click("Use none");
    let selected = |window: &Window| {
        window.app().workbench.project.source_tables[1].selected_columns().map(|c| c.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(selected(&window), ["UserID"]);
    window.fill("Search columns", "loyalty");
    window.click("Use all");
    assert_eq!(selected(&window), ["UserID", "LoyaltyID"]);
    window.go(Page::Deduplication);
    window.click("Add rule");
    window.go(Page::CustomerData);
    window.click("Unify Web");
    assert_eq!(window.app().workbench.project.unification.len(), 1, "asks first");
    window.click("Take Web out");
    assert!(window.app().workbench.project.unification.is_empty());
}

#[test]
fn a_table_without_rules_has_those_proposed_that_find_something() {
    let mut window = Window::new(1280.0, 900.0, Theme::Light);
    window.go(Page::Sources);
    for (name, rows) in [
        ("shop", "1,Ana,ana@x.org\n2,Ana,ANA@x.org\n3,Ben,ben@x.org\n4,A,ana@x.org\n"),
        ("crm", "1,Ana,ana@x.org\n2,Ben,\n3,Cho,\n"),
    ] {
        let path = window.folder.path().join(name).with_extension("csv");
        std::fs::write(&path, format!("No,FullName,Email\n{rows}")).unwrap();
        window.fill("Path of a table", path.to_str().unwrap());
        window.click("Add path");
    }
    window.go(Page::CustomerData);
    window.click("Unify Shop");
    window.click("Unify Crm");
    for table in ["Shop", "Crm"] {
        if window.app().workbench.project.source_table_named(table).unwrap().primary_key.is_none() {
            window.choose(&format!("Primary key of {table}"), "No");
        }
    }
    window.go(Page::Deduplication);
    window.click("Table Crm");
    assert!(window.says("Every row of Crm is a record of its own, and no two agree in an id"));
    assert!(!window.says("Rows that agree"), "nobody stands twice");
    window.click("Table Shop");
    assert!(window.shows("Rows that agree in Email: 3"));
    assert!(window.shows("2 duplicates"));
    window.click("Add rule Same Email");
    let rules = &window.app().workbench.project.unification_table("shop").unwrap().deduplication_rules;
    assert_eq!((rules.len(), rules[0].name.as_str()), (1, "Same Email"));
    let run = window.app().workbench.live.run.clone().expect("a live run");
    let report = run.report.tables.iter().find(|table| table.table == "Shop").expect("a report");
    assert_eq!((report.source, report.duplicates), (4, 2), "as it was said");
    assert!(!window.says("Rows that agree in"), "there is a rule now");
}

#[test]
fn rules_are_made_by_label_and_counted_at_once() {
    let mut window = with_coffee();
    window.go(Page::CustomerData);
    window.click("Unify Web");
    window.choose("Primary key of Web", "EventID");
    window.go(Page::Deduplication);
    window.click("Add rule");
    window.choose("Field in condition 1 of rule 1", "UserID");
    let rule = |window: &Window, place: usize| {
        window.app().workbench.project.unification[0].deduplication_rules[place].clone()
    };
    assert_eq!(rule(&window, 0).name, "Same UserID", "the name follows the field");
    assert!(window.shows("removes 1 row alone"));
    window.choose("Normalize in condition 1 of rule 1", "Text to lower case");
    press(&mut window, Key::Escape);
    assert_eq!(rule(&window, 0).conditions[0].normalizations.len(), 1);
    window.click("Add condition to rule 1");
    assert_eq!(rule(&window, 0).conditions.len(), 2);
    window.click("Remove condition 2 of rule 1");
    window.more("rule 1", "Duplicate rule 1");
    assert_eq!(rule(&window, 1).name, "Same UserID 2");
    window.click("Rule 2 is active");
    assert!(!rule(&window, 1).active);
    window.more("rule 2", "Delete rule 2");
    assert_eq!(window.app().workbench.project.unification[0].deduplication_rules.len(), 1);
    assert!(window.app().workbench.project.retired_ids.contains(&"same_userid_2".to_owned()));
    window.choose("Record to keep of Web", "Most recent");
    window.choose("Field of record to keep", "EventTimeStamp (datetime)");
    let keep = &window.app().workbench.project.unification[0].record_to_keep;
    assert_eq!(*keep, RecordToKeep::MostRecent { field: "EventTimeStamp".to_owned() });
    window.click("Duplicates: 1");
    assert_eq!(window.app().workbench.page, Page::LeftOut);
}

#[test]
fn every_control_is_reached_by_tab() {
    let mut window = with_coffee();
    let mut reached = Vec::new();
    for _ in 0..90 {
        press(&mut window, Key::Tab);
        let focused = window.harness.query_all(egui_kittest::kittest::By::new().predicate(|node| node.is_focused()));
        reached.extend(focused.filter_map(|node| node.accesskit_node().label()));
    }
    for label in [
        "Add tables…",
        "Table Loyalty",
        "Table name",
        "File of Loyalty",
        "More of Loyalty",
        "Type of Email",
        "Use Email",
    ] {
        assert!(reached.iter().any(|other| other == label), "{label} is not among {reached:?}");
    }
    window.row_by_key("Table Web");
    assert!(window.shows("More of Web"), "the arrows select a table");
}

#[test]
fn a_ticked_table_has_its_unique_key_at_once() {
    let mut window = with_coffee();
    window.go(Page::CustomerData);
    window.click("Unify Loyalty");
    let key = window.app().workbench.project.source_tables[0].primary_key.clone();
    assert_eq!(key.as_deref(), Some("LoyaltyID"));
    assert!(!window.app().workbench.problems.iter().any(|problem| problem.message.contains("primary key")));
    assert_eq!(window.app().workbench.history.undo_label(), Some("Unify Loyalty by LoyaltyID"));
    assert!(window.shows("unique"), "beside the column");
    window.click("Unify Web");
    assert!(window.says("2 repeated"), "Web's other columns say why not");
    assert_eq!(window.app().workbench.project.source_tables[1].primary_key.as_deref(), Some("UserID"), "whose it is");
    window.app_mut().workbench.edit("No key", |project| project.source_tables[0].primary_key = None);
    window.click("Table Loyalty");
    window.click("Use LoyaltyID, which is unique");
    assert_eq!(window.app().workbench.project.source_tables[0].primary_key.as_deref(), Some("LoyaltyID"));
}

#[test]
fn an_event_log_is_told_and_made_an_activity() {
    let mut window = with_coffee();
    window.go(Page::CustomerData);
    window.click("Unify Loyalty");
    window.click("Unify Web");
    assert!(window.says("Web looks like an event log: each row has its own EventID, and UserID says whose it is."));
    window.choose("Primary key of Web", "EventID");
    window.click("Use UserID as the key");
    assert_eq!(window.app().workbench.project.source_tables[1].primary_key.as_deref(), Some("UserID"));
    window.click("Use Web as an activity only");
    let project = &window.app().workbench.project;
    assert_eq!((project.unification.len(), project.activities.len()), (1, 1));
    let activity = &project.activities[0];
    assert_eq!((&*activity.source_table, &*activity.link.to_table), ("web", "loyalty"));
    assert_eq!((&*activity.primary_key, &*activity.link.column), ("EventID", "LoyaltyID"));
    assert_eq!(window.app().workbench.page, Page::Activities);
    window.app_mut().workbench.apply(tributary::workbench::Command::Undo);
    window.settle();
    assert_eq!(window.app().workbench.project.unification.len(), 2, "one step");
    window.go(Page::CustomerData);
    assert!(!window.says("Loyalty looks like an event log"));
}

#[test]
fn columns_of_a_wide_table_are_searched() {
    let mut window = Window::new(1280.0, 800.0, Theme::Light);
    let path = window.folder.path().join("wide.csv");
    let names: Vec<String> = (0..40).map(|place| format!("measure_{place}")).collect();
    std::fs::write(&path, format!("id,e_mail,{}\n1,a@b.org,{}\n", names.join(","), vec!["2"; 40].join(","))).unwrap();
    window.app_mut().workbench.add_tables(vec![path]);
    window.settle();
    window.go(Page::Sources);
    assert!(window.shows("42 columns") && window.shows("Profile of measure_3"));
    window.fill("Search columns of the table", "e_mail");
    assert!(window.shows("1 of 42 columns") && window.shows("Profile of e_mail"));
    assert!(!window.shows("Profile of measure_3"));
}
