//! Customer data: which tables are unified, their primary keys, and the columns to use.

mod columns;
mod key;

use std::sync::Arc;

use eframe::egui::{self, RichText, Ui};

use super::{column_list, parts};
use crate::engine::check::Wanted;
use crate::engine::table::Table;
use crate::help;
use crate::project::validate::Place;
use crate::project::{SourceTable, edit};
use crate::ui::context::PageCx;
use crate::ui::theme::{self, GAP_SMALL, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::list::Row;
use crate::ui::widgets::{entry, form, grid, layout, text};

const TAB: &str = "customer data tab";
const ROWS: &str = msg!("Chosen columns");
const KEY: &str = msg!("Key check");
/// The table that was asked to be taken out, until that is confirmed.
const TAKING_OUT: &str = "taking out";
/// What is searched for among the columns.
const SEARCH: &str = "column search";

pub fn page_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let selected = parts::selected_table(cx, cx.draft.source_tables.iter().map(|table| table.id.as_str()));
    let Some(selected) = selected else {
        let sentence = tr!("Here you say which tables hold customers, and what identifies a row of each.");
        parts::first_step_ui(ui, cx, sentence);
        return;
    };
    parts::split_ui(
        ui,
        cx,
        |ui, cx| {
            let upper = |ui: &mut Ui, cx: &mut PageCx<'_>| {
                theme::card(ui).show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    list_ui(ui, cx, &selected);
                    taking_out_ui(ui, cx);
                });
            };
            parts::upper_and_lower_ui(ui, cx, upper, |ui, cx| {
                theme::card(ui).show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    settings_ui(ui, cx, &selected);
                });
            });
        },
        |ui, cx| preview_ui(ui, cx, &selected),
    );
}

fn list_ui(ui: &mut Ui, cx: &mut PageCx<'_>, selected: &str) {
    ui.horizontal(|ui| {
        form::label_ui(ui, tr!("Tables that hold customers")).help(help::UNIFY_TABLE);
        let unified = cx.draft.unification.len() as u64;
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let of = tr!("{n} table" | "{n} tables" % cx.draft.source_tables.len() as u64);
            form::label_ui(ui, &tr!("{unified} of {of}", unified = text::count(unified), of));
        });
    });
    let (tables, asked) = parts::tables_ui(ui, cx, selected, row_ui);
    if let Some(table) = asked.ticks.and_then(|place| tables.get(place)) {
        set_unified(cx, table, cx.draft.unification_table(&table.id).is_none());
    }
    // Of a selected table that is not unified the card below says so.
    let is_unified = cx.draft.unification_table(selected).is_some();
    if is_unified && cx.draft.unification.len() < cx.draft.source_tables.len() {
        parts::hint_ui(ui, tr!("The rows of other tables can be activities: what customers did."));
    }
}

fn row_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &SourceTable, row: &mut Row<'_>) {
    let order = cx.draft.unification.iter().position(|other| other.source_table == table.id);
    let mut unified = order.is_some();
    let name = tr!("Unify {table}", table = table.name);
    let check = row.tick_ui(ui, (&name, help::UNIFY_TABLE), &mut unified);
    if check.changed() {
        cx.memory.table = Some(table.id.clone());
        set_unified(cx, table, unified);
    }
    let palette = palette(ui);
    let mut job = layout::colored_line(ui, [(0.0, &table.name, palette.text)]);
    let mut words = tr!("not unified; still usable for activities").to_owned();
    if order.is_some() {
        let of_table = |place: &Place| matches!(place, Place::CustomerData { table: Some(id) } if *id == table.id);
        let (icon, color, problem) = parts::table_mark(ui, cx, &table.id, of_table);
        layout::append_colored(ui, &mut job, (8.0, icon, color));
        let key = table.primary_key.as_deref().map_or(tr!("no primary key").to_owned(), |key| tr!("key {key}", key));
        layout::append_colored(ui, &mut job, (8.0, &key, palette.text_weak));
        words = problem;
    }
    let used = text::count(table.selected_columns().count() as u64);
    let right = match order {
        Some(_) => tr!("{used} of {columns}", used, columns = columns(table.columns.len())),
        None => tr!("not unified").to_owned(),
    };
    let search = cx.memory.typed.get(SEARCH).map(String::as_str).unwrap_or_default();
    if !search.trim().is_empty() {
        let hits = column_list::matching(table, search).len();
        let words = tr!("{hits} found", hits = text::count(hits as u64));
        layout::append_colored(ui, &mut job, (12.0, &words, palette.accent));
    }
    let right = RichText::new(right).color(palette.text_weak);
    row.button_ui(ui, job, right).on_hover_text(tr!("{words}\nSpace: unify it, or not", words));
}

fn columns(count: usize) -> String {
    tr!("{n} column" | "{n} columns" % count)
}

fn set_unified(cx: &mut PageCx<'_>, table: &SourceTable, unified: bool) {
    cx.memory.typed.remove(TAKING_OUT);
    if unified {
        edit::unify_table(cx.draft, &table.id);
        let proposed = if table.primary_key.is_none() { key::proposal(cx, table) } else { None };
        match proposed {
            Some(key) => {
                cx.name_edit(tr!("Unify {table} by {key}", table = table.name, key));
                edit::set_primary_key(cx.draft, &table.id, Some(key));
            }
            None => cx.name_edit(tr!("Unify {table}", table = table.name)),
        }
    } else if edit::lost_without_table(cx.draft, &table.id).is_empty() {
        take_out(cx, table);
    } else {
        cx.memory.typed.insert(TAKING_OUT.to_owned(), table.id.clone());
    }
}

fn take_out(cx: &mut PageCx<'_>, table: &SourceTable) {
    edit::take_table_out(cx.draft, &table.id);
    cx.memory.typed.remove(TAKING_OUT);
    cx.name_edit(tr!("Take {table} out of the unification", table = table.name));
}

/// Says what goes with a table before it is taken out.
fn taking_out_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let Some(id) = cx.memory.typed.get(TAKING_OUT).cloned() else { return };
    let lost = edit::lost_without_table(cx.draft, &id);
    let Some(table) = cx.draft.source_table(&id).cloned().filter(|_| !lost.is_empty()) else {
        cx.memory.typed.remove(TAKING_OUT);
        return;
    };
    ui.separator();
    form::warning_ui(ui, tr!("Without {table} these go too:", table = table.name));
    for thing in lost {
        ui.add(egui::Label::new(format!("•  {thing}")).wrap());
    }
    ui.horizontal(|ui| {
        if form::primary_button(ui, &tr!("Take {table} out", table = table.name)).clicked() {
            take_out(cx, &table);
        }
        if ui.button(tr!("Keep {table}", table = table.name)).clicked() {
            cx.memory.typed.remove(TAKING_OUT);
        }
        parts::hint_ui(ui, tr!("Undo brings all of it back."));
    });
}

fn settings_ui(ui: &mut Ui, cx: &mut PageCx<'_>, id: &str) {
    let Some(table) = cx.draft.source_table(id).cloned() else { return };
    if cx.draft.unification_table(id).is_none() {
        parts::hint_ui(
            ui,
            tr!(
                "{table} is not unified: its rows are no customers of their own, but can be activities. \
                 Tick it above to choose its primary key and columns.",
                table = table.name
            ),
        );
        let is_used = cx.draft.activities.iter().any(|activity| activity.source_table == table.id);
        if !is_used && ui.link(tr!("Use {table} as an activity", table = table.name)).clicked() {
            key::as_activity(cx, &table, None);
        }
        return;
    }
    key::key_ui(ui, cx, &table);
    ui.add_space(GAP_SMALL);
    columns::columns_ui(ui, cx, &table);
}

fn preview_ui(ui: &mut Ui, cx: &mut PageCx<'_>, id: &str) {
    let Some(settings) = cx.draft.source_table(id).cloned() else { return };
    let run = cx.live();
    let Some(source) = run.as_ref().and_then(|run| run.source(id)) else {
        parts::no_preview_ui(ui, cx, tr!("Rows"), Wanted::Rows(id));
        return;
    };
    theme::card(ui).show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        let tab = cx.memory.typed.entry(TAB.to_owned()).or_default();
        entry::tabs_ui(ui, &[ROWS, KEY], tab);
        if tab == KEY {
            ui.add_space(GAP_SMALL);
            key::check_ui(ui, cx, &settings, &source.table);
        } else {
            rows_ui(ui, cx, &settings, &source.table);
        }
    });
}

fn rows_ui(ui: &mut Ui, cx: &mut PageCx<'_>, settings: &SourceTable, table: &Arc<Table>) {
    let mut shown: Vec<&str> = settings.selected_columns().map(|column| column.name.as_str()).collect();
    // The key first: it is what a row is called.
    shown.sort_by_key(|name| settings.primary_key.as_deref() != Some(name));
    if shown.is_empty() {
        form::empty_ui(ui, tr!("No column is chosen. Tick the columns that identify or describe a customer."), None);
        return;
    }
    let keys: Vec<&str> = settings.primary_key.as_deref().into_iter().collect();
    grid::keyed_ui(ui, cx, &tr!("chosen columns of {name}", name = settings.name), table, Some(&shown), &keys);
}
