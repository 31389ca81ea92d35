//! When the copy of unsaved edits is written, and the writing.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{SecondsFormat, Utc};

use super::{Kept, NAME};
use crate::project::{Project, file};

/// Between an edit and its first copy: an edit that is going on is not copied at every letter.
const FIRST: Duration = Duration::from_secs(3);
/// Between copies while edits go on.
const EVERY: Duration = Duration::from_secs(30);

/// What a copy says besides the project.
#[derive(Debug, Clone, Default)]
pub struct About {
    pub path: Option<PathBuf>,
    pub edits: usize,
    pub last_edit: Option<String>,
    pub based_on: Option<String>,
}

/// Counts the copies, so that one still being written does not take the place of a later one, or of none.
type Turn = Arc<Mutex<u64>>;

/// The copy of this window's unsaved edits.
#[derive(Default)]
pub struct Keeper {
    turn: Turn,
    /// The project as copied last; `None` where there is no copy.
    kept: Option<Arc<Project>>,
    /// When it was copied last.
    last: Option<Instant>,
    /// The project seen last, and when it became so.
    seen: Option<(Arc<Project>, Instant)>,
}

impl Keeper {
    /// How long until a copy of this project with unsaved edits is due; `None` where it is copied already.
    pub fn due(&mut self, project: &Arc<Project>) -> Option<Duration> {
        if self.kept.as_ref().is_some_and(|kept| Arc::ptr_eq(kept, project)) {
            return None;
        }
        // From the first edit that has no copy, or typing would put the copy off for ever.
        let waits = self.seen.as_ref().is_some_and(|(_, since)| self.last.is_none_or(|last| *since > last));
        let since = match &self.seen {
            Some((_, since)) if waits => *since,
            _ => Instant::now(),
        };
        self.seen = Some((Arc::clone(project), since));
        let first = FIRST.saturating_sub(since.elapsed());
        Some(self.last.map_or(first, |last| first.max(EVERY.saturating_sub(last.elapsed()))))
    }

    /// What writes a copy of this project into a session's folder, to be called on any thread.
    pub fn copy(
        &mut self,
        folder: &Path,
        project: &Arc<Project>,
        about: About,
    ) -> impl FnOnce() -> io::Result<()> + Send + use<> {
        self.kept = Some(Arc::clone(project));
        self.last = Some(Instant::now());
        let (turn, number) = (Arc::clone(&self.turn), self.next_turn());
        let (path, project) = (folder.join(crate::text::of(NAME)), Arc::clone(project));
        move || {
            let kept = Kept {
                program: env!("CARGO_PKG_VERSION").to_owned(),
                written: Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true),
                path: about.path,
                edits: about.edits,
                last_edit: about.last_edit,
                based_on: about.based_on,
                project: serde_json::to_value(&*project)?,
            };
            let text = serde_json::to_vec(&kept)?;
            // Held while writing: who takes the copy away waits for it.
            let turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
            if *turn == number { file::write_whole(&path, &text) } else { Ok(()) }
        }
    }

    /// No copy of this project can be written now.
    pub fn put_off(&mut self, project: &Arc<Project>) {
        self.last = Some(Instant::now());
        self.seen = Some((Arc::clone(project), Instant::now()));
    }

    /// A copy that could not be written is due again, after the usual time.
    pub fn failed(&mut self) {
        self.kept = None;
    }

    /// Whether there is a copy, or one is being written.
    pub fn is_kept(&self) -> bool {
        self.kept.is_some()
    }

    /// Takes the copy away: the edits are saved, or not wanted.
    pub fn forget(&mut self, folder: &Path) {
        self.seen = None;
        self.last = None;
        if self.kept.take().is_none() {
            return;
        }
        let _ = self.next_turn();
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        // Where there is none, nothing was written yet.
        let _ = fs::remove_file(folder.join(crate::text::of(NAME)));
    }

    fn next_turn(&self) -> u64 {
        let mut turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        *turn += 1;
        *turn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_due_soon_after_an_edit_and_then_now_and_again() {
        let mut keeper = Keeper::default();
        let project = Arc::new(Project::new("a"));
        assert!(keeper.due(&project).unwrap() <= FIRST);
        let folder = tempfile::tempdir().unwrap();
        keeper.copy(folder.path(), &project, About::default())().unwrap();
        assert_eq!(keeper.due(&project), None, "nothing changed since");
        let edited = Arc::new(Project::new("b"));
        let due = keeper.due(&edited).unwrap();
        assert!(due > FIRST && due <= EVERY, "{due:?}");
    }

    /// A copy that was begun before the edits were saved must not come up after.
    #[test]
    fn a_late_copy_does_not_come_back() {
        let folder = tempfile::tempdir().unwrap();
        let (mut keeper, path) = (Keeper::default(), folder.path().join(NAME));
        let project = Arc::new(Project::new("a"));
        let early = keeper.copy(folder.path(), &project, About::default());
        keeper.copy(folder.path(), &project, About { edits: 2, ..About::default() })().unwrap();
        early().unwrap();
        assert!(fs::read_to_string(&path).unwrap().contains("\"edits\":2"));
        let late = keeper.copy(folder.path(), &project, About::default());
        keeper.forget(folder.path());
        late().unwrap();
        assert!(!path.exists());
    }
}
