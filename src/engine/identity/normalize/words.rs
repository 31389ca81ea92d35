//! Words looked up in a list.

/// No word of a list is longer.
const LONGEST: usize = 24;

/// A word as the lists hold it: lower-case ASCII, without its dots. Kept on the stack, since each word of each value
/// needs one.
pub struct Key {
    letters: [u8; LONGEST],
    len: usize,
}

impl Key {
    /// `None` where no list can hold the word.
    pub fn of(word: &str) -> Option<Self> {
        let mut key = Self { letters: [0; LONGEST], len: 0 };
        for &byte in word.as_bytes() {
            if byte == b'.' {
                continue;
            }
            if !byte.is_ascii() || key.len == LONGEST {
                return None;
            }
            key.letters[key.len] = byte.to_ascii_lowercase();
            key.len += 1;
        }
        Some(key)
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.letters[..self.len]).unwrap_or_default()
    }
}
