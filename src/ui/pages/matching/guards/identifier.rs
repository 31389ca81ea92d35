//! The guard of one identifier: its columns, its limit, its blocked values.

use crate::help;
use crate::ui::theme::icon;
use crate::ui::widgets::help::Helped as _;
use eframe::egui::{self, Ui};

use super::limit_ui;
use crate::engine::identity::blocked;
use crate::project::{BlockedValue, FieldMember, Project, guard};
use crate::ui::context::PageCx;
use crate::ui::pages::rules::order::{self, Move, Slot};
use crate::ui::widgets::more::{self, Item};
use crate::ui::widgets::picker::{self, Entry};
use crate::ui::widgets::{entry, form};

pub enum Action {
    Move(Move),
    Delete,
}

pub fn identifier_ui(ui: &mut Ui, cx: &mut PageCx<'_>, place: usize, count: usize) -> Option<Action> {
    let mut action = None;
    let called = tr!("identifier {place}", place = place + 1);
    let slot = Slot { list: "identifiers", place, count };
    let header = ui.horizontal(|ui| {
        let help = tr!("Where links compete, those by a rule that compares an earlier identifier come first. \
                    Drag, or press Alt+Up or Alt+Down");
        action = order::handle_ui(ui, slot, &tr!("Priority of {called}", called), help).map(Action::Move);
        let width = (ui.available_width() - more::ROOM).clamp(80.0, 220.0);
        let name = &mut cx.draft.guards.identifiers[place].name;
        if form::text_ui(ui, (&tr!("Name of {called}", called), help::GUARDED_IDENTIFIER), name, tr!("Phone"), width)
            .changed()
        {
            let label = tr!("Rename guarded identifier to {name}", name);
            cx.name_edit(label);
        }
        let mut items = order::menu_items(slot, &called, Action::Move);
        let delete = icon::before(icon::DELETE, tr!("Delete"));
        items.push(Item::new(delete, tr!("Delete {called}", called), Action::Delete));
        if let Some(asked) = more::more_ui(ui, &tr!("More of {called}", called), items) {
            action = Some(asked);
        }
    });
    members_ui(ui, cx, place, &called);
    let limit = &mut cx.draft.guards.identifiers[place].max_values;
    let name = tr!("values of {called} in a profile", called);
    if limit_ui(ui, (tr!("values in a profile"), &name), help::MAX_VALUES, limit, 3) {
        cx.name_edit(tr!("Change the most values of an identifier"));
    }
    blocked_ui(ui, cx, place, &called);
    order::drop_ui(ui, &header.response, slot).map(Action::Move).or(action)
}

/// The columns that hold it.
fn members_ui(ui: &mut Ui, cx: &mut PageCx<'_>, place: usize, called: &str) {
    let members = cx.draft.guards.identifiers[place].members.clone();
    let mut removed = None;
    let mut added = String::new();
    ui.horizontal_wrapped(|ui| {
        form::label_ui(ui, tr!("Columns")).help(help::GUARDED_COLUMN);
        for (number, member) in members.iter().enumerate() {
            let name = member_name(cx.draft, member);
            if entry::named_button(
                ui,
                &icon::after(&name, icon::REMOVE),
                &tr!("Remove {name} from {called}", name, called),
            )
            .clicked()
            {
                removed = Some(number);
            }
        }
        let options = columns(cx.draft, &members);
        let name = tr!("Add column to {called}", called);
        picker::one_of_ui(ui, (&name, help::GUARDED_COLUMN), tr!("Add column…"), &mut added, 136.0, || {
            options.iter().map(|(id, label)| (id.clone(), Entry::new(label))).collect()
        });
    });
    let guard = &mut cx.draft.guards.identifiers[place];
    if let Some(removed) = removed {
        guard.members.remove(removed);
        cx.name_edit(tr!("Remove column from guarded identifier"));
    } else if let Some((table, column)) = added.split_once('\n') {
        // A guard that was not named yet is called as its first column.
        if guard.members.is_empty() && guard.name.starts_with("Identifier") {
            column.clone_into(&mut guard.name);
        }
        guard.members.push(FieldMember { source_table: table.to_owned(), column: column.to_owned() });
        cx.name_edit(tr!("Add column to guarded identifier"));
    }
}

fn member_name(project: &Project, member: &FieldMember) -> String {
    format!("{}.{}", project.table_name(&member.source_table), member.column)
}

/// The columns that could be added, ids and contact data first: `(table and column, name)`.
fn columns(project: &Project, members: &[FieldMember]) -> Vec<(String, String)> {
    let mut columns = Vec::new();
    for source in project.unification.iter().filter_map(|table| project.source_table(&table.source_table)) {
        for column in source.selected_columns() {
            let member = FieldMember { source_table: source.id.clone(), column: column.name.clone() };
            if !members.contains(&member) {
                let is_id = column.semantic_type.as_deref().is_some_and(|kind| kind.starts_with("Identity."));
                columns.push((!is_id, format!("{}\n{}", source.id, column.name), member_name(project, &member)));
            }
        }
    }
    columns.sort_by_key(|(later, ..)| *later);
    columns.into_iter().map(|(_, id, name)| (id, name)).collect()
}

/// Values that stop being an identifier.
fn blocked_ui(ui: &mut Ui, cx: &mut PageCx<'_>, place: usize, called: &str) {
    let list = cx.draft.guards.identifiers[place].blocked.clone();
    let mut removed = None;
    let mut usual = false;
    ui.horizontal_wrapped(|ui| {
        form::label_ui(ui, tr!("Blocked values")).help(help::BLOCKED_VALUE);
        for (number, value) in list.iter().enumerate() {
            let words = match value {
                BlockedValue::Value(value) => value.clone(),
                BlockedValue::Pattern(pattern) => tr!("pattern {pattern}", pattern),
            };
            if entry::named_button(
                ui,
                &icon::after(&words, icon::REMOVE),
                &tr!("Unblock {words} of {called}", words, called),
            )
            .clicked()
            {
                removed = Some(number);
            }
        }
        if guard::usual_blocked_values().iter().any(|value| !list.contains(value)) {
            let add =
                entry::named_button(ui, tr!("Add the usual ones"), &tr!("Add the usual ones to {called}", called));
            usual = add.on_hover_text(tr!("-1, null, anonymous, unknown, and only zeros or dashes")).clicked();
        }
    });
    let added = new_value_ui(ui, cx, called);
    let blocked = &mut cx.draft.guards.identifiers[place].blocked;
    if let Some(removed) = removed {
        blocked.remove(removed);
        cx.name_edit(tr!("Unblock value"));
    } else if usual {
        blocked.extend(guard::usual_blocked_values().into_iter().filter(|value| !list.contains(value)));
        cx.name_edit(tr!("Block the usual values"));
    } else if let Some(value) = added.filter(|value| !list.contains(value)) {
        blocked.push(value);
        cx.name_edit(tr!("Block value"));
    }
}

fn new_value_ui(ui: &mut Ui, cx: &mut PageCx<'_>, called: &str) -> Option<BlockedValue> {
    let key = format!("blocked of {called}");
    let pattern_key = format!("pattern of {called}");
    let mut typed = cx.memory.typed.get(&key).cloned().unwrap_or_default();
    let mut is_pattern = cx.memory.open.get(&pattern_key).copied().unwrap_or(false);
    let mut added = None;
    ui.horizontal(|ui| {
        form::text_ui(
            ui,
            (&tr!("New blocked value of {called}", called), help::BLOCKED_VALUE),
            &mut typed,
            "000-0000",
            130.0,
        );
        entry::check_ui(
            ui,
            (&tr!("Pattern in {called}", called), help::BLOCKED_PATTERN),
            &mut is_pattern,
            tr!("pattern"),
            true,
        );
        let problem = match blocked::compile(typed.trim()) {
            _ if typed.trim().is_empty() => Err(tr!("Type the value first.").to_owned()),
            Err(error) if is_pattern => Err(tr!("The pattern is not whole: {error}.", error)),
            _ => Ok(()),
        };
        if form::button_or_reason(ui, tr!("Block"), problem.clone()).clicked() {
            let value = typed.trim().to_owned();
            added = Some(if is_pattern { BlockedValue::Pattern(value) } else { BlockedValue::Value(value) });
        }
        if let (Err(problem), false) = (problem, typed.trim().is_empty()) {
            let color = crate::ui::theme::palette(ui).error;
            ui.add(egui::Label::new(egui::RichText::new(problem).color(color)).truncate());
        }
    });
    if added.is_some() {
        typed.clear();
    }
    cx.memory.typed.insert(key, typed);
    cx.memory.open.insert(pattern_key, is_pattern);
    added
}
