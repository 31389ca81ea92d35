//! Deduplication and match rules, and which rows' values are kept.

use std::collections::HashSet;

use super::{Checker, Place};
use crate::project::{ColumnType, MatchRule, RecordToKeep, SourceTable, UnificationTable};

const KEEP_FIX: &str = msg!("Choose a date or number, or keep the most filled record.");

impl Checker<'_> {
    pub(super) fn deduplication(&mut self, table: &UnificationTable, source: &SourceTable) {
        for rule in &table.deduplication_rules {
            let place = Place::Deduplication { table: source.id.clone(), rule: Some(rule.id.clone()) };
            if rule.conditions.is_empty() && rule.active {
                let message = tr!("The deduplication rule \"{rule}\" has no condition.", rule = rule.name);
                self.error(place.clone(), message, tr!("Add a condition, or delete the rule."));
            }
            let mut of = self.conditions_of(&rule.name, rule.active, place, source, None);
            of.rule(&rule.conditions, &rule.exceptions);
        }
        let place = || Place::Deduplication { table: source.id.clone(), rule: None };
        self.kept(source, &tr!("The record to keep of {source}", source = source.name), &table.record_to_keep);
        let mut seen = HashSet::new();
        for value in &table.values_to_keep {
            let column = &value.column;
            if source.column(column).is_none() {
                let message = tr!(
                    "A value to keep of {source} is that of {column}, which is not a column.",
                    source = source.name,
                    column
                );
                self.error(place(), message, tr!("Choose another column, or take the entry out."));
            } else if source.primary_key.as_deref() == Some(column) {
                let message = tr!("{column} of {source} has a value to keep of its own.", column, source = source.name);
                self.error(place(), message, tr!("Take it out: a record keeps the primary key of the record to keep."));
            }
            if !seen.insert(column) {
                let message = tr!("{column} of {source} has two values to keep.", column, source = source.name);
                self.error(place(), message, tr!("Take one of them out."));
            }
            self.kept(
                source,
                &tr!("The value to keep of {column} in {source}", column, source = source.name),
                &value.keep,
            );
        }
    }

    /// What recency goes by must have an order.
    fn kept(&mut self, source: &SourceTable, what: &str, keep: &RecordToKeep) {
        let Some(field) = keep.field() else { return };
        let message = match source.column(field).map(|column| column.column_type) {
            None => tr!("{what} goes by {field}, which is not a column.", what, field),
            Some(of) if !of.is_ordered() => {
                tr!("{what} goes by {field}, which is {with_article}.", what, field, with_article = of.with_article())
            }
            Some(_) => return,
        };
        self.error(Place::Deduplication { table: source.id.clone(), rule: None }, message, crate::text::of(KEEP_FIX));
    }

    pub(super) fn matching(&mut self, order: usize, table: &UnificationTable, source: &SourceTable) {
        let has_rule = table.match_rules.iter().any(|rule| rule.active);
        if order > 0 && !has_rule {
            let message = tr!(
                "{source} has no active match rule, so none of its records joins another table's.",
                source = source.name
            );
            let place = Place::Matching { table: Some(source.id.clone()), rule: None };
            self.warn(place, message, tr!("Add a rule that names a higher table."));
        }
        for rule in &table.match_rules {
            self.match_rule(order, rule, source);
        }
    }

    fn match_rule(&mut self, order: usize, rule: &MatchRule, source: &SourceTable) {
        let place = Place::Matching { table: Some(source.id.clone()), rule: Some(rule.id.clone()) };
        let higher = self.project.unification[..order].iter().any(|table| table.source_table == rule.to_table);
        let Some(target) = self.project.source_table(&rule.to_table).filter(|_| higher) else {
            let message = tr!(
                "The match rule \"{rule}\" of {source} names {table_name}, which does not stand above it.",
                rule = rule.name,
                source = source.name,
                table_name = self.project.table_name(&rule.to_table)
            );
            self.error(
                place,
                message,
                tr!("Name a table higher in the match order, move the table down, or delete the rule."),
            );
            return;
        };
        if rule.conditions.is_empty() && rule.active {
            let message = tr!("The match rule \"{rule}\" has no condition.", rule = rule.name);
            self.error(place.clone(), message, tr!("Add a condition, or delete the rule."));
        }
        let mut of = self.conditions_of(&rule.name, rule.active, place, source, Some(target));
        of.rule(&rule.conditions, &rule.exceptions);
    }

    /// Rules are known by their ids, in explanations and in the window.
    pub(super) fn rule_ids(&mut self) {
        let mut seen = HashSet::new();
        for table in &self.project.unification {
            let id = || table.source_table.clone();
            let deduplication = table
                .deduplication_rules
                .iter()
                .map(|rule| (&rule.id, &rule.name, Place::Deduplication { table: id(), rule: Some(rule.id.clone()) }));
            let matching = table
                .match_rules
                .iter()
                .map(|rule| (&rule.id, &rule.name, Place::Matching { table: Some(id()), rule: Some(rule.id.clone()) }));
            for (id, name, place) in deduplication.chain(matching) {
                if !seen.insert(id) {
                    let message = tr!("The rule \"{name}\" has the id {id}, which another rule has too.", name, id);
                    self.warn(place, message, tr!("Duplicate it in the window and delete the original."));
                }
            }
        }
    }
}

/// Where a column holds something else than text, what compares it.
pub(super) fn measures_of(column: ColumnType) -> &'static str {
    match column {
        ColumnType::Integer | ColumnType::Number => tr!("Choose Exact, or Number apart."),
        ColumnType::Date | ColumnType::Datetime => tr!("Choose Exact, or Days apart."),
        ColumnType::Boolean | ColumnType::String => tr!("Choose Exact."),
    }
}
