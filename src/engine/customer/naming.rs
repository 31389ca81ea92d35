//! What a customer is called on a card: the name, else a key.

use crate::engine::customer::customers::CUSTOMER_ID;
use crate::engine::table::Table;
use crate::project::source::semantic;
use crate::project::validate::key_column;
use crate::project::{Project, unify};

/// The columns that names and pictures come from.
#[derive(Debug, Clone, Default)]
pub struct Naming {
    full: Option<String>,
    parts: Vec<String>,
    /// The tables' keys, by match order.
    keys: Vec<String>,
    pub picture: Option<String>,
}

impl Naming {
    pub fn of(project: &Project) -> Self {
        let fields = unify::unified_fields(project);
        let column = |meaning: &str| {
            let has = |field: &&crate::project::UnifiedField| {
                !field.excluded && unify::semantic_type(project, field) == Some(meaning)
            };
            fields.iter().find(has).map(|field| field.name.clone())
        };
        let tables = project.unification.iter().filter_map(|table| project.source_table(&table.source_table));
        Self {
            full: column(semantic::FULL_NAME),
            parts: [semantic::FIRST_NAME, semantic::LAST_NAME].into_iter().filter_map(column).collect(),
            keys: tables.map(key_column).collect(),
            picture: column(semantic::PROFILE_IMAGE),
        }
    }

    /// The name of a customer, and whether it is one and no key.
    pub fn name(&self, table: &Table, row: usize) -> (String, bool) {
        let text = |name: &String| {
            let column = table.column(name).filter(|column| !column.is_blank(row))?;
            Some(column.text(row).into_owned())
        };
        if let Some(name) = self.full.as_ref().and_then(text) {
            return (name, true);
        }
        let parts: Vec<String> = self.parts.iter().filter_map(text).collect();
        if !parts.is_empty() {
            return (parts.join(" "), true);
        }
        let id = || text(&CUSTOMER_ID.to_owned());
        (self.keys.iter().find_map(text).or_else(id).unwrap_or_default(), false)
    }

    /// The column to sort names by.
    pub fn sort_column(&self) -> Option<&str> {
        self.full.as_deref().or_else(|| self.parts.last().map(String::as_str))
    }
}

/// The first letters of the first and the last word.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_those_of_first_and_last_word() {
        assert_eq!(initials("Ana Maria de Cruz"), "AC");
        assert_eq!(initials("élodie"), "É");
        assert_eq!(initials(" (Bo) "), "B");
        assert_eq!(initials("--"), "");
    }
}
