//! The layer rules of the crate docs, held against the `use` lines and paths of the sources.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

/// Every Rust file below a folder or at `folder.rs`.
fn files(room: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let file = root.join(format!("{room}.rs"));
    if file.exists() {
        found.push(file);
    }
    let mut folders = vec![root.join(room)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    assert!(!found.is_empty(), "there is no room {room}");
    found
}

/// The code of a file: without comments and without its tests.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    text.lines().map(|line| line.split("//").next().unwrap()).collect::<Vec<_>>().join("\n")
}

/// Fails where a file of a room names one of these.
fn assert_never_names(room: &str, names: &[&str], except: &[&str]) {
    let mut found = Vec::new();
    for path in files(room) {
        let shown = path.display().to_string();
        if except.iter().any(|except| shown.ends_with(except))
            || shown.contains("/tests/")
            || shown.ends_with("/tests.rs")
        {
            continue;
        }
        let code = code(&path);
        for name in names {
            if code.contains(name) {
                found.push(format!("{shown} names {name}"));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_project_knows_serde_only() {
    let others = ["polars", "egui", "rfd::", "crate::engine", "crate::workbench", "crate::ui", "crate::cli"];
    assert_never_names("project", &others, &[]);
    assert_never_names("project", &["std::fs", "std::thread", "std::env"], &["project/file.rs"]);
}

#[test]
fn the_engine_names_no_screen() {
    assert_never_names("engine", &["egui", "rfd::", "crate::workbench", "crate::ui", "crate::cli"], &[]);
}

#[test]
fn polars_stays_behind_parquet() {
    let rooms = ["project", "workbench", "ui", "cli", "task", "places"];
    rooms.into_iter().for_each(|room| assert_never_names(room, &["polars"], &[]));
    assert_never_names(
        "engine",
        &["polars::"],
        &["engine/frame.rs", "frame/rewrite.rs", "engine/ingest/parquet.rs", "parquet/values.rs"],
    );
}

#[test]
fn the_workbench_names_no_widget() {
    assert_never_names("workbench", &["egui", "eframe", "crate::ui", "crate::cli"], &[]);
}

#[test]
fn the_window_names_no_polars_no_dialog_and_no_file_system() {
    assert_never_names("ui", &["polars", "rfd::", "std::fs", "fs::"], &[]);
}

#[test]
fn the_task_is_a_leaf() {
    assert_never_names("task", &["crate::", "polars", "egui", "serde"], &[]);
}

#[test]
fn colours_stand_in_the_palette_only() {
    let raw = ["Color32::from_", "Color32::PLACEHOLDER", "Rgba::", "hex_color!", "gamma_multiply", "linear_multiply"];
    let named: Vec<String> =
        "BLACK WHITE GRAY RED GREEN BLUE YELLOW ORANGE BROWN GOLD MAGENTA CYAN PURPLE KHAKI LIGHT_ DARK_"
            .split(' ')
            .map(|name| format!("Color32::{name}"))
            .collect();
    let names: Vec<&str> = raw.into_iter().chain(named.iter().map(String::as_str)).collect();
    assert_never_names("ui", &names, &["ui/theme.rs", "theme/visuals.rs"]);
    let digits = "0123456789abcdefABCDEF";
    let hex: Vec<String> = digits.chars().map(|digit| format!("\"#{digit}")).collect();
    for room in ["project", "engine", "workbench", "cli"] {
        assert_never_names(room, &["Rgb("], &[]);
        assert_never_names(room, &hex.iter().map(String::as_str).collect::<Vec<_>>(), &[]);
    }
}

#[test]
fn sizes_of_text_and_gaps_stand_in_the_theme_only() {
    let raw = ["FontId::", ".strong()", "FontFamily"];
    let digits: Vec<String> =
        (0..10).flat_map(|digit| [format!(".size({digit}"), format!("add_space({digit}")]).collect();
    let names: Vec<&str> = raw.into_iter().chain(digits.iter().map(String::as_str)).collect();
    assert_never_names("ui", &names, &["theme/size.rs", "theme/fonts.rs"]);
}

#[test]
fn icons_stand_in_the_theme_only() {
    let names = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui/theme/icon.rs");
    let text = fs::read_to_string(&names).unwrap();
    let icons: Vec<&str> =
        text.lines().filter(|line| line.starts_with("pub const")).map(|line| line.split('"').nth(1).unwrap()).collect();
    assert!(icons.len() > 20);
    // These are punctuation as well.
    let icons: Vec<&str> = icons.into_iter().filter(|icon| !["…", "–", "?"].contains(icon)).collect();
    assert_never_names("ui", &icons, &["theme/icon.rs"]);
}

#[test]
fn the_help_is_a_leaf() {
    assert_never_names("help", &["crate::engine", "crate::project", "crate::workbench", "crate::ui", "egui"], &[]);
}

#[test]
fn options_and_figures_have_their_help_from_one_place() {
    // Controls that take no topic; those of `widgets` do, by type.
    let bare = ["ui.checkbox(", "egui::ComboBox", "TextEdit::singleline", "TextEdit::multiline", "Checkbox::new"];
    assert_never_names("ui/pages", &bare, &[]);
    // What these say of a control is one thing: buttons and names that are cut have tooltips, options and figures not.
    let own = ["const HELP", "_HELP: &str", "help: &str", "help: &'static str"];
    assert_never_names("ui/pages", &own, &[]);
    assert_never_names("engine", &["fn help(self) -> &'static str"], &[]);
    assert_never_names("project", &["fn help(self) -> &'static str"], &[]);
}

/// Every constant of a help file.
fn topics() -> Vec<String> {
    let of_file = |path: PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        let constants = text.lines().filter_map(|line| {
            let (name, rest) = line.strip_prefix("    ")?.split_once(": msg!(\"")?;
            let is_constant = !name.is_empty() && name.chars().all(|c| c.is_ascii_uppercase() || c == '_' || c == '1');
            (is_constant && rest.contains('"')).then(|| name.to_owned())
        });
        constants.collect::<Vec<_>>()
    };
    files("help").into_iter().filter(|path| !path.ends_with("tests.rs")).flat_map(of_file).collect()
}

#[test]
fn every_topic_of_the_help_is_used() {
    let rooms = ["ui", "engine", "project", "workbench"];
    let code: String = rooms.into_iter().flat_map(files).map(|path| code(&path)).collect();
    let is_used = |name: &String| {
        code.match_indices(&format!("help::{name}")).any(|(at, found)| {
            let next = code[at + found.len()..].chars().next();
            !next.is_some_and(|next| next.is_ascii_alphanumeric() || next == '_')
        })
    };
    let topics = topics();
    assert!(topics.len() > 150, "{} topics were read", topics.len());
    let unused: Vec<String> = topics.into_iter().filter(|name| !is_used(name)).collect();
    assert!(unused.is_empty(), "topics that nothing shows: {unused:?}");
}

#[test]
fn the_top_level_holds_what_it_should() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let allowed = ["Cargo.toml", "Cargo.lock", "LICENSE", "README.md", "src", "assets", "tests", "target"];
    for entry in fs::read_dir(root).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(name.starts_with('.') || allowed.contains(&name.as_str()), "{name} does not belong there");
    }
}
