//! The clusters a customer belongs to, such as the household, with who else does.

use crate::engine::column::Column;
use crate::engine::customer::customers::CUSTOMER_ID;
use crate::engine::customer::naming::Naming;
use crate::engine::table::Table;
use crate::project::Project;

/// Members listed of a cluster; all are counted.
const LISTED: usize = 20;

/// A cluster and its other members.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfileCluster {
    /// The cluster's name, such as Household.
    pub name: String,
    /// Its id, the value of the column.
    pub value: String,
    /// CustomerId and name of the other members, as the table stands, at most 20.
    pub others: Vec<(String, String)>,
    /// How many others there are.
    pub count: usize,
}

/// The clusters that a row of the customer table is in together with others.
pub(super) fn clusters(project: &Project, table: &Table, row: usize) -> Vec<ProfileCluster> {
    let naming = Naming::of(project);
    let ids = table.column(CUSTOMER_ID);
    let mut clusters = Vec::new();
    for cluster in &project.clusters {
        let Some(column) = table.column(&cluster.name).filter(|column| !column.is_blank(row)) else { continue };
        let mut others = rows_like(column, row);
        let listed: Vec<usize> = others.by_ref().take(LISTED).collect();
        let count = listed.len() + others.count();
        if count > 0 {
            let id = |row: usize| ids.map(|ids| ids.text(row).into_owned()).unwrap_or_default();
            let others = listed.into_iter().map(|row| (id(row), naming.name(table, row).0)).collect();
            let (name, value) = (cluster.name.clone(), column.text(row).into_owned());
            clusters.push(ProfileCluster { name, value, others, count });
        }
    }
    clusters
}

/// The other rows with the value of a row.
fn rows_like(column: &Column, row: usize) -> impl Iterator<Item = usize> + '_ {
    (0..column.len()).filter(move |&other| other != row && is_like(column, row, other))
}

fn is_like(column: &Column, row: usize, other: usize) -> bool {
    match column {
        Column::Text(text) => text.codes[row] == text.codes[other],
        _ => !column.is_blank(other) && column.text(row) == column.text(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Cluster;

    #[test]
    fn a_household_names_its_other_members() {
        let table = Table::new([
            (CUSTOMER_ID, Column::text_of(["a", "b", "c", "d", "e"])),
            ("Household", Column::text_of(["1", "2", "1", "", ""])),
        ]);
        let mut project = Project::new("Test");
        project.clusters.push(Cluster { id: "household".into(), name: "Household".into(), rules: Vec::new() });
        let found = clusters(&project, &table, 0);
        assert_eq!((found.len(), found[0].count), (1, 1));
        assert_eq!(found[0].others, [("c".to_owned(), "c".to_owned())]);
        assert_eq!(clusters(&project, &table, 1), [], "alone in it");
        assert_eq!(clusters(&project, &table, 3), [], "blanks are no cluster");
    }
}
