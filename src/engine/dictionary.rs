//! Distinct strings and their codes: each value stands once, in order of first sight.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

/// The code of the empty string, in every dictionary.
pub const BLANK: u32 = 0;

/// Distinct strings, found by code and, while building, by value. Code 0 is the empty string.
#[derive(Clone)]
pub struct Dictionary {
    bytes: Vec<u8>,
    /// Where each value ends in `bytes`; it starts where the one before ends.
    ends: Vec<usize>,
    index: HashTable<u32>,
    hasher: FixedState,
}

impl std::fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dictionary").field("values", &self.len()).finish()
    }
}

impl Default for Dictionary {
    fn default() -> Self {
        // A fixed seed: nothing here depends on iteration order, and equal input takes equal steps.
        let mut dictionary = Self {
            bytes: Vec::new(),
            ends: Vec::new(),
            index: HashTable::new(),
            hasher: FixedState::with_seed(0x7472_6962),
        };
        dictionary.intern("");
        dictionary
    }
}

impl Dictionary {
    /// The number of codes, the blank one included.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it holds nothing but the blank.
    pub fn is_empty(&self) -> bool {
        self.len() <= 1
    }

    pub fn get(&self, code: u32) -> &str {
        // Bytes come in as whole `&str`s only, and are cut where they were joined.
        std::str::from_utf8(self.slice(code)).unwrap_or_default()
    }

    /// Whether a code stands for this value: cheaper than a look-up where a value is likely to repeat.
    #[inline]
    pub fn is(&self, code: u32, value: &str) -> bool {
        self.slice(code) == value.as_bytes()
    }

    fn slice(&self, code: u32) -> &[u8] {
        let code = code as usize;
        let start = if code == 0 { 0 } else { self.ends[code - 1] };
        &self.bytes[start..self.ends[code]]
    }

    /// The code of a value, new where it was not seen before.
    pub fn intern(&mut self, value: &str) -> u32 {
        let hash = self.hasher.hash_one(value.as_bytes());
        let (bytes, ends) = (&self.bytes, &self.ends);
        let equal = |&code: &u32| value_at(bytes, ends, code) == value.as_bytes();
        if let Some(&code) = self.index.find(hash, equal) {
            return code;
        }
        let code = self.ends.len() as u32;
        self.bytes.extend_from_slice(value.as_bytes());
        self.ends.push(self.bytes.len());
        let (bytes, ends, hasher) = (&self.bytes, &self.ends, &self.hasher);
        self.index.insert_unique(hash, code, |&code| hasher.hash_one(value_at(bytes, ends, code)));
        code
    }

    /// The code of a value, if it was seen.
    pub fn find(&self, value: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(value.as_bytes());
        self.index.find(hash, |&code| self.slice(code) == value.as_bytes()).copied()
    }

    /// Every value with its code, the blank first.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &str)> {
        (0..self.len() as u32).map(|code| (code, self.get(code)))
    }

    pub fn size_bytes(&self) -> usize {
        self.bytes.len() + self.ends.len() * size_of::<usize>() + self.index.capacity() * 5
    }
}

fn value_at<'a>(bytes: &'a [u8], ends: &[usize], code: u32) -> &'a [u8] {
    let code = code as usize;
    let start = if code == 0 { 0 } else { ends[code - 1] };
    &bytes[start..ends[code]]
}
