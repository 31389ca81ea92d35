//! The stage that makes customers of clusters. Its parts are remembered one by one, so that an edit of one field makes
//! that field again and nothing else.

use std::sync::Arc;
use std::time::Instant;

use super::unify::Unified;
use super::{Matched, Runner};
use crate::engine::column::{Column, TextColumn};
use crate::engine::customer::customer_id::customer_id;
use crate::engine::customer::customers::{
    BECAME_KNOWN_ON, CUSTOMER_ID, Customers, KNOWN, PREVIOUS_CUSTOMER_ID, PROFILE_STATE, UNKNOWN,
};
use crate::engine::customer::keyring;
use crate::engine::customer::merge::{Merge, MergeGroup, preferred_rows};
use crate::engine::customer::merge_plan::MergePlan;
use crate::engine::dictionary::Dictionary;
use crate::engine::error::EngineError;
use crate::engine::identity::matching::MatchTable;
use crate::engine::report::StageReport;
use crate::engine::stage::{Stage, StageKey};
use crate::engine::table::Table;
use crate::project::validate::key_column;
use crate::project::{Project, UnifiedField, unify};

impl Runner<'_> {
    pub(super) fn merge(
        &mut self,
        tables: &[Unified<'_>],
        match_tables: &[MatchTable<'_>],
        matched: &Matched,
    ) -> Result<Arc<Customers>, EngineError> {
        let project = self.request.project;
        self.task.begin("Unifying customers", 0);
        let mut parts = Parts { start: Instant::now(), reused: true };
        let membership = &matched.membership;
        let key_columns: Vec<String> = tables.iter().map(|table| key_column(table.source)).collect();
        let preferred = self.part(&mut parts, &"preferred", |_| {
            let of = |(table, records)| preferred_rows(table, records, membership.len());
            Ok(match_tables.iter().zip(&membership.records).map(of).collect::<Vec<_>>())
        })?;
        let merge = Merge { tables: match_tables, membership, preferred: &preferred };
        let plan = MergePlan::new(project, match_tables);
        let mut groups = Vec::new();
        for place in 0..plan.group_count() {
            let of = plan.group(place);
            let speakers = self.part(&mut parts, &("group", plan.group_settings(place)), |task| {
                Ok(merge.speakers_of_all(&of, task)?)
            })?;
            groups.push(Arc::new(MergeGroup { speakers: Some(speakers), ..of }));
        }
        let mut fields: Vec<(UnifiedField, Arc<Column>)> = Vec::new();
        for field in &plan.fields {
            let of = plan.field(field, &groups);
            let settings = ("field", plan.field_settings(field));
            let column = self.part(&mut parts, &settings, |task| Ok(merge.column(&of, task)?))?;
            fields.push((field.clone(), column));
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
        let made: Vec<_> = plan.fields.iter().map(|field| plan.field_settings(field)).collect();
        let settings = (shown, made, identifying, &key_columns, &self.request.ids.stamp);
        let customers = self.part(&mut parts, &settings, |_| {
            let known = identified.iter().filter(|known| **known).count() as u64;
            let state = Column::text_of(identified.iter().map(|&known| if known { KNOWN } else { UNKNOWN }));
            let blank = || Column::Text(TextColumn { codes: vec![0; membership.len()], dictionary: Arc::default() });
            let mut columns = vec![
                (CUSTOMER_ID.to_owned(), (*ids).clone()),
                (PREVIOUS_CUSTOMER_ID.to_owned(), blank()),
                (PROFILE_STATE.to_owned(), state),
                (BECAME_KNOWN_ON.to_owned(), blank()),
            ];
            columns.extend(fields.iter().map(|(field, column)| (field.name.clone(), (**column).clone())));
            columns.extend(keyring::key_columns(match_tables, &key_columns, &preferred));
            Ok(Customers {
                table: Arc::new(Table::new(columns)),
                fields: fields.iter().map(|(field, _)| (field.id.clone(), field.name.clone())).collect(),
                known,
                unknown: membership.len() as u64 - known,
            })
        })?;
        let elapsed_ms = parts.start.elapsed().as_millis() as u64;
        self.stages.push(StageReport { stage: "Merge".to_owned(), elapsed_ms, reused: parts.reused });
        Ok(customers)
    }

    /// One part of the stage: from the cache or computed. What it reads besides its settings is who is who.
    fn part<T: Send + Sync + 'static>(
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

/// When the stage began, and whether every part so far was in the cache.
struct Parts {
    start: Instant,
    reused: bool,
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
