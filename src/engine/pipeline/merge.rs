//! The stage that makes customers of clusters. Its parts are remembered one by one, so that an edit of one field makes
//! that field again and nothing else.

use std::cell::LazyCell;
use std::sync::Arc;
use std::time::Instant;

use super::known::OfKnown;
use super::unify::Unified;
use super::{Matched, Runner};
use crate::engine::column::{Column, TextColumn};
use crate::engine::customer::clusters::Clusters;
use crate::engine::customer::customer_id::customer_id;
use crate::engine::customer::customers::{
    BECAME_KNOWN_ON, CUSTOMER_ID, Customers, KNOWN, PREVIOUS_CUSTOMER_ID, PROFILE_STATE, UNKNOWN,
};
use crate::engine::customer::keyring::Keyring;
use crate::engine::customer::known::{KnownSince, became_known};
use crate::engine::customer::merge::{Merge, MergeField, MergeMember, preferred_rows};
use crate::engine::dictionary::Dictionary;
use crate::engine::error::EngineError;
use crate::engine::identity::matching::MatchTable;
use crate::engine::report::StageReport;
use crate::engine::stage::{Stage, StageKey};
use crate::engine::table::Table;
use crate::project::validate::{alternates_column, key_column};
use crate::project::{Cluster, Project, UnifiedField, unify};

impl Runner<'_> {
    pub(super) fn merge(
        &mut self,
        tables: &[Unified<'_>],
        match_tables: &[MatchTable<'_>],
        matched: &Matched,
    ) -> Result<(Arc<Customers>, Arc<KnownSince>), EngineError> {
        let project = self.request.project;
        self.task.begin("Unifying customers", 0);
        let mut parts = Parts { start: Instant::now(), reused: true };
        let membership = &matched.membership;
        let key_columns: Vec<[String; 2]> =
            tables.iter().map(|table| [key_column(table.source), alternates_column(table.source)]).collect();
        let preferred = self.part(&mut parts, &"preferred", |_| {
            let of = |(table, records)| preferred_rows(table, records, membership.len());
            Ok(match_tables.iter().zip(&membership.records).map(of).collect::<Vec<_>>())
        })?;
        let merge = Merge { tables: match_tables, membership, preferred: &preferred };
        let mut fields: Vec<(UnifiedField, Arc<Column>)> = Vec::new();
        let mut field_keys: Vec<StageKey> = Vec::new();
        for field in unify::unified_fields(project).into_iter().filter(|field| !field.excluded) {
            let of = merge_field(&field, tables, match_tables);
            let column =
                self.part(&mut parts, &(&field.id, &field.members, &field.merge), |task| Ok(merge.column(&of, task)?))?;
            fields.push((field, column));
            field_keys.extend(self.keys.last());
        }
        let mut identified = vec![false; membership.len()];
        for (field, column) in &fields {
            if identifies(project, field) {
                let rows = identified.iter_mut().enumerate();
                rows.for_each(|(row, identified)| *identified |= !column.is_blank(row));
            }
        }
        let ids =
            self.part(&mut parts, &("ids", &self.request.ids.stamp), |_| Ok(highest_ids(match_tables, matched)))?;
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
        let cluster_keys: Vec<String> = clusters.iter().map(|(key, _)| key.hex()).collect();
        let settings = (cluster_names, cluster_keys, shown, &known_key, &key_columns, &self.request.ids.stamp);
        let customers = self.part(&mut parts, &settings, |_| {
            let known = identified.iter().filter(|known| **known).count() as u64;
            let state = Column::text_of(identified.iter().map(|&known| if known { KNOWN } else { UNKNOWN }));
            let blank = || Column::Text(TextColumn { codes: vec![0; membership.len()], dictionary: Arc::default() });
            let mut columns = vec![
                (CUSTOMER_ID.to_owned(), (*ids).clone()),
                (PREVIOUS_CUSTOMER_ID.to_owned(), blank()),
                (PROFILE_STATE.to_owned(), state),
                (BECAME_KNOWN_ON.to_owned(), became_known(match_tables, &keyring, &matched.matching, &known_since)),
            ];
            columns.extend(fields.iter().map(|(field, column)| (field.name.clone(), (**column).clone())));
            for (cluster, (_, found)) in project.clusters.iter().zip(&clusters) {
                columns.push((cluster.name.clone(), found.column(&cluster.id, &ids)));
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
            })
        })?;
        let elapsed_ms = parts.start.elapsed().as_millis() as u64;
        self.stages.push(StageReport { stage: "Merge".to_owned(), elapsed_ms, reused: parts.reused });
        Ok((customers, known_since))
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
}

fn highest_ids(tables: &[MatchTable<'_>], matched: &Matched) -> Column {
    let ids = matched.membership.highest.iter().map(|&record| {
        let place = matched.matching.table_of(record);
        let table = &tables[place];
        let row = table.records.winners[(record - matched.matching.offsets[place]) as usize];
        customer_id(table.id, &table.primary_key.text(row as usize))
    });
    let dictionary = Dictionary::from_distinct(ids);
    let codes = (1..dictionary.len() as u32).collect();
    Column::Text(TextColumn { codes, dictionary: Arc::new(dictionary) })
}

/// Whether a value in a field makes a profile known.
fn identifies(project: &Project, field: &UnifiedField) -> bool {
    let meaning = unify::semantic_type(project, field);
    meaning.is_some_and(|meaning| project.known_identifiers.iter().any(|known| known == meaning))
}

/// A unified field with its members' data.
fn merge_field<'a>(field: &UnifiedField, tables: &'a [Unified<'a>], match_tables: &[MatchTable<'a>]) -> MergeField<'a> {
    let members = field.members.iter().filter_map(|member| {
        let place = tables.iter().position(|table| table.source.id == member.source_table)?;
        let column = tables[place].data.table.column(&member.column)?;
        Some(MergeMember { place, column, rows: match_tables[place].records.value_rows_of(&member.column) })
    });
    MergeField { members: members.collect(), id: field.id.clone(), name: field.name.clone() }
}
