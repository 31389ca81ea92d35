//! Every unique record of a run and what became of it: the rows behind the figures of tables and match rules.

use std::sync::Arc;

use crate::engine::column::{Column, TextColumn};
use crate::engine::customer::customers::CUSTOMER_ID;
use crate::engine::dictionary::{BLANK, Dictionary};
use crate::engine::identity::dedup::NO_RECORD;
use crate::engine::identity::matching::{ALWAYS, NO_RULE};
use crate::engine::identity::membership::NO_CUSTOMER;
use crate::engine::pipeline::{Run, UnifiedTables};
use crate::engine::table::Table;

/// Attached to a higher table's record.
pub const JOINED: &str = "joined";
/// At the head of a customer of its own.
pub const OWN: &str = "own";
/// Matches nothing, in a table without "include all records".
pub const DROPPED: &str = "dropped";

/// One row a unique record, by table in match order: Table, Key; for a joined one the Rule that attached it, the Score,
/// AttachedTo and AttachedKey; Became ([`JOINED`], [`OWN`] or [`DROPPED`]), Matched (yes where its customer holds at
/// least two records), Rows (how many rows are this record) and CustomerId.
pub fn records(run: &Run) -> Table {
    let Some(matched) = &run.matched else { return Table::default() };
    let (matching, membership) = (&matched.matching, &matched.membership);
    let unified = UnifiedTables::of(run);
    let (tables, names) = (unified.match_tables(), unified.names());
    let total = matching.root.len();
    let mut sizes = vec![0_u32; total];
    matching.root.iter().for_each(|&root| sizes[root as usize] += 1);
    let (mut table, mut key, mut rule) = (Texts::default(), Texts::default(), Texts::default());
    let mut rows = vec![0_i64; total];
    for (place, of) in tables.iter().enumerate() {
        let offset = matching.offsets[place] as usize;
        for &record in of.records.record_of_row.iter().filter(|&&record| record != NO_RECORD) {
            rows[offset + record as usize] += 1;
        }
        for (record, &winner) in of.records.winners.iter().enumerate() {
            table.push(names[place]);
            key.push(&of.primary_key.text(winner as usize));
            rule.push(match matching.rule[offset + record] {
                NO_RULE => "",
                ALWAYS => "a pair that always matches",
                number => of.rules.get(number as usize).map_or("", |rule| rule.name.as_str()),
            });
        }
    }
    let (mut became, mut is_matched) = (Texts::default(), Texts::default());
    for record in 0..total {
        let is_dropped = membership.customer_of_record[record] == NO_CUSTOMER;
        became.push(match matching.parent[record] {
            NO_RECORD if is_dropped => DROPPED,
            NO_RECORD => OWN,
            _ => JOINED,
        });
        is_matched.push(if sizes[matching.root[record] as usize] > 1 { "yes" } else { "no" });
    }
    let attached = |of: &Texts| {
        let code = |&parent: &u32| if parent == NO_RECORD { BLANK } else { of.codes[parent as usize] };
        matching.parent.iter().map(code).collect::<Vec<u32>>()
    };
    let (attached_to, attached_key) = (attached(&table), attached(&key));
    let score = matching.parent.iter().zip(&matching.score);
    let score = score.map(|(&parent, &score)| if parent == NO_RECORD { f64::NAN } else { f64::from(score) });
    let (table, key) = (table.column(), key.column());
    Table::new([
        ("Table", Column::Text(table.clone())),
        ("Key", Column::Text(key.clone())),
        ("Rule", Column::Text(rule.column())),
        ("Score", Column::Number(score.collect())),
        ("AttachedTo", Column::Text(TextColumn { codes: attached_to, dictionary: table.dictionary })),
        ("AttachedKey", Column::Text(TextColumn { codes: attached_key, dictionary: key.dictionary })),
        ("Became", Column::Text(became.column())),
        ("Matched", Column::Text(is_matched.column())),
        ("Rows", Column::Integer(rows)),
        (CUSTOMER_ID, Column::Text(customer_ids(run, &membership.customer_of_record))),
    ])
}

fn customer_ids(run: &Run, customers: &[u32]) -> TextColumn {
    let ids = run.customers.as_ref().and_then(|customers| customers.table.column(CUSTOMER_ID));
    let ids = ids.map(|ids| ids.to_text().into_owned()).unwrap_or_default();
    let code = |&customer: &u32| ids.codes.get(customer as usize).copied().unwrap_or(BLANK);
    TextColumn { codes: customers.iter().map(code).collect(), dictionary: ids.dictionary }
}

/// A text column under construction.
#[derive(Default)]
struct Texts {
    dictionary: Dictionary,
    codes: Vec<u32>,
}

impl Texts {
    fn push(&mut self, text: &str) {
        self.codes.push(self.dictionary.intern(text));
    }

    fn column(self) -> TextColumn {
        TextColumn { codes: self.codes, dictionary: Arc::new(self.dictionary) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::view::{RowOrder, ViewFilter, ViewSpec};
    use crate::task::Task;

    #[test]
    fn every_figure_of_a_table_is_so_many_records() {
        let run = crate::engine::quality::testing::sample("coffee");
        let table = records(&run);
        let count = |filters: &[(&str, &str)]| {
            let filters = filters.iter().map(|&(column, value)| ViewFilter::only(column, value)).collect();
            let spec = ViewSpec { filters, ..ViewSpec::default() };
            RowOrder::of(&table, &spec, &Task::default()).unwrap().len() as u64
        };
        let report = &run.report;
        assert_eq!(table.rows as u64, report.unique_source_records);
        assert_eq!(count(&[("Became", JOINED)]), report.record_matches);
        assert_eq!(count(&[("AttachedTo", "")]), report.matched_and_non_matched_records);
        assert_eq!(count(&[("AttachedTo", ""), ("Matched", "yes")]), report.matched_records_only);
        for of in &report.tables {
            let name = of.table.as_str();
            assert_eq!(count(&[("Table", name)]), of.unique);
            assert_eq!(count(&[("Table", name), ("Became", JOINED)]), of.joined);
            assert_eq!(count(&[("Table", name), ("Became", OWN)]), of.own);
            assert_eq!(count(&[("Table", name), ("Became", DROPPED)]), of.dropped);
            assert_eq!(count(&[("Table", name), ("Matched", "yes")]), of.matched);
        }
        for of in &report.rules {
            assert_eq!(count(&[("Table", &of.table), ("Rule", &of.name)]), of.matches);
        }
        assert!(report.record_matches > 0);
    }
}
