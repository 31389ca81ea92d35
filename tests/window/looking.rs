//! Looking around in the samples: keys lead to customers, and an idle window asks for no repaint.

use eframe::egui::Theme;

use super::harness::Window;

#[test]
fn a_searched_key_leads_to_its_customer() {
    let mut window = Window::new(1280.0, 800.0, Theme::Light);
    window.app_mut().workbench.open_sample("coffee");
    window.settle();
    window.fill("Search customers", "Auth234");
    assert!(!window.shows("Close the card"));
    window.click("Auth234 is a key of Web: open its customer");
    assert!(window.shows("Close the card") && window.shows("✔ Known: by Email"));
    window.fill("Search customers", "Unknown1");
    window.click("Unknown1 is a key of Web: open its customer");
    assert!(window.shows("? Unknown: no Email, no Phone, no Address"));
    window.fill("Search customers", "auth234");
    assert!(!window.shows("auth234 is a key of Web: open its customer"), "keys are exact");
}

#[test]
fn an_idle_window_asks_for_no_repaint() {
    let mut window = Window::new(1280.0, 800.0, Theme::Light);
    window.app_mut().workbench.open_sample("coffee");
    window.settle();
    (0..20).for_each(|_| window.harness.step());
    let delay = window.harness.output().viewport_output.values().map(|viewport| viewport.repaint_delay).min().unwrap();
    assert!(delay > std::time::Duration::from_secs(1), "asks for a repaint in {delay:?}");
}
