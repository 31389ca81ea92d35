//! Edits of how fields take their values: policies, what recency goes by, groups, and the fields of the CustomerId.

use super::fields::{place_of, write_down};
use super::free_name;
use crate::project::merging::{CUSTOMER_ID_FIELDS, GROUP_FIELDS, GROUP_TABLES};
use crate::project::source::semantic;
use crate::project::unify::{semantic_type, unified_fields};
use crate::project::{ColumnType, FieldGroup, FieldMember, MergePolicy, Project, UnifiedField, ids};

/// The group that a field is in.
pub fn group_of<'a>(project: &'a Project, field: &str) -> Option<&'a FieldGroup> {
    project.field_groups.iter().find(|group| group.fields.iter().any(|other| other == field))
}

/// The tables that give a field its values, by rank.
pub fn tables_of(field: &UnifiedField) -> Vec<String> {
    let mut tables: Vec<String> = Vec::new();
    for member in &field.members {
        if !tables.contains(&member.source_table) {
            tables.push(member.source_table.clone());
        }
    }
    tables
}

/// Chooses a field's policy. Recency begins with a date of each table that has one.
pub fn set_policy(project: &mut Project, id: &str, mut policy: MergePolicy) {
    let Some(place) = place_of(project, id) else { return };
    write_down(project, place);
    offer_dates(project, &tables_of(&project.unified_fields[place]), &mut policy);
    project.unified_fields[place].merge = policy;
}

/// Gives recency a date of each table that it has no column of yet.
fn offer_dates(project: &Project, tables: &[String], policy: &mut MergePolicy) {
    let is_date = |of: ColumnType| matches!(of, ColumnType::Date | ColumnType::Datetime);
    for table in tables.iter().filter_map(|id| project.source_table(id)) {
        let date = table.columns.iter().find(|column| is_date(column.column_type));
        if policy.rank_by_of(&table.id).is_none()
            && let Some(date) = date
        {
            policy.set_rank_by(&table.id, &date.name);
        }
    }
}

/// Chooses the column of a table that a field's recency goes by.
pub fn set_rank_by(project: &mut Project, id: &str, table: &str, column: &str) {
    let Some(place) = place_of(project, id) else { return };
    write_down(project, place);
    project.unified_fields[place].merge.set_rank_by(table, column);
}

/// What a group of first and last names is called.
pub const FULL_NAME: &str = "FullName";

/// The first and the last names, where several tables have them, so that those of two records may meet.
pub fn names_to_group(project: &Project) -> Option<[UnifiedField; 2]> {
    let fields = unified_fields(project);
    let find = |meaning: &str, spellings: &[&str]| {
        let letters = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
        let is_it = |field: &&UnifiedField| {
            let of = semantic_type(project, field);
            of == Some(meaning) || of.is_none() && spellings.contains(&letters(&field.name).as_str())
        };
        fields.iter().filter(|field| !field.excluded).find(is_it).cloned()
    };
    let first = find(semantic::FIRST_NAME, &["firstname", "givenname", "forename", "vorname", "prenom"])?;
    let last = find(semantic::LAST_NAME, &["lastname", "surname", "familyname", "nachname", "nom"])?;
    can_group(project, &[first.id.clone(), last.id.clone()]).ok()?;
    Some([first, last])
}

/// Why these fields cannot be one group, in words.
pub fn can_group(project: &Project, fields: &[String]) -> Result<(), String> {
    if !(2..=GROUP_FIELDS).contains(&fields.len()) {
        return Err(tr!("Tick 2 to {group_fields} fields", group_fields = GROUP_FIELDS));
    }
    if let Some(group) = fields.iter().find_map(|field| group_of(project, field)) {
        return Err(tr!("One of them is in the group {group} already", group = group.name));
    }
    if group_tables(project, fields).len() < 2 {
        return Err(tr!("They come from one table only; a group chooses among two or more").to_owned());
    }
    Ok(())
}

/// The tables that give these fields values, in match order.
fn group_tables(project: &Project, fields: &[String]) -> Vec<String> {
    let all = unified_fields(project);
    let of: Vec<String> = all.iter().filter(|field| fields.contains(&field.id)).flat_map(tables_of).collect();
    let order = project.unification.iter().map(|table| &table.source_table);
    order.filter(|table| of.contains(table)).take(GROUP_TABLES).cloned().collect()
}

/// Makes a group of fields, by importance in match order. Returns its id.
pub fn make_group(project: &mut Project, fields: &[String]) -> Option<String> {
    can_group(project, fields).ok()?;
    // Written down, they keep their ids whatever becomes of their columns.
    let last = unified_fields(project).iter().rposition(|field| fields.contains(&field.id))?;
    write_down(project, last);
    let of = |field: &&UnifiedField| fields.contains(&field.id);
    let chosen: Vec<String> = project.unified_fields.iter().filter(of).map(|field| field.id.clone()).collect();
    let names = project.field_groups.iter().map(|group| group.name.as_str());
    let name = free_name("Group", names.chain(project.source_tables.iter().map(|table| table.name.as_str())));
    let id = ids::new_id(project, "Field group");
    let tables = group_tables(project, &chosen);
    project.field_groups.push(FieldGroup {
        id: id.clone(),
        name,
        fields: chosen,
        tables,
        merge: MergePolicy::Importance,
    });
    Some(id)
}

fn group_mut<'a>(project: &'a mut Project, id: &str) -> Option<&'a mut FieldGroup> {
    project.field_groups.iter_mut().find(|group| group.id == id)
}

/// Names a group anew.
pub fn rename_group(project: &mut Project, id: &str, name: &str) {
    if let Some(group) = group_mut(project, id) {
        name.clone_into(&mut group.name);
    }
}

/// Its fields go by their own policies again.
pub fn dissolve_group(project: &mut Project, id: &str) {
    project.field_groups.retain(|group| group.id != id);
    project.retired_ids.push(id.to_owned());
}

/// A group without fields or tables to choose among is none.
pub(super) fn dissolve_small(project: &mut Project) {
    let is_small = |group: &&FieldGroup| group.fields.len() < 2 || group.tables.len() < 2;
    let small: Vec<String> = project.field_groups.iter().filter(is_small).map(|group| group.id.clone()).collect();
    small.iter().for_each(|id| dissolve_group(project, id));
}

/// Lets a field go by its own policy again.
pub fn take_out_of_group(project: &mut Project, id: &str, field: &str) {
    if let Some(group) = group_mut(project, id) {
        group.fields.retain(|other| other != field);
    }
    dissolve_small(project);
}

/// Chooses a group's policy. Recency begins with a date of each table that has one.
pub fn set_group_policy(project: &mut Project, id: &str, mut policy: MergePolicy) {
    let Some(tables) = group_mut(project, id).map(|group| group.tables.clone()) else { return };
    offer_dates(project, &tables, &mut policy);
    if let Some(group) = group_mut(project, id) {
        group.merge = policy;
    }
}

/// Chooses the column of a table that a group's recency goes by.
pub fn set_group_rank_by(project: &mut Project, id: &str, table: &str, column: &str) {
    if let Some(group) = group_mut(project, id) {
        group.merge.set_rank_by(table, column);
    }
}

/// Moves a table up or down in the rank of a group.
pub fn move_group_table(project: &mut Project, id: &str, place: usize, up: bool) {
    let Some(group) = group_mut(project, id) else { return };
    let other = if up { place.checked_sub(1) } else { Some(place + 1) };
    if let Some(other) = other.filter(|&other| other.max(place) < group.tables.len()) {
        group.tables.swap(place, other);
    }
}

/// Lets a table take part in a group, last by rank, or not.
pub fn set_group_table(project: &mut Project, id: &str, table: &str, takes_part: bool) {
    let Some(group) = group_mut(project, id) else { return };
    group.tables.retain(|other| other != table);
    if takes_part {
        group.tables.push(table.to_owned());
    }
}

/// Chooses whether a field makes the CustomerId, at most five of them.
pub fn set_customer_id_field(project: &mut Project, id: &str, chosen: bool) {
    let Some(place) = place_of(project, id) else { return };
    project.customer_id_fields.retain(|other| other != id);
    if chosen && project.customer_id_fields.len() < CUSTOMER_ID_FIELDS {
        write_down(project, place);
        project.customer_id_fields.push(id.to_owned());
    }
}

/// After a table was taken out: no group and no policy names it.
pub(super) fn let_go_of_table(project: &mut Project, id: &str) {
    let of_table = |member: &FieldMember| member.source_table == id;
    for group in &mut project.field_groups {
        group.tables.retain(|table| table != id);
        group.merge.forget_rank_by(of_table);
    }
    for field in &mut project.unified_fields {
        field.merge.forget_rank_by(of_table);
    }
}

/// What a table's leaving does to groups, in words.
pub(super) fn lost_groups(project: &Project, id: &str) -> Vec<String> {
    let with = project.field_groups.iter().filter(|group| group.tables.iter().any(|table| table == id));
    let what = |group: &FieldGroup| match group.tables.len() {
        0..=2 => tr!("Unified data view: the group {group}, left with one table", group = group.name),
        _ => tr!("Unified data view: the table's place in the group {group}", group = group.name),
    };
    with.map(what).collect()
}
