//! The selected unified field: its name, its members by importance, and what can be done with it.

use eframe::egui::{RichText, Ui};

use super::policy::{policy_ui, rank_by_ui};
use super::{Action, blanks_of, member_text, name_ui};
use crate::engine::customer::index::Filter;
use crate::help;
use crate::project::edit::{self, groups};
use crate::project::source::semantic;
use crate::project::{MergePolicy, UnifiedField, unify};
use crate::ui::context::PageCx;
use crate::ui::pages::live;
use crate::ui::theme::{icon, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::{figure, form, text};

/// What waits for a yes because something uses the field: `exclude` or `separate`, and the field's id.
const ASKED: &str = "unified view asks";

pub fn field_ui(ui: &mut Ui, cx: &mut PageCx<'_>, fields: &[UnifiedField], actions: &mut Vec<Action>) {
    let chosen = fields.iter().find(|field| cx.memory.field.as_deref() == Some(&field.id) && !field.excluded);
    let Some(field) = chosen else {
        form::label_ui(ui, tr!("Select a field to name it, or to choose how it takes its value."));
        return;
    };
    ui.separator();
    ui.horizontal(|ui| {
        form::label_ui(ui, tr!("Name")).help(help::FIELD_NAME);
        if let Some(name) = name_ui(ui, cx, &field.id, (tr!("Name of the field"), help::FIELD_NAME), &field.name) {
            actions.push(Action::Rename(field.id.clone(), name));
        }
        let meaning = unify::semantic_type(cx.draft, field).map_or(tr!("no semantic type"), semantic::words);
        form::label_ui(ui, meaning).help_and(
            help::SEMANTIC_TYPE,
            tr!("Here it is that of the first column that has one; set it on Customer data."),
        );
    });
    taking_ui(ui, cx, field, actions);
    for (place, member) in field.members.iter().enumerate() {
        ui.horizontal(|ui| {
            if field.members.len() > 1 {
                let name = member_text(cx, member);
                let last = field.members.len() - 1;
                if form::icon_button(ui, icon::UP, &tr!("More important: {name}", name), place > 0) {
                    actions.push(Action::MoveMember(field.id.clone(), place, true));
                }
                if form::icon_button(ui, icon::DOWN, &tr!("Less important: {name}", name), place < last) {
                    actions.push(Action::MoveMember(field.id.clone(), place, false));
                }
            }
            ui.label(format!("{}. {}", place + 1, member_text(cx, member)));
        });
    }
    if groups::group_of(cx.draft, &field.id).is_none()
        && let Some((table, column)) = rank_by_ui(ui, cx, &field.merge, &groups::tables_of(field))
    {
        actions.push(Action::SetRankBy(field.id.clone(), table, column));
    }
    blanks_ui(ui, cx, field);
    buttons_ui(ui, cx, field, actions);
    asked_ui(ui, cx, field, actions);
}

/// How the field takes its value: by its policy, or with its group.
fn taking_ui(ui: &mut Ui, cx: &mut PageCx<'_>, field: &UnifiedField, actions: &mut Vec<Action>) {
    if let Some(group) = groups::group_of(cx.draft, &field.id).cloned() {
        ui.horizontal_wrapped(|ui| {
            form::label_ui(ui, tr!("It takes its value from the record that speaks for the group"));
            if ui.link(&group.name).on_hover_text(tr!("Select the group")).clicked() {
                cx.memory.field = Some(group.id.clone());
            }
            if ui.button(tr!("Take out of the group")).clicked() {
                actions.push(Action::TakeOutOfGroup(group.id.clone(), field.id.clone()));
            }
        });
        return;
    }
    if let Some(policy) =
        policy_ui(ui, tr!("Policy of the field"), &field.merge, &MergePolicy::all(), MergePolicy::help)
    {
        actions.push(Action::SetPolicy(field.id.clone(), policy));
    }
}

fn blanks_ui(ui: &mut Ui, cx: &mut PageCx<'_>, field: &UnifiedField) {
    let run = live::unified(cx);
    let Some((blank, all)) = blanks_of(cx, run.as_ref(), &field.id) else { return };
    ui.horizontal(|ui| {
        form::label_ui(ui, tr!("Blank for"));
        if figure::count_link_ui(ui, blank, &tr!("Customers without {field}", field = field.name), help::FIELD_BLANK) {
            cx.open_customers_where(vec![Filter::values(&field.name, [""])]);
        }
        let share = text::percent(blank, all);
        form::label_ui(
            ui,
            &tr!("of {customers} ({share})", customers = tr!("{n} customer" | "{n} customers" % all), share),
        );
    });
}

fn buttons_ui(ui: &mut Ui, cx: &mut PageCx<'_>, field: &UnifiedField, actions: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        let alone = if field.members.len() < 2 { Err(tr!("It is one column already").to_owned()) } else { Ok(()) };
        if form::button_or_reason(ui, tr!("Separate"), alone)
            .on_hover_text(tr!("Makes a field of each column: a customer then has their values side by side"))
            .clicked()
        {
            ask(cx, field, "separate", Action::Separate(field.id.clone()), actions);
        }
        if ui
            .button(tr!("Exclude"))
            .on_hover_text(tr!("Leaves the field out of the customer; Excluded columns below has it back"))
            .clicked()
        {
            exclude(cx, field, actions);
        }
    });
}

/// Leaves the field out of the customer; where something uses it, it is asked first.
pub fn exclude(cx: &mut PageCx<'_>, field: &UnifiedField, actions: &mut Vec<Action>) {
    ask(cx, field, "exclude", Action::Exclude(field.id.clone(), true), actions);
}

fn ask(cx: &mut PageCx<'_>, field: &UnifiedField, what: &str, action: Action, actions: &mut Vec<Action>) {
    if edit::users_of_field(cx.draft, &field.id).is_empty() {
        actions.push(action);
    } else {
        cx.memory.typed.insert(ASKED.to_owned(), format!("{what} {}", field.id));
    }
}

/// Says what uses the field before it is separated or excluded.
fn asked_ui(ui: &mut Ui, cx: &mut PageCx<'_>, field: &UnifiedField, actions: &mut Vec<Action>) {
    let Some(asked) = cx.memory.typed.get(ASKED).cloned() else { return };
    let users = edit::users_of_field(cx.draft, &field.id).join(", ");
    let (text, button, action) = if asked == format!("exclude {}", field.id) {
        let text = tr!(
            "{field} is used by {users}. Groups and the Customers page go on without it; whatever else uses it will show an \
             error until it uses another field.",
            field = field.name,
            users
        );
        (text, tr!("Exclude all the same"), Action::Exclude(field.id.clone(), true))
    } else if asked == format!("separate {}", field.id) {
        let first = field.members.first().map(|member| member_text(cx, member)).unwrap_or_default();
        let text =
            tr!("{field} is used by {users}, which will go on with {first} only.", field = field.name, users, first);
        (text, tr!("Separate all the same"), Action::Separate(field.id.clone()))
    } else {
        cx.memory.typed.remove(ASKED);
        return;
    };
    let color = palette(ui).warning;
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(icon::WARNING).color(color));
        ui.label(RichText::new(text).color(color));
    });
    ui.horizontal(|ui| {
        let go_on = ui.button(button).clicked();
        if go_on {
            actions.push(action);
        }
        if go_on || ui.button(tr!("Keep as it is")).clicked() {
            cx.memory.typed.remove(ASKED);
        }
    });
}
