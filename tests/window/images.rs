//! Pictures of every page, light and dark, at two sizes. They are drawn by lavapipe; where that is not the adapter, the test says
//! that it was skipped, since other drivers draw other pixels.

use std::sync::Arc;

use eframe::egui::Theme;
use egui_kittest::{SnapshotOptions, SnapshotResults};
use tributary::engine::state::history::RunRecord;
use tributary::workbench::Page;

use super::harness::Window;

/// Whether Mesa's software driver for Vulkan is installed.
fn lavapipe() -> bool {
    let folders = ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d"];
    let files = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten();
    files.filter_map(Result::ok).any(|file| file.file_name().to_string_lossy().starts_with("lvp_icd"))
}

/// Three runs that are the same whenever the picture is taken.
fn history() -> Vec<RunRecord> {
    let runs = r#"[
        {"number": 1, "started": "2026-07-01T12:00:00Z", "as_of": "2026-07-01T12:00:00Z", "elapsed_ms": 1400,
            "outcome": "done", "by": "command_line", "until": "segments", "customers": 4, "known": 2, "unknown": 2},
        {"number": 2, "started": "2026-07-02T12:00:00Z", "as_of": "2026-07-02T12:00:00Z", "elapsed_ms": 90,
            "outcome": "failed", "by": "command_line", "until": "segments",
            "message": "Web: There is no file at this path."},
        {"number": 3, "started": "2026-07-03T12:00:00Z", "as_of": "2026-07-03T12:00:00Z", "elapsed_ms": 1140,
            "outcome": "done", "by": "window", "until": "segments", "customers": 5, "known": 3, "unknown": 2,
            "unique_source_records": 7, "record_matches": 2,
            "segments": [{"name": "Unknown visitors who viewed a product", "members": 2}],
            "changes": {"new": 1, "merged": 0, "fields_changed": 2, "became_known": 1},
            "stages": [{"stage": "Load Web", "elapsed_ms": 600, "reused": false},
                {"stage": "Deduplicate Web", "elapsed_ms": 0, "reused": true},
                {"stage": "Match", "elapsed_ms": 220, "reused": false},
                {"stage": "Merge", "elapsed_ms": 240, "reused": false},
                {"stage": "Write", "elapsed_ms": 80, "reused": false}]}
    ]"#;
    serde_json::from_str(runs).unwrap()
}

/// The coffee sample, looking the same whenever it is opened.
pub fn coffee(width: f32, height: f32, theme: Theme) -> Window {
    let mut window = Window::new(width, height, theme);
    window.app_mut().workbench.open_sample("coffee");
    window.settle();
    let workbench = &mut window.app_mut().workbench;
    workbench.notices.clear();
    // When the run was and how long it took differs from run to run.
    workbench.published.as_mut().expect("the sample is unified").report.run = Default::default();
    workbench.runs = Arc::new(history());
    window
}

#[test]
fn every_page_in_light_and_dark_at_two_sizes() {
    if !lavapipe() {
        let message = "images skipped: no lavapipe here (Debian: mesa-vulkan-drivers)";
        std::io::Write::write_all(&mut std::io::stderr(), message.as_bytes()).unwrap();
        return;
    }
    let options = SnapshotOptions::new().threshold(1.2).output_path("tests/snapshots");
    let options = options.max_failed_pixels(40);
    let mut results = SnapshotResults::new();
    let sizes = [(1280.0, 800.0, ""), (1920.0, 1080.0, "-large")];
    for (theme, (width, height, size)) in
        [Theme::Light, Theme::Dark].into_iter().flat_map(|theme| sizes.map(|size| (theme, size)))
    {
        let mut window = coffee(width, height, theme);
        for page in Page::ALL {
            window.go(page);
            let shade = if theme == Theme::Dark { "dark" } else { "light" };
            let name = format!("{}-{shade}{size}", page.title().to_lowercase().replace(' ', "_"));
            results.add(window.harness.try_snapshot_options(name, &options));
        }
    }
}
