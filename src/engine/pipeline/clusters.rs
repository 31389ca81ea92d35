//! Clusters of customers: the parts of the Merge stage that find them.

use std::sync::Arc;

use super::Runner;
use super::constraints;
use super::merge::Parts;
use crate::engine::column::Column;
use crate::engine::customer::clusters::{self, Clusters};
use crate::engine::error::EngineError;
use crate::engine::stage::StageKey;
use crate::engine::table::Table;
use crate::project::{DeduplicationRule, UnifiedField};

impl Runner<'_> {
    /// The clusters of each kind, with what identifies them: found again where a rule or one of its fields changes.
    pub(super) fn clusters(
        &mut self,
        parts: &mut Parts,
        fields: &[(UnifiedField, Arc<Column>)],
        field_keys: &[StageKey],
    ) -> Result<Vec<(StageKey, Arc<Clusters>)>, EngineError> {
        let project = self.request.project;
        let mut all = Vec::new();
        for cluster in &project.clusters {
            let of = fields.iter().zip(field_keys);
            let of: Vec<_> = of.filter(|((field, _), _)| cluster.fields().any(|id| id == field.id)).collect();
            let keys: Vec<(&String, String)> = of.iter().map(|((field, _), key)| (&field.id, key.hex())).collect();
            let rule = |rule: &DeduplicationRule| (rule.active, rule.conditions.clone(), rule.exceptions.clone());
            let rules: Vec<_> = cluster.rules.iter().map(rule).collect();
            let settings = ("clusters", &cluster.id, rules, keys, constraints::value_settings(project));
            let found = self.part(parts, &settings, |task| {
                let columns = of.iter().map(|((field, column), _)| (field.id.clone(), (**column).clone()));
                Ok(clusters::find(cluster, &Table::new(columns), project, task)?)
            })?;
            all.extend(self.keys.last().map(|&key| (key, found)));
        }
        Ok(all)
    }
}
