//! What can keep a file from being read, said to the analyst.

use std::path::{Path, PathBuf};

use crate::task::Cancelled;

/// Why a file could not be read at all. Every message says what to do; the path comes last.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    #[error("There is no file at this path. Put it back, or choose where it is now: {}", path.display())]
    Missing { path: PathBuf },
    #[error("This is a folder, not a file. Choose a CSV or Parquet file in it: {}", path.display())]
    Folder { path: PathBuf },
    #[error("You have no permission to read the file. Ask its owner, or copy it to a folder of yours: {}", path.display())]
    NoPermission { path: PathBuf },
    #[error("The file could not be read ({source}). Check the disk or network drive and try again: {}", path.display())]
    Io { path: PathBuf, source: std::io::Error },
    #[error("The file is empty. Choose a file that has at least a row of column names: {}", path.display())]
    Empty { path: PathBuf },
    #[error("This is {kind}, which cannot be read. {advice}: {}", path.display())]
    Unsupported { path: PathBuf, kind: &'static str, advice: &'static str },
    #[error("This is not a whole Parquet file ({detail}). Write it again, or choose another file: {}", path.display())]
    Parquet { path: PathBuf, detail: String },
    #[error("{what} Change it in the table's file settings: {}", path.display())]
    Format { path: PathBuf, what: String },
    #[error("The date format `{pattern}` of {column} cannot be used: {detail}")]
    DateFormat { column: String, pattern: String, detail: String },
    #[error("The file has more than {} rows, more than one table can hold. Split it: {}", u32::MAX - 1, path.display())]
    TooManyRows { path: PathBuf },
    /// The task was cancelled; nothing was kept.
    #[error("The reading was cancelled.")]
    Cancelled,
}

impl IngestError {
    /// The message for an error of the file system; folders are told apart where the system only says "failed".
    pub(in crate::engine) fn from_io(path: &Path, source: std::io::Error) -> Self {
        let path = path.to_path_buf();
        match source.kind() {
            std::io::ErrorKind::NotFound => Self::Missing { path },
            std::io::ErrorKind::IsADirectory => Self::Folder { path },
            _ if path.is_dir() => Self::Folder { path },
            std::io::ErrorKind::PermissionDenied => Self::NoPermission { path },
            _ => Self::Io { path, source },
        }
    }
}

impl From<Cancelled> for IngestError {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}
