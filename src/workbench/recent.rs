//! Projects opened or saved lately.

use std::path::{Path, PathBuf};

use chrono::{SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use super::{Leave, Workbench};

const KEPT: usize = 12;

/// A project opened or saved, as it was then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct Recent {
    pub path: PathBuf,
    pub name: String,
    /// When it was opened last, RFC 3339 in UTC; empty where it was not noted.
    pub opened: String,
    /// The title of the page that was shown last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
}

/// Settings of version 0.1 kept paths only.
#[derive(Deserialize)]
#[serde(untagged)]
enum Stored {
    Path(PathBuf),
    Whole {
        path: PathBuf,
        #[serde(default)]
        name: String,
        #[serde(default)]
        opened: String,
        #[serde(default)]
        page: Option<String>,
    },
}

impl From<Stored> for Recent {
    fn from(stored: Stored) -> Self {
        match stored {
            Stored::Path(path) => {
                let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                Self { path, name, opened: String::new(), page: None }
            }
            Stored::Whole { path, name, opened, page } => Self { path, name, opened, page },
        }
    }
}

/// Puts a project first.
pub fn remember(recent: &mut Vec<Recent>, path: &Path, name: &str) {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let page = recent.iter().find(|other| other.path == path).and_then(|other| other.page.clone());
    recent.retain(|other| other.path != path);
    let opened = Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true);
    recent.insert(0, Recent { path, name: name.to_owned(), opened, page });
    recent.truncate(KEPT);
}

/// The entry of a project.
pub fn of<'a>(recent: &'a mut [Recent], path: &Path) -> Option<&'a mut Recent> {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    recent.iter_mut().find(|recent| recent.path == path)
}

impl Workbench {
    /// Puts the open project first among the recent ones.
    pub(super) fn remember(&mut self) {
        let Some(path) = self.path.clone() else { return };
        self.settings.remember(&path, &self.project.name, &self.home);
        self.save_settings();
    }

    /// Notes the page that is shown, for the next time the project is opened.
    pub(super) fn remember_page(&mut self) {
        let (Some(path), page) = (&self.path, self.page.name()) else { return };
        if let Some(recent) = of(&mut self.settings.recent, path)
            && recent.page.as_deref() != Some(page)
        {
            recent.page = Some(page.to_owned());
            self.save_settings();
        }
    }

    /// Looks which of the recent projects are still there.
    pub fn look_at_recent(&mut self) {
        let recent = self.settings.recent.iter().map(|recent| &recent.path);
        self.missing = recent.filter(|path| !path.exists()).cloned().collect();
    }

    /// Whether the file of a recent project was not there when last looked at.
    pub fn is_missing(&self, path: &Path) -> bool {
        self.missing.contains(path)
    }

    /// Takes a project off the list of recent ones.
    pub fn forget_recent(&mut self, path: &Path) {
        self.settings.recent.retain(|recent| recent.path != path);
        self.save_settings();
    }

    /// A recent project was moved: opens it where it is now.
    pub fn locate_recent(&mut self, old: &Path, new: PathBuf) {
        if let Some(recent) = of(&mut self.settings.recent, old) {
            recent.path = std::path::absolute(&new).unwrap_or_else(|_| new.clone());
            self.save_settings();
        }
        self.look_at_recent();
        self.leave(Leave::Open(new));
    }
}
