//! A run as an explanation looks at it: tables, records and customers by name.

use super::answer::RecordName;
use super::{ExplainError, RecordKey};
use crate::engine::customer::customers::CUSTOMER_ID;
use crate::engine::identity::constraints::rows_of_keys;
use crate::engine::identity::dedup::NO_RECORD;
use crate::engine::identity::matching::{MatchTable, Matching};
use crate::engine::identity::membership::{Membership, NO_CUSTOMER};
use crate::engine::pipeline::Run;
use crate::project::{Project, UnificationTable};
use crate::task::Task;

/// Of a record with more rows only so many are looked at: those asked for, the record to keep, then the first ones.
pub const MOST_ROWS: usize = 2_000;

pub struct Scene<'a> {
    pub run: &'a Run,
    pub project: &'a Project,
    /// In match order.
    pub tables: &'a [MatchTable<'a>],
    pub matching: &'a Matching,
    pub membership: &'a Membership,
    pub task: &'a Task,
}

/// A record that was asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The table's place in match order.
    pub place: usize,
    /// Numbered through all tables.
    pub record: u32,
    /// The rows that hold the key, ascending; at most [`MOST_ROWS`].
    pub rows: Vec<u32>,
}

impl<'a> Scene<'a> {
    pub fn new(run: &'a Run, tables: &'a [MatchTable<'a>], task: &'a Task) -> Result<Self, ExplainError> {
        let matched = run.matched.as_ref().ok_or(ExplainError::NotMatched)?;
        Ok(Self {
            run,
            project: &run.project,
            tables,
            matching: &matched.matching,
            membership: &matched.membership,
            task,
        })
    }

    /// Finds the record of a key.
    pub fn find(&self, key: &RecordKey) -> Result<Asked, ExplainError> {
        let source = self.project.source_table(&key.table);
        let name = || self.project.table_name(&key.table).to_owned();
        let Some(place) = self.tables.iter().position(|table| table.id == key.table) else {
            return Err(if source.is_some() {
                ExplainError::NotUnified { table: name() }
            } else {
                ExplainError::NoTable { table: key.table.clone() }
            });
        };
        let table = &self.tables[place];
        let missing = || {
            let ingested = self.run.source(&key.table);
            let corrupt = ingested.and_then(|ingested| ingested.corrupt.iter().find(|row| row.key == key.key));
            match corrupt {
                Some(row) => ExplainError::Corrupt {
                    table: name(),
                    key: key.key.clone(),
                    row: row.row,
                    reason: row.reason.clone(),
                },
                None => ExplainError::NoKey { table: name(), key: key.key.clone() },
            }
        };
        let first = rows_of_keys(table.primary_key, &[&key.key]).first().copied().flatten().ok_or_else(missing)?;
        let local = table.records.record_of_row[first as usize];
        if local == NO_RECORD {
            return Err(missing());
        }
        let same_key = |&&row: &&u32| table.primary_key.compare(row as usize, first as usize).is_eq();
        let rows = table.records.rows().of(local).iter().filter(same_key).take(MOST_ROWS).copied();
        Ok(Asked { place, record: self.matching.offsets[place] + local, rows: rows.collect() })
    }

    pub fn settings(&self, place: usize) -> Option<&'a UnificationTable> {
        self.project.unification_table(self.tables[place].id)
    }

    pub fn table_name(&self, place: usize) -> &'a str {
        self.project.table_name(self.tables[place].id)
    }

    pub fn name(&self, place: usize, row: u32) -> RecordName {
        let table = &self.tables[place];
        RecordName {
            table: self.table_name(place).to_owned(),
            table_id: table.id.to_owned(),
            key: table.primary_key.text(row as usize).into_owned(),
            row: table.table.row_number(row as usize),
        }
    }

    /// The row that speaks for a record.
    pub fn winner(&self, record: u32) -> u32 {
        let place = self.matching.table_of(record);
        self.tables[place].records.winners[(record - self.matching.offsets[place]) as usize]
    }

    /// A record by the row that speaks for it.
    pub fn record_name(&self, record: u32) -> RecordName {
        self.name(self.matching.table_of(record), self.winner(record))
    }

    pub fn rows(&self, record: u32) -> &'a [u32] {
        self.tables[self.matching.table_of(record)].records.rows().of(self.matching.local(record))
    }

    /// The rows of a record, ascending; where they are too many those named, the record to keep and the first ones.
    pub fn few_rows(&self, record: u32, named: &[u32]) -> Vec<u32> {
        let all = self.rows(record);
        if all.len() <= MOST_ROWS {
            return all.to_vec();
        }
        let mut rows: Vec<u32> = named.iter().copied().take(MOST_ROWS / 2).collect();
        rows.push(self.winner(record));
        rows.extend(&all[..MOST_ROWS / 2]);
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// Says so where not all rows of a record are looked at.
    pub fn note_of_size(&self, record: u32, notes: &mut Vec<String>) {
        let rows = self.rows(record).len();
        if rows > MOST_ROWS {
            let name = self.record_name(record).label();
            notes.push(tr!(
                "The record {name} has {rows} rows; about {most_rows} of them were looked at.",
                name,
                rows,
                most_rows = MOST_ROWS / 2
            ));
        }
    }

    pub fn root(&self, record: u32) -> u32 {
        self.matching.root[record as usize]
    }

    /// The number of a record's customer.
    pub fn customer(&self, record: u32) -> Option<u32> {
        self.membership.customer_of_record.get(record as usize).copied().filter(|&customer| customer != NO_CUSTOMER)
    }

    /// The id of a record's customer, where it has one.
    pub fn customer_id(&self, record: u32) -> Option<String> {
        let customer = self.customer(record)?;
        let customers = self.run.customers.as_ref()?;
        Some(customers.table.column(CUSTOMER_ID)?.text(customer as usize).into_owned())
    }

    /// The records of a customer in one table, numbered through, the largest primary key first.
    pub fn records_of(&self, customer: u32, place: usize) -> impl Iterator<Item = u32> {
        let offset = self.matching.offsets[place];
        self.membership.records[place].of(customer).iter().map(move |record| offset + record)
    }
}
