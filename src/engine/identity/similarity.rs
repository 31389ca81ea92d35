//! How alike two values are: the measures that compare text by degrees (semantics 1.4).
//!
//! A pair scores from 0 to 1 and passes where the score reaches the precision; equal values score 1, and a blank
//! agrees with nothing. Where a measure counts, the test is in whole numbers, so 0.6 and 0.8 are met exactly.
//!
//! | Measure | Score |
//! |---|---|
//! | Edit distance | characters of the longer value less the Levenshtein distance, of those characters |
//! | Damerau-Levenshtein | the same with the unrestricted distance, which may edit between swapped characters |
//! | Jaro-Winkler | Jaro, and where it is above 0.7 a tenth of the rest for each of up to 4 common first characters |
//! | Token set | words that both have, of the words that either has; words are parted by white space |
//!
//! Nearly all pairs of a block are far apart, so [`Prepared`] keeps of each value what bounds its score from above
//! (`letters`) and looks at the text of few.

mod letters;
mod pattern;
mod plain;
mod words;

use letters::Profile;
use pattern::Pattern;
pub use plain::{passes, score};
use words::Words;

use crate::engine::dictionary::{BLANK, Dictionary};
use crate::project::Comparison;

/// Values of more characters (words in a token set) agree only with themselves: two texts of a megabyte would take
/// minutes to compare.
pub const LONGEST: usize = 10_000;
/// The same for Damerau-Levenshtein, whose steps grow with the product of the lengths.
pub const LONGEST_SWAPPED: usize = 1_000;

/// So many first characters count in Jaro-Winkler, each with [`PREFIX_WEIGHT`].
const PREFIX: usize = 4;
const PREFIX_WEIGHT: f64 = 0.1;
/// Only above this Jaro similarity does a common beginning count.
const BOOSTED_ABOVE: f64 = 0.7;
/// Far above what rounding does to a score, far below the step between two scores: bounds give way by it.
const SLACK: f64 = 1e-9;

/// The longest values that a measure compares.
const fn longest(measure: Comparison) -> usize {
    match measure {
        Comparison::DamerauLevenshtein { .. } => LONGEST_SWAPPED,
        _ => LONGEST,
    }
}

/// The most edits with which values pass, the longer one having so many characters.
pub(super) const fn most_edits(longer: usize, percent: u32) -> usize {
    longer * (100 - percent as usize) / 100
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The percentage as the measure's score states it, and as DuckDB reads `0.9`.
fn threshold(percent: u32) -> f64 {
    f64::from(percent) / 100.0
}

/// Jaro-Winkler similarity of two values with this Jaro similarity.
///
/// The boost is added in one rounding, as DuckDB does: a score of exactly 0.92 then reaches 0.92.
fn winkler<C: PartialEq>(jaro: f64, a: impl IntoIterator<Item = C>, b: impl IntoIterator<Item = C>) -> f64 {
    if jaro <= BOOSTED_ABOVE {
        return jaro;
    }
    let prefix = a.into_iter().zip(b).take(PREFIX).take_while(|(a, b)| a == b).count();
    (prefix as f64 * PREFIX_WEIGHT).mul_add(1.0 - jaro, jaro)
}

/// Room that comparing reuses; one for each thread.
#[derive(Default)]
pub struct Scratch {
    pattern: Pattern,
    /// Whose pattern it is, within one call.
    of: Option<u32>,
}

/// The distinct values of one condition, prepared for comparing.
pub struct Prepared<'a> {
    measure: Comparison,
    percent: u32,
    values: &'a Dictionary,
    /// By code.
    profiles: Vec<Profile>,
    /// Empty but for a token set.
    words: Words,
    bound: Bound,
}

impl<'a> Prepared<'a> {
    /// Over a whole dictionary. A measure that does not compare by degrees passes equal values only.
    pub fn new(measure: Comparison, values: &'a Dictionary) -> Self {
        let words = match measure {
            Comparison::TokenSet { .. } => Words::new(values),
            _ => Words::default(),
        };
        let longest = longest(measure);
        let profiles = match measure {
            Comparison::TokenSet { .. } => {
                (0..values.len() as u32).map(|code| Profile::of_words(words.of(code), longest)).collect()
            }
            _ => values.iter().map(|(_, value)| Profile::of_text(value, longest)).collect(),
        };
        let percent = u32::from(measure.precision().unwrap_or(100)).min(100);
        Self { measure, percent, values, profiles, words, bound: Bound::new(measure, percent) }
    }

    pub fn measure(&self) -> Comparison {
        self.measure
    }

    /// The score of two codes where it reaches the precision.
    pub fn passes(&self, scratch: &mut Scratch, a: u32, b: u32) -> Option<f64> {
        scratch.of = None;
        self.pass(scratch, a, b)
    }

    /// One value against many: calls `found(position in others, score)` for those that pass, in order.
    pub fn compare_many(&self, scratch: &mut Scratch, a: u32, others: &[u32], found: &mut impl FnMut(usize, f64)) {
        scratch.of = None;
        for (position, &b) in others.iter().enumerate() {
            if let Some(score) = self.pass(scratch, a, b) {
                found(position, score);
            }
        }
    }

    /// The score whatever the precision; that of [`Prepared::passes`] to the last bit.
    pub fn score(&self, scratch: &mut Scratch, a: u32, b: u32) -> f64 {
        scratch.of = None;
        if a == b { f64::from(a != BLANK) } else { self.exact(scratch, a, b, 0).unwrap_or(0.0) }
    }

    /// Whether the pair may pass, by what is known of both without looking at their texts; never wrong in saying no.
    #[inline]
    pub(super) fn may_pass(&self, a: u32, b: u32) -> bool {
        self.bound.admits(&self.profiles[a as usize], &self.profiles[b as usize])
    }

    /// Characters of a value, or words in a token set; 0 where it agrees with nothing but itself.
    pub(super) fn length(&self, code: u32) -> usize {
        usize::from(self.profiles[code as usize].length)
    }

    pub(super) fn value(&self, code: u32) -> &'a str {
        self.values.get(code)
    }

    /// In a token set: the words of a value, the rarest first.
    pub(super) fn words(&self, code: u32) -> &[u32] {
        self.words.of(code)
    }

    /// How many different words there are.
    pub(super) fn word_count(&self) -> usize {
        self.words.count()
    }

    pub(super) fn percent(&self) -> u32 {
        self.percent
    }

    #[inline]
    fn pass(&self, scratch: &mut Scratch, a: u32, b: u32) -> Option<f64> {
        if a == b {
            return (a != BLANK).then_some(1.0);
        }
        if self.may_pass(a, b) { self.exact(scratch, a, b, self.percent) } else { None }
    }

    /// The score of two different codes where it reaches so many percent.
    fn exact(&self, scratch: &mut Scratch, a: u32, b: u32, percent: u32) -> Option<f64> {
        let (length_a, length_b) = (self.length(a), self.length(b));
        if length_a == 0 || length_b == 0 {
            return None;
        }
        if let Comparison::TokenSet { .. } = self.measure {
            let common = words::common(self.words.of(a), self.words.of(b));
            return plain::jaccard(common, length_a + length_b - common, percent);
        }
        let longer = length_a.max(length_b);
        let most = most_edits(longer, percent);
        let (text_a, text_b) = (self.values.get(a), self.values.get(b));
        let (Some(short_a), Some(short_b)) = (pattern::short(text_a, length_a), pattern::short(text_b, length_b))
        else {
            return plain::compare(self.measure, text_a, text_b, longer, percent);
        };
        if scratch.of != Some(a) {
            scratch.pattern.load(short_a);
            scratch.of = Some(a);
        }
        let distance = match self.measure {
            Comparison::EditDistance { .. } => scratch.pattern.levenshtein(short_b),
            Comparison::DamerauLevenshtein { .. } => {
                // A swap is two edits of the other kind, so that distance is at most twice this one.
                let distance = scratch.pattern.levenshtein(short_b);
                if distance > 2 * most {
                    return None;
                }
                if distance > 1 { plain::damerau_levenshtein(text_a, text_b, most)? } else { distance }
            }
            Comparison::JaroWinkler { .. } => {
                let score = winkler(scratch.pattern.jaro(short_b), short_a, short_b);
                return (score >= threshold(percent)).then_some(score);
            }
            _ => return None,
        };
        (distance <= most).then(|| ratio(longer - distance, longer))
    }
}

/// What two values must have in common to pass.
enum Bound {
    /// Of the longer value's characters so many percent: an edit makes up for one that the other does not have.
    Edits { percent: u32 },
    /// Of the words of both so many percent.
    Words { percent: u32 },
    /// By the number of first characters in common: with `m` common characters Jaro is at most
    /// `(m / a + m / b + 1) / 3`, so `m / a + m / b` must reach this.
    Jaro { needed: [f64; PREFIX + 1] },
    /// Only equal values pass.
    Equal,
}

impl Bound {
    fn new(measure: Comparison, percent: u32) -> Self {
        match measure {
            Comparison::EditDistance { .. } | Comparison::DamerauLevenshtein { .. } => Self::Edits { percent },
            Comparison::TokenSet { .. } => Self::Words { percent },
            Comparison::JaroWinkler { .. } => {
                let threshold = threshold(percent);
                let jaro = |prefix: usize| {
                    let boost = prefix as f64 * PREFIX_WEIGHT;
                    if threshold <= BOOSTED_ABOVE {
                        threshold
                    } else {
                        ((threshold - boost) / (1.0 - boost)).max(BOOSTED_ABOVE)
                    }
                };
                Self::Jaro { needed: std::array::from_fn(|prefix| 3.0 * jaro(prefix) - 1.0 - SLACK) }
            }
            _ => Self::Equal,
        }
    }

    #[inline]
    fn admits(&self, a: &Profile, b: &Profile) -> bool {
        let common = a.common(b);
        if common == 0 {
            return false;
        }
        let (length_a, length_b) = (u32::from(a.length), u32::from(b.length));
        match self {
            Self::Edits { percent } => common * 100 >= percent * length_a.max(length_b),
            Self::Words { percent } => common * (100 + percent) >= percent * (length_a + length_b),
            // Both sides times both lengths: a product is cheaper than a quotient.
            Self::Jaro { needed } => {
                f64::from(common * (length_a + length_b)) >= needed[a.prefix(b)] * f64::from(length_a * length_b)
            }
            Self::Equal => false,
        }
    }
}

#[cfg(test)]
mod tests;
