//! Who is behind a key: one profile with its keyring and segments, from the results beside a project.
//!
//! Keys are compared exactly, case-sensitive; the same shape for known and unknown (semantics cases 21 and 37).

use serde_json::{Map, Value, json};

use super::results::{ALTERNATE_KEYS, CUSTOMERS, PREVIOUS_IDS, StoredResults};
use crate::engine::column::Column;
use crate::engine::customer::customers::{BECAME_KNOWN_ON, CUSTOMER_ID, PREVIOUS_CUSTOMER_ID, PROFILE_STATE};
use crate::engine::customer::keyring::{ALTERNATE_VALUE, TABLE_NAME};
use crate::engine::error::EngineError;
use crate::engine::table::Table;
use crate::project::Project;
use crate::project::unify::RESERVED;
use crate::project::validate::key_columns;

/// What is asked for: `TABLE:KEY`, or `CustomerId:ID`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question<'a> {
    pub table: &'a str,
    pub key: &'a str,
}

impl<'a> Question<'a> {
    /// Reads `TABLE:KEY`; the key may hold colons.
    pub fn parse(text: &'a str) -> Option<Self> {
        let (table, key) = text.split_once(':')?;
        (!table.is_empty() && !key.is_empty()).then_some(Self { table, key })
    }
}

/// The answer: a profile, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// An object with `CustomerId`, `ProfileState`, `BecameKnownOn` (empty where it never became known), `fields` (blank
    /// ones left out), `keyring` (by table its keys) and `segments`.
    Profile(Value),
    None(String),
}

/// Looks a key up in stored results.
pub fn lookup(question: &Question<'_>, project: &Project, results: &StoredResults) -> Result<Answer, EngineError> {
    let keys = results.table(ALTERNATE_KEYS)?;
    let id = if question.table == CUSTOMER_ID {
        question.key.to_owned()
    } else {
        let Some(table) = project.source_table_named(question.table) else {
            let names: Vec<&str> = project.source_tables.iter().map(|table| table.name.as_str()).collect();
            let known = names.join(", ");
            return Ok(Answer::None(format!("there is no table {}; the tables are {known}", question.table)));
        };
        if project.unification_table(&table.id).is_none() {
            let name = &table.name;
            return Ok(Answer::None(format!("{name} is not unified, so its keys lead to no profile")));
        }
        match owner(&keys, &table.name, question.key) {
            Some(id) => id,
            None => return Ok(Answer::None(format!("no profile has the key {} of {}", question.key, table.name))),
        }
    };
    let customers = results.table(CUSTOMERS)?;
    let Some((id, row)) = customer(&id, &customers, results)? else {
        return Ok(Answer::None(format!("there is no customer {id}")));
    };
    let mut segments = Vec::new();
    for (name, file) in results.segments() {
        if StoredResults::customer_row(&results.table(&file)?, &id).is_some() {
            segments.push(Value::String(name));
        }
    }
    Ok(Answer::Profile(json!({
        CUSTOMER_ID: id,
        PROFILE_STATE: text(&customers, PROFILE_STATE, row),
        BECAME_KNOWN_ON: text(&customers, BECAME_KNOWN_ON, row),
        "fields": fields(project, &customers, row),
        "keyring": keyring(&keys, &id),
        "segments": segments,
    })))
}

/// The customer of an id, or the one that an id of an earlier run leads to, with its row (semantics case 11).
fn customer(id: &str, customers: &Table, results: &StoredResults) -> Result<Option<(String, usize)>, EngineError> {
    if let Some(row) = StoredResults::customer_row(customers, id) {
        return Ok(Some((id.to_owned(), row)));
    }
    let previous = results.table(PREVIOUS_IDS)?;
    let Some(Column::Text(ids)) = previous.column(PREVIOUS_CUSTOMER_ID) else { return Ok(None) };
    let Some(code) = ids.dictionary.find(id) else { return Ok(None) };
    let Some(row) = ids.codes.iter().position(|&other| other == code) else { return Ok(None) };
    let id = text(&previous, CUSTOMER_ID, row);
    Ok(StoredResults::customer_row(customers, &id).map(|row| (id, row)))
}

/// The customer that a table's key belongs to.
fn owner(keys: &Table, table: &str, key: &str) -> Option<String> {
    let (Some(Column::Text(tables)), Some(Column::Text(values))) =
        (keys.column(TABLE_NAME), keys.column(ALTERNATE_VALUE))
    else {
        return None;
    };
    let (table, value) = (tables.dictionary.find(table)?, values.dictionary.find(key)?);
    let row = (0..keys.rows).find(|&row| tables.codes[row] == table && values.codes[row] == value)?;
    Some(text(keys, CUSTOMER_ID, row))
}

/// By table its keys, in the keyring's order: the preferred one first.
fn keyring(keys: &Table, id: &str) -> Value {
    let mut of_table: Map<String, Value> = Map::new();
    let Some(Column::Text(ids)) = keys.column(CUSTOMER_ID) else { return Value::Object(of_table) };
    let Some(code) = ids.dictionary.find(id) else { return Value::Object(of_table) };
    for row in (0..keys.rows).filter(|&row| ids.codes[row] == code) {
        let list = of_table.entry(text(keys, TABLE_NAME, row)).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list {
            list.push(Value::String(text(keys, ALTERNATE_VALUE, row)));
        }
    }
    Value::Object(of_table)
}

/// The unified fields that are not blank; numbers and Booleans as such.
fn fields(project: &Project, customers: &Table, row: usize) -> Value {
    let keys = key_columns(project);
    let shown = customers.columns.iter();
    let shown = shown.filter(|column| !RESERVED.contains(&column.name.as_str()) && !keys.contains(&column.name));
    let of = shown.filter(|column| !column.data.is_blank(row)).map(|column| {
        let value = match &column.data {
            Column::Integer(values) => json!(values[row]),
            Column::Number(values) => json!(values[row]),
            Column::Boolean(values) => json!(values[row] == 1),
            other => Value::String(other.text(row).into_owned()),
        };
        (column.name.clone(), value)
    });
    Value::Object(of.collect())
}

fn text(table: &Table, column: &str, row: usize) -> String {
    table.column(column).map(|column| column.text(row).into_owned()).unwrap_or_default()
}
