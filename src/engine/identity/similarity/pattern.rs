//! Comparing short ASCII texts, a bit a character: one is laid out once and then compared with many.

/// As many characters as a word has bits.
pub const SHORT: usize = 64;

/// The bytes of a value that fits: ASCII, so that it has as many bytes as characters, and not too long.
pub fn short(value: &str, length: usize) -> Option<&[u8]> {
    (value.len() == length && length <= SHORT).then_some(value.as_bytes())
}

/// Where each character stands in a text.
pub struct Pattern {
    places: [u64; 128],
    text: Vec<u8>,
}

impl Default for Pattern {
    fn default() -> Self {
        Self { places: [0; 128], text: Vec::with_capacity(SHORT) }
    }
}

impl Pattern {
    pub fn load(&mut self, text: &[u8]) {
        for &c in &self.text {
            self.places[usize::from(c & 127)] = 0;
        }
        self.text.clear();
        self.text.extend_from_slice(text);
        for (place, &c) in text.iter().enumerate() {
            self.places[usize::from(c & 127)] |= 1 << place;
        }
    }

    #[inline]
    fn places(&self, c: u8) -> u64 {
        self.places[usize::from(c & 127)]
    }

    /// Levenshtein distance by Myers' bit vectors, in the form of Hyyrö (2003). Neither text is empty.
    pub fn levenshtein(&self, other: &[u8]) -> usize {
        let mut distance = self.text.len();
        let last = 1_u64 << (distance - 1);
        let (mut up, mut down) = (!0_u64, 0_u64);
        for &c in other {
            let equal = self.places(c);
            let diagonal = ((equal & up).wrapping_add(up) ^ up) | equal | down;
            let right = down | !(diagonal | up);
            let left = diagonal & up;
            distance += usize::from(right & last != 0);
            distance -= usize::from(left & last != 0);
            let right = right << 1 | 1;
            up = left << 1 | !(diagonal | right);
            down = right & diagonal;
        }
        distance
    }

    /// Jaro similarity. Each step is that of rapidfuzz, so that the score is the same to the last bit.
    pub fn jaro(&self, other: &[u8]) -> f64 {
        let reach = (self.text.len().max(other.len()) / 2).saturating_sub(1);
        let mut window = (1_u64 << (reach + 1)) - 1;
        let (mut own_hits, mut other_hits) = (0_u64, 0_u64);
        for (place, &c) in other.iter().enumerate() {
            let free = self.places(c) & window & !own_hits;
            own_hits |= free & free.wrapping_neg();
            other_hits |= u64::from(free != 0) << place;
            window = window << 1 | u64::from(place < reach);
        }
        let common = own_hits.count_ones();
        if common == 0 {
            return 0.0;
        }
        let mut out_of_order = 0;
        while other_hits != 0 {
            let own_hit = own_hits & own_hits.wrapping_neg();
            let c = other[other_hits.trailing_zeros() as usize];
            out_of_order += u32::from(self.places(c) & own_hit == 0);
            own_hits ^= own_hit;
            other_hits &= other_hits - 1;
        }
        let common = f64::from(common);
        let in_order = common - f64::from(out_of_order / 2);
        (common / self.text.len() as f64 + common / other.len() as f64 + in_order / common) / 3.0
    }
}
