//! The rule under edit, tried by itself on the tables of the last live run: sooner than the live run of the edit,
//! which goes on to customers and segments.

use std::sync::Arc;

use super::{Lane, News, Workbench};
use crate::engine::identity::linking::LinkRule;
use crate::engine::identity::preview::{self, MatchedSides, PreviewOf, RulePreview};
use crate::engine::pipeline::{Run, UnifiedTables};
use crate::engine::stage::{Stage, StageKey};
use crate::project::Project;
use crate::task::{Cancelled, Task};

/// The last rule tried, and what it found.
#[derive(Default)]
pub struct TriedRule {
    /// What was asked for last, and of which run's tables.
    asked: Option<(StageKey, Arc<Run>)>,
    answer: Option<Answer>,
}

struct Answer {
    key: StageKey,
    /// The ids of the table and the rule.
    of: (String, String),
    preview: Arc<RulePreview>,
}

pub(super) struct Tried {
    key: StageKey,
    of: (String, String),
    /// `None` where the rule cannot be tried on these tables.
    preview: Option<RulePreview>,
}

impl TriedRule {
    pub(super) fn take(&mut self, tried: Tried) {
        let Tried { key, of, preview } = tried;
        self.answer = preview.map(|preview| Answer { key, of, preview: Arc::new(preview) });
    }
}

/// A preview on the screen.
pub struct Preview {
    /// Of an earlier state of the rule while a newer one is being computed.
    pub value: Option<Arc<RulePreview>>,
    pub pending: bool,
}

impl Workbench {
    /// What a rule of the draft finds by itself; what it found before the last edit while the new answer is computed.
    /// `None` where there are no loaded tables, or no such rule.
    pub fn rule_preview(&mut self, table: &str, rule: &str) -> Option<Preview> {
        let run = self.live.run.clone()?;
        let key = key(&self.project, table, rule)?;
        let is_asked = self.tried_rule.asked.as_ref().is_some_and(|(asked, of)| *asked == key && same_tables(of, &run));
        if !is_asked {
            let (project, of) = (Arc::clone(&self.project), (table.to_owned(), rule.to_owned()));
            self.tried_rule.asked = Some((key, Arc::clone(&run)));
            self.jobs.start(Lane::Preview, move |task| {
                let preview = try_rule(&project, &run, &of.0, &of.1, task).unwrap_or_default();
                News::Tried(Box::new(Tried { key, of, preview }))
            });
        }
        let answer = self.tried_rule.answer.as_ref().filter(|answer| answer.of.0 == table && answer.of.1 == rule);
        Some(Preview {
            value: answer.map(|answer| Arc::clone(&answer.preview)),
            pending: self.jobs.is_running(Lane::Preview) || answer.is_some_and(|answer| answer.key != key),
        })
    }
}

/// Whether two runs have the same tables and records, so that a rule finds the same in both.
fn same_tables(a: &Run, b: &Run) -> bool {
    fn same<T>(a: &[Arc<T>], b: &[Arc<T>]) -> bool {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| Arc::ptr_eq(a, b))
    }
    same(&a.sources, &b.sources) && same(&a.records, &b.records)
}

/// What identifies an answer: the rule, and what decides how its values compare.
fn key(project: &Project, table: &str, rule: &str) -> Option<StageKey> {
    let unified = project.unification_table(table)?;
    let source = project.source_table(table)?;
    let lists = (&project.alias_lists, &project.bypass_lists, &project.guards);
    if let Some(rule) = unified.deduplication_rules.iter().find(|other| other.id == rule) {
        return Some(StageKey::new(Stage::Deduplicate, &(&rule.conditions, &rule.exceptions, source, lists), &[]));
    }
    let rule = unified.match_rules.iter().find(|other| other.id == rule)?;
    let settings = (&rule.conditions, &rule.exceptions, &rule.to_table, source, lists);
    Some(StageKey::new(Stage::Match, &settings, &[]))
}

/// Tries a rule of the draft on a run's tables; nothing where they do not hold what it reads.
fn try_rule(
    project: &Project,
    run: &Run,
    table: &str,
    rule: &str,
    task: &Task,
) -> Result<Option<RulePreview>, Cancelled> {
    let unified = UnifiedTables::of(run);
    let tables = unified.match_tables();
    let find = |id: &str| tables.iter().find(|table| table.id == id);
    let (Some(lower), Some(settings)) = (find(table), project.unification_table(table)) else { return Ok(None) };
    let of = if let Some(rule) = settings.deduplication_rules.iter().find(|other| other.id == rule) {
        let (conditions, exceptions) = (&rule.conditions[..], &rule.exceptions[..]);
        let rule = LinkRule { conditions, exceptions, lower: lower.side(), upper: None, project };
        PreviewOf { rule, lower_key: lower.primary_key, upper_key: None, matched: None }
    } else {
        let Some(rule) = settings.match_rules.iter().find(|other| other.id == rule) else { return Ok(None) };
        let Some(upper) = find(&rule.to_table) else { return Ok(None) };
        let (conditions, exceptions) = (&rule.conditions[..], &rule.exceptions[..]);
        let rule = LinkRule { conditions, exceptions, lower: lower.side(), upper: Some(upper.side()), project };
        let place = tables.iter().position(|table| table.id == upper.id).unwrap_or_default();
        let roots = run.matched.as_ref().and_then(|matched| {
            let offsets = &matched.matching.offsets;
            matched.matching.root.get(*offsets.get(place)? as usize..*offsets.get(place + 1)? as usize)
        });
        let matched = Some(MatchedSides { lower: lower.records, upper: upper.records, roots });
        PreviewOf { rule, lower_key: lower.primary_key, upper_key: Some(upper.primary_key), matched }
    };
    preview::preview(&of, task).map(Some)
}
