//! Values by their segments, for the edit distances.
//!
//! A segment counts with the length of its value, the most edits of the pair and its number, all hashed into one of
//! many lists: two that share a list by chance are only a candidate too many.

use std::ops::RangeInclusive;

use super::lists::Lists;
use crate::engine::identity::similarity::{Prepared, most_edits};
use crate::project::Comparison;

/// Longer texts are not cut: they would have more segments, and more places for each, than there are values.
const LONGEST: usize = 64;
/// Shorter segments are in too many values to be worth looking up.
const SHORTEST_SEGMENT: usize = 2;

/// How many edits a pair may have, by the length of the longer value.
#[derive(Clone, Copy)]
pub struct Budget {
    percent: u32,
    /// How many segments an edit touches.
    touches: usize,
}

impl Budget {
    pub fn of(measure: Comparison) -> Option<Self> {
        match measure {
            Comparison::EditDistance { precision } => Some(Self { percent: u32::from(precision), touches: 1 }),
            Comparison::DamerauLevenshtein { precision } => Some(Self { percent: u32::from(precision), touches: 2 }),
            _ => None,
        }
    }

    fn edits(self, longer: usize) -> usize {
        most_edits(longer, self.percent)
    }

    /// The lengths, up to `most`, that may pass with a length.
    fn lengths(self, length: usize, most: usize) -> RangeInclusive<usize> {
        length - self.edits(length)..=self.longest(length).min(most)
    }

    fn longest(self, length: usize) -> usize {
        // The longer value keeps so many percent of its characters.
        (length * 100).checked_div(self.percent as usize).unwrap_or(usize::MAX)
    }

    /// How many segments a value of this length has for so many edits; `None` where it is not cut.
    fn segments(self, length: usize, edits: usize) -> Option<usize> {
        let segments = self.touches * edits + 1;
        (length <= LONGEST && length / segments >= SHORTEST_SEGMENT).then_some(segments)
    }
}

pub struct Segments {
    budget: Budget,
    lists: Lists,
    /// How far a hash is shifted to give the number of a list.
    shift: u32,
}

impl Segments {
    pub fn new(prepared: &Prepared<'_>, budget: Budget, codes: &[u32]) -> Self {
        // By length the numbers of edits for which values are cut, and into how many segments.
        let cuts: Vec<Vec<(usize, usize)>> = (0..=LONGEST).map(|length| cuts(budget, length)).collect();
        let entries: usize = codes
            .iter()
            .filter_map(|&code| cuts.get(prepared.length(code)))
            .map(|cuts| cuts.iter().map(|(_, segments)| segments).sum::<usize>())
            .sum();
        let bits = entries.next_power_of_two().ilog2().clamp(1, 31);
        let shift = u64::BITS - bits;
        let lists = Lists::new(1 << bits, |see| {
            for &code in codes {
                let length = prepared.length(code);
                let Some(cuts) = cuts.get(length).filter(|cuts| !cuts.is_empty()) else { continue };
                let text = Text::new(prepared.value(code));
                for &(edits, segments) in cuts {
                    for segment in 0..segments {
                        let (start, end) = place(length, segments, segment);
                        see((seed(length, edits, segment).hash(&text, start, end) >> shift) as u32, code);
                    }
                }
            }
        });
        Self { budget, lists, shift }
    }

    /// The lists among whose codes are all that pass with a value of this length; those not cut come by their length.
    pub fn lists(&self, value: &str, length: usize, lengths: &Lists, visit: &mut impl FnMut(&[u32])) {
        let text = (length <= LONGEST).then(|| Text::new(value));
        for other in self.budget.lengths(length, lengths.len().saturating_sub(1)) {
            let edits = self.budget.edits(length.max(other));
            let all = lengths.of(other);
            if edits == 0 || all.is_empty() {
                continue;
            }
            match (&text, self.cut(length, other, edits)) {
                (Some(text), Some(segments)) => self.probe(text, length, other, edits, segments, visit),
                _ => visit(all),
            }
        }
    }

    fn cut(&self, length: usize, other: usize, edits: usize) -> Option<usize> {
        if length > LONGEST { None } else { self.budget.segments(other, edits) }
    }

    /// Where a segment that no edit touches can stand: edits to the left of it and to the right shift it.
    fn probe(
        &self,
        text: &Text,
        length: usize,
        other: usize,
        edits: usize,
        segments: usize,
        visit: &mut impl FnMut(&[u32]),
    ) {
        let (edits, difference) = (edits as isize, length as isize - other as isize);
        for segment in 0..segments {
            let (start, end) = place(other, segments, segment);
            let seed = seed(other, edits as usize, segment);
            // The first segment before whose end there are no more edits than segments before it is not touched:
            // so few edits are to its left, and the rest to its right.
            let (left, right) = (segment as isize, (segments - 1 - segment) as isize);
            // In all there are at least as many as the shift, and what the rest shifts back.
            let (back, forth) = ((edits - difference) / 2, (edits + difference) / 2);
            let lowest = (-left).max(difference - right).max(-back).max(-(start as isize));
            let highest = left.min(difference + right).min(forth).min(length as isize - end as isize);
            for shift in lowest..=highest {
                let (start, end) = (start.saturating_add_signed(shift), end.saturating_add_signed(shift));
                visit(self.lists.of((seed.hash(text, start, end) >> self.shift) as usize));
            }
        }
    }
}

/// For which numbers of edits values of a length are cut, as others up to [`LONGEST`] may be compared with them.
fn cuts(budget: Budget, length: usize) -> Vec<(usize, usize)> {
    let mut all: Vec<(usize, usize)> = budget
        .lengths(length, LONGEST)
        .map(|other| budget.edits(length.max(other)))
        .filter(|&edits| edits > 0)
        .filter_map(|edits| Some((edits, budget.segments(length, edits)?)))
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Where a segment of a value starts and ends.
fn place(length: usize, segments: usize, segment: usize) -> (usize, usize) {
    (length * segment / segments, length * (segment + 1) / segments)
}

const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// What tells segments of different kinds apart.
struct Seed(u64);

fn seed(length: usize, edits: usize, segment: usize) -> Seed {
    Seed(((length << 16 | edits << 8 | segment) as u64).wrapping_mul(0xd6e8_feb8_6659_fd93))
}

impl Seed {
    #[inline]
    fn hash(&self, text: &Text, start: usize, end: usize) -> u64 {
        let mixed = (text.hash(start, end) ^ self.0).wrapping_mul(FACTOR);
        (mixed ^ mixed >> 32).wrapping_mul(FACTOR)
    }
}

/// The hashes of all beginnings of a text, from which follow those of all its parts.
struct Text([u64; LONGEST + 1]);

impl Text {
    /// Of its first [`LONGEST`] characters.
    fn new(value: &str) -> Self {
        let mut hashes = [0; LONGEST + 1];
        let mut hash = 0_u64;
        for (place, c) in hashes[1..].iter_mut().zip(value.chars()) {
            hash = hash.wrapping_mul(FACTOR).wrapping_add(u64::from(c) + 1);
            *place = hash;
        }
        Self(hashes)
    }

    #[inline]
    fn hash(&self, start: usize, end: usize) -> u64 {
        self.0[end].wrapping_sub(self.0[start].wrapping_mul(POWERS[end - start]))
    }
}

const POWERS: [u64; LONGEST + 1] = {
    let mut powers = [1; LONGEST + 1];
    let mut power = 1;
    while power <= LONGEST {
        powers[power] = FACTOR.wrapping_mul(powers[power - 1]);
        power += 1;
    }
    powers
};
