//! What a condition evens out in a value before it compares (semantics 1.4). Output keeps the raw value.

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::project::Normalization;

/// Writes the value as the condition compares it into `out`, empty where it is blank: blank before, or after.
///
/// The order is fixed, however the normalizations are listed: lower case, symbols, white space.
pub fn normalize(value: &str, normalizations: &[Normalization], out: &mut String) {
    out.clear();
    if value.trim().is_empty() {
        return;
    }
    let has = |normalization| normalizations.contains(&normalization);
    if has(Normalization::LowerCase) && value.is_ascii() {
        out.push_str(value);
        out.make_ascii_lowercase();
    } else if has(Normalization::LowerCase) {
        out.extend(value.chars().flat_map(char::to_lowercase));
    } else {
        out.push_str(value);
    }
    if has(Normalization::Symbols) {
        out.retain(|c| !is_symbol(c));
    }
    if has(Normalization::Whitespace) && out.contains(char::is_whitespace) {
        out.retain(|c| !c.is_whitespace());
    }
    if out.trim().is_empty() {
        out.clear();
    }
}

/// Unicode categories punctuation (P*) and symbol (S*).
fn is_symbol(c: char) -> bool {
    matches!(c.general_category_group(), GeneralCategoryGroup::Punctuation | GeneralCategoryGroup::Symbol)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normalized(value: &str, normalizations: &[Normalization]) -> String {
        let mut out = String::new();
        normalize(value, normalizations, &mut out);
        out
    }

    #[test]
    fn without_a_normalization_the_raw_text_is_compared_outer_spaces_and_case_included() {
        assert_eq!(normalized(" Ana ", &[]), " Ana ");
    }

    #[test]
    fn each_normalization_does_its_own_part_in_the_fixed_order() {
        use Normalization::{LowerCase, Symbols, Whitespace};
        assert_eq!(normalized("ANA@Contoso.com", &[LowerCase]), "ana@contoso.com");
        assert_eq!(normalized("A-12/3 +€", &[Symbols]), "A123 ");
        assert_eq!(normalized(" Ana\u{a0}Cruz\t", &[Whitespace]), "AnaCruz");
        assert_eq!(normalized("(ÅSA) Ek", &[Whitespace, Symbols, LowerCase]), "åsaek");
    }

    #[test]
    fn a_value_that_is_empty_before_or_after_is_blank() {
        assert_eq!(normalized("  ", &[]), "");
        assert_eq!(normalized("--- .", &[Normalization::Symbols]), "");
    }
}
