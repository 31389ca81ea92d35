//! What the user was told, newest last: shown for a while over the page, and kept in a list that can be read again.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::{DateTime, Local};

use super::Page;

/// How serious a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Info,
    Warning,
    Error,
}

impl Level {
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => tr!("Information"),
            Self::Warning => tr!("Warning"),
            Self::Error => tr!("Error"),
        }
    }
}

/// How long information stays over the page.
const SHOWN: Duration = Duration::from_secs(4);
/// The same where it has a button to press.
const SHOWN_WITH_BUTTONS: Duration = Duration::from_secs(12);
/// How many notices lie over the page at most.
const TOASTS: usize = 3;
/// How many are kept.
const KEPT: usize = 200;

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Notice {
    pub level: Level,
    pub text: String,
    /// What is of use to whoever helps: an error's own words, where something lies.
    pub details: Option<String>,
    /// The file that it is about, where the user may want to open it.
    pub path: Option<PathBuf>,
    /// Where more of it is shown.
    pub page: Option<Page>,
    pub at: DateTime<Local>,
    /// When it came up; information goes by itself after a while, the rest waits to be put away.
    since: Instant,
    is_shown: bool,
    /// Whether it is about a run: the next one makes it old.
    is_of_run: bool,
}

impl Notice {
    pub fn new(level: Level, text: impl Into<String>) -> Self {
        Self {
            level,
            text: text.into(),
            details: None,
            path: None,
            page: None,
            at: Local::now(),
            since: Instant::now(),
            is_shown: true,
            is_of_run: false,
        }
    }

    pub fn details(self, details: impl Into<String>) -> Self {
        Self { details: Some(details.into()), ..self }
    }

    /// The same, about this file.
    pub fn of_file(self, path: impl Into<PathBuf>) -> Self {
        Self { path: Some(path.into()), ..self }
    }

    /// The same, with the way to a page that shows more of it.
    pub fn see(self, page: Page) -> Self {
        Self { page: Some(page), ..self }
    }

    /// The same, over the page until the next run begins.
    pub fn of_run(self) -> Self {
        Self { is_of_run: true, ..self }
    }

    /// All of it, for the clipboard.
    pub fn copied(&self) -> String {
        let mut text = format!("{} {}: {}", self.at.format("%Y-%m-%d %H:%M:%S"), self.level.name(), self.text);
        for more in self.details.iter().cloned().chain(self.path.iter().map(|path| path.display().to_string())) {
            text.push('\n');
            text.push_str(&more);
        }
        text
    }

    /// Its first words without what may be a name or a value: what stands in quotes, digits, and what follows a colon.
    pub(super) fn kind(&self) -> String {
        let words = self.text.split([':', '"', '“', '\'']).next().unwrap_or_default();
        words.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).take(80).collect()
    }

    fn shown_for(&self) -> Duration {
        if self.path.is_some() || self.page.is_some() { SHOWN_WITH_BUTTONS } else { SHOWN }
    }

    fn is_due(&self) -> bool {
        self.is_shown && (self.level != Level::Info || self.since.elapsed() < self.shown_for())
    }
}

/// The notices of this window.
#[derive(Debug, Default)]
pub struct Notices {
    list: Vec<Notice>,
}

impl Notices {
    pub fn push(&mut self, notice: Notice) {
        if self.list.len() == KEPT {
            self.list.remove(0);
        }
        self.list.push(notice);
    }

    /// All that are kept, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Notice> + ExactSizeIterator {
        self.list.iter()
    }

    pub fn last(&self) -> Option<&Notice> {
        self.list.last()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub fn clear(&mut self) {
        self.list.clear();
    }

    /// The places of those that lie over the page, oldest first.
    pub fn toasts(&self) -> Vec<usize> {
        let mut toasts: Vec<usize> =
            (0..self.list.len()).rev().filter(|&place| self.list[place].is_due()).take(TOASTS).collect();
        toasts.reverse();
        toasts
    }

    pub fn get(&self, place: usize) -> Option<&Notice> {
        self.list.get(place)
    }

    /// Takes one from the page; it stays in the list.
    pub fn put_away(&mut self, place: usize) {
        if let Some(notice) = self.list.get_mut(place) {
            notice.is_shown = false;
        }
    }

    /// Takes all from the page: they were about something that is no longer open.
    pub fn put_all_away(&mut self) {
        self.list.iter_mut().for_each(|notice| notice.is_shown = false);
    }

    /// Takes from the page what is about earlier runs: another one begins.
    pub fn put_runs_away(&mut self) {
        self.list.iter_mut().filter(|notice| notice.is_of_run).for_each(|notice| notice.is_shown = false);
    }

    /// How long until the next one goes by itself.
    pub fn next_expiry(&self) -> Option<Duration> {
        let shown = self.list.iter().filter(|notice| notice.level == Level::Info && notice.is_due());
        shown.map(|notice| notice.shown_for().saturating_sub(notice.since.elapsed())).min()
    }

    /// Lets those over the page stay as long again: the pointer is on them.
    pub fn hold(&mut self) {
        self.list.iter_mut().filter(|notice| notice.is_due()).for_each(|notice| notice.since = Instant::now());
    }
}

/// The address by which the desktop opens a file or folder.
pub fn file_url(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let path = path.display().to_string().replace('\\', "/");
    let mut url = String::from(if path.starts_with('/') { "file://" } else { "file:///" });
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b':' | b'.' | b'-' | b'_' | b'~' => url.push(byte as char),
            _ => url.push_str(&format!("%{byte:02X}")),
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_takes_what_was_said_of_earlier_ones_from_the_page() {
        let mut notices = Notices::default();
        notices.push(Notice::new(Level::Warning, "Not run").of_run());
        notices.push(Notice::new(Level::Warning, "Not saved"));
        notices.put_runs_away();
        assert_eq!((notices.toasts(), notices.iter().len()), (vec![1], 2));
    }

    #[test]
    fn notices_go_from_the_page_and_stay_in_the_list() {
        let mut notices = Notices::default();
        notices.push(Notice::new(Level::Info, "Saved"));
        assert!(notices.next_expiry().is_some_and(|due| due <= SHOWN));
        notices.list[0].since = Instant::now().checked_sub(SHOWN).unwrap();
        notices.push(Notice::new(Level::Error, "Not written"));
        assert_eq!((notices.toasts(), notices.next_expiry()), (vec![1], None));
        (0..4).for_each(|_| notices.push(Notice::new(Level::Warning, "Twice")));
        assert_eq!(notices.toasts(), [3, 4, 5], "the newest");
        notices.put_away(4);
        assert_eq!(notices.toasts(), [2, 3, 5]);
        notices.put_all_away();
        assert_eq!((notices.toasts().len(), notices.iter().len()), (0, 6));
    }

    #[test]
    fn what_has_a_button_stays_longer_and_what_is_pointed_at_as_long_again() {
        let mut notices = Notices::default();
        notices.push(Notice::new(Level::Info, "Exported").of_file("/a/b.csv"));
        let ago = |since: Duration| Instant::now().checked_sub(since).unwrap();
        notices.list[0].since = ago(SHOWN);
        assert_eq!(notices.toasts(), [0]);
        notices.list[0].since = ago(SHOWN_WITH_BUTTONS - Duration::from_secs(1));
        notices.hold();
        assert!(notices.next_expiry().is_some_and(|due| due > SHOWN));
        notices.list[0].since = ago(SHOWN_WITH_BUTTONS);
        notices.hold();
        assert!(notices.toasts().is_empty(), "what went does not come back");
    }

    #[test]
    fn the_list_is_bounded_and_the_latest_are_kept() {
        let mut notices = Notices::default();
        (0..KEPT + 5).for_each(|number| notices.push(Notice::new(Level::Info, number.to_string())));
        assert_eq!(notices.iter().len(), KEPT);
        assert_eq!((notices.list[0].text.as_str(), notices.last().unwrap().text.as_str()), ("5", "204"));
    }

    #[test]
    fn a_copy_has_everything() {
        let notice = Notice::new(Level::Error, "Not exported").details("disk full").of_file("/a/b.csv");
        let copied = notice.copied();
        assert!(copied.ends_with("Error: Not exported\ndisk full\n/a/b.csv"), "{copied}");
    }

    #[cfg(unix)]
    #[test]
    fn an_address_of_a_file_holds_any_name() {
        assert_eq!(file_url(Path::new("/a b/100 %/é.csv")), "file:///a%20b/100%20%25/%C3%A9.csv");
    }
}
