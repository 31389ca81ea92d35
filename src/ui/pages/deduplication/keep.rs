//! Which row of a group of duplicates speaks for it.

use eframe::egui::Ui;

use crate::help;
use crate::project::{RecordToKeep, SourceTable};
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::widgets::form;
use crate::ui::widgets::help::Helped as _;

pub const POLICIES: [(&str, &str, &str); 3] = [
    (
        "most_filled",
        msg!("Most filled"),
        msg!("The row with the most non-blank columns, of the columns used on Customer data."),
    ),
    (
        "most_recent",
        msg!("Most recent"),
        msg!("The row with the latest or largest value of a date or number; a blank one loses."),
    ),
    (
        "least_recent",
        msg!("Least recent"),
        msg!("The row with the earliest or smallest value of a date or number; a blank one loses."),
    ),
];

pub fn keep_ui(ui: &mut Ui, cx: &mut PageCx<'_>, id: &str) {
    let Some(source) = cx.draft.source_table(id).cloned() else { return };
    let Some(before) = cx.draft.unification_table(id).map(|table| table.record_to_keep.clone()) else { return };
    let after = choice_ui(ui, &source, &before);
    let (_, _, help) = POLICIES.into_iter().find(|(id, ..)| *id == policy_id(&after)).unwrap_or(POLICIES[0]);
    parts::hint_ui(ui, crate::text::of(help));
    let rules = cx.draft.unification_table(id).map_or(0, |table| table.deduplication_rules.len());
    if rules == 0 {
        parts::hint_ui(ui, tr!("Used with rules only: without one the first row of the file is kept."));
    }
    if after != before
        && let Some(table) = cx.draft.unification_table_mut(id)
    {
        table.record_to_keep = after;
        cx.name_edit(tr!("Change record to keep of {source}", source = source.name));
    }
}

pub fn policy_id(of: &RecordToKeep) -> &'static str {
    match of {
        RecordToKeep::MostFilled => "most_filled",
        RecordToKeep::MostRecent { .. } => "most_recent",
        RecordToKeep::LeastRecent { .. } => "least_recent",
    }
}

fn choice_ui(ui: &mut Ui, source: &SourceTable, before: &RecordToKeep) -> RecordToKeep {
    let ordered = ordered_columns(source);
    let mut policy = policy_id(before).to_owned();
    let mut field = before.field().map(str::to_owned).unwrap_or_else(|| first_field(source));
    ui.horizontal_wrapped(|ui| {
        form::label_ui(ui, tr!("Record to keep")).help(help::RECORD_TO_KEEP);
        let policies: Vec<(String, String)> =
            POLICIES.iter().map(|(id, label, _)| ((*id).to_owned(), crate::text::of(label).to_owned())).collect();
        let width = 120.0;
        let name = tr!("Record to keep of {source}", source = source.name);
        form::choice_ui(ui, (&name, help::RECORD_TO_KEEP), &mut policy, width, &policies);
        if policy != "most_filled" {
            form::label_ui(ui, tr!("by"));
            form::choice_ui(ui, (tr!("Field of record to keep"), help::RECENCY_FIELD), &mut field, 180.0, &ordered);
        }
    });
    if policy != "most_filled" && ordered.is_empty() {
        form::warning_ui(ui, tr!("{source} has no column that is a date or a number.", source = source.name));
    }
    made_of(&policy, field)
}

/// A policy by its id.
pub fn made_of(policy: &str, field: String) -> RecordToKeep {
    match policy {
        "most_recent" => RecordToKeep::MostRecent { field },
        "least_recent" => RecordToKeep::LeastRecent { field },
        _ => RecordToKeep::MostFilled,
    }
}

/// The columns that recency may go by: `(name, label)`.
pub fn ordered_columns(source: &SourceTable) -> Vec<(String, String)> {
    let ordered = source.columns.iter().filter(|column| column.column_type.is_ordered());
    ordered.map(|column| (column.name.clone(), format!("{} ({})", column.name, column.column_type.label()))).collect()
}

/// What recency goes by at first: a time where there is one, else a number.
pub fn first_field(source: &SourceTable) -> String {
    let ordered = ordered_columns(source);
    let first = ordered.iter().max_by_key(|(name, _)| is_time(source, name));
    first.map(|(name, _)| name.clone()).unwrap_or_default()
}

fn is_time(source: &SourceTable, column: &str) -> bool {
    use crate::project::ColumnType::{Date, Datetime};
    source.column(column).is_some_and(|column| matches!(column.column_type, Date | Datetime))
}
