//! Two records side by side, for a person to compare.

use std::ops::Range;

use crate::engine::identity::constraints::rows_of_keys;
use crate::engine::identity::explain::differences;
use crate::engine::identity::matching::MatchTable;
use crate::engine::pipeline::{Run, UnifiedTables};
use crate::project::{FieldMember, RecordKey, unify};

/// Characters of a value that are shown.
const SHOWN: usize = 200;

/// A unified field of two records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairField {
    pub name: String,
    /// Empty where it is blank, or the table has no such column. Long values are shortened.
    pub values: [String; 2],
    /// The characters of each that the other does not have, by their places.
    pub differences: [Vec<Range<usize>>; 2],
}

impl PairField {
    /// Whether both have a value.
    pub fn is_shared(&self) -> bool {
        self.values.iter().all(|value| !value.is_empty())
    }

    /// Whether both have a value, and not the same.
    pub fn differs(&self) -> bool {
        self.is_shared() && self.values[0] != self.values[1]
    }
}

/// The selected columns of the first rows with these keys, by unified field in their order; fields that are blank in
/// both are left out. `None` where a key is not there.
pub fn side_by_side(run: &Run, a: &RecordKey, b: &RecordKey) -> Option<Vec<PairField>> {
    let unified = UnifiedTables::of(run);
    let tables = unified.match_tables();
    let find = |record: &RecordKey| {
        let table = tables.iter().find(|table| table.id == record.table)?;
        let row = rows_of_keys(table.primary_key, &[&record.key]).first().copied().flatten()?;
        Some((table, row as usize))
    };
    let sides = [find(a)?, find(b)?];
    let fields = unify::unified_fields(&run.project).into_iter().map(|field| {
        let values = sides.map(|(table, row)| value(table, row, &field.members));
        let differences = differences(&values[0], &values[1]);
        PairField { name: field.name, values, differences }
    });
    Some(fields.filter(|field| field.values.iter().any(|value| !value.is_empty())).collect())
}

/// The values of a row in those columns of a field that its table has.
fn value(table: &MatchTable<'_>, row: usize, members: &[FieldMember]) -> String {
    let own = members.iter().filter(|member| member.source_table == table.id);
    let columns = own.filter_map(|member| table.table.column(&member.column));
    let values: Vec<String> =
        columns.filter(|column| !column.is_blank(row)).map(|column| column.text(row).into_owned()).collect();
    let value = values.join(" · ");
    match value.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", value.get(..end).unwrap_or_default()),
        None => value,
    }
}
