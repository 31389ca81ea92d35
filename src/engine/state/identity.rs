//! The ids of earlier runs on the disk: read with a word about whatever is wrong with them, written whole or not at
//! all.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::folder::{Held, StateFolder, file_name};
use super::swap;
use crate::engine::activate::results::{ALTERNATE_KEYS, CUSTOMERS, StoredResults};
use crate::engine::customer::id_map::IdMap;
use crate::engine::error::EngineError;
use crate::engine::files;
use crate::project::{ExportFormat, Project};

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
}

/// What lies in an identity folder.
enum Found {
    Nothing,
    Damaged(String),
    Newer(u64),
    /// Of the project with this id.
    Foreign(String),
    Ids(IdMap),
}

/// Whether two project ids may name one project: a file of an older version has none.
pub fn is_same(one: &str, other: &str) -> bool {
    one == other || one.is_empty() || other.is_empty()
}

/// The ids that the next run of a project begins with: those remembered where they are the ones on the disk. What is wrong with those on the disk is told, and damaged or
/// foreign ones are moved aside.
///
/// # Errors
/// Ids of a newer program: a run without them would give customers other ids.
pub fn load(
    state: &StateFolder,
    _held: &Held,
    project: &Project,
    remembered: &Remembered,
    tell: &mut dyn FnMut(String),
) -> Result<Arc<IdMap>, EngineError> {
    let dir = state.identity();
    let failed = |error: io::Error| EngineError::Output { path: dir.clone(), reason: error.to_string() };
    swap::recover(&dir).map_err(failed)?;
    if let Some(ids) = stamp(state, project).and_then(|stamp| remembered.of(&stamp)) {
        return Ok(ids);
    }
    let ids = match look(&dir, &project.id) {
        Found::Ids(ids) => Ok(ids),
        Found::Newer(version) => Err(EngineError::NewerIds { path: dir, version }),
        Found::Nothing => put_back(state, project, tell).map_err(failed),
        Found::Damaged(reason) => {
            let place = swap::move_aside(&dir, "identity.damaged").map_err(failed)?;
            let place = place.display();
            let (ids, done) = match of_results(state, project) {
                Some(ids) => (ids, "They were taken from the last results."),
                None => (IdMap::default(), "There are no results to take them from: ids begin anew."),
            };
            tell(format!("the ids kept for earlier runs were damaged ({reason}) and now lie at {place}. {done}"));
            Ok(ids)
        }
        Found::Foreign(other) => {
            let place = swap::move_aside(&dir, &format!("identity.of-{}", file_name(&other))).map_err(failed)?;
            let (dir, place) = (state.dir.display(), place.display());
            tell(format!("{dir} held the ids of another project, which now lie at {place}; its results are replaced"));
            put_back(state, project, tell).map_err(failed)
        }
    };
    ids.map(Arc::new)
}

/// The same for whoever only looks: nothing is moved and nothing told.
///
/// # Errors
/// Ids of a newer program.
pub fn peek(state: &StateFolder, project: &Project) -> Result<IdMap, EngineError> {
    let dir = swap::present(&state.identity());
    match look(&dir, &project.id) {
        Found::Ids(ids) => Ok(ids),
        Found::Newer(version) => Err(EngineError::NewerIds { path: dir, version }),
        Found::Nothing | Found::Damaged(_) | Found::Foreign(_) => Ok(of_results(state, project).unwrap_or_default()),
    }
}

/// The stamp of the ids on the disk, without reading them; `None` where there are none of this project's.
pub fn stamp(state: &StateFolder, project: &Project) -> Option<String> {
    let about = about(&swap::present(&state.identity())).ok().flatten()?;
    let about: About = serde_json::from_value(about).ok()?;
    (about.version <= VERSION && is_same(&about.project, &project.id)).then_some(about.stamp)
}

/// Ids that were read, kept until those on the disk are others.
#[derive(Debug, Default)]
pub struct Remembered(Mutex<Option<(Option<String>, Arc<IdMap>)>>);

impl Remembered {
    /// Those of this stamp, where they are the ones that were read or made last.
    pub fn of(&self, stamp: &str) -> Option<Arc<IdMap>> {
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, ids) = last.as_ref().filter(|(of, _)| of.as_deref() == Some(stamp))?;
        Some(Arc::clone(ids))
    }

    /// Keeps the ids that a run left on the disk.
    pub fn keep(&self, ids: &Arc<IdMap>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((Some(ids.stamp.clone()), Arc::clone(ids)));
    }

    /// The ids that the next run of a project begins with.
    ///
    /// # Errors
    /// Ids of a newer program.
    pub fn current(&self, state: &StateFolder, project: &Project) -> Result<Arc<IdMap>, EngineError> {
        let stamp = stamp(state, project);
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some((of, ids)) if *of == stamp => Ok(Arc::clone(ids)),
            _ => {
                let ids = Arc::new(peek(state, project)?);
                *last = Some((stamp, Arc::clone(&ids)));
                Ok(ids)
            }
        }
    }
}

/// Puts ids in the place of those on the disk. Tables that did not change are not written again.
pub fn save(state: &StateFolder, _held: &Held, project: &Project, ids: &IdMap) -> Result<(), EngineError> {
    let dir = state.identity();
    let failed = |error: io::Error| EngineError::Output { path: dir.clone(), reason: error.to_string() };
    let staging = swap::staging(&dir).map_err(failed)?;
    let kept = about(&dir).ok().flatten().and_then(|about| serde_json::from_value::<About>(about).ok());
    let kept = kept.filter(|kept| kept.version == VERSION && kept.stamp == ids.stamp);
    let linked = kept.and_then(|kept| {
        let link = |(name, _): &(String, String)| fs::hard_link(dir.join(name), staging.path().join(name)).is_ok();
        kept.files.iter().all(link).then_some(kept.files)
    });
    let written = match linked {
        Some(files) => files,
        None => write_tables(staging.path(), ids)?,
    };
    let (project, stamp) = (project.id.clone(), ids.stamp.clone());
    let about = About { version: VERSION, project, runs: ids.runs, stamp, files: written };
    let text = serde_json::to_string_pretty(&about).map_err(|error| failed(error.into()))?;
    let path = staging.path().join(ABOUT);
    fs::write(&path, text + "\n").and_then(|()| fs::File::open(&path)?.sync_all()).map_err(failed)?;
    swap::swap_in(staging, &dir).map_err(failed)
}

fn write_tables(folder: &Path, ids: &IdMap) -> Result<Vec<(String, String)>, EngineError> {
    let mut written = Vec::new();
    for (name, table) in ids.tables() {
        let name = file_of(name);
        let path = folder.join(&name);
        // A link of the try before may stand there: its file is not to be written through.
        let _ = fs::remove_file(&path);
        files::write(&table, &path, ExportFormat::Parquet)?;
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
        swap::move_aside(&dir, &format!("identity.of-{}", file_name(&whose.unwrap_or_default())))?;
    }
    let staging = swap::staging(&dir)?;
    for entry in fs::read_dir(&source)? {
        let entry = entry?;
        fs::copy(entry.path(), staging.path().join(entry.file_name()))?;
    }
    swap::swap_in(staging, &dir)
}

/// Ids that are not there: those of this project that were moved aside for another's, or those of the last results.
fn put_back(state: &StateFolder, project: &Project, tell: &mut dyn FnMut(String)) -> io::Result<IdMap> {
    let dir = state.identity();
    let own = dir.with_file_name(format!("identity.of-{}", file_name(&project.id)));
    if !project.id.is_empty()
        && let Found::Ids(ids) = look(&own, &project.id)
    {
        fs::rename(&own, &dir)?;
        tell("the ids of this project, which had made room for another project's, are back in their place".to_owned());
        return Ok(ids);
    }
    if StoredResults::open(&state.results()).is_none_or(|stored| !stored.is_of(project)) {
        return Ok(IdMap::default());
    }
    Ok(match of_results(state, project) {
        Some(ids) => {
            tell("the ids kept for earlier runs were gone; they were taken from the last results".to_owned());
            ids
        }
        None => {
            tell(
                "the ids kept for earlier runs were gone, and the last results do not tell them: ids begin anew".into(),
            );
            IdMap::default()
        }
    })
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
    if !is_same(&about.project, project) {
        return Found::Foreign(about.project);
    }
    read_tables(dir, about).map_or_else(Found::Damaged, Found::Ids)
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
