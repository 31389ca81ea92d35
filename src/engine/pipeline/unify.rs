//! The stages from tables to customers, and the activities tied to them.

use std::cell::RefCell;
use std::sync::Arc;
use std::time::Instant;

use super::{Matched, Run, Runner, constraints};
use crate::engine::column::Column;
use crate::engine::error::EngineError;
use crate::engine::identity::coding::Side;
use crate::engine::identity::dedup::{self, DedupInput, Records};
use crate::engine::identity::linking::{self, LinkRule, RuleLinks};
use crate::engine::identity::matching::{self, MatchInput, MatchTable};
use crate::engine::identity::membership;
use crate::engine::ingest::Ingested;
use crate::engine::insight::activities::{self, LinkTarget};
use crate::engine::stage::{Stage, StageCache, StageKey};
use crate::project::{DeduplicationRule, MatchRule, Project, SourceTable, UnificationTable};
use crate::task::{Cancelled, Task};

/// A unified table with its loaded data.
pub(super) struct Unified<'a> {
    settings: &'a UnificationTable,
    pub(super) source: &'a SourceTable,
    pub(super) data: Arc<Ingested>,
    /// The place of the primary key among the table's columns.
    key: usize,
}

impl<'a> Unified<'a> {
    fn all(project: &'a Project, sources: &[Arc<Ingested>]) -> Vec<Self> {
        let unified = project.unification.iter().filter_map(|settings| {
            let place = project.source_tables.iter().position(|table| table.id == settings.source_table)?;
            let source = &project.source_tables[place];
            let data = Arc::clone(&sources[place]);
            let name = source.primary_key.as_deref()?;
            let key = data.table.columns.iter().position(|column| column.name == name)?;
            Some(Self { settings, source, data, key })
        });
        unified.collect()
    }

    fn primary_key(&self) -> &Column {
        &self.data.table.columns[self.key].data
    }

    fn side(&self) -> Side<'_> {
        Side { id: &self.source.id, table: &self.data.table }
    }

    fn match_table<'b>(&'b self, records: &'b Records) -> MatchTable<'b> {
        MatchTable {
            id: &self.source.id,
            table: &self.data.table,
            primary_key: self.primary_key(),
            records,
            rules: &self.settings.match_rules,
        }
    }
}

/// The unified tables of a run as the matcher sees them, for whoever looks at its outcome.
pub struct UnifiedTables<'a>(Vec<(Unified<'a>, Arc<Records>)>);

impl<'a> UnifiedTables<'a> {
    pub fn of(run: &'a Run) -> Self {
        let unified = Unified::all(&run.project, &run.sources);
        Self(unified.into_iter().zip(run.records.iter().cloned()).collect())
    }

    pub fn match_tables(&self) -> Vec<MatchTable<'_>> {
        self.0.iter().map(|(unified, records)| unified.match_table(records)).collect()
    }

    /// The tables' names, in match order.
    pub fn names(&self) -> Vec<&str> {
        self.0.iter().map(|(unified, _)| unified.source.name.as_str()).collect()
    }

    /// The loaded tables, in match order.
    pub fn data(&self) -> impl Iterator<Item = &Ingested> {
        self.0.iter().map(|(unified, _)| &*unified.data)
    }
}

impl Runner<'_> {
    /// Deduplicates so many tables, matches and merges, as far as the run goes.
    pub(super) fn unify(&mut self, run: &mut Run, deduplicated: usize) -> Result<(), EngineError> {
        let project = self.request.project;
        let loaded = self.keys.clone();
        let tables = Unified::all(project, &run.sources);
        let key = |table: &Unified<'_>| {
            let place = project.source_tables.iter().position(|source| source.id == table.source.id);
            place.and_then(|place| loaded.get(place)).copied().into_iter().collect::<Vec<_>>()
        };
        let loaded: Vec<Vec<StageKey>> = tables.iter().map(key).collect();
        for (table, loaded) in tables.iter().zip(&loaded).take(deduplicated) {
            run.records.push(self.deduplicate(table, loaded)?);
        }
        if self.request.until < Stage::Match {
            return Ok(());
        }
        let match_tables: Vec<MatchTable<'_>> =
            tables.iter().zip(&run.records).map(|(table, records)| table.match_table(records)).collect();
        let matched = self.match_records(&tables, &match_tables, &loaded)?;
        run.matched = Some(Arc::clone(&matched));
        self.identity_keys = self.keys.clone();
        if self.request.until >= Stage::Merge {
            let merged = self.merge(&tables, &match_tables, &matched)?;
            run.customers = Some(merged.customers);
            run.assigned = Some(merged.assigned);
            run.changes = merged.changes;
            run.known = Some(merged.known);
        }
        Ok(())
    }

    fn deduplicate(&mut self, table: &Unified<'_>, loaded: &[StageKey]) -> Result<Arc<Records>, EngineError> {
        let project = self.request.project;
        let (task, cache) = (self.task, self.cache);
        let settings = table.settings;
        let rules = &settings.deduplication_rules;
        let selected: Vec<&str> = table.source.selected_columns().map(|column| column.name.as_str()).collect();
        let match_columns = match_columns(project, settings);
        let side = table.side();
        let key = StageKey::new(
            Stage::Deduplicate,
            &(
                &table.source.id,
                &table.source.primary_key,
                &selected,
                rules.iter().map(|rule| (rule.active, &rule.conditions, &rule.exceptions)).collect::<Vec<_>>(),
                &settings.record_to_keep,
                &settings.values_to_keep,
                if rules.is_empty() { &match_columns[..] } else { &[] },
                constraints::settings(project),
            ),
            loaded,
        );
        let cut = RefCell::new(None);
        let links = |rule: &DeduplicationRule| {
            let (conditions, exceptions) = (&rule.conditions[..], &rule.exceptions[..]);
            let links =
                linked(cache, &LinkRule { conditions, exceptions, lower: side, upper: None, project }, loaded, task)?;
            if links.is_cut {
                cut.replace(Some(rule.name.clone()));
            }
            Ok(links)
        };
        task.begin(tr!("Deduplicating {table}", table = table.source.name));
        self.stage(format!("Deduplicate {}", table.source.name), key, || {
            let columns = |names: &[&str]| names.iter().filter_map(|name| table.data.table.column(name)).collect();
            let of_rows = constraints::of_rows(project, side, table.primary_key());
            let input = DedupInput {
                project,
                side,
                primary_key: table.primary_key(),
                selected: columns(&selected),
                rules,
                links: &links,
                record_to_keep: &settings.record_to_keep,
                values_to_keep: &settings.values_to_keep,
                match_columns: match_columns.clone(),
                always: of_rows.always,
                constraints: of_rows.constraints,
            };
            let records = dedup::deduplicate(&input, task)?;
            refuse_cut(&cut)?;
            Ok(records)
        })
    }

    fn match_records(
        &mut self,
        tables: &[Unified<'_>],
        match_tables: &[MatchTable<'_>],
        loaded: &[Vec<StageKey>],
    ) -> Result<Arc<Matched>, EngineError> {
        let project = self.request.project;
        let (task, cache) = (self.task, self.cache);
        let rules = |table: &Unified<'_>| {
            let rules = table.settings.match_rules.iter();
            let rule = |rule: &MatchRule| {
                (rule.active, rule.to_table.clone(), rule.conditions.clone(), rule.exceptions.clone())
            };
            rules.map(rule).collect::<Vec<_>>()
        };
        let settings: Vec<_> =
            tables.iter().map(|table| (&table.source.id, table.settings.include_all_records, rules(table))).collect();
        let key = StageKey::new(Stage::Match, &(settings, constraints::settings(project)), &self.keys.clone());
        let cut = RefCell::new(None);
        let links = |place: usize, number: usize| {
            let (rule, lower) = (&tables[place].settings.match_rules[number], tables[place].side());
            let upper = tables.iter().position(|table| table.source.id == rule.to_table).unwrap_or(place);
            let (conditions, exceptions) = (&rule.conditions[..], &rule.exceptions[..]);
            let of = LinkRule { conditions, exceptions, lower, upper: Some(tables[upper].side()), project };
            let inputs: Vec<StageKey> = loaded[place].iter().chain(&loaded[upper]).copied().collect();
            let links = linked(cache, &of, &inputs, task)?;
            if links.is_cut {
                cut.replace(Some(rule.name.clone()));
            }
            Ok(links)
        };
        task.begin(tr!("Matching"));
        self.stage("Match".to_owned(), key, || {
            let of_records = constraints::of_records(project, match_tables);
            let priority = |table: &Unified<'_>| {
                let rules = table.settings.match_rules.iter();
                rules.map(|rule| dedup::priority(project, &table.source.id, &rule.conditions)).collect()
            };
            let matching = matching::match_tables(
                &MatchInput {
                    tables: match_tables,
                    links: &links,
                    priorities: tables.iter().map(priority).collect(),
                    always: of_records.always,
                    constraints: of_records.constraints,
                },
                task,
            )?;
            refuse_cut(&cut)?;
            let include_all: Vec<bool> = tables.iter().map(|table| table.settings.include_all_records).collect();
            let membership = membership::decide(match_tables, &matching, &include_all);
            Ok(Matched { matching, membership })
        })
    }

    /// Ties activities to customers through the keyring.
    pub(super) fn activities(&mut self, run: &mut Run) -> Result<(), EngineError> {
        let project = self.request.project;
        let (Some(matched), Some(known)) = (run.matched.clone(), run.known.clone()) else { return Ok(()) };
        let tables = Unified::all(project, &run.sources);
        // What the customers look like does not matter here, only who they are.
        let inputs = self.identity_keys.clone();
        for activity in &project.activities {
            let source = run.source(&activity.source_table).cloned();
            let target = tables.iter().position(|table| table.source.id == activity.link.to_table);
            let (Some(source), Some(place)) = (source, target) else { continue };
            let settings = (&activity.id, &activity.source_table, &activity.timestamp, &activity.link);
            let key = StageKey::new(Stage::Activities, &settings, &inputs);
            let task = self.task;
            task.begin(tr!("Linking {activity}", activity = activity.name));
            let offsets = &matched.matching.offsets;
            let range = offsets[place] as usize..offsets[place + 1] as usize;
            let target = LinkTarget {
                primary_key: tables[place].primary_key(),
                records: &run.records[place],
                customers: &matched.membership.customer_of_record[range],
            };
            let linked = self.stage(format!("Activity {}", activity.name), key, || {
                Ok(activities::link(activity, &source.table, &target, matched.membership.len(), task)?)
            })?;
            // Another list of known identifiers changes no link.
            let inputs: Vec<StageKey> = std::iter::once(key).chain(self.known_key).collect();
            let known_key = StageKey::new(Stage::Activities, &"while unknown", &inputs);
            let start = Instant::now();
            let (while_unknown, reused) = self.cache.get_or_compute(known_key, || {
                let since = |key| known.of(place, key);
                Ok::<_, EngineError>(activities::while_unknown(activity, &source.table, &target, &linked, since))
            })?;
            self.keys.push(known_key);
            if let Some(report) = self.stages.last_mut() {
                report.elapsed_ms += start.elapsed().as_millis() as u64;
                report.reused &= reused;
            }
            run.activities.push(linked);
            run.while_unknown.push(while_unknown);
        }
        Ok(())
    }
}

/// A rule whose links are not all there ends the run: nothing is made of a part of them.
fn refuse_cut(cut: &RefCell<Option<String>>) -> Result<(), EngineError> {
    match cut.take() {
        Some(rule) => Err(EngineError::TooManyLinks { rule }),
        None => Ok(()),
    }
}

/// What a rule links. A comparison by degrees is kept, so that an edit elsewhere does not repeat it; equal keys are
/// found again sooner than kept.
fn linked(
    cache: &StageCache,
    rule: &LinkRule<'_>,
    loaded: &[StageKey],
    task: &Task,
) -> Result<Arc<RuleLinks>, Cancelled> {
    if rule.is_plain() {
        return Ok(Arc::new(linking::link(rule, task)?));
    }
    let sides = (rule.lower.id, rule.upper.map(|upper| upper.id));
    let settings = (rule.conditions, rule.exceptions, sides, constraints::value_settings(rule.project));
    let key = StageKey::new(Stage::Match, &("links", settings), loaded);
    Ok(cache.get_or_compute(key, || linking::link(rule, task))?.0)
}

/// The columns that automatic deduplication compares: those of every active match rule that the table takes part
/// in, its own and those of lower tables naming it, with those of their exceptions (semantics 1.3).
pub fn match_columns<'a>(project: &'a Project, table: &'a UnificationTable) -> Vec<&'a str> {
    let own = table.match_rules.iter().filter(|rule| rule.active).flat_map(MatchRule::compared);
    let mut columns: Vec<&str> = own.flat_map(|condition| condition.fields()).collect();
    let towards = project.unification.iter().flat_map(|other| &other.match_rules);
    let towards = towards.filter(|rule| rule.active && rule.to_table == table.source_table);
    columns.extend(towards.flat_map(MatchRule::compared).flat_map(|condition| condition.to_fields()));
    columns.sort_unstable();
    columns.dedup();
    columns
}
