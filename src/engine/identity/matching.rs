//! Matching across tables: each record of a lower table is attached to at most one record of a higher one
//! (semantics 1.5).
//!
//! Tables are taken in match order, a table's rules in theirs. For a record the first rule that finds something
//! decides, so records do not bridge: rows of the higher tables are never merged by a lower one. Where a rule finds
//! records of several customers the record with the largest primary key is taken and the case is reported.

use std::cell::OnceCell;
use std::sync::Arc;

use hashbrown::HashSet;

use super::coding::Side;
use super::constraints::{Constraints, Full, GuardedSets, Limit};
use super::dedup::{LISTED_REFUSALS, NO_RECORD, Records};
use super::hits::{Found, RuleHits};
use super::linking::RuleLinks;
use super::union_find::UnionFind;
use crate::engine::column::Column;
use crate::engine::table::Table;
use crate::project::{Condition, MatchRule};
use crate::task::{Cancelled, Task};

/// No rule made a link.
pub const NO_RULE: u16 = u16::MAX;
/// A pair that always matches made the link.
pub const ALWAYS: u16 = u16::MAX - 1;

/// One unified table, in match order.
pub struct MatchTable<'a> {
    /// The source table's id.
    pub id: &'a str,
    pub table: &'a Table,
    pub primary_key: &'a Column,
    pub records: &'a Records,
    pub rules: &'a [MatchRule],
}

impl<'a> MatchTable<'a> {
    /// The table as one side of a rule.
    pub fn side(&self) -> Side<'a> {
        Side { id: self.id, table: self.table }
    }

    /// Whether a rule compares nothing of this table but its primary key.
    fn rests_on_key(&self, rule: usize) -> bool {
        let is_key =
            |field: &str| self.table.column(field).is_some_and(|column| std::ptr::eq(column, self.primary_key));
        self.rules[rule].conditions.iter().flat_map(Condition::fields).all(is_key)
    }
}

/// What matching reads.
pub struct MatchInput<'a> {
    pub tables: &'a [MatchTable<'a>],
    /// What a rule links, by table and place in its list: computed, or known from before.
    pub links: &'a dyn Fn(usize, usize) -> Result<Arc<RuleLinks>, Cancelled>,
    /// For each table and rule its priority: where links compete, the smaller first.
    pub priorities: Vec<Vec<usize>>,
    /// Records numbered through that always match, with their places in the project's list.
    pub always: Vec<(u32, u32, u32)>,
    /// Over records numbered through.
    pub constraints: Constraints,
}

/// Which record is attached to which. Records of all tables are numbered through: record `r` of table `t` is
/// `offsets[t] + r`.
#[derive(Debug, Clone, Default)]
pub struct Matching {
    pub offsets: Vec<u32>,
    /// For each record the higher one it is attached to, or [`NO_RECORD`].
    pub parent: Vec<u32>,
    /// For each record the rule, by its place in its table's list, that attached it, or [`NO_RULE`] or [`ALWAYS`].
    pub rule: Vec<u16>,
    /// For each record the score of the link that attached it; 0 without.
    pub score: Vec<f32>,
    /// For each record the highest one of its cluster: itself where it is attached to none.
    pub root: Vec<u32>,
    /// For each table and rule the records it attached.
    pub rule_matches: Vec<Vec<u64>>,
    /// Records for which there was more than one answer, by record, then rule.
    pub ambiguous: Vec<Ambiguous>,
    /// Links that a never-pair or a guard refused, by record, then rule.
    pub refused: Vec<RefusedLink>,
    /// For each table, by row, whether the link of the row's record is this row's too: that it satisfies the rule, by
    /// more than its primary key, towards the record it is attached to. Empty where there is no such link.
    pub link_rows: Vec<Vec<bool>>,
    /// The links of those rules that compare the lower table's primary key and nothing else.
    pub key_links: Vec<KeyLinks>,
}

/// What a rule links that rests on the lower table's primary key alone.
#[derive(Debug, Clone)]
pub struct KeyLinks {
    /// The lower table's place.
    pub place: usize,
    /// The rule by its place in that table's list.
    pub rule: u16,
    pub links: Arc<RuleLinks>,
}

/// A link that a constraint kept from being made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RefusedLink {
    /// Numbered through.
    pub record: u32,
    /// The rule by its place in the record's table, or [`ALWAYS`].
    pub rule: u16,
    /// The record that it would have been attached to.
    pub other: u32,
    pub limit: Limit,
}

/// A record for which rules found records of several customers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ambiguous {
    pub record: u32,
    /// The rule that found the records not chosen.
    pub rule: u16,
    /// The record it was attached to.
    pub chosen: u32,
    /// Whether `rule` is the one that decided; else a later one, whose hits are not used (case 33).
    pub decided: bool,
    /// Records of other customers that `rule` found: at most ten, the largest primary keys first.
    pub others: Vec<u32>,
    /// Exact where one key finds them or they are few; else at least so many.
    pub other_count: u32,
}

impl Matching {
    /// The table of a record numbered through.
    pub fn table_of(&self, record: u32) -> usize {
        self.offsets.partition_point(|&offset| offset <= record) - 1
    }

    /// The number of a record inside its table.
    pub fn local(&self, record: u32) -> u32 {
        record - self.offsets[self.table_of(record)]
    }
}

/// Runs every active rule of every table.
pub fn match_tables(input: &MatchInput<'_>, task: &Task) -> Result<Matching, Cancelled> {
    let largest: Vec<OnceCell<Vec<u32>>> = input.tables.iter().map(|_| OnceCell::new()).collect();
    let matcher = Matcher { input, largest: &largest, task };
    if input.always.is_empty() {
        let matching = matcher.all_at_once()?;
        let total = matching.root.len() as u32;
        if input.constraints.is_empty() || input.constraints.broken(&mut sets_of(&matching), total).is_empty() {
            return Ok(matching);
        }
    }
    matcher.one_by_one()
}

fn sets_of(matching: &Matching) -> UnionFind {
    let mut sets = UnionFind::new(matching.root.len());
    for (record, &root) in matching.root.iter().enumerate() {
        sets.union(root, record as u32);
    }
    sets
}

struct Matcher<'a> {
    input: &'a MatchInput<'a>,
    /// For each table, for each record the row with its largest primary key; made when asked for.
    largest: &'a [OnceCell<Vec<u32>>],
    task: &'a Task,
}

impl<'a> Matcher<'a> {
    fn tables(&self) -> &'a [MatchTable<'a>] {
        self.input.tables
    }

    /// All records of a table take what their first rule finds: nothing stands in the way of any.
    fn all_at_once(&self) -> Result<Matching, Cancelled> {
        let mut matching = Matching::of(self.tables());
        for (place, lower) in self.tables().iter().enumerate() {
            let offset = matching.offsets[place];
            for (number, upper_place) in self.active_rules(place) {
                self.task.check()?;
                let hits = self.hits(place, number, upper_place, &matching.root, &matching.offsets)?;
                let upper_offset = matching.offsets[upper_place];
                for (record, found) in hits.found().into_iter().enumerate() {
                    let record = record as u32;
                    if record.is_multiple_of(4096) {
                        self.task.check()?;
                    }
                    if found.is_nothing() {
                        continue;
                    }
                    let global = offset + record;
                    let decided = matching.parent[global as usize] == NO_RECORD;
                    if decided {
                        matching.attach(place, global, number as u16, upper_offset + found.best, found.score);
                    }
                    matching.note_ambiguity(&hits, record, offset, upper_offset, number as u16, found, decided);
                }
                matching.keep_links(place, number as u16, upper_place, lower, &hits);
            }
            debug_assert_eq!(matching.offsets[place + 1] - offset, lower.records.len() as u32);
        }
        matching.ambiguous.sort_by_key(|case| (case.record, case.rule));
        Ok(matching)
    }

    /// Records take what they find one after the other, and go on to the next candidate where a link is refused
    /// (semantics 1.5, override conflicts).
    fn one_by_one(&self) -> Result<Matching, Cancelled> {
        let mut matching = Matching::of(self.tables());
        let total = matching.root.len();
        let mut sets = GuardedSets::new(total, &self.input.constraints);
        for &(a, b, _) in &self.input.always {
            let (upper, lower) = (a.min(b), a.max(b));
            match sets.join_always(upper, lower) {
                Ok(_) => {
                    if matching.parent[lower as usize] == NO_RECORD {
                        matching.parent[lower as usize] = upper;
                        matching.rule[lower as usize] = ALWAYS;
                        matching.score[lower as usize] = 1.0;
                    }
                }
                Err(limit) => {
                    matching.refused.push(RefusedLink { record: lower, rule: ALWAYS, other: upper, limit });
                }
            }
        }
        for place in 0..self.tables().len() {
            let rules = self.active_rules(place);
            if rules.is_empty() {
                continue;
            }
            for record in 0..total {
                matching.root[record] = sets.find(record as u32);
            }
            let mut of_rules = Vec::new();
            for (number, upper_place) in rules {
                self.task.check()?;
                let hits = self.hits(place, number, upper_place, &matching.root, &matching.offsets)?;
                let found = hits.found();
                of_rules.push((number, upper_place, hits, found));
            }
            self.attach_in_order(place, &of_rules, &mut matching, &mut sets)?;
            for (number, upper_place, hits, _) in &of_rules {
                matching.keep_links(place, *number as u16, *upper_place, &self.tables()[place], hits);
            }
        }
        for record in 0..total {
            let root = sets.find(record as u32);
            matching.root[record] = root;
            // Two records of higher tables that pairs which always match brought together: one of them joins.
            if root != record as u32 && matching.parent[record] == NO_RECORD {
                matching.parent[record] = root;
                matching.rule[record] = ALWAYS;
                matching.score[record] = 1.0;
            }
        }
        matching.ambiguous.sort_by_key(|case| (case.record, case.rule));
        matching.refused.sort_unstable();
        Ok(matching)
    }

    fn attach_in_order(
        &self,
        place: usize,
        rules: &[(usize, usize, RuleHits<'_>, Vec<Found>)],
        matching: &mut Matching,
        sets: &mut GuardedSets<'_>,
    ) -> Result<(), Cancelled> {
        let (offset, table) = (matching.offsets[place], &self.tables()[place]);
        let priorities = self.input.priorities.get(place);
        let priority = |number: usize| priorities.and_then(|of| of.get(number)).copied().unwrap_or(usize::MAX);
        let largest = self.largest_keys(place);
        let first_hit = |record: u32| {
            let hit = rules.iter().find(|(_, _, _, found)| !found[record as usize].is_nothing());
            hit.map(|(number, _, _, found)| (priority(*number), found[record as usize].score))
        };
        let mut order: Vec<(usize, f64, u32)> = (0..table.records.len() as u32)
            .filter_map(|record| first_hit(record).map(|(priority, score)| (priority, score, record)))
            .collect();
        order.sort_unstable_by(|a, b| {
            let key = |record: u32| largest[record as usize] as usize;
            let by_key = || table.primary_key.compare(key(b.2), key(a.2));
            a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)).then_with(by_key).then(a.2.cmp(&b.2))
        });
        for (i, (_, _, record)) in order.into_iter().enumerate() {
            if i.is_multiple_of(16) {
                self.task.check()?;
            }
            let global = offset + record;
            // What belongs to a record of a higher table already tries no rule: records do not bridge.
            let mut open = sets.find(global) >= offset;
            for (number, upper_place, hits, found) in rules {
                let found = found[record as usize];
                if found.is_nothing() {
                    continue;
                }
                let (number, upper_offset) = (*number as u16, matching.offsets[*upper_place]);
                let tried = open;
                if open
                    && let Some((chosen, score)) =
                        Self::try_candidates(global, upper_offset, number, hits, record, found, matching, sets)
                {
                    matching.attach(place, global, number, upper_offset + chosen, score);
                    open = false;
                }
                matching.root[global as usize] = sets.find(global);
                if !open {
                    matching.note_ambiguity(hits, record, offset, upper_offset, number, found, tried);
                }
            }
        }
        Ok(())
    }

    /// The first candidate that nothing keeps apart, and its score.
    #[expect(clippy::too_many_arguments, reason = "one step of a loop, cut out to be read")]
    fn try_candidates(
        global: u32,
        upper_offset: u32,
        number: u16,
        hits: &RuleHits<'_>,
        record: u32,
        found: Found,
        matching: &mut Matching,
        sets: &mut GuardedSets<'_>,
    ) -> Option<(u32, f64)> {
        let mut by_guards = 0;
        let mut refuse = |other: u32, limit: Limit| {
            let is_never = matches!(limit, Limit::Never(_));
            by_guards += usize::from(!is_never);
            if is_never || by_guards <= LISTED_REFUSALS {
                let other = upper_offset + other;
                matching.refused.push(RefusedLink { record: global, rule: number, other, limit });
            }
        };
        match sets.join_by_rule(upper_offset + found.best, global) {
            Ok(_) => return Some((found.best, found.score)),
            Err(limit) => refuse(found.best, limit),
        }
        // A full profile takes nothing more, whatever is found next.
        if matches!(sets.full(global), Some(Full::Records)) {
            return None;
        }
        let mut refused_roots: HashSet<u32> = HashSet::from_iter([sets.find(upper_offset + found.best)]);
        for (candidate, score) in hits.candidates(record) {
            let root = sets.find(upper_offset + candidate);
            if refused_roots.contains(&root) {
                continue;
            }
            match sets.join_by_rule(upper_offset + candidate, global) {
                Ok(_) => return Some((candidate, score)),
                Err(limit) => {
                    refuse(candidate, limit);
                    refused_roots.insert(root);
                }
            }
        }
        None
    }

    /// The active rules of a table with the places of the tables they name.
    fn active_rules(&self, place: usize) -> Vec<(usize, usize)> {
        let rules = self.tables()[place].rules.iter().enumerate().filter(|(_, rule)| rule.active);
        let upper = |rule: &MatchRule| self.tables()[..place].iter().position(|table| table.id == rule.to_table);
        rules.filter_map(|(number, rule)| Some((number, upper(rule)?))).collect()
    }

    fn hits(
        &self,
        place: usize,
        number: usize,
        upper_place: usize,
        roots: &[u32],
        offsets: &[u32],
    ) -> Result<RuleHits<'a>, Cancelled> {
        let links = (self.input.links)(place, number)?;
        let tables = self.tables();
        let roots = roots[offsets[upper_place] as usize..offsets[upper_place + 1] as usize].to_vec();
        Ok(RuleHits::new(links, &tables[place], &tables[upper_place], roots, self.largest_keys(upper_place)))
    }

    fn largest_keys(&self, place: usize) -> &'a [u32] {
        let table = &self.tables()[place];
        self.largest[place].get_or_init(|| table.records.largest_key_rows(table.primary_key))
    }
}

impl Matching {
    fn of(tables: &[MatchTable<'_>]) -> Self {
        let mut matching = Self { offsets: vec![0], ..Self::default() };
        let mut total = 0;
        for table in tables {
            total += table.records.len() as u32;
            matching.offsets.push(total);
            matching.rule_matches.push(vec![0; table.rules.len()]);
            matching.link_rows.push(Vec::new());
        }
        matching.parent = vec![NO_RECORD; total as usize];
        matching.rule = vec![NO_RULE; total as usize];
        matching.score = vec![0.0; total as usize];
        matching.root = (0..total).collect();
        matching
    }

    fn attach(&mut self, place: usize, record: u32, rule: u16, chosen: u32, score: f64) {
        self.parent[record as usize] = chosen;
        self.rule[record as usize] = rule;
        self.score[record as usize] = score as f32;
        self.root[record as usize] = self.root[chosen as usize];
        self.rule_matches[place][rule as usize] += 1;
    }

    /// Notes by which rows a rule attached the records that it did.
    fn keep_links(&mut self, place: usize, rule: u16, upper_place: usize, lower: &MatchTable<'_>, hits: &RuleHits<'_>) {
        if self.rule_matches[place][usize::from(rule)] == 0 {
            return;
        }
        if lower.rests_on_key(usize::from(rule)) {
            self.key_links.push(KeyLinks { place, rule, links: hits.links() });
            return;
        }
        let rows = &mut self.link_rows[place];
        rows.resize(lower.table.rows, false);
        let (offset, upper_offset) = (self.offsets[place] as usize, self.offsets[upper_place]);
        let attached = |record: u32| {
            let record = offset + record as usize;
            (self.rule[record] == rule).then(|| self.parent[record] - upper_offset)
        };
        hits.mark_rows(attached, rows);
    }

    /// Lists a record for which a rule found records of other customers than its own.
    #[expect(clippy::too_many_arguments, reason = "one step of a loop, cut out to be read")]
    fn note_ambiguity(
        &mut self,
        hits: &RuleHits<'_>,
        record: u32,
        offset: u32,
        upper_offset: u32,
        rule: u16,
        found: Found,
        decided: bool,
    ) {
        let global = offset + record;
        let own = self.root[global as usize];
        let chosen = self.parent[global as usize];
        if found.root == own || chosen == NO_RECORD {
            return;
        }
        let (others, other_count) = hits.others(record, own);
        let others = others.into_iter().map(|found| upper_offset + found).collect();
        self.ambiguous.push(Ambiguous { record: global, rule, chosen, decided, others, other_count });
    }
}
