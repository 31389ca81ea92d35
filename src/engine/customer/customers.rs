//! The customer table: one row a person, put together from what the other rooms made of it.

use std::sync::{Arc, OnceLock};

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::clusters::Clusters;
use crate::engine::column::Column;
use crate::engine::dictionary::BLANK;
use crate::engine::table::Table;

pub const CUSTOMER_ID: &str = "CustomerId";
/// The ids that led to this customer before, joined by `;`.
pub const PREVIOUS_CUSTOMER_ID: &str = "PreviousCustomerId";
pub const PROFILE_STATE: &str = "ProfileState";
pub const BECAME_KNOWN_ON: &str = "BecameKnownOn";
pub const KNOWN: &str = "Known";
pub const UNKNOWN: &str = "Unknown";

/// The customers of a run.
#[derive(Debug, Clone, Default)]
pub struct Customers {
    /// One row a customer: CustomerId, PreviousCustomerId, ProfileState, BecameKnownOn, the unified fields in order,
    /// clusters, and each table's keys as `Table_Key` and `Table_Key_Alternate`.
    pub table: Arc<Table>,
    /// The column of each unified field: `(field id, column name)`.
    pub fields: Vec<(String, String)>,
    /// The clusters of each kind, by its id.
    pub clusters: Vec<(String, Arc<Clusters>)>,
    pub known: u64,
    pub unknown: u64,
    /// Made when asked for: [`Customers::digests`].
    pub digests: OnceLock<Vec<u64>>,
}

impl Customers {
    /// The output column of a unified field, by its id.
    pub fn field(&self, id: &str) -> Option<&Column> {
        let (_, name) = self.fields.iter().find(|(field, _)| field == id)?;
        self.table.column(name)
    }

    /// By customer whether it is known.
    pub fn is_known(&self) -> Vec<bool> {
        let Some(Column::Text(state)) = self.table.column(PROFILE_STATE) else { return Vec::new() };
        let known = state.dictionary.find(KNOWN);
        state.codes.iter().map(|&code| Some(code) == known).collect()
    }

    /// By customer a hash of its unified fields: equal values, equal hashes, in any version of the program. A field is
    /// told by its id, so that a new name or order changes nothing; blanks count as nothing.
    pub fn digests(&self) -> &[u64] {
        self.digests.get_or_init(|| {
            let mut digests = vec![0_u64; self.table.rows];
            for (id, name) in &self.fields {
                let Some(column) = self.table.column(name) else { continue };
                let seed = xxh3_64(id.as_bytes());
                if let Column::Text(text) = column {
                    let of_code = text.dictionary.iter().map(|(_, value)| xxh3_64_with_seed(value.as_bytes(), seed));
                    let of_code: Vec<u64> = of_code.collect();
                    for (digest, &code) in digests.iter_mut().zip(&text.codes).filter(|(_, code)| **code != BLANK) {
                        *digest = digest.wrapping_add(of_code[code as usize]);
                    }
                } else {
                    for (row, digest) in digests.iter_mut().enumerate().filter(|(row, _)| !column.is_blank(*row)) {
                        *digest = digest.wrapping_add(xxh3_64_with_seed(&column.bits(row).to_le_bytes(), seed));
                    }
                }
            }
            // 0 says that it is not told.
            digests.iter_mut().filter(|digest| **digest == 0).for_each(|digest| *digest = 1);
            digests
        })
    }
}
