//! The pairs that a person should look at: links near their threshold, bridges that alone hold a customer together,
//! ambiguous matches, and pairs that just missed.

use hashbrown::HashSet;
use serde::Serialize;

use crate::engine::identity::dedup::{JoinedBy, NO_RECORD};
use crate::engine::identity::linking::{self, LinkRule};
use crate::engine::identity::matching::{ALWAYS, MatchTable, NO_RULE};
use crate::engine::pipeline::{Run, UnifiedTables};
use crate::help::{self, Figure};
use crate::project::{Condition, Exception, RecordKey};
use crate::task::{Cancelled, Task};

/// A score so near its threshold, on either side, is uncertain.
const MARGIN: f64 = 0.05;
/// So many candidates of a rule are scored to find those that just missed.
const SCORED: u64 = 300_000;

/// Why a pair is in the queue; the first ones are asked about first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Without this link by degrees the customer falls in two.
    Bridge,
    /// The rule found records of several customers and took one.
    Ambiguous,
    /// The score is just above the threshold.
    NearThreshold,
    /// The score is just below it, so the two are not linked.
    JustMissed,
}

impl Doubt {
    pub const ALL: [Self; 4] = [Self::Bridge, Self::Ambiguous, Self::NearThreshold, Self::JustMissed];

    pub fn label(self) -> &'static str {
        match self {
            Self::Bridge => tr!("Bridge"),
            Self::Ambiguous => tr!("Ambiguous"),
            Self::NearThreshold => tr!("Near the threshold"),
            Self::JustMissed => tr!("Just missed"),
        }
    }

    pub fn help(self) -> Figure {
        match self {
            Self::Bridge => help::DOUBT_BRIDGE,
            Self::Ambiguous => help::DOUBT_AMBIGUOUS,
            Self::NearThreshold => help::DOUBT_NEAR,
            Self::JustMissed => help::DOUBT_MISSED,
        }
    }
}

/// A pair to look at.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReviewPair {
    pub a: RecordKey,
    pub b: RecordKey,
    pub doubt: Doubt,
    /// The rule's name.
    pub rule: String,
    pub score: f64,
    /// The rule's lowest precision, from 0 to 1; `None` where it compares nothing by degrees.
    pub threshold: Option<f64>,
}

/// The uncertain pairs of a run, by doubt, then the nearest to the threshold first; those of rules that compare nothing
/// by degrees, where scores say nothing, come last. At most so many of each doubt.
/// Pairs that were answered, or decided by hand, are not among them.
pub fn queue(run: &Run, limit: usize, task: &Task) -> Result<Vec<ReviewPair>, Cancelled> {
    let unified = UnifiedTables::of(run);
    let tables = unified.match_tables();
    let mut builder = Builder { run, tables: &tables, pairs: Vec::new() };
    for place in 0..tables.len() {
        task.check()?;
        builder.scored(place);
        builder.attached(place);
    }
    builder.ambiguous();
    builder.just_missed(task)?;
    Ok(builder.finish(limit))
}

struct Builder<'a> {
    run: &'a Run,
    tables: &'a [MatchTable<'a>],
    pairs: Vec<ReviewPair>,
}

impl Builder<'_> {
    fn key(&self, place: usize, row: u32) -> RecordKey {
        let table = &self.tables[place];
        RecordKey::new(table.id, table.primary_key.text(row as usize))
    }

    /// The key of a record numbered through.
    fn record_key(&self, record: u32) -> Option<RecordKey> {
        let matching = &self.run.matched.as_ref()?.matching;
        let place = matching.table_of(record);
        let winner = self.tables[place].records.winners[(record - matching.offsets[place]) as usize];
        Some(self.key(place, winner))
    }

    fn scored(&mut self, place: usize) {
        let rules = &self.run.project.unification[place].deduplication_rules;
        for link in &self.tables[place].records.scored {
            let JoinedBy::Rule(rule) = link.by else { continue };
            let Some(rule) = rules.get(rule as usize) else { continue };
            let (score, threshold) = (f64::from(link.score), threshold(&rule.conditions));
            let is_near = threshold.is_some_and(|threshold| score - threshold < MARGIN);
            let doubt = match (link.is_bridge, is_near) {
                (true, true) => Doubt::Bridge,
                (false, true) => Doubt::NearThreshold,
                _ => continue,
            };
            let (a, b) = (self.key(place, link.a), self.key(place, link.b));
            self.pairs.push(ReviewPair { a, b, doubt, rule: rule.name.clone(), score, threshold });
        }
    }

    fn attached(&mut self, place: usize) {
        let Some(matched) = &self.run.matched else { return };
        let matching = &matched.matching;
        let rules = &self.run.project.unification[place].match_rules;
        for record in matching.offsets[place]..matching.offsets[place + 1] {
            let (rule, score) = (matching.rule[record as usize], f64::from(matching.score[record as usize]));
            if rule == NO_RULE || rule == ALWAYS || score >= 1.0 {
                continue;
            }
            let Some(rule) = rules.get(rule as usize) else { continue };
            let threshold = threshold(&rule.conditions);
            if threshold.is_none_or(|threshold| score - threshold >= MARGIN) {
                continue;
            }
            let keys = (self.record_key(matching.parent[record as usize]), self.record_key(record));
            if let (Some(a), Some(b)) = keys {
                let (doubt, rule) = (Doubt::NearThreshold, rule.name.clone());
                self.pairs.push(ReviewPair { a, b, doubt, rule, score, threshold });
            }
        }
    }

    fn ambiguous(&mut self) {
        let Some(matched) = &self.run.matched else { return };
        let matching = &matched.matching;
        for case in matching.ambiguous.iter().filter(|case| case.decided) {
            let place = matching.table_of(case.record);
            let Some(rule) = self.run.project.unification[place].match_rules.get(case.rule as usize) else { continue };
            if let (Some(a), Some(b)) = (self.record_key(case.chosen), self.record_key(case.record)) {
                self.pairs.push(ReviewPair {
                    a,
                    b,
                    doubt: Doubt::Ambiguous,
                    rule: rule.name.clone(),
                    score: f64::from(matching.score[case.record as usize]),
                    threshold: threshold(&rule.conditions),
                });
            }
        }
    }

    fn just_missed(&mut self, task: &Task) -> Result<(), Cancelled> {
        for place in 0..self.tables.len() {
            let settings = &self.run.project.unification[place];
            for rule in settings.deduplication_rules.iter().filter(|rule| rule.active) {
                self.missed_by(place, None, &rule.name, &rule.conditions, &rule.exceptions, task)?;
            }
            for rule in settings.match_rules.iter().filter(|rule| rule.active) {
                let upper = self.tables.iter().position(|table| table.id == rule.to_table);
                if let Some(upper) = upper {
                    self.missed_by(place, Some(upper), &rule.name, &rule.conditions, &rule.exceptions, task)?;
                }
            }
        }
        Ok(())
    }

    /// Pairs that one rule did not link for the lack of a few hundredths, and that nothing else joined.
    fn missed_by(
        &mut self,
        lower: usize,
        upper: Option<usize>,
        name: &str,
        conditions: &[Condition],
        exceptions: &[Exception],
        task: &Task,
    ) -> Result<(), Cancelled> {
        if threshold(conditions).is_none() {
            return Ok(());
        }
        let (tables, run) = (self.tables, self.run);
        let side = |place: usize| tables[place].side();
        let rule =
            LinkRule { conditions, exceptions, lower: side(lower), upper: upper.map(side), project: &run.project };
        let Some(matched) = &run.matched else { return Ok(()) };
        let matching = &matched.matching;
        let cluster = |place: usize, row: u32| {
            let record = tables[place].records.record_of_row[row as usize];
            (record != NO_RECORD).then(|| matching.root[(matching.offsets[place] + record) as usize])
        };
        let sample = linking::sample(&rule, SCORED, task)?;
        for (number, candidate) in sample.candidates.iter().enumerate() {
            let score = |condition: usize| sample.score(number, condition);
            // No threshold would join what an exception keeps apart.
            let is_open = !candidate.is_linked && !candidate.is_excepted;
            let Some((score, threshold)) = just_missed(conditions, score).filter(|_| is_open) else {
                continue;
            };
            let upper = upper.unwrap_or(lower);
            let clusters = (cluster(lower, candidate.lower_row), cluster(upper, candidate.upper_row));
            let (Some(one), Some(other)) = clusters else { continue };
            if one != other {
                let (a, b) = (self.key(upper, candidate.upper_row), self.key(lower, candidate.lower_row));
                let (doubt, rule) = (Doubt::JustMissed, name.to_owned());
                self.pairs.push(ReviewPair { a, b, doubt, rule, score, threshold: Some(threshold) });
            }
        }
        Ok(())
    }

    fn finish(self, limit: usize) -> Vec<ReviewPair> {
        let project = &self.run.project;
        let decided = project.overrides.always_match.iter().chain(&project.overrides.never_match);
        let decided = decided.map(|pair| (&pair.a, &pair.b));
        let labelled = project.labelled_pairs.iter().map(|pair| (&pair.a, &pair.b));
        let mut seen: HashSet<(RecordKey, RecordKey)> =
            decided.chain(labelled).map(|(a, b)| in_order(a.clone(), b.clone())).collect();
        let mut pairs = self.pairs;
        let distance = |pair: &ReviewPair| pair.threshold.map_or(0.0, |threshold| (pair.score - threshold).abs());
        pairs.sort_by(|x, y| {
            let by_distance = distance(x).total_cmp(&distance(y));
            let by_doubt = (x.threshold.is_none(), x.doubt).cmp(&(y.threshold.is_none(), y.doubt));
            by_doubt.then(by_distance).then_with(|| (&x.a, &x.b).cmp(&(&y.a, &y.b)))
        });
        let mut of_doubt = [0; Doubt::ALL.len()];
        pairs.retain(|pair| {
            let count = &mut of_doubt[pair.doubt as usize];
            let is_new = *count < limit && seen.insert(in_order(pair.a.clone(), pair.b.clone()));
            *count += usize::from(is_new);
            is_new
        });
        pairs
    }
}

/// Score and precision of the condition that lacks most, where every condition is there and none lacks more than the
/// margin.
fn just_missed(conditions: &[Condition], score: impl Fn(usize) -> Option<f64>) -> Option<(f64, f64)> {
    let mut worst: Option<(f64, f64)> = None;
    for (place, condition) in conditions.iter().enumerate() {
        let score = score(place)?;
        let wanted = condition.comparison.precision().map_or(1.0, |precision| f64::from(precision) / 100.0);
        if score < wanted - MARGIN {
            return None;
        }
        if score < wanted && worst.is_none_or(|(other, precision)| score - wanted < other - precision) {
            worst = Some((score, wanted));
        }
    }
    worst
}

/// The lowest precision of a rule, from 0 to 1.
fn threshold(conditions: &[Condition]) -> Option<f64> {
    let precisions = conditions.iter().filter_map(|condition| condition.comparison.precision());
    precisions.min().map(|precision| f64::from(precision) / 100.0)
}

fn in_order(a: RecordKey, b: RecordKey) -> (RecordKey, RecordKey) {
    if a <= b { (a, b) } else { (b, a) }
}
