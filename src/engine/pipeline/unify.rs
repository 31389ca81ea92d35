//! The stages from tables to customers, and the activities tied to them.

use std::sync::Arc;

use super::{Matched, Run, Runner};
use crate::engine::column::Column;
use crate::engine::customer::merge::{Merge, MergeField};
use crate::engine::error::EngineError;
use crate::engine::identity::dedup::{self, DedupInput, Records};
use crate::engine::identity::matching::{self, MatchTable};
use crate::engine::identity::membership;
use crate::engine::ingest::Ingested;
use crate::engine::insight::activities::{self, LinkTarget};
use crate::engine::stage::{Stage, StageKey};
use crate::project::validate::key_column;
use crate::project::{Project, SourceTable, UnificationTable, unify};

/// A unified table with its loaded data.
struct Unified<'a> {
    settings: &'a UnificationTable,
    source: &'a SourceTable,
    data: Arc<Ingested>,
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
    /// Deduplicates, matches and merges, as far as the run goes.
    pub(super) fn unify(&mut self, run: &mut Run) -> Result<(), EngineError> {
        let project = self.request.project;
        let loaded = self.keys.clone();
        let tables = Unified::all(project, &run.sources);
        for table in &tables {
            let place = project.source_tables.iter().position(|source| source.id == table.source.id);
            let input = place.and_then(|place| loaded.get(place)).copied();
            run.records.push(self.deduplicate(table, input.as_slice())?);
        }
        if self.request.until < Stage::Match {
            return Ok(());
        }
        let match_tables: Vec<MatchTable<'_>> =
            tables.iter().zip(&run.records).map(|(table, records)| table.match_table(records)).collect();
        let matched = self.match_records(&tables, &match_tables)?;
        run.matched = Some(Arc::clone(&matched));
        self.identity_keys = self.keys.clone();
        if self.request.until >= Stage::Merge {
            run.customers = Some(self.merge(&tables, &match_tables, &matched)?);
        }
        Ok(())
    }

    fn deduplicate(&mut self, table: &Unified<'_>, loaded: &[StageKey]) -> Result<Arc<Records>, EngineError> {
        let rules = &table.settings.deduplication_rules;
        let selected: Vec<&str> = table.source.selected_columns().map(|column| column.name.as_str()).collect();
        let match_columns = match_columns(self.request.project, table.settings);
        let settings = (
            &table.source.id,
            &table.source.primary_key,
            &selected,
            rules.iter().map(|rule| (rule.active, &rule.conditions)).collect::<Vec<_>>(),
            &table.settings.record_to_keep,
            if rules.is_empty() { &match_columns[..] } else { &[] },
        );
        let key = StageKey::new(Stage::Deduplicate, &settings, loaded);
        let task = self.task;
        task.begin(format!("Deduplicating {}", table.source.name), 0);
        self.stage(format!("Deduplicate {}", table.source.name), key, || {
            let columns = |names: &[&str]| names.iter().filter_map(|name| table.data.table.column(name)).collect();
            let input = DedupInput {
                table: &table.data.table,
                primary_key: table.primary_key(),
                selected: columns(&selected),
                rules,
                record_to_keep: &table.settings.record_to_keep,
                match_columns: columns(&match_columns),
            };
            Ok(dedup::deduplicate(&input, task)?)
        })
    }

    fn match_records(
        &mut self,
        tables: &[Unified<'_>],
        match_tables: &[MatchTable<'_>],
    ) -> Result<Arc<Matched>, EngineError> {
        let rules = |table: &Unified<'_>| {
            let rules = table.settings.match_rules.iter();
            rules.map(|rule| (rule.active, rule.to_table.clone(), rule.conditions.clone())).collect::<Vec<_>>()
        };
        let settings: Vec<_> =
            tables.iter().map(|table| (&table.source.id, table.settings.include_all_records, rules(table))).collect();
        let key = StageKey::new(Stage::Match, &settings, &self.keys.clone());
        let task = self.task;
        task.begin("Matching", 0);
        self.stage("Match".to_owned(), key, || {
            let matching = matching::match_tables(match_tables, task)?;
            let include_all: Vec<bool> = tables.iter().map(|table| table.settings.include_all_records).collect();
            let membership = membership::decide(match_tables, &matching, &include_all);
            Ok(Matched { matching, membership })
        })
    }

    fn merge(
        &mut self,
        tables: &[Unified<'_>],
        match_tables: &[MatchTable<'_>],
        matched: &Matched,
    ) -> Result<Arc<crate::engine::customer::merge::Customers>, EngineError> {
        let project = self.request.project;
        let fields = merge_fields(project, tables);
        let key_columns: Vec<String> = tables.iter().map(|table| key_column(table.source)).collect();
        let members = unify::unified_fields(project);
        let settings = (
            members.iter().map(|field| (&field.id, &field.name, &field.members, field.excluded)).collect::<Vec<_>>(),
            fields.iter().map(|field| field.identifies).collect::<Vec<_>>(),
            &key_columns,
        );
        let key = StageKey::new(Stage::Merge, &settings, &self.keys.clone());
        let task = self.task;
        task.begin("Unifying customers", 0);
        self.stage("Merge".to_owned(), key, || {
            let merge = Merge {
                tables: match_tables,
                matching: &matched.matching,
                membership: &matched.membership,
                fields: &fields,
                key_columns: &key_columns,
            };
            Ok(merge.run(task)?)
        })
    }

    /// Ties activities to customers through the keyring.
    pub(super) fn activities(&mut self, run: &mut Run) -> Result<(), EngineError> {
        let project = self.request.project;
        let Some(matched) = run.matched.clone() else { return Ok(()) };
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
            task.begin(format!("Linking {}", activity.name), 0);
            let linked = self.stage(format!("Activity {}", activity.name), key, || {
                let offsets = &matched.matching.offsets;
                let range = offsets[place] as usize..offsets[place + 1] as usize;
                let target = LinkTarget {
                    primary_key: tables[place].primary_key(),
                    records: &run.records[place],
                    customers: &matched.membership.customer_of_record[range],
                };
                Ok(activities::link(activity, &source.table, &target, matched.membership.len(), task)?)
            })?;
            run.activities.push(linked);
        }
        Ok(())
    }
}

/// The unified fields that make columns, with their members' data.
fn merge_fields<'a>(project: &Project, tables: &'a [Unified<'a>]) -> Vec<MergeField<'a>> {
    let shown = unify::unified_fields(project).into_iter().filter(|field| !field.excluded);
    shown
        .map(|field| {
            let meaning = unify::semantic_type(project, &field);
            let identifies =
                meaning.is_some_and(|meaning| project.known_identifiers.iter().any(|known| known == meaning));
            let members = field.members.iter().filter_map(|member| {
                let place = tables.iter().position(|table| table.source.id == member.source_table)?;
                Some((place, tables[place].data.table.column(&member.column)?))
            });
            MergeField { identifies, members: members.collect(), id: field.id, name: field.name }
        })
        .collect()
}

/// The columns that automatic deduplication compares: those of every active match rule that the table takes part
/// in, its own and those of lower tables naming it (semantics 1.3).
fn match_columns<'a>(project: &'a Project, table: &'a UnificationTable) -> Vec<&'a str> {
    let own = table.match_rules.iter().filter(|rule| rule.active).flat_map(|rule| &rule.conditions);
    let mut columns: Vec<&str> = own.map(|condition| condition.field.as_str()).collect();
    let towards = project.unification.iter().flat_map(|other| &other.match_rules);
    let towards = towards.filter(|rule| rule.active && rule.to_table == table.source_table);
    columns.extend(towards.flat_map(|rule| &rule.conditions).map(|condition| condition.to_field.as_str()));
    columns.sort_unstable();
    columns.dedup();
    columns
}
