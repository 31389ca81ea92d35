//! Edits of unified fields. A default field that is edited is written down with its id, and all those before it, so
//! that the order stays; fields after it go on by the default rule.

use super::references::{let_go, repoint};
use crate::project::unify::{RESERVED, unified_fields};
use crate::project::validate::key_columns;
use crate::project::{MergePolicy, Project, UnifiedField, ids};

/// Writes the fields down up to the one at `place`.
pub(super) fn write_down(project: &mut Project, place: usize) {
    let mut fields = unified_fields(project);
    let written = fields.iter().take_while(|field| project.unified_fields.iter().any(|other| other.id == field.id));
    let kept = written.count().max(place + 1);
    fields.truncate(kept);
    project.unified_fields = fields;
}

pub(super) fn place_of(project: &Project, id: &str) -> Option<usize> {
    unified_fields(project).iter().position(|field| field.id == id)
}

/// Names a field anew; exports that chose it by its name go on with the new one.
pub fn rename(project: &mut Project, id: &str, name: &str) {
    let Some(place) = place_of(project, id) else { return };
    write_down(project, place);
    let old = std::mem::replace(&mut project.unified_fields[place].name, name.to_owned());
    for export in &mut project.exports {
        for field in export.fields.iter_mut().filter(|field| **field == old) {
            name.clone_into(field);
        }
    }
}

/// Moves a field past its neighbour, excluded ones not counted.
pub fn move_field(project: &mut Project, id: &str, up: bool) {
    let fields = unified_fields(project);
    let Some(place) = fields.iter().position(|field| field.id == id) else { return };
    let neighbour = if up {
        fields[..place].iter().rposition(|field| !field.excluded)
    } else {
        fields[place + 1..].iter().position(|field| !field.excluded).map(|after| place + 1 + after)
    };
    let Some(neighbour) = neighbour else { return };
    write_down(project, place.max(neighbour));
    let field = project.unified_fields.remove(place);
    project.unified_fields.insert(neighbour, field);
}

/// Makes one field of several: the first keeps its id, name and policy, members stand in match order, and what used
/// the others uses it. Returns its id.
pub fn combine(project: &mut Project, ids: &[String]) -> Option<String> {
    let fields = unified_fields(project);
    let places: Vec<usize> = (0..fields.len()).filter(|&place| ids.contains(&fields[place].id)).collect();
    let (&first, others) = places.split_first()?;
    write_down(project, *others.last()?);
    for &place in others.iter().rev() {
        let absorbed = project.unified_fields.remove(place);
        let target = project.unified_fields[first].clone();
        project.unified_fields[first].members.extend(absorbed.members.iter().cloned());
        repoint(project, &absorbed, &target);
        project.retired_ids.push(absorbed.id);
    }
    let order: Vec<String> = project.unification.iter().map(|table| table.source_table.clone()).collect();
    let members = &mut project.unified_fields[first].members;
    members.sort_by_key(|member| order.iter().position(|table| *table == member.source_table));
    Some(project.unified_fields[first].id.clone())
}

/// Makes a field of each member; the first keeps id and name, the others follow it.
pub fn separate(project: &mut Project, id: &str) {
    let Some(place) = place_of(project, id) else { return };
    let last = unified_fields(project).len() - 1;
    write_down(project, last);
    let members = project.unified_fields[place].members.split_off(1);
    for (after, member) in members.into_iter().enumerate() {
        let name = free_name(project, &member.column, project.table_name(&member.source_table));
        let id = ids::new_id(project, &name);
        let field = UnifiedField { id, name, members: vec![member], excluded: false, merge: MergePolicy::default() };
        project.unified_fields.insert(place + 1 + after, field);
    }
}

/// Moves a member up or down in importance.
pub fn move_member(project: &mut Project, id: &str, member: usize, up: bool) {
    let Some(place) = place_of(project, id) else { return };
    write_down(project, place);
    let members = &mut project.unified_fields[place].members;
    let other = if up { member.checked_sub(1) } else { Some(member + 1) };
    if let Some(other) = other.filter(|&other| other.max(member) < members.len()) {
        members.swap(member, other);
    }
}

/// Leaves a field out of the customer table, or takes it in again.
pub fn set_excluded(project: &mut Project, id: &str, excluded: bool) {
    let Some(place) = place_of(project, id) else { return };
    write_down(project, place);
    project.unified_fields[place].excluded = excluded;
    if excluded {
        let_go(project, id);
    }
}

/// A name that no column of the customer table has: the column's, else with its table's before it.
fn free_name(project: &Project, column: &str, table: &str) -> String {
    let keys = key_columns(project);
    let taken = |name: &str| {
        let fields = project.unified_fields.iter().map(|field| field.name.as_str());
        let mut others = RESERVED.into_iter().chain(fields).chain(keys.iter().map(String::as_str));
        others.any(|other| other.eq_ignore_ascii_case(name))
    };
    let prefixed = format!("{table}_{column}");
    let numbered = (2..).map(|n| format!("{prefixed}_{n}"));
    let mut names = [column.to_owned(), prefixed.clone()].into_iter().chain(numbered);
    names.find(|name| !taken(name)).unwrap_or(prefixed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Subject;
    use crate::project::validate::{Severity, validate};

    fn coffee() -> Project {
        serde_json::from_str(include_str!("../../../assets/samples/coffee/coffee.tributary")).expect("the sample")
    }

    fn names(project: &Project) -> Vec<String> {
        unified_fields(project).into_iter().map(|field| field.name).collect()
    }

    #[test]
    fn a_renamed_field_keeps_its_place_its_id_and_its_exports() {
        let mut project = coffee();
        let before = unified_fields(&project);
        let email = before.iter().position(|field| field.name == "Email").expect("an email field");
        project.exports[0].fields.push("Email".to_owned());
        rename(&mut project, &before[email].id, "Mail");
        let after = unified_fields(&project);
        assert_eq!(after.len(), before.len());
        assert_eq!((after[email].id.as_str(), after[email].name.as_str()), (before[email].id.as_str(), "Mail"));
        assert!(project.exports[0].fields.contains(&"Mail".to_owned()));
        assert!(validate(&project).is_empty(), "{:?}", validate(&project));
    }

    #[test]
    fn separated_fields_have_free_names_and_combine_again() {
        let mut project = coffee();
        let before = names(&project);
        separate(&mut project, "loyaltyid");
        assert_eq!(names(&project).len(), before.len() + 2, "{:?}", names(&project));
        assert!(validate(&project).is_empty(), "{:?}", validate(&project));
        let of_loyalty = unified_fields(&project).into_iter().filter(|field| field.name.contains("LoyaltyID"));
        let ids: Vec<String> = of_loyalty.map(|field| field.id).collect();
        assert_eq!(combine(&mut project, &ids).as_deref(), Some("loyaltyid"));
        assert_eq!(names(&project), before);
        assert_eq!(project.unified_fields[0].members.len(), 3);
    }

    #[test]
    fn what_used_an_absorbed_field_uses_the_combined_one() {
        let mut project = coffee();
        project.segments[1].rules[0].conditions[0].subject = Subject::Field { field: "email".to_owned() };
        project.exports[0].fields.push("Email".to_owned());
        let target = combine(&mut project, &["email".to_owned(), "fullname".to_owned()]).expect("two fields");
        assert_eq!(target, "fullname", "the first in order");
        assert_eq!(crate::project::edit::users_of_field(&project, &target).len(), 2);
        let errors = validate(&project).into_iter().filter(|problem| problem.severity == Severity::Error);
        assert_eq!(errors.collect::<Vec<_>>(), []);
    }

    #[test]
    fn moving_past_an_excluded_field_swaps_with_the_next_shown_one() {
        let mut project = coffee();
        let before = names(&project);
        set_excluded(&mut project, "fullname", true);
        let order: Vec<String> = unified_fields(&project).into_iter().map(|field| field.id).collect();
        assert_eq!(order[1], "fullname");
        move_field(&mut project, &order[2].clone(), true);
        let moved: Vec<String> = unified_fields(&project).into_iter().map(|field| field.id).collect();
        assert_eq!(moved[0], order[2]);
        assert_eq!(moved.len(), before.len());
    }

    #[test]
    fn members_move_in_importance() {
        let mut project = coffee();
        let first = |project: &Project| {
            let fields = unified_fields(project);
            fields.iter().find(|field| field.id == "email").map(|field| field.members[0].source_table.clone())
        };
        assert_eq!(first(&project).as_deref(), Some("loyalty"));
        move_member(&mut project, "email", 0, false);
        assert_eq!(first(&project).as_deref(), Some("store"));
        move_member(&mut project, "email", 1, false);
        assert_eq!(first(&project).as_deref(), Some("store"), "the last one stays");
    }
}
