//! Bytes of a file as UTF-8: byte order marks, other encodings, old line ends.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use super::IngestError;
use crate::project::source::TextEncoding;

const RAW_BYTES: usize = 64 * 1024;
const UTF8_BOM: &[u8] = b"\xef\xbb\xbf";
/// What the top of a file is judged by.
const TOP_BYTES: usize = 256 * 1024;
const WINDOW_BYTES: usize = 64 * 1024;
const WINDOWS: u64 = 16;

/// Opens a file, with a message for each way that can fail.
pub(super) fn open(path: &Path) -> Result<File, IngestError> {
    let file = File::open(path).map_err(|source| IngestError::from_io(path, source))?;
    let metadata = file.metadata().map_err(|source| IngestError::from_io(path, source))?;
    if metadata.is_dir() {
        return Err(IngestError::Folder { path: path.to_path_buf() });
    }
    Ok(file)
}

/// A stream of UTF-8 text out of a stream of any [`TextEncoding`], without byte order mark.
///
/// UTF-8 passes as it is, so invalid bytes are still there for whoever reads the rows.
pub(super) struct Utf8Source<'a> {
    inner: Box<dyn Read + 'a>,
    decoder: Option<encoding_rs::Decoder>,
    raw: Vec<u8>,
    raw_start: usize,
    raw_end: usize,
    finished: bool,
    at_start: bool,
    /// Bytes taken from the file so far.
    pub(super) bytes_read: u64,
}

impl<'a> Utf8Source<'a> {
    pub(super) fn new(inner: impl Read + 'a, encoding: TextEncoding) -> Self {
        let decoder = match encoding {
            TextEncoding::Utf8 => None,
            TextEncoding::Utf16Le => Some(encoding_rs::UTF_16LE),
            TextEncoding::Utf16Be => Some(encoding_rs::UTF_16BE),
            TextEncoding::Windows1252 => Some(encoding_rs::WINDOWS_1252),
        }
        .map(|encoding| encoding.new_decoder_with_bom_removal());
        let raw = if decoder.is_some() { vec![0; RAW_BYTES] } else { Vec::new() };
        Self {
            inner: Box::new(inner),
            decoder,
            raw,
            raw_start: 0,
            raw_end: 0,
            finished: false,
            at_start: true,
            bytes_read: 0,
        }
    }

    fn read_inner(inner: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match inner.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => return result,
            }
        }
    }

    fn read_plain(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut filled = Self::read_inner(&mut *self.inner, buffer)?;
        self.bytes_read += filled as u64;
        if !self.at_start {
            return Ok(filled);
        }
        self.at_start = false;
        while filled < UTF8_BOM.len() && filled < buffer.len() {
            let more = Self::read_inner(&mut *self.inner, &mut buffer[filled..])?;
            if more == 0 {
                break;
            }
            self.bytes_read += more as u64;
            filled += more;
        }
        if buffer[..filled].starts_with(UTF8_BOM) {
            buffer.copy_within(UTF8_BOM.len()..filled, 0);
            filled -= UTF8_BOM.len();
            if filled == 0 {
                return self.read_plain(buffer);
            }
        }
        Ok(filled)
    }
}

impl Read for Utf8Source<'_> {
    /// Fills `buffer` with UTF-8; a buffer of fewer than 16 bytes may not hold even one decoded character.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.decoder.is_none() {
            return self.read_plain(buffer);
        }
        while !self.finished {
            if self.raw_start == self.raw_end {
                self.raw_start = 0;
                self.raw_end = Self::read_inner(&mut *self.inner, &mut self.raw)?;
                self.bytes_read += self.raw_end as u64;
            }
            let last = self.raw_end == 0;
            let Some(decoder) = &mut self.decoder else { break };
            let (result, read, written, _) =
                decoder.decode_to_utf8(&self.raw[self.raw_start..self.raw_end], buffer, last);
            self.raw_start += read;
            self.finished = last && result == encoding_rs::CoderResult::InputEmpty;
            if written > 0 {
                return Ok(written);
            }
            if read == 0 && !last {
                return Err(io::Error::new(io::ErrorKind::InvalidInput, "the buffer is too small for one character"));
            }
        }
        Ok(0)
    }
}

/// Reads until the buffer is full or the stream ends; returns the bytes read.
pub(super) fn fill(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// The encoding of a text file: by byte order mark, by the zeros of UTF-16, else UTF-8 where valid, else Windows-1252.
///
/// Beside the top of a long file, windows spread over it are looked at: the first accent may stand late.
pub(super) fn detect(path: &Path) -> Result<TextEncoding, IngestError> {
    let io_error = |source| IngestError::from_io(path, source);
    let mut file = open(path)?;
    let length = file.metadata().map_err(io_error)?.len();
    let mut top = vec![0; TOP_BYTES];
    let filled = fill(&mut file, &mut top).map_err(io_error)?;
    top.truncate(filled);
    if top.starts_with(UTF8_BOM) {
        return Ok(TextEncoding::Utf8);
    }
    if let Some(encoding) = utf16(&top) {
        return Ok(encoding);
    }
    let mut tally = Tally::default();
    tally.add(&top);
    if length > TOP_BYTES as u64 {
        let mut window = vec![0; WINDOW_BYTES];
        for index in 1..=WINDOWS {
            let end = TOP_BYTES as u64 + (length - TOP_BYTES as u64) * index / WINDOWS;
            let at = end.saturating_sub(WINDOW_BYTES as u64);
            file.seek(SeekFrom::Start(at)).map_err(io_error)?;
            let filled = fill(&mut file, &mut window).map_err(io_error)?;
            tally.add(&window[..filled]);
        }
    }
    // A few bad bytes among many good characters are bad rows, not another encoding.
    Ok(if tally.invalid > tally.multibyte { TextEncoding::Windows1252 } else { TextEncoding::Utf8 })
}

fn utf16(top: &[u8]) -> Option<TextEncoding> {
    match top {
        [0xff, 0xfe, ..] => return Some(TextEncoding::Utf16Le),
        [0xfe, 0xff, ..] => return Some(TextEncoding::Utf16Be),
        _ => {}
    }
    let pairs = top.len() / 2;
    let zeros = |offset: usize| top.iter().skip(offset).step_by(2).filter(|&&byte| byte == 0).count();
    let (high_first, low_first) = (zeros(0), zeros(1));
    if pairs == 0 {
        None
    } else if low_first * 3 > pairs && high_first * 10 < pairs {
        Some(TextEncoding::Utf16Le)
    } else if high_first * 3 > pairs && low_first * 10 < pairs {
        Some(TextEncoding::Utf16Be)
    } else {
        None
    }
}

#[derive(Default)]
struct Tally {
    multibyte: u64,
    invalid: u64,
}

impl Tally {
    /// Counts characters beyond ASCII and bytes that are no UTF-8, forgiving characters cut at either end.
    fn add(&mut self, bytes: &[u8]) {
        let cut = bytes.iter().take(3).take_while(|&&byte| byte & 0xc0 == 0x80).count();
        let bytes = if cut < bytes.len() { &bytes[cut..] } else { bytes };
        let mut chunks = bytes.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            if !chunk.valid().is_ascii() {
                self.multibyte += chunk.valid().chars().filter(|character| !character.is_ascii()).count() as u64;
            }
            let cut_at_end = chunks.peek().is_none() && matches!(chunk.invalid().first(), Some(0xc2..=0xf4));
            if !(chunk.invalid().is_empty() || cut_at_end && bytes.len() >= WINDOW_BYTES) {
                self.invalid += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8], encoding: TextEncoding) -> String {
        let mut text = vec![0; 256];
        let filled = fill(&mut Utf8Source::new(bytes, encoding), &mut text).unwrap();
        String::from_utf8_lossy(&text[..filled]).into_owned()
    }

    #[test]
    fn every_encoding_becomes_utf8_without_its_mark() {
        assert_eq!(decoded(b"\xef\xbb\xbfa\xc3\xa9", TextEncoding::Utf8), "aé");
        assert_eq!(decoded(b"\xff\xfea\0\xe9\0", TextEncoding::Utf16Le), "aé");
        assert_eq!(decoded(b"\xfe\xff\0a\0\xe9", TextEncoding::Utf16Be), "aé");
        assert_eq!(decoded(b"a\xe9\x80", TextEncoding::Windows1252), "aé€");
    }

    #[test]
    fn a_file_of_a_mark_alone_has_no_text() {
        assert_eq!(decoded(UTF8_BOM, TextEncoding::Utf8), "");
    }

    #[test]
    fn utf16_without_a_mark_shows_by_its_zeros() {
        let little: Vec<u8> = "Name,City\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "Name,City\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(utf16(&little), Some(TextEncoding::Utf16Le));
        assert_eq!(utf16(&big), Some(TextEncoding::Utf16Be));
        assert_eq!(utf16(b"Name,City\n"), None);
    }
}
