//! What a rule compares, and how (semantics 1.4).

use super::rules::measures_of;
use super::{Checker, Place};
use crate::project::source::semantic;
use crate::project::{ColumnType, Comparison, Condition, Exception, Normalization, SourceColumn, SourceTable};

/// The conditions of one rule. An inactive rule only warns.
pub(super) struct OfRule<'a, 'p> {
    checker: &'a mut Checker<'p>,
    name: &'a str,
    active: bool,
    place: Place,
    source: &'a SourceTable,
    /// The higher table of a match rule.
    target: Option<&'a SourceTable>,
}

impl<'p> Checker<'p> {
    pub(super) fn conditions_of<'a>(
        &'a mut self,
        name: &'a str,
        active: bool,
        place: Place,
        source: &'a SourceTable,
        target: Option<&'a SourceTable>,
    ) -> OfRule<'a, 'p> {
        OfRule { checker: self, name, active, place, source, target }
    }
}

impl<'a> OfRule<'a, '_> {
    pub(super) fn rule(&mut self, conditions: &[Condition], exceptions: &[Exception]) {
        for (i, condition) in conditions.iter().enumerate() {
            self.condition(condition);
            self.ids(condition);
            if conditions[..i].contains(condition) {
                let message = tr!(
                    "The rule \"{name}\" has one condition on {field} twice.",
                    name = self.name,
                    field = condition.field
                );
                self.warn(message, tr!("Delete one of the two."));
            }
        }
        exceptions.iter().for_each(|exception| self.condition(&exception.condition));
        self.narrowing(conditions);
    }

    fn problem(&mut self, message: String, fix: &str) {
        if self.active { self.checker.error(self.place.clone(), message, fix) } else { self.warn(message, fix) }
    }

    fn warn(&mut self, message: String, fix: &str) {
        self.checker.warn(self.place.clone(), message, fix);
    }

    /// The fields on both sides with their tables.
    fn fields<'c>(&self, condition: &'c Condition) -> Vec<(&'a SourceTable, &'c str)> {
        let source = self.source;
        let mut fields: Vec<(&SourceTable, &str)> = condition.fields().map(|field| (source, field)).collect();
        if let Some(target) = self.target {
            let to_fields = std::iter::once(&condition.to_field).chain(&condition.or_to_fields);
            fields.extend(to_fields.map(|field| (target, field.as_str())));
        }
        fields
    }

    fn columns<'c>(&self, condition: &'c Condition) -> Vec<&'a SourceColumn> {
        self.fields(condition).into_iter().filter_map(|(table, field)| table.column(field)).collect()
    }

    fn condition(&mut self, condition: &Condition) {
        for (table, field) in self.fields(condition) {
            self.column(table, field);
        }
        self.comparison(condition);
        self.lists(condition);
        let is_phone = condition.normalizations.contains(&Normalization::Phone);
        if let Some(country) = condition.default_country.as_deref().filter(|_| !is_phone) {
            let message = tr!(
                "The rule \"{name}\" gives {field} the default country {country} without the normalization for phone numbers.",
                name = self.name,
                field = condition.field,
                country
            );
            self.warn(message, tr!("Choose Type - Phone too, or take the country out."));
        }
    }

    fn column(&mut self, table: &SourceTable, column: &str) {
        if table.column(column).is_some() {
            return;
        }
        let message = if column.is_empty() {
            tr!("The rule \"{name}\" has a condition without a field of {table}.", name = self.name, table = table.name)
        } else {
            tr!(
                "The rule \"{name}\" uses {column}, which is not a column of {table}.",
                name = self.name,
                column,
                table = table.name
            )
        };
        self.problem(message, tr!("Choose another field, or delete the condition."));
    }

    fn comparison(&mut self, condition: &Condition) {
        let (comparison, name) = (condition.comparison, self.name);
        let label = comparison.label();
        match comparison.precision() {
            Some(0) => {
                let message = tr!(
                    "The rule \"{name}\" asks for 0% of {field}, which any two values reach.",
                    name,
                    field = condition.field
                );
                self.problem(message, tr!("Ask for 1% to 99%, or delete the condition."));
            }
            Some(precision @ 100..) => {
                let message = tr!(
                    "The rule \"{name}\" asks for {precision}% of {field}.",
                    name,
                    precision,
                    field = condition.field
                );
                self.problem(message, tr!("Choose Exact, which is 100%, or ask for 1% to 99%."));
            }
            _ => {}
        }
        if let Comparison::NumberApart { difference } = comparison
            && !(difference.is_finite() && difference >= 0.0)
        {
            let message = tr!(
                "The rule \"{name}\" lets {field} be {difference} apart.",
                name,
                field = condition.field,
                difference
            );
            self.problem(message, tr!("Write a difference of 0 or more."));
        }
        if comparison.is_distance() && !(condition.normalizations.is_empty() && condition.alias_lists.is_empty()) {
            let message = tr!(
                "The rule \"{name}\" evens {field} out before \"{label}\", which compares the values themselves: it has no effect.",
                name,
                field = condition.field,
                label
            );
            self.warn(message, tr!("Take normalizations and alias lists out."));
        }
        let is_date = |of: ColumnType| matches!(of, ColumnType::Date | ColumnType::Datetime);
        let columns = self.columns(condition);
        if comparison.is_exact()
            && let Some(date) = columns.iter().find(|column| is_date(column.column_type))
            && let Some(other) = columns.iter().find(|column| !is_date(column.column_type))
        {
            let message = tr!(
                "The rule \"{name}\" compares {date}, {with_article}, with {other}, {with_article_2}: by their texts, so hardly any agree.",
                name,
                date = date.name,
                with_article = date.column_type.with_article(),
                other = other.name,
                with_article_2 = other.column_type.with_article()
            );
            self.warn(message, tr!("Choose fields of one meaning, or make both dates on Sources."));
        }
        for column in columns {
            let of = column.column_type;
            let fits = match comparison {
                Comparison::DaysApart { .. } => matches!(of, ColumnType::Date | ColumnType::Datetime),
                Comparison::NumberApart { .. } => matches!(of, ColumnType::Integer | ColumnType::Number),
                _ => !comparison.needs_text() || of == ColumnType::String,
            };
            if !fits {
                let message = tr!(
                    "The rule \"{name}\" compares {column} by \"{label}\", but it is {with_article}.",
                    name,
                    column = column.name,
                    label,
                    with_article = of.with_article()
                );
                self.problem(
                    message,
                    &tr!("{measures_of} Or change the column's type on Sources.", measures_of = measures_of(of)),
                );
            }
        }
    }

    fn lists(&mut self, condition: &Condition) {
        let project = self.checker.project;
        let aliases = condition.alias_lists.iter().filter(|id| project.alias_list(id).is_none());
        let bypass = condition.bypass_lists.iter().filter(|id| project.bypass_list(id).is_none());
        let gone = aliases.map(|id| (tr!("alias"), id)).chain(bypass.map(|id| (tr!("bypass"), id)));
        for (kind, id) in gone.collect::<Vec<_>>() {
            let message =
                tr!("The rule \"{name}\" chooses the {kind} list {id}, which is gone.", name = self.name, kind, id);
            self.problem(message, tr!("Choose another list, or none."));
        }
    }

    /// Ids are opaque: nothing corrects them (semantics, case 5).
    fn ids(&mut self, condition: &Condition) {
        if !condition.comparison.needs_text() {
            return;
        }
        let is_id = |column: &&&SourceColumn| {
            column.semantic_type.as_deref().is_some_and(|meaning| semantic::IDS.contains(&meaning))
        };
        if let Some(column) = self.columns(condition).iter().find(is_id) {
            let message = tr!(
                "The rule \"{name}\" compares {column}, an id, by \"{label}\": it would merge ids that differ in a character.",
                name = self.name,
                column = column.name,
                label = condition.comparison.label()
            );
            self.warn(message, tr!("Choose Exact."));
        }
    }

    /// Without an exact condition to narrow them, all pairs are searched.
    fn narrowing(&mut self, conditions: &[Condition]) {
        if conditions.is_empty() || conditions.iter().any(|condition| condition.comparison.is_key()) {
            return;
        }
        let Some(no_index) = conditions.iter().filter_map(|condition| condition.can_index().err()).next() else {
            return self.searched();
        };
        if conditions.iter().any(|condition| condition.can_index().is_ok()) {
            return self.searched();
        }
        let message =
            tr!("The rule \"{name}\" has no exact condition, and {why}.", name = self.name, why = no_index.why);
        self.problem(message, no_index.remedy);
    }

    fn searched(&mut self) {
        let message = tr!(
            "The rule \"{name}\" has no exact condition: all pairs are searched by an index, which takes longer.",
            name = self.name
        );
        self.warn(message, tr!("Add one if there is any, such as the same city or birth date."));
    }
}
