use super::groups::*;
use super::{combine, lost_without_table, rename_table, separate, set_excluded, take_table_out, users_of_field};
use crate::project::unify::unified_fields;
use crate::project::validate::{Severity, validate};
use crate::project::{Cluster, Condition, DeduplicationRule, MergePolicy, Project};

fn coffee() -> Project {
    serde_json::from_str(include_str!("../../../assets/samples/coffee/coffee.tributary")).unwrap()
}

fn errors(project: &Project) -> Vec<String> {
    let errors = validate(project).into_iter().filter(|problem| problem.severity == Severity::Error);
    errors.map(|problem| problem.message).collect()
}

fn ids(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

/// Coffee with full name and email as a group.
fn grouped() -> (Project, String) {
    let mut project = coffee();
    let group = make_group(&mut project, &ids(&["fullname", "email"])).unwrap();
    assert_eq!(errors(&project), [""; 0]);
    (project, group)
}

/// A cluster of customers with one email.
fn with_cluster(project: &mut Project, field: &str) {
    let conditions = vec![Condition::exact(field)];
    let rule = DeduplicationRule {
        id: "r".to_owned(),
        name: "R".to_owned(),
        active: true,
        conditions,
        exceptions: Vec::new(),
    };
    project.clusters = vec![Cluster { id: "house".to_owned(), name: "House".to_owned(), rules: vec![rule] }];
}

#[test]
fn names_are_offered_as_a_group_where_two_tables_have_them() {
    let mut project = coffee();
    assert!(names_to_group(&project).is_none(), "there are whole names only");
    for table in &mut project.source_tables[..2] {
        for (column, name) in [("FullName", "first_name"), ("Email", "Last name")] {
            let column = table.column_mut(column).unwrap();
            (column.name, column.semantic_type) = (name.to_owned(), None);
        }
    }
    project.unified_fields.clear();
    let names = names_to_group(&project).expect("both tables have both");
    assert_eq!(names.clone().map(|field| field.name), ["first_name", "Last name"]);
    make_group(&mut project, &names.map(|field| field.id)).unwrap();
    assert!(names_to_group(&project).is_none(), "they are a group already");
    set_excluded(&mut project, "first_name", true);
    assert!(names_to_group(&project).is_none(), "one alone is no name");
}

#[test]
fn a_group_is_made_of_fields_of_several_tables_and_dissolved() {
    let (mut project, id) = grouped();
    let group = project.field_groups[0].clone();
    assert_eq!((group.id.as_str(), group.name.as_str()), (id.as_str(), "Group"));
    assert_eq!(group.fields, ["fullname", "email"], "in the order of the fields");
    assert_eq!(group.tables, ["loyalty", "store"], "in match order");
    assert_eq!(
        can_group(&project, &ids(&["email", "loyaltyid"])).unwrap_err(),
        "One of them is in the group Group already"
    );
    assert!(can_group(&project, &ids(&["loyaltyid"])).is_err());
    rename_group(&mut project, &id, "Contact");
    move_group_table(&mut project, &id, 0, false);
    assert_eq!(project.field_groups[0].tables, ["store", "loyalty"]);
    set_group_table(&mut project, &id, "store", false);
    assert_eq!(errors(&project), ["The group Contact chooses among 1 table."]);
    set_group_table(&mut project, &id, "store", true);
    assert_eq!(project.field_groups[0].tables, ["loyalty", "store"]);
    assert!(users_of_field(&project, "email").contains(&"group Contact".to_owned()));
    dissolve_group(&mut project, &id);
    assert!(project.field_groups.is_empty() && project.retired_ids.contains(&id));
}

#[test]
fn a_group_follows_what_becomes_of_its_fields_and_tables() {
    let (mut project, _) = grouped();
    let lost = lost_without_table(&project, "store");
    assert!(lost.contains(&"Unified data view: the group Group, left with one table".to_owned()), "{lost:?}");
    rename_table(&mut project, "store", "Shop");
    assert_eq!(errors(&project), [""; 0]);

    let mut excluded = project.clone();
    set_excluded(&mut excluded, "email", true);
    assert!(excluded.field_groups.is_empty(), "one field is no group");

    let mut combined = project.clone();
    combine(&mut combined, &ids(&["email", "fullname"])).unwrap();
    assert!(combined.field_groups.is_empty(), "two became one");
    let mut combined = project.clone();
    assert_eq!(combine(&mut combined, &ids(&["loyaltyid", "email"])).as_deref(), Some("loyaltyid"));
    assert_eq!(combined.field_groups[0].fields, ["fullname", "loyaltyid"]);
    assert_eq!(errors(&combined), [""; 0]);

    let mut separated = project.clone();
    separate(&mut separated, "email");
    assert_eq!(separated.field_groups[0].fields, ["fullname", "email"], "the first keeps its place");
    assert_eq!(errors(&separated), [""; 0]);

    take_table_out(&mut project, "store");
    assert!(project.field_groups.is_empty());
}

#[test]
fn everything_that_names_a_field_is_told_and_follows_it() {
    let mut project = coffee();
    set_customer_id_field(&mut project, "email", true);
    with_cluster(&mut project, "email");
    project.customer_index.search = ids(&["email", "fullname"]);
    let users = users_of_field(&project, "email");
    for user in ["the custom CustomerId", "cluster House", "the search of the Customers page"] {
        assert!(users.contains(&user.to_owned()), "{user} is not in {users:?}");
    }
    let mut combined = project.clone();
    combine(&mut combined, &ids(&["email", "fullname"])).unwrap();
    assert_eq!(combined.customer_id_fields, ["fullname"]);
    assert_eq!(combined.clusters[0].rules[0].conditions[0].field, "fullname");
    assert_eq!(combined.customer_index.search, ["fullname"]);
    assert_eq!(errors(&combined), [""; 0]);

    // What would mean another thing without it says so; what only shows it goes on without.
    set_excluded(&mut project, "email", true);
    assert_eq!(project.customer_index.search, ["fullname"]);
    let errors = errors(&project);
    assert!(errors.contains(&"The custom CustomerId is made of Email, which is excluded.".to_owned()), "{errors:?}");
    assert!(errors.iter().any(|error| error.contains("of House") && error.contains("email")), "{errors:?}");
}

#[test]
fn recency_begins_with_a_date_of_each_table_that_has_one() {
    let mut project = coffee();
    let recent = MergePolicy::MostRecent { rank_by: Vec::new() };
    set_policy(&mut project, "loyaltyid", recent);
    let field = &unified_fields(&project)[0];
    assert_eq!(field.id, "loyaltyid");
    assert_eq!(field.merge.rank_by_of("web"), Some("EventTimeStamp"));
    assert_eq!(field.merge.rank_by_of("store"), None);
    let missing = errors(&project);
    assert!(missing.contains(&"LoyaltyID takes the most recent value, but no column of Store says when.".to_owned()));
    set_rank_by(&mut project, "loyaltyid", "store", "Email");
    let text = "LoyaltyID takes the most recent value by Email of Store, which is a string.".to_owned();
    assert!(errors(&project).contains(&text));
    take_table_out(&mut project, "web");
    assert_eq!(project.unified_fields[0].merge.rank_by_of("web"), None);
}

#[test]
fn at_most_five_fields_make_the_customer_id() {
    let mut project = coffee();
    let all: Vec<String> = unified_fields(&project).into_iter().map(|field| field.id).collect();
    all.iter().for_each(|id| set_customer_id_field(&mut project, id, true));
    assert_eq!(project.customer_id_fields.len(), all.len().min(5));
    let first = project.customer_id_fields[0].clone();
    set_customer_id_field(&mut project, &first, false);
    assert!(!project.customer_id_fields.contains(&first));
    assert_eq!(errors(&project), [""; 0]);
}
