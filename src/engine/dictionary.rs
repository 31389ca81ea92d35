//! Distinct strings and their codes: each value stands once, in order of first sight.

use std::hash::BuildHasher;
use std::sync::OnceLock;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

/// The code of the empty string, in every dictionary.
pub const BLANK: u32 = 0;

/// Distinct strings, found by code and, while building, by value. Code 0 is the empty string.
#[derive(Clone)]
pub struct Dictionary {
    /// All values, one after the other.
    text: String,
    /// Where each value ends in `text`; it starts where the one before ends.
    ends: Vec<usize>,
    index: HashTable<Slot>,
    /// Whether `index` holds every value; not so after [`Dictionary::from_distinct`], until one is interned.
    indexed: bool,
    /// In the place of an index that is not there: made when many values are looked up.
    late: OnceLock<HashTable<Slot>>,
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
            text: String::new(),
            ends: Vec::new(),
            index: HashTable::new(),
            indexed: true,
            late: OnceLock::new(),
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
            dictionary.append(value.as_ref());
        }
        dictionary
    }

    /// The same of values that stand one after the other in a text, with where each of them ends.
    pub fn from_joined(text: String, mut ends: Vec<usize>) -> Self {
        ends.insert(0, 0);
        Self { text, ends, indexed: false, ..Self::default() }
    }

    /// The values of several dictionaries one after the other, for tables that are written: blanks but the first are
    /// left out, and a value of two dictionaries stands twice. Says by how much the codes of each are shifted.
    pub fn joined<'d>(dictionaries: impl IntoIterator<Item = &'d Self>) -> (Self, Vec<u32>) {
        let (mut text, mut ends, mut shifts) = (String::new(), Vec::new(), Vec::new());
        for dictionary in dictionaries {
            shifts.push(ends.len() as u32);
            let start = text.len();
            text.push_str(&dictionary.text);
            ends.extend(dictionary.ends.iter().skip(1).map(|end| start + end));
        }
        (Self::from_joined(text, ends), shifts)
    }

    /// The number of codes, the blank one included.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it holds nothing but the blank.
    pub fn is_empty(&self) -> bool {
        self.len() <= 1
    }

    /// Whether both hold the same values by the same codes.
    pub fn is_same(&self, other: &Self) -> bool {
        std::ptr::eq(self, other) || self.ends == other.ends && self.text == other.text
    }

    #[inline]
    pub fn get(&self, code: u32) -> &str {
        let code = code as usize;
        let start = if code == 0 { 0 } else { self.ends[code - 1] };
        // Values are cut where they were joined, so between characters.
        self.text.get(start..self.ends[code]).unwrap_or_default()
    }

    /// The code of a value, new where it was not seen before.
    pub fn intern(&mut self, value: &str) -> u32 {
        if !self.indexed {
            self.build_index();
        }
        self.intern_hashed(value, self.hash(value))
    }

    /// Appends the codes of many values.
    ///
    /// In a large dictionary nearly all time goes into waiting for memory. So a few values go together, one step for
    /// all of them after the other: the processor then fetches what they need at the same time.
    pub fn intern_all<'v>(&mut self, values: impl IntoIterator<Item = &'v str>, codes: &mut Vec<u32>) {
        const TOGETHER: usize = 32;
        if !self.indexed {
            self.build_index();
        }
        let mut values = values.into_iter();
        let mut few: Vec<(&str, u32, Option<u32>)> = Vec::with_capacity(TOGETHER);
        loop {
            few.clear();
            few.extend(values.by_ref().take(TOGETHER).map(|value| (value, self.hash(value), None)));
            if few.is_empty() {
                return;
            }
            for (_, hash, likely) in &mut few {
                *likely = self.index.find(Slot::spread(*hash), |slot| slot.hash == *hash).map(|slot| slot.code);
            }
            codes.extend(few.iter().map(|&(value, hash, likely)| match likely {
                Some(code) if self.get(code) == value => code,
                _ => self.intern_hashed(value, hash),
            }));
        }
    }

    fn intern_hashed(&mut self, value: &str, hash: u32) -> u32 {
        if let Some(slot) = self.slot(hash, value) {
            return slot.code;
        }
        let code = self.append(value);
        self.insert(hash, code);
        code
    }

    fn append(&mut self, value: &str) -> u32 {
        let code = self.ends.len() as u32;
        self.text.push_str(value);
        self.ends.push(self.text.len());
        code
    }

    /// The code of a value, if it was seen.
    pub fn find(&self, value: &str) -> Option<u32> {
        let hash = self.hash(value);
        if self.indexed {
            return Some(self.slot(hash, value)?.code);
        }
        let late = self.late.get_or_init(|| {
            let mut index = HashTable::with_capacity(self.len());
            for (code, value) in self.iter() {
                let hash = self.hash(value);
                index.insert_unique(Slot::spread(hash), Slot { hash, code }, |slot| Slot::spread(slot.hash));
            }
            index
        });
        late.find(Slot::spread(hash), |slot| slot.hash == hash && self.get(slot.code) == value).map(|slot| slot.code)
    }

    #[inline]
    fn hash(&self, value: &str) -> u32 {
        (self.hasher.hash_one(value.as_bytes()) >> 32) as u32
    }

    #[inline]
    fn slot(&self, hash: u32, value: &str) -> Option<Slot> {
        self.index.find(Slot::spread(hash), |slot| slot.hash == hash && self.get(slot.code) == value).copied()
    }

    fn insert(&mut self, hash: u32, code: u32) {
        self.index.insert_unique(Slot::spread(hash), Slot { hash, code }, |slot| Slot::spread(slot.hash));
    }

    fn build_index(&mut self) {
        self.late = OnceLock::new();
        self.index.clear();
        for code in 0..self.len() as u32 {
            self.insert(self.hash(self.get(code)), code);
        }
        self.indexed = true;
    }

    /// Every value with its code, the blank first.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &str)> {
        (0..self.len() as u32).map(|code| (code, self.get(code)))
    }
}
