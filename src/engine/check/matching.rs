//! What only the matcher can say of conditions, lists, guards and pairs decided by hand.

use std::sync::Arc;

use crate::engine::identity::{blocked, constraints, normalize};
use crate::engine::ingest::Ingested;
use crate::project::validate::{Place, Problem, Severity};
use crate::project::{BlockedValue, Condition, Normalization, PairOverride, Project};

/// So many examples stand in a message.
const EXAMPLES: usize = 5;

/// Default countries, rings and chains of aliases, patterns.
pub fn check_document(project: &Project) -> Vec<Problem> {
    let mut problems = Vec::new();
    countries(project, &mut problems);
    aliases(project, &mut problems);
    patterns(project, &mut problems);
    problems
}

fn problem(severity: Severity, place: Place, message: String, fix: &str) -> Problem {
    Problem { severity, place, message, fix: fix.to_owned() }
}

fn countries(project: &Project, problems: &mut Vec<Problem>) {
    let mut check = |condition: &Condition, rule: &str, active: bool, place: &dyn Fn() -> Place| {
        let is_phone = condition.normalizations.contains(&Normalization::Phone);
        let Some(country) = condition.default_country.as_deref().filter(|_| is_phone) else { return };
        if !normalize::is_country(country) {
            let severity = if active { Severity::Error } else { Severity::Warning };
            let message =
                tr!("The rule \"{rule}\" has the default country \"{country}\", which is none.", rule, country);
            problems.push(problem(severity, place(), message, tr!("Write two letters, such as US, GB or DE.")));
        }
    };
    for table in &project.unification {
        let id = || table.source_table.clone();
        for rule in &table.deduplication_rules {
            let place = || Place::Deduplication { table: id(), rule: Some(rule.id.clone()) };
            rule.compared().for_each(|condition| check(condition, &rule.name, rule.active, &place));
        }
        for rule in &table.match_rules {
            let place = || Place::Matching { table: Some(id()), rule: Some(rule.id.clone()) };
            rule.compared().for_each(|condition| check(condition, &rule.name, rule.active, &place));
        }
    }
}

fn aliases(project: &Project, problems: &mut Vec<Problem>) {
    for list in &project.alias_lists {
        let pairs: Vec<(&str, &str)> =
            list.aliases.iter().map(|alias| (alias.value.as_str(), alias.same_as.as_str())).collect();
        let name = &list.name;
        // Each would be compared as the next one, so that values meant to be the same would differ.
        if let Some(ring) = normalize::alias_cycle(&pairs) {
            let message = tr!("The alias list \"{name}\" goes in a ring: {shown}.", name, shown = shown(&ring, " = "));
            let fix = tr!("Let all of them be the same as one value, which has no alias itself.");
            problems.push(problem(Severity::Error, Place::Overrides, message, fix));
            continue;
        }
        if let Some((value, middle, last)) = normalize::alias_chains(&pairs).first() {
            let message = tr!(
                "The alias list \"{name}\" has an alias of an alias: {value} = {middle} = {last}. It is looked up once, \
                 so {value} is compared as {middle}, and {middle} as {last}.",
                name,
                value,
                middle,
                last
            );
            let fix = tr!("Let {value} be the same as {last}.", value, last);
            problems.push(problem(Severity::Warning, Place::Overrides, message, &fix));
        }
    }
}

fn patterns(project: &Project, problems: &mut Vec<Problem>) {
    for guard in &project.guards.identifiers {
        for blocked in &guard.blocked {
            if let BlockedValue::Pattern(pattern) = blocked
                && let Err(reason) = blocked::compile(pattern)
            {
                let message = tr!(
                    "The pattern {pattern} of the guard \"{guard}\" cannot be read: {reason}.",
                    pattern,
                    guard = guard.name,
                    reason
                );
                let fix = tr!("Correct it, or write the values themselves.");
                problems.push(problem(Severity::Error, Place::Guards, message, fix));
            }
        }
    }
}

/// Keys of pairs that no row holds: the pairs have no effect. `sources` are in the order of the source tables.
pub fn check_data(project: &Project, sources: &[Arc<Ingested>]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (table, source) in project.source_tables.iter().zip(sources) {
        let key = table.primary_key.as_ref().and_then(|key| Some((key, source.table.column(key)?)));
        let Some((primary_key, column)) = key.filter(|_| project.unification_table(&table.id).is_some()) else {
            continue;
        };
        for (list, pairs) in [
            (tr!("always match"), &project.overrides.always_match),
            (tr!("never match"), &project.overrides.never_match),
        ] {
            let keys = keys_of(pairs, &table.id);
            if keys.is_empty() {
                continue;
            }
            let rows = constraints::rows_of_keys(column, &keys);
            let missing: Vec<&str> =
                keys.iter().zip(rows).filter(|(_, row)| row.is_none()).map(|(&key, _)| key).collect();
            if !missing.is_empty() {
                let message = tr!(
                    "The list \"{list}\" names records of {table} that are not there, by {primary_key}: {shown}.",
                    list,
                    table = table.name,
                    primary_key,
                    shown = shown(&missing, ", ")
                );
                let fix = tr!("Correct the keys, or delete the pairs: they have no effect.");
                problems.push(problem(Severity::Warning, Place::Overrides, message, fix));
            }
        }
    }
    problems
}

/// The keys that pairs name in a table, ascending.
fn keys_of<'a>(pairs: &'a [PairOverride], table: &str) -> Vec<&'a str> {
    let records = pairs.iter().flat_map(|pair| [&pair.a, &pair.b]).filter(|record| record.table == table);
    let mut keys: Vec<&str> = records.map(|record| record.key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The first few, and how many more.
fn shown(all: &[&str], between: &str) -> String {
    let shown = all[..all.len().min(EXAMPLES)].join(between);
    if all.len() > EXAMPLES {
        tr!("{shown}{between}and {examples} more", shown, between, examples = all.len() - EXAMPLES)
    } else {
        shown
    }
}
