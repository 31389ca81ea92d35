//! Which values may agree by degrees, where no exact condition narrows the rows: every pair that passes is among the
//! candidates, and far fewer than all pairs are.
//!
//! Edit distances: a value is cut into one segment more than it may have edits, so that one of them stands unchanged
//! in any value that passes, at most so far from its place as edits shift it (PassJoin, Li et al. 2011). Where
//! segments would be too short to tell values apart, and in long texts, all values of a fitting length are
//! candidates. Token set: of two values that pass, both have one of their rarest words in common (prefix filter,
//! Chaudhuri et al. 2006). Either way only those are given that may pass by their letters or number of words.

mod lists;
mod segments;

use lists::Lists;
use segments::{Budget, Segments};

use super::similarity::Prepared;
use crate::project::Comparison;

/// One side's values, found by those that may pass with them.
pub struct Index<'a> {
    prepared: &'a Prepared<'a>,
    /// All values, by length; in a token set none.
    lengths: Lists,
    by: By,
}

enum By {
    Segments(Segments),
    /// By word the values that have it among their rarest.
    Words(Lists),
    /// All values are candidates: the measure has no index.
    All,
}

impl<'a> Index<'a> {
    /// Of distinct codes; blanks are left out. Of a measure that [`Comparison::can_index`] refuses all values are candidates.
    pub fn new(prepared: &'a Prepared<'a>, codes: &[u32]) -> Self {
        // Values without a length agree only with themselves.
        let mut codes: Vec<u32> = codes.iter().copied().filter(|&code| prepared.length(code) > 0).collect();
        codes.sort_unstable();
        codes.dedup();
        let by = match Budget::of(prepared.measure()) {
            Some(budget) => By::Segments(Segments::new(prepared, budget, &codes)),
            None if matches!(prepared.measure(), Comparison::TokenSet { .. }) => {
                By::Words(Lists::new(prepared.word_count(), |see| {
                    codes.iter().for_each(|&code| rarest(prepared, code).iter().for_each(|&word| see(word, code)))
                }))
            }
            None => By::All,
        };
        let longest = codes.iter().map(|&code| prepared.length(code)).max().unwrap_or(0);
        let lengths = Lists::new(longest + 1, |see| match by {
            By::Words(_) => {}
            _ => codes.iter().for_each(|&code| see(prepared.length(code) as u32, code)),
        });
        Self { prepared, lengths, by }
    }

    /// Appends the codes of the indexed side that may pass with `code`, other than itself: ascending, each once.
    pub fn candidates(&self, code: u32, out: &mut Vec<u32>) {
        self.candidates_from(0, code, out);
    }

    /// The same, only those above `code`: where both sides are one, so that each pair comes once.
    pub fn later_candidates(&self, code: u32, out: &mut Vec<u32>) {
        self.candidates_from(code.saturating_add(1), code, out);
    }

    fn candidates_from(&self, least: u32, code: u32, out: &mut Vec<u32>) {
        let start = out.len();
        self.lists(code, |list| {
            let later = list.partition_point(|&other| other < least);
            let fit = |&other: &u32| other != code && self.prepared.may_pass(code, other);
            out.extend(list[later..].iter().copied().filter(fit));
        });
        out[start..].sort_unstable();
        let mut kept = start;
        for place in start..out.len() {
            if place == start || out[place] != out[kept - 1] {
                out[kept] = out[place];
                kept += 1;
            }
        }
        out.truncate(kept);
    }

    /// How many values are looked at to find the candidates of `code`, repeats counted: at least as many as it has.
    /// Where both sides are one, the sum over all codes counts each pair from both ends.
    pub fn estimate(&self, code: u32) -> u64 {
        let mut total = 0;
        self.lists(code, |list| total += list.len() as u64);
        total
    }

    /// The lists of codes among which are all that pass with `code`; each is ascending.
    fn lists(&self, code: u32, mut visit: impl FnMut(&[u32])) {
        let length = self.prepared.length(code);
        if length == 0 {
            return;
        }
        match &self.by {
            By::Segments(segments) => segments.lists(self.prepared.value(code), length, &self.lengths, &mut visit),
            By::Words(lists) => rarest(self.prepared, code).iter().for_each(|&word| visit(lists.of(word as usize))),
            By::All => (0..self.lengths.len()).for_each(|length| visit(self.lengths.of(length))),
        }
    }
}

/// The words one of which a value must share to pass: without them too few are left.
fn rarest<'p>(prepared: &'p Prepared<'_>, code: u32) -> &'p [u32] {
    let words = prepared.words(code);
    let shared = (words.len() * prepared.percent() as usize).div_ceil(100);
    &words[..(words.len() + 1 - shared.max(1)).min(words.len())]
}

#[cfg(test)]
mod tests;
