//! A text column's distinct values in lower case, one after the other, made once so that a term is looked for in all
//! of them at a time.

use memchr::memmem::Finder;

use crate::engine::column::TextColumn;

/// Between two values: white space is in no term, so that no hit spans two values.
const SEPARATOR: char = '\n';

/// Lower-case values by code; those that no row has are empty.
pub(super) struct Lower {
    text: String,
    /// Where each value ends in `text`; the separator follows.
    ends: Vec<usize>,
    /// For each value which letters and digits it has, so that a term of one character is looked for in a word.
    letters: Vec<u64>,
}

/// The bit of a character that is looked for by itself; `None` where it has none.
fn bit(byte: u8) -> Option<u64> {
    let place = match byte {
        b'a'..=b'z' => byte - b'a',
        b'0'..=b'9' => 26 + byte - b'0',
        b'@' => 36,
        b'.' => 37,
        b'_' => 38,
        b'+' => 39,
        _ => return None,
    };
    Some(1 << place)
}

impl Lower {
    pub fn new(column: &TextColumn) -> Self {
        let mut used = vec![false; column.dictionary.len()];
        column.codes.iter().for_each(|&code| used[code as usize] = true);
        let mut lower =
            Self { text: String::new(), ends: Vec::with_capacity(used.len()), letters: Vec::with_capacity(used.len()) };
        for (code, value) in column.dictionary.iter() {
            let start = lower.text.len();
            match used[code as usize] {
                false => {}
                true if value.is_ascii() => {
                    lower.text.push_str(value);
                    lower.text[start..].make_ascii_lowercase();
                }
                true => lower.text.push_str(&value.to_lowercase()),
            }
            let bytes = lower.text.as_bytes()[start..].iter();
            lower.letters.push(bytes.filter_map(|&byte| bit(byte)).fold(0, |all, bit| all | bit));
            lower.ends.push(lower.text.len());
            lower.text.push(SEPARATOR);
        }
        lower
    }

    /// Which values contain a lower-case term, a bit each; `None` where none does.
    pub fn hits(&self, term: &str) -> Option<Vec<u64>> {
        let mut hits = vec![0_u64; self.ends.len().div_ceil(64)];
        let mut any = false;
        if let &[byte] = term.as_bytes()
            && let Some(bit) = bit(byte)
        {
            for (word, letters) in hits.iter_mut().zip(self.letters.chunks(64)) {
                let bits = letters.iter().enumerate();
                *word = bits.fold(0, |word, (place, letters)| word | u64::from(letters & bit != 0) << place);
                any |= *word != 0;
            }
            return any.then_some(hits);
        }
        let (text, finder) = (self.text.as_bytes(), Finder::new(term));
        let (mut from, mut code) = (0, 0);
        while let Some(at) = finder.find(&text[from..]) {
            code = self.value_at(code, from + at);
            hits[code / 64] |= 1 << (code % 64);
            any = true;
            // The value is judged; the next hit of interest is behind it.
            from = self.ends[code] + 1;
            code += 1;
        }
        any.then_some(hits)
    }

    /// The value that a place in the text is in, at or behind value `from`.
    fn value_at(&self, from: usize, at: usize) -> usize {
        // Hits are mostly near each other: the step doubles until it is too far.
        let mut step = 1;
        let mut low = from;
        while low + step < self.ends.len() && self.ends[low + step - 1] <= at {
            low += step;
            step *= 2;
        }
        let high = (low + step).min(self.ends.len());
        low + self.ends[low..high].partition_point(|&end| end <= at)
    }
}
