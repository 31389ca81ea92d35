//! Short readable ids made from a thing's first name: `Web events` gives `web_events`, a second one `web_events_2`.

use super::Project;

/// A new id for something called `name`; never one that the project uses or has used.
pub fn new_id(project: &Project, name: &str) -> String {
    let base = slug(name);
    let taken = used_ids(project);
    if !taken.contains(&base.as_str()) {
        return base;
    }
    (2..).map(|n| format!("{base}_{n}")).find(|id| !taken.contains(&id.as_str())).unwrap_or(base)
}

/// Every id in the project, and every one that was.
fn used_ids(project: &Project) -> Vec<&str> {
    let mut ids: Vec<&str> = project.retired_ids.iter().map(String::as_str).collect();
    ids.extend(project.source_tables.iter().map(|table| table.id.as_str()));
    for table in &project.unification {
        ids.extend(table.deduplication_rules.iter().map(|rule| rule.id.as_str()));
        ids.extend(table.match_rules.iter().map(|rule| rule.id.as_str()));
    }
    ids.extend(project.alias_lists.iter().map(|list| list.id.as_str()));
    ids.extend(project.bypass_lists.iter().map(|list| list.id.as_str()));
    ids.extend(project.guards.identifiers.iter().map(|identifier| identifier.id.as_str()));
    ids.extend(project.unified_fields.iter().map(|field| field.id.as_str()));
    ids.extend(project.field_groups.iter().map(|group| group.id.as_str()));
    for cluster in &project.clusters {
        ids.push(&cluster.id);
        ids.extend(cluster.rules.iter().map(|rule| rule.id.as_str()));
    }
    ids.extend(project.activities.iter().map(|activity| activity.id.as_str()));
    ids.extend(project.segments.iter().map(|segment| segment.id.as_str()));
    ids.extend(project.exports.iter().map(|export| export.id.as_str()));
    ids
}

/// Lower-case letters, digits and single underscores; `item` where nothing is left.
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars() {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('_') {
            slug.push('_');
        }
    }
    let slug = slug.trim_end_matches('_');
    if slug.is_empty() { "item".to_owned() } else { slug.to_owned() }
}
