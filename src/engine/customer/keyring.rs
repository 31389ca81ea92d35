//! The keyring: every source key of every customer, winners' and alternates' (semantics 1.6).

use std::sync::Arc;

use super::merge::CUSTOMER_ID;
use crate::engine::column::{Column, TextColumn};
use crate::engine::dictionary::Dictionary;
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
    let keys: Vec<_> = tables.iter().map(|table| table.primary_key.to_text()).collect();
    let mut values = Dictionary::default();
    let mut translated: Vec<Vec<u32>> = keys.iter().map(|keys| vec![0; keys.dictionary.len()]).collect();
    let table_names: TextColumn = names.iter().copied().collect();
    let (mut id_codes, mut name_codes, mut value_codes, mut preferred) = (vec![], vec![], vec![], vec![]);
    let mut of_table: Vec<u32> = Vec::new();
    for customer in 0..membership.len() as u32 {
        if customer % 65_536 == 0 {
            task.check()?;
        }
        for (place, table) in tables.iter().enumerate() {
            let records = membership.records[place].of(customer);
            let Some(&first) = records.first() else { continue };
            let keys = &keys[place];
            let shown = keys.codes[table.records.winners[first as usize] as usize];
            of_table.clear();
            for &record in records {
                for &row in table.records.rows.of(record) {
                    let code = keys.codes[row as usize];
                    if code != shown && of_table.last() != Some(&code) {
                        of_table.push(code);
                    }
                }
            }
            of_table.sort_unstable();
            of_table.dedup();
            of_table.sort_by_key(|&code| keys.dictionary.get(code));
            for (i, &code) in std::iter::once(&shown).chain(&of_table).enumerate() {
                let known = &mut translated[place][code as usize];
                if *known == 0 {
                    *known = values.intern(keys.dictionary.get(code));
                }
                id_codes.push(ids.codes[customer as usize]);
                name_codes.push(table_names.codes[place]);
                value_codes.push(*known);
                preferred.push(u8::from(i == 0));
            }
        }
    }
    let text =
        |codes, dictionary: &Arc<Dictionary>| Column::Text(TextColumn { codes, dictionary: Arc::clone(dictionary) });
    Ok(Table::new([
        (CUSTOMER_ID, text(id_codes, &ids.dictionary)),
        (TABLE_NAME, text(name_codes, &table_names.dictionary)),
        (ALTERNATE_VALUE, text(value_codes, &Arc::new(values))),
        (PREFERRED, Column::Boolean(preferred)),
    ]))
}
