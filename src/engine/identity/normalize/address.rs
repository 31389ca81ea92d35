//! Usual abbreviations of addresses.

use std::sync::LazyLock;

use hashbrown::HashMap;
use serde::Deserialize;

use super::words::Key;

/// Writes the words of an address with one space between them: "street" as "st", "northwest" or "N.W." as "nw".
/// Commas separate words, dots at their ends do not count; other words stay as they are.
pub fn abbreviate(value: &str, out: &mut String) {
    for word in value.split(|c: char| c.is_whitespace() || c == ',') {
        let known = Key::of(word).and_then(|key| SHORT.get(key.as_str()).copied());
        let word = known.unwrap_or(word.trim_matches('.'));
        if word.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
}

#[derive(Deserialize)]
struct Lists<'a> {
    #[serde(borrow)]
    street_suffixes: List<'a>,
    #[serde(borrow)]
    directionals: List<'a>,
    #[serde(borrow)]
    secondary_units: List<'a>,
}

type List<'a> = HashMap<&'a str, Vec<&'a str>>;

/// The short form of each word. Origin: assets/names/SOURCES.md.
static SHORT: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let file = include_str!("../../../../assets/names/address_abbreviations.json");
    let mut short = HashMap::new();
    if let Ok(lists) = serde_json::from_str::<Lists<'_>>(file) {
        let lists = [lists.street_suffixes, lists.directionals, lists.secondary_units];
        for (form, long) in lists.into_iter().flatten() {
            short.insert(form, form);
            short.extend(long.into_iter().map(|long| (long, form)));
        }
    }
    short
});

#[cfg(test)]
mod tests {
    use super::*;

    fn abbreviated(value: &str) -> String {
        let mut out = String::new();
        abbreviate(value, &mut out);
        out
    }

    #[test]
    fn long_forms_short_forms_and_their_dots_are_the_same() {
        assert_eq!(abbreviated("12 Main Street, Northwest"), "12 Main st nw");
        assert_eq!(abbreviated("12 Main ST. N.W."), "12 Main st nw");
        assert_eq!(abbreviated("12 Main St,Apartment 4 ,Springfield."), "12 Main st apt 4 Springfield");
    }

    #[test]
    fn the_list_is_read_and_no_short_form_is_the_long_form_of_another() {
        assert!(SHORT.len() > 350, "{}", SHORT.len());
        assert!(SHORT.values().all(|form| SHORT.get(form) == Some(form)));
        assert!(SHORT.keys().all(|word| Key::of(word).is_some_and(|key| key.as_str() == *word)));
    }

    #[test]
    fn only_dots_and_commas_are_blank() {
        assert_eq!(abbreviated(" . ,, ... "), "");
    }
}
