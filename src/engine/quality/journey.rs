//! From unknown to known over time: how many customers, and keys, became known in which week.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::engine::calendar::{MICROS_PER_DAY, MONTHS, civil, date_text, days_from_civil};
use crate::engine::column::{BLANK_INTEGER, Column};
use crate::engine::customer::customers::BECAME_KNOWN_ON;
use crate::engine::customer::known::{NEVER_UNKNOWN, UNKNOWN};
use crate::engine::pipeline::Run;

/// More periods than this are drawn as longer ones.
const MOST: usize = 104;

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unit {
    /// From Monday on (ISO 8601).
    #[default]
    Week,
    Month,
    Year,
}

/// What became known when. Every period between the first and the last is there, with a zero where nothing was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Journey {
    pub known: u64,
    pub unknown: u64,
    /// Known customers none of whose keys was ever unknown.
    pub never_unknown: u64,
    pub unit: Unit,
    pub periods: Vec<Period>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Period {
    /// Its first day, since 1970-01-01.
    pub start: i32,
    /// Customers whose first key to become known did so then.
    pub customers: u64,
    /// Source keys, of all unified tables.
    pub keys: u64,
}

impl Unit {
    pub fn label(self) -> &'static str {
        match self {
            Self::Week => tr!("week"),
            Self::Month => tr!("month"),
            Self::Year => tr!("year"),
        }
    }

    /// The first day of the period that a day is in.
    fn start(self, day: i32) -> i32 {
        let date = civil(day);
        match self {
            Self::Week => day - date.weekday().num_days_from_monday() as i32,
            Self::Month => days_from_civil(date.year(), date.month(), 1).unwrap_or(day),
            Self::Year => days_from_civil(date.year(), 1, 1).unwrap_or(day),
        }
    }

    /// The first day of the period after the one that begins on this day.
    fn next(self, start: i32) -> i32 {
        match self {
            Self::Week => start + 7,
            Self::Month => self.start(start + 31),
            Self::Year => self.start(start + 366),
        }
    }

    /// `2022-W29`, `July 2022`, `2022`.
    pub fn name(self, start: i32) -> String {
        let date = civil(start);
        match self {
            Self::Week => tr!(
                "{year}-W{week}",
                year = date.iso_week().year(),
                week = format_args!("{:02}", date.iso_week().week())
            ),
            Self::Month => {
                let mut month = MONTHS[date.month0() as usize].chars();
                let first = month.next().map(|first| first.to_ascii_uppercase());
                format!("{}{} {}", first.unwrap_or_default(), month.as_str(), date.year())
            }
            Self::Year => date.year().to_string(),
        }
    }
}

impl Period {
    /// `2022-W29, from 2022-07-18`.
    pub fn words(&self, unit: Unit) -> String {
        match unit {
            Unit::Week => {
                tr!("{unit}, from {date_text}", unit = unit.name(self.start), date_text = date_text(self.start))
            }
            _ => unit.name(self.start),
        }
    }
}

/// The journey of a run's customers; empty before there are any.
pub fn journey(run: &Run) -> Journey {
    let (Some(customers), Some(known)) = (&run.customers, &run.known) else { return Journey::default() };
    let mut days: BTreeMap<i32, (u64, u64)> = BTreeMap::new();
    let day = |micros: i64| micros.div_euclid(MICROS_PER_DAY) as i32;
    let mut became_known = 0;
    if let Some(Column::Datetime(times)) = customers.table.column(BECAME_KNOWN_ON) {
        for &time in times.iter().filter(|&&time| time != BLANK_INTEGER) {
            days.entry(day(time)).or_default().0 += 1;
            became_known += 1;
        }
    }
    for &since in known.tables.iter().flatten().filter(|since| !matches!(**since, UNKNOWN | NEVER_UNKNOWN)) {
        days.entry(day(since)).or_default().1 += 1;
    }
    let (unit, periods) = periods(&days);
    let never_unknown = customers.known.saturating_sub(became_known);
    Journey { known: customers.known, unknown: customers.unknown, never_unknown, unit, periods }
}

/// Weeks, or months or years where those were too many.
fn periods(days: &BTreeMap<i32, (u64, u64)>) -> (Unit, Vec<Period>) {
    let (Some((&first, _)), Some((&last, _))) = (days.first_key_value(), days.last_key_value()) else {
        return (Unit::Week, Vec::new());
    };
    let span = (last - first) as usize;
    let unit = match span {
        _ if span / 7 < MOST => Unit::Week,
        _ if span / 28 < MOST => Unit::Month,
        _ => Unit::Year,
    };
    let mut periods = vec![Period { start: unit.start(first), ..Period::default() }];
    for (&day, &(customers, keys)) in days {
        let start = unit.start(day);
        while let Some(open) = periods.last().filter(|open| open.start < start) {
            let next = unit.next(open.start);
            periods.push(Period { start: next, ..Period::default() });
        }
        if let Some(open) = periods.last_mut() {
            open.customers += customers;
            open.keys += keys;
        }
    }
    (unit, periods)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(days: &[(i32, u32, u32)]) -> BTreeMap<i32, (u64, u64)> {
        days.iter().map(|&(year, month, day)| (days_from_civil(year, month, day).unwrap(), (1, 2))).collect()
    }

    #[test]
    fn weeks_begin_on_monday_and_none_is_left_out() {
        let (unit, periods) = periods(&days(&[(2022, 7, 23), (2022, 7, 24), (2022, 7, 25), (2022, 8, 10)]));
        assert_eq!(unit, Unit::Week);
        let shown: Vec<(String, u64, u64)> =
            periods.iter().map(|period| (unit.name(period.start), period.customers, period.keys)).collect();
        let expected = [("2022-W29", 2, 4), ("2022-W30", 1, 2), ("2022-W31", 0, 0), ("2022-W32", 1, 2)];
        assert_eq!(shown, expected.map(|(name, customers, keys)| (name.to_owned(), customers, keys)));
        assert_eq!(periods[0].words(unit), "2022-W29, from 2022-07-18");
    }

    #[test]
    fn long_spans_are_months_or_years() {
        let (unit, months) = periods(&days(&[(2020, 1, 31), (2024, 2, 29)]));
        assert_eq!((unit, months.len(), unit.name(months[1].start).as_str()), (Unit::Month, 50, "February 2020"));
        let (unit, years) = periods(&days(&[(1970, 12, 31), (2024, 1, 1)]));
        assert_eq!((unit, years.len(), unit.name(years[54].start).as_str()), (Unit::Year, 55, "2024"));
        assert_eq!(periods(&BTreeMap::new()), (Unit::Week, Vec::new()));
    }

    #[test]
    fn the_coffee_shop_knows_one_visitor_since_that_week() {
        let journey = journey(&crate::engine::quality::testing::sample("coffee"));
        assert_eq!((journey.known, journey.unknown, journey.never_unknown), (3, 2, 2));
        let start = days_from_civil(2022, 7, 18).unwrap();
        assert_eq!(journey.periods, [Period { start, customers: 1, keys: 1 }]);
    }
}
