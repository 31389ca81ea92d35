//! What can keep a file from being read, said to the analyst.

use std::path::{Path, PathBuf};

use crate::task::Cancelled;

/// Why a file could not be read at all. Every message says what to do; the path comes last.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    #[error("{}", tr!("There is no file at this path. Put it back, or choose where it is now: {path}", path = path.display()))]
    Missing { path: PathBuf },
    #[error("{}", tr!("This is a folder, not a file. Choose a CSV or Parquet file in it: {path}", path = path.display()))]
    Folder { path: PathBuf },
    #[error("{}", tr!("You have no permission to read the file. Ask its owner, or copy it to a folder of yours: {path}", path = path.display()))]
    NoPermission { path: PathBuf },
    #[error("{}", tr!("The file could not be read ({source}). Check the disk or network drive and try again: {path}", source, path = path.display()))]
    Io { path: PathBuf, source: std::io::Error },
    #[error("{}", tr!("The file is empty. Choose a file that has at least a row of column names: {path}", path = path.display()))]
    Empty { path: PathBuf },
    #[error("{}", tr!("This is {kind}, which cannot be read. {advice}: {path}", kind, advice, path = path.display()))]
    Unsupported { path: PathBuf, kind: &'static str, advice: &'static str },
    #[error("{}", tr!("This is not a whole Parquet file ({detail}). Write it again, or choose another file: {path}", detail, path = path.display()))]
    Parquet { path: PathBuf, detail: String },
    #[error("{}", tr!("{what} Change it in the table's file settings: {path}", what, path = path.display()))]
    Format { path: PathBuf, what: String },
    #[error("{}", tr!("The date format `{pattern}` of {column} cannot be used: {detail}", pattern, column, detail))]
    DateFormat { column: String, pattern: String, detail: String },
    #[error("{}", tr!("The file has more than {most} rows, more than one table can hold. Split it: {path}", most = u32::MAX - 1, path = path.display()))]
    TooManyRows { path: PathBuf },
    /// The task was cancelled; nothing was kept.
    #[error("{}", tr!("The reading was cancelled."))]
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
