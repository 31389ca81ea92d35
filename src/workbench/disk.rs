//! Whether the project's file is still the one that was opened or saved here.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// A file as it was at a moment: cheap to compare by date and length, sure by content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
    hash: blake3::Hash,
}

/// What became of a file since its stamp was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Now {
    Same,
    Changed,
    Gone,
}

impl Stamp {
    /// `None` where the file cannot be read.
    pub fn of(path: &Path) -> Option<Self> {
        let data = fs::metadata(path).ok()?;
        let content = fs::read(path).ok()?;
        Some(Self { modified: data.modified().ok(), length: data.len(), hash: blake3::hash(&content) })
    }

    /// The hash of the content.
    pub fn hex(&self) -> String {
        self.hash.to_hex().to_string()
    }

    /// What became of the file; reads it only where its date or length is another.
    pub fn now(&mut self, path: &Path) -> Now {
        match fs::metadata(path) {
            Ok(data) if data.modified().ok() == self.modified && data.len() == self.length => Now::Same,
            Ok(_) => match Self::of(path) {
                Some(now) if now.hash == self.hash => {
                    *self = now;
                    Now::Same
                }
                _ => Now::Changed,
            },
            Err(_) => Now::Gone,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_touched_is_the_same_and_one_written_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "one").unwrap();
        let mut stamp = Stamp::of(&path).unwrap();
        let later = SystemTime::now() + std::time::Duration::from_secs(5);
        fs::File::options().write(true).open(&path).unwrap().set_modified(later).unwrap();
        assert_eq!(stamp.now(&path), Now::Same);
        fs::write(&path, "two").unwrap();
        assert_eq!(stamp.now(&path), Now::Changed);
        fs::remove_file(&path).unwrap();
        assert_eq!(stamp.now(&path), Now::Gone);
    }
}
