//! Exports: customers, or a segment's members, with chosen columns, into a file.

use std::path::Path;

use crate::engine::error::EngineError;
use crate::engine::files;
use crate::engine::pipeline::Run;
use crate::engine::stage::Stage;
use crate::engine::table::Table;
use crate::project::validate::{Place, Problem, Severity};
use crate::project::{Export, ExportSubject};
use crate::task::Task;

/// The rows and columns of an export.
pub fn export_table(export: &Export, run: &Run) -> Result<Table, EngineError> {
    let invalid = |message: String, fix: &str| {
        let place = Place::Export { export: Some(export.id.clone()) };
        EngineError::Invalid(vec![Problem { severity: Severity::Error, place, message, fix: fix.to_owned() }])
    };
    let Some(customers) = &run.customers else {
        return Err(invalid(tr!("There are no customers yet.").to_owned(), tr!("Run the unification first.")));
    };
    let table = &customers.table;
    let mut chosen = Table { columns: Vec::new(), rows: table.rows, row_numbers: None };
    for column in &table.columns {
        if export.fields.is_empty() || export.fields.contains(&column.name) {
            chosen.columns.push(column.clone());
        }
    }
    if let Some(gone) = export.fields.iter().find(|name| table.column(name).is_none()) {
        return Err(invalid(tr!("{gone} is not a customer field.", gone), tr!("Take the field out of the export.")));
    }
    let place = |name: &str| export.fields.iter().position(|field| field == name);
    chosen.columns.sort_by_key(|column| place(&column.name));
    let ExportSubject::Segment { segment } = &export.subject else { return Ok(chosen) };
    if run.until < Stage::Segments {
        let fix = tr!("Run first.");
        return Err(invalid(tr!("The last run made no segments.").to_owned(), fix));
    }
    let Some(result) = run.segments.iter().find(|result| result.id == *segment) else {
        return Err(invalid(
            tr!("{export} is of a segment that is gone.", export = export.name),
            tr!("Choose another segment."),
        ));
    };
    if let Some(error) = &result.error {
        return Err(invalid(format!("{}: {error}.", export.name), tr!("Mend the segment first.")));
    }
    Ok(Table { row_numbers: None, ..chosen.gather(&result.members.iter().collect::<Vec<u32>>()) })
}

/// Writes an export to its path, relative paths starting from `base`; returns the rows written.
///
/// # Errors
/// Where the export does not fit the run, nothing can be written there, or the task is cancelled; a file that was
/// there before is then as it was.
pub fn run_export(export: &Export, run: &Run, base: &Path, task: &Task) -> Result<u64, EngineError> {
    let table = export_table(export, run)?;
    let path = base.join(&export.path);
    files::write(&table, &path, export.format, task)?;
    Ok(table.rows as u64)
}
