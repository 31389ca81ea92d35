use super::tests::project;
use super::*;
use crate::project::{Cluster, Condition, DeduplicationRule, FieldGroup, FieldMember};

fn group(fields: &[&str], tables: &[&str]) -> FieldGroup {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let (id, name) = ("contact".to_owned(), "Contact".to_owned());
    FieldGroup { id, name, fields: texts(fields), tables: texts(tables), merge: MergePolicy::Importance }
}

fn with(change: impl FnOnce(&mut Project)) -> Vec<String> {
    let mut project = project();
    project.unified_fields = unify::unified_fields(&project);
    change(&mut project);
    validate(&project).into_iter().map(|problem| problem.message).collect()
}

fn field<'a>(project: &'a mut Project, id: &str) -> &'a mut UnifiedField {
    project.unified_fields.iter_mut().find(|field| field.id == id).unwrap()
}

fn by(columns: &[(&str, &str)]) -> MergePolicy {
    let member =
        |&(table, column): &(&str, &str)| FieldMember { source_table: table.to_owned(), column: column.to_owned() };
    MergePolicy::MostRecent { rank_by: columns.iter().map(member).collect() }
}

#[test]
fn recency_needs_a_date_or_number_of_every_table() {
    let says = |policy: MergePolicy| with(|project| field(project, "email").merge = policy);
    assert_eq!(says(by(&[("a", "Born"), ("b", "Born")])), [""; 0]);
    assert_eq!(says(by(&[("a", "Age"), ("b", "Age")])), [""; 0]);
    assert_eq!(says(by(&[("a", "Born")])), ["Email takes the most recent value, but no column of B says when."]);
    let gone = "Email takes the most recent value by When, which is not a column of B.";
    assert_eq!(says(by(&[("a", "Born"), ("b", "When")])), [gone]);
    let text = "Email takes the most recent value by Name of B, which is a string.";
    assert_eq!(says(by(&[("a", "Born"), ("b", "Name")])), [text]);
    let mixed = "Email ranks A by a date and B by a number, which do not compare.";
    assert_eq!(says(by(&[("a", "Born"), ("b", "Age")])), [mixed]);
}

#[test]
fn recency_of_a_field_in_a_group_is_of_no_account() {
    let said = with(|project| {
        field(project, "email").merge = by(&[]);
        project.field_groups = vec![group(&["email", "name"], &["a", "b"])];
    });
    assert_eq!(said, [""; 0]);
}

#[test]
fn a_group_that_does_not_fit_says_why() {
    let says = |group: FieldGroup| with(|project| project.field_groups = vec![group]);
    assert_eq!(says(group(&["email", "name"], &["a", "b"])), [""; 0]);
    assert_eq!(says(group(&["email"], &["a", "b"])), ["The group Contact has 1 field."]);
    assert_eq!(says(group(&["email", "name"], &["a"])), ["The group Contact chooses among 1 table."]);
    let said = says(group(&["email", "nothing"], &["a", "b"]));
    assert_eq!(said, ["The group Contact has a field nothing, which is not there."]);
    let said = says(group(&["email", "name"], &["a", "b", "c"]));
    assert_eq!(said, ["The group Contact chooses among tables, but c is not unified."]);
    let said = says(group(&["email", "name"], &["a", "b", "a"]));
    assert_eq!(said, ["The group Contact has A twice."]);
    let longest = FieldGroup { merge: MergePolicy::Longest, ..group(&["email", "name"], &["a", "b"]) };
    assert_eq!(says(longest), ["The group Contact cannot go by \"Longest\"."]);
    let recent = FieldGroup { merge: by(&[("a", "Born")]), ..group(&["email", "name"], &["a", "b"]) };
    assert_eq!(says(recent), ["The group Contact takes the most recent value, but no column of B says when."]);
    let named = FieldGroup { name: "a".to_owned(), ..group(&["email", "name"], &["a", "b"]) };
    assert_eq!(says(named), ["The group a is called as a source table is."]);
}

#[test]
fn groups_share_no_field_no_name_and_no_id() {
    let said = with(|project| {
        project.field_groups = vec![group(&["email", "name"], &["a", "b"]), group(&["email", "age"], &["a", "b"])];
        field(project, "age").excluded = true;
    });
    let expected = [
        "Two groups of fields are called Contact.",
        "Two groups of fields have the id contact.",
        "The group Contact has Email, which is in a group already.",
        "The group Contact has Age, which is excluded.",
    ];
    assert_eq!(said, expected);
}

#[test]
fn the_custom_id_names_at_most_five_fields_that_are_there() {
    let says = |ids: &[&str]| {
        with(|project| {
            field(project, "age").excluded = true;
            project.customer_id_fields = ids.iter().map(|id| (*id).to_owned()).collect();
        })
    };
    assert_eq!(says(&["email", "card"]), [""; 0]);
    assert_eq!(says(&["gone"]), ["The custom CustomerId names gone, which is not a field."]);
    assert_eq!(says(&["age"]), ["The custom CustomerId is made of Age, which is excluded."]);
    assert_eq!(says(&["card", "card"]), ["The custom CustomerId names Card twice."]);
    assert!(
        says(&["id", "b_id", "name", "email", "card", "born"])
            .contains(&"The custom CustomerId is made of 6 fields.".to_owned())
    );
}

#[test]
fn a_cluster_has_a_column_name_of_its_own() {
    let says = |name: &str| {
        let rule = DeduplicationRule {
            id: "same".to_owned(),
            name: "Same".to_owned(),
            active: true,
            conditions: vec![Condition::exact("email")],
            exceptions: Vec::new(),
        };
        let cluster = Cluster { id: "house".to_owned(), name: name.to_owned(), rules: vec![rule] };
        with(|project| project.clusters = vec![cluster])
    };
    assert_eq!(says("Household"), [""; 0]);
    for name in ["email", "CustomerId", "A_Id", "A_Id_Alternate"] {
        assert_eq!(says(name), [format!("Two columns of the customer table would be called {name}.")]);
    }
}
