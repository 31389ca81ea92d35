//! Pairs decided by hand, lists of values, and guards (semantics 1.5).

use std::collections::{BTreeMap, HashSet};

use super::{Checker, Place};
use crate::project::{BlockedValue, PairOverride, Project, RecordKey};

/// So many examples stand in a message.
const EXAMPLES: usize = 3;

impl Checker<'_> {
    pub(super) fn overrides(&mut self) {
        let project = self.project;
        let overrides = &project.overrides;
        let lists = [(tr!("always match"), &overrides.always_match), (tr!("never match"), &overrides.never_match)];
        let mut not_unified: BTreeMap<&str, usize> = BTreeMap::new();
        for (list, pairs) in lists {
            let mut seen = HashSet::new();
            let (mut selves, mut repeated) = (Vec::new(), Vec::new());
            for pair in pairs {
                if pair.a == pair.b {
                    selves.push(record(project, &pair.a));
                } else if !seen.insert(pair.records()) {
                    repeated.push(named(project, pair));
                }
                let mut tables = vec![pair.a.table.as_str(), pair.b.table.as_str()];
                tables.dedup();
                for table in tables.into_iter().filter(|table| project.unification_table(table).is_none()) {
                    *not_unified.entry(table).or_default() += 1;
                }
            }
            if !selves.is_empty() {
                let message = tr!(
                    "A pair of the list \"{list}\" names one record twice: {examples}.",
                    list,
                    examples = examples(&selves)
                );
                self.error(Place::Overrides, message, tr!("Name another record, or delete the pair."));
            }
            if !repeated.is_empty() {
                let message = tr!(
                    "A pair stands in the list \"{list}\" twice: {examples}.",
                    list,
                    examples = examples(&repeated)
                );
                self.warn(Place::Overrides, message, tr!("Delete one of the two."));
            }
        }
        let always: HashSet<_> = overrides.always_match.iter().map(PairOverride::records).collect();
        let both = overrides.never_match.iter().filter(|pair| always.contains(&pair.records()));
        let both: Vec<String> = both.map(|pair| named(project, pair)).collect();
        if !both.is_empty() {
            let message = tr!("A pair is to match always and never: {examples}.", examples = examples(&both));
            self.error(Place::Overrides, message, tr!("Delete it from one of the two lists."));
        }
        for (table, pairs) in not_unified {
            let pairs = if pairs == 1 { tr!("1 pair names").to_owned() } else { tr!("{pairs} pairs name", pairs) };
            let message =
                tr!("{pairs} {table_name}, which is not unified.", pairs, table_name = project.table_name(table));
            self.warn(Place::Overrides, message, tr!("Unify the table, or delete the pairs: they have no effect."));
        }
    }

    pub(super) fn lists(&mut self) {
        for list in &self.project.alias_lists {
            let is_blank = |value: &str| value.trim().is_empty();
            if list.aliases.iter().any(|alias| is_blank(&alias.value) || is_blank(&alias.same_as)) {
                let message =
                    tr!("The alias list \"{list}\" has an empty value, which says nothing.", list = list.name);
                self.warn(Place::Overrides, message, tr!("Fill it in, or delete the entry."));
            }
        }
        for list in &self.project.bypass_lists {
            if list.values.iter().any(|value| value.trim().is_empty()) {
                let message = tr!("The bypass list \"{list}\" has an empty value.", list = list.name);
                self.warn(Place::Overrides, message, tr!("Delete it: blanks match nothing anyway."));
            }
        }
    }

    pub(super) fn guards(&mut self) {
        let guards = &self.project.guards;
        if guards.max_records == Some(0) {
            let message = tr!("The guard of records allows none in a customer.");
            self.error(Place::Guards, message, tr!("Allow one or more, or switch it off."));
        }
        for guard in &guards.identifiers {
            let name = &guard.name;
            if guard.members.is_empty() {
                let message = tr!("The guard \"{name}\" has no column.", name);
                self.error(Place::Guards, message, tr!("Choose the columns that hold the identifier, or delete it."));
            }
            for member in &guard.members {
                let (table, column) = (&member.source_table, &member.column);
                let source = self.project.source_table(table);
                if source.is_none_or(|source| source.column(column).is_none()) {
                    let table = self.project.table_name(table);
                    let message = tr!(
                        "The guard \"{name}\" names {column}, which is not a column of {table}.",
                        name,
                        column,
                        table
                    );
                    self.error(Place::Guards, message, tr!("Choose another column, or take it out."));
                }
            }
            if guard.max_values == Some(0) {
                let message = tr!("The guard \"{name}\" allows no value in a customer.", name);
                self.error(Place::Guards, message, tr!("Allow one or more, or switch the limit off."));
            }
            let is_empty = |blocked: &BlockedValue| match blocked {
                BlockedValue::Value(text) | BlockedValue::Pattern(text) => text.trim().is_empty(),
            };
            if guard.blocked.iter().any(is_empty) {
                let message = tr!("The guard \"{name}\" blocks an empty value.", name);
                self.warn(Place::Guards, message, tr!("Delete it: blanks match nothing anyway."));
            }
        }
    }
}

fn record(project: &Project, record: &RecordKey) -> String {
    format!("{}:{}", project.table_name(&record.table), record.key)
}

fn named(project: &Project, pair: &PairOverride) -> String {
    tr!("{record} and {record_2}", record = record(project, &pair.a), record_2 = record(project, &pair.b))
}

/// The first few, and how many more.
fn examples(all: &[String]) -> String {
    let shown = all[..all.len().min(EXAMPLES)].join("; ");
    if all.len() > EXAMPLES {
        tr!("{shown}; and {examples} more", shown, examples = all.len() - EXAMPLES)
    } else {
        shown
    }
}
