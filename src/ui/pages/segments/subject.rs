//! What a condition may look at: the profile state, customer fields, columns of activities.

use eframe::egui::Ui;

use super::Reading;
use crate::engine::customer::customers::PROFILE_STATE;
use crate::engine::insight::activities::WHILE_UNKNOWN;
use crate::help;
use crate::project::validate::subject_type;
use crate::project::{Operator, SegmentCondition, SourceColumn, Subject, unify};
use crate::ui::widgets::picker::{self, Entry};

/// A subject in words: `Email`, `Web activity › EventName`.
pub fn subject_text(reading: &Reading<'_>, subject: &Subject) -> String {
    match subject {
        Subject::ProfileState => PROFILE_STATE.to_owned(),
        Subject::Field { field } => {
            let known = unify::field_named(reading.fields, field);
            known.map_or_else(|| tr!("{field} (gone)", field), |field| field.name.clone())
        }
        Subject::Activity { activity, column } => {
            let name = reading.project.activity(activity).map_or(activity.as_str(), |activity| activity.name.as_str());
            format!("{column} ({name})")
        }
        Subject::WhileUnknown { activity } => {
            let name = reading.project.activity(activity).map_or(activity.as_str(), |activity| activity.name.as_str());
            format!("{WHILE_UNKNOWN} ({name})")
        }
    }
}

/// A drop-down of all subjects in groups; a new one keeps the operator and values that still fit.
pub fn subject_ui(ui: &mut Ui, reading: &Reading<'_>, name: &str, condition: &mut SegmentCondition, width: f32) {
    let shown = subject_text(reading, &condition.subject);
    let mut chosen = condition.subject.clone();
    let response = picker::one_of_ui(ui, (name, help::SUBJECT), &shown, &mut chosen, width, || offered(reading));
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

/// All subjects: the state, then fields, then the columns of each activity.
fn offered(reading: &Reading<'_>) -> Vec<(Subject, Entry)> {
    let mut offered = vec![(Subject::ProfileState, Entry::new(PROFILE_STATE))];
    let mut group = |name: &str, subjects: Vec<(Subject, Entry)>| {
        let (subjects, entries): (Vec<Subject>, Vec<Entry>) = subjects.into_iter().unzip();
        offered.extend(subjects.into_iter().zip(picker::group(name, entries)));
    };
    let fields = reading.fields.iter().filter(|field| !field.excluded);
    let field = |field: &unify::UnifiedField| (Subject::Field { field: field.id.clone() }, Entry::new(&field.name));
    group(tr!("Customer fields"), fields.map(field).collect());
    for activity in &reading.project.activities {
        let table = reading.project.source_table(&activity.source_table);
        let column = |column: &SourceColumn| {
            let subject = Subject::Activity { activity: activity.id.clone(), column: column.name.clone() };
            (subject, Entry::new(&column.name))
        };
        let mut subjects: Vec<_> = table.iter().flat_map(|table| &table.columns).map(column).collect();
        let subject = Subject::WhileUnknown { activity: activity.id.clone() };
        subjects.push((subject, Entry::new(WHILE_UNKNOWN).help(crate::text::of(help::WHILE_UNKNOWN.meaning))));
        group(&activity.name, subjects);
    }
    offered
}

/// Another operator, with as many values as it takes.
pub fn set_operator(condition: &mut SegmentCondition, operator: Operator) {
    condition.operator = operator;
    match operator.value_count() {
        Some(count) => condition.values.resize(count, String::new()),
        None => condition.values.retain(|value| !value.is_empty()),
    }
}
