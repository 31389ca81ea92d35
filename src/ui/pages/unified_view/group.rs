//! The selected group of fields: its name, fields, policy, and its tables by rank.

use eframe::egui::{RichText, Ui};

use super::policy::{policy_ui, rank_by_ui};
use super::{Action, name_ui};
use crate::help;
use crate::project::edit::groups;
use crate::project::{FieldGroup, MergePolicy, Project, UnifiedField};
use crate::ui::context::PageCx;
use crate::ui::theme::{GAP_LARGE, icon, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::{entry, form};

pub fn group_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    group: &FieldGroup,
    fields: &[UnifiedField],
    actions: &mut Vec<Action>,
) {
    ui.separator();
    let id = &group.id;
    ui.horizontal(|ui| {
        form::label_ui(ui, tr!("Name")).help(help::GROUP_NAME);
        if let Some(name) = name_ui(ui, cx, id, (tr!("Name of the group"), help::GROUP_NAME), &group.name) {
            actions.push(Action::RenameGroup(id.clone(), name));
        }
        form::label_ui(ui, tr!("shows on this page only"));
    });
    form::label_ui(ui, tr!("These fields take their values from one record, as a unit:"));
    ui.horizontal_wrapped(|ui| {
        for field in &group.fields {
            let known = fields.iter().find(|other| other.id == *field);
            let name = known.map_or(field.as_str(), |field| field.name.as_str());
            let button =
                entry::named_button(ui, &icon::after(name, icon::REMOVE), &tr!("Take {name} out of the group", name));
            if button.on_hover_text(tr!("Takes the field out of the group: it goes by its own policy again")).clicked()
            {
                actions.push(Action::TakeOutOfGroup(id.clone(), field.clone()));
            }
        }
    });
    let offered: Vec<MergePolicy> = MergePolicy::all().into_iter().filter(MergePolicy::suits_groups).collect();
    if let Some(policy) = policy_ui(ui, tr!("Policy of the group"), &group.merge, &offered, MergePolicy::group_help) {
        actions.push(Action::SetGroupPolicy(id.clone(), policy));
    }
    tables_ui(ui, cx, group, fields, actions);
    if let Some((table, column)) = rank_by_ui(ui, cx, &group.merge, &group.tables) {
        actions.push(Action::SetGroupRankBy(id.clone(), table, column));
    }
    ui.horizontal(|ui| {
        let help = tr!("The fields stay, each by its own policy");
        if ui.button(tr!("Dissolve group")).on_hover_text(help).clicked() {
            actions.push(Action::Dissolve(id.clone()));
        }
    });
}

/// The tables by rank; those that could take part and do not come last.
fn tables_ui(ui: &mut Ui, cx: &PageCx<'_>, group: &FieldGroup, fields: &[UnifiedField], actions: &mut Vec<Action>) {
    form::label_ui(ui, tr!("A record in which all of the fields are blank does not speak. Tables by rank:"));
    let last = group.tables.len().saturating_sub(1);
    for (place, table) in group.tables.iter().enumerate() {
        let name = cx.draft.table_name(table).to_owned();
        ui.horizontal(|ui| {
            if form::icon_button(ui, icon::UP, &tr!("Rank {name} higher", name), place > 0) {
                actions.push(Action::MoveGroupTable(group.id.clone(), place, true));
            }
            if form::icon_button(ui, icon::DOWN, &tr!("Rank {name} lower", name), place < last) {
                actions.push(Action::MoveGroupTable(group.id.clone(), place, false));
            }
            takes_part_ui(ui, group, table, &name, actions);
            let columns = columns_of(group, fields, table);
            ui.label(format!("{}. {name}", place + 1));
            ui.add(eframe::egui::Label::new(RichText::new(columns).color(palette(ui).text_weak)).truncate());
        });
    }
    for table in others(cx.draft, group, fields) {
        let name = cx.draft.table_name(&table).to_owned();
        ui.horizontal(|ui| {
            ui.add_space(form::ICON_ROOM * 2.0 - GAP_LARGE);
            takes_part_ui(ui, group, &table, &name, actions);
            ui.label(RichText::new(name).color(palette(ui).text_weak));
        });
    }
}

fn takes_part_ui(ui: &mut Ui, group: &FieldGroup, table: &str, name: &str, actions: &mut Vec<Action>) {
    let was = group.tables.iter().any(|other| other == table);
    let mut takes_part = was;
    // With two left, one more would make it no group.
    let enabled = !was || group.tables.len() > 2;
    let response =
        entry::check_ui(ui, (&tr!("{name} takes part", name), help::GROUP_TABLE), &mut takes_part, "", enabled);
    if response.on_disabled_hover_text(tr!("A group chooses among two or more tables")).changed() {
        actions.push(Action::SetGroupTable(group.id.clone(), table.to_owned(), takes_part));
    }
}

/// Tables that have columns of the group's fields and do not take part, in match order.
fn others(project: &Project, group: &FieldGroup, fields: &[UnifiedField]) -> Vec<String> {
    let of_group = fields.iter().filter(|field| group.fields.contains(&field.id));
    let with: Vec<String> = of_group.flat_map(groups::tables_of).collect();
    let order = project.unification.iter().map(|table| &table.source_table);
    order.filter(|table| with.contains(table) && !group.tables.contains(table)).cloned().collect()
}

/// The columns of a table that give the group's fields their values.
fn columns_of(group: &FieldGroup, fields: &[UnifiedField], table: &str) -> String {
    let members = fields.iter().filter(|field| group.fields.contains(&field.id)).flat_map(|field| &field.members);
    let columns: Vec<&str> =
        members.filter(|member| member.source_table == table).map(|member| member.column.as_str()).collect();
    columns.join(", ")
}
