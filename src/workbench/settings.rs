//! What the program remembers for the user, whatever project is open.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::command::ChosenShortcuts;
use super::panel::PanelTab;
use super::recent::{self, Recent};
use super::{Level, Workbench};
use crate::project::file;

/// How far the window can be zoomed.
pub const ZOOM: std::ops::RangeInclusive<f32> = 0.5..=3.0;

/// Which colours the window has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// Those of the desktop.
    #[default]
    System,
    Light,
    Dark,
}

/// Settings, kept in the user's data folder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct Settings {
    pub theme: Theme,
    /// The code of the chosen language; none is English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// How large everything is drawn; 1 is the desktop's size.
    pub zoom: f32,
    /// Whether the steps rail is put away.
    pub rail_hidden: bool,
    /// Projects opened or saved, the latest first.
    pub recent: Vec<Recent>,
    /// The version of the program whose news were seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen_version: Option<String>,
    /// Whether the list of edits is shown.
    pub shows_history: bool,
    /// The part of the panel below the page that is shown, where it is open.
    pub panel: Option<PanelTab>,
    /// How high the panel was made, in points; as it is at first where it never was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub panel_height: Option<f32>,
    /// Commands chosen in the palette by name, the latest first.
    pub used_commands: Vec<String>,
    /// What the user chose in the place of the default shortcuts.
    pub shortcuts: ChosenShortcuts,
    /// The project that the guide leads through, by its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guided_project: Option<String>,
}

/// As any version wrote it; version 0.1 knew light and dark only.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Stored {
    dark: Option<bool>,
    theme: Option<Theme>,
    language: Option<String>,
    zoom: Option<f32>,
    rail_hidden: bool,
    recent: Vec<Recent>,
    seen_version: Option<String>,
    shows_history: bool,
    panel: Option<PanelTab>,
    panel_height: Option<f32>,
    used_commands: Vec<String>,
    shortcuts: ChosenShortcuts,
    guided_project: Option<String>,
}

impl From<Stored> for Settings {
    fn from(stored: Stored) -> Self {
        let before = stored.dark.map(|dark| if dark { Theme::Dark } else { Theme::Light });
        Self {
            theme: stored.theme.or(before).unwrap_or_default(),
            language: stored.language,
            zoom: stored.zoom.filter(|zoom| ZOOM.contains(zoom)).unwrap_or(1.0),
            rail_hidden: stored.rail_hidden,
            recent: stored.recent,
            seen_version: stored.seen_version,
            shows_history: stored.shows_history,
            panel: stored.panel,
            panel_height: stored.panel_height.filter(|height| height.is_finite()),
            used_commands: stored.used_commands,
            shortcuts: stored.shortcuts,
            guided_project: stored.guided_project,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Stored::default().into()
    }
}

impl Settings {
    fn path(home: &Path) -> PathBuf {
        home.join("settings.json")
    }

    /// Whether nothing was ever kept: the program starts for the first time.
    pub fn is_first_start(home: &Path) -> bool {
        !Self::path(home).exists()
    }

    /// As last saved; the defaults where there are none or they cannot be read.
    pub fn load(home: &Path) -> Self {
        let text = fs::read_to_string(Self::path(home)).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Replaces the file whole.
    ///
    /// # Errors
    /// Where nothing can be written there.
    pub fn save(&self, home: &Path) -> io::Result<()> {
        fs::create_dir_all(home)?;
        file::write_whole(&Self::path(home), serde_json::to_string_pretty(self)?.as_bytes())
    }

    /// Puts a project first among the recent ones, those that other windows opened meanwhile among them.
    pub fn remember(&mut self, path: &Path, name: &str, home: &Path) {
        if !Self::is_first_start(home) {
            self.recent = Self::load(home).recent;
        }
        recent::remember(&mut self.recent, path, name);
    }
}

impl Workbench {
    pub(super) fn save_settings(&mut self) {
        if let Err(error) = self.settings.save(&self.home) {
            self.notify(Level::Warning, tr!("The settings could not be kept: {error}", error));
        }
    }

    pub(super) fn set_theme(&mut self, theme: Theme) {
        self.settings.theme = theme;
        self.save_settings();
    }

    pub(super) fn zoom(&mut self, zoom: f32) {
        // In tenths, or steps up and down would not meet.
        self.settings.zoom = ((zoom * 10.0).round() / 10.0).clamp(*ZOOM.start(), *ZOOM.end());
        self.save_settings();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_of_the_first_version_are_read() {
        let home = tempfile::tempdir().unwrap();
        assert!(Settings::is_first_start(home.path()));
        fs::write(home.path().join("settings.json"), r#"{"dark": true, "recent": ["/a/shop.tributary"]}"#).unwrap();
        let settings = Settings::load(home.path());
        assert_eq!((settings.theme, settings.zoom), (Theme::Dark, 1.0));
        let recent = &settings.recent[0];
        assert_eq!((recent.path.as_path(), recent.name.as_str()), (Path::new("/a/shop.tributary"), "shop"));
        settings.save(home.path()).unwrap();
        assert_eq!(Settings::load(home.path()), settings);
    }

    #[test]
    fn recent_projects_come_in_order_and_those_of_other_windows_stay() {
        let home = tempfile::tempdir().unwrap();
        let (mut one, mut two) = (Settings::load(home.path()), Settings::load(home.path()));
        one.remember(Path::new("/a.tributary"), "A", home.path());
        one.save(home.path()).unwrap();
        two.remember(Path::new("/b.tributary"), "B", home.path());
        two.save(home.path()).unwrap();
        one.remember(Path::new("/c.tributary"), "C", home.path());
        one.remember(Path::new("/c.tributary"), "C", home.path());
        let names: Vec<&str> = one.recent.iter().map(|recent| recent.name.as_str()).collect();
        assert_eq!(names, ["C", "B", "A"]);
    }
}
