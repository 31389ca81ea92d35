//! Unified fields: for each customer and field the value that its policy takes (semantics 1.6).

use std::borrow::Cow;
use std::sync::Arc;

use hashbrown::HashSet;

use super::choose::{Choice, Policy, Speaker};
use crate::engine::column::{BLANK_BOOLEAN, BLANK_DATE, BLANK_INTEGER, Column, NO_ROW, TextColumn};
use crate::engine::dictionary::{BLANK, Dictionary};
use crate::engine::groups::Groups;
use crate::engine::identity::matching::MatchTable;
use crate::engine::identity::membership::Membership;
use crate::project::ColumnType;
use crate::task::{Cancelled, Task};

/// Customers between two looks at the cancel flag.
const CUSTOMERS_PER_CHECK: u32 = 65_536;

/// A unified field as the merge reads it.
pub struct MergeField<'a> {
    /// By rank.
    pub members: Vec<MergeMember<'a>>,
    /// Of no account where the field is in a group.
    pub policy: Policy<'a>,
    pub group: Option<Arc<MergeGroup<'a>>>,
}

/// A column that gives a field its values, or that a policy reads.
#[derive(Clone, Copy)]
pub struct MergeMember<'a> {
    /// The table's place in match order.
    pub place: usize,
    pub name: &'a str,
    pub column: &'a Column,
    /// By record the row whose value is taken.
    pub rows: &'a [u32],
    /// Whether those are other rows than the winners (advanced merge).
    pub is_kept_apart: bool,
}

impl MergeMember<'_> {
    /// The row that speaks for a record.
    #[inline]
    pub fn row(&self, record: u32) -> u32 {
        self.rows[record as usize]
    }
}

/// Fields that take their values from one record.
pub struct MergeGroup<'a> {
    pub name: String,
    /// By rank: the table's place in match order, and those columns of it that give the group's fields values.
    pub tables: Vec<(usize, Vec<MergeMember<'a>>)>,
    pub policy: Policy<'a>,
    /// By customer, where that was found out for all at once.
    pub speakers: Option<Arc<Vec<Speaker>>>,
}

/// Everything the merge reads.
pub struct Merge<'a> {
    pub tables: &'a [MatchTable<'a>],
    pub membership: &'a Membership,
    /// For each table by customer its [`preferred_rows`]; may be left out where few customers are looked at.
    pub preferred: &'a [Vec<u32>],
}

/// For each customer the row that speaks first for it in one table, or [`NO_ROW`].
pub fn preferred_rows(table: &MatchTable<'_>, records: &Groups, customers: usize) -> Vec<u32> {
    let winners = &table.records.winners;
    let row = |customer| records.of(customer).first().map_or(NO_ROW, |&record| winners[record as usize]);
    (0..customers as u32).map(row).collect()
}

impl Merge<'_> {
    /// One unified field: a value a customer.
    pub fn column(&self, field: &MergeField<'_>, task: &Task) -> Result<Column, Cancelled> {
        task.check()?;
        if field.takes_all() {
            return self.lists(field, task);
        }
        let choices: Vec<Choice> = self.each_customer(task, |customer| self.choose(customer, field))?;
        Ok(pick(field, &choices))
    }

    /// For each customer the record that speaks for a group.
    pub fn speakers_of_all(&self, group: &MergeGroup<'_>, task: &Task) -> Result<Vec<Speaker>, Cancelled> {
        self.each_customer(task, |customer| self.find_speaker(customer, group))
    }

    fn each_customer<T>(&self, task: &Task, mut make: impl FnMut(u32) -> T) -> Result<Vec<T>, Cancelled> {
        let count = self.membership.len() as u32;
        let mut made = Vec::with_capacity(count as usize);
        for start in (0..count).step_by(CUSTOMERS_PER_CHECK as usize) {
            task.check()?;
            made.extend((start..count.min(start + CUSTOMERS_PER_CHECK)).map(&mut make));
        }
        Ok(made)
    }

    /// All values of each customer as one text.
    fn lists(&self, field: &MergeField<'_>, task: &Task) -> Result<Column, Cancelled> {
        let mut dictionary = Dictionary::default();
        let codes = self.each_customer(task, |customer| {
            let values = self.distinct_values(customer, field);
            match &values[..] {
                [] => BLANK,
                [value] => dictionary.intern(value),
                values => dictionary.intern(&values.join(LIST_SEPARATOR)),
            }
        })?;
        Ok(Column::Text(TextColumn { codes, dictionary: Arc::new(dictionary) }))
    }

    /// A field's distinct values of a customer, by rank.
    pub fn distinct_values<'b>(&self, customer: u32, field: &MergeField<'b>) -> Vec<Cow<'b, str>> {
        const FEW: usize = 16;
        let mut values: Vec<Cow<'b, str>> = Vec::new();
        let mut seen: HashSet<Cow<'b, str>> = HashSet::new();
        for candidate in self.candidates(customer, field) {
            let value = field.text(&candidate);
            if values.len() < FEW {
                if !values.contains(&value) {
                    values.push(value);
                }
                continue;
            }
            if seen.is_empty() {
                seen.extend(values.iter().cloned());
            }
            if seen.insert(value.clone()) {
                values.push(value);
            }
        }
        values
    }
}

/// Between the values of a list.
pub const LIST_SEPARATOR: &str = ";";

impl MergeField<'_> {
    /// Whether its cells are lists of all values.
    pub fn takes_all(&self) -> bool {
        self.group.is_none() && matches!(self.policy, Policy::All)
    }
}

/// The chosen values as one column: of the members' type where they agree, else text.
fn pick(field: &MergeField<'_>, choices: &[Choice]) -> Column {
    if let [MergeMember { column, .. }] = field.members[..] {
        let rows: Vec<u32> = choices.iter().map(|choice| choice.row).collect();
        return column.gather(&rows);
    }
    let types: Vec<ColumnType> = field.members.iter().map(|member| member.column.column_type()).collect();
    let agreed = types.iter().all(|other| Some(other) == types.first());
    match types.first() {
        Some(ColumnType::Integer) if agreed => Column::Integer(take(field, choices, BLANK_INTEGER, |column, row| {
            if let Column::Integer(values) = column { values[row] } else { BLANK_INTEGER }
        })),
        Some(ColumnType::Number) if agreed => Column::Number(take(field, choices, f64::NAN, |column, row| {
            if let Column::Number(values) = column { values[row] } else { f64::NAN }
        })),
        Some(ColumnType::Boolean) if agreed => Column::Boolean(take(field, choices, BLANK_BOOLEAN, |column, row| {
            if let Column::Boolean(values) = column { values[row] } else { BLANK_BOOLEAN }
        })),
        Some(ColumnType::Date) if agreed => Column::Date(take(field, choices, BLANK_DATE, |column, row| {
            if let Column::Date(values) = column { values[row] } else { BLANK_DATE }
        })),
        Some(ColumnType::Datetime) if agreed => Column::Datetime(take(field, choices, BLANK_INTEGER, |column, row| {
            if let Column::Datetime(values) = column { values[row] } else { BLANK_INTEGER }
        })),
        _ => text(field, choices),
    }
}

fn take<T: Copy>(field: &MergeField<'_>, choices: &[Choice], blank: T, value: impl Fn(&Column, usize) -> T) -> Vec<T> {
    choices
        .iter()
        .map(|choice| match field.members.get(choice.member as usize) {
            Some(member) if choice.row != NO_ROW => value(member.column, choice.row as usize),
            _ => blank,
        })
        .collect()
}

/// Text from several dictionaries into one; each distinct value is looked up once a member.
fn text(field: &MergeField<'_>, choices: &[Choice]) -> Column {
    const UNSEEN: u32 = u32::MAX;
    let members: Vec<_> = field.members.iter().map(|member| member.column.to_text()).collect();
    let mut places_of: Vec<Vec<u32>> = members.iter().map(|text| vec![UNSEEN; text.dictionary.len()]).collect();
    // Values in the order of first sight, first as places in this list, so that all can be looked up together.
    let mut values: Vec<&str> = vec![""];
    let place = |choice: &Choice| {
        if choice.row == NO_ROW {
            return BLANK;
        }
        let text = &members[choice.member as usize];
        let code = text.codes[choice.row as usize];
        let known = &mut places_of[choice.member as usize][code as usize];
        if *known == UNSEEN {
            *known = values.len() as u32;
            values.push(text.dictionary.get(code));
        }
        *known
    };
    let mut codes: Vec<u32> = choices.iter().map(place).collect();
    let mut dictionary = Dictionary::default();
    let mut code_of_place = Vec::with_capacity(values.len());
    dictionary.intern_all(values, &mut code_of_place);
    codes.iter_mut().for_each(|code| *code = code_of_place[*code as usize]);
    Column::Text(TextColumn { codes, dictionary: Arc::new(dictionary) })
}
