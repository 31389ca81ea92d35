//! An idle window asks for no repaint.

use eframe::egui::Theme;

use super::harness::Window;

#[test]
fn an_idle_window_asks_for_no_repaint() {
    let mut window = Window::new(1280.0, 800.0, Theme::Light);
    window.app_mut().workbench.open_sample("coffee");
    window.settle();
    (0..20).for_each(|_| window.harness.step());
    let delay = window.harness.output().viewport_output.values().map(|viewport| viewport.repaint_delay).min().unwrap();
    assert!(delay > std::time::Duration::from_secs(1), "asks for a repaint in {delay:?}");
}
