//! Files say the same in every language: results are compared, and read by other programs.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use tributary::engine::activate::results::{self, Output};
use tributary::engine::activate::reuse::Written;
use tributary::engine::customer::id_map::IdMap;
use tributary::engine::ingest;
use tributary::engine::pipeline::{self, Columns, Request};
use tributary::engine::stage::{Stage, StageCache};
use tributary::project::overrides::{PairOverride, RecordKey};
use tributary::project::source::TextEncoding;
use tributary::project::{ColumnType, ExportFormat, FileFormat, SourceColumn, file};
use tributary::sample::{EXAMPLES, SAMPLES, Sample};
use tributary::task::Task;

use super::{alone, pseudo, workbench};

/// What every file of a run's results holds, by its name.
fn results_of(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let (project, base) = (file::load(path).unwrap(), file::base_folder(path));
    let request = Request {
        project: &project,
        base: &base,
        until: Stage::Segments,
        columns: Columns::All,
        as_of: "2026-01-01T00:00:00Z".to_owned(),
        ids: Arc::new(IdMap::default()),
    };
    let run = pipeline::run(&request, &StageCache::default(), &Task::default()).unwrap();
    let names = results::NAMES.map(str::to_owned);
    let output = Output { run: &run, ids: &IdMap::default(), names: &names, format: ExportFormat::Csv };
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("results");
    results::write(&output, &dir, &Written::default(), &Task::default(), || Ok(())).unwrap();
    let mut found = BTreeMap::new();
    let mut folders = vec![dir.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&dir).unwrap().display().to_string();
                found.insert(name, without_times(&fs::read(path).unwrap()));
            }
        }
    }
    found
}

/// A report says how long its stages took, and how much memory they used.
fn without_times(content: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(content);
    let is_time = |line: &&str| line.contains("\"elapsed_ms\"") || line.contains("\"peak_rss_bytes\"");
    text.lines().filter(|line| !is_time(line)).collect::<Vec<_>>().join("\n").into_bytes()
}

/// The coffee sample with a column that has no name, a corrupt row, and a link that is refused.
fn spoiled(sample: &Sample, folder: &Path) -> std::path::PathBuf {
    let path = sample.write(folder).unwrap();
    let table = path.with_file_name("store.csv");
    let lines = fs::read_to_string(&table).unwrap();
    let lines = lines.lines().enumerate().map(|(place, line)| match place {
        0 => format!("{line},\n"),
        _ => format!("{line},shelf {place}\n"),
    });
    fs::write(&table, lines.collect::<String>()).unwrap();
    let loyalty = path.with_file_name("loyalty.csv");
    let text = fs::read_to_string(&loyalty).unwrap();
    fs::write(&loyalty, format!("{}\nx,Not a number,--\n", text.trim_end())).unwrap();
    let mut project = file::load(&path).unwrap();
    let store = project.source_tables.iter_mut().find(|table| table.id == "store").unwrap();
    store.columns.push(SourceColumn {
        name: "Column5".to_owned(),
        column_type: ColumnType::String,
        date_format: None,
        semantic_type: None,
        selected: true,
    });
    let pair =
        PairOverride { a: RecordKey::new("loyalty", "707"), b: RecordKey::new("store", "S1"), reason: String::new() };
    project.overrides.never_match.push(pair);
    file::save(&project, &path).unwrap();
    path
}

fn csv_without_header() -> FileFormat {
    FileFormat::Csv { delimiter: ',', quote: '"', header: false, encoding: TextEncoding::Utf8, decimal_comma: false }
}

#[test]
fn results_are_the_same_in_every_language() {
    let _alone = alone();
    let home = tempfile::tempdir().unwrap();
    let mut paths: Vec<_> = EXAMPLES.iter().map(|sample| sample.write(home.path()).unwrap()).collect();
    let coffee = SAMPLES.iter().find(|sample| sample.name == "coffee").unwrap();
    paths.push(spoiled(coffee, home.path()));
    let table = home.path().join("coffee/store.csv");
    let numbered = |table: &Path| ingest::column_names(table, &csv_without_header()).unwrap();
    assert_eq!(numbered(&table)[4], "Column5");
    let english: Vec<_> = paths.iter().map(|path| results_of(path)).collect();
    let of_coffee = english.last().unwrap();
    let text = |name: &str| String::from_utf8_lossy(&of_coffee[name]).into_owned();
    assert!(text("customers.csv").contains("shelf 1"), "{}", text("customers.csv"));
    assert_eq!(text("ledger/corrupt.csv").lines().count(), 2, "{}", text("ledger/corrupt.csv"));
    assert_eq!(text("ledger/refused.csv").lines().count(), 2, "{}", text("ledger/refused.csv"));

    let languages = home.path().join("languages");
    fs::create_dir_all(&languages).unwrap();
    fs::write(languages.join("qps.po"), pseudo::file()).unwrap();
    let mut workbench = workbench(home.path());
    workbench.choose_language(Some("qps"));
    assert_ne!(tributary::workbench::Command::DarkTheme.text(), "Dark");
    assert_eq!(numbered(&table)[4], "Column5", "a project would not find it by another name");
    let other: Vec<_> = paths.iter().map(|path| results_of(path)).collect();
    workbench.choose_language(None);
    let mut different = Vec::new();
    for ((path, english), other) in paths.iter().zip(english).zip(other) {
        for (name, content) in english {
            let (said, other) = (String::from_utf8_lossy(&content), String::from_utf8_lossy(&other[&name]));
            if said != other {
                different.push(format!("{name} of {}:\n{said}\n{other}", path.display()));
            }
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}
