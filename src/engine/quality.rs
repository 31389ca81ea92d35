//! How far a run's customers can be trusted: measured against the truth ([`evaluation`]), against another run
//! ([`changes`]), by the links a person should look at ([`review`], [`pair`]), by values that many share ([`hot`]), and
//! by the size of customers and the weakest link that holds each together ([`sizes`]). [`records`] and [`joins`] are
//! the rows behind the figures of tables and rules; [`journey`] counts who became known when.

pub mod changes;
pub mod evaluation;
pub mod hot;
pub mod joins;
pub mod journey;
pub mod pair;
pub mod records;
pub mod review;
pub mod sizes;
#[cfg(test)]
mod testing;

use super::identity::dedup::NO_RECORD;
use super::identity::matching::MatchTable;
use super::identity::membership::NO_CUSTOMER;
use super::pipeline::Run;

/// A primary key of a unified table, its first row, and the customer it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct KeyOwner {
    /// The table's place in match order.
    place: usize,
    row: u32,
    /// `None` where the record was dropped.
    customer: Option<u32>,
}

/// Every primary key of a run once, by table in match order, then by row.
fn key_owners(run: &Run, tables: &[MatchTable<'_>]) -> Vec<KeyOwner> {
    let Some(matched) = &run.matched else { return Vec::new() };
    let mut owners = Vec::new();
    for (place, table) in tables.iter().enumerate() {
        let text = table.primary_key.to_text();
        let mut seen = vec![false; text.dictionary.len()];
        for (row, (&code, &record)) in text.codes.iter().zip(&table.records.record_of_row).enumerate() {
            if record == NO_RECORD || std::mem::replace(&mut seen[code as usize], true) {
                continue;
            }
            let record = matched.matching.offsets[place] + record;
            let customer = matched.membership.customer_of_record[record as usize];
            let customer = (customer != NO_CUSTOMER).then_some(customer);
            owners.push(KeyOwner { place, row: row as u32, customer });
        }
    }
    owners
}
