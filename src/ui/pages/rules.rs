//! The editor of rules that Deduplication rules and Matching rules share: cards that say a rule in one line and open
//! to its conditions and exceptions.

pub mod card;
mod comparison;
mod condition;
mod exception;
pub mod fields;
mod normalization;
pub mod order;
pub mod words;

use eframe::egui::Ui;

use crate::project::source::semantic;
use crate::project::{
    Condition, DeduplicationRule, Exception, MatchRule, Normalization, Project, SourceColumn, SourceTable,
};
use crate::ui::context::PageCx;
use crate::ui::widgets::entry;

const PREVIEW: &str = "preview of rules";

/// Whether the preview is of the open rule by itself, or of all.
pub fn shows_rule(cx: &PageCx<'_>) -> bool {
    cx.memory.typed.get(PREVIEW).is_none_or(|shown| shown == "This rule")
}

/// The choice between the two, while a rule is open.
pub fn tabs_ui(ui: &mut Ui, cx: &mut PageCx<'_>, all: &'static str) {
    let mut shown = cx.memory.typed.remove(PREVIEW).unwrap_or_default();
    entry::tabs_ui(ui, &[msg!("This rule"), all], &mut shown);
    cx.memory.typed.insert(PREVIEW.to_owned(), shown);
}

/// A rule as its card edits it, whichever page it is of.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleDraft {
    pub name: String,
    pub active: bool,
    pub conditions: Vec<Condition>,
    pub exceptions: Vec<Exception>,
}

impl RuleDraft {
    pub fn of_deduplication(rule: &DeduplicationRule) -> Self {
        Self {
            name: rule.name.clone(),
            active: rule.active,
            conditions: rule.conditions.clone(),
            exceptions: rule.exceptions.clone(),
        }
    }

    pub fn of_match(rule: &MatchRule) -> Self {
        Self {
            name: rule.name.clone(),
            active: rule.active,
            conditions: rule.conditions.clone(),
            exceptions: rule.exceptions.clone(),
        }
    }

    pub fn put_in_deduplication(self, rule: &mut DeduplicationRule) {
        let Self { name, active, conditions, exceptions } = self;
        *rule = DeduplicationRule { id: std::mem::take(&mut rule.id), name, active, conditions, exceptions };
    }

    pub fn put_in_match(self, rule: &mut MatchRule) {
        (rule.name, rule.active) = (self.name, self.active);
        (rule.conditions, rule.exceptions) = (self.conditions, self.exceptions);
    }
}

/// What a rule's conditions may read.
#[derive(Clone, Copy)]
pub struct Compared<'a> {
    pub project: &'a Project,
    /// The rule's table.
    pub own: &'a SourceTable,
    /// The higher table of a match rule; a deduplication rule compares rows of one table.
    pub upper: Option<&'a SourceTable>,
}

impl Compared<'_> {
    /// A condition on what most likely identifies people and is not compared yet.
    pub fn new_condition(&self, conditions: &[Condition]) -> Condition {
        match self.upper {
            None => Condition::exact(free_field(self.own, conditions)),
            Some(upper) => guess(self.own, upper, conditions),
        }
    }
}

/// What two tables most likely know a person by: a shared identifier, else a column of one name that is no name or
/// place of a person, else any column of one name; never a field compared already, and without one where there is
/// none left.
pub fn guess(own: &SourceTable, upper: &SourceTable, conditions: &[Condition]) -> Condition {
    let is_free = |column: &&SourceColumn| !conditions.iter().any(|condition| condition.field == column.name);
    let own = own.selected_columns().filter(is_free);
    let pairs = own.flat_map(|mine| upper.selected_columns().map(move |other| (mine, other)));
    let pairs: Vec<(&SourceColumn, &SourceColumn)> = pairs.collect();
    let identifies = |meaning: &str| meaning.starts_with("Identity.") && meaning != semantic::ID;
    let same_identifier = |mine: &SourceColumn, other: &SourceColumn| {
        mine.semantic_type.as_deref().is_some_and(identifies) && mine.semantic_type == other.semantic_type
    };
    let same_name = |mine: &SourceColumn, other: &SourceColumn| mine.name.eq_ignore_ascii_case(&other.name);
    let describes = |column: &SourceColumn| {
        let meaning = column.semantic_type.as_deref();
        meaning.is_some_and(|meaning| meaning.starts_with("Person.") || meaning.starts_with("Location."))
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

/// A column for a new condition: what identifies people first, then what is used, never one used in the rule already.
pub fn free_field(source: &SourceTable, conditions: &[Condition]) -> String {
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
