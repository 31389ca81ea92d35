//! Finding a text by some of its letters, in their order.

use fuzzy_matcher::FuzzyMatcher as _;
use fuzzy_matcher::skim::SkimMatcherV2;

/// A letter of the detail counts this much less than one of the text.
const DETAIL: i64 = 2;
/// What a text gains that begins with what was typed, or has a word that does.
const BEGINS: i64 = 40;
const WORD_BEGINS: i64 = 20;

/// What was typed, ready to be looked for.
pub struct Fuzzy {
    matcher: SkimMatcherV2,
    words: Vec<String>,
}

/// How well a text fits, and which of its characters were typed.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    pub score: i64,
    pub matched: Vec<usize>,
}

impl Fuzzy {
    pub fn new(query: &str) -> Self {
        let words = query.split_whitespace().map(str::to_lowercase).collect();
        Self { matcher: SkimMatcherV2::default().ignore_case(), words }
    }

    /// Every typed word must be found in the text, or else in the detail.
    pub fn find(&self, text: &str, detail: &str) -> Option<Found> {
        let lower = text.to_lowercase();
        let mut found = Found { score: 0, matched: Vec::new() };
        for (nth, word) in self.words.iter().enumerate() {
            if let Some((score, matched)) = self.matcher.fuzzy_indices(text, word) {
                let begins = match () {
                    () if nth == 0 && lower.starts_with(word.as_str()) => BEGINS,
                    () if lower.split(|c: char| !c.is_alphanumeric()).any(|part| part.starts_with(word)) => WORD_BEGINS,
                    () => 0,
                };
                found.score += score + begins;
                found.matched.extend(matched);
            } else {
                found.score += self.matcher.fuzzy_match(detail, word)? / DETAIL;
            }
        }
        found.matched.sort_unstable();
        found.matched.dedup();
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best<'a>(query: &str, texts: &[&'a str]) -> Option<&'a str> {
        let fuzzy = Fuzzy::new(query);
        let scored = texts.iter().filter_map(|text| Some((fuzzy.find(text, "")?.score, *text)));
        scored.max_by_key(|(score, _)| *score).map(|(_, text)| text)
    }

    #[test]
    fn beginnings_and_initials_go_before_letters_here_and_there() {
        let texts = ["Next step", "Statistics", "Light or dark", "Unify and dependencies", "Run matching only"];
        assert_eq!(best("stat", &texts), Some("Statistics"));
        assert_eq!(best("rmo", &texts), Some("Run matching only"));
        assert_eq!(best("match", &texts), Some("Run matching only"));
        assert_eq!(best("st", &texts), Some("Statistics"));
        assert_eq!(best("xyz", &texts), None);
    }

    #[test]
    fn the_matched_characters_are_told_by_their_place() {
        let found = Fuzzy::new("größe").find("Die Größe", "").expect("found");
        assert_eq!(found.matched, [4, 5, 6, 7, 8]);
        assert!(Fuzzy::new("顧客").find("新しい顧客", "").is_some());
    }

    #[test]
    fn each_word_is_found_in_the_text_or_in_the_detail() {
        let fuzzy = Fuzzy::new("crm email");
        assert_eq!(fuzzy.find("Email", "column of CRM").map(|found| found.matched), Some(vec![0, 1, 2, 3, 4]));
        assert!(fuzzy.find("Email", "column of Web").is_none());
    }
}
