//! "Show me": a step done for the analyst, as one edit that can be undone.

use super::{SAMPLE, Step};
use crate::project::{Combine, Export, Project, Segment, SegmentCondition, SegmentRule, SetOperator, edit, ids};
use crate::sample;
use crate::workbench::{Command, Workbench};
use crate::{places, project::file};

const SEGMENT: &str = msg!("Unknown visitors");

impl Workbench {
    /// Does a step. Where there is nothing to edit it goes to the page, or runs.
    pub fn show_step(&mut self, step: Step) {
        let Some(sample) = sample::find(SAMPLE).and_then(sample::Sample::project) else { return };
        self.page = step.words().page;
        let label = tr!("Guide: {title}", title = step.words().title.to_lowercase());
        match step {
            Step::Tables => self.edit(&label, |project| unify(project, &sample)),
            Step::Duplicates => self.edit(&label, |project| deduplicate(project, &sample)),
            Step::Matching => self.edit(&label, |project| match_tables(project, &sample)),
            Step::View => self.guide.witnessed.view = true,
            Step::Run => self.apply(Command::UnifyAndDependencies),
            // Which card is open the screen knows: it opens them there.
            Step::Customers => self.guide.opens_cards = true,
            Step::Segment => self.edit(&label, |project| {
                add_segment(project);
            }),
            Step::Export => self.show_export(&label),
        }
    }

    /// Adds an export of the segment where there is none, and writes the first one.
    fn show_export(&mut self, label: &str) {
        if self.project.exports.is_empty() {
            let folder = places::samples_folder(&self.home).join(SAMPLE);
            let path = file::relative_to(&folder.join("unknown_visitors.csv"), &self.base());
            self.edit(label, |project| add_export(project, path));
        }
        let Some(id) = self.project.exports.first().map(|export| export.id.clone()) else { return };
        if self.is_stale() || self.export_source().is_err() {
            self.run_then_export(&id);
        } else {
            self.run_export(&id);
        }
    }
}

/// Unifies the tables of the sample, with their keys.
fn unify(project: &mut Project, sample: &Project) {
    for of in &sample.unification {
        let Some(table) = sample.source_table(&of.source_table) else { continue };
        let Some(own) = project.source_table_named(&table.name).map(|own| own.id.clone()) else { continue };
        edit::unify_table(project, &own);
        if project.source_table(&own).is_some_and(|own| own.primary_key.is_none()) {
            edit::set_primary_key(project, &own, table.primary_key.clone());
        }
    }
}

/// Gives tables without a deduplication rule those of the sample.
fn deduplicate(project: &mut Project, sample: &Project) {
    for of in &sample.unification {
        if project.unification_table(&of.source_table).is_some_and(|own| !own.deduplication_rules.is_empty()) {
            continue;
        }
        for rule in &of.deduplication_rules {
            let rule = crate::project::DeduplicationRule { id: ids::new_id(project, &rule.name), ..rule.clone() };
            if let Some(own) = project.unification_table_mut(&of.source_table) {
                own.deduplication_rules.push(rule);
                own.record_to_keep = of.record_to_keep.clone();
            }
        }
    }
}

/// Gives tables without a match rule those of the sample.
fn match_tables(project: &mut Project, sample: &Project) {
    for of in &sample.unification {
        if project.unification_table(&of.source_table).is_some_and(|own| !own.match_rules.is_empty()) {
            continue;
        }
        for rule in &of.match_rules {
            let rule = crate::project::MatchRule { id: ids::new_id(project, &rule.name), ..rule.clone() };
            if let Some(own) = project.unification_table_mut(&of.source_table) {
                own.match_rules.push(rule);
            }
        }
    }
}

fn add_segment(project: &mut Project) {
    let name = edit::free_name(crate::text::of(SEGMENT), project.segments.iter().map(|segment| segment.name.as_str()));
    let condition = SegmentCondition::of_state("Unknown");
    let rule = SegmentRule { operator: SetOperator::Union, combine: Combine::And, conditions: vec![condition] };
    let id = ids::new_id(project, &name);
    project.segments.push(Segment { id, name, rules: vec![rule] });
}

fn add_export(project: &mut Project, path: String) {
    let export = edit::new_export(project);
    project.exports.push(Export { path, ..export });
}
