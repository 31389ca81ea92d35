//! Candidate pairs with the score of each condition, whether they pass or not: for previews, histograms and review.

use super::blocks::{Blocks, Narrowing};
use super::classes::NO_CLASS;
use super::tests_of_pairs::PairTests;
use super::{CodedRule, LinkRule, Scratch};
use crate::task::{Cancelled, Task};

/// Two rows that share a rule's exact conditions, or that an index names.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub lower_row: u32,
    pub upper_row: u32,
    /// By condition of the rule its score; `None` where a value is blank.
    pub scores: Vec<Option<f64>>,
    /// Whether the rule links them: all conditions hold and the exceptions do not.
    pub is_linked: bool,
}

impl Candidate {
    /// The rule's score: the smallest of its conditions' (semantics 1.4). 0 where one is blank.
    pub fn score(&self) -> f64 {
        self.scores.iter().map(|score| score.unwrap_or_default()).fold(1.0, f64::min)
    }
}

/// Some of a rule's candidates.
#[derive(Debug, Clone, Default)]
pub struct Sample {
    pub candidates: Vec<Candidate>,
    /// Of so many pairs of distinct values; more than in `candidates` where they were too many.
    pub pairs: u64,
}

impl Sample {
    pub fn is_all(&self) -> bool {
        self.pairs <= self.candidates.len() as u64
    }
}

/// Looks at no more than about `limit` candidates, spread evenly over all blocks and the same each time.
pub fn sample(rule: &LinkRule<'_>, limit: u64, task: &Task) -> Result<Sample, Cancelled> {
    let Some(coded) = CodedRule::new(rule) else { return Ok(Sample::default()) };
    task.check()?;
    let classes = coded.classes();
    let tests = PairTests::new(&coded, &classes);
    let blocks = Blocks::new(&coded, &classes, &tests);
    let stride = blocks.comparisons().div_ceil(limit.max(1)).max(1);
    let is_one_table = blocks.is_one_table();
    let mut sampling =
        Sampling { stride, is_one_table, seen: 0, found: Vec::new(), tests: &tests, scratch: Scratch::default() };
    let equal = if rule.upper.is_none() { equal_rows(&classes.lower.of_row, classes.lower.len()) } else { Vec::new() };
    match &blocks.narrowing {
        Narrowing::Keys => {
            for block in 1..blocks.lower.len() as u32 {
                task.check()?;
                let (lower, (upper, _)) = (blocks.lower.of(block), blocks.upper_of(block));
                for (place, &class) in lower.iter().enumerate() {
                    let first = if blocks.is_one_table() { place + 1 } else { 0 };
                    sampling.pairs_of(class, &upper[first..]);
                }
            }
        }
        Narrowing::Index(index) => {
            // To find the candidates of a value takes longer than to compare them, so whole values are passed over.
            sampling.stride = 1;
            for &code in index.lower_codes.iter().step_by(stride as usize) {
                task.check()?;
                let others = index.classes_near(code, blocks.is_one_table());
                index.lower_classes.of(code).iter().for_each(|&class| sampling.pairs_of(class, &others));
            }
        }
    }
    // Rows alike in everything are one pair in the list, however many they are.
    let step = (equal.len() as u64).div_ceil(limit.max(1)).max(1);
    let pairs = blocks.comparisons() + equal.len() as u64;
    let mut candidates: Vec<Candidate> = Vec::new();
    for (lower_row, upper_row) in equal.into_iter().step_by(step as usize) {
        let class = classes.lower.of_row[lower_row as usize];
        let (scores, is_linked) = tests.trial(&mut sampling.scratch, class, class);
        candidates.push(Candidate { lower_row, upper_row, scores, is_linked });
    }
    candidates.extend(sampling.found.into_iter().map(|(lower, upper, scores, is_linked)| Candidate {
        lower_row: classes.lower.rows[lower as usize],
        upper_row: classes.upper().rows[upper as usize],
        scores,
        is_linked,
    }));
    candidates.iter_mut().for_each(|candidate| candidate.scores = in_order(rule, &coded, &candidate.scores));
    Ok(Sample { candidates, pairs })
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

/// Scores of the compared conditions in the order of the rule's, those that are keys with 1.
fn in_order(rule: &LinkRule<'_>, coded: &CodedRule, compared: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut compared = compared.iter().copied();
    (0..rule.conditions.len())
        .map(|place| if coded.key_places.contains(&place) { Some(1.0) } else { compared.next().flatten() })
        .collect()
}

struct Sampling<'a> {
    /// Every so many pairs one is looked at.
    stride: u64,
    is_one_table: bool,
    seen: u64,
    found: Vec<(u32, u32, Vec<Option<f64>>, bool)>,
    tests: &'a PairTests<'a>,
    scratch: Scratch,
}

impl Sampling<'_> {
    /// A class with others: those whose turn it is.
    fn pairs_of(&mut self, class: u32, others: &[u32]) {
        let mut place = (self.stride - self.seen % self.stride) % self.stride;
        while let Some(&other) = others.get(place as usize) {
            if class != other || !self.is_one_table {
                let (scores, is_linked) = self.tests.trial(&mut self.scratch, class, other);
                self.found.push((class, other, scores, is_linked));
            }
            place += self.stride;
        }
        self.seen += others.len() as u64;
    }
}
