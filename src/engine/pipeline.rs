//! The one orchestrator: runs the stages in order, for the window and the command line alike.
//!
//! It alone knows the order. Each stage is looked up by its key first ([`StageCache`]), so a run after an edit, or a
//! preview of a draft, computes only what the edit touches.

mod clusters;
mod constraints;
mod known;
mod load;
mod merge;
mod unify;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::column::Column;
use super::customer::assign::Assigned;
use super::customer::changes::IdChanges;
use super::customer::customers::Customers;
use super::customer::id_map::IdMap;
use super::customer::known::KnownSince;
use super::error::EngineError;
use super::identity::dedup::Records;
use super::identity::matching::Matching;
use super::identity::membership::Membership;
use super::ingest::Ingested;
use super::insight::activities::{ActivityRows, LinkedActivity};
use super::insight::segments::{Evaluation, SegmentResult};
use super::report::{
    ActivityReport, DeduplicationReport, Report, RuleReport, RunReport, SegmentReport, StageReport, TableReport,
};
use super::stage::{Stage, StageCache, StageKey};
use crate::project::Project;
use crate::project::unify::unified_fields;
use crate::task::{Passed, Task, Unit};

pub use constraints::{always_across, pairs_of_records, pairs_of_rows};
pub use load::{fingerprint, load_stage, resolve, used_columns};
pub use unify::{UnifiedTables, match_columns};

/// Which columns of a file are kept in memory. The answer is the same either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Columns {
    /// Those that something in the project uses.
    Used,
    /// All: the window shows every column.
    All,
}

/// What to run.
pub struct Request<'a> {
    pub project: &'a Project,
    /// The folder that relative paths start from.
    pub base: &'a Path,
    pub until: Stage,
    pub columns: Columns,
    /// The time that "now" means, RFC 3339.
    pub as_of: String,
    /// What earlier runs left behind.
    pub ids: Arc<IdMap>,
}

/// Matches and what became of them.
#[derive(Debug, Clone, Default)]
pub struct Matched {
    pub matching: Matching,
    pub membership: Membership,
}

/// What a run holds: every stage's output up to the one asked for. Shared with the cache, so cheap to keep.
#[derive(Debug, Clone)]
pub struct Run {
    pub project: Arc<Project>,
    pub until: Stage,
    /// One a source table, in the project's order.
    pub sources: Vec<Arc<Ingested>>,
    /// One a unified table, in match order, from [`Stage::Deduplicate`] on; the first ones of a part of a project.
    pub records: Vec<Arc<Records>>,
    pub matched: Option<Arc<Matched>>,
    pub customers: Option<Arc<Customers>>,
    /// Where the customers' ids come from.
    pub assigned: Option<Arc<Assigned>>,
    /// What became of the customers of the run before.
    pub changes: Arc<IdChanges>,
    /// Since when each source key is known, from [`Stage::Merge`] on.
    pub known: Option<Arc<KnownSince>>,
    /// One an activity, in the project's order.
    pub activities: Vec<Arc<LinkedActivity>>,
    /// For each of them by row whether its visitor was unknown then: a Boolean column, blank where the row has no
    /// customer.
    pub while_unknown: Vec<Arc<Column>>,
    pub segments: Vec<Arc<SegmentResult>>,
    pub report: Report,
    /// [`fingerprint`] of what it was made from.
    pub fingerprint: StageKey,
    pub keys: RunKeys,
}

/// What the parts of a run were made from, within this process: equal key, equal part.
#[derive(Debug, Clone, Default)]
pub struct RunKeys {
    /// Tables, records and matches: who the customers are.
    pub identity: StageKey,
    /// The customer table.
    pub customers: StageKey,
    /// One a segment, in the project's order; which of the customers are members.
    pub segments: Vec<StageKey>,
}

impl Run {
    /// The loaded source table with this id.
    pub fn source(&self, id: &str) -> Option<&Arc<Ingested>> {
        let place = self.project.source_tables.iter().position(|table| table.id == id)?;
        self.sources.get(place)
    }

    /// The records of the unified table with this source table id.
    pub fn records_of(&self, id: &str) -> Option<&Arc<Records>> {
        let place = self.project.unification.iter().position(|table| table.source_table == id)?;
        self.records.get(place)
    }

    /// The activities with their tables, in the project's order.
    pub fn activity_rows(&self) -> Vec<ActivityRows<'_>> {
        activity_rows(&self.project, self)
    }
}

fn activity_rows<'a>(project: &'a Project, run: &'a Run) -> Vec<ActivityRows<'a>> {
    let linked = run.activities.iter().zip(&run.while_unknown);
    let rows = project.activities.iter().zip(linked).filter_map(|(activity, (linked, while_unknown))| {
        let place = project.source_tables.iter().position(|table| table.id == activity.source_table)?;
        let table_name = &project.source_tables[place].name;
        Some(ActivityRows { activity, table_name, table: &run.sources[place].table, linked, while_unknown })
    });
    rows.collect()
}

/// Runs the stages up to the one asked for. The project's document must be free of errors for those stages
/// ([`super::check`]); what the files hold wrong comes back as an error that says what to do.
pub fn run(request: &Request<'_>, cache: &StageCache, task: &Task) -> Result<Run, EngineError> {
    run_part(request, usize::MAX, cache, task)
}

/// The same of a project of which only so many unified tables, the first ones, can be deduplicated
/// ([`super::check::Part`]): the run then holds no records of the others.
pub fn run_part(
    request: &Request<'_>,
    deduplicated: usize,
    cache: &StageCache,
    task: &Task,
) -> Result<Run, EngineError> {
    cache.begin_run();
    // Before anything is read: a file that changes while it is read makes the results stale, not fresh.
    let fingerprint = fingerprint(request.project, request.base)?;
    let mut runner = Runner {
        request,
        cache,
        task,
        keys: Vec::new(),
        identity_keys: Vec::new(),
        known_key: None,
        stages: Vec::new(),
    };
    let sources = runner.load()?;
    let mut run = Run {
        project: Arc::new(request.project.clone()),
        until: request.until,
        sources,
        records: Vec::new(),
        matched: None,
        customers: None,
        assigned: None,
        changes: Arc::default(),
        known: None,
        activities: Vec::new(),
        while_unknown: Vec::new(),
        segments: Vec::new(),
        report: Report::default(),
        fingerprint,
        keys: RunKeys::default(),
    };
    if request.until >= Stage::Deduplicate {
        runner.unify(&mut run, deduplicated)?;
    }
    run.keys.identity = StageKey::new(Stage::Match, &"identity", &runner.identity_keys);
    run.keys.customers = StageKey::new(Stage::Merge, &"customers", &runner.keys);
    if request.until >= Stage::Activities {
        runner.activities(&mut run)?;
    }
    let linked = runner.keys.len();
    if request.until >= Stage::Segments {
        runner.segments(&mut run)?;
    }
    run.keys.segments = runner.keys[linked..].to_vec();
    run.report = report(&run, request, runner.stages);
    Ok(run)
}

struct Runner<'a> {
    request: &'a Request<'a>,
    cache: &'a StageCache,
    task: &'a Task,
    /// The keys of all stages run so far.
    keys: Vec<StageKey>,
    /// Those up to the match: who the customers are, not what they look like.
    identity_keys: Vec<StageKey>,
    /// Since when their keys are known.
    known_key: Option<StageKey>,
    stages: Vec<StageReport>,
}

impl Runner<'_> {
    /// One stage: from the cache or computed, timed, its key noted.
    fn stage<T: Send + Sync + 'static>(
        &mut self,
        name: String,
        key: StageKey,
        compute: impl FnOnce() -> Result<T, EngineError>,
    ) -> Result<Arc<T>, EngineError> {
        self.task.check()?;
        let start = Instant::now();
        let (value, reused) = self.cache.get_or_compute(key, compute)?;
        self.keys.push(key);
        self.note(name, start.elapsed(), reused);
        Ok(value)
    }

    /// Notes a stage that is over, for the report and for who watches.
    fn note(&mut self, stage: String, elapsed: Duration, reused: bool) {
        self.stages.push(StageReport { stage: stage.clone(), elapsed_ms: elapsed.as_millis() as u64, reused });
        self.task.pass(Passed { stage, elapsed, reused });
    }

    fn segments(&mut self, run: &mut Run) -> Result<(), EngineError> {
        let request = self.request;
        let inputs = self.keys.clone();
        let Some(customers) = run.customers.clone() else { return Ok(()) };
        self.task.begin_of(tr!("Segments"), request.project.segments.len() as u64, Unit::Steps);
        let fields = unified_fields(request.project);
        for (place, segment) in request.project.segments.iter().enumerate() {
            let key = StageKey::new(Stage::Segments, &(&segment.id, &segment.rules), &inputs);
            let rows = activity_rows(request.project, run);
            let result = self.stage(format!("Segment {}", segment.name), key, || {
                Ok(Evaluation { fields: &fields, customers: &customers, activities: &rows }.segment(segment))
            })?;
            run.segments.push(result);
            self.task.advance_to(place as u64 + 1)?;
        }
        Ok(())
    }
}

fn report(run: &Run, request: &Request<'_>, stages: Vec<StageReport>) -> Report {
    let counts = run.matched.as_ref().map(|matched| matched.membership.counts.clone()).unwrap_or_default();
    let mut report = Report {
        unique_source_records: counts.unique_source_records,
        matched_and_non_matched_records: counts.matched_and_non_matched_records,
        matched_records_only: counts.matched_records_only,
        record_matches: counts.record_matches,
        dropped_records: counts.dropped_records,
        refused_links: refused_links(run),
        customers: run.matched.as_ref().map_or(0, |matched| matched.membership.len() as u64),
        known: run.customers.as_ref().map_or(0, |customers| customers.known),
        unknown: run.customers.as_ref().map_or(0, |customers| customers.unknown),
        run: RunReport { as_of: request.as_of.clone(), stages, peak_rss_bytes: peak_rss_bytes() },
        ..Report::default()
    };
    let project = &run.project;
    for (place, unified) in project.unification.iter().enumerate() {
        let (Some(records), Some(source)) = (run.records.get(place), run.source(&unified.source_table)) else { break };
        let name = project.table_name(&unified.source_table).to_owned();
        let of = counts.tables.get(place).cloned().unwrap_or_default();
        let (source_rows, unique) = (records.source_rows, records.len() as u64);
        report.tables.push(TableReport {
            table: name.clone(),
            rows_read: source.rows_read,
            corrupt: source.rows_read - source_rows,
            source: source_rows,
            duplicates: source_rows - unique,
            unique,
            joined: of.joined,
            own: of.own,
            dropped: of.dropped,
            matched: of.matched,
        });
        for (rule, &duplicates) in unified.deduplication_rules.iter().zip(&records.rule_duplicates) {
            let (table, rule, name) = (name.clone(), rule.id.clone(), rule.name.clone());
            report.deduplication_rules.push(DeduplicationReport { table, rule, name, duplicates });
        }
        let matches = run.matched.as_ref().and_then(|matched| matched.matching.rule_matches.get(place));
        for (rule, &matches) in unified.match_rules.iter().zip(matches.into_iter().flatten()) {
            report.rules.push(RuleReport {
                table: name.clone(),
                rule: rule.id.clone(),
                name: rule.name.clone(),
                to_table: project.table_name(&rule.to_table).to_owned(),
                matches,
            });
        }
    }
    for (activity, linked) in project.activities.iter().zip(&run.activities) {
        report.activities.push(ActivityReport {
            activity: activity.id.clone(),
            name: activity.name.clone(),
            linked: linked.linked,
            orphaned: linked.orphaned,
        });
    }
    for (segment, result) in project.segments.iter().zip(&run.segments) {
        let members = result.members.count();
        report.segments.push(SegmentReport { segment: segment.id.clone(), name: segment.name.clone(), members });
    }
    report
}

fn refused_links(run: &Run) -> u64 {
    let in_tables: usize = run.records.iter().map(|records| records.refused.len()).sum();
    let across = run.matched.as_ref().map_or(0, |matched| matched.matching.refused.len());
    (in_tables + across) as u64
}

/// The kernel's figure for this process; `None` where there is none.
fn peak_rss_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}
