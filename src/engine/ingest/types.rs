//! What a cell of text is as a value of each type, and which cells are blank (semantics 1.4, blanks).

use std::borrow::Cow;

/// More digits than these are not kept exactly by every program on the way; they are codes, not amounts.
const MOST_DIGITS: usize = 15;
const SHOWN_CHARACTERS: usize = 40;

/// The cells that count as blank.
#[derive(Debug, Clone)]
pub(super) struct BlankTokens {
    tokens: Vec<String>,
    longest: usize,
}

impl BlankTokens {
    pub(super) fn new(tokens: &[String]) -> Self {
        let tokens: Vec<String> =
            tokens.iter().map(|token| token.trim().to_owned()).filter(|token| !token.is_empty()).collect();
        let longest = tokens.iter().map(String::len).max().unwrap_or(0);
        Self { tokens, longest }
    }

    /// Whether a trimmed cell is blank: empty, or one of the tokens to the letter.
    pub(super) fn is_blank(&self, trimmed: &str) -> bool {
        trimmed.is_empty() || (trimmed.len() <= self.longest && self.tokens.iter().any(|token| token == trimmed))
    }
}

/// A cell without its outer white space; fast for the many that have none.
pub(super) fn trim(cell: &str) -> &str {
    match cell.as_bytes() {
        [first, .., last] if first.wrapping_sub(b'!') < 94 && last.wrapping_sub(b'!') < 94 => cell,
        _ => cell.trim(),
    }
}

/// A whole number: an optional minus, then at most 15 digits without leading zeros.
pub(super) fn integer(text: &str) -> Option<i64> {
    let (negative, digits) = match text.as_bytes() {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if !is_plain_whole(digits) {
        return None;
    }
    let value = digits.iter().fold(0, |value, digit| value * 10 + i64::from(digit - b'0'));
    Some(if negative { -value } else { value })
}

fn is_plain_whole(digits: &[u8]) -> bool {
    match digits {
        [] | [b'0', _, ..] => false,
        digits => digits.len() <= MOST_DIGITS && digits.iter().all(u8::is_ascii_digit),
    }
}

/// A number: a whole part as in [`integer`], then optionally a fraction and an exponent. With `decimal_comma` the
/// fraction begins with a comma and the whole part may be grouped by points (`1.234,5`), and there is no exponent.
pub(super) fn number(text: &str, decimal_comma: bool) -> Option<f64> {
    if decimal_comma { comma_number(text) } else { point_number(text) }
}

fn point_number(text: &str) -> Option<f64> {
    let bytes = text.as_bytes();
    let unsigned = bytes.strip_prefix(b"-").unwrap_or(bytes);
    let whole = unsigned.iter().take_while(|byte| byte.is_ascii_digit()).count();
    // `.5` is written by several databases.
    let begins_well = is_plain_whole(&unsigned[..whole]) || (whole == 0 && matches!(unsigned, [b'.', b'0'..=b'9', ..]));
    if !begins_well || !unsigned.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-')) {
        return None;
    }
    fast_float2::parse::<f64, _>(bytes).ok().filter(|value| value.is_finite())
}

fn comma_number(text: &str) -> Option<f64> {
    // 64 bytes hold any number worth reading; longer text is no number.
    let mut plain = [0u8; 64];
    let bytes = text.as_bytes();
    if bytes.len() > plain.len() {
        return None;
    }
    let (whole, fraction) = match memchr::memchr(b',', bytes) {
        Some(comma) => (&bytes[..comma], Some(&bytes[comma + 1..])),
        None => (bytes, None),
    };
    let unsigned = whole.strip_prefix(b"-").unwrap_or(whole);
    if !is_grouped_by_points(unsigned) {
        return None;
    }
    let mut length = 0;
    for &byte in whole.iter().filter(|&&byte| byte != b'.') {
        plain[length] = byte;
        length += 1;
    }
    let digits_start = usize::from(whole.len() > unsigned.len());
    if !is_plain_whole(&plain[digits_start..length]) {
        return None;
    }
    if let Some(fraction) = fraction {
        if fraction.is_empty() || !fraction.iter().all(u8::is_ascii_digit) {
            return None;
        }
        plain[length] = b'.';
        plain[length + 1..length + 1 + fraction.len()].copy_from_slice(fraction);
        length += 1 + fraction.len();
    }
    fast_float2::parse::<f64, _>(&plain[..length]).ok()
}

/// Digits with no points, or one to three digits and then groups of three.
fn is_grouped_by_points(whole: &[u8]) -> bool {
    let mut groups = whole.split(|&byte| byte == b'.');
    let Some(first) = groups.next() else { return false };
    let mut grouped = false;
    for group in groups {
        grouped = true;
        if group.len() != 3 {
            return false;
        }
    }
    !grouped || (1..=3).contains(&first.len())
}

/// `true` or `false` in any case.
pub(super) fn boolean(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

/// A value for a message: at most 40 characters, without line ends.
pub(super) fn shortened(value: &str) -> Cow<'_, str> {
    let cut = value.char_indices().nth(SHOWN_CHARACTERS).map(|(index, _)| index);
    if cut.is_none() && !value.contains(char::is_control) {
        return Cow::Borrowed(value);
    }
    let mut text: String = value[..cut.unwrap_or(value.len())]
        .chars()
        .map(|character| if character.is_control() { ' ' } else { character })
        .collect();
    if cut.is_some() {
        text.push('…');
    }
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn codes_are_no_integers() {
        assert_eq!(integer("0"), Some(0));
        assert_eq!(integer("-12"), Some(-12));
        assert_eq!(integer("999999999999999"), Some(999_999_999_999_999));
        for text in ["", "-", "007", "-01", "+5", "1.0", "1e3", "1000000000000000", "１２", "1 2"] {
            assert_eq!(integer(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_with_a_point() {
        for (text, value) in [("1.5", 1.5), ("-0.25", -0.25), (".5", 0.5), ("1e3", 1000.0), ("12", 12.0), ("5.", 5.0)] {
            assert_eq!(number(text, false), Some(value), "{text}");
        }
        for text in ["", "-", ".", "NaN", "inf", "-Infinity", "1,5", "00.5", "1.2.3", "1e999", "+1", "1 000"] {
            assert_eq!(number(text, false), None, "{text}");
        }
    }

    #[test]
    fn numbers_with_a_comma() {
        for (text, value) in [("1,5", 1.5), ("1.234,5", 1234.5), ("-1.234.567", -1_234_567.0), ("0,05", 0.05)] {
            assert_eq!(number(text, true), Some(value), "{text}");
        }
        for text in ["1.5", "1.23,4", "1234.567,8", ",5", "1,", "1,2,3", "01,5", ".123", "1..234", "1,2e3", "NaN"] {
            assert_eq!(number(text, true), None, "{text}");
        }
    }

    #[test]
    fn blank_is_white_space_or_a_token_to_the_letter() {
        let tokens = BlankTokens::new(&["--".to_owned(), "NULL".to_owned(), "  ".to_owned()]);
        assert!(tokens.is_blank(trim(" \u{a0}\t")));
        assert!(tokens.is_blank(trim(" -- ")));
        assert!(!tokens.is_blank("Null"), "Null is a surname");
    }

    #[test]
    fn long_values_are_shortened_by_characters() {
        assert_eq!(shortened(&"é".repeat(50)).chars().count(), 41);
        assert_eq!(shortened("a\nb"), "a b");
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "\\PC{0,80}", digits in "[0-9.,eE+-]{0,80}") {
            for text in [text, digits] {
                assert_eq!(trim(&text), text.trim());
                integer(&text);
                number(&text, true);
                number(&text, false);
                shortened(&text);
            }
        }

        #[test]
        fn integers_read_back(value in -999_999_999_999_999i64..=999_999_999_999_999) {
            prop_assert_eq!(integer(&value.to_string()), Some(value));
        }
    }
}
