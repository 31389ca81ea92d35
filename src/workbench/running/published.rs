//! The results of the last run that was asked for: those on the disk at first, and whether they are still those of the
//! draft.

use std::sync::Arc;

use crate::engine::activate::results::{self, StoredResults};
use crate::engine::customer::changes::ChangeCounts;
use crate::engine::error::EngineError;
use crate::engine::pipeline::Run;
use crate::engine::report::Report;
use crate::engine::table::Table;
use crate::project::Project;
use crate::workbench::{Lane, Level, News, Workbench};

/// The results of the last run that was asked for.
#[derive(Clone)]
pub struct Published {
    pub report: Report,
    /// The customer table; absent while it is read from the disk.
    pub customers: Option<Arc<Table>>,
    /// The run itself, where it was done in this session, or a live run came to the same.
    pub run: Option<Arc<Run>>,
    /// What it was made from.
    pub fingerprint: String,
    /// The stamp of the ids after it; `None` of a project without a file.
    pub identity: Option<String>,
    /// Its number in the history and what it changed; `None` of results from the disk.
    pub latest: Option<Latest>,
}

/// The last published run of this session, against the one before it.
#[derive(Clone)]
pub struct Latest {
    pub number: u64,
    /// `None` of a first run.
    pub changes: Option<ChangeCounts>,
    /// The customers of the run before, for telling which values changed; absent where they are many.
    pub before: Option<Arc<Table>>,
}

impl Published {
    /// The last good results of a project, without their tables.
    fn stored(stored: &StoredResults) -> Self {
        let (report, fingerprint) = (stored.report.clone(), stored.fingerprint.clone());
        let identity = Some(stored.identity().to_owned());
        Self { customers: None, run: None, report, fingerprint, identity, latest: None }
    }
}

/// The customer table of stored results, with their fingerprint.
pub(in crate::workbench) struct StoredOutcome {
    fingerprint: String,
    customers: Result<Table, EngineError>,
}

impl StoredOutcome {
    pub(in crate::workbench) fn failure(&self) -> Option<&EngineError> {
        self.customers.as_ref().err()
    }
}

impl Workbench {
    /// Shows the last good results beside a project: their figures at once, their customers when they are read.
    pub(in crate::workbench) fn open_stored(&mut self) {
        let Some(state) = &self.state else { return };
        let stored = StoredResults::open(&state.results()).filter(|stored| stored.is_of(&self.project));
        let Some(stored) = stored else { return };
        self.published = Some(Published::stored(&stored));
        self.jobs.start(Lane::Stored, move |task| {
            task.begin(tr!("Reading the last results"));
            let customers = stored.table(results::CUSTOMERS);
            News::Stored(Box::new(StoredOutcome { fingerprint: stored.fingerprint, customers }))
        });
    }

    pub(in crate::workbench) fn take_stored(&mut self, outcome: StoredOutcome) {
        let Some(published) = self.published.as_mut().filter(|published| published.customers.is_none()) else { return };
        match outcome.customers {
            Ok(customers) if outcome.fingerprint == published.fingerprint => {
                published.customers = Some(Arc::new(customers))
            }
            Ok(_) => {}
            Err(error) => {
                self.published = None;
                self.notify(Level::Warning, error.to_string());
            }
        }
    }

    /// Whether the draft or a file changed since the published results were made.
    pub fn is_stale(&self) -> bool {
        match (&self.published, &self.live.run) {
            (Some(published), Some(run)) => {
                let is_other = run.fingerprint.hex() != published.fingerprint || !self.live.is_of(&self.project);
                is_other || self.ids_are_newer_than(published)
            }
            // Not compared yet: on opening nothing says that anything changed.
            (Some(_), None) => !self.live.running || self.is_dirty(),
            (None, _) => false,
        }
    }

    /// Whether the customers of the last run, and what they did, are not those of the draft. Where the two runs cannot
    /// be compared, whether anything is stale.
    pub fn customers_are_stale(&self) -> bool {
        if !self.is_stale() {
            return false;
        }
        let (Some(published), Some(new)) = (&self.published, &self.live.run) else { return true };
        let Some(old) = &published.run else { return true };
        // While the draft is being run, what its run before came to stands.
        let is_known = self.live.running || self.live.is_of(&self.project);
        // Not by the key of the customer table: the ids that the last run gave are in it, and it was made without them.
        let are_of_one = old.sources.len() == new.sources.len()
            && old.sources.iter().zip(&new.sources).all(|(old, new)| Arc::ptr_eq(old, new));
        let are_equal = are_of_one && makes_same_customers(&old.project, &new.project);
        !is_known || !are_equal || self.ids_are_newer_than(published)
    }

    /// Whether another run renewed the ids since.
    fn ids_are_newer_than(&self, published: &Published) -> bool {
        self.state.is_some() && published.identity != self.stamp
    }
}

/// Whether two projects make the same customers of the same tables, and the same of what they did. Asked in every frame,
/// so nothing is copied; a field that is added has to be decided on here.
fn makes_same_customers(old: &Project, new: &Project) -> bool {
    let Project {
        version,
        id: _,
        name: _,
        source_tables,
        unification,
        overrides,
        alias_lists,
        bypass_lists,
        guards,
        labelled_pairs,
        unified_fields,
        field_groups,
        customer_id_fields,
        clusters,
        known_identifiers,
        customer_index: _,
        activities,
        segments: _,
        exports: _,
        retired_ids: _,
    } = old;
    *version == new.version
        && *source_tables == new.source_tables
        && *unification == new.unification
        && *overrides == new.overrides
        && *alias_lists == new.alias_lists
        && *bypass_lists == new.bypass_lists
        && *guards == new.guards
        && *labelled_pairs == new.labelled_pairs
        && *unified_fields == new.unified_fields
        && *field_groups == new.field_groups
        && *customer_id_fields == new.customer_id_fields
        && *clusters == new.clusters
        && *known_identifiers == new.known_identifiers
        && *activities == new.activities
}
