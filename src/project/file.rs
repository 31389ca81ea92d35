//! The project file: loaded whole or refused with a clear word, saved whole or not at all.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde_json::Value;
use thiserror::Error;

use super::{Project, VERSION};

/// The ending of a project file.
pub const EXTENSION: &str = "tributary";

#[derive(Debug, Error)]
pub enum ProjectFileError {
    #[error("{}", tr!("{path} is not there. Check the path, or open the project from where it was moved to.", path = path.display()))]
    Missing { path: PathBuf },
    #[error("{}", tr!("{path} cannot be read: {source}. Check that you may read this file.", path = path.display(), source))]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("{}", tr!("{path} is not a Tributary project: {reason}. Choose a .tributary file.", path = path.display(), reason))]
    Foreign { path: PathBuf, reason: String },
    #[error("{}", tr!("{path} is damaged: {reason}. The version saved before it may lie beside it as {backup}.", path = path.display(), reason, backup = backup_path(path).display()))]
    Broken { path: PathBuf, reason: String },
    #[error("{}", tr!("{path} was saved by a newer Tributary (file version {version}, this program knows {VERSION}). \
         Install the newer program to open it.", path = path.display(), version, VERSION))]
    Newer { path: PathBuf, version: u64 },
    #[error("{}", tr!("{path} cannot be saved: {source}. Choose a folder you may write to; what was there before is intact.", path = path.display(), source))]
    Unsaved { path: PathBuf, source: io::Error },
}

/// Reads a project file of this version or an older one.
pub fn load(path: &Path) -> Result<Project, ProjectFileError> {
    let text = fs::read_to_string(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => ProjectFileError::Missing { path: path.to_owned() },
        io::ErrorKind::InvalidData => {
            ProjectFileError::Foreign { path: path.to_owned(), reason: tr!("it is not text").to_owned() }
        }
        _ => ProjectFileError::Unreadable { path: path.to_owned(), source },
    })?;
    parse(&text, path)
}

/// The project that a text holds; `path` is what errors name.
pub(crate) fn parse(text: &str, path: &Path) -> Result<Project, ProjectFileError> {
    let looks_like_ours = text.contains("\"version\"");
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let (path, reason) = (path.to_owned(), tr!("it is not valid JSON ({error})", error));
        if looks_like_ours {
            ProjectFileError::Broken { path, reason }
        } else {
            ProjectFileError::Foreign { path, reason }
        }
    })?;
    let version = value.get("version").and_then(Value::as_u64).ok_or_else(|| ProjectFileError::Foreign {
        path: path.to_owned(),
        reason: tr!("it has no version").to_owned(),
    })?;
    if version > u64::from(VERSION) {
        return Err(ProjectFileError::Newer { path: path.to_owned(), version });
    }
    // From the text, not the value: the error then names line and column.
    let mut project: Project = serde_json::from_str(text)
        .map_err(|error| ProjectFileError::Broken { path: path.to_owned(), reason: error.to_string() })?;
    // Older versions lack what the present one leaves out where it is empty, and differ in nothing else.
    project.version = VERSION;
    Ok(project)
}

/// The document as it stands in the file.
pub fn to_json(project: &Project) -> String {
    // Plain data with string keys: its serialization does not fail.
    let mut text = serde_json::to_string_pretty(project).unwrap_or_default();
    text.push('\n');
    text
}

/// Saves in one step: a temporary file in the same folder, flushed to the disk, then renamed. The previous version
/// stays as a backup until the new one is proved readable.
pub fn save(project: &Project, path: &Path) -> Result<(), ProjectFileError> {
    let unsaved = |source| ProjectFileError::Unsaved { path: path.to_owned(), source };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        let reason = tr!("there is no folder {folder}", folder = folder.display());
        return Err(unsaved(io::Error::new(io::ErrorKind::NotFound, reason)));
    }
    let mut file = temporary_beside(path).map_err(unsaved)?;
    file.write_all(to_json(project).as_bytes()).map_err(unsaved)?;
    file.as_file().sync_all().map_err(unsaved)?;
    let backup = backup_path(path);
    let previous = path.exists();
    if previous {
        // A file that others may read or write stays so.
        let permissions = fs::metadata(path).map_err(unsaved)?.permissions();
        fs::set_permissions(file.path(), permissions).map_err(unsaved)?;
        fs::copy(path, &backup).map_err(unsaved)?;
    }
    file.persist(path).map_err(|error| unsaved(error.error))?;
    if load(path)? != *project {
        return Err(unsaved(io::Error::other(tr!("what was read back differs"))));
    }
    if previous {
        fs::remove_file(&backup).map_err(unsaved)?;
    }
    Ok(())
}

/// A temporary file in the folder of `path`, with the rights a new file has there, to be persisted as `path`.
///
/// # Errors
/// Where no file can be made in that folder.
pub fn temporary_beside(path: &Path) -> io::Result<tempfile::NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    // A temporary file is private, but this one becomes the user's: the usual mask decides.
    #[cfg(unix)]
    builder.permissions(<fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// How the names of files and folders begin that are being written; what is left is that of a program that was killed.
pub const TEMPORARY: &str = ".tributary-";

/// Replaces a small file whole: who reads it meanwhile sees the old one or the new one.
///
/// # Errors
/// Where nothing can be written in its folder.
pub fn write_whole(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = temporary_beside(path)?;
    file.write_all(content)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// A path with its links resolved, so that two ways to one file are one; as it stands where that cannot be done.
pub fn resolved(path: &Path) -> PathBuf {
    let full = fs::canonicalize(path).or_else(|_| std::path::absolute(path));
    full.unwrap_or_else(|_| path.to_owned())
}

/// Whether a path leads to a file that a project is made from: a source table, whose path starts from `base`, or the
/// project's own file.
pub fn is_made_from(project: &Project, own: Option<&Path>, base: &Path, target: &Path) -> bool {
    let full = |path: &Path| fs::canonicalize(path).ok();
    let Some(target) = full(target) else { return false };
    let sources = project.source_tables.iter().map(|table| base.join(&table.path));
    sources.chain(own.map(Path::to_owned)).any(|file| full(&file).as_ref() == Some(&target))
}

pub(crate) fn backup_path(path: &Path) -> PathBuf {
    path.with_extension(format!("{EXTENSION}.bak"))
}

/// Where what was computed for a project lies: `NAME.state` beside `NAME.tributary`.
pub fn state_folder(project_path: &Path) -> PathBuf {
    project_path.with_extension("state")
}

/// The folder that relative paths of a project start from.
pub fn base_folder(project_path: &Path) -> PathBuf {
    project_path.parent().map(Path::to_path_buf).unwrap_or_default()
}

/// `path` as a project in `base` writes it: relative where it lies in or below the folder, with `/`.
pub fn relative_to(path: &Path, base: &Path) -> String {
    let (full_path, full_base) = (std::path::absolute(path), std::path::absolute(base));
    let relative = match (&full_path, &full_base) {
        (Ok(path), Ok(base)) => path.strip_prefix(base).ok(),
        _ => None,
    };
    match relative {
        Some(relative) => {
            relative.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
        }
        None => full_path.unwrap_or_else(|_| path.to_owned()).to_string_lossy().into_owned(),
    }
}

/// The JSON Schema of the project file.
pub fn json_schema() -> String {
    let schema = schemars::schema_for!(Project);
    serde_json::to_string_pretty(&schema).unwrap_or_default()
}
