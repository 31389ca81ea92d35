//! What a customer is called on a card: the name, else a key.

use std::sync::Arc;

use crate::engine::column::Column;
use crate::engine::customer::customers::CUSTOMER_ID;
use crate::engine::table::{NamedColumn, Table};
use crate::project::source::semantic;
use crate::project::validate::key_column;
use crate::project::{Project, unify};

/// The column that says what a customer is called.
pub const CUSTOMER: &str = "Customer";

/// The columns that names and pictures come from.
#[derive(Debug, Clone, Default)]
pub struct Naming {
    /// What the analyst chose as the title, in that order.
    chosen: Vec<String>,
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
        let chosen = project.customer_index.title.iter().filter_map(|id| unify::field_named(&fields, id));
        Self {
            chosen: chosen.filter(|field| !field.excluded).map(|field| field.name.clone()).collect(),
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
        let joined = |columns: &[String]| {
            let parts: Vec<String> = columns.iter().filter_map(text).collect();
            (!parts.is_empty()).then(|| (parts.join(" "), true))
        };
        if let Some(name) = joined(&self.chosen) {
            return name;
        }
        if let Some(name) = self.full.as_ref().and_then(text) {
            return (name, true);
        }
        if let Some(name) = joined(&self.parts) {
            return name;
        }
        let id = || text(&CUSTOMER_ID.to_owned());
        (self.keys.iter().find_map(text).or_else(id).unwrap_or_default(), false)
    }

    /// The columns that a title is made of first: those chosen, else the full name, else its parts.
    pub fn title_columns(&self) -> Vec<String> {
        match (self.chosen.as_slice(), &self.full) {
            ([], Some(full)) => vec![full.clone()],
            ([], None) => self.parts.clone(),
            (chosen, _) => chosen.to_vec(),
        }
    }

    /// The key that a customer without a name is called by.
    pub fn key_column(&self, table: &Table, row: usize) -> Option<&String> {
        self.keys.iter().find(|name| table.column(name).is_some_and(|column| !column.is_blank(row)))
    }

    /// The column to sort names by.
    pub fn sort_column(&self) -> Option<&str> {
        let chosen = self.chosen.first().map(String::as_str);
        chosen.or(self.full.as_deref()).or_else(|| self.parts.last().map(String::as_str))
    }
}

/// What the customer with an id is called; `None` where there is none.
pub fn name_of(table: &Table, naming: &Naming, id: &str) -> Option<String> {
    let ids = table.column(CUSTOMER_ID)?;
    let row = (0..table.rows).find(|&row| ids.text(row) == id)?;
    Some(naming.name(table, row).0)
}

/// A table of customers that begins with what each is called; as it is where it does already. The other columns are
/// shared.
pub fn with_names(table: &Table, naming: &Naming) -> Table {
    if is_named(table) {
        return table.clone();
    }
    // A field may have this name already.
    let mut name = CUSTOMER.to_owned();
    while table.column(&name).is_some() {
        name.push_str(" name");
    }
    let names: Vec<String> = (0..table.rows).map(|row| naming.name(table, row).0).collect();
    let first = NamedColumn::shared(name, Column::text_of(names.iter().map(String::as_str)));
    let columns = std::iter::once(first).chain(table.columns.iter().map(Arc::clone)).collect();
    Table { columns, rows: table.rows, row_numbers: table.row_numbers.clone() }
}

/// Whether a table begins with what its customers are called.
pub fn is_named(table: &Table) -> bool {
    table.columns.first().is_some_and(|column| column.name == CUSTOMER)
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
    fn every_customer_has_a_name_or_a_key() {
        let table = Table::new([
            (CUSTOMER_ID, Column::text_of(["a1", "b2", "c3"])),
            ("FullName", Column::text_of(["Ana Cruz", "", ""])),
            ("UserID", Column::text_of(["U1", "Unknown1", ""])),
        ]);
        let naming = Naming { full: Some("FullName".to_owned()), keys: vec!["UserID".to_owned()], ..Naming::default() };
        let named = with_names(&table, &naming);
        let texts: Vec<_> = (0..3).map(|row| named.columns[0].data.text(row)).collect();
        assert_eq!(
            (named.columns[0].name.as_str(), texts.as_slice()),
            (CUSTOMER, &["Ana Cruz", "Unknown1", "c3"].map(Into::into)[..])
        );
        assert!(named.columns[1..].iter().zip(&table.columns).all(|(a, b)| Arc::ptr_eq(a, b)), "the rest is shared");
        assert_eq!(with_names(&named, &naming).columns.len(), 4, "once");
        let taken = Table::new([("Id", Column::text_of(["1"])), (CUSTOMER, Column::text_of(["x"]))]);
        assert_eq!(with_names(&taken, &naming).columns[0].name, "Customer name", "beside a field of that name");
    }

    #[test]
    fn initials_are_those_of_first_and_last_word() {
        assert_eq!(initials("Ana Maria de Cruz"), "AC");
        assert_eq!(initials("élodie"), "É");
        assert_eq!(initials(" (Bo) "), "B");
        assert_eq!(initials("--"), "");
    }
}
