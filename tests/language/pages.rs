//! Every page of the coffee sample in the language that nobody speaks.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, Theme};
use egui_kittest::Node;
use egui_kittest::kittest::NodeT as _;
use tributary::workbench::{Command, Page};

use super::harness::Window;
use super::{alone, pseudo};

/// What is the same in every language: names of this program and of others, formats, keys; and stable names in files,
/// which columns of results and their values have.
const NAMES: &str = "Tributary|CSV|TSV|Parquet|HTML|PNG|SVG|JSON|UTF-8|UTF-16 LE|UTF-16 BE|Windows-1252|ISO 8601|UTC|ms|\
    egui|polars|linux x86_64|English|Pseudo|de.po|Jaro-Winkler|Damerau-Levenshtein|Soundex|\
    Ctrl|Shift|Alt|Cmd|Enter|Space|Esc|Tab|Home|End|Page up|Page down|Left|Right|Up|Down|Backspace|Delete|Plus|Minus|F10|\
    CustomerId|ProfileState: Known|ProfileState|BecameKnownOn|PreviousCustomerId|ActivityTimeStamp|ActivityType|Title|Description|SourceTableName|\
    SourceActivityId|Url|ActivityId|Table|KeptRow|Row|KeptKey|Kept key|Kept row|Customer: |Customer|Key|Reason|✔ Known|OtherTable|OtherKey|deduplication rule|match rule";

/// Everything that the sample says itself: what stands in its project and its tables, the longest first.
fn data(folder: &Path) -> Vec<String> {
    fn strings(value: &serde_json::Value, found: &mut BTreeSet<String>) {
        match value {
            serde_json::Value::String(text) => {
                found.insert(text.clone());
            }
            serde_json::Value::Array(values) => values.iter().for_each(|value| strings(value, found)),
            serde_json::Value::Object(fields) => fields.values().for_each(|value| strings(value, found)),
            _ => {}
        }
    }
    let mut found: BTreeSet<String> = NAMES.split('|').map(str::to_owned).collect();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("csv") => {
                let text = fs::read_to_string(&path).unwrap();
                found.extend(text.lines().flat_map(|line| line.split(',')).map(str::to_owned));
            }
            Some("tributary") => strings(&serde_json::from_slice(&fs::read(&path).unwrap()).unwrap(), &mut found),
            _ => {}
        }
        found.insert(path.display().to_string());
        found.insert(path.file_name().unwrap().to_str().unwrap().to_owned());
    }
    // Ids are hexadecimal and begin with no word.
    let mut found: Vec<String> = found.into_iter().filter(|text| text.chars().any(char::is_alphabetic)).collect();
    found.sort_by_key(|text| std::cmp::Reverse(text.len()));
    found
}

/// Texts of a page that did not go through the catalogue.
fn bare(node: &Node<'_>, data: &[String], found: &mut BTreeSet<String>) {
    let said = node.accesskit_node();
    // A run of text repeats a part of what its label says; a line between panels is egui's.
    if matches!(said.role(), Role::TextRun | Role::Splitter) {
        return;
    }
    for text in
        [said.label(), said.value(), said.description(), said.placeholder().map(str::to_owned)].into_iter().flatten()
    {
        // Places on the disk are data.
        let places = text.split_whitespace().filter(|word| word.matches(std::path::MAIN_SEPARATOR).count() > 2);
        let text = places.fold(text.clone(), |text, place| text.replace(place, ""));
        let outside = pseudo::untranslated(&text, data);
        let words = outside.split(|c: char| !c.is_alphanumeric());
        // A letter alone is a unit, digits among letters an id.
        if words.filter(|word| word.chars().count() > 1).any(|word| word.chars().all(char::is_alphabetic)) {
            found.insert(format!("{:?} {text:?}", said.role()));
        }
    }
    node.children().for_each(|child| bare(&child, data, found));
}

fn window() -> Window {
    let mut window = Window::new(1280.0, 800.0, Theme::Light);
    let languages = window.app().workbench.languages_folder();
    fs::create_dir_all(&languages).unwrap();
    fs::write(languages.join("qps.po"), pseudo::file()).unwrap();
    window.app_mut().workbench.choose_language(Some("qps"));
    window
}

#[test]
fn every_page_speaks_another_language() {
    let _alone = alone();
    let mut window = window();
    let told = window.app().workbench.notices.iter().map(|notice| notice.text.clone()).collect::<Vec<_>>();
    assert!(told.is_empty(), "{told:?}");
    window.app_mut().workbench.open_sample("coffee");
    window.settle();
    let folder = window.app().workbench.path.as_ref().unwrap().parent().unwrap().to_owned();
    let data = data(&folder);
    let mut found = Vec::new();
    let mut look = |window: &Window, place: &str| {
        let mut of_page = BTreeSet::new();
        bare(&window.harness.root(), &data, &mut of_page);
        found.extend(of_page.into_iter().map(|text| format!("{place}: {text}")));
    };
    for page in Page::ALL {
        window.go(page);
        look(&window, page.command_name());
    }
    for command in [Command::About, Command::Shortcuts, Command::Palette, Command::Welcome] {
        window.app_mut().workbench.apply(command);
        window.settle();
        look(&window, command.name());
        window.harness.key_press_modifiers(Modifiers::NONE, Key::Escape);
        window.settle();
    }
    window.app_mut().workbench.choose_language(None);
    assert!(found.is_empty(), "{} texts are not in the catalogue:\n{}", found.len(), found.join("\n"));
}
