//! A language that nobody speaks: English in brackets, with accents and longer. What stands outside of the brackets
//! did not go through the catalogue.

use std::fs;
use std::path::Path;

/// The letters of the language, for those of English.
const LETTERS: [(char, char); 20] = [
    ('a', 'å'),
    ('c', 'ç'),
    ('d', 'ď'),
    ('e', 'é'),
    ('g', 'ĝ'),
    ('i', 'î'),
    ('l', 'ļ'),
    ('n', 'ñ'),
    ('o', 'ö'),
    ('r', 'ŕ'),
    ('s', 'š'),
    ('t', 'ţ'),
    ('u', 'û'),
    ('y', 'ý'),
    ('A', 'Å'),
    ('C', 'Ĉ'),
    ('E', 'É'),
    ('O', 'Ö'),
    ('S', 'Š'),
    ('U', 'Û'),
];

/// A text in the language; its placeholders stay.
pub fn pseudo(text: &str) -> String {
    let mut said = String::from("⟦");
    let mut is_placeholder = false;
    let (mut vowels, mut is_escaped) = (0, false);
    for sign in text.chars() {
        // A line break and the like stay.
        if is_escaped || sign == '\\' {
            is_escaped = !is_escaped;
            said.push(sign);
            continue;
        }
        is_placeholder |= sign == '{';
        let letter = LETTERS.iter().find(|(from, _)| *from == sign && !is_placeholder).map_or(sign, |(_, to)| *to);
        said.push(letter);
        is_placeholder &= sign != '}';
        // A third longer, as German is.
        if "aeio".contains(sign) && !is_placeholder {
            vowels += 1;
            if vowels % 2 == 0 {
                said.push(letter);
            }
        }
    }
    said.push('⟧');
    said
}

/// The catalogue as a `.po` file of the language.
pub fn file() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/text/tributary.pot");
    let catalogue = fs::read_to_string(path).unwrap();
    let (mut said, mut one, mut many, mut is_many) = (String::new(), String::new(), String::new(), false);
    for (place, line) in catalogue.lines().enumerate() {
        // The head says how many forms there are.
        if place < 9 {
            said.push_str(&line.replace("X-Language-Name: ", "X-Language-Name: Pseudo"));
        } else if let Some(form) = line.strip_prefix("msgstr") {
            let (place, text) =
                if form.starts_with("[1]") { ("[1]", &many) } else { (form.split(' ').next().unwrap(), &one) };
            // Broken lines are one here.
            said.push_str(&format!("msgstr{place} \"{}\"", pseudo(text)));
        } else {
            if let Some(text) = line.strip_prefix("msgid_plural ") {
                (many, is_many) = (inside(text), true);
            } else if let Some(text) = line.strip_prefix("msgid ") {
                (one, many, is_many) = (inside(text), String::new(), false);
            } else if line.starts_with('"') {
                if is_many { many += &inside(line) } else { one += &inside(line) }
            }
            said.push_str(line);
        }
        said.push('\n');
    }
    said
}

fn inside(quoted: &str) -> String {
    quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap().to_owned()
}

/// What a text in the window says outside of the brackets, without these words of data.
#[cfg(feature = "gui")]
pub fn untranslated(text: &str, data: &[String]) -> String {
    let mut depth = 0_usize;
    let mut outside: String = text
        .chars()
        .map(|sign| {
            depth += usize::from(sign == '⟦');
            let shown = if depth == 0 { sign } else { ' ' };
            depth -= usize::from(sign == '⟧' && depth > 0);
            shown
        })
        .collect();
    for word in data {
        outside = outside.replace(word.as_str(), " ");
    }
    outside
}
