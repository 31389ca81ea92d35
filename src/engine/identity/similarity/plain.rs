//! The measures as plain functions of two texts: what they mean, and how texts are compared that are long or not ASCII.

use rapidfuzz::distance::{damerau_levenshtein as swapped, jaro, levenshtein};

use super::{longest, most_edits, ratio, threshold, winkler};
use crate::project::Comparison;

/// How alike two texts are, whatever the precision. A measure that does not compare by degrees knows equal texts only.
pub fn score(measure: Comparison, a: &str, b: &str) -> f64 {
    reaching(measure, a, b, 0).unwrap_or(0.0)
}

/// The score of two texts where it reaches the measure's precision.
pub fn passes(measure: Comparison, a: &str, b: &str) -> Option<f64> {
    reaching(measure, a, b, u32::from(measure.precision().unwrap_or(100)).min(100))
}

fn reaching(measure: Comparison, a: &str, b: &str, percent: u32) -> Option<f64> {
    if a == b {
        return (!a.is_empty()).then_some(1.0);
    }
    if let Comparison::TokenSet { .. } = measure {
        let (a, b) = (distinct_words(a), distinct_words(b));
        if a.len().max(b.len()) > longest(measure) {
            return None;
        }
        let common = a.iter().filter(|word| b.binary_search(word).is_ok()).count();
        return jaccard(common, a.len() + b.len() - common, percent);
    }
    let (length_a, length_b) = (a.chars().count(), b.chars().count());
    let longer = length_a.max(length_b);
    if longer > longest(measure) || length_a == 0 || length_b == 0 {
        return None;
    }
    compare(measure, a, b, longer, percent)
}

fn distinct_words(value: &str) -> Vec<&str> {
    let mut words: Vec<&str> = value.split_whitespace().collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// The share of the words in common, where it reaches so many percent.
pub fn jaccard(common: usize, all: usize, percent: u32) -> Option<f64> {
    (common * 100 >= percent as usize * all && common > 0).then(|| ratio(common, all))
}

/// Two different texts, neither empty nor too long, by all measures but the token set.
pub fn compare(measure: Comparison, a: &str, b: &str, longer: usize, percent: u32) -> Option<f64> {
    let most = most_edits(longer, percent);
    let distance = match measure {
        Comparison::EditDistance { .. } => {
            levenshtein::distance_with_args(a.chars(), b.chars(), &levenshtein::Args::default().score_cutoff(most))
        }
        Comparison::DamerauLevenshtein { .. } => damerau_levenshtein(a, b, most),
        Comparison::JaroWinkler { .. } => {
            // Without a cutoff of its own, which may be off by a bit.
            let score = winkler(jaro::similarity(a.chars(), b.chars()), a.chars(), b.chars());
            return (score >= threshold(percent)).then_some(score);
        }
        _ => None,
    };
    distance.map(|distance| ratio(longer - distance, longer))
}

/// The unrestricted distance, where it is at most so much.
pub fn damerau_levenshtein(a: &str, b: &str, most: usize) -> Option<usize> {
    swapped::distance_with_args(a.chars(), b.chars(), &swapped::Args::default().score_cutoff(most))
}
