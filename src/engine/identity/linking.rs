//! Which rows a rule links: the one place where two rows are compared. Deduplication, matching, previews, estimates,
//! explanations and review all read what is said here.
//!
//! Rows that are alike in everything a rule looks at form a *class*, so equal values are compared once however many
//! rows hold them. Classes of equal exact conditions form a *block*; only inside one are pairs compared. A rule with
//! nothing but exact conditions links each class with itself and compares nothing. Where no condition is exact an
//! [`index`](super::index) of the fuzzy one names the pairs that may pass; no pair that passes is left out.

mod blocks;
mod classes;
mod sample;
mod tests_of_pairs;
mod trials;

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

pub use blocks::{BlockSize, Estimate};
use blocks::{Blocks, Narrowing};
pub use classes::NO_CLASS;
use classes::{Classes, SideClasses};
pub use sample::{Candidate, Sample};
pub use tests_of_pairs::Outcome;
use tests_of_pairs::PairTests;
pub use trials::{CodedTrials, Trial, Trials, Tried};

use super::coding::{Blanks, CodedCondition, Codes, NO_CODE, Side, Tuples};
use super::similarity::Scratch;
use crate::project::{Condition, Exception, ExceptionTest, Project};
use crate::task::{Cancelled, Task, Unit as Counted};

/// A rule as the comparison reads it.
#[derive(Clone, Copy)]
pub struct LinkRule<'a> {
    pub conditions: &'a [Condition],
    pub exceptions: &'a [Exception],
    pub lower: Side<'a>,
    /// The higher table of a match rule; `None` where rows of one table are compared with each other.
    pub upper: Option<Side<'a>>,
    /// For its value lists and guards.
    pub project: &'a Project,
}

impl LinkRule<'_> {
    /// Whether equal values are all there is to it, so that nothing is compared by degrees.
    pub fn is_plain(&self) -> bool {
        let one_field = |condition: &Condition| condition.fields().count() == 1 && condition.to_fields().count() == 1;
        let exact = |condition: &Condition| condition.comparison.is_exact() && one_field(condition);
        self.exceptions.is_empty() && self.conditions.iter().all(exact)
    }
}

/// Two classes whose rows a rule links, each with each.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClassLink {
    /// In one table the smaller of the two.
    pub lower: u32,
    pub upper: u32,
    /// The smallest score of the rule's conditions (semantics 1.4, rule score).
    pub score: f64,
}

/// What a rule links.
#[derive(Debug, Clone, Default)]
pub struct RuleLinks {
    /// For each row of the lower table its class, or [`NO_CLASS`] where it satisfies no condition.
    pub lower: Codes,
    /// The same of the upper table; empty where there is one.
    pub upper: Codes,
    /// One more than the largest class.
    pub limit: usize,
    pub linked: Linked,
    /// How many pairs of classes were compared.
    pub comparisons: u64,
    /// Whether there are more links than [`MOST_LINKS`]: then these are not all, and nothing may be made of them.
    pub is_cut: bool,
}

/// A rule that links more pairs of classes than this is refused: it would fuse everything, and its links would fill
/// the memory before it is seen to.
pub const MOST_LINKS: usize = 10_000_000;

#[derive(Debug, Clone)]
pub enum Linked {
    /// Rows of equal class, with score 1, and no others.
    Same,
    /// Those of these pairs, by lower and upper class.
    Listed {
        links: Vec<ClassLink>,
        /// In one table, by class whether its rows are linked to each other.
        within: Vec<bool>,
    },
}

impl Default for Linked {
    fn default() -> Self {
        Self::Listed { links: Vec::new(), within: Vec::new() }
    }
}

impl RuleLinks {
    /// The classes of the upper table's rows; those of the lower where there is one table.
    pub fn upper(&self) -> &[u32] {
        if self.upper.is_empty() { &self.lower } else { &self.upper }
    }
}

/// How many pairs a worker compares before it looks up: a cancel waits for no more.
const UNIT_COMPARISONS: u64 = 1 << 20;

/// Finds every pair of rows that a rule links, on as many threads as the task has; the answer does not depend on
/// their number.
pub fn link(rule: &LinkRule<'_>, task: &Task) -> Result<RuleLinks, Cancelled> {
    let Some(coded) = CodedRule::new(rule) else { return Ok(RuleLinks::default()) };
    task.check()?;
    if coded.is_plain() {
        return Ok(coded.same());
    }
    with_blocks(&coded, task, |classes, tests, blocks| listed(classes, tests, blocks, task))
}

/// Does something with the classes of a rule, their tests and blocks.
fn with_blocks<R>(
    coded: &CodedRule,
    task: &Task,
    then: impl FnOnce(Classes, &PairTests<'_>, &Blocks<'_>) -> Result<R, Cancelled>,
) -> Result<R, Cancelled> {
    let classes = coded.classes();
    let tests = PairTests::new(coded, &classes);
    task.check()?;
    let blocks = Blocks::new(coded, &classes, &tests);
    task.check()?;
    then(classes, &tests, &blocks)
}

fn listed(classes: Classes, tests: &PairTests<'_>, blocks: &Blocks<'_>, task: &Task) -> Result<RuleLinks, Cancelled> {
    let links = Comparing { tests, blocks, task }.run()?;
    let Classes { lower, upper } = classes;
    let within = if upper.is_none() { tests.hold_within(0..lower.len() as u32) } else { Vec::new() };
    Ok(RuleLinks {
        limit: upper.as_ref().map_or(0, SideClasses::len).max(lower.len()),
        lower: lower.of_row,
        upper: upper.map(|upper| upper.of_row).unwrap_or_default(),
        is_cut: links.len() > MOST_LINKS,
        linked: Linked::Listed { links, within },
        comparisons: blocks.comparisons(),
    })
}

/// A rule looked at from all sides, its values read once.
#[derive(Debug, Default)]
pub struct Exploration {
    /// What a run of the rule costs.
    pub estimate: Estimate,
    /// What it links; `None` where that takes too many comparisons.
    pub links: Option<RuleLinks>,
    pub sample: Sample,
}

/// Explores a rule: its links where they take no more than `counted` comparisons, and the scores of no more than about
/// `scored` candidates.
pub fn explore(rule: &LinkRule<'_>, counted: u64, scored: u64, task: &Task) -> Result<Exploration, Cancelled> {
    let Some(coded) = CodedRule::new(rule) else { return Ok(Exploration::default()) };
    task.check()?;
    with_blocks(&coded, task, |classes, tests, blocks| {
        let sample = sample::of_blocks(rule, &coded, &classes, tests, blocks, scored, task)?;
        if coded.is_plain() {
            let links = coded.same();
            let estimate = blocks::plain_estimate(&links, rule);
            return Ok(Exploration { estimate, links: Some(links), sample });
        }
        let estimate = blocks.estimate(rule, &classes);
        let links = if estimate.comparisons <= counted { Some(listed(classes, tests, blocks, task)?) } else { None };
        Ok(Exploration { estimate, links, sample })
    })
}

/// Scores no more than about `limit` candidates of a rule.
pub fn sample(rule: &LinkRule<'_>, limit: u64, task: &Task) -> Result<Sample, Cancelled> {
    let Some(coded) = CodedRule::new(rule) else { return Ok(Sample::default()) };
    task.check()?;
    with_blocks(&coded, task, |classes, tests, blocks| {
        sample::of_blocks(rule, &coded, &classes, tests, blocks, limit, task)
    })
}

/// The coded conditions and exceptions of a rule.
struct CodedRule {
    /// Conditions that one equal code decides: they make the blocks.
    keys: Vec<CodedCondition>,
    /// Their places among the rule's conditions.
    key_places: Vec<usize>,
    /// The others.
    compared: Vec<CodedCondition>,
    exceptions: Vec<(ExceptionTest, CodedCondition)>,
    is_one_table: bool,
}

impl CodedRule {
    /// `None` for a rule without conditions, or on a column that is not there: it links nothing.
    fn new(rule: &LinkRule<'_>) -> Option<Self> {
        if rule.conditions.is_empty() {
            return None;
        }
        let coded = |condition: &Condition| CodedCondition::new(condition, rule.lower, rule.upper, rule.project);
        let conditions = rule.conditions.iter().map(coded).collect::<Option<Vec<_>>>()?;
        let exceptions = rule.exceptions.iter().map(|exception| Some((exception.is, coded(&exception.condition)?)));
        let exceptions = exceptions.collect::<Option<Vec<_>>>()?;
        let is_key = |place: &usize| conditions[*place].is_single_key();
        let key_places = (0..conditions.len()).filter(is_key).collect();
        let (keys, compared) = conditions.into_iter().partition(CodedCondition::is_single_key);
        Some(Self { keys, key_places, compared, exceptions, is_one_table: rule.upper.is_none() })
    }

    /// Whether equal keys are all there is to it.
    fn is_plain(&self) -> bool {
        self.compared.is_empty() && self.exceptions.is_empty()
    }

    /// The links of a rule of exact conditions only.
    fn same(&self) -> RuleLinks {
        let (lower, upper, limit) = self.numbered_keys();
        RuleLinks { lower, upper, limit, linked: Linked::Same, comparisons: 0, is_cut: false }
    }

    /// One number a row for all key conditions, 0 where one is blank, comparable between the sides; and one more than
    /// the largest.
    fn numbered_keys(&self) -> (Codes, Codes, usize) {
        let mut tuples = Tuples::new(self.keys.len());
        let values = self.keys.first().map_or(1, |key| key.values.len());
        let mut number = |side: fn(&CodedCondition) -> &[Codes]| {
            let parts: Vec<&[u32]> = self.keys.iter().filter_map(|key| side(key).first().map(Vec::as_slice)).collect();
            tuples.number(&parts, values, Blanks::Exclude)
        };
        let lower = number(|key| &key.lower);
        let upper = if self.is_one_table { Vec::new() } else { number(CodedCondition::upper) };
        (lower, upper, tuples.limit())
    }

    fn classes(&self) -> Classes {
        let (lower_keys, upper_keys, _) = if self.keys.is_empty() {
            let rows = |side: &[Codes]| side.first().map_or(0, Vec::len);
            let any = self.compared.first();
            let lower = vec![1; any.map_or(0, |condition| rows(&condition.lower))];
            let upper = if self.is_one_table { 0 } else { any.map_or(0, |condition| rows(condition.upper())) };
            (lower, vec![1; upper], 2)
        } else {
            self.numbered_keys()
        };
        let lower = self.side_classes(lower_keys, |condition| &condition.lower);
        let upper = (!self.is_one_table).then(|| self.side_classes(upper_keys, CodedCondition::upper));
        Classes { lower, upper }
    }

    /// Numbers the rows of one side by everything that is compared of them.
    fn side_classes(&self, mut keys: Codes, side: fn(&CodedCondition) -> &[Codes]) -> SideClasses {
        for condition in &self.compared {
            for (row, key) in keys.iter_mut().enumerate() {
                if side(condition).iter().all(|codes| codes[row] == NO_CODE) {
                    *key = NO_CODE;
                }
            }
        }
        let compared = self.compared.iter().chain(self.exceptions.iter().map(|(_, condition)| condition));
        let mut parts: Vec<&[u32]> = vec![&keys];
        parts.extend(compared.flat_map(side).map(Vec::as_slice));
        let mut tuples = Tuples::new(parts.len());
        let mut numbers = tuples.number(&parts, 0, Blanks::Keep);
        for (number, &key) in numbers.iter_mut().zip(&keys) {
            if key == NO_CODE {
                *number = NO_CLASS;
            }
        }
        SideClasses::new(numbers, &keys)
    }
}

/// Compares the pairs that the blocks name.
struct Comparing<'a> {
    tests: &'a PairTests<'a>,
    blocks: &'a Blocks<'a>,
    task: &'a Task,
}

/// A stretch of one block's lower classes, or of an index's values.
struct Unit {
    block: u32,
    rows: Range<u32>,
}

impl Comparing<'_> {
    fn run(&self) -> Result<Vec<ClassLink>, Cancelled> {
        let units = self.blocks.units(UNIT_COMPARISONS);
        let (next, finished, linked) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
        self.task.begin_of(tr!("Comparing"), units.len() as u64, Counted::Parts);
        let work = || {
            let mut found = Vec::new();
            let mut scratch = Scratch::default();
            while let Some(unit) = units.get(next.fetch_add(1, Ordering::Relaxed)) {
                let before = found.len();
                self.unit(unit, &mut scratch, &mut found)?;
                if linked.fetch_add(found.len() - before, Ordering::Relaxed) > MOST_LINKS {
                    break;
                }
                self.task.advance_to(finished.fetch_add(1, Ordering::Relaxed) as u64 + 1)?;
            }
            Ok(found)
        };
        let mut links = Vec::new();
        let workers = self.task.threads().min(units.len()).max(1);
        if workers == 1 {
            links = work()?;
        } else {
            let found: Vec<_> = std::thread::scope(|scope| {
                let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
                workers.into_iter().map(|worker| worker.join()).collect()
            });
            for found in found {
                match found {
                    Ok(found) => links.append(&mut found?),
                    // A worker's panic goes on in the thread that asked.
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
        }
        links.sort_unstable_by_key(|link: &ClassLink| (link.lower, link.upper));
        // Several shared values of one condition name a pair several times.
        links.dedup_by_key(|link| (link.lower, link.upper));
        Ok(links)
    }

    fn unit(&self, unit: &Unit, scratch: &mut Scratch, found: &mut Vec<ClassLink>) -> Result<(), Cancelled> {
        match &self.blocks.narrowing {
            Narrowing::Keys => self.block(unit, scratch, found),
            Narrowing::Index(index) => self.indexed(index, unit, scratch, found),
        }
    }

    fn block(&self, unit: &Unit, scratch: &mut Scratch, found: &mut Vec<ClassLink>) -> Result<(), Cancelled> {
        let lower = self.blocks.lower.of(unit.block);
        let (upper, codes) = self.blocks.upper_of(unit.block);
        let mut since_check = 0;
        for place in unit.rows.clone() {
            let first = if self.blocks.is_one_table() { place as usize + 1 } else { 0 };
            let class = lower[place as usize];
            let others = &upper[first..];
            since_check += others.len() as u64;
            if since_check > UNIT_COMPARISONS {
                self.task.check()?;
                since_check = 0;
            }
            // Without a leading condition there are no values to go by.
            match codes.get(first..).filter(|codes| codes.len() == others.len()) {
                Some(codes) => self.tests.compare_many(scratch, class, others, codes, found),
                None => others.iter().for_each(|&other| self.tests.compare(scratch, class, other, found)),
            }
        }
        Ok(())
    }

    fn indexed(
        &self,
        index: &blocks::ValueIndex<'_>,
        unit: &Unit,
        scratch: &mut Scratch,
        found: &mut Vec<ClassLink>,
    ) -> Result<(), Cancelled> {
        let one_table = self.blocks.is_one_table();
        let mut since_check = 0;
        for place in unit.rows.clone() {
            self.task.check()?;
            let code = index.lower_codes[place as usize];
            let near = index.classes_near(code, one_table);
            for &class in index.lower_classes.of(code) {
                for other in index.partners(class, code, &near, one_table) {
                    let (lower, upper) = self.in_order(class, other);
                    self.tests.compare(scratch, lower, upper, found);
                    since_check += 1;
                    if since_check > UNIT_COMPARISONS {
                        self.task.check()?;
                        since_check = 0;
                    }
                }
            }
        }
        Ok(())
    }

    /// A pair of one table with the smaller class first.
    fn in_order(&self, class: u32, other: u32) -> (u32, u32) {
        if self.blocks.is_one_table() { (class.min(other), class.max(other)) } else { (class, other) }
    }
}
