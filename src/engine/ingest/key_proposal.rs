//! Which column to propose as primary key: one called as a key, with a value of its own in every row.

use super::event_log::event_log;
use super::semantic::name_words;
use super::{KeyCheck, key_check};
use crate::engine::table::Table;
use crate::project::{ColumnType, Project, SourceTable};

/// How every column of a table does as primary key, in the order of the file.
pub fn key_checks(table: &Table) -> Vec<(String, KeyCheck)> {
    table.columns.iter().map(|column| (column.name.clone(), key_check(&column.data))).collect()
}

/// The column that identifies customers: of an event log the one that says whose an event is, else the one with a value
/// of its own in every row.
pub fn propose_key(project: &Project, table: &SourceTable, checks: &[(String, KeyCheck)]) -> Option<String> {
    event_log(project, table, checks).map(|log| log.person).or_else(|| propose_unique(table, checks))
}

/// The column that identifies the rows, as far as its name and its values tell; `None` where none is called as a key
/// and has a value of its own in every row. Of equally good ones the first.
pub fn propose_unique(table: &SourceTable, checks: &[(String, KeyCheck)]) -> Option<String> {
    let rank_of = |name: &String| {
        let column = table.column(name)?;
        let meaning = column.semantic_type.as_deref().unwrap_or_default();
        let is_key_type = matches!(column.column_type, ColumnType::String | ColumnType::Integer);
        rank(name, meaning).filter(|_| is_key_type)
    };
    let unique = checks.iter().filter(|(_, check)| check.rows > 0 && check.is_unique());
    let ranked = unique.filter_map(|(name, _)| Some((rank_of(name)?, name)));
    ranked.min_by_key(|(rank, _)| *rank).map(|(_, name)| name.clone())
}

/// Whether a column is called as a key.
pub fn is_called_as_key(name: &str) -> bool {
    rank(name, "").is_some()
}

/// What a key is called, as the last word of a column's name.
const KEYS: [&str; 22] = [
    "id",
    "key",
    "no",
    "nr",
    "num",
    "number",
    "code",
    "guid",
    "uuid",
    "nummer",
    "numero",
    "número",
    "numéro",
    "clave",
    "codigo",
    "código",
    "codice",
    "kod",
    "номер",
    "код",
    "番号",
    "编号",
];

/// The same as the first word ("id_cliente"), where it does not begin a count as "number of visits".
const KEY_STARTS: [&str; 9] = ["id", "guid", "uuid", "clave", "codigo", "código", "codice", "номер", "код"];

/// The same at the end of a longer word, where words are written together.
const KEY_ENDS: [&str; 5] = ["nummer", "番号", "コード", "编号", "번호"];

/// The less, the more a column is called as a key: by the end of its name, by its beginning, then by its meaning.
fn rank(name: &str, meaning: &str) -> Option<u8> {
    let words = name_words(name);
    let (first, last) = (words.first()?, words.last()?);
    if KEYS.contains(&last.as_str()) || KEY_ENDS.iter().any(|end| last.ends_with(end)) {
        return Some(if words.len() > 1 || last == "id" { 0 } else { 1 });
    }
    if KEY_STARTS.contains(&first.as_str()) {
        return Some(2);
    }
    meaning.starts_with("Identity.").then_some(3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::column::Column;
    use crate::project::SourceColumn;

    fn proposed(columns: &[(&str, ColumnType, &[&str])]) -> Option<String> {
        let sample = std::path::Path::new("assets/samples/coffee/coffee.tributary");
        let mut settings = crate::project::file::load(sample).unwrap().source_tables.remove(0);
        let any = settings.columns.remove(0);
        let column = |(name, column_type, _): &(&str, ColumnType, &[&str])| SourceColumn {
            name: (*name).to_owned(),
            column_type: *column_type,
            semantic_type: None,
            ..any.clone()
        };
        settings.columns = columns.iter().map(column).collect();
        let checks: Vec<(String, KeyCheck)> = columns
            .iter()
            .map(|(name, _, values)| ((*name).to_owned(), key_check(&Column::text_of(values.iter().copied()))))
            .collect();
        propose_unique(&settings, &checks)
    }

    #[test]
    fn the_unique_column_called_as_a_key_is_proposed() {
        let text = ColumnType::String;
        let columns: [(&str, ColumnType, &[&str]); 4] = [
            ("full name", text, &["Ana", "Ben"]),
            ("shop_id", text, &["7", "7"]),
            ("customer_no", text, &["1", "2"]),
            ("card_id", text, &["x", ""]),
        ];
        assert_eq!(proposed(&columns).as_deref(), Some("customer_no"), "the others repeat, are blank or are no keys");
        assert_eq!(proposed(&columns[..2]), None);
        assert_eq!(proposed(&[("id", text, &[])]), None, "no rows tell nothing");
        let times = [("visit id", ColumnType::Datetime, &["1", "2"][..]), ("Kundennummer", text, &["3", "4"])];
        assert_eq!(proposed(&times).as_deref(), Some("Kundennummer"), "a time is no key");
    }

    #[test]
    fn names_are_read_word_by_word() {
        assert_eq!(name_words("LoyaltyID"), ["loyalty", "id"]);
        assert_eq!(name_words("customer-No."), ["customer", "no"]);
        assert!(
            ["id_cliente", "Código do cliente", "顧客番号", "НомерКарты"].iter().all(|name| is_called_as_key(name))
        );
        assert!(rank("id_cliente", "") > rank("cliente_id", ""));
        assert!(rank("casino", "").is_none() && rank("number_of_visits", "").is_none() && rank("paid", "").is_none());
        assert!(rank("mail", "Identity.Service.Email") > rank("LoyaltyID", ""));
    }
}
