//! Where the program keeps what is the user's but no project's: sample copies, settings, recent files.

use std::path::{Path, PathBuf};

/// Moves the data folder elsewhere; tests always set it.
pub const HOME_VARIABLE: &str = "TRIBUTARY_HOME";

/// The user's data folder for this program.
pub fn data_folder() -> PathBuf {
    match std::env::var_os(HOME_VARIABLE) {
        Some(home) if !home.is_empty() => PathBuf::from(home),
        _ => dirs::data_dir().unwrap_or_else(std::env::temp_dir).join("tributary"),
    }
}

/// The user's folder for what can be made again, and for the state of projects that lie where nothing can be written.
pub fn cache_folder() -> PathBuf {
    match std::env::var_os(HOME_VARIABLE) {
        Some(home) if !home.is_empty() => PathBuf::from(home).join("cache"),
        _ => dirs::cache_dir().unwrap_or_else(std::env::temp_dir).join("tributary"),
    }
}

/// Where copies of the samples lie in a data folder.
pub fn samples_folder(home: &Path) -> PathBuf {
    home.join("samples")
}
