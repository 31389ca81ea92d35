//! Names of companies without their legal forms.

use std::sync::LazyLock;

use any_ascii::any_ascii_char;
use hashbrown::HashMap;
use serde::Deserialize;

/// Writes the words of a company's name with one space between them and without legal forms, wherever they stand:
/// "Contoso, Ltd." and "Smith & Co" as "Contoso" and "Smith". Dots, slashes and accents in a form do not count
/// ("S.p.A.", "A/S"); of forms that begin alike the longest goes ("Limited Liability Company"); a comma, "&" or "and"
/// before one goes with it. A name of nothing but legal forms stays.
pub fn strip(value: &str, out: &mut String) {
    let words: Vec<&str> = value.split_whitespace().collect();
    let keys = Keys::of(&words);
    let mut kept: Vec<&str> = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let length = keys.form_at(at);
        if length == 0 {
            kept.push(words[at]);
            at += 1;
            continue;
        }
        at += length;
        kept.pop_if(|word| *word == "&" || word.eq_ignore_ascii_case("and"));
        if let Some(last) = kept.last_mut() {
            *last = last.trim_end_matches(',');
        }
        kept.pop_if(|word| word.is_empty());
    }
    let kept = if kept.is_empty() { &words } else { &kept };
    for (i, word) in kept.iter().enumerate() {
        if i > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
}

/// The words of a name as the list has them, one behind the other.
struct Keys {
    text: String,
    ends: Vec<usize>,
}

impl Keys {
    fn of(words: &[&str]) -> Self {
        let mut keys = Self { text: String::new(), ends: Vec::with_capacity(words.len() + 1) };
        keys.ends.push(0);
        for word in words {
            push_key(word, &mut keys.text);
            keys.ends.push(keys.text.len());
        }
        keys
    }

    fn get(&self, at: usize) -> Option<&str> {
        self.text.get(*self.ends.get(at)?..*self.ends.get(at + 1)?)
    }

    /// How many words from this one on are a legal form.
    fn form_at(&self, at: usize) -> usize {
        let forms = self.get(at).and_then(|first| FORMS.get(first));
        let is_here = |form: &&Vec<String>| form.iter().enumerate().all(|(i, word)| self.get(at + i) == Some(word));
        forms.and_then(|forms| forms.iter().find(is_here)).map_or(0, Vec::len)
    }
}

/// Letters and digits in lower-case ASCII.
fn push_key(word: &str, key: &mut String) {
    for c in word.chars().filter(|c| c.is_alphanumeric()) {
        if c.is_ascii() {
            key.push(c.to_ascii_lowercase());
        } else {
            key.extend(any_ascii_char(c).chars().map(|c| c.to_ascii_lowercase()));
        }
    }
}

#[derive(Deserialize)]
struct File {
    legal_forms: HashMap<String, Vec<String>>,
}

/// The forms by their first word, long ones first. Origin: assets/names/SOURCES.md.
static FORMS: LazyLock<HashMap<String, Vec<Vec<String>>>> = LazyLock::new(|| {
    let mut forms: HashMap<String, Vec<Vec<String>>> = HashMap::new();
    if let Ok(file) = serde_json::from_str::<File>(include_str!("../../../../assets/names/legal_forms.json")) {
        for form in file.legal_forms.into_values().flatten() {
            let words: Vec<&str> = form.split_whitespace().collect();
            let keys = Keys::of(&words);
            let form: Vec<String> = (0..words.len()).filter_map(|at| keys.get(at).map(str::to_owned)).collect();
            if let Some(first) = form.first() {
                forms.entry(first.clone()).or_default().push(form);
            }
        }
    }
    forms.values_mut().for_each(|forms| {
        forms.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        forms.dedup();
    });
    forms
});

#[cfg(test)]
mod tests {
    use super::*;

    fn stripped(value: &str) -> String {
        let mut out = String::new();
        strip(value, &mut out);
        out
    }

    #[test]
    fn legal_forms_go_however_they_are_written() {
        for value in ["Contoso", "Contoso, Ltd.", "Contoso Corp", "CONTOSO"] {
            assert!(stripped(value).eq_ignore_ascii_case("contoso"), "{value}");
        }
        for value in
            ["Fabrikam S.p.A.", "Fabrikam A/S", "Fabrikam (Pty) Ltd", "Fabrikam & Co. KG", "Fabrikam and Company"]
        {
            assert_eq!(stripped(value), "Fabrikam", "{value}");
        }
    }

    #[test]
    fn forms_of_several_words_go_as_a_whole() {
        assert_eq!(stripped("Contoso Limited Liability Company"), "Contoso");
        assert_eq!(stripped("Contoso L L C Berlin"), "Contoso Berlin");
        assert_eq!(stripped("Kohl Gesellschaft mit beschränkter Haftung"), "Kohl");
    }

    #[test]
    fn parts_of_words_and_names_of_nothing_else_stay() {
        assert_eq!(stripped("Co-op Incognito"), "Co-op Incognito");
        assert_eq!(stripped("Partners Group"), "Partners Group");
        assert_eq!(stripped("& Co"), "& Co");
        assert_eq!(stripped("A & B Ltd"), "A & B");
    }

    #[test]
    fn the_list_is_read() {
        assert!(FORMS.len() > 40, "{}", FORMS.len());
    }
}
