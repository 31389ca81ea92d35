//! A new export: of whom, of which fields, and where to.

use super::{free_name, users_of_segment};
use crate::project::validate::key_column;
use crate::project::{Export, ExportFormat, ExportSubject, Project, SourceTable, UnifiedField, ids, unify};

/// An export of the first segment that has none yet, else of all customers, with the fields that people read. Its path
/// starts from the project's folder.
pub fn new_export(project: &Project) -> Export {
    let is_free = |id: &str| users_of_segment(project, id).is_empty();
    let segment = project.segments.iter().find(|segment| is_free(&segment.id));
    let name = segment.map_or(tr!("Customers"), |segment| segment.name.as_str());
    let name = free_name(name, project.exports.iter().map(|export| export.name.as_str()));
    let format = ExportFormat::Csv;
    Export {
        id: ids::new_id(project, &name),
        path: format!("exports/{}.{}", ids::slug(&name), format.extension()),
        subject: segment
            .map_or(ExportSubject::Customers, |segment| ExportSubject::Segment { segment: segment.id.clone() }),
        name,
        fields: readable_fields(project),
        format,
    }
}

/// The columns of the customer table without earlier ids and lists of keys: what says who it is first, ids last.
pub fn readable_fields(project: &Project) -> Vec<String> {
    let [customer_id, _, state, since] = unify::RESERVED.map(str::to_owned);
    let fields = unify::unified_fields(project).into_iter().filter(|field| !field.excluded);
    let (keys, others): (Vec<_>, Vec<_>) = fields.partition(|field| holds_keys(project, field));
    let names = |fields: Vec<UnifiedField>| fields.into_iter().map(|field| field.name);
    let clusters = project.clusters.iter().map(|cluster| cluster.name.clone());
    let tables = project.unification.iter().filter_map(|table| project.source_table(&table.source_table));
    let known = [state, since].into_iter();
    let ids = names(keys).chain(tables.map(key_column)).chain([customer_id]);
    names(others).chain(clusters).chain(known).chain(ids).collect()
}

/// Whether a field holds the primary key of a table.
fn holds_keys(project: &Project, field: &UnifiedField) -> bool {
    let key = |table: &SourceTable| table.primary_key.clone();
    let is_key = |table: &str, column: &str| project.source_table(table).and_then(key).as_deref() == Some(column);
    field.members.iter().any(|member| is_key(&member.source_table, &member.column))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::edit::customer_columns;

    #[test]
    fn a_new_export_has_readable_fields_first_and_ids_last() {
        let coffee = include_str!("../../../assets/samples/coffee/coffee.tributary");
        let project: Project = serde_json::from_str(coffee).unwrap();
        let export = new_export(&project);
        let second = project.segments[1].id.clone();
        assert_eq!(export.subject, ExportSubject::Segment { segment: second }, "the first one has an export");
        let keys = ["LoyaltyID", "StoreId", "UserID", "Loyalty_LoyaltyID", "Store_StoreId", "Web_UserID", "CustomerId"];
        let readable = ["FullName", "Email", "ProfileState", "BecameKnownOn"];
        assert_eq!(export.fields, [&readable[..], &keys[..]].concat());
        let all = customer_columns(&project);
        assert!(export.fields.iter().all(|field| all.contains(field)), "each is a column of the customer: {all:?}");
    }
}
