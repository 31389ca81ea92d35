//! The samples run, and find what is true of them.

use std::collections::{BTreeMap, BTreeSet};

use tributary::engine::column::Column;
use tributary::engine::files;
use tributary::sample::cdnow::{self, Expected, Purchase};

use super::harness::{Folder, Results, Rows, entry};

/// Writes a sample by the command line and runs it.
fn run(arguments: &[&str], project: &str, warnings: &str) -> (Folder, Results) {
    let folder = Folder::new();
    let written = folder.tributary(&[&["sample"], arguments, &["--out", "samples"]].concat()).expect_code(0);
    let project = format!("samples/{project}");
    assert_eq!(std::path::Path::new(written.stdout.trim_end()), std::path::Path::new(&project));
    let check = folder.tributary(&["check", &project]).expect_code(0);
    let results = folder.run(&project);
    assert_eq!(
        (check.stdout.as_str(), results.outcome.stderr.as_str()),
        (
            format!("{warnings}0 errors, {}\n", if warnings.is_empty() { "0 warnings" } else { "1 warning" }).as_str(),
            warnings
        )
    );
    (folder, results)
}

fn count(results: &Results, name: &str) -> u64 {
    results.report()[name].as_u64().unwrap()
}

#[test]
fn coffee_finds_five_customers_or_three_without_the_unknown() {
    let (folder, results) = run(&["coffee"], "coffee/coffee.tributary", "");
    assert_eq!(["customers", "known", "unknown"].map(|name| count(&results, name)), [5, 3, 2]);
    folder.edit("samples/coffee/coffee.tributary", |project| {
        project.unification_table_mut("web").unwrap().include_all_records = false;
    });
    let results = folder.run("samples/coffee/coffee.tributary");
    assert_eq!(["customers", "known", "dropped_records"].map(|name| count(&results, name)), [3, 3, 2]);
}

#[test]
fn shoes_offers_leather_shoes_to_one_visitor() {
    let nobody_is_known = "warning: Unified data view: No unified field has a semantic type of the known-identifier \
        list, so every customer is unknown. Give a column its semantic type on Customer data, or edit the list of known \
        identifiers.\n";
    let (_, results) = run(&["shoes"], "shoes/shoes.tributary", nobody_is_known);
    let segment = results.rows("segments/Interested_in_leather_shoes");
    assert_eq!(segment.pick(["Web_UserID", "ProfileState"]), [["mobile_guest123", "Unknown"]]);
    assert_eq!(["customers", "known", "unknown"].map(|name| count(&results, name)), [3, 0, 3]);
}

/// The purchases as the sample's own file holds them, so that its truth can be derived from them.
fn purchases(folder: &Folder) -> Vec<Purchase> {
    let table = files::read_parquet(&folder.path("samples/cdnow/purchases.parquet")).unwrap();
    let text = |name: &str, row: usize| table.column(name).unwrap().text(row).into_owned();
    let Some(Column::Date(dates)) = table.column("PurchaseDate") else { panic!("a date column") };
    let Some(Column::Number(dollars)) = table.column("Dollars") else { panic!("a number column") };
    (0..table.rows)
        .map(|row| Purchase {
            customer: text("CustomerID", row).parse().unwrap(),
            date: dates[row],
            cds: text("NumberOfCDs", row).parse().unwrap(),
            cents: (dollars[row] * 100.0).round() as u32,
        })
        .collect()
}

#[test]
fn cdnow_finds_what_its_truth_says_customer_by_customer() {
    let (folder, results) = run(&["cdnow"], "cdnow/cdnow.tributary", "");
    let truth = cdnow::derive(&purchases(&folder), cdnow::SEED).truth;
    let found = Expected {
        customers: count(&results, "customers"),
        known: count(&results, "known"),
        unknown: count(&results, "unknown"),
        unique_source_records: count(&results, "unique_source_records"),
        record_matches: count(&results, "record_matches"),
        matched_records_only: count(&results, "matched_records_only"),
    };
    assert_eq!(found, truth.expected());
    // Nobody is taken for someone else.
    let mut people: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    let mut keys = 0;
    for [id, table, value] in results.rows("alternate_keys").pick(["CustomerId", "TableName", "AlternateValue"]) {
        people.entry(id).or_default().insert(truth.person(&table, &value).unwrap());
        keys += 1;
    }
    assert_eq!(keys, truth.expected().unique_source_records);
    assert!(people.values().all(|people| people.len() == 1));
    assert_eq!(entry(&results.report(), "tables", "table", "Purchases")["rows_read"], 69_659);
}

/// Sets of things that are the same, by their smallest member.
#[derive(Default)]
struct Sets(BTreeMap<String, String>);

impl Sets {
    fn find(&mut self, item: &str) -> String {
        let up = self.0.entry(item.to_owned()).or_insert_with(|| item.to_owned()).clone();
        if up == item { up } else { self.find(&up) }
    }

    fn join(&mut self, a: &str, b: &str) {
        let (a, b) = (self.find(a), self.find(b));
        let (low, high) = if a < b { (a, b) } else { (b, a) };
        self.0.insert(high, low);
    }
}

/// As the project's rules compare an email address: lower case, no white space; blank where nothing is left.
fn email(cell: &str) -> String {
    let blank = ["--", "-", "N/A", "NULL", "none"].contains(&cell.trim());
    if blank { String::new() } else { cell.to_lowercase().split_whitespace().collect() }
}

/// Unifies the population's tables by the plainest reading of its rules, without any of the engine's code: what two
/// rows share joins them, and a device takes the largest of the loyalty ids it was signed in with.
fn unified_plainly(folder: &Folder) -> BTreeSet<BTreeSet<String>> {
    let rows = |name: &str| Rows::parse(&folder.read(&format!("samples/{name}")));
    let mut sets = Sets::default();
    let mut keys: Vec<String> = Vec::new();
    let (mut loyalty_by_email, mut crm_by_email) =
        (BTreeMap::<String, String>::new(), BTreeMap::<String, String>::new());
    for [id, address] in rows("loyalty.csv").pick(["LoyaltyID", "Email"]) {
        let (key, address) = (format!("Loyalty:{id}"), email(&address));
        sets.find(&key);
        if !address.is_empty() {
            sets.join(&key, loyalty_by_email.entry(address).or_insert_with(|| key.clone()));
        }
        keys.push(key);
    }
    for [id, address] in rows("crm.csv").pick(["ContactID", "Email"]) {
        let (key, address) = (format!("CRM:{id}"), email(&address));
        sets.find(&key);
        if !address.is_empty() {
            sets.join(&key, crm_by_email.entry(address.clone()).or_insert_with(|| key.clone()));
            if let Some(member) = loyalty_by_email.get(&address) {
                sets.join(&key, member);
            }
        }
        keys.push(key);
    }
    let mut signed_in: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for [id, member] in rows("web_events.csv").pick(["UserID", "LoyaltyID"]) {
        let members = signed_in.entry(format!("Web:{id}")).or_default();
        if keys.binary_search(&format!("Loyalty:{member}")).is_ok() || keys.contains(&format!("Loyalty:{member}")) {
            members.insert(member);
        }
    }
    // The largest key of a record, its alternates included, decides between records.
    let mut largest: BTreeMap<String, String> = BTreeMap::new();
    for key in keys.iter().filter(|key| key.starts_with("Loyalty:")) {
        let of = largest.entry(sets.find(key)).or_default();
        if *of < *key {
            key.clone_into(of);
        }
    }
    for (device, members) in signed_in {
        let mut found: Vec<String> =
            members.iter().map(|member| largest[&sets.find(&format!("Loyalty:{member}"))].clone()).collect();
        found.sort_unstable();
        sets.find(&device);
        if let Some(member) = found.last() {
            sets.join(&device, member);
        }
        keys.push(device);
    }
    let mut of: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for key in keys {
        of.entry(sets.find(&key)).or_default().insert(key);
    }
    of.into_values().collect()
}

#[test]
fn a_population_is_unified_as_its_rules_say() {
    let (folder, results) = run(&["--customers", "2000", "--seed", "7"], "population.tributary", "");
    let found: BTreeSet<BTreeSet<String>> =
        results.clusters().iter().map(|cluster| cluster.split(' ').map(str::to_owned).collect()).collect();
    let expected = unified_plainly(&folder);
    let difference: Vec<_> = found.symmetric_difference(&expected).take(6).collect();
    assert!(difference.is_empty(), "{difference:#?}");
    assert_eq!(found.len() as u64, count(&results, "customers"));

    // Against the truth: nobody signed in with another's card but on a shared device, so most customers are one
    // person; and most people are one customer, or one and the devices on which they never signed in.
    let mut person: BTreeMap<String, String> = BTreeMap::new();
    for [source, record, customer] in
        Rows::parse(&folder.read("samples/truth.csv")).pick(["Source", "RecordID", "CustomerID"])
    {
        let table = [("crm", "CRM"), ("loyalty", "Loyalty"), ("web", "Web")];
        let table = table.into_iter().find(|(name, _)| source.eq_ignore_ascii_case(name));
        let table = table.unwrap_or_else(|| panic!("{source}")).1;
        person.insert(format!("{table}:{record}"), customer);
    }
    let pure = found.iter().filter(|cluster| {
        let people: BTreeSet<&String> = cluster.iter().map(|key| &person[key]).collect();
        people.len() == 1
    });
    let share = pure.count() as f64 / found.len() as f64;
    assert!(share > 0.97, "{share}");
    let known = count(&results, "known");
    assert!((1_500..=2_600).contains(&known), "{known} known of 2,000 people");
}
