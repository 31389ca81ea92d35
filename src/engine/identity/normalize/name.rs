//! Nicknames and titles of persons.

use std::cmp::Reverse;
use std::sync::LazyLock;

use hashbrown::HashMap;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::words::Key;

/// Writes a person's name with nicknames as the given names they stand for, and titles in one form without dots; both
/// in lower case, and so is every given name known. Anything else stays as it is.
///
/// A normalization is a function of one value, so a nickname of several names gets one of them. Of the names that
/// list it (`nicknames.csv`) that is the commonest by the United States census of 1990; between equally common ones
/// the one with the longest common beginning, then the first by the alphabet. A name at least as common as all that
/// list it stays, and so does one that nobody lists: Mark is no Marcus, Terry no Theresa. What the name found stands
/// for itself is followed to the end. [`SETTLED`] is where that went wrong for common names.
///
/// Every word of the value counts, as nothing in it tells a surname: Bobby Frank is robert frank.
pub fn standardize(value: &str, out: &mut String) {
    let mut rest = value;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        let (gap, from_word) = rest.split_at(start);
        out.push_str(gap);
        let end = from_word.find(|c| !is_in_word(c)).unwrap_or(from_word.len());
        let (word, after) = from_word.split_at(end);
        out.push_str(standard_form(word).unwrap_or(word));
        rest = after;
    }
    out.push_str(rest);
}

/// A dot ends an abbreviation or joins letters of one (Ph.D.), a combining mark belongs to its letter.
fn is_in_word(c: char) -> bool {
    let is_mark = || !c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Mark;
    c.is_alphanumeric() || matches!(c, '.' | '\'' | '’') || is_mark()
}

fn standard_form(word: &str) -> Option<&'static str> {
    let key = Key::of(word)?;
    let form = *FORMS.get(key.as_str())?;
    // With dots between its letters a word is initials: A.B. is no Ab.
    let is_whole = !word.trim_end_matches('.').contains('.');
    (is_whole || title_of(form).is_some()).then_some(form)
}

fn title_of(word: &str) -> Option<&'static str> {
    TITLES.iter().find(|(title, others)| *title == word || others.contains(&word)).map(|&(title, _)| title)
}

/// Titles and what follows a name, with the other ways to write them.
const TITLES: [(&str, &[&str]); 22] = [
    ("mr", &["mister"]),
    ("mrs", &["missus"]),
    ("ms", &[]),
    ("miss", &[]),
    ("mx", &[]),
    ("dr", &["doctor"]),
    ("prof", &["professor"]),
    ("sir", &[]),
    ("dame", &[]),
    ("madam", &["madame", "ma'am"]),
    ("rev", &["revd", "reverend"]),
    ("hon", &["honourable", "honorable"]),
    ("capt", &["captain"]),
    ("lt", &["lieutenant"]),
    ("sgt", &["sergeant"]),
    ("col", &["colonel"]),
    ("gen", &["general"]),
    ("jr", &["jnr", "junior"]),
    ("sr", &["snr", "senior"]),
    ("esq", &["esquire"]),
    ("phd", &[]),
    ("md", &[]),
];

/// Words for which the counts give an odd answer: what a nickname is usually short for, then (under no name) words
/// that stay, names in their own right and common parts of surnames.
const SETTLED: [(&str, &str); 14] = [
    ("anna", "ann"),
    ("alexander", "alex"),
    ("frederick", "fred"),
    ("gerald", "jerry"),
    ("josephine", "jo"),
    ("katherine", "kate katie katy"),
    ("lawrence", "larry"),
    ("luke", "lucas"),
    ("randall", "randy"),
    ("robert", "robbie"),
    ("stephanie", "steph"),
    ("theodore", "ted"),
    ("william", "bill billy"),
    (
        "",
        "adelaide angel carl caroline casey cassandra cecilia celia daisy della dora eli ella ellen emma erin \
         eve flora geraldine hannah ian ivy jamie jane jay jill joy julia lawrence leah lee lena leon lewis \
         lisa lois lola louise lucy luke lynn marc marie max micah nathan nora peter rita rupert sherry tracy \
         barrett bell bradford bryant chan day el field ford green kendrick little mc moss salmon see van von \
         webb west wood",
    ),
];

/// The form of each word that has one. Origin: assets/names/SOURCES.md.
static FORMS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let names = Names::read();
    let mut forms: HashMap<&str, &str> = HashMap::new();
    for word in names.words() {
        forms.insert(word, names.form(word));
    }
    for (title, others) in TITLES {
        forms.insert(title, title);
        forms.extend(others.iter().map(|other| (*other, title)));
    }
    forms
});

/// The lists while the forms are worked out.
struct Names {
    pairs: Vec<(&'static str, &'static str)>,
    /// The names that list a nickname.
    names_of: HashMap<&'static str, Vec<&'static str>>,
    bearers: HashMap<&'static str, u32>,
    settled: HashMap<&'static str, &'static str>,
}

impl Names {
    fn read() -> Self {
        let nicknames = include_str!("../../../../assets/names/nicknames.csv").lines().skip(1);
        let bearers = include_str!("../../../../assets/names/given_names_1990.csv").lines().skip(1);
        let pair = |line: &'static str| {
            let (name, more) = line.split_once(',')?;
            let (_, nickname) = more.split_once(',')?;
            let nickname = nickname.trim_end();
            // Initials (k.c.) are no nickname that a word could be looked up as, and titles come first.
            let is_other = nickname.contains('.') || title_of(name).or(title_of(nickname)).is_some();
            (!is_other).then_some((name, nickname))
        };
        let pairs: Vec<_> = nicknames.filter_map(pair).collect();
        let mut names_of: HashMap<_, Vec<_>> = HashMap::new();
        for &(name, nickname) in &pairs {
            names_of.entry(nickname).or_default().push(name);
        }
        let count = |line: &'static str| {
            let (name, count) = line.split_once(',')?;
            Some((name, count.trim_end().parse().ok()?))
        };
        let settle = |(name, words): (&'static str, &'static str)| {
            words.split(' ').map(move |word| (word, if name.is_empty() { word } else { name }))
        };
        let settled = SETTLED.into_iter().flat_map(settle).collect();
        Self { pairs, names_of, bearers: bearers.filter_map(count).collect(), settled }
    }

    fn words(&self) -> impl Iterator<Item = &'static str> {
        self.pairs.iter().flat_map(|&(name, nickname)| [name, nickname])
    }

    /// Each step leads to a commoner name or to a settled one, so it ends.
    fn form(&self, word: &'static str) -> &'static str {
        let mut form = word;
        loop {
            if let Some(settled) = self.settled.get(form) {
                return settled;
            }
            match self.commonest(form) {
                Some(name) if self.count(name) > self.count(form) => form = name,
                // Of two names that nobody in the census bore, the one with the nickname.
                Some(name) if self.count(form) == 0 && !self.names_of.contains_key(name) => return name,
                _ => return form,
            }
        }
    }

    fn commonest(&self, nickname: &str) -> Option<&'static str> {
        let rank = |name: &&'static str| (Reverse(self.count(name)), Reverse(common_beginning(name, nickname)), *name);
        self.names_of.get(nickname)?.iter().copied().min_by_key(rank)
    }

    fn count(&self, name: &str) -> u32 {
        self.bearers.get(name).copied().unwrap_or(0)
    }
}

fn common_beginning(a: &str, b: &str) -> usize {
    a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standard(value: &str) -> String {
        let mut out = String::new();
        standardize(value, &mut out);
        out
    }

    #[test]
    fn the_published_samples_hold() {
        assert_eq!(standard("Debby"), "deborah");
        assert_eq!(standard("Professor"), standard("Prof."));
    }

    #[test]
    fn nicknames_become_the_names_they_usually_stand_for() {
        for (nicknames, name) in [
            ("Bob Bobby Rob", "robert"),
            ("Bill Billy Will Willy Willie", "william"),
            ("Liz Beth Betty Eliza Lizzie", "elizabeth"),
            ("Tony", "anthony"),
            ("Alex", "alexander"),
            ("Jim Jimmy", "james"),
            ("Jack Johnny Jon", "john"),
            ("Dick Rick Ricky Rich", "richard"),
            ("Mike Mick", "michael"),
            ("Peggy Meg Marge", "margaret"),
            ("Ann Anne Annie", "anna"),
            ("Jo", "josephine"),
            ("Joe", "joseph"),
            ("Debbie Deb", "deborah"),
            ("Larry", "lawrence"),
            ("Chris", "christopher"),
            ("Sue", "susan"),
            ("Ted", "theodore"),
            ("Kate", "katherine"),
        ] {
            for nickname in nicknames.split(' ') {
                assert_eq!(standard(nickname), name, "{nickname}");
            }
        }
    }

    #[test]
    fn common_names_that_are_nicknames_of_others_stay() {
        for name in
            "mary luke ian john mark james hannah peter jane frank terry lee eric laura helen henry george".split(' ')
        {
            assert_eq!(standard(name), name);
        }
    }

    #[test]
    fn titles_and_generations_have_one_form() {
        assert_eq!(standard("Doctor Bob O'Neil, Junior"), standard("DR. Robert O'Neil, jr."));
        assert_eq!(standard("Mister X, Ph.D."), "mr X, phd");
    }

    #[test]
    fn other_words_and_what_is_between_them_stay() {
        assert_eq!(standard("Bob\u{301}"), "Bob\u{301}");
        assert_eq!(standard(" Xyz-Bobby  Qvist (A.B.) 王 👑 "), " Xyz-robert  Qvist (A.B.) 王 👑 ");
    }

    #[test]
    fn every_form_stands_for_itself() {
        assert!(FORMS.len() > 2000, "{}", FORMS.len());
        for (word, form) in FORMS.iter() {
            assert_eq!(FORMS.get(form), Some(form), "{word}");
            assert_eq!(standard(form), **form);
        }
    }
}
