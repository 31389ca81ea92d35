//! What a column holds: counts, the most frequent values, the spread (semantics 1.1, profiling).

use std::cmp::Ordering;
use std::fmt::Write;

use crate::engine::calendar::{MICROS_PER_DAY, MICROS_PER_SECOND, date_text, datetime_text};
use crate::engine::column::{BLANK_BOOLEAN, BLANK_DATE, BLANK_INTEGER, Column, TextColumn, number_text};
use crate::engine::dictionary::BLANK;
use crate::project::ColumnType;

const TOP: usize = 10;
const BINS: i128 = 20;

/// A column in numbers, all exact.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnProfile {
    pub name: String,
    pub column_type: ColumnType,
    /// Rows, blank ones included.
    pub total: u64,
    pub blank: u64,
    /// Distinct values, blank not counted.
    pub distinct: u64,
    /// At most ten values as text with their rows: the most frequent first, equally frequent ones by their text.
    pub top: Vec<(String, u64)>,
    /// About twenty bins of equal width from the smallest value to the largest, for numbers, dates and times; empty for
    /// other types and where there is no value.
    pub histogram: Vec<Bin>,
    /// The smallest value as text; text by code point. Empty where all is blank.
    pub min: String,
    /// The largest value as text.
    pub max: String,
}

/// One bar of a histogram.
#[derive(Debug, Clone, PartialEq)]
pub struct Bin {
    /// The two ends as numbers: dates and times in days, as [`Column::number`] has them.
    pub from: f64,
    pub to: f64,
    /// Whether the value at the end belongs here too.
    pub includes_end: bool,
    /// The smallest value that belongs here, as text.
    pub label_from: String,
    /// The end, as text: the last value that belongs here for integers and dates; for numbers and times the first that
    /// does not, except in the last bin.
    pub label_to: String,
    /// Rows.
    pub count: u64,
}

/// Profiles a column. Takes a sort of the values that are not text; text is counted by its codes.
pub fn profile(name: &str, column: &Column) -> ColumnProfile {
    let (counted, histogram) = match column {
        Column::Text(text) => (count_text(text), Vec::new()),
        Column::Boolean(values) => (count_booleans(values), Vec::new()),
        Column::Integer(values) => whole(values.iter().copied().filter(|&value| value != BLANK_INTEGER), Kind::Integer),
        Column::Datetime(values) => {
            whole(values.iter().copied().filter(|&value| value != BLANK_INTEGER), Kind::Datetime)
        }
        Column::Date(values) => {
            whole(values.iter().filter(|&&value| value != BLANK_DATE).map(|&value| i64::from(value)), Kind::Date)
        }
        Column::Number(values) => numbers(values),
    };
    let total = column.len() as u64;
    ColumnProfile {
        name: name.to_owned(),
        column_type: column.column_type(),
        total,
        blank: total - counted.filled,
        distinct: counted.distinct,
        top: counted.top.0,
        histogram,
        min: counted.min,
        max: counted.max,
    }
}

#[derive(Default)]
struct Counted {
    filled: u64,
    distinct: u64,
    top: Top,
    min: String,
    max: String,
}

/// The most frequent values so far, in their final order.
#[derive(Default)]
struct Top(Vec<(String, u64)>);

impl Top {
    fn offer(&mut self, value: &str, count: u64) {
        let order = |other: &(String, u64)| count.cmp(&other.1).then_with(|| other.0.as_str().cmp(value));
        if self.0.len() == TOP && self.0.last().is_some_and(|last| order(last) != Ordering::Greater) {
            return;
        }
        let place = self.0.partition_point(|other| order(other) != Ordering::Greater);
        self.0.insert(place, (value.to_owned(), count));
        self.0.truncate(TOP);
    }

    /// Whether a value of this frequency is out whatever its text.
    fn is_beyond(&self, count: u64) -> bool {
        self.0.len() == TOP && self.0.last().is_some_and(|last| count < last.1)
    }
}

fn count_text(text: &TextColumn) -> Counted {
    let mut counts = vec![0u64; text.dictionary.len()];
    for &code in &text.codes {
        counts[code as usize] += 1;
    }
    let mut counted = Counted::default();
    let (mut min, mut max): (Option<&str>, Option<&str>) = (None, None);
    for (code, value) in text.dictionary.iter() {
        let count = counts[code as usize];
        if code == BLANK || count == 0 {
            continue;
        }
        counted.filled += count;
        counted.distinct += 1;
        counted.top.offer(value, count);
        min = Some(min.map_or(value, |min| min.min(value)));
        max = Some(max.map_or(value, |max| max.max(value)));
    }
    counted.min = min.unwrap_or_default().to_owned();
    counted.max = max.unwrap_or_default().to_owned();
    counted
}

fn count_booleans(values: &[u8]) -> Counted {
    let mut counts = [0u64; 2];
    for &value in values.iter().filter(|&&value| value != BLANK_BOOLEAN) {
        counts[usize::from(value != 0)] += 1;
    }
    let mut counted = Counted::default();
    for (name, count) in [("false", counts[0]), ("true", counts[1])] {
        if count > 0 {
            counted.filled += count;
            counted.distinct += 1;
            counted.top.offer(name, count);
            if counted.min.is_empty() {
                name.clone_into(&mut counted.min);
            }
            name.clone_into(&mut counted.max);
        }
    }
    counted
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Integer,
    Date,
    Datetime,
}

impl Kind {
    fn text(self, value: i64) -> String {
        match self {
            Self::Integer => value.to_string(),
            Self::Date => date_text(i32::try_from(value).unwrap_or_default()),
            Self::Datetime => datetime_text(value),
        }
    }
}

/// Counts runs of a sorted slice; `write` puts a value's text into an empty buffer.
fn count_sorted<T: Copy + PartialEq>(
    sorted: &[T],
    text_follows_value: bool,
    write: impl Fn(T, &mut String),
) -> Counted {
    let mut counted = Counted { filled: sorted.len() as u64, ..Counted::default() };
    let mut buffer = String::new();
    for run in sorted.chunk_by(|a, b| a == b) {
        let count = run.len() as u64;
        counted.distinct += 1;
        let is_late = text_follows_value && counted.top.0.len() == TOP && counted.top.0[TOP - 1].1 == count;
        if !is_late && !counted.top.is_beyond(count) {
            buffer.clear();
            write(run[0], &mut buffer);
            counted.top.offer(&buffer, count);
        }
    }
    if let [first, .., last] | [first @ last] = sorted {
        write(*first, &mut counted.min);
        write(*last, &mut counted.max);
    }
    counted
}

fn whole(values: impl Iterator<Item = i64>, kind: Kind) -> (Counted, Vec<Bin>) {
    let mut values: Vec<i64> = values.collect();
    values.sort_unstable();
    // The texts of dates and times sort as they do, so later ones need not be written to be compared.
    let counted = count_sorted(&values, kind != Kind::Integer, |value, text| match kind {
        Kind::Integer => {
            let _ = write!(text, "{value}");
        }
        kind => text.push_str(&kind.text(value)),
    });
    (counted, whole_bins(&values, kind))
}

fn whole_bins(sorted: &[i64], kind: Kind) -> Vec<Bin> {
    let (Some(&first), Some(&last)) = (sorted.first(), sorted.last()) else { return Vec::new() };
    let span = i128::from(last) - i128::from(first) + 1;
    let mut width = (span + BINS - 1) / BINS;
    let second = i128::from(MICROS_PER_SECOND);
    if kind == Kind::Datetime && width > second {
        width = (width + second - 1) / second * second;
    }
    let mut bins = Vec::new();
    let mut rest = sorted;
    let mut from = i128::from(first);
    while from <= i128::from(last) {
        let next = from + width;
        let count = rest.partition_point(|&value| i128::from(value) < next);
        rest = &rest[count..];
        let end = if kind == Kind::Datetime { next } else { next - 1 }.min(i128::from(last));
        let text = |value: i128| i64::try_from(value).map(|value| kind.text(value)).unwrap_or_default();
        let number =
            |value: i128| if kind == Kind::Datetime { value as f64 / MICROS_PER_DAY as f64 } else { value as f64 };
        bins.push(Bin {
            from: number(from),
            to: number(end),
            includes_end: kind != Kind::Datetime || next > i128::from(last),
            label_from: text(from),
            label_to: text(end),
            count: count as u64,
        });
        from = next;
    }
    bins
}

fn numbers(values: &[f64]) -> (Counted, Vec<Bin>) {
    // Adding zero makes one zero of the two.
    let mut values: Vec<f64> = values.iter().filter(|value| !value.is_nan()).map(|value| value + 0.0).collect();
    values.sort_unstable_by(f64::total_cmp);
    let counted = count_sorted(&values, false, |value, text| text.push_str(&number_text(value)));
    let finite_start = values.partition_point(|&value| value == f64::NEG_INFINITY);
    let finite_end = values.partition_point(|&value| value < f64::INFINITY);
    (counted, number_bins(&values[finite_start..finite_end]))
}

fn number_bins(sorted: &[f64]) -> Vec<Bin> {
    let (Some(&first), Some(&last)) = (sorted.first(), sorted.last()) else { return Vec::new() };
    if first == last {
        let label = number_text(first);
        let count = sorted.len() as u64;
        return vec![Bin {
            from: first,
            to: last,
            includes_end: true,
            label_from: label.clone(),
            label_to: label,
            count,
        }];
    }
    let bins = BINS as usize;
    // A mean with weights, as the difference of two huge numbers need not be finite.
    let bound = |index: usize| {
        let share = index as f64 / bins as f64;
        if index == bins { last } else { first * (1.0 - share) + last * share }
    };
    let mut rest = sorted;
    (0..bins)
        .map(|index| {
            let end = bound(index + 1);
            let count = if index + 1 == bins { rest.len() } else { rest.partition_point(|&value| value < end) };
            rest = &rest[count..];
            Bin {
                from: bound(index),
                to: end,
                includes_end: index + 1 == bins,
                label_from: number_text(bound(index)),
                label_to: number_text(end),
                count: count as u64,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_counted_by_value_and_ties_by_text() {
        let profile = profile("City", &Column::text_of(["Rome", "Oslo", "", "Rome", "Bern", "Oslo"]));
        assert_eq!((profile.total, profile.blank, profile.distinct), (6, 1, 3));
        let top: Vec<(&str, u64)> = profile.top.iter().map(|(text, count)| (text.as_str(), *count)).collect();
        assert_eq!(top, [("Oslo", 2), ("Rome", 2), ("Bern", 1)]);
        assert_eq!((profile.min.as_str(), profile.max.as_str()), ("Bern", "Rome"));
        assert!(profile.histogram.is_empty());
    }

    #[test]
    fn values_of_the_dictionary_that_no_row_has_do_not_count() {
        let column = Column::text_of(["a", "b", "b"]).gather(&[1, 2]);
        assert_eq!(profile("x", &column).distinct, 1);
    }

    #[test]
    fn integers_fall_into_bins_that_hold_them_all() {
        let values: Vec<i64> = (1..=100).chain([BLANK_INTEGER]).collect();
        let profile = profile("n", &Column::Integer(values));
        assert_eq!((profile.blank, profile.distinct), (1, 100));
        assert_eq!((profile.min.as_str(), profile.max.as_str()), ("1", "100"));
        assert_eq!(profile.top[..3], [("1".into(), 1), ("10".into(), 1), ("100".into(), 1)], "ties by text");
        assert_eq!(profile.histogram.len(), 20);
        assert!(profile.histogram.iter().all(|bin| bin.count == 5));
        assert_eq!((profile.histogram[0].label_from.as_str(), profile.histogram[0].label_to.as_str()), ("1", "5"));
    }

    #[test]
    fn few_integers_have_a_bin_each() {
        let profile = profile("n", &Column::Integer(vec![3, 5, 5]));
        let bins: Vec<(&str, u64)> = profile.histogram.iter().map(|bin| (bin.label_to.as_str(), bin.count)).collect();
        assert_eq!(bins, [("3", 1), ("4", 0), ("5", 2)]);
    }

    #[test]
    fn extreme_values_do_not_overflow() {
        let whole = profile("n", &Column::Integer(vec![i64::MIN + 1, i64::MAX]));
        assert_eq!(whole.histogram.iter().map(|bin| bin.count).sum::<u64>(), 2);
        let numbers = [f64::MIN, f64::MAX, f64::INFINITY, f64::NEG_INFINITY, f64::NAN, -0.0, 0.0];
        let numbers = profile("x", &Column::Number(numbers.to_vec()));
        assert_eq!((numbers.blank, numbers.distinct), (1, 5));
        assert_eq!(numbers.histogram.iter().map(|bin| bin.count).sum::<u64>(), 4);
        let dates = profile("d", &Column::Date(vec![i32::MIN + 1, i32::MAX, BLANK_DATE]));
        assert_eq!(dates.histogram.iter().map(|bin| bin.count).sum::<u64>(), 2);
    }

    #[test]
    fn times_are_binned_by_whole_seconds() {
        let day = 86_400 * MICROS_PER_SECOND;
        let profile = profile("t", &Column::Datetime(vec![0, 1, day, BLANK_INTEGER]));
        assert_eq!(profile.histogram.iter().map(|bin| bin.count).collect::<Vec<_>>().first(), Some(&2));
        assert_eq!(profile.histogram[0].label_to, "1970-01-01 01:12:01");
        assert_eq!(profile.max, "1970-01-02 00:00:00");
    }

    #[test]
    fn a_bin_holds_what_stands_between_its_ends() {
        let scatter = |row: i64| row * 7_919 % 1_009;
        for column in [
            Column::Integer((0..500).map(scatter).collect()),
            Column::Date((0..500).map(|row| scatter(row) as i32).collect()),
            Column::Datetime((0..500).map(|row| scatter(row) * 1_234_567_891).collect()),
            Column::Number((0..500).map(|row| scatter(row) as f64 / 7.0).collect()),
            Column::Number(vec![2.5; 3]),
        ] {
            let profile = profile("x", &column);
            for bin in &profile.histogram {
                let is_in =
                    |number: f64| number >= bin.from && (number < bin.to || (bin.includes_end && number == bin.to));
                let held = (0..column.len()).filter(|&row| is_in(column.number(row))).count();
                assert_eq!(held as u64, bin.count, "{bin:?}");
            }
        }
    }

    #[test]
    fn a_column_of_blanks_has_no_bins() {
        let empty = profile("x", &Column::Number(vec![f64::NAN]));
        assert_eq!((empty.total, empty.blank, empty.distinct, empty.min.as_str()), (1, 1, 0, ""));
        assert!(empty.histogram.is_empty() && empty.top.is_empty());
        assert_eq!(profile("b", &Column::Boolean(vec![1, 0, 1, BLANK_BOOLEAN])).top[0], ("true".into(), 2));
    }
}
