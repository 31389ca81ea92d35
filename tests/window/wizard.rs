//! The whole way, from an empty project to an exported segment, by mouse and by keyboard only; and the same project
//! run without a window comes to the same.

use std::fs;
use std::process::Command as Process;

use eframe::egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable as _;

use tributary::project::Normalization;

use super::harness::Window;

/// How a person works the window.
trait Hand {
    /// Presses a button or ticks a box.
    fn press(&mut self, window: &mut Window, label: &str);
    /// Types a text in the place of what a field holds.
    fn fill(&mut self, window: &mut Window, field: &str, text: &str);
    /// Chooses an option of a drop-down.
    fn choose(&mut self, window: &mut Window, picker: &str, option: &str);
    /// Chooses a row of a list, and ticks its box where one is named.
    fn row(&mut self, window: &mut Window, row: &str, tick: Option<&str>);
    /// Opens a page of the rail.
    fn page(&mut self, window: &mut Window, title: &str, digit: Key);
}

struct Mouse;

impl Hand for Mouse {
    fn press(&mut self, window: &mut Window, label: &str) {
        window.click(label);
    }

    fn fill(&mut self, window: &mut Window, field: &str, text: &str) {
        window.fill(field, text);
    }

    fn choose(&mut self, window: &mut Window, picker: &str, option: &str) {
        window.choose(picker, option);
    }

    fn row(&mut self, window: &mut Window, row: &str, tick: Option<&str>) {
        window.click(tick.unwrap_or(row));
    }

    fn page(&mut self, window: &mut Window, title: &str, _digit: Key) {
        // The rail is drawn before the page.
        window.harness.query_all_by_label(title).next().unwrap_or_else(|| panic!("no {title}")).click();
        window.settle();
    }
}

/// Tab, arrows, Enter, Space and shortcuts only.
struct Keyboard;

impl Keyboard {
    fn tap(window: &mut Window, key: Key) {
        window.harness.key_press(key);
        window.harness.step();
    }

    /// Tabs on until something with this label has the focus.
    fn focus(window: &mut Window, label: &str) {
        let focused = |window: &Window| window.harness.query_all_by_label(label).any(|node| node.is_focused());
        for _ in 0..400 {
            if focused(window) {
                return;
            }
            Self::tap(window, Key::Tab);
        }
        panic!("Tab does not lead to {label}");
    }
}

impl Hand for Keyboard {
    fn press(&mut self, window: &mut Window, label: &str) {
        Self::focus(window, label);
        Self::tap(window, Key::Space);
        window.settle();
    }

    fn fill(&mut self, window: &mut Window, field: &str, text: &str) {
        Self::focus(window, field);
        window.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        window.harness.step();
        window.harness.event(eframe::egui::Event::Text(text.to_owned()));
        window.settle();
    }

    fn choose(&mut self, window: &mut Window, picker: &str, option: &str) {
        Self::focus(window, picker);
        let before = window.ids(option);
        Self::tap(window, Key::Space);
        window.settle();
        // The list begins at its chosen entry: the others lie below it or above.
        for key in [[Key::ArrowDown; 20].as_slice(), &[Key::ArrowUp; 40]].concat() {
            let found = window.appeared(option, &before).unwrap_or_else(|| panic!("{picker} offers no {option}"));
            if found.is_focused() {
                Self::tap(window, Key::Enter);
                window.settle();
                return;
            }
            Self::tap(window, key);
        }
        panic!("the arrows do not lead to {option} of {picker}");
    }

    fn row(&mut self, window: &mut Window, row: &str, tick: Option<&str>) {
        window.row_by_key(row);
        if tick.is_some() {
            Self::tap(window, Key::Space);
            window.settle();
        }
    }

    fn page(&mut self, window: &mut Window, _title: &str, digit: Key) {
        window.harness.key_press_modifiers(Modifiers::COMMAND, digit);
        window.settle();
    }
}

/// From an empty project to an exported segment.
fn walk(hand: &mut dyn Hand) {
    let mut window = Window::new(1280.0, 1200.0, Theme::Light);
    let window = &mut window;
    sources(window, hand);
    unification(window, hand);
    profiles(window, hand);
    insight(window, hand);
    export(window, hand);
    same_without_a_window(window);
}

fn sources(window: &mut Window, hand: &mut dyn Hand) {
    let tables = window.sample_tables("coffee");
    for name in ["loyalty", "store", "web"] {
        hand.fill(window, "Path of a table", tables.join(format!("{name}.csv")).to_str().unwrap());
        hand.press(window, "Add path");
    }
    let project = &window.app().workbench.project;
    let names: Vec<&str> = project.source_tables.iter().map(|table| table.name.as_str()).collect();
    assert_eq!(names, ["Loyalty", "Store", "Web"]);
}

fn unification(window: &mut Window, hand: &mut dyn Hand) {
    hand.page(window, "Customer data", Key::Num2);
    for (table, key) in [("Loyalty", "LoyaltyID"), ("Store", "StoreId"), ("Web", "UserID")] {
        hand.row(window, &format!("Table {table}"), Some(&format!("Unify {table}")));
        hand.choose(window, &format!("Primary key of {table}"), key);
    }
    for column in ["EventID", "EventTimeStamp", "EventName"] {
        hand.press(window, &format!("Use {column}"));
    }
    hand.page(window, "Deduplication rules", Key::Num3);
    hand.row(window, "Table Web", None);
    hand.press(window, "Add rule");
    hand.choose(window, "Field in condition 1 of rule 1", "UserID");
    hand.page(window, "Matching rules", Key::Num4);
    hand.press(window, "Add match rule to Store");
    hand.choose(window, "Field in condition 1 of match rule 1 of Store", "Email");
    hand.choose(window, "Higher field in condition 1 of match rule 1 of Store", "Email");
    let proposed = &window.app().workbench.project.unification[1].match_rules[0].conditions[0];
    assert_eq!(proposed.normalizations, [Normalization::LowerCase], "addresses are compared whatever their case");
    hand.choose(window, "Normalize in condition 1 of match rule 1 of Store", "Whitespace");
    // The list of normalizations stays open for more than one.
    window.harness.key_press(Key::Escape);
    window.settle();
    hand.press(window, "Add match rule to Web");
    hand.press(window, "Add match rule to Web");
    let web = &window.app().workbench.project.unification[2];
    let targets: Vec<(&str, &str)> =
        web.match_rules.iter().map(|rule| (rule.to_table.as_str(), rule.conditions[0].field.as_str())).collect();
    assert_eq!(targets, [("loyalty", "LoyaltyID"), ("store", "LoyaltyID")], "the proposed rules are on the shared id");
}

fn profiles(window: &mut Window, hand: &mut dyn Hand) {
    hand.page(window, "Review", Key::Num6);
    assert_eq!(window.app().workbench.problems, [], "nothing stands in the way");
    hand.press(window, "Run from Review");
    let report = &window.app().workbench.published.as_ref().expect("a run was published").report;
    assert_eq!((report.customers, report.known, report.unknown), (5, 3, 2));
    hand.page(window, "Matching rules", Key::Num4);
    hand.press(window, "Include all records of Web");
    let live = &window.app().workbench.live.run.as_ref().expect("live counts").report;
    assert_eq!((live.customers, live.dropped_records), (3, 2), "live, before any run");
    hand.press(window, "Include all records of Web");
    let live = &window.app().workbench.live.run.as_ref().expect("live counts").report;
    assert_eq!((live.customers, live.dropped_records), (5, 0));
}

fn insight(window: &mut Window, hand: &mut dyn Hand) {
    hand.page(window, "Activities", Key::Num8);
    hand.press(window, "Add activity");
    hand.choose(window, "Activity source table", "Web");
    hand.choose(window, "Activity primary key", "EventID (integer)");
    hand.choose(window, "Activity timestamp", "EventTimeStamp (datetime)");
    hand.choose(window, "Activity event", "EventName (string)");
    hand.choose(window, "Activity link column", "UserID (string)");
    hand.choose(window, "Activity link to", "Web › UserID");
    hand.fill(window, "Activity name", "Visits");
    let live = &window.app().workbench.live.run.as_ref().expect("live counts").report;
    assert_eq!((live.activities[0].linked, live.activities[0].orphaned), (4, 0));
    hand.page(window, "Segments", Key::Num9);
    hand.press(window, "Add segment");
    hand.fill(window, "Segment name", "Viewers");
    hand.choose(window, "Field of condition 1 of rule 1", "EventName");
    hand.fill(window, "Value of condition 1 of rule 1", "Product view");
    let run = window.app().workbench.live.run.clone().expect("live counts");
    assert_eq!(run.segments[0].members.count(), 2, "Unknown1 and Unkonwn5 viewed a product");
}

fn export(window: &mut Window, hand: &mut dyn Hand) {
    window.harness.key_press(Key::F5);
    window.settle();
    hand.page(window, "Export", Key::Num0);
    hand.press(window, "Add export");
    hand.choose(window, "Who is exported", "Segment: Viewers");
    let path = window.folder.path().join("viewers.csv");
    hand.fill(window, "Export path", path.to_str().unwrap());
    window.harness.key_press(Key::F5);
    window.settle();
    hand.press(window, "All fields");
    hand.press(window, "Run export");
    let exported = fs::read_to_string(&path).expect("the export was written");
    assert_eq!(exported.lines().count(), 3, "a header and two members:\n{exported}");
    assert!(exported.contains("Unknown1") && exported.contains("Unkonwn5"), "{exported}");
}

/// Saves the project and runs it with the program itself: the segment holds the same rows.
fn same_without_a_window(window: &mut Window) {
    let folder = window.folder.path().to_owned();
    let path = folder.join("walked.tributary");
    window.app_mut().workbench.save_to(&path);
    let out = folder.join("out");
    let run = Process::new(env!("CARGO_BIN_EXE_tributary"))
        .args(["run", path.to_str().unwrap(), "--out", out.to_str().unwrap(), "--format", "csv"])
        .env("TRIBUTARY_HOME", folder.join("home"))
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let headless = fs::read_to_string(out.join("segments/Viewers.csv")).unwrap();
    assert_eq!(headless, fs::read_to_string(folder.join("viewers.csv")).unwrap());
}

#[test]
fn the_whole_wizard_by_mouse() {
    walk(&mut Mouse);
}

#[test]
fn the_whole_wizard_by_keyboard_only() {
    walk(&mut Keyboard);
}
