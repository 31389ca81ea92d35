//! What kind of file this is: Parquet or text, and for text its encoding, delimiter and quotes.

use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use super::IngestError;
use super::csv::{Record, Records};
use super::encoding::{self, Utf8Source, fill};
use crate::project::FileFormat;
use crate::project::source::TextEncoding;
use crate::task::Task;

const SAMPLE_BYTES: usize = 256 * 1024;
const SAMPLE_RECORDS: usize = 500;
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The two ways to read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Parquet,
}

/// What splits a text file into cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) delimiter: u8,
    pub(super) quote: u8,
    pub(super) encoding: TextEncoding,
}

impl Layout {
    /// The layout a format says.
    ///
    /// # Errors
    /// A delimiter or quote that is no ASCII character, is a line end, or one and the same.
    pub(super) fn of(format: &FileFormat, path: &Path) -> Result<Self, IngestError> {
        let refuse = |what: String| IngestError::Format { path: path.to_path_buf(), what };
        let FileFormat::Csv { delimiter, quote, encoding, .. } = format else {
            return Err(refuse(tr!("The table is set to Parquet.").to_owned()));
        };
        let byte = |character: char, name: &str| match u8::try_from(character) {
            Ok(byte) if byte.is_ascii() && byte != b'\n' && byte != b'\r' => Ok(byte),
            _ => Err(refuse(tr!(
                "The {name} must be one plain character, not `{escape_debug}`.",
                name,
                escape_debug = character.escape_debug()
            ))),
        };
        let layout = Self {
            delimiter: byte(*delimiter, tr!("delimiter"))?,
            quote: byte(*quote, tr!("quote"))?,
            encoding: *encoding,
        };
        if layout.delimiter == layout.quote {
            return Err(refuse(tr!("The delimiter and the quote are the same character.").to_owned()));
        }
        Ok(layout)
    }

    /// The records of the file at `path`.
    pub(super) fn records(&self, path: &Path) -> Result<Records<'static>, IngestError> {
        let source = Utf8Source::new(encoding::open(path)?, self.encoding);
        Ok(Records::new(source, self.delimiter, self.quote))
    }
}

/// Whether a file is Parquet or text, by its first bytes.
///
/// # Errors
/// A file that cannot be opened, is empty, or is of a well-known kind that cannot be read.
pub(super) fn kind(path: &Path) -> Result<Kind, IngestError> {
    let io_error = |source| IngestError::from_io(path, source);
    let mut file = encoding::open(path)?;
    let mut top = [0; 4];
    let filled = fill(&mut file, &mut top).map_err(io_error)?;
    let unsupported = |kind, advice| Err(IngestError::Unsupported { path: path.to_path_buf(), kind, advice });
    let is_named_parquet = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("parquet") || extension.eq_ignore_ascii_case("pq"));
    match &top[..filled] {
        [] => Err(IngestError::Empty { path: path.to_path_buf() }),
        b"PAR1" => Ok(Kind::Parquet),
        b"PK\x03\x04" => {
            unsupported(tr!("a spreadsheet or zip archive"), tr!("Save the sheet as CSV, or unpack the archive"))
        }
        b"\xd0\xcf\x11\xe0" => unsupported(tr!("an old Excel workbook"), tr!("Save the sheet as CSV")),
        [0x1f, 0x8b, ..] => unsupported(tr!("a gzip archive"), tr!("Unpack it")),
        _ if is_named_parquet => Err(IngestError::Parquet {
            path: path.to_path_buf(),
            detail: tr!("it does not begin with the mark PAR1").to_owned(),
        }),
        _ => Ok(Kind::Text),
    }
}

/// Finds the layout of a text file from its first 256 KB.
///
/// # Errors
/// A file that cannot be read or is empty.
pub(super) fn layout(path: &Path) -> Result<Layout, IngestError> {
    let encoding = encoding::detect(path)?;
    let mut sample = vec![0; SAMPLE_BYTES];
    let mut source = Utf8Source::new(encoding::open(path)?, encoding);
    let filled = fill(&mut source, &mut sample).map_err(|source| IngestError::from_io(path, source))?;
    sample.truncate(filled);
    if sample.trim_ascii().is_empty() {
        return Err(IngestError::Empty { path: path.to_path_buf() });
    }
    let is_cut = filled == SAMPLE_BYTES;
    let quote = quote(&sample);
    let mut best = (b',', Score::default());
    for delimiter in DELIMITERS {
        let score = score(&sample, is_cut, delimiter, quote)?;
        if score.is_better_than(best.1) {
            best = (delimiter, score);
        }
    }
    Ok(Layout { delimiter: best.0, quote, encoding })
}

/// Single quotes where cells are enclosed in them and in no double ones.
fn quote(sample: &[u8]) -> u8 {
    let enclosed = |quote: u8| {
        let is_edge = |byte: Option<&u8>| byte.is_none_or(|byte| DELIMITERS.contains(byte) || b"\r\n".contains(byte));
        let before = |position: usize| position.checked_sub(1).map(|previous| &sample[previous]);
        let opened = memchr::memchr_iter(quote, sample).filter(|&position| is_edge(before(position))).count();
        let closed = memchr::memchr_iter(quote, sample).filter(|&position| is_edge(sample.get(position + 1))).count();
        opened.min(closed)
    };
    if enclosed(b'"') == 0 && enclosed(b'\'') >= 2 { b'\'' } else { b'"' }
}

/// How well a delimiter cuts a sample.
#[derive(Debug, Clone, Copy, Default)]
struct Score {
    /// Records with the most frequent number of cells, of a thousand; 0 where that number is 1.
    even: usize,
    cells: usize,
}

impl Score {
    /// A little unevenness is outweighed by more cells: one bad row does not make a file's other delimiter right.
    fn is_better_than(self, other: Self) -> bool {
        let (own, others) = (self.even / 100, other.even / 100);
        own > others || (own == others && own > 0 && self.cells > other.cells)
    }
}

fn score(sample: &[u8], is_cut: bool, delimiter: u8, quote: u8) -> Result<Score, IngestError> {
    let mut counts: Vec<usize> = Vec::new();
    let mut records = Records::new(Utf8Source::new(sample, TextEncoding::Utf8), delimiter, quote);
    let no_file = |source: io::Error| IngestError::from_io(Path::new(""), source);
    records.each(&Task::default(), &no_file, |record| {
        counts.push(match record {
            Record::Whole(cells) | Record::BadEncoding(cells) => cells.len(),
            Record::BadQuotes { .. } => 0,
        });
        Ok(if counts.len() < SAMPLE_RECORDS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    })?;
    if is_cut && counts.len() > 1 && counts.len() < SAMPLE_RECORDS {
        counts.pop();
    }
    let total = counts.len().max(1);
    counts.sort_unstable();
    let most = counts.chunk_by(|a, b| a == b).filter(|run| run[0] > 1).max_by_key(|run| run.len());
    Ok(most.map_or_else(Score::default, |run| Score { even: run.len() * 1000 / total, cells: run[0] }))
}
