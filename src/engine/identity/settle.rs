//! Deduplication link by link, where joining all links at once would break a constraint (semantics 1.5).
//!
//! Rows of one primary key are one record whatever else holds. Then come pairs that always match, in their order;
//! then links by the priority of the identifier they rest on, by score, by the larger primary key, by the smaller
//! one, each descending. A link that would bring a never-pair together or break a guard is refused and listed.

mod sides;

use std::sync::Arc;

use hashbrown::{HashMap, HashSet};

use sides::{Sides, Wanted};

use super::constraints::{Full, GuardedSets, Limit};
use super::dedup::{DedupInput, JoinedBy, LISTED_REFUSALS, RefusedJoin};
use super::linking::{Linked, NO_CLASS, RuleLinks};
use super::union_find::UnionFind;
use crate::engine::column::Column;
use crate::task::{Cancelled, Task};

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
            over_limit: Vec::new(),
        };
        settling.same_keys(&rows, keys);
        for &(a, b, _) in &input.always {
            if is_affected[a as usize] {
                settling.always(a, b, JoinedBy::Always);
            }
        }
        settling.over_limit = settling.sets.over_limit(&rows);
        let rank = rank(&rows, input.primary_key);
        let mut cliques = self.cliques(&rows, task)?;
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

    fn cliques(&self, rows: &[u32], task: &Task) -> Result<Vec<Clique>, Cancelled> {
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
                for (i, link) in links.iter().enumerate() {
                    if i.is_multiple_of(64) {
                        task.check()?;
                    }
                    if let (Some(a), Some(b)) = (rows_of.get(&link.lower), rows_of.get(&link.upper)) {
                        cliques.push(clique(link.score, [a.clone(), b.clone()]));
                    }
                }
            }
        }
        Ok(cliques)
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
    /// By limited identifier the rows in sets with more values than are allowed.
    over_limit: Vec<Vec<u32>>,
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
        if !matches!(by, JoinedBy::Always) || self.has_rules {
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
    /// joined is joined, and what was refused stays refused since sets only grow. And a set that holds as much as a
    /// guard allows can only be joined by rows that bring nothing more of it, which are looked up.
    fn batch(&mut self, cliques: &[Clique], rank: &HashMap<u32, u32>, task: &Task) -> Result<(), Cancelled> {
        let place = |row: u32| rank.get(&row).copied().unwrap_or(u32::MAX);
        let mut sides = Sides::new(cliques, place);
        // By side and set, the row of it that has tried.
        let mut tried: HashMap<(usize, u32), u32> = HashMap::new();
        for row in sides.rows() {
            task.check()?;
            let mut own: Vec<usize> = sides.of_row(row).to_vec();
            let root = self.sets.find(row);
            own.retain(|&side| {
                let by = tried.get(&(side, root));
                if let Some(&by) = by {
                    self.custom.union(by, row);
                }
                by.is_none()
            });
            self.try_partners(row, place(row), &own, &mut sides);
            let root = self.sets.find(row);
            tried.extend(own.into_iter().map(|side| ((side, root), row)));
        }
        Ok(())
    }

    /// A row with all smaller ones that these sides link it to, the largest first.
    fn try_partners(&mut self, row: u32, place: u32, own: &[usize], sides: &mut Sides<'_>) {
        let mut partners = sides.partners(own, place);
        let (mut by_guards, mut refused_sets) = (0, HashSet::new());
        while let Some((at, by, other)) = partners.next(sides) {
            self.try_one(row, other, by, &mut by_guards, &mut refused_sets);
            if by_guards < LISTED_REFUSALS {
                continue;
            }
            // Enough refusals are listed; from here on only what can still join is looked for.
            match self.sets.full(row) {
                None => {}
                Some(Full::Records) => return,
                Some(Full::Values { identifier, values }) => {
                    let constraints = self.sets.constraints();
                    let over = self.over_limit.get(identifier).map_or(&[][..], Vec::as_slice);
                    let wanted = Wanted { identifier, values: &values, over };
                    for (_, by, other) in sides.bringing_nothing_else(own, at, &wanted, constraints) {
                        self.try_one(row, other, by, &mut by_guards, &mut refused_sets);
                    }
                    return;
                }
            }
        }
    }

    fn try_one(&mut self, row: u32, other: u32, by: JoinedBy, by_guards: &mut usize, refused_sets: &mut HashSet<u32>) {
        let set = self.sets.find(other);
        if refused_sets.contains(&set) {
            return;
        }
        match self.sets.join_by_rule(row, other) {
            Ok(is_new) => self.note(row, other, by, is_new),
            Err(limit) => {
                refused_sets.insert(set);
                let is_never = matches!(limit, Limit::Never(_));
                *by_guards += usize::from(!is_never);
                if *by_guards <= LISTED_REFUSALS || is_never {
                    self.refuse(RefusedJoin { a: row.min(other), b: row.max(other), by, limit });
                }
            }
        }
    }
}
