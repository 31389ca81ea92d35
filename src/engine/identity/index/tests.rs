use proptest::prelude::*;

use super::*;
use crate::engine::dictionary::Dictionary;
use crate::engine::identity::similarity::Scratch;
use Comparison::{DamerauLevenshtein, EditDistance, JaroWinkler, TokenSet};

/// The first of `left` and of `right` may have codes in common.
fn assert_complete(measure: Comparison, values: &Dictionary, left: &[u32], right: &[u32]) {
    let (prepared, scratch) = (Prepared::new(measure, values), &mut Scratch::default());
    let index = Index::new(&prepared, right);
    for &a in left {
        let mut found = vec![u32::MAX];
        index.candidates(a, &mut found);
        assert_eq!(found.remove(0), u32::MAX, "what was there stays");
        assert!(found.is_sorted_by(|a, b| a < b) && !found.contains(&a));
        assert!(found.iter().all(|code| right.contains(code)));
        assert!(found.len() as u64 <= index.estimate(a));
        for &b in right.iter().filter(|&&b| b != a && prepared.passes(scratch, a, b).is_some()) {
            assert!(found.contains(&b), "{measure:?}: {:?} and {:?}", values.get(a), values.get(b));
        }
        let mut later = Vec::new();
        index.later_candidates(a, &mut later);
        found.retain(|&b| b > a);
        assert_eq!(later, found);
    }
}

#[test]
fn jaro_winkler_and_low_precisions_ask_for_an_exact_condition() {
    for (measure, possible) in [
        (EditDistance { precision: 60 }, true),
        (EditDistance { precision: 59 }, false),
        (DamerauLevenshtein { precision: 80 }, true),
        (DamerauLevenshtein { precision: 79 }, false),
        (TokenSet { precision: 1 }, true),
        (JaroWinkler { precision: 99 }, false),
        (Comparison::DaysApart { days: 1 }, false),
        (Comparison::Soundex, true),
    ] {
        assert_eq!(measure.can_index().is_ok(), possible, "{measure:?}");
    }
}

#[test]
fn names_give_far_fewer_candidates_than_pairs() {
    let syllables = ["an", "ber", "cor", "dal", "el", "fin", "gar", "hol", "is", "jen", "ka", "lu"];
    let mut values = Dictionary::default();
    for number in 0..3_000_usize {
        let digits = [number % 12, number / 12 % 12, number / 144 % 12, (number * 7 + 3) % 12, number / 31 % 12];
        values.intern(&digits.map(|digit| syllables[digit]).concat());
    }
    let codes: Vec<u32> = (1..values.len() as u32).collect();
    let prepared = Prepared::new(EditDistance { precision: 80 }, &values);
    let index = Index::new(&prepared, &codes);
    let looked_at: u64 = codes.iter().map(|&code| index.estimate(code)).sum();
    assert!(looked_at < (codes.len() * codes.len() / 4) as u64, "{looked_at}");
    let mut found = Vec::new();
    codes.iter().for_each(|&code| index.later_candidates(code, &mut found));
    assert!(found.len() < codes.len() * codes.len() / 100, "{}", found.len());
}

#[test]
fn blanks_and_values_too_long_to_compare_have_no_candidates() {
    let mut values = Dictionary::default();
    let codes = ["", "ab", &"ab ".repeat(10_000)].map(|value| values.intern(value));
    for measure in [EditDistance { precision: 60 }, DamerauLevenshtein { precision: 80 }] {
        let prepared = Prepared::new(measure, &values);
        let index = Index::new(&prepared, &codes);
        let mut found = Vec::new();
        codes.iter().for_each(|&code| index.candidates(code, &mut found));
        assert_eq!((found, index.estimate(codes[0]), index.estimate(codes[2])), (vec![], 0, 0));
        assert_eq!(Index::new(&prepared, &[]).estimate(codes[1]), 0);
    }
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => "[ab]{0,6}",
        3 => "[ab]{5,14}",
        3 => "[a-d ]{4,24}",
        1 => "[aéж🦀 ]{0,14}",
        1 => "[ab]{56,80}",
    ]
}

/// Values and what edits make of them, at any place.
fn family() -> impl Strategy<Value = Vec<String>> {
    let edit = (any::<prop::sample::Index>(), 0..4_u8, "[abcé ]");
    let child = (any::<prop::sample::Index>(), prop::collection::vec(edit, 1..8));
    (prop::collection::vec(value(), 1..6), prop::collection::vec(child, 0..20)).prop_map(|(mut all, children)| {
        for (parent, edits) in children {
            let mut value: Vec<char> = all[parent.index(all.len())].chars().collect();
            for (place, edit, c) in edits {
                let (place, c) = (place.index(value.len() + 1), c.chars().next().unwrap());
                match edit {
                    0 => value.insert(place, c),
                    1 if place < value.len() => value[place] = c,
                    2 if place < value.len() => drop(value.remove(place)),
                    _ if place + 1 < value.len() => value.swap(place, place + 1),
                    _ => {}
                }
            }
            all.push(value.into_iter().collect());
        }
        all
    })
}

proptest! {
    #[test]
    fn no_pair_that_passes_is_lost(all in family(), precision in 1..=99_u8) {
        let mut values = Dictionary::default();
        let mut codes: Vec<u32> = all.iter().map(|value| values.intern(value)).collect();
        codes.sort_unstable();
        codes.dedup();
        let (left, right) = codes.split_at(codes.len() / 3);
        for precision in [precision, precision / 3 + 66] {
            for measure in [
                EditDistance { precision },
                DamerauLevenshtein { precision },
                TokenSet { precision },
                JaroWinkler { precision },
            ] {
                assert_complete(measure, &values, &codes, &codes);
                assert_complete(measure, &values, left, right);
            }
        }
    }
}
