//! Since when each source key is known: the parts of the Merge stage that say so.

use std::cell::LazyCell;
use std::sync::Arc;

use chrono::DateTime;

use super::merge::Parts;
use super::unify::Unified;
use super::{Matched, Runner};
use crate::engine::customer::keyring::Keyring;
use crate::engine::customer::known::{KnownInput, KnownSince};
use crate::engine::error::EngineError;
use crate::engine::identity::matching::MatchTable;
use crate::engine::stage::{Stage, StageKey};
use crate::project::{UnifiedField, unify};

/// What the parts read.
pub(super) struct OfKnown<'a, 'k, F: FnOnce() -> Keyring<'k>> {
    pub tables: &'a [Unified<'a>],
    pub match_tables: &'a [MatchTable<'a>],
    pub matched: &'a Matched,
    pub keyring: &'a LazyCell<Keyring<'k>, F>,
    /// By customer whether the profile is known.
    pub identified: &'a [bool],
    /// The unified fields whose values make a profile known.
    pub identifying: Vec<&'a UnifiedField>,
}

impl Runner<'_> {
    /// Since when each key is known; notes what identifies that answer.
    pub(super) fn known<'k, F: FnOnce() -> Keyring<'k>>(
        &mut self,
        parts: &mut Parts,
        of: &OfKnown<'_, 'k, F>,
    ) -> Result<Arc<KnownSince>, EngineError> {
        let request = self.request;
        let identifiers = |table: &Unified<'_>| -> Vec<&str> {
            let members = of.identifying.iter().flat_map(|field| &field.members);
            let members = members.filter(|member| member.source_table == table.source.id);
            members.map(|member| member.column.as_str()).collect()
        };
        let identifiers: Vec<Vec<&str>> = of.tables.iter().map(identifiers).collect();
        let clocks: Vec<Option<&str>> =
            of.tables.iter().map(|table| unify::timestamp_column(request.project, table.source)).collect();
        let known: Vec<u8> = of.identified.iter().map(|&known| u8::from(known)).collect();
        let settings = ("known", blake3::hash(&known).to_hex().to_string(), &identifiers, &clocks);
        let draft = self.part(parts, &settings, |task| {
            let columns = of.tables.iter().map(|table| &table.data.table);
            let holding = columns.clone().zip(&identifiers);
            let holding = holding.map(|(table, names)| names.iter().filter_map(|name| table.column(name)).collect());
            let times = columns.zip(&clocks).map(|(table, name)| name.and_then(|name| table.column(name)));
            let input = KnownInput {
                tables: of.match_tables,
                keyring: of.keyring,
                matching: &of.matched.matching,
                membership: &of.matched.membership,
                known: of.identified,
                identifiers: holding.collect(),
                times: times.collect(),
            };
            Ok(input.draft(task)?)
        })?;
        let settings = (settings, request.ids.history());
        let history = |place: usize, key: &str| request.ids.key_history(&of.tables[place].source.id, key);
        let dated = self.part(parts, &("dated", &settings), |_| Ok(draft.with_history(of.keyring, Some(&history))))?;
        let as_of = dated.needs_as_of().then(|| micros(&request.as_of));
        let settings = ("known since", settings, as_of);
        let known = self.part(parts, &settings, |_| Ok(dated.at(as_of.unwrap_or_default())))?;
        self.known_key = Some(StageKey::new(Stage::Merge, &settings, &self.identity_keys));
        Ok(Arc::clone(&known))
    }
}

/// The time of a run.
fn micros(as_of: &str) -> i64 {
    DateTime::parse_from_rfc3339(as_of).map(|time| time.timestamp_micros()).unwrap_or_default()
}
