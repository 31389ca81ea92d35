//! Edits of tables: renamed, given another key, unified, taken out, removed; and copies of their rules.

use super::{free_name, groups, references};
use crate::project::validate::{alternates_column, key_column};
use crate::project::{Project, Subject, UnificationTable, ids};

/// Gives a table another name; what names its key column by it follows (`Web_UserID`).
pub fn rename_table(project: &mut Project, id: &str, name: &str) {
    change_key(project, id, |project| {
        if let Some(table) = project.source_table_mut(id) {
            name.clone_into(&mut table.name);
        }
    });
}

/// Chooses a table's primary key; exports of the old one follow.
pub fn set_primary_key(project: &mut Project, id: &str, column: Option<String>) {
    change_key(project, id, |project| {
        if let Some(table) = project.source_table_mut(id) {
            table.primary_key = column;
        }
    });
}

fn change_key(project: &mut Project, id: &str, change: impl FnOnce(&mut Project)) {
    let names = |project: &Project| project.source_table(id).map(|of| [key_column(of), alternates_column(of)]);
    let before = names(project);
    change(project);
    let (Some(before), Some(after)) = (before, names(project)) else { return };
    for field in project.exports.iter_mut().flat_map(|export| &mut export.fields) {
        if let Some(place) = before.iter().position(|name| name == field) {
            field.clone_from(&after[place]);
        }
    }
}

/// What uses a source table, in words; empty where it can be removed.
pub fn users_of_table(project: &Project, id: &str) -> Vec<String> {
    let mut users = Vec::new();
    if project.unification_table(id).is_some() {
        users.push(tr!("Customer data: it is unified").to_owned());
    }
    users.extend(rules_naming(project, id));
    for activity in &project.activities {
        let reads = activity.source_table == id;
        if reads {
            users.push(tr!("Activities: {activity} is read from it", activity = activity.name));
        } else if activity.link.to_table == id {
            users.push(tr!("Activities: {activity} is linked to its key", activity = activity.name));
        }
        let tests = |subject: &Subject| subject.activity() == Some(activity.id.as_str());
        for segment in project.segments.iter().filter(|_| reads) {
            let mut conditions = segment.rules.iter().flat_map(|rule| &rule.conditions);
            if conditions.any(|condition| tests(&condition.subject)) {
                users.push(tr!(
                    "Segments: \"{segment}\" asks for {activity}",
                    segment = segment.name,
                    activity = activity.name
                ));
            }
        }
    }
    users
}

/// The match rules of other tables that name a table.
fn rules_naming(project: &Project, id: &str) -> Vec<String> {
    let mut rules = Vec::new();
    for other in project.unification.iter().filter(|other| other.source_table != id) {
        let name = project.table_name(&other.source_table);
        let naming = other.match_rules.iter().filter(|rule| rule.to_table == id);
        rules.extend(naming.map(|rule| tr!("Matching rules: \"{rule}\" of {name}", rule = rule.name, name)));
    }
    rules
}

/// Removes a table that nothing uses; its id is never given again.
pub fn remove_table(project: &mut Project, id: &str) {
    project.source_tables.retain(|table| table.id != id);
    for field in &mut project.unified_fields {
        field.members.retain(|member| member.source_table != id);
    }
    let gone = project.unified_fields.iter().filter(|field| field.members.is_empty()).map(|field| field.id.clone());
    let mut retired: Vec<String> = gone.collect();
    retired.push(id.to_owned());
    project.unified_fields.retain(|field| !field.members.is_empty());
    project.retired_ids.extend(retired);
}

/// Adds a table to the unification, at the end of the match order.
pub fn unify_table(project: &mut Project, id: &str) {
    if project.unification_table(id).is_none() {
        project.unification.push(UnificationTable::new(id));
    }
}

/// What goes, or will need mending, when a table is taken out of the unification; empty where nothing does.
pub fn lost_without_table(project: &Project, id: &str) -> Vec<String> {
    let mut lost = Vec::new();
    if let Some(table) = project.unification_table(id) {
        lost.extend(
            table.deduplication_rules.iter().map(|rule| tr!("Deduplication rules: \"{rule}\"", rule = rule.name)),
        );
        let name = project.table_name(id);
        lost.extend(
            table.match_rules.iter().map(|rule| tr!("Matching rules: \"{rule}\" of {name}", rule = rule.name, name)),
        );
    }
    lost.extend(rules_naming(project, id));
    let pairs = pairs_of(project, id);
    if pairs > 0 {
        lost.push(tr!("Matching rules: {pairs} of the pairs decided by hand", pairs));
    }
    lost.extend(groups::lost_groups(project, id));
    let linked = project.activities.iter().filter(|activity| activity.link.to_table == id);
    lost.extend(linked.map(|activity| {
        tr!("Activities: the link of {activity}; it will need another table", activity = activity.name)
    }));
    lost
}

/// How many pairs decided by hand name a table.
fn pairs_of(project: &Project, id: &str) -> usize {
    let overrides = &project.overrides;
    let pairs = overrides.always_match.iter().chain(&overrides.never_match);
    pairs.filter(|pair| pair.a.table == id || pair.b.table == id).count()
}

/// Takes a table out of the unification, with its rules, the rules that name it, and what was decided by hand about
/// its records.
pub fn take_table_out(project: &mut Project, id: &str) {
    let overrides = &mut project.overrides;
    for pairs in [&mut overrides.always_match, &mut overrides.never_match] {
        pairs.retain(|pair| pair.a.table != id && pair.b.table != id);
    }
    project.labelled_pairs.retain(|pair| pair.a.table != id && pair.b.table != id);
    for guard in &mut project.guards.identifiers {
        guard.members.retain(|member| member.source_table != id);
    }
    let mut retired = Vec::new();
    if let Some(table) = project.unification_table(id) {
        retired.extend(table.deduplication_rules.iter().map(|rule| rule.id.clone()));
        retired.extend(table.match_rules.iter().map(|rule| rule.id.clone()));
    }
    project.unification.retain(|table| table.source_table != id);
    for table in &mut project.unification {
        let naming = table.match_rules.iter().filter(|rule| rule.to_table == id);
        retired.extend(naming.map(|rule| rule.id.clone()));
        table.match_rules.retain(|rule| rule.to_table != id);
    }
    project.retired_ids.extend(retired);
    groups::let_go_of_table(project, id);
    references::let_go_of_missing(project);
}

/// Adds a copy of a table's deduplication rule below it.
pub fn duplicate_deduplication_rule(project: &mut Project, table: &str, place: usize) {
    let Some(unified) = project.unification_table(table) else { return };
    let Some(rule) = unified.deduplication_rules.get(place) else { return };
    let mut copy = rule.clone();
    copy.name = free_name(&copy.name, unified.deduplication_rules.iter().map(|rule| rule.name.as_str()));
    copy.id = ids::new_id(project, &copy.name);
    if let Some(unified) = project.unification_table_mut(table) {
        unified.deduplication_rules.insert(place + 1, copy);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::file;
    use std::path::Path;

    fn coffee() -> Project {
        file::load(Path::new("assets/samples/coffee/coffee.tributary")).unwrap()
    }

    #[test]
    fn a_renamed_table_takes_its_exported_key_along() {
        let mut project = coffee();
        rename_table(&mut project, "web", "Site");
        assert!(project.exports[0].fields.contains(&"Site_UserID".to_owned()));
        set_primary_key(&mut project, "web", Some("EventID".to_owned()));
        assert!(project.exports[0].fields.contains(&"Site_EventID".to_owned()));
    }

    #[test]
    fn a_used_table_names_all_its_users() {
        let users = users_of_table(&coffee(), "web");
        assert_eq!(users[0], "Customer data: it is unified");
        assert!(users.contains(&"Activities: Web activity is read from it".to_owned()), "{users:?}");
        assert!(users.contains(&"Segments: \"No loyalty id, never checked out\" asks for Web activity".to_owned()));
        let users = users_of_table(&coffee(), "loyalty");
        assert!(users.contains(&"Matching rules: \"Email in Loyalty\" of Store".to_owned()), "{users:?}");
    }

    #[test]
    fn a_table_taken_out_takes_rules_along_and_frees_no_id() {
        let mut project = coffee();
        assert_eq!(lost_without_table(&project, "loyalty").len(), 2);
        take_table_out(&mut project, "loyalty");
        assert!(project.unification.iter().flat_map(|table| &table.match_rules).all(|rule| rule.to_table != "loyalty"));
        for id in ["email_in_loyalty", "loyaltyid_in_loyalty"] {
            assert!(project.retired_ids.iter().any(|retired| retired == id), "{id}");
        }
        assert!(users_of_table(&project, "loyalty").is_empty());
        remove_table(&mut project, "loyalty");
        assert_eq!(ids::new_id(&project, "Loyalty"), "loyalty_2");
    }

    #[test]
    fn a_table_taken_out_takes_what_was_decided_by_hand_along() {
        use crate::project::{FieldMember, IdentifierGuard, RecordKey, edit};
        let mut project = coffee();
        let (store, web) = (RecordKey::new("store", "S1"), RecordKey::new("web", "Unknown1"));
        edit::pairs::never_match(&mut project, store, web, "");
        let members = vec![FieldMember { source_table: "web".to_owned(), column: "UserID".to_owned() }];
        let (id, name) = ("user".to_owned(), "User".to_owned());
        project.guards.identifiers.push(IdentifierGuard { id, name, members, blocked: Vec::new(), max_values: None });
        assert!(lost_without_table(&project, "web").contains(&"Matching rules: 1 of the pairs decided by hand".into()));
        take_table_out(&mut project, "web");
        assert!(project.overrides.is_empty());
        assert!(project.guards.identifiers[0].members.is_empty());
    }

    #[test]
    fn a_copied_rule_has_its_own_name_and_id() {
        let mut project = coffee();
        duplicate_deduplication_rule(&mut project, "web", 0);
        let rules = &project.unification_table("web").unwrap().deduplication_rules;
        assert_eq!((rules[1].name.as_str(), rules[1].id.as_str()), ("Same UserID 2", "same_userid_2"));
    }
}
