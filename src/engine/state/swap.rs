//! Folders that are replaced whole: written beside the old one, which is moved aside for the moment of the change.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::project::file::TEMPORARY;

/// A new folder beside `dir`, to be filled and swapped in; it goes with its guard.
pub fn staging(dir: &Path) -> io::Result<TempDir> {
    let parent = dir.parent().unwrap_or(dir);
    fs::create_dir_all(parent)?;
    tempfile::Builder::new().prefix(TEMPORARY).tempdir_in(parent)
}

/// Where the old folder stands for the moment between the two renames of a swap.
pub fn aside(dir: &Path) -> PathBuf {
    let name = dir.file_name().unwrap_or_default().to_string_lossy();
    dir.with_file_name(format!(".{name}.old"))
}

/// Where to read: the folder, or the old one where a run was killed in the middle of a swap.
pub fn present(dir: &Path) -> PathBuf {
    let old = aside(dir);
    if !dir.exists() && old.exists() { old } else { dir.to_owned() }
}

/// After a run that was killed in the middle of a swap: the old folder comes back where the new one is not there.
pub fn recover(dir: &Path) -> io::Result<()> {
    let old = aside(dir);
    if !old.exists() {
        return Ok(());
    }
    if dir.exists() { fs::remove_dir_all(&old) } else { fs::rename(&old, dir) }
}

/// Moves the old folder aside, the new one in, and then removes the old.
pub fn swap_in(staging: TempDir, dir: &Path) -> io::Result<()> {
    swap_in_after(staging, dir, || Ok(()), |error| error)
}

/// The same, with something done once the old folder is out of the way: where that fails the old folder comes back.
pub fn swap_in_after<E>(
    staging: TempDir,
    dir: &Path,
    ready: impl FnOnce() -> Result<(), E>,
    failed: impl Fn(io::Error) -> E,
) -> Result<(), E> {
    let old = aside(dir);
    let replaced = dir.exists();
    if replaced {
        fs::rename(dir, &old).map_err(&failed)?;
    }
    if let Err(error) = ready().and_then(|()| fs::rename(staging.path(), dir).map_err(&failed)) {
        // The staging folder goes with its guard; the old folder comes back.
        return if replaced { fs::rename(&old, dir).map_err(&failed).and(Err(error)) } else { Err(error) };
    }
    // It stands where its guard no longer looks.
    let _ = staging.keep();
    if replaced {
        // What cannot be removed now is removed by the next run.
        let _ = fs::remove_dir_all(&old);
    }
    Ok(())
}

/// Removes what a killed run had begun to write in `parent`. Only where no run goes on there.
pub fn sweep(parent: &Path) {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(TEMPORARY)) {
        // What cannot be removed is in nobody's way.
        let _ = if entry.path().is_dir() { fs::remove_dir_all(entry.path()) } else { fs::remove_file(entry.path()) };
    }
}

/// Moves a folder out of the way, under the name given or, where that is taken, a numbered one; where it stands then.
pub fn move_aside(dir: &Path, name: &str) -> io::Result<PathBuf> {
    let free = |number: u32| {
        let name = if number == 1 { name.to_owned() } else { format!("{name}-{number}") };
        dir.with_file_name(name)
    };
    let place = (1..).map(free).find(|place| !place.exists()).unwrap_or_else(|| free(1));
    fs::rename(dir, &place)?;
    Ok(place)
}
