//! Where a project's state lies, and the lock on it.

use std::cell::RefCell;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{history, identity, swap};
use crate::engine::error::EngineError;
use crate::project::file;
use crate::task::Task;

/// How often a run that waits looks whether it may begin.
pub(super) const LOOK: Duration = Duration::from_millis(50);
/// How often a lock file that was taken away meanwhile is made again.
const TRIES: u32 = 1_000;

/// The folder of what is kept for a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateFolder {
    pub dir: PathBuf,
    /// `NAME.state` beside the project, where that cannot be written and `dir` is the user's cache.
    pub instead_of: Option<PathBuf>,
    /// The folder of the cache, where `dir` is `NAME.state` and runs went on there after the last one here.
    pub newer: Option<PathBuf>,
}

impl StateFolder {
    /// `NAME.state` beside the project; where that cannot be made or written, a folder of the user's cache named
    /// after the project's path. Makes nothing.
    pub fn of(project_path: &Path, cache: &Path) -> Self {
        let beside = file::state_folder(project_path);
        let path = file::resolved(project_path);
        let hash = blake3::hash(path.as_os_str().as_encoded_bytes()).to_hex();
        let elsewhere = Self::at(cache.join("state").join(&hash[..16]));
        if !can_be_written(&beside) {
            return Self { instead_of: Some(beside), ..elsewhere };
        }
        let beside = Self::at(beside);
        let newer = history::last(&elsewhere).is_some_and(|last| Some(last) > history::last(&beside));
        Self { newer: newer.then_some(elsewhere.dir), ..beside }
    }

    /// Of a project without a file: there is none.
    pub fn nowhere() -> Self {
        Self::at(PathBuf::new())
    }

    fn at(dir: PathBuf) -> Self {
        Self { dir, instead_of: None, newer: None }
    }

    pub fn is_nowhere(&self) -> bool {
        self.dir.as_os_str().is_empty()
    }

    pub fn results(&self) -> PathBuf {
        self.dir.join("results")
    }

    pub(super) fn identity(&self) -> PathBuf {
        self.dir.join("identity")
    }

    pub(super) fn history(&self) -> PathBuf {
        self.dir.join("runs.jsonl")
    }

    pub(super) fn running(&self) -> PathBuf {
        self.dir.join("running")
    }

    /// Whether a run goes on here, or was killed.
    pub(super) fn is_marked(&self) -> bool {
        self.running().exists()
    }

    /// What to tell where the state does not lie beside the project, or did not.
    pub fn notice(&self) -> Option<String> {
        if let Some(newer) = &self.newer {
            let (newer, dir) = (newer.display(), self.dir.display());
            return Some(tr!(
                "{newer} holds newer runs of this project, of when {dir} could not be written; their ids are not \
                 continued here. Move what is in it to {dir} to continue them, or delete it",
                newer,
                dir
            ));
        }
        let beside = self.instead_of.as_ref()?;
        let (beside, dir) = (beside.display(), self.dir.display());
        Some(tr!("{beside} cannot be written: results, ids and the history of runs are kept at {dir}", beside, dir))
    }

    /// A cache folder without ids begins with those beside the project. Only under the lock.
    fn bring_along(&self) -> io::Result<()> {
        let Some(beside) = &self.instead_of else { return Ok(()) };
        if swap::present(&self.identity()).exists() {
            return Ok(());
        }
        let beside = Self::at(beside.clone());
        identity::copy(&beside, self)?;
        if self.history().exists() { Ok(()) } else { history::copy(&beside, self) }
    }

    /// Waits until no other run of the project goes on, then keeps others waiting.
    pub fn lock(&self, task: &Task) -> Result<Held, EngineError> {
        let failed = |error: io::Error| EngineError::Output { path: self.dir.clone(), reason: error.to_string() };
        fs::create_dir_all(&self.dir).map_err(failed)?;
        let file = lock_file(&self.dir.join("lock"), tr!("Waiting for another run of this project"), task)?;
        self.bring_along().map_err(failed)?;
        Ok(Held { _file: file, aside: RefCell::default(), continued: RefCell::default() })
    }

    /// The lock where no run goes on at this moment.
    pub fn try_lock(&self) -> io::Result<Option<Held>> {
        fs::create_dir_all(&self.dir)?;
        let file = File::create(self.dir.join("lock"))?;
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            return Ok(None);
        }
        self.bring_along()?;
        Ok(Some(Held { _file: file, aside: RefCell::default(), continued: RefCell::default() }))
    }
}

/// The right to read and renew the state; ends when it is dropped, by a crash too.
#[derive(Debug)]
pub struct Held {
    _file: File,
    /// The name under which the ids that lie there are set aside before others take their place.
    pub(super) aside: RefCell<Option<String>>,
    /// Ids of this project that had made room for another's, and go when they are continued in new ones.
    pub(super) continued: RefCell<Option<PathBuf>>,
}

/// Waits for a lock file, saying so; it is let go when the file is closed.
pub(crate) fn lock_file(path: &Path, waiting: &str, task: &Task) -> Result<File, EngineError> {
    let failed = |error: io::Error| EngineError::Output { path: path.to_owned(), reason: error.to_string() };
    let file = File::create(path).map_err(failed)?;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => {
                task.begin(waiting);
                task.check()?;
                std::thread::sleep(LOOK);
            }
            // A file system without locks: one writer at a time is then up to the user.
            Err(TryLockError::Error(_)) => return Ok(file),
        }
    }
}

/// A lock whose file is there only while it is held.
#[derive(Debug)]
pub(crate) struct PassingLock {
    path: PathBuf,
    file: File,
}

impl PassingLock {
    /// That of a folder, in a file beside it. `None` where no such file can be made: then one writer at a time is up to
    /// the user, as on a file system without locks.
    pub(crate) fn beside(dir: &Path, waiting: &str, task: &Task) -> Result<Option<Self>, EngineError> {
        let Some(name) = dir.file_name() else { return Ok(None) };
        let path = dir.with_file_name(format!(".{}.lock", name.to_string_lossy()));
        // What cannot be made is told by whoever writes there.
        let _ = dir.parent().map(fs::create_dir_all);
        for _ in 0..TRIES {
            match lock_file(&path, waiting, task) {
                Ok(file) => {
                    let lock = Self { path: path.clone(), file };
                    if lock.is_in_place() {
                        return Ok(Some(lock));
                    }
                    // The one before took the file away: who comes next would not see this lock.
                    lock.forget();
                }
                Err(EngineError::Cancelled) => return Err(EngineError::Cancelled),
                Err(_) => return Ok(None),
            }
        }
        Ok(None)
    }

    /// Whether the file that is locked is the one that stands there.
    #[cfg(unix)]
    fn is_in_place(&self) -> bool {
        use std::os::unix::fs::MetadataExt as _;
        let place = |data: fs::Metadata| (data.dev(), data.ino());
        let here = self.file.metadata().map(place);
        here.is_ok_and(|here| fs::metadata(&self.path).map(place).is_ok_and(|there| there == here))
    }

    #[cfg(not(unix))]
    fn is_in_place(&self) -> bool {
        self.path.exists()
    }

    /// Lets go of a file that is not there any more; the one that stands there now is another's.
    fn forget(mut self) {
        self.path = PathBuf::new();
    }
}

impl Drop for PassingLock {
    fn drop(&mut self) {
        // What cannot be removed is locked again by the next one.
        let _ = fs::remove_file(&self.path);
    }
}

fn can_be_written(dir: &Path) -> bool {
    if dir.is_dir() {
        return tempfile::tempfile_in(dir).is_ok();
    }
    let parent = dir.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    !dir.exists() && (!parent.exists() || tempfile::tempfile_in(parent).is_ok())
}

/// A name that every file system takes, made of what a file said.
pub(super) fn file_name(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_lies_beside_the_project_or_in_the_cache() {
        let temp = tempfile::tempdir().unwrap();
        let (project, cache) = (temp.path().join("a.tributary"), temp.path().join("cache"));
        let beside = StateFolder::of(&project, &cache);
        assert_eq!(beside, StateFolder::at(temp.path().join("a.state")));
        assert_eq!((beside.notice(), temp.path().join("a.state").exists()), (None, false));
        fs::write(temp.path().join("a.state"), "in the way").unwrap();
        let elsewhere = StateFolder::of(&project, &cache);
        assert!(elsewhere.dir.starts_with(&cache) && elsewhere == StateFolder::of(&project, &cache));
        assert!(elsewhere.notice().unwrap().contains("cannot be written"));
        assert!(elsewhere.try_lock().unwrap().is_some());
    }

    /// Ids beside the project come along into the cache even where its folder is there already, and runs that went on
    /// in the cache are told of once `NAME.state` can be written again.
    #[test]
    fn ids_come_along_into_the_cache_and_newer_runs_there_are_told() {
        let temp = tempfile::tempdir().unwrap();
        let (project, cache) = (temp.path().join("a.tributary"), temp.path().join("cache"));
        let beside = temp.path().join("a.state");
        fs::write(&beside, "in the way").unwrap();
        let elsewhere = StateFolder::of(&project, &cache);
        fs::create_dir_all(&elsewhere.dir).unwrap();
        fs::remove_file(&beside).unwrap();
        fs::create_dir_all(beside.join("identity")).unwrap();
        fs::write(beside.join("identity/identity.json"), "{}").unwrap();
        drop(elsewhere.try_lock().unwrap());
        assert!(elsewhere.identity().join("identity.json").exists());
        assert_eq!(StateFolder::of(&project, &cache).notice(), None);
        let line = r#"{"number":1,"started":"2026-07-01T12:00:00Z","outcome":"done","by":"window","until":"segments"}"#;
        fs::write(elsewhere.history(), format!("{line}\n")).unwrap();
        assert!(StateFolder::of(&project, &cache).notice().unwrap().contains("holds newer runs of this project"));
        fs::copy(elsewhere.history(), beside.join("runs.jsonl")).unwrap();
        assert_eq!(StateFolder::of(&project, &cache).notice(), None);
    }

    #[test]
    fn one_run_at_a_time_holds_the_lock() {
        let temp = tempfile::tempdir().unwrap();
        let state = StateFolder::of(&temp.path().join("a.tributary"), temp.path());
        let held = state.lock(&Task::default()).unwrap();
        assert!(state.try_lock().unwrap().is_none());
        let stopped = Task::default();
        stopped.cancel();
        assert!(matches!(state.lock(&stopped), Err(EngineError::Cancelled)));
        assert_eq!(stopped.progress().stage, "Waiting for another run of this project");
        drop(held);
        assert!(state.try_lock().unwrap().is_some());
    }
}
