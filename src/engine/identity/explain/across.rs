//! How records of several tables hang together in one customer.

use super::ExplainError;
use super::answer::{Ambiguity, LinkReason, LinkStep, RuleTrial};
use super::bench::{Bench, RuleView};
use super::scene::Scene;
use super::words::plural;
use crate::engine::identity::dedup::NO_RECORD;
use crate::engine::identity::matching::{ALWAYS, Ambiguous};
use crate::engine::pipeline::always_across;
use crate::project::MatchRule;

/// So many further finds are listed with a step.
const LISTED: usize = 10;

/// A link between two records, numbered through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    pub lower: u32,
    pub upper: u32,
    pub by: By,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The rule by its place in the lower record's table.
    Rule(u16),
    /// The always-match pair by its place in the project's list.
    Always(u32),
}

/// The pairs that always match inside the cluster of a record, as edges.
pub fn always_edges(scene: &Scene<'_>, root: u32) -> Vec<Edge> {
    let pairs = always_across(scene.project, scene.tables).into_iter();
    let inside = pairs.filter(|&(a, b, _)| a != b && scene.root(a) == root && scene.root(b) == root);
    inside.map(|(a, b, pair)| Edge { lower: a.max(b), upper: a.min(b), by: By::Always(pair) }).collect()
}

/// What attached a record by a rule.
pub fn rule_edge(scene: &Scene<'_>, record: u32) -> Option<Edge> {
    let upper = scene.matching.parent[record as usize];
    let rule = scene.matching.rule[record as usize];
    (upper != NO_RECORD && rule != ALWAYS).then_some(Edge { lower: record, upper, by: By::Rule(rule) })
}

/// The records and links from one record of a cluster to another.
pub fn path(scene: &Scene<'_>, from: u32, to: u32) -> Vec<Edge> {
    // Links by rules lead upwards from every record, so only ancestors of the two, and of what pairs by hand name,
    // can lie on the way.
    let mut edges = always_edges(scene, scene.root(from));
    let mut open: Vec<u32> = vec![from, to];
    open.extend(edges.iter().flat_map(|edge| [edge.lower, edge.upper]));
    let mut climbed = Vec::new();
    while let Some(record) = open.pop() {
        if climbed.contains(&record) {
            continue;
        }
        climbed.push(record);
        if let Some(edge) = rule_edge(scene, record) {
            edges.push(edge);
            open.push(edge.upper);
        }
    }
    let mut reached: Vec<(u32, Option<(usize, Edge)>)> = vec![(from, None)];
    let mut at = 0;
    while at < reached.len() {
        let record = reached[at].0;
        if record == to {
            break;
        }
        for &edge in &edges {
            let other = if edge.lower == record {
                edge.upper
            } else if edge.upper == record {
                edge.lower
            } else {
                continue;
            };
            if !reached.iter().any(|(known, _)| *known == other) {
                reached.push((other, Some((at, edge))));
            }
        }
        at += 1;
    }
    let mut path = Vec::new();
    while let Some(&(_, Some((before, edge)))) = reached.get(at) {
        path.push(edge);
        at = before;
    }
    path.reverse();
    path
}

/// The step that a link makes, the rows that it rests on being `lower` and `upper`.
pub struct Attachment {
    pub lower: u32,
    pub upper: u32,
    pub step: LinkStep,
}

/// Rows that a link had best rest on where it can rest on several: those that are on the way.
#[derive(Debug, Clone, Copy, Default)]
pub struct Preferred<'a> {
    pub lower: &'a [u32],
    pub upper: &'a [u32],
}

/// The link with the rows that it rests on: by preference these ones, then those that speak for their records.
pub fn attachment(scene: &Scene<'_>, edge: Edge, preferred: Preferred<'_>) -> Result<Attachment, ExplainError> {
    match edge.by {
        By::Always(pair) => Ok(by_hand(scene, edge, pair)),
        By::Rule(rule) => by_rule(scene, edge, rule, preferred),
    }
}

fn by_hand(scene: &Scene<'_>, edge: Edge, place: u32) -> Attachment {
    let pair = scene.project.overrides.always_match.get(place as usize);
    // The pair names its records by keys, maybe of alternates.
    let row = |record: u32| {
        let table = scene.matching.table_of(record);
        let key = pair.and_then(|pair| {
            [&pair.a, &pair.b].into_iter().find(|key| key.table == scene.tables[table].id).map(|key| key.key.as_str())
        });
        let text = |row: &&u32| key == Some(&*scene.tables[table].primary_key.text(**row as usize));
        scene.rows(record).iter().find(text).copied().unwrap_or_else(|| scene.winner(record))
    };
    let (lower, upper) = (row(edge.lower), row(edge.upper));
    let reason = LinkReason::AlwaysMatch { reason: pair.map(|pair| pair.reason.clone()).unwrap_or_default() };
    Attachment { lower, upper, step: step(scene, edge, lower, upper, reason) }
}

fn step(scene: &Scene<'_>, edge: Edge, lower: u32, upper: u32, reason: LinkReason) -> LinkStep {
    LinkStep {
        a: scene.name(scene.matching.table_of(edge.lower), lower),
        b: scene.name(scene.matching.table_of(edge.upper), upper),
        within_record: false,
        reason,
        also: Vec::new(),
        ambiguous: None,
        notes: Vec::new(),
    }
}

fn match_rules<'a>(scene: &Scene<'a>, record: u32) -> &'a [MatchRule] {
    scene.tables[scene.matching.table_of(record)].rules
}

fn by_rule(scene: &Scene<'_>, edge: Edge, number: u16, preferred: Preferred<'_>) -> Result<Attachment, ExplainError> {
    let mut notes = Vec::new();
    let best = match match_rules(scene, edge.lower).get(usize::from(number)) {
        Some(rule) => best_trial(scene, usize::from(number), rule, edge.lower, edge.upper, preferred)?,
        None => None,
    };
    let (lower, upper, reason) = match best {
        Some(Best { lower, upper, mut trial }) => {
            trial.used = true;
            (lower, upper, LinkReason::Rule(Box::new(trial)))
        }
        None => {
            notes.push(tr!("The rows that the rule links are among those not looked at.").to_owned());
            let (lower, upper) = (scene.winner(edge.lower), scene.winner(edge.upper));
            let trial = match match_rules(scene, edge.lower).get(usize::from(number)) {
                Some(rule) => tried(scene, usize::from(number), rule, edge, lower, upper),
                None => return Err(ExplainError::NotMatched),
            };
            (lower, upper, LinkReason::Rule(Box::new(trial)))
        }
    };
    let mut step = step(scene, edge, lower, upper, reason);
    step.notes = notes;
    for alternate in [(edge.lower, lower), (edge.upper, upper)] {
        let (record, row) = alternate;
        let winner = scene.winner(record);
        if winner != row {
            let place = scene.matching.table_of(record);
            let (row, winner) = (scene.name(place, row), scene.name(place, winner));
            step.notes.push(tr!("Through the alternate {row} of {winner}.", row, winner));
        }
    }
    let preferred = Preferred { lower: preferred.lower, upper: &[] };
    step.also = also(scene, edge, number, preferred)?;
    step.ambiguous = ambiguity(scene, edge, number, preferred)?;
    Ok(Attachment { lower, upper, step })
}

struct Best {
    lower: u32,
    upper: u32,
    trial: RuleTrial,
}

/// What a rule says of the two rows of these records that it links with the highest score.
fn best_trial(
    scene: &Scene<'_>,
    number: usize,
    rule: &MatchRule,
    lower: u32,
    upper: u32,
    preferred: Preferred<'_>,
) -> Result<Option<Best>, ExplainError> {
    let (lower_place, upper_place) = (scene.matching.table_of(lower), scene.matching.table_of(upper));
    let (lower_rows, upper_rows) = (scene.few_rows(lower, preferred.lower), scene.few_rows(upper, preferred.upper));
    let view = RuleView::matching(number, rule);
    let bench = Bench::new(scene, view, (lower_place, &lower_rows), Some((upper_place, &upper_rows)));
    let links = bench.links()?;
    let rank = |preferred: &[u32], winner: u32, row: u32| {
        Some(if preferred.contains(&row) { 0 } else { 1 + u32::from(row != winner) })
    };
    let lower_rank = |row| rank(preferred.lower, scene.winner(lower), row);
    let upper_rank = |row| rank(preferred.upper, scene.winner(upper), row);
    let Some((a, b, _)) = bench.best_pair(&links, lower_rank, upper_rank) else { return Ok(None) };
    let Some(trials) = bench.trials() else { return Ok(None) };
    let trial = bench.report(&trials, a, b);
    Ok(Some(Best { lower: lower_rows[a], upper: upper_rows[b], trial }))
}

fn tried(scene: &Scene<'_>, number: usize, rule: &MatchRule, edge: Edge, lower: u32, upper: u32) -> RuleTrial {
    let view = RuleView::matching(number, rule);
    let place = |record: u32| scene.matching.table_of(record);
    let bench = Bench::new(scene, view, (place(edge.lower), &[lower]), Some((place(edge.upper), &[upper])));
    let mut trial = match bench.trials() {
        Some(trials) => bench.report(&trials, 0, 0),
        None => bench.unable(),
    };
    trial.used = true;
    trial
}

/// What else the active rules of the lower record's table find that made no difference: records of the same customer,
/// and what was listed as ambiguous.
fn also(scene: &Scene<'_>, edge: Edge, used: u16, preferred: Preferred<'_>) -> Result<Vec<RuleTrial>, ExplainError> {
    let mut found = Vec::new();
    for (number, rule) in match_rules(scene, edge.lower).iter().enumerate().filter(|(_, rule)| rule.active) {
        let Some(place) = scene.tables.iter().position(|table| table.id == rule.to_table) else { continue };
        let mut others: Vec<u32> = match scene.customer(edge.lower) {
            Some(customer) => scene.records_of(customer, place).take(2 * LISTED).collect(),
            None => Vec::new(),
        };
        let listed = cases(scene, edge.lower).find(|case| usize::from(case.rule) == number && !case.decided);
        others.extend(listed.into_iter().flat_map(|case| &case.others));
        others.retain(|&other| !(other == edge.upper && number == usize::from(used)));
        for other in others {
            scene.task.check()?;
            if found.len() == LISTED {
                return Ok(found);
            }
            if let Some(Best { mut trial, .. }) = best_trial(scene, number, rule, edge.lower, other, preferred)? {
                trial.note = Some(why_unused(scene, edge, used, number, other));
                found.push(trial);
            }
        }
    }
    Ok(found)
}

fn why_unused(scene: &Scene<'_>, edge: Edge, used: u16, number: usize, other: u32) -> String {
    let used_name = match_rules(scene, edge.lower).get(usize::from(used)).map_or("", |rule| rule.name.as_str());
    let whose = if other != edge.upper && scene.root(other) == scene.root(edge.lower) {
        tr!("; it is of the same customer anyway")
    } else {
        ""
    };
    match number.cmp(&usize::from(used)) {
        std::cmp::Ordering::Greater => tr!("not used, since \"{used_name}\" comes first{whose}", used_name, whose),
        std::cmp::Ordering::Equal => tr!("not chosen{whose}", whose),
        std::cmp::Ordering::Less => tr!("not used, since it was refused{whose}", whose),
    }
}

fn cases<'a>(scene: &Scene<'a>, record: u32) -> impl Iterator<Item = &'a Ambiguous> {
    let all = &scene.matching.ambiguous;
    let start = all.partition_point(|case| case.record < record);
    all[start..].iter().take_while(move |case| case.record == record)
}

/// What the rule that decided found beside the record chosen, among other customers.
fn ambiguity(
    scene: &Scene<'_>,
    edge: Edge,
    used: u16,
    preferred: Preferred<'_>,
) -> Result<Option<Ambiguity>, ExplainError> {
    let Some(case) = cases(scene, edge.lower).find(|case| case.rule == used && case.decided) else { return Ok(None) };
    let mut others = Vec::new();
    if let Some(rule) = match_rules(scene, edge.lower).get(usize::from(used)) {
        for &other in case.others.iter().take(LISTED) {
            scene.task.check()?;
            others.extend(
                best_trial(scene, usize::from(used), rule, edge.lower, other, preferred)?.map(|best| best.trial),
            );
        }
    }
    let count = case.other_count;
    let chosen = scene.matching.score[edge.lower as usize];
    let by_score = others.iter().all(|other| other.score.is_some_and(|score| (score as f32) < chosen));
    let name = scene.record_name(edge.upper);
    let why = if by_score && !others.is_empty() {
        tr!("its score is the highest")
    } else {
        tr!("its primary key is the largest")
    };
    let why = if is_refused(scene, edge) { tr!("others were refused") } else { why };
    let sentence = tr!(
        "The rule also finds {count} record{plural} of other customers; {label} is taken, since {why}.",
        count,
        plural = plural(count),
        label = name.label(),
        why
    );
    Ok(Some(Ambiguity { sentence, count, others }))
}

fn is_refused(scene: &Scene<'_>, edge: Edge) -> bool {
    scene.matching.refused.iter().any(|refused| refused.record == edge.lower)
}
