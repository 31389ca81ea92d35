//! A set of customers, one bit each.

/// Customers by their number, of `len` in all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CustomerSet {
    words: Vec<u64>,
    len: usize,
}

impl CustomerSet {
    pub fn empty(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(64)], len }
    }

    pub fn all(len: usize) -> Self {
        let mut set = Self { words: vec![u64::MAX; len.div_ceil(64)], len };
        if let Some(last) = set.words.last_mut()
            && !len.is_multiple_of(64)
        {
            *last = (1 << (len % 64)) - 1;
        }
        set
    }

    /// The customers for whom something holds.
    pub fn of_rows(len: usize, holds: impl Fn(usize) -> bool) -> Self {
        let word = |word: usize| {
            let rows = word * 64..len.min(word * 64 + 64);
            rows.enumerate().fold(0, |bits, (place, row)| bits | u64::from(holds(row)) << place)
        };
        Self { words: (0..len.div_ceil(64)).map(word).collect(), len }
    }

    /// Adds a customer; one beyond the set, such as "no customer", is left out.
    pub fn insert(&mut self, customer: u32) {
        if (customer as usize) < self.len {
            self.words[customer as usize / 64] |= 1 << (customer % 64);
        }
    }

    pub fn contains(&self, customer: u32) -> bool {
        (customer as usize) < self.len && self.words[customer as usize / 64] >> (customer % 64) & 1 == 1
    }

    pub fn count(&self) -> u64 {
        self.words.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    pub fn union(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a |= b);
    }

    pub fn intersect(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a &= b);
    }

    pub fn except(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a &= !b);
    }

    /// Ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.words.iter().enumerate().flat_map(|(place, &word)| {
            let mut rest = word;
            std::iter::from_fn(move || {
                (rest != 0).then(|| {
                    let bit = rest.trailing_zeros();
                    rest &= rest - 1;
                    place as u32 * 64 + bit
                })
            })
        })
    }
}
