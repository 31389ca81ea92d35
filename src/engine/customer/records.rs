//! Records by whom they are of: found by what someone types, and examples of what can be asked about them.

use super::index::{Query, SearchIndex};
use super::naming::Naming;
use super::profile;
use crate::engine::column::Column;
use crate::engine::pipeline::Run;
use crate::engine::table::Table;
use crate::project::validate::key_column;
use crate::project::{Project, RecordKey};
use crate::task::{Cancelled, Task};

/// So many records are offered.
const LISTED: usize = 8;
/// So many customers are looked at for an example.
const LOOKED_AT: usize = 100_000;

/// A record that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub record: RecordKey,
    /// What its customer is called.
    pub name: String,
}

/// A question, about a record or two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    pub a: RecordKey,
    pub b: Option<RecordKey>,
    pub words: String,
}

/// The first record of a customer: of the first table in match order that it has a key of.
fn first_record(project: &Project, table: &Table, row: usize) -> Option<RecordKey> {
    records(project, table, row).next()
}

/// One record of each table that a customer has keys of, in match order.
fn records<'a>(project: &'a Project, table: &'a Table, row: usize) -> impl Iterator<Item = RecordKey> + 'a {
    project.unification.iter().filter_map(move |unified| {
        let source = project.source_table(&unified.source_table)?;
        let column = table.column(&key_column(source)).filter(|column| !column.is_blank(row))?;
        Some(RecordKey::new(&source.id, column.text(row)))
    })
}

/// Records by a key, whole, or by any text of their customer: a name, an address, a part of a key.
///
/// # Errors
/// The task was told to stop.
pub fn find(run: &Run, index: &SearchIndex, text: &str, task: &Task) -> Result<Vec<Candidate>, Cancelled> {
    let (project, table, text) = (&run.project, &index.table, text.trim());
    let naming = Naming::of(project);
    let named = |record: RecordKey, row: usize| Candidate { record, name: naming.name(table, row).0 };
    let mut found: Vec<Candidate> = Vec::new();
    for (name, row) in profile::owners(run, text) {
        if let Some(source) = project.source_table_named(&name) {
            found.push(named(RecordKey::new(&source.id, text), row as usize));
        }
    }
    let is_text = |column: &&std::sync::Arc<crate::engine::table::NamedColumn>| matches!(column.data, Column::Text(_));
    let searched = table.columns.iter().filter(is_text).map(|column| column.name.clone()).collect();
    let query = Query { search: text.to_owned(), searched, ..Query::default() };
    let answer = index.answer(&query, task)?;
    for row in (0..answer.rows.len().min(LISTED)).filter_map(|place| answer.rows.row(place)) {
        let Some(record) = first_record(project, table, row) else { continue };
        if !found.iter().any(|other| other.record == record) {
            found.push(named(record, row));
        }
    }
    found.truncate(LISTED);
    Ok(found)
}

/// Questions worth asking of a run: how its most joined customer was built, why two of its records are one, and why two
/// customers are not.
pub fn examples(run: &Run) -> Vec<Example> {
    let Some(customers) = &run.customers else { return Vec::new() };
    let (project, table) = (&run.project, &customers.table);
    let naming = Naming::of(project);
    let rows = 0..table.rows.min(LOOKED_AT);
    // The first of those with the most.
    let joined = rows.clone().rev().max_by_key(|&row| records(project, table, row).count());
    let Some(joined) = joined else { return Vec::new() };
    let of: Vec<RecordKey> = records(project, table, joined).collect();
    let name = naming.name(table, joined).0;
    let mut found = Vec::new();
    if let Some(a) = of.first() {
        found.push(Example { a: a.clone(), b: None, words: tr!("How was {name} built?", name) });
    }
    if let [a, .., b] = of.as_slice() {
        let words =
            tr!("Why are {label} and {label_2} one customer?", label = a.label(project), label_2 = b.label(project));
        found.push(Example { a: a.clone(), b: Some(b.clone()), words });
    }
    let other = rows.filter(|&row| row != joined).find_map(|row| Some((row, first_record(project, table, row)?)));
    if let (Some(a), Some((row, b))) = (of.first(), other) {
        let words = tr!("Why are {name} and {naming} two customers?", name, naming = naming.name(table, row).0);
        found.push(Example { a: a.clone(), b: Some(b), words });
    }
    found
}
