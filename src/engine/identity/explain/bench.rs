//! A rule and the few rows it is tried on. Links and scores are those of the comparison itself, asked about few rows.

use super::answer::{ComparedValue, ConditionTrial, ExceptionTrial, RuleKind, RuleTrial, TrialOutcome};
use super::differences::{differences, shortened};
use super::scene::Scene;
use super::words;
use crate::engine::column::Column;
use crate::engine::identity::coding::Side;
use crate::engine::identity::linking::{
    self, ClassLink, CodedTrials, LinkRule, Linked, NO_CLASS, Outcome, RuleLinks, Trial, Trials, Tried,
};
use crate::engine::identity::similarity::Scratch;
use crate::engine::table::{NamedColumn, Table};
use crate::project::{Condition, DeduplicationRule, Exception, MatchRule};
use crate::task::Cancelled;

/// A rule of either kind.
#[derive(Clone, Copy)]
pub struct RuleView<'a> {
    pub kind: RuleKind,
    /// Its place in its table's list.
    pub number: usize,
    pub id: &'a str,
    pub name: &'a str,
    pub active: bool,
    pub conditions: &'a [Condition],
    pub exceptions: &'a [Exception],
}

impl<'a> RuleView<'a> {
    pub fn deduplication(number: usize, rule: &'a DeduplicationRule) -> Self {
        let DeduplicationRule { id, name, active, conditions, exceptions } = rule;
        Self { kind: RuleKind::Deduplication, number, id, name, active: *active, conditions, exceptions }
    }

    pub fn matching(number: usize, rule: &'a MatchRule) -> Self {
        let MatchRule { id, name, active, conditions, exceptions, .. } = rule;
        Self { kind: RuleKind::Match, number, id, name, active: *active, conditions, exceptions }
    }

    /// Automatic deduplication as a rule.
    pub fn equal_columns(conditions: &'a [Condition]) -> Self {
        Self {
            kind: RuleKind::Deduplication,
            number: 0,
            id: "",
            name: "equal columns",
            active: true,
            conditions,
            exceptions: &[],
        }
    }

    fn compared(&self) -> impl Iterator<Item = &'a Condition> {
        self.conditions.iter().chain(self.exceptions.iter().map(|exception| &exception.condition))
    }
}

/// Some rows of one table, with the columns that a rule reads.
struct Excerpt {
    place: usize,
    rows: Vec<u32>,
    table: Table,
}

impl Excerpt {
    fn new(scene: &Scene<'_>, place: usize, rows: Vec<u32>, columns: &[&str]) -> Self {
        let table = scene.tables[place].table;
        let wanted = table.columns.iter().filter(|column| columns.contains(&column.name.as_str()));
        let columns = wanted.map(|column| NamedColumn::shared(column.name.as_str(), few(&column.data, &rows)));
        let table = Table { columns: columns.collect(), rows: rows.len(), row_numbers: None };
        Self { place, rows, table }
    }
}

/// The values of these rows; text with a dictionary of its own, so that only what is there is normalized.
pub fn few(column: &Column, rows: &[u32]) -> Column {
    match column {
        Column::Text(text) => Column::text_of(rows.iter().map(|&row| text.get(row as usize))),
        other => other.gather(rows),
    }
}

pub struct Bench<'a> {
    scene: &'a Scene<'a>,
    pub rule: RuleView<'a>,
    lower: Excerpt,
    upper: Option<Excerpt>,
    coded: Option<CodedTrials>,
}

impl<'a> Bench<'a> {
    /// Rows of one table among each other, or where `upper` is given with those of a higher one.
    pub fn new(
        scene: &'a Scene<'a>,
        rule: RuleView<'a>,
        (place, rows): (usize, &[u32]),
        upper: Option<(usize, &[u32])>,
    ) -> Self {
        let mut columns: Vec<&str> = rule.compared().flat_map(Condition::fields).collect();
        if upper.is_none() {
            columns.extend(rule.compared().flat_map(Condition::to_fields));
        }
        let to_columns: Vec<&str> = rule.compared().flat_map(Condition::to_fields).collect();
        let lower = Excerpt::new(scene, place, rows.to_vec(), &columns);
        let upper = upper.map(|(place, rows)| Excerpt::new(scene, place, rows.to_vec(), &to_columns));
        let mut bench = Self { scene, rule, lower, upper, coded: None };
        bench.coded = CodedTrials::new(&bench.link_rule());
        bench
    }

    fn link_rule(&self) -> LinkRule<'_> {
        LinkRule {
            conditions: self.rule.conditions,
            exceptions: self.rule.exceptions,
            lower: side(self.scene, &self.lower),
            upper: self.upper.as_ref().map(|upper| side(self.scene, upper)),
            project: self.scene.project,
        }
    }

    fn upper(&self) -> &Excerpt {
        self.upper.as_ref().unwrap_or(&self.lower)
    }

    /// The rows on either side.
    pub fn rows(&self) -> [&[u32]; 2] {
        [&self.lower.rows, &self.upper().rows]
    }

    /// What the rule links among these rows.
    pub fn links(&self) -> Result<RuleLinks, Cancelled> {
        linking::link(&self.link_rule(), self.scene.task)
    }

    /// The tests; `None` where a column is not loaded.
    pub fn trials(&self) -> Option<Trials<'_>> {
        Some(self.coded.as_ref()?.prepare())
    }

    /// The linked pair of highest score, by places on the two sides; of those the one of the least ranks. A row
    /// without a rank does not count.
    pub fn best_pair(
        &self,
        links: &RuleLinks,
        lower_rank: impl Fn(u32) -> Option<u32>,
        upper_rank: impl Fn(u32) -> Option<u32>,
    ) -> Option<(usize, usize, f64)> {
        let best = |rows: &[u32], classes: &[u32], rank: &dyn Fn(u32) -> Option<u32>| {
            let mut best: Vec<Option<(u32, usize)>> = vec![None; links.limit];
            for (place, (&row, &class)) in rows.iter().zip(classes).enumerate() {
                if class != NO_CLASS
                    && let Some(rank) = rank(row)
                    && best[class as usize].is_none_or(|best| (rank, place) < best)
                {
                    best[class as usize] = Some((rank, place));
                }
            }
            best
        };
        let lower = best(&self.lower.rows, &links.lower, &lower_rank);
        let upper = best(&self.upper().rows, links.upper(), &upper_rank);
        let mut found: Option<(f64, u32, usize, usize)> = None;
        let mut offer = |score: f64, a: u32, b: u32| {
            if let (Some(a), Some(b)) = (lower[a as usize], upper[b as usize]) {
                let is_better = found.is_none_or(|(best, rank, x, y)| {
                    score > best || score == best && (a.0 + b.0, a.1, b.1) < (rank, x, y)
                });
                if is_better {
                    found = Some((score, a.0 + b.0, a.1, b.1));
                }
            }
        };
        let classes = 1..links.limit as u32;
        match &links.linked {
            Linked::Same => classes.for_each(|class| offer(1.0, class, class)),
            Linked::Listed { links: listed, within } => {
                for &ClassLink { lower, upper, score } in listed {
                    offer(score, lower, upper);
                    if self.upper.is_none() {
                        offer(score, upper, lower);
                    }
                }
                classes.filter(|&class| within.get(class as usize) == Some(&true)).for_each(|class| {
                    offer(1.0, class, class);
                });
            }
        }
        found.map(|(score, _, a, b)| (a, b, score))
    }

    /// What the rule says of two rows, by their places on the two sides.
    pub fn report(&self, trials: &Trials<'_>, lower: usize, upper: usize) -> RuleTrial {
        self.told(&trials.of(&mut Scratch::default(), lower as u32, upper as u32), lower, upper)
    }

    pub fn told(&self, trial: &Trial, lower: usize, upper: usize) -> RuleTrial {
        let at = [lower, upper];
        let conditions = self.rule.conditions.iter().zip(&trial.conditions);
        let exceptions = self.rule.exceptions.iter().zip(&trial.exceptions);
        RuleTrial {
            conditions: conditions.map(|(condition, tried)| self.condition(condition, tried, at)).collect(),
            exceptions: exceptions
                .map(|(exception, (tried, fires))| ExceptionTrial {
                    is: exception.is.label().to_owned(),
                    condition: self.condition(&exception.condition, tried, at),
                    fires: *fires,
                })
                .collect(),
            holds: trial.score.is_some(),
            score: trial.score,
            ..self.untried(at)
        }
    }

    /// A trial that could not be made, since a column is not loaded.
    pub fn unable(&self) -> RuleTrial {
        let mut trial = self.untried([0, 0]);
        trial.note = Some("it reads a column that is not loaded, since no active rule uses it".to_owned());
        trial
    }

    fn untried(&self, [lower, upper]: [usize; 2]) -> RuleTrial {
        let rule = &self.rule;
        let name = |excerpt: &Excerpt, at: usize| {
            self.scene.name(excerpt.place, excerpt.rows.get(at).copied().unwrap_or_default())
        };
        RuleTrial {
            rule_id: rule.id.to_owned(),
            name: rule.name.to_owned(),
            kind: rule.kind,
            active: rule.active,
            rows: [name(&self.lower, lower), name(self.upper(), upper)],
            conditions: Vec::new(),
            exceptions: Vec::new(),
            holds: false,
            score: None,
            used: false,
            note: None,
        }
    }

    fn condition(&self, condition: &Condition, tried: &Tried, at: [usize; 2]) -> ConditionTrial {
        let sides = [&self.lower, self.upper()];
        let names: [Vec<&str>; 2] = if self.upper.is_some() {
            [condition.fields().collect(), condition.to_fields().collect()]
        } else {
            [condition.fields().collect(), condition.fields().collect()]
        };
        let field = |side: usize| names[side].get(tried.fields[side]).copied().unwrap_or_default();
        let raw = [0, 1].map(|side| {
            sides[side].table.column(field(side)).map(|column| column.text(at[side]).into_owned()).unwrap_or_default()
        });
        let is_blank = tried.outcome == Outcome::Blank;
        let mut notes: Vec<String> = [0, 1]
            .into_iter()
            .filter(|&side| is_blank && tried.compared[side].is_empty())
            .map(|side| {
                let name = self.scene.name(sides[side].place, sides[side].rows[at[side]]);
                words::why_blank(self.scene.project, condition, &name, field(side), &raw[side])
            })
            .collect();
        if tried.outcome == Outcome::Fails {
            notes.extend(words::too_long(condition.comparison, &tried.compared));
        }
        let shown_raw = raw.each_ref().map(|value| shortened(value));
        let shown = tried.compared.each_ref().map(|value| shortened(value));
        let raw_differences = differences(&shown_raw[0], &shown_raw[1]);
        let compared_differences = differences(&shown[0], &shown[1]);
        let value = |side: usize| ComparedValue {
            field: field(side).to_owned(),
            raw: shown_raw[side].clone(),
            normalized: shown[side].clone(),
            raw_differences: raw_differences[side].clone(),
            differences: compared_differences[side].clone(),
        };
        ConditionTrial {
            comparison: words::comparison(condition.comparison),
            values: [value(0), value(1)],
            outcome: match tried.outcome {
                Outcome::Passes(_) => TrialOutcome::Passes,
                Outcome::Fails => TrialOutcome::Fails,
                Outcome::Blank => TrialOutcome::Blank,
            },
            score: tried.score,
            threshold: condition.comparison.precision().map(|precision| f64::from(precision) / 100.0),
            apart: tried.apart,
            note: (!notes.is_empty()).then(|| notes.join("; ")),
        }
    }
}

fn side<'s>(scene: &Scene<'s>, excerpt: &'s Excerpt) -> Side<'s> {
    Side { id: scene.tables[excerpt.place].id, table: &excerpt.table }
}
