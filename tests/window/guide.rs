//! The guided first project, from the welcome page to a file, by mouse and by keyboard.

use eframe::egui::{Key, Modifiers, Theme};
use tributary::workbench::guide::Step;
use tributary::workbench::{Command, Page};

use super::harness::Window;

fn begun() -> Window {
    let mut window = Window::new(1280.0, 800.0, Theme::Light);
    window.app_mut().workbench.show_welcome();
    window.settle();
    window.click("Guided first project");
    window
}

fn step(window: &Window) -> Option<Step> {
    window.app().workbench.guide_step()
}

#[test]
fn show_me_goes_all_the_way_and_says_so() {
    let mut window = begun();
    assert!(window.says("Say who your customers are") && window.says("Step 1 of 8"));
    for expected in Step::ALL {
        assert_eq!(step(&window), Some(expected));
        window.click("Show me");
    }
    assert_eq!(step(&window), None);
    assert!(window.says("You have been all the way"));
    window.click("Close the guide");
    assert!(!window.app().workbench.is_guided());
    assert_eq!(window.app().workbench.published.as_ref().unwrap().report.customers, 5);
}

#[test]
fn the_first_steps_are_done_by_hand_and_seen_to_be_done() {
    let mut window = begun();
    window.click("Go to Customer data, the guide's page");
    assert_eq!(window.app().workbench.page, Page::CustomerData);
    for table in ["Loyalty", "Store", "Web"] {
        window.click(&format!("Unify {table}"));
    }
    window.click("Table Web");
    if window.app().workbench.project.source_table("web").unwrap().primary_key.as_deref() != Some("UserID") {
        window.choose("Primary key of Web", "UserID");
    }
    assert_eq!(step(&window), Some(Step::Duplicates));
    while window.app().workbench.project.unification_table("web").is_some() {
        window.app_mut().workbench.apply(Command::Undo);
        window.settle();
    }
    assert_eq!(step(&window), Some(Step::Tables), "what is undone is to be done again");
}

#[test]
fn the_keyboard_alone_goes_on_and_leaves() {
    let mut window = begun();
    for done in [Step::Tables, Step::Duplicates] {
        assert_eq!(step(&window), Some(done));
        window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::F1);
        window.settle();
    }
    assert!(step(&window) == Some(Step::Matching) && window.says("Step 3 of 8"));
    window.app_mut().workbench.apply(Command::Palette);
    window.settle();
    window.fill("Command palette", "leave the guide");
    window.press(Key::Enter);
    assert!(!window.app().workbench.is_guided() && !window.says("Step 3 of 8"));
}
