//! Which of a customer's values a field takes: the candidates by rank, and what a policy makes of them (semantics 1.6).
//! The merge and the account it gives of a cell both choose here.

use std::borrow::Cow;
use std::cmp::Ordering;

use hashbrown::{HashMap, HashSet};

use super::merge::{Merge, MergeField, MergeGroup, MergeMember};
use crate::engine::calendar::MICROS_PER_DAY;
use crate::engine::column::{Column, NO_ROW};

/// A policy with the columns it reads, by the place of their table in match order. A table that is not there, or has
/// no such column, stands as one whose records have nothing in it.
pub enum Policy<'a> {
    Importance,
    /// The largest date or number, or the smallest.
    Recent {
        latest: bool,
        rank_by: Vec<Option<MergeMember<'a>>>,
    },
    /// With the selected columns.
    Filled(Vec<Vec<MergeMember<'a>>>),
    Frequent,
    Longest,
    /// Every value is taken.
    All,
}

/// A value that a field may take: not blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    pub member: u16,
    /// Inside the member's table.
    pub record: u32,
    /// The row of the member's table that it stands in.
    pub row: u32,
}

/// The record that speaks for a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Speaker {
    /// The table's place in match order.
    pub place: u16,
    pub record: u32,
}

impl Speaker {
    /// In the place of the speaker of a customer none of whose records has a value.
    pub const NOBODY: Self = Self { place: u16::MAX, record: NO_ROW };
}

/// A cell's origin: which member, and its row; [`NO_ROW`] where every member is blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    pub member: u16,
    pub row: u32,
}

impl Choice {
    const BLANK: Self = Self { member: 0, row: NO_ROW };
}

/// What a policy looks at in a candidate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Standing {
    /// Nothing: the rank decides.
    Rank,
    When(Option<When>),
    /// Filled columns, records of one mind, or characters.
    Count(u32),
}

/// A date or a number. Dates compare with times; what is of different kinds compares as numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum When {
    Micros(i64),
    Integer(i64),
    Number(f64),
}

impl When {
    fn of(column: &Column, row: usize) -> Option<Self> {
        match column {
            _ if column.is_blank(row) => None,
            Column::Date(days) => Some(Self::Micros(i64::from(days[row]) * MICROS_PER_DAY)),
            Column::Datetime(micros) => Some(Self::Micros(micros[row])),
            Column::Integer(values) => Some(Self::Integer(values[row])),
            Column::Number(values) => Some(Self::Number(values[row])),
            Column::Text(_) | Column::Boolean(_) => None,
        }
    }

    fn number(self) -> f64 {
        match self {
            Self::Micros(value) | Self::Integer(value) => value as f64,
            Self::Number(value) => value,
        }
    }

    fn compare(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Micros(a), Self::Micros(b)) | (Self::Integer(a), Self::Integer(b)) => a.cmp(&b),
            _ => self.number().partial_cmp(&other.number()).unwrap_or(Ordering::Equal),
        }
    }
}

impl Policy<'_> {
    /// How a record stands, as far as a policy looks at whole records.
    pub fn of_record(&self, place: usize, record: u32) -> Standing {
        match self {
            Self::Recent { rank_by, .. } => {
                let column = rank_by.get(place).and_then(Option::as_ref);
                Standing::When(column.and_then(|by| When::of(by.column, by.row(record) as usize)))
            }
            Self::Filled(selected) => {
                let columns = selected.get(place).into_iter().flatten();
                Standing::Count(columns.filter(|of| !of.column.is_blank(of.row(record) as usize)).count() as u32)
            }
            _ => Standing::Rank,
        }
    }

    /// How each candidate stands.
    pub fn of_candidates(&self, field: &MergeField<'_>, candidates: &[Candidate]) -> Vec<Standing> {
        match self {
            Self::Frequent => records_of_one_mind(field, candidates),
            Self::Longest => {
                let characters = |candidate: &Candidate| field.text(candidate).chars().count();
                candidates.iter().map(|candidate| Standing::Count(characters(candidate) as u32)).collect()
            }
            _ => candidates
                .iter()
                .map(|candidate| self.of_record(field.members[candidate.member as usize].place, candidate.record))
                .collect(),
        }
    }

    /// How `a` compares with `b`: `Greater` where it is to be taken before it whatever their rank.
    pub fn compare(&self, a: Standing, b: Standing) -> Ordering {
        match (a, b) {
            (Standing::Count(a), Standing::Count(b)) => a.cmp(&b),
            (Standing::When(Some(a)), Standing::When(Some(b))) => match self {
                Self::Recent { latest: false, .. } => b.compare(a),
                _ => a.compare(b),
            },
            (Standing::When(a), Standing::When(b)) => a.is_some().cmp(&b.is_some()),
            _ => Ordering::Equal,
        }
    }

    /// The place of the best; ties go to the first.
    pub fn best(&self, standings: impl IntoIterator<Item = Standing>) -> Option<usize> {
        let mut best: Option<(usize, Standing)> = None;
        for (place, standing) in standings.into_iter().enumerate() {
            if best.is_none_or(|(_, so_far)| self.compare(standing, so_far).is_gt()) {
                best = Some((place, standing));
            }
        }
        best.map(|(place, _)| place)
    }
}

/// For each candidate how many records have its value.
fn records_of_one_mind(field: &MergeField<'_>, candidates: &[Candidate]) -> Vec<Standing> {
    let mut number_of: HashMap<Cow<'_, str>, usize> = HashMap::new();
    let mut counts: Vec<u32> = Vec::new();
    let mut seen: HashSet<(usize, usize, u32)> = HashSet::new();
    let mut numbers = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let number = *number_of.entry(field.text(candidate)).or_insert(counts.len());
        if number == counts.len() {
            counts.push(0);
        }
        // A record that has a value in two columns says it once.
        let place = field.members[candidate.member as usize].place;
        counts[number] += u32::from(seen.insert((number, place, candidate.record)));
        numbers.push(number);
    }
    numbers.into_iter().map(|number| Standing::Count(counts[number])).collect()
}

impl Merge<'_> {
    /// Every value that a field may take, by rank: members in order, a table's records by descending key, winners
    /// only, or the rows of values to keep.
    pub fn candidates<'b>(
        &'b self,
        customer: u32,
        field: &'b MergeField<'_>,
    ) -> impl Iterator<Item = Candidate> + use<'b> {
        field.members.iter().enumerate().flat_map(move |(number, member)| {
            let records = self.membership.records[member.place].of(customer);
            let of = records.iter().map(move |&record| {
                let row = member.row(record);
                Candidate { member: number as u16, record, row }
            });
            of.filter(|candidate| !member.column.is_blank(candidate.row as usize))
        })
    }

    /// The value taken.
    #[inline]
    pub fn choose(&self, customer: u32, field: &MergeField<'_>) -> Choice {
        if let Some(group) = &field.group {
            return self.spoken(self.speaker(customer, group), field);
        }
        if matches!(field.policy, Policy::Importance | Policy::All) {
            return self.first(customer, field);
        }
        let candidates: Vec<Candidate> = self.candidates(customer, field).collect();
        let best = match candidates.len() {
            0 => return Choice::BLANK,
            1 => 0,
            _ => field.policy.best(field.policy.of_candidates(field, &candidates)).unwrap_or_default(),
        };
        Choice { member: candidates[best].member, row: candidates[best].row }
    }

    /// The first candidate. Nearly always there is no other row to ask than the preferred one.
    #[inline]
    fn first(&self, customer: u32, field: &MergeField<'_>) -> Choice {
        for (number, member) in field.members.iter().enumerate() {
            let number = number as u16;
            if !member.is_kept_apart
                && let Some(preferred) = self.preferred.get(member.place)
            {
                match preferred[customer as usize] {
                    NO_ROW => continue,
                    row if !member.column.is_blank(row as usize) => return Choice { member: number, row },
                    _ => {}
                }
            }
            let mut rows = self.membership.records[member.place].of(customer).iter().map(|&record| member.row(record));
            if let Some(row) = rows.find(|&row| !member.column.is_blank(row as usize)) {
                return Choice { member: number, row };
            }
        }
        Choice::BLANK
    }

    /// What the record that speaks for a group says in a field of it.
    fn spoken(&self, speaker: Speaker, field: &MergeField<'_>) -> Choice {
        for (number, member) in field.members.iter().enumerate() {
            if member.place == usize::from(speaker.place) {
                let row = member.row(speaker.record);
                if !member.column.is_blank(row as usize) {
                    return Choice { member: number as u16, row };
                }
            }
        }
        Choice::BLANK
    }

    /// The record that speaks for a group: looked up where that was found out for all customers.
    #[inline]
    pub fn speaker(&self, customer: u32, group: &MergeGroup<'_>) -> Speaker {
        match &group.speakers {
            Some(speakers) => speakers[customer as usize],
            None => self.find_speaker(customer, group),
        }
    }

    /// The best, by the group's policy, of the records in which not all of its fields are blank.
    pub fn find_speaker(&self, customer: u32, group: &MergeGroup<'_>) -> Speaker {
        let mut speakers = self.speakers(customer, group);
        let best = if matches!(group.policy, Policy::Recent { .. } | Policy::Filled(_)) {
            let all: Vec<Speaker> = speakers.collect();
            let standings = all.iter().map(|one| group.policy.of_record(usize::from(one.place), one.record));
            group.policy.best(standings).map(|place| all[place])
        } else {
            speakers.next()
        };
        best.unwrap_or(Speaker::NOBODY)
    }

    /// The records that may speak for a group, by rank.
    fn speakers<'b>(&'b self, customer: u32, group: &'b MergeGroup<'_>) -> impl Iterator<Item = Speaker> + use<'b> {
        group.tables.iter().flat_map(move |(place, members)| {
            let says_something =
                |record| members.iter().any(|member| !member.column.is_blank(member.row(record) as usize));
            let records = self.membership.records[*place].of(customer).iter().copied();
            records
                .filter(move |&record| says_something(record))
                .map(move |record| Speaker { place: *place as u16, record })
        })
    }
}

impl<'a> MergeField<'a> {
    /// A candidate as text.
    pub fn text(&self, candidate: &Candidate) -> Cow<'a, str> {
        self.members[candidate.member as usize].column.text(candidate.row as usize)
    }
}
