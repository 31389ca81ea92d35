//! Copies of unsaved edits, kept beside nothing of the user's: in the folder of the window's session, from where
//! they are offered at the next start if the program was killed.

mod keeper;
mod keeping;

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub(super) use keeper::Keeper;

use super::difference::{self, Difference};
use super::disk::Stamp;
use super::session::{self, Session};
use crate::project::{Project, file};

const NAME: &str = "recovery.json";

/// What is kept of a project with unsaved edits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Kept {
    /// The version of the program that wrote it.
    program: String,
    /// When, RFC 3339 in UTC.
    written: String,
    /// The file that the project was opened from or saved to.
    path: Option<PathBuf>,
    /// How many edits no file holds.
    edits: usize,
    /// What the last of them was called.
    last_edit: Option<String>,
    /// The content hash of that file as the edits began.
    based_on: Option<String>,
    project: Value,
}

/// Unsaved edits that a killed program left.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// The folder of the session that left them.
    pub(super) folder: PathBuf,
    pub path: Option<PathBuf>,
    /// When they were kept, RFC 3339 in UTC.
    pub written: String,
    pub edits: usize,
    pub last_edit: Option<String>,
    pub program: String,
    /// Whether the file was saved by someone else since.
    pub file_changed: bool,
    /// Whether the file is still there.
    pub file_there: bool,
    pub project: Project,
}

impl Offer {
    /// What the edits changed, against the file as it is now.
    pub fn differences(&self) -> Vec<Difference> {
        let of_file = self.path.as_deref().and_then(|path| file::load(path).ok());
        difference::between(&of_file.unwrap_or_else(|| Project::new(&self.project.name)), &self.project)
    }

    /// Takes the copy away: it was restored, or is not wanted.
    pub(super) fn forget(&self) {
        session::remove(&self.folder);
    }

    pub(super) fn is_there(&self) -> bool {
        self.folder.join(NAME).exists()
    }
}

/// What killed programs left: the latest first, and what cannot be read, in words. A copy that cannot be read is set
/// aside in `damaged`, not deleted.
pub fn find(session: &Session, home: &Path) -> (Vec<Offer>, Vec<String>) {
    let (mut offers, mut told) = (Vec::new(), Vec::new());
    for folder in session.dead() {
        let path = folder.join(NAME);
        if !path.exists() {
            session::remove(&folder);
            continue;
        }
        match read(&folder, &path) {
            Ok(offer) => offers.push(offer),
            Err(reason) => told.push(set_aside(&folder, &path, home, &reason)),
        }
    }
    offers.sort_by(|a, b| b.written.cmp(&a.written).then(a.folder.cmp(&b.folder)));
    (offers, told)
}

fn read(folder: &Path, path: &Path) -> Result<Offer, String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let kept: Kept = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let project = file::parse(&kept.project.to_string(), path).map_err(|error| error.to_string())?;
    let now = kept.path.as_deref().and_then(Stamp::of);
    Ok(Offer {
        folder: folder.to_owned(),
        file_changed: now.as_ref().is_some_and(|now| Some(now.hex()) != kept.based_on),
        file_there: now.is_some(),
        path: kept.path,
        written: kept.written,
        edits: kept.edits,
        last_edit: kept.last_edit,
        program: kept.program,
        project,
    })
}

fn set_aside(folder: &Path, path: &Path, home: &Path, reason: &str) -> String {
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let aside = home.join("damaged").join(format!("recovery-{name}.json"));
    let moved = fs::create_dir_all(home.join("damaged")).and_then(|()| fs::rename(path, &aside));
    match moved {
        Ok(()) => {
            session::remove(folder);
            tr!(
                "Unsaved edits of a killed program cannot be read and were set aside at {aside}: {reason}",
                aside = aside.display(),
                reason
            )
        }
        Err(_) => {
            tr!("Unsaved edits of a killed program cannot be read, at {path}: {reason}", path = path.display(), reason)
        }
    }
}
