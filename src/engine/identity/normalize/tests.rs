//! The rules of semantics 1.4 together, and what holds for any value.

use proptest::prelude::*;

use super::Normalization::{
    Address, LowerCase, Name, Numerals, Organization, Phone, Symbols, UnicodeToAscii, Whitespace,
};
use super::*;

fn normalized(value: &str, normalizations: &[Normalization]) -> String {
    by(&Normalizing { normalizations, ..Normalizing::default() }, value)
}

fn by(settings: &Normalizing<'_>, value: &str) -> String {
    let mut out = "left over".to_owned();
    Normalizer::new(settings).normalize(value, &mut out);
    out
}

#[test]
fn without_a_normalization_the_raw_text_is_compared_outer_spaces_and_case_included() {
    assert_eq!(normalized(" Ana ", &[]), " Ana ");
    assert!(Normalizer::new(&Normalizing::default()).is_identity());
    assert!(!Normalizer::new(&Normalizing { bypass: vec!["x"], ..Normalizing::default() }).is_identity());
    assert!(!Normalizer::new(&Normalizing { normalizations: &[Symbols], ..Normalizing::default() }).is_identity());
}

#[test]
fn each_normalization_does_its_own_part_in_the_fixed_order() {
    assert_eq!(normalized("ANA@Contoso.com", &[LowerCase]), "ana@contoso.com");
    assert_eq!(normalized("A-12/3 +€", &[Symbols]), "A123 ");
    assert_eq!(normalized(" Ana\u{a0}Cruz\t", &[Whitespace]), "AnaCruz");
    assert_eq!(normalized("(ÅSA) Ek", &[Whitespace, Symbols, LowerCase]), "åsaek");
    // Numerals before letters are folded, or Ⅷ would be viii; folding before words are looked up.
    assert_eq!(normalized("Ⅷ", &[UnicodeToAscii, Numerals]), "8");
    assert_eq!(normalized("Ⅷ", &[UnicodeToAscii]), "viii");
    assert_eq!(normalized("Ｄébby", &[Name, UnicodeToAscii]), "deborah");
    // Words before symbols and white space: neither ties words together that would then be another one.
    assert_eq!(normalized("Dr. Debby-Ann", &[Whitespace, Symbols, Name]), "drdeborahanna");
    assert_eq!(normalized("12 Main Street, N.W.", &[Address, LowerCase, Symbols, Whitespace]), "12mainstnw");
    assert_eq!(normalized("Contoso, Ltd. (UK)", &[Symbols, Organization]), "Contoso UK");
    // The plus of a number is read before symbols go.
    let settings = Normalizing { normalizations: &[Symbols, Phone], default_country: Some("US"), ..Default::default() };
    assert_eq!(by(&settings, "+49 89 123456"), "4989123456");
}

#[test]
fn published_phone_numbers_agree_by_country_code() {
    let (full, other, local) = ("+01 425.555.1212", "1 (425) 555-1212", "(425) 555-1212");
    assert_eq!(normalized(full, &[Phone]), normalized(other, &[Phone]));
    assert_ne!(normalized(full, &[Phone]), normalized(local, &[Phone]));
    let settings = Normalizing { normalizations: &[Phone], default_country: Some("US"), ..Normalizing::default() };
    assert_eq!(by(&settings, full), by(&settings, local));
    assert_eq!(by(&settings, other), by(&settings, local));
    // Without the normalization the country says nothing.
    assert!(Normalizer::new(&Normalizing { default_country: Some("US"), ..Normalizing::default() }).is_identity());
}

#[test]
fn a_value_that_is_empty_before_or_after_is_blank() {
    assert_eq!(normalized("  ", &[]), "");
    assert_eq!(normalized("--- .", &[Symbols]), "");
    assert_eq!(normalized("unknown", &[Phone]), "");
    assert_eq!(normalized("👨\u{200d}👩\u{200d}👧 👍🏽", &[Symbols]), "");
    assert_eq!(normalized("👨\u{200d}👩\u{200d}👧", &[UnicodeToAscii, Name, Whitespace]), "👨\u{200d}👩\u{200d}👧");
}

#[test]
fn an_alias_is_looked_up_once_after_the_normalizations() {
    let aliases = vec![("M.S.F.T.", "Microsoft Corp"), ("msft", "second"), ("Microsoft", "MS"), ("?", "x"), ("y", "!")];
    let settings = Normalizing {
        normalizations: &[LowerCase, Organization, Symbols, Whitespace],
        aliases,
        ..Normalizing::default()
    };
    // Not on to ms; the first entry of a value counts.
    assert_eq!(by(&settings, " MS FT "), "microsoft");
    assert_eq!(by(&settings, "Microsoft Ltd."), "ms");
    assert_eq!(by(&settings, "other"), "other");
    // Entries that are blank on a side say nothing.
    assert_eq!(by(&settings, "y"), "y");
    assert_eq!(by(&settings, "?"), "");
}

#[test]
fn bypass_is_asked_before_the_normalizations_and_of_the_result() {
    let raw = Normalizing { bypass: vec!["Unknown", " 555-1212"], ..Normalizing::default() };
    assert_eq!(by(&raw, " Unknown "), "");
    assert_eq!(by(&raw, "555-1212"), "");
    assert_eq!(by(&raw, "unknown"), "unknown");
    let folded = Normalizing { normalizations: &[Phone], bypass: vec!["555-1212"], ..Normalizing::default() };
    assert_eq!(by(&folded, "(555) 1212"), "");
    let aliased = Normalizing {
        normalizations: &[LowerCase],
        aliases: vec![("n/a", "none"), ("nil", "zero")],
        bypass: vec!["None", "Nil"],
        ..Normalizing::default()
    };
    assert_eq!(by(&aliased, "N/A"), "");
    assert_eq!(by(&aliased, "nil"), "zero", "the result is not bypassed");
    assert_eq!(by(&aliased, "ZERO"), "zero");
}

#[test]
fn each_character_is_done_with_at_once() {
    let all = [Numerals, UnicodeToAscii, LowerCase, Symbols, Whitespace];
    let (mut once, mut twice) = (String::new(), String::new());
    for normalization in all {
        let normalizer = Normalizer::new(&Normalizing { normalizations: &[normalization], ..Normalizing::default() });
        for c in '\u{0}'..='\u{20000}' {
            normalizer.normalize(c.encode_utf8(&mut [0; 4]), &mut once);
            normalizer.normalize(&once, &mut twice);
            assert_eq!(once, twice, "{normalization:?} {c:?}");
        }
    }
}

#[test]
fn a_long_value_takes_one_pass() {
    let normalizations = Normalization::ALL;
    let settings = Normalizing { normalizations: &normalizations, default_country: Some("US"), ..Default::default() };
    let without_phone: Vec<_> = normalizations.into_iter().filter(|n| *n != Phone).collect();
    let words = Normalizing { normalizations: &without_phone, ..Normalizing::default() };
    for unit in ["a", "l ", "Bob. ", "12 ", "e\u{301}", "שלום ", "👑", "((0)", "x1", "Ltd, & ", ".", ",", " "] {
        let value = unit.repeat((1 << 17) / unit.len());
        by(&settings, &value);
        by(&words, &value);
    }
    by(&words, &"Bob & Ltd. é 👑 שלום, ".repeat(30_000));
}

/// Text of what the steps treat specially, and anything.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "Bob", "Debby", "Prof.", "jr", "Street", "N.W.", "Ltd.", "L", "C", "& Co", "Inc", "é", "e\u{301}", "Ⅷ", "½",
        "👍🏽", "\u{200d}", "שלום", "+", "(0)", "00", "x12", "ext. 5", "425", "1", " ", "  ", ",", ".", "-", "İ", "ß",
        "\u{a0}",
    ]);
    prop_oneof![prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat()), any::<String>()]
}

proptest! {
    /// One normalization, or any without a word list. Not after word lists: with symbols or white space gone other
    /// words stand there ("Bo b"), and two legal forms gone may leave a longer one ("L Ltd L C"). Not with a default
    /// country, either: without its plus a German 49 30... could be a number of Germany.
    #[test]
    fn a_normalized_value_stays(value in text(), chosen in prop::collection::vec(any::<bool>(), 6), one in 0..3usize) {
        let plain = [Numerals, UnicodeToAscii, LowerCase, Phone, Symbols, Whitespace];
        let chosen: Vec<_> = plain.into_iter().zip(chosen).filter(|(_, chosen)| *chosen).map(|(n, _)| n).collect();
        let once = normalized(&value, &chosen);
        prop_assert_eq!(&normalized(&once, &chosen), &once);
        let single = [[Name], [Address], [LowerCase]][one];
        let once = normalized(&value, &single);
        prop_assert_eq!(&normalized(&once, &single), &once);
    }

    #[test]
    fn any_value_has_a_result_and_a_blank_one_is_empty(
        value in text(),
        chosen in prop::collection::vec(any::<bool>(), 9),
        country in prop::sample::select(vec!["US", "DE", "BR", "AR", "IT", "JP", "zz", ""]),
    ) {
        let chosen: Vec<_> =
            Normalization::ALL.into_iter().zip(chosen).filter(|(_, chosen)| *chosen).map(|(n, _)| n).collect();
        let settings = Normalizing {
            normalizations: &chosen,
            default_country: Some(country),
            aliases: vec![("bob", "robert")],
            bypass: vec!["jr", "x"],
        };
        let out = by(&settings, &value);
        prop_assert!(out.is_empty() || !out.trim().is_empty());
        prop_assert!(!value.trim().is_empty() || out.is_empty());
    }

    /// What is dialled before a number makes no difference.
    #[test]
    fn a_number_is_the_same_with_and_without_its_country_code(number in "[2-9][0-9]{9}") {
        let settings = Normalizing { normalizations: &[Phone], default_country: Some("US"), ..Normalizing::default() };
        let plain = by(&settings, &number);
        prop_assert_eq!(&plain, &format!("1{number}"));
        for prefix in ["+1", "1", "001", "0111", "+01", "+1 ("] {
            prop_assert_eq!(by(&settings, &format!("{prefix}{number}")), plain.as_str());
        }
    }
}
