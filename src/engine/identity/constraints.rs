//! What no link by a rule may bring together: pairs that never match, and the limits of guards (semantics 1.5,
//! override conflicts).
//!
//! Items are rows inside one table, or the records of all tables. Nearly always no limit is near, so sets are first
//! made without looking; only those that turn out to break a limit are made again link by link.

use hashbrown::HashMap;

use super::blocked::BlockedValues;
use super::union_find::UnionFind;
use crate::engine::column::Column;
use crate::engine::dictionary::{BLANK, Dictionary};
use crate::engine::groups::Groups;
use crate::engine::table::Table;
use crate::project::{IdentifierGuard, Project};

/// Why a link was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limit {
    /// The never-match pair with this place in the project's list.
    Never(u32),
    /// Too many records in a profile.
    Records,
    /// Too many values of the identifier guard with this place.
    Values(u32),
}

/// What a set holds as much of as a guard allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Full {
    Records,
    /// Of an identifier, by its place among those that are limited: these values.
    Values {
        identifier: usize,
        values: Vec<u32>,
    },
}

/// The constraints on sets of items.
#[derive(Debug, Clone, Default)]
pub struct Constraints {
    never: Vec<(u32, u32, u32)>,
    /// For each item its never-pairs, by place in `never`.
    never_of: HashMap<u32, Vec<u32>>,
    max_records: Option<u32>,
    /// For each item how many primary keys it holds.
    keys: Vec<u32>,
    identifiers: Vec<IdentifierLimit>,
}

#[derive(Debug, Clone)]
struct IdentifierLimit {
    /// The guard's place in the project.
    place: u32,
    max_values: u32,
    /// For each item the values it holds.
    values: Groups,
}

impl Constraints {
    /// `never` are pairs of items with their places in the project's list.
    pub fn new(never: Vec<(u32, u32, u32)>) -> Self {
        let mut constraints = Self { never, ..Self::default() };
        for (i, &(a, b, _)) in constraints.never.iter().enumerate() {
            constraints.never_of.entry(a).or_default().push(i as u32);
            constraints.never_of.entry(b).or_default().push(i as u32);
        }
        constraints
    }

    /// At most so many primary keys in a set; `keys` has how many each item holds.
    pub fn limit_records(&mut self, max_records: u32, keys: Vec<u32>) {
        self.max_records = Some(max_records);
        self.keys = keys;
    }

    /// At most so many different values in a set; `values` are pairs of item and value.
    pub fn limit_values(&mut self, place: usize, max_values: u32, values: &[(u32, u32)], items: usize) {
        let mut offsets = vec![0_u32; items + 1];
        values.iter().for_each(|&(item, _)| offsets[item as usize + 1] += 1);
        (0..items).for_each(|item| offsets[item + 1] += offsets[item]);
        let mut sorted = values.to_vec();
        sorted.sort_unstable();
        let values = Groups { offsets, items: sorted.into_iter().map(|(_, value)| value).collect() };
        self.identifiers.push(IdentifierLimit { place: place as u32, max_values, values });
    }

    /// The values of a limited identifier that an item holds.
    pub fn values_of(&self, identifier: usize, item: u32) -> &[u32] {
        self.identifiers[identifier].values.of(item)
    }

    /// Whether there is nothing to keep.
    pub fn is_empty(&self) -> bool {
        self.never.is_empty() && self.max_records.is_none() && self.identifiers.is_empty()
    }

    /// The roots of the sets that break a limit, ascending.
    pub fn broken(&self, sets: &mut UnionFind, items: u32) -> Vec<u32> {
        let mut broken: Vec<u32> = Vec::new();
        for &(a, b, _) in &self.never {
            if sets.find(a) == sets.find(b) {
                broken.push(sets.find(a));
            }
        }
        if let Some(max) = self.max_records {
            let mut keys = vec![0_u32; items as usize];
            for item in 0..items {
                keys[sets.find(item) as usize] += self.keys[item as usize];
            }
            broken.extend((0..items).filter(|&root| keys[root as usize] > max));
        }
        for limit in &self.identifiers {
            let mut values: Vec<(u32, u32)> = Vec::new();
            for item in 0..items {
                let root = sets.find(item);
                values.extend(limit.values.of(item).iter().map(|&value| (root, value)));
            }
            values.sort_unstable();
            values.dedup();
            let over = values.chunk_by(|a, b| a.0 == b.0).filter(|set| set.len() > limit.max_values as usize);
            broken.extend(over.map(|set| set[0].0));
        }
        broken.sort_unstable();
        broken.dedup();
        broken
    }

    fn state(&self, item: u32) -> SetState {
        SetState {
            never: if self.never_of.contains_key(&item) { vec![item] } else { Vec::new() },
            keys: self.keys.get(item as usize).copied().unwrap_or(1),
            values: self
                .identifiers
                .iter()
                .map(|limit| {
                    let mut values = limit.values.of(item).to_vec();
                    values.dedup();
                    values
                })
                .collect(),
        }
    }
}

/// What is in a set.
#[derive(Debug, Clone)]
struct SetState {
    /// Items that have never-pairs.
    never: Vec<u32>,
    keys: u32,
    /// For each limited identifier its values, ascending.
    values: Vec<Vec<u32>>,
}

/// Disjoint sets that no link by a rule makes break a constraint.
pub struct GuardedSets<'a> {
    sets: UnionFind,
    constraints: &'a Constraints,
    states: HashMap<u32, SetState>,
}

impl<'a> GuardedSets<'a> {
    pub fn new(items: usize, constraints: &'a Constraints) -> Self {
        Self { sets: UnionFind::new(items), constraints, states: HashMap::new() }
    }

    pub fn find(&mut self, item: u32) -> u32 {
        self.sets.find(item)
    }

    pub fn into_sets(self) -> UnionFind {
        self.sets
    }

    pub fn constraints(&self) -> &'a Constraints {
        self.constraints
    }

    /// What an item's set is full of, so that hardly another can join it: records before values.
    ///
    /// Another set joins a full one where it brings no new value, or where it is over the limit and has all of these
    /// already.
    pub fn full(&mut self, item: u32) -> Option<Full> {
        let root = self.sets.find(item);
        let state = self.states.get(&root)?;
        if self.constraints.max_records.is_some_and(|max| state.keys >= max) {
            return Some(Full::Records);
        }
        let limits = self.constraints.identifiers.iter().zip(&state.values).enumerate();
        let mut full = limits.filter(|(_, (limit, values))| values.len() == limit.max_values as usize);
        let (identifier, (_, values)) = full.next()?;
        Some(Full::Values { identifier, values: values.clone() })
    }

    /// Of these items, by limited identifier, those in sets with more values than are allowed: rows of one primary key
    /// may make such.
    pub fn over_limit(&mut self, items: &[u32]) -> Vec<Vec<u32>> {
        let mut over = vec![Vec::new(); self.constraints.identifiers.len()];
        for &item in items {
            let root = self.sets.find(item);
            let Some(state) = self.states.get(&root) else { continue };
            for ((limit, values), over) in self.constraints.identifiers.iter().zip(&state.values).zip(&mut over) {
                if values.len() > limit.max_values as usize {
                    over.push(item);
                }
            }
        }
        over
    }

    /// Unites two sets whatever they hold: what has one primary key is one record.
    pub fn force(&mut self, a: u32, b: u32) -> bool {
        let (a, b) = (self.sets.find(a), self.sets.find(b));
        if a != b {
            self.unite(a, b);
        }
        a != b
    }

    /// Unites two sets for a pair that always matches: only a never-pair keeps them apart.
    pub fn join_always(&mut self, a: u32, b: u32) -> Result<bool, Limit> {
        self.join(a, b, |sets, a, b| sets.never_between(a, b))
    }

    /// Unites two sets for a link by a rule; says whether they were apart.
    ///
    /// # Errors
    /// The constraint that the united set would break.
    pub fn join_by_rule(&mut self, a: u32, b: u32) -> Result<bool, Limit> {
        self.join(a, b, |sets, a, b| sets.never_between(a, b).or_else(|| sets.limit_between(a, b)))
    }

    fn join(
        &mut self,
        a: u32,
        b: u32,
        limit: impl FnOnce(&mut Self, u32, u32) -> Option<Limit>,
    ) -> Result<bool, Limit> {
        let (a, b) = (self.sets.find(a), self.sets.find(b));
        if a == b {
            return Ok(false);
        }
        for item in [a, b] {
            if !self.states.contains_key(&item) {
                self.states.insert(item, self.constraints.state(item));
            }
        }
        match limit(self, a, b) {
            Some(limit) => Err(limit),
            None => {
                self.unite(a, b);
                Ok(true)
            }
        }
    }

    fn unite(&mut self, a: u32, b: u32) {
        self.sets.union(a, b);
        let state = |of: u32, states: &mut HashMap<u32, SetState>| {
            states.remove(&of).unwrap_or_else(|| self.constraints.state(of))
        };
        let (mut one, mut other) = (state(a, &mut self.states), state(b, &mut self.states));
        one.never.append(&mut other.never);
        one.keys += other.keys;
        for (values, more) in one.values.iter_mut().zip(&mut other.values) {
            if !more.is_empty() {
                values.append(more);
                values.sort_unstable();
                values.dedup();
            }
        }
        self.states.insert(self.sets.find(a), one);
    }

    fn never_between(&mut self, a: u32, b: u32) -> Option<Limit> {
        let (fewer, other) = {
            let (of_a, of_b) = (self.states.get(&a)?, self.states.get(&b)?);
            if of_a.never.len() <= of_b.never.len() { (of_a.never.clone(), b) } else { (of_b.never.clone(), a) }
        };
        let mut hits: Vec<u32> = Vec::new();
        for item in fewer {
            for &pair in self.constraints.never_of.get(&item).into_iter().flatten() {
                let (one, two, place) = self.constraints.never[pair as usize];
                let partner = if one == item { two } else { one };
                if self.sets.find(partner) == other {
                    hits.push(place);
                }
            }
        }
        hits.into_iter().min().map(Limit::Never)
    }

    /// A limit that the united set would break and neither set breaks as far already.
    fn limit_between(&mut self, a: u32, b: u32) -> Option<Limit> {
        let (of_a, of_b) = (self.states.get(&a)?, self.states.get(&b)?);
        if self.constraints.max_records.is_some_and(|max| of_a.keys + of_b.keys > max) {
            return Some(Limit::Records);
        }
        for (i, limit) in self.constraints.identifiers.iter().enumerate() {
            let (one, two) = (&of_a.values[i], &of_b.values[i]);
            let both = one.len() + two.len() - shared(one, two);
            if both > limit.max_values as usize && both > one.len().max(two.len()) {
                return Some(Limit::Values(limit.place));
            }
        }
        None
    }
}

/// How many values two ascending lists have in common.
fn shared(one: &[u32], two: &[u32]) -> usize {
    let (fewer, more) = if one.len() <= two.len() { (one, two) } else { (two, one) };
    fewer.iter().filter(|value| more.binary_search(value).is_ok()).count()
}

/// The values of a guarded identifier in the rows of a table, as codes into `values`: trimmed, in lower case, without
/// blanks and blocked ones. Pairs of row and value.
pub fn identifier_values(
    project: &Project,
    guard: &IdentifierGuard,
    table_id: &str,
    table: &Table,
    values: &mut Dictionary,
) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    let members = guard.members.iter().filter(|member| member.source_table == table_id);
    for column in members.filter_map(|member| Some((member, table.column(&member.column)?))) {
        let (member, column) = column;
        let blocked = BlockedValues::of_column(project, table_id, &member.column);
        let text = column.to_text();
        let code = |(_, value): (u32, &str)| {
            if blocked.is_blocked(value) { BLANK } else { values.intern(&value.trim().to_lowercase()) }
        };
        let codes: Vec<u32> = text.dictionary.iter().map(code).collect();
        let of_row = text.codes.iter().enumerate().map(|(row, &code)| (row as u32, codes[code as usize]));
        pairs.extend(of_row.filter(|&(_, value)| value != BLANK));
    }
    pairs
}

/// For each of these keys, as written, a row that holds it; `None` where none does.
pub fn rows_of_keys(primary_key: &Column, keys: &[&str]) -> Vec<Option<u32>> {
    let text = primary_key.to_text();
    let codes: HashMap<&str, usize> = keys.iter().enumerate().map(|(i, &key)| (key, i)).collect();
    let mut wanted: HashMap<u32, &str> = HashMap::new();
    for (code, value) in text.dictionary.iter() {
        if let Some((&key, _)) = codes.get_key_value(value).filter(|_| code != BLANK) {
            wanted.insert(code, key);
        }
    }
    let mut rows: HashMap<&str, u32> = HashMap::new();
    for (row, code) in text.codes.iter().enumerate() {
        if let Some(key) = wanted.get(code) {
            rows.entry(key).or_insert(row as u32);
        }
    }
    keys.iter().map(|key| rows.get(key).copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_never_pair_keeps_apart_what_others_would_chain() {
        let constraints = Constraints::new(vec![(0, 2, 7)]);
        let mut sets = GuardedSets::new(4, &constraints);
        assert_eq!(sets.join_by_rule(0, 1), Ok(true));
        assert_eq!(sets.join_by_rule(2, 3), Ok(true));
        assert_eq!(sets.join_by_rule(1, 3), Err(Limit::Never(7)));
        assert_eq!(sets.join_always(3, 0), Err(Limit::Never(7)));
        assert_eq!(sets.join_by_rule(0, 1), Ok(false));
    }

    #[test]
    fn a_limit_of_values_counts_each_value_once_and_a_set_beyond_it_may_grow_by_what_it_holds() {
        let mut constraints = Constraints::default();
        constraints.limit_values(0, 1, &[(0, 5), (1, 5), (2, 6), (3, 5)], 4);
        let mut sets = GuardedSets::new(4, &constraints);
        assert_eq!(sets.join_by_rule(0, 1), Ok(true));
        assert_eq!(sets.join_by_rule(0, 2), Err(Limit::Values(0)));
        assert!(sets.force(0, 2));
        assert_eq!(sets.join_by_rule(3, 2), Ok(true));
    }

    #[test]
    fn a_limit_of_records_counts_keys() {
        let mut constraints = Constraints::default();
        constraints.limit_records(2, vec![1, 1, 1]);
        let mut sets = GuardedSets::new(3, &constraints);
        assert_eq!(sets.join_by_rule(0, 1), Ok(true));
        assert_eq!(sets.join_by_rule(1, 2), Err(Limit::Records));
        let mut chained = UnionFind::new(3);
        chained.union(0, 1);
        chained.union(1, 2);
        assert_eq!(constraints.broken(&mut chained, 3), [0]);
    }
}
