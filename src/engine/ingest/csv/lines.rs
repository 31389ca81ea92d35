//! The fast way through text: many lines at once, where none of them needs a second look.
//!
//! Most of a large file is lines without quotes and with the right number of cells. Such a stretch is cut at every
//! delimiter and line end in one pass, and then read a column at a time, which keeps one column's dictionary and code
//! at hand instead of going through all of them for every row.

use memchr::{memchr, memchr_iter, memrchr};

use super::Cells;

/// Lines looked at together: their text and cells stay in the processor's cache while column after column is read.
const STRETCH_BYTES: usize = 128 * 1024;
const LOW_BITS: u64 = 0x7f7f_7f7f_7f7f_7f7f;

/// Lines of equally many cells, none of them quoted.
#[derive(Clone, Copy)]
pub(in crate::engine::ingest) struct Lines<'a> {
    text: &'a str,
    /// Where each cell begins; it ends a byte before the next one. One more than there are cells.
    starts: &'a [u32],
    width: usize,
    /// Lines end with a carriage return and a line feed.
    returns: bool,
}

impl<'a> Lines<'a> {
    pub(in crate::engine::ingest) fn len(&self) -> usize {
        (self.starts.len() - 1) / self.width
    }

    /// The cells of one column; `index` is below the number of cells a line has.
    #[inline]
    pub(in crate::engine::ingest) fn column(&self, index: usize) -> impl Iterator<Item = &'a str> {
        let Self { text, starts, width, returns } = *self;
        let cut = 1 + usize::from(returns && index + 1 == width);
        let begin = starts[index..].iter().step_by(width);
        let end = starts[index + 1..].iter().step_by(width);
        begin.zip(end).map(move |(&begin, &end)| text.get(begin as usize..end as usize - cut).unwrap_or_default())
    }

    /// One line; `ranges` is space for it.
    pub(in crate::engine::ingest) fn cells<'r>(&self, line: usize, ranges: &'r mut Vec<(u32, u32)>) -> Cells<'r>
    where
        'a: 'r,
    {
        let starts = &self.starts[line * self.width..=(line + 1) * self.width];
        ranges.clear();
        ranges.extend(starts.windows(2).map(|pair| (pair[0], pair[1] - 1)));
        if let Some((_, end)) = ranges.last_mut().filter(|_| self.returns) {
            *end -= 1;
        }
        Cells { text: self.text, ranges }
    }

    /// Their length in the file, line ends included.
    pub(super) fn bytes(&self) -> usize {
        self.text.len()
    }
}

/// The first lines of a block that ends with a line, at most [`STRETCH_BYTES`] where they are no longer: how many bytes
/// they take, and the lines if each has `width` cells and there is nothing odd about them.
///
/// A single cell a line is left to the slow way, which skips empty lines.
pub(super) fn cut<'a>(
    block: &'a [u8],
    delimiter: u8,
    quote: u8,
    width: usize,
    starts: &'a mut Vec<u32>,
) -> Option<Lines<'a>> {
    let most = &block[..block.len().min(STRETCH_BYTES)];
    let stretch = &most[..=memrchr(b'\n', most)?];
    if width < 2 || memchr(quote, stretch).is_some() {
        return None;
    }
    let text = std::str::from_utf8(stretch).ok()?;
    find_starts(stretch, delimiter, starts);
    let lines = (starts.len() - 1) / width;
    let ends_with_line = |&start: &u32| stretch[start as usize - 1] == b'\n';
    let even = starts.len() == lines * width + 1
        && starts[width..].iter().step_by(width).all(ends_with_line)
        && memchr_iter(b'\n', stretch).count() == lines;
    if !even {
        return None;
    }
    let returns = memchr_iter(b'\r', stretch).count();
    let ends_with_return = |&start: &u32| stretch[..start as usize].ends_with(b"\r\n");
    if returns > 0 && !(returns == lines && starts[width..].iter().step_by(width).all(ends_with_return)) {
        return None;
    }
    Some(Lines { text, starts, width, returns: returns > 0 })
}

/// The place after every delimiter and line feed, and 0: eight bytes at a time.
fn find_starts(text: &[u8], delimiter: u8, starts: &mut Vec<u32>) {
    starts.clear();
    starts.push(0);
    let (delimiters, line_feeds) = (repeated(delimiter), repeated(b'\n'));
    let (words, rest) = text.as_chunks::<8>();
    for (place, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let mut hits = zero_bytes(word ^ delimiters) | zero_bytes(word ^ line_feeds);
        while hits != 0 {
            starts.push(place as u32 * 8 + hits.trailing_zeros() / 8 + 1);
            hits &= hits - 1;
        }
    }
    let before = text.len() - rest.len();
    let hits = rest.iter().enumerate().filter(|&(_, &byte)| byte == delimiter || byte == b'\n');
    starts.extend(hits.map(|(place, _)| (before + place + 1) as u32));
}

const fn repeated(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The highest bit of each byte that is zero.
#[inline]
const fn zero_bytes(word: u64) -> u64 {
    !((word & LOW_BITS).wrapping_add(LOW_BITS) | word | LOW_BITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(text: &str, width: usize) -> Option<Vec<Vec<String>>> {
        let mut starts = Vec::new();
        let lines = cut(text.as_bytes(), b',', b'"', width, &mut starts)?;
        Some((0..width).map(|index| lines.column(index).map(str::to_owned).collect()).collect())
    }

    #[test]
    fn even_lines_are_cut_into_columns() {
        let found = columns("a,bé,\n,long text in a cell,c\n", 3).unwrap();
        assert_eq!(found, [vec!["a", ""], vec!["bé", "long text in a cell"], vec!["", "c"]]);
        assert_eq!(columns("a,b\r\nc,d\r\n", 2).unwrap(), [["a", "c"], ["b", "d"]]);
        assert_eq!(columns("a,b\nc,d", 2).unwrap(), [["a"], ["b"]], "up to the last line end");
    }

    #[test]
    fn whatever_is_odd_is_left_to_the_slow_way() {
        let odd = [
            "a,b\nc\n",
            "a,b,c\nd\n",
            "a\nb,c,d\n",
            "a,\"b\"\n",
            "a,b\n\nc,d\n",
            "a,b\r\nc,d\n",
            "a,b\n\rc,d\n",
            "a,b",
        ];
        for text in odd {
            assert!(columns(text, 2).is_none(), "{text:?}");
        }
        assert!(columns("a\n\nb\n", 1).is_none(), "empty lines are no records");
    }
}
