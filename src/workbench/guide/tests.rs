use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::*;
use crate::workbench::Command;
use crate::workbench::dialogs::NoDialogs;

fn begun(home: &Path) -> Workbench {
    let mut workbench = Workbench::new(home.to_owned(), Box::new(NoDialogs), Arc::new(|| {}));
    workbench.apply(Command::Guide);
    workbench
}

fn settle(workbench: &mut Workbench) {
    let start = Instant::now();
    while !workbench.is_idle() {
        workbench.poll();
        assert!(start.elapsed() < Duration::from_secs(60));
        std::thread::sleep(Duration::from_millis(2));
    }
    workbench.poll();
}

fn current(workbench: &mut Workbench) -> Option<Step> {
    workbench.watch_for_guide();
    workbench.guide_standing().unwrap().current()
}

#[test]
fn the_steps_stand_in_their_order_and_lead_to_pages_that_have_their_controls() {
    for (place, step) in Step::ALL.into_iter().enumerate() {
        assert_eq!(step as usize, place);
        let words = step.words();
        assert!(words.what.ends_with('.') && words.why.ends_with('.'), "{step:?}");
    }
}

#[test]
fn the_first_project_has_raw_tables_and_nothing_unified() {
    let home = tempfile::tempdir().unwrap();
    let mut workbench = begun(home.path());
    let project = Arc::clone(&workbench.project);
    assert_eq!(project.source_tables.len(), 3);
    assert!(
        project.source_tables.iter().all(|table| table.primary_key.is_none() && PathBuf::from(&table.path).is_file())
    );
    assert!(project.unification.is_empty() && workbench.path.is_none());
    assert_eq!(current(&mut workbench), Some(Step::Tables));
}

#[test]
fn every_step_can_be_shown_is_seen_to_be_done_and_can_be_undone() {
    let home = tempfile::tempdir().unwrap();
    let mut workbench = begun(home.path());
    for step in Step::ALL {
        assert_eq!(current(&mut workbench), Some(step));
        workbench.show_step(step);
        settle(&mut workbench);
        if step == Step::Customers {
            // Looking is not an edit.
            assert_eq!(current(&mut workbench), Some(step));
            workbench.witness_customer(true);
            assert_eq!(current(&mut workbench), Some(step));
            workbench.witness_customer(false);
        }
        assert_eq!(workbench.page, step.words().page);
    }
    assert_eq!(current(&mut workbench), None);
    let report = &workbench.published.as_ref().unwrap().report;
    assert_eq!((report.customers, report.known, report.unknown), (5, 3, 2));
    let written = workbench.base().join(&workbench.project.exports[0].path);
    assert_eq!(std::fs::read_to_string(&written).unwrap().lines().count(), 3, "a head and two visitors");
    let edits = std::iter::from_fn(|| {
        let label = workbench.history.undo_label().map(str::to_owned)?;
        workbench.apply(Command::Undo);
        Some(label)
    });
    let edits: Vec<String> = edits.collect();
    assert_eq!(edits.len(), 5, "{edits:?}");
    assert!(edits.iter().all(|label| label.starts_with("Guide: ")), "{edits:?}");
    assert_eq!(current(&mut workbench), Some(Step::Tables), "undone is not done");
}

#[test]
fn steps_done_by_hand_count_as_much_and_later_ones_vouch_for_looking() {
    let home = tempfile::tempdir().unwrap();
    let mut workbench = begun(home.path());
    let nothing = Witnessed::default();
    workbench.edit("By hand", |project| {
        crate::project::edit::unify_table(project, "loyalty");
        crate::project::edit::unify_table(project, "store");
    });
    assert_eq!(Standing::of(&workbench.project, &nothing).current(), Some(Step::Tables), "keys are missing");
    assert_eq!(Step::Tables.control(&workbench.project), help_of_key());
    for step in [Step::Tables, Step::Duplicates, Step::Matching] {
        workbench.show_step(step);
    }
    assert_eq!(Standing::of(&workbench.project, &nothing).current(), Some(Step::View));
    let run = Witnessed { run: true, ..nothing };
    assert_eq!(Standing::of(&workbench.project, &run).current(), Some(Step::Customers), "a run vouches for the view");
    workbench.show_step(Step::Segment);
    assert_eq!(Standing::of(&workbench.project, &run).current(), Some(Step::Export));
}

fn help_of_key() -> &'static Topic {
    crate::help::PRIMARY_KEY
}

#[test]
fn the_guide_resumes_with_its_project_until_it_is_left() {
    let home = tempfile::tempdir().unwrap();
    let mut workbench = begun(home.path());
    workbench.show_step(Step::Tables);
    let path = home.path().join("first.tributary");
    workbench.save_to(&path);
    settle(&mut workbench);
    workbench.apply(Command::NewProject);
    assert!(workbench.guide_standing().is_none(), "another project has no guide");
    drop(workbench);
    let mut again = Workbench::new(home.path().to_owned(), Box::new(NoDialogs), Arc::new(|| {}));
    again.open(&path);
    assert_eq!(current(&mut again), Some(Step::Duplicates));
    again.apply(Command::LeaveGuide);
    assert!(again.guide_standing().is_none());
    assert!(again.path.is_some(), "the project stays");
}
