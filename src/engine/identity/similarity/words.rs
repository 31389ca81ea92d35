//! The words of each value of a token set.

use crate::engine::dictionary::Dictionary;

/// By code the distinct words of the value, numbered so that rarer ones come first.
#[derive(Default)]
pub struct Words {
    words: Vec<u32>,
    /// By code where its words end; they start where those before end.
    ends: Vec<usize>,
    count: usize,
}

impl Words {
    pub fn new(values: &Dictionary) -> Self {
        let mut seen = Dictionary::default();
        let (mut words, mut ends) = (Vec::new(), Vec::with_capacity(values.len()));
        let mut of_value = Vec::new();
        for (_, value) in values.iter() {
            of_value.clear();
            seen.intern_all(value.split_whitespace(), &mut of_value);
            of_value.sort_unstable();
            of_value.dedup();
            words.extend_from_slice(&of_value);
            ends.push(words.len());
        }
        let rank = by_rarity(&words, seen.len());
        let mut start = 0;
        for &end in &ends {
            let of_value = &mut words[start..end];
            of_value.iter_mut().for_each(|word| *word = rank[*word as usize]);
            of_value.sort_unstable();
            start = end;
        }
        Self { words, ends, count: seen.len() }
    }

    /// The words of a value, the rarest first.
    #[inline]
    pub fn of(&self, code: u32) -> &[u32] {
        let code = code as usize;
        let start = if code == 0 { 0 } else { self.ends[code - 1] };
        &self.words[start..self.ends[code]]
    }

    /// Words are numbered below this.
    pub fn count(&self) -> usize {
        self.count
    }
}

/// For each word its place by the number of values that have it, then by first sight.
fn by_rarity(words: &[u32], count: usize) -> Vec<u32> {
    let mut values = vec![0_u32; count];
    words.iter().for_each(|&word| values[word as usize] += 1);
    let mut order: Vec<u32> = (0..count as u32).collect();
    order.sort_by_key(|&word| values[word as usize]);
    let mut rank = vec![0; count];
    for (place, &word) in order.iter().enumerate() {
        rank[word as usize] = place as u32;
    }
    rank
}

/// How many words two values have in common.
pub fn common(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        common += usize::from(a[i] == b[j]);
        let (low, high) = (a[i] <= b[j], b[j] <= a[i]);
        i += usize::from(low);
        j += usize::from(high);
    }
    common
}
