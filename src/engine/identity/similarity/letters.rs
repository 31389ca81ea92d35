//! What is kept of a value to bound how much it can have in common with another.

use super::PREFIX;

/// The sum of a value's characters (or words).
///
/// All characters fall into 32 classes, by their last 5 bits: letters into one each whatever their case, digits too.
/// The signature has a bit for each class that occurs and one for each that occurs again. Two values cannot have more
/// characters in common than the bits they share and those that the signature of one does not count: the counts it
/// gives are only ever too low, and by as much as `surplus`.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub struct Profile {
    signature: u64,
    /// The first characters, a byte each: different bytes, different characters.
    first: u32,
    /// 0 where the value agrees with nothing but itself: blank, or too long to be compared.
    pub length: u16,
    /// Characters that have no bit in the signature.
    surplus: u16,
}

impl Profile {
    pub fn of_text(value: &str, longest: usize) -> Self {
        // No character has more than 4 bytes.
        if value.len() > 4 * longest {
            return Self::default();
        }
        let mut signature = 0_u64;
        let mut first = [0; PREFIX];
        let mut length = 0;
        let mut see = |c: u32| {
            let class = 1_u64 << (c & 31);
            signature |= class | (signature & class) << 32;
            if let Some(place) = first.get_mut(length) {
                *place = c as u8;
            }
            length += 1;
        };
        if value.is_ascii() {
            value.bytes().for_each(|c| see(u32::from(c)));
        } else {
            value.chars().for_each(|c| see(u32::from(c)));
        }
        Self::new(signature, u32::from_le_bytes(first), length, longest)
    }

    /// Of the distinct words of a value: a bit for every 64th word.
    pub fn of_words(words: &[u32], longest: usize) -> Self {
        let signature = words.iter().fold(0, |signature, word| signature | 1_u64 << (word & 63));
        Self::new(signature, 0, words.len(), longest)
    }

    fn new(signature: u64, first: u32, length: usize, longest: usize) -> Self {
        match u16::try_from(length) {
            Ok(length) if usize::from(length) <= longest => {
                Self { signature, first, length, surplus: length - signature.count_ones() as u16 }
            }
            _ => Self::default(),
        }
    }

    /// The most that both can have in common.
    #[inline]
    pub fn common(&self, other: &Self) -> u32 {
        (self.signature & other.signature).count_ones() + u32::from(self.surplus.min(other.surplus))
    }

    /// The most first characters that both can have in common.
    #[inline]
    pub fn prefix(&self, other: &Self) -> usize {
        (self.first ^ other.first).trailing_zeros() as usize / 8
    }
}
