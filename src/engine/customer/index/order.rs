//! The order of the customers by a column: sorted once, then picked from.

use std::cmp::Ordering;

use super::SearchIndex;
use crate::engine::column::{Column, TextColumn};
use crate::engine::dictionary::BLANK;

/// Stands after all values.
const LAST: u32 = u32::MAX;

impl SearchIndex {
    /// The rows that pass, by these columns, the first one first, and whether descending: blanks last, equal ones as
    /// the table stands. Nothing where there is no column.
    pub(super) fn sorted_by(&self, sort: &[(usize, bool)], is_shown: impl Fn(&u32) -> bool) -> Option<Vec<u32>> {
        let (&(last, descending), earlier) = sort.split_last()?;
        let (rows, filled) = self.order(last);
        let (filled, blank) = rows.split_at(filled);
        let mut rows: Vec<u32> = match descending {
            false => filled.iter().copied().filter(&is_shown).collect(),
            true => {
                let data = self.data(last);
                let same = filled.chunk_by(|&a, &b| is_same(data, a as usize, b as usize));
                same.rev().flatten().copied().filter(&is_shown).collect()
            }
        };
        rows.extend(blank.iter().copied().filter(is_shown));
        // Each order keeps the one before among equal rows.
        for &(place, descending) in earlier.iter().rev() {
            let ranks = self.ranks(place);
            rows.sort_by_key(|&row| match ranks[row as usize] {
                LAST => LAST,
                rank if descending => LAST - 1 - rank,
                rank => rank,
            });
        }
        Some(rows)
    }

    /// For each row the place of its value among the values of a column.
    fn ranks(&self, place: usize) -> Vec<u32> {
        let (rows, filled) = self.order(place);
        let mut ranks = vec![LAST; rows.len()];
        let data = self.data(place);
        for (rank, same) in (0..).zip(rows[..filled].chunk_by(|&a, &b| is_same(data, a as usize, b as usize))) {
            same.iter().for_each(|&row| ranks[row as usize] = rank);
        }
        ranks
    }

    /// The rows ascending by a column, equal ones as the table stands, blanks last; and where those begin.
    pub(super) fn order(&self, place: usize) -> (&[u32], usize) {
        let (rows, filled) = self.columns[place].order.get_or_init(|| sorted(self.data(place)));
        (rows, *filled)
    }
}

fn is_same(column: &Column, a: usize, b: usize) -> bool {
    match column {
        Column::Text(text) => text.codes[a] == text.codes[b],
        _ => column.compare(a, b) == Ordering::Equal,
    }
}

fn sorted(column: &Column) -> (Vec<u32>, usize) {
    if let Column::Text(text) = column {
        return sorted_text(text);
    }
    let (mut rows, mut blank): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
    for row in 0..column.len() {
        if column.is_blank(row) { blank.push(row as u32) } else { rows.push(row as u32) }
    }
    match column {
        Column::Integer(values) | Column::Datetime(values) => rows.sort_by_key(|&row| values[row as usize]),
        Column::Date(values) => rows.sort_by_key(|&row| values[row as usize]),
        Column::Boolean(values) => rows.sort_by_key(|&row| values[row as usize]),
        _ => rows.sort_by(|&a, &b| column.compare(a as usize, b as usize)),
    }
    let filled = rows.len();
    rows.append(&mut blank);
    (rows, filled)
}

/// Text as people look it up: capital and small letters together, by code point where nothing else differs. Distinct
/// values are sorted, and rows dealt to them.
fn sorted_text(text: &TextColumn) -> (Vec<u32>, usize) {
    let mut counts = vec![0_u32; text.dictionary.len()];
    text.codes.iter().for_each(|&code| counts[code as usize] += 1);
    let mut values: Vec<(u128, u32)> = text
        .dictionary
        .iter()
        .filter(|&(code, _)| code != BLANK && counts[code as usize] > 0)
        .map(|(code, value)| (first_letters(value), code))
        .collect();
    values.sort_unstable_by(|a, b| {
        a.0.cmp(&b.0).then_with(|| compare(text.dictionary.get(a.1), text.dictionary.get(b.1)))
    });
    // From here on `counts` says where a value's next row goes.
    let mut next = 0;
    for code in values.iter().map(|&(_, code)| code).chain([BLANK]) {
        next += std::mem::replace(&mut counts[code as usize], next);
    }
    let filled = counts[BLANK as usize] as usize;
    let mut rows = vec![0; text.codes.len()];
    for (row, &code) in text.codes.iter().enumerate() {
        let place = &mut counts[code as usize];
        rows[*place as usize] = row as u32;
        *place += 1;
    }
    (rows, filled)
}

/// The first bytes in lower case as a number of the same order; most values differ there.
fn first_letters(value: &str) -> u128 {
    let mut bytes = [0; 16];
    if value.is_ascii() {
        bytes.iter_mut().zip(value.bytes()).for_each(|(byte, of)| *byte = of.to_ascii_lowercase());
    } else {
        let lower: String = value.chars().take(16).flat_map(char::to_lowercase).collect();
        bytes.iter_mut().zip(lower.bytes()).for_each(|(byte, of)| *byte = of);
    }
    u128::from_be_bytes(bytes)
}

fn compare(a: &str, b: &str) -> Ordering {
    let (a_lower, b_lower) = (a.chars().flat_map(char::to_lowercase), b.chars().flat_map(char::to_lowercase));
    a_lower.cmp(b_lower).then_with(|| a.cmp(b))
}
