//! The match rules of one table.

use eframe::egui::{self, RichText, Ui};

use super::higher_tables;
use crate::engine::pipeline::Run;
use crate::project::source::semantic;
use crate::project::{Condition, MatchRule, Normalization, Project, SourceColumn, ids};
use crate::ui::context::PageCx;
use crate::ui::theme::palette;
use crate::ui::widgets::{form, text};

/// What was asked of a rule.
enum RuleAction {
    Up(usize),
    Down(usize),
    Duplicate(usize),
    Delete(usize),
}

pub fn rules_ui(ui: &mut Ui, cx: &mut PageCx<'_>, place: usize, live: Option<&Run>) {
    if place == 0 {
        return;
    }
    let mut action = None;
    for rule in 0..cx.draft.unification[place].match_rules.len() {
        ui.separator();
        rule_ui(ui, cx, place, rule, live, &mut action);
    }
    if let Some(action) = action {
        apply(cx, place, &action);
    }
    let table = cx.draft.table_name(&cx.draft.unification[place].source_table).to_owned();
    let add = ui.button("➕ Add match rule").on_hover_text("Join records of this table to those of a higher one");
    let label = format!("Add match rule to {table}");
    add.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
    if add.clicked() {
        add_rule(cx, place);
    }
}

/// One rule: its name and place, the table it names, and its conditions.
fn rule_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    place: usize,
    number: usize,
    live: Option<&Run>,
    action: &mut Option<RuleAction>,
) {
    let table = cx.draft.table_name(&cx.draft.unification[place].source_table).to_owned();
    let called = format!("match rule {} of {table}", number + 1);
    let last = cx.draft.unification[place].match_rules.len() - 1;
    let id = cx.draft.unification[place].match_rules[number].id.clone();
    let name_width = if ui.available_width() < 460.0 { 110.0 } else { 170.0 };
    ui.horizontal(|ui| {
        if form::icon_button(ui, "⏶", &format!("Move {called} up"), number > 0) {
            *action = Some(RuleAction::Up(number));
        }
        if form::icon_button(ui, "⏷", &format!("Move {called} down"), number < last) {
            *action = Some(RuleAction::Down(number));
        }
        let rule = &mut cx.draft.unification[place].match_rules[number];
        form::text_ui(ui, &format!("Name of {called}"), &mut rule.name, "Name of the rule", name_width);
        let active = ui.checkbox(&mut rule.active, "Active").on_hover_text("An inactive rule is kept and not run");
        let (checked, label) = (rule.active, format!("Active: {called}"));
        active.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, checked, &label));
        matches_ui(ui, live, &id);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if form::icon_button(ui, "🗑", &format!("Delete {called}"), true) {
                *action = Some(RuleAction::Delete(number));
            }
            if form::icon_button(ui, "🗐", &format!("Duplicate {called}"), true) {
                *action = Some(RuleAction::Duplicate(number));
            }
        });
    });
    let higher = higher_tables(cx.draft, place);
    ui.horizontal(|ui| {
        form::label_ui(ui, "Joins to");
        let rule = &mut cx.draft.unification[place].match_rules[number];
        form::choice_ui(ui, &format!("Table that {called} joins to"), &mut rule.to_table, 150.0, &higher);
    });
    conditions_ui(ui, cx.draft, place, number, &called);
}

/// How many records the rule attached; against a count of none a rule earlier in the order may have found them.
fn matches_ui(ui: &mut Ui, live: Option<&Run>, rule: &str) {
    let Some(report) = live.and_then(|run| run.report.rules.iter().find(|other| other.rule == rule)) else { return };
    let color = if report.matches == 0 { palette(ui).warning } else { palette(ui).good };
    let words = text::counted(report.matches, "match", "matches");
    let help = "Records that this rule attached. Records an earlier rule attached do not reach it";
    ui.label(RichText::new(words).color(color)).on_hover_text(help);
}

fn conditions_ui(ui: &mut Ui, project: &mut Project, place: usize, number: usize, called: &str) {
    let own = columns(project, &project.unification[place].source_table);
    let theirs = columns(project, &project.unification[place].match_rules[number].to_table);
    let own_name = project.table_name(&project.unification[place].source_table).to_owned();
    let their_name = project.table_name(&project.unification[place].match_rules[number].to_table).to_owned();
    let conditions = &mut project.unification[place].match_rules[number].conditions;
    let mut removed = None;
    let several = conditions.len() > 1;
    for (i, condition) in conditions.iter_mut().enumerate() {
        let called = format!("condition {} of {called}", i + 1);
        ui.horizontal_wrapped(|ui| {
            form::label_ui(ui, &format!("{} {own_name}'s", if i == 0 { "where" } else { "and" }));
            form::choice_ui(ui, &format!("Field in {called}"), &mut condition.field, 130.0, &own);
            form::label_ui(ui, &format!("equals {their_name}'s"));
            form::choice_ui(ui, &format!("Higher field in {called}"), &mut condition.to_field, 130.0, &theirs);
            normalizations_ui(ui, &called, &mut condition.normalizations);
            if several && form::icon_button(ui, "✖", &format!("Remove {called}"), true) {
                removed = Some(i);
            }
        });
    }
    if let Some(removed) = removed {
        conditions.remove(removed);
    }
    let add = ui.small_button("➕ Condition").on_hover_text("All conditions of a rule must hold");
    let label = format!("Add condition to {called}");
    add.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
    if add.clicked() {
        conditions.push(Condition::default());
    }
}

/// A menu of what is evened out before values are compared.
pub fn normalizations_ui(ui: &mut Ui, called: &str, chosen: &mut Vec<Normalization>) {
    let words = match chosen.len() {
        0 => "as written".to_owned(),
        _ => chosen.iter().map(|normalization| normalization.label()).collect::<Vec<_>>().join(", "),
    };
    form::picker_ui(ui, &format!("Normalize in {called}"), &words, 130.0, |ui| {
        for normalization in Normalization::ALL {
            let mut on = chosen.contains(&normalization);
            if ui.checkbox(&mut on, normalization.label()).on_hover_text(normalization.help()).changed() {
                if on {
                    chosen.push(normalization);
                    chosen.sort_unstable();
                } else {
                    chosen.retain(|other| *other != normalization);
                }
            }
        }
    });
}

fn apply(cx: &mut PageCx<'_>, place: usize, action: &RuleAction) {
    match action {
        RuleAction::Up(number) => {
            cx.draft.unification[place].match_rules.swap(*number, number - 1);
            cx.name_edit("Move match rule");
        }
        RuleAction::Down(number) => {
            cx.draft.unification[place].match_rules.swap(*number, number + 1);
            cx.name_edit("Move match rule");
        }
        RuleAction::Duplicate(number) => {
            let mut rule = cx.draft.unification[place].match_rules[*number].clone();
            rule.name = format!("{} copy", rule.name);
            rule.id = ids::new_id(cx.draft, &rule.name);
            cx.draft.unification[place].match_rules.insert(number + 1, rule);
            cx.name_edit("Duplicate match rule");
        }
        RuleAction::Delete(number) => {
            let rule = cx.draft.unification[place].match_rules.remove(*number);
            cx.name_edit(format!("Delete match rule {}", rule.name));
            cx.draft.retired_ids.push(rule.id);
        }
    }
}

/// A new rule to the nearest higher table with which an identifier is shared, on that identifier.
fn add_rule(cx: &mut PageCx<'_>, place: usize) {
    let higher = higher_tables(cx.draft, place);
    let own = cx.draft.unification[place].source_table.clone();
    let used: Vec<&String> = cx.draft.unification[place].match_rules.iter().map(|rule| &rule.to_table).collect();
    let shares = |id: &str| !guess(cx.draft, &own, id).field.is_empty();
    let target = higher
        .iter()
        .find(|(id, _)| !used.contains(&id) && shares(id))
        .or_else(|| higher.iter().find(|(id, _)| shares(id)))
        .or_else(|| higher.first());
    let Some((to_table, name)) = target.cloned() else { return };
    let condition = guess(cx.draft, &own, &to_table);
    let field = if condition.field.is_empty() { "Rule" } else { condition.field.as_str() };
    let name = format!("{field} in {name}");
    let rule = MatchRule {
        id: ids::new_id(cx.draft, &name),
        name,
        active: true,
        to_table,
        conditions: vec![condition],
        exceptions: Vec::new(),
    };
    cx.draft.unification[place].match_rules.push(rule);
    cx.name_edit("Add match rule");
}

/// What two tables most likely know a person by: a shared identifier, else a column of one name that is no name or
/// place of a person, else any column of one name; without a field where there is none.
fn guess(project: &Project, own: &str, theirs: &str) -> Condition {
    let (Some(own), Some(theirs)) = (project.source_table(own), project.source_table(theirs)) else {
        return Condition::default();
    };
    let pairs = own.selected_columns().flat_map(|mine| theirs.selected_columns().map(move |other| (mine, other)));
    let pairs: Vec<(&SourceColumn, &SourceColumn)> = pairs.collect();
    let identifies = |meaning: &str| meaning.starts_with("Identity.") && meaning != semantic::ID;
    let same_identifier = |mine: &SourceColumn, other: &SourceColumn| {
        mine.semantic_type.as_deref().is_some_and(identifies) && mine.semantic_type == other.semantic_type
    };
    let same_name = |mine: &SourceColumn, other: &SourceColumn| mine.name.eq_ignore_ascii_case(&other.name);
    let describes = |column: &SourceColumn| {
        column
            .semantic_type
            .as_deref()
            .is_some_and(|meaning| meaning.starts_with("Person.") || meaning.starts_with("Location."))
    };
    let found = pairs
        .iter()
        .find(|(mine, other)| same_identifier(mine, other))
        .or_else(|| pairs.iter().find(|(mine, other)| same_name(mine, other) && !describes(mine)))
        .or_else(|| pairs.iter().find(|(mine, other)| same_name(mine, other)));
    let (field, to_field) = found.map(|(mine, other)| (mine.name.clone(), other.name.clone())).unwrap_or_default();
    let is_email = found.is_some_and(|(mine, _)| mine.semantic_type.as_deref() == Some(semantic::EMAIL));
    let normalizations = if is_email { vec![Normalization::LowerCase] } else { Vec::new() };
    Condition { normalizations, ..Condition::exact_to(field, to_field) }
}

fn columns(project: &Project, table: &str) -> Vec<(String, String)> {
    let Some(table) = project.source_table(table) else { return Vec::new() };
    table.selected_columns().map(|column| (column.name.clone(), column.name.clone())).collect()
}
