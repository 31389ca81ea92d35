//! The stage that makes customers of clusters. Its parts are remembered one by one, so that an edit of one field makes
//! that field again and nothing else.

use std::cell::LazyCell;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use super::known::OfKnown;
use super::unify::Unified;
use super::{Matched, Runner};
use crate::engine::column::Column;
use crate::engine::customer::assign::{Assigned, Assignment};
use crate::engine::customer::changes::IdChanges;
use crate::engine::customer::clusters::Clusters;
use crate::engine::customer::customer_id::custom_customer_id;
use crate::engine::customer::customers::{
    BECAME_KNOWN_ON, CUSTOMER_ID, Customers, KNOWN, PREVIOUS_CUSTOMER_ID, PROFILE_STATE, UNKNOWN,
};
use crate::engine::customer::keyring::Keyring;
use crate::engine::customer::known::{KnownSince, became_known};
use crate::engine::customer::merge::{Merge, MergeGroup, MergeMember, preferred_rows};
use crate::engine::customer::merge_plan::MergePlan;
use crate::engine::error::EngineError;
use crate::engine::identity::matching::MatchTable;
use crate::engine::identity::membership::Membership;
use crate::engine::stage::{Stage, StageKey};
use crate::engine::table::Table;
use crate::project::validate::{alternates_column, key_column};
use crate::project::{Cluster, Project, UnifiedField, unify};
use crate::task::Unit;

/// What the stage makes.
pub(super) struct Merged {
    pub customers: Arc<Customers>,
    pub known: Arc<KnownSince>,
    pub assigned: Arc<Assigned>,
    pub changes: Arc<IdChanges>,
}

impl Runner<'_> {
    pub(super) fn merge(
        &mut self,
        tables: &[Unified<'_>],
        match_tables: &[MatchTable<'_>],
        matched: &Matched,
    ) -> Result<Merged, EngineError> {
        let project = self.request.project;
        let mut parts = Parts { start: Instant::now(), reused: true, done: 0 };
        let membership = &matched.membership;
        let key_columns: Vec<[String; 2]> =
            tables.iter().map(|table| [key_column(table.source), alternates_column(table.source)]).collect();
        let plan = MergePlan::new(project, match_tables);
        let steps = OTHER_PARTS + plan.group_count() + plan.fields.len() + project.clusters.len();
        self.task.begin_of(tr!("Unifying customers"), steps as u64, Unit::Steps);
        let preferred = self.part(&mut parts, &"preferred", |_| {
            let of = |(table, records)| preferred_rows(table, records, membership.len());
            Ok(match_tables.iter().zip(&membership.records).map(of).collect::<Vec<_>>())
        })?;
        let merge = Merge { tables: match_tables, membership, preferred: &preferred };
        let mut groups = Vec::new();
        for place in 0..plan.group_count() {
            let of = plan.group(place);
            let speakers = self.part(&mut parts, &("group", plan.group_settings(place)), |task| {
                Ok(merge.speakers_of_all(&of, task)?)
            })?;
            groups.push(Arc::new(MergeGroup { speakers: Some(speakers), ..of }));
        }
        let mut fields: Vec<(UnifiedField, Arc<Column>)> = Vec::new();
        let mut field_keys: Vec<StageKey> = Vec::new();
        for field in &plan.fields {
            let of = plan.field(field, &groups);
            let settings = ("field", plan.field_settings(field));
            let column = self.part(&mut parts, &settings, |task| Ok(merge.column(&of, task)?))?;
            fields.push((field.clone(), column));
            field_keys.extend(self.keys.last());
        }
        let mut identified = vec![false; membership.len()];
        for (field, column) in &fields {
            if identifies(project, field) {
                let rows = identified.iter_mut().enumerate();
                rows.for_each(|(row, identified)| *identified |= !column.is_blank(row));
            }
        }
        let map = &self.request.ids;
        let value_fields = custom_fields(project);
        let assigned = self.part(&mut parts, &("ids", map.lineage(), &value_fields), |task| {
            let of: Vec<Vec<MergeMember<'_>>> = value_fields.iter().map(|field| plan.members(field)).collect();
            let custom = custom_ids(&of, match_tables, membership);
            let (matching, custom) = (&matched.matching, custom.as_deref());
            Ok(Assignment { tables: match_tables, matching, membership, map, custom }.run(task)?)
        })?;
        let shown: Vec<&UnifiedField> = fields.iter().map(|(field, _)| field).collect();
        let identifying: Vec<bool> = shown.iter().map(|field| identifies(project, field)).collect();
        let names: Vec<&str> = tables.iter().map(|table| table.source.name.as_str()).collect();
        let keyring = LazyCell::new(|| Keyring::of(match_tables, &names, membership));
        let identifying: Vec<&UnifiedField> =
            shown.iter().zip(identifying).filter(|(_, identifies)| *identifies).map(|(field, _)| *field).collect();
        let of_known =
            OfKnown { tables, match_tables, matched, keyring: &keyring, identified: &identified, identifying };
        let known_since = self.known(&mut parts, &of_known)?;
        let known_key = self.known_key.map(|key| key.hex());
        let alternates = self.part(&mut parts, &"alternates", |_| {
            Ok((0..match_tables.len()).map(|place| keyring.alternates(place)).collect::<Vec<_>>())
        })?;
        let clusters = self.clusters(&mut parts, &fields, &field_keys)?;
        let cluster_names: Vec<_> = project.clusters.iter().map(|cluster| (&cluster.id, &cluster.name)).collect();
        let made: Vec<String> =
            field_keys.iter().chain(clusters.iter().map(|(key, _)| key)).map(StageKey::hex).collect();
        let ids_key = (&value_fields, map.lineage());
        let settings = (cluster_names, made, shown, &known_key, &key_columns, ids_key);
        let customers = self.part(&mut parts, &("customers", &settings), |_| {
            let known = identified.iter().filter(|known| **known).count() as u64;
            let state = Column::text_of(identified.iter().map(|&known| if known { KNOWN } else { UNKNOWN }));
            let mut columns = vec![
                (CUSTOMER_ID.to_owned(), Column::Text(assigned.ids.clone())),
                (PREVIOUS_CUSTOMER_ID.to_owned(), Column::Text(assigned.previous.clone())),
                (PROFILE_STATE.to_owned(), state),
                (BECAME_KNOWN_ON.to_owned(), became_known(match_tables, &keyring, &matched.matching, &known_since)),
            ];
            columns.extend(fields.iter().map(|(field, column)| (field.name.clone(), (**column).clone())));
            for (cluster, (_, found)) in project.clusters.iter().zip(&clusters) {
                columns.push((cluster.name.clone(), found.column(&cluster.id, &assigned.ids)));
            }
            for (place, [key, all]) in key_columns.iter().enumerate() {
                columns.push((key.clone(), match_tables[place].primary_key.gather(&preferred[place])));
                columns.push((all.clone(), alternates[place].clone()));
            }
            Ok(Customers {
                table: Arc::new(Table::new(columns)),
                fields: fields.iter().map(|(field, _)| (field.id.clone(), field.name.clone())).collect(),
                clusters: project.clusters.iter().zip(&clusters).map(of_cluster).collect(),
                known,
                unknown: membership.len() as u64 - known,
                digests: OnceLock::new(),
            })
        })?;
        let changes = self
            .part(&mut parts, &("changes", &map.stamp, settings), |_| Ok(IdChanges::of(map, &assigned, &customers)))?;
        self.note("Merge".to_owned(), parts.start.elapsed(), parts.reused);
        Ok(Merged { customers, known: known_since, assigned, changes })
    }

    /// One part of the stage: from the cache or computed. What it reads besides its settings is who is who.
    pub(super) fn part<T: Send + Sync + 'static>(
        &mut self,
        parts: &mut Parts,
        settings: &impl serde::Serialize,
        compute: impl FnOnce(&crate::task::Task) -> Result<T, EngineError>,
    ) -> Result<Arc<T>, EngineError> {
        self.task.check()?;
        let key = StageKey::new(Stage::Merge, settings, &self.identity_keys);
        let (value, reused) = self.cache.get_or_compute(key, || compute(self.task))?;
        self.keys.push(key);
        parts.reused &= reused;
        parts.done += 1;
        self.task.advance_to(parts.done)?;
        Ok(value)
    }
}

fn of_cluster((cluster, (_, found)): (&Cluster, &(StageKey, Arc<Clusters>))) -> (String, Arc<Clusters>) {
    (cluster.id.clone(), Arc::clone(found))
}

/// When the stage began, and whether every part so far was in the cache.
pub(super) struct Parts {
    pub(super) start: Instant,
    pub(super) reused: bool,
    pub(super) done: u64,
}

/// Besides groups, fields and clusters: the preferred records, the ids, three about who is known, the alternate keys, the
/// customers, the changes.
const OTHER_PARTS: usize = 8;

/// The unified fields whose values make the ids, members in match order.
fn custom_fields(project: &Project) -> Vec<UnifiedField> {
    let fields = unify::unified_fields(project);
    let chosen = project.customer_id_fields.iter().filter_map(|id| unify::field_named(&fields, id).cloned());
    let place = |table: &str| project.unification.iter().position(|unified| unified.source_table == table);
    let mut chosen: Vec<UnifiedField> = chosen.collect();
    chosen.iter_mut().for_each(|field| field.members.sort_by_key(|member| place(&member.source_table)));
    chosen
}

/// By customer the id made of the first value, in match order, that each field has; `None` for one without any value,
/// and for all where no field is chosen (semantics 1.6, custom id).
fn custom_ids(
    fields: &[Vec<MergeMember<'_>>],
    tables: &[MatchTable<'_>],
    membership: &Membership,
) -> Option<Vec<Option<String>>> {
    if fields.is_empty() {
        return None;
    }
    let first = |members: &[MergeMember<'_>], customer: u32| {
        members.iter().find_map(|member| {
            let records = membership.records[member.place].of(customer).iter();
            let mut rows = records.map(|&record| member.row(record) as usize);
            let row = rows.find(|&row| !member.column.is_blank(row))?;
            Some((tables[member.place].id, member.column.text(row).into_owned()))
        })
    };
    let id = |customer: u32| {
        let values: Vec<_> = fields.iter().map(|field| first(field, customer).unwrap_or_default()).collect();
        let inputs: Vec<(&str, &str)> = values.iter().map(|(table, value)| (*table, value.as_str())).collect();
        inputs.iter().any(|(_, value)| !value.is_empty()).then(|| custom_customer_id(&inputs))
    };
    Some((0..membership.len() as u32).map(id).collect())
}

/// Whether a value in a field makes a profile known.
fn identifies(project: &Project, field: &UnifiedField) -> bool {
    let meaning = unify::semantic_type(project, field);
    meaning.is_some_and(|meaning| project.known_identifiers.iter().any(|known| known == meaning))
}
