//! The Customers page: search, filters by value and interval, filters kept as a segment, the card and its timeline.

use std::fs;

use eframe::egui::{Event, Key, Modifiers, Role, Theme, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tributary::project::source::semantic;
use tributary::project::{Activity, ActivityLink, edit};
use tributary::workbench::{Command, Page};

use super::harness::Window;

const PEOPLE: &str = "\
PersonId,FullName,Email,City,Points,BirthDate,Photo
P1,Ana Cruz,ana@contoso.com,Lisboa,10,1980-05-06,ana.png
P2,Ben Roe,ben@contoso.com,Porto,250,1991-01-02,
P3,Cho-Lee Lin,cho@contoso.com,Lisboa,700,1991-11-12,https://example.com/cho.png
P4,Dora Maar,,Paris,20,1907-11-22,
P5,Ana Lis,ana.lis@contoso.com,Porto,35,1985-03-04,
P6,,,,,,
";

const VISITS: &str = "\
VisitId,At,PersonId,What
1,2023-01-02 10:00:00,P1,Product view
2,2023-02-03 11:00:00,P1,Checkout
";

const ORDERS: &str = "\
OrderId,On,PersonId,Kind,Amount
7,2023-02-04 12:00:00,P1,Order,12.50
";

/// The people of the tables, unified, on the Customers page.
fn people() -> Window {
    people_in(1280.0)
}

/// The same in a window of another width.
fn people_in(width: f32) -> Window {
    let mut window = Window::new(width, 800.0, Theme::Light);
    let folder = window.folder.path().to_owned();
    let write = |name: &str, text: &str| {
        fs::write(folder.join(name), text).unwrap();
        folder.join(name)
    };
    let paths = [("people.csv", PEOPLE), ("visits.csv", VISITS), ("orders.csv", ORDERS)];
    let paths = paths.map(|(name, text)| write(name, text)).to_vec();
    let picture = image::RgbaImage::from_pixel(40, 30, image::Rgba([200, 40, 40, 255]));
    picture.save(folder.join("ana.png")).unwrap();
    window.app_mut().workbench.add_tables(paths);
    window.settle();
    window.app_mut().workbench.edit("Set up", |project| {
        edit::set_primary_key(project, "people", Some("PersonId".to_owned()));
        let table = project.source_table_mut("people").unwrap();
        for (column, meaning) in [
            ("FullName", semantic::FULL_NAME),
            ("Email", semantic::EMAIL),
            ("City", semantic::CITY),
            ("Photo", semantic::PROFILE_IMAGE),
        ] {
            table.column_mut(column).unwrap().semantic_type = Some(meaning.to_owned());
        }
        edit::unify_table(project, "people");
        for (name, table, key, at, what) in
            [("Web visit", "visits", "VisitId", "At", "What"), ("Purchase", "orders", "OrderId", "On", "Kind")]
        {
            project.activities.push(Activity {
                id: table.to_owned() + "_activity",
                name: name.to_owned(),
                activity_type: "Other".to_owned(),
                source_table: table.to_owned(),
                primary_key: key.to_owned(),
                timestamp: at.to_owned(),
                event: what.to_owned(),
                detail: None,
                web_address: None,
                link: ActivityLink { column: "PersonId".to_owned(), to_table: "people".to_owned() },
                show_in_timeline: true,
            });
        }
    });
    window.settle();
    window.app_mut().workbench.save_to(&folder.join("people.tributary"));
    window.app_mut().workbench.apply(Command::UnifyAndDependencies);
    window.settle();
    let problems = &window.app().workbench.problems;
    assert!(window.app().workbench.published.is_some(), "{problems:?}");
    window.go(Page::Customers);
    window
}

/// The customers whose cards are shown, in order.
fn shown(window: &Window) -> Vec<&'static str> {
    let names = ["Ana Cruz", "Ben Roe", "Cho-Lee Lin", "Dora Maar", "Ana Lis", "P6"];
    let mut found: Vec<(f32, f32, &str)> = Vec::new();
    for name in names {
        if let Some(node) = window.harness.query_by_label(&format!("Customer {name}")) {
            let rect = node.rect();
            found.push((rect.top(), rect.left(), name));
        }
    }
    found.sort_by(|a, b| (a.0, a.1).partial_cmp(&(b.0, b.1)).unwrap());
    found.into_iter().map(|(_, _, name)| name).collect()
}

fn press(window: &mut Window, key: Key) {
    window.harness.key_press(key);
    window.settle();
}

/// Tabs on until something with this label has the focus.
fn focus(window: &mut Window, label: &str) {
    for _ in 0..150 {
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

#[test]
fn terms_are_searched_in_all_fields_by_mouse() {
    let mut window = people();
    assert_eq!(shown(&window).len(), 6);
    window.fill("Search customers", "ANA");
    assert_eq!(shown(&window), ["Ana Cruz", "Ana Lis"]);
    assert!(!window.shows("Some terms"), "of one term both say the same");
    window.fill("Search customers", "porto-ana");
    assert_eq!(shown(&window), ["Ana Lis"]);
    window.click("Some terms");
    assert_eq!(shown(&window), ["Ana Lis", "Ana Cruz", "Ben Roe"], "who has more terms comes first");
    assert!(window.shows("3 of 6 customers"));
    window.click("Clear all");
    assert!(window.shows("6 customers"));
}

#[test]
fn all_and_some_are_offered_of_several_terms_only() {
    let mut window = people();
    assert!(!window.shows("All terms") && !window.shows("Some terms"), "nothing is searched");
    window.fill("Search customers", "porto");
    assert!(!window.shows("All terms") && !window.shows("Some terms"), "of one term both are the same");
    window.fill("Search customers", "porto ana");
    assert!(window.shows("All terms") && window.shows("Some terms"));
}

#[test]
fn a_tile_names_the_field_of_what_was_found_out_of_sight() {
    let mut window = people();
    let picture = "https://example.com/cho.png";
    window.fill("Search customers", "cho");
    assert_eq!(shown(&window), ["Cho-Lee Lin"]);
    assert!(!window.shows(picture), "the name has the term already");
    window.fill("Search customers", "example");
    assert_eq!(shown(&window), ["Cho-Lee Lin"]);
    assert!(window.shows(picture), "no field of the tile has the term");
}

#[test]
fn terms_are_searched_by_keyboard_alone() {
    let mut window = people();
    enter(&mut window, "Search customers", "lis dora");
    assert_eq!(shown(&window), [""; 0]);
    assert!(window.shows("Show all customers"));
    focus(&mut window, "Some terms");
    press(&mut window, Key::Space);
    assert_eq!(shown(&window).len(), 4, "Lisboa twice, Lis and Dora");
    focus(&mut window, "Clear all");
    press(&mut window, Key::Enter);
    assert_eq!(shown(&window).len(), 6);
}

#[test]
fn values_and_intervals_filter_and_are_counted_among_the_others() {
    let mut window = people();
    window.click("City: Lisboa");
    assert_eq!(shown(&window), ["Ana Cruz", "Cho-Lee Lin"]);
    window.click("City: Porto");
    assert_eq!(shown(&window).len(), 4);
    enter(&mut window, "Points from", "30");
    press(&mut window, Key::Enter);
    enter(&mut window, "Points to", "250");
    press(&mut window, Key::Enter);
    assert_eq!(shown(&window), ["Ben Roe", "Ana Lis"]);
    assert!(window.shows("Remove the filter Points: 30 to 250"));
    window.click("Remove the filter City: Lisboa, Porto");
    assert_eq!(shown(&window), ["Ben Roe", "Ana Lis"]);
    enter(&mut window, "BirthDate from", "soon");
    press(&mut window, Key::Enter);
    assert!(window.shows("\"soon\" is not a date: write 2022-07-23 or 2022-07-23 10:00:00"));
    window.click("Clear the filter on BirthDate");
    window.click("Clear the filter on Points");
    window.click("City: (blank)");
    assert_eq!(shown(&window), ["P6"]);
    window.click("Values of City");
    assert!(!window.shows("City: (blank)"), "the values are put away");
    window.click("Clear all");
    window.click("Unknown");
    assert_eq!(shown(&window), ["Dora Maar", "P6"]);
}

#[test]
fn filters_become_a_segment_with_the_same_members() {
    let mut window = people();
    window.fill("Search customers", "contoso");
    window.click("City: Lisboa");
    assert_eq!(shown(&window), ["Ana Cruz", "Cho-Lee Lin"]);
    window.click("Save as a segment…");
    window.fill("Name of the new segment", "Lisbon mail");
    press(&mut window, Key::Enter);
    window.click("Open the segment");
    assert_eq!(window.app().workbench.page, Page::Segments);
    let run = window.app().workbench.live.run.clone().unwrap();
    let members: Vec<u32> = run.segments.last().unwrap().members.iter().collect();
    let names = run.customers.as_ref().unwrap().table.column("FullName").unwrap().clone();
    let names: Vec<String> = members.iter().map(|&row| names.text(row as usize).into_owned()).collect();
    assert_eq!(names, ["Ana Cruz", "Cho-Lee Lin"]);
    assert_eq!(window.app().workbench.project.segments.last().unwrap().name, "Lisbon mail");
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.settle();
    assert!(window.app().workbench.project.segments.is_empty(), "one step of undo");
}

#[test]
fn the_fields_of_the_page_are_chosen_and_undone() {
    let mut window = people();
    window.click("Search & filter fields…");
    window.click("Search Email");
    window.click("Card Points");
    window.click("Close search & filter fields");
    let index = window.app().workbench.project.customer_index.clone();
    assert!(!index.search.contains(&"email".to_owned()) && index.search.contains(&"fullname".to_owned()));
    assert!(index.card.contains(&"points".to_owned()) && index.filter.is_empty());
    window.fill("Search customers", "contoso");
    assert_eq!(shown(&window), [""; 0]);
    press(&mut window, Key::Escape);
    for _ in 0..2 {
        window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        window.settle();
    }
    assert!(window.app().workbench.project.customer_index.is_empty());
    assert_eq!(shown(&window).len(), 4);
}

#[test]
fn a_customer_is_found_and_opened_by_three_keys() {
    let mut window = people();
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.settle();
    window.harness.event(Event::Text("lin".to_owned()));
    window.settle();
    assert_eq!(shown(&window), ["Cho-Lee Lin"]);
    press(&mut window, Key::Enter);
    assert!(window.shows("Close the card") && window.shows("Origin of Email"));
    press(&mut window, Key::Escape);
    assert!(!window.shows("Close the card"));
}

#[test]
fn in_a_narrow_window_the_filters_wait_until_the_card_is_closed() {
    let mut window = people_in(900.0);
    assert!(window.shows("City: Lisboa"));
    window.click("Customer Ben Roe");
    assert!(window.shows("Close the card") && !window.shows("City: Lisboa"));
    assert!(shown(&window).len() > 1, "the list keeps its room");
    window.click("Close the card");
    assert!(window.shows("City: Lisboa"));
}

#[test]
fn the_analyst_chooses_what_customers_are_called_by() {
    let mut window = people();
    window.click("Search & filter fields…");
    window.click("Title Email");
    window.click("Title FullName");
    assert_eq!(window.app().workbench.project.customer_index.title, ["email"]);
    let called = |name: &str| window.harness.query_by_label(&format!("Customer {name}")).is_some();
    assert!(called("ana@contoso.com") && called("Dora Maar"), "who has none keeps the name");
    press(&mut window, Key::Escape);
    assert!(!window.shows("Title Email"), "Escape closes the panel");
    window.click("Customer ana@contoso.com");
    assert!(window.shows("Close the card"));
    press(&mut window, Key::Escape);
    assert!(!window.shows("Close the card"), "and the card");
}

#[test]
fn a_card_is_opened_by_keyboard_and_its_timeline_filtered() {
    let mut window = people();
    focus(&mut window, "customers");
    press(&mut window, Key::ArrowDown);
    assert!(window.shows("Close the card") && window.shows("Picture of Ana Cruz"));
    assert!(window.shows("2023-02 · 2 events") && window.shows("2023-01 · 1 event"));
    window.click("Show Purchase in the timeline");
    assert!(window.shows("2023-02 · 1 event"));
    window.click("Show Web visit in the timeline");
    assert!(window.shows("All activities are left out"));
    window.click("Origin of Email");
    assert!(window.shows("from People, row 1, key P1: the only value"));
    focus(&mut window, "customers");
    press(&mut window, Key::ArrowRight);
    assert!(!window.shows("2023-01 · 1 event"), "another customer, who did nothing");
}

#[test]
fn customers_are_sorted_and_shown_as_a_table() {
    let mut window = people();
    window.choose("Sort by", "FullName");
    assert_eq!(shown(&window), ["Ana Cruz", "Ana Lis", "Ben Roe", "Cho-Lee Lin", "Dora Maar", "P6"]);
    window.click("Ascending");
    assert_eq!(
        shown(&window),
        ["Dora Maar", "Cho-Lee Lin", "Ben Roe", "Ana Lis", "Ana Cruz", "P6"],
        "blanks stay last"
    );
    window.click("Table");
    assert_eq!(shown(&window), [""; 0]);
    window.click("Points");
    assert_eq!(window.app().workbench.page, Page::Customers);
    window.click("Cards");
    assert_eq!(shown(&window)[0], "Ana Cruz");
}

/// The texts of the cells of a column in sight, from top to bottom.
fn cells(window: &Window, column: &str) -> Vec<String> {
    let start = format!("{column}: ");
    let mut found: Vec<(f32, String)> = window
        .harness
        .query_all_by_role(Role::Cell)
        .filter_map(|node| Some((node.rect().top(), node.accesskit_node().label()?.strip_prefix(&start)?.to_owned())))
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, text)| text).collect()
}

#[test]
fn the_table_sorts_by_several_columns_and_filters_as_any_grid() {
    let mut window = people();
    window.click("Table");
    let all = ["Ana Cruz", "Ben Roe", "Cho-Lee Lin", "Dora Maar", "Ana Lis", "P6"];
    assert_eq!(cells(&window, "Customer"), all, "who has no name is called by the key");
    let header = |window: &mut Window, name: &str, modifiers: Modifiers| {
        let headers = window.harness.query_all_by_role_and_label(Role::ColumnHeader, name);
        headers.into_iter().next().unwrap().click_modifiers(modifiers);
        window.settle();
    };
    header(&mut window, "City", Modifiers::NONE);
    header(&mut window, "Points", Modifiers::SHIFT);
    header(&mut window, "Points", Modifiers::SHIFT);
    assert_eq!(
        cells(&window, "Customer"),
        ["Cho-Lee Lin", "Ana Cruz", "Dora Maar", "Ben Roe", "Ana Lis", "P6"],
        "by city, then by points from the most, blanks last"
    );
    assert!(window.shows("Sorted by City, ascending  ✖"));
    window.click("then by Points, descending  ✖");
    assert_eq!(cells(&window, "Customer")[..2], ["Ana Cruz", "Cho-Lee Lin"]);
    let menu = |window: &mut Window, cell: &str| {
        window.harness.query_all_by_role_and_label(Role::Cell, cell).next().unwrap().click_secondary();
        window.settle();
    };
    menu(&mut window, "City: Porto");
    window.click("Exclude “Porto”");
    menu(&mut window, "City: Paris");
    window.click("Exclude “Paris”");
    assert!(window.shows("Remove the filter City: not Porto, Paris") && window.shows("3 of 6 customers"));
    assert_eq!(cells(&window, "Customer"), ["Ana Cruz", "Cho-Lee Lin", "P6"]);
    menu(&mut window, "City: blank");
    window.click("Blank only");
    assert_eq!(cells(&window, "Customer"), ["P6"]);
    window.click("Cards");
    assert_eq!(shown(&window), ["P6"], "cards and table have one question");
}

#[test]
fn a_customer_id_leads_to_its_customer() {
    let mut window = people();
    let run = window.app().workbench.published.as_ref().unwrap().run.clone().unwrap();
    let table = &run.customers.as_ref().unwrap().table;
    let of = |column: &str| table.column(column).unwrap().text(1).into_owned();
    let (id, name) = (of("CustomerId"), of("FullName"));
    window.fill("Search customers", &id);
    window.click(&format!("{id} is the CustomerId of {name}: open its customer"));
    assert!(window.shows("Close the card") && window.shows("Origin of Email"));
}

#[test]
fn bars_of_a_histogram_are_chosen_by_arrows_and_by_mouse() {
    let mut window = people();
    focus(&mut window, "Histogram of BirthDate");
    press(&mut window, Key::ArrowRight);
    assert_eq!(shown(&window), ["Dora Maar"]);
    window.harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
    window.settle();
    assert!(window.shows("Remove the filter BirthDate: 1905-01-01 to 1914-12-31"));
    press(&mut window, Key::ArrowLeft);
    let first = "Remove the filter BirthDate: 1905-01-01 to 1909-12-31";
    assert!(window.shows(first));
    window.click(first);
    assert_eq!(shown(&window).len(), 6);
    let rect = window.harness.get_by_label("Histogram of BirthDate").rect();
    let (from, to) = (rect.right_center() - vec2(1.0, 0.0), rect.center() + vec2(rect.width() / 4.0, 0.0));
    window.harness.drag_at(from);
    window.harness.step();
    window.harness.hover_at(to);
    window.harness.step();
    window.harness.drop_at(to);
    window.settle();
    assert_eq!(shown(&window), ["Ana Cruz", "Ben Roe", "Cho-Lee Lin", "Ana Lis"]);
}

#[test]
fn escape_puts_the_card_and_the_choice_of_fields_away() {
    let mut window = people();
    window.click("Customer Ana Cruz");
    assert!(window.shows("Close the card") && window.shows("Copy the CustomerId"));
    window.click("Search & filter fields…");
    window.harness.get_by_label("Search customers").focus();
    window.settle();
    press(&mut window, Key::Escape);
    assert!(!window.shows("Close search & filter fields") && window.shows("Close the card"));
    press(&mut window, Key::Escape);
    assert!(!window.shows("Close the card"));
}
