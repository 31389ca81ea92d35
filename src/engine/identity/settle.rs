//! Deduplication link by link, where joining all links at once would break a constraint (semantics 1.5).
//!
//! Rows of one primary key are one record whatever else holds. Then come pairs that always match, in their order;
//! then links by the priority of the identifier they rest on, by score, by the larger primary key, by the smaller
//! one, each descending. A link that would bring a never-pair together or break a guard is refused and listed.

use std::sync::Arc;

use hashbrown::{HashMap, HashSet};

use super::constraints::{GuardedSets, Limit};
use super::dedup::{DedupInput, JoinedBy, RefusedJoin};
use super::linking::{Linked, NO_CLASS, RuleLinks};
use super::union_find::UnionFind;
use crate::engine::column::Column;
use crate::task::{Cancelled, Task};

/// So many links of a row that a guard refuses are listed: those of a value that thousands share would be millions,
/// all saying the same. Never-pairs are listed all.
const LISTED: usize = 10;

/// The links of a table's rules.
#[derive(Default)]
pub struct Candidates {
    rules: Vec<(Arc<RuleLinks>, JoinedBy, usize)>,
}

/// What came of them.
pub struct Settled {
    pub sets: UnionFind,
    /// The sets that rules and always-match pairs alone make.
    pub custom: UnionFind,
    /// Rows with why they were joined to an earlier one, in the order of joining.
    pub joined: Vec<(u32, JoinedBy)>,
    pub refused: Vec<RefusedJoin>,
}

/// Rows that are linked each with each: all of one side with all of the other, or where there is one side with each
/// other.
struct Clique {
    priority: usize,
    score: f64,
    by: JoinedBy,
    sides: [Vec<u32>; 2],
}

impl Clique {
    fn other_side(&self, side: usize) -> &[u32] {
        let other = &self.sides[1 - side];
        if other.is_empty() { &self.sides[side] } else { other }
    }
}

impl Candidates {
    pub fn add(&mut self, links: Arc<RuleLinks>, by: JoinedBy, priority: usize) {
        self.rules.push((links, by, priority));
    }

    /// Joins the affected rows anew; `keys` has for each row a code of its primary key.
    pub fn settle(
        &self,
        input: &DedupInput<'_>,
        is_affected: &[bool],
        keys: &[u32],
        task: &Task,
    ) -> Result<Settled, Cancelled> {
        let rows: Vec<u32> = (0..is_affected.len() as u32).filter(|&row| is_affected[row as usize]).collect();
        let mut settling = Settling {
            sets: GuardedSets::new(is_affected.len(), &input.constraints),
            custom: UnionFind::new(is_affected.len()),
            has_rules: !input.rules.is_empty(),
            joined: Vec::new(),
            refused: Vec::new(),
            refused_between: HashSet::new(),
        };
        settling.same_keys(&rows, keys);
        for &(a, b, place) in &input.always {
            if is_affected[a as usize] {
                settling.always(a, b, JoinedBy::Always(place as u16));
            }
        }
        let rank = rank(&rows, input.primary_key);
        let mut cliques = self.cliques(&rows);
        let order = |a: &Clique, b: &Clique| a.priority.cmp(&b.priority).then(b.score.total_cmp(&a.score));
        cliques.sort_by(order);
        for batch in cliques.chunk_by(|a, b| order(a, b).is_eq()) {
            settling.batch(batch, &rank, task)?;
        }
        // What was refused between groups that later grew may be listed again under their new first rows.
        let (sets, mut between) = (&mut settling.sets, HashSet::new());
        settling.refused.retain(|refused| {
            let (a, b) = (sets.find(refused.a), sets.find(refused.b));
            between.insert((a.min(b), a.max(b)))
        });
        let mut refused = settling.refused;
        refused.sort_unstable();
        Ok(Settled { sets: settling.sets.into_sets(), custom: settling.custom, joined: settling.joined, refused })
    }

    fn cliques(&self, rows: &[u32]) -> Vec<Clique> {
        let mut cliques = Vec::new();
        for (links, by, priority) in &self.rules {
            let mut rows_of: HashMap<u32, Vec<u32>> = HashMap::new();
            for &row in rows {
                let class = links.lower.get(row as usize).copied().unwrap_or(NO_CLASS);
                if class != NO_CLASS {
                    rows_of.entry(class).or_default().push(row);
                }
            }
            let clique = |score, sides| Clique { priority: *priority, score, by: *by, sides };
            let mut classes: Vec<u32> = rows_of.keys().copied().collect();
            classes.sort_unstable();
            let joins_itself = |class: u32| match &links.linked {
                Linked::Same => true,
                Linked::Listed { within, .. } => within[class as usize],
            };
            for &class in classes.iter().filter(|&&class| joins_itself(class)) {
                if let Some(rows) = rows_of.get(&class).filter(|rows| rows.len() > 1) {
                    cliques.push(clique(1.0, [rows.clone(), Vec::new()]));
                }
            }
            if let Linked::Listed { links, .. } = &links.linked {
                for link in links {
                    if let (Some(a), Some(b)) = (rows_of.get(&link.lower), rows_of.get(&link.upper)) {
                        cliques.push(clique(link.score, [a.clone(), b.clone()]));
                    }
                }
            }
        }
        cliques
    }
}

/// For each row its place by primary key, the largest first; of equal keys the first row.
fn rank(rows: &[u32], primary_key: &Column) -> HashMap<u32, u32> {
    let mut sorted = rows.to_vec();
    sorted.sort_unstable_by(|&a, &b| primary_key.compare(b as usize, a as usize).then(a.cmp(&b)));
    sorted.into_iter().enumerate().map(|(place, row)| (row, place as u32)).collect()
}

struct Settling<'a> {
    sets: GuardedSets<'a>,
    custom: UnionFind,
    has_rules: bool,
    joined: Vec<(u32, JoinedBy)>,
    refused: Vec<RefusedJoin>,
    refused_between: HashSet<(u32, u32)>,
}

impl Settling<'_> {
    fn same_keys(&mut self, rows: &[u32], keys: &[u32]) {
        let mut first: HashMap<u32, u32> = HashMap::new();
        for &row in rows {
            let &mut first = first.entry(keys[row as usize]).or_insert(row);
            if first != row && self.sets.force(first, row) {
                self.joined.push((row, JoinedBy::PrimaryKey));
            }
        }
    }

    fn always(&mut self, a: u32, b: u32, by: JoinedBy) {
        match self.sets.join_always(a, b) {
            Ok(is_new) => self.note(a, b, by, is_new),
            Err(limit) => self.refuse(RefusedJoin { a: a.min(b), b: a.max(b), by, limit }),
        }
    }

    fn note(&mut self, a: u32, b: u32, by: JoinedBy, is_new: bool) {
        if !matches!(by, JoinedBy::Always(_)) || self.has_rules {
            self.custom.union(a, b);
        }
        if is_new {
            self.joined.push((a.max(b), by));
        }
    }

    /// Lists the first link between two groups that was refused: those after it say the same.
    fn refuse(&mut self, refused: RefusedJoin) {
        let (a, b) = (self.sets.find(refused.a), self.sets.find(refused.b));
        if self.refused_between.insert((a.min(b), a.max(b))) {
            self.refused.push(refused);
        }
    }

    /// The links of one priority and score, by the larger key, then the smaller one, descending.
    ///
    /// Rows that a group of equal values links may be many thousands, their pairs too many to go through. But once a
    /// row has tried all smaller ones of such a group, another row of its own set has nothing to add: what was
    /// joined is joined, and what was refused stays refused since sets only grow.
    fn batch(&mut self, cliques: &[Clique], rank: &HashMap<u32, u32>, task: &Task) -> Result<(), Cancelled> {
        let place = |row: u32| rank.get(&row).copied().unwrap_or(u32::MAX);
        let mut places: HashMap<u32, Vec<(usize, usize)>> = HashMap::new();
        for (i, clique) in cliques.iter().enumerate() {
            for (side, rows) in clique.sides.iter().enumerate() {
                rows.iter().for_each(|&row| places.entry(row).or_default().push((i, side)));
            }
        }
        let mut rows: Vec<u32> = places.keys().copied().collect();
        rows.sort_unstable_by_key(|&row| place(row));
        let mut tried: HashMap<(usize, usize), Vec<u32>> = HashMap::new();
        for row in rows {
            task.check()?;
            let mut partners: Vec<(u32, JoinedBy, u32)> = Vec::new();
            for &key in places.get(&row).into_iter().flatten() {
                let by_set = tried.entry(key).or_default();
                let own = self.sets.find(row);
                if let Some(&other) = by_set.iter().find(|&&other| self.sets.find(other) == own) {
                    self.custom.union(other, row);
                    continue;
                }
                by_set.push(row);
                let clique = &cliques[key.0];
                let smaller = clique.other_side(key.1).iter().filter(|&&other| place(other) > place(row));
                partners.extend(smaller.map(|&other| (place(other), clique.by, other)));
            }
            partners.sort_unstable();
            let (mut by_guards, mut refused_sets) = (0, HashSet::new());
            for (_, by, other) in partners {
                let set = self.sets.find(other);
                if refused_sets.contains(&set) {
                    continue;
                }
                match self.sets.join_by_rule(row, other) {
                    Ok(is_new) => self.note(row, other, by, is_new),
                    Err(limit) => {
                        refused_sets.insert(set);
                        by_guards += usize::from(!matches!(limit, Limit::Never(_)));
                        if by_guards <= LISTED || matches!(limit, Limit::Never(_)) {
                            self.refuse(RefusedJoin { a: row.min(other), b: row.max(other), by, limit });
                        }
                    }
                }
            }
        }
        Ok(())
    }
}
