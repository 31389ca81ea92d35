//! Every problem of a project before a run: what the document says, and what the files it names say.

mod matching;
mod part;
#[cfg(test)]
mod part_tests;

use std::path::Path;
use std::sync::Arc;

use super::ingest::{self, Ingested};
use super::insight::condition;
use super::pipeline::{Run, resolve};
use super::stage::Stage;
use crate::project::validate::{self, Place, Problem, Severity, subject_type};
use crate::project::{DeduplicationRule, Project, SourceTable, unify};

pub use part::{Part, Wanted, part};

/// All problems, by page.
pub fn check(project: &Project, base: &Path) -> Vec<Problem> {
    let mut problems = check_document(project);
    for table in &project.source_tables {
        problems.extend(check_file(project, table, base));
    }
    problems.sort_by(|a, b| a.place.cmp(&b.place).then(a.severity.cmp(&b.severity)));
    problems
}

/// The problems that need no file: the document's, with the values of conditions, date formats and patterns read.
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
                let message = tr!(
                    "The date format of {column}, {pattern}, cannot be read: {reason}.",
                    column = column.name,
                    pattern,
                    reason
                );
                error(place, message, tr!("Write one such as MM-dd-yyyy HH:mm:ss."));
            }
        }
    }
    problems.extend(matching::check_document(project));
    let fields = unify::unified_fields(project);
    let mut error = |place: Place, message: String, fix: &str| {
        problems.push(Problem { severity: Severity::Error, place, message, fix: fix.to_owned() });
    };
    for segment in &project.segments {
        for (i, rule) in segment.rules.iter().enumerate() {
            for of in &rule.conditions {
                let Some(column_type) = subject_type(project, &fields, &of.subject) else { continue };
                // A wrong operator is the document's own problem and listed there.
                if let Err(reason) = condition::check(of, column_type)
                    && crate::project::Operator::of_type(column_type).contains(&of.operator)
                {
                    let place = Place::Segments { segment: Some(segment.id.clone()) };
                    error(
                        place,
                        tr!("{segment}, rule {i}: {reason}.", segment = segment.name, i = i + 1, reason),
                        tr!("Correct the value."),
                    );
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
            return vec![no_file(table, &error)];
        }
    };
    let gone = table.columns.iter().filter(|column| !ingest::has_column(&found, &column.name));
    gone.map(|column| {
        let used = super::pipeline::used_columns(project, table, Stage::Segments).contains(&column.name.as_str());
        Problem {
            severity: if used { Severity::Error } else { Severity::Warning },
            place: place(),
            message: tr!("{column} is no longer a column of {table}.", column = column.name, table = table.name),
            fix: tr!("Refresh the table to drop it, or replace the file by one that has it.").to_owned(),
        }
    })
    .collect()
}

fn no_file(table: &SourceTable, error: &ingest::IngestError) -> Problem {
    // The error itself says what to do.
    let fix = tr!("Its file is chosen on Sources.").to_owned();
    let place = Place::Sources { table: Some(table.id.clone()) };
    Problem { severity: Severity::Error, place, message: format!("{}: {error}.", table.name), fix }
}

/// The problem of a table, by its name, whose file could not be read to its end; `None` where there is no such table.
pub fn unreadable(project: &Project, table: &str, error: &ingest::IngestError) -> Option<Problem> {
    project.source_tables.iter().find(|of| of.name == table).map(|of| no_file(of, error))
}

/// What the rows of the loaded tables say, one table a source table of the project, in its order: no rows, rows that
/// do not fit, what looks wrong in the values, keys that are missing or repeated, pairs decided by hand about records
/// that are not there. None of it stops a run.
pub fn check_data(project: &Project, sources: &[Arc<Ingested>]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (table, source) in project.source_tables.iter().zip(sources) {
        let mut warn = |place: Place, message: String, fix: &str| {
            problems.push(Problem { severity: Severity::Warning, place, message, fix: fix.to_owned() });
        };
        let on_sources = || Place::Sources { table: Some(table.id.clone()) };
        let (name, rows, corrupt) = (&table.name, source.rows_read, source.corrupt.len());
        if rows == 0 {
            let fix = tr!("Replace the file by one that has rows, or refresh it.");
            warn(on_sources(), tr!("{name} has column names but no rows.", name), fix);
        } else if corrupt > 0 {
            let message = tr!(
                "{corrupt} of the {rows} rows of {name} do not fit its columns and take no part.",
                corrupt,
                rows,
                name
            );
            warn(
                on_sources(),
                message,
                tr!("The corrupt ledger says why; mend the file, or change the columns' types."),
            );
        }
        for warning in &source.warnings {
            warn(on_sources(), format!("{name}: {warning}"), "");
        }
        let unified = project.unification_table(&table.id);
        let key = table.primary_key.as_ref().and_then(|key| Some((key, source.table.column(key)?)));
        if let (Some(unified), Some((key, column))) = (unified, key) {
            let check = ingest::key_check(column);
            let place = || Place::CustomerData { table: Some(table.id.clone()) };
            if check.blanks > 0 {
                let message = tr!(
                    "{blanks} rows of {name} have no {key}, its primary key: they take no part.",
                    blanks = check.blanks,
                    name,
                    key
                );
                warn(place(), message, tr!("Choose a column without blanks, or fill them in."));
            }
            if check.repeated_values > 0 && !unified.deduplication_rules.iter().any(|rule| is_about(rule, key)) {
                let examples: Vec<String> = check
                    .examples
                    .iter()
                    .map(|(value, rows)| tr!("{value} occurs {rows} times", value, rows))
                    .collect();
                let message = tr!(
                    "The primary key {key} of {name} is not unique: {examples}{examples_2}. Rows with one key become one record.",
                    key,
                    name,
                    examples = examples.join(", "),
                    examples_2 = if check.repeated_values as usize > examples.len() { tr!(", and more") } else { "" }
                );
                warn(
                    place(),
                    message,
                    tr!("Choose a unique column, or add a deduplication rule to say which row to keep."),
                );
            }
        }
    }
    problems.extend(matching::check_data(project, sources));
    problems.sort_by(|a, b| a.place.cmp(&b.place));
    problems
}

/// Pairs decided by hand that name a key which is not in its loaded table.
pub fn check_pairs(project: &Project, sources: &[Arc<Ingested>]) -> Vec<Problem> {
    matching::check_data(project, sources)
}

/// All there is to say of a run: its project and files, the tables it read, and what it came to.
pub fn check_whole(run: &Run, base: &Path) -> Vec<Problem> {
    let mut problems = check(&run.project, base);
    problems.extend(check_data(&run.project, &run.sources));
    problems.extend(check_run(run));
    problems
}

/// What a run came to that the analyst would not want to overlook: tables of which nothing is left.
pub fn check_run(run: &Run) -> Vec<Problem> {
    let tables = run.project.unification.iter().zip(&run.report.tables);
    let gone = tables.filter(|(unified, of)| !unified.include_all_records && of.unique > 0 && of.dropped == of.unique);
    gone.map(|(unified, of)| Problem {
        severity: Severity::Warning,
        place: Place::Matching { table: Some(unified.source_table.clone()), rule: None },
        message: tr!(
            "All {unique} records of {table} were dropped: they match nothing.",
            unique = of.unique,
            table = of.table
        ),
        fix: tr!("Correct the match rules, or include all records.").to_owned(),
    })
    .chain(refused_clusters(run))
    .collect()
}

/// Clusters whose rule links nearly everything: their column is blank, and nothing else depends on them.
fn refused_clusters(run: &Run) -> impl Iterator<Item = Problem> {
    let found = run.customers.iter().flat_map(|customers| &customers.clusters);
    let refused = found.filter_map(|(id, found)| Some((id, found.refused.as_ref()?)));
    refused.map(|(id, rule)| {
        let name = run.project.clusters.iter().find(|cluster| cluster.id == *id).map_or("", |cluster| &cluster.name);
        Problem {
            severity: Severity::Warning,
            place: Place::UnifiedView { field: None },
            message: tr!(
                "The rule \"{rule}\" of the cluster {name} links too many customers: the column is blank.",
                rule,
                name
            ),
            fix: tr!("Add an exact condition to the rule on the tab Clusters, or ask for more likeness.").to_owned(),
        }
    })
}

/// Whether a rule joins all rows of one key: then the analyst has decided about them.
fn is_about(rule: &DeduplicationRule, key: &str) -> bool {
    rule.active && matches!(&rule.conditions[..], [only] if only.field == key)
}

/// How far a project can be run: the last stage before the first error.
pub fn reachable(problems: &[Problem]) -> Option<Stage> {
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
    let first_blocked = errors
        .filter_map(|problem| match problem.place {
            Place::Sources { .. } => Some(Stage::Load),
            Place::CustomerData { .. } | Place::Deduplication { .. } | Place::Overrides | Place::Guards => {
                Some(Stage::Deduplicate)
            }
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
