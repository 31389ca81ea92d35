//! Types for columns that nobody has described yet, from the first rows of a file.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::LazyLock;

use super::builder::order_warning;
use super::csv::Record;
use super::dates::DateParser;
use super::sniff::Layout;
use super::types::{self, BlankTokens};
use super::{IngestError, names, semantic};
use crate::project::{ColumnType, FileFormat, SourceColumn};
use crate::task::Task;

/// So many rows decide on types.
pub(super) const SAMPLE_ROWS: usize = 10_000;

/// Dates as people and programs write them, the American order before the others.
const DATES: [&str; 24] = [
    "MM/dd/yyyy",
    "dd/MM/yyyy",
    "M/d/yyyy",
    "d/M/yyyy",
    "MM-dd-yyyy",
    "dd-MM-yyyy",
    "M-d-yyyy",
    "d-M-yyyy",
    "dd.MM.yyyy",
    "d.M.yyyy",
    "yyyy/MM/dd",
    "yyyy/M/d",
    "yyyy.MM.dd",
    "dd-MMM-yyyy",
    "d-MMM-yyyy",
    "dd MMM yyyy",
    "d MMM yyyy",
    "MMM d, yyyy",
    "MM/dd/yy",
    "dd/MM/yy",
    "M/d/yy",
    "d/M/yy",
    "dd.MM.yy",
    "dd-MMM-yy",
];
/// The times that may follow them.
const TIMES: [&str; 14] = [
    "",
    " HH:mm:ss",
    " HH:mm",
    " H:mm:ss",
    " H:mm",
    " HH:mm:ss.S",
    " hh:mm:ss a",
    " h:mm:ss a",
    " h:mm a",
    ", HH:mm",
    "'T'HH:mm:ss",
    "'T'HH:mm:ss.S",
    "'T'HH:mm:ssXXX",
    " HH:mm:ss XXX",
];

struct Candidate {
    pattern: String,
    parser: DateParser,
    has_time: bool,
    /// The date part, as an index into [`DATES`], and the time part.
    parts: (usize, usize),
}

static CANDIDATES: LazyLock<Vec<Candidate>> = LazyLock::new(|| {
    let mut candidates = Vec::with_capacity(DATES.len() * TIMES.len());
    for (date_index, date) in DATES.iter().enumerate() {
        for (time_index, time) in TIMES.iter().enumerate() {
            let pattern = format!("{date}{time}");
            if let Ok(parser) = DateParser::compile(Some(&pattern)) {
                let parts = (date_index, time_index);
                candidates.push(Candidate { pattern, parser, has_time: !time.is_empty(), parts });
            }
        }
    }
    candidates
});

/// What the values of one column could all be.
#[derive(Debug, Clone)]
pub(super) struct Guess {
    values: u32,
    emails: u32,
    words: u32,
    integer: bool,
    point_number: bool,
    comma_number: bool,
    /// A number that only a decimal point, or only a decimal comma, explains.
    shows_point: bool,
    shows_comma: bool,
    boolean: bool,
    iso_date: bool,
    iso_time: bool,
    /// Indexes into [`CANDIDATES`]; `None` before the first value.
    formats: Option<Vec<usize>>,
    /// Values that are a number, and those that are a time as the first one is.
    numbers: u32,
    times: u32,
    /// A value of digits only that is no number, such as one with leading zeros: then the text is meant.
    shows_digits: bool,
    /// The first of [`CANDIDATES`] that fits the first value.
    first_format: Option<usize>,
    last: String,
    last_fits: (bool, bool),
}

impl Default for Guess {
    fn default() -> Self {
        Self {
            values: 0,
            emails: 0,
            words: 0,
            integer: true,
            point_number: true,
            comma_number: true,
            shows_point: false,
            shows_comma: false,
            boolean: true,
            iso_date: true,
            iso_time: true,
            formats: None,
            numbers: 0,
            times: 0,
            shows_digits: false,
            first_format: None,
            last: String::new(),
            last_fits: (false, false),
        }
    }
}

impl Guess {
    /// Takes a cell into account; blank ones say nothing.
    pub(super) fn add(&mut self, cell: &str, blanks: &BlankTokens) {
        let value = types::trim(cell);
        if blanks.is_blank(value) {
            return;
        }
        self.values += 1;
        self.emails += u32::from(semantic::looks_like_email(value));
        self.words += u32::from(semantic::looks_like_words(value));
        if value != self.last {
            self.judge(value);
        }
        self.numbers += u32::from(self.last_fits.0);
        self.times += u32::from(self.last_fits.1);
    }

    /// Takes a value other than the last one into account.
    fn judge(&mut self, value: &str) {
        self.last.clear();
        self.last.push_str(value);
        self.integer = self.integer && types::integer(value).is_some();
        let point = self.point_number && types::number(value, false).is_some();
        let comma = self.comma_number && types::number(value, true).is_some();
        self.shows_point |= point && !comma;
        self.shows_comma |= comma && !point;
        (self.point_number, self.comma_number) = (point, comma);
        self.boolean = self.boolean && types::boolean(value).is_some();
        if self.iso_time {
            let stamp = DateParser::Iso.parse(value.as_bytes());
            self.iso_time = stamp.is_some();
            self.iso_date = self.iso_date && stamp.is_some_and(|stamp| !stamp.has_time);
        }
        let fits = |&index: &usize| CANDIDATES[index].parser.parse(value.as_bytes()).is_some();
        match &mut self.formats {
            Some(formats) => formats.retain(fits),
            none => {
                let formats: Vec<usize> = (0..CANDIDATES.len()).filter(fits).collect();
                self.first_format = formats.first().copied();
                *none = Some(formats);
            }
        }
        let is_number = types::number(value, false).is_some();
        let is_time = DateParser::Iso.parse(value.as_bytes()).is_some() || self.first_format.as_ref().is_some_and(fits);
        self.shows_digits |= !is_number && value.bytes().all(|byte| byte.is_ascii_digit());
        self.last_fits = (is_number, is_time);
    }

    /// What nearly all values are, in words, where the others made the column a text.
    fn near_miss(&self, name: &str) -> Option<String> {
        const ENOUGH: u32 = 10;
        let (count, what, choice) = if self.times >= self.numbers {
            (self.times, "times", "datetime")
        } else {
            (self.numbers, "numbers", "number")
        };
        let nearly_all =
            self.values >= ENOUGH && count < self.values && u64::from(count) * 10 >= u64::from(self.values) * 9;
        (nearly_all && !self.shows_digits).then(|| {
            format!(
                "{count} of the first {} values of {name} are {what}; because of the others it is read as text. Choose \
                 {choice} as its type to have those rows listed as corrupt.",
                self.values
            )
        })
    }

    /// The type and date format that fit all values; string where there are none.
    fn conclude(&self, decimal_comma: bool) -> (ColumnType, Option<String>) {
        if self.values == 0 {
            return (ColumnType::String, None);
        }
        if self.integer {
            return (ColumnType::Integer, None);
        }
        if if decimal_comma { self.comma_number } else { self.point_number } {
            return (ColumnType::Number, None);
        }
        if self.boolean {
            return (ColumnType::Boolean, None);
        }
        if self.iso_time {
            return (if self.iso_date { ColumnType::Date } else { ColumnType::Datetime }, None);
        }
        match self.formats.as_ref().and_then(|formats| formats.first()) {
            Some(&index) => {
                let candidate = &CANDIDATES[index];
                let column_type = if candidate.has_time { ColumnType::Datetime } else { ColumnType::Date };
                (column_type, Some(candidate.pattern.clone()))
            }
            None => (ColumnType::String, None),
        }
    }

    /// Whether a day-first format fits as well as the month-first one that was chosen.
    fn is_ambiguous(&self) -> bool {
        let Some(formats) = &self.formats else { return false };
        let Some(&first) = formats.first() else { return false };
        let (date, time) = CANDIDATES[first].parts;
        CANDIDATES[first].parser.is_swappable()
            && formats.iter().any(|&index| CANDIDATES[index].parts == (date + 1, time))
    }

    /// A column as suggested, with a warning on an ambiguous date order.
    pub(super) fn column(&self, name: &str, decimal_comma: bool) -> (SourceColumn, Option<String>) {
        let (column_type, date_format) = self.conclude(decimal_comma);
        let warning = match &date_format {
            Some(format) if self.is_ambiguous() => Some(order_warning(name, format)),
            None if column_type == ColumnType::String => self.near_miss(name),
            _ => None,
        };
        let column = SourceColumn {
            name: name.to_owned(),
            column_type,
            date_format,
            semantic_type: semantic::suggest(name, self.looks()).map(str::to_owned),
            selected: true,
        };
        (column, warning)
    }

    fn looks(&self) -> semantic::Looks {
        semantic::Looks { emails: self.has_emails(), words: self.words * 2 > self.values }
    }

    /// Whether most values look like addresses of electronic mail.
    pub(super) fn has_emails(&self) -> bool {
        self.emails * 2 > self.values
    }
}

/// The top of a text file: its first record, and what the columns of the others could be.
pub(super) struct Sample {
    first: Vec<String>,
    rest: Vec<Guess>,
    blanks: BlankTokens,
}

/// Looks at the first rows of a text file.
///
/// Rows that are broken or of another length than the first say nothing about types.
pub(super) fn sample(
    path: &Path,
    layout: &Layout,
    blank_tokens: &[String],
    task: &Task,
) -> Result<Sample, IngestError> {
    let blanks = BlankTokens::new(blank_tokens);
    let mut first: Option<Vec<String>> = None;
    let mut rest: Vec<Guess> = Vec::new();
    let mut rows = 0;
    let io_error = |source| IngestError::from_io(path, source);
    layout.records(path)?.each(task, &io_error, |record| {
        match (&first, &record) {
            (None, Record::Whole(cells) | Record::BadEncoding(cells)) => {
                first = Some(cells.iter().map(str::to_owned).collect());
                rest.resize(cells.len(), Guess::default());
            }
            (None, Record::BadQuotes { line, .. }) => {
                let line = String::from_utf8_lossy(line);
                let cells: Vec<String> = line.split(char::from(layout.delimiter)).map(str::to_owned).collect();
                rest.resize(cells.len(), Guess::default());
                first = Some(cells);
            }
            (Some(_), Record::Whole(cells)) if cells.len() == rest.len() => {
                for (guess, cell) in rest.iter_mut().zip(cells.iter()) {
                    guess.add(cell, &blanks);
                }
            }
            _ => {}
        }
        rows += 1;
        Ok(if rows <= SAMPLE_ROWS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    })?;
    let first = first.ok_or_else(|| IngestError::Empty { path: path.to_path_buf() })?;
    Ok(Sample { first, rest, blanks })
}

impl Sample {
    /// The format and columns; `header` and `decimal_comma` are decided here where they are not given.
    pub(super) fn conclude(
        mut self,
        layout: &Layout,
        header: Option<bool>,
        decimal_comma: Option<bool>,
    ) -> (FileFormat, Vec<SourceColumn>, Vec<String>) {
        let header = header.unwrap_or_else(|| self.has_header());
        if !header {
            for (guess, cell) in self.rest.iter_mut().zip(&self.first) {
                guess.add(cell, &self.blanks);
            }
        }
        let decimal_comma = decimal_comma.unwrap_or_else(|| self.has_decimal_comma());
        let names = if header { names::unique_names(&self.first) } else { names::numbered(self.first.len()) };
        let (columns, warnings): (Vec<_>, Vec<_>) =
            names.iter().zip(&self.rest).map(|(name, guess)| guess.column(name, decimal_comma)).unzip();
        let format = FileFormat::Csv {
            delimiter: char::from(layout.delimiter),
            quote: char::from(layout.quote),
            header,
            encoding: layout.encoding,
            decimal_comma,
        };
        (format, columns, warnings.into_iter().flatten().collect())
    }

    /// A first row that breaks the type of the rows below is a header; else one that holds a number, a date, a
    /// Boolean or an address of electronic mail is data; else it is a header.
    fn has_header(&self) -> bool {
        let mut looks_like_data = false;
        for (cell, below) in self.first.iter().zip(&self.rest) {
            let mut alone = Guess::default();
            alone.add(cell, &self.blanks);
            if alone.values == 0 {
                continue;
            }
            let comma = below.comma_number && !below.point_number;
            let is_typed = below.conclude(comma).0 != ColumnType::String;
            let mut both = below.clone();
            both.add(cell, &self.blanks);
            if is_typed && both.conclude(comma).0 == ColumnType::String {
                return true;
            }
            looks_like_data |= alone.has_emails()
                || alone.conclude(false).0 != ColumnType::String
                || alone.conclude(true).0 != ColumnType::String;
        }
        !looks_like_data
    }

    /// A column of numbers that only a decimal comma explains, and none that only a decimal point explains.
    fn has_decimal_comma(&self) -> bool {
        let any = |shows: fn(&Guess) -> bool| self.rest.iter().any(shows);
        any(|guess| guess.values > 0 && guess.comma_number && guess.shows_comma)
            && !any(|guess| guess.values > 0 && guess.point_number && guess.shows_point)
    }
}
