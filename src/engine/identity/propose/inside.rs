//! Deduplication rules that a table could have: what of one person would be equal in two of its rows, with how many
//! rows really are.

use crate::engine::column::Column;
use crate::engine::table::Table;
use crate::project::source::semantic;
use crate::project::{ColumnType, Condition, Normalization, Project, SourceColumn, SourceTable};
use crate::task::{Cancelled, Task};

use crate::engine::identity::coding::Side;
use crate::engine::identity::linking::{self, LinkRule, NO_CLASS, RuleLinks};
use crate::engine::identity::union_find::UnionFind;

/// A deduplication rule that could be added.
#[derive(Debug, Clone, PartialEq)]
pub struct DuplicateProposal {
    pub conditions: Vec<Condition>,
    /// Rows equal to a row with another primary key in all that is compared.
    pub rows: u64,
    /// Records that there would be less, beyond those that the primary key joins.
    pub fewer: u64,
}

/// The exact rules that join rows of different primary keys, most records first: ids and contact data alone, and names
/// together with a birth date or an address. Columns that are not used are not looked at.
pub fn propose_inside(
    project: &Project,
    source: &SourceTable,
    table: &Table,
    task: &Task,
) -> Result<Vec<DuplicateProposal>, Cancelled> {
    let Some(key) = source.primary_key.as_deref().and_then(|key| table.column(key)) else { return Ok(Vec::new()) };
    let side = Side { id: &source.id, table };
    let mut proposals = Vec::new();
    for conditions in candidates(source) {
        let rule = LinkRule { conditions: &conditions, exceptions: &[], lower: side, upper: None, project };
        let (rows, fewer) = count(&linking::link(&rule, task)?, key);
        if fewer > 0 {
            proposals.push(DuplicateProposal { conditions, rows, fewer });
        }
    }
    // Stable: at a tie the order of the columns decides.
    proposals.sort_by_key(|proposal| std::cmp::Reverse(proposal.fewer));
    Ok(proposals)
}

/// What could tell that two rows are of one person.
fn candidates(source: &SourceTable) -> Vec<Vec<Condition>> {
    let mut found: Vec<Vec<Condition>> = Vec::new();
    let columns = || source.selected_columns().filter(|column| source.primary_key.as_deref() != Some(&column.name));
    found.extend(columns().filter(|column| identifies(column)).map(|column| vec![condition(column)]));
    let of = |meaning: &str| columns().find(|column| column.semantic_type.as_deref() == Some(meaning));
    let names = match (of(semantic::FULL_NAME), of(semantic::FIRST_NAME), of(semantic::LAST_NAME)) {
        (Some(full), ..) => vec![condition(full)],
        (None, Some(first), Some(last)) => vec![condition(first), condition(last)],
        _ => return found,
    };
    for with in [of(semantic::BIRTH_DATE), of(semantic::ADDRESS)].into_iter().flatten() {
        found.push(names.iter().cloned().chain([condition(with)]).collect());
    }
    found
}

/// Whether a column alone tells a person: an id or contact data, by its meaning, else by its name. An id without a
/// closer meaning is of anything, such as of an order.
fn identifies(column: &SourceColumn) -> bool {
    if !matches!(column.column_type, ColumnType::String | ColumnType::Integer) {
        return false;
    }
    match column.semantic_type.as_deref() {
        Some(kind) => kind.starts_with("Identity.") && kind != semantic::ID,
        None => {
            let lower = column.name.to_lowercase();
            ["mail", "phone"].iter().any(|end| lower.ends_with(end))
        }
    }
}

fn condition(column: &SourceColumn) -> Condition {
    let normalizations = match column.semantic_type.as_deref() {
        Some(semantic::FULL_NAME | semantic::FIRST_NAME | semantic::LAST_NAME) => vec![Normalization::LowerCase],
        Some(semantic::ADDRESS) => vec![Normalization::LowerCase, Normalization::Address],
        _ => super::of_contact(column),
    };
    Condition { normalizations, ..Condition::exact(&column.name) }
}

/// Rows that a rule of exact conditions joins to one of another key, and how many records there are less. Rows without
/// a key take no part.
fn count(links: &RuleLinks, key: &Column) -> (u64, u64) {
    let keys = key.to_text();
    // For each class the key of its first row, how many rows it has, and whether it has a second key.
    let mut classes: Vec<Option<(u32, u64, bool)>> = vec![None; links.limit];
    let mut sets = UnionFind::new(keys.dictionary.len());
    let mut fewer = 0;
    for (row, (&class, &code)) in links.lower.iter().zip(&keys.codes).enumerate() {
        if class == NO_CLASS || key.is_blank(row) {
            continue;
        }
        match &mut classes[class as usize] {
            slot @ None => *slot = Some((code, 1, false)),
            Some((first, rows, is_mixed)) => {
                *rows += 1;
                *is_mixed |= *first != code;
                fewer += u64::from(sets.union(*first, code));
            }
        }
    }
    let mixed = classes.into_iter().flatten().filter(|(.., is_mixed)| *is_mixed);
    (mixed.map(|(_, rows, _)| rows).sum(), fewer)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::tests::{source, table};
    use super::*;
    use crate::engine::identity::constraints::Constraints;
    use crate::engine::identity::dedup::{DedupInput, deduplicate};
    use crate::project::{DeduplicationRule, RecordToKeep, UnificationTable};

    fn shop() -> (SourceTable, Table) {
        use ColumnType::{Date, Integer, String};
        let source = source(
            "shop",
            &[
                ("No", Integer, None),
                ("Email", String, Some(semantic::EMAIL)),
                ("Card", String, Some(semantic::LOYALTY_ID)),
                ("OrderId", String, Some(semantic::ID)),
                ("Name", String, Some(semantic::FULL_NAME)),
                ("Born", Date, Some(semantic::BIRTH_DATE)),
                ("City", String, Some(semantic::CITY)),
            ],
        );
        let rows = table(&[
            // The first two rows are one record by their key.
            ("No", Column::Integer(vec![1, 1, 2, 3, 4, 5])),
            ("Email", Column::text_of(["a@x.org", "a@x.org", "A@X.org", "", "", "e@x.org"])),
            ("Card", Column::text_of(["7", "7", "", "8", "9", ""])),
            ("OrderId", Column::text_of(["o", "o", "o", "o", "o", "o"])),
            ("Name", Column::text_of(["Ana", "Ana", "Ana", "Ben", "ben", "Ben"])),
            ("Born", Column::Date(vec![1, 1, 2, 3, 3, 4])),
            ("City", Column::text_of(["Rome", "Rome", "Rome", "Rome", "Rome", "Rome"])),
        ]);
        (source, rows)
    }

    fn proposed(source: &SourceTable, rows: &Table) -> Vec<DuplicateProposal> {
        let mut project = Project::new("P");
        project.source_tables.push(source.clone());
        project.unification.push(UnificationTable::new("shop"));
        propose_inside(&project, source, rows, &Task::default()).unwrap()
    }

    #[test]
    fn what_tells_a_person_is_proposed_with_the_rows_that_agree_in_it() {
        let (source, rows) = shop();
        let words = |one: &DuplicateProposal| {
            let fields: Vec<&str> = one.conditions.iter().flat_map(Condition::fields).collect();
            (fields.join(" "), one.rows, one.fewer)
        };
        let found: Vec<_> = proposed(&source, &rows).iter().map(words).collect();
        assert_eq!(
            found,
            [("Email".to_owned(), 3, 1), ("Name Born".to_owned(), 2, 1)],
            "not the card, which agrees in rows of one key only; not the order or the city, which are of anybody"
        );
    }

    #[test]
    fn a_table_where_nobody_stands_twice_has_none() {
        let (source, rows) = shop();
        let once = table(&[
            ("No", Column::Integer(vec![1, 2])),
            ("Email", Column::text_of(["a@x.org", "b@x.org"])),
            ("Card", Column::text_of(["", ""])),
            ("OrderId", Column::text_of(["o", "o"])),
            ("Name", Column::text_of(["Ana", "Ana"])),
            ("Born", Column::Date(vec![1, 2])),
            ("City", Column::text_of(["Rome", "Rome"])),
        ]);
        assert!(proposed(&source, &once).is_empty());
        let without_key = SourceTable { primary_key: None, ..source };
        assert!(proposed(&without_key, &rows).is_empty(), "there are no records to count yet");
    }

    #[test]
    fn a_proposal_takes_away_as_many_records_as_its_rule_does() {
        let (source, rows) = shop();
        let project = Project::new("P");
        let side = Side { id: "shop", table: &rows };
        let records = |rules: &[DeduplicationRule]| {
            let link = |rule: &DeduplicationRule| {
                let conditions = &rule.conditions[..];
                let rule = LinkRule { conditions, exceptions: &[], lower: side, upper: None, project: &project };
                linking::link(&rule, &Task::default()).map(Arc::new)
            };
            let input = DedupInput {
                project: &project,
                side,
                primary_key: rows.column("No").unwrap(),
                selected: Vec::new(),
                rules,
                links: &link,
                record_to_keep: &RecordToKeep::MostFilled,
                values_to_keep: &[],
                match_columns: Vec::new(),
                always: Vec::new(),
                constraints: Constraints::default(),
            };
            deduplicate(&input, &Task::default()).unwrap().len() as u64
        };
        let before = records(&[]);
        for DuplicateProposal { conditions, fewer, .. } in proposed(&source, &rows) {
            let (id, name) = ("rule".to_owned(), "Rule".to_owned());
            let rule = DeduplicationRule { id, name, active: true, conditions, exceptions: Vec::new() };
            assert_eq!(before - records(&[rule]), fewer);
        }
    }
}
