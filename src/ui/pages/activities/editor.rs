//! The selected activity: its table, its columns, and the key that leads to a customer.

use eframe::egui::{self, Ui};

use crate::help;
use crate::project::activity::ACTIVITY_TYPES;
use crate::project::{Activity, ColumnType, Project, SourceColumn, edit};
use crate::ui::context::PageCx;
use crate::ui::pages::deletion;
use crate::ui::pages::parts;
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::picker::{self, Entry};
use crate::ui::widgets::{entry, form};

const WIDE: f32 = 250.0;

pub fn editor_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let selected = |activity: &Activity| cx.memory.activity.as_deref() == Some(&activity.id);
    let Some(place) = cx.draft.activities.iter().position(selected) else { return };
    let mut activity = cx.draft.activities[place].clone();
    let before = activity.clone();
    egui::Grid::new("activity fields").num_columns(2).spacing([12.0, 6.0]).show(ui, |ui| {
        name_ui(ui, &mut activity);
        type_ui(ui, &mut activity);
        table_ui(ui, cx.draft, &mut activity);
        columns_ui(ui, cx.draft, &mut activity);
        link_ui(ui, cx.draft, &mut activity);
        ui.label("");
        let named = (tr!("Show in timeline"), help::SHOW_IN_TIMELINE);
        entry::check_ui(ui, named, &mut activity.show_in_timeline, tr!("Show in timeline"), true);
        ui.end_row();
    });
    if activity != before {
        cx.name_edit(parts::edit_label(tr!("activity"), &before.name, &activity.name));
        cx.draft.activities[place] = activity;
    }
    let users = edit::users_of_activity(cx.draft, &before.id);
    if deletion::delete_ui(ui, cx, tr!("activity"), &before.id, &before.name, &users) {
        super::delete(cx, &before.id, &before.name);
    }
}

fn name_ui(ui: &mut Ui, activity: &mut Activity) {
    form::label_ui(ui, tr!("Name")).help(help::ACTIVITY_NAME);
    form::text_ui(ui, (tr!("Activity name"), help::ACTIVITY_NAME), &mut activity.name, tr!("Activity name"), WIDE);
    ui.end_row();
}

fn type_ui(ui: &mut Ui, activity: &mut Activity) {
    form::label_ui(ui, tr!("Type")).help(help::ACTIVITY_TYPE);
    ui.horizontal(|ui| {
        form::text_ui(
            ui,
            (tr!("Activity type"), help::ACTIVITY_TYPE),
            &mut activity.activity_type,
            tr!("Activity type"),
            WIDE - 92.0,
        );
        picker::one_of_ui(
            ui,
            (tr!("Suggested types"), help::ACTIVITY_TYPE),
            tr!("Types"),
            &mut activity.activity_type,
            76.0,
            || ACTIVITY_TYPES.iter().map(|&suggestion| (suggestion.to_owned(), Entry::new(suggestion))).collect(),
        );
    });
    ui.end_row();
}

fn table_ui(ui: &mut Ui, project: &Project, activity: &mut Activity) {
    form::label_ui(ui, tr!("Source table")).help(help::ACTIVITY_TABLE);
    let tables: Vec<(String, String)> =
        project.source_tables.iter().map(|table| (table.id.clone(), table.name.clone())).collect();
    if form::choice_ui(
        ui,
        (tr!("Activity source table"), help::ACTIVITY_TABLE),
        &mut activity.source_table,
        WIDE,
        &tables,
    ) {
        edit::guess_columns(project, activity);
    }
    ui.end_row();
}

fn columns_ui(ui: &mut Ui, project: &Project, activity: &mut Activity) {
    let Some(table) = project.source_table(&activity.source_table) else {
        form::label_ui(ui, "");
        form::error_ui(ui, tr!("The table is gone; choose another one."));
        ui.end_row();
        return;
    };
    let all = options(&table.columns, |_| true);
    let is_time = |column: &SourceColumn| matches!(column.column_type, ColumnType::Date | ColumnType::Datetime);
    let times = options(&table.columns, is_time);
    form::label_ui(ui, tr!("Primary key")).help(help::ACTIVITY_KEY);
    form::choice_ui(ui, (tr!("Activity primary key"), help::ACTIVITY_KEY), &mut activity.primary_key, WIDE, &all);
    ui.end_row();
    form::label_ui(ui, tr!("Timestamp")).help(help::ACTIVITY_TIME);
    if times.is_empty() {
        ui.vertical(|ui| {
            form::warning_ui(
                ui,
                tr!("{table} has no date or datetime column; set its type on Sources.", table = table.name),
            );
        });
    } else {
        form::choice_ui(ui, (tr!("Activity timestamp"), help::ACTIVITY_TIME), &mut activity.timestamp, WIDE, &times);
    }
    ui.end_row();
    form::label_ui(ui, tr!("Event")).help(help::ACTIVITY_EVENT);
    form::choice_ui(ui, (tr!("Activity event"), help::ACTIVITY_EVENT), &mut activity.event, WIDE, &all);
    ui.end_row();
    optional_ui(ui, tr!("Detail"), &mut activity.detail, &all);
    optional_ui(ui, tr!("Web address"), &mut activity.web_address, &all);
}

fn options(columns: &[SourceColumn], offered: impl Fn(&SourceColumn) -> bool) -> Vec<(String, String)> {
    let offered = columns.iter().filter(|column| offered(column));
    offered.map(|column| (column.name.clone(), format!("{} ({})", column.name, column.column_type.label()))).collect()
}

fn optional_ui(ui: &mut Ui, name: &str, value: &mut Option<String>, columns: &[(String, String)]) {
    form::label_ui(ui, name).help(help::ACTIVITY_OPTIONAL);
    let mut chosen = value.clone().unwrap_or_default();
    let mut options = vec![(String::new(), tr!("None").to_owned())];
    options.extend(columns.iter().cloned());
    form::choice_ui(
        ui,
        (&tr!("Activity {name}", name = name.to_lowercase()), help::ACTIVITY_OPTIONAL),
        &mut chosen,
        WIDE,
        &options,
    );
    *value = Some(chosen).filter(|chosen| !chosen.is_empty());
    ui.end_row();
}

fn link_ui(ui: &mut Ui, project: &Project, activity: &mut Activity) {
    form::label_ui(ui, tr!("Link column")).help(help::ACTIVITY_LINK);
    let columns =
        project.source_table(&activity.source_table).map_or(Vec::new(), |table| options(&table.columns, |_| true));
    form::choice_ui(ui, (tr!("Activity link column"), help::ACTIVITY_LINK), &mut activity.link.column, WIDE, &columns);
    ui.end_row();
    form::label_ui(ui, tr!("Holds keys of")).help(help::ACTIVITY_LINK);
    let unified = project.unification.iter().filter_map(|table| project.source_table(&table.source_table));
    let tables: Vec<(String, String)> = unified
        .map(|table| {
            let key = table.primary_key.as_deref().unwrap_or(tr!("no primary key"));
            (table.id.clone(), format!("{} › {key}", table.name))
        })
        .collect();
    form::choice_ui(ui, (tr!("Activity link to"), help::ACTIVITY_LINK), &mut activity.link.to_table, WIDE, &tables);
    ui.end_row();
}
