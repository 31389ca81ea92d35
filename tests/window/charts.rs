//! Charts: read by arrows, their menus, and what is copied and saved.

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use eframe::egui::{Key, OutputCommand, Theme};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tributary::workbench::dialogs::{Dialogs, Purpose};
use tributary::workbench::{Command, Page};

use super::harness::Window;

/// Answers with files of a folder, and keeps what was asked.
struct Folder(PathBuf, Arc<Mutex<Vec<Purpose>>>);

impl Dialogs for Folder {
    fn ask(&mut self, purpose: Purpose, name: &str) -> Option<PathBuf> {
        self.1.lock().unwrap().push(purpose);
        Some(self.0.join(name))
    }

    fn ask_many(&mut self, _purpose: Purpose) -> Vec<PathBuf> {
        Vec::new()
    }
}

fn coffee() -> (Window, Arc<Mutex<Vec<Purpose>>>) {
    let mut window = Window::new(1280.0, 900.0, Theme::Light);
    let asked = Arc::new(Mutex::new(Vec::new()));
    let folder = window.folder.path().to_owned();
    window.app_mut().workbench.dialogs = Box::new(Folder(folder, Arc::clone(&asked)));
    window.app_mut().workbench.open_sample("coffee");
    window.settle();
    window.app_mut().workbench.notices.clear();
    window.go(Page::Statistics);
    (window, asked)
}

/// The chart's numbers, as it says them.
fn said(window: &Window) -> String {
    let mut charts = window.harness.query_all_by_label_contains("Customers by number of keys, customers.");
    charts.next().and_then(|node| node.accesskit_node().label()).unwrap_or_default()
}

#[test]
fn a_chart_says_its_numbers_and_is_read_by_arrows() {
    let (mut window, _) = coffee();
    let all = said(&window);
    assert!(all.starts_with("Customers by number of keys, customers. 1 key: "), "{all}");
    window.harness.get_by_label(&all).scroll_to_me();
    window.settle();
    window.harness.get_by_label(&all).focus();
    window.settle();
    window.harness.key_press(Key::ArrowRight);
    window.settle();
    assert!(window.harness.query_all_by_label_contains("of 1 key").next().is_some());
    window.harness.key_press(Key::End);
    window.settle();
    window.harness.key_press(Key::Enter);
    window.settle();
    let opened = window.harness.query_all_by_label_contains("Customers of 3 keys").next();
    assert!(opened.is_some(), "Enter opens the customers of the bar; the chart says {all}");
}

#[test]
fn a_chart_is_saved_as_drawing_and_as_data() {
    let (mut window, asked) = coffee();
    for action in ["Save as SVG…", "Save data as CSV…"] {
        window.click("More of Customers by number of keys");
        window.click(action);
    }
    assert_eq!(*asked.lock().unwrap(), [Purpose::SaveDrawing, Purpose::SaveData]);
    let read = |name: &str| fs::read_to_string(window.folder.path().join(name)).unwrap();
    let (svg, csv) = (read("customers-by-number-of-keys.svg"), read("customers-by-number-of-keys.csv"));
    assert!(svg.starts_with("<svg ") && svg.contains(">Customers by number of keys</text>"), "{svg}");
    assert!(csv.starts_with("Keys in a customer,customers\n1 key,"), "{csv}");
    let notices: Vec<String> = window.app().workbench.notices.iter().map(|notice| notice.text.clone()).collect();
    assert_eq!(notices.iter().filter(|text| text.starts_with("Saved ")).count(), 2, "{notices:?}");
}

#[test]
fn the_data_of_a_chart_is_copied() {
    let (mut window, _) = coffee();
    window.click("More of Customers by number of keys");
    window.harness.get_by_label("Copy data").click();
    let mut copied = None;
    for _ in 0..4 {
        window.harness.step();
        for command in &window.harness.output().platform_output.commands {
            if let OutputCommand::CopyText(text) = command {
                copied = Some(text.clone());
            }
        }
    }
    assert!(copied.is_some_and(|text| text.starts_with("Keys in a customer,customers\n")));
}

#[test]
fn a_source_table_is_never_written_over() {
    let (mut window, _) = coffee();
    let table = window.app().workbench.project.source_tables[0].path.clone();
    let path = window.app().workbench.base().join(table);
    let before = fs::read(&path).unwrap();
    window.app_mut().workbench.write_file(&path, b"gone");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn the_report_is_saved_from_the_menu() {
    let (mut window, asked) = coffee();
    window.app_mut().workbench.apply(Command::Report);
    window.settle();
    assert_eq!(*asked.lock().unwrap(), [Purpose::SaveReport]);
    let html = fs::read_to_string(window.folder.path().join("coffee.report.html")).unwrap();
    assert!(html.contains("<h1>Coffee</h1>") && html.trim_end().ends_with("</html>"));
    assert!(html.contains("Customers by number of keys"));
}

#[test]
fn without_results_the_report_says_why_not() {
    let mut window = Window::new(1280.0, 800.0, Theme::Light);
    window.app_mut().workbench.apply(Command::Report);
    let last = window.app().workbench.notices.last().map(|notice| notice.text.clone()).unwrap_or_default();
    assert!(last.contains("no results to report yet"), "{last}");
}

/// What a report says under "Since the last run".
fn since(html: &str) -> &str {
    let start = html.find("<h2>Since the last run</h2>").unwrap();
    &html[start..start + html[start..].find("</section>").unwrap()]
}

#[test]
fn window_and_command_line_report_the_same_changes() {
    let (mut window, _) = coffee();
    let project = window.app().workbench.path.clone().unwrap();
    let home = window.folder.path().join("home");
    let both = |window: &mut Window| {
        window.app_mut().workbench.apply(Command::Report);
        window.settle();
        let of_window = fs::read_to_string(window.folder.path().join("coffee.report.html")).unwrap();
        let out = window.folder.path().join("cli.html");
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_tributary"));
        let command = command.arg("report").arg(&project).arg("--out").arg(&out).env("TRIBUTARY_HOME", &home);
        assert!(command.output().unwrap().status.success());
        (since(&of_window).to_owned(), since(&fs::read_to_string(out).unwrap()).to_owned())
    };
    let (of_window, of_cli) = both(&mut window);
    assert_eq!(of_window, of_cli);
    assert!(of_window.contains("was the first"), "{of_window}");
    // A visitor more, and one that is known now.
    let web = project.parent().unwrap().join("web.csv");
    let rows = fs::read_to_string(&web).unwrap();
    fs::write(&web, rows + "5,07-24-2022 10:00:00,Auth9,--,Product view\n").unwrap();
    window.app_mut().workbench.look_at_files();
    window.settle();
    window.app_mut().workbench.apply(Command::UnifyAndDependencies);
    window.settle();
    let (of_window, of_cli) = both(&mut window);
    assert_eq!(of_window, of_cli);
    assert!(of_window.contains("Run 2 of") && of_window.contains("1 new"), "{of_window}");
}

#[test]
fn without_file_dialogs_the_place_is_typed() {
    let mut window = Window::new(1280.0, 900.0, Theme::Light);
    window.app_mut().workbench.open_sample("coffee");
    window.settle();
    window.app_mut().workbench.notices.clear();
    window.go(Page::Statistics);
    window.click("More of Customers by number of keys");
    window.click("Save as SVG…");
    assert!(window.shows("Save chart as SVG"));
    let path = window.folder.path().join("a chart.svg");
    window.fill("Path of the file", &format!("\"{}\"", path.display()));
    window.press(Key::Enter);
    assert!(fs::read_to_string(&path).unwrap().starts_with("<svg "));
    assert!(!window.shows("Path of the file"));
    // What is offered lies beside the project; Escape leaves everything.
    window.app_mut().workbench.apply(Command::Report);
    window.settle();
    let offered = window.app().workbench.base().join("coffee.report.html");
    window.press(Key::Escape);
    assert!(!window.shows("Path of the file") && !offered.exists());
    window.app_mut().workbench.apply(Command::Report);
    window.settle();
    window.click("Save to this path");
    assert!(fs::read_to_string(&offered).unwrap().contains("<h1>Coffee</h1>"));
}
