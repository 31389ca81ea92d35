//! Which rows pass a filter or hold a word. Text is judged once for each distinct value.

use std::cell::Cell;

use super::{Keep, STRIDE};
use crate::engine::column::{BLANK_BOOLEAN, Column, number_text};
use crate::engine::table::Table;
use crate::task::{Cancelled, Task};

/// Keeps the rows that pass.
pub fn filter(rows: &mut Vec<u32>, column: &Column, keep: &Keep, task: &Task) -> Result<(), Cancelled> {
    match keep {
        Keep::Only(value) => retain(rows, task, &*equals(column, value)),
        Keep::Not(value) => {
            let equals = equals(column, value);
            retain(rows, task, &|row| !equals(row))
        }
        Keep::Between { from, to, includes_end, .. } => {
            let (from, to, includes_end) = (*from, *to, *includes_end);
            retain(rows, task, &|row| {
                let number = column.number(row);
                number >= from && (number < to || (includes_end && number == to))
            })
        }
    }
}

fn retain(rows: &mut Vec<u32>, task: &Task, passes: &dyn Fn(usize) -> bool) -> Result<(), Cancelled> {
    let mut kept = Vec::new();
    for some in rows.chunks(STRIDE) {
        task.check()?;
        kept.extend(some.iter().copied().filter(|&row| passes(row as usize)));
    }
    *rows = kept;
    Ok(())
}

type Passes<'a> = Box<dyn Fn(usize) -> bool + 'a>;

/// Whether a row's text is this one.
fn equals<'a>(column: &'a Column, value: &'a str) -> Passes<'a> {
    if value.is_empty() {
        return Box::new(|row| column.is_blank(row));
    }
    let never = || -> Passes<'a> { Box::new(|_| false) };
    match column {
        Column::Text(text) => match text.dictionary.find(value) {
            Some(code) => Box::new(move |row| text.codes[row] == code),
            None => never(),
        },
        Column::Integer(values) => match value.parse::<i64>() {
            Ok(wanted) if wanted.to_string() == value => Box::new(move |row| values[row] == wanted),
            _ => never(),
        },
        Column::Number(values) => match value.parse::<f64>() {
            Ok(wanted) if number_text(wanted) == value => Box::new(move |row| values[row] == wanted),
            _ => never(),
        },
        Column::Boolean(values) => match value {
            "true" => Box::new(|row| values[row] == 1),
            "false" => Box::new(|row| values[row] != 1 && values[row] != BLANK_BOOLEAN),
            _ => never(),
        },
        // Equal texts are equal values: one row that has the text says which value it is.
        Column::Date(_) | Column::Datetime(_) => {
            match (0..column.len()).find(|&row| starts_like(column, row, value) && column.text(row) == value) {
                Some(row) => {
                    let bits = column.bits(row);
                    Box::new(move |row| column.bits(row) == bits)
                }
                None => never(),
            }
        }
    }
}

/// A quick look that leaves few dates to be written as text: the day, where `value` begins with one.
fn starts_like(column: &Column, row: usize, value: &str) -> bool {
    let part = |range| value.get(range).and_then(|part: &str| part.parse::<u32>().ok());
    let (Some(month), Some(day)) = (part(5..7), part(8..10)) else { return true };
    let Some(year) = value.get(..4).and_then(|year| year.parse::<i32>().ok()) else { return true };
    let Some(days) = crate::engine::calendar::days_from_civil(year, month, day) else { return true };
    column.number(row).floor() == f64::from(days)
}

/// Keeps the rows in which some column holds a word, which is in small letters.
pub fn search(rows: &mut Vec<u32>, table: &Table, word: &str, task: &Task) -> Result<(), Cancelled> {
    let mut hit = vec![false; rows.len()];
    for column in &table.columns {
        task.check()?;
        let Some(holds) = holding(&column.data, word, task)? else { continue };
        for (hit, rows) in hit.chunks_mut(STRIDE).zip(rows.chunks(STRIDE)) {
            task.check()?;
            for (hit, &row) in hit.iter_mut().zip(rows) {
                *hit = *hit || holds(row as usize);
            }
        }
    }
    let mut hit = hit.into_iter();
    rows.retain(|_| hit.next().unwrap_or(false));
    Ok(())
}

/// Whether a row's text holds a word; `None` where no value of the column can.
fn holding<'a>(column: &'a Column, word: &'a str, task: &Task) -> Result<Option<Passes<'a>>, Cancelled> {
    let letters = match column {
        Column::Text(text) => {
            let mut of_code = Vec::with_capacity(text.dictionary.len());
            for (code, value) in text.dictionary.iter() {
                if (code as usize).is_multiple_of(STRIDE) {
                    task.check()?;
                }
                of_code.push(holds_word(value, word));
            }
            let any = of_code.contains(&true);
            return Ok(any.then(|| -> Passes<'a> { Box::new(move |row| of_code[text.codes[row] as usize]) }));
        }
        Column::Integer(_) => "-0123456789",
        Column::Number(_) => "-.0123456789infa",
        Column::Boolean(_) => "truefals",
        Column::Date(_) => "-0123456789",
        Column::Datetime(_) => "-:. 0123456789",
    };
    let can = word.chars().all(|letter| letters.contains(letter));
    Ok(can.then(|| -> Passes<'a> {
        let seen = Seen::default();
        Box::new(move |row| seen.get_or(column.bits(row), || holds_word(&column.text(row), word)))
    }))
}

/// What was found of values seen lately: most columns of numbers and days repeat theirs, and writing one as text takes
/// longer than anything else here.
struct Seen(Vec<Cell<Option<(u64, bool)>>>);

impl Default for Seen {
    fn default() -> Self {
        Self(vec![Cell::new(None); 1 << Self::PLACES])
    }
}

impl Seen {
    /// Of the number of places, the logarithm.
    const PLACES: u32 = 12;

    fn get_or(&self, bits: u64, find: impl FnOnce() -> bool) -> bool {
        // Fibonacci hashing: neighbours among numbers, and numbers that differ in high bits only, get places apart.
        let place = bits.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - Self::PLACES);
        let slot = &self.0[place as usize];
        match slot.get() {
            Some((seen, found)) if seen == bits => found,
            _ => {
                let found = find();
                slot.set(Some((bits, found)));
                found
            }
        }
    }
}

fn holds_word(text: &str, word: &str) -> bool {
    if text.is_ascii() {
        // Small letters of ASCII text are as long as the text: nothing is copied.
        let (text, word) = (text.as_bytes(), word.as_bytes());
        let Some((first, rest)) = word.split_first() else { return false };
        // The first letter alone throws out nearly all places.
        return text.iter().enumerate().any(|(at, letter)| {
            let part = letter.eq_ignore_ascii_case(first).then(|| text.get(at + 1..=at + rest.len())).flatten();
            part.is_some_and(|part| part.eq_ignore_ascii_case(rest))
        });
    }
    text.to_lowercase().contains(word)
}
