//! The selected activity: its table, its columns, and the key that leads to a customer.

use eframe::egui::Ui;

use crate::help;
use crate::project::activity::ACTIVITY_TYPES;
use crate::project::validate::{Place, Problem, Severity};
use crate::project::{Activity, ColumnType, Project, SourceColumn, SourceTable, edit};
use crate::ui::context::PageCx;
use crate::ui::pages::{live, parts};
use crate::ui::widgets::picker::{self, Entry};
use crate::ui::widgets::{entry, form, layout, text};

/// Width of the list of suggested types.
const TYPES: f32 = 82.0;

pub fn editor_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let selected = |activity: &Activity| cx.memory.activity.as_deref() == Some(&activity.id);
    let Some(place) = cx.draft.activities.iter().position(selected) else { return };
    let mut activity = cx.draft.activities[place].clone();
    let before = activity.clone();
    form::line_ui(ui, tr!("Name"), help::ACTIVITY_NAME, |ui, width| {
        let named = (tr!("Activity name"), help::ACTIVITY_NAME);
        form::text_ui(ui, named, &mut activity.name, tr!("Activity name"), width)
    });
    type_ui(ui, &mut activity);
    table_ui(ui, cx.draft, &mut activity);
    columns_ui(ui, cx, &mut activity);
    link_ui(ui, cx, &mut activity);
    form::line_ui(ui, "", help::SHOW_IN_TIMELINE, |ui, _| {
        let named = (tr!("Show in timeline"), help::SHOW_IN_TIMELINE);
        entry::check_ui(ui, named, &mut activity.show_in_timeline, tr!("Show in timeline"), true)
    });
    if activity != before {
        cx.name_edit(parts::edit_label(tr!("activity"), &before.name, &activity.name));
        cx.draft.activities[place] = activity;
    }
}

fn type_ui(ui: &mut Ui, activity: &mut Activity) {
    form::line_ui(ui, tr!("Type"), help::ACTIVITY_TYPE, |ui, width| {
        let named = (tr!("Activity type"), help::ACTIVITY_TYPE);
        let room = width - TYPES - ui.spacing().item_spacing.x;
        form::text_ui(ui, named, &mut activity.activity_type, tr!("Activity type"), room);
        let named = (tr!("Suggested types"), help::ACTIVITY_TYPE);
        picker::one_of_ui(ui, named, tr!("Types"), &mut activity.activity_type, TYPES, || {
            ACTIVITY_TYPES.iter().map(|&suggestion| (suggestion.to_owned(), Entry::new(suggestion))).collect()
        });
    });
}

fn table_ui(ui: &mut Ui, project: &Project, activity: &mut Activity) {
    let tables: Vec<(String, String)> =
        project.source_tables.iter().map(|table| (table.id.clone(), table.name.clone())).collect();
    let named = (tr!("Activity source table"), help::ACTIVITY_TABLE);
    let is_other = form::line_ui(ui, tr!("Source table"), help::ACTIVITY_TABLE, |ui, width| {
        form::choice_ui(ui, named, &mut activity.source_table, width, &tables)
    });
    if is_other {
        edit::guess_columns(project, activity);
    }
}

fn columns_ui(ui: &mut Ui, cx: &mut PageCx<'_>, activity: &mut Activity) {
    let Some(table) = cx.draft.source_table(&activity.source_table).cloned() else {
        form::error_ui(ui, tr!("The table is gone; choose another one."));
        return;
    };
    let all = options(&table.columns, |_| true);
    let is_time = |column: &SourceColumn| matches!(column.column_type, ColumnType::Date | ColumnType::Datetime);
    let times = options(&table.columns, is_time);
    form::line_ui(ui, tr!("Primary key"), help::ACTIVITY_KEY, |ui, width| {
        let named = (tr!("Activity primary key"), help::ACTIVITY_KEY);
        form::choice_ui(ui, named, &mut activity.primary_key, width, &all)
    });
    form::line_ui(ui, tr!("Timestamp"), help::ACTIVITY_TIME, |ui, width| {
        if times.is_empty() {
            no_time_ui(ui, cx, &table);
        } else {
            let named = (tr!("Activity timestamp"), help::ACTIVITY_TIME);
            form::choice_ui(ui, named, &mut activity.timestamp, width, &times);
        }
    });
    form::line_ui(ui, tr!("Event"), help::ACTIVITY_EVENT, |ui, width| {
        form::choice_ui(ui, (tr!("Activity event"), help::ACTIVITY_EVENT), &mut activity.event, width, &all)
    });
    optional_ui(ui, tr!("Detail"), &mut activity.detail, &all);
    optional_ui(ui, tr!("Web address"), &mut activity.web_address, &all);
}

/// A table without a time: the way to where types are set.
fn no_time_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &SourceTable) {
    let problem = Problem {
        severity: Severity::Warning,
        place: Place::Sources { table: Some(table.id.clone()) },
        message: tr!("{table} has no date or datetime column.", table = table.name),
        fix: tr!("Set its type on Sources.").to_owned(),
    };
    parts::problem_link_ui(ui, cx, &problem, &format!("{} {}", problem.message, problem.fix));
}

fn options(columns: &[SourceColumn], offered: impl Fn(&SourceColumn) -> bool) -> Vec<(String, String)> {
    let offered = columns.iter().filter(|column| offered(column));
    offered.map(|column| (column.name.clone(), format!("{} ({})", column.name, column.column_type.label()))).collect()
}

fn optional_ui(ui: &mut Ui, name: &str, value: &mut Option<String>, columns: &[(String, String)]) {
    let mut chosen = value.clone().unwrap_or_default();
    let mut options = vec![(String::new(), tr!("None").to_owned())];
    options.extend(columns.iter().cloned());
    let called = tr!("Activity {name}", name = name.to_lowercase());
    form::line_ui(ui, name, help::ACTIVITY_OPTIONAL, |ui, width| {
        form::choice_ui(ui, (&called, help::ACTIVITY_OPTIONAL), &mut chosen, width, &options)
    });
    *value = Some(chosen).filter(|chosen| !chosen.is_empty());
}

/// What leads to the customer, and how many rows it leads to one.
fn link_ui(ui: &mut Ui, cx: &PageCx<'_>, activity: &mut Activity) {
    let project = &*cx.draft;
    let columns =
        project.source_table(&activity.source_table).map_or(Vec::new(), |table| options(&table.columns, |_| true));
    form::line_ui(ui, tr!("Customer's id in"), help::ACTIVITY_LINK, |ui, width| {
        let named = (tr!("Activity link column"), help::ACTIVITY_LINK);
        form::choice_ui(ui, named, &mut activity.link.column, width, &columns)
    });
    let unified = project.unification.iter().filter_map(|table| project.source_table(&table.source_table));
    let tables: Vec<(String, String)> = unified
        .map(|table| {
            let key = table.primary_key.as_deref().unwrap_or(tr!("no primary key"));
            (table.id.clone(), format!("{} › {key}", table.name))
        })
        .collect();
    form::line_ui(ui, tr!("It is an id of"), help::ACTIVITY_LINK, |ui, width| {
        let named = (tr!("Activity link to"), help::ACTIVITY_LINK);
        form::choice_ui(ui, named, &mut activity.link.to_table, width, &tables)
    });
    let run = cx.live();
    let counts = run.as_ref().and_then(|run| run.report.activities.iter().find(|of| of.activity == activity.id));
    if let Some(counts) = counts {
        let (linked, all) = (text::count(counts.linked), text::count(counts.linked + counts.orphaned));
        let words = tr!("{linked} of {all} rows lead to a customer", linked, all);
        form::line_ui(ui, "", help::LINKED.topic(), |ui, _| {
            ui.label(layout::fresh_text(ui, words, live::is_fresh(cx)));
        });
    }
}
