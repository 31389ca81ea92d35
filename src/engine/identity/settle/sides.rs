//! The rows that a row is linked to, one after the other in the order of their keys, without listing all of them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use hashbrown::HashMap;

use super::Clique;
use crate::engine::identity::constraints::Constraints;
use crate::engine::identity::dedup::JoinedBy;

/// A row that others are linked to: its place by primary key, by what, and itself.
pub type Partner = (u32, JoinedBy, u32);

/// Rows with their places, by place.
type Placed = Vec<(u32, u32)>;

/// What can still join a set that is full of an identifier.
pub struct Wanted<'a> {
    pub identifier: usize,
    /// The values that the set has.
    pub values: &'a [u32],
    /// Rows in sets with more values than are allowed.
    pub over: &'a [u32],
}

/// The sides of cliques of one priority and score.
pub struct Sides<'a> {
    cliques: &'a [Clique],
    rows: Vec<Placed>,
    of_row: HashMap<u32, Vec<usize>>,
    /// By side and identifier its rows by value; those without any under `None`.
    by_value: HashMap<(usize, usize), HashMap<Option<u32>, Placed>>,
}

impl<'a> Sides<'a> {
    /// `place` is a row's by primary key, the largest first.
    pub fn new(cliques: &'a [Clique], place: impl Fn(u32) -> u32) -> Self {
        let mut of_row: HashMap<u32, Vec<usize>> = HashMap::new();
        let mut rows = Vec::with_capacity(cliques.len() * 2);
        for side in cliques.iter().flat_map(|clique| &clique.sides) {
            side.iter().for_each(|&row| of_row.entry(row).or_default().push(rows.len()));
            let mut placed: Placed = side.iter().map(|&row| (place(row), row)).collect();
            placed.sort_unstable();
            rows.push(placed);
        }
        Self { cliques, rows, of_row, by_value: HashMap::new() }
    }

    /// Every row, the largest primary key first.
    pub fn rows(&self) -> Vec<u32> {
        let mut rows: Vec<(u32, u32)> = self.rows.iter().flatten().copied().collect();
        rows.sort_unstable();
        rows.dedup();
        rows.into_iter().map(|(_, row)| row).collect()
    }

    pub fn of_row(&self, row: u32) -> &[usize] {
        self.of_row.get(&row).map_or(&[], Vec::as_slice)
    }

    /// The side that the rows of a side are linked to: the other one, or itself where it is the only one.
    fn other(&self, side: usize) -> usize {
        let other = side ^ 1;
        if self.rows[other].is_empty() { side } else { other }
    }

    fn by(&self, side: usize) -> JoinedBy {
        self.cliques[side / 2].by
    }

    /// The rows after a place that these sides are linked to.
    pub fn partners(&self, own: &[usize], place: u32) -> Partners {
        let mut next = BinaryHeap::new();
        for &side in own {
            let others = self.other(side);
            let first = self.rows[others].partition_point(|&(at, _)| at <= place);
            next.extend(self.at(others, first));
        }
        Partners { next }
    }

    fn at(&self, side: usize, position: usize) -> Option<Reverse<(Partner, usize, usize)>> {
        let &(place, row) = self.rows[side].get(position)?;
        Some(Reverse(((place, self.by(side), row), side, position)))
    }

    /// Of the rows after a place that these sides are linked to, those that hold no value of an identifier, or one of
    /// `values`, or that are in a set with more than is allowed already: by place. All others are refused.
    pub fn bringing_nothing_else(
        &mut self,
        own: &[usize],
        place: u32,
        wanted: &Wanted<'_>,
        constraints: &Constraints,
    ) -> Vec<Partner> {
        let &Wanted { identifier, values, over } = wanted;
        let mut partners = Vec::new();
        for &side in own {
            let others = self.other(side);
            let by = self.by(others);
            let rows = &self.rows[others];
            let index = self.by_value.entry((others, identifier)).or_insert_with(|| {
                let mut index: HashMap<Option<u32>, Placed> = HashMap::new();
                for &(place, row) in rows {
                    let held = constraints.values_of(identifier, row);
                    held.iter().for_each(|&value| index.entry(Some(value)).or_default().push((place, row)));
                    if held.is_empty() {
                        index.entry(None).or_default().push((place, row));
                    }
                }
                index
            });
            for wanted in std::iter::once(None).chain(values.iter().copied().map(Some)) {
                let rows = index.get(&wanted).map_or(&[][..], Vec::as_slice);
                let later = rows.partition_point(|&(at, _)| at <= place);
                partners.extend(rows[later..].iter().map(|&(at, row)| (at, by, row)));
            }
            let held = over.iter().filter(|row| self.of_row.get(*row).is_some_and(|sides| sides.contains(&others)));
            let rows = &self.rows[others];
            let placed = held.filter_map(|&row| rows.iter().find(|&&(_, other)| other == row));
            partners.extend(placed.filter(|&&(at, _)| at > place).map(|&(at, row)| (at, by, row)));
        }
        partners.sort_unstable();
        partners.dedup();
        partners
    }
}

/// Rows in the order of their places; a row that several sides hold comes once for each.
pub struct Partners {
    next: BinaryHeap<Reverse<(Partner, usize, usize)>>,
}

impl Partners {
    pub fn next(&mut self, sides: &Sides<'_>) -> Option<Partner> {
        let Reverse((partner, side, position)) = self.next.pop()?;
        self.next.extend(sides.at(side, position + 1));
        Some(partner)
    }
}
