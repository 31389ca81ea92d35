//! Unified data view: which columns make which customer field and how, what the ids are made of, and what makes a
//! customer known.

mod clusters;
mod field;
mod group;
mod keys;
mod known;
mod list;
mod policy;
mod provenance;

use crate::help;
use crate::ui::theme::GAP_SMALL;
use std::sync::Arc;

use eframe::egui::{Key, Ui};

use super::{live, parts};
use crate::engine::pipeline::Run;
use crate::project::edit::{self, groups};
use crate::project::{MergePolicy, UnifiedField, unify};
use crate::ui::context::{Memory, PageCx};
use crate::ui::theme;
use crate::ui::widgets::{entry, figure, form, layout, split};

/// An edit asked for by a widget, done after the page is drawn.
enum Action {
    Rename(String, String),
    Move(String, bool),
    MoveMember(String, usize, bool),
    Combine(Vec<String>),
    Separate(String),
    Exclude(String, bool),
    SetPolicy(String, MergePolicy),
    SetRankBy(String, String, String),
    Group(Vec<String>),
    GroupNames(Vec<String>),
    RenameGroup(String, String),
    Dissolve(String),
    TakeOutOfGroup(String, String),
    SetGroupPolicy(String, MergePolicy),
    SetGroupRankBy(String, String, String),
    MoveGroupTable(String, usize, bool),
    SetGroupTable(String, String, bool),
    SetCustomerIdField(String, bool),
}

const TABS: [&str; 4] = [msg!("Customer columns"), KNOWN, msg!("Keys"), msg!("Clusters")];
const KNOWN: &str = msg!("Known identifiers");
/// The tab shown, in the memory.
const TAB: &str = "unified view tab";

/// Shows the fields in the place of keys and clusters.
pub fn show_columns(memory: &mut Memory) {
    memory.typed.remove(TAB);
}

pub fn page_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    if cx.draft.unification.is_empty() {
        parts::first_step_ui(ui, cx, tr!("Columns of your tables become fields of the customer here."));
        return;
    }
    let fields = unify::unified_fields(cx.draft);
    let mut actions = Vec::new();
    let mut tab = cx.memory.typed.get(TAB).cloned().unwrap_or_default();
    layout::settings_ui(ui, split::SETTINGS, |ui| {
        kpis_ui(ui, cx, &fields);
        entry::tabs_ui(ui, &TABS, &mut tab);
        match tab.as_str() {
            "Keys" => keys::keys_ui(ui, cx, &fields, &mut actions),
            "Clusters" => clusters::clusters_ui(ui, cx),
            KNOWN => known_ui(ui, cx),
            _ => columns_ui(ui, cx, &fields, &mut actions),
        }
        entry::follow_focus_ui(ui, &mut cx.memory.focus_seen);
    });
    cx.memory.typed.insert(TAB.to_owned(), tab);
    layout::preview_ui(ui, tr!("Customers"), |ui| provenance::customers_ui(ui, cx));
    for action in actions {
        act(cx, action);
    }
}

/// What makes a customer known.
fn known_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let width = ui.available_width();
    theme::card(ui).show(ui, |ui| {
        ui.set_width(width - theme::CARD_EDGES);
        known::known_ui(ui, cx);
    });
}

/// The fields and what is selected of them, and those left out.
fn columns_ui(ui: &mut Ui, cx: &mut PageCx<'_>, fields: &[UnifiedField], actions: &mut Vec<Action>) {
    let width = ui.available_width();
    theme::card(ui).show(ui, |ui| {
        ui.set_width(width - theme::CARD_EDGES);
        list::fields_ui(ui, cx, fields, actions);
        let selected = cx.memory.field.clone();
        let group = cx.draft.field_groups.iter().find(|group| selected.as_ref() == Some(&group.id)).cloned();
        match group {
            Some(group) => group::group_ui(ui, cx, &group, fields, actions),
            None => field::field_ui(ui, cx, fields, actions),
        }
    });
    list::excluded_ui(ui, cx, fields, actions);
}

/// The figures of semantics 1.6, with their formulas.
fn kpis_ui(ui: &mut Ui, cx: &mut PageCx<'_>, fields: &[UnifiedField]) {
    let customers = live::unified(cx).map(|run| run.report.customers);
    let shown = || fields.iter().filter(|field| !field.excluded);
    let combined = shown().filter(|field| field.members.len() > 1).count() as u64;
    let single = shown().filter(|field| field.members.len() == 1).count() as u64;
    let excluded: u64 = fields.iter().filter(|field| field.excluded).map(|field| field.members.len() as u64).sum();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 18.0;
        if figure::figure_link_ui(ui, tr!("Customer records"), customers, help::CUSTOMERS) {
            cx.open_customers(None);
        }
        figure::figure_ui(ui, tr!("Combined columns"), Some(combined), help::COMBINED_COLUMNS);
        figure::figure_ui(ui, tr!("Individual columns"), Some(single), help::INDIVIDUAL_COLUMNS);
        figure::figure_ui(ui, tr!("Excluded columns"), Some(excluded), help::EXCLUDED_COLUMNS);
    });
    ui.add_space(GAP_SMALL);
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

/// A name that is edited: taken over when the field is left or Enter pressed; Escape gives it up. `id` is of what has
/// the name.
fn name_ui(ui: &mut Ui, cx: &mut PageCx<'_>, id: &str, (label, help): form::Named<'_>, now: &str) -> Option<String> {
    let key = format!("{label} {id}");
    let mut name = cx.memory.typed.get(&key).map_or(now, String::as_str).to_owned();
    let response = form::text_ui(ui, (label, help), &mut name, tr!("Name"), 150.0);
    if response.changed() {
        cx.memory.typed.insert(key.clone(), name.clone());
    }
    if response.has_focus() && !response.lost_focus() {
        return None;
    }
    cx.memory.typed.remove(&key)?;
    let name = name.trim().to_owned();
    let given_up = ui.input(|input| input.key_pressed(Key::Escape));
    (!given_up && !name.is_empty() && name != now).then_some(name)
}

/// What a field is called, by its id.
fn called(cx: &PageCx<'_>, id: &str) -> String {
    let fields = unify::unified_fields(cx.draft);
    fields.into_iter().find(|field| field.id == id).map_or_else(|| id.to_owned(), |field| field.name)
}

fn act(cx: &mut PageCx<'_>, action: Action) {
    match action {
        Action::Rename(id, name) => {
            edit::rename(cx.draft, &id, &name);
            cx.name_edit(tr!("Rename field to {name}", name));
        }
        Action::Move(id, up) => {
            edit::move_field(cx.draft, &id, up);
            cx.name_edit(tr!(
                "Move field {called} {up}",
                called = called(cx, &id),
                up = if up { tr!("up") } else { tr!("down") }
            ));
        }
        Action::MoveMember(id, member, up) => {
            edit::move_member(cx.draft, &id, member, up);
            cx.name_edit(tr!("Change importance in {called}", called = called(cx, &id)));
        }
        Action::Combine(ids) => {
            for id in &ids {
                cx.memory.open.remove(&list::ticked_key(id));
            }
            let names: Vec<String> = ids.iter().map(|id| called(cx, id)).collect();
            cx.memory.field = edit::combine(cx.draft, &ids);
            cx.name_edit(tr!("Combine {names}", names = names.join(", ")));
        }
        Action::Separate(id) => {
            let name = called(cx, &id);
            edit::separate(cx.draft, &id);
            cx.name_edit(tr!("Separate {name}", name));
        }
        Action::Exclude(id, excluded) => {
            let name = called(cx, &id);
            edit::set_excluded(cx.draft, &id, excluded);
            cx.name_edit(tr!(
                "{excluded} field {name}",
                excluded = if excluded { tr!("Exclude") } else { tr!("Include") },
                name
            ));
        }
        Action::SetPolicy(id, policy) => {
            let label = policy.label();
            groups::set_policy(cx.draft, &id, policy);
            cx.name_edit(tr!("Policy of {called}: {label}", called = called(cx, &id), label));
        }
        Action::SetRankBy(id, table, column) => {
            groups::set_rank_by(cx.draft, &id, &table, &column);
            cx.name_edit(tr!("Rank by {column}", column));
        }
        action => act_on_group(cx, action),
    }
}

fn act_on_group(cx: &mut PageCx<'_>, action: Action) {
    match action {
        Action::Group(ids) => {
            for id in &ids {
                cx.memory.open.remove(&list::ticked_key(id));
            }
            if let Some(group) = groups::make_group(cx.draft, &ids) {
                cx.memory.field = Some(group);
            }
            cx.name_edit(tr!("Group fields"));
        }
        Action::GroupNames(ids) => {
            if let Some(group) = groups::make_group(cx.draft, &ids) {
                groups::rename_group(cx.draft, &group, groups::FULL_NAME);
                cx.memory.field = Some(group);
            }
            cx.name_edit(tr!("Group the names"));
        }
        Action::RenameGroup(id, name) => {
            groups::rename_group(cx.draft, &id, &name);
            cx.name_edit(tr!("Rename group to {name}", name));
        }
        Action::Dissolve(id) => {
            groups::dissolve_group(cx.draft, &id);
            cx.name_edit(tr!("Dissolve group"));
        }
        Action::TakeOutOfGroup(id, field) => {
            groups::take_out_of_group(cx.draft, &id, &field);
            cx.name_edit(tr!("Take field out of the group"));
        }
        Action::SetGroupPolicy(id, policy) => {
            let label = policy.label();
            groups::set_group_policy(cx.draft, &id, policy);
            cx.name_edit(tr!("Policy {label}", label));
        }
        Action::SetGroupRankBy(id, table, column) => {
            groups::set_group_rank_by(cx.draft, &id, &table, &column);
            cx.name_edit(tr!("Rank by {column}", column));
        }
        Action::MoveGroupTable(id, place, up) => {
            groups::move_group_table(cx.draft, &id, place, up);
            cx.name_edit(tr!("Change rank of tables"));
        }
        Action::SetGroupTable(id, table, takes_part) => {
            groups::set_group_table(cx.draft, &id, &table, takes_part);
            cx.name_edit(if takes_part { tr!("Table takes part") } else { tr!("Table takes no part") });
        }
        Action::SetCustomerIdField(id, chosen) => {
            groups::set_customer_id_field(cx.draft, &id, chosen);
            cx.name_edit(tr!("Choose fields of the CustomerId"));
        }
        _ => {}
    }
}
