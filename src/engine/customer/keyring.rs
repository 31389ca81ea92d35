//! The keyring: every source key of every customer, winners' and alternates' (semantics 1.6).

use std::borrow::Cow;
use std::sync::Arc;

use super::customers::CUSTOMER_ID;
use crate::engine::column::{Column, TextColumn};
use crate::engine::dictionary::Dictionary;
use crate::engine::groups::Groups;
use crate::engine::identity::dedup::NO_RECORD;
use crate::engine::identity::matching::MatchTable;
use crate::engine::identity::membership::Membership;
use crate::engine::table::Table;
use crate::task::{Cancelled, Task};

/// Columns of the keyring table.
pub const TABLE_NAME: &str = "TableName";
pub const ALTERNATE_VALUE: &str = "AlternateValue";
pub const PREFERRED: &str = "Preferred";

/// One row a customer and source key: CustomerId, TableName, AlternateValue, Preferred (whether it is the key shown
/// in the customer table). Customers in their order, tables in match order, the preferred key first, then by value.
///
/// `names` are the tables' names in match order.
pub fn alternate_keys(
    tables: &[MatchTable<'_>],
    names: &[&str],
    membership: &Membership,
    customers: &Table,
    task: &Task,
) -> Result<Table, Cancelled> {
    let ids = customers.column(CUSTOMER_ID).map(Column::to_text).unwrap_or_default();
    let keys: Vec<Keys<'_>> = tables.iter().map(Keys::of).collect();
    let table_names: TextColumn = names.iter().copied().collect();
    let (mut id_codes, mut name_codes, mut values, mut preferred) = (vec![], vec![], vec![], vec![]);
    let mut of_table: Vec<u32> = Vec::new();
    for customer in 0..membership.len() as u32 {
        if customer % 65_536 == 0 {
            task.check()?;
        }
        for (place, keys) in keys.iter().enumerate() {
            let records = membership.records[place].of(customer);
            let Some(&first) = records.first() else { continue };
            let shown = keys.shown[first as usize];
            of_table.clear();
            of_table.extend(records.iter().flat_map(|&record| keys.all(record)).filter(|&key| key != shown));
            of_table.sort_unstable_by_key(|&key| keys.text.dictionary.get(key));
            of_table.dedup();
            for (i, &key) in std::iter::once(&shown).chain(&of_table).enumerate() {
                id_codes.push(ids.codes[customer as usize]);
                name_codes.push(table_names.codes[place]);
                values.push(keys.text.dictionary.get(key));
                preferred.push(u8::from(i == 0));
            }
        }
    }
    let mut dictionary = Dictionary::default();
    let mut value_codes = Vec::with_capacity(values.len());
    dictionary.intern_all(values, &mut value_codes);
    let text =
        |codes, dictionary: &Arc<Dictionary>| Column::Text(TextColumn { codes, dictionary: Arc::clone(dictionary) });
    Ok(Table::new([
        (CUSTOMER_ID, text(id_codes, &ids.dictionary)),
        (TABLE_NAME, text(name_codes, &table_names.dictionary)),
        (ALTERNATE_VALUE, text(value_codes, &Arc::new(dictionary))),
        (PREFERRED, Column::Boolean(preferred)),
    ]))
}

/// The columns of the customer table that hold its keys, in match order: each table's preferred key.
pub fn key_columns(tables: &[MatchTable<'_>], names: &[String], preferred: &[Vec<u32>]) -> Vec<(String, Column)> {
    let columns = tables.iter().zip(names).zip(preferred);
    columns.map(|((table, name), rows)| (name.clone(), table.primary_key.gather(rows))).collect()
}

/// The keys of one table's records.
struct Keys<'a> {
    text: Cow<'a, TextColumn>,
    /// For each record the code of its winner's key.
    shown: Vec<u32>,
    /// For each record places in `other_codes`: the keys of alternates that have another one. Few have.
    others: Groups,
    other_codes: Vec<u32>,
}

impl<'a> Keys<'a> {
    fn of(table: &MatchTable<'a>) -> Self {
        let text = table.primary_key.to_text();
        let shown: Vec<u32> = table.records.winners.iter().map(|&row| text.codes[row as usize]).collect();
        let (mut records, mut other_codes) = (Vec::new(), Vec::new());
        for (&code, &record) in text.codes.iter().zip(&table.records.record_of_row) {
            if record != NO_RECORD && code != shown[record as usize] {
                records.push(record);
                other_codes.push(code);
            }
        }
        Self { others: Groups::by_number(&records, shown.len()), text, shown, other_codes }
    }

    /// The codes of a record's keys; one may come more than once.
    fn all(&self, record: u32) -> impl Iterator<Item = u32> {
        let others = self.others.of(record).iter().map(|&place| self.other_codes[place as usize]);
        std::iter::once(self.shown[record as usize]).chain(others)
    }
}
