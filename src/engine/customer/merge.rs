//! Unified fields: for each customer and field the first non-blank value by importance (semantics 1.6).

use std::sync::Arc;

use super::customer_id::customer_id;
use crate::engine::column::{BLANK_BOOLEAN, BLANK_DATE, BLANK_INTEGER, Column, NO_ROW, TextColumn};
use crate::engine::dictionary::{BLANK, Dictionary};
use crate::engine::identity::matching::{MatchTable, Matching};
use crate::engine::identity::membership::Membership;
use crate::engine::table::Table;
use crate::project::ColumnType;
use crate::task::{Cancelled, Task};

pub const CUSTOMER_ID: &str = "CustomerId";
pub const PROFILE_STATE: &str = "ProfileState";
pub const KNOWN: &str = "Known";
pub const UNKNOWN: &str = "Unknown";

/// A unified field as the merge reads it.
pub struct MergeField<'a> {
    /// The field's id in the project.
    pub id: String,
    /// The output column.
    pub name: String,
    /// Whether a value here makes the profile known.
    pub identifies: bool,
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

/// The customers of a run.
#[derive(Debug, Clone, Default)]
pub struct Customers {
    /// One row a customer: CustomerId, ProfileState, the unified fields in order, each table's key as `Table_Key`.
    pub table: Arc<Table>,
    /// The column of each unified field: `(field id, column name)`.
    pub fields: Vec<(String, String)>,
    pub known: u64,
    pub unknown: u64,
}

impl Customers {
    /// The output column of a unified field, by its id.
    pub fn field(&self, id: &str) -> Option<&Column> {
        let (_, name) = self.fields.iter().find(|(field, _)| field == id)?;
        self.table.column(name)
    }
}

/// Everything the merge reads.
pub struct Merge<'a> {
    pub tables: &'a [MatchTable<'a>],
    pub matching: &'a Matching,
    pub membership: &'a Membership,
    pub fields: &'a [MergeField<'a>],
    /// The output column of each table's key, in match order.
    pub key_columns: &'a [String],
}

impl Merge<'_> {
    /// Builds the customer table.
    pub fn run(&self, task: &Task) -> Result<Customers, Cancelled> {
        let customers = self.membership.len();
        let preferred: Vec<Vec<u32>> = (0..self.tables.len()).map(|place| self.preferred_rows(place)).collect();
        let mut identified = vec![false; customers];
        let mut columns: Vec<(String, Column)> = Vec::new();
        for field in self.fields {
            task.check()?;
            let choose = |customer| self.choose(customer, field, &preferred);
            let choices: Vec<Choice> = (0..customers as u32).map(choose).collect();
            if field.identifies {
                for (identified, choice) in identified.iter_mut().zip(&choices) {
                    *identified |= choice.row != NO_ROW;
                }
            }
            columns.push((field.name.clone(), pick(field, &choices)));
        }
        for (place, name) in self.key_columns.iter().enumerate() {
            columns.push((name.clone(), self.tables[place].primary_key.gather(&preferred[place])));
        }
        task.check()?;
        let known = identified.iter().filter(|known| **known).count() as u64;
        let state = Column::text_of(identified.iter().map(|&known| if known { KNOWN } else { UNKNOWN }));
        let mut all = vec![(CUSTOMER_ID.to_owned(), self.ids()), (PROFILE_STATE.to_owned(), state)];
        all.append(&mut columns);
        Ok(Customers {
            table: Arc::new(Table::new(all)),
            fields: self.fields.iter().map(|field| (field.id.clone(), field.name.clone())).collect(),
            known,
            unknown: customers as u64 - known,
        })
    }

    fn ids(&self) -> Column {
        let ids = self.membership.highest.iter().map(|&record| {
            let place = self.matching.table_of(record);
            let table = &self.tables[place];
            let row = table.records.winners[(record - self.matching.offsets[place]) as usize];
            customer_id(table.id, &table.primary_key.text(row as usize))
        });
        let dictionary = Dictionary::from_distinct(ids);
        let codes = (1..dictionary.len() as u32).collect();
        Column::Text(TextColumn { codes, dictionary: Arc::new(dictionary) })
    }

    /// For each customer the row that speaks first for it in one table, or [`NO_ROW`].
    fn preferred_rows(&self, place: usize) -> Vec<u32> {
        let (records, winners) = (&self.membership.records[place], &self.tables[place].records.winners);
        let row = |customer| records.of(customer).first().map_or(NO_ROW, |&record| winners[record as usize]);
        (0..self.membership.len() as u32).map(row).collect()
    }

    /// The value taken: members by rank, a table's records in descending order of their keys, winners only, or the rows
    /// of values to keep. `preferred` are the tables' [`Merge::preferred_rows`]: nearly always there is no other row
    /// to ask.
    #[inline]
    fn choose(&self, customer: u32, field: &MergeField<'_>, preferred: &[Vec<u32>]) -> Choice {
        for (member, &MergeMember { place, column, rows }) in field.members.iter().enumerate() {
            let row = preferred[place][customer as usize];
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
