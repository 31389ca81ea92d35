//! A rule as a sentence.

use super::Reading;
use super::subject::subject_text;
use crate::engine::insight::activities::WHILE_UNKNOWN;
use crate::project::{Combine, Operator, SegmentCondition, SegmentRule, SetOperator, Subject};

/// `Customers whose ProfileState equals "Known".`
pub fn rule_words(reading: &Reading<'_>, place: usize, rule: &SegmentRule) -> String {
    let start = match rule.operator {
        _ if place == 0 => tr!("Customers"),
        SetOperator::Union => tr!("Plus customers"),
        SetOperator::Intersect => tr!("Of these, only customers"),
        SetOperator::Except => tr!("Of these, no customers"),
    };
    if rule.conditions.is_empty() {
        return tr!("{start} of no condition: nobody.", start);
    }
    let joint = if rule.combine == Combine::And { tr!(" and ") } else { tr!(" or ") };
    let of_fields: Vec<String> = rule
        .conditions
        .iter()
        .filter(|condition| condition.subject.activity().is_none())
        .map(|condition| format!("{} {}", subject_text(reading, &condition.subject), test_words(condition)))
        .collect();
    let mut parts: Vec<String> = Vec::new();
    if !of_fields.is_empty() {
        parts.push(tr!("whose {of_fields}", of_fields = of_fields.join(joint)));
    }
    for (activity, tests) in activities(rule) {
        let name = reading.project.activity(activity).map_or(activity, |activity| activity.name.as_str());
        parts.push(tr!("with a row of {name} in which {tests}", name, tests = tests.join(joint)));
    }
    let mut words =
        format!("{start} {}", parts.join(if rule.combine == Combine::And { tr!(" and ") } else { tr!(", or ") }));
    if rule.combine == Combine::Or && !of_fields.is_empty() && parts.len() > 1 {
        words.push_str(tr!("; each needs a row of every activity named"));
    }
    if !words.ends_with('…') {
        words.push('.');
    }
    words
}

/// The activities that a rule names, in order, each with its tests.
fn activities(rule: &SegmentRule) -> Vec<(&str, Vec<String>)> {
    let mut activities: Vec<(&str, Vec<String>)> = Vec::new();
    for condition in &rule.conditions {
        let (activity, test) = match &condition.subject {
            Subject::Activity { activity, column } => (activity, format!("{column} {}", test_words(condition))),
            Subject::WhileUnknown { activity } => (activity, unknown_words(condition)),
            Subject::ProfileState | Subject::Field { .. } => continue,
        };
        match activities.iter_mut().find(|(name, _)| name == activity) {
            Some((_, tests)) => tests.push(test),
            None => activities.push((activity, vec![test])),
        }
    }
    activities
}

/// Whether the visitor was unknown: it is never blank.
fn unknown_words(condition: &SegmentCondition) -> String {
    match condition.operator {
        Operator::IsTrue if !condition.negated => tr!("the visitor was still unknown").to_owned(),
        Operator::IsFalse if !condition.negated => tr!("the visitor was already known").to_owned(),
        _ => format!("{WHILE_UNKNOWN} {}", test_words(condition)),
    }
}

/// `does not equal "Checkout"`.
fn test_words(condition: &SegmentCondition) -> String {
    let phrase = condition.operator.phrase(condition.negated);
    let values: Vec<String> = condition
        .values
        .iter()
        .map(|value| if value.is_empty() { "…".to_owned() } else { format!("\"{value}\"") })
        .collect();
    let joint = if condition.operator.value_count() == Some(2) { tr!(" and ") } else { ", " };
    let blanks = if condition.negated && condition.include_blanks { tr!(" or is blank") } else { "" };
    let words = format!("{phrase} {}", values.join(joint));
    format!("{}{blanks}", words.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Project, unify};

    #[test]
    fn rules_read_as_sentences() {
        let project: Project =
            serde_json::from_str(include_str!("../../../../assets/samples/coffee/coffee.tributary")).expect("a sample");
        let fields = unify::unified_fields(&project);
        let reading = Reading { project: &project, fields: &fields, fresh: true };
        let words: Vec<String> = project
            .segments
            .iter()
            .flat_map(|segment| segment.rules.iter().enumerate())
            .map(|(place, rule)| rule_words(&reading, place, rule))
            .collect();
        assert_eq!(
            words,
            [
                "Customers whose ProfileState equals \"Unknown\" and with a row of Web activity in which \
                 EventName equals \"Product view\".",
                "Customers whose LoyaltyID is empty.",
                "Of these, no customers with a row of Web activity in which EventName equals \"Checkout\".",
            ]
        );
    }
}
