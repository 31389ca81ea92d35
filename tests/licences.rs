//! The list of crates inside the program, shown in Help: every crate that is built into it, with its licence.
//!
//! After a change of dependencies `TRIBUTARY_WRITE_LICENCES=1 cargo test --test licences` writes the list anew.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Licences that may be inside; a choice of several is fine where one of them is here. MPL-2.0 asks for the source of
/// its own files, which are used unchanged from the registry.
const ALLOWED: [&str; 15] = [
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "0BSD",
    "Zlib",
    "ISC",
    "BSL-1.0",
    "CC0-1.0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "OFL-1.1",
];

/// One line for each crate: name, version, licence, repository.
fn listed() -> String {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let host = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--filter-platform", &host, "--manifest-path"])
        .arg(manifest)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let list = |value: &Value| value.as_array().unwrap().clone();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let nodes: BTreeMap<String, Value> =
        list(&metadata["resolve"]["nodes"]).into_iter().map(|node| (text(&node["id"]), node)).collect();
    let root = text(&metadata["resolve"]["root"]);
    let (mut built_in, mut waiting) = (BTreeSet::new(), vec![root.clone()]);
    while let Some(id) = waiting.pop() {
        for dependency in list(&nodes[&id]["deps"]) {
            let is_normal = list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"].is_null());
            let id = text(&dependency["pkg"]);
            if is_normal && built_in.insert(id.clone()) {
                waiting.push(id);
            }
        }
    }
    let packages = list(&metadata["packages"]).into_iter().filter(|package| built_in.contains(&text(&package["id"])));
    let lines: BTreeSet<String> = packages
        .map(|package| ["name", "version", "license", "repository"].map(|key| text(&package[key])).join("\t") + "\n")
        .collect();
    lines.into_iter().collect()
}

#[test]
#[cfg(target_os = "linux")]
fn every_crate_inside_is_listed_with_a_licence_that_may_be_inside() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/licences/crates.tsv");
    let now = listed();
    if std::env::var_os("TRIBUTARY_WRITE_LICENCES").is_some() {
        fs::write(&path, &now).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    let (now, written): (BTreeSet<&str>, BTreeSet<&str>) = (now.lines().collect(), written.lines().collect());
    let missing: Vec<_> = now.difference(&written).collect();
    let gone: Vec<_> = written.difference(&now).collect();
    assert!(
        missing.is_empty() && gone.is_empty(),
        "assets/licences/crates.tsv lacks {missing:?} and has {gone:?} too many; see the top of this test"
    );
    for line in now {
        let licence = line.split('\t').nth(2).unwrap();
        let words = licence.split([' ', '/', '(', ')']).filter(|word| !word.is_empty());
        assert!(words.clone().any(|word| ALLOWED.contains(&word)), "{line}");
    }
}
