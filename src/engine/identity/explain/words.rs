//! Phrases that explanations are made of.

use super::answer::RecordName;
use crate::engine::column::number_text;
use crate::engine::identity::blocked::BlockedValues;
use crate::engine::identity::coding::normalizer;
use crate::engine::identity::constraints::Limit;
use crate::engine::identity::similarity::{LONGEST, LONGEST_SWAPPED};
use crate::project::{Comparison, Condition, PairOverride, Project};

/// A comparison with its threshold.
pub fn comparison(comparison: Comparison) -> String {
    let label = comparison.label();
    match comparison {
        Comparison::DaysApart { days: 1 } => tr!("at most 1 day apart").to_owned(),
        Comparison::DaysApart { days } => tr!("at most {days} days apart", days),
        Comparison::NumberApart { difference } => {
            tr!("at most {number_text} apart", number_text = number_text(difference))
        }
        Comparison::Exact => tr!("exact").to_owned(),
        _ => match comparison.precision() {
            Some(precision) => tr!("{label}, at least {precision} %", label, precision),
            None => label.to_owned(),
        },
    }
}

/// Why a value satisfies no condition.
pub fn why_blank(project: &Project, condition: &Condition, name: &RecordName, field: &str, raw: &str) -> String {
    let of = tr!("{field} of {label}", field, label = name.label());
    if raw.trim_start().is_empty() {
        return tr!("{of} is blank", of);
    }
    if BlockedValues::of_column(project, &name.table_id, field).is_blocked(raw) {
        let is_member = |guard: &&crate::project::IdentifierGuard| {
            guard.members.iter().any(|member| member.source_table == name.table_id && member.column == field)
        };
        let guards: Vec<&str> =
            project.guards.identifiers.iter().filter(is_member).map(|guard| guard.name.as_str()).collect();
        return tr!("{of} is a blocked value (guard {guards})", of, guards = guards.join(", "));
    }
    let is_left = |bypass_lists: Vec<String>| {
        let mut out = String::new();
        normalizer(&Condition { bypass_lists, ..condition.clone() }, project).normalize(raw, &mut out);
        !out.is_empty()
    };
    if !is_left(Vec::new()) {
        return tr!("nothing is left of {of} when it is normalized", of);
    }
    match condition.bypass_lists.iter().find(|&id| !is_left(vec![id.clone()])) {
        Some(id) => {
            let list = project.bypass_list(id).map_or(id.as_str(), |list| list.name.as_str());
            tr!("{of} is in the bypass list {list}", of, list)
        }
        None => tr!("{of} has nothing to sound", of),
    }
}

/// That a value is too long to be compared by degrees, where it is.
pub fn too_long(comparison: Comparison, values: &[String; 2]) -> Option<String> {
    let longest = match comparison {
        Comparison::DamerauLevenshtein { .. } => LONGEST_SWAPPED,
        _ => LONGEST,
    };
    let is_longer = |value: &String| match comparison {
        Comparison::TokenSet { .. } => value.split_whitespace().nth(longest).is_some(),
        _ => value.chars().nth(longest).is_some(),
    };
    let is_too_long = comparison.is_fuzzy() && values.iter().any(is_longer);
    is_too_long.then(|| tr!("a value is too long to equal any but the same one").to_owned())
}

/// Which constraint stood in the way.
pub fn limit(project: &Project, limit: Limit) -> String {
    match limit {
        Limit::Never(place) => match project.overrides.never_match.get(place as usize) {
            Some(pair) => never(project, pair),
            None => tr!("a pair never matches").to_owned(),
        },
        Limit::Records => {
            let most = project.guards.max_records.unwrap_or_default();
            tr!("the profile would hold more than {most} record{plural}", most, plural = plural(most))
        }
        Limit::Values(place) => {
            let guard = project.guards.identifiers.get(place as usize);
            let name = guard.map_or(tr!("an identifier"), |guard| guard.name.as_str());
            let most = guard.and_then(|guard| guard.max_values).unwrap_or_default();
            tr!("the profile would hold more than {most} value{plural} of {name}", most, plural = plural(most), name)
        }
    }
}

/// A never-match pair in words.
pub fn never(project: &Project, pair: &PairOverride) -> String {
    let name = |key: &crate::project::RecordKey| format!("{}:{}", project.table_name(&key.table), key.key);
    tr!(
        "{name} and {name_2} never match{because}",
        name = name(&pair.a),
        name_2 = name(&pair.b),
        because = because(&pair.reason)
    )
}

/// The reason of a decision, where one was given.
pub fn because(reason: &str) -> String {
    if reason.is_empty() { String::new() } else { format!(" ({reason})") }
}

pub fn plural(count: u32) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// A score in two or three places; in five where three would not tell it from the threshold, or from 1.
pub fn score(score: f64, threshold: Option<f64>) -> String {
    let text = format!("{score:.3}");
    let is_close = |other: f64| score != other && text == format!("{other:.3}");
    if is_close(1.0) || threshold.is_some_and(is_close) {
        return format!("{score:.5}");
    }
    text.strip_suffix('0').map_or_else(|| text.clone(), str::to_owned)
}
