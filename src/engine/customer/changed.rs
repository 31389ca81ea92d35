//! The customers behind what a run changed: one row each, with what became of it.

use hashbrown::HashMap;

use super::customers::{BECAME_KNOWN_ON, CUSTOMER_ID, PREVIOUS_CUSTOMER_ID, PROFILE_STATE};
use super::naming::{CUSTOMER, Naming};
use crate::engine::column::Column;
use crate::engine::pipeline::Run;
use crate::engine::table::{NamedColumn, Table};
use crate::help::{self, Figure};

/// So many customers are listed.
const LISTED: usize = 100_000;
/// So many things are named in a cell.
const NAMED: usize = 8;
const WHAT: &str = "What changed";

/// One of the counts of [`ChangeCounts`](super::changes::ChangeCounts).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    Merged,
    Split,
    Gone,
    New,
    BecameKnown,
    FieldsChanged,
}

impl ChangeKind {
    pub const ALL: [Self; 6] =
        [Self::Merged, Self::Split, Self::Gone, Self::New, Self::BecameKnown, Self::FieldsChanged];

    pub fn label(self) -> &'static str {
        match self {
            Self::Merged => msg!("Merged"),
            Self::Split => msg!("Split"),
            Self::Gone => msg!("Gone"),
            Self::New => msg!("New"),
            Self::BecameKnown => msg!("Became known"),
            Self::FieldsChanged => msg!("Fields changed"),
        }
    }

    pub fn help(self) -> Figure {
        match self {
            Self::Merged => help::MERGED,
            Self::Split => help::SPLIT,
            Self::Gone => help::GONE,
            Self::New => help::NEW,
            Self::BecameKnown => help::NEWLY_KNOWN,
            Self::FieldsChanged => help::FIELDS_CHANGED,
        }
    }

    pub fn count(self, counts: &super::changes::ChangeCounts) -> u64 {
        match self {
            Self::Merged => counts.merged,
            Self::Split => counts.split,
            Self::Gone => counts.gone,
            Self::New => counts.new,
            Self::BecameKnown => counts.became_known,
            Self::FieldsChanged => counts.fields_changed,
        }
    }
}

/// One row a customer of this kind: what changed, its unified fields and keys, its CustomerId. Customers that are gone
/// show what they were, where the customers of the run `before` are given.
pub fn customers(run: &Run, before: Option<&Table>, kind: ChangeKind) -> Table {
    let Some(customers) = &run.customers else { return Table::default() };
    let changes = &run.changes;
    let names = Naming::of(&run.project);
    let row_of = before.and_then(rows_by_id);
    // Customers of the run before by what they were called, where that can be told.
    let called = |id: &String| match (before, &row_of) {
        (Some(before), Some(rows)) => {
            rows.get(id.as_str()).map_or_else(|| id.clone(), |&row| names.name(before, row as usize).0)
        }
        _ => id.clone(),
    };
    let took = |of: &[(u32, Vec<String>)], verb: &str| {
        let others = |ids: &[String]| named(&ids.iter().take(NAMED).map(called).collect::<Vec<_>>(), ids.len());
        of.iter().take(LISTED).map(|(row, ids)| (*row, format!("{verb} {}", others(ids)))).unzip()
    };
    let plain = |rows: &[u32], what: &str| rows.iter().take(LISTED).map(|&row| (row, what.to_owned())).unzip();
    let (rows, what): (Vec<u32>, Vec<String>) = match kind {
        ChangeKind::Merged => took(&changes.merged, "Took in"),
        ChangeKind::Split => took(&changes.split, "Was part of"),
        ChangeKind::New => plain(&changes.new, "New"),
        ChangeKind::BecameKnown => plain(&changes.became_known, "Became known"),
        ChangeKind::FieldsChanged => differences(&customers.table, before, &changes.fields_changed),
        ChangeKind::Gone => return gone(&names, before, &changes.gone),
    };
    shown(&names, &customers.table, &rows, &what)
}

/// The first of `all` things, by name.
fn named(names: &[String], all: usize) -> String {
    let more = all.saturating_sub(names.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    names.join(", ") + &more
}

/// These rows of a table of customers; who it is and what changed come first.
fn shown(names: &Naming, table: &Table, rows: &[u32], what: &[String]) -> Table {
    let mut shown = table.gather(rows);
    shown.row_numbers = None;
    shown.columns.retain(|column| column.name != PREVIOUS_CUSTOMER_ID);
    let called: Vec<String> = rows.iter().map(|&row| names.name(table, row as usize).0).collect();
    for (name, texts) in [(WHAT, what), (CUSTOMER, &called)] {
        let data = Column::text_of(texts.iter().map(String::as_str));
        shown.columns.insert(0, NamedColumn::shared(name, data));
    }
    shown
}

fn gone(names: &Naming, before: Option<&Table>, ids: &[String]) -> Table {
    let ids = &ids[..ids.len().min(LISTED)];
    let of_before = before.and_then(|table| Some((table, rows_by_id(table)?)));
    if let Some((table, row_of)) = of_before
        && let Some(rows) = ids.iter().map(|id| row_of.get(id.as_str()).copied()).collect::<Option<Vec<u32>>>()
    {
        return shown(names, table, &rows, &vec!["Gone".to_owned(); rows.len()]);
    }
    Table::new([
        (WHAT, Column::text_of(ids.iter().map(|_| "Gone"))),
        (CUSTOMER_ID, Column::text_of(ids.iter().map(String::as_str))),
    ])
}

fn rows_by_id(table: &Table) -> Option<HashMap<&str, u32>> {
    let Column::Text(ids) = table.column(CUSTOMER_ID)? else { return None };
    Some((0..table.rows).map(|row| (ids.get(row), row as u32)).collect())
}

/// For each of these customers its fields whose values differ from those before.
fn differences(now: &Table, before: Option<&Table>, rows: &[u32]) -> (Vec<u32>, Vec<String>) {
    let rows = rows[..rows.len().min(LISTED)].to_vec();
    let row_of = before.and_then(rows_by_id);
    let (Some(before), Some(row_of), Some(ids)) = (before, row_of, now.column(CUSTOMER_ID)) else {
        let what = vec!["Fields changed".to_owned(); rows.len()];
        return (rows, what);
    };
    let ours = [CUSTOMER_ID, PREVIOUS_CUSTOMER_ID, PROFILE_STATE, BECAME_KNOWN_ON];
    let fields: Vec<(&NamedColumn, &Column)> = now
        .columns
        .iter()
        .filter(|column| !ours.contains(&column.name.as_str()))
        .filter_map(|column| Some((&**column, before.column(&column.name)?)))
        .collect();
    let what = rows.iter().map(|&row| {
        let Some(&old) = row_of.get(&*ids.text(row as usize)) else { return "Fields changed".to_owned() };
        let changed: Vec<String> = fields
            .iter()
            .filter_map(|(column, before)| {
                let (was, is) = (before.text(old as usize), column.data.text(row as usize));
                let shown = |text: &str| if text.is_empty() { "blank".to_owned() } else { text.to_owned() };
                (was != is).then(|| format!("{}: {} → {}", column.name, shown(&was), shown(&is)))
            })
            .collect();
        if changed.is_empty() {
            "Fields changed".to_owned()
        } else {
            named(&changed[..changed.len().min(NAMED)], changed.len())
        }
    });
    let what = what.collect();
    (rows, what)
}
