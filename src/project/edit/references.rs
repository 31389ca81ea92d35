//! Everything that names a unified field, and what becomes of it when the field goes into another one or away.

use crate::project::unify::{field_named, unified_fields};
use crate::project::{Condition, Project, Subject, UnifiedField};

/// What uses a unified field, in words: `segment Big spenders`, `group Address`.
pub fn users_of_field(project: &Project, id: &str) -> Vec<String> {
    let fields = unified_fields(project);
    let names_it = |other: &str| field_named(&fields, other).is_some_and(|field| field.id == id);
    let mut users = super::segments_where(
        project,
        |subject| matches!(subject, Subject::Field { field } if names_it(field) || field == id),
    );
    if let Some(field) = fields.iter().find(|field| field.id == id) {
        let exports = project.exports.iter().filter(|export| export.fields.contains(&field.name));
        users.extend(exports.map(|export| tr!("export {export}", export = export.name)));
    }
    let any = |ids: &[String]| ids.iter().any(|other| names_it(other));
    let groups = project.field_groups.iter().filter(|group| any(&group.fields));
    users.extend(groups.map(|group| tr!("group {group}", group = group.name)));
    if any(&project.customer_id_fields) {
        users.push(tr!("the custom CustomerId").to_owned());
    }
    for cluster in &project.clusters {
        let mut compared = cluster.rules.iter().flat_map(|rule| rule.compared());
        if compared.any(|condition| condition.fields().any(names_it)) {
            users.push(tr!("cluster {cluster}", cluster = cluster.name));
        }
    }
    let index = &project.customer_index;
    for (what, ids) in [
        (tr!("search"), &index.search),
        (tr!("filters"), &index.filter),
        (tr!("titles"), &index.title),
        (tr!("cards"), &index.card),
    ] {
        if any(ids) {
            users.push(tr!("the {what} of the Customers page", what));
        }
    }
    users
}

/// What used a field that went into another one goes on with that one. A group that is left with one field, or whose
/// field is in an earlier group already, lets go of it.
pub(super) fn repoint(project: &mut Project, absorbed: &UnifiedField, target: &UnifiedField) {
    let conditions = project.segments.iter_mut().flat_map(|segment| &mut segment.rules);
    for condition in conditions.flat_map(|rule| &mut rule.conditions) {
        if let Subject::Field { field } = &mut condition.subject {
            follow(field, absorbed, target);
        }
    }
    for export in &mut project.exports {
        if export.fields.contains(&target.name) {
            export.fields.retain(|field| *field != absorbed.name);
        }
        for field in export.fields.iter_mut().filter(|field| **field == absorbed.name) {
            target.name.clone_into(field);
        }
    }
    for cluster in &mut project.clusters {
        for rule in &mut cluster.rules {
            rule.conditions.iter_mut().for_each(|condition| follow_in(condition, absorbed, target));
            rule.exceptions.iter_mut().for_each(|exception| follow_in(&mut exception.condition, absorbed, target));
        }
    }
    let index = &mut project.customer_index;
    let lists =
        [&mut project.customer_id_fields, &mut index.search, &mut index.filter, &mut index.title, &mut index.card];
    let groups = project.field_groups.iter_mut().map(|group| &mut group.fields);
    for ids in lists.into_iter().chain(groups) {
        ids.iter_mut().for_each(|id| follow(id, absorbed, target));
        keep_first(ids);
    }
    let mut is_in_group = false;
    for group in &mut project.field_groups {
        group.fields.retain(|field| *field != target.id || !std::mem::replace(&mut is_in_group, true));
    }
    super::groups::dissolve_small(project);
}

fn follow(id: &mut String, absorbed: &UnifiedField, target: &UnifiedField) {
    if *id == absorbed.id {
        target.id.clone_into(id);
    }
}

fn follow_in(condition: &mut Condition, absorbed: &UnifiedField, target: &UnifiedField) {
    follow(&mut condition.field, absorbed, target);
    condition.or_fields.iter_mut().for_each(|id| follow(id, absorbed, target));
    let Condition { field, or_fields, .. } = condition;
    or_fields.retain(|id| id != field);
    keep_first(or_fields);
}

/// Drops what was there before.
fn keep_first(ids: &mut Vec<String>) {
    let mut seen: Vec<String> = Vec::new();
    ids.retain(|id| {
        let is_new = !seen.contains(id);
        seen.push(id.clone());
        is_new
    });
}

/// Lists of fields that mean the same without one of them let go of a field that is excluded: groups, and what the
/// Customers page shows. Whatever would mean something else, such as the custom CustomerId, keeps it and has a problem
/// until it names another.
pub(super) fn let_go(project: &mut Project, id: &str) {
    let index = &mut project.customer_index;
    for ids in [&mut index.search, &mut index.filter, &mut index.title, &mut index.card] {
        ids.retain(|other| other != id);
    }
    for group in &mut project.field_groups {
        group.fields.retain(|other| other != id);
    }
    super::groups::dissolve_small(project);
}

/// After a table was taken out: the same for fields that are gone with it.
pub(super) fn let_go_of_missing(project: &mut Project) {
    let fields = unified_fields(project);
    let is_there = |id: &String| field_named(&fields, id).is_some();
    let index = &mut project.customer_index;
    for ids in [&mut index.search, &mut index.filter, &mut index.title, &mut index.card] {
        ids.retain(is_there);
    }
    for group in &mut project.field_groups {
        group.fields.retain(is_there);
    }
    super::groups::dissolve_small(project);
}
