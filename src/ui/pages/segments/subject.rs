//! What a condition may look at: the profile state, customer fields, columns of activities.

use eframe::egui::{RichText, Ui};

use super::Reading;
use crate::engine::customer::customers::PROFILE_STATE;
use crate::engine::insight::activities::WHILE_UNKNOWN;
use crate::help;
use crate::project::validate::subject_type;
use crate::project::{Operator, SegmentCondition, Subject, unify};
use crate::ui::theme::{GAP_SMALL, palette};
use crate::ui::widgets::form;
use crate::ui::widgets::help::Helped as _;

/// A subject in words: `Email`, `Web activity › EventName`.
pub fn subject_text(reading: &Reading<'_>, subject: &Subject) -> String {
    match subject {
        Subject::ProfileState => PROFILE_STATE.to_owned(),
        Subject::Field { field } => {
            let known = unify::field_named(reading.fields, field);
            known.map_or_else(|| format!("{field} (gone)"), |field| field.name.clone())
        }
        Subject::Activity { activity, column } => {
            let name = reading.project.activity(activity).map_or(activity.as_str(), |activity| activity.name.as_str());
            format!("{name} › {column}")
        }
        Subject::WhileUnknown { activity } => {
            let name = reading.project.activity(activity).map_or(activity.as_str(), |activity| activity.name.as_str());
            format!("{name} › {WHILE_UNKNOWN}")
        }
    }
}

/// A drop-down of all subjects in groups; a new one keeps the operator and values that still fit.
pub fn subject_ui(ui: &mut Ui, reading: &Reading<'_>, name: &str, condition: &mut SegmentCondition) {
    let shown = subject_text(reading, &condition.subject);
    let mut chosen = condition.subject.clone();
    let response = form::picker_ui(ui, (name, help::SUBJECT), &shown, 190.0, |ui| {
        ui.set_min_width(220.0);
        ui.selectable_value(&mut chosen, Subject::ProfileState, PROFILE_STATE);
        group_ui(ui, "Customer fields");
        for field in reading.fields.iter().filter(|field| !field.excluded) {
            let subject = Subject::Field { field: field.id.clone() };
            ui.selectable_value(&mut chosen, subject, &field.name);
        }
        for activity in &reading.project.activities {
            group_ui(ui, &activity.name);
            let table = reading.project.source_table(&activity.source_table);
            for column in table.iter().flat_map(|table| &table.columns) {
                let subject = Subject::Activity { activity: activity.id.clone(), column: column.name.clone() };
                ui.selectable_value(&mut chosen, subject, &column.name);
            }
            let subject = Subject::WhileUnknown { activity: activity.id.clone() };
            ui.selectable_value(&mut chosen, subject, WHILE_UNKNOWN).help(help::WHILE_UNKNOWN);
        }
    });
    response.on_hover_text(shown);
    if chosen != condition.subject {
        let before = subject_type(reading.project, reading.fields, &condition.subject);
        condition.subject = chosen;
        let now = subject_type(reading.project, reading.fields, &condition.subject);
        if let Some(column_type) = now.filter(|_| before != now) {
            let operators = Operator::of_type(column_type);
            if !operators.contains(&condition.operator) {
                set_operator(condition, operators[0]);
            }
        }
        condition.values.iter_mut().for_each(String::clear);
    }
}

fn group_ui(ui: &mut Ui, name: &str) {
    let color = palette(ui).text_weak;
    ui.add_space(GAP_SMALL);
    ui.label(RichText::new(name).small().color(color));
}

/// Another operator, with as many values as it takes.
pub fn set_operator(condition: &mut SegmentCondition, operator: Operator) {
    condition.operator = operator;
    match operator.value_count() {
        Some(count) => condition.values.resize(count, String::new()),
        None => condition.values.retain(|value| !value.is_empty()),
    }
}
