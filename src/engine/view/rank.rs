//! Sorting rows by a column: every value becomes a number of the same order, and the rows are sorted by these numbers
//! digit by digit, which keeps the order of equal rows and can be stopped between any two steps.

use std::cmp::Ordering;

use super::STRIDE;
use crate::engine::column::{BLANK_INTEGER, Column, TextColumn};
use crate::engine::dictionary::BLANK;
use crate::task::{Cancelled, Task};

/// Bits a digit.
const DIGIT: u32 = 11;
/// Stands for a blank, after all values.
const BLANK_KEY: u64 = u64::MAX;

/// Sorts rows by a column, blanks last in both directions; equal ones stay in their order.
pub fn sort(rows: &mut Vec<u32>, column: &Column, descending: bool, task: &Task) -> Result<(), Cancelled> {
    let keys = keys(rows, column, task)?;
    // Counted from the first value, with blanks right after the last, most columns need few digits.
    let filled = || keys.iter().copied().filter(|&key| key != BLANK_KEY);
    let least = filled().min().unwrap_or(0);
    let span = filled().max().map_or(0, |most| most - least + 1);
    let place = |key: u64| match key {
        BLANK_KEY => span,
        key if descending => span - 1 - (key - least),
        key => key - least,
    };
    let mut pairs: Vec<(u64, u32)> = keys.into_iter().map(place).zip(rows.iter().copied()).collect();
    if pairs.len() < STRIDE {
        pairs.sort_by_key(|&(key, _)| key);
    } else {
        by_digits(&mut pairs, span, task)?;
    }
    rows.clear();
    rows.extend(pairs.into_iter().map(|(_, row)| row));
    Ok(())
}

fn by_digits(pairs: &mut Vec<(u64, u32)>, most: u64, task: &Task) -> Result<(), Cancelled> {
    let mut other = vec![(0, 0); pairs.len()];
    let mut shift = 0;
    while shift < u64::BITS && most >> shift > 0 {
        let digit = |key: u64| (key >> shift) as usize & ((1 << DIGIT) - 1);
        let mut starts = [0_usize; 1 << DIGIT];
        for some in pairs.chunks(STRIDE) {
            task.check()?;
            some.iter().for_each(|&(key, _)| starts[digit(key)] += 1);
        }
        // A digit that is the same everywhere changes nothing.
        if !starts.contains(&pairs.len()) {
            let mut next = 0;
            for start in &mut starts {
                next += std::mem::replace(start, next);
            }
            for some in pairs.chunks(STRIDE) {
                task.check()?;
                for &pair in some {
                    let place = &mut starts[digit(pair.0)];
                    other[*place] = pair;
                    *place += 1;
                }
            }
            std::mem::swap(pairs, &mut other);
        }
        shift += DIGIT;
    }
    Ok(())
}

/// A number for each of the rows, in the order of their values; blanks have the greatest.
fn keys(rows: &[u32], column: &Column, task: &Task) -> Result<Vec<u64>, Cancelled> {
    /// Negative numbers below positive ones.
    fn of_integer(value: i64) -> u64 {
        (value as u64) ^ (1 << 63)
    }
    fn of_number(value: f64) -> u64 {
        // One zero of the two.
        let bits = (value + 0.0).to_bits();
        if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
    }
    let each = |key: &dyn Fn(usize) -> u64| -> Result<Vec<u64>, Cancelled> {
        let mut keys = Vec::with_capacity(rows.len());
        for some in rows.chunks(STRIDE) {
            task.check()?;
            keys.extend(some.iter().map(|&row| key(row as usize)));
        }
        Ok(keys)
    };
    match column {
        Column::Text(text) => {
            let ranks = ranks(text, rows, task)?;
            each(&|row| match text.codes[row] {
                BLANK => BLANK_KEY,
                code => u64::from(ranks[code as usize]),
            })
        }
        Column::Integer(values) | Column::Datetime(values) => {
            // No value is as great as the key of a blank.
            each(&|row| match values[row] {
                BLANK_INTEGER => BLANK_KEY,
                value => of_integer(value).min(BLANK_KEY - 1),
            })
        }
        Column::Number(values) => each(&|row| if values[row].is_nan() { BLANK_KEY } else { of_number(values[row]) }),
        Column::Boolean(values) => each(&|row| if column.is_blank(row) { BLANK_KEY } else { u64::from(values[row]) }),
        Column::Date(values) => {
            each(&|row| if column.is_blank(row) { BLANK_KEY } else { of_integer(i64::from(values[row])) })
        }
    }
}

/// For each code that rows have its place among the sorted texts, counted from 1.
fn ranks(text: &TextColumn, rows: &[u32], task: &Task) -> Result<Vec<u32>, Cancelled> {
    let mut ranks = vec![0; text.dictionary.len()];
    for some in rows.chunks(STRIDE) {
        task.check()?;
        some.iter().for_each(|&row| ranks[text.codes[row as usize] as usize] = 1);
    }
    let used = (1..ranks.len()).filter(|&code| ranks[code] == 1);
    // The first letters beside the code: most comparisons then stay where they are.
    let mut values: Vec<Value> =
        used.map(|code| (first_letters(text.dictionary.get(code as u32)), code as u32)).collect();
    let order =
        |a: &Value, b: &Value| a.0.cmp(&b.0).then_with(|| text.dictionary.get(a.1).cmp(text.dictionary.get(b.1)));
    merge_sort(&mut values, &order, task)?;
    for (place, &(_, code)) in values.iter().enumerate() {
        ranks[code as usize] = place as u32 + 1;
    }
    Ok(ranks)
}

/// The first eight bytes of a text as a number of the same order.
fn first_letters(text: &str) -> u64 {
    let mut first = [0; 8];
    let count = text.len().min(8);
    first[..count].copy_from_slice(&text.as_bytes()[..count]);
    u64::from_be_bytes(first)
}

type Value = (u64, u32);

/// Sorts distinct values in pieces that are merged, so that a cancel is seen in between.
fn merge_sort(
    values: &mut Vec<Value>,
    order: &(impl Fn(&Value, &Value) -> Ordering + Sync),
    task: &Task,
) -> Result<(), Cancelled> {
    let share = values.len().div_ceil(task.threads()).next_multiple_of(STRIDE).max(STRIDE);
    std::thread::scope(|scope| {
        for part in values.chunks_mut(share) {
            scope.spawn(move || {
                for piece in part.chunks_mut(STRIDE) {
                    if task.is_cancelled() {
                        return;
                    }
                    piece.sort_unstable_by(order);
                }
            });
        }
    });
    let mut width = STRIDE;
    while width < values.len() {
        let mut merged = Vec::with_capacity(values.len());
        for pair in values.chunks(2 * width) {
            let (mut a, mut b) = pair.split_at(width.min(pair.len()));
            while let ([first, rest_of_a @ ..], [second, rest_of_b @ ..]) = (a, b) {
                if order(second, first).is_lt() {
                    merged.push(*second);
                    b = rest_of_b;
                } else {
                    merged.push(*first);
                    a = rest_of_a;
                }
                if merged.len().is_multiple_of(STRIDE) {
                    task.check()?;
                }
            }
            merged.extend_from_slice(a);
            merged.extend_from_slice(b);
        }
        *values = merged;
        width *= 2;
    }
    task.check()
}
