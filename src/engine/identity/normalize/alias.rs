//! What is odd about a list of aliases. The lookup happens once, so an alias of an alias is not followed.

use hashbrown::{HashMap, HashSet};

/// Values that are aliases of each other in a ring, from the one listed first: each would be compared as the next
/// one, and no two of them would ever be equal. Pairs are (value, same as), compared trimmed; the first entry of a
/// value counts.
pub fn alias_cycle<'a>(aliases: &[(&'a str, &'a str)]) -> Option<Vec<&'a str>> {
    let targets = targets(aliases);
    // The walk that came by: a value met again in the same walk closes a ring, one of an earlier walk leads to none.
    let mut walks: HashMap<&str, usize> = HashMap::new();
    for (walk, (value, _)) in aliases.iter().enumerate() {
        let mut at = value.trim();
        while let Some(&next) = targets.get(at) {
            match walks.get(at) {
                Some(&seen) if seen == walk => return Some(ring(at, &targets)),
                Some(_) => break,
                None => walks.insert(at, walk),
            };
            at = next;
        }
    }
    None
}

/// Aliases of a value that has an alias itself, as (value, same as, same as that): the first is compared as the
/// second, the second as the third, so they differ. Usually the list means them to be the same.
pub fn alias_chains<'a>(aliases: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str, &'a str)> {
    let targets = targets(aliases);
    let (mut chains, mut seen) = (Vec::new(), HashSet::new());
    for (value, _) in aliases {
        let value = value.trim();
        if let Some(&middle) = targets.get(value)
            && let Some(&last) = targets.get(middle)
            && seen.insert(value)
        {
            chains.push((value, middle, last));
        }
    }
    chains
}

/// What each value stands for; one that stands for itself is left out.
fn targets<'a>(aliases: &[(&'a str, &'a str)]) -> HashMap<&'a str, &'a str> {
    let mut targets = HashMap::new();
    for (value, same_as) in aliases {
        targets.entry(value.trim()).or_insert(same_as.trim());
    }
    targets.retain(|value, same_as| value != same_as);
    targets
}

fn ring<'a>(start: &'a str, targets: &HashMap<&'a str, &'a str>) -> Vec<&'a str> {
    let mut ring = vec![start];
    let mut at = start;
    while let Some(&next) = targets.get(at)
        && next != start
    {
        ring.push(next);
        at = next;
    }
    ring
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_is_found_however_it_is_reached() {
        assert_eq!(alias_cycle(&[("a", "b"), ("b", " a")]), Some(vec!["a", "b"]));
        assert_eq!(alias_cycle(&[("x", "a"), ("c", "a"), ("a", "b"), ("b", "c")]), Some(vec!["a", "b", "c"]));
    }

    #[test]
    fn chains_doubles_and_a_value_for_itself_are_no_ring() {
        assert_eq!(alias_cycle(&[]), None);
        assert_eq!(alias_cycle(&[("a", "a"), ("a", "b")]), None);
        assert_eq!(alias_cycle(&[("a", "b"), ("b", "c"), ("c", "d"), ("x", "c")]), None);
        // The second entry of b does not count.
        assert_eq!(alias_cycle(&[("a", "b"), ("b", "c"), ("b", "a")]), None);
    }

    #[test]
    fn a_chain_is_told_with_its_three_values() {
        assert_eq!(alias_chains(&[("a", "b"), ("b", "c"), ("x", "y")]), [("a", "b", "c")]);
        assert_eq!(alias_chains(&[("MSFT", "Microsoft"), ("MS", "Microsoft")]), []);
    }

    #[test]
    fn a_long_list_is_walked_once() {
        let names: Vec<String> = (0..200_000).map(|i| format!("v{i}")).collect();
        let pairs: Vec<(&str, &str)> = names.windows(2).map(|w| (w[0].as_str(), w[1].as_str())).collect();
        assert_eq!(alias_cycle(&pairs), None);
    }
}
