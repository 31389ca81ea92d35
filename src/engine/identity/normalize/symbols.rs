//! Punctuation and symbols.

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// Removes every character of the Unicode categories punctuation (P*) and symbol (S*); of a symbol made up of several
/// characters, as a family emoji is, all of them, or invisible rests of unlike ones would be equal.
pub fn remove(out: &mut String) {
    if out.is_ascii() {
        out.retain(|c| !c.is_ascii_punctuation());
        return;
    }
    let mut last_went = false;
    out.retain(|c| {
        last_went = is_symbol(c) || last_went && is_attached(c);
        !last_went
    });
}

fn is_symbol(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    matches!(c.general_category_group(), GeneralCategoryGroup::Punctuation | GeneralCategoryGroup::Symbol)
}

/// What belongs to the character before: combining marks with the variation selectors, the joiner, emoji tags.
fn is_attached(c: char) -> bool {
    c == '\u{200d}'
        || ('\u{e0020}'..='\u{e007f}').contains(&c)
        || c.general_category_group() == GeneralCategoryGroup::Mark
}

#[cfg(test)]
mod tests {
    use super::*;

    fn removed(value: &str) -> String {
        let mut out = value.to_owned();
        remove(&mut out);
        out
    }

    #[test]
    fn the_published_symbols_go_and_spaces_stay() {
        assert_eq!(removed("!?\"#$%&'()+,.-_/:;<=>@^~{}`[] a"), " a");
        assert_eq!(removed("A-12/3 +€ «ok»"), "A123  ok");
    }

    #[test]
    fn a_name_of_emoji_leaves_nothing_behind() {
        assert_eq!(removed("👨\u{200d}👩\u{200d}👧❤\u{fe0f}👍🏽🏴\u{e0067}\u{e0062}\u{e007f}"), "");
        // The mark of a letter stays.
        assert_eq!(removed("-e\u{301}-"), "e\u{301}");
    }
}
