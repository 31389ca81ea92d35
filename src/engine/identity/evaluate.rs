//! How good a clustering is, against the truth: pairs of records, B-cubed, and the pairs that are wrong.
//!
//! Pairs are counted by the sizes of groups and of their intersections, never listed: a cluster of 100,000 records has
//! five billion. Where there is nothing to be wrong about, nothing is: the precision of nothing found and the recall
//! of nothing to be found are 1.

use std::collections::BTreeMap;

use serde::Serialize;

/// In `truth` a record whose true identity is not known; in `cluster` one that was dropped.
pub const NONE: u32 = u32::MAX;

/// Quality of a clustering against the truth, over the records whose truth is known.
///
/// Precision is the share of correct pairs of those found, recall their share of the true ones, F1 the harmonic mean.
/// B-cubed asks each record instead: which share of its cluster is the same as it, which share of those the same as
/// it are in its cluster; the mean over the records, itself counted (Bagga and Baldwin 1998).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Quality {
    pub true_pairs: u64,
    /// Pairs in one cluster.
    pub found_pairs: u64,
    /// Those of them that are true.
    pub correct_pairs: u64,
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
    pub b_cubed_precision: f64,
    pub b_cubed_recall: f64,
    pub b_cubed_f1: f64,
    /// Records whose truth is known; clusters and true clusters are counted over them.
    pub records: u64,
    pub clusters: u64,
    pub true_clusters: u64,
}

/// Quality of a clustering. `cluster` and `truth` give each record's group; records with [`NONE`] in `truth` have no
/// known truth and are left out, those with [`NONE`] in `cluster` are each a cluster of their own.
pub fn of_clusters(cluster: &[u32], truth: &[u32]) -> Quality {
    let mut records: Vec<(u64, u32)> =
        known(truth).take_while(|&record| record < cluster.len()).map(|i| (own(cluster, i), truth[i])).collect();
    records.sort_unstable();

    let mut found = Tally::default();
    let mut correct_pairs = 0;
    let mut precision = Shares::default();
    // For each true cluster the sizes of its parts, by the truth.
    let mut parts: Vec<(u32, u64)> = Vec::new();
    for cluster in records.chunk_by(|a, b| a.0 == b.0) {
        found.add(cluster.len() as u64);
        for part in cluster.chunk_by(|a, b| a.1 == b.1) {
            let size = part.len() as u64;
            correct_pairs += pairs(size);
            precision.add(size, cluster.len() as u64);
            parts.push((part[0].1, size));
        }
    }
    parts.sort_unstable();
    let mut true_clusters = Tally::default();
    let mut recall = Shares::default();
    for parts in parts.chunk_by(|a, b| a.0 == b.0) {
        let whole = parts.iter().map(|&(_, size)| size).sum();
        true_clusters.add(whole);
        parts.iter().for_each(|&(_, size)| recall.add(size, whole));
    }

    let count = records.len() as u64;
    let (b_cubed_precision, b_cubed_recall) = (precision.mean(count), recall.mean(count));
    Quality {
        true_pairs: true_clusters.pairs,
        found_pairs: found.pairs,
        correct_pairs,
        precision: share(correct_pairs, found.pairs),
        recall: share(correct_pairs, true_clusters.pairs),
        f1: share(2 * correct_pairs, found.pairs + true_clusters.pairs),
        b_cubed_precision,
        b_cubed_recall,
        // Neither is 0: every record shares its cluster with itself.
        b_cubed_f1: 2.0 * b_cubed_precision * b_cubed_recall / (b_cubed_precision + b_cubed_recall),
        records: count,
        clusters: found.groups,
        true_clusters: true_clusters.groups,
    }
}

/// Quality against labelled pairs. Pairs that the reviewer is unsure of are not asked.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PairQuality {
    pub true_positives: u64,
    pub false_positives: u64,
    pub false_negatives: u64,
    pub true_negatives: u64,
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
}

/// Quality against labelled pairs: for each whether it is in one cluster, and whether the answer is that it belongs
/// there.
pub fn of_pairs(pairs: impl IntoIterator<Item = (bool, bool)>) -> PairQuality {
    let (mut true_positives, mut false_positives, mut false_negatives, mut true_negatives) = (0, 0, 0, 0);
    for (joined, same) in pairs {
        *match (joined, same) {
            (true, true) => &mut true_positives,
            (true, false) => &mut false_positives,
            (false, true) => &mut false_negatives,
            (false, false) => &mut true_negatives,
        } += 1;
    }
    PairQuality {
        true_positives,
        false_positives,
        false_negatives,
        true_negatives,
        precision: share(true_positives, true_positives + false_positives),
        recall: share(true_positives, true_positives + false_negatives),
        f1: share(2 * true_positives, 2 * true_positives + false_positives + false_negatives),
    }
}

/// The wrong pairs of a clustering: the first ones, and how many there are. A pair has its smaller record first; pairs
/// are in the order of their first record, then of their second.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WrongPairs {
    /// In one cluster, and not the same.
    pub false_positives: Vec<(u32, u32)>,
    pub false_positive_count: u64,
    /// The same, and in different clusters.
    pub false_negatives: Vec<(u32, u32)>,
    pub false_negative_count: u64,
}

/// The first `limit` wrong pairs of either kind; arguments as for [`of_clusters`].
pub fn wrong_pairs(cluster: &[u32], truth: &[u32], limit: usize) -> WrongPairs {
    let quality = of_clusters(cluster, truth);
    let records: Vec<(u32, u64, u64)> = known(truth)
        .take_while(|&record| record < cluster.len())
        .map(|i| (i as u32, own(cluster, i), u64::from(truth[i])))
        .collect();
    let flipped = records.iter().map(|&(record, cluster, truth)| (record, truth, cluster)).collect();
    WrongPairs {
        false_positives: parted(records, limit),
        false_positive_count: quality.found_pairs - quality.correct_pairs,
        false_negatives: parted(flipped, limit),
        false_negative_count: quality.true_pairs - quality.correct_pairs,
    }
}

/// The first pairs of records that share their group and not their part, of `(record, group, part)` ascending by
/// record.
fn parted(mut records: Vec<(u32, u64, u64)>, limit: usize) -> Vec<(u32, u32)> {
    let count = records.len();
    records.sort_by_key(|&(_, group, _)| group);
    // Where the records of a group stop, and where the next one of another part stands: equal parts in a row are
    // passed in one step, so that time goes with the pairs that are listed.
    let mut next: Vec<usize> = (1..=count).collect();
    let mut stop = next.clone();
    for i in (0..count.saturating_sub(1)).rev() {
        let (this, after) = (records[i], records[i + 1]);
        if this.1 == after.1 {
            stop[i] = stop[i + 1];
            if this.2 == after.2 {
                next[i] = next[i + 1];
            }
        }
    }
    let mut by_record: Vec<usize> = (0..count).collect();
    by_record.sort_unstable_by_key(|&place| records[place].0);
    let mut found = Vec::new();
    for place in by_record {
        let (record, _, part) = records[place];
        let mut other = next[place];
        while other < stop[place] {
            if found.len() >= limit {
                return found;
            }
            if records[other].2 == part {
                other = next[other];
            } else {
                found.push((record, records[other].0));
                other += 1;
            }
        }
    }
    found
}

fn known(truth: &[u32]) -> impl Iterator<Item = usize> + '_ {
    truth.iter().enumerate().filter(|&(_, &truth)| truth != NONE).map(|(record, _)| record)
}

/// The cluster of a record; a number that no other has where it was dropped.
fn own(cluster: &[u32], record: usize) -> u64 {
    match cluster[record] {
        NONE => (1 << 32) + record as u64,
        cluster => u64::from(cluster),
    }
}

fn pairs(size: u64) -> u64 {
    size * size.saturating_sub(1) / 2
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

#[derive(Default)]
struct Tally {
    groups: u64,
    pairs: u64,
}

impl Tally {
    fn add(&mut self, size: u64) {
        self.groups += 1;
        self.pairs += pairs(size);
    }
}

/// For each size of a whole the squares of its parts: added as whole numbers, so that the sum does not depend on how
/// groups are numbered.
#[derive(Default)]
struct Shares(BTreeMap<u64, u64>);

impl Shares {
    /// Each record of the part sees `part / whole`.
    fn add(&mut self, part: u64, whole: u64) {
        *self.0.entry(whole).or_default() += part * part;
    }

    fn mean(&self, records: u64) -> f64 {
        if records == 0 {
            return 1.0;
        }
        self.0.iter().map(|(&whole, &squares)| squares as f64 / whole as f64).sum::<f64>() / records as f64
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_worked_case() {
        // Clusters {0,1,2} {3,4} {5}; truth {0,1} {2,3,4} {5}.
        let quality = of_clusters(&[7, 7, 7, 9, 9, 1], &[0, 0, 1, 1, 1, 2]);
        assert_eq!((quality.found_pairs, quality.true_pairs, quality.correct_pairs), (4, 4, 2));
        assert_eq!((quality.precision, quality.recall, quality.f1), (0.5, 0.5, 0.5));
        // By record 2/3, 2/3, 1/3, 1, 1, 1 and 1, 1, 1/3, 2/3, 2/3, 1.
        assert!((quality.b_cubed_precision - 14.0 / 18.0).abs() < 1e-12);
        assert!((quality.b_cubed_recall - 14.0 / 18.0).abs() < 1e-12);
        assert!((quality.b_cubed_f1 - 14.0 / 18.0).abs() < 1e-12);
        assert_eq!((quality.records, quality.clusters, quality.true_clusters), (6, 3, 3));
    }

    #[test]
    fn nothing_found_is_precise_and_nothing_to_find_is_complete() {
        let apart = of_clusters(&[0, 1], &[5, 5]);
        assert_eq!((apart.precision, apart.recall, apart.f1), (1.0, 0.0, 0.0));
        let together = of_clusters(&[0, 0], &[5, 6]);
        assert_eq!((together.precision, together.recall, together.f1), (0.0, 1.0, 0.0));
        let empty = of_clusters(&[], &[]);
        assert_eq!((empty.precision, empty.recall, empty.f1), (1.0, 1.0, 1.0));
        assert_eq!((empty.b_cubed_precision, empty.b_cubed_recall, empty.b_cubed_f1), (1.0, 1.0, 1.0));
        let pairs = of_pairs([]);
        assert_eq!((pairs.precision, pairs.recall, pairs.f1), (1.0, 1.0, 1.0));
    }

    #[test]
    fn dropped_records_are_alone_and_unknown_ones_left_out() {
        let quality = of_clusters(&[NONE, NONE, 3, 3], &[1, 1, 1, NONE]);
        assert_eq!((quality.records, quality.clusters, quality.true_clusters), (3, 3, 1));
        assert_eq!((quality.found_pairs, quality.true_pairs), (0, 3));
        let wrong = wrong_pairs(&[NONE, NONE, 3, 3], &[1, 1, 1, NONE], 10);
        assert_eq!(wrong.false_negatives, [(0, 1), (0, 2), (1, 2)]);
        assert_eq!(wrong.false_positives, []);
    }

    #[test]
    fn labelled_pairs_are_counted_by_answer() {
        let quality = of_pairs([(true, true), (true, true), (true, false), (false, true), (false, false)]);
        assert_eq!((quality.true_positives, quality.false_positives), (2, 1));
        assert_eq!((quality.false_negatives, quality.true_negatives), (1, 1));
        assert!((quality.f1 - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn a_huge_cluster_lists_its_wrong_pairs_at_once() {
        // A million records in one cluster; one of them is somebody else.
        let count = 1_000_000;
        let mut truth = vec![4; count];
        truth[count - 1] = 5;
        let wrong = wrong_pairs(&vec![0; count], &truth, 1_000);
        assert_eq!(wrong.false_positive_count, count as u64 - 1);
        let expected: Vec<(u32, u32)> = (0..1_000).map(|record| (record, count as u32 - 1)).collect();
        assert_eq!(wrong.false_positives, expected);
        assert_eq!((wrong.false_negatives.len(), wrong.false_negative_count), (0, 0));
    }

    fn groups() -> impl Strategy<Value = Vec<(u32, u32)>> {
        let group = prop_oneof![8 => 0..6_u32, 1 => Just(NONE)];
        proptest::collection::vec((group.clone(), group), 0..40)
    }

    proptest! {
        #[test]
        fn counts_and_lists_are_those_of_all_pairs(groups in groups(), limit in 0..30_usize) {
            let (cluster, truth): (Vec<u32>, Vec<u32>) = groups.iter().copied().unzip();
            let quality = of_clusters(&cluster, &truth);
            let wrong = wrong_pairs(&cluster, &truth, limit);
            let (mut positives, mut negatives) = (Vec::new(), Vec::new());
            let mut both = 0;
            for a in 0..groups.len() {
                for b in a + 1..groups.len() {
                    if truth[a] == NONE || truth[b] == NONE {
                        continue;
                    }
                    let joined = cluster[a] == cluster[b] && cluster[a] != NONE;
                    match (joined, truth[a] == truth[b]) {
                        (true, true) => both += 1,
                        (true, false) => positives.push((a as u32, b as u32)),
                        (false, true) => negatives.push((a as u32, b as u32)),
                        (false, false) => {}
                    }
                }
            }
            prop_assert_eq!(quality.correct_pairs, both);
            prop_assert_eq!(quality.found_pairs, both + positives.len() as u64);
            prop_assert_eq!(quality.true_pairs, both + negatives.len() as u64);
            prop_assert_eq!(wrong.false_positive_count, positives.len() as u64);
            prop_assert_eq!(wrong.false_negative_count, negatives.len() as u64);
            positives.truncate(limit);
            negatives.truncate(limit);
            prop_assert_eq!(wrong.false_positives, positives);
            prop_assert_eq!(wrong.false_negatives, negatives);
        }

        #[test]
        fn the_truth_is_perfect_and_the_numbering_is_nothing(groups in groups()) {
            let (cluster, truth): (Vec<u32>, Vec<u32>) = groups.into_iter().unzip();
            let perfect = of_clusters(&truth, &truth);
            prop_assert_eq!((perfect.precision, perfect.recall, perfect.f1), (1.0, 1.0, 1.0));
            prop_assert!((perfect.b_cubed_f1 - 1.0).abs() < 1e-12);
            let other = |group: &u32| if *group == NONE { NONE } else { 1_000 - 7 * group };
            let renumbered: Vec<u32> = cluster.iter().map(other).collect();
            prop_assert_eq!(of_clusters(&renumbered, &truth), of_clusters(&cluster, &truth));
            let quality = of_clusters(&cluster, &truth);
            for share in [quality.precision, quality.recall, quality.f1, quality.b_cubed_precision, quality.b_cubed_recall] {
                prop_assert!((0.0..=1.0 + 1e-12).contains(&share));
            }
        }
    }
}
