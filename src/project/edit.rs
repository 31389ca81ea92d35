//! Edits that touch more than one place of the document, and what uses what.

mod activity;
pub mod clusters;
mod export;
mod fields;
pub mod groups;
#[cfg(test)]
mod groups_tests;
pub mod guards;
pub mod pairs;
mod references;
mod tables;

pub use activity::{activity_of, guess_columns, new_activity};
pub use export::{new_export, readable_fields};
pub use fields::{combine, move_field, move_member, rename, separate, set_excluded};
pub use references::users_of_field;
pub use tables::{
    duplicate_deduplication_rule, lost_without_table, remove_table, rename_table, set_primary_key, take_table_out,
    unify_table, users_of_table,
};

use super::validate::key_columns;
use super::{ExportSubject, Project, Subject, unify};

/// The columns of the customer table, as an export may choose them, in their order.
pub fn customer_columns(project: &Project) -> Vec<String> {
    let fields = unify::unified_fields(project).into_iter().filter(|field| !field.excluded).map(|field| field.name);
    let clusters = project.clusters.iter().map(|cluster| cluster.name.clone());
    let reserved = unify::RESERVED.map(str::to_owned).into_iter();
    reserved.chain(fields).chain(clusters).chain(key_columns(project)).collect()
}

/// What uses an activity, in words.
pub fn users_of_activity(project: &Project, id: &str) -> Vec<String> {
    segments_where(project, |subject| subject.activity() == Some(id))
}

/// What uses a segment, in words.
pub fn users_of_segment(project: &Project, id: &str) -> Vec<String> {
    let of = |subject: &ExportSubject| matches!(subject, ExportSubject::Segment { segment } if segment == id);
    let exports = project.exports.iter().filter(|export| of(&export.subject));
    exports.map(|export| tr!("export {export}", export = export.name)).collect()
}

fn segments_where(project: &Project, looks: impl Fn(&Subject) -> bool) -> Vec<String> {
    let uses = |segment: &&super::Segment| {
        segment.rules.iter().flat_map(|rule| &rule.conditions).any(|condition| looks(&condition.subject))
    };
    project.segments.iter().filter(uses).map(|segment| tr!("segment {segment}", segment = segment.name)).collect()
}

/// Takes an activity out; its id is never given again.
pub fn delete_activity(project: &mut Project, id: &str) {
    project.activities.retain(|activity| activity.id != id);
    project.retired_ids.push(id.to_owned());
}

/// Takes a segment out; its id is never given again.
pub fn delete_segment(project: &mut Project, id: &str) {
    project.segments.retain(|segment| segment.id != id);
    project.retired_ids.push(id.to_owned());
}

/// Takes an export out; its id is never given again.
pub fn delete_export(project: &mut Project, id: &str) {
    project.exports.retain(|export| export.id != id);
    project.retired_ids.push(id.to_owned());
}

/// `name`, or with a number after it where another has it.
pub fn free_name<'a>(name: &str, taken: impl Iterator<Item = &'a str> + Clone) -> String {
    let is_taken = |name: &str| taken.clone().any(|other| other.eq_ignore_ascii_case(name));
    if !is_taken(name) {
        return name.to_owned();
    }
    (2..).map(|n| format!("{name} {n}")).find(|name| !is_taken(name)).unwrap_or_default()
}
