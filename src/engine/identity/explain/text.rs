//! Explanations as text for people: what `tributary explain` prints and the window copies.

use std::fmt::Write as _;

use super::answer::{
    ComparedValue, ConditionTrial, CustomerExplanation, LinkReason, LinkStep, PairExplanation, Refusal, RuleKind,
    RuleTrial, TrialOutcome,
};
use super::differences::bracketed;
use super::words;
use crate::engine::column::number_text;

/// What is said of two records.
pub fn pair_text(explanation: &PairExplanation) -> String {
    let mut text = format!("{}\n", explanation.sentence);
    steps(&mut text, &explanation.path);
    for (place, trial) in explanation.trials.iter().enumerate() {
        let nearest = if explanation.nearest == Some(place) && explanation.trials.len() > 1 { "nearest: " } else { "" };
        line(&mut text, 2, &format!("{nearest}{}", headline(trial)));
        conditions(&mut text, 5, trial);
    }
    closing(&mut text, &explanation.refusals, &explanation.notes);
    text
}

/// How a customer came to be.
pub fn customer_text(explanation: &CustomerExplanation) -> String {
    let mut text = format!("{}\n", explanation.sentence);
    steps(&mut text, &explanation.steps);
    if explanation.more > 0 {
        line(&mut text, 2, &format!("… and {} more.", explanation.more));
    }
    closing(&mut text, &explanation.refusals, &explanation.notes);
    text
}

fn line(text: &mut String, indent: usize, content: &str) {
    let _ = writeln!(text, "{:indent$}{content}", "");
}

fn closing(text: &mut String, refusals: &[Refusal], notes: &[String]) {
    if !refusals.is_empty() {
        line(text, 2, "Refused:");
        refusals.iter().for_each(|refusal| line(text, 5, &refusal.sentence));
    }
    notes.iter().for_each(|note| line(text, 2, note));
}

fn steps(text: &mut String, steps: &[LinkStep]) {
    let width = steps.len().to_string().len();
    for (number, step) in (1..).zip(steps) {
        let indent = width + 4;
        let _ = writeln!(text, "  {number:width$}. {}", step_line(step));
        match &step.reason {
            LinkReason::Rule(trial) => conditions(text, indent, trial),
            LinkReason::EqualColumns { conditions } => {
                conditions.iter().for_each(|condition| line(text, indent, &condition_line(condition)));
            }
            LinkReason::SameKey | LinkReason::AlwaysMatch { .. } => {}
        }
        step.notes.iter().for_each(|note| line(text, indent, note));
        if let Some(ambiguous) = &step.ambiguous {
            line(text, indent, &format!("Ambiguous: {}", ambiguous.sentence));
            for other in &ambiguous.others {
                let score = other.score.map(|score| words::score(score, None)).unwrap_or_default();
                line(text, indent + 2, &format!("{}, score {score}", other.rows[1]));
            }
        }
        for also in &step.also {
            line(text, indent, &also_line(step, also));
        }
    }
}

fn step_line(step: &LinkStep) -> String {
    let verb = if step.within_record { "is one record with" } else { "joins" };
    let by = match &step.reason {
        LinkReason::Rule(trial) => {
            let kind = kind(trial.kind);
            let score = trial.score.map(|score| format!(", score {}", words::score(score, None))).unwrap_or_default();
            format!("by {kind} rule \"{}\"{score}", trial.name)
        }
        LinkReason::SameKey => "by the same primary key".to_owned(),
        LinkReason::EqualColumns { .. } => "by equal columns".to_owned(),
        LinkReason::AlwaysMatch { reason } => format!("since they always match{}", words::because(reason)),
    };
    format!("{} {verb} {} {by}", step.a, step.b)
}

fn also_line(step: &LinkStep, also: &RuleTrial) -> String {
    let score = also.score.map(|score| format!(", score {}", words::score(score, None))).unwrap_or_default();
    let note = also.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
    if step.within_record {
        return format!("Also by \"{}\"{score}{note}", also.name);
    }
    format!("Also matched {} by \"{}\"{score}{note}", also.rows[1], also.name)
}

fn kind(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::Deduplication => "deduplication",
        RuleKind::Match => "match",
    }
}

fn headline(trial: &RuleTrial) -> String {
    let inactive = if trial.active { "" } else { " (inactive)" };
    let outcome = match (trial.score, &trial.note) {
        (Some(score), Some(note)) => format!("holds, score {}, but {note}", words::score(score, None)),
        (Some(score), None) => format!("holds, score {}", words::score(score, None)),
        (None, Some(note)) => note.clone(),
        (None, None) => "does not hold".to_owned(),
    };
    let [a, b] = &trial.rows;
    format!("{} rule \"{}\"{inactive}, {a} and {b}: {outcome}", kind(trial.kind), trial.name)
}

fn conditions(text: &mut String, indent: usize, trial: &RuleTrial) {
    for condition in &trial.conditions {
        line(text, indent, &condition_line(condition));
    }
    for exception in &trial.exceptions {
        let fires = if exception.fires { "fires" } else { "does not fire" };
        let condition = &exception.condition;
        line(text, indent, &format!("unless {} {}: {fires}", fields(condition), exception.is));
        line(text, indent + 2, &condition_line(condition));
    }
}

fn fields(condition: &ConditionTrial) -> String {
    let [a, b] = &condition.values;
    if a.field == b.field { a.field.clone() } else { format!("{} = {}", a.field, b.field) }
}

fn condition_line(condition: &ConditionTrial) -> String {
    let is_passed = condition.outcome == TrialOutcome::Passes;
    let [a, b] = condition.values.each_ref().map(value_text);
    let mut line = format!("{}, {}: {a} | {b}: ", fields(condition), condition.comparison);
    line.push_str(match condition.outcome {
        TrialOutcome::Passes => "passes",
        TrialOutcome::Fails => "fails",
        TrialOutcome::Blank => "nothing to compare",
    });
    if let (Some(score), Some(threshold)) = (condition.score, condition.threshold) {
        let relation = if is_passed { "of at least" } else { "below" };
        let _ = write!(line, ", {} {relation} {threshold:.2}", words::score(score, Some(threshold)));
    }
    if let Some(apart) = condition.apart {
        let _ = write!(line, ", {} apart", number_text(apart));
    }
    if let Some(note) = &condition.note {
        let _ = write!(line, ", {note}");
    }
    line
}

/// A value as it stands and as it is compared, what the other side does not have in brackets.
fn value_text(value: &ComparedValue) -> String {
    if value.raw.is_empty() {
        return "blank".to_owned();
    }
    if value.raw == value.normalized {
        return format!("\"{}\"", bracketed(&value.normalized, &value.differences));
    }
    if value.normalized.is_empty() {
        return format!("\"{}\"", value.raw);
    }
    let normalized = bracketed(&value.normalized, &value.differences);
    format!("\"{}\" as \"{normalized}\"", value.raw)
}
