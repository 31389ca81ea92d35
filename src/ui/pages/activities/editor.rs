//! The selected activity: its table, its columns, and the key that leads to a customer.

use eframe::egui::{self, Ui};

use crate::project::activity::ACTIVITY_TYPES;
use crate::project::{Activity, ColumnType, Project, SourceColumn, edit};
use crate::ui::context::PageCx;
use crate::ui::pages::deletion;
use crate::ui::pages::parts;
use crate::ui::widgets::form;
use crate::ui::widgets::picker::{self, Entry};

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
        let help = "Off: the rows stay usable by segments, and are in no customer's timeline";
        ui.checkbox(&mut activity.show_in_timeline, "Show in timeline").on_hover_text(help);
        ui.end_row();
    });
    if activity != before {
        cx.name_edit(parts::edit_label("activity", &before.name, &activity.name));
        cx.draft.activities[place] = activity;
    }
    let users = edit::users_of_activity(cx.draft, &before.id);
    if deletion::delete_ui(ui, cx, "activity", &before.id, &before.name, &users) {
        super::delete(cx, &before.id, &before.name);
    }
}

fn name_ui(ui: &mut Ui, activity: &mut Activity) {
    form::label_ui(ui, "Name");
    form::text_ui(ui, "Activity name", &mut activity.name, "Activity name", WIDE);
    ui.end_row();
}

fn type_ui(ui: &mut Ui, activity: &mut Activity) {
    form::label_ui(ui, "Type").on_hover_text("Groups activities in timelines; any text will do");
    ui.horizontal(|ui| {
        form::text_ui(ui, "Activity type", &mut activity.activity_type, "Activity type", WIDE - 92.0);
        picker::one_of_ui(ui, "Suggested types", "Types", &mut activity.activity_type, 76.0, || {
            ACTIVITY_TYPES.iter().map(|&suggestion| (suggestion.to_owned(), Entry::new(suggestion))).collect()
        });
    });
    ui.end_row();
}

fn table_ui(ui: &mut Ui, project: &Project, activity: &mut Activity) {
    form::label_ui(ui, "Source table").on_hover_text("One row an event; it may be a unified table too");
    let tables: Vec<(String, String)> =
        project.source_tables.iter().map(|table| (table.id.clone(), table.name.clone())).collect();
    if form::choice_ui(ui, "Activity source table", &mut activity.source_table, WIDE, &tables) {
        edit::guess_columns(project, activity);
    }
    ui.end_row();
}

fn columns_ui(ui: &mut Ui, project: &Project, activity: &mut Activity) {
    let Some(table) = project.source_table(&activity.source_table) else {
        form::label_ui(ui, "");
        form::error_ui(ui, "The table is gone; choose another one.");
        ui.end_row();
        return;
    };
    let all = options(&table.columns, |_| true);
    let is_time = |column: &SourceColumn| matches!(column.column_type, ColumnType::Date | ColumnType::Datetime);
    let times = options(&table.columns, is_time);
    form::label_ui(ui, "Primary key").on_hover_text("The column that identifies an event");
    form::choice_ui(ui, "Activity primary key", &mut activity.primary_key, WIDE, &all);
    ui.end_row();
    form::label_ui(ui, "Timestamp").on_hover_text("When it happened: a date or datetime column");
    if times.is_empty() {
        ui.vertical(|ui| {
            form::warning_ui(ui, format!("{} has no date or datetime column; set its type on Sources.", table.name));
        });
    } else {
        form::choice_ui(ui, "Activity timestamp", &mut activity.timestamp, WIDE, &times);
    }
    ui.end_row();
    form::label_ui(ui, "Event").on_hover_text("What happened, such as Product view");
    form::choice_ui(ui, "Activity event", &mut activity.event, WIDE, &all);
    ui.end_row();
    optional_ui(ui, "Detail", "More about the event", &mut activity.detail, &all);
    optional_ui(ui, "Web address", "Where it happened", &mut activity.web_address, &all);
}

fn options(columns: &[SourceColumn], offered: impl Fn(&SourceColumn) -> bool) -> Vec<(String, String)> {
    let offered = columns.iter().filter(|column| offered(column));
    offered.map(|column| (column.name.clone(), format!("{} ({})", column.name, column.column_type.label()))).collect()
}

fn optional_ui(ui: &mut Ui, name: &str, help: &str, value: &mut Option<String>, columns: &[(String, String)]) {
    form::label_ui(ui, name).on_hover_text(help);
    let mut chosen = value.clone().unwrap_or_default();
    let mut options = vec![(String::new(), "None".to_owned())];
    options.extend(columns.iter().cloned());
    form::choice_ui(ui, &format!("Activity {}", name.to_lowercase()), &mut chosen, WIDE, &options);
    *value = Some(chosen).filter(|chosen| !chosen.is_empty());
    ui.end_row();
}

fn link_ui(ui: &mut Ui, project: &Project, activity: &mut Activity) {
    let help = "A column that holds primary keys of a unified table, the winners' or the duplicates'";
    form::label_ui(ui, "Link column").on_hover_text(help);
    let columns =
        project.source_table(&activity.source_table).map_or(Vec::new(), |table| options(&table.columns, |_| true));
    form::choice_ui(ui, "Activity link column", &mut activity.link.column, WIDE, &columns);
    ui.end_row();
    form::label_ui(ui, "Holds keys of").on_hover_text(help);
    let unified = project.unification.iter().filter_map(|table| project.source_table(&table.source_table));
    let tables: Vec<(String, String)> = unified
        .map(|table| {
            let key = table.primary_key.as_deref().unwrap_or("no primary key");
            (table.id.clone(), format!("{} › {key}", table.name))
        })
        .collect();
    form::choice_ui(ui, "Activity link to", &mut activity.link.to_table, WIDE, &tables);
    ui.end_row();
}
