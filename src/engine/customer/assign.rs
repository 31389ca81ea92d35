//! Which customer keeps which id of the run before (semantics 1.6).
//!
//! An id of before goes with the highest-ranked of its keys that are still there: by match order, then by the larger
//! key. Where several ids come together in one customer, it keeps that of the member highest in match order, then the
//! oldest; the others lead to it from now on. A customer that no id goes with gets a new one, never used before. Keys
//! new in a run have no id to keep, so what they do cannot move one.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::Arc;

use hashbrown::{HashMap, HashSet};

use super::customer_id::{customer_id, further_customer_id};
use super::id_map::{IdMap, NO_ID};
use crate::engine::column::{NO_ROW, TextColumn};
use crate::engine::dictionary::{BLANK, Dictionary};
use crate::engine::identity::dedup::NO_RECORD;
use crate::engine::identity::matching::{MatchTable, Matching};
use crate::engine::identity::membership::{Membership, NO_CUSTOMER};
use crate::task::{Cancelled, Task};

/// The ids of a run's customers, and where they come from.
#[derive(Debug, Clone, Default)]
pub struct Assigned {
    /// CustomerId, one a customer.
    pub ids: TextColumn,
    /// PreviousCustomerId, one a customer: ids joined by `;`.
    pub previous: TextColumn,
    /// For each customer the id of the run before that it goes on from, by its code in the map, or [`NO_ID`].
    pub kept: Vec<u32>,
    /// Ids, by their codes, that a customer took in, by customer and rank.
    pub absorbed: Vec<(u32, u32)>,
    /// Ids that a customer without an old one left, by customer and rank: they live on in others.
    pub left: Vec<(u32, u32)>,
    /// Ids of others that a customer with one of its own has keys of now, by customer and rank.
    pub moved: Vec<(u32, u32)>,
}

/// What the assignment reads.
pub struct Assignment<'a> {
    pub tables: &'a [MatchTable<'a>],
    pub matching: &'a Matching,
    pub membership: &'a Membership,
    pub map: &'a IdMap,
    /// For each customer the id made of values, where ids are made so and it has one.
    pub custom: Option<&'a [Option<String>]>,
}

impl Assignment<'_> {
    pub fn run(&self, task: &Task) -> Result<Assigned, Cancelled> {
        let customers = self.membership.len();
        let mut claims = Claims { kept: vec![NO_ID; customers], ..Claims::default() };
        if !self.map.is_empty() {
            claims = self.claims(task)?;
        }
        let custom = self.custom_ids();
        if let Some(custom) = &custom {
            claims.give_way(custom, self.map);
        }
        task.check()?;
        claims.absorbed.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| self.rank_of(a.1, b.1, &claims.best)));
        claims.left.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| self.rank_of(a.1, b.1, &claims.best)));
        claims.left.dedup();
        claims.moved.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| self.rank_of(a.1, b.1, &claims.best)));
        claims.moved.dedup();
        let ids = self.ids(&claims.kept, custom.as_ref());
        let previous = self.previous(&claims, &ids);
        let Claims { kept, absorbed, left, moved, .. } = claims;
        Ok(Assigned { ids, previous, kept, absorbed, left, moved })
    }

    /// Which customer each id of before goes with.
    fn claims(&self, task: &Task) -> Result<Claims, Cancelled> {
        let mut best = vec![Best::default(); self.map.len()];
        let mut all: Vec<(u32, u32)> = Vec::new();
        for (place, table) in self.tables.iter().enumerate() {
            task.check()?;
            let Some(known) = self.map.table(table.id) else { continue };
            let text = table.primary_key.to_text();
            let mut id_of_code: Vec<u32> = text.dictionary.iter().map(|(_, key)| known.id_of(key)).collect();
            for (row, (&code, &record)) in text.codes.iter().zip(&table.records.record_of_row).enumerate() {
                // Once a key: rows of one key are one record.
                let id = std::mem::replace(&mut id_of_code[code as usize], NO_ID);
                if id == NO_ID || code == BLANK || record == NO_RECORD {
                    continue;
                }
                let record = self.matching.offsets[place] + record;
                let customer = self.membership.customer_of_record[record as usize];
                if customer == NO_CUSTOMER {
                    continue;
                }
                let id = self.map.now(id);
                all.push((id, customer));
                let claim = Best { place: place as u16, row: row as u32, customer };
                let slot = &mut best[id as usize];
                if slot.row == NO_ROW || self.is_higher(claim, *slot) {
                    *slot = claim;
                }
            }
        }
        task.check()?;
        let mut claims = Claims { kept: vec![NO_ID; self.membership.len()], best, ..Claims::default() };
        for id in 1..claims.best.len() as u32 {
            let Best { row, customer, .. } = claims.best[id as usize];
            if row == NO_ROW {
                continue;
            }
            let kept = claims.kept[customer as usize];
            if kept == NO_ID {
                claims.kept[customer as usize] = id;
            } else if self.rank_of(id, kept, &claims.best).is_lt() {
                claims.kept[customer as usize] = id;
                claims.absorbed.push((customer, kept));
            } else {
                claims.absorbed.push((customer, id));
            }
        }
        // An id that went elsewhere is what a customer without one comes from.
        for (id, customer) in all.into_iter().filter(|&(id, customer)| claims.best[id as usize].customer != customer) {
            let has_none = claims.kept[customer as usize] == NO_ID;
            if has_none { &mut claims.left } else { &mut claims.moved }.push((customer, id));
        }
        Ok(claims)
    }

    fn is_higher(&self, a: Best, b: Best) -> bool {
        let by_key = || self.tables[a.place as usize].primary_key.compare(a.row as usize, b.row as usize).is_gt();
        a.place < b.place || a.place == b.place && by_key()
    }

    /// Which of two ids goes first: by its highest record's table, then by age, then by key.
    fn rank_of(&self, a: u32, b: u32, best: &[Best]) -> Ordering {
        let (of_a, of_b) = (best[a as usize], best[b as usize]);
        let by_key = || {
            if of_a.place != of_b.place || of_a.row == NO_ROW || of_b.row == NO_ROW {
                return Ordering::Equal;
            }
            let key = self.tables[of_a.place as usize].primary_key;
            key.compare(of_b.row as usize, of_a.row as usize)
        };
        let by_age = self.map.first_run(a).cmp(&self.map.first_run(b));
        of_a.place.cmp(&of_b.place).then(by_age).then_with(by_key).then(a.cmp(&b))
    }

    /// The ids made of values by customer; of customers with equal values the first has the id.
    fn custom_ids(&self) -> Option<HashMap<u32, &str>> {
        let mut taken: HashSet<&str> = HashSet::new();
        let with_value = self.custom?.iter().enumerate().filter_map(|(customer, id)| Some((customer, id.as_deref()?)));
        let first = with_value.filter(|(_, id)| taken.insert(id));
        Some(first.map(|(customer, id)| (customer as u32, id)).collect())
    }

    fn ids(&self, kept: &[u32], custom: Option<&HashMap<u32, &str>>) -> TextColumn {
        let ids = kept.iter().enumerate().map(|(customer, &kept)| {
            if let Some(id) = custom.and_then(|custom| custom.get(&(customer as u32))) {
                return Cow::Borrowed(*id);
            }
            if kept != NO_ID {
                return Cow::Borrowed(self.map.id(kept));
            }
            Cow::Owned(self.new_id(customer))
        });
        let dictionary = Dictionary::from_distinct(ids);
        TextColumn { codes: (1..dictionary.len() as u32).collect(), dictionary: Arc::new(dictionary) }
    }

    /// An id that no customer has or had: that of the highest record, or a further one of it. No two customers have one
    /// highest record, so new ids differ from each other.
    fn new_id(&self, customer: usize) -> String {
        let record = self.membership.highest[customer];
        let place = self.matching.table_of(record);
        let table = &self.tables[place];
        let row = table.records.winners[(record - self.matching.offsets[place]) as usize];
        let key = table.primary_key.text(row as usize);
        let is_free = |id: &String| !self.map.has(id);
        let further = (1..).map(|number| further_customer_id(table.id, &key, number));
        let mut ids = std::iter::once(customer_id(table.id, &key)).chain(further);
        ids.find(is_free).unwrap_or_default()
    }

    fn previous(&self, claims: &Claims, ids: &TextColumn) -> TextColumn {
        let mut lists: HashMap<u32, Vec<u32>> = HashMap::new();
        let mut add = |customer: u32, id: u32| {
            let list = lists.entry(customer).or_default();
            let before = self.map.previous(id).iter().copied();
            for id in std::iter::once(id).chain(before) {
                if !list.contains(&id) {
                    list.push(id);
                }
            }
        };
        // What a customer has been stays in the order it came; then what it took in, then what it left.
        if self.map.has_previous() {
            for (customer, &kept) in claims.kept.iter().enumerate() {
                if kept != NO_ID && !self.map.previous(kept).is_empty() {
                    add(customer as u32, kept);
                }
            }
        }
        claims.absorbed.iter().for_each(|&(customer, id)| add(customer, id));
        for &(customer, id) in &claims.left {
            let list = lists.entry(customer).or_default();
            if !list.contains(&id) {
                list.push(id);
            }
        }
        let mut dictionary = Dictionary::default();
        let codes = (0..claims.kept.len() as u32).map(|customer| {
            let Some(list) = lists.get(&customer) else { return BLANK };
            let own = ids.get(customer as usize);
            let names: Vec<&str> = list.iter().map(|&id| self.map.id(id)).filter(|&id| id != own).collect();
            dictionary.intern(&names.join(";"))
        });
        let codes = codes.collect();
        TextColumn { codes, dictionary: Arc::new(dictionary) }
    }
}

/// The highest-ranked key of an id of before among those still there.
#[derive(Clone, Copy)]
struct Best {
    place: u16,
    /// [`NO_ROW`]: none is there.
    row: u32,
    customer: u32,
}

impl Default for Best {
    fn default() -> Self {
        Self { place: u16::MAX, row: NO_ROW, customer: NO_CUSTOMER }
    }
}

#[derive(Default)]
struct Claims {
    kept: Vec<u32>,
    absorbed: Vec<(u32, u32)>,
    left: Vec<(u32, u32)>,
    moved: Vec<(u32, u32)>,
    best: Vec<Best>,
}

impl Claims {
    /// Ids made of values go before ids of before: a customer whose id another one has now by its values goes without,
    /// and one that has an id by its values takes in the one it kept.
    fn give_way(&mut self, custom: &HashMap<u32, &str>, map: &IdMap) {
        let by_values: HashSet<&str> = custom.values().copied().collect();
        for (customer, kept) in self.kept.iter_mut().enumerate() {
            if *kept == NO_ID {
                continue;
            }
            let customer = customer as u32;
            let id = map.id(*kept);
            match custom.get(&customer) {
                Some(own) if *own == id => {}
                _ if by_values.contains(id) => {
                    self.left.push((customer, *kept));
                    *kept = NO_ID;
                }
                Some(_) => self.absorbed.push((customer, *kept)),
                None => {}
            }
        }
    }
}
