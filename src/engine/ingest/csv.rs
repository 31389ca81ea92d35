//! Text with delimiters as records of cells.
//!
//! `simd-csv` finds the delimiters and record ends. It is forgiving: a stray quote opens a quoted part anywhere and may
//! swallow all the lines up to the next quote. So every record that holds a quote is checked here, and after a bad
//! one reading starts anew at the line after its first: one bad row costs one row. To be able to go back, the file is
//! taken in blocks that end with a line. Stretches in which nothing is odd skip all that: see [`lines`].

mod lines;

use std::io;
use std::ops::ControlFlow;

use memchr::{memchr, memchr2, memrchr};
use simd_csv::{ZeroCopyByteRecord, ZeroCopyReaderBuilder};

use super::IngestError;
use super::encoding::{Utf8Source, fill};
use crate::task::Task;

pub(super) use lines::Lines;

/// What is read at once: it stays in the processor's cache until it has been cut up.
const BLOCK_BYTES: usize = 512 * 1024;
/// A quoted cell may span lines, but not more than this: then its quote was never meant to open.
const RECORD_BYTES: usize = 16 * 1024 * 1024;
const TOKENIZER_BYTES: usize = 64 * 1024;
const RECORDS_PER_CHECK: u32 = 4096;

/// The cells of one record, unquoted.
#[derive(Clone, Copy)]
pub(super) struct Cells<'a> {
    text: &'a str,
    ranges: &'a [(u32, u32)],
}

impl<'a> Cells<'a> {
    pub(super) fn len(&self) -> usize {
        self.ranges.len()
    }

    /// The cell of a column; empty where the record is too short.
    #[inline]
    pub(super) fn get(&self, index: usize) -> &'a str {
        self.ranges.get(index).and_then(|&(start, end)| self.text.get(start as usize..end as usize)).unwrap_or("")
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &'a str> {
        let cells = *self;
        (0..cells.len()).map(move |index| cells.get(index))
    }
}

/// What stands between two record ends.
pub(super) enum Record<'a> {
    Whole(Cells<'a>),
    /// The cells with U+FFFD for what is no UTF-8.
    BadEncoding(Cells<'a>),
    BadQuotes {
        line: &'a [u8],
        fault: QuoteFault,
    },
}

/// One record, or many that are whole and alike.
pub(super) enum Piece<'a> {
    Record(Record<'a>),
    Lines(Lines<'a>),
}

/// What is wrong with the quotes, or the length, of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum QuoteFault {
    /// A quote inside a cell that does not begin with one, or text after a closing one.
    Stray,
    /// No closing quote follows.
    Unclosed,
    /// Longer than any record may be.
    TooLong,
}

/// Reads the records of a stream.
pub(super) struct Records<'a> {
    source: Utf8Source<'a>,
    delimiter: u8,
    quote: u8,
    block: Vec<u8>,
    filled: usize,
    at_end: bool,
    /// The file has old line ends, CR alone; decided by its first block.
    lone_returns: Option<bool>,
    /// Cells lose leading spaces; decided by the first record. See [`is_spaced`].
    spaced: Option<bool>,
    /// Inside a record that is too long, up to its end.
    skipping: bool,
    spare: Spare,
    /// Space for the cells of one stretch of lines after the other.
    starts: Vec<u32>,
}

/// Space that one record after the other uses.
#[derive(Default)]
struct Spare {
    ranges: Vec<(u32, u32)>,
    text: String,
}

/// How far a block was read.
enum Step {
    Consumed(usize),
    Stopped,
}

impl<'a> Records<'a> {
    pub(super) fn new(source: Utf8Source<'a>, delimiter: u8, quote: u8) -> Self {
        Self {
            source,
            delimiter,
            quote,
            block: vec![0; BLOCK_BYTES],
            filled: 0,
            at_end: false,
            lone_returns: None,
            spaced: None,
            skipping: false,
            spare: Spare::default(),
            starts: Vec::new(),
        }
    }

    /// Calls `visit` for every record in order until it breaks; empty lines are no records.
    ///
    /// Progress is in bytes of the file.
    ///
    /// # Errors
    /// Those of the stream (by `io_error`), of `visit`, or a cancelled task.
    pub(super) fn each(
        &mut self,
        task: &Task,
        io_error: &dyn Fn(io::Error) -> IngestError,
        mut visit: impl FnMut(Record<'_>) -> Result<ControlFlow<()>, IngestError>,
    ) -> Result<(), IngestError> {
        let mut ranges = Vec::new();
        self.pieces(None, task, io_error, |piece| match piece {
            Piece::Record(record) => visit(record),
            Piece::Lines(lines) => {
                for line in 0..lines.len() {
                    if visit(Record::Whole(lines.cells(line, &mut ranges)))?.is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                }
                Ok(ControlFlow::Continue(()))
            }
        })
    }

    /// As [`Records::each`], but plain records of `width` cells come many at once. The first record comes alone.
    pub(super) fn pieces(
        &mut self,
        width: Option<usize>,
        task: &Task,
        io_error: &dyn Fn(io::Error) -> IngestError,
        mut visit: impl FnMut(Piece<'_>) -> Result<ControlFlow<()>, IngestError>,
    ) -> Result<(), IngestError> {
        loop {
            self.fill_block().map_err(io_error)?;
            task.advance_to(self.source.bytes_read)?;
            if self.filled == 0 {
                return Ok(());
            }
            let end = match memrchr(b'\n', &self.block[..self.filled]) {
                _ if self.at_end => self.filled,
                Some(last) => last + 1,
                None => 0,
            };
            // The block is lent to the tokenizer while the rest of `self` is in use.
            let block = std::mem::take(&mut self.block);
            let step = self.split(&block[..end], width, task, io_error, &mut visit);
            self.block = block;
            match step? {
                Step::Stopped => return Ok(()),
                Step::Consumed(0) if self.block.len() < RECORD_BYTES && !self.at_end => {
                    self.block.resize(self.block.len() * 2, 0);
                }
                Step::Consumed(0) => {
                    let flow = visit(Piece::Record(Record::BadQuotes {
                        line: &self.block[..self.filled],
                        fault: QuoteFault::TooLong,
                    }))?;
                    if flow.is_break() {
                        return Ok(());
                    }
                    self.filled = 0;
                    self.skipping = true;
                }
                Step::Consumed(bytes) => {
                    self.block.copy_within(bytes..self.filled, 0);
                    self.filled -= bytes;
                }
            }
        }
    }

    fn fill_block(&mut self) -> io::Result<()> {
        loop {
            let count = fill(&mut self.source, &mut self.block[self.filled..])?;
            let fresh = &mut self.block[self.filled..self.filled + count];
            let lone_returns = *self
                .lone_returns
                .get_or_insert_with(|| memchr(b'\n', fresh).is_none() && memchr(b'\r', fresh).is_some());
            if lone_returns {
                fresh.iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
            }
            self.filled += count;
            self.at_end = self.filled < self.block.len();
            if !self.skipping {
                return Ok(());
            }
            let line_end = memchr(b'\n', &self.block[..self.filled]);
            let skipped = line_end.map_or(self.filled, |end| end + 1);
            self.skipping = line_end.is_none() && !self.at_end;
            self.block.copy_within(skipped..self.filled, 0);
            self.filled -= skipped;
        }
    }

    /// Reads the whole records of a block, which ends with a line or with the file.
    fn split(
        &mut self,
        block: &[u8],
        width: Option<usize>,
        task: &Task,
        io_error: &dyn Fn(io::Error) -> IngestError,
        visit: &mut impl FnMut(Piece<'_>) -> Result<ControlFlow<()>, IngestError>,
    ) -> Result<Step, IngestError> {
        let mut start = 0;
        let mut until_check = RECORDS_PER_CHECK;
        'anew: loop {
            while let Some(lines) = self.plain_lines(&block[start..], width) {
                start += lines.bytes();
                if visit(Piece::Lines(lines))?.is_break() {
                    return Ok(Step::Stopped);
                }
                task.check()?;
            }
            let mut reader = ZeroCopyReaderBuilder::with_capacity(TOKENIZER_BYTES)
                .delimiter(self.delimiter)
                .quote(self.quote)
                .has_headers(false)
                .flexible(true)
                .from_reader(&block[start..]);
            loop {
                let before = start + reader.position() as usize;
                let record = match reader.read_byte_record() {
                    Ok(Some(record)) => record,
                    Ok(None) => return Ok(Step::Consumed(block.len())),
                    Err(error) => return Err(io_error(io::Error::other(error))),
                };
                let slice = record.as_slice();
                let is_first = self.spaced.is_none();
                let spaced = *self.spaced.get_or_insert_with(|| is_spaced(&record));
                let quoted = memchr(self.quote, slice).is_some();
                let fault = if quoted { quote_fault(slice, self.delimiter, self.quote, spaced) } else { None };
                let flow = match fault {
                    None => visit(Piece::Record(self.spare.record(&record, quoted, spaced, self.quote)))?,
                    Some(QuoteFault::Unclosed) if !self.at_end && block.len() - before < RECORD_BYTES / 2 => {
                        return Ok(Step::Consumed(before));
                    }
                    Some(fault) => {
                        let line_length = memchr(b'\n', slice);
                        let line = &slice[..line_length.unwrap_or(slice.len())];
                        let flow = visit(Piece::Record(Record::BadQuotes { line: line.trim_ascii_end(), fault }))?;
                        if line_length.is_some() && flow.is_continue() {
                            start = line_after(block, before);
                            continue 'anew;
                        }
                        flow
                    }
                };
                if flow.is_break() {
                    return Ok(Step::Stopped);
                }
                if is_first && fault.is_none() {
                    start += reader.position() as usize;
                    continue 'anew;
                }
                until_check -= 1;
                if until_check == 0 {
                    until_check = RECORDS_PER_CHECK;
                    task.advance_to(self.source.bytes_read)?;
                }
            }
        }
    }

    /// The plain lines a block begins with, once the first record has said that cells have no leading spaces.
    fn plain_lines<'b>(&'b mut self, block: &'b [u8], width: Option<usize>) -> Option<Lines<'b>> {
        match (width, self.spaced) {
            (Some(width), Some(false)) => lines::cut(block, self.delimiter, self.quote, width, &mut self.starts),
            _ => None,
        }
    }
}

impl Spare {
    /// The cells of a record whose quotes are in order.
    #[inline]
    fn record<'r>(
        &'r mut self,
        record: &'r ZeroCopyByteRecord<'_>,
        quoted: bool,
        spaced: bool,
        quote: u8,
    ) -> Record<'r> {
        self.ranges.clear();
        let slice = record.as_slice();
        // A carriage return before a missing last line end.
        let slice = slice.strip_suffix(b"\r").unwrap_or(slice);
        match std::str::from_utf8(slice) {
            Ok(text) if !quoted => {
                let mut start = 0;
                for cell in record.iter() {
                    let end = (start + cell.len()).min(slice.len());
                    let lead = if spaced { spaces(cell).min(end - start) } else { 0 };
                    self.ranges.push(((start + lead) as u32, end as u32));
                    start = end + 1;
                }
                Record::Whole(Cells { text, ranges: &self.ranges })
            }
            Ok(_) => {
                self.copy_cells(record, spaced, quote);
                Record::Whole(Cells { text: &self.text, ranges: &self.ranges })
            }
            Err(_) => {
                self.copy_cells(record, spaced, quote);
                Record::BadEncoding(Cells { text: &self.text, ranges: &self.ranges })
            }
        }
    }

    fn copy_cells(&mut self, record: &ZeroCopyByteRecord<'_>, spaced: bool, quote: u8) {
        self.text.clear();
        let last = record.len() - 1;
        for (index, cell) in record.iter().enumerate() {
            let cell = if spaced { &cell[spaces(cell)..] } else { cell };
            let cell = if index == last { cell.strip_suffix(b"\r").unwrap_or(cell) } else { cell };
            let start = self.text.len() as u32;
            match cell {
                [first, inner @ .., last] if *first == quote && *last == quote => self.push_unescaped(inner, quote),
                cell => self.text.push_str(&String::from_utf8_lossy(cell)),
            }
            self.ranges.push((start, self.text.len() as u32));
        }
    }

    /// Adds the inside of a quoted cell, in which quotes are doubled.
    fn push_unescaped(&mut self, mut inner: &[u8], quote: u8) {
        while let Some(position) = memchr(quote, inner) {
            self.text.push_str(&String::from_utf8_lossy(&inner[..=position]));
            inner = inner.get(position + 2..).unwrap_or_default();
        }
        self.text.push_str(&String::from_utf8_lossy(inner));
    }
}

fn spaces(cell: &[u8]) -> usize {
    cell.iter().take_while(|&&byte| byte == b' ').count()
}

/// The rule for files separated by comma and space: where every cell of the first record but the first begins with a
/// space, the space belongs to the delimiter, and cells lose their leading spaces.
fn is_spaced(record: &ZeroCopyByteRecord<'_>) -> bool {
    record.len() > 1 && record.iter().skip(1).all(|cell| cell.first() == Some(&b' '))
}

/// Where the line after the first line that is not empty begins.
fn line_after(block: &[u8], from: usize) -> usize {
    let empty = block[from..].iter().take_while(|&&byte| byte == b'\n' || byte == b'\r').count();
    memchr(b'\n', &block[from + empty..]).map_or(block.len(), |end| from + empty + end + 1)
}

/// What is wrong with the quotes of a record by RFC 4180; `None` where nothing is.
fn quote_fault(record: &[u8], delimiter: u8, quote: u8, spaced: bool) -> Option<QuoteFault> {
    let mut rest = record;
    loop {
        if spaced {
            rest = &rest[spaces(rest)..];
        }
        if rest.first() == Some(&quote) {
            rest = &rest[1..];
            loop {
                let Some(position) = memchr(quote, rest) else { return Some(QuoteFault::Unclosed) };
                rest = &rest[position + 1..];
                if rest.first() != Some(&quote) {
                    break;
                }
                rest = &rest[1..];
            }
            match rest {
                [] | [b'\r'] => return None,
                [first, tail @ ..] if *first == delimiter => rest = tail,
                _ => return Some(QuoteFault::Stray),
            }
        } else {
            match memchr2(delimiter, quote, rest) {
                None => return None,
                Some(position) if rest[position] == quote => return Some(QuoteFault::Stray),
                Some(position) => rest = &rest[position + 1..],
            }
        }
    }
}
