//! The log file of the window: starts, projects, runs, warnings and panics, for whoever helps someone whose program
//! went wrong. Names of files, counts and times; nothing of a customer.
//!
//! Several windows write one file: a line is one write to its end, and each looks for itself whether the file became
//! too long. Libraries that keep a log open do not share it so.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use chrono::{SecondsFormat, Utc};
use log::{Level, LevelFilter, Log, Metadata, Record};

/// A file longer than this makes room for a new one.
const LONGEST: u64 = 1 << 20;
/// How many files are kept, the present one among them.
const KEPT: u32 = 3;
/// A line is no longer than this, in characters.
const LINE: usize = 2_000;

/// Where the log of a data folder lies.
pub fn path(home: &Path) -> PathBuf {
    home.join("logs").join("tributary.log")
}

struct Journal {
    path: PathBuf,
    /// One line at a time in this window.
    writing: Mutex<()>,
}

impl Log for Journal {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        // Of libraries only what went wrong.
        let most = if metadata.target().starts_with(env!("CARGO_PKG_NAME")) { Level::Info } else { Level::Warn };
        metadata.level() <= most
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
            // A log that cannot be written stops nothing.
            let _ = write_line(&self.path, &line(record.level(), record.target(), &record.args().to_string()));
        }
    }

    fn flush(&self) {}
}

/// One line, whatever the message holds.
fn line(level: Level, target: &str, message: &str) -> String {
    let time = Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true);
    let message: String = message.chars().take(LINE).map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("{time} {level:<5} [{}] {target}: {message}\n", std::process::id())
}

fn write_line(path: &Path, line: &str) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|data| data.len() >= LONGEST) {
        make_room(path)?;
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    File::options().create(true).append(true).open(path)?.write_all(line.as_bytes())
}

/// `tributary.log` becomes `tributary.1.log`, that `tributary.2.log`, and the oldest goes.
fn make_room(path: &Path) -> io::Result<()> {
    let older = |age: u32| path.with_extension(format!("{age}.log"));
    for age in (1..KEPT - 1).rev() {
        if older(age).exists() {
            fs::rename(older(age), older(age + 1))?;
        }
    }
    fs::rename(path, older(1))
}

/// Writes the log below this data folder from now on, panics among it. Only the first call counts.
pub fn start(home: &Path) {
    let path = path(home);
    let journal = Box::new(Journal { path: path.clone(), writing: Mutex::new(()) });
    if log::set_boxed_logger(journal).is_err() {
        return;
    }
    log::set_max_level(LevelFilter::Info);
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        // Only where it happened: what a panic says may hold a value of a customer.
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        log::error!("panic at {place}");
        before(panic);
        let told = format!("tributary: something unexpected went wrong; the log is at {}\n", path.display());
        let _ = io::stderr().write_all(told.as_bytes());
    }));
    log::info!("start: version {}, {} {}", env!("CARGO_PKG_VERSION"), std::env::consts::OS, std::env::consts::ARCH);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_log_makes_room_and_three_files_are_kept() {
        let home = tempfile::tempdir().unwrap();
        let path = path(home.path());
        for text in ["one", "two", "three", "four"] {
            write_line(&path, &line(Level::Info, "tributary", text)).unwrap();
            File::options().append(true).open(&path).unwrap().set_len(LONGEST).unwrap();
        }
        write_line(&path, &line(Level::Warn, "tributary", "five\nwith a line break")).unwrap();
        let read = |name: &str| String::from_utf8_lossy(&fs::read(path.with_file_name(name)).unwrap()).into_owned();
        let last = read("tributary.log");
        assert!(last.contains("WARN ") && last.ends_with("tributary: five with a line break\n"), "{last}");
        assert!(read("tributary.1.log").contains(": four"));
        assert!(read("tributary.2.log").contains(": three"));
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 3);
    }
}
