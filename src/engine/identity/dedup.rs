//! Deduplication within one table: rows into records (semantics 1.3).
//!
//! Every rule is tried on every row and groups that share a row are one. The row to keep, the *winner*, speaks for
//! the record; the others are *alternates*: still compared when matching, their keys still in the keyring.

mod keep;

use std::sync::{Arc, OnceLock};

use keep::{Preference, best_rows, value_rows, winner_of_sets};

use super::bridges;
use super::coding::Side;
use super::constraints::{Constraints, Limit};
use super::linking::{self, LinkRule, Linked, NO_CLASS, RuleLinks};
use super::settle::{Candidates, Settled};
use super::union_find::UnionFind;
use crate::engine::column::{Column, NO_ROW};
use crate::engine::groups::Groups;
use crate::project::{Condition, DeduplicationRule, Project, RecordToKeep, ValueToKeep};
use crate::task::{Cancelled, Task};

/// What a record number is where a row has none: its primary key is blank.
pub const NO_RECORD: u32 = u32::MAX;

/// So many links of one row or record that a guard refuses are listed: those of a value that thousands share would be
/// millions, all saying the same. Never-pairs are listed all.
pub const LISTED_REFUSALS: usize = 10;

/// What deduplication of one table reads.
pub struct DedupInput<'a> {
    /// For value lists and guards.
    pub project: &'a Project,
    pub side: Side<'a>,
    pub primary_key: &'a Column,
    /// Columns that count for most filled.
    pub selected: Vec<&'a Column>,
    /// All custom rules, inactive ones too: a table whose rules are all inactive has no automatic deduplication
    /// on rule columns either.
    pub rules: &'a [DeduplicationRule],
    /// What an active rule links: computed, or known from before.
    pub links: &'a dyn Fn(&DeduplicationRule) -> Result<Arc<RuleLinks>, Cancelled>,
    pub record_to_keep: &'a RecordToKeep,
    pub values_to_keep: &'a [ValueToKeep],
    /// The columns of all active match rules that the table takes part in, for automatic deduplication.
    pub match_columns: Vec<&'a str>,
    /// Pairs of rows that always match, with their places in the project's list.
    pub always: Vec<(u32, u32, u32)>,
    /// Over rows.
    pub constraints: Constraints,
}

/// Why a row was joined to another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JoinedBy {
    /// A pair that always matches.
    Always,
    /// The rule with this place in the table's list.
    Rule(u16),
    /// Automatic: equal in all columns that the table's match rules use.
    MatchColumns,
    /// Automatic: the same primary key.
    PrimaryKey,
}

/// A link that a constraint kept from joining two rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RefusedJoin {
    pub a: u32,
    pub b: u32,
    pub by: JoinedBy,
    pub limit: Limit,
}

/// The records of one table.
#[derive(Debug, Clone)]
pub struct Records {
    /// For each row its record, or [`NO_RECORD`]. Records are numbered by their first row.
    pub record_of_row: Vec<u32>,
    /// Rows with a primary key: "source records".
    pub source_rows: u64,
    /// See [`Records::rows`]; many runs never ask.
    rows: OnceLock<Groups>,
    /// For each record the row that speaks for it.
    pub winners: Vec<u32>,
    /// For each row why it is not a record of its own, where it is not.
    pub joined_by: Vec<Option<JoinedBy>>,
    /// For each rule the rows that it alone would join to another.
    pub rule_duplicates: Vec<u64>,
    /// For each column with a value to keep of its own, by record the row it is taken from.
    pub value_rows: Vec<(String, Vec<u32>)>,
    /// Links that a never-pair or a guard kept from joining: the first between any two groups.
    pub refused: Vec<RefusedJoin>,
    /// Links inside records that rest on degrees and nothing certain beside them, the highest scores first.
    pub scored: Vec<ScoredLink>,
}

/// A link of a rule that compares by degrees; its rows stand for all that are alike in everything the rule looks at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScoredLink {
    pub a: u32,
    pub b: u32,
    pub score: f32,
    pub by: JoinedBy,
    /// Whether the record would fall in two without it.
    pub is_bridge: bool,
}

impl Records {
    pub fn len(&self) -> usize {
        self.winners.len()
    }

    pub fn is_empty(&self) -> bool {
        self.winners.is_empty()
    }

    /// For each record its rows, ascending.
    pub fn rows(&self) -> &Groups {
        self.rows.get_or_init(|| Groups::by_number(&self.record_of_row, self.len()))
    }

    /// By record the rows that a column takes its values from, where they are not the winners'.
    pub fn value_rows_of(&self, column: &str) -> Option<&[u32]> {
        self.value_rows.iter().find(|(name, _)| name == column).map(|(_, rows)| rows.as_slice())
    }

    /// For each record the row with its largest primary key, alternates included.
    pub fn largest_key_rows(&self, primary_key: &Column) -> Vec<u32> {
        best_rows(&self.record_of_row, self.len(), |best, row| {
            if primary_key.compare(best as usize, row as usize).is_lt() { row } else { best }
        })
    }
}

/// Joins the rows of a table into records.
pub fn deduplicate(input: &DedupInput<'_>, task: &Task) -> Result<Records, Cancelled> {
    let mut joins = Joins::new(input);
    let mut rule_duplicates = vec![0; input.rules.len()];
    let primary = input.primary_key.to_text();
    let mut joined_by_key = false;
    // Kept only where links may have to be looked at one by one.
    let mut candidates = Candidates::default();
    let is_guarded = !input.constraints.is_empty();
    joins.join_always(input);
    for (i, rule) in input.rules.iter().enumerate() {
        task.check()?;
        if !rule.active {
            continue;
        }
        let links = (input.links)(rule)?;
        rule_duplicates[i] = joins.apply(&links, JoinedBy::Rule(i as u16));
        joined_by_key |= matches!(links.linked, Linked::Same) && links.lower == primary.codes;
        if is_guarded {
            let priority = priority(input.project, input.side.id, &rule.conditions);
            candidates.add(links, JoinedBy::Rule(i as u16), priority);
        }
    }
    // What nothing but degrees holds together is what a reviewer wants to see.
    let mut solid = (!joins.scored.is_empty()).then(|| joins.sets.clone());
    joins.apply_scored();
    if input.rules.is_empty() && !input.match_columns.is_empty() {
        let conditions: Vec<Condition> = input.match_columns.iter().map(|&column| Condition::exact(column)).collect();
        let rule = LinkRule {
            conditions: &conditions,
            exceptions: &[],
            lower: input.side,
            upper: None,
            project: input.project,
        };
        let links = Arc::new(linking::link(&rule, task)?);
        joins.apply(&links, JoinedBy::MatchColumns);
        if is_guarded {
            candidates.add(links, JoinedBy::MatchColumns, usize::MAX);
        }
    }
    task.check()?;
    // A rule that compares nothing but the primary key, usual for a table of events, has done that already.
    if !joined_by_key {
        joins.apply_keys(&primary.codes, primary.dictionary.len(), JoinedBy::PrimaryKey);
    }
    let mut refused = Vec::new();
    if is_guarded {
        refused = joins.settle(input, &candidates, &primary.codes, task)?;
    }
    joins.keep_scored_inside();
    if let Some(solid) = &mut solid {
        bridges::unite_equal(solid, &primary.codes, &joins.has_key, primary.dictionary.len());
        // What certain links join as well is not in doubt.
        joins.scored.retain(|link| solid.find(link.a) != solid.find(link.b));
        bridges::mark(solid, &mut joins.scored);
    }
    drop((primary, candidates));
    task.check()?;
    let scored = std::mem::take(&mut joins.scored);
    let mut records = records(input, joins, rule_duplicates);
    records.refused = refused;
    records.scored = scored;
    records.value_rows = value_rows(input, &records);
    Ok(records)
}

/// The place of the first guarded identifier that a rule compares: the smaller, the sooner its links are taken.
pub fn priority(project: &Project, table: &str, conditions: &[Condition]) -> usize {
    let compares = |member: &crate::project::FieldMember| {
        member.source_table == table
            && conditions.iter().any(|condition| condition.fields().any(|field| field == member.column))
    };
    let guards = &project.guards.identifiers;
    guards.iter().position(|guard| guard.members.iter().any(compares)).unwrap_or(usize::MAX)
}

struct Joins {
    sets: UnionFind,
    /// Whether custom rules joined any rows.
    has_custom: bool,
    mixed: Option<Mixed>,
    joined_by: Vec<Option<JoinedBy>>,
    has_key: Vec<bool>,
    /// Links of rules that compare by degrees.
    scored: Vec<ScoredLink>,
    /// Whether a pair that always matches counts as joined by a custom rule: where the table has rules.
    has_rules: bool,
}

/// Where automatic deduplication went on to join what custom rules had made.
struct Mixed {
    /// The sets that custom rules alone made.
    custom: UnionFind,
    /// Rows that automatic deduplication joined to an earlier one.
    rows: Vec<u32>,
}

impl Joins {
    fn new(input: &DedupInput<'_>) -> Self {
        let rows = input.side.table.rows;
        Self {
            sets: UnionFind::new(rows),
            has_custom: false,
            mixed: None,
            joined_by: vec![None; rows],
            has_key: has_key(input.primary_key),
            scored: Vec::new(),
            has_rules: !input.rules.is_empty(),
        }
    }

    fn join_always(&mut self, input: &DedupInput<'_>) {
        for &(a, b, _) in &input.always {
            self.join(a.min(b), a.max(b), JoinedBy::Always);
        }
    }

    /// Unites rows that are linked; returns how many of them are not the first of theirs.
    fn apply(&mut self, links: &RuleLinks, reason: JoinedBy) -> u64 {
        let (listed, within) = match &links.linked {
            Linked::Same => return self.apply_keys(&links.lower, links.limit, reason),
            Linked::Listed { links, within } => (links, within),
        };
        // The rows of a class hang together by being linked to each other, or all to another class.
        let mut hang_together = within.clone();
        for link in listed {
            hang_together[link.lower as usize] = true;
            hang_together[link.upper as usize] = true;
        }
        let together = |class: u32| hang_together[class as usize];
        let (first, mut duplicates) = self.join_equal(&links.lower, within.len(), reason, together);
        let mut joined = UnionFind::new(within.len());
        for link in listed {
            let (a, b) = (first[link.lower as usize], first[link.upper as usize]);
            if a != NO_ROW && b != NO_ROW {
                duplicates += u64::from(joined.union(link.lower, link.upper));
                let (a, b, score) = (a.min(b), a.max(b), link.score as f32);
                self.scored.push(ScoredLink { a, b, score, by: reason, is_bridge: false });
            }
        }
        duplicates
    }

    /// Joins what was compared by degrees, the highest scores first: so a row is joined by its strongest link.
    fn apply_scored(&mut self) {
        let mut scored = std::mem::take(&mut self.scored);
        scored.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then((a.a, a.b, a.by).cmp(&(b.a, b.b, b.by))));
        for link in &scored {
            self.join(link.a, link.b, link.by);
        }
        self.scored = scored;
    }

    /// Unites rows of equal key, all below `len`; returns how many rows have an equal before them.
    fn apply_keys(&mut self, keys: &[u32], len: usize, reason: JoinedBy) -> u64 {
        self.join_equal(keys, len, reason, |_| true).1
    }

    /// Unites rows of equal key, all below `len`, where rows of that key hang together; returns the first row of each
    /// key, and how many others were united with theirs.
    fn join_equal(
        &mut self,
        keys: &[u32],
        len: usize,
        reason: JoinedBy,
        together: impl Fn(u32) -> bool,
    ) -> (Vec<u32>, u64) {
        let mut first = vec![NO_ROW; len];
        let mut duplicates = 0;
        for (row, &key) in keys.iter().enumerate() {
            if key == NO_CLASS || !self.has_key[row] {
                continue;
            }
            let first = &mut first[key as usize];
            if *first == NO_ROW {
                *first = row as u32;
            } else if together(key) {
                duplicates += 1;
                self.join(*first, row as u32, reason);
            }
        }
        (first, duplicates)
    }

    #[inline]
    fn join(&mut self, first: u32, row: u32, reason: JoinedBy) {
        let by_rule = match reason {
            JoinedBy::Rule(_) => true,
            JoinedBy::Always => self.has_rules,
            JoinedBy::MatchColumns | JoinedBy::PrimaryKey => false,
        };
        if self.has_custom && !by_rule && self.sets.find(first) != self.sets.find(row) {
            let mixed = self.mixed.get_or_insert_with(|| Mixed { custom: self.sets.clone(), rows: Vec::new() });
            mixed.rows.push(row);
        }
        let (one, other) = (self.sets.find(first), self.sets.find(row));
        if self.sets.union(first, row) {
            self.has_custom |= by_rule;
            // The row says why; where it has said so already, the first row of the group that it brings along.
            let says = if self.joined_by[row as usize].is_none() { row } else { one.max(other) };
            self.joined_by[says as usize].get_or_insert(reason);
        }
    }

    /// Forgets links that a constraint kept from joining their rows.
    fn keep_scored_inside(&mut self) {
        let sets = &mut self.sets;
        self.scored.retain(|link| sets.find(link.a) == sets.find(link.b));
    }

    /// Makes those sets again, link by link, that break a constraint.
    fn settle(
        &mut self,
        input: &DedupInput<'_>,
        candidates: &Candidates,
        keys: &[u32],
        task: &Task,
    ) -> Result<Vec<RefusedJoin>, Cancelled> {
        let rows = input.side.table.rows as u32;
        let broken = input.constraints.broken(&mut self.sets, rows);
        if broken.is_empty() {
            return Ok(Vec::new());
        }
        let is_affected: Vec<bool> = (0..rows)
            .map(|row| self.has_key[row as usize] && broken.binary_search(&self.sets.find(row)).is_ok())
            .collect();
        let Settled { mut sets, mut custom, joined, refused } = candidates.settle(input, &is_affected, keys, task)?;
        let mut mixed_rows = Vec::new();
        for row in 0..rows {
            if is_affected[row as usize] {
                mixed_rows.push(row);
                self.joined_by[row as usize] = None;
                continue;
            }
            sets.union(self.sets.find(row), row);
            let root = match &mut self.mixed {
                Some(mixed) => mixed.custom.find(row),
                None => self.sets.find(row),
            };
            custom.union(root, row);
        }
        for (row, by) in joined {
            self.joined_by[row as usize].get_or_insert(by);
        }
        if let Some(mixed) = &self.mixed {
            mixed_rows.extend(mixed.rows.iter().copied().filter(|&row| !is_affected[row as usize]));
        }
        self.sets = sets;
        if self.has_custom {
            self.mixed = Some(Mixed { custom, rows: mixed_rows });
        }
        Ok(refused)
    }
}

fn has_key(primary_key: &Column) -> Vec<bool> {
    (0..primary_key.len()).map(|row| !primary_key.is_blank(row)).collect()
}

fn records(input: &DedupInput<'_>, mut joins: Joins, rule_duplicates: Vec<u64>) -> Records {
    let rows = input.side.table.rows;
    let mut record_of_row = vec![NO_RECORD; rows];
    let mut first_rows = Vec::new();
    let mut source_rows = 0;
    for row in 0..rows as u32 {
        if !joins.has_key[row as usize] {
            continue;
        }
        // The root is the smallest row of its set, so it has its number before any other row of the set asks.
        let root = joins.sets.find(row);
        source_rows += 1;
        if root == row {
            record_of_row[row as usize] = first_rows.len() as u32;
            first_rows.push(row);
        } else {
            record_of_row[row as usize] = record_of_row[root as usize];
        }
    }
    let Joins { sets, has_custom, mixed, joined_by, has_key, .. } = joins;
    drop((sets, has_key));
    let count = first_rows.len();
    let mut records = Records {
        record_of_row,
        source_rows,
        rows: OnceLock::new(),
        winners: first_rows,
        joined_by,
        rule_duplicates,
        value_rows: Vec::new(),
        refused: Vec::new(),
        scored: Vec::new(),
    };
    if has_custom {
        let preference = Preference::new(input, input.record_to_keep);
        records.winners = best_rows(&records.record_of_row, count, |best, row| preference.better(best, row));
        if let Some(mixed) = mixed {
            mixed.settle(&mut records, &preference);
        }
    }
    records
}

impl Mixed {
    /// Corrects the winners of the records that automatic deduplication had a part in.
    fn settle(mut self, records: &mut Records, preference: &Preference<'_>) {
        let mut mixed: Vec<u32> = self.rows.iter().map(|&row| records.record_of_row[row as usize]).collect();
        mixed.sort_unstable();
        mixed.dedup();
        for record in mixed {
            let winner = winner_of_sets(records.rows().of(record), &mut self.custom, preference);
            records.winners[record as usize] = winner;
        }
    }
}
