//! How the rows of one record hang together: by deduplication rules, by pairs that always match, or automatically.

use hashbrown::HashSet;

use super::ExplainError;
use super::answer::{LinkReason, LinkStep, RuleTrial};
use super::bench::{Bench, RuleView, few};
use super::scene::Scene;
use crate::engine::groups::Groups;
use crate::engine::identity::linking::{Linked, NO_CLASS, RuleLinks};
use crate::engine::pipeline::{match_columns, pairs_of_rows};
use crate::project::Condition;

/// The links between some rows of one record.
pub struct Inside<'a> {
    scene: &'a Scene<'a>,
    place: usize,
    rows: &'a [u32],
    kinds: Vec<Kind<'a>>,
    /// Pairs that always match, by places among the rows, with the pair's place in the project's list.
    always: Vec<(usize, usize, u32)>,
    /// Links that a constraint refused, by places, though other links brought the rows together.
    refused: HashSet<(usize, usize)>,
}

/// One reason to link rows, with what it links.
struct Kind<'a> {
    by: By<'a>,
    links: RuleLinks,
    /// By class its rows.
    rows: Groups,
    /// By class the classes linked to it, with the scores.
    linked: Vec<Vec<(u32, f64)>>,
}

enum By<'a> {
    Rule(Box<Bench<'a>>),
    EqualColumns(Box<Bench<'a>>),
    SameKey,
}

/// How a row was reached.
#[derive(Debug, Clone, Copy)]
struct Edge {
    from: usize,
    /// The kind by its place; `None` for a pair that always matches.
    kind: Option<usize>,
    /// The pair's place in the project's list.
    pair: u32,
    score: f64,
}

/// The conditions of automatic deduplication; none where the table has rules.
pub fn equal_columns(scene: &Scene<'_>, place: usize) -> Vec<Condition> {
    match scene.settings(place) {
        Some(settings) if settings.deduplication_rules.is_empty() => {
            match_columns(scene.project, settings).into_iter().map(Condition::exact).collect()
        }
        _ => Vec::new(),
    }
}

impl<'a> Inside<'a> {
    /// Over these rows of one record; `columns` are what [`equal_columns`] gave.
    pub fn new(
        scene: &'a Scene<'a>,
        place: usize,
        rows: &'a [u32],
        columns: &'a [Condition],
    ) -> Result<Self, ExplainError> {
        let mut kinds = Vec::new();
        let rules = scene.settings(place).map_or(&[][..], |settings| &settings.deduplication_rules);
        for (number, rule) in rules.iter().enumerate().filter(|(_, rule)| rule.active) {
            let bench = Bench::new(scene, RuleView::deduplication(number, rule), (place, rows), None);
            let links = bench.links()?;
            kinds.push(Kind::new(By::Rule(Box::new(bench)), links));
        }
        if !columns.is_empty() {
            let bench = Bench::new(scene, RuleView::equal_columns(columns), (place, rows), None);
            let links = bench.links()?;
            kinds.push(Kind::new(By::EqualColumns(Box::new(bench)), links));
        }
        let keys = few(scene.tables[place].primary_key, rows);
        let keys = keys.to_text();
        let limit = keys.dictionary.len();
        let links = RuleLinks { lower: keys.codes.clone(), limit, linked: Linked::Same, ..RuleLinks::default() };
        kinds.push(Kind::new(By::SameKey, links));
        let table = &scene.tables[place];
        let pairs = &scene.project.overrides.always_match;
        let always = pairs_of_rows(pairs, table.id, table.primary_key).into_iter();
        let at = |row: u32| rows.binary_search(&row).ok();
        let always = always.filter_map(|(a, b, pair)| Some((at(a)?, at(b)?, pair))).collect();
        let refused = table.records.refused.iter();
        let refused = refused.filter_map(|refused| Some((at(refused.a)?, at(refused.b)?))).collect();
        Ok(Self { scene, place, rows, kinds, always, refused })
    }

    /// The steps from any of some rows to any of others: as few as can be, then of the highest score, then by the
    /// first rule. `None` where rows that were left out link them.
    pub fn path(&self, from: &[u32], to: &[u32]) -> Result<Option<Vec<LinkStep>>, ExplainError> {
        let (from, to) = (self.places(from), self.places(to));
        let (reached, _) = self.search(&from, &to)?;
        let Some(&end) = to.iter().find(|&&place| from.contains(&place) || reached[place].is_some()) else {
            return Ok(None);
        };
        let mut edges = Vec::new();
        let mut at = end;
        while let Some(edge) = reached[at] {
            edges.push((edge, at));
            at = edge.from;
        }
        edges.reverse();
        Ok(Some(edges.into_iter().map(|(edge, to)| self.step(edge, to)).collect()))
    }

    /// How all other rows come to one of them, the nearest first; at most so many.
    pub fn spread(&self, from: u32, most: usize) -> Result<Vec<LinkStep>, ExplainError> {
        let (reached, order) = self.search(&self.places(&[from]), &[])?;
        let edges = order.into_iter().filter_map(|place| Some((reached[place]?, place)));
        Ok(edges.take(most).map(|(edge, to)| self.step(edge, to)).collect())
    }

    fn places(&self, rows: &[u32]) -> Vec<usize> {
        rows.iter().filter_map(|row| self.rows.binary_search(row).ok()).collect()
    }

    /// Layer by layer: how each row was reached, and in which order.
    fn search(&self, from: &[usize], to: &[usize]) -> Result<(Vec<Option<Edge>>, Vec<usize>), ExplainError> {
        let count = self.rows.len();
        let mut reached: Vec<Option<Edge>> = vec![None; count];
        let mut is_done = vec![false; count];
        // The least score on the way.
        let mut least = vec![1.0_f64; count];
        let mut order = Vec::new();
        from.iter().for_each(|&place| is_done[place] = true);
        let mut seen: Vec<Vec<bool>> = self.kinds.iter().map(|kind| vec![false; kind.links.limit]).collect();
        let mut layer = from.to_vec();
        while !layer.is_empty() && !to.iter().any(|&place| is_done[place]) {
            let mut next: Vec<usize> = Vec::new();
            let mut offered: Vec<Vec<u32>> = vec![Vec::new(); self.kinds.len()];
            for &place in &layer {
                self.scene.task.check()?;
                let mut offer = |to: usize, edge: Edge| {
                    if is_done[to] {
                        return;
                    }
                    let score = least[edge.from].min(edge.score);
                    let is_better = match reached[to] {
                        None => {
                            next.push(to);
                            true
                        }
                        Some(known) => score > least[to] || score == least[to] && rank(edge.kind) < rank(known.kind),
                    };
                    if is_better {
                        (reached[to], least[to]) = (Some(edge), score);
                    }
                };
                for &(a, b, pair) in &self.always {
                    if a == place || b == place {
                        offer(a + b - place, Edge { from: place, kind: None, pair, score: 1.0 });
                    }
                }
                for (number, kind) in self.kinds.iter().enumerate() {
                    for &(class, score) in kind.linked_to(place) {
                        if seen[number][class as usize] {
                            continue;
                        }
                        let rows = kind.rows.of(class);
                        let is_refused = |&&to: &&u32| self.is_refused(place, to as usize);
                        if !rows.iter().any(|to| is_refused(&to)) {
                            offered[number].push(class);
                        }
                        for &to in rows.iter().filter(|to| !is_refused(to)) {
                            let edge = Edge { from: place, kind: Some(number), pair: 0, score };
                            offer(to as usize, edge);
                        }
                    }
                }
            }
            for (seen, offered) in seen.iter_mut().zip(offered) {
                offered.into_iter().for_each(|class| seen[class as usize] = true);
            }
            next.sort_unstable();
            next.iter().for_each(|&place| is_done[place] = true);
            order.extend_from_slice(&next);
            layer = next;
        }
        Ok((reached, order))
    }

    fn is_refused(&self, a: usize, b: usize) -> bool {
        !self.refused.is_empty() && self.refused.contains(&(a.min(b), a.max(b)))
    }

    fn step(&self, edge: Edge, to: usize) -> LinkStep {
        let mut also: Vec<RuleTrial> = Vec::new();
        let mut notes = Vec::new();
        let mut reason = match edge.kind {
            None => {
                let pair = self.scene.project.overrides.always_match.get(edge.pair as usize);
                LinkReason::AlwaysMatch { reason: pair.map(|pair| pair.reason.clone()).unwrap_or_default() }
            }
            Some(_) => LinkReason::SameKey,
        };
        for (number, kind) in self.kinds.iter().enumerate() {
            let is_used = edge.kind == Some(number);
            match &kind.by {
                By::Rule(bench) => {
                    let Some(trials) = bench.trials() else { continue };
                    let mut trial = bench.report(&trials, edge.from, to);
                    trial.used = is_used;
                    if is_used {
                        reason = LinkReason::Rule(Box::new(trial));
                    } else if trial.holds {
                        trial.note = Some(tr!("holds too").to_owned());
                        also.push(trial);
                    }
                }
                By::EqualColumns(bench) => {
                    if is_used && let Some(trials) = bench.trials() {
                        let conditions = bench.report(&trials, edge.from, to).conditions;
                        reason = LinkReason::EqualColumns { conditions };
                    }
                }
                By::SameKey => {
                    if !is_used && kind.links.lower[edge.from] == kind.links.lower[to] {
                        notes.push(tr!("They have the same primary key too.").to_owned());
                    }
                }
            }
        }
        LinkStep {
            a: self.scene.name(self.place, self.rows[edge.from]),
            b: self.scene.name(self.place, self.rows[to]),
            within_record: true,
            reason,
            also,
            ambiguous: None,
            notes,
        }
    }
}

/// Pairs that always match come first, then rules in their order, then what is automatic.
fn rank(kind: Option<usize>) -> usize {
    kind.map_or(0, |kind| kind + 1)
}

impl<'a> Kind<'a> {
    fn new(by: By<'a>, links: RuleLinks) -> Self {
        let rows = Groups::by_number(&links.lower, links.limit);
        let mut linked: Vec<Vec<(u32, f64)>> = vec![Vec::new(); links.limit];
        match &links.linked {
            Linked::Same => (1..links.limit).for_each(|class| linked[class].push((class as u32, 1.0))),
            Linked::Listed { links: listed, within } => {
                for link in listed {
                    linked[link.lower as usize].push((link.upper, link.score));
                    linked[link.upper as usize].push((link.lower, link.score));
                }
                for (class, _) in within.iter().enumerate().filter(|(_, within)| **within) {
                    linked[class].push((class as u32, 1.0));
                }
            }
        }
        Self { by, links, rows, linked }
    }

    fn linked_to(&self, row: usize) -> &[(u32, f64)] {
        let class = self.links.lower.get(row).copied().unwrap_or(NO_CLASS);
        if class == NO_CLASS { &[] } else { &self.linked[class as usize] }
    }
}
