//! One segment condition against one column: which rows satisfy it (semantics 1.12, operators).

use chrono::Datelike;

use crate::engine::calendar::{MICROS_PER_DAY, MICROS_PER_SECOND, MONTHS, civil};
use crate::engine::column::Column;
use crate::engine::ingest;
use crate::project::{ColumnType, Operator, SegmentCondition};

/// Monday to Sunday, as a condition's value may name them; a number from 1 (Monday) to 7 will do too.
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Whether the condition's operator and values fit a column of this type; what is wrong, where not.
pub fn check(condition: &SegmentCondition, column_type: ColumnType) -> Result<(), String> {
    Test::new(condition, column_type).map(|_| ())
}

/// For each row whether it satisfies the condition. `is not` is false for blanks unless they are included.
pub fn satisfied(condition: &SegmentCondition, column: &Column) -> Result<Vec<bool>, String> {
    let test = Test::new(condition, column.column_type())?;
    let judge = |blank: bool, holds: &dyn Fn() -> bool| {
        if condition.operator == Operator::Empty {
            return blank != condition.negated;
        }
        if blank {
            return condition.negated && condition.include_blanks;
        }
        holds() != condition.negated
    };
    Ok(match column {
        Column::Text(text) => {
            let of_code: Vec<bool> =
                text.dictionary.iter().map(|(code, value)| judge(code == 0, &|| test.holds_text(value))).collect();
            text.codes.iter().map(|&code| of_code[code as usize]).collect()
        }
        Column::Integer(values) => {
            rows(column, |row| judge(column.is_blank(row), &|| test.holds_number(values[row] as f64)))
        }
        Column::Number(values) => rows(column, |row| judge(column.is_blank(row), &|| test.holds_number(values[row]))),
        Column::Boolean(values) => {
            rows(column, |row| judge(column.is_blank(row), &|| test.holds_boolean(values[row] == 1)))
        }
        Column::Date(values) => rows(column, |row| {
            judge(column.is_blank(row), &|| test.holds_time(i64::from(values[row]) * MICROS_PER_DAY))
        }),
        Column::Datetime(values) => rows(column, |row| judge(column.is_blank(row), &|| test.holds_time(values[row]))),
    })
}

fn rows(column: &Column, judge: impl Fn(usize) -> bool) -> Vec<bool> {
    (0..column.len()).map(judge).collect()
}

/// A condition with its values read as the column's type.
struct Test {
    operator: Operator,
    ignore_case: bool,
    values: Values,
}

enum Values {
    None,
    Text(Vec<String>),
    Numbers(Vec<f64>),
    /// Half-open intervals of microseconds: a date stands for its whole day.
    Times(Vec<(i64, i64)>),
    /// Numbers of weekdays (1 Monday), months or years.
    Calendar(Vec<i32>),
}

impl Test {
    fn new(condition: &SegmentCondition, column_type: ColumnType) -> Result<Self, String> {
        let operator = condition.operator;
        if !Operator::of_type(column_type).contains(&operator) {
            return Err(tr!(
                "\"{label}\" does not apply to {column}; choose another operator",
                label = operator.label(),
                column = column_type.with_article()
            ));
        }
        let given = condition.values.len();
        match operator.value_count() {
            Some(count) if count != given => {
                return Err(tr!(
                    "\"{label}\" needs {count} value(s), {given} given",
                    label = operator.label(),
                    count,
                    given
                ));
            }
            None if given == 0 => return Err(tr!("\"{label}\" needs at least one value", label = operator.label())),
            _ => {}
        }
        let values = read_values(condition, column_type)?;
        let searches = matches!(operator, Operator::Contains | Operator::StartsWith | Operator::EndsWith);
        if searches && condition.values.iter().any(String::is_empty) {
            return Err(tr!("\"{label}\" needs a text to look for", label = operator.label()));
        }
        let reversed = match &values {
            Values::Numbers(bounds) => matches!(bounds[..], [from, to] if from > to),
            Values::Times(bounds) => matches!(bounds[..], [(from, _), (_, to)] if from >= to),
            _ => false,
        };
        if operator == Operator::Between && reversed {
            return Err(tr!("\"between\" needs the smaller value first").to_owned());
        }
        Ok(Self { operator, ignore_case: condition.ignore_case, values })
    }

    fn holds_text(&self, value: &str) -> bool {
        let Values::Text(wanted) = &self.values else { return false };
        let folded;
        let value = if self.ignore_case {
            folded = value.to_lowercase();
            &folded
        } else {
            value
        };
        wanted.iter().any(|wanted| match self.operator {
            Operator::Contains => value.contains(wanted),
            Operator::StartsWith => value.starts_with(wanted),
            Operator::EndsWith => value.ends_with(wanted),
            _ => value == wanted,
        })
    }

    fn holds_number(&self, value: f64) -> bool {
        let Values::Numbers(wanted) = &self.values else { return false };
        match (self.operator, wanted[..].as_ref()) {
            (Operator::Between, [from, to]) => *from <= value && value <= *to,
            (Operator::LessThan, [limit]) => value < *limit,
            (Operator::LessThanOrEqualTo, [limit]) => value <= *limit,
            (Operator::GreaterThan, [limit]) => value > *limit,
            (Operator::GreaterThanOrEqualTo, [limit]) => value >= *limit,
            (_, wanted) => wanted.contains(&value),
        }
    }

    fn holds_boolean(&self, value: bool) -> bool {
        value == (self.operator == Operator::IsTrue)
    }

    fn holds_time(&self, micros: i64) -> bool {
        match (&self.values, self.operator) {
            (Values::Times(wanted), Operator::Between) => match wanted[..] {
                [(from, _), (_, to)] => from <= micros && micros < to,
                _ => false,
            },
            (Values::Times(wanted), Operator::Before) => wanted.iter().any(|&(from, _)| micros < from),
            (Values::Times(wanted), Operator::After) => wanted.iter().any(|&(_, to)| micros >= to),
            (Values::Times(wanted), _) => wanted.iter().any(|&(from, to)| from <= micros && micros < to),
            (Values::Calendar(wanted), operator) => {
                let date = civil(micros.div_euclid(MICROS_PER_DAY) as i32);
                let part = match operator {
                    Operator::DayOfWeek => date.weekday().number_from_monday() as i32,
                    Operator::MonthOf => date.month() as i32,
                    _ => date.year(),
                };
                wanted.contains(&part)
            }
            _ => false,
        }
    }
}

fn read_values(condition: &SegmentCondition, column_type: ColumnType) -> Result<Values, String> {
    let values = condition.values.iter().map(String::as_str);
    let all = |read: &dyn Fn(&str) -> Option<i32>, what: &str| -> Result<Values, String> {
        let read = values.clone().map(|value| read(value.trim()).ok_or(tr!("\"{value}\" is not {what}", value, what)));
        read.collect::<Result<_, _>>().map(Values::Calendar)
    };
    match (condition.operator, column_type) {
        (Operator::Empty | Operator::IsTrue | Operator::IsFalse, _) => Ok(Values::None),
        (Operator::DayOfWeek, _) => all(&|value| named(value, &DAYS, 3), tr!("a day of the week, such as Monday")),
        (Operator::MonthOf, _) => all(&|value| named(value, &MONTHS, 3), tr!("a month, such as July or 7")),
        (Operator::YearOf, _) => all(&|value| value.parse().ok(), tr!("a year, such as 2022")),
        (_, ColumnType::Integer | ColumnType::Number) => values
            .map(|value| match value.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => Ok(number),
                _ => Err(tr!("\"{value}\" is not a number", value)),
            })
            .collect::<Result<_, _>>()
            .map(Values::Numbers),
        (_, ColumnType::Date | ColumnType::Datetime) => values
            .map(|value| {
                interval(value).ok_or(tr!("\"{value}\" is not a date: write 2022-07-23 or 2022-07-23 10:00:00", value))
            })
            .collect::<Result<_, _>>()
            .map(Values::Times),
        _ => Ok(Values::Text(
            values.map(|value| if condition.ignore_case { value.to_lowercase() } else { value.to_owned() }).collect(),
        )),
    }
}

/// The place, from 1, of a name given in full or by at least `letters` letters, or of its number.
fn named(value: &str, names: &[&str], letters: usize) -> Option<i32> {
    if let Ok(number) = value.parse::<usize>() {
        return (1..=names.len()).contains(&number).then_some(number as i32);
    }
    let value = value.to_lowercase();
    (value.len() >= letters).then_some(())?;
    names.iter().position(|name| name.starts_with(&value)).map(|place| place as i32 + 1)
}

/// What a date or time stands for, in microseconds: a day, the one second, or with a fraction the very moment.
fn interval(value: &str) -> Option<(i64, i64)> {
    let value = value.trim();
    if let Some(days) = ingest::parse_date(value) {
        let start = i64::from(days) * MICROS_PER_DAY;
        return Some((start, start + MICROS_PER_DAY));
    }
    let micros = ingest::parse_datetime(value)?;
    let length = if micros % MICROS_PER_SECOND == 0 { MICROS_PER_SECOND } else { 1 };
    Some((micros, micros + length))
}
