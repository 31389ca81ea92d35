//! Every problem of a project before a run: what the document says, and what the files it names say.

use std::path::Path;

use super::ingest;
use super::insight::condition;
use super::pipeline::resolve;
use super::stage::Stage;
use crate::project::validate::{self, Place, Problem, Severity, subject_type};
use crate::project::{Project, SourceTable, unify};

/// All problems, by page.
pub fn check(project: &Project, base: &Path) -> Vec<Problem> {
    let mut problems = check_document(project);
    for table in &project.source_tables {
        problems.extend(check_file(project, table, base));
    }
    problems.sort_by(|a, b| a.place.cmp(&b.place).then(a.severity.cmp(&b.severity)));
    problems
}

/// The problems that need no file: the document's, with the values of conditions and date formats read.
pub fn check_document(project: &Project) -> Vec<Problem> {
    let mut problems = validate::validate(project);
    let mut error = |place: Place, message: String, fix: &str| {
        problems.push(Problem { severity: Severity::Error, place, message, fix: fix.to_owned() });
    };
    for table in &project.source_tables {
        for column in &table.columns {
            if let Some(pattern) = &column.date_format
                && let Err(reason) = ingest::validate_date_format(pattern)
            {
                let place = Place::Sources { table: Some(table.id.clone()) };
                let message = format!("The date format of {}, {pattern}, cannot be read: {reason}.", column.name);
                error(place, message, "Write one such as MM-dd-yyyy HH:mm:ss.");
            }
        }
    }
    let fields = unify::unified_fields(project);
    for segment in &project.segments {
        for (i, rule) in segment.rules.iter().enumerate() {
            for of in &rule.conditions {
                let Some(column_type) = subject_type(project, &fields, &of.subject) else { continue };
                // A wrong operator is the document's own problem and listed there.
                if let Err(reason) = condition::check(of, column_type)
                    && crate::project::Operator::of_type(column_type).contains(&of.operator)
                {
                    let place = Place::Segments { segment: Some(segment.id.clone()) };
                    error(place, format!("{}, rule {}: {reason}.", segment.name, i + 1), "Correct the value.");
                }
            }
        }
    }
    problems
}

/// Whether the file is there, can be read, and still has the columns that were declared.
fn check_file(project: &Project, table: &SourceTable, base: &Path) -> Vec<Problem> {
    let place = || Place::Sources { table: Some(table.id.clone()) };
    let found = match ingest::column_names(&resolve(base, &table.path), &table.format) {
        Ok(found) => found,
        Err(error) => {
            let fix = "Replace the file on Sources, or put it back.".to_owned();
            return vec![Problem {
                severity: Severity::Error,
                place: place(),
                message: format!("{}: {error}", table.name),
                fix,
            }];
        }
    };
    let gone = table.columns.iter().filter(|column| !found.contains(&column.name));
    gone.map(|column| {
        let used = super::pipeline::used_columns(project, table, Stage::Segments).contains(&column.name.as_str());
        Problem {
            severity: if used { Severity::Error } else { Severity::Warning },
            place: place(),
            message: format!("{} is no longer a column of {}.", column.name, table.name),
            fix: "Refresh the table to drop it, or replace the file by one that has it.".to_owned(),
        }
    })
    .collect()
}

/// How far a project can be run: the last stage before the first error.
pub fn reachable(problems: &[Problem]) -> Option<Stage> {
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
    let first_blocked = errors
        .filter_map(|problem| match problem.place {
            Place::Sources { .. } => Some(Stage::Load),
            Place::CustomerData { .. } | Place::Deduplication { .. } => Some(Stage::Deduplicate),
            Place::Matching { .. } => Some(Stage::Match),
            Place::UnifiedView { .. } => Some(Stage::Merge),
            Place::Activities { .. } => Some(Stage::Activities),
            // A segment with an error says so itself and holds up no other; exports are not part of a run.
            Place::Segments { .. } | Place::Export { .. } => None,
        })
        .min();
    match first_blocked {
        None => Some(Stage::Segments),
        Some(blocked) => Stage::ALL.into_iter().take_while(|&stage| stage < blocked).last(),
    }
}
