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
    index: HashTable<Slot>,
    /// Whether `index` holds every value; not so after [`Dictionary::from_distinct`], until one is interned.
    indexed: bool,
    hasher: FixedState,
}

/// A value in the index. Its hash stands beside its code, so that the index grows without going back to the bytes.
#[derive(Clone, Copy)]
struct Slot {
    hash: u32,
    code: u32,
}

impl Slot {
    /// As many bits as the table wants to see, at both ends.
    #[inline]
    fn spread(hash: u32) -> u64 {
        u64::from(hash) << 32 | u64::from(hash)
    }
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
            indexed: true,
            hasher: FixedState::with_seed(0x7472_6962),
        };
        dictionary.intern("");
        dictionary
    }
}

impl Dictionary {
    /// A dictionary of values that are known to differ and to be non-empty, coded from 1 on; none is hashed.
    pub fn from_distinct<V: AsRef<str>>(values: impl IntoIterator<Item = V>) -> Self {
        let mut dictionary = Self { indexed: false, ..Self::default() };
        for value in values {
            dictionary.bytes.extend_from_slice(value.as_ref().as_bytes());
            dictionary.ends.push(dictionary.bytes.len());
        }
        dictionary
    }

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
        if !self.indexed {
            self.build_index();
        }
        let hash = self.hash(value.as_bytes());
        if let Some(slot) = self.slot(hash, value.as_bytes()) {
            return slot.code;
        }
        let code = self.ends.len() as u32;
        self.bytes.extend_from_slice(value.as_bytes());
        self.ends.push(self.bytes.len());
        self.insert(hash, code);
        code
    }

    /// The code of a value, if it was seen.
    pub fn find(&self, value: &str) -> Option<u32> {
        if !self.indexed {
            return self.iter().find(|&(_, other)| other == value).map(|(code, _)| code);
        }
        let slot = self.slot(self.hash(value.as_bytes()), value.as_bytes())?;
        Some(slot.code)
    }

    #[inline]
    fn hash(&self, value: &[u8]) -> u32 {
        (self.hasher.hash_one(value) >> 32) as u32
    }

    #[inline]
    fn slot(&self, hash: u32, value: &[u8]) -> Option<Slot> {
        self.index.find(Slot::spread(hash), |slot| slot.hash == hash && self.slice(slot.code) == value).copied()
    }

    fn insert(&mut self, hash: u32, code: u32) {
        self.index.insert_unique(Slot::spread(hash), Slot { hash, code }, |slot| Slot::spread(slot.hash));
    }

    fn build_index(&mut self) {
        self.index.clear();
        for code in 0..self.len() as u32 {
            self.insert(self.hash(self.slice(code)), code);
        }
        self.indexed = true;
    }

    /// Every value with its code, the blank first.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &str)> {
        (0..self.len() as u32).map(|code| (code, self.get(code)))
    }

    pub fn size_bytes(&self) -> usize {
        self.bytes.len() + self.ends.len() * size_of::<usize>() + self.index.capacity() * (size_of::<Slot>() + 1)
    }
}
