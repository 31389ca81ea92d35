//! Unified fields: for each customer and field the first non-blank value by importance (semantics 1.6).

use std::sync::Arc;

use crate::engine::column::{BLANK_BOOLEAN, BLANK_DATE, BLANK_INTEGER, Column, NO_ROW, TextColumn};
use crate::engine::dictionary::{BLANK, Dictionary};
use crate::engine::groups::Groups;
use crate::engine::identity::matching::MatchTable;
use crate::engine::identity::membership::Membership;
use crate::project::ColumnType;
use crate::task::{Cancelled, Task};

/// A unified field as the merge reads it.
pub struct MergeField<'a> {
    /// The field's id in the project.
    pub id: String,
    /// The output column.
    pub name: String,
    /// By rank.
    pub members: Vec<MergeMember<'a>>,
}

/// A column that gives a field its values.
#[derive(Clone, Copy)]
pub struct MergeMember<'a> {
    /// The table's place in match order.
    pub place: usize,
    pub column: &'a Column,
    /// By record the row whose value is taken, where that is not the winner's (advanced merge).
    pub rows: Option<&'a [u32]>,
}

/// Everything the merge reads.
pub struct Merge<'a> {
    pub tables: &'a [MatchTable<'a>],
    pub membership: &'a Membership,
    /// For each table by customer its [`preferred_rows`].
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
        let customers = 0..self.membership.len() as u32;
        let choices: Vec<Choice> = customers.map(|customer| self.choose(customer, field)).collect();
        Ok(pick(field, &choices))
    }

    /// The value taken: members by rank, a table's records in descending order of their keys, winners only, or the rows
    /// of values to keep. Nearly always there is no other row to ask than the preferred one.
    #[inline]
    fn choose(&self, customer: u32, field: &MergeField<'_>) -> Choice {
        for (member, &MergeMember { place, column, rows }) in field.members.iter().enumerate() {
            let row = self.preferred[place][customer as usize];
            if row == NO_ROW {
                continue;
            }
            let member = member as u16;
            if let Some(rows) = rows {
                let mut rows = self.membership.records[place].of(customer).iter().map(|&record| rows[record as usize]);
                match rows.find(|&row| !column.is_blank(row as usize)) {
                    Some(row) => return Choice { member, row },
                    None => continue,
                }
            }
            if !column.is_blank(row as usize) {
                return Choice { member, row };
            }
            let others = self.membership.records[place].of(customer).iter().skip(1);
            let mut rows = others.map(|&record| self.tables[place].records.winners[record as usize]);
            if let Some(row) = rows.find(|&row| !column.is_blank(row as usize)) {
                return Choice { member, row };
            }
        }
        Choice { member: 0, row: NO_ROW }
    }
}

/// A cell's origin: which member, and its row; [`NO_ROW`] where every member is blank.
struct Choice {
    member: u16,
    row: u32,
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
