//! What Help tells of the program itself: versions and places, licences, news.

use super::{Level, Workbench};
use crate::{journal, launcher};

const CRATES: &str = include_str!("../../assets/licences/crates.tsv");
/// The crates whose versions are told, one a line.
const TOLD: &str = include_str!("../../assets/licences/told.txt");
const CHANGELOG: &str = include_str!("../../assets/changelog.md");

/// The licences' texts, each once.
pub const TEXTS: [(&str, &str); 16] = [
    ("MIT", include_str!("../../assets/licences/MIT.txt")),
    ("Apache-2.0", include_str!("../../assets/licences/Apache-2.0.txt")),
    ("BSD-2-Clause", include_str!("../../assets/licences/BSD-2-Clause.txt")),
    ("BSD-3-Clause", include_str!("../../assets/licences/BSD-3-Clause.txt")),
    ("0BSD", include_str!("../../assets/licences/0BSD.txt")),
    ("BSL-1.0", include_str!("../../assets/licences/BSL-1.0.txt")),
    ("ISC", include_str!("../../assets/licences/ISC.txt")),
    ("MPL-2.0", include_str!("../../assets/licences/MPL-2.0.txt")),
    ("Unicode-3.0", include_str!("../../assets/licences/Unicode-3.0.txt")),
    ("Zlib", include_str!("../../assets/licences/Zlib.txt")),
    ("OFL-1.1", include_str!("../../assets/licences/OFL-1.1.txt")),
    ("Ubuntu-font-1.0", include_str!("../../assets/licences/Ubuntu-font-1.0.txt")),
    ("Hack and Bitstream Vera", include_str!("../../assets/licences/Hack.txt")),
    // Libraries in C that crates bring along.
    ("jemalloc", include_str!("../../assets/licences/jemalloc.txt")),
    ("Zstandard", include_str!("../../assets/licences/Zstandard.txt")),
    ("LZ4", include_str!("../../assets/licences/LZ4.txt")),
];

/// Where the fonts, word lists and sample data inside come from.
pub const DATA: [(&str, &str); 6] = [
    (
        "Fonts",
        "Ubuntu Light (Ubuntu font licence), Hack (MIT and Bitstream Vera), Noto Emoji (OFL 1.1), emoji-icon-font (MIT), all by \
         the crate epaint_default_fonts",
    ),
    ("Fonts of text", include_str!("../../assets/fonts/SOURCES.md")),
    ("Inter", include_str!("../../assets/fonts/OFL-Inter.txt")),
    ("Noto Sans", include_str!("../../assets/fonts/OFL-Noto.txt")),
    ("Word lists", include_str!("../../assets/names/SOURCES.md")),
    ("Sample CDNOW", include_str!("../../assets/samples/cdnow/SOURCES.md")),
];

/// A crate inside the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inside {
    pub name: &'static str,
    pub version: &'static str,
    pub licence: &'static str,
    pub repository: &'static str,
}

/// Every crate inside, by name.
pub fn crates() -> Vec<Inside> {
    let lines = CRATES.lines().map(|line| line.split('\t'));
    lines
        .map(|mut parts| {
            let mut next = || parts.next().unwrap_or_default();
            Inside { name: next(), version: next(), licence: next(), repository: next() }
        })
        .collect()
}

fn version_of(name: &str) -> String {
    crates()
        .into_iter()
        .find(|inside| inside.name == name)
        .map_or(tr!("unknown").to_owned(), |of| of.version.to_owned())
}

/// A line of the changelog, drawn by its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewsLine {
    Heading(&'static str),
    /// Parts of the text, and whether each is bold.
    Bullet(Vec<(&'static str, bool)>),
    Text(Vec<(&'static str, bool)>),
}

/// The changelog, the latest version first.
pub fn news() -> Vec<NewsLine> {
    CHANGELOG.lines().filter_map(news_line).collect()
}

fn news_line(line: &'static str) -> Option<NewsLine> {
    let line = line.trim();
    let parts = |text: &'static str| -> Vec<(&'static str, bool)> {
        let parts = text.split("**").enumerate().map(|(place, part)| (part, place % 2 == 1));
        parts.filter(|(part, _)| !part.is_empty()).collect()
    };
    match line {
        "" => None,
        heading if heading.starts_with('#') => Some(NewsLine::Heading(heading.trim_start_matches('#').trim())),
        bullet if bullet.starts_with("- ") => Some(NewsLine::Bullet(parts(&bullet[2..]))),
        text => Some(NewsLine::Text(parts(text))),
    }
}

impl Workbench {
    /// Versions and places, to be copied into a report of a fault.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        let mut facts = vec![("Tributary", env!("CARGO_PKG_VERSION").to_owned())];
        facts.extend(option_env!("TRIBUTARY_COMMIT").map(|commit| (tr!("Commit"), commit.to_owned())));
        facts.extend(TOLD.lines().map(|name| (name, version_of(name))));
        facts.extend([
            (tr!("Rust"), tr!("{env} or later", env = env!("CARGO_PKG_RUST_VERSION"))),
            (tr!("System"), format!("{} {}", std::env::consts::OS, std::env::consts::ARCH)),
            (tr!("Data folder"), self.home.display().to_string()),
            (tr!("Log file"), self.log_path().display().to_string()),
        ]);
        facts
    }

    /// Where the log of the window lies.
    pub fn log_path(&self) -> std::path::PathBuf {
        journal::path(&self.home)
    }

    /// The last lines of the log, oldest first.
    pub fn log_end(&self, lines: usize) -> Vec<String> {
        let text = std::fs::read(self.log_path()).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let all: Vec<&str> = text.lines().collect();
        all[all.len().saturating_sub(lines)..].iter().map(|line| (*line).to_owned()).collect()
    }

    /// Writes the entry in the desktop's menu for this program.
    pub(super) fn install_launcher(&mut self) {
        let share =
            dirs::data_dir().ok_or_else(|| std::io::Error::other(tr!("there is no folder for the user's data")));
        let written = share.and_then(|share| {
            launcher::install(&share, &std::env::current_exe()?)?;
            launcher::refresh(&share);
            Ok(share)
        });
        match written {
            Ok(share) => {
                let text =
                    tr!("Tributary is in the desktop's menu; its entry lies below {share}", share = share.display());
                self.notify(Level::Info, text);
            }
            Err(error) => self.notify(Level::Error, tr!("The desktop's entry could not be written: {error}", error)),
        }
    }

    /// Whether the program was renewed since its news were seen last.
    pub fn has_news(&self) -> bool {
        self.settings.seen_version.as_deref().is_some_and(|seen| seen != env!("CARGO_PKG_VERSION"))
    }

    /// Notes that the news of this version were seen, or that there are none for a new user.
    pub fn see_news(&mut self) {
        let version = env!("CARGO_PKG_VERSION");
        if self.settings.seen_version.as_deref() != Some(version) {
            self.settings.seen_version = Some(version.to_owned());
            self.save_settings();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_and_news_are_read_from_their_files() {
        let crates = crates();
        assert!(crates.len() > 100);
        assert!(crates.iter().all(|inside| !inside.name.is_empty() && !inside.licence.is_empty()));
        assert!(version_of("egui").starts_with("0."));
        assert_eq!(news()[0], NewsLine::Heading(env!("CARGO_PKG_VERSION")), "the changelog begins with this version");
        assert_eq!(news_line("- **Two** windows"), Some(NewsLine::Bullet(vec![("Two", true), (" windows", false)])));
    }
}
