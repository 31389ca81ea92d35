//! Activities: what customers did, each kind from one table, and one timeline over all.

mod editor;

use std::sync::Arc;

use eframe::egui::{RichText, Ui};

use super::things::{self, Asked, Thing, Things};
use super::{live, parts};
use crate::engine::check::Wanted;
use crate::engine::customer::customers::CUSTOMER_ID;
use crate::engine::customer::naming::{CUSTOMER, Naming};
use crate::engine::insight::activities::ActivityTable;
use crate::engine::ledger::LedgerPart;
use crate::engine::pipeline::Run;
use crate::engine::stage::Stage;
use crate::help;
use crate::project::{Activity, edit};
use crate::task::Task;
use crate::ui::context::PageCx;
use crate::ui::theme::palette;
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::{entry, figure, form, grid, layout, text};

/// A longer timeline than this takes too much memory beside the run; the files of a run hold it whole.
const TIMELINE_ROWS: u64 = 2_000_000;
/// Room for the orphaned rows at the end of a line.
const ORPHANED: f32 = 130.0;
/// The timeline's columns: whose, when and what first.
const SHOWN: [&str; 10] = [
    CUSTOMER,
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
    parts::list_and_editor_ui(ui, cx, list_ui, editor::editor_ui);
    layout::preview_ui(ui, tr!("Timeline, newest first"), |ui| preview_ui(ui, cx));
}

fn empty_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    if parts::first_step_ui(ui, cx, tr!("Activities are rows of a table tied to customers by a key.")) {
        return;
    }
    let sentence =
        tr!("An activity is something a customer did: a row with a time, and a key that leads to the customer.");
    if form::empty_ui(ui, sentence, Some(tr!("Add activity"))) {
        add(cx);
    }
}

fn add(cx: &mut PageCx<'_>) {
    if let Some(activity) = edit::new_activity(cx.draft) {
        cx.memory.activity = Some(activity.id.clone());
        cx.draft.activities.push(activity);
        cx.memory.added = true;
        cx.name_edit(tr!("Add activity"));
    }
}

/// Every activity with its linked and orphaned rows.
fn list_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let run = cx.live();
    let fresh = live::is_fresh(cx);
    let tables: Vec<String> = cx.draft.activities.iter().map(|activity| activity.source_table.clone()).collect();
    let thing = |of: &Activity| Thing::new(&of.id, &of.name, tr!("Activity {name}", name = of.name));
    let all: Vec<Thing> = cx.draft.activities.iter().map(thing).collect();
    let chosen = cx.memory.activity.clone();
    let things = Things {
        title: tr!("Activities"),
        kind: tr!("activity"),
        add: (tr!("Add activity"), help::ADD_ACTIVITY),
        all: &all,
        chosen: chosen.as_deref(),
        users: edit::users_of_activity,
    };
    let asked = things::things_ui(ui, cx, &things, |ui, cx, row| {
        let Thing { id, name, .. } = &all[row.place];
        let counts = run.as_ref().and_then(|run| run.report.activities.iter().find(|of| of.activity == *id));
        let linked =
            counts.map_or_else(|| "–".to_owned(), |of| tr!("{linked} linked", linked = text::count(of.linked)));
        let linked = layout::fresh_text(ui, linked, fresh);
        let orphaned = counts.map_or(0, |counts| counts.orphaned);
        let room = if orphaned > 0 { ORPHANED } else { 0.0 };
        let width = ui.available_width() - room;
        entry::cell_ui(ui, width, |ui| row.button_ui(ui, name, linked)).help(help::LINKED.topic());
        if orphaned > 0 {
            if figure::count_link_ui(ui, orphaned, &tr!("Orphaned rows of {name}", name), help::ORPHANED) {
                let table = cx.draft.table_name(&tables[row.place]).to_owned();
                cx.open_ledger(LedgerPart::Orphaned, Some(&table));
            }
            ui.label(RichText::new(tr!("orphaned")).color(palette(ui).warning));
        }
    });
    match asked {
        Some(Asked::Add) => add(cx),
        Some(Asked::Choose(place)) => cx.memory.activity = Some(all[place].id.clone()),
        Some(Asked::Delete(place)) => delete(cx, &all[place].id, &all[place].name),
        None => {}
    }
}

fn delete(cx: &mut PageCx<'_>, id: &str, name: &str) {
    edit::delete_activity(cx.draft, id);
    cx.name_edit(tr!("Delete activity {name}", name));
}

fn preview_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let selected = cx.memory.activity.clone().unwrap_or_default();
    let Some(run) = live::unified(cx).filter(|run| run.until >= Stage::Activities) else {
        live::missing_ui(ui, cx, tr!("Activities"), Wanted::Activity(&selected));
        return;
    };
    if let Some(problem) = cx.workbench.blocked(Wanted::Activity(&selected)).cloned() {
        parts::hint_ui(ui, tr!("The rows of this activity appear here when this is mended."));
        parts::problem_link_ui(ui, cx, &problem, &parts::problem_words(&problem));
    }
    let rows: u64 = run.activities.iter().map(|linked| linked.linked).sum();
    if rows > TIMELINE_ROWS {
        source_rows_ui(ui, cx, &run, rows);
        return;
    }
    let table = cx.find_of_run("Timeline", &run, |run| {
        let customers = run.customers.as_ref().map(|customers| Arc::clone(&customers.table)).unwrap_or_default();
        let activities = run.activity_rows();
        let naming = Naming::of(&run.project);
        let made = ActivityTable::of(&activities, &Task::default());
        made.map(|table| table.shown(&customers, &naming)).unwrap_or_default()
    });
    match table {
        Some(table) => {
            grid::keyed_ui(ui, cx, tr!("Timeline"), &table, Some(&SHOWN), &[CUSTOMER]);
        }
        None => {
            form::label_ui(ui, tr!("Computing…"));
        }
    }
}

/// Where the timeline would be too long to make on the spot: the selected activity's own rows.
fn source_rows_ui(ui: &mut Ui, cx: &mut PageCx<'_>, run: &Run, rows: u64) {
    let color = palette(ui).text_weak;
    let note = tr!(
        "{rows} are linked. A run writes the whole timeline; here are the source rows of the selected activity.",
        rows = tr!("{n} row" | "{n} rows" % rows)
    );
    ui.label(RichText::new(note).color(color));
    let Some(activity) = cx.memory.activity.as_deref().and_then(|id| cx.draft.activity(id)) else { return };
    let Some(source) = run.source(&activity.source_table).cloned() else { return };
    grid::table_ui(ui, cx, tr!("Activity rows"), &source.table);
}
