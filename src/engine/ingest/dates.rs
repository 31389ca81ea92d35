//! Dates and times in text: a pattern is compiled once, then ten million values run through it without allocation.

mod pattern;

use crate::engine::calendar::{MICROS_PER_DAY, MICROS_PER_SECOND, MONTHS, days_from_civil};

/// A fraction of a second has nine digits at most; those beyond microseconds are dropped.
const FRACTION_DIGITS: usize = 9;

/// How the dates of a column are written.
#[derive(Debug, Clone)]
pub(super) enum DateParser {
    /// ISO 8601: `2022-07-23`, `2022-07-23 10:00:00`, `2022-07-23T10:00:00.5+02:00`.
    Iso,
    Pattern(Box<[Step]>),
}

/// One step of a compiled pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Literal(u8),
    Year4,
    Year2,
    /// Two digits where `padded`, else one or two.
    Month {
        padded: bool,
    },
    MonthName,
    Day {
        padded: bool,
    },
    Hour24 {
        padded: bool,
    },
    Hour12 {
        padded: bool,
    },
    Minute {
        padded: bool,
    },
    Second {
        padded: bool,
    },
    /// So many digits; 0 stands for any number of them.
    Fraction(u8),
    HalfDay,
    Zone,
}

/// A point in time as it was written, an offset applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    /// Days since 1970-01-01.
    days: i32,
    /// Since midnight of that day in UTC; beyond the day where an offset moved it there.
    micros: i64,
    pub(super) month: u8,
    pub(super) day: u8,
    pub(super) has_time: bool,
}

impl Stamp {
    /// Microseconds since 1970-01-01 00:00:00 UTC; midnight where no time was written.
    pub(super) fn datetime(self) -> i64 {
        i64::from(self.days) * MICROS_PER_DAY + self.micros
    }

    /// Days since 1970-01-01; `None` where there is a time of day, which a date would lose.
    pub(super) fn date(self) -> Option<i32> {
        (self.micros == 0).then_some(self.days)
    }
}

#[derive(Default)]
struct Fields {
    year: i32,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    second: u32,
    micros: u32,
    afternoon: Option<bool>,
    offset_minutes: i32,
    has_time: bool,
}

impl Fields {
    fn stamp(mut self) -> Option<Stamp> {
        if let Some(afternoon) = self.afternoon {
            if !(1..=12).contains(&self.hour) {
                return None;
            }
            self.hour = self.hour % 12 + if afternoon { 12 } else { 0 };
        }
        if self.hour > 23 || self.minute > 59 || self.second > 59 {
            return None;
        }
        let days = days_from_civil(self.year, self.month, self.day)?;
        let seconds =
            i64::from(self.hour * 3600 + self.minute * 60 + self.second) - i64::from(self.offset_minutes) * 60;
        Some(Stamp {
            days,
            micros: seconds * MICROS_PER_SECOND + i64::from(self.micros),
            month: self.month as u8,
            day: self.day as u8,
            has_time: self.has_time,
        })
    }
}

impl DateParser {
    /// Compiles a pattern; `None` is ISO 8601. The error is a sentence for the analyst.
    pub(super) fn compile(pattern: Option<&str>) -> Result<Self, String> {
        match pattern {
            None => Ok(Self::Iso),
            Some(pattern) => Ok(Self::Pattern(pattern::compile(pattern)?.into_boxed_slice())),
        }
    }

    /// The point in time a text says; `None` where it does not follow the pattern or there is no such day or time.
    pub(super) fn parse(&self, text: &[u8]) -> Option<Stamp> {
        let mut scan = Scan { rest: text };
        let fields = match self {
            Self::Iso => match common_iso(text) {
                Some(fields) => return fields.stamp(),
                None => scan.iso()?,
            },
            Self::Pattern(steps) => scan.steps(steps)?,
        };
        if scan.rest.is_empty() { fields.stamp() } else { None }
    }

    /// Whether day and month could be taken for each other: both in digits, side by side, before the year, with `/` or
    /// `-` between them. Dots are left out: with them the day comes first wherever they are used.
    pub(super) fn is_swappable(&self) -> bool {
        let Self::Pattern(steps) = self else { return false };
        let place = |wanted: fn(&Step) -> bool| steps.iter().position(wanted);
        let month = place(|step| matches!(step, Step::Month { .. }));
        let day = place(|step| matches!(step, Step::Day { .. }));
        let year = place(|step| matches!(step, Step::Year4 | Step::Year2));
        match (month, day, year) {
            (Some(month), Some(day), Some(year)) => {
                month.abs_diff(day) == 2
                    && year > month.max(day)
                    && matches!(steps[month.min(day) + 1], Step::Literal(b'/' | b'-'))
            }
            _ => false,
        }
    }
}

/// The two forms that nearly every ISO 8601 column has, `2022-07-23` and `2022-07-23T10:00:00Z` (a space for the `T`,
/// the `Z` or not): all places are fixed, so there is nothing to search. `None` says nothing about other forms.
fn common_iso(text: &[u8]) -> Option<Fields> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, ref time @ ..] = text else { return None };
    let (century, year) = (two_digits(y1, y2)?, two_digits(y3, y4)?);
    let (month, day) = (two_digits(m1, m2)?, two_digits(d1, d2)?);
    let fields = Fields { year: (century * 100 + year) as i32, month, day, ..Fields::default() };
    if time.is_empty() {
        return Some(fields);
    }
    let &[b'T' | b' ', h1, h2, b':', n1, n2, b':', s1, s2] = time.strip_suffix(b"Z").unwrap_or(time) else {
        return None;
    };
    let (hour, minute, second) = (two_digits(h1, h2)?, two_digits(n1, n2)?, two_digits(s1, s2)?);
    Some(Fields { hour, minute, second, has_time: true, ..fields })
}

#[inline]
fn two_digits(tens: u8, ones: u8) -> Option<u32> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then(|| u32::from(tens) * 10 + u32::from(ones))
}

struct Scan<'a> {
    rest: &'a [u8],
}

impl Scan<'_> {
    fn take(&mut self, byte: u8) -> bool {
        if let [first, tail @ ..] = self.rest
            && *first == byte
        {
            self.rest = tail;
            return true;
        }
        false
    }

    fn digits(&mut self, least: usize, most: usize) -> Option<u32> {
        let mut value = 0;
        let mut count = 0;
        while count < most
            && let [digit @ b'0'..=b'9', tail @ ..] = self.rest
        {
            value = value * 10 + u32::from(digit - b'0');
            self.rest = tail;
            count += 1;
        }
        (count >= least).then_some(value)
    }

    fn two(&mut self, padded: bool) -> Option<u32> {
        self.digits(if padded { 2 } else { 1 }, 2)
    }

    /// Microseconds of a fraction with `exactly` so many digits, or with any number where that is 0.
    fn fraction(&mut self, exactly: usize) -> Option<u32> {
        let before = self.rest.len();
        let (least, most) = if exactly == 0 { (1, FRACTION_DIGITS) } else { (exactly, exactly) };
        let mut value = self.digits(least, most)?;
        for _ in before - self.rest.len()..6 {
            value *= 10;
        }
        for _ in 6..before - self.rest.len() {
            value /= 10;
        }
        Some(value)
    }

    /// Minutes east of Greenwich: `Z`, `+02`, `+0200` or `+02:00`.
    fn zone(&mut self) -> Option<i32> {
        if self.take(b'Z') || self.take(b'z') {
            return Some(0);
        }
        let sign = if self.take(b'+') {
            1
        } else if self.take(b'-') {
            -1
        } else {
            return None;
        };
        let hours = self.digits(2, 2)?;
        let has_minutes = self.take(b':') || matches!(self.rest, [b'0'..=b'9', ..]);
        let minutes = if has_minutes { self.digits(2, 2)? } else { 0 };
        (hours <= 18 && minutes < 60).then_some(sign * (hours * 60 + minutes) as i32)
    }

    fn word(&mut self, word: &str) -> bool {
        match self.rest.get(..word.len()) {
            Some(head) if head.eq_ignore_ascii_case(word.as_bytes()) => {
                self.rest = &self.rest[word.len()..];
                true
            }
            _ => false,
        }
    }

    fn month_name(&mut self) -> Option<u32> {
        let found = MONTHS.iter().position(|name| self.word(name) || self.word(&name[..3]))?;
        Some(found as u32 + 1)
    }

    fn iso(&mut self) -> Option<Fields> {
        let mut fields = Fields { year: self.digits(4, 4)? as i32, ..Fields::default() };
        self.take(b'-').then_some(())?;
        fields.month = self.digits(2, 2)?;
        self.take(b'-').then_some(())?;
        fields.day = self.digits(2, 2)?;
        if self.rest.is_empty() {
            return Some(fields);
        }
        (self.take(b' ') || self.take(b'T') || self.take(b't')).then_some(())?;
        fields.has_time = true;
        fields.hour = self.digits(2, 2)?;
        self.take(b':').then_some(())?;
        fields.minute = self.digits(2, 2)?;
        if self.take(b':') {
            fields.second = self.digits(2, 2)?;
            if self.take(b'.') || self.take(b',') {
                fields.micros = self.fraction(0)?;
            }
        }
        if !self.rest.is_empty() {
            self.take(b' ');
            fields.offset_minutes = self.zone()?;
        }
        Some(fields)
    }

    fn steps(&mut self, steps: &[Step]) -> Option<Fields> {
        let mut fields = Fields::default();
        for step in steps {
            match *step {
                Step::Literal(byte) => self.take(byte).then_some(())?,
                Step::Year4 => fields.year = self.digits(4, 4)? as i32,
                // The century rule of POSIX: it does not move with the day the file is read.
                Step::Year2 => {
                    let year = self.digits(2, 2)? as i32;
                    fields.year = if year < 69 { 2000 + year } else { 1900 + year };
                }
                Step::Month { padded } => fields.month = self.two(padded)?,
                Step::MonthName => fields.month = self.month_name()?,
                Step::Day { padded } => fields.day = self.two(padded)?,
                Step::Hour24 { padded } | Step::Hour12 { padded } => {
                    fields.has_time = true;
                    fields.hour = self.two(padded)?;
                }
                Step::Minute { padded } => fields.minute = self.two(padded)?,
                Step::Second { padded } => fields.second = self.two(padded)?,
                Step::Fraction(digits) => fields.micros = self.fraction(usize::from(digits))?,
                Step::HalfDay => {
                    fields.afternoon = Some(if self.word("pm") {
                        true
                    } else if self.word("am") {
                        false
                    } else {
                        return None;
                    });
                }
                Step::Zone => fields.offset_minutes = self.zone()?,
            }
        }
        Some(fields)
    }
}

#[cfg(test)]
mod tests;
