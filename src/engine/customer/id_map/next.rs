//! The map that a run leaves behind.

use std::sync::Arc;

use super::{IdEntry, IdMap, KeyEntry, NO_ID, TableKeys};
use crate::engine::column::Column;
use crate::engine::customer::customers::{CUSTOMER_ID, PREVIOUS_CUSTOMER_ID};
use crate::engine::customer::known;
use crate::engine::dictionary::BLANK;
use crate::engine::identity::dedup::NO_RECORD;
use crate::engine::identity::membership::NO_CUSTOMER;
use crate::engine::pipeline::{Run, UnifiedTables};

impl IdMap {
    /// The map after a run that read this one and made customers. The same run again changes nothing but the number of
    /// runs.
    pub fn after(&self, run: &Run) -> Self {
        let (Some(customers), Some(assigned)) = (&run.customers, &run.assigned) else { return self.clone() };
        let column = |name: &str| customers.table.column(name).map(Column::to_text).unwrap_or_default();
        let (ids, previous) = (column(CUSTOMER_ID), column(PREVIOUS_CUSTOMER_ID));
        let mut next = Self { runs: self.runs + 1, ..self.clone() };
        if next.entries.is_empty() {
            next.entries.push(IdEntry::default());
        }
        next.entries.iter_mut().for_each(|entry| entry.living = false);
        let known = customers.is_known();
        let digests = customers.digests();
        let code_of_customer = if self.is_empty() {
            // Every customer has an id of its own: the first ids are those of the table, coded alike.
            next.ids = Arc::clone(&ids.dictionary);
            ids.codes.clone()
        } else {
            let mut codes = Vec::with_capacity(ids.codes.len());
            let all = Arc::make_mut(&mut next.ids);
            all.intern_all((0..ids.codes.len()).map(|customer| ids.get(customer)), &mut codes);
            codes
        };
        let new = IdEntry { first_run: next.runs, ..IdEntry::default() };
        next.entries.resize(next.ids.len(), new);
        for (customer, &code) in code_of_customer.iter().enumerate() {
            let entry = &mut next.entries[code as usize];
            entry.leads_to = code;
            entry.living = true;
            entry.known = known[customer];
            entry.digest = digests[customer];
            if previous.codes[customer] != BLANK {
                let before = previous.get(customer).split(';').filter_map(|id| next.ids.find(id));
                next.previous.insert(code, before.collect());
            }
        }
        for &(customer, id) in &assigned.absorbed {
            next.entries[id as usize].leads_to = code_of_customer[customer as usize];
        }
        // What led to an id that was taken in leads on with it.
        for id in 1..next.entries.len() {
            let to = next.entries[id].leads_to;
            next.entries[id].leads_to = next.entries[to as usize].leads_to;
        }
        next.take_keys(run, &code_of_customer);
        next.stamp = next.content_stamp();
        next
    }

    /// Every key of the run has the id of its customer from now on; keys that are not there keep what they had.
    fn take_keys(&mut self, run: &Run, code_of_customer: &[u32]) {
        let Some(matched) = &run.matched else { return };
        let unified = UnifiedTables::of(run);
        for (place, table) in unified.match_tables().iter().enumerate() {
            let keys = match self.tables.iter_mut().position(|known| known.table == table.id) {
                Some(at) => &mut self.tables[at],
                None => {
                    self.tables.push(TableKeys { table: table.id.to_owned(), ..TableKeys::default() });
                    let last = self.tables.len() - 1;
                    &mut self.tables[last]
                }
            };
            let text = table.primary_key.to_text();
            let mut customer_of_code = vec![NO_CUSTOMER; text.dictionary.len()];
            for (&code, &record) in text.codes.iter().zip(&table.records.record_of_row) {
                if record != NO_RECORD && code != BLANK {
                    let record = matched.matching.offsets[place] + record;
                    customer_of_code[code as usize] = matched.membership.customer_of_record[record as usize];
                }
            }
            let held = || text.dictionary.iter().filter(|&(code, _)| customer_of_code[code as usize] != NO_CUSTOMER);
            let mut codes: Vec<u32> = Vec::new();
            if keys.keys.is_empty() {
                keys.keys = Arc::clone(&text.dictionary);
                codes.extend(held().map(|(code, _)| code));
            } else {
                Arc::make_mut(&mut keys.keys).intern_all(held().map(|(_, key)| key), &mut codes);
            }
            keys.entries.resize(keys.keys.len(), KeyEntry::default());
            for ((own, _), code) in held().zip(codes) {
                let since = run.known.as_ref().map_or(known::UNKNOWN, |known| known.of(place, own));
                let entry = &mut keys.entries[code as usize];
                // What was found out stays: another list of known identifiers, tried for a run, takes nothing away.
                if since == known::UNKNOWN {
                    entry.was_unknown |= entry.id == NO_ID;
                } else if since != known::NEVER_UNKNOWN {
                    entry.known_since = since;
                }
                entry.id = code_of_customer[customer_of_code[own as usize] as usize];
            }
        }
        self.tables.sort_by(|a, b| a.table.cmp(&b.table));
    }
}
