//! Bridges: links by degrees without which a record would fall in two. Where two groups of people were fused by
//! mistake, one such link did it.

use hashbrown::HashMap;

use super::coding::NO_CODE;
use super::dedup::ScoredLink;
use super::union_find::UnionFind;
use crate::engine::column::NO_ROW;

/// Unites rows of one primary key: that joins them whatever links do.
pub fn unite_equal(sets: &mut UnionFind, keys: &[u32], has_key: &[bool], limit: usize) {
    let mut first = vec![NO_ROW; limit];
    for (row, &key) in keys.iter().enumerate() {
        if key == NO_CODE || !has_key[row] {
            continue;
        }
        let first = &mut first[key as usize];
        if *first == NO_ROW {
            *first = row as u32;
        } else {
            sets.union(*first, row as u32);
        }
    }
}

/// Marks the bridges among links; `solid` are the sets that hold together without any of them.
///
/// Tarjan's bridge finding (1974) over the graph whose nodes are the solid sets, without recursion: a chain may be
/// long. Two links between the same sets are no bridges.
pub fn mark(solid: &mut UnionFind, links: &mut [ScoredLink]) {
    let mut number: HashMap<u32, u32> = HashMap::new();
    let mut edges: Vec<(u32, u32)> = Vec::with_capacity(links.len());
    for link in links.iter() {
        let mut node = |row: u32| {
            let next = number.len() as u32;
            *number.entry(solid.find(row)).or_insert(next)
        };
        edges.push((node(link.a), node(link.b)));
    }
    for (link, is_bridge) in links.iter_mut().zip(bridges(number.len(), &edges)) {
        link.is_bridge = is_bridge;
    }
}

/// For each edge of a multigraph whether it is a bridge.
fn bridges(nodes: usize, edges: &[(u32, u32)]) -> Vec<bool> {
    const UNSEEN: u32 = u32::MAX;
    let mut incident: Vec<Vec<u32>> = vec![Vec::new(); nodes];
    for (edge, &(a, b)) in edges.iter().enumerate() {
        if a != b {
            incident[a as usize].push(edge as u32);
            incident[b as usize].push(edge as u32);
        }
    }
    let mut is_bridge = vec![false; edges.len()];
    // When a node was reached, and the earliest node that it reaches without the edge it came by.
    let (mut reached, mut lowest) = (vec![UNSEEN; nodes], vec![UNSEEN; nodes]);
    let mut time = 0;
    for root in 0..nodes as u32 {
        if reached[root as usize] != UNSEEN {
            continue;
        }
        // Node, the edge it was reached by, and the next of its edges to follow.
        let mut path: Vec<(u32, u32, usize)> = vec![(root, UNSEEN, 0)];
        (reached[root as usize], lowest[root as usize]) = (time, time);
        time += 1;
        while let Some(&mut (node, by, ref mut next)) = path.last_mut() {
            let Some(&edge) = incident[node as usize].get(*next) else {
                path.pop();
                if let Some(&(parent, _, _)) = path.last() {
                    lowest[parent as usize] = lowest[parent as usize].min(lowest[node as usize]);
                    is_bridge[by as usize] = lowest[node as usize] > reached[parent as usize];
                }
                continue;
            };
            *next += 1;
            if edge == by {
                continue;
            }
            let (a, b) = edges[edge as usize];
            let other = if a == node { b } else { a };
            if reached[other as usize] == UNSEEN {
                (reached[other as usize], lowest[other as usize]) = (time, time);
                time += 1;
                path.push((other, edge, 0));
            } else {
                lowest[node as usize] = lowest[node as usize].min(reached[other as usize]);
            }
        }
    }
    is_bridge
}

#[cfg(test)]
mod tests {
    use super::bridges;

    #[test]
    fn an_edge_is_a_bridge_where_nothing_else_connects_its_ends() {
        // Two triangles joined by one edge, a double edge, and a loop.
        let edges = [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 5), (5, 3), (6, 7), (7, 6), (8, 8), (8, 9)];
        let expected = [false, false, false, true, false, false, false, false, false, false, true];
        assert_eq!(bridges(10, &edges), expected);
    }

    #[test]
    fn a_long_chain_is_bridges_only() {
        let edges: Vec<(u32, u32)> = (0..100_000).map(|node| (node, node + 1)).collect();
        assert!(bridges(100_001, &edges).into_iter().all(|is_bridge| is_bridge));
    }
}
