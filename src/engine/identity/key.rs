//! Conditions as codes: each row gets one number, equal for two rows exactly where all conditions hold between them.

use std::sync::Arc;

use hashbrown::HashMap;

use super::normalize::normalize;
use crate::engine::column::Column;
use crate::engine::dictionary::{BLANK, Dictionary};
use crate::project::Normalization;

/// A row's key: 0 where any condition is blank, so that it satisfies none.
pub const NO_KEY: u32 = BLANK;

/// One condition's column on one side, and what it evens out.
pub struct KeyPart<'a> {
    pub column: &'a Column,
    pub normalizations: &'a [Normalization],
}

/// Gives rows keys that are comparable between every table encoded with the same `KeySpace`.
pub struct KeySpace {
    values: Vec<Arc<Dictionary>>,
    /// Keys of the first `i + 1` conditions joined with the next one's.
    joined: Vec<HashMap<(u32, u32), u32>>,
}

impl KeySpace {
    /// For rules of so many conditions.
    pub fn new(conditions: usize) -> Self {
        Self { values: vec![Arc::default(); conditions], joined: vec![HashMap::new(); conditions.saturating_sub(1)] }
    }

    /// The key of every row. `parts` are the rule's conditions, in the same order for both sides.
    pub fn encode(&mut self, parts: &[KeyPart<'_>]) -> Vec<u32> {
        let mut keys: Vec<u32> = Vec::new();
        for (i, part) in parts.iter().enumerate() {
            let codes = encode_values(&mut self.values[i], part);
            if i == 0 {
                keys = codes;
                continue;
            }
            let joined = &mut self.joined[i - 1];
            for (key, code) in keys.iter_mut().zip(codes) {
                *key = if *key == NO_KEY || code == NO_KEY {
                    NO_KEY
                } else {
                    let next = joined.len() as u32 + 1;
                    *joined.entry((*key, code)).or_insert(next)
                };
            }
        }
        keys
    }

    /// One more than the largest key given so far.
    pub fn limit(&self) -> usize {
        match self.joined.last() {
            Some(joined) => joined.len() + 1,
            None => self.values.first().map_or(1, |values| values.len()),
        }
    }
}

/// Each row's value as a code of the normalized text; the normalization runs once for each distinct value.
fn encode_values(values: &mut Arc<Dictionary>, part: &KeyPart<'_>) -> Vec<u32> {
    const UNSEEN: u32 = u32::MAX;
    let text = part.column.to_text();
    let is_white = |value: &str| value.trim_start().is_empty();
    if part.normalizations.is_empty()
        && values.is_empty()
        && !text.dictionary.iter().skip(1).any(|(_, value)| is_white(value))
    {
        // The first column of raw text gives its own codes.
        *values = Arc::clone(&text.dictionary);
        return text.into_owned().codes;
    }
    let values = Arc::make_mut(values);
    let mut codes_of = vec![UNSEEN; text.dictionary.len()];
    let mut normalized = String::new();
    text.codes
        .iter()
        .map(|&code| {
            let known = &mut codes_of[code as usize];
            if *known == UNSEEN {
                normalize(text.dictionary.get(code), part.normalizations, &mut normalized);
                *known = values.intern(&normalized);
            }
            *known
        })
        .collect()
}
