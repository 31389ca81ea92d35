//! A language: what its `.po` file says, checked, and where such files are found.

use std::fs;
use std::path::{Path, PathBuf};

use hashbrown::HashMap;

use super::fill::placeholders;
use super::plural::PluralRule;
pub use super::po::Fault;
use super::po::{self, Entry};

/// The languages inside the program: code and file.
const INSIDE: &[(&str, &str)] = &[];

/// What stands between the context of a text and the text in a key.
const CONTEXT_ENDS: char = '\u{4}';

/// What a language says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Language {
    /// Keys, with their contexts before them, and the forms of each.
    texts: HashMap<String, Vec<String>>,
    rule: PluralRule,
}

/// A language that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The name of its file without the ending, such as `de` or `pt_BR`.
    pub code: String,
    /// What it calls itself.
    pub name: String,
    /// The file in the user's folder; `None` for one inside the program.
    pub path: Option<PathBuf>,
}

/// The folder where a translator's files are read from.
pub fn folder(home: &Path) -> PathBuf {
    home.join("languages")
}

/// The languages there are beside English: those of the user's folder, which come before those inside, by name.
pub fn offers(home: &Path) -> Vec<Offer> {
    let entries = fs::read_dir(folder(home)).into_iter().flatten();
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut offers: Vec<Offer> = paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "po"))
        .filter_map(|path| {
            let code = path.file_stem()?.to_str()?.to_owned();
            let name = name(&fs::read_to_string(&path).unwrap_or_default(), &code);
            Some(Offer { code, name, path: Some(path) })
        })
        .collect();
    for (code, text) in INSIDE {
        if !offers.iter().any(|offer| offer.code == *code) {
            offers.push(Offer { code: (*code).to_owned(), name: name(text, code), path: None });
        }
    }
    offers.sort_by(|a, b| (&a.name, &a.code).cmp(&(&b.name, &b.code)));
    offers
}

/// Reads a language that can be chosen.
///
/// # Errors
/// What to tell the user, where there is none of this code or its file cannot be read.
pub fn load(home: &Path, code: &str) -> Result<(Language, Vec<Fault>), String> {
    let offer = offers(home).into_iter().find(|offer| offer.code == code);
    let offer = offer.ok_or_else(|| {
        tr!("There is no language {code}. Its file would be {path}", path = file(home, code).display(), code)
    })?;
    let Some(path) = offer.path else {
        let text = INSIDE.iter().find(|(inside, _)| *inside == code).map_or("", |(_, text)| text);
        return Ok(Language::read(text));
    };
    let text = fs::read_to_string(&path)
        .map_err(|error| tr!("{path} cannot be read ({error}). Save it as UTF-8", path = path.display(), error))?;
    Ok(Language::read(&text))
}

fn file(home: &Path, code: &str) -> PathBuf {
    folder(home).join(format!("{code}.po"))
}

/// A line of the head of a file.
fn head<'a>(entries: &'a [Entry], name: &str) -> Option<&'a str> {
    let head = entries.iter().find(|entry| entry.text.is_empty() && entry.context.is_none())?;
    let mut lines = head.said.first()?.lines();
    lines.find_map(|line| Some(line.strip_prefix(name)?.strip_prefix(':')?.trim())).filter(|value| !value.is_empty())
}

/// What a language calls itself, by the line `X-Language-Name` of its head.
fn name(text: &str, code: &str) -> String {
    // The head ends with the first empty line; the rest is long.
    let end = ["\n\n", "\r\n\r\n"].into_iter().filter_map(|gap| text.find(gap)).min();
    let (entries, _) = po::read(text.get(..end.unwrap_or(text.len())).unwrap_or(text));
    head(&entries, "X-Language-Name").unwrap_or(code).to_owned()
}

impl Language {
    /// Reads a `.po` file. What has a fault is left out, so that it is said in English.
    pub fn read(text: &str) -> (Self, Vec<Fault>) {
        let (entries, mut faults) = po::read(text);
        let rule = head(&entries, "Plural-Forms").and_then(PluralRule::parse);
        let has_plurals = entries.iter().any(|entry| entry.plural.is_some() && !entry.said.concat().is_empty());
        if rule.is_none() && has_plurals {
            let text = tr!("the head lacks Plural-Forms, such as {example}", example = "nplurals=2; plural=(n != 1);");
            faults.push(Fault { line: 1, text });
        }
        let mut language = Self { rule: rule.unwrap_or_default(), ..Self::default() };
        for entry in entries {
            if entry.text.is_empty() || entry.is_fuzzy || entry.said.concat().is_empty() {
                continue;
            }
            match fault(&entry, language.rule.forms) {
                Some(text) => faults.push(Fault { line: entry.line, text }),
                None => {
                    let key = match entry.context {
                        Some(context) => format!("{context}{CONTEXT_ENDS}{}", entry.text),
                        None => entry.text,
                    };
                    language.texts.insert(key, entry.said);
                }
            }
        }
        faults.sort_by_key(|fault| fault.line);
        (language, faults)
    }

    /// How many texts it has.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// What it says for a key.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.texts.get(key)?.first().map(String::as_str)
    }

    /// What it says for a count.
    pub(super) fn counted(&self, one: &str, n: u64) -> Option<&str> {
        self.texts.get(one)?.get(self.rule.form(n)).map(String::as_str)
    }
}

/// Why an entry cannot be used.
fn fault(entry: &Entry, forms: usize) -> Option<String> {
    let is_plural = entry.plural.is_some();
    let expected = if is_plural { forms } else { 1 };
    if entry.said.len() != expected || entry.said.iter().any(String::is_empty) {
        return Some(tr!("{text}: {expected} forms are needed", text = quoted(&entry.text), expected));
    }
    let wanted = placeholders(entry.plural.as_ref().unwrap_or(&entry.text));
    for said in &entry.said {
        let has = placeholders(said);
        if let Some(unknown) = has.iter().find(|name| !wanted.contains(name)) {
            return Some(tr!(
                "{text}: there is no placeholder {unknown}",
                text = quoted(&entry.text),
                unknown = braced(unknown)
            ));
        }
        // Some forms are of one count only and need not name it.
        let missing = wanted.iter().find(|name| !(has.contains(name) || is_plural && **name == "n"));
        if let Some(missing) = missing {
            return Some(tr!(
                "{text}: the placeholder {missing} is missing",
                text = quoted(&entry.text),
                missing = braced(missing)
            ));
        }
    }
    None
}

fn quoted(text: &str) -> String {
    format!("“{text}”")
}

fn braced(name: &str) -> String {
    format!("{{{name}}}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "msgid \"\"\nmsgstr \"\"\n\"X-Language-Name: Deutsch\\n\"\n\
                        \"Plural-Forms: nplurals=2; plural=(n != 1);\\n\"\n\n";

    fn german(entries: &str) -> (Language, Vec<String>) {
        let (language, faults) = Language::read(&format!("{HEAD}{entries}"));
        (language, faults.into_iter().map(|fault| format!("{}: {}", fault.line, fault.text)).collect())
    }

    #[test]
    fn texts_contexts_and_counts_are_found() {
        let (language, faults) = german(
            "msgid \"Customers\"\nmsgstr \"Kunden\"\n\nmsgctxt \"verb\"\nmsgid \"Open\"\nmsgstr \"Öffnen\"\n\n\
             msgid \"one row\"\nmsgid_plural \"{n} rows\"\nmsgstr[0] \"eine Zeile\"\nmsgstr[1] \"{n} Zeilen\"\n",
        );
        assert_eq!(faults, [""; 0]);
        assert_eq!(language.text("Customers"), Some("Kunden"));
        assert_eq!((language.text("Open"), language.text("verb\u{4}Open")), (None, Some("Öffnen")));
        assert_eq!(
            (language.counted("one row", 1), language.counted("one row", 0)),
            (Some("eine Zeile"), Some("{n} Zeilen"))
        );
    }

    #[test]
    fn a_translation_that_cannot_be_used_is_told_and_left_out() {
        let (language, faults) = german(
            "msgid \"Join {table}\"\nmsgstr \"Verbinde\"\n\nmsgid \"Drop {table}\"\nmsgstr \"Weg mit {tabelle}\"\n\n\
             msgid \"one row\"\nmsgid_plural \"{n} rows\"\nmsgstr[0] \"eine\"\n\nmsgid \"Later\"\nmsgstr \"\"\n\n\
             #, fuzzy\nmsgid \"Guess\"\nmsgstr \"Rat\"\n",
        );
        assert_eq!(
            faults,
            [
                "6: “Join {table}”: the placeholder {table} is missing",
                "9: “Drop {table}”: there is no placeholder {tabelle}",
                "12: “one row”: 2 forms are needed",
            ]
        );
        assert!(language.is_empty());
        let (_, faults) = Language::read("msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"c\"\nmsgstr[1] \"d\"\n");
        assert!(faults[0].text.contains("Plural-Forms"));
    }

    #[test]
    fn files_of_the_users_folder_are_offered() {
        let home = tempfile::tempdir().unwrap();
        assert!(offers(home.path()).iter().all(|offer| offer.path.is_none()));
        fs::create_dir_all(folder(home.path())).unwrap();
        fs::write(folder(home.path()).join("de.po"), format!("{HEAD}msgid \"Undo\"\nmsgstr \"Zurück\"\n")).unwrap();
        fs::write(folder(home.path()).join("xx.po"), [0xff, 0xfe]).unwrap();
        let found = offers(home.path());
        let name = |code| found.iter().find(|offer| offer.code == code).map(|offer| offer.name.as_str());
        assert_eq!((name("de"), name("xx")), (Some("Deutsch"), Some("xx")));
        assert_eq!(load(home.path(), "de").unwrap().0.text("Undo"), Some("Zurück"));
        assert!(load(home.path(), "xx").unwrap_err().contains("UTF-8"));
        assert!(load(home.path(), "qq").unwrap_err().contains("qq.po"));
    }

    #[test]
    fn every_language_beside_the_catalogue_is_inside_and_without_fault() {
        let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/text");
        for entry in fs::read_dir(assets).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "po") {
                let code = path.file_stem().unwrap().to_str().unwrap();
                assert!(INSIDE.iter().any(|(inside, _)| *inside == code), "{code} is not in the program");
            }
        }
        for (code, text) in INSIDE {
            assert_eq!(Language::read(text).1, [], "{code}");
        }
    }
}
