//! Telephone numbers as digits.

use std::borrow::Cow;
use std::collections::BTreeSet;

use phonenumber::metadata::DATABASE;
use regex::{Regex, RegexBuilder};

/// Longer rows of digits are no telephone numbers (E.164 ends at 15, with prefixes some more).
const MOST_DIGITS: usize = 24;

/// Writes the ASCII digits of a number without its extension and without leading zeros, so that 01, 0049 and +01,
/// +49 are the same (semantics 1.4): the country code counts.
///
/// With a default country, a number written without an international prefix is one of that country, and digits are
/// its country code and national number.
pub fn write(value: &str, country: Option<&Country>, out: &mut String) {
    let number = without_extension(value);
    if let Some(country) = country
        && let Some(digits) = Digits::read(number)
        && country.write(&digits, out)
    {
        return;
    }
    let digits = number.chars().filter(char::is_ascii_digit);
    out.extend(digits.skip_while(|&digit| digit == '0'));
}

/// Cuts a final `x`, `ext` or `extension`, with an optional `.` or `:`, and its digits.
fn without_extension(value: &str) -> &str {
    let value = value.trim_end();
    let marked = value.trim_end_matches(|c: char| c.is_ascii_digit());
    if marked.len() == value.len() {
        return value;
    }
    let marked = marked.trim_end();
    let marked = marked.strip_suffix(['.', ':']).unwrap_or(marked).trim_end();
    for mark in ["extension", "ext", "x"] {
        let Some(at) = marked.len().checked_sub(mark.len()) else { continue };
        if let Some((number, end)) = marked.split_at_checked(at)
            && end.eq_ignore_ascii_case(mark)
            && !number.ends_with(char::is_alphabetic)
        {
            return number;
        }
    }
    value
}

/// The digits of a number of usual length.
struct Digits {
    digits: String,
    /// Whether a `+` stands before them.
    plus: bool,
    /// Where a `(0)` stands, the zero that is dialled only within the country: +44 (0)20.
    trunk_zero: Option<usize>,
}

impl Digits {
    fn read(number: &str) -> Option<Self> {
        let (mut digits, mut plus, mut trunk_zero) = (String::new(), false, None);
        for (at, c) in number.char_indices() {
            if c.is_ascii_digit() {
                if digits.len() == MOST_DIGITS {
                    return None;
                }
                if c == '0' && number[..at].ends_with('(') && number[at + 1..].starts_with(')') {
                    trunk_zero = Some(digits.len());
                }
                digits.push(c);
            } else if digits.is_empty() && matches!(c, '+' | '＋') {
                plus = true;
            }
        }
        Some(Self { digits, plus, trunk_zero })
    }

    /// Without the zero that is dialled only within the country, from `start` on.
    fn international(&self, start: usize) -> String {
        let kept = self.digits.char_indices().filter(|&(at, _)| at >= start && Some(at) != self.trunk_zero);
        kept.map(|(_, digit)| digit).skip_while(|&digit| digit == '0').collect()
    }
}

/// How numbers of one country are dialled, from the tables of the library `phonenumber`.
///
/// Its parser is not used: it reads foreign numbers by the rules of the default country, and unwraps.
pub struct Country {
    code: String,
    /// What is dialled before a country code, at the beginning.
    exit: Option<Regex>,
    /// What is dialled before a national number, at the beginning.
    trunk: Option<Regex>,
    /// What replaces the trunk prefix where it has a second part.
    trunk_rule: Option<String>,
    /// A whole national number.
    number: Option<Regex>,
    /// Of national numbers of any kind.
    lengths: Vec<u16>,
}

impl Country {
    /// By its two ISO 3166 letters; `None` where they name none.
    pub fn find(id: &str) -> Option<Self> {
        let table = DATABASE.by_id(id.trim().to_ascii_uppercase().as_str())?;
        let pattern = |source: &str, end: &str| {
            RegexBuilder::new(&format!("^(?:{source}){end}")).ignore_whitespace(true).unicode(false).build().ok()
        };
        let tables = table.descriptors();
        let kinds = [
            tables.fixed_line(),
            tables.mobile(),
            tables.toll_free(),
            tables.premium_rate(),
            tables.shared_cost(),
            tables.personal_number(),
            tables.voip(),
            tables.pager(),
            tables.uan(),
            tables.voicemail(),
        ];
        let lengths = kinds.into_iter().flatten().flat_map(|kind| kind.possible_length());
        let trunk = match (table.national_prefix_for_parsing(), table.national_prefix()) {
            (Some(prefix), _) => pattern(prefix.as_str(), ""),
            (None, Some(prefix)) => pattern(&regex::escape(prefix), ""),
            (None, None) => None,
        };
        Some(Self {
            code: table.country_code().to_string(),
            exit: table.international_prefix().and_then(|exit| pattern(exit.as_str(), "")),
            trunk,
            trunk_rule: table.national_prefix_transform_rule().map(braced),
            number: pattern(tables.general().national_number().as_str(), "$"),
            lengths: lengths.copied().collect::<BTreeSet<_>>().into_iter().collect(),
        })
    }

    /// Whether it is a number that can be understood; otherwise nothing is written.
    fn write(&self, digits: &Digits, out: &mut String) -> bool {
        let Some(start) = self.exit_prefix(digits) else {
            let mut national = Cow::Borrowed(digits.digits.as_str());
            // Its own country code without a `+`, where it is no national number as it stands.
            if let Some(rest) = national.strip_prefix(self.code.as_str())
                && !self.is_number(&national)
                && self.is_possible(&self.without_trunk(rest))
            {
                national = Cow::Owned(rest.to_owned());
            }
            return self.write_national(&national, out);
        };
        let number = digits.international(start);
        match number.strip_prefix(self.code.as_str()) {
            Some(national) => self.write_national(national, out),
            None => {
                out.push_str(&number);
                true
            }
        }
    }

    fn write_national(&self, national: &str, out: &mut String) -> bool {
        let national = self.without_trunk(national);
        if !self.is_possible(&national) {
            return false;
        }
        out.push_str(&self.code);
        out.push_str(&national);
        true
    }

    /// How many digits come before the country code; `None` without an international prefix. 00 is one everywhere,
    /// as no national number begins with it.
    fn exit_prefix(&self, digits: &Digits) -> Option<usize> {
        if digits.plus {
            return Some(0);
        }
        let exit = self.exit.as_ref().and_then(|exit| exit.find(&digits.digits)).map(|found| found.end());
        exit.filter(|&end| !digits.digits[end..].starts_with('0')).or(digits.digits.starts_with("00").then_some(2))
    }

    /// The number without what is dialled before it within the country, unless it is one only with it.
    fn without_trunk<'a>(&self, national: &'a str) -> Cow<'a, str> {
        let Some(groups) = self.trunk.as_ref().and_then(|trunk| trunk.captures(national)) else {
            return Cow::Borrowed(national);
        };
        let rest = &national[groups.get_match().end()..];
        let shorter = match &self.trunk_rule {
            Some(rule) if groups.len() > 1 && groups.get(groups.len() - 1).is_some() => {
                let mut moved = String::new();
                groups.expand(rule, &mut moved);
                moved.push_str(rest);
                Cow::Owned(moved)
            }
            _ => Cow::Borrowed(rest),
        };
        let is_better = if self.is_number(national) { self.is_number(&shorter) } else { self.is_possible(&shorter) };
        if is_better { shorter } else { Cow::Borrowed(national) }
    }

    fn is_number(&self, national: &str) -> bool {
        self.is_possible(national) && self.number.as_ref().is_some_and(|number| number.is_match(national))
    }

    fn is_possible(&self, national: &str) -> bool {
        self.lengths.iter().any(|&length| usize::from(length) == national.len())
    }
}

/// `$1` as `${1}`, so that digits after it do not count as its name.
fn braced(rule: &str) -> String {
    let mut braced = String::new();
    let mut chars = rule.chars().peekable();
    while let Some(c) = chars.next() {
        braced.push(c);
        if c == '$'
            && let Some(group) = chars.next_if(char::is_ascii_digit)
        {
            braced.extend(['{', group, '}']);
        }
    }
    braced
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(value: &str) -> String {
        let mut out = String::new();
        write(value, None, &mut out);
        out
    }

    fn digits_in(country: &str, value: &str) -> String {
        let mut out = String::new();
        write(value, Country::find(country).as_ref(), &mut out);
        out
    }

    #[test]
    fn the_published_numbers_agree_unless_the_country_code_is_missing() {
        assert_eq!(digits("+01 425.555.1212"), "14255551212");
        assert_eq!(digits("1 (425) 555-1212"), "14255551212");
        assert_eq!(digits("(425) 555-1212"), "4255551212");
    }

    #[test]
    fn a_final_extension_is_left_out() {
        for value in ["425 555 1212 x123", "425-555-1212X123", "4255551212 ext. 123 ", "4255551212 Extension: 123"] {
            assert_eq!(digits(value), "4255551212", "{value}");
        }
        // A word that ends in x is no mark, and a mark without digits cuts nothing.
        assert_eq!(digits("fax4255551212"), "4255551212");
        assert_eq!(digits("425 555 1212 ext"), "4255551212");
        assert_eq!(digits("x123"), "");
        assert_eq!(digits("call ❄x1"), "");
    }

    #[test]
    fn a_default_country_makes_numbers_with_and_without_its_code_the_same() {
        for value in [
            "(425) 555-1212",
            "1 (425) 555-1212",
            "+01 425.555.1212",
            "+1 425 555 1212 x9",
            "001 425 555 1212",
            "011 1 425 555 1212",
            "425.555.1212 ext 4",
        ] {
            assert_eq!(digits_in("US", value), "14255551212", "{value}");
        }
        for value in ["020 7946 0958", "+44 (0)20 7946 0958", "+44 20 7946 0958", "0044 020 7946 0958", "442079460958"]
        {
            assert_eq!(digits_in("gb", value), "442079460958", "{value}");
        }
        for value in ["089 123456", "+49 89 123456", "0049 (0)89 123456", "+0049 89-123456"] {
            assert_eq!(digits_in("DE", value), "4989123456", "{value}");
        }
        // In Italy the zero belongs to the number.
        assert_eq!(digits_in("IT", "06 6982 1234"), "390669821234");
        assert_eq!(digits_in("IT", "+39 06 6982 1234"), "390669821234");
        // Carrier codes of Brazil, mobile numbers of Argentina.
        assert_eq!(digits_in("BR", "0 15 11 96123-4567"), "5511961234567");
        assert_eq!(digits_in("AR", "011 15-2345-6789"), digits_in("AR", "+54 9 11 2345 6789"));
    }

    #[test]
    fn a_foreign_number_keeps_its_country() {
        assert_eq!(digits_in("US", "+49 89 123456"), "4989123456");
        assert_eq!(digits_in("US", "+44 (0)20 7946 0958"), "442079460958");
        assert_eq!(digits_in("US", "+86 138 1234 5678"), "8613812345678");
    }

    #[test]
    fn what_is_no_number_of_the_country_falls_back_to_its_digits() {
        assert_eq!(digits_in("US", "555-1212 or so"), "5551212");
        assert_eq!(digits_in("US", "12"), "12");
        assert_eq!(digits_in("XX", "(425) 555-1212"), "4255551212");
        assert_eq!(digits_in("US", &"7".repeat(50)), "7".repeat(50));
    }

    #[test]
    fn every_country_of_the_library_reads_its_own_examples() {
        let (mut checked, mut odd) = (0, Vec::new());
        for table in DATABASE.iter().filter(|table| table.id() != "001") {
            let country = Country::find(table.id()).expect("a country");
            assert!(country.number.is_some() && !country.lengths.is_empty(), "{}", table.id());
            let descriptors = table.descriptors();
            for kind in [descriptors.fixed_line(), descriptors.mobile()] {
                let Some(example) = kind.and_then(|kind| kind.example()) else { continue };
                let prefix = table.national_prefix().unwrap_or_default();
                let [mut plain, mut full, mut dialled] = [const { String::new() }; 3];
                write(example, Some(&country), &mut plain);
                write(&format!("+{} {example}", country.code), Some(&country), &mut full);
                write(&format!("{prefix} {example}"), Some(&country), &mut dialled);
                checked += 1;
                // Colombian mobiles are dialled without the zero.
                if plain != full || plain != dialled && table.id() != "CO" {
                    odd.push(format!("{} {example}: {plain} {full} {dialled}", table.id()));
                }
            }
        }
        assert!(checked > 400, "{checked}");
        assert!(odd.is_empty(), "{odd:#?}");
    }
}
