//! Exact rules that a table could have: the ids and contact data that it shares with each higher table, with how
//! many of its records they would find (the product's step 3).

mod inside;

pub use inside::{DuplicateProposal, propose_inside};

use super::coding::{CodedCondition, NO_CODE, Side};
use crate::engine::table::Table;
use crate::project::source::semantic;
use crate::project::{ColumnType, Condition, MatchRule, Normalization, Project, SourceColumn, SourceTable};

/// A table of the unification with its rows.
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    pub source: &'a SourceTable,
    pub table: &'a Table,
    /// For each row its record; a table not deduplicated yet has none, and each row is taken for one.
    pub records: Option<(&'a [u32], usize)>,
}

/// A rule that could be added.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    pub to_table: String,
    pub condition: Condition,
    /// Records of the lower table with a value that occurs in the higher one.
    pub matches: u64,
    /// All records of the lower table.
    pub records: u64,
}

/// The exact rules of one condition between a table and those above it, most matches first; without those that find
/// nothing and those that a rule of the table covers already.
pub fn propose(project: &Project, lower: Rows<'_>, higher: &[Rows<'_>]) -> Vec<Proposal> {
    let rules = project.unification_table(&lower.source.id).map_or(&[][..], |table| &table.match_rules);
    let mut proposals = Vec::new();
    for upper in higher {
        for mine in lower.source.selected_columns() {
            for theirs in upper.source.selected_columns() {
                if !is_shared(lower.source, mine, upper.source, theirs) {
                    continue;
                }
                let condition = exact(mine, theirs);
                if is_covered(rules, &upper.source.id, &condition) {
                    continue;
                }
                let Some((matches, records)) = count(project, &condition, lower, *upper) else { continue };
                if matches > 0 {
                    proposals.push(Proposal { to_table: upper.source.id.clone(), condition, matches, records });
                }
            }
        }
    }
    // Stable: at a tie the match order and the order of the columns decide.
    proposals.sort_by_key(|proposal| std::cmp::Reverse(proposal.matches));
    proposals
}

/// Whether a rule to this table has this condition alone, whatever it evens out: it would find the same.
pub fn is_covered(rules: &[MatchRule], to_table: &str, condition: &Condition) -> bool {
    rules.iter().any(|rule| {
        let [only] = &rule.conditions[..] else { return false };
        let compares = |field: &str, to_field: &str| {
            only.fields().any(|other| other == field) && only.to_fields().any(|other| other == to_field)
        };
        rule.to_table == to_table && rule.exceptions.is_empty() && compares(&condition.field, &condition.to_field)
    })
}

fn exact(mine: &SourceColumn, theirs: &SourceColumn) -> Condition {
    Condition { normalizations: of_contact(mine), ..Condition::exact_to(&mine.name, &theirs.name) }
}

/// What evens out contact data.
fn of_contact(column: &SourceColumn) -> Vec<Normalization> {
    match column.semantic_type.as_deref() {
        Some(semantic::EMAIL) => vec![Normalization::LowerCase],
        Some(semantic::PHONE) => vec![Normalization::Phone],
        _ => Vec::new(),
    }
}

/// Whether two columns look like one identifier: the same kind of id or contact data, or ids of one name.
fn is_shared(own: &SourceTable, mine: &SourceColumn, upper: &SourceTable, theirs: &SourceColumn) -> bool {
    let fits = |column: &SourceColumn| matches!(column.column_type, ColumnType::String | ColumnType::Integer);
    if !fits(mine) || !fits(theirs) {
        return false;
    }
    let kind = |column: &SourceColumn| column.semantic_type.clone().filter(|kind| kind.starts_with("Identity."));
    match (kind(mine), kind(theirs)) {
        // Ids without a closer meaning are of anything: a card number and an order number are both ids.
        (Some(a), Some(b)) if a == b && a != semantic::ID => true,
        (Some(a), Some(b)) if a != b => false,
        _ => is_same_name(&mine.name, &theirs.name) && (is_id(own, mine) || is_id(upper, theirs)),
    }
}

fn is_same_name(a: &str, b: &str) -> bool {
    let plain =
        |name: &str| name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    plain(a) == plain(b)
}

/// Whether a column identifies something: by its meaning, as a primary key, or by its name.
fn is_id(table: &SourceTable, column: &SourceColumn) -> bool {
    let kind = column.semantic_type.as_deref();
    if kind.is_some_and(|kind| !kind.starts_with("Identity.")) {
        return false;
    }
    let lower = column.name.to_lowercase();
    let ends = ["id", "key", "guid", "uuid", "number", "email", "mail", "phone"];
    kind.is_some() || table.primary_key.as_deref() == Some(&column.name) || ends.iter().any(|end| lower.ends_with(end))
}

/// How many records of the lower table a condition finds, and of how many.
fn count(project: &Project, condition: &Condition, lower: Rows<'_>, upper: Rows<'_>) -> Option<(u64, u64)> {
    let lower_side = Side { id: &lower.source.id, table: lower.table };
    let upper_side = Side { id: &upper.source.id, table: upper.table };
    let coded = CodedCondition::new(condition, lower_side, Some(upper_side), project)?;
    let mut there = vec![false; coded.values.len()];
    for (row, &code) in coded.upper().first()?.iter().enumerate() {
        there[code as usize] |= upper.records.is_none_or(|(record_of, all)| (record_of[row] as usize) < all);
    }
    there[NO_CODE as usize] = false;
    let found = coded.lower.first()?.iter().map(|&code| there[code as usize]);
    let Some((record_of, records)) = lower.records else {
        return Some((found.filter(|found| *found).count() as u64, lower.table.rows as u64));
    };
    let mut hit = vec![false; records];
    for (&record, found) in record_of.iter().zip(found) {
        if let Some(hit) = hit.get_mut(record as usize) {
            *hit |= found;
        }
    }
    Some((hit.iter().filter(|hit| **hit).count() as u64, records as u64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::column::Column;
    use crate::engine::table::NamedColumn;
    use crate::project::{FileFormat, UnificationTable};

    pub(super) fn source(id: &str, columns: &[(&str, ColumnType, Option<&str>)]) -> SourceTable {
        let column = |&(name, column_type, meaning): &(&str, ColumnType, Option<&str>)| SourceColumn {
            name: name.to_owned(),
            column_type,
            date_format: None,
            semantic_type: meaning.map(str::to_owned),
            selected: true,
        };
        SourceTable {
            id: id.to_owned(),
            name: id.to_owned(),
            path: format!("{id}.csv"),
            format: FileFormat::Parquet,
            blank_tokens: Vec::new(),
            columns: columns.iter().map(column).collect(),
            primary_key: Some(columns[0].0.to_owned()),
        }
    }

    pub(super) fn table(columns: &[(&str, Column)]) -> Table {
        let rows = columns[0].1.len();
        let columns = columns.iter().map(|(name, data)| NamedColumn::shared(*name, data.clone()));
        Table { columns: columns.collect(), rows, row_numbers: None }
    }

    /// Loyalty and Web of the seed, with an email and an id of another kind.
    fn seed() -> (Project, [(SourceTable, Table); 2]) {
        use ColumnType::{Integer, String};
        let loyalty = source(
            "loyalty",
            &[
                ("LoyaltyID", Integer, Some(semantic::LOYALTY_ID)),
                ("Email", String, Some(semantic::EMAIL)),
                ("City", String, Some(semantic::CITY)),
                ("VisitorId", String, None),
            ],
        );
        let web = source(
            "web",
            &[
                ("UserID", String, Some(semantic::VISITOR_ID)),
                ("Card", String, Some(semantic::LOYALTY_ID)),
                ("Mail", String, Some(semantic::EMAIL)),
                ("City", String, Some(semantic::CITY)),
                ("Visitor_ID", String, None),
            ],
        );
        let loyalty_rows = table(&[
            ("LoyaltyID", Column::Integer(vec![707, 808, 909])),
            ("Email", Column::text_of(["ana@contoso.com", "BEN@contoso.com", ""])),
            ("City", Column::text_of(["Rome", "Rome", "Oslo"])),
            ("VisitorId", Column::text_of(["x", "y", "z"])),
        ]);
        let web_rows = table(&[
            ("UserID", Column::text_of(["u1", "u2", "u2", "u3"])),
            ("Card", Column::text_of(["707", "", "808", "1"])),
            ("Mail", Column::text_of(["", "ben@contoso.com", "nobody", ""])),
            ("City", Column::text_of(["Rome", "Rome", "Rome", "Rome"])),
            ("Visitor_ID", Column::text_of(["x", "", "y", "z"])),
        ]);
        let mut project = Project::new("P");
        project.source_tables = vec![loyalty.clone(), web.clone()];
        project.unification = ["loyalty", "web"].map(UnificationTable::new).into();
        (project, [(loyalty, loyalty_rows), (web, web_rows)])
    }

    fn proposed(project: &Project, tables: &[(SourceTable, Table); 2]) -> Vec<(String, String, u64, u64)> {
        let [(loyalty, loyalty_rows), (web, web_rows)] = tables;
        // The second and third row of Web are one record.
        let lower = Rows { source: web, table: web_rows, records: Some((&[0, 1, 1, 2], 3)) };
        let upper = Rows { source: loyalty, table: loyalty_rows, records: None };
        let found = propose(project, lower, &[upper]);
        let words = |one: Proposal| (one.condition.field, one.condition.to_field, one.matches, one.records);
        found.into_iter().map(words).collect()
    }

    #[test]
    fn shared_ids_and_contact_data_are_proposed_with_the_records_they_find() {
        let (project, tables) = seed();
        let row = |a: &str, b: &str, matches| (a.to_owned(), b.to_owned(), matches, 3);
        assert_eq!(
            proposed(&project, &tables),
            [row("Visitor_ID", "VisitorId", 3), row("Card", "LoyaltyID", 2), row("Mail", "Email", 1)],
            "not the city, which identifies nobody; 808 and ben are of one record"
        );
    }

    #[test]
    fn what_a_rule_covers_is_not_proposed_again() {
        let (mut project, tables) = seed();
        let rule = |conditions| MatchRule {
            id: "rule".to_owned(),
            name: "Rule".to_owned(),
            active: true,
            to_table: "loyalty".to_owned(),
            conditions,
            exceptions: Vec::new(),
        };
        let card = Condition::exact_to("Card", "LoyaltyID");
        project.unification[1].match_rules = vec![rule(vec![card.clone(), Condition::exact_to("City", "City")])];
        assert_eq!(proposed(&project, &tables).len(), 3, "a narrower rule covers nothing");
        project.unification[1].match_rules = vec![rule(vec![card])];
        let left = proposed(&project, &tables);
        assert!(left.iter().all(|(field, ..)| field != "Card"), "{left:?}");
        assert_eq!(left.len(), 2);
    }
}
