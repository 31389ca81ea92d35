//! Edits of clusters.

use crate::project::validate::key_columns;
use crate::project::{Cluster, Condition, DeduplicationRule, Project, cluster, ids, unify};

/// What the preset is called.
pub const HOUSEHOLD: &str = "Household";

/// Adds the household preset; returns its id, or `None` where no fields hold a last name and an address.
pub fn add_household(project: &mut Project) -> Option<String> {
    let conditions = cluster::household(project)?;
    Some(add(project, HOUSEHOLD, "Same last name and address", conditions))
}

/// Adds a cluster with one rule; returns its id.
pub fn add_cluster(project: &mut Project, name: &str, rule: &str, conditions: Vec<Condition>) -> String {
    add(project, name, rule, conditions)
}

fn add(project: &mut Project, name: &str, rule: &str, conditions: Vec<Condition>) -> String {
    let name = free_column(project, name);
    let id = ids::new_id(project, &name);
    project.clusters.push(Cluster { id: id.clone(), name, rules: Vec::new() });
    let rule = new_rule(project, rule, conditions);
    if let Some(cluster) = project.clusters.last_mut() {
        cluster.rules.push(rule);
    }
    id
}

/// A rule with an id of its own, in no cluster yet.
pub fn new_rule(project: &Project, name: &str, conditions: Vec<Condition>) -> DeduplicationRule {
    let id = ids::new_id(project, name);
    DeduplicationRule { id, name: name.to_owned(), active: true, conditions, exceptions: Vec::new() }
}

/// Takes a cluster out; its ids are never given again.
pub fn delete_cluster(project: &mut Project, id: &str) {
    for cluster in project.clusters.iter().filter(|cluster| cluster.id == id) {
        project.retired_ids.push(cluster.id.clone());
        project.retired_ids.extend(cluster.rules.iter().map(|rule| rule.id.clone()));
    }
    project.clusters.retain(|cluster| cluster.id != id);
}

/// Takes a rule out of a cluster.
pub fn delete_cluster_rule(project: &mut Project, cluster: &str, place: usize) {
    let Some(cluster) = project.clusters.iter_mut().find(|of| of.id == cluster) else { return };
    if place < cluster.rules.len() {
        project.retired_ids.push(cluster.rules.remove(place).id);
    }
}

/// Names a cluster anew; exports that chose its column go on with the new one.
pub fn rename_cluster(project: &mut Project, id: &str, name: &str) {
    let Some(cluster) = project.clusters.iter_mut().find(|cluster| cluster.id == id) else { return };
    let old = std::mem::replace(&mut cluster.name, name.to_owned());
    for field in project.exports.iter_mut().flat_map(|export| &mut export.fields).filter(|field| **field == old) {
        name.clone_into(field);
    }
}

/// What uses the column of a cluster, in words.
pub fn users_of_cluster(project: &Project, id: &str) -> Vec<String> {
    let Some(cluster) = project.clusters.iter().find(|cluster| cluster.id == id) else { return Vec::new() };
    let exports = project.exports.iter().filter(|export| export.fields.contains(&cluster.name));
    exports.map(|export| format!("export {}", export.name)).collect()
}

/// `name`, or with a number after it where another column of the customer table has it.
fn free_column(project: &Project, name: &str) -> String {
    let fields = unify::unified_fields(project).into_iter().map(|field| field.name);
    let clusters = project.clusters.iter().map(|cluster| cluster.name.clone());
    let taken: Vec<String> = fields.chain(clusters).chain(key_columns(project)).collect();
    super::free_name(name, taken.iter().map(String::as_str).chain(unify::RESERVED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deleted_cluster_leaves_its_ids_behind() {
        let mut project = Project::new("Test");
        assert_eq!(add_household(&mut project), None, "no field holds a last name");
        let id = add_cluster(&mut project, "Companies", "Same Company", vec![Condition::exact("company")]);
        assert_eq!(id, "companies");
        delete_cluster(&mut project, &id);
        assert_eq!(project.retired_ids, ["companies", "same_company"]);
        assert_eq!(add_cluster(&mut project, "Companies", "Same Company", Vec::new()), "companies_2");
        assert_eq!(add_cluster(&mut project, "Companies", "Same Company", Vec::new()), "companies_2_2");
        assert_eq!(project.clusters[1].name, "Companies 2");
    }
}
