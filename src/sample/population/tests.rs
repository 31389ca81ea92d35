//! The tables against what they promise: equal bytes for equal seeds, unique keys, and the rates of noise.

use std::collections::{HashMap, HashSet};

use super::*;

const FILES: [&str; 5] = ["crm.csv", "loyalty.csv", "web_events.csv", "truth.csv", PROJECT_FILE];

fn written(customers: u64, seed: u64) -> HashMap<&'static str, Vec<u8>> {
    let dir = tempfile::tempdir().unwrap();
    let path = write(&Population { customers, seed }, dir.path(), &Task::default()).unwrap();
    assert_eq!(path, dir.path().join(PROJECT_FILE));
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), FILES.len(), "nothing temporary is left");
    FILES.iter().map(|&name| (name, fs::read(dir.path().join(name)).unwrap())).collect()
}

/// Rows of cells by column name; quotes only stand around names with a comma.
fn rows(bytes: &[u8]) -> Vec<HashMap<String, String>> {
    let text = std::str::from_utf8(bytes).unwrap();
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    let cells = |line: &str| -> HashMap<String, String> {
        let mut quoted = false;
        let marked: String = line
            .chars()
            .map(|c| {
                quoted ^= c == '"';
                if c == ',' && !quoted { '\n' } else { c }
            })
            .collect();
        let cells: Vec<&str> = marked.split('\n').collect();
        assert_eq!(cells.len(), header.len(), "{line}");
        header.iter().zip(cells).map(|(name, cell)| ((*name).to_owned(), cell.trim_matches('"').to_owned())).collect()
    };
    lines.map(cells).collect()
}

fn share(rows: &[HashMap<String, String>], holds: impl Fn(&HashMap<String, String>) -> bool) -> f64 {
    rows.iter().filter(|row| holds(row)).count() as f64 / rows.len() as f64
}

#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{found} is not about {expected}");
}

#[test]
fn a_seed_is_always_the_same_bytes() {
    let (one, two, other) = (written(2_000, 7), written(2_000, 7), written(2_000, 8));
    for name in &FILES[..4] {
        assert!(one[name] == two[name], "two writes of {name} differ");
        assert!(one[name] != other[name], "{name} ignores the seed");
    }
    // The bytes of a seed are a promise over versions and machines: benchmarks and issues name them.
    let mut hasher = blake3::Hasher::new();
    for name in &FILES[..4] {
        hasher.update(&one[name]);
    }
    let hash = "716b86eb25e49d83ae76440250a8ceeb8d9812433b3680789e266a45932c49a2";
    assert_eq!(hasher.finalize().to_hex().as_str(), hash);
}

#[test]
fn columns_are_those_of_the_project() {
    let files = written(50, 1);
    let project: crate::project::Project = serde_json::from_slice(PROJECT).unwrap();
    for table in &project.source_tables {
        let text = std::str::from_utf8(&files[table.path.as_str()]).unwrap();
        let columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(text.lines().next().unwrap(), columns.join(","));
    }
}

#[test]
fn records_have_their_rates_of_noise() {
    let files = written(2_000, 7);
    let (crm, loyalty) = (rows(&files["crm.csv"]), rows(&files["loyalty.csv"]));
    close(crm.len() as f64, 2_000.0 * 0.9 * 1.04, 60.0);
    close(loyalty.len() as f64, 2_000.0 * 0.6 * 1.05, 80.0);
    for (table, key) in [(&crm, "ContactID"), (&loyalty, "LoyaltyID")] {
        assert_eq!(table.iter().map(|row| &row[key]).collect::<HashSet<_>>().len(), table.len());
        close(share(table, |row| row["Email"].is_empty()), 0.08, 0.025);
        close(share(table, |row| row["Phone"].is_empty()), 0.15, 0.035);
    }
    close(share(&crm, |row| row["BirthDate"].is_empty()), 0.15 * 0.3 + 0.004, 0.02);
    close(share(&loyalty, |row| row["BirthDate"].is_empty()), 0.15, 0.035);
    close(share(&loyalty, |row| row["PostalCode"].is_empty()), 0.10, 0.03);
    let recased = |row: &HashMap<String, String>| row["Email"].bytes().any(|byte| byte.is_ascii_uppercase());
    close(share(&loyalty, recased), 0.25 * 0.92, 0.04);
    close(share(&loyalty, |row| row["Email"].ends_with(' ')), 0.03 * 0.92, 0.015);
    close(share(&loyalty, |row| row["FullName"].contains(',')), 0.01, 0.01);
    assert!(crm.iter().all(|row| row["ModifiedOn"].len() == "2026-06-30T23:59:59Z".len()));
}

/// How often two tables say the same of one person, which is what a unification lives on.
#[test]
fn records_of_one_person_agree_as_often_as_they_should() {
    let files = written(2_000, 7);
    let truth = rows(&files["truth.csv"]);
    let owner: HashMap<(&str, &str), &str> = truth
        .iter()
        .map(|row| ((row["Source"].as_str(), row["RecordID"].as_str()), row["CustomerID"].as_str()))
        .collect();
    assert_eq!(owner.len(), truth.len(), "a record has one owner");
    let (crm, loyalty) = (rows(&files["crm.csv"]), rows(&files["loyalty.csv"]));
    let mut emails: HashMap<&str, HashSet<String>> = HashMap::new();
    for row in crm.iter().filter(|row| !row["Email"].is_empty()) {
        emails.entry(owner[&("crm", row["ContactID"].as_str())]).or_default().insert(row["Email"].to_lowercase());
    }
    let (mut compared, mut equal) = (0.0, 0.0);
    for row in loyalty.iter().filter(|row| !row["Email"].is_empty()) {
        if let Some(known) = emails.get(owner[&("loyalty", row["LoyaltyID"].as_str())]) {
            compared += 1.0;
            equal += f64::from(u8::from(known.contains(row["Email"].trim().to_lowercase().as_str())));
        }
    }
    close(equal / compared, 0.92 * 0.97, 0.03);
    let web = rows(&files["web_events.csv"]);
    close(web.len() as f64 / 2_000.0, 10.0, 1.0);
    let devices: HashSet<&str> = web.iter().map(|row| row["UserID"].as_str()).collect();
    assert!(devices.iter().all(|device| owner.contains_key(&("web", *device))));
    assert_eq!(devices.len(), truth.iter().filter(|row| row["Source"] == "web").count());
    let mut foreign = 0.0;
    let signed_in: Vec<_> = web.iter().filter(|row| !row["LoyaltyID"].is_empty()).collect();
    for row in &signed_in {
        let member = owner[&("loyalty", row["LoyaltyID"].as_str())];
        foreign += f64::from(u8::from(member != owner[&("web", row["UserID"].as_str())]));
    }
    close(foreign / signed_in.len() as f64, 0.003, 0.006);
    close(signed_in.len() as f64 / web.len() as f64, 0.6 * 0.3 * (0.2 + 0.8 * 0.6), 0.03);
    assert!(web.iter().all(|row| (row["EventName"] == "Loyalty sign-in") == row["Product"].is_empty()));
    let sold = |row: &HashMap<String, String>| ["Add to cart", "Checkout"].contains(&row["EventName"].as_str());
    assert!(web.iter().all(|row| sold(row) != row["Amount"].is_empty()));
    assert!(web.is_sorted_by(|a, b| a["EventTimeStamp"] <= b["EventTimeStamp"]));
    assert!(web.iter().zip(1..).all(|(row, number)| row["EventID"] == number.to_string()));
}

#[test]
fn nobody_is_a_population_too() {
    let files = written(0, 1);
    assert_eq!(files["truth.csv"], b"Source,RecordID,CustomerID\n");
}

#[test]
fn nothing_is_overwritten_and_a_cancel_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let population = Population { customers: 100, seed: 1 };
    let task = Task::default();
    task.cancel();
    assert!(matches!(write(&population, dir.path(), &task), Err(SampleError::Cancelled)));
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    let mine = dir.path().join("loyalty.csv");
    fs::write(&mine, "mine").unwrap();
    let error = write(&population, dir.path(), &Task::default()).unwrap_err();
    assert!(matches!(&error, SampleError::Exists(path) if *path == mine), "{error}");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    let too_many = Population { customers: u64::MAX, seed: 1 };
    assert!(matches!(write(&too_many, dir.path(), &Task::default()), Err(SampleError::TooMany { .. })));
}
