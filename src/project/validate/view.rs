//! How fields take their values: what recency goes by, groups, the fields of the CustomerId, and clusters' columns.

use std::collections::HashSet;

use super::{Checker, Place};
use crate::project::merging::{CUSTOMER_ID_FIELDS, GROUP_FIELDS, GROUP_TABLES};
use crate::project::unify::field_named;
use crate::project::{ColumnType, FieldGroup, MergePolicy, UnifiedField, edit};

const RANK_BY_FIX: &str = msg!("Choose a date or a number of the table to rank by, or another policy.");

impl Checker<'_> {
    pub(super) fn merging(&mut self, fields: &[UnifiedField]) {
        for field in fields.iter().filter(|field| !field.excluded) {
            if edit::groups::group_of(self.project, &field.id).is_none() {
                let place = Place::UnifiedView { field: Some(field.id.clone()) };
                self.recency(&field.name, place, &field.merge, &edit::groups::tables_of(field));
            }
        }
        let project = self.project;
        let mut grouped: HashSet<String> = HashSet::new();
        for (number, group) in project.field_groups.iter().enumerate() {
            self.group(number, group, fields, &mut grouped);
        }
        self.customer_id(fields);
    }

    /// Recency needs a date or a number of every table that takes part, all of one kind.
    fn recency(&mut self, name: &str, place: Place, policy: &MergePolicy, tables: &[String]) {
        if !policy.is_recency() {
            return;
        }
        let label = policy.label().to_lowercase();
        let mut kinds: Vec<(&str, bool)> = Vec::new();
        for table in tables.iter().filter_map(|id| self.project.source_table(id)) {
            let of = &table.name;
            let Some(column) = policy.rank_by_of(&table.id) else {
                let message = tr!("{name} takes the {label} value, but no column of {of} says when.", name, label, of);
                self.error(place.clone(), message, crate::text::of(RANK_BY_FIX));
                continue;
            };
            match table.column(column).map(|column| column.column_type) {
                None => {
                    let message = tr!(
                        "{name} takes the {label} value by {column}, which is not a column of {of}.",
                        name,
                        label,
                        column,
                        of
                    );
                    self.error(place.clone(), message, crate::text::of(RANK_BY_FIX));
                }
                Some(column_type) if !column_type.is_ordered() => {
                    let what = column_type.with_article();
                    let message = tr!(
                        "{name} takes the {label} value by {column} of {of}, which is {what}.",
                        name,
                        label,
                        column,
                        of,
                        what
                    );
                    self.error(place.clone(), message, crate::text::of(RANK_BY_FIX));
                }
                Some(column_type) => {
                    kinds.push((of, matches!(column_type, ColumnType::Date | ColumnType::Datetime)));
                }
            }
        }
        let dated = kinds.iter().find(|(_, is_date)| *is_date);
        let numbered = kinds.iter().find(|(_, is_date)| !is_date);
        if let (Some((dated, _)), Some((numbered, _))) = (dated, numbered) {
            let message = tr!(
                "{name} ranks {dated} by a date and {numbered} by a number, which do not compare.",
                name,
                dated,
                numbered
            );
            self.error(place, message, tr!("Choose dates of all tables, or numbers of all."));
        }
    }

    fn group(&mut self, number: usize, group: &FieldGroup, fields: &[UnifiedField], grouped: &mut HashSet<String>) {
        let (project, name) = (self.project, &group.name);
        let place = || Place::UnifiedView { field: Some(group.id.clone()) };
        let same = |other: &str| other.eq_ignore_ascii_case(name);
        if name.trim().is_empty() {
            self.error(place(), tr!("A group of fields has no name."), tr!("Name it."));
        } else if project.field_groups[..number].iter().any(|other| same(&other.name)) {
            self.error(place(), tr!("Two groups of fields are called {name}.", name), tr!("Rename one of them."));
        } else if project.source_tables.iter().any(|table| same(&table.name)) {
            let message = tr!("The group {name} is called as a source table is.", name);
            self.error(place(), message, tr!("Rename the group."));
        }
        if project.field_groups[..number].iter().any(|other| other.id == group.id) {
            let message = tr!("Two groups of fields have the id {id}.", id = group.id);
            self.error(place(), message, tr!("Remove one of them from the project file."));
        }
        let range = |message: String, fix: &str, this: &mut Self| this.error(place(), message, fix);
        if !(2..=GROUP_FIELDS).contains(&group.fields.len()) {
            let message = tr!(
                "The group {name} has {fields}.",
                name,
                fields = tr!("{n} field" | "{n} fields" % group.fields.len())
            );
            range(message, tr!("A group has 2 to 10 fields: add some, take some out, or dissolve it."), self);
        }
        if !(2..=GROUP_TABLES).contains(&group.tables.len()) {
            let message = tr!(
                "The group {name} chooses among {tables}.",
                name,
                tables = tr!("{n} table" | "{n} tables" % group.tables.len())
            );
            range(message, tr!("A group has 2 to 15 tables: add some, take some out, or dissolve it."), self);
        }
        let mut members: Vec<&str> = Vec::new();
        for id in &group.fields {
            match field_named(fields, id) {
                None => {
                    let message = tr!("The group {name} has a field {id}, which is not there.", name, id);
                    self.error(place(), message, tr!("Take it out of the group."));
                }
                Some(field) if field.excluded => {
                    let message = tr!("The group {name} has {field}, which is excluded.", name, field = field.name);
                    self.error(place(), message, tr!("Include the field, or take it out of the group."));
                }
                Some(field) => {
                    members.extend(field.members.iter().map(|member| member.source_table.as_str()));
                    if !grouped.insert(field.id.clone()) {
                        let message =
                            tr!("The group {name} has {field}, which is in a group already.", name, field = field.name);
                        self.error(place(), message, tr!("Take it out of one of them."));
                    }
                }
            }
        }
        for (i, table) in group.tables.iter().enumerate() {
            let of = project.table_name(table);
            if project.unification_table(table).is_none() {
                let message = tr!("The group {name} chooses among tables, but {of} is not unified.", name, of);
                self.error(place(), message, tr!("Take the table out of the group."));
            } else if group.tables[..i].contains(table) {
                self.error(place(), tr!("The group {name} has {of} twice.", name, of), tr!("Take one of the two out."));
            } else if !members.contains(&table.as_str()) {
                let message = tr!("{of} gives none of the fields of the group {name} a value.", of, name);
                self.warn(
                    place(),
                    message,
                    tr!("Take the table out of the group, or combine its columns with the fields."),
                );
            }
        }
        if !group.merge.suits_groups() {
            let message = tr!("The group {name} cannot go by \"{label}\".", name, label = group.merge.label());
            self.error(place(), message, tr!("Choose Importance, Most recent, Least recent or Most filled."));
        }
        self.recency(&tr!("The group {name}", name), place(), &group.merge, &group.tables);
    }

    fn customer_id(&mut self, fields: &[UnifiedField]) {
        let ids = &self.project.customer_id_fields;
        let place = |field: &str| Place::UnifiedView { field: Some(field.to_owned()) };
        if ids.len() > CUSTOMER_ID_FIELDS {
            let message = tr!("The custom CustomerId is made of {ids} fields.", ids = ids.len());
            self.error(Place::UnifiedView { field: None }, message, tr!("Choose at most five on the tab Keys."));
        }
        for (i, id) in ids.iter().enumerate() {
            let fix = tr!("Choose another field on the tab Keys.");
            match field_named(fields, id) {
                None => {
                    self.error(place(id), tr!("The custom CustomerId names {id}, which is not a field.", id), fix);
                }
                Some(field) if field.excluded => {
                    let message =
                        tr!("The custom CustomerId is made of {field}, which is excluded.", field = field.name);
                    self.error(place(id), message, fix);
                }
                Some(field) if ids[..i].contains(id) => {
                    let message = tr!("The custom CustomerId names {field} twice.", field = field.name);
                    self.error(place(id), message, tr!("Take it out once on the tab Keys."));
                }
                Some(_) => {}
            }
        }
    }
}
