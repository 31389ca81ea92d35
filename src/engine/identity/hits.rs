//! What the records of a table find in a higher one by one rule.

use std::cell::OnceCell;
use std::sync::Arc;

use hashbrown::HashSet;

use super::ambiguity::Contenders;
use super::dedup::NO_RECORD;
use super::linking::{ClassLink, Linked, NO_CLASS, RuleLinks};
use super::matching::MatchTable;

/// What a record, or the rows of one class, find together.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    /// The record found, inside its table: of highest score, then of largest primary key.
    pub best: u32,
    /// The customer of all that was found, by its root, or [`SEVERAL`].
    pub root: u32,
    pub score: f64,
}

pub const SEVERAL: u32 = u32::MAX - 1;
const NOTHING: Found = Found { best: NO_RECORD, root: NO_RECORD, score: 0.0 };

impl Found {
    pub fn is_nothing(&self) -> bool {
        self.best == NO_RECORD
    }
}

/// One rule between two tables, with the customers of the higher table as they are when the lower one's turn comes.
pub struct RuleHits<'a> {
    links: Arc<RuleLinks>,
    lower: &'a MatchTable<'a>,
    upper: &'a MatchTable<'a>,
    /// For each record of the higher table its customer, by its root.
    roots: Vec<u32>,
    /// For each record of the higher table the row with its largest primary key.
    largest: &'a [u32],
    contenders: OnceCell<Contenders>,
}

impl<'a> RuleHits<'a> {
    pub fn new(
        links: Arc<RuleLinks>,
        lower: &'a MatchTable<'a>,
        upper: &'a MatchTable<'a>,
        roots: Vec<u32>,
        largest: &'a [u32],
    ) -> Self {
        Self { links, lower, upper, roots, largest, contenders: OnceCell::new() }
    }

    /// What each record of the lower table, winner and alternates, finds.
    pub fn found(&self) -> Vec<Found> {
        let of_class = self.found_by_class();
        let mut found = vec![NOTHING; self.lower.records.len()];
        for (&class, &record) in self.links.lower.iter().zip(&self.lower.records.record_of_row) {
            if class == NO_CLASS || record == NO_RECORD {
                continue;
            }
            if let Some(hit) = of_class.get(class as usize).filter(|hit| !hit.is_nothing()) {
                let slot = &mut found[record as usize];
                *slot = self.both(*slot, *hit);
            }
        }
        found
    }

    fn found_by_class(&self) -> Vec<Found> {
        let mut of_upper = vec![NOTHING; self.links.limit];
        for (&class, &record) in self.links.upper().iter().zip(&self.upper.records.record_of_row) {
            if class != NO_CLASS && record != NO_RECORD {
                let hit = Found { best: record, root: self.roots[record as usize], score: 1.0 };
                let slot = &mut of_upper[class as usize];
                *slot = self.both(*slot, hit);
            }
        }
        match &self.links.linked {
            Linked::Same => of_upper,
            Linked::Listed { links, .. } => {
                let mut of_lower = vec![NOTHING; self.links.limit];
                for link in links {
                    let hit = Found { score: link.score, ..of_upper[link.upper as usize] };
                    if !hit.is_nothing() {
                        let slot = &mut of_lower[link.lower as usize];
                        *slot = self.both(*slot, hit);
                    }
                }
                of_lower
            }
        }
    }

    fn both(&self, a: Found, b: Found) -> Found {
        if a.is_nothing() {
            return b;
        }
        if b.is_nothing() || a.best == b.best && a.root == b.root && a.score >= b.score {
            return a;
        }
        let root = if a.root == b.root { a.root } else { SEVERAL };
        let b_first = b.score.total_cmp(&a.score).then_with(|| self.compare_keys(b.best, a.best)).is_gt();
        let (best, score) = if b_first { (b.best, b.score) } else { (a.best, a.score) };
        Found { best, root, score }
    }

    /// By their largest primary keys, alternates included.
    fn compare_keys(&self, a: u32, b: u32) -> std::cmp::Ordering {
        let (a, b) = (self.largest[a as usize] as usize, self.largest[b as usize] as usize);
        self.upper.primary_key.compare(a, b)
    }

    /// The records of other customers than `own` that a record finds: the first ones by their keys, and how many.
    pub fn others(&self, record: u32, own: u32) -> (Vec<u32>, u32) {
        let mut classes: Vec<u32> = self.classes_found(record).map(|(class, _)| class).collect();
        classes.sort_unstable();
        classes.dedup();
        self.contenders().others(&classes, own)
    }

    pub fn links(&self) -> Arc<RuleLinks> {
        Arc::clone(&self.links)
    }

    /// Marks the rows of the lower table that are themselves linked to the record that theirs is attached to.
    pub fn mark_rows(&self, attached: impl Fn(u32) -> Option<u32>, rows: &mut [bool]) {
        let members = self.links.members_of_upper(&self.upper.records.record_of_row);
        let links_to = |class: u32, record: u32| match &self.links.linked {
            Linked::Same => members.has(class, record),
            Linked::Listed { .. } => self.links.of_lower(class).iter().any(|&(upper, _)| members.has(upper, record)),
        };
        let (mut last, mut marked) = ((NO_CLASS, NO_RECORD), false);
        for ((&class, &record), row) in self.links.lower.iter().zip(&self.lower.records.record_of_row).zip(rows) {
            if class == NO_CLASS || record == NO_RECORD {
                continue;
            }
            let Some(upper) = attached(record) else { continue };
            if last != (class, upper) {
                last = (class, upper);
                marked = links_to(class, upper);
            }
            *row |= marked;
        }
    }

    /// Every record that a record finds with its score, the best first: by score, then by the largest primary key.
    pub fn candidates(&self, record: u32) -> Vec<(u32, f64)> {
        let contenders = self.contenders();
        let mut all: Vec<(u32, f64)> = Vec::new();
        for (class, score) in self.classes_found(record) {
            all.extend(contenders.records(class).into_iter().map(|record| (record, score)));
        }
        all.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        all.dedup_by_key(|(record, _)| *record);
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(contenders.rank(a.0).cmp(&contenders.rank(b.0))));
        all
    }

    fn contenders(&self) -> &Contenders {
        self.contenders.get_or_init(|| {
            Contenders::new(
                self.links.upper(),
                self.links.limit,
                &self.upper.records.record_of_row,
                &self.roots,
                self.rank(),
            )
        })
    }

    /// The classes of the higher table that a record's rows are linked to, with the scores.
    fn classes_found(&self, record: u32) -> impl Iterator<Item = (u32, f64)> {
        let rows = self.lower.records.rows().of(record).iter();
        let mut classes: Vec<u32> = rows.map(|&row| self.links.lower[row as usize]).collect();
        classes.retain(|&class| class != NO_CLASS);
        classes.sort_unstable();
        classes.dedup();
        classes.into_iter().flat_map(|class| self.links.of_lower(class))
    }

    /// For each record of the higher table its place by primary key, the largest first.
    fn rank(&self) -> Vec<u32> {
        let mut records: Vec<u32> = (0..self.upper.records.len() as u32).collect();
        records.sort_unstable_by(|&a, &b| self.compare_keys(b, a).then(a.cmp(&b)));
        let mut rank = vec![0; records.len()];
        for (place, record) in records.into_iter().enumerate() {
            rank[record as usize] = place as u32;
        }
        rank
    }
}

/// Which records of the higher table have a row in a class. Nearly always there is one.
struct UpperMembers {
    /// By class the first record, or [`NO_RECORD`].
    first: Vec<u32>,
    others: HashSet<(u32, u32)>,
}

impl UpperMembers {
    fn has(&self, class: u32, record: u32) -> bool {
        self.first.get(class as usize) == Some(&record) || self.others.contains(&(class, record))
    }
}

impl RuleLinks {
    fn members_of_upper(&self, record_of_row: &[u32]) -> UpperMembers {
        let mut members = UpperMembers { first: vec![NO_RECORD; self.limit], others: HashSet::new() };
        for (&class, &record) in self.upper().iter().zip(record_of_row) {
            if class == NO_CLASS || record == NO_RECORD {
                continue;
            }
            let first = &mut members.first[class as usize];
            if *first == NO_RECORD {
                *first = record;
            } else if *first != record {
                members.others.insert((class, record));
            }
        }
        members
    }

    /// The upper classes that a lower class of a match rule is linked to, with the scores.
    pub fn of_lower(&self, class: u32) -> Vec<(u32, f64)> {
        match &self.linked {
            Linked::Same => vec![(class, 1.0)],
            Linked::Listed { links, .. } => {
                let start = links.partition_point(|link| link.lower < class);
                let own = links[start..].iter().take_while(|link| link.lower == class);
                own.map(|&ClassLink { upper, score, .. }| (upper, score)).collect()
            }
        }
    }
}
