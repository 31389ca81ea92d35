//! One open window as other windows see it: a folder of its own among the user's files, locked as long as it lives.
//!
//! The lock is the operating system's, so that a killed program lets go of it. What lies in the folder of a session
//! that nobody holds was left by a program that came to no clean end.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use chrono::{SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use crate::project::file;

const LOCK: &str = "lock";
const HOLDER: &str = "session.json";

/// Who has a project open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The process.
    pub pid: u32,
    pub host: String,
    /// When it opened the project, RFC 3339 in UTC.
    pub since: String,
    /// The program's version.
    pub program: String,
    /// The project file, links resolved.
    pub project: Option<PathBuf>,
}

/// This window's own folder.
#[derive(Debug)]
pub struct Session {
    /// Where all sessions lie.
    all: PathBuf,
    folder: PathBuf,
    lock: Option<File>,
    /// What was said last.
    said: Option<Holder>,
}

impl Session {
    /// A session below the user's data folder; nothing is written before there is something to say.
    pub fn new(home: &Path) -> Self {
        let all = home.join("sessions");
        let folder = all.join(uuid::Uuid::new_v4().simple().to_string());
        Self { all, folder, lock: None, said: None }
    }

    /// Its folder, made and locked.
    ///
    /// # Errors
    /// Where nothing can be written there.
    pub fn open(&mut self) -> io::Result<&Path> {
        if self.lock.is_none() {
            fs::create_dir_all(&self.folder)?;
            let lock = File::create(self.folder.join(LOCK))?;
            // Waits for whoever looks at this moment whether the session lives. Without locks the process id tells.
            let _ = lock.lock();
            self.lock = Some(lock);
        }
        Ok(&self.folder)
    }

    /// Says which project this window has open. Without one there is nothing to say until something else is kept
    /// in the folder.
    ///
    /// # Errors
    /// Where nothing can be written there.
    pub fn hold(&mut self, project: Option<&Path>) -> io::Result<()> {
        if project.is_none() && self.lock.is_none() {
            return Ok(());
        }
        let project = project.map(file::resolved);
        if self.said.as_ref().is_some_and(|said| said.project == project) {
            return Ok(());
        }
        let holder = Holder {
            pid: std::process::id(),
            host: gethostname::gethostname().to_string_lossy().into_owned(),
            since: Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            project,
        };
        let text = serde_json::to_string_pretty(&holder)?;
        let path = self.open()?.join(HOLDER);
        file::write_whole(&path, text.as_bytes())?;
        self.said = Some(holder);
        Ok(())
    }

    /// The other living window that has a project open.
    pub fn holder_of(&self, project: &Path) -> Option<Holder> {
        let project = file::resolved(project);
        let others = folders(&self.all).into_iter().filter(|folder| *folder != self.folder);
        let mut holders = others.filter_map(|folder| {
            let holder = read_holder(&folder).filter(|holder| holder.project.as_ref() == Some(&project))?;
            is_alive(&folder, Some(&holder)).then_some(holder)
        });
        holders.next()
    }

    /// The folders of sessions that nobody holds any more, this one's left out.
    pub fn dead(&self) -> Vec<PathBuf> {
        let mut dead = folders(&self.all);
        // A session that was just begun has not said yet who holds it.
        dead.retain(|folder| {
            *folder != self.folder && folder.join(HOLDER).exists() && !is_alive(folder, read_holder(folder).as_ref())
        });
        dead
    }

    /// Ends the session and takes its folder away.
    pub fn end(&mut self) {
        self.said = None;
        if self.lock.take().is_some() {
            remove(&self.folder);
        }
    }
}

/// Takes away what a session left.
pub fn remove(folder: &Path) {
    // What cannot be removed is found again at the next start.
    let _ = fs::remove_dir_all(folder);
}

/// The folders of all sessions, in the order of their names.
fn folders(all: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(all).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn read_holder(folder: &Path) -> Option<Holder> {
    serde_json::from_str(&fs::read_to_string(folder.join(HOLDER)).ok()?).ok()
}

fn is_alive(folder: &Path, holder: Option<&Holder>) -> bool {
    let Ok(lock) = File::options().write(true).open(folder.join(LOCK)) else { return false };
    match lock.try_lock() {
        Ok(()) => false,
        Err(TryLockError::WouldBlock) => true,
        // A file system without locks: where processes can be seen they tell, else nobody's session is touched.
        Err(TryLockError::Error(_)) => {
            let seen = Path::new("/proc/self").exists();
            holder.is_none_or(|holder| !seen || Path::new("/proc").join(holder.pid.to_string()).exists())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_is_held_until_its_window_ends_or_dies() {
        let home = tempfile::tempdir().unwrap();
        let project = home.path().join("a.tributary");
        fs::write(&project, "").unwrap();
        let (mut first, second) = (Session::new(home.path()), Session::new(home.path()));
        assert_eq!(second.holder_of(&project), None);
        first.hold(Some(&project)).unwrap();
        assert_eq!(first.holder_of(&project), None, "one's own hold is no obstacle");
        let roundabout = home.path().join("sessions/../a.tributary");
        assert_eq!(second.holder_of(&roundabout).unwrap().pid, std::process::id());
        assert_eq!(second.dead(), Vec::<PathBuf>::new());
        first.hold(None).unwrap();
        assert_eq!(second.holder_of(&project), None);
        first.hold(Some(&project)).unwrap();
        // Dropped without an end, as by a kill.
        let folder = first.folder.clone();
        drop(first);
        assert_eq!((second.holder_of(&project), second.dead()), (None, vec![folder]));
    }

    #[test]
    fn a_clean_end_leaves_nothing() {
        let home = tempfile::tempdir().unwrap();
        let mut session = Session::new(home.path());
        session.hold(Some(&home.path().join("a.tributary"))).unwrap();
        session.end();
        assert_eq!(folders(&home.path().join("sessions")), Vec::<PathBuf>::new());
    }
}
