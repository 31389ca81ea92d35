//! What the program remembers for the user, whatever project is open.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::command::ChosenShortcuts;

const KEPT: usize = 10;

/// Settings, kept in the user's data folder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub dark: bool,
    /// Projects opened or saved, the latest first.
    pub recent: Vec<PathBuf>,
    /// Whether the list of edits is shown.
    pub shows_history: bool,
    /// Commands chosen in the palette by name, the latest first.
    pub used_commands: Vec<String>,
    /// What the user chose in the place of the default shortcuts.
    pub shortcuts: ChosenShortcuts,
}

impl Settings {
    fn path(home: &Path) -> PathBuf {
        home.join("settings.json")
    }

    /// As last saved; the defaults where there are none or they cannot be read.
    pub fn load(home: &Path) -> Self {
        let text = fs::read_to_string(Self::path(home)).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Replaces the file whole.
    pub fn save(&self, home: &Path) -> io::Result<()> {
        fs::create_dir_all(home)?;
        let mut file = tempfile::NamedTempFile::new_in(home)?;
        file.write_all(serde_json::to_string_pretty(self)?.as_bytes())?;
        file.persist(Self::path(home)).map_err(|error| error.error)?;
        Ok(())
    }

    /// Puts a project first among the recent ones.
    pub fn remember(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.recent.retain(|other| *other != path);
        self.recent.insert(0, path);
        self.recent.truncate(KEPT);
    }
}
