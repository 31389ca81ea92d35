//! Which pairs of classes are compared at all: those of one block, or those that an index names.

use std::ops::Range;
use std::sync::Arc;

use super::classes::{Classes, NO_CLASS, SideClasses};
use super::tests_of_pairs::PairTests;
use super::{CodedRule, Codes, LinkRule, Linked, NO_CODE, RuleLinks, Unit};
use crate::engine::dictionary::Dictionary;
use crate::engine::groups::Groups;
use crate::engine::identity::index::Index;
use crate::project::{Comparison, Condition};

/// What comparing by a rule costs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Estimate {
    /// Pairs of rows that share the exact conditions; of an index, that it names.
    pub pairs: u64,
    /// Pairs of distinct values that are compared: equal rows are compared once.
    pub comparisons: u64,
    /// Whether an index narrows the pairs, since no condition is exact; then the figures are upper bounds.
    pub is_indexed: bool,
    /// The blocks of most pairs, largest first.
    pub blocks: Vec<BlockSize>,
}

/// Comparisons a second on one processor, as far as an estimate goes: measured with names by Jaro-Winkler and edit
/// distance, the reading of the values included.
const RATE: f64 = 25e6;

impl Estimate {
    /// Seconds of comparing on so many threads.
    pub fn seconds(&self, threads: usize) -> f64 {
        self.comparisons as f64 / RATE / threads.max(1) as f64
    }
}

/// A block: the rows of one value of the exact conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockSize {
    /// The values, as in a row of it.
    pub values: Vec<String>,
    pub lower_rows: u64,
    /// Of the higher table; of the same rows where there is one table.
    pub upper_rows: u64,
    pub pairs: u64,
}

/// So many of the largest blocks are listed.
const LISTED: usize = 20;

pub struct Blocks<'a> {
    /// For each block its classes, ascending.
    pub lower: Groups,
    upper: Option<Groups>,
    /// The values of the condition that is compared first, in the order of the upper side's classes.
    upper_codes: Codes,
    /// Where any of several fields may agree: the values that the blocks are of.
    shared_values: Option<Arc<Dictionary>>,
    pub narrowing: Narrowing<'a>,
}

pub enum Narrowing<'a> {
    /// All pairs of a block.
    Keys,
    Index(Box<ValueIndex<'a>>),
}

/// An index over the values of one condition, and the classes that hold them.
pub struct ValueIndex<'a> {
    pub index: Index<'a>,
    pub lower_codes: Codes,
    pub lower_classes: Groups,
    pub upper_classes: Groups,
}

impl<'a> Blocks<'a> {
    pub fn new(rule: &CodedRule, classes: &Classes, tests: &'a PairTests<'a>) -> Self {
        let several = rule.compared.iter().position(|condition| condition.comparison.is_key());
        let mut narrowing = Narrowing::Keys;
        let (lower, upper) = if !rule.keys.is_empty() {
            let of = |side: &SideClasses| Groups::by_number(&side.blocks, largest(classes));
            (of(&classes.lower), classes.upper.as_ref().map(of))
        } else if let Some(place) = several {
            // Any of several values may be the shared one: a class stands in the block of each.
            let (lower, upper) = tests.codes(place);
            let values = rule.compared[place].values.len();
            (entries(lower, values), classes.upper.as_ref().map(|_| entries(upper, values)))
        } else {
            if let Some(index) = ValueIndex::new(rule, tests) {
                narrowing = Narrowing::Index(Box::new(index));
            }
            let of = |side: &SideClasses| Groups::by_number(&side.blocks, largest(classes));
            (of(&classes.lower), classes.upper.as_ref().map(of))
        };
        let codes = tests.leading_codes().unwrap_or_default();
        let items = &upper.as_ref().unwrap_or(&lower).items;
        let upper_codes = items.iter().filter_map(|&class| codes.get(class as usize).copied()).collect();
        let shared_values =
            several.filter(|_| rule.keys.is_empty()).map(|place| Arc::clone(&rule.compared[place].values));
        Self { lower, upper, upper_codes, shared_values, narrowing }
    }

    pub fn is_one_table(&self) -> bool {
        self.upper.is_none()
    }

    /// The upper classes of a block and their leading values, where there is such a condition.
    pub fn upper_of(&self, block: u32) -> (&[u32], &[u32]) {
        let groups = self.upper.as_ref().unwrap_or(&self.lower);
        let range = groups.offsets[block as usize] as usize..groups.offsets[block as usize + 1] as usize;
        (groups.of(block), self.upper_codes.get(range).unwrap_or_default())
    }

    fn sizes(&self, block: u32) -> (u64, u64) {
        let lower = self.lower.of(block).len() as u64;
        (lower, self.upper.as_ref().map_or(lower, |upper| upper.of(block).len() as u64))
    }

    /// The work in pieces of about so many comparisons.
    pub fn units(&self, comparisons: u64) -> Vec<Unit> {
        let mut units = Vec::new();
        if let Narrowing::Index(index) = &self.narrowing {
            let count = index.lower_codes.len() as u32;
            units.extend((0..count).step_by(64).map(|start| Unit { block: 0, rows: start..count.min(start + 64) }));
            return units;
        }
        for block in 1..self.lower.len() as u32 {
            let (lower, upper) = self.sizes(block);
            if pairs(lower, upper, self.is_one_table()) == 0 {
                continue;
            }
            let rows = (comparisons / upper).clamp(1, lower) as u32;
            let lower = lower as u32;
            let pieces = (0..lower).step_by(rows as usize);
            units.extend(pieces.map(|start| Unit { block, rows: Range { start, end: lower.min(start + rows) } }));
        }
        units
    }

    pub fn comparisons(&self) -> u64 {
        if let Narrowing::Index(index) = &self.narrowing {
            return index.comparisons(self.is_one_table());
        }
        let blocks = 1..self.lower.len() as u32;
        blocks
            .map(|block| {
                let (lower, upper) = self.sizes(block);
                pairs(lower, upper, self.is_one_table())
            })
            .sum()
    }

    pub fn estimate(&self, rule: &LinkRule<'_>, classes: &Classes) -> Estimate {
        let comparisons = self.comparisons();
        let is_indexed = matches!(self.narrowing, Narrowing::Index(_));
        if is_indexed {
            return Estimate { pairs: comparisons, comparisons, is_indexed, blocks: Vec::new() };
        }
        let weights = |side: &SideClasses| {
            let mut rows = vec![0_u64; side.len()];
            side.of_row.iter().filter(|&&class| class != NO_CLASS).for_each(|&class| rows[class as usize] += 1);
            rows
        };
        let (lower, upper) = (weights(&classes.lower), classes.upper.as_ref().map(weights));
        let sum =
            |groups: &Groups, rows: &[u64], block| groups.of(block).iter().map(|&class| rows[class as usize]).sum();
        let sizes = (1..self.lower.len() as u32).map(|block| {
            let in_lower = sum(&self.lower, &lower, block);
            let in_upper = match (&self.upper, &upper) {
                (Some(groups), Some(rows)) => sum(groups, rows, block),
                _ => in_lower,
            };
            (in_lower, in_upper)
        });
        let name = |block: u32| {
            let class = self.lower.of(block).first();
            let row = class.map_or(u32::MAX, |&class| classes.lower.rows[class as usize]);
            match &self.shared_values {
                Some(values) => vec![values.get(block).to_owned()],
                None => key_values(rule, row),
            }
        };
        let (pairs, blocks) = largest_blocks(sizes, self.is_one_table(), name);
        Estimate { pairs, comparisons, is_indexed, blocks }
    }
}

/// The estimate of a rule that compares nothing: the pairs that it joins.
pub fn plain_estimate(links: &RuleLinks, rule: &LinkRule<'_>) -> Estimate {
    debug_assert!(matches!(links.linked, Linked::Same));
    let mut first_row = vec![u32::MAX; links.limit];
    let mut count = |classes: &[u32], note: bool| {
        let mut rows = vec![0_u64; links.limit];
        for (row, &class) in classes.iter().enumerate() {
            rows[class as usize] += 1;
            if note && first_row[class as usize] == u32::MAX {
                first_row[class as usize] = row as u32;
            }
        }
        rows
    };
    let lower = count(&links.lower, true);
    let is_one_table = rule.upper.is_none();
    let upper = if is_one_table { lower.clone() } else { count(&links.upper, false) };
    let sizes = lower.iter().copied().zip(upper).skip(1);
    let name = |block: u32| key_values(rule, first_row[block as usize]);
    let (pairs, blocks) = largest_blocks(sizes, is_one_table, name);
    Estimate { pairs, comparisons: 0, is_indexed: false, blocks }
}

/// All pairs, and the largest blocks with their values; blocks are numbered from 1.
fn largest_blocks(
    sizes: impl Iterator<Item = (u64, u64)>,
    is_one_table: bool,
    name: impl Fn(u32) -> Vec<String>,
) -> (u64, Vec<BlockSize>) {
    let mut total = 0;
    let mut largest: Vec<(u64, u32, u64, u64)> = Vec::new();
    for (block, (lower, upper)) in (1..).zip(sizes) {
        let pairs = pairs(lower, upper, is_one_table);
        total += pairs;
        if pairs > 0 {
            largest.push((pairs, block, lower, upper));
        }
    }
    largest.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    largest.truncate(LISTED);
    let size =
        |(pairs, block, lower_rows, upper_rows)| BlockSize { values: name(block), lower_rows, upper_rows, pairs };
    (total, largest.into_iter().map(size).collect())
}

fn pairs(lower: u64, upper: u64, is_one_table: bool) -> u64 {
    if is_one_table { lower * lower.saturating_sub(1) / 2 } else { lower * upper }
}

/// The values of the conditions that make the blocks, in a row of the lower table.
fn key_values(rule: &LinkRule<'_>, row: u32) -> Vec<String> {
    let one_field = |condition: &&Condition| condition.fields().count() == 1 && condition.to_fields().count() == 1;
    let is_key = |condition: &&Condition| matches!(condition.comparison, Comparison::Exact | Comparison::Soundex);
    let keys = rule.conditions.iter().filter(is_key).filter(one_field);
    let columns = keys.filter_map(|condition| rule.lower.table.column(&condition.field));
    columns.map(|column| column.text(row as usize).into_owned()).collect()
}

fn largest(classes: &Classes) -> usize {
    let of = |side: &SideClasses| side.blocks.iter().copied().max().unwrap_or(NO_CODE);
    of(&classes.lower).max(of(classes.upper())) as usize + 1
}

/// By value the classes that hold it in any of their fields, ascending and once.
fn entries(fields: &[Codes], values: usize) -> Groups {
    let mut entries: Vec<(u32, u32)> = Vec::new();
    for codes in fields {
        entries.extend(codes.iter().enumerate().map(|(class, &code)| (code, class as u32)));
    }
    entries.retain(|&(code, class)| code != NO_CODE && class != NO_CLASS);
    entries.sort_unstable();
    entries.dedup();
    let mut offsets = vec![0_u32; values + 1];
    entries.iter().for_each(|&(code, _)| offsets[code as usize + 1] += 1);
    (0..values).for_each(|value| offsets[value + 1] += offsets[value]);
    Groups { offsets, items: entries.into_iter().map(|(_, class)| class).collect() }
}

impl<'a> ValueIndex<'a> {
    /// Over the condition that an index narrows best: the one of highest precision.
    fn new(rule: &CodedRule, tests: &'a PairTests<'a>) -> Option<Self> {
        let can =
            |place: &usize| rule.compared[*place].comparison.can_index().is_ok() && tests.single(*place).is_some();
        let best = (0..rule.compared.len()).filter(can);
        let place =
            best.max_by_key(|&place| (rule.compared[place].comparison.precision(), std::cmp::Reverse(place)))?;
        let (prepared, lower, upper) = tests.single(place)?;
        let values = rule.compared[place].values.len();
        let distinct = |codes: &[u32]| {
            let mut codes: Codes = codes.iter().copied().filter(|&code| code != NO_CODE).collect();
            codes.sort_unstable();
            codes.dedup();
            codes
        };
        Some(Self {
            index: Index::new(prepared, &distinct(upper)),
            lower_codes: distinct(lower),
            lower_classes: entries(std::slice::from_ref(&lower.to_vec()), values),
            upper_classes: entries(std::slice::from_ref(&upper.to_vec()), values),
        })
    }

    /// About so many pairs of classes: those of one value, which differ in something else, and those of the values
    /// that the index looks at, as many each as a value has on average.
    fn comparisons(&self, is_one_table: bool) -> u64 {
        let values = (self.upper_classes.len() as u64).max(1);
        let each = (self.upper_classes.items.len() as u64).div_ceil(values).max(1);
        let of_value = |&code: &u32| {
            let (own, same) = (self.lower_classes.of(code).len() as u64, self.upper_classes.of(code).len() as u64);
            let near = own * self.index.estimate(code) * each;
            // In one table each pair is looked at from both ends.
            if is_one_table { near / 2 + pairs(own, same, true) } else { near + own * same }
        };
        self.lower_codes.iter().map(of_value).sum()
    }

    /// The classes that may pass with one of this value, and are compared with it: those of other values, in one table
    /// only of larger ones, and those of the value itself, in one table only of larger number; so a pair comes once.
    pub fn partners<'b>(
        &'b self,
        class: u32,
        code: u32,
        near: &'b [u32],
        is_one_table: bool,
    ) -> impl Iterator<Item = u32> + 'b {
        let same = self.upper_classes.of(code);
        let first = if is_one_table { same.partition_point(|&other| other <= class) } else { 0 };
        near.iter().chain(&same[first..]).copied()
    }

    /// The classes of other values that may pass with those of this one; in one table only of larger values.
    pub fn classes_near(&self, code: u32, is_one_table: bool) -> Codes {
        let mut candidates = Vec::new();
        if is_one_table {
            self.index.later_candidates(code, &mut candidates);
        } else {
            self.index.candidates(code, &mut candidates);
        }
        candidates.iter().flat_map(|&other| self.upper_classes.of(other)).copied().collect()
    }
}
