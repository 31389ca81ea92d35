//! Exports: customers, or a segment's members, with chosen columns, into a file.

use std::path::Path;

use crate::engine::error::EngineError;
use crate::engine::files;
use crate::engine::pipeline::Run;
use crate::engine::table::Table;
use crate::project::validate::{Place, Problem, Severity};
use crate::project::{Export, ExportSubject};

/// The rows and columns of an export.
pub fn export_table(export: &Export, run: &Run) -> Result<Table, EngineError> {
    let invalid = |message: String, fix: &str| {
        let place = Place::Export { export: Some(export.id.clone()) };
        EngineError::Invalid(vec![Problem { severity: Severity::Error, place, message, fix: fix.to_owned() }])
    };
    let Some(customers) = &run.customers else {
        return Err(invalid("There are no customers yet.".to_owned(), "Run the unification first."));
    };
    let table = &customers.table;
    let mut chosen = match &export.subject {
        ExportSubject::Customers => Table::clone(table),
        ExportSubject::Segment { segment } => {
            let Some(result) = run.segments.iter().find(|result| result.id == *segment) else {
                return Err(invalid(
                    format!("{} is of a segment that is gone.", export.name),
                    "Choose another segment.",
                ));
            };
            table.gather(&result.members.iter().collect::<Vec<u32>>())
        }
    };
    if !export.fields.is_empty() {
        let mut columns = Vec::new();
        for name in &export.fields {
            let Some(column) = chosen.columns.iter().find(|column| column.name == *name) else {
                return Err(invalid(format!("{name} is not a customer field."), "Take the field out of the export."));
            };
            columns.push(column.clone());
        }
        chosen.columns = columns;
    }
    chosen.row_numbers = None;
    Ok(chosen)
}

/// Writes an export to its path, relative paths starting from `base`; returns the rows written.
pub fn run_export(export: &Export, run: &Run, base: &Path) -> Result<u64, EngineError> {
    let table = export_table(export, run)?;
    let path = base.join(&export.path);
    files::write(&table, &path, export.format)?;
    Ok(table.rows as u64)
}
