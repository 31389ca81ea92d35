//! Pairs of records decided by hand, and answers given in review.

use crate::project::{Answer, LabelledPair, PairOverride, Project, RecordKey};

/// From now on the two are one person, whatever the rules say.
pub fn always_match(project: &mut Project, a: RecordKey, b: RecordKey, reason: impl Into<String>) {
    forget(project, &a, &b);
    project.overrides.always_match.push(PairOverride { a, b, reason: reason.into() });
}

/// From now on the two are not one person, whatever the rules say.
pub fn never_match(project: &mut Project, a: RecordKey, b: RecordKey, reason: impl Into<String>) {
    forget(project, &a, &b);
    project.overrides.never_match.push(PairOverride { a, b, reason: reason.into() });
}

/// Leaves the pair to the rules again.
pub fn forget(project: &mut Project, a: &RecordKey, b: &RecordKey) {
    project.overrides.always_match.retain(|pair| !pair.is_about(a, b));
    project.overrides.never_match.retain(|pair| !pair.is_about(a, b));
}

/// Notes what a reviewer says of a pair, in the place of an earlier answer. No rule reads it.
pub fn label(project: &mut Project, a: RecordKey, b: RecordKey, answer: Answer) {
    project.labelled_pairs.retain(|pair| !is_about(pair, &a, &b));
    project.labelled_pairs.push(LabelledPair { a, b, answer });
}

/// The reason of an override that an answer in review made.
pub const REVIEW: &str = "review";

/// Notes an answer. What an earlier answer decided about the pair goes; where answers decide, this one does instead.
pub fn answer(project: &mut Project, a: RecordKey, b: RecordKey, answer: Answer, decides: bool) {
    forget_review(project, &a, &b);
    label(project, a.clone(), b.clone(), answer);
    match answer {
        Answer::Same if decides => always_match(project, a, b, REVIEW),
        Answer::Different if decides => never_match(project, a, b, REVIEW),
        _ => {}
    }
}

/// Takes an answer back, with what it decided.
pub fn take_back(project: &mut Project, a: &RecordKey, b: &RecordKey) {
    forget_review(project, a, b);
    project.labelled_pairs.retain(|pair| !is_about(pair, a, b));
}

fn forget_review(project: &mut Project, a: &RecordKey, b: &RecordKey) {
    let stays = |pair: &PairOverride| !(pair.is_about(a, b) && pair.reason == REVIEW);
    project.overrides.always_match.retain(stays);
    project.overrides.never_match.retain(stays);
}

fn is_about(pair: &LabelledPair, a: &RecordKey, b: &RecordKey) -> bool {
    (&pair.a == a && &pair.b == b) || (&pair.a == b && &pair.b == a)
}

/// What a reviewer said of a pair.
pub fn answer_of(project: &Project, a: &RecordKey, b: &RecordKey) -> Option<Answer> {
    project.labelled_pairs.iter().find(|pair| is_about(pair, a, b)).map(|pair| pair.answer)
}

/// What is decided by hand about a pair: whether it always matches, else never, and why.
pub fn decision(project: &Project, a: &RecordKey, b: &RecordKey) -> Option<(bool, String)> {
    let of = |pairs: &[PairOverride], always: bool| {
        let pair = pairs.iter().find(|pair| pair.is_about(a, b))?;
        Some((always, pair.reason.clone()))
    };
    of(&project.overrides.never_match, false).or_else(|| of(&project.overrides.always_match, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_on_a_pair_counts_whatever_its_order() {
        let (a, b) = (RecordKey::new("crm", "1"), RecordKey::new("web", "x"));
        let mut project = Project::new("P");
        always_match(&mut project, a.clone(), b.clone(), "same phone call");
        never_match(&mut project, b.clone(), a.clone(), "mother and daughter");
        assert!(project.overrides.always_match.is_empty());
        assert_eq!(project.overrides.never_match.len(), 1);
        label(&mut project, a.clone(), b.clone(), Answer::Same);
        label(&mut project, b.clone(), a.clone(), Answer::Unsure);
        assert_eq!(project.labelled_pairs.iter().map(|pair| pair.answer).collect::<Vec<_>>(), [Answer::Unsure]);
        forget(&mut project, &a, &b);
        assert!(project.overrides.is_empty());
    }

    #[test]
    fn an_answer_that_decides_is_taken_back_whole() {
        let (a, b) = (RecordKey::new("crm", "1"), RecordKey::new("web", "x"));
        let mut project = Project::new("P");
        let before = project.clone();
        answer(&mut project, a.clone(), b.clone(), Answer::Same, true);
        assert_eq!(decision(&project, &b, &a), Some((true, REVIEW.to_owned())));
        answer(&mut project, a.clone(), b.clone(), Answer::Different, false);
        assert_eq!(decision(&project, &a, &b), None, "the first answer no longer stands");
        assert_eq!(answer_of(&project, &b, &a), Some(Answer::Different));
        take_back(&mut project, &b, &a);
        assert_eq!(project, before);
        never_match(&mut project, a.clone(), b.clone(), "mother and daughter");
        answer(&mut project, a.clone(), b.clone(), Answer::Unsure, true);
        assert!(decision(&project, &a, &b).is_some(), "what was decided elsewhere stays");
    }
}
