//! Filters: what a customer's value in a column must be. Each says the same as a rule of a segment, and where that is
//! quick enough is judged as one.

use hashbrown::HashSet;

use super::SearchIndex;
use crate::engine::column::Column;
use crate::engine::dictionary::BLANK;
use crate::engine::insight::condition;
use crate::engine::insight::customer_set::CustomerSet;
use crate::project::{ColumnType, Combine, Operator, SegmentCondition, SegmentRule, SetOperator, Subject};

/// A test of one column of the customer table.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    pub column: String,
    pub test: Test,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// One of these texts; the empty one is blank.
    Values(Vec<String>),
    /// None of these texts; blank passes unless the empty one is among them.
    Except(Vec<String>),
    /// Any value.
    Filled,
    /// A number or date from one to another; an empty end is open. `to` belongs to it unless it is `below`; a date
    /// without a time is its whole day.
    Interval { from: String, to: String, below: bool },
}

impl Filter {
    pub fn values<const N: usize>(column: &str, values: [&str; N]) -> Self {
        Self { column: column.to_owned(), test: Test::Values(values.map(str::to_owned).to_vec()) }
    }

    /// The rule of a segment that finds the same customers, about a subject of this type.
    ///
    /// # Errors
    /// What is wrong with the test, in words.
    pub fn rule(&self, subject: &Subject, column_type: ColumnType) -> Result<SegmentRule, String> {
        let condition = |negated: bool, operator: Operator, values: &[&str]| SegmentCondition {
            subject: subject.clone(),
            negated,
            operator,
            values: values.iter().map(|&value| value.to_owned()).collect(),
            ignore_case: false,
            include_blanks: false,
        };
        let (combine, conditions) = match &self.test {
            Test::Filled => (Combine::And, vec![condition(true, Operator::Empty, &[])]),
            Test::Values(values) => {
                let texts: Vec<&str> = values.iter().map(String::as_str).filter(|value| !value.is_empty()).collect();
                let mut conditions: Vec<SegmentCondition> = match column_type {
                    ColumnType::String if texts.is_empty() => Vec::new(),
                    ColumnType::String => vec![condition(false, Operator::AnyOf, &texts)],
                    ColumnType::Boolean => texts
                        .iter()
                        .map(|&value| {
                            let operator = if value == "true" { Operator::IsTrue } else { Operator::IsFalse };
                            condition(false, operator, &[])
                        })
                        .collect(),
                    ColumnType::Integer | ColumnType::Number => {
                        texts.iter().map(|value| condition(false, Operator::EqualTo, &[value])).collect()
                    }
                    ColumnType::Date | ColumnType::Datetime => {
                        texts.iter().map(|value| condition(false, Operator::On, &[value])).collect()
                    }
                };
                if texts.len() < values.len() {
                    conditions.push(condition(false, Operator::Empty, &[]));
                }
                (Combine::Or, conditions)
            }
            Test::Except(values) => (Combine::And, excepting(column_type, values, condition)),
            Test::Interval { from, to, below } => {
                let is_number = matches!(column_type, ColumnType::Integer | ColumnType::Number);
                let ends = [(from.trim(), true), (to.trim(), false)].into_iter().filter(|(value, _)| !value.is_empty());
                let of_end = |(value, is_from): (&str, bool)| match (is_number, is_from, below) {
                    (true, true, _) => condition(false, Operator::GreaterThanOrEqualTo, &[value]),
                    (true, false, true) => condition(false, Operator::LessThan, &[value]),
                    (true, false, false) => condition(false, Operator::LessThanOrEqualTo, &[value]),
                    (false, true, _) => condition(true, Operator::Before, &[value]),
                    (false, false, true) => condition(false, Operator::Before, &[value]),
                    (false, false, false) => condition(true, Operator::After, &[value]),
                };
                let conditions: Vec<SegmentCondition> = match (from.trim(), to.trim()) {
                    (from, to) if !from.is_empty() && !to.is_empty() && !below => {
                        vec![condition(false, Operator::Between, &[from, to])]
                    }
                    ("", "") => vec![condition(true, Operator::Empty, &[])],
                    _ => ends.map(of_end).collect(),
                };
                (Combine::And, conditions)
            }
        };
        for condition in &conditions {
            condition::check(condition, column_type)?;
        }
        if conditions.is_empty() {
            return Err(tr!("no value is chosen").to_owned());
        }
        Ok(SegmentRule { operator: SetOperator::Intersect, combine, conditions })
    }
}

/// One condition for each text that a value must not be; none where there are none.
fn excepting(
    column_type: ColumnType,
    values: &[String],
    condition: impl Fn(bool, Operator, &[&str]) -> SegmentCondition,
) -> Vec<SegmentCondition> {
    let texts: Vec<&str> = values.iter().map(String::as_str).filter(|value| !value.is_empty()).collect();
    let without_blanks = texts.len() < values.len();
    if texts.is_empty() {
        return if without_blanks { vec![condition(true, Operator::Empty, &[])] } else { Vec::new() };
    }
    let one = |operator: Operator, values: &[&str]| SegmentCondition {
        include_blanks: !without_blanks,
        ..condition(true, operator, values)
    };
    match column_type {
        ColumnType::String => vec![one(Operator::AnyOf, &texts)],
        ColumnType::Boolean => {
            let operator = |value: &&str| if *value == "true" { Operator::IsTrue } else { Operator::IsFalse };
            texts.iter().map(|value| one(operator(value), &[])).collect()
        }
        ColumnType::Integer | ColumnType::Number => {
            texts.iter().map(|value| one(Operator::EqualTo, &[value])).collect()
        }
        ColumnType::Date | ColumnType::Datetime => texts.iter().map(|value| one(Operator::On, &[value])).collect(),
    }
}

impl SearchIndex {
    /// The customers whom a filter lets pass, or what is wrong with it.
    pub(super) fn passing(&self, filter: &Filter) -> Result<CustomerSet, String> {
        let place = self
            .place(&filter.column)
            .ok_or_else(|| tr!("The customers have no column {column}", column = filter.column))?;
        let (rows, column) = (self.table.rows, self.data(place));
        if let (Column::Text(text), Test::Values(values)) = (column, &filter.test) {
            let wanted: HashSet<&str> = values.iter().map(String::as_str).collect();
            let of_code: Vec<bool> = text.dictionary.iter().map(|(_, value)| wanted.contains(value)).collect();
            return Ok(CustomerSet::of_rows(rows, |row| of_code[text.codes[row] as usize]));
        }
        if let (Column::Text(text), Test::Except(values)) = (column, &filter.test) {
            let unwanted: HashSet<&str> = values.iter().map(String::as_str).collect();
            let of_code: Vec<bool> = text.dictionary.iter().map(|(_, value)| !unwanted.contains(value)).collect();
            return Ok(CustomerSet::of_rows(rows, |row| of_code[text.codes[row] as usize]));
        }
        if let (Column::Text(text), Test::Filled) = (column, &filter.test) {
            return Ok(CustomerSet::of_rows(rows, |row| text.codes[row] != BLANK));
        }
        // Which subject it is about does not matter here.
        let rule = filter.rule(&Subject::ProfileState, column.column_type())?;
        let mut found: Option<CustomerSet> = None;
        for condition in &rule.conditions {
            let holds = condition::satisfied(condition, column)?;
            let set = CustomerSet::of_rows(rows, |row| holds[row]);
            match (&mut found, rule.combine) {
                (None, _) => found = Some(set),
                (Some(found), Combine::And) => found.intersect(&set),
                (Some(found), Combine::Or) => found.union(&set),
            }
        }
        Ok(found.unwrap_or_else(|| CustomerSet::empty(rows)))
    }
}
