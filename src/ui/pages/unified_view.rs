//! Unified data view: which columns make which customer field, and what makes a customer known.

mod clusters;
mod field;
mod known;
mod list;

use std::sync::Arc;

use eframe::egui::Ui;

use super::live;
use crate::engine::pipeline::Run;
use crate::engine::stage::Stage;
use crate::project::{UnifiedField, edit, unify};
use crate::ui::context::PageCx;
use crate::ui::theme;
use crate::ui::widgets::{figure, form, layout};
use crate::workbench::{Command, Page};

/// An edit asked for by a widget, done after the page is drawn.
enum Action {
    Rename(String, String),
    Move(String, bool),
    MoveMember(String, usize, bool),
    Combine(Vec<String>),
    Separate(String),
    Exclude(String, bool),
}

pub fn page_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    if cx.draft.unification.is_empty() {
        let sentence = "Columns of your tables become fields of the customer here. Choose first which tables hold \
                        customers.";
        if form::empty_ui(ui, sentence, Some("Go to Customer data")) {
            cx.send(Command::Go(Page::CustomerData));
        }
        return;
    }
    let fields = unify::unified_fields(cx.draft);
    let mut actions = Vec::new();
    layout::settings_ui(ui, "unified view settings", 0.54, |ui| {
        kpis_ui(ui, cx, &fields);
        let width = ui.available_width();
        theme::card(ui).show(ui, |ui| {
            ui.set_width(width - 22.0);
            list::fields_ui(ui, cx, &fields, &mut actions);
            field::field_ui(ui, cx, &fields, &mut actions);
        });
        list::excluded_ui(ui, cx, &fields, &mut actions);
        theme::card(ui).show(ui, |ui| {
            ui.set_width(width - 22.0);
            known::known_ui(ui, cx);
        });
        clusters::clusters_ui(ui, cx);
    });
    layout::preview_ui(ui, "Customers", |ui| preview_ui(ui, cx));
    for action in actions {
        act(cx, action);
    }
}

/// The figures of semantics 1.6, with their formulas.
fn kpis_ui(ui: &mut Ui, cx: &mut PageCx<'_>, fields: &[UnifiedField]) {
    let customers = live::unified(cx).map(|run| run.report.customers);
    let shown = || fields.iter().filter(|field| !field.excluded);
    let combined = shown().filter(|field| field.members.len() > 1).count() as u64;
    let single = shown().filter(|field| field.members.len() == 1).count() as u64;
    let excluded: u64 = fields.iter().filter(|field| field.excluded).map(|field| field.members.len() as u64).sum();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 26.0;
        let help = "Customers after matching, less those dropped by tables without Include all records";
        if figure::figure_link_ui(ui, "Customer records", customers, help) {
            cx.open_customers(None);
        }
        let help = "Unified fields made of two or more source columns";
        figure::figure_ui(ui, "Combined customer columns", Some(combined), help);
        let help = "Unified fields made of one source column";
        figure::figure_ui(ui, "Individual customer columns", Some(single), help);
        let help = "Source columns of the fields that are left out of the customer";
        figure::figure_ui(ui, "Excluded columns", Some(excluded), help);
    });
    ui.add_space(4.0);
}

fn preview_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let Some(run) = live::unified(cx) else {
        live::missing_ui(ui, cx, "Customers", Stage::Merge);
        return;
    };
    let Some(customers) = &run.customers else { return };
    live::customers_grid_ui(ui, cx, "Unified customers", &customers.table);
}

/// How many customers have nothing in each field, by the field's id.
fn blank_counts(run: &Run) -> Vec<(String, u64)> {
    let Some(customers) = &run.customers else { return Vec::new() };
    let blanks = |name: &str| {
        let column = customers.table.column(name);
        column.map_or(0, |column| (0..column.len()).filter(|&row| column.is_blank(row)).count() as u64)
    };
    customers.fields.iter().map(|(id, name)| (id.clone(), blanks(name))).collect()
}

/// Blank customers of one field, and all customers.
fn blanks_of(cx: &mut PageCx<'_>, run: Option<&Arc<Run>>, id: &str) -> Option<(u64, u64)> {
    let run = run?;
    let counts = cx.workbench.find("blanks of fields", run, run.report.customers as usize, blank_counts).value?;
    let (_, blank) = counts.iter().find(|(field, _)| field == id)?;
    Some((*blank, run.report.customers))
}

/// A field's members in words: `Loyalty › Email`.
fn member_text(cx: &PageCx<'_>, member: &crate::project::FieldMember) -> String {
    format!("{} › {}", cx.draft.table_name(&member.source_table), member.column)
}

fn act(cx: &mut PageCx<'_>, action: Action) {
    match action {
        Action::Rename(id, name) => {
            edit::rename(cx.draft, &id, &name);
            cx.name_edit(format!("Rename field to {name}"));
        }
        Action::Move(id, up) => {
            edit::move_field(cx.draft, &id, up);
            cx.name_edit("Move field");
        }
        Action::MoveMember(id, member, up) => {
            edit::move_member(cx.draft, &id, member, up);
            cx.name_edit("Change importance");
        }
        Action::Combine(ids) => {
            for id in &ids {
                cx.memory.open.remove(&list::ticked_key(id));
            }
            cx.memory.field = edit::combine(cx.draft, &ids);
            cx.name_edit("Combine fields");
        }
        Action::Separate(id) => {
            edit::separate(cx.draft, &id);
            cx.name_edit("Separate fields");
        }
        Action::Exclude(id, excluded) => {
            edit::set_excluded(cx.draft, &id, excluded);
            cx.name_edit(if excluded { "Exclude field" } else { "Include field" });
        }
    }
}
