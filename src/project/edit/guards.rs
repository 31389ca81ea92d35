//! Guards made from what the data shows.

use super::free_name;
use crate::project::{BlockedValue, FieldMember, IdentifierGuard, Project, ids};

/// Takes values of a column out of matching: in the guard of that column, or in a new one for it alone.
pub fn block_values(project: &mut Project, member: FieldMember, values: impl IntoIterator<Item = String>) {
    let guards = &project.guards.identifiers;
    let place = match guards.iter().position(|guard| guard.members.contains(&member)) {
        Some(place) => place,
        None => {
            let name = free_name(&member.column, guards.iter().map(|guard| guard.name.as_str()));
            let id = ids::new_id(project, &tr!("guard {name}", name));
            let guard = IdentifierGuard { id, name, members: vec![member], blocked: Vec::new(), max_values: None };
            project.guards.identifiers.push(guard);
            project.guards.identifiers.len() - 1
        }
    };
    let blocked = &mut project.guards.identifiers[place].blocked;
    for value in values {
        let value = value.trim();
        let is_blocked = |other: &BlockedValue| matches!(other, BlockedValue::Value(other) if other.trim() == value);
        if !value.is_empty() && !blocked.iter().any(is_blocked) {
            blocked.push(BlockedValue::Value(value.to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_blocked_once_in_the_guard_of_their_column() {
        let member = |column: &str| FieldMember { source_table: "crm".to_owned(), column: column.to_owned() };
        let values = |values: &[&str]| values.iter().map(|&value| value.to_owned()).collect::<Vec<_>>();
        let mut project = Project::new("P");
        block_values(&mut project, member("Phone"), values(&["0800", " 0800 ", "", "555"]));
        block_values(&mut project, member("Phone"), values(&["555", "777"]));
        block_values(&mut project, member("Email"), values(&["info@contoso.com"]));
        let [phone, email] = &project.guards.identifiers[..] else { panic!("two guards") };
        let texts = ["0800", "555", "777"].map(|value| BlockedValue::Value(value.to_owned()));
        assert_eq!((phone.name.as_str(), &phone.blocked[..]), ("Phone", &texts[..]));
        assert_eq!((email.members[0].column.as_str(), email.blocked.len()), ("Email", 1));
        assert_ne!(phone.id, email.id);
    }
}
