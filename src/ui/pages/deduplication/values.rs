//! Advanced merge: columns whose value comes from another row than the record to keep (semantics 1.3).

use std::sync::Arc;

use eframe::egui::{self, Ui};

use super::keep;
use crate::help;
use crate::project::{RecordToKeep, SourceTable, ValueToKeep};
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::widgets::{entry, form};

const AS_RECORD: &str = "as_record";

pub fn values_ui(ui: &mut Ui, cx: &mut PageCx<'_>, id: &str) {
    let project = Arc::clone(&cx.workbench.project);
    let Some(source) = project.source_table(id) else { return };
    let own = cx.draft.unification_table(id).map_or(0, |table| table.values_to_keep.len());
    let words = match own {
        0 => tr!("Take some columns from other rows…").to_owned(),
        1 => tr!("Taken from other rows: 1 column").to_owned(),
        _ => tr!("Taken from other rows: {own} columns", own),
    };
    let header = egui::CollapsingHeader::new(words).id_salt(("values to keep", id));
    header.show_unindented(ui, |ui| {
        parts::hint_ui(ui, crate::text::of(help::VALUE_TO_KEEP.meaning));
        let columns: Vec<&str> = source.selected_columns().map(|column| column.name.as_str()).collect();
        let columns: Vec<&str> =
            columns.into_iter().filter(|name| source.primary_key.as_deref() != Some(name)).collect();
        parts::lines_ui(ui, columns.len(), |ui, place| column_ui(ui, cx, source, columns[place]));
    });
}

/// One column: as the record, or by an order of its own.
fn column_ui(ui: &mut Ui, cx: &mut PageCx<'_>, source: &SourceTable, column: &str) {
    let values = cx.draft.unification_table(&source.id).map_or(&[][..], |table| &table.values_to_keep);
    let before = values.iter().find(|value| value.column == column).map(|value| value.keep.clone());
    let mut policy = before.as_ref().map_or(AS_RECORD, keep::policy_id).to_owned();
    let name_width = (ui.available_width() * 0.3).clamp(80.0, 150.0);
    entry::cell_ui(ui, name_width, |ui| ui.add(egui::Label::new(column).truncate()));
    let mut options = vec![(AS_RECORD.to_owned(), tr!("As the record").to_owned())];
    options.extend(keep::POLICIES.map(|(id, label, _)| (id.to_owned(), crate::text::of(label).to_owned())));
    form::choice_ui(ui, (&tr!("Value to keep of {column}", column), help::VALUE_TO_KEEP), &mut policy, 112.0, &options);
    let mut field = before.as_ref().and_then(|keep| keep.field().map(str::to_owned));
    if policy == "most_recent" || policy == "least_recent" {
        let mut by = field.unwrap_or_else(|| keep::first_field(source));
        form::label_ui(ui, tr!("by"));
        let width = ui.available_width().clamp(80.0, 150.0);
        form::choice_ui(
            ui,
            (&tr!("Field of value to keep of {column}", column), help::RECENCY_FIELD),
            &mut by,
            width,
            &keep::ordered_columns(source),
        );
        field = Some(by);
    }
    let after = (policy != AS_RECORD).then(|| keep::made_of(&policy, field.unwrap_or_default()));
    if after != before {
        put(cx, source, column, after);
    }
}

fn put(cx: &mut PageCx<'_>, source: &SourceTable, column: &str, keep: Option<RecordToKeep>) {
    let Some(table) = cx.draft.unification_table_mut(&source.id) else { return };
    let place = table.values_to_keep.iter().position(|value| value.column == column);
    match (place, keep) {
        (Some(place), Some(keep)) => table.values_to_keep[place].keep = keep,
        (Some(place), None) => {
            table.values_to_keep.remove(place);
        }
        (None, Some(keep)) => table.values_to_keep.push(ValueToKeep { column: column.to_owned(), keep }),
        (None, None) => {}
    }
    cx.name_edit(tr!("Change value to keep of {column}", column));
}
