//! The values of a condition: one, two, or a list, typed or picked.

use crate::help;
use crate::ui::theme::icon;
use std::collections::BTreeSet;

use eframe::egui::{Key, Ui};

use super::condition::Spot;
use crate::engine::column::Column;
use crate::engine::customer::customers::{KNOWN, UNKNOWN};
use crate::engine::pipeline::Run;
use crate::project::{ColumnType, Operator, SegmentCondition, Subject};
use crate::ui::context::PageCx;
use crate::ui::widgets::picker::{self, Entry};
use crate::ui::widgets::{entry, form};

/// Columns with so many distinct values or more have no pick list.
const TOO_MANY: usize = 200;
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Width of the list of values that occur.
const PICK: f32 = 78.0;

/// `width` is for a field and its list of values; a list of chosen values takes the whole line.
pub fn values_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    spot: Spot,
    condition: &mut SegmentCondition,
    column_type: Option<ColumnType>,
    width: f32,
) {
    let offered = offered(cx, condition);
    let hint = hint(condition.operator, column_type);
    match condition.operator.value_count() {
        None => list_ui(ui, cx, spot, condition, &offered),
        Some(2) => {
            if let [from, to] = &mut condition.values[..] {
                let width = (width - 48.0) / 2.0;
                form::text_ui(ui, (&spot.name(tr!("First value")), help::VALUE), from, hint, width);
                form::label_ui(ui, tr!("and"));
                form::text_ui(ui, (&spot.name(tr!("Second value")), help::VALUE), to, hint, width);
            }
        }
        _ => {
            let Some(value) = condition.values.first_mut() else { return };
            let room = if offered.is_empty() { 0.0 } else { PICK + ui.spacing().item_spacing.x };
            form::text_ui(ui, (&spot.name(tr!("Value")), help::VALUE), value, hint, width - room);
            if let Some(picked) = pick_ui(ui, spot, &offered, std::slice::from_ref(value)) {
                *value = picked;
            }
        }
    }
}

fn hint(operator: Operator, column_type: Option<ColumnType>) -> &'static str {
    match (operator, column_type) {
        (Operator::DayOfWeek, _) => "Monday",
        (Operator::MonthOf, _) => "July",
        (Operator::YearOf, _) => "2022",
        (_, Some(ColumnType::Date | ColumnType::Datetime)) => "2022-07-23",
        (_, Some(ColumnType::Integer | ColumnType::Number)) => tr!("Number"),
        _ => tr!("Value"),
    }
}

/// A drop-down of the values that occur; `None` where nothing was picked.
fn pick_ui(ui: &mut Ui, spot: Spot, offered: &[String], chosen: &[String]) -> Option<String> {
    if offered.is_empty() {
        return None;
    }
    let entries = || offered.iter().map(|value| Entry::new(value).chosen(chosen.contains(value))).collect();
    let picked = picker::picker_ui(ui, (&spot.name(tr!("Pick value")), help::PICK_VALUE), tr!("Values"), PICK, entries);
    picked.entry.and_then(|place| offered.get(place).cloned())
}

/// Any of: a chip for each value, a field and a pick list to add more.
fn list_ui(ui: &mut Ui, cx: &mut PageCx<'_>, spot: Spot, condition: &mut SegmentCondition, offered: &[String]) {
    let mut removed = None;
    for (place, value) in condition.values.iter().enumerate() {
        let name = spot.name(&tr!("Remove value {value}", value));
        if entry::named_button(ui, &icon::after(value, icon::REMOVE), &name)
            .on_hover_text(tr!("Remove this value"))
            .clicked()
        {
            removed = Some(place);
        }
    }
    if let Some(place) = removed {
        condition.values.remove(place);
    }
    let key = spot.name(tr!("New value"));
    let mut typed = cx.memory.typed.get(&key).cloned().unwrap_or_default();
    let response = form::text_ui(ui, (&key, help::VALUE), &mut typed, tr!("Value, then Enter"), 120.0);
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let clicked = entry::named_button(ui, tr!("Add"), &spot.name(tr!("Add value"))).clicked();
    let typed_in = ((clicked || entered) && !typed.is_empty()).then(|| std::mem::take(&mut typed));
    if entered {
        response.request_focus();
    }
    cx.memory.typed.insert(key, typed);
    let picked = pick_ui(ui, spot, offered, &condition.values);
    for added in typed_in.into_iter().chain(picked) {
        match condition.values.iter().position(|value| *value == added) {
            Some(place) => drop(condition.values.remove(place)),
            None => condition.values.push(added),
        }
    }
}

/// The values to pick from: the profile states, days, months, or what a text column holds.
fn offered(cx: &mut PageCx<'_>, condition: &SegmentCondition) -> Vec<String> {
    let fixed = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    match (&condition.subject, condition.operator) {
        (Subject::ProfileState, _) => fixed(&[KNOWN, UNKNOWN]),
        (_, Operator::DayOfWeek) => fixed(&DAYS),
        (_, Operator::MonthOf) => fixed(&MONTHS),
        (_, Operator::EqualTo | Operator::AnyOf) => distinct(cx, &condition.subject),
        _ => Vec::new(),
    }
}

/// The distinct values of a subject's text column, sorted; none where they are too many. Made once a run.
fn distinct(cx: &mut PageCx<'_>, subject: &Subject) -> Vec<String> {
    let Some(run) = cx.live() else { return Vec::new() };
    let (name, subject) = (format!("values of {subject:?}"), subject.clone());
    let rows: u64 = run.sources.iter().map(|source| source.rows_read).sum();
    let found = cx.workbench.find(&name, &run, rows as usize, move |run| {
        let values = subject_column(run, &subject).map(distinct_texts).unwrap_or_default();
        values.into_iter().map(str::to_owned).collect::<Vec<String>>()
    });
    found.value.map(|values| values.to_vec()).unwrap_or_default()
}

fn subject_column<'a>(run: &'a Run, subject: &Subject) -> Option<&'a Column> {
    match subject {
        Subject::ProfileState => None,
        Subject::Field { field } => run.customers.as_ref()?.field(field),
        Subject::Activity { activity, column } => {
            let activity = run.project.activity(activity)?;
            run.source(&activity.source_table)?.table.column(column)
        }
        Subject::WhileUnknown { .. } => None,
    }
}

fn distinct_texts(column: &Column) -> BTreeSet<&str> {
    let Column::Text(text) = column else { return BTreeSet::new() };
    let mut seen = vec![false; text.dictionary.len()];
    let mut values = BTreeSet::new();
    for &code in text.codes.iter().filter(|&&code| code != 0) {
        if !std::mem::replace(&mut seen[code as usize], true) {
            values.insert(text.dictionary.get(code));
            if values.len() >= TOO_MANY {
                return BTreeSet::new();
            }
        }
    }
    values
}
