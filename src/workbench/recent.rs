//! Projects opened or saved lately.

use std::path::{Path, PathBuf};

use chrono::{SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

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
