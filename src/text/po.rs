//! Reads `.po` files, the format of gettext. A line that is none of it costs its entry, not the file.

/// An entry: a text and how it is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// The line of its text, from one.
    pub(super) line: usize,
    pub(super) context: Option<String>,
    pub(super) text: String,
    pub(super) plural: Option<String>,
    /// One, or one for each form of the plural; empty where it is not translated yet.
    pub(super) said: Vec<String>,
    /// Whether someone should look at it again; such are not used.
    pub(super) is_fuzzy: bool,
}

/// Something in the file that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// From one.
    pub line: usize,
    pub text: String,
}

/// What a string goes to.
#[derive(Clone, Copy)]
enum Part {
    Context,
    Text,
    Plural,
    Said(usize),
}

/// No language has more forms.
const FORMS: usize = 10;

/// All entries, the head among them, whose text is empty; and what cannot be read.
pub(super) fn read(text: &str) -> (Vec<Entry>, Vec<Fault>) {
    let mut reader = Reader::default();
    for (line, text) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        if let Err(fault) = reader.line(line + 1, text.trim()) {
            reader.is_spoilt = true;
            reader.faults.push(Fault { line: line + 1, text: fault });
        }
    }
    reader.end();
    (reader.entries, reader.faults)
}

#[derive(Default)]
struct Reader {
    entries: Vec<Entry>,
    faults: Vec<Fault>,
    entry: Entry,
    part: Option<Part>,
    is_spoilt: bool,
}

impl Reader {
    fn line(&mut self, number: usize, line: &str) -> Result<(), String> {
        if let Some(flags) = line.strip_prefix("#,") {
            self.begin_another();
            self.entry.is_fuzzy |= flags.split(',').any(|flag| flag.trim() == "fuzzy");
            return Ok(());
        }
        if line.is_empty() {
            self.end();
            return Ok(());
        }
        if line.starts_with('#') {
            self.begin_another();
            return Ok(());
        }
        if line.starts_with('"') {
            let part = self.part.ok_or_else(|| tr!("this text belongs to nothing").to_owned())?;
            return self.add(part, line);
        }
        let unknown = || tr!("only msgctxt, msgid, msgid_plural, msgstr, comments and texts in quotes can stand here");
        let (keyword, string) = line.split_once(char::is_whitespace).ok_or_else(|| unknown().to_owned())?;
        let part = match keyword {
            "msgctxt" => Part::Context,
            "msgid" => Part::Text,
            "msgid_plural" => Part::Plural,
            "msgstr" => Part::Said(0),
            _ => keyword
                .strip_prefix("msgstr[")
                .and_then(|form| form.strip_suffix(']')?.parse().ok())
                .filter(|form| *form < FORMS)
                .map(Part::Said)
                .ok_or_else(|| unknown().to_owned())?,
        };
        let begins = match part {
            Part::Context => true,
            Part::Text => !matches!(self.part, None | Some(Part::Context)),
            Part::Plural | Part::Said(_) => false,
        };
        if begins {
            self.begin_another();
        }
        if matches!(part, Part::Text) {
            self.entry.line = number;
        }
        self.part = Some(part);
        self.add(part, string.trim())
    }

    /// Adds a string in quotes to a part of the entry.
    fn add(&mut self, part: Part, quoted: &str) -> Result<(), String> {
        let inside = quoted.strip_prefix('"').and_then(|inside| inside.strip_suffix('"'));
        let string = inside.and_then(plain).ok_or_else(|| {
            tr!("a text begins and ends with a quotation mark; one inside is written \\\"").to_owned()
        })?;
        let entry = &mut self.entry;
        match part {
            Part::Context => entry.context.get_or_insert_default().push_str(&string),
            Part::Text => entry.text.push_str(&string),
            Part::Plural => entry.plural.get_or_insert_default().push_str(&string),
            Part::Said(form) => {
                if entry.said.len() <= form {
                    entry.said.resize(form + 1, String::new());
                }
                if let Some(said) = entry.said.get_mut(form) {
                    said.push_str(&string);
                }
            }
        }
        Ok(())
    }

    /// What comes belongs to another entry, where this one has a translation already.
    fn begin_another(&mut self) {
        if matches!(self.part, Some(Part::Said(_))) {
            self.end();
        }
    }

    fn end(&mut self) {
        let entry = std::mem::take(&mut self.entry);
        if !self.is_spoilt && !entry.said.is_empty() {
            self.entries.push(entry);
        }
        self.is_spoilt = false;
        self.part = None;
    }
}

/// A string without its escapes; `None` where a quotation mark or a backslash stands alone.
fn plain(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        plain.push(match sign {
            '"' => return None,
            '\\' => match signs.next()? {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                sign @ ('"' | '\\') => sign,
                _ => return None,
            },
            sign => sign,
        });
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_with_contexts_plurals_and_long_texts_are_read() {
        let (entries, faults) = read(
            "# by hand\nmsgid \"\"\nmsgstr \"\"\n\"Language: de\\n\"\n\n#: src/a.rs:3\nmsgctxt \"verb\"\nmsgid \"Open\"\n\
             msgstr \"Öffnen\"\n\n#, fuzzy, c-format\nmsgid \"one \\\"row\\\"\"\nmsgid_plural \"{n} \"\n\"rows\"\n\
             msgstr[0] \"eine\"\nmsgstr[1] \"{n}\"\nmsgid \"A\"\nmsgstr \"B\"\n#~ msgid \"gone\"\n#~ msgstr \"weg\"\n",
        );
        assert_eq!(faults, []);
        assert_eq!(entries.len(), 4);
        assert_eq!(entries[0].said, ["Language: de\n"]);
        assert_eq!((entries[1].context.as_deref(), entries[1].text.as_str()), (Some("verb"), "Open"));
        let plural = &entries[2];
        assert_eq!((plural.text.as_str(), plural.plural.as_deref()), ("one \"row\"", Some("{n} rows")));
        assert!(plural.is_fuzzy && plural.said == ["eine", "{n}"]);
        assert_eq!((entries[3].line, entries[3].is_fuzzy, entries[3].said[0].as_str()), (17, false, "B"));
    }

    #[test]
    fn a_bad_line_costs_its_entry_only() {
        let text = "msgid \"A\"\nmsgstr \"Ä\nmsgid \"B\"\nmsgstr \"b\"\n\nmsgid \"C\"\nmsgstr é\"\n\nnonsense\n\"\n\
                    msgid \"D\"\nmsgstr[99999999999] \"d\"\n\nmsgid \"E\"\nmsgstr \"e\"\n";
        let (entries, faults) = read(text);
        assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [2, 7, 9, 10, 12]);
        assert_eq!(entries.iter().map(|entry| entry.text.as_str()).collect::<Vec<_>>(), ["B", "E"]);
    }
}
