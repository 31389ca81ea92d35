//! The rules of one table.

use crate::ui::theme::{TextRole as _, icon};
use std::sync::Arc;

use eframe::egui::{RichText, Ui};

use super::automatic;
use crate::help;
use crate::project::{Condition, DeduplicationRule, Project, SourceTable, edit, ids};
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::pages::rules::card::{self, Action, Card};
use crate::ui::pages::rules::order::Slot;
use crate::ui::pages::rules::{Compared, RuleDraft, free_field, words};
use crate::ui::theme;
use crate::ui::widgets::entry;
use crate::ui::widgets::help::Helped as _;

pub fn rules_ui(ui: &mut Ui, cx: &mut PageCx<'_>, id: &str) {
    let project = Arc::clone(&cx.workbench.project);
    let Some(source) = project.source_table(id) else { return };
    let count = cx.draft.unification_table(id).map_or(0, |table| table.deduplication_rules.len());
    let mut action = None;
    for place in 0..count {
        theme::card(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            if let Some(asked) = rule_ui(ui, cx, (&project, source), (place, count)) {
                action = Some((place, asked));
            }
        });
    }
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            if entry::named_button(ui, &icon::before(icon::ADD, tr!("Add rule")), tr!("Add rule"))
                .help(help::ADD_RULE)
                .clicked()
            {
                let conditions = new_conditions(cx, source);
                add_rule(cx, source, conditions);
            }
            if count == 0 {
                ui.label(RichText::new(tr!("No rule: rows become one record by themselves")).bold());
            }
        });
        automatic::automatic_ui(ui, cx, source, count);
    });
    if let Some((place, action)) = action {
        apply(cx, id, place, &action);
    }
}

fn rules_mut<'a>(project: &'a mut Project, table: &str) -> Option<&'a mut Vec<DeduplicationRule>> {
    Some(&mut project.unification_table_mut(table)?.deduplication_rules)
}

fn apply(cx: &mut PageCx<'_>, table: &str, place: usize, action: &Action) {
    match action {
        Action::Move(moved) => {
            if let Some(rules) = rules_mut(cx.draft, table) {
                moved.apply(rules);
            }
            cx.name_edit(tr!("Move deduplication rule"));
        }
        Action::Duplicate => {
            edit::duplicate_deduplication_rule(cx.draft, table, place);
            let copy = rules_mut(cx.draft, table).and_then(|rules| rules.get(place + 1)).map(|rule| rule.id.clone());
            cx.memory.rule = copy;
            cx.name_edit(tr!("Duplicate deduplication rule"));
        }
        Action::Delete => {
            let Some(rules) = rules_mut(cx.draft, table).filter(|rules| place < rules.len()) else { return };
            let rule = rules.remove(place);
            cx.draft.retired_ids.push(rule.id);
            cx.name_edit(tr!("Delete rule {rule}", rule = rule.name));
        }
    }
}

/// One rule; what was asked for that changes the list.
fn rule_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    (project, source): (&Project, &SourceTable),
    (place, count): (usize, usize),
) -> Option<Action> {
    let rule = rules_mut(cx.draft, &source.id)?.get(place)?.clone();
    let alone = cx.live().and_then(|run| {
        let report = run.report.deduplication_rules.iter().find(|report| report.rule == rule.id)?;
        Some((
            tr!("removes {rows} alone", rows = tr!("{n} row" | "{n} rows" % report.duplicates)),
            true,
            help::DUPLICATES_OF_RULE,
        ))
    });
    let card = Card {
        id: &rule.id,
        called: &tr!("rule {place}", place = place + 1),
        slot: Slot { list: &format!("deduplication rules of {}", source.id), place, count },
        order: help::ORDER_OF_DEDUPLICATION_RULES,
        compared: Compared { project, own: source, upper: None },
        count: alone,
    };
    let mut edited = RuleDraft::of_deduplication(&rule);
    let action = card::card_ui(ui, cx, &card, &mut edited, |_| ());
    let default = words::default_name(&rule.conditions, None);
    let name = words::default_name(&edited.conditions, None);
    let rules = rules_mut(cx.draft, &source.id)?;
    // A name that was made from the conditions follows them.
    if name != default && edited.name == rule.name && words::is_default_name(&rule.name, &default) {
        let others = rules.iter().filter(|other| other.id != rule.id).map(|other| other.name.as_str());
        edited.name = edit::free_name(&name, others);
    }
    if edited != RuleDraft::of_deduplication(&rule) {
        let label = parts::edit_label(tr!("rule"), &rule.name, &edited.name);
        edited.put_in_deduplication(rules.get_mut(place)?);
        cx.name_edit(label);
    }
    action
}

/// A rule on what identifies people and no rule compares yet.
fn new_conditions(cx: &PageCx<'_>, source: &SourceTable) -> Vec<Condition> {
    let rules = cx.draft.unification_table(&source.id).map_or(&[][..], |table| &table.deduplication_rules);
    // Not the field of another rule where there is a free one.
    let used: Vec<Condition> = rules.iter().flat_map(|rule| rule.conditions.clone()).collect();
    let mut field = free_field(source, &used);
    if field.is_empty() {
        field = free_field(source, &[]);
    }
    vec![Condition::exact(field)]
}

/// Adds an active rule with these conditions, and opens it.
pub fn add_rule(cx: &mut PageCx<'_>, source: &SourceTable, conditions: Vec<Condition>) {
    let Some(table) = cx.draft.unification_table(&source.id) else { return };
    let taken = table.deduplication_rules.iter().map(|rule| rule.name.as_str());
    let name = edit::free_name(&words::default_name(&conditions, None), taken);
    let id = ids::new_id(cx.draft, &name);
    let label = tr!("Add rule {name}", name);
    if let Some(rules) = rules_mut(cx.draft, &source.id) {
        rules.push(DeduplicationRule { id: id.clone(), name, active: true, conditions, exceptions: Vec::new() });
    }
    card::open(cx, &id);
    cx.name_edit(label);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::file;

    #[test]
    fn a_new_rule_asks_for_what_identifies_people() {
        let project = file::load(std::path::Path::new("assets/samples/coffee/coffee.tributary")).unwrap();
        let store = project.source_table("store").unwrap();
        let email = Condition::exact(free_field(store, &[]));
        assert_eq!(words::default_name(std::slice::from_ref(&email), None), "Same Email");
        let next = Condition::exact(free_field(store, std::slice::from_ref(&email)));
        assert_eq!(words::default_name(&[email, next], None), "Same Email and LoyaltyID");
    }
}
