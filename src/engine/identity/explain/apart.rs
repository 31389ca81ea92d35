//! Why two records are not one customer: the rule that comes nearest, and what else stood in the way.

use super::answer::{ConditionTrial, PairExplanation, Refusal, RuleTrial, TrialOutcome, Verdict};
use super::bench::{Bench, RuleView};
use super::inside::equal_columns;
use super::scene::{Asked, Scene};
use super::{ExplainError, asked_name, words};
use crate::engine::identity::dedup::{JoinedBy, NO_RECORD};
use crate::engine::identity::linking::{Outcome, Trial};
use crate::engine::identity::matching::{ALWAYS, RefusedLink};
use crate::engine::identity::similarity::Scratch;
use crate::engine::pipeline::pairs_of_records;

/// So many first rows of each record are tried with each other for the pair that comes nearest.
const TRIED: usize = 100;
/// So many refused links of a customer are listed.
const LISTED: usize = 20;

pub fn explain(scene: &Scene<'_>, one: &Asked, other: &Asked) -> Result<PairExplanation, ExplainError> {
    let mut notes = Vec::new();
    scene.note_of_size(one.record, &mut notes);
    scene.note_of_size(other.record, &mut notes);
    let (lower, upper) = if one.place >= other.place { (one, other) } else { (other, one) };
    let trials = if one.place == other.place {
        in_one_table(scene, one, other, &mut notes)?
    } else {
        across_tables(scene, lower, upper, &mut notes)?
    };
    let nearest = nearest(&trials);
    let refusals = refusals_between(scene, one.record, other.record);
    let forbidden = forbidden(scene, one.record, other.record);
    for asked in [one, other] {
        notes.extend(attached_to(scene, asked.record));
        if scene.customer(asked.record).is_none() {
            notes.push(dropped(scene, asked));
        }
    }
    let customers = [scene.customer_id(one.record), scene.customer_id(other.record)];
    let (a, b) = (asked_name(scene, one), asked_name(scene, other));
    let why = match (forbidden.first(), refusals.first()) {
        (Some(never), _) => never.clone(),
        (None, Some(refusal)) => refusal.sentence.clone(),
        (None, None) => why(scene, lower, upper, &trials, nearest),
    };
    notes.extend(forbidden.into_iter().skip(1));
    let are =
        if customers.iter().all(Option::is_some) { tr!("are two customers") } else { tr!("are not one customer") };
    let sentence = tr!("{label} and {label_2} {are}: {why}.", label = a.label(), label_2 = b.label(), are, why);
    Ok(PairExplanation {
        a,
        b,
        customers,
        verdict: Verdict::Apart,
        sentence,
        path: Vec::new(),
        trials,
        nearest,
        refusals,
        notes,
    })
}

fn in_one_table(
    scene: &Scene<'_>,
    one: &Asked,
    other: &Asked,
    notes: &mut Vec<String>,
) -> Result<Vec<RuleTrial>, ExplainError> {
    let (of_one, of_other) = (scene.few_rows(one.record, &one.rows), scene.few_rows(other.record, &other.rows));
    let mut rows: Vec<u32> = of_one.iter().chain(&of_other).copied().collect();
    rows.sort_unstable();
    let columns = equal_columns(scene, one.place);
    let rules = scene.settings(one.place).map_or(&[][..], |settings| &settings.deduplication_rules);
    let mut views: Vec<RuleView<'_>> =
        rules.iter().enumerate().map(|(number, rule)| RuleView::deduplication(number, rule)).collect();
    if !columns.is_empty() {
        views.push(RuleView::equal_columns(&columns));
    }
    if views.is_empty() {
        let table = scene.table_name(one.place);
        notes.push(tr!("{table} has no deduplication rule, and no match rule compares a column of it.", table));
    }
    let mut trials = Vec::new();
    for view in views {
        scene.task.check()?;
        let bench = Bench::new(scene, view, (one.place, &rows), None);
        let mut trial = closest(scene, &bench, [&one.rows, &other.rows], [&of_one, &of_other])?;
        if trial.holds {
            trial.note = Some(if trial.active {
                let by = if view.id.is_empty() {
                    JoinedBy::MatchColumns
                } else {
                    JoinedBy::Rule(u16::try_from(view.number).unwrap_or(u16::MAX))
                };
                why_not_joined(scene, one, other, by)
            } else {
                INACTIVE.to_owned()
            });
        }
        trials.push(trial);
    }
    Ok(trials)
}

const INACTIVE: &str = "the rule is inactive; it would link them";

fn across_tables(
    scene: &Scene<'_>,
    lower: &Asked,
    upper: &Asked,
    notes: &mut Vec<String>,
) -> Result<Vec<RuleTrial>, ExplainError> {
    let (of_lower, of_upper) = (scene.few_rows(lower.record, &lower.rows), scene.few_rows(upper.record, &upper.rows));
    let named = scene.tables[upper.place].id;
    let rules = scene.tables[lower.place].rules.iter().enumerate();
    let mut trials = Vec::new();
    for (number, rule) in rules.filter(|(_, rule)| rule.to_table == named) {
        scene.task.check()?;
        let view = RuleView::matching(number, rule);
        let bench = Bench::new(scene, view, (lower.place, &of_lower), Some((upper.place, &of_upper)));
        let mut trial = closest(scene, &bench, [&lower.rows, &upper.rows], [&of_lower, &of_upper])?;
        if trial.holds {
            trial.note = Some(if rule.active { why_unused(scene, lower, upper, number) } else { INACTIVE.to_owned() });
        }
        trials.push(trial);
    }
    if trials.is_empty() {
        notes.push(no_rule(scene, lower, upper));
    }
    Ok(trials)
}

fn no_rule(scene: &Scene<'_>, lower: &Asked, upper: &Asked) -> String {
    tr!(
        "No rule of {table_name} names {table_name_2}.",
        table_name = scene.table_name(lower.place),
        table_name_2 = scene.table_name(upper.place)
    )
}

/// What the rule says of the two rows that it links with the highest score, or else of those that come nearest.
fn closest(
    scene: &Scene<'_>,
    bench: &Bench<'_>,
    asked: [&[u32]; 2],
    records: [&[u32]; 2],
) -> Result<RuleTrial, ExplainError> {
    let Some(trials) = bench.trials() else { return Ok(bench.unable()) };
    let links = bench.links()?;
    let rank = |side: usize, row: u32| {
        records[side].binary_search(&row).is_ok().then(|| u32::from(!asked[side].contains(&row)))
    };
    if let Some((a, b, _)) = bench.best_pair(&links, |row| rank(0, row), |row| rank(1, row)) {
        return Ok(bench.report(&trials, a, b));
    }
    let sides = bench.rows();
    let places = |side: usize| {
        let mut places: Vec<(u32, usize)> = sides[side]
            .iter()
            .enumerate()
            .filter_map(|(place, &row)| rank(side, row).map(|rank| (rank, place)))
            .collect();
        places.sort_unstable();
        places.truncate(TRIED);
        places
    };
    let mut scratch = Scratch::default();
    let mut best: Option<((usize, f64), Trial, usize, usize)> = None;
    let upper = places(1);
    for (_, a) in places(0) {
        scene.task.check()?;
        for &(_, b) in &upper {
            let trial = trials.of(&mut scratch, a as u32, b as u32);
            let closeness = closeness(&trial);
            if best.as_ref().is_none_or(|(known, ..)| closeness > *known) {
                best = Some((closeness, trial, a, b));
            }
        }
    }
    Ok(best.map_or_else(|| bench.unable(), |(_, trial, a, b)| bench.told(&trial, a, b)))
}

/// How many conditions pass, then the highest score of one that does not.
fn closeness(trial: &Trial) -> (usize, f64) {
    let passes = trial.conditions.iter().filter(|tried| matches!(tried.outcome, Outcome::Passes(_))).count();
    let failing = trial.conditions.iter().filter(|tried| tried.outcome == Outcome::Fails);
    let score = failing.map(|tried| tried.score.unwrap_or(0.0)).fold(-1.0, f64::max);
    (passes, score)
}

/// The rule that came nearest: one that holds, else the one that fails in the fewest conditions, then with the highest
/// score; of equals the first active one.
fn nearest(trials: &[RuleTrial]) -> Option<usize> {
    let key = |trial: &RuleTrial| {
        let failing = trial.conditions.iter().filter(|condition| condition.outcome != TrialOutcome::Passes);
        let scores = failing.clone().filter(|condition| condition.outcome == TrialOutcome::Fails);
        let score = scores.map(|condition| condition.score.unwrap_or(0.0)).fold(-1.0, f64::max);
        let all = failing.count();
        (trial.holds && trial.active, trial.holds, trial.active, trial.conditions.len() - all, score)
    };
    let tried = trials.iter().enumerate().filter(|(_, trial)| !trial.conditions.is_empty());
    let mut best: Option<usize> = None;
    for (place, trial) in tried {
        if best.is_none_or(|best| key(trial) > key(&trials[best])) {
            best = Some(place);
        }
    }
    best
}

fn why(scene: &Scene<'_>, lower: &Asked, upper: &Asked, trials: &[RuleTrial], nearest: Option<usize>) -> String {
    let Some(trial) = nearest.map(|nearest| &trials[nearest]) else {
        let no_rule = if lower.place == upper.place {
            tr!("nothing deduplicates {table_name}", table_name = scene.table_name(lower.place))
        } else {
            no_rule(scene, lower, upper).trim_end_matches('.').replacen('N', "n", 1)
        };
        return no_rule;
    };
    if trial.holds {
        let note = trial.note.as_deref().unwrap_or_default();
        return tr!("\"{trial}\" holds, but {note}", trial = trial.name, note);
    }
    let inactive = if trial.active { "" } else { tr!(" (inactive)") };
    tr!(
        "the nearest rule is \"{trial}\"{inactive}, where {shortfall}",
        trial = trial.name,
        inactive,
        shortfall = shortfall(trial)
    )
}

/// Why a trial does not hold.
fn shortfall(trial: &RuleTrial) -> String {
    let failing: Vec<String> = trial
        .conditions
        .iter()
        .filter(|condition| condition.outcome != TrialOutcome::Passes)
        .map(condition_shortfall)
        .collect();
    if !failing.is_empty() {
        return failing.join(tr!(", and "));
    }
    let fired: Vec<String> = trial
        .exceptions
        .iter()
        .map(|exception| format!("{} {}", exception.condition.values[0].field, exception.is))
        .collect();
    tr!("the exception holds that {fired}", fired = fired.join(tr!(" and ")))
}

fn condition_shortfall(condition: &ConditionTrial) -> String {
    let field = &condition.values[0].field;
    match (&condition.note, condition.score, condition.threshold, condition.apart) {
        (Some(note), ..) => note.clone(),
        (None, Some(score), Some(threshold), _) => {
            tr!(
                "{field} scores {score}, below {threshold}",
                field,
                score = words::score(score, Some(threshold)),
                threshold = format_args!("{threshold:.2}")
            )
        }
        (None, _, _, Some(apart)) => {
            tr!(
                "{field} is {number_text} apart, not {comparison}",
                field,
                number_text = crate::engine::column::number_text(apart),
                comparison = condition.comparison
            )
        }
        _ => tr!("{field} differs", field),
    }
}

/// Why a deduplication rule that holds joined nothing: something refused it.
fn why_not_joined(scene: &Scene<'_>, one: &Asked, other: &Asked, by: JoinedBy) -> String {
    let records = &scene.tables[one.place].records;
    let local = |asked: &Asked| scene.matching.local(asked.record);
    let between = |a: u32, b: u32| {
        let of = [records.record_of_row[a as usize], records.record_of_row[b as usize]];
        of == [local(one), local(other)] || of == [local(other), local(one)]
    };
    let mut refused = records.refused.iter().filter(|refused| between(refused.a, refused.b));
    let all: Vec<_> = refused.by_ref().collect();
    let best = all.iter().find(|refused| refused.by == by).or(all.first());
    match best {
        Some(refused) => tr!("it was refused: {limit}", limit = words::limit(scene.project, refused.limit)),
        None => tr!("it was refused: a never-match or a guard keeps them apart").to_owned(),
    }
}

/// Why a match rule that holds attached the lower record elsewhere or nowhere.
fn why_unused(scene: &Scene<'_>, lower: &Asked, upper: &Asked, number: usize) -> String {
    let matching = scene.matching;
    let is_this = |refused: &&RefusedLink| refused.record == lower.record && refused.other == upper.record;
    if let Some(refused) = matching.refused.iter().find(is_this) {
        return tr!("it was refused: {limit}", limit = words::limit(scene.project, refused.limit));
    }
    let (parent, rule) = (matching.parent[lower.record as usize], matching.rule[lower.record as usize]);
    let label = scene.record_name(lower.record).label();
    if parent == NO_RECORD {
        return tr!("a never-match or a guard keeps {label} apart", label);
    }
    let to = scene.record_name(parent).label();
    if rule == ALWAYS {
        return tr!("{label} always matches {to} by hand, so it tries no rule", label, to);
    }
    let rule = usize::from(rule);
    let name = scene.tables[lower.place].rules.get(rule).map_or("", |rule| rule.name.as_str());
    match rule.cmp(&number) {
        std::cmp::Ordering::Less => tr!("{label} went to {to} by \"{name}\", which comes first", label, to, name),
        std::cmp::Ordering::Equal => {
            tr!("{label} went to {to} by the same rule, by a higher score or the larger primary key", label, to)
        }
        std::cmp::Ordering::Greater => tr!("it was refused, and {label} went to {to} by \"{name}\"", label, to, name),
    }
}

/// What a record was attached to, in a sentence.
fn attached_to(scene: &Scene<'_>, record: u32) -> Option<String> {
    let parent = scene.matching.parent[record as usize];
    if parent == NO_RECORD {
        return None;
    }
    let (name, to) = (scene.record_name(record).label(), scene.record_name(parent).label());
    let rule = scene.matching.rule[record as usize];
    let by = if rule == ALWAYS {
        tr!("by hand").to_owned()
    } else {
        let rules = scene.tables[scene.matching.table_of(record)].rules;
        tr!("by \"{rules}\"", rules = rules.get(usize::from(rule)).map_or("", |rule| rule.name.as_str()))
    };
    Some(tr!("{name} joins {to} {by}.", name, to, by))
}

/// That a record is in no customer, in a sentence.
pub fn dropped(scene: &Scene<'_>, asked: &Asked) -> String {
    tr!(
        "{label} is in no customer: nothing matches it, and Include all records is off for {table_name}.",
        label = asked_name(scene, asked).label(),
        table_name = scene.table_name(asked.place)
    )
}

/// The pairs that never match between two clusters, in words.
fn forbidden(scene: &Scene<'_>, a: u32, b: u32) -> Vec<String> {
    let roots = [scene.root(a), scene.root(b)];
    let pairs = &scene.project.overrides.never_match;
    let located = pairs_of_records(pairs, scene.tables, |_| true).into_iter();
    let between = located.filter(|&(x, y, _)| {
        let of = [scene.root(x), scene.root(y)];
        of == roots || of == [roots[1], roots[0]]
    });
    between.filter_map(|(_, _, place)| Some(words::never(scene.project, pairs.get(place as usize)?))).collect()
}

/// Links between two clusters that were refused.
fn refusals_between(scene: &Scene<'_>, a: u32, b: u32) -> Vec<Refusal> {
    let roots = [scene.root(a), scene.root(b)];
    refusals(scene, |of| of == roots || of == [roots[1], roots[0]])
}

/// Links from the cluster of a record to others that were refused.
pub fn refusals_of(scene: &Scene<'_>, record: u32) -> Vec<Refusal> {
    let root = scene.root(record);
    refusals(scene, |of| of.contains(&root))
}

fn refusals(scene: &Scene<'_>, wanted: impl Fn([u32; 2]) -> bool) -> Vec<Refusal> {
    let mut found = Vec::new();
    for (place, table) in scene.tables.iter().enumerate() {
        let record = |row: u32| scene.matching.offsets[place] + table.records.record_of_row[row as usize];
        for refused in &table.records.refused {
            if wanted([scene.root(record(refused.a)), scene.root(record(refused.b))]) {
                let rules = scene.settings(place).map_or(&[][..], |settings| &settings.deduplication_rules);
                let by = match refused.by {
                    JoinedBy::Always => tr!("the always-match of").to_owned(),
                    JoinedBy::Rule(number) => {
                        let name = rules.get(usize::from(number)).map_or("", |rule| rule.name.as_str());
                        tr!("\"{name}\" for", name)
                    }
                    JoinedBy::MatchColumns => tr!("the equal columns of").to_owned(),
                    JoinedBy::PrimaryKey => tr!("the primary key of").to_owned(),
                };
                let names = [scene.name(place, refused.a), scene.name(place, refused.b)];
                found.push(refusal(names, &by, &words::limit(scene.project, refused.limit)));
            }
        }
    }
    for refused in &scene.matching.refused {
        if wanted([scene.root(refused.record), scene.root(refused.other)]) {
            let rules = scene.tables[scene.matching.table_of(refused.record)].rules;
            let by = match rules.get(usize::from(refused.rule)) {
                Some(rule) => tr!("\"{rule}\" for", rule = rule.name),
                None => tr!("the always-match of").to_owned(),
            };
            let names = [scene.record_name(refused.record), scene.record_name(refused.other)];
            found.push(refusal(names, &by, &words::limit(scene.project, refused.limit)));
        }
    }
    found.truncate(LISTED);
    found
}

fn refusal([a, b]: [super::RecordName; 2], by: &str, limit: &str) -> Refusal {
    let sentence =
        tr!("{by} {label} and {label_2} was refused, since {limit}", by, label = a.label(), label_2 = b.label(), limit);
    Refusal { a, b, sentence }
}
