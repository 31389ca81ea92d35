//! Days and microseconds to and from the civil calendar (proleptic Gregorian, UTC).

use chrono::{DateTime, Datelike, NaiveDate, Timelike};

pub const MICROS_PER_SECOND: i64 = 1_000_000;
pub const MICROS_PER_DAY: i64 = 86_400 * MICROS_PER_SECOND;

/// The months' English names, in small letters.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Days since 1970-01-01 of a civil date; `None` where there is no such day. Years 1 to 9999.
///
/// The arithmetic is Howard Hinnant's `days_from_civil` (chrono-Compatible Low-Level Date Algorithms): a file of ten
/// million times asks for it ten million times.
pub fn days_from_civil(year: i32, month: u32, day: u32) -> Option<i32> {
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || day == 0 || day > days_in_month(year, month) {
        return None;
    }
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let year_of_era = y - era * 400;
    let shifted = (month as i32 + 9) % 12;
    let day_of_year = (153 * shifted + 2) / 5 + day as i32 - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The civil date of a day number; 1970-01-01 for one that is beyond the calendar.
pub fn civil(days: i32) -> NaiveDate {
    NaiveDate::from_epoch_days(days).unwrap_or_default()
}

/// `2022-07-23`.
pub fn date_text(days: i32) -> String {
    let date = civil(days);
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

/// `2022-07-23 10:00:00`, with a fraction only where there is one.
pub fn datetime_text(micros: i64) -> String {
    let time = DateTime::from_timestamp_micros(micros).unwrap_or_default();
    let mut text = format!(
        "{} {:02}:{:02}:{:02}",
        date_text(micros.div_euclid(MICROS_PER_DAY) as i32),
        time.hour(),
        time.minute(),
        time.second()
    );
    let fraction = micros.rem_euclid(MICROS_PER_SECOND);
    if fraction != 0 {
        text.push('.');
        text.push_str(format!("{fraction:06}").trim_end_matches('0'));
    }
    text
}
