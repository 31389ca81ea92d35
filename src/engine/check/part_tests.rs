use std::sync::Arc;

use super::part::{Part, Wanted, part};
use super::{check, check_document};
use crate::engine::pipeline::{self, Columns, Request, Run};
use crate::engine::stage::{Stage, StageCache};
use crate::engine::table::Table;
use crate::project::Project;
use crate::task::Task;

/// The sample with its tables in a folder of its own.
fn coffee() -> (Project, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let from = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples/coffee");
    for entry in std::fs::read_dir(&from).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let project = crate::project::file::load(&folder.path().join("coffee.tributary")).unwrap();
    (project, folder)
}

fn run(part: &Part, folder: &tempfile::TempDir) -> Run {
    let request = Request {
        project: &part.project,
        base: folder.path(),
        until: part.until,
        columns: Columns::All,
        as_of: "2023-01-23T00:00:00Z".to_owned(),
        ids: Arc::default(),
    };
    pipeline::run_part(&request, part.deduplicated, &StageCache::default(), &Task::default()).unwrap()
}

fn whole(project: &Project, folder: &tempfile::TempDir) -> Run {
    run(&part(project, &check(project, folder.path())).unwrap(), folder)
}

fn assert_same(a: &Table, b: &Table) {
    assert_eq!((a.rows, a.columns.len()), (b.rows, b.columns.len()));
    assert!(a.columns.iter().zip(&b.columns).all(|(a, b)| a.name == b.name && a.data.is_same(&b.data)));
}

#[test]
fn a_whole_project_is_its_own_part() {
    let (project, folder) = coffee();
    let of = part(&project, &check(&project, folder.path())).unwrap();
    let deduplicated = project.unification.len();
    assert_eq!(of, Part { project, until: Stage::Segments, deduplicated });
}

#[test]
fn a_missing_file_takes_its_own_table_only() {
    let (project, folder) = coffee();
    let all = whole(&project, &folder);
    for gone in &project.source_tables {
        let (path, kept) = (folder.path().join(&gone.path), folder.path().join("away"));
        std::fs::rename(&path, &kept).unwrap();
        let problems = check(&project, folder.path());
        let run = run(&part(&project, &problems).unwrap(), &folder);
        assert!(run.source(&gone.id).is_none() && Wanted::Rows(&gone.id).blocked(&problems, &project).is_some());
        for table in project.source_tables.iter().filter(|table| table.id != gone.id) {
            assert_same(&run.source(&table.id).unwrap().table, &all.source(&table.id).unwrap().table);
            assert_eq!(Wanted::Rows(&table.id).blocked(&problems, &project), None);
        }
        let is_unified = project.unification_table(&gone.id).is_some();
        assert_eq!(run.until < Stage::Match, is_unified, "{}", gone.name);
        for table in project.unification.iter().filter(|table| table.source_table != gone.id) {
            let records = |run: &Run| run.records_of(&table.source_table).unwrap().len();
            assert_eq!(records(&run), records(&all), "deduplicated as in the whole project");
        }
        std::fs::rename(&kept, &path).unwrap();
    }
    let again = whole(&project, &folder);
    assert_same(&again.customers.unwrap().table, &all.customers.unwrap().table);
}

#[test]
fn a_rule_in_error_leaves_the_records_of_the_other_tables() {
    let (mut project, folder) = coffee();
    let all = whole(&project, &folder);
    let place = project.unification.iter().position(|table| !table.deduplication_rules.is_empty()).unwrap();
    let broken = project.unification[place].source_table.clone();
    project.unification[place].deduplication_rules[0].conditions[0].field = "Nothing".to_owned();
    let run = run(&part(&project, &check(&project, folder.path())).unwrap(), &folder);
    assert_eq!((run.until, run.sources.len()), (Stage::Deduplicate, all.sources.len()), "all rows are there");
    assert!(run.records_of(&broken).is_none());
    for table in project.unification.iter().filter(|table| table.source_table != broken) {
        let records = |run: &Run| run.records_of(&table.source_table).unwrap().len();
        assert_eq!(records(&run), records(&all));
    }
    assert_eq!(run.report.tables.len(), project.unification.len() - 1);
}

#[test]
fn an_activity_in_error_takes_the_segments_that_ask_it_and_no_other() {
    let (mut project, folder) = coffee();
    let all = whole(&project, &folder);
    let broken = project.activities[0].id.clone();
    let asks = |segment: &&crate::project::Segment| {
        let problems = check_document(&project);
        Wanted::Segment(&segment.id).blocked(&problems, &project).is_some()
    };
    assert_eq!(project.segments.iter().filter(asks).count(), 0);
    project.activities[0].link.column = "Nothing".to_owned();
    let problems = check(&project, folder.path());
    let run = run(&part(&project, &problems).unwrap(), &folder);
    assert_same(&run.customers.as_ref().unwrap().table, &all.customers.as_ref().unwrap().table);
    assert!(run.report.activities.iter().all(|of| of.activity != broken));
    assert_eq!(run.activities.len(), project.activities.len() - 1);
    for segment in &project.segments {
        let is_blocked = Wanted::Segment(&segment.id).blocked(&problems, &project).is_some();
        let count = |run: &Run| Some(run.segments.iter().find(|result| result.id == segment.id)?.members.count());
        assert_eq!(count(&run), (!is_blocked).then(|| count(&all).unwrap()), "{}", segment.name);
    }
}

#[test]
fn an_activity_in_error_that_says_when_rows_were_keeps_the_customers_as_they_are() {
    let (mut project, folder) = coffee();
    // Another date in the table would be taken, did the activity go.
    let table = project.activities[0].source_table.clone();
    let settings = project.source_tables.iter_mut().find(|of| of.id == table).unwrap();
    let mut other = settings.column(&project.activities[0].timestamp).unwrap().clone();
    other.name = "Other time".to_owned();
    settings.columns.insert(0, other);
    project.activities[0].link.column = "Nothing".to_owned();
    let of = part(&project, &check_document(&project)).unwrap();
    assert_eq!((of.until, &of.project.activities), (Stage::Merge, &project.activities));
    drop(folder);
}
