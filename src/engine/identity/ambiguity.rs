//! What else a key finds in the higher table: for the list of ambiguous matches.
//!
//! A hot value may be shared by many thousand records on both sides, so what a key finds is put in order once and not
//! for each record that asks.

use std::cell::RefCell;
use std::rc::Rc;

use hashbrown::HashMap;

use super::coding::NO_CODE;
use super::dedup::NO_RECORD;
use crate::engine::groups::Groups;

/// So many of the records not chosen are listed with an ambiguous match.
pub const LISTED: usize = 10;
/// Up to so many hits of several keys the records are counted exactly; beyond, by the key that finds most.
const COUNTED: usize = 10_000;

/// The records of the higher table that each key finds.
pub struct Contenders {
    /// By key its records, maybe more than once.
    records: Groups,
    /// For each record of the higher table its customer, by its root.
    roots: Vec<u32>,
    /// For each record of the higher table its place by primary key, the largest first.
    rank: Vec<u32>,
    of_key: RefCell<HashMap<u32, Rc<Found>>>,
}

/// What one key finds.
struct Found {
    /// Every record, once.
    records: Vec<u32>,
    of_root: HashMap<u32, u32>,
    /// The records with the largest keys, at most [`LISTED`] of one customer, and twice as many in all: enough to
    /// list those of others than any one customer.
    first: Vec<u32>,
}

impl Contenders {
    /// `keys` are those of the higher table's rows, all below `limit`; `roots` and `rank` are by record.
    pub fn new(keys: &[u32], limit: usize, record_of_row: &[u32], roots: &[u32], rank: Vec<u32>) -> Self {
        let mut records = Groups::by_number(keys, limit);
        records.items.iter_mut().for_each(|item| *item = record_of_row[*item as usize]);
        Self { records, roots: roots.to_vec(), rank, of_key: RefCell::default() }
    }

    /// A record's place by primary key, the largest first.
    pub fn rank(&self, record: u32) -> u32 {
        self.rank[record as usize]
    }

    /// The records that a key finds, once each, the largest primary keys first.
    pub fn records(&self, key: u32) -> Vec<u32> {
        if key == NO_CODE || key as usize >= self.records.len() {
            return Vec::new();
        }
        self.find(key).records.clone()
    }

    /// The records of other customers than `own` that these keys find: the first ones by their keys, and how many.
    pub fn others(&self, keys: &[u32], own: u32) -> (Vec<u32>, u32) {
        let mut keys: Vec<u32> =
            keys.iter().copied().filter(|&key| key != NO_CODE && (key as usize) < self.records.len()).collect();
        keys.sort_unstable();
        keys.dedup();
        let found: Vec<Rc<Found>> = keys.iter().map(|&key| self.find(key)).collect();
        let mut first: Vec<u32> =
            found.iter().flat_map(|found| &found.first).copied().filter(|&record| self.root(record) != own).collect();
        first.sort_unstable_by_key(|&record| self.rank[record as usize]);
        first.dedup();
        first.truncate(LISTED);
        (first, self.count(&found, own))
    }

    fn count(&self, found: &[Rc<Found>], own: u32) -> u32 {
        let of_one = |found: &Found| found.records.len() as u32 - found.of_root.get(&own).copied().unwrap_or(0);
        let total: usize = found.iter().map(|found| found.records.len()).sum();
        if found.len() == 1 || total > COUNTED {
            return found.iter().map(|found| of_one(found)).max().unwrap_or(0);
        }
        let mut all: Vec<u32> =
            found.iter().flat_map(|found| &found.records).copied().filter(|&record| self.root(record) != own).collect();
        all.sort_unstable();
        all.dedup();
        all.len() as u32
    }

    fn root(&self, record: u32) -> u32 {
        self.roots[record as usize]
    }

    fn find(&self, key: u32) -> Rc<Found> {
        if let Some(found) = self.of_key.borrow().get(&key) {
            return Rc::clone(found);
        }
        let mut records: Vec<u32> =
            self.records.of(key).iter().copied().filter(|&record| record != NO_RECORD).collect();
        records.sort_unstable_by_key(|&record| self.rank[record as usize]);
        records.dedup();
        let mut of_root: HashMap<u32, u32> = HashMap::new();
        let mut first = Vec::new();
        for &record in &records {
            let of_root = of_root.entry(self.root(record)).or_default();
            *of_root += 1;
            if *of_root as usize <= LISTED && first.len() < 2 * LISTED {
                first.push(record);
            }
        }
        let found = Rc::new(Found { records, of_root, first });
        self.of_key.borrow_mut().insert(key, Rc::clone(&found));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hot_value_lists_the_largest_keys_of_other_customers_and_counts_all() {
        let count = 5_000_u32;
        let (keys, records): (Vec<u32>, Vec<u32>) = (vec![1; count as usize], (0..count).collect());
        // Record 0 has the largest key; records 0 to 99 are one customer.
        let roots: Vec<u32> = records.iter().map(|&record| if record < 100 { 0 } else { record }).collect();
        let contenders = Contenders::new(&keys, 2, &records, &roots, records.clone());
        assert_eq!(contenders.others(&[1], 0), ((100..110).collect(), count - 100));
        let (first, others) = contenders.others(&[1, 1, NO_CODE], 200);
        assert_eq!((first, others), ((0..10).collect(), count - 1));
    }

    #[test]
    fn records_that_several_keys_find_count_once() {
        let records = [0, 1, 1, 2];
        let contenders = Contenders::new(&[1, 1, 2, 2], 3, &records, &[0, 1, 2], vec![2, 1, 0]);
        assert_eq!(contenders.others(&[1, 2], 9), (vec![2, 1, 0], 3));
        assert_eq!(contenders.others(&[2], 2), (vec![1], 1));
    }
}
