//! The catalogue of texts is what the sources say, and texts of the window all go through it.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "catalogue/sources.rs"]
mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use sources::{Message, messages};

/// What a text is in the catalogue by: its context, and the text.
type Key = (Option<String>, String);

/// A text of the catalogue: its plural, its placeholders, the files it stands in.
#[derive(Default)]
struct Listed {
    plural: Option<String>,
    files: BTreeSet<String>,
}

/// All texts of the sources, in the order of the files they first stand in.
fn listed() -> Vec<(Key, Listed)> {
    let mut order: Vec<Key> = Vec::new();
    let mut texts: BTreeMap<Key, Listed> = BTreeMap::new();
    for (file, message) in messages() {
        let key = (message.context, message.text);
        if !texts.contains_key(&key) {
            order.push(key.clone());
        }
        let listed = texts.entry(key.clone()).or_default();
        if listed.plural.is_some() && message.plural.is_some() {
            assert_eq!(listed.plural, message.plural, "{file}: {:?} has two plurals", key.1);
        }
        listed.plural = listed.plural.take().or(message.plural);
        listed.files.insert(file);
    }
    order.into_iter().map(|key| (key.clone(), texts.remove(&key).unwrap())).collect()
}

/// A text as a `.po` file writes it; one of several lines a line each.
fn quoted(text: &str) -> String {
    let escape = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\t', "\\t");
    if !text.trim_end_matches('\n').contains('\n') {
        return format!("\"{}\"", escape(text));
    }
    let lines = text.split_inclusive('\n').map(|line| format!("\n\"{}\"", escape(line)));
    format!("\"\"{}", lines.collect::<String>())
}

fn catalogue() -> String {
    let mut page = "# The texts of Tributary, made from the sources by tests/catalogue.rs.\n\
         # Copy this file to XX.po, where XX is your language, and fill the msgstr.\n\
         # Words in braces are filled by the program: keep them as they are, in any order.\n\
         msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"X-Language-Name: \\n\"\n\
         \"Plural-Forms: nplurals=2; plural=(n != 1);\\n\"\n"
        .to_owned();
    for ((context, text), listed) in listed() {
        page.push('\n');
        listed.files.iter().for_each(|file| writeln!(page, "#: {file}").unwrap());
        if let Some(context) = context {
            writeln!(page, "msgctxt {}", quoted(&context)).unwrap();
        }
        writeln!(page, "msgid {}", quoted(&text)).unwrap();
        match listed.plural {
            Some(plural) => {
                writeln!(page, "msgid_plural {}\nmsgstr[0] \"\"\nmsgstr[1] \"\"", quoted(&plural)).unwrap();
            }
            None => page.push_str("msgstr \"\"\n"),
        }
    }
    page
}

#[test]
fn the_catalogue_is_what_the_sources_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/text/tributary.pot");
    let made = catalogue();
    if std::env::var_os("TRIBUTARY_BLESS").is_some() {
        fs::write(&path, &made).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    if written != made {
        let written: BTreeSet<&str> = written.lines().collect();
        let made: BTreeSet<&str> = made.lines().collect();
        let new: Vec<&&str> = made.difference(&written).take(5).collect();
        let gone: Vec<&&str> = written.difference(&made).take(5).collect();
        panic!("the catalogue is stale; new {new:?}, gone {gone:?}: run once with TRIBUTARY_BLESS=1");
    }
}

/// The placeholders of a text; a doubled brace is none.
fn placeholders(text: &str) -> BTreeSet<String> {
    let text = text.replace("{{", "").replace("}}", "");
    text.split('{').skip(1).map(|part| part.split('}').next().unwrap().to_owned()).collect()
}

#[test]
fn placeholders_are_names_of_arguments() {
    let mut found = Vec::new();
    for (file, Message { text, plural, arguments, .. }) in messages() {
        let mut used = placeholders(&text);
        used.extend(plural.iter().flat_map(|plural| placeholders(plural)));
        for name in &used {
            let is_name = !name.is_empty() && name.chars().all(|c| c == '_' || c.is_ascii_alphanumeric());
            if !is_name {
                found.push(format!("{file}: {text:?}: {{{name}}} is no plain name; format it before"));
            } else if !(arguments.contains(name) || plural.is_some() && name == "n") {
                found.push(format!("{file}: {text:?}: nothing is given for {{{name}}}"));
            }
        }
        for name in arguments.difference(&used) {
            found.push(format!("{file}: {text:?}: {name} is given and not used"));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Calls whose texts are read by people, whichever argument they are.
const SHOWN: [&str; 30] = [
    "label",
    "strong",
    "weak",
    "small",
    "heading",
    "link",
    "hyperlink_to",
    "button",
    "small_button",
    "menu_button",
    "checkbox",
    "radio",
    "selectable_label",
    "on_hover_text",
    "on_disabled_hover_text",
    "hint_text",
    "name_edit",
    "label_ui",
    "hint_ui",
    "section_ui",
    "primary_button",
    "button_or_reason",
    "empty_ui",
    "error_ui",
    "warning_ui",
    "named_button",
    "icon_button",
    "notify",
    "figure_ui",
    "name_ui",
];

/// Names that every language has.
const NAMES: [&str; 3] = ["Tributary", "English", "CustomerId"];

#[test]
fn texts_of_the_window_go_through_the_catalogue() {
    let mut found = Vec::new();
    for (file, tokens) in sources::files() {
        if file.starts_with("src/ui") || file.starts_with("src/workbench") {
            sources::bare(tokens, &SHOWN, &mut |text| {
                let said = placeholders(text)
                    .iter()
                    .fold(text.to_owned(), |said, name| said.replace(&format!("{{{name}}}"), ""));
                let is_word = said.chars().filter(|c| c.is_alphabetic()).count() > 1;
                if is_word && !NAMES.contains(&text) {
                    found.push(format!("{file}: {text:?}"));
                }
            });
        }
    }
    assert!(found.is_empty(), "write tr!(…) around these texts:\n{}", found.join("\n"));
}
