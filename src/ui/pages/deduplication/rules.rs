//! The rules of one table, and what each removes by itself.

use std::sync::Arc;

use eframe::egui::{self, RichText, Ui};

use crate::engine::identity::dedup::{JoinedBy, Records};
use crate::engine::ledger::LedgerPart;
use crate::project::source::semantic;
use crate::project::{Condition, DeduplicationRule, Normalization, Project, SourceTable, edit, ids};
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::theme::{self, palette};
use crate::ui::widgets::{entry, figure, form, text};

/// What was asked for in a rule; done after all are drawn.
enum Action {
    Duplicate,
    Delete,
}

pub fn rules_ui(ui: &mut Ui, cx: &mut PageCx<'_>, id: &str) {
    let Some(source) = cx.draft.source_table(id).cloned() else { return };
    let count = cx.draft.unification_table(id).map_or(0, |table| table.deduplication_rules.len());
    let mut action = None;
    for place in 0..count {
        theme::card(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.push_id(("rule", place), |ui| {
                if let Some(asked) = rule_ui(ui, cx, &source, place) {
                    action = Some((place, asked));
                }
            });
        });
    }
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            let help = "Rows that satisfy all conditions of any rule are one record; rules chain.";
            if entry::named_button(ui, "➕ Add rule", "Add rule").on_hover_text(help).clicked() {
                add_rule(cx, &source);
            }
            if count == 0 {
                ui.label(RichText::new("No rule: deduplication is automatic").strong());
            }
        });
        automatic_ui(ui, cx, &source, count);
    });
    match action {
        Some((place, Action::Duplicate)) => {
            edit::duplicate_deduplication_rule(cx.draft, id, place);
            cx.name_edit("Duplicate deduplication rule");
        }
        Some((place, Action::Delete)) => delete_rule(cx, id, place),
        None => {}
    }
}

fn rule_mut<'a>(project: &'a mut Project, table: &str, place: usize) -> Option<&'a mut DeduplicationRule> {
    project.unification_table_mut(table)?.deduplication_rules.get_mut(place)
}

fn delete_rule(cx: &mut PageCx<'_>, table: &str, place: usize) {
    let Some(table) = cx.draft.unification_table_mut(table) else { return };
    if place < table.deduplication_rules.len() {
        let rule = table.deduplication_rules.remove(place);
        cx.draft.retired_ids.push(rule.id);
        cx.name_edit(format!("Delete rule {}", rule.name));
    }
}

/// One rule; what was asked for that changes the list.
fn rule_ui(ui: &mut Ui, cx: &mut PageCx<'_>, source: &SourceTable, place: usize) -> Option<Action> {
    let number = place + 1;
    let mut action = None;
    let run = cx.live();
    let rule = rule_mut(cx.draft, &source.id, place)?;
    let mut edited = rule.clone();
    ui.horizontal(|ui| {
        let active = entry::check_ui(ui, &format!("Rule {number} is active"), &mut edited.active, "", true);
        active.on_hover_text("An inactive rule is kept, but joins nothing");
        form::text_ui(ui, &format!("Name of rule {number}"), &mut edited.name, "Same Email", 170.0);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if form::icon_button(ui, "🗑", &format!("Delete rule {number}"), true) {
                action = Some(Action::Delete);
            }
            if form::icon_button(ui, "🗐", &format!("Duplicate rule {number}"), true) {
                action = Some(Action::Duplicate);
            }
            let alone = run.as_ref().and_then(|run| {
                run.report
                    .deduplication_rules
                    .iter()
                    .find(|report| report.rule == rule.id)
                    .map(|report| report.duplicates)
            });
            count_ui(ui, alone, edited.active);
        });
    });
    conditions_ui(ui, source, &mut edited, number);
    if edited != *rule {
        // A name that was made from the conditions follows them.
        if rule.name == rule_name(&rule.conditions) && edited.name == rule.name {
            edited.name = rule_name(&edited.conditions);
        }
        let label = format!("Edit rule {}", rule.name);
        *rule = edited;
        cx.name_edit(label);
    }
    action
}

fn count_ui(ui: &mut Ui, alone: Option<u64>, active: bool) {
    let words = match alone {
        _ if !active => "inactive".to_owned(),
        Some(count) => format!("removes {} alone", text::counted(count, "row", "rows")),
        None => "…".to_owned(),
    };
    let help = "Rows that have an equal row before them under this rule by itself. \
                Rules overlap, so these counts need not sum up to the duplicates.";
    ui.label(RichText::new(words).color(palette(ui).text_weak)).on_hover_text(help);
}

fn conditions_ui(ui: &mut Ui, source: &SourceTable, rule: &mut DeduplicationRule, number: usize) {
    let fields: Vec<(String, String)> =
        source.columns.iter().map(|column| (column.name.clone(), column.name.clone())).collect();
    let mut dropped = None;
    let several = rule.conditions.len() > 1;
    for (place, condition) in rule.conditions.iter_mut().enumerate() {
        let of = place + 1;
        ui.push_id(("condition", place), |ui| {
            ui.horizontal_wrapped(|ui| {
                let word = if place == 0 { "Same" } else { "and" };
                entry::cell_ui(ui, 36.0, |ui| form::label_ui(ui, word));
                form::choice_ui(ui, &format!("Field {of} of rule {number}"), &mut condition.field, 150.0, &fields);
                normalizations_ui(ui, condition, number, of);
                if several && form::icon_button(ui, "✖", &format!("Remove condition {of} of rule {number}"), true) {
                    dropped = Some(place);
                }
            });
        });
    }
    if let Some(place) = dropped {
        rule.conditions.remove(place);
    }
    ui.horizontal(|ui| {
        ui.add_space(44.0);
        let add = entry::named_button(ui, "➕ Condition", &format!("Add condition to rule {number}"));
        if add.on_hover_text("Rows must then agree in this field too").clicked() {
            let field = free_field(source, &rule.conditions);
            rule.conditions.push(Condition::exact(field));
        }
        parts::hint_ui(ui, "Blank fields never agree.");
    });
}

/// What is evened out before fields are compared.
fn normalizations_ui(ui: &mut Ui, condition: &mut Condition, number: usize, of: usize) {
    form::label_ui(ui, "ignoring");
    for normalization in Normalization::ALL {
        let before = condition.normalizations.contains(&normalization);
        let mut on = before;
        let short = match normalization {
            Normalization::LowerCase => "case",
            Normalization::Symbols => "symbols",
            Normalization::Whitespace => "spaces",
            other => other.label(),
        };
        let name = format!("{} in condition {of} of rule {number}", normalization.label());
        let check = entry::check_ui(ui, &name, &mut on, short, true);
        check.on_hover_text(format!("{}: {}", normalization.label(), normalization.help()));
        if on != before {
            condition.normalizations.retain(|other| *other != normalization);
            condition.normalizations.extend(on.then_some(normalization));
            condition.normalizations.sort();
        }
    }
}

/// `Same Email and Phone`.
fn rule_name(conditions: &[Condition]) -> String {
    let fields: Vec<&str> = conditions.iter().map(|condition| condition.field.as_str()).collect();
    format!("Same {}", fields.join(" and "))
}

/// A column for a new condition: what identifies people first, then what is used, never one used in the rule already.
fn free_field(source: &SourceTable, conditions: &[Condition]) -> String {
    let is_free = |name: &str| !conditions.iter().any(|condition| condition.field == name);
    let is_key = |name: &str| source.primary_key.as_deref() == Some(name);
    let telling = [semantic::EMAIL, semantic::PHONE, semantic::LOYALTY_ID, semantic::VISITOR_ID, semantic::FULL_NAME];
    let by_meaning = telling.iter().find_map(|meaning| {
        let of_meaning = |name: &str, own: Option<&str>| own == Some(meaning) && is_free(name) && !is_key(name);
        source.columns.iter().find(|column| of_meaning(&column.name, column.semantic_type.as_deref()))
    });
    let selected = || source.selected_columns().find(|column| is_free(&column.name) && !is_key(&column.name));
    let any = || source.columns.iter().find(|column| is_free(&column.name));
    by_meaning.or_else(selected).or_else(any).map(|column| column.name.clone()).unwrap_or_default()
}

fn add_rule(cx: &mut PageCx<'_>, source: &SourceTable) {
    let Some(table) = cx.draft.unification_table(&source.id) else { return };
    // Not the field of another rule where there is a free one.
    let used: Vec<Condition> = table.deduplication_rules.iter().flat_map(|rule| rule.conditions.clone()).collect();
    let mut field = free_field(source, &used);
    if field.is_empty() {
        field = free_field(source, &[]);
    }
    let conditions = vec![Condition::exact(field)];
    let taken = table.deduplication_rules.iter().map(|rule| rule.name.as_str());
    let name = edit::free_name(&rule_name(&conditions), taken);
    let id = ids::new_id(cx.draft, &name);
    let label = format!("Add rule {name}");
    if let Some(table) = cx.draft.unification_table_mut(&source.id) {
        table.deduplication_rules.push(DeduplicationRule {
            id,
            name,
            active: true,
            conditions,
            exceptions: Vec::new(),
        });
    }
    cx.name_edit(label);
}

/// Rows joined by themselves, by reason.
#[derive(Clone, Copy)]
struct Automatic {
    by_key: u64,
    by_columns: u64,
}

fn automatic(records: &Records) -> Automatic {
    let of = |reason| records.joined_by.iter().filter(|by| **by == Some(reason)).count() as u64;
    Automatic { by_key: of(JoinedBy::PrimaryKey), by_columns: of(JoinedBy::MatchColumns) }
}

/// What is joined without any rule, and what that removed.
fn automatic_ui(ui: &mut Ui, cx: &mut PageCx<'_>, source: &SourceTable, rules: usize) {
    let key = source.primary_key.clone().unwrap_or_else(|| "the primary key".to_owned());
    let removed: Option<Arc<Automatic>> = cx.live().and_then(|run| {
        let records = run.records_of(&source.id)?;
        let question = format!("automatic {}", source.id);
        cx.workbench.find(&question, records, records.joined_by.len(), automatic).value
    });
    let mut asked = line_ui(
        ui,
        removed.as_ref().map(|removed| removed.by_key),
        &format!("Automatic, same {key}"),
        "same primary key",
        "Rows joined for nothing but their primary key: the first row of the file speaks for them, \
         unless rules chose a row of the group",
    );
    if rules == 0 {
        asked |= line_ui(
            ui,
            removed.as_ref().map(|removed| removed.by_columns),
            "Automatic, equal in every column of its match rules",
            "equal columns",
            "Exact equality in all columns of the table's active match rules, its own and those of lower tables \
             naming it; a row with a blank in any of them takes no part",
        );
    } else {
        parts::hint_ui(ui, "A table with rules of its own is not joined by the columns of its match rules.");
    }
    if asked {
        cx.open_ledger(LedgerPart::Duplicates, Some(&source.name));
    }
}

fn line_ui(ui: &mut Ui, removed: Option<u64>, what: &str, name: &str, help: &str) -> bool {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.label(format!("•  {what}:")).on_hover_text(help);
        let Some(count) = removed else {
            ui.label("…");
            return false;
        };
        let clicked = figure::count_link_ui(ui, count, &format!("Rows removed by {name}"), help);
        ui.label(if count == 1 { "row removed" } else { "rows removed" });
        clicked
    })
    .inner
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
        assert_eq!(rule_name(std::slice::from_ref(&email)), "Same Email");
        let next = Condition::exact(free_field(store, std::slice::from_ref(&email)));
        assert_eq!(rule_name(&[email, next]), "Same Email and LoyaltyID");
    }
}
