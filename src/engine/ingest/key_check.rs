//! Whether a column identifies rows: what an analyst should see before it becomes the primary key (semantics 1.2).

use crate::engine::column::Column;
use crate::engine::dictionary::BLANK;

const EXAMPLES: usize = 5;

/// How well a column does as primary key, in numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyCheck {
    pub rows: u64,
    /// Rows without a value: they take no part in the unification.
    pub blanks: u64,
    /// Distinct values that stand in two rows or more.
    pub repeated_values: u64,
    /// Rows that have one of these values. All but one for each value are joined to another row.
    pub repeated_rows: u64,
    /// At most five repeated values with their rows: the most repeated first, equally repeated ones by their text.
    pub examples: Vec<(String, u64)>,
}

impl KeyCheck {
    /// Whether every row has a value of its own.
    pub fn is_unique(&self) -> bool {
        self.blanks == 0 && self.repeated_values == 0
    }
}

/// Counts the blanks and the repeats of a column.
pub fn key_check(column: &Column) -> KeyCheck {
    let text = column.to_text();
    let mut counts = vec![0_u64; text.dictionary.len()];
    for &code in &text.codes {
        counts[code as usize] += 1;
    }
    let mut check = KeyCheck { rows: text.codes.len() as u64, ..KeyCheck::default() };
    let mut examples: Vec<(&str, u64)> = Vec::new();
    for (code, value) in text.dictionary.iter() {
        let count = counts[code as usize];
        if code == BLANK {
            check.blanks = count;
        } else if count > 1 {
            check.repeated_values += 1;
            check.repeated_rows += count;
            let place = examples.partition_point(|&(other, rows)| (count, other) < (rows, value));
            if place < EXAMPLES {
                examples.insert(place, (value, count));
                examples.truncate(EXAMPLES);
            }
        }
    }
    check.examples = examples.into_iter().map(|(value, rows)| (value.to_owned(), rows)).collect();
    check
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::column::BLANK_INTEGER;

    #[test]
    fn repeats_and_blanks_are_counted_with_examples() {
        let check = key_check(&Column::text_of(["b", "a", "", "b", "c", "a", "b", ""]));
        let examples = vec![("b".to_owned(), 3), ("a".to_owned(), 2)];
        assert_eq!(check, KeyCheck { rows: 8, blanks: 2, repeated_values: 2, repeated_rows: 5, examples });
        assert!(!check.is_unique());
    }

    #[test]
    fn five_examples_at_most_ties_by_text() {
        let values = ["g", "f", "e", "d", "c", "b", "b"];
        let check = key_check(&Column::text_of(values.into_iter().chain(values)));
        assert_eq!((check.repeated_values, check.repeated_rows), (6, 14));
        let names: Vec<&str> = check.examples.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["b", "c", "d", "e", "f"]);
        assert_eq!(check.examples[0].1, 4);
    }

    #[test]
    fn a_column_of_numbers_without_repeats_is_unique() {
        assert!(key_check(&Column::Integer(vec![3, 1, 2])).is_unique());
        assert!(!key_check(&Column::Integer(vec![3, BLANK_INTEGER])).is_unique());
        assert!(key_check(&Column::Integer(Vec::new())).is_unique());
    }
}
