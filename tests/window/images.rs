//! Pictures of every page, light and dark. They are drawn by lavapipe; where that is not the adapter, the test says
//! that it was skipped, since other drivers draw other pixels.

use eframe::egui::Theme;
use egui_kittest::{SnapshotOptions, SnapshotResults};
use tributary::workbench::Page;

use super::harness::Window;

/// Whether Mesa's software driver for Vulkan is installed.
fn lavapipe() -> bool {
    let folders = ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d"];
    let files = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten();
    files.filter_map(Result::ok).any(|file| file.file_name().to_string_lossy().starts_with("lvp_icd"))
}

#[test]
fn every_page_in_light_and_dark() {
    if !lavapipe() {
        let message = "images skipped: no lavapipe here (Debian: mesa-vulkan-drivers)";
        std::io::Write::write_all(&mut std::io::stderr(), message.as_bytes()).unwrap();
        return;
    }
    let options = SnapshotOptions::new().threshold(1.2).output_path("tests/snapshots");
    let options = options.max_failed_pixels(40);
    let mut results = SnapshotResults::new();
    for theme in [Theme::Light, Theme::Dark] {
        let mut window = Window::new(1280.0, 800.0, theme);
        window.app_mut().workbench.open_sample("coffee");
        window.settle();
        let workbench = &mut window.app_mut().workbench;
        workbench.notices.clear();
        // When the run was and how long it took differs from run to run.
        workbench.published.as_mut().expect("the sample is unified").report.run = Default::default();
        for page in Page::ALL {
            window.go(page);
            let shade = if theme == Theme::Dark { "dark" } else { "light" };
            let name = format!("{}-{shade}", page.title().to_lowercase().replace(' ', "_"));
            results.add(window.harness.try_snapshot_options(name, &options));
        }
    }
}
