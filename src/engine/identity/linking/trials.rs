//! Every condition and exception of a rule tried on a pair of rows, whatever came of the others: for explanations,
//! which want scores below the precision too. Codes, measures and tests are those of the comparison itself.

use super::tests_of_pairs::{ClassTest, Outcome};
use super::{CodedCondition, ExceptionTest, LinkRule, NO_CODE, Scratch};
use crate::project::{Comparison, Condition};

/// A rule coded for the rows of its tables; meant for few.
pub struct CodedTrials {
    conditions: Vec<CodedCondition>,
    exceptions: Vec<(ExceptionTest, CodedCondition)>,
}

impl CodedTrials {
    /// `None` for a rule on a column that is not there.
    pub fn new(rule: &LinkRule<'_>) -> Option<Self> {
        let coded = |condition: &Condition| CodedCondition::new(condition, rule.lower, rule.upper, rule.project);
        let conditions = rule.conditions.iter().map(coded).collect::<Option<Vec<_>>>()?;
        let exceptions = rule.exceptions.iter().map(|exception| Some((exception.is, coded(&exception.condition)?)));
        Some(Self { conditions, exceptions: exceptions.collect::<Option<Vec<_>>>()? })
    }

    pub fn prepare(&self) -> Trials<'_> {
        Trials {
            conditions: self.conditions.iter().map(RowTest::new).collect(),
            exceptions: self.exceptions.iter().map(|(is, condition)| (*is, RowTest::new(condition))).collect(),
        }
    }
}

/// The tests of a rule, by row.
pub struct Trials<'a> {
    conditions: Vec<RowTest<'a>>,
    exceptions: Vec<(ExceptionTest, RowTest<'a>)>,
}

struct RowTest<'a> {
    condition: &'a CodedCondition,
    test: ClassTest<'a>,
}

/// By side a list of codes and the code in it.
type Places = [(usize, u32); 2];

/// What a rule says of two rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    pub conditions: Vec<Tried>,
    /// With whether each fires.
    pub exceptions: Vec<(Tried, bool)>,
    /// The rule's score where it links the rows.
    pub score: Option<f64>,
}

/// What one condition says of two rows, by the two fields that agree best.
#[derive(Debug, Clone, PartialEq)]
pub struct Tried {
    /// Which of the condition's fields on either side.
    pub fields: [usize; 2],
    /// The values as they are compared: normalized, or as they sound.
    pub compared: [String; 2],
    pub outcome: Outcome,
    /// How alike the values are, whether that is enough or not; `None` where it is not a matter of degrees.
    pub score: Option<f64>,
    /// How far apart, for dates (in days) and numbers.
    pub apart: Option<f64>,
}

impl Trials<'_> {
    /// Tries a row of the lower table with one of the upper; both of the same where there is one table.
    pub fn of(&self, scratch: &mut Scratch, lower: u32, upper: u32) -> Trial {
        let conditions: Vec<Tried> = self.conditions.iter().map(|test| test.tried(scratch, lower, upper)).collect();
        let exceptions = self.exceptions.iter().map(|(is, test)| {
            let tried = test.tried(scratch, lower, upper);
            let fires = tried.outcome.fires(*is);
            (tried, fires)
        });
        let exceptions: Vec<(Tried, bool)> = exceptions.collect();
        let excepted = !exceptions.is_empty() && exceptions.iter().all(|(_, fires)| *fires);
        let least = conditions.iter().try_fold(1.0_f64, |least, tried| match tried.outcome {
            Outcome::Passes(score) => Some(least.min(score)),
            Outcome::Blank | Outcome::Fails => None,
        });
        let score = least.filter(|_| !excepted && !conditions.is_empty());
        Trial { conditions, exceptions, score }
    }
}

impl<'a> RowTest<'a> {
    fn new(condition: &'a CodedCondition) -> Self {
        Self { condition, test: ClassTest::of_values(condition) }
    }

    fn tried(&self, scratch: &mut Scratch, lower: u32, upper: u32) -> Tried {
        let code = |codes: &Vec<u32>, row: u32| codes.get(row as usize).copied().unwrap_or(NO_CODE);
        let lists = [self.condition.lower.as_slice(), self.condition.upper()];
        let filled = |side: usize, row: u32| {
            let codes = lists[side].iter().map(move |list| code(list, row)).enumerate();
            codes.filter(|&(_, code)| code != NO_CODE).collect::<Vec<_>>()
        };
        let (of_lower, of_upper) = (filled(0, lower), filled(1, upper));
        let mut best: Option<(Places, Option<f64>, f64)> = None;
        for &a in &of_lower {
            for &b in &of_upper {
                let passes = self.test.score(scratch, a.1, b.1);
                let closeness = passes.unwrap_or_else(|| self.test.closeness(scratch, a.1, b.1));
                let is_better = best.as_ref().is_none_or(|(_, best_passes, best_closeness)| {
                    (passes.is_some(), closeness) > (best_passes.is_some(), *best_closeness)
                });
                if is_better {
                    best = Some(([a, b], passes, closeness));
                }
            }
        }
        let Some((places, passes, closeness)) = best else {
            let first = |filled: &[(usize, u32)]| filled.first().copied().unwrap_or((0, NO_CODE));
            return self.outcome([first(&of_lower), first(&of_upper)], Outcome::Blank, None);
        };
        let outcome = passes.map_or(Outcome::Fails, Outcome::Passes);
        let by_degrees = self.condition.comparison.is_fuzzy() || passes.is_some();
        self.outcome(places, outcome, by_degrees.then_some(closeness))
    }

    fn outcome(&self, places: Places, outcome: Outcome, score: Option<f64>) -> Tried {
        let lists_of_a_field = if self.condition.comparison == Comparison::DoubleMetaphone { 2 } else { 1 };
        let numbers = &self.condition.numbers;
        let number = |code: u32| numbers.get(code as usize).copied().filter(|_| code != NO_CODE);
        let apart = number(places[0].1).zip(number(places[1].1)).map(|(a, b)| (a - b).abs());
        Tried {
            fields: places.map(|(list, _)| list / lists_of_a_field),
            compared: places.map(|(_, code)| self.condition.values.get(code).to_owned()),
            outcome,
            score,
            apart: apart.filter(|apart| apart.is_finite()),
        }
    }
}
