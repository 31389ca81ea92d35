//! Why a value was taken, and why another was not, in words.

use std::cmp::Ordering;

use super::{Account, Weighed};
use crate::engine::customer::choose::{Candidate, Policy, Speaker, Standing};
use crate::engine::customer::merge::{MergeGroup, MergeMember};

pub const NO_VALUE: &str = "no record has a value";
pub const ONLY_VALUE: &str = "the only value";
const EQUAL: &str = msg!("; of equals the first by rank");

impl Account<'_> {
    /// Why the value was taken, or why there is none.
    pub(super) fn reason(&self, weighed: &Weighed<'_>) -> String {
        if let (Some(group), Some(speaker)) = (&weighed.field.group, weighed.speaker) {
            return self.reason_of_group(weighed, group, speaker);
        }
        let Some(taken) = weighed.taken else { return NO_VALUE.to_owned() };
        if weighed.candidates.len() == 1 {
            return ONLY_VALUE.to_owned();
        }
        let policy = &weighed.field.policy;
        let standing = weighed.standings[taken];
        let how = self.how(weighed, policy, &weighed.candidates[taken], standing);
        let reason = match policy {
            Policy::Importance | Policy::All => return tr!("first by importance").to_owned(),
            Policy::Recent { .. } if standing == Standing::When(None) => {
                return tr!("no record says when ({how}): first by rank", how);
            }
            Policy::Recent { latest: true, .. } => tr!("most recent: {how}", how),
            Policy::Recent { latest: false, .. } => tr!("least recent: {how}", how),
            Policy::Filled(_) => tr!("most filled: {how}", how),
            Policy::Frequent => tr!("{how} say so", how),
            Policy::Longest => tr!("longest: {how}", how),
        };
        let value = weighed.field.text(&weighed.candidates[taken]);
        let others = weighed.candidates.iter().zip(&weighed.standings);
        let is_tied = others
            .filter(|(candidate, _)| weighed.field.text(candidate) != value)
            .any(|(_, &other)| policy.compare(other, standing).is_eq());
        if is_tied { reason + crate::text::of(EQUAL) } else { reason }
    }

    fn reason_of_group(&self, weighed: &Weighed<'_>, group: &MergeGroup<'_>, speaker: Speaker) -> String {
        let name = &group.name;
        if speaker == Speaker::NOBODY {
            return tr!("no record has a value in any field of the group {name}", name);
        }
        let place = usize::from(speaker.place);
        let by = match &group.policy {
            Policy::Recent { latest, rank_by } => {
                let when = when(rank_by, place, speaker.record);
                format!("{}: {when}", if *latest { tr!("most recent") } else { tr!("least recent") })
            }
            Policy::Filled(_) => {
                tr!("most filled: {filled}", filled = filled(group.policy.of_record(place, speaker.record)))
            }
            _ => tr!("first by importance").to_owned(),
        };
        let of = &self.merge.tables[place];
        let row = of.records.winners[speaker.record as usize];
        let key = of.primary_key.text(row as usize);
        match weighed.taken {
            Some(_) => tr!("its record speaks for the group {name} ({by})", name, by),
            None => tr!(
                "blank in {place} {key}, which speaks for the group {name} ({by})",
                place = self.names[place],
                key,
                name,
                by
            ),
        }
    }

    /// Why a candidate was not taken.
    pub(super) fn why_not(&self, weighed: &Weighed<'_>, place: usize) -> String {
        let candidate = &weighed.candidates[place];
        let member = &weighed.field.members[candidate.member as usize];
        if let (Some(group), Some(speaker)) = (&weighed.field.group, weighed.speaker) {
            let name = &group.name;
            if !group.tables.iter().any(|(table, _)| *table == member.place) {
                return tr!("{place} is no table of the group {name}", place = self.names[member.place], name);
            }
            if (usize::from(speaker.place), speaker.record) == (member.place, candidate.record) {
                return tr!("a later column of the same record").to_owned();
            }
            let how = match &group.policy {
                Policy::Recent { rank_by, .. } => format!(" ({})", when(rank_by, member.place, candidate.record)),
                Policy::Filled(_) => format!(" ({})", filled(weighed.standings[place])),
                _ => String::new(),
            };
            return tr!("its record does not speak for the group {name}{how}", name, how);
        }
        let Some(taken) = weighed.taken else { return NO_VALUE.to_owned() };
        let policy = &weighed.field.policy;
        let rank = || self.lower_rank(weighed, candidate, &weighed.candidates[taken]);
        if matches!(policy, Policy::Importance | Policy::All) {
            return rank();
        }
        let standing = weighed.standings[place];
        let how = self.how(weighed, policy, candidate, standing);
        let word = match (policy.compare(standing, weighed.standings[taken]), policy) {
            (Ordering::Equal, _) => return tr!("{how} too; {rank}", how, rank = rank()),
            (_, Policy::Recent { .. }) if standing == Standing::When(None) => return how,
            (_, Policy::Recent { latest: true, .. }) => tr!("less recent"),
            (_, Policy::Recent { latest: false, .. }) => tr!("more recent"),
            (_, Policy::Filled(_)) => tr!("less filled"),
            (_, Policy::Longest) => tr!("shorter"),
            _ => return tr!("only {how}", how),
        };
        format!("{word}: {how}")
    }

    /// Why a candidate ranks below another one.
    fn lower_rank(&self, weighed: &Weighed<'_>, candidate: &Candidate, taken: &Candidate) -> String {
        let members = &weighed.field.members;
        let (lower, higher) = (&members[candidate.member as usize], &members[taken.member as usize]);
        if lower.place != higher.place {
            tr!("{place} ranks below {place_2}", place = self.names[lower.place], place_2 = self.names[higher.place])
        } else if candidate.member != taken.member {
            tr!("{lower} ranks below {higher}", lower = lower.name, higher = higher.name)
        } else {
            tr!("its record ranks lower: a smaller key").to_owned()
        }
    }

    /// How a candidate stands: `SignedUp 2024-03-01`, `3 of 4 records`.
    fn how(&self, weighed: &Weighed<'_>, policy: &Policy<'_>, candidate: &Candidate, standing: Standing) -> String {
        let place = weighed.field.members[candidate.member as usize].place;
        match (policy, standing) {
            (Policy::Recent { rank_by, .. }, _) => when(rank_by, place, candidate.record),
            (Policy::Filled(_), _) => filled(standing),
            (Policy::Frequent, Standing::Count(count)) => {
                tr!("{count} of {records_of} records", count, records_of = records_of(weighed))
            }
            (Policy::Longest, Standing::Count(count)) => tr!("{n} character" | "{n} characters" % count),
            _ => String::new(),
        }
    }
}

/// How many records have a value in a field.
fn records_of(weighed: &Weighed<'_>) -> usize {
    let place = |candidate: &Candidate| (weighed.field.members[candidate.member as usize].place, candidate.record);
    let mut records: Vec<(usize, u32)> = weighed.candidates.iter().map(place).collect();
    records.sort_unstable();
    records.dedup();
    records.len()
}

fn filled(standing: Standing) -> String {
    match standing {
        Standing::Count(count) => tr!("{n} column filled" | "{n} columns filled" % count),
        _ => String::new(),
    }
}

/// What recency reads of a record, with the column's name.
fn when(rank_by: &[Option<MergeMember<'_>>], place: usize, record: u32) -> String {
    match rank_by.get(place).and_then(Option::as_ref) {
        None => tr!("no column to rank by").to_owned(),
        Some(by) => match by.column.text(by.row(record) as usize).as_ref() {
            "" => tr!("{by} is blank", by = by.name),
            text => format!("{} {text}", by.name),
        },
    }
}
