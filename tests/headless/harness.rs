//! A folder of its own for every test, the binary run in it, and what comes out as rows of text.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use serde_json::Value;
use tempfile::TempDir;
use tributary::engine::customer::id_map::IdMap;
use tributary::engine::ingest;
use tributary::engine::pipeline::{self, Columns, Request, Run};
use tributary::engine::stage::{Stage, StageCache};
use tributary::engine::table::Table;
use tributary::places::HOME_VARIABLE;
use tributary::project::source::default_blank_tokens;
use tributary::project::{
    Combine, Comparison, Condition, DeduplicationRule, MatchRule, Normalization, Operator, Project, Segment,
    SegmentCondition, SegmentRule, SetOperator, SourceTable, Subject, UnificationTable, file, ids,
};
use tributary::sample;
use tributary::task::Task;

/// "Now", wherever a test needs one.
pub const AS_OF: &str = "2023-01-23T00:00:00Z";

/// A temporary folder with one project in it.
pub struct Folder {
    _temp: TempDir,
    root: PathBuf,
}

/// How a run of the binary ended.
#[derive(Debug)]
pub struct Outcome {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Outcome {
    /// The exit code is this one, and nothing panicked.
    #[track_caller]
    pub fn expect_code(self, code: i32) -> Self {
        assert!(!self.stderr.contains("panicked"), "{self:#?}");
        assert_eq!(self.code, Some(code), "{self:#?}");
        self
    }

    #[track_caller]
    pub fn expect_stderr(self, part: &str) -> Self {
        assert!(self.stderr.contains(part), "stderr lacks {part:?}: {self:#?}");
        self
    }

    #[track_caller]
    pub fn expect_stdout(self, part: &str) -> Self {
        assert!(self.stdout.contains(part), "stdout lacks {part:?}: {self:#?}");
        self
    }
}

impl Folder {
    pub fn new() -> Self {
        let temp = tempfile::tempdir().unwrap();
        Self { root: temp.path().to_owned(), _temp: temp }
    }

    /// A folder with a sample written into it.
    pub fn sample(name: &str) -> Self {
        let mut folder = Self::new();
        sample::find(name).unwrap().write(folder.root()).unwrap();
        folder.root.push(name);
        folder
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).unwrap();
    }

    #[track_caller]
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Adds lines to a file that ends with a line break.
    pub fn append(&self, name: &str, lines: &str) {
        let text = self.read(name);
        self.write(name, text.trim_end_matches('\n').to_owned() + "\n" + lines);
    }

    pub fn entries(&self) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(self.root()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort_unstable();
        names
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tributary"));
        command.current_dir(self.root()).env(HOME_VARIABLE, self.path("home")).args(arguments).stdin(Stdio::null());
        command
    }

    /// Runs the binary in this folder.
    pub fn tributary(&self, arguments: &[&str]) -> Outcome {
        let output = self.command(arguments).output().unwrap();
        Outcome {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    pub fn project(&self, name: &str) -> Project {
        file::load(&self.path(name)).unwrap()
    }

    /// Changes a project file, by the document or by what else an analyst can say.
    pub fn edit(&self, name: &str, change: impl FnOnce(&mut Project)) {
        let mut project = self.project(name);
        change(&mut project);
        self.save(name, &project);
    }

    pub fn save(&self, name: &str, project: &Project) {
        file::save(project, &self.path(name)).unwrap();
    }

    /// `tributary run PROJECT --out out --format csv`, which must succeed.
    #[track_caller]
    pub fn run(&self, project: &str) -> Results {
        let arguments = ["run", project, "--out", "out", "--format", "csv", "--as-of", AS_OF];
        let outcome = self.tributary(&arguments).expect_code(0);
        Results { files: tree(&self.path("out")), outcome }
    }

    /// `tributary lookup PROJECT KEY`: the answer as JSON, and what stderr said.
    #[track_caller]
    pub fn lookup(&self, project: &str, key: &str) -> (Value, String) {
        let outcome = self.tributary(&["lookup", project, key]).expect_code(0);
        (serde_json::from_str(&outcome.stdout).unwrap(), outcome.stderr)
    }

    /// The same pipeline without a process.
    #[track_caller]
    pub fn run_in_process(&self, project: &Project) -> Run {
        run_project(project, self.root(), &StageCache::default())
    }

    /// A source table of a file here, as the wizard proposes it, its name made from the file's.
    pub fn source(&self, name: &str, path: &str, primary_key: &str) -> SourceTable {
        let detected = ingest::detect(&self.path(path), &Task::default()).unwrap();
        SourceTable {
            id: ids::slug(name),
            name: name.to_owned(),
            path: path.to_owned(),
            format: detected.format,
            blank_tokens: default_blank_tokens(),
            columns: detected.columns,
            primary_key: Some(primary_key.to_owned()),
        }
    }
}

#[track_caller]
pub fn run_project(project: &Project, base: &Path, cache: &StageCache) -> Run {
    let request = Request {
        project,
        base,
        until: Stage::Segments,
        columns: Columns::Used,
        as_of: AS_OF.to_owned(),
        ids: Default::default(),
    };
    pipeline::run(&request, cache, &Task::default()).unwrap()
}

/// The same with what earlier runs left behind.
#[track_caller]
pub fn run_after(project: &Project, base: &Path, ids: &Arc<IdMap>) -> Run {
    let (until, columns) = (Stage::Segments, Columns::Used);
    let request = Request { project, base, until, columns, as_of: AS_OF.to_owned(), ids: Arc::clone(ids) };
    pipeline::run(&request, &StageCache::default(), &Task::default()).unwrap()
}

/// The files of a run.
pub struct Results {
    pub files: BTreeMap<String, Vec<u8>>,
    pub outcome: Outcome,
}

impl Results {
    #[track_caller]
    pub fn text(&self, name: &str) -> &str {
        let bytes = self.files.get(name).unwrap_or_else(|| panic!("no {name} in {:?}", self.files.keys()));
        std::str::from_utf8(bytes).unwrap()
    }

    #[track_caller]
    pub fn rows(&self, name: &str) -> Rows {
        Rows::parse(self.text(&format!("{name}.csv")))
    }

    pub fn report(&self) -> Value {
        serde_json::from_str(self.text("report.json")).unwrap()
    }

    /// Customers as their keys in every table: `Loyalty:707 Store:S1 Web:Auth234`.
    pub fn clusters(&self) -> Vec<String> {
        let mut of: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for [id, table, value] in self.rows("alternate_keys").pick(["CustomerId", "TableName", "AlternateValue"]) {
            of.entry(id).or_default().push(format!("{table}:{value}"));
        }
        let mut clusters: Vec<String> = of.into_values().map(|keys| keys.join(" ")).collect();
        clusters.sort_unstable();
        clusters
    }
}

/// The object of a report's list with this value under a name.
#[track_caller]
pub fn entry<'a>(report: &'a Value, list: &str, name: &str, value: &str) -> &'a Value {
    let entries = report[list].as_array().unwrap();
    entries.iter().find(|entry| entry[name] == value).unwrap_or_else(|| panic!("{list} has no {name} {value}"))
}

/// A CSV file as text.
#[derive(Debug, PartialEq, Eq)]
pub struct Rows {
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Rows {
    pub fn parse(text: &str) -> Self {
        let mut lines: Vec<Vec<String>> = Vec::new();
        let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '"' if quoted && chars.peek() == Some(&'"') => {
                    chars.next();
                    cell.push('"');
                }
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(std::mem::take(&mut cell)),
                '\n' if !quoted => {
                    cells.push(std::mem::take(&mut cell));
                    lines.push(std::mem::take(&mut cells));
                }
                '\r' if !quoted => {}
                c => cell.push(c),
            }
        }
        assert!(cells.is_empty() && cell.is_empty(), "the last line is not ended: {text:?}");
        let mut lines = lines.into_iter();
        let rows = Self { header: lines.next().unwrap(), rows: lines.collect() };
        assert!(rows.rows.iter().all(|row| row.len() == rows.header.len()), "{rows:?}");
        rows
    }

    /// A table in memory as its CSV file would be.
    pub fn of(table: &Table) -> Self {
        Self {
            header: table.columns.iter().map(|column| column.name.clone()).collect(),
            rows: (0..table.rows)
                .map(|row| table.columns.iter().map(|column| column.data.text(row).into_owned()).collect())
                .collect(),
        }
    }

    #[track_caller]
    pub fn column(&self, name: &str) -> Vec<String> {
        self.pick([name]).into_iter().map(|[cell]| cell).collect()
    }

    /// These columns of every row.
    #[track_caller]
    pub fn pick<const N: usize>(&self, names: [&str; N]) -> Vec<[String; N]> {
        let at = names.map(|name| {
            let place = self.header.iter().position(|other| other == name);
            place.unwrap_or_else(|| panic!("no column {name} in {:?}", self.header))
        });
        self.rows.iter().map(|row| at.map(|place| row[place].clone())).collect()
    }
}

pub fn condition(field: &str, normalizations: &[Normalization]) -> Condition {
    Condition { normalizations: normalizations.to_vec(), ..Condition::exact(field) }
}

/// A condition that compares by degrees.
pub fn by(field: &str, comparison: Comparison) -> Condition {
    Condition { comparison, ..Condition::exact(field) }
}

pub fn deduplication_rule(name: &str, conditions: Vec<Condition>) -> DeduplicationRule {
    DeduplicationRule { id: ids::slug(name), name: name.to_owned(), active: true, conditions, exceptions: Vec::new() }
}

/// A match rule with one exact condition.
pub fn match_rule(name: &str, field: &str, to_table: &str, to_field: &str) -> MatchRule {
    let condition = Condition::exact_to(field, to_field);
    MatchRule {
        id: ids::slug(name),
        name: name.to_owned(),
        active: true,
        to_table: to_table.to_owned(),
        conditions: vec![condition],
        exceptions: Vec::new(),
    }
}

/// A project that unifies these tables in this order, without any rule.
pub fn unify(tables: Vec<SourceTable>) -> Project {
    let mut project = Project::new("Test");
    project.unification = tables.iter().map(|table| UnificationTable::new(table.id.clone())).collect();
    project.source_tables = tables;
    project
}

/// `subject operator values`, and nothing else.
pub fn is(subject: Subject, operator: Operator, values: &[&str]) -> SegmentCondition {
    SegmentCondition {
        subject,
        negated: false,
        operator,
        values: values.iter().map(|value| (*value).to_owned()).collect(),
        ignore_case: false,
        include_blanks: false,
    }
}

pub fn state(state: &str) -> SegmentCondition {
    is(Subject::ProfileState, Operator::EqualTo, &[state])
}

/// An event of the samples' web activity.
pub fn event(name: &str) -> SegmentCondition {
    web("EventName", name)
}

pub fn web(column: &str, value: &str) -> SegmentCondition {
    let subject = Subject::Activity { activity: "web_activity".to_owned(), column: column.to_owned() };
    is(subject, Operator::EqualTo, &[value])
}

/// A segment of rules, the conditions of each under "and".
pub fn segment(name: &str, rules: Vec<(SetOperator, Vec<SegmentCondition>)>) -> Segment {
    let rules = rules.into_iter();
    let rules = rules.map(|(operator, conditions)| SegmentRule { operator, combine: Combine::And, conditions });
    Segment { id: ids::slug(name), name: name.to_owned(), rules: rules.collect() }
}

/// Every file below a folder by its relative name.
pub fn tree(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    fn add(dir: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{prefix}{}", path.file_name().and_then(OsStr::to_str).unwrap());
            if path.is_dir() {
                add(&path, &format!("{name}/"), files);
            } else {
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut files = BTreeMap::new();
    add(dir, "", &mut files);
    files
}

/// A report without `run`, the part that may differ between equal runs.
pub fn without_run(report: &[u8]) -> Value {
    let mut report: Value = serde_json::from_slice(report).unwrap();
    assert!(report.as_object_mut().unwrap().remove("run").is_some());
    report
}
