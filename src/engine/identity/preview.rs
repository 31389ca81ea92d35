//! What a rule under edit finds, by itself: counts, real pairs with their scores, and how the scores lie about the
//! threshold. Counts are of all rows where that takes under a second; list and histograms are of candidates spread
//! evenly over all, and how many is said.

use std::sync::Arc;

use super::coding::Side;
use super::dedup::{NO_RECORD, Records};
use super::linking::{self, Candidate, Estimate, Exploration, LinkRule, Linked, NO_CLASS, RuleLinks, Sample};
use crate::engine::column::Column;
use crate::engine::table::Table;
use crate::project::Condition;
use crate::task::{Cancelled, Task};

/// So many comparisons are made for the counts: under a second on one processor.
const COUNTED: u64 = 40_000_000;
/// So many candidate pairs are scored for the list and the histograms.
const SCORED: u64 = 300_000;
/// So many pairs that pass, and so many that do not, are listed.
const LISTED: usize = 2_000;
/// Bars of a histogram, each a hundredth of the score wide, so that none lies across a threshold.
pub const BARS: usize = 100;

/// The places of the columns of pairs that every rule has.
pub const SCORE: usize = 0;
pub const LINKED: usize = 1;

/// What a rule finds.
#[derive(Debug, Clone, Default)]
pub struct RulePreview {
    /// `None` where there are too many pairs to compare all in a second.
    pub counts: Option<Counts>,
    pub estimate: Estimate,
    /// One row a pair: Score (to four digits), Linked (yes or no), both values of every compared field, and the keys; the highest
    /// scores first.
    pub pairs: Arc<Table>,
    /// One for each condition that compares by degrees.
    pub histograms: Vec<Histogram>,
    /// Candidate pairs scored for list and histograms, and how many there are.
    pub scored: u64,
    pub candidates: u64,
}

/// Unique records of the lower table; in a deduplication rule rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub matched: u64,
    pub unmatched: u64,
    /// Of those matched, records for which the rule finds records of several customers.
    pub ambiguous: u64,
}

/// How many candidate pairs have which score of one condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    /// The condition by its place in the rule.
    pub condition: usize,
    /// From 0 to 1.
    pub threshold: f64,
    pub bars: [u64; BARS],
}

/// What the preview reads beside the rule.
pub struct PreviewOf<'a> {
    pub rule: LinkRule<'a>,
    pub lower_key: &'a Column,
    pub upper_key: Option<&'a Column>,
    /// Of a match rule.
    pub matched: Option<MatchedSides<'a>>,
}

/// The records that the rows of a match rule's tables are, and the customers that those of the higher table belong to.
#[derive(Clone, Copy)]
pub struct MatchedSides<'a> {
    pub lower: &'a Records,
    pub upper: &'a Records,
    /// For each record of the higher table its customer, by its root; `None` before there are any.
    pub roots: Option<&'a [u32]>,
}

/// Tries a rule.
pub fn preview(of: &PreviewOf<'_>, task: &Task) -> Result<RulePreview, Cancelled> {
    let Exploration { estimate, links, sample } = linking::explore(&of.rule, COUNTED, SCORED, task)?;
    Ok(RulePreview {
        counts: links.filter(|links| !links.is_cut).map(|links| counts(&links, of)),
        estimate,
        histograms: histograms(of.rule.conditions, &sample),
        scored: sample.candidates.len() as u64,
        candidates: sample.pairs,
        pairs: Arc::new(listed(of, sample)),
    })
}

fn counts(links: &RuleLinks, of: &PreviewOf<'_>) -> Counts {
    match &of.matched {
        Some(matched) => match_counts(links, matched),
        None => row_counts(links, of.lower_key),
    }
}

/// Rows without a primary key take no part.
fn row_counts(links: &RuleLinks, key: &Column) -> Counts {
    let mut rows = vec![0_u64; links.limit];
    let classes = links.lower.iter().enumerate().filter(|&(row, _)| !key.is_blank(row));
    let mut total = 0;
    for (_, &class) in classes {
        rows[class as usize] += 1;
        total += 1;
    }
    let mut has_partner: Vec<bool> = match &links.linked {
        Linked::Same => vec![true; links.limit],
        Linked::Listed { within, .. } => within.clone(),
    };
    has_partner.iter_mut().zip(&rows).for_each(|(has, &rows)| *has &= rows > 1);
    if let Linked::Listed { links, .. } = &links.linked {
        for link in links {
            has_partner[link.lower as usize] = true;
            has_partner[link.upper as usize] = true;
        }
    }
    let matched = (1..links.limit).filter(|&class| has_partner[class]).map(|class| rows[class]).sum();
    Counts { matched, unmatched: total - matched, ambiguous: 0 }
}

/// What was found: nothing, one customer, or several.
#[derive(Clone, Copy, PartialEq)]
enum Hit {
    Nothing,
    One(u32),
    Several,
}

impl Hit {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Nothing, hit) | (hit, Self::Nothing) => hit,
            (a, b) if a == b => a,
            _ => Self::Several,
        }
    }
}

fn match_counts(links: &RuleLinks, matched: &MatchedSides<'_>) -> Counts {
    let MatchedSides { lower, upper, roots } = *matched;
    let mut of_upper = vec![Hit::Nothing; links.limit];
    for (&class, &record) in links.upper().iter().zip(&upper.record_of_row) {
        if class != NO_CLASS && record != NO_RECORD {
            let hit = &mut of_upper[class as usize];
            let customer = roots.and_then(|roots| roots.get(record as usize)).copied().unwrap_or(record);
            *hit = hit.and(Hit::One(customer));
        }
    }
    let of_class = match &links.linked {
        Linked::Same => of_upper,
        Linked::Listed { links: listed, .. } => {
            let mut of_lower = vec![Hit::Nothing; links.limit];
            for link in listed {
                let hit = &mut of_lower[link.lower as usize];
                *hit = hit.and(of_upper[link.upper as usize]);
            }
            of_lower
        }
    };
    let mut of_record = vec![Hit::Nothing; lower.len()];
    for (&class, &record) in links.lower.iter().zip(&lower.record_of_row) {
        if class != NO_CLASS && record != NO_RECORD {
            let hit = &mut of_record[record as usize];
            *hit = hit.and(of_class[class as usize]);
        }
    }
    let count = |is: fn(&Hit) -> bool| of_record.iter().filter(|hit| is(hit)).count() as u64;
    let matched = count(|hit| *hit != Hit::Nothing);
    Counts { matched, unmatched: lower.len() as u64 - matched, ambiguous: count(|hit| *hit == Hit::Several) }
}

fn histograms(conditions: &[Condition], sample: &Sample) -> Vec<Histogram> {
    let by_degrees =
        conditions.iter().enumerate().filter_map(|(i, condition)| Some((i, condition.comparison.precision()?)));
    let histogram = |(condition, precision): (usize, u8)| {
        let mut bars = [0; BARS];
        for score in (0..sample.candidates.len()).filter_map(|candidate| sample.score(candidate, condition)) {
            bars[((score * BARS as f64 + 1e-9) as usize).min(BARS - 1)] += 1;
        }
        Histogram { condition, threshold: f64::from(precision) / 100.0, bars }
    };
    by_degrees.map(histogram).collect()
}

/// The pairs of highest score that pass, and those that come next to it without.
fn listed(of: &PreviewOf<'_>, sample: Sample) -> Table {
    let upper_key = of.upper_key.unwrap_or(of.lower_key);
    let has_keys = |candidate: &Candidate| {
        !of.lower_key.is_blank(candidate.lower_row as usize) && !upper_key.is_blank(candidate.upper_row as usize)
    };
    let (mut linked, mut others): (Vec<Candidate>, Vec<Candidate>) =
        sample.candidates.into_iter().filter(has_keys).partition(|candidate| candidate.is_linked);
    let best_first = |a: &Candidate, b: &Candidate| {
        let rows = |candidate: &Candidate| (candidate.lower_row, candidate.upper_row);
        b.score.total_cmp(&a.score).then(rows(a).cmp(&rows(b)))
    };
    // Of those that pass, the weakest are the interesting ones: half of the list is theirs.
    linked.sort_unstable_by(best_first);
    if linked.len() > LISTED {
        linked.drain(LISTED / 2..linked.len() - LISTED / 2);
    }
    others.sort_unstable_by(best_first);
    others.truncate(LISTED);
    linked.append(&mut others);
    let lower: Vec<u32> = linked.iter().map(|candidate| candidate.lower_row).collect();
    let upper: Vec<u32> = linked.iter().map(|candidate| candidate.upper_row).collect();
    let rule = &of.rule;
    let mut columns: Vec<(String, Column)> = vec![
        (
            "Score".to_owned(),
            Column::Number(linked.iter().map(|candidate| (candidate.score * 1e4).round() / 1e4).collect()),
        ),
        ("Linked".to_owned(), Column::text_of(linked.iter().map(|c| if c.is_linked { "yes" } else { "no" }))),
    ];
    let compared = rule.conditions.iter().chain(rule.exceptions.iter().map(|exception| &exception.condition));
    for condition in compared {
        let upper_side = rule.upper.unwrap_or(rule.lower);
        let own = condition.fields().map(|field| (rule.lower, field, false));
        let theirs = condition.to_fields().map(|field| (upper_side, field, true));
        for (side, field, is_upper) in own.chain(theirs) {
            let name = name(rule, side, field, is_upper);
            if let Some(column) = side.table.column(field).filter(|_| columns.iter().all(|(other, _)| *other != name)) {
                columns.push((name, column.gather(if is_upper { &upper } else { &lower })));
            }
        }
    }
    columns.extend([
        (name(rule, rule.lower, "Key", false), of.lower_key.gather(&lower)),
        (name(rule, rule.upper.unwrap_or(rule.lower), "Key", true), upper_key.gather(&upper)),
    ]);
    Table::new(columns)
}

/// What a field of one side is called in the list: by its table, or in one table as the other row's.
fn name(rule: &LinkRule<'_>, side: Side<'_>, field: &str, is_upper: bool) -> String {
    match (rule.upper.is_some(), is_upper) {
        (true, _) => format!("{} {field}", rule.project.table_name(side.id)),
        (false, false) => field.to_owned(),
        (false, true) => format!("Other {field}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Comparison, Project};

    #[test]
    fn a_fuzzy_rule_shows_what_passes_what_nearly_does_and_the_threshold() {
        let table = Table::new([
            ("Id", Column::text_of(["1", "2", "3", "4"])),
            ("City", Column::text_of(["Rome", "Rome", "Rome", "Oslo"])),
            ("Name", Column::text_of(["franklin", "frank", "maria", "franklin"])),
        ]);
        let project = Project::new("P");
        let comparison = Comparison::EditDistance { precision: 60 };
        let conditions = [Condition::exact("City"), Condition { comparison, ..Condition::exact("Name") }];
        let rule = LinkRule {
            conditions: &conditions,
            exceptions: &[],
            lower: Side { id: "t", table: &table },
            upper: None,
            project: &project,
        };
        let key = table.column("Id").unwrap();
        let of = PreviewOf { rule, lower_key: key, upper_key: None, matched: None };
        let preview = preview(&of, &Task::default()).unwrap();
        assert_eq!(preview.counts, Some(Counts { matched: 2, unmatched: 2, ambiguous: 0 }));
        assert_eq!((preview.scored, preview.candidates), (3, 3), "the pairs of Rome");
        let [histogram] = &preview.histograms[..] else { panic!("one condition compares by degrees") };
        assert_eq!((histogram.condition, histogram.threshold), (1, 0.6));
        assert_eq!(histogram.bars.iter().sum::<u64>(), 3);
        assert_eq!(histogram.bars[62], 1, "franklin and frank: 0.625");
        let names: Vec<&str> = preview.pairs.columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, ["Score", "Linked", "City", "Other City", "Name", "Other Name", "Key", "Other Key"]);
        assert_eq!((names[SCORE], names[LINKED]), ("Score", "Linked"));
        assert_eq!(preview.pairs.column("Linked").unwrap().text(0), "yes");
        assert_eq!(preview.pairs.column("Score").unwrap().text(0), "0.625");
        assert_eq!(preview.pairs.rows, 3);
    }
}
