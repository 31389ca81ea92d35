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
    let is_about = |pair: &LabelledPair| (pair.a == a && pair.b == b) || (pair.a == b && pair.b == a);
    project.labelled_pairs.retain(|pair| !is_about(pair));
    project.labelled_pairs.push(LabelledPair { a, b, answer });
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
}
