//! Letters of any script as plain lower-case ones.

use any_ascii::any_ascii_char;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// Writes the value with accented, circled, full-width and foreign letters as plain ones, all in lower case (the
/// published samples are).
///
/// A character without an ASCII form stays, in lower case; a combining mark without one goes, since `e` with an
/// accent of its own is `é`. Emoji stay: their names are no letters.
pub fn fold(value: &str, out: &mut String) {
    for c in value.chars() {
        if !push_plain(c, out) && c.general_category_group() != GeneralCategoryGroup::Mark {
            // Of a few letters only the small one has a form.
            for small in c.to_lowercase() {
                if !push_plain(small, out) {
                    out.push(small);
                }
            }
        }
    }
}

/// Whether the character has an ASCII form.
fn push_plain(c: char, out: &mut String) -> bool {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return true;
    }
    let plain = any_ascii_char(c);
    let has_form = !plain.is_empty() && !is_emoji(c, plain);
    if has_form {
        out.extend(plain.chars().map(|c| c.to_ascii_lowercase()));
    }
    has_form
}

/// The form of an emoji is its name between colons; flags are spelled with letters that are emoji, too.
fn is_emoji(c: char, plain: &str) -> bool {
    plain.len() > 2 && plain.starts_with(':') && plain.ends_with(':') || ('\u{1f1e6}'..='\u{1f1ff}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(value: &str) -> String {
        let mut out = String::new();
        fold(value, &mut out);
        out
    }

    #[test]
    fn accented_circled_and_full_width_letters_are_plain_ones() {
        assert_eq!(folded("José ÅSA ⓐⒷ Ｆｕｌｌ ß Борис"), "jose asa ab full ss boris");
    }

    #[test]
    fn a_letter_and_its_mark_are_the_letter_with_the_mark() {
        assert_eq!(folded("e\u{301}"), folded("é"));
    }

    #[test]
    fn what_has_no_ascii_form_stays() {
        assert_eq!(folded("👑 Ana 🇺🇸 \u{e000}"), "👑 ana 🇺🇸 \u{e000}");
    }
}
