//! The ids of earlier runs on the disk: read with a word about whatever is wrong with them, written whole or not at
//! all.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use tempfile::TempDir;

use super::folder::{Held, LOOK, StateFolder, file_name};
use super::swap;
use crate::engine::activate::results::{ALTERNATE_KEYS, CUSTOMERS, StoredResults};
use crate::engine::customer::id_map::IdMap;
use crate::engine::error::EngineError;
use crate::engine::files;
use crate::project::{ExportFormat, Project};
use crate::task::Task;

/// The version of the folder that this program writes; newer ones are refused.
pub const VERSION: u32 = 1;
const ABOUT: &str = "identity.json";

/// What the ids are, and whose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct About {
    version: u32,
    /// The id of the project; empty for one saved before projects had ids.
    project: String,
    runs: u32,
    stamp: String,
    /// The tables with the hashes of their files, which tell damage.
    files: Vec<(String, String)>,
    /// A hash of all the above, which tells damage to it; empty in folders of an earlier build.
    #[serde(default)]
    seal: String,
}

impl About {
    fn sealed(mut self) -> Self {
        self.seal = self.expected_seal();
        self
    }

    fn expected_seal(&self) -> String {
        let Self { version, project, runs, stamp, files, seal: _ } = self;
        let mut hasher = blake3::Hasher::new();
        let parts = [&version.to_string(), project, &runs.to_string(), stamp];
        for part in parts.into_iter().chain(files.iter().flat_map(|(name, hash)| [name, hash])) {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        hasher.finalize().to_hex().to_string()
    }

    fn is_whole(&self) -> bool {
        self.seal.is_empty() || self.seal == self.expected_seal()
    }
}

/// What lies in an identity folder.
enum Found {
    Nothing,
    Damaged(String),
    Newer(u64),
    /// Of the project with this id.
    Foreign(String),
    /// And the project whose they are.
    Ids(IdMap, String),
}

impl Found {
    /// The name under which it is set aside for ids of this project; `None` of what may be replaced.
    fn name_aside(&self) -> Option<String> {
        match self {
            Self::Damaged(_) => Some("identity.damaged".to_owned()),
            Self::Foreign(other) => Some(aside_of(other)),
            Self::Nothing | Self::Newer(_) | Self::Ids(..) => None,
        }
    }
}

/// Whether two project ids may name one project: a file of an older version has none.
pub fn is_same(one: &str, other: &str) -> bool {
    one == other || one.is_empty() || other.is_empty()
}

/// The ids that the next run of a project begins with: those remembered where they are the ones on the disk. What is
/// wrong with those on the disk is told; damaged or foreign ones stay where they are until [`save`] puts others in
/// their place.
///
/// # Errors
/// Ids of a newer program: a run without them would give customers other ids.
pub fn load(
    state: &StateFolder,
    held: &Held,
    project: &Project,
    remembered: &Remembered,
    tell: &mut dyn FnMut(String),
) -> Result<Arc<IdMap>, EngineError> {
    let dir = state.identity();
    let failed = |error: io::Error| EngineError::Output { path: dir.clone(), reason: error.to_string() };
    swap::recover(&dir).map_err(failed)?;
    if let Some(ids) = mark(state, project).and_then(|mark| remembered.of(&mark)) {
        return Ok(ids);
    }
    let found = look(&dir, &project.id);
    held.aside.replace(found.name_aside());
    let is_elsewhere = matches!(found, Found::Nothing | Found::Foreign(_));
    held.continued.replace(own_aside(state, project).filter(|_| is_elsewhere));
    ids_of(found, state, project, "will", tell).map(Arc::new)
}

/// The same for whoever only looks: without the lock, and told as what a run would do.
///
/// # Errors
/// Ids of a newer program.
pub fn peek(state: &StateFolder, project: &Project, tell: &mut dyn FnMut(String)) -> Result<IdMap, EngineError> {
    let found = || look(&swap::present(&state.identity()), &project.id);
    let found = match found() {
        // A run may be putting others in their place at this moment.
        Found::Damaged(_) => {
            std::thread::sleep(LOOK);
            found()
        }
        found => found,
    };
    ids_of(found, state, project, "would", tell)
}

/// The ids to begin with where these lie on the disk. `will` says whether a run is on its way.
fn ids_of(
    found: Found,
    state: &StateFolder,
    project: &Project,
    will: &str,
    tell: &mut dyn FnMut(String),
) -> Result<IdMap, EngineError> {
    let aside = found.name_aside();
    let aside = aside.map(|name| tr!("{will} be set aside as {name} when a run writes new ones", will, name));
    let (aside, dir) = (aside.unwrap_or_default(), state.identity());
    Ok(match found {
        Found::Ids(ids, of) => {
            if project.id.is_empty() && !of.is_empty() {
                let dir = dir.display();
                tell(tr!(
                    "this project has no id, and the ids at {dir} are those of project {of}: they are continued. If it \
                     is another project, move that folder away; saving a project in the window gives it an id",
                    dir,
                    of
                ));
            }
            ids
        }
        Found::Newer(version) => return Err(EngineError::NewerIds { path: dir, version }),
        Found::Nothing => own_or_lost(state, project, tell),
        Found::Damaged(reason) => {
            let (ids, done) = match of_results(state, project) {
                Some(ids) => (ids, tr!("The ids are taken from the last results.")),
                None => (IdMap::default(), tr!("There are no results to take ids from: they begin anew.")),
            };
            let dir = dir.display();
            tell(tr!(
                "the ids kept for earlier runs are damaged ({reason}); {dir} {aside}. {done}",
                reason,
                dir,
                aside,
                done
            ));
            ids
        }
        Found::Foreign(_) => {
            let dir = state.dir.display();
            tell(tr!(
                "{dir} holds the ids of another project, which {aside}; its results {will} be replaced",
                dir,
                aside,
                will
            ));
            own_or_lost(state, project, tell)
        }
    })
}

/// The stamp of the ids on the disk, without reading them; `None` where there are none of this project's.
pub fn stamp(state: &StateFolder, project: &Project) -> Option<String> {
    mark(state, project).map(|(stamp, _)| stamp)
}

/// What tells the ids on the disk from others: their stamp, and the number of runs, which the stamp leaves out.
type Mark = (String, u32);

fn mark(state: &StateFolder, project: &Project) -> Option<Mark> {
    let (about, mark) = mark_of(&swap::present(&state.identity()))?;
    (about.version <= VERSION && is_same(&about.project, &project.id)).then_some(mark)
}

fn mark_of(dir: &Path) -> Option<(About, Mark)> {
    let about: About = serde_json::from_value(about(dir).ok().flatten()?).ok()?;
    let mark = (about.stamp.clone(), about.runs);
    Some((about, mark))
}

/// Whether the ids on the disk are the ones a run left behind, by their stamp and the number of runs.
pub(super) fn is_left_by(state: &StateFolder, stamp: &str, runs: u32) -> bool {
    mark_of(&swap::present(&state.identity())).is_some_and(|(_, mark)| mark == (stamp.to_owned(), runs))
}

/// Ids that were read, kept until those on the disk are others.
#[derive(Debug, Default)]
pub struct Remembered(Mutex<Option<Arc<IdMap>>>);

impl Remembered {
    /// Those of this mark, where they are the ones that were read or made last.
    fn of(&self, (stamp, runs): &Mark) -> Option<Arc<IdMap>> {
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.as_ref().filter(|ids| (&ids.stamp, &ids.runs) == (stamp, runs)).map(Arc::clone)
    }

    /// Keeps the ids that a run left on the disk.
    pub fn keep(&self, ids: &Arc<IdMap>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(ids));
    }

    /// The ids that the next run of a project begins with. What is wrong with those on the disk is for the run to tell.
    ///
    /// # Errors
    /// Ids of a newer program.
    pub fn current(&self, state: &StateFolder, project: &Project) -> Result<Arc<IdMap>, EngineError> {
        if let Some(ids) = mark(state, project).and_then(|mark| self.of(&mark)) {
            return Ok(ids);
        }
        let ids = Arc::new(peek(state, project, &mut drop)?);
        // Those that do not lie there as they are, such as ids of the last results, are looked for again.
        if mark(state, project).is_some_and(|(stamp, runs)| (&stamp, runs) == (&ids.stamp, ids.runs)) {
            self.keep(&ids);
        }
        Ok(ids)
    }
}

/// Puts ids in the place of those on the disk. Tables that did not change are not written again. What [`load`] found
/// damaged or foreign under the same lock is set aside.
pub fn save(state: &StateFolder, held: &Held, project: &Project, ids: &IdMap) -> Result<(), EngineError> {
    stage(state, project, ids)?.put(held)
}

/// Ids that are written, and only have to take their place.
pub(super) struct Staged {
    staging: TempDir,
    dir: PathBuf,
    /// The id of the project.
    owner: String,
}

impl Staged {
    pub(super) fn put(self, held: &Held) -> Result<(), EngineError> {
        let Self { staging, dir, owner } = self;
        let failed = |error: io::Error| EngineError::Output { path: dir.clone(), reason: error.to_string() };
        if let Some(name) = held.aside.take() {
            swap::move_aside(&dir, &name).map_err(failed)?;
        }
        swap::swap_in(staging, &dir).map_err(failed)?;
        // Those that had made room for another project's are continued in the ones just written.
        let own = held.continued.take().filter(|own| matches!(look(own, &owner), Found::Ids(..)));
        own.map_or(Ok(()), fs::remove_dir_all).map_err(failed)
    }
}

/// Writes ids beside those on the disk.
pub(super) fn stage(state: &StateFolder, project: &Project, ids: &IdMap) -> Result<Staged, EngineError> {
    let dir = state.identity();
    let failed = |error: io::Error| EngineError::Output { path: dir.clone(), reason: error.to_string() };
    let staging = swap::staging(&dir).map_err(failed)?;
    let kept = about(&dir).ok().flatten().and_then(|about| serde_json::from_value::<About>(about).ok());
    let kept = kept.filter(|kept| kept.version == VERSION && kept.stamp == ids.stamp);
    let linked = kept.and_then(|kept| {
        // A file that is damaged is not taken over.
        let link = |(name, expected): &(String, String)| {
            hash(&dir.join(name)).is_ok_and(|found| found == *expected)
                && fs::hard_link(dir.join(name), staging.path().join(name)).is_ok()
        };
        kept.files.iter().all(link).then_some(kept.files)
    });
    let written = match linked {
        Some(files) => files,
        None => write_tables(staging.path(), ids)?,
    };
    let (owner, stamp) = (project.id.clone(), ids.stamp.clone());
    let about =
        About { version: VERSION, project: owner.clone(), runs: ids.runs, stamp, files: written, seal: String::new() };
    let about = about.sealed();
    let text = serde_json::to_string_pretty(&about).map_err(|error| failed(error.into()))?;
    let path = staging.path().join(ABOUT);
    fs::write(&path, text + "\n").and_then(|()| fs::File::open(&path)?.sync_all()).map_err(failed)?;
    Ok(Staged { staging, dir, owner })
}

fn write_tables(folder: &Path, ids: &IdMap) -> Result<Vec<(String, String)>, EngineError> {
    let mut written = Vec::new();
    for (name, table) in ids.tables() {
        let name = file_of(name);
        let path = folder.join(&name);
        // A link of the try before may stand there: its file is not to be written through.
        let _ = fs::remove_file(&path);
        files::write(&table, &path, ExportFormat::Parquet, &Task::default())?;
        let failed = |error: io::Error| EngineError::Output { path: path.clone(), reason: error.to_string() };
        fs::File::open(&path).and_then(|file| file.sync_all()).map_err(failed)?;
        written.push((name, hash(&path).map_err(failed)?));
    }
    Ok(written)
}

/// Copies the ids from one project file's folder to another's, for a project saved under a second name. What lies
/// there is moved aside.
pub fn copy(from: &StateFolder, to: &StateFolder) -> io::Result<()> {
    let (source, dir) = (swap::present(&from.identity()), to.identity());
    if !source.is_dir() {
        return Ok(());
    }
    swap::recover(&dir)?;
    if dir.exists() {
        let whose = about(&dir).ok().flatten().and_then(|about| Some(about.get("project")?.as_str()?.to_owned()));
        swap::move_aside(&dir, &aside_of(&whose.unwrap_or_default()))?;
    }
    let staging = swap::staging(&dir)?;
    for entry in fs::read_dir(&source)? {
        let entry = entry?;
        fs::copy(entry.path(), staging.path().join(entry.file_name()))?;
    }
    swap::swap_in(staging, &dir)
}

/// Where another project's ids are set aside, by that project's id.
fn aside_of(project: &str) -> String {
    format!("identity.of-{}", file_name(project))
}

/// Where the ids of this project lie, where they once made room for another's.
fn own_aside(state: &StateFolder, project: &Project) -> Option<PathBuf> {
    (!project.id.is_empty()).then(|| state.identity().with_file_name(aside_of(&project.id))).filter(|own| own.exists())
}

/// Ids that are not there: those of this project that were set aside for another's, or those of the last results.
fn own_or_lost(state: &StateFolder, project: &Project, tell: &mut dyn FnMut(String)) -> IdMap {
    if let Some(own) = own_aside(state, project)
        && let Found::Ids(ids, _) = look(&own, &project.id)
    {
        tell(tr!("the ids of this project, which had made room for another project's, are continued").to_owned());
        return ids;
    }
    if StoredResults::open(&state.results()).is_none_or(|stored| !stored.is_of(project)) {
        return IdMap::default();
    }
    match of_results(state, project) {
        Some(ids) => {
            tell(tr!("the ids kept for earlier runs are gone; they are taken from the last results").to_owned());
            ids
        }
        None => {
            tell(
                tr!("the ids kept for earlier runs are gone, and the last results do not tell them: ids begin anew")
                    .into(),
            );
            IdMap::default()
        }
    }
}

/// What the last results tell of ids that are lost.
fn of_results(state: &StateFolder, project: &Project) -> Option<IdMap> {
    let stored = StoredResults::open(&state.results()).filter(|stored| stored.is_of(project))?;
    let (customers, keys) = (stored.table(CUSTOMERS).ok()?, stored.table(ALTERNATE_KEYS).ok()?);
    let table_id = |name: &str| project.source_tables.iter().find(|it| it.name == name).map(|it| it.id.clone());
    IdMap::from_results(&customers, &keys, &table_id)
}

fn look(dir: &Path, project: &str) -> Found {
    let about = match about(dir) {
        Ok(Some(about)) => about,
        Ok(None) => return Found::Nothing,
        Err(reason) => return Found::Damaged(reason),
    };
    // The version first: a newer one may have other parts.
    match about.get("version").and_then(serde_json::Value::as_u64) {
        Some(version) if version > u64::from(VERSION) => return Found::Newer(version),
        _ => {}
    }
    let about: About = match serde_json::from_value(about) {
        Ok(about) => about,
        Err(error) => return Found::Damaged(format!("{ABOUT}: {error}")),
    };
    if !about.is_whole() {
        return Found::Damaged(format!("{ABOUT} is not what was written"));
    }
    if !is_same(&about.project, project) {
        return Found::Foreign(about.project);
    }
    let of = about.project.clone();
    read_tables(dir, about).map_or_else(Found::Damaged, |ids| Found::Ids(ids, of))
}

fn read_tables(dir: &Path, about: About) -> Result<IdMap, String> {
    for (name, expected) in &about.files {
        let found = hash(&dir.join(name)).map_err(|error| format!("{name}: {error}"))?;
        if found != *expected {
            return Err(format!("{name} is not what was written"));
        }
    }
    let read = |name: &str| files::read_parquet(&dir.join(file_of(name))).map_err(|error| error.to_string());
    let (ids, keys) = (read("ids")?, read("keys")?);
    IdMap::from_tables(about.runs, about.stamp, &ids, &keys).ok_or_else(|| "its tables do not fit".to_owned())
}

/// The document of an identity folder; `None` where there is no such folder.
fn about(dir: &Path) -> Result<Option<serde_json::Value>, String> {
    if !dir.exists() {
        return Ok(None);
    }
    let text = fs::read_to_string(dir.join(ABOUT)).map_err(|error| format!("{ABOUT}: {error}"))?;
    serde_json::from_str(&text).map(Some).map_err(|error| format!("{ABOUT}: {error}"))
}

fn file_of(table: &str) -> String {
    format!("{table}.{}", ExportFormat::Parquet.extension())
}

fn hash(path: &Path) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(fs::File::open(path)?)?;
    Ok(hasher.finalize().to_hex().to_string())
}
