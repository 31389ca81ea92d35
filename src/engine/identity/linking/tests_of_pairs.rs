//! What two classes must pass: the conditions that no key decides, and the exceptions.

use std::ops::Range;

use super::classes::{Classes, NO_CLASS};
use super::{ClassLink, CodedCondition, CodedRule, Codes, ExceptionTest, NO_CODE, Scratch};
use crate::engine::identity::similarity::Prepared;
use crate::project::Comparison;

/// How a condition turns out between two rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Outcome {
    /// A value is blank on one side, so there is nothing to compare.
    Blank,
    Fails,
    Passes(f64),
}

impl Outcome {
    /// Whether an exception with this outcome of its condition holds.
    pub fn fires(self, is: ExceptionTest) -> bool {
        match self {
            Self::Blank => false,
            Self::Passes(_) => is == ExceptionTest::Same,
            Self::Fails => is == ExceptionTest::Different,
        }
    }
}

/// One condition by class.
pub(super) struct ClassTest<'a> {
    comparison: Comparison,
    prepared: Option<Prepared<'a>>,
    numbers: &'a [f64],
    lower: Vec<Codes>,
    upper: Vec<Codes>,
}

impl<'a> ClassTest<'a> {
    fn new(condition: &'a CodedCondition, classes: &Classes) -> Self {
        let upper = classes.upper();
        Self {
            lower: condition.lower.iter().map(|codes| classes.lower.gather(codes)).collect(),
            upper: condition.upper().iter().map(|codes| upper.gather(codes)).collect(),
            ..Self::of_values(condition)
        }
    }

    /// For values given one by one: it knows no classes.
    pub fn of_values(condition: &'a CodedCondition) -> Self {
        Self {
            comparison: condition.comparison,
            prepared: condition.comparison.is_fuzzy().then(|| Prepared::new(condition.comparison, &condition.values)),
            numbers: &condition.numbers,
            lower: Vec::new(),
            upper: Vec::new(),
        }
    }

    /// How alike two values are whatever the precision; 0 where it is not a matter of degrees and they do not agree.
    pub fn closeness(&self, scratch: &mut Scratch, a: u32, b: u32) -> f64 {
        match &self.prepared {
            Some(prepared) => prepared.score(scratch, a, b),
            None => self.score(scratch, a, b).unwrap_or(0.0),
        }
    }

    /// The best outcome over the fields, any of which may agree.
    fn outcome(&self, scratch: &mut Scratch, lower: u32, upper: u32) -> Outcome {
        let mut best = Outcome::Blank;
        for a in self.lower.iter().map(|codes| codes[lower as usize]).filter(|&code| code != NO_CODE) {
            for b in self.upper.iter().map(|codes| codes[upper as usize]).filter(|&code| code != NO_CODE) {
                best = match (self.score(scratch, a, b), best) {
                    (Some(score), Outcome::Passes(other)) => Outcome::Passes(score.max(other)),
                    (Some(score), _) => Outcome::Passes(score),
                    (None, Outcome::Blank) => Outcome::Fails,
                    (None, best) => best,
                };
            }
        }
        best
    }

    /// The highest score over the fields, whether it passes or not; `None` where a value is blank.
    fn best_score(&self, scratch: &mut Scratch, lower: u32, upper: u32) -> Option<f64> {
        let mut best: Option<f64> = None;
        for a in self.lower.iter().map(|codes| codes[lower as usize]).filter(|&code| code != NO_CODE) {
            for b in self.upper.iter().map(|codes| codes[upper as usize]).filter(|&code| code != NO_CODE) {
                let score = self.closeness(scratch, a, b);
                best = Some(best.map_or(score, |best| best.max(score)));
            }
        }
        best
    }

    /// The score of two values where they agree.
    pub fn score(&self, scratch: &mut Scratch, a: u32, b: u32) -> Option<f64> {
        let apart = || (self.numbers[a as usize] - self.numbers[b as usize]).abs();
        let is_near = match (&self.prepared, self.comparison) {
            (Some(prepared), _) => return prepared.passes(scratch, a, b),
            (None, Comparison::DaysApart { days }) => apart() <= f64::from(days),
            (None, Comparison::NumberApart { difference }) => apart() <= difference,
            _ => a == b,
        };
        is_near.then_some(1.0)
    }
}

/// Everything that is tested of a pair of classes in one block.
pub struct PairTests<'a> {
    conditions: Vec<ClassTest<'a>>,
    exceptions: Vec<(ExceptionTest, ClassTest<'a>)>,
    /// The condition that is compared first, many values at a time.
    leading: Option<usize>,
}

impl<'a> PairTests<'a> {
    pub fn new(rule: &'a CodedRule, classes: &Classes) -> Self {
        let conditions: Vec<ClassTest<'a>> =
            rule.compared.iter().map(|condition| ClassTest::new(condition, classes)).collect();
        let is_leading =
            |test: &ClassTest<'_>| test.prepared.is_some() && test.lower.len() == 1 && test.upper.len() == 1;
        Self {
            leading: conditions.iter().position(is_leading),
            conditions,
            exceptions: rule
                .exceptions
                .iter()
                .map(|(is, condition)| (*is, ClassTest::new(condition, classes)))
                .collect(),
        }
    }

    /// The leading condition's values by class on the upper side.
    pub fn leading_codes(&self) -> Option<&[u32]> {
        self.conditions[self.leading?].upper.first().map(Vec::as_slice)
    }

    /// A condition that has one field on each side, by its place, with its values and its codes by class.
    pub fn single(&self, place: usize) -> Option<(&Prepared<'a>, &[u32], &[u32])> {
        let test = &self.conditions[place];
        let ([lower], [upper]) = (&test.lower[..], &test.upper[..]) else { return None };
        Some((test.prepared.as_ref()?, lower, upper))
    }

    /// By place, the codes by class of a condition's fields on both sides.
    pub fn codes(&self, place: usize) -> (&[Codes], &[Codes]) {
        let test = &self.conditions[place];
        (&test.lower, &test.upper)
    }

    /// One class against others, whose leading values are `codes`.
    pub fn compare_many(
        &self,
        scratch: &mut Scratch,
        class: u32,
        others: &[u32],
        codes: &[u32],
        found: &mut Vec<ClassLink>,
    ) {
        let Some(leading) = self.leading else { return };
        let test = &self.conditions[leading];
        let Some(prepared) = &test.prepared else { return };
        let start = found.len();
        prepared.compare_many(scratch, test.lower[0][class as usize], codes, &mut |place, score| {
            found.push(ClassLink { lower: class, upper: others[place], score });
        });
        // Few pairs come so far: what is left is tested pair by pair.
        let mut kept = start;
        for place in start..found.len() {
            let link = found[place];
            if let Some(score) = self.others(scratch, link.lower, link.upper, Some(leading), link.score) {
                found[kept] = ClassLink { score, ..link };
                kept += 1;
            }
        }
        found.truncate(kept);
    }

    /// One class against another.
    pub fn compare(&self, scratch: &mut Scratch, class: u32, other: u32, found: &mut Vec<ClassLink>) {
        if let Some(score) = self.others(scratch, class, other, None, 1.0) {
            found.push(ClassLink { lower: class, upper: other, score });
        }
    }

    /// The score with all conditions but `done`, where all hold and no exception does.
    fn others(&self, scratch: &mut Scratch, lower: u32, upper: u32, done: Option<usize>, score: f64) -> Option<f64> {
        let mut least = score;
        for (place, test) in self.conditions.iter().enumerate() {
            if Some(place) == done {
                continue;
            }
            match test.outcome(scratch, lower, upper) {
                Outcome::Passes(score) => least = least.min(score),
                Outcome::Blank | Outcome::Fails => return None,
            }
        }
        (!self.is_excepted(scratch, lower, upper)).then_some(least)
    }

    /// Appends the score of every condition, whatever its precision, NaN where a value is blank; says whether the rule
    /// links the pair, and whether its exceptions keep it from that.
    pub fn trial(&self, scratch: &mut Scratch, lower: u32, upper: u32, scores: &mut Vec<f64>) -> (bool, bool) {
        scores.extend(self.conditions.iter().map(|test| test.best_score(scratch, lower, upper).unwrap_or(f64::NAN)));
        let is_linked = self.others(scratch, lower, upper, None, 1.0).is_some();
        (is_linked, !is_linked && self.is_excepted(scratch, lower, upper))
    }

    /// Whether every exception holds, so that the rule steps back.
    fn is_excepted(&self, scratch: &mut Scratch, lower: u32, upper: u32) -> bool {
        !self.exceptions.is_empty()
            && self.exceptions.iter().all(|(is, test)| test.outcome(scratch, lower, upper).fires(*is))
    }

    /// By class whether two rows of it are linked: as a rule only an exception keeps them apart.
    pub fn hold_within(&self, classes: Range<u32>) -> Vec<bool> {
        let mut scratch = Scratch::default();
        let mut holds = |class| class != NO_CLASS && self.others(&mut scratch, class, class, None, 1.0).is_some();
        classes.map(&mut holds).collect()
    }
}
