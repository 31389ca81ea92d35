//! Disjoint sets over dense numbers; the root of a set is its smallest member, whatever the order of unions.

/// Disjoint sets of `0..n`.
#[derive(Debug, Clone)]
pub struct UnionFind(Vec<u32>);

impl UnionFind {
    pub fn new(n: usize) -> Self {
        Self((0..n as u32).collect())
    }

    pub fn find(&mut self, mut item: u32) -> u32 {
        // Path halving.
        while self.0[item as usize] != item {
            let grandparent = self.0[self.0[item as usize] as usize];
            self.0[item as usize] = grandparent;
            item = grandparent;
        }
        item
    }

    /// Unites two sets; says whether they were apart.
    pub fn union(&mut self, a: u32, b: u32) -> bool {
        let (a, b) = (self.find(a), self.find(b));
        if a == b {
            return false;
        }
        self.0[a.max(b) as usize] = a.min(b);
        true
    }
}
