//! Export: customers or a segment's members into a file, with chosen columns; kept in the project, run by a click.

mod editor;
mod fields;

use crate::help;
use crate::ui::widgets::help::Helped as _;
use std::sync::Arc;

use eframe::egui::Ui;

use super::things::{self, Asked, Thing, Things};
use super::{live, parts};
use crate::engine::activate::export::export_table;
use crate::engine::check::Wanted;
use crate::engine::pipeline::Run;
use crate::project::{Export, ExportSubject, edit};
use crate::ui::context::PageCx;
use crate::ui::widgets::{form, grid, layout};

pub fn page_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    if cx.draft.exports.is_empty() {
        empty_ui(ui, cx);
        return;
    }
    let known = |id: &String| cx.draft.exports.iter().any(|export| export.id == *id);
    if !cx.memory.export.as_ref().is_some_and(known) {
        cx.memory.export = cx.draft.exports.first().map(|export| export.id.clone());
    }
    parts::list_and_editor_ui(ui, cx, list_ui, editor::editor_ui);
    layout::preview_ui(ui, tr!("Rows to be written"), |ui| preview_ui(ui, cx));
}

fn empty_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    if parts::first_step_ui(ui, cx, tr!("Exports write customers to a file.")) {
        return;
    }
    let sentence =
        tr!("An export writes customers, or a segment's members, to a CSV or Parquet file whenever you run it.");
    if form::empty_ui(ui, sentence, Some(tr!("Add export"))) {
        add(cx);
    }
}

fn add(cx: &mut PageCx<'_>) {
    let export = edit::new_export(cx.draft);
    cx.memory.export = Some(export.id.clone());
    cx.draft.exports.push(export);
    cx.memory.added = true;
    cx.name_edit(tr!("Add export"));
}

fn list_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let run = live::unified(cx);
    let fresh = live::is_fresh(cx);
    let exports = cx.draft.exports.clone();
    let thing = |of: &Export| Thing::new(&of.id, &of.name, tr!("Export {export}", export = of.name));
    let all: Vec<Thing> = exports.iter().map(thing).collect();
    let chosen = cx.memory.export.clone();
    let things = Things {
        title: tr!("Exports"),
        kind: tr!("export"),
        add: (tr!("Add export"), help::ADD_EXPORT),
        all: &all,
        chosen: chosen.as_deref(),
        users: |_, _| Vec::new(),
    };
    let asked = things::things_ui(ui, cx, &things, |ui, _, row| {
        let export = &exports[row.place];
        let rows = rows_of(run.as_deref(), &export.subject);
        let rows = rows.map_or_else(|| "–".to_owned(), |rows| tr!("{n} row" | "{n} rows" % rows));
        let rows = layout::fresh_text(ui, rows, fresh);
        row.button_ui(ui, &export.name, rows).help(help::EXPORT_ROWS.topic());
    });
    match asked {
        Some(Asked::Add) => add(cx),
        Some(Asked::Choose(place)) => cx.memory.export = Some(all[place].id.clone()),
        Some(Asked::Delete(place)) => delete(cx, &exports[place]),
        None => {}
    }
}

fn delete(cx: &mut PageCx<'_>, export: &Export) {
    edit::delete_export(cx.draft, &export.id);
    cx.name_edit(tr!("Delete export {export}", export = export.name));
}

/// How many customers an export is of.
fn rows_of(run: Option<&Run>, subject: &ExportSubject) -> Option<u64> {
    let run = run?;
    match subject {
        ExportSubject::Customers => Some(run.report.customers),
        ExportSubject::Segment { segment } => {
            let found = run.segments.iter().find(|result| result.id == *segment);
            found.map(|result| result.members.count())
        }
    }
}

fn preview_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let selected = |export: &&Export| cx.memory.export.as_deref() == Some(&export.id);
    let Some(export) = cx.draft.exports.iter().find(selected).cloned() else { return };
    let Some(run) = live::unified(cx) else {
        live::missing_ui(ui, cx, tr!("Rows"), Wanted::Customers);
        return;
    };
    // The fields are not part of the live run: a change of them makes another table at once.
    let made_of = format!("{}{:?}{:?}", export.id, export.subject, export.fields);
    if cx.memory.typed.get("previewed export") != Some(&made_of) {
        cx.memory.typed.insert("previewed export".to_owned(), made_of);
        cx.workbench.forget("exported rows");
    }
    let found = cx.workbench.find("exported rows", &run, run.report.customers as usize, move |run| {
        export_table(&export, run).map(Arc::new).map_err(|error| error.to_string())
    });
    match found.value.as_deref() {
        Some(Ok(table)) => {
            let table = Arc::clone(table);
            grid::table_ui(ui, cx, tr!("Exported rows"), &table);
        }
        Some(Err(problem)) => form::error_ui(ui, problem.clone()),
        None => {
            form::label_ui(ui, tr!("Computing…"));
        }
    }
}
