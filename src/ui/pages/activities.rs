//! Activities: what customers did, each kind from one table, and one timeline over all.

mod editor;

use std::sync::Arc;

use eframe::egui::{RichText, Ui};

use super::{live, parts};
use crate::engine::check::Wanted;
use crate::engine::customer::customers::CUSTOMER_ID;
use crate::engine::insight::activities::ActivityTable;
use crate::engine::ledger::LedgerPart;
use crate::engine::pipeline::Run;
use crate::engine::stage::Stage;
use crate::project::edit;
use crate::task::Task;
use crate::ui::context::PageCx;
use crate::ui::theme::{self, TextRole as _, palette};
use crate::ui::widgets::{figure, form, grid, layout, text};

/// A longer timeline than this takes too much memory beside the run; the files of a run hold it whole.
const TIMELINE_ROWS: u64 = 2_000_000;
/// The timeline's columns: when and what first, whose last.
const SHOWN: [&str; 9] = [
    "ActivityTimeStamp",
    "Title",
    "Description",
    "ActivityType",
    "SourceTableName",
    "SourceActivityId",
    CUSTOMER_ID,
    "Url",
    "ActivityId",
];

pub fn page_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    if cx.draft.activities.is_empty() {
        empty_ui(ui, cx);
        return;
    }
    let known = |id: &String| cx.draft.activity(id).is_some();
    if !cx.memory.activity.as_ref().is_some_and(known) {
        cx.memory.activity = cx.draft.activities.first().map(|activity| activity.id.clone());
    }
    parts::list_and_editor_ui(ui, cx, "activity settings", list_ui, editor::editor_ui);
    layout::preview_ui(ui, "Timeline, newest first", |ui| preview_ui(ui, cx));
}

fn empty_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    if parts::first_step_ui(ui, cx, "Activities are rows of a table tied to customers by a key.") {
        return;
    }
    let sentence = "An activity is something a customer did: a row with a time, and a key that leads to the customer.";
    if form::empty_ui(ui, sentence, Some("Add activity")) {
        add(cx);
    }
}

fn add(cx: &mut PageCx<'_>) {
    if let Some(activity) = edit::new_activity(cx.draft) {
        cx.memory.activity = Some(activity.id.clone());
        cx.draft.activities.push(activity);
        cx.name_edit("Add activity");
    }
}

/// Every activity with its linked and orphaned rows.
fn list_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    ui.horizontal(|ui| {
        ui.label(RichText::new("Activities").title());
        if ui.button("Add activity").clicked() {
            add(cx);
        }
    });
    let run = cx.live();
    let fresh = live::is_fresh(cx);
    let activities: Vec<(String, String, String)> = cx
        .draft
        .activities
        .iter()
        .map(|activity| (activity.id.clone(), activity.name.clone(), activity.source_table.clone()))
        .collect();
    for (id, name, table) in activities {
        let selected = cx.memory.activity.as_deref() == Some(&id);
        let counts = run.as_ref().and_then(|run| run.report.activities.iter().find(|of| of.activity == id));
        let linked = counts.map_or_else(|| "–".to_owned(), |of| format!("{} linked", text::count(of.linked)));
        let linked = layout::fresh_text(ui, linked, fresh);
        ui.horizontal(|ui| {
            let wide = (ui.available_width() - 110.0).max(120.0);
            let help = "Linked: rows whose key is in a customer's keyring and whose time is not blank";
            let row = ui.allocate_ui(eframe::egui::vec2(wide, theme::ROW_HEIGHT), |ui| {
                layout::counted_row_ui(ui, selected, "Activity", &name, linked).on_hover_text(help)
            });
            if row.inner.clicked() {
                cx.memory.activity = Some(id.clone());
            }
            let Some(counts) = counts else { return };
            let help = "Rows whose key is blank or in no profile, or whose time is blank: all rows less linked";
            if figure::count_link_ui(ui, counts.orphaned, &format!("Orphaned rows of {name}"), help) {
                let table = cx.draft.table_name(&table).to_owned();
                cx.open_ledger(LedgerPart::Orphaned, Some(&table));
            }
            let color = if counts.orphaned > 0 { palette(ui).warning } else { palette(ui).text_weak };
            ui.label(RichText::new("orphaned").color(color));
        });
    }
}

fn preview_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let selected = cx.memory.activity.clone().unwrap_or_default();
    let Some(run) = live::unified(cx).filter(|run| run.until >= Stage::Activities) else {
        live::missing_ui(ui, cx, "Activities", Wanted::Activity(&selected));
        return;
    };
    if let Some(problem) = cx.workbench.blocked(Wanted::Activity(&selected)) {
        form::error_ui(ui, format!("The rows of this activity appear here when this is mended. {problem}"));
    }
    let rows: u64 = run.activities.iter().map(|linked| linked.linked).sum();
    if rows > TIMELINE_ROWS {
        source_rows_ui(ui, cx, &run, rows);
        return;
    }
    let table = cx.find_of_run("Timeline", &run, |run| {
        let customers = run.customers.as_ref().map(|customers| Arc::clone(&customers.table)).unwrap_or_default();
        let activities = run.activity_rows();
        ActivityTable::of(&activities, &Task::default()).map(|table| table.table(&customers)).unwrap_or_default()
    });
    match table {
        Some(table) => {
            grid::columns_ui(ui, cx, "Timeline", &table, Some(&SHOWN));
        }
        None => {
            form::label_ui(ui, "Computing…");
        }
    }
}

/// Where the timeline would be too long to make on the spot: the selected activity's own rows.
fn source_rows_ui(ui: &mut Ui, cx: &mut PageCx<'_>, run: &Run, rows: u64) {
    let color = palette(ui).text_weak;
    let note = format!(
        "{} are linked. A run writes the whole timeline; here are the source rows of the selected activity.",
        text::counted(rows, "row", "rows")
    );
    ui.label(RichText::new(note).color(color));
    let Some(activity) = cx.memory.activity.as_deref().and_then(|id| cx.draft.activity(id)) else { return };
    let Some(source) = run.source(&activity.source_table).cloned() else { return };
    grid::table_ui(ui, cx, "Activity rows", &source.table);
}
