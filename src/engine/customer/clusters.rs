//! Which customers belong together without being one person (semantics 1.6, clusters): the rules of deduplication over
//! the customers themselves. Nothing is merged.

use std::sync::Arc;

use super::customer_id::customer_id;
use crate::engine::column::{Column, TextColumn};
use crate::engine::dictionary::{BLANK, Dictionary};
use crate::engine::identity::coding::Side;
use crate::engine::identity::constraints::Constraints;
use crate::engine::identity::dedup::{self, DedupInput, NO_RECORD};
use crate::engine::identity::linking::{self, LinkRule};
use crate::engine::table::Table;
use crate::project::{Cluster, DeduplicationRule, Project, RecordToKeep};
use crate::task::{Cancelled, Task};

/// The clusters of one kind: sets of two customers or more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clusters {
    /// By customer its cluster, or [`NO_RECORD`]; numbered by their first customer.
    pub of_customer: Vec<u32>,
    /// How many there are.
    pub count: u64,
    /// Customers in any of them.
    pub customers: u64,
    /// A rule that links nearly everything, so that nothing is made of it.
    pub refused: Option<String>,
}

/// Finds the clusters of one kind. `fields` are the unified fields, each under its id.
pub fn find(cluster: &Cluster, fields: &Table, project: &Project, task: &Task) -> Result<Clusters, Cancelled> {
    // Customers are told apart by their place: their ids may not be made yet.
    let places = Column::Integer((0..fields.rows as i64).collect());
    let side = Side { id: "", table: fields };
    let refused = std::cell::RefCell::new(None);
    let links = |rule: &DeduplicationRule| {
        let (conditions, exceptions) = (&rule.conditions[..], &rule.exceptions[..]);
        let links = linking::link(&LinkRule { conditions, exceptions, lower: side, upper: None, project }, task)?;
        if links.is_cut {
            refused.replace(Some(rule.name.clone()));
        }
        Ok(Arc::new(links))
    };
    let input = DedupInput {
        project,
        side,
        primary_key: &places,
        selected: Vec::new(),
        rules: &cluster.rules,
        links: &links,
        record_to_keep: &RecordToKeep::MostFilled,
        values_to_keep: &[],
        match_columns: Vec::new(),
        always: Vec::new(),
        constraints: Constraints::default(),
    };
    let records = dedup::deduplicate(&input, task)?;
    if let Some(rule) = refused.take() {
        let of_customer = vec![NO_RECORD; fields.rows];
        return Ok(Clusters { of_customer, refused: Some(rule), ..Clusters::default() });
    }
    let mut sizes = vec![0_u32; records.len()];
    records.record_of_row.iter().for_each(|&record| sizes[record as usize] += 1);
    let mut found = Clusters::default();
    let mut number = vec![NO_RECORD; records.len()];
    for &record in &records.record_of_row {
        let record = record as usize;
        if sizes[record] < 2 {
            found.of_customer.push(NO_RECORD);
            continue;
        }
        if number[record] == NO_RECORD {
            number[record] = found.count as u32;
            found.count += 1;
        }
        found.customers += 1;
        found.of_customer.push(number[record]);
    }
    Ok(found)
}

impl Clusters {
    /// The column of the customer table: the cluster's id, made from the CustomerId of its first customer; blank for
    /// customers in none.
    pub fn column(&self, cluster: &str, ids: &TextColumn) -> Column {
        let mut names: Vec<String> = Vec::with_capacity(self.count as usize);
        let code = |(row, &number): (usize, &u32)| {
            if number == NO_RECORD {
                return BLANK;
            }
            if number as usize == names.len() {
                names.push(customer_id(cluster, ids.get(row)));
            }
            number + 1
        };
        let codes = self.of_customer.iter().enumerate().map(code).collect();
        Column::Text(TextColumn { codes, dictionary: Arc::new(Dictionary::from_distinct(&names)) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Condition, Normalization};

    #[test]
    fn customers_of_one_name_and_address_are_a_household_and_stay_apart() {
        let same =
            |field: &str| Condition { normalizations: vec![Normalization::LowerCase], ..Condition::exact(field) };
        let rule = DeduplicationRule {
            id: "r".to_owned(),
            name: "r".to_owned(),
            active: true,
            conditions: vec![same("name"), same("address")],
            exceptions: Vec::new(),
        };
        let cluster = Cluster { id: "household".to_owned(), name: "Household".to_owned(), rules: vec![rule] };
        let fields = Table::new([
            ("name", Column::text_of(["Roe", "Ray", "ROE", "Ray", "", ""])),
            ("address", Column::text_of(["1 Elm", "2 Oak", "1 elm", "3 Ash", "1 Elm", "1 Elm"])),
        ]);
        let found = find(&cluster, &fields, &Project::new("Test"), &Task::default()).unwrap();
        assert_eq!(found.of_customer, [0, NO_RECORD, 0, NO_RECORD, NO_RECORD, NO_RECORD]);
        assert_eq!((found.count, found.customers), (1, 2));
        let column = found.column("household", &["a", "b", "c", "d", "e", "f"].into_iter().collect());
        assert_eq!(column.text(0), column.text(2));
        assert_eq!((column.text(0).len(), column.text(1).len()), (32, 0));
    }
}
