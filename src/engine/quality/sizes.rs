//! How large customers are, and the weakest link that holds each together: large and weakly held ones are the first
//! place to look for people fused by mistake.

use std::sync::Arc;

use crate::engine::column::{Column, TextColumn};
use crate::engine::customer::customers::CUSTOMER_ID;
use crate::engine::identity::dedup::NO_RECORD;
use crate::engine::identity::membership::NO_CUSTOMER;
use crate::engine::pipeline::{Run, UnifiedTables};
use crate::engine::table::Table;

/// Bins of the histogram: the largest number of keys in each, and its name.
pub const BINS: [(u64, &str); 9] = [
    (1, "1"),
    (2, "2"),
    (3, "3"),
    (5, "4 to 5"),
    (10, "6 to 10"),
    (20, "11 to 20"),
    (50, "21 to 50"),
    (200, "51 to 200"),
    (u64::MAX, "over 200"),
];

/// Sizes of a run's customers.
#[derive(Debug, Clone, Default)]
pub struct Sizes {
    /// Customers by bin.
    pub bins: [u64; BINS.len()],
    /// The most source keys in one customer.
    pub largest: u64,
    /// Customers that fall in two without one link by degrees.
    pub weakly_held: u64,
    /// One row a customer, in the order of the customer table: CustomerId, Keys (different source keys), Size (the
    /// bin), WeakestLink (the lowest score without which it falls in two; blank where nothing rests on degrees).
    pub table: Arc<Table>,
}

/// Measures the customers of a run.
pub fn sizes(run: &Run) -> Sizes {
    let (Some(matched), Some(customers)) = (&run.matched, &run.customers) else { return Sizes::default() };
    let unified = UnifiedTables::of(run);
    let tables = unified.match_tables();
    let count = matched.membership.len();
    let mut keys = vec![0_u64; count];
    for owner in super::key_owners(run, &tables) {
        if let Some(customer) = owner.customer {
            keys[customer as usize] += 1;
        }
    }
    let weakest = weakest_links(run, count);
    let bin_of = |keys: u64| BINS.iter().position(|&(most, _)| keys <= most).unwrap_or_default();
    let mut bins = [0; BINS.len()];
    let names: TextColumn = BINS.iter().map(|&(_, name)| name).collect();
    let bin_codes = keys.iter().map(|&keys| {
        bins[bin_of(keys)] += 1;
        names.codes[bin_of(keys)]
    });
    let bin_codes: Vec<u32> = bin_codes.collect();
    let ids = customers.table.column(CUSTOMER_ID).cloned().unwrap_or_else(|| Column::text_of([]));
    let table = Table::new([
        (CUSTOMER_ID, ids),
        ("Keys", Column::Integer(keys.iter().map(|&keys| keys as i64).collect())),
        ("Size", Column::Text(TextColumn { codes: bin_codes, dictionary: names.dictionary })),
        ("WeakestLink", Column::Number(weakest.iter().map(|&score| f64::from(score)).collect())),
    ]);
    Sizes {
        bins,
        largest: keys.iter().copied().max().unwrap_or_default(),
        weakly_held: weakest.iter().filter(|score| !score.is_nan()).count() as u64,
        table: Arc::new(table),
    }
}

/// The customers that fall in two without one link by degrees, the weakest first.
pub fn weakly_held(sizes: &Sizes) -> Table {
    let Some(Column::Number(weakest)) = sizes.table.column("WeakestLink") else { return Table::default() };
    let mut rows: Vec<u32> = (0..weakest.len() as u32).filter(|&row| !weakest[row as usize].is_nan()).collect();
    rows.sort_by(|&a, &b| weakest[a as usize].total_cmp(&weakest[b as usize]));
    sizes.table.gather(&rows)
}

/// The row of a customer with the most keys; `None` where there is no customer.
pub fn largest(sizes: &Sizes) -> Option<usize> {
    let Some(Column::Integer(keys)) = sizes.table.column("Keys") else { return None };
    let most = *keys.iter().max()?;
    keys.iter().position(|&keys| keys == most)
}

/// For each customer the lowest score of a link without which it would fall in two; NaN where there is none.
fn weakest_links(run: &Run, customers: usize) -> Vec<f32> {
    let mut weakest = vec![f32::NAN; customers];
    let Some(matched) = &run.matched else { return weakest };
    let (matching, of_record) = (&matched.matching, &matched.membership.customer_of_record);
    let mut note = |record: u32, score: f32| {
        let customer = of_record[record as usize];
        if customer != NO_CUSTOMER {
            let weakest = &mut weakest[customer as usize];
            *weakest = weakest.min(score);
        }
    };
    for (place, records) in run.records.iter().enumerate() {
        for link in records.scored.iter().filter(|link| link.is_bridge) {
            let record = records.record_of_row[link.a as usize];
            if record != NO_RECORD {
                note(matching.offsets[place] + record, link.score);
            }
        }
    }
    let attached = matching.score.iter().zip(&matching.parent).enumerate();
    for (record, (&score, _)) in attached.filter(|&(_, (&score, &parent))| parent != NO_RECORD && score < 1.0) {
        note(record as u32, score);
    }
    weakest
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::engine::quality::testing;

    #[test]
    fn every_customer_is_in_one_bin_and_the_weakest_come_first() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/febrl/febrl1_fuzzy.tributary");
        let run = testing::of_file(&path);
        let sizes = sizes(&run);
        assert_eq!(sizes.bins.iter().sum::<u64>(), run.report.customers);
        let row = largest(&sizes).unwrap();
        assert_eq!(sizes.table.column("Keys").unwrap().text(row), sizes.largest.to_string());
        let weak = weakly_held(&sizes);
        assert_eq!(weak.rows as u64, sizes.weakly_held);
        let scores = weak.column("WeakestLink").unwrap();
        assert!((1..weak.rows).all(|row| scores.number(row - 1) <= scores.number(row)));
        assert!(weak.rows > 0);
    }
}
