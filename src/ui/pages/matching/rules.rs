//! The match rules of one table.

use crate::help;
use crate::ui::theme::icon;
use crate::ui::widgets::help::Helped as _;
use std::sync::Arc;

use eframe::egui::Ui;

use super::{higher_tables, proposals};
use crate::engine::pipeline::Run;
use crate::project::{MatchRule, Project, SourceTable, edit, ids};
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::pages::rules::card::{self, Action, Card};
use crate::ui::pages::rules::order::Slot;
use crate::ui::pages::rules::{Compared, RuleDraft, fields, guess, words};
use crate::ui::widgets::{entry, form};

pub fn rules_ui(ui: &mut Ui, cx: &mut PageCx<'_>, place: usize, live: Option<&Run>) {
    if place == 0 {
        return;
    }
    let project = Arc::clone(&cx.workbench.project);
    let id = cx.draft.unification[place].source_table.clone();
    let Some(source) = project.source_table(&id) else { return };
    let mut action = None;
    let count = cx.draft.unification[place].match_rules.len();
    for number in 0..count {
        ui.separator();
        if let Some(asked) = rule_ui(ui, cx, (&project, source), (place, number), live) {
            action = Some((number, asked));
        }
    }
    ui.horizontal_wrapped(|ui| {
        let add = entry::named_button(
            ui,
            &icon::before(icon::ADD, tr!("Add match rule")),
            &tr!("Add match rule to {source}", source = source.name),
        );
        if add.help(help::ADD_MATCH_RULE).clicked() {
            add_rule(cx, place);
        }
        proposals::button_ui(ui, cx, source);
    });
    proposals::proposals_ui(ui, cx, place);
    if let Some((number, action)) = action {
        apply(cx, place, number, &action);
    }
}

/// One rule; what was asked for that changes the list.
fn rule_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    (project, source): (&Project, &SourceTable),
    (place, number): (usize, usize),
    live: Option<&Run>,
) -> Option<Action> {
    let rules = &cx.draft.unification[place].match_rules;
    let (rule, count) = (rules.get(number)?.clone(), rules.len());
    let upper = project.source_table(&rule.to_table);
    let called = tr!("match rule {number} of {source}", number = number + 1, source = source.name);
    let matches = live.and_then(|run| run.report.rules.iter().find(|report| report.rule == rule.id)).map(|report| {
        let words = tr!("{n} match" | "{n} matches" % report.matches);
        (words, report.matches > 0, help::MATCHES_OF_RULE)
    });
    // A table that is gone is chosen anew; until then the fields are picked from the rule's own.
    let compared = Compared { project, own: source, upper: upper.or(Some(source)) };
    let card = Card {
        id: &rule.id,
        called: &called,
        slot: Slot { list: &format!("match rules of {}", source.id), place: number, count },
        order: help::ORDER_OF_MATCH_RULES,
        compared,
        count: matches,
    };
    let higher = higher_tables(cx.draft, place);
    let mut edited = RuleDraft::of_match(&rule);
    let mut to_table = rule.to_table.clone();
    let action = card::card_ui(ui, cx, &card, &mut edited, |ui| {
        ui.horizontal(|ui| {
            entry::cell_ui(ui, fields::LABEL_WIDTH, |ui| form::label_ui(ui, tr!("Joins to")).help(help::JOINS_TO));
            let width = ui.available_width().clamp(90.0, 210.0);
            form::choice_ui(
                ui,
                (&tr!("Table that {called} joins to", called), help::JOINS_TO),
                &mut to_table,
                width,
                &higher,
            );
        });
    });
    let default = |conditions: &[_], to: &str| words::default_name(conditions, Some(project.table_name(to)));
    let (before, after) = (default(&rule.conditions, &rule.to_table), default(&edited.conditions, &to_table));
    let rules = &mut cx.draft.unification[place].match_rules;
    // A name that was made from the conditions follows them.
    if before != after && edited.name == rule.name && words::is_default_name(&rule.name, &before) {
        let others = rules.iter().filter(|other| other.id != rule.id).map(|other| other.name.as_str());
        edited.name = edit::free_name(&after, others);
    }
    if edited != RuleDraft::of_match(&rule) || to_table != rule.to_table {
        let slot = rules.get_mut(number)?;
        let label = parts::edit_label(tr!("match rule"), &rule.name, &edited.name);
        edited.put_in_match(slot);
        slot.to_table = to_table;
        cx.name_edit(label);
    }
    action
}

fn apply(cx: &mut PageCx<'_>, place: usize, number: usize, action: &Action) {
    let rules = &mut cx.draft.unification[place].match_rules;
    match action {
        Action::Move(moved) => {
            moved.apply(rules);
            cx.name_edit(tr!("Move match rule"));
        }
        Action::Duplicate => {
            let mut rule = rules[number].clone();
            rule.name = edit::free_name(&rule.name, rules.iter().map(|other| other.name.as_str()));
            rule.id = ids::new_id(cx.draft, &rule.name);
            card::open(cx, &rule.id);
            cx.draft.unification[place].match_rules.insert(number + 1, rule);
            cx.name_edit(tr!("Duplicate match rule"));
        }
        Action::Delete => {
            let rule = rules.remove(number);
            cx.name_edit(tr!("Delete match rule {rule}", rule = rule.name));
            cx.draft.retired_ids.push(rule.id);
        }
    }
}

/// A new rule to the nearest higher table with which an identifier is shared, on that identifier.
fn add_rule(cx: &mut PageCx<'_>, place: usize) {
    let higher = higher_tables(cx.draft, place);
    let table = &cx.draft.unification[place];
    let Some(own) = cx.draft.source_table(&table.source_table) else { return };
    let used: Vec<&String> = table.match_rules.iter().map(|rule| &rule.to_table).collect();
    let condition = |id: &str| cx.draft.source_table(id).map(|upper| guess(own, upper, &[])).unwrap_or_default();
    let shares = |id: &str| !condition(id).field.is_empty();
    let target = higher
        .iter()
        .find(|(id, _)| !used.contains(&id) && shares(id))
        .or_else(|| higher.iter().find(|(id, _)| shares(id)))
        .or_else(|| higher.first());
    let Some((to_table, name)) = target.cloned() else { return };
    let conditions = vec![condition(&to_table)];
    let taken = table.match_rules.iter().map(|rule| rule.name.as_str());
    let name = edit::free_name(&words::default_name(&conditions, Some(&name)), taken);
    let id = push_rule(cx, place, name, to_table, conditions);
    card::open(cx, &id);
    cx.name_edit(tr!("Add match rule"));
}

/// Adds an active rule without exceptions at the end; its id.
pub fn push_rule(
    cx: &mut PageCx<'_>,
    place: usize,
    name: String,
    to_table: String,
    conditions: Vec<crate::project::Condition>,
) -> String {
    let id = ids::new_id(cx.draft, &name);
    let rule = MatchRule { id: id.clone(), name, active: true, to_table, conditions, exceptions: Vec::new() };
    cx.draft.unification[place].match_rules.push(rule);
    id
}
