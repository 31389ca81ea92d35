//! The bars of a histogram: intervals of a number or date column, at round numbers and in units of the calendar.
//!
//! They are made from all customers, so that they stay where they are while filters come and go. A few values far
//! from the others do not press all others into one bar: they belong to the first or last, which is then open.

use chrono::Datelike;

use crate::engine::calendar::{MICROS_PER_DAY, civil, date_text, datetime_text, days_from_civil};
use crate::engine::column::{Column, number_text};

/// At most so many bars, but for one where the last value begins another.
const BARS: f64 = 30.0;
/// In place of a bar: the row is blank.
pub(super) const NO_BAR: u8 = u8::MAX;

/// Intervals side by side, ascending.
#[derive(Debug, Clone, PartialEq)]
pub struct Bins {
    /// Where each begins; the first takes what is less, the last what is more.
    starts: Vec<f64>,
    /// What each is called in a filter: from, to, and whether `to` is below it.
    pub intervals: Vec<(String, String, bool)>,
}

/// How the interval between two edges is written.
enum Unit {
    Number { is_integer: bool },
    Hours,
    Days,
}

impl Bins {
    /// The bars of a column, and each row's; `None` where it is no number or date, or all blank.
    pub(super) fn of(column: &Column) -> Option<(Self, Vec<u8>)> {
        let is_date = matches!(column, Column::Date(_) | Column::Datetime(_));
        if !is_date && !matches!(column, Column::Integer(_) | Column::Number(_)) {
            return None;
        }
        let numbers: Vec<f64> = (0..column.len()).map(|row| column.number(row)).collect();
        let (low, high, open) = range(&numbers)?;
        let bins = match column {
            Column::Date(_) => of_dates(low, high, open, false),
            Column::Datetime(_) => of_dates(low, high, open, true),
            _ => of_numbers(low, high, open, matches!(column, Column::Integer(_))),
        };
        let bar_of_row =
            numbers.iter().map(|&number| if number.is_nan() { NO_BAR } else { bins.bar(number) }).collect();
        Some((bins, bar_of_row))
    }

    fn bar(&self, number: f64) -> u8 {
        self.starts.partition_point(|&start| start <= number).saturating_sub(1) as u8
    }

    /// Bars between edges, the last of which is their end; open at the ends where values lie beyond.
    fn new(edges: &[f64], open: (bool, bool), unit: &Unit) -> Self {
        let last = edges.len().saturating_sub(2);
        let interval = |(place, pair): (usize, &[f64])| {
            let (from, to, below) = unit.interval(pair[0], pair[1]);
            let from = if place == 0 && open.0 { String::new() } else { from };
            if place == last && open.1 { (from, String::new(), false) } else { (from, to, below) }
        };
        let intervals = edges.windows(2).enumerate().map(interval).collect();
        Self { starts: edges[..=last].to_vec(), intervals }
    }
}

impl Unit {
    fn interval(&self, from: f64, to: f64) -> (String, String, bool) {
        match self {
            Self::Number { is_integer: true } => (number_text(from), number_text(to - 1.0), false),
            Self::Number { is_integer: false } => (number_text(from), number_text(to), true),
            Self::Days => (date_text(from as i32), date_text(to as i32 - 1), false),
            Self::Hours => {
                let text = |days: f64| datetime_text((days * 24.0).round() as i64 * (MICROS_PER_DAY / 24));
                (text(from), text(to), true)
            }
        }
    }
}

/// The least and the largest value, each brought in where a few lie far from all others; and whether it was.
fn range(numbers: &[f64]) -> Option<(f64, f64, (bool, bool))> {
    let mut filled: Vec<f64> = numbers.iter().copied().filter(|number| number.is_finite()).collect();
    if filled.is_empty() {
        return None;
    }
    let mut at = |share: f64| {
        let place = ((filled.len() - 1) as f64 * share).round() as usize;
        *filled.select_nth_unstable_by(place, f64::total_cmp).1
    };
    let (least, low, high, most) = (at(0.0), at(0.005), at(0.995), at(1.0));
    let body = high - low;
    let (far_below, far_above) = (body > 0.0 && low - least > body, body > 0.0 && most - high > body);
    Some((if far_below { low } else { least }, if far_above { high } else { most }, (far_below, far_above)))
}

fn of_numbers(low: f64, high: f64, open: (bool, bool), is_integer: bool) -> Bins {
    let unit = Unit::Number { is_integer };
    if low == high && !is_integer {
        let text = number_text(low);
        return Bins { starts: vec![low], intervals: vec![(text.clone(), text, false)] };
    }
    // The least of 1, 2, 5, 10, 20, ... that gives few enough bars.
    let least = if is_integer { 0 } else { ((high - low) / BARS).log10().floor() as i32 };
    let sizes = (least..).flat_map(|exponent| [1.0, 2.0, 5.0].map(|factor| (factor, exponent)));
    let bars = |width: f64| (high / width).floor() - (low / width).floor();
    let mut sizes = sizes.map(|(factor, exponent)| (factor, exponent, scaled(factor, exponent)));
    let size = sizes.find(|&(_, _, width)| bars(width) < BARS || !width.is_finite());
    let (factor, exponent, width) = size.unwrap_or((1.0, 0, 1.0));
    let (first, last) = ((low / width).floor(), (high / width).floor());
    let count = (last - first) as usize + 1;
    // Multiplied out, not added up, so that edges are the numbers that people write.
    let edges: Vec<f64> = (0..=count).map(|place| scaled((first + place as f64) * factor, exponent)).collect();
    Bins::new(&edges, open, &unit)
}

/// `value` times a power of ten, as near as a number can be.
fn scaled(value: f64, exponent: i32) -> f64 {
    if exponent < 0 { value / 10_f64.powi(-exponent) } else { value * 10_f64.powi(exponent) }
}

/// Days, weeks, months, quarters, years or several years, the smallest that give few enough bars; hours within a day.
fn of_dates(low: f64, high: f64, open: (bool, bool), with_time: bool) -> Bins {
    if with_time && high - low < BARS / 24.0 {
        let (first, last) = ((low * 24.0).floor() as i64, (high * 24.0).floor() as i64);
        let edges: Vec<f64> = (first..=last + 1).map(|hour| hour as f64 / 24.0).collect();
        return Bins::new(&edges, open, &Unit::Hours);
    }
    let (first, last) = (low.floor() as i32, high.floor() as i32);
    let days = |step: i32, offset: i32| {
        let start = (first - offset).div_euclid(step) * step + offset;
        let count = (last - start) / step + 1;
        (0..=count).map(|place| f64::from(start + place * step)).collect::<Vec<f64>>()
    };
    let edges = match last.saturating_sub(first) {
        span if f64::from(span) < BARS => days(1, 0),
        // Day 4 of the epoch was a Monday.
        span if f64::from(span) < 7.0 * (BARS - 1.0) => days(7, 4),
        _ => {
            let month = |days: i32| civil(days).year() * 12 + civil(days).month0() as i32;
            let (from, to) = (month(first), month(last));
            let fits = |&months: &i32| to.div_euclid(months) - from.div_euclid(months) < BARS as i32;
            let months = [1, 3, 12, 24, 60, 120, 300, 1_200, 6_000].into_iter().find(fits).unwrap_or(12_000);
            let of = |place: i32| {
                let (year, month) = ((place * months).div_euclid(12), (place * months).rem_euclid(12));
                // Before the first year or behind the last there is no edge; the end stands for it.
                days_from_civil(year, month as u32 + 1, 1).unwrap_or(if place * months <= from {
                    first
                } else {
                    last + 1
                })
            };
            let mut edges: Vec<f64> =
                (from.div_euclid(months)..=to.div_euclid(months) + 1).map(|place| f64::from(of(place))).collect();
            edges.dedup();
            edges
        }
    };
    Bins::new(&edges, open, &Unit::Days)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn intervals(column: &Column) -> Vec<String> {
        let (bins, _) = Bins::of(column).unwrap();
        bins.intervals
            .iter()
            .map(|(from, to, below)| format!("{from}..{}{to}", if *below { "<" } else { "" }))
            .collect()
    }

    #[test]
    fn numbers_stand_at_round_edges() {
        let of = |values: &[f64]| intervals(&Column::Number(values.to_vec()));
        assert_eq!(of(&[0.1, 0.3, f64::NAN]).len(), 21);
        assert_eq!(of(&[0.1, 0.3])[..2], ["0.1..<0.11", "0.11..<0.12"]);
        assert_eq!(of(&[7.5, 7.5]), ["7.5..7.5"]);
        assert_eq!(intervals(&Column::Integer(vec![3, 5])), ["3..3", "4..4", "5..5"]);
        assert_eq!(intervals(&Column::Integer(vec![0, 99]))[..2], ["0..4", "5..9"]);
        let mut far: Vec<i64> = (0..1_000).map(|row| row % 10).collect();
        far[500] = 1_000_000;
        assert_eq!(intervals(&Column::Integer(far)).last().map(String::as_str), Some("9.."));
        assert_eq!(Bins::of(&Column::Number(vec![f64::NAN])), None);
    }

    #[test]
    fn dates_stand_in_units_of_the_calendar() {
        let day = |year, month, day| days_from_civil(year, month, day).unwrap();
        let of = |from, to| intervals(&Column::Date(vec![from, to]));
        assert_eq!(of(day(2022, 7, 23), day(2022, 7, 24)), ["2022-07-23..2022-07-23", "2022-07-24..2022-07-24"]);
        assert_eq!(of(day(2022, 7, 6), day(2022, 9, 1))[0], "2022-07-04..2022-07-10");
        assert_eq!(of(day(2021, 7, 6), day(2022, 9, 1))[0], "2021-07-01..2021-07-31");
        assert_eq!(of(day(2017, 7, 6), day(2022, 9, 1))[0], "2017-07-01..2017-09-30");
        assert_eq!(of(day(1940, 7, 6), day(2005, 9, 1))[0], "1940-01-01..1944-12-31");
        let noon = i64::from(day(2022, 7, 23)) * MICROS_PER_DAY + MICROS_PER_DAY / 2;
        assert_eq!(intervals(&Column::Datetime(vec![noon]))[0], "2022-07-23 12:00:00..<2022-07-23 13:00:00");
    }

    #[test]
    fn every_row_lies_in_its_bar() {
        let values: Vec<f64> = (0..5_000).map(|row| f64::from(row * row % 7_919) / 100.0).collect();
        let (bins, bars) = Bins::of(&Column::Number(values.clone())).unwrap();
        assert!((15..=31).contains(&bins.intervals.len()), "{}", bins.intervals.len());
        for (value, bar) in values.iter().zip(bars) {
            let (from, to, _) = &bins.intervals[bar as usize];
            assert!(
                from.parse::<f64>().unwrap() <= *value && *value < to.parse::<f64>().unwrap(),
                "{value} {from} {to}"
            );
        }
    }
}
