//! Where a cell of a customer comes from: the table, row and key of its value, why it was taken, and which values lost
//! to it. Chosen by the code of the merge itself ([`super::choose`]), for one customer.

mod words;

use std::sync::Arc;

use hashbrown::HashMap;

use super::choose::{Candidate, Policy, Speaker, Standing};
use super::merge::{LIST_SEPARATOR, Merge, MergeField, MergeGroup, MergeMember};
use super::merge_plan::MergePlan;
use crate::engine::column::NO_ROW;
use crate::engine::pipeline::{Run, UnifiedTables};
use crate::project::UnifiedField;

/// Values listed of a field: one hot value may have fused many thousand records.
const LISTED: usize = 200;

/// A place in a source table with its value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The table's name.
    pub table: String,
    pub column: String,
    /// The number of the row in the file, the first data row being 1.
    pub row: u32,
    /// The primary key of that row.
    pub key: String,
    pub value: String,
}

/// A value that was not taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Losing {
    /// The first by rank of those that say so.
    pub origin: Origin,
    /// Why, in words.
    pub why: String,
    /// How many records of the table, or alternate rows of one, say so.
    pub times: usize,
    /// An alternate row: another row speaks for its record.
    pub is_alternate: bool,
}

/// The account of one cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Provenance {
    /// As in the customer table; empty where it is blank.
    pub value: String,
    /// Why, in words.
    pub reason: String,
    /// One; several where the cell lists all values; none where it is blank.
    pub taken: Vec<Origin>,
    /// In how many further places of speaking rows the value taken stands.
    pub agreeing: usize,
    /// By rank, alternate rows last; each value of a table once.
    pub losing: Vec<Losing>,
    /// How many more lost.
    pub unlisted: usize,
}

/// The account of a customer's value in the field of this id; `None` where there is no such customer or field.
pub fn provenance(run: &Run, customer: u32, field: &str) -> Option<Provenance> {
    let mut accounts = accounts(run, customer, |of| of.id == field);
    accounts.pop().map(|(_, provenance)| provenance)
}

/// The account of every field of a customer, blank ones too, in the order of the customer table.
pub fn provenances(run: &Run, customer: u32) -> Vec<(UnifiedField, Provenance)> {
    accounts(run, customer, |_| true)
}

fn accounts(run: &Run, customer: u32, wanted: impl Fn(&UnifiedField) -> bool) -> Vec<(UnifiedField, Provenance)> {
    let Some(matched) = &run.matched else { return Vec::new() };
    if customer as usize >= matched.membership.len() {
        return Vec::new();
    }
    let unified = UnifiedTables::of(run);
    let tables = unified.match_tables();
    let merge = Merge { tables: &tables, membership: &matched.membership, preferred: &[] };
    let plan = MergePlan::new(&run.project, &tables);
    let groups: Vec<Arc<MergeGroup<'_>>> = (0..plan.group_count()).map(|place| Arc::new(plan.group(place))).collect();
    let account = Account { merge, names: unified.names(), customer };
    let fields = plan.fields.iter().filter(|field| wanted(field));
    fields.map(|field| (field.clone(), account.of(&plan.field(field, &groups)))).collect()
}

/// What an account of one customer is taken from.
struct Account<'a> {
    merge: Merge<'a>,
    /// The tables' names in match order.
    names: Vec<&'a str>,
    customer: u32,
}

/// A field of a customer with all that was weighed.
struct Weighed<'a> {
    field: &'a MergeField<'a>,
    candidates: Vec<Candidate>,
    standings: Vec<Standing>,
    /// The record that speaks for the field's group.
    speaker: Option<Speaker>,
    /// The place of the candidate taken.
    taken: Option<usize>,
}

impl Account<'_> {
    fn of(&self, field: &MergeField<'_>) -> Provenance {
        let candidates: Vec<Candidate> = self.merge.candidates(self.customer, field).collect();
        if field.takes_all() {
            return self.of_list(field, &candidates);
        }
        let choice = self.merge.choose(self.customer, field);
        let is_taken = |candidate: &Candidate| (candidate.member, candidate.row) == (choice.member, choice.row);
        let weighed = Weighed {
            field,
            standings: standings(field, &candidates),
            speaker: field.group.as_ref().map(|group| self.merge.speaker(self.customer, group)),
            taken: candidates.iter().position(|candidate| choice.row != NO_ROW && is_taken(candidate)),
            candidates,
        };
        let mut provenance = Provenance { reason: self.reason(&weighed), ..Provenance::default() };
        if let Some(place) = weighed.taken {
            let origin = self.origin(field, &weighed.candidates[place]);
            provenance.value.clone_from(&origin.value);
            provenance.taken.push(origin);
        }
        let mut list = LosingList::default();
        for (place, candidate) in weighed.candidates.iter().enumerate() {
            if Some(place) == weighed.taken {
                continue;
            }
            if weighed.taken.is_some() && field.text(candidate) == provenance.value {
                provenance.agreeing += 1;
                continue;
            }
            list.add(self.origin(field, candidate), false, || self.why_not(&weighed, place));
        }
        self.alternates(field, &provenance.value, &mut list);
        (provenance.losing, provenance.unlisted) = (list.losing, list.unlisted);
        provenance
    }

    /// A field that takes all values.
    fn of_list(&self, field: &MergeField<'_>, candidates: &[Candidate]) -> Provenance {
        let values = self.merge.distinct_values(self.customer, field);
        let reason = match values.len() {
            0 => words::NO_VALUE.to_owned(),
            1 => words::ONLY_VALUE.to_owned(),
            count => format!("all {count} values, by rank"),
        };
        let mut taken: Vec<Origin> = Vec::new();
        for candidate in candidates {
            if taken.len() < LISTED && !taken.iter().any(|other| other.value == field.text(candidate)) {
                taken.push(self.origin(field, candidate));
            }
        }
        let mut list = LosingList::default();
        self.alternates(field, "", &mut list);
        list.losing.retain(|losing| !values.iter().any(|value| *value == losing.origin.value));
        Provenance {
            value: values.join(LIST_SEPARATOR),
            reason,
            agreeing: candidates.len() - values.len(),
            unlisted: list.unlisted + values.len() - taken.len(),
            taken,
            losing: list.losing,
        }
    }

    /// Values of rows that another row of their record speaks for.
    fn alternates(&self, field: &MergeField<'_>, taken: &str, list: &mut LosingList) {
        for member in &field.members {
            let of = &self.merge.tables[member.place];
            for &record in self.merge.membership.records[member.place].of(self.customer) {
                let rows = of.records.rows().of(record);
                let speaking = member.row(record);
                for &row in rows.iter().filter(|&&row| row != speaking && !member.column.is_blank(row as usize)) {
                    let origin = self.origin_at(member, row);
                    if origin.value != taken {
                        let number = of.table.row_number(speaking as usize);
                        list.add(origin, true, || format!("alternate row; row {number} speaks for the record"));
                    }
                }
            }
        }
    }

    fn origin(&self, field: &MergeField<'_>, candidate: &Candidate) -> Origin {
        self.origin_at(&field.members[candidate.member as usize], candidate.row)
    }

    fn origin_at(&self, member: &MergeMember<'_>, row: u32) -> Origin {
        let of = &self.merge.tables[member.place];
        Origin {
            table: self.names[member.place].to_owned(),
            column: member.name.to_owned(),
            row: of.table.row_number(row as usize),
            key: of.primary_key.text(row as usize).into_owned(),
            value: member.column.text(row as usize).into_owned(),
        }
    }
}

/// How the candidates stand: by the group's policy where the field is in one.
fn standings(field: &MergeField<'_>, candidates: &[Candidate]) -> Vec<Standing> {
    let of_record = |policy: &Policy<'_>, candidate: &Candidate| {
        policy.of_record(field.members[candidate.member as usize].place, candidate.record)
    };
    match &field.group {
        Some(group) => candidates.iter().map(|candidate| of_record(&group.policy, candidate)).collect(),
        None => field.policy.of_candidates(field, candidates),
    }
}

/// The losing values so far, each of a table once.
#[derive(Default)]
struct LosingList {
    losing: Vec<Losing>,
    unlisted: usize,
    places: HashMap<(String, String), usize>,
}

impl LosingList {
    fn add(&mut self, origin: Origin, is_alternate: bool, why: impl FnOnce() -> String) {
        let key = (origin.table.clone(), origin.value.clone());
        if let Some(&place) = self.places.get(&key) {
            if self.losing[place].is_alternate == is_alternate {
                self.losing[place].times += 1;
            }
        } else if self.losing.len() < LISTED {
            self.places.insert(key, self.losing.len());
            self.losing.push(Losing { origin, why: why(), times: 1, is_alternate });
        } else {
            self.unlisted += 1;
        }
    }
}
