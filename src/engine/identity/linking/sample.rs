//! Candidate pairs with the score of each condition, whether they pass or not: for previews, histograms and review.

use hashbrown::HashSet;

use super::blocks::{Blocks, Narrowing};
use super::classes::{Classes, NO_CLASS};
use super::tests_of_pairs::PairTests;
use super::{CodedRule, LinkRule, Scratch};
use crate::task::{Cancelled, Task};

/// Two rows that share a rule's exact conditions, or that an index names.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    pub lower_row: u32,
    pub upper_row: u32,
    /// The rule's score: the smallest of its conditions' (semantics 1.4). 0 where one is blank.
    pub score: f64,
    /// Whether the rule links them: all conditions hold and the exceptions do not.
    pub is_linked: bool,
    /// Whether the exceptions alone keep it from that, whatever the scores.
    pub is_excepted: bool,
}

/// Some of a rule's candidates.
#[derive(Debug, Clone, Default)]
pub struct Sample {
    pub candidates: Vec<Candidate>,
    /// For each candidate the scores of the conditions that no key decides; NaN where a value is blank.
    scores: Vec<f64>,
    /// Their places among the rule's conditions.
    compared: Vec<usize>,
    /// Of so many pairs of distinct values; more than in `candidates` where they were too many.
    pub pairs: u64,
}

impl Sample {
    pub fn is_all(&self) -> bool {
        self.pairs <= self.candidates.len() as u64
    }

    /// A candidate's score of one condition of the rule, 1 for a key; `None` where a value is blank.
    pub fn score(&self, candidate: usize, condition: usize) -> Option<f64> {
        let Some(place) = self.compared.iter().position(|&place| place == condition) else { return Some(1.0) };
        Some(self.scores[candidate * self.compared.len() + place]).filter(|score| !score.is_nan())
    }
}

/// Looks at no more than about `limit` candidates, spread evenly over all blocks and the same each time.
pub(super) fn of_blocks(
    rule: &LinkRule<'_>,
    coded: &CodedRule,
    classes: &Classes,
    tests: &PairTests<'_>,
    blocks: &Blocks<'_>,
    limit: u64,
    task: &Task,
) -> Result<Sample, Cancelled> {
    let is_one_table = blocks.is_one_table();
    let equal = if is_one_table { equal_rows(&classes.lower.of_row, classes.lower.len()) } else { Vec::new() };
    let compared = (0..rule.conditions.len()).filter(|place| !coded.key_places.contains(place)).collect();
    let pairs = blocks.comparisons() + equal.len() as u64;
    let mut sampling = Sampling {
        stride: blocks.comparisons().div_ceil(limit.max(1)).max(1),
        is_one_table,
        seen: 0,
        sample: Sample { compared, pairs, ..Sample::default() },
        classes,
        tests,
        scratch: Scratch::default(),
        tried: HashSet::new(),
    };
    // Rows alike in everything are one pair in the list, however many they are.
    let step = (equal.len() as u64).div_ceil(limit.max(1)).max(1);
    for (lower_row, upper_row) in equal.into_iter().step_by(step as usize) {
        let class = classes.lower.of_row[lower_row as usize];
        sampling.try_pair((class, class), (lower_row, upper_row));
    }
    match &blocks.narrowing {
        Narrowing::Keys => {
            for block in 1..blocks.lower.len() as u32 {
                task.check()?;
                let (lower, (upper, _)) = (blocks.lower.of(block), blocks.upper_of(block));
                for (place, &class) in lower.iter().enumerate() {
                    let first = if is_one_table { place + 1 } else { 0 };
                    sampling.pairs_of(class, &upper[first..]);
                }
            }
        }
        Narrowing::Index(index) => {
            // To find the candidates of a value takes longer than to compare them, so whole values are passed over.
            let step = sampling.stride;
            for &code in index.lower_codes.iter().step_by(step as usize) {
                task.check()?;
                let near = index.classes_near(code, is_one_table);
                let own = index.lower_classes.of(code);
                // A value that many rows share is not the only one to be seen.
                let of_value = own.len() as u64 * (near.len() + own.len()) as u64;
                sampling.stride = of_value.div_ceil(limit.max(1)).max(1);
                for &class in own {
                    task.check()?;
                    let others: Vec<u32> = index.partners(class, code, &near, is_one_table).collect();
                    sampling.pairs_of(class, &others);
                }
                if sampling.sample.candidates.len() as u64 > limit.saturating_mul(2) {
                    break;
                }
            }
        }
    }
    Ok(sampling.sample)
}

/// The first two rows of every class that has several.
fn equal_rows(classes: &[u32], count: usize) -> Vec<(u32, u32)> {
    let mut first = vec![u32::MAX; count];
    let mut paired = vec![false; count];
    let mut pairs = Vec::new();
    for (row, &class) in classes.iter().enumerate().filter(|&(_, &class)| class != NO_CLASS) {
        let class = class as usize;
        if first[class] == u32::MAX {
            first[class] = row as u32;
        } else if !std::mem::replace(&mut paired[class], true) {
            pairs.push((first[class], row as u32));
        }
    }
    pairs
}

struct Sampling<'a> {
    /// Every so many pairs one is looked at.
    stride: u64,
    is_one_table: bool,
    seen: u64,
    sample: Sample,
    classes: &'a Classes,
    tests: &'a PairTests<'a>,
    scratch: Scratch,
    /// Pairs that several blocks name are one.
    tried: HashSet<(u32, u32)>,
}

impl Sampling<'_> {
    /// A class with others: those whose turn it is.
    fn pairs_of(&mut self, class: u32, others: &[u32]) {
        let mut place = (self.stride - self.seen % self.stride) % self.stride;
        while let Some(&other) = others.get(place as usize) {
            let pair = if self.is_one_table { (class.min(other), class.max(other)) } else { (class, other) };
            if (class != other || !self.is_one_table) && self.tried.insert(pair) {
                let rows = (self.classes.lower.rows[class as usize], self.classes.upper().rows[other as usize]);
                self.try_pair((class, other), rows);
            }
            place += self.stride;
        }
        self.seen += others.len() as u64;
    }

    fn try_pair(&mut self, (lower, upper): (u32, u32), (lower_row, upper_row): (u32, u32)) {
        let start = self.sample.scores.len();
        let (is_linked, is_excepted) = self.tests.trial(&mut self.scratch, lower, upper, &mut self.sample.scores);
        let scores = &self.sample.scores[start..];
        let least = scores.iter().map(|score| if score.is_nan() { 0.0 } else { *score }).fold(1.0, f64::min);
        self.sample.candidates.push(Candidate { lower_row, upper_row, score: least, is_linked, is_excepted });
    }
}
