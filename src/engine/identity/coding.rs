//! Conditions as codes: for each row one number for each field that a condition reads, equal where the normalized
//! values are. What is compared afterwards is numbers, and each distinct value is normalized and prepared once.

use std::sync::Arc;

use hashbrown::HashMap;

use super::blocked::BlockedValues;
use super::normalize::{Normalizer, Normalizing};
use super::phonetic;
use crate::engine::column::Column;
use crate::engine::dictionary::{BLANK, Dictionary};

use crate::engine::table::Table;
use crate::project::{Comparison, Condition, Project};

/// The code of a blank value, which satisfies no condition.
pub const NO_CODE: u32 = BLANK;

/// One number a row.
pub type Codes = Vec<u32>;

/// A table as one side of a rule.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The source table's id.
    pub id: &'a str,
    pub table: &'a Table,
}

/// A condition's values on both sides, coded into one dictionary.
pub struct CodedCondition {
    pub comparison: Comparison,
    /// The distinct normalized values of both sides.
    pub values: Arc<Dictionary>,
    /// By code the value as a number, of dates and times in days; only where the comparison needs it.
    pub numbers: Vec<f64>,
    /// For each field of the lower table's row its codes; any of them may agree.
    pub lower: Vec<Codes>,
    /// The same of the other table; empty where both sides are one table.
    upper: Vec<Codes>,
}

impl CodedCondition {
    /// Codes a condition's fields in the rows of the lower table and, where there are two, of the upper one. `None`
    /// where a field is no column: such a condition holds for no pair, and `validate` has said so.
    pub fn new(condition: &Condition, lower: Side<'_>, upper: Option<Side<'_>>, project: &Project) -> Option<Self> {
        let normalizer = normalizer(condition, project);
        let mut coder = Coder {
            comparison: condition.comparison,
            normalizer: &normalizer,
            values: Arc::default(),
            numbers: Vec::new(),
        };
        let mut coded = |side: Side<'_>, names: Vec<&str>| -> Option<Vec<Codes>> {
            let mut all = Vec::new();
            for name in names {
                let blocked = BlockedValues::of_column(project, side.id, name);
                all.extend(coder.codes(side.table.column(name)?, &blocked));
            }
            Some(all)
        };
        let lower = coded(lower, condition.fields().collect())?;
        let upper = match upper {
            Some(upper) => coded(upper, condition.to_fields().collect())?,
            None => Vec::new(),
        };
        let Coder { values, numbers, .. } = coder;
        Some(Self { comparison: condition.comparison, values, numbers, lower, upper })
    }

    /// The codes on the upper side; the same ones where both sides are one table.
    pub fn upper(&self) -> &[Codes] {
        if self.upper.is_empty() { &self.lower } else { &self.upper }
    }

    /// Whether one equal code on each side decides it.
    pub fn is_single_key(&self) -> bool {
        self.comparison.is_key() && self.lower.len() == 1 && self.upper().len() == 1
    }
}

/// The normalizer of a condition, with the lists that it chooses. A distance is one of the values themselves: there
/// bypass lists alone count.
pub fn normalizer(condition: &Condition, project: &Project) -> Normalizer {
    let evens_out = !condition.comparison.is_distance();
    let alias_lists = condition.alias_lists.iter().filter(|_| evens_out);
    let aliases = alias_lists.filter_map(|id| project.alias_list(id)).flat_map(|list| &list.aliases);
    let bypass = condition.bypass_lists.iter().filter_map(|id| project.bypass_list(id)).flat_map(|list| &list.values);
    Normalizer::new(&Normalizing {
        normalizations: if evens_out { &condition.normalizations } else { &[] },
        default_country: condition.default_country.as_deref(),
        aliases: aliases.map(|alias| (alias.value.as_str(), alias.same_as.as_str())).collect(),
        bypass: bypass.map(String::as_str).collect(),
    })
}

struct Coder<'a> {
    comparison: Comparison,
    normalizer: &'a Normalizer,
    values: Arc<Dictionary>,
    numbers: Vec<f64>,
}

impl Coder<'_> {
    /// The codes of a column: one list, or for Double Metaphone two, the second with alternate codes.
    fn codes(&mut self, column: &Column, blocked: &BlockedValues) -> Vec<Codes> {
        let text = column.to_text();
        let is_white = |value: &str| value.trim_start().is_empty();
        let is_raw = self.comparison == Comparison::Exact && self.normalizer.is_identity() && blocked.is_empty();
        if is_raw && self.values.is_empty() && !text.dictionary.iter().skip(1).any(|(_, value)| is_white(value)) {
            // The first column of raw text gives its own codes.
            self.values = Arc::clone(&text.dictionary);
            return vec![text.into_owned().codes];
        }
        let used = UsedCodes::of(&text.codes, text.dictionary.len());
        let mut normalized = Vec::new();
        let (mut all, mut ends) = (String::new(), vec![0]);
        let mut value = String::new();
        for &code in &used.codes {
            let raw = text.dictionary.get(code);
            value.clear();
            if !blocked.is_blocked(raw) {
                self.normalizer.normalize(raw, &mut value);
            }
            all.push_str(&value);
            ends.push(all.len());
        }
        let slices = ends.windows(2).map(|ends| &all[ends[0]..ends[1]]);
        let values = Arc::make_mut(&mut self.values);
        let mut alternates = Vec::new();
        match self.comparison {
            Comparison::Soundex => {
                let codes: Vec<String> = slices.map(phonetic::soundex).collect();
                values.intern_all(codes.iter().map(String::as_str), &mut normalized);
            }
            Comparison::DoubleMetaphone => {
                let codes: Vec<[String; 2]> = slices.map(phonetic::double_metaphone).collect();
                values.intern_all(codes.iter().map(|[first, _]| first.as_str()), &mut normalized);
                values.intern_all(codes.iter().map(|[_, second]| second.as_str()), &mut alternates);
            }
            _ => values.intern_all(slices, &mut normalized),
        }
        let rows = |of_used: &[u32]| text.codes.iter().map(|&code| of_used[used.place(code)]).collect::<Codes>();
        let mut lists = vec![rows(&normalized)];
        if self.comparison == Comparison::DoubleMetaphone {
            lists.push(rows(&alternates));
        }
        self.note_numbers(column, &lists[0]);
        lists
    }

    fn note_numbers(&mut self, column: &Column, codes: &[u32]) {
        if !matches!(self.comparison, Comparison::DaysApart { .. } | Comparison::NumberApart { .. }) {
            return;
        }
        self.numbers.resize(self.values.len(), f64::NAN);
        for (row, &code) in codes.iter().enumerate() {
            if code != NO_CODE {
                self.numbers[code as usize] = column.number(row);
            }
        }
    }
}

/// The codes of a dictionary that rows use: all of it, or where the rows are few only theirs.
struct UsedCodes {
    codes: Vec<u32>,
    places: Option<HashMap<u32, u32>>,
}

impl UsedCodes {
    fn of(codes: &[u32], values: usize) -> Self {
        if codes.len() >= values / 4 {
            return Self { codes: (0..values as u32).collect(), places: None };
        }
        let mut used = codes.to_vec();
        used.sort_unstable();
        used.dedup();
        let places = used.iter().enumerate().map(|(place, &code)| (code, place as u32)).collect();
        Self { codes: used, places: Some(places) }
    }

    #[inline]
    fn place(&self, code: u32) -> usize {
        match &self.places {
            None => code as usize,
            Some(places) => places.get(&code).map_or(0, |&place| place as usize),
        }
    }
}

/// Gives rows one number for several codes, equal for two rows exactly where all their codes are; comparable between
/// every table that the same `Tuples` numbered.
pub struct Tuples {
    joined: Vec<HashMap<(u32, u32), u32>>,
    /// One more than the largest number given.
    limit: usize,
}

/// What a blank code in a tuple means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Blanks {
    /// The row has no number.
    Exclude,
    /// It is a value like others.
    Keep,
}

impl Tuples {
    pub fn new(parts: usize) -> Self {
        Self { joined: vec![HashMap::new(); parts.saturating_sub(1)], limit: 1 }
    }

    /// The number of every row, 0 for none; `parts` in the same order for every table. A single part is its own
    /// number, below `values`, the number of its codes.
    pub fn number(&mut self, parts: &[&[u32]], values: usize, blanks: Blanks) -> Codes {
        let Some((first, more)) = parts.split_first() else { return Vec::new() };
        let mut numbers = first.to_vec();
        self.limit = self.limit.max(values);
        for (joined, part) in self.joined.iter_mut().zip(more) {
            for (number, &code) in numbers.iter_mut().zip(*part) {
                *number = if blanks == Blanks::Exclude && (*number == NO_CODE || code == NO_CODE) {
                    NO_CODE
                } else {
                    let next = joined.len() as u32 + 1;
                    *joined.entry((*number, code)).or_insert(next)
                };
            }
            self.limit = joined.len() + 1;
        }
        numbers
    }

    /// One more than the largest number given so far.
    pub fn limit(&self) -> usize {
        self.limit
    }
}
