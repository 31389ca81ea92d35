//! Tables of what people did, told from tables of people: by a time, an id of each event, and a person's id that
//! comes again and again.

use super::key_check::KeyCheck;
use super::key_proposal::{is_called_as_key, propose_unique};
use super::semantic::name_words;
use crate::project::{ColumnType, Project, SourceTable};

/// Words in the names of ids of people.
const PEOPLE: [&str; 25] = [
    "customer",
    "user",
    "client",
    "person",
    "member",
    "visitor",
    "cookie",
    "device",
    "anonymous",
    "account",
    "contact",
    "buyer",
    "guest",
    "patient",
    "subscriber",
    "loyalty",
    "shopper",
    "student",
    "employee",
    "kunde",
    "kunden",
    "kundennummer",
    "cliente",
    "usuario",
    "klant",
];

/// So many rows for each value, or more, are not of one person but of one kind of people.
const KINDS: u64 = 100;

/// The columns that make a table an event log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventLog {
    /// Has a value of its own in every row.
    pub event: String,
    /// Says whose the event is; comes again.
    pub person: String,
}

/// Whether a table looks like an event log: it has a time, a column called as a key with a value of its own in every
/// row, and another column that repeats and is called as the key of another table, as a person's id, or, where it tells
/// many apart, as a person ("visitor").
pub fn event_log(project: &Project, table: &SourceTable, checks: &[(String, KeyCheck)]) -> Option<EventLog> {
    let is_time = |column_type| matches!(column_type, ColumnType::Date | ColumnType::Datetime);
    if !table.columns.iter().any(|column| is_time(column.column_type)) {
        return None;
    }
    let event = propose_unique(table, checks)?;
    let others = project.source_tables.iter().filter(|other| other.id != table.id);
    let keys: Vec<&str> = others.filter_map(|other| other.primary_key.as_deref()).collect();
    // The less, the more it says whose a row is: in every row, then by another table's key.
    let rank = |name: &str, check: &KeyCheck| {
        let is_key = keys.iter().any(|key| key.eq_ignore_ascii_case(name));
        let words = name_words(name);
        let is_of_people = words.iter().any(|word| PEOPLE.contains(&word.as_str()));
        let is_person = is_of_people && (is_called_as_key(name) || (words.len() == 1 && tells_apart(check)));
        (is_key || is_person).then_some((check.blanks > 0, !is_key))
    };
    let repeats = checks.iter().filter(|(name, check)| *name != event && check.repeated_values > 0);
    let ranked = repeats.filter_map(|(name, check)| Some((rank(name, check)?, name)));
    let (_, person) = ranked.min_by_key(|(rank, _)| *rank)?;
    Some(EventLog { event, person: person.clone() })
}

/// Whether a column has as many values as there may be people, and not just a few kinds of them.
fn tells_apart(check: &KeyCheck) -> bool {
    let distinct = check.rows - check.blanks - (check.repeated_rows - check.repeated_values);
    distinct * KINDS >= check.rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::column::Column;
    use crate::engine::ingest::key_check;
    use crate::project::SourceColumn;

    type Given<'a> = (&'a str, ColumnType, &'a [&'a str]);

    /// A table of these columns beside the coffee sample's, whose Loyalty has the key LoyaltyID.
    fn found(columns: &[Given<'_>]) -> Option<(String, String)> {
        let sample = std::path::Path::new("assets/samples/coffee/coffee.tributary");
        let project = crate::project::file::load(sample).unwrap();
        let mut table = project.source_tables[0].clone();
        table.id = "given".to_owned();
        let any = table.columns.remove(0);
        let column = |(name, column_type, _): &Given<'_>| SourceColumn {
            name: (*name).to_owned(),
            column_type: *column_type,
            semantic_type: None,
            ..any.clone()
        };
        table.columns = columns.iter().map(column).collect();
        let checks: Vec<(String, KeyCheck)> = columns
            .iter()
            .map(|(name, _, values)| ((*name).to_owned(), key_check(&Column::text_of(values.iter().copied()))))
            .collect();
        event_log(&project, &table, &checks).map(|log| (log.event, log.person))
    }

    #[test]
    fn a_table_of_events_is_told_from_a_table_of_people() {
        use ColumnType::{Datetime, Integer, String as Text};
        let id: Given<'_> = ("visit_id", Integer, &["1", "2", "3"]);
        let at: Given<'_> = ("at", Datetime, &["x", "y", "z"]);
        let user: Given<'_> = ("user-id", Text, &["u", "u", "v"]);
        let log = |person: &str| Some(("visit_id".to_owned(), person.to_owned()));
        assert_eq!(found(&[id, at, user]), log("user-id"));
        assert_eq!(found(&[id, user]), None, "without a time");
        assert_eq!(found(&[at, user]), None, "without an id of its own");
        assert_eq!(found(&[id, at, ("user_id", Text, &["u", "v", "w"])]), None, "each has one row: people");
        assert_eq!(found(&[id, at, ("shop_id", Text, &["u", "u", "v"])]), None, "shops are no people");
        assert_eq!(found(&[id, at, ("visitor", Text, &["u", "u", "v"])]), log("visitor"), "a person by its one word");
        let (ids, member) = ((0..200).map(|id| id.to_string()).collect::<Vec<_>>(), vec!["yes"; 200]);
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let kinds: [Given<'_>; 3] =
            [("visit_id", Integer, &ids), ("at", Datetime, &ids), ("member", ColumnType::Boolean, &member)];
        assert_eq!(found(&kinds), None, "a kind of people");
        assert_eq!(found(&[id, at, ("user agent", Text, &["u", "u", "v"])]), None, "no id");
        let loyalty: Given<'_> = ("loyaltyid", Text, &["7", "7", "8"]);
        assert_eq!(found(&[id, at, user, loyalty]), log("loyaltyid"), "the key of another table says more");
        let seldom: Given<'_> = ("LoyaltyID", Text, &["7", "7", ""]);
        assert_eq!(found(&[id, at, seldom, user]), log("user-id"), "in every row");
    }
}
