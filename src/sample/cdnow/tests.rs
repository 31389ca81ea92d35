//! The derivation against the committed files, and the properties the sample promises.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use polars::prelude as pl;
use polars::prelude::SerReader;

use super::*;
use crate::engine::frame;
use crate::task::Task;

fn assets() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples/cdnow")
}

fn read(name: &str) -> pl::DataFrame {
    pl::ParquetReader::new(fs::File::open(assets().join(name)).unwrap()).finish().unwrap()
}

fn committed_purchases() -> Vec<Purchase> {
    let frame = read("purchases.parquet");
    let (customers, dates) = (frame.column("CustomerID").unwrap(), frame.column("PurchaseDate").unwrap());
    let (cds, dollars) = (frame.column("NumberOfCDs").unwrap(), frame.column("Dollars").unwrap());
    (0..frame.height())
        .map(|row| Purchase {
            customer: customers.str().unwrap().get(row).unwrap().parse().unwrap(),
            date: dates.date().unwrap().physical().get(row).unwrap(),
            cds: cds.i64().unwrap().get(row).unwrap() as u32,
            cents: (dollars.f64().unwrap().get(row).unwrap() * 100.0).round() as u32,
        })
        .collect()
}

#[test]
#[ignore = "writes the committed tables; CDNOW_MASTER names the raw text"]
fn regenerate_cdnow_sample() {
    let raw = fs::read_to_string(std::env::var_os("CDNOW_MASTER").expect("CDNOW_MASTER")).unwrap();
    let cdnow = derive(&parse(&raw).unwrap(), SEED);
    for (name, table) in [("loyalty", &cdnow.loyalty), ("purchases", &cdnow.purchases), ("web", &cdnow.web)] {
        frame::write_parquet(table, &assets().join(format!("{name}.parquet")), &Task::default()).unwrap();
    }
}

#[test]
fn committed_tables_are_what_the_code_derives() {
    let cdnow = derive(&committed_purchases(), SEED);
    for (name, table) in [("loyalty", &cdnow.loyalty), ("purchases", &cdnow.purchases), ("web", &cdnow.web)] {
        let derived = frame::to_frame(table).unwrap();
        assert!(derived.equals_missing(&read(&format!("{name}.parquet"))), "{name}: regenerate_cdnow_sample");
    }
}

#[test]
fn committed_purchases_are_the_real_ones() {
    let purchases = committed_purchases();
    assert_eq!(purchases.len(), 69_659);
    assert_eq!(purchases.iter().map(|purchase| purchase.customer).collect::<BTreeSet<_>>().len(), 23_570);
    assert_eq!(purchases.iter().map(|purchase| u64::from(purchase.cds)).sum::<u64>(), 167_881);
    assert_eq!(purchases.iter().map(|purchase| u64::from(purchase.cents)).sum::<u64>(), 250_031_563);
    let first = Purchase { customer: 1, date: calendar::days_from_civil(1997, 1, 1).unwrap(), cds: 1, cents: 1_177 };
    assert_eq!(purchases[0], first);
}

#[test]
fn the_tables_take_less_than_a_megabyte() {
    let size: u64 = fs::read_dir(assets()).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len()).sum();
    assert!(size < 1_000_000, "{size}");
}

/// Unifies by the plainest reading of the project's rules, from the tables alone, and compares with the truth.
#[test]
fn the_expected_counts_are_what_the_tables_say() {
    let cdnow = derive(&committed_purchases(), SEED);
    let (expected, truth) = (cdnow.truth.expected(), &cdnow.truth);
    let text = |table: &Table, column: &str| -> Vec<String> {
        (0..table.rows).map(|row| table.column(column).unwrap().text(row).into_owned()).collect()
    };
    let members: BTreeMap<String, String> =
        text(&cdnow.loyalty, "CustomerNumber").into_iter().zip(text(&cdnow.loyalty, "LoyaltyID")).collect();
    let mut matched = BTreeSet::new();
    let mut alone = 0;
    let mut matches = 0;
    let buyers: BTreeSet<String> = text(&cdnow.purchases, "CustomerID").into_iter().collect();
    for buyer in &buyers {
        match members.get(buyer) {
            Some(member) => {
                assert_eq!(truth.person("Loyalty", member), truth.person("Purchases", buyer));
                matched.insert(member.clone());
                matches += 1;
            }
            None => alone += 1,
        }
    }
    let mut visitors: BTreeMap<String, String> = BTreeMap::new();
    for (visitor, member) in text(&cdnow.web, "VisitorID").into_iter().zip(text(&cdnow.web, "LoyaltyID")) {
        let signed_in = visitors.entry(visitor).or_default();
        assert!(signed_in.is_empty() || member.is_empty() || *signed_in == member, "nobody shares a device");
        if !member.is_empty() {
            *signed_in = member;
        }
    }
    for (visitor, member) in &visitors {
        assert!(truth.person("Web", visitor).is_some());
        if member.is_empty() {
            alone += 1;
        } else {
            assert_eq!(truth.person("Loyalty", member), truth.person("Web", visitor));
            matched.insert(member.clone());
            matches += 1;
        }
    }
    let known = cdnow.loyalty.rows as u64;
    let unique_source_records = known + buyers.len() as u64 + visitors.len() as u64;
    assert_eq!(truth.keys("Web").count(), visitors.len());
    let found = Expected {
        customers: known + alone,
        known,
        unknown: alone,
        unique_source_records,
        record_matches: matches,
        matched_records_only: matched.len() as u64,
    };
    assert_eq!(found, expected);
}

#[test]
fn the_made_up_tables_have_their_shape() {
    let purchases = committed_purchases();
    let cdnow = derive(&purchases, SEED);
    let distinct = |table: &Table, column: &str| {
        let column = table.column(column).unwrap();
        (0..table.rows).filter(|&row| !column.is_blank(row)).map(|row| column.text(row)).collect::<BTreeSet<_>>().len()
    };
    assert_eq!(distinct(&cdnow.loyalty, "Email"), cdnow.loyalty.rows);
    assert_eq!(distinct(&cdnow.loyalty, "LoyaltyID"), cdnow.loyalty.rows);
    let share = distinct(&cdnow.loyalty, "CustomerNumber") as f64 / 23_570.0;
    assert!((share - MEMBER_SHARE).abs() < 0.02, "{share}");
    assert!((20_000..40_000).contains(&cdnow.web.rows), "{}", cdnow.web.rows);
    let (time, event) = (cdnow.web.column("VisitTimeStamp").unwrap(), cdnow.web.column("EventName").unwrap());
    assert!((1..cdnow.web.rows).all(|row| time.compare(row - 1, row).is_le()), "in order of time");
    // Every checkout is on a day when its person bought.
    let bought: BTreeSet<(u32, i32)> = purchases
        .iter()
        .map(|purchase| (cdnow.truth.person("Purchases", &customer_id(purchase.customer)).unwrap(), purchase.date))
        .collect();
    let Column::Datetime(times) = time else { panic!("a datetime column") };
    let visitors = cdnow.web.column("VisitorID").unwrap();
    let mut checkouts = 0;
    for row in (0..cdnow.web.rows).filter(|&row| event.text(row) == "Checkout") {
        let person = cdnow.truth.person("Web", &visitors.text(row)).unwrap();
        let day = times[row].div_euclid(calendar::MICROS_PER_DAY) as i32;
        assert!(bought.contains(&(person, day)), "row {row}");
        checkouts += 1;
    }
    assert!(checkouts > 2_000, "{checkouts}");
}

#[test]
fn lines_that_are_no_purchase_are_named() {
    let header = " customer_id  date number_of_cds  dollar_value\n";
    assert_eq!(parse(&format!("{header} 00002 19970112  5   77.00\n\n")).unwrap().len(), 1);
    for wrong in ["00002 19970230 5 77.00", "00002 19970112 5", "00002 19970112 5 77", "x 19970112 5 77.00"] {
        let error = parse(&format!("{header} 00001 19970101 1 11.77\n {wrong}\n")).unwrap_err();
        assert_eq!(error, ParseError { line: 3, text: wrong.to_owned() });
    }
}

#[test]
fn no_purchases_still_make_tables() {
    let cdnow = derive(&[], SEED);
    assert_eq!(cdnow.purchases.rows, 0);
    assert_eq!(cdnow.truth.keys("Purchases").count(), 0);
    assert_eq!(cdnow.truth.person("Nowhere", "x"), None);
}
