//! The first stage: files into tables. A table that serves several purposes is read once (semantics case 39).

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::{Columns, Runner};
use crate::engine::error::EngineError;
use crate::engine::ingest::{self, IngestError, Ingested};
use crate::engine::stage::{Stage, StageKey};
use crate::project::{Condition, DeduplicationRule, MatchRule, MergePolicy, Project, SourceTable, Subject, unify};

/// A file changed so lately may change again within the clock's grain: its bytes are hashed too.
const SETTLED: Duration = Duration::from_secs(2);
/// A file no larger than this is always hashed: that costs less than a wrong guess.
const SMALL_BYTES: u64 = 4 << 20;

/// What the stage is called in which a table is loaded.
pub fn load_stage(table: &SourceTable) -> String {
    format!("Load {}", table.name)
}

impl Runner<'_> {
    /// Every source table of the project, in its order.
    pub(super) fn load(&mut self) -> Result<Vec<Arc<Ingested>>, EngineError> {
        let request = self.request;
        let mut sources = Vec::new();
        for table in &request.project.source_tables {
            let used = used_columns(request.project, table, request.until);
            let wanted: Vec<&str> = table
                .columns
                .iter()
                .map(|column| column.name.as_str())
                .filter(|name| request.columns == Columns::All || used.contains(name))
                .collect();
            let path = resolve(request.base, &table.path);
            let named = |source| EngineError::Ingest { table: table.name.clone(), source };
            let settings = (
                &path,
                &table.format,
                &table.blank_tokens,
                table
                    .columns
                    .iter()
                    .map(|column| (&column.name, column.column_type, &column.date_format))
                    .collect::<Vec<_>>(),
                &table.primary_key,
                &wanted,
                file_state(&path).map_err(named)?,
            );
            let key = StageKey::new(Stage::Load, &settings, &[]);
            let task = self.task;
            let source = self.stage(load_stage(table), key, || {
                ingest::read(&path, table, &|name| wanted.contains(&name), task).map_err(|source| match source {
                    IngestError::Cancelled => EngineError::Cancelled,
                    source => named(source),
                })
            })?;
            sources.push(source);
        }
        Ok(sources)
    }
}

/// Where a table's file is.
pub fn resolve(base: &Path, path: &str) -> PathBuf {
    base.join(path)
}

/// What identifies the answer to a whole project: its decisions and its files, but not its exports. Equal
/// fingerprints, equal results, names of things included.
pub fn fingerprint(project: &Project, base: &Path) -> Result<StageKey, EngineError> {
    let mut states = Vec::new();
    for table in &project.source_tables {
        let state = settled_state(&resolve(base, &table.path));
        states.push(state.map_err(|source| EngineError::Ingest { table: table.name.clone(), source })?);
    }
    // How a path is spelled does not matter, only the file it leads to.
    let mut tables = project.source_tables.clone();
    tables.iter_mut().for_each(|table| table.path.clear());
    let decisions = (
        &tables,
        &project.unification,
        super::constraints::settings(project),
        &project.unified_fields,
        &project.field_groups,
        &project.customer_id_fields,
        &project.clusters,
        &project.known_identifiers,
        &project.activities,
        &project.segments,
    );
    Ok(StageKey::new(Stage::Segments, &(decisions, states), &[]))
}

/// What identifies a file's content within this process: size and time, and a hash where it is small or fresh.
fn file_state(path: &Path) -> Result<FileState, IngestError> {
    let metadata = fs::metadata(path).map_err(|error| IngestError::from_io(path, error))?;
    let fresh = SystemTime::now().duration_since(modified(&metadata)).map_or(true, |age| age < SETTLED);
    state(path, &metadata, fresh)
}

/// The same for comparing with what was kept: whether a file is fresh is not part of what it is.
fn settled_state(path: &Path) -> Result<FileState, IngestError> {
    let metadata = fs::metadata(path).map_err(|error| IngestError::from_io(path, error))?;
    state(path, &metadata, false)
}

/// Size, time in nanoseconds, and the hash of what is small or asked for.
type FileState = (u64, u128, Option<String>);

fn state(path: &Path, metadata: &Metadata, hashed: bool) -> Result<FileState, IngestError> {
    let modified = modified(metadata);
    let hash = if hashed || metadata.len() <= SMALL_BYTES {
        let mut hasher = blake3::Hasher::new();
        let file = fs::File::open(path).map_err(|error| IngestError::from_io(path, error))?;
        hasher.update_reader(file).map_err(|error| IngestError::from_io(path, error))?;
        Some(hasher.finalize().to_hex().to_string())
    } else {
        None
    };
    let nanos = modified.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
    Ok((metadata.len(), nanos, hash))
}

fn modified(metadata: &Metadata) -> SystemTime {
    metadata.modified().unwrap_or(UNIX_EPOCH)
}

/// The columns of a table that anything in the project reads in the stages up to this one.
pub fn used_columns<'a>(project: &'a Project, table: &'a SourceTable, until: Stage) -> Vec<&'a str> {
    let mut used: Vec<&str> = Vec::new();
    let unified = project.unification_table(&table.id);
    if let Some(unified) = unified {
        used.extend(table.selected_columns().map(|column| column.name.as_str()));
        used.extend(unified.record_to_keep.field());
        used.extend(
            unified
                .values_to_keep
                .iter()
                .flat_map(|value| std::iter::once(value.column.as_str()).chain(value.keep.field())),
        );
        let rules = unified.deduplication_rules.iter().filter(|rule| rule.active);
        used.extend(rules.flat_map(DeduplicationRule::compared).flat_map(Condition::fields));
        let rules = unified.match_rules.iter().filter(|rule| rule.active);
        used.extend(rules.flat_map(MatchRule::compared).flat_map(Condition::fields));
        let towards = project.unification.iter().flat_map(|other| &other.match_rules);
        let towards = towards.filter(|rule| rule.active && rule.to_table == table.id);
        used.extend(towards.flat_map(MatchRule::compared).flat_map(Condition::to_fields));
        let guarded = project.guards.identifiers.iter().flat_map(|guard| &guard.members);
        let guarded = guarded.filter(|member| member.source_table == table.id);
        used.extend(guarded.map(|member| member.column.as_str()));
        if until >= Stage::Merge {
            used.extend(unify::timestamp_column(project, table));
        }
        let fields = project.unified_fields.iter().map(|field| &field.merge);
        let policies = fields.chain(project.field_groups.iter().map(|group| &group.merge));
        let rank_by = policies.flat_map(MergePolicy::rank_by).filter(|member| member.source_table == table.id);
        used.extend(rank_by.map(|member| member.column.as_str()));
    }
    if until < Stage::Activities {
        return used;
    }
    for activity in project.activities.iter().filter(|activity| activity.source_table == table.id) {
        used.extend(
            [&activity.primary_key, &activity.timestamp, &activity.event, &activity.link.column].map(String::as_str),
        );
        used.extend(activity.detail.as_deref());
        used.extend(activity.web_address.as_deref());
        let conditions = project.segments.iter().flat_map(|segment| &segment.rules).flat_map(|rule| &rule.conditions);
        used.extend(conditions.filter_map(|condition| match &condition.subject {
            Subject::Activity { activity: id, column } if *id == activity.id => Some(column.as_str()),
            _ => None,
        }));
    }
    used
}
