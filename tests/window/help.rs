//! What options and figures mean, where they are: on every control, for the focus, and in a list to search.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tributary::help;
use tributary::workbench::{Command, Page};

use super::harness::Window;
use super::images::coffee;

/// What an option of a project looks like to a screen reader.
const OPTIONS: [Role; 6] =
    [Role::ComboBox, Role::CheckBox, Role::RadioButton, Role::TextInput, Role::Slider, Role::SpinButton];

fn assert_all_are_explained(window: &Window, place: &str) -> usize {
    let texts: Vec<String> = help::all().into_iter().map(|topic| topic.text()).collect();
    let mut count = 0;
    for role in OPTIONS {
        for node in window.harness.query_all_by_role(role) {
            let data = node.accesskit_node();
            let said = data.data().description().unwrap_or_default();
            let name = data.label().unwrap_or_default();
            assert!(texts.iter().any(|text| text == said), "{place}: the {role:?} {name:?} says {said:?}");
            count += 1;
        }
    }
    count
}

#[test]
fn every_option_of_every_page_says_what_it_means() {
    let mut window = coffee(1280.0, 800.0, Theme::Light);
    let mut count = 0;
    for page in Page::ALL {
        window.go(page);
        count += assert_all_are_explained(&window, page.title());
    }
    window.go(Page::Matching);
    for open in ["Edit match rule 1 of Store", "Add exception to match rule 1 of Store"] {
        window.click(open);
        count += assert_all_are_explained(&window, open);
    }
    window.go(Page::UnifiedView);
    for tab in ["Keys", "Clusters"] {
        window.click(tab);
        count += assert_all_are_explained(&window, tab);
    }
    assert!(count > 60, "only {count} options were there");
}

#[test]
fn figures_say_their_formula() {
    let mut window = coffee(1280.0, 800.0, Theme::Light);
    window.go(Page::Statistics);
    let said = |window: &Window, words: &str| {
        let nodes = window.harness.query_all(egui_kittest::kittest::By::new());
        nodes.into_iter().any(|node| node.accesskit_node().data().description().is_some_and(|text| text == words))
    };
    for figure in [help::CUSTOMERS, help::KNOWN, help::DUPLICATES, help::MATCHED_SHARE] {
        assert!(said(&window, &figure.topic().text()), "{:?}", figure.topic());
    }
    assert!(help::DUPLICATES.topic().text().ends_with("Duplicates = source records − unique records"));
}

#[test]
fn what_has_the_focus_is_explained_by_a_key_until_escape() {
    let mut window = coffee(1280.0, 800.0, Theme::Light);
    window.go(Page::Matching);
    let meaning = help::INCLUDE_ALL.meaning;
    assert!(!window.says(meaning));
    window.harness.get_by_role_and_label(Role::CheckBox, "Include all records of Store").focus();
    window.settle();
    window.harness.key_press_modifiers(Modifiers::SHIFT, Key::F1);
    window.settle();
    assert!(window.says(meaning), "the help of the focus is shown");
    window.harness.key_press(Key::Tab);
    window.settle();
    assert!(!window.says(meaning), "it follows the focus");
    window.press(Key::Escape);
    assert!(!window.app().workbench.explains_focus);
}

#[test]
fn words_and_figures_begin_with_this_page_and_find_any() {
    let mut window = coffee(1280.0, 800.0, Theme::Light);
    window.go(Page::Deduplication);
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::F1);
    window.settle();
    assert!(window.shows("On this page") && window.says(help::SHARE_DEDUPLICATED.meaning()));
    window.fill("Search words and figures", "just missed");
    assert!(window.says(help::DOUBT_MISSED.meaning()) && !window.says(help::SHARE_DEDUPLICATED.meaning()));
    window.press(Key::Escape);
    assert!(window.app().workbench.words.is_none());
    // The palette leads there too, and from there an example is opened.
    window.app_mut().workbench.apply(Command::Palette);
    window.settle();
    window.fill("Command palette", "?exception");
    window.press(Key::Enter);
    window.click("Open the example of Exception");
    assert_eq!(window.app().workbench.project.name, "Twins are two people");
    assert_eq!(window.app().workbench.published.as_ref().unwrap().report.customers, 2);
}
