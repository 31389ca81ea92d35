use std::collections::BTreeSet;

use proptest::prelude::*;
use rapidfuzz::distance::{jaro_winkler, osa};

use super::*;
use Comparison::{DamerauLevenshtein, EditDistance, JaroWinkler, TokenSet};

fn near(score: f64, expected: f64) {
    assert!((score - expected).abs() < 5e-7, "{score} is not {expected}");
}

fn measures(precision: u8) -> [Comparison; 4] {
    [EditDistance { precision }, JaroWinkler { precision }, DamerauLevenshtein { precision }, TokenSet { precision }]
}

/// The textbook table, a row for each character.
fn levenshtein_by_table(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let next = (diagonal + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = std::mem::replace(&mut row[j + 1], next);
        }
    }
    row[b.len()]
}

/// The textbook recurrence of the unrestricted distance: a swap may have edits between its two characters.
fn swapped_by_table(a: &[char], b: &[char]) -> usize {
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            let mut least = if i == 0 || j == 0 { i + j } else { usize::MAX };
            if i > 0 && j > 0 {
                least = (table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]))
                    .min(table[i - 1][j] + 1)
                    .min(table[i][j - 1] + 1);
                for k in 1..i {
                    for l in (1..j).filter(|&l| a[k - 1] == b[j - 1] && a[i - 1] == b[l - 1]) {
                        least = least.min(table[k - 1][l - 1] + (i - k - 1) + 1 + (j - l - 1));
                    }
                }
            }
            table[i][j] = least;
        }
    }
    table[a.len()][b.len()]
}

/// Jaro's definition, without bits: each character takes the first free equal one in reach.
fn jaro_by_hand(a: &[char], b: &[char]) -> f64 {
    let reach = (a.len().max(b.len()) / 2).saturating_sub(1);
    let mut taken = vec![false; a.len()];
    let mut of_b = Vec::new();
    for (j, y) in b.iter().enumerate() {
        let near = j.saturating_sub(reach)..(j + reach + 1).min(a.len());
        if let Some(i) = near.into_iter().find(|&i| !taken[i] && a[i] == *y) {
            taken[i] = true;
            of_b.push(*y);
        }
    }
    let of_a = a.iter().zip(&taken).filter(|(_, taken)| **taken).map(|(x, _)| x);
    let out_of_order = of_a.zip(&of_b).filter(|(x, y)| x != y).count() / 2;
    let common = of_b.len() as f64;
    if of_b.is_empty() {
        return 0.0;
    }
    (common / a.len() as f64 + common / b.len() as f64 + (common - out_of_order as f64) / common) / 3.0
}

fn by_definition(measure: Comparison, a: &str, b: &str) -> f64 {
    let (x, y): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let longer = x.len().max(y.len());
    match measure {
        _ if a == b => f64::from(u8::from(!a.is_empty())),
        _ if x.is_empty() || y.is_empty() => 0.0,
        EditDistance { .. } => (longer - levenshtein_by_table(&x, &y)) as f64 / longer as f64,
        DamerauLevenshtein { .. } => (longer - swapped_by_table(&x, &y)) as f64 / longer as f64,
        JaroWinkler { .. } => {
            let jaro = jaro_by_hand(&x, &y);
            let prefix = x.iter().zip(&y).take(4).take_while(|(x, y)| x == y).count();
            if jaro > 0.7 { (prefix as f64 * 0.1).mul_add(1.0 - jaro, jaro) } else { jaro }
        }
        _ => {
            let (a, b): (BTreeSet<&str>, BTreeSet<&str>) =
                (a.split_whitespace().collect(), b.split_whitespace().collect());
            let all = a.union(&b).count();
            if all == 0 { 0.0 } else { a.intersection(&b).count() as f64 / all as f64 }
        }
    }
}

/// Whether a score reaches a percentage: exactly, since no two scores of short texts are so near each other.
fn reaches(measure: Comparison, score: f64, precision: u8) -> bool {
    match measure {
        JaroWinkler { .. } => score >= f64::from(precision) / 100.0,
        _ => score > 0.0 && score * 100.0 >= f64::from(precision) - 1e-9,
    }
}

#[test]
fn edit_distance_scores_as_in_the_product() {
    for (a, b, expected) in [
        ("fred@gmail.com", "fred@gmal.cm", 12.0 / 14.0),
        ("franklin", "frank", 0.625),
        ("Jacqueline", "Jaclyne", 0.6),
        ("robert2020@hotmail.com", "robrt2020@hotmail.cm", 20.0 / 22.0),
        ("Unknown1", "Unkonwn5", 0.625),
        ("Unknown1", "Unknown5", 0.875),
    ] {
        assert_eq!(score(EditDistance { precision: 60 }, a, b), expected);
        assert_eq!(passes(EditDistance { precision: 60 }, a, b), Some(expected));
        assert_eq!(passes(EditDistance { precision: 80 }, a, b), (expected >= 0.8).then_some(expected));
    }
}

#[test]
fn a_score_of_exactly_the_precision_passes() {
    for measure in [|precision| EditDistance { precision }, |precision| DamerauLevenshtein { precision }] {
        // Of a value of 100 characters so many are replaced.
        let (mut values, whole) = (Dictionary::default(), "a".repeat(100));
        let first = values.intern(&whole);
        for precision in 1..=99_u8 {
            let kept = usize::from(precision);
            let exact = values.intern(&(whole[..kept].to_owned() + &"b".repeat(100 - kept)));
            let below = values.intern(&(whole[..kept - 1].to_owned() + &"c".repeat(101 - kept)));
            let prepared = Prepared::new(measure(precision), &values);
            let scratch = &mut Scratch::default();
            assert_eq!(prepared.passes(scratch, first, exact), Some(f64::from(precision) / 100.0));
            assert_eq!(prepared.passes(scratch, first, below), None);
        }
    }
    assert_eq!(passes(TokenSet { precision: 60 }, "a b c d", "b c d e"), Some(0.6));
    assert_eq!(passes(TokenSet { precision: 80 }, "a b c d", "d c b a e"), Some(0.8));
    assert_eq!(passes(TokenSet { precision: 61 }, "a b c d", "b c d e"), None);
}

#[test]
fn jaro_winkler_gives_the_published_scores() {
    let measure = JaroWinkler { precision: 90 };
    for (a, b, expected) in [
        ("martha", "marhta", 0.961_111),
        ("cheeseburger", "cheese fries", 0.866_667),
        ("dixon", "dicksonx", 0.813_333),
        ("SN", "STFN", 0.583_333),
        ("kitten", "sitting", 0.746_032),
    ] {
        near(score(measure, a, b), expected);
        near(score(measure, b, a), expected);
    }
    // Exactly 0.92, where two roundings would stay below.
    assert_eq!(passes(JaroWinkler { precision: 92 }, "abcdefghijklmno", "aXcdefghijklmnY"), Some(0.92));
}

#[test]
fn a_swap_is_one_edit_even_around_an_insertion() {
    let measure = DamerauLevenshtein { precision: 30 };
    assert_eq!(osa::distance("ca".chars(), "abc".chars()), 3);
    assert_eq!(passes(measure, "ca", "abc"), Some(1.0 / 3.0));
    assert_eq!(score(measure, "martha", "marhta"), 5.0 / 6.0);
    assert_eq!(score(EditDistance { precision: 30 }, "martha", "marhta"), 4.0 / 6.0);
}

#[test]
fn words_count_once_whatever_their_order_and_space() {
    let measure = TokenSet { precision: 99 };
    assert_eq!(passes(measure, "Ana Maria Cruz", " Cruz\u{a0}Ana  Maria Ana"), Some(1.0));
    assert_eq!(score(measure, " ", "\t"), 0.0);
}

#[test]
fn a_blank_agrees_with_nothing_and_equal_values_score_one() {
    let mut values = Dictionary::default();
    let code = values.intern("Ana");
    for measure in measures(1) {
        let (prepared, scratch) = (Prepared::new(measure, &values), &mut Scratch::default());
        assert_eq!(prepared.passes(scratch, BLANK, BLANK), None);
        assert_eq!(prepared.passes(scratch, BLANK, code), None);
        assert_eq!(prepared.passes(scratch, code, BLANK), None);
        assert_eq!(prepared.passes(scratch, code, code), Some(1.0));
        assert_eq!((prepared.score(scratch, BLANK, BLANK), prepared.score(scratch, code, code)), (0.0, 1.0));
        assert_eq!((passes(measure, "", ""), passes(measure, "Ana", "Ana")), (None, Some(1.0)));
    }
}

#[test]
fn a_measure_without_degrees_passes_equal_values() {
    let mut values = Dictionary::default();
    let (ana, long) = (values.intern("Ana"), values.intern(&"Ana".repeat(50)));
    let (prepared, scratch) = (Prepared::new(Comparison::Exact, &values), &mut Scratch::default());
    assert_eq!(prepared.passes(scratch, ana, ana), Some(1.0));
    assert_eq!(prepared.passes(scratch, ana, long), None);
    assert_eq!((prepared.score(scratch, ana, long), score(Comparison::Soundex, "Ana", "Anna")), (0.0, 0.0));
}

#[test]
fn values_beyond_the_longest_agree_only_with_themselves() {
    let mut values = Dictionary::default();
    let whole = "ab ".repeat(350_000);
    let text: Vec<u32> = [&whole, &whole[1..], &whole[..LONGEST], &whole[1..LONGEST], &whole[..LONGEST_SWAPPED]]
        .iter()
        .map(|value| values.intern(value))
        .collect();
    for measure in measures(50) {
        let (prepared, scratch) = (Prepared::new(measure, &values), &mut Scratch::default());
        let pass = |scratch: &mut Scratch, a: usize, b: usize| {
            let passes = prepared.passes(scratch, text[a], text[b]);
            assert_eq!(passes, super::passes(measure, values.get(text[a]), values.get(text[b])));
            passes.is_some()
        };
        assert!(pass(scratch, 0, 0));
        let words = matches!(measure, TokenSet { .. });
        assert_eq!(pass(scratch, 0, 1), words);
        assert_eq!(pass(scratch, 2, 3), !matches!(measure, DamerauLevenshtein { .. }));
        assert_eq!(pass(scratch, 0, 4), words);
    }
}

/// Values that are near each other: of few letters, ASCII and not, some long; white space parts words.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[ab ]{0,7}",
        4 => "[a-dA-B ]{1,20}",
        2 => "[aéñж🦀 ]{0,12}",
        1 => "[abc ]{60,70}",
        1 => "[abж ]{60,140}",
        1 => "\\PC{0,20}",
    ]
}

/// A value and another that a few edits make of it.
fn pair() -> impl Strategy<Value = (String, String)> {
    let edits = prop::collection::vec((any::<prop::sample::Index>(), 0..4_u8, "[abé ]"), 0..6);
    prop_oneof![
        (value(), value()),
        (value(), edits).prop_map(|(a, edits)| {
            let mut b: Vec<char> = a.chars().collect();
            for (place, edit, c) in edits {
                let (place, c) = (place.index(b.len() + 1), c.chars().next().unwrap());
                match edit {
                    0 => b.insert(place, c),
                    1 if place < b.len() => b[place] = c,
                    2 if place < b.len() => drop(b.remove(place)),
                    _ if place + 1 < b.len() => b.swap(place, place + 1),
                    _ => {}
                }
            }
            (a, b.into_iter().collect())
        })
    ]
}

proptest! {
    #[test]
    fn all_ways_give_the_score_of_the_definition((a, b) in pair(), precision in 1..=99_u8) {
        let mut values = Dictionary::default();
        let (x, y) = (values.intern(&a), values.intern(&b));
        for measure in measures(precision) {
            // The recurrence takes time with the square of both lengths.
            if matches!(measure, DamerauLevenshtein { .. }) && a.len() + b.len() > 80 {
                continue;
            }
            let (prepared, scratch) = (Prepared::new(measure, &values), &mut Scratch::default());
            let expected = by_definition(measure, &a, &b);
            prop_assert!((0.0..=1.0).contains(&expected));
            let passing = reaches(measure, expected, precision).then_some(expected);
            for (a, b, x, y) in [(&a, &b, x, y), (&b, &a, y, x)] {
                prop_assert_eq!(score(measure, a, b).to_bits(), expected.to_bits(), "{:?}", measure);
                prop_assert_eq!(prepared.score(scratch, x, y).to_bits(), expected.to_bits(), "{:?}", measure);
                prop_assert_eq!(passes(measure, a, b), passing, "{:?}", measure);
                prop_assert_eq!(prepared.passes(scratch, x, y), passing, "{:?}", measure);
            }
        }
        let off = score(JaroWinkler { precision }, &a, &b) - jaro_winkler::similarity(a.chars(), b.chars());
        prop_assert!(a == b || off.abs() < 1e-15);
    }

    #[test]
    fn many_are_compared_as_one_by_one(all in prop::collection::vec(value(), 2..12), precision in 1..=99_u8) {
        let mut values = Dictionary::default();
        let codes: Vec<u32> = all.iter().map(|value| values.intern(value)).collect();
        for measure in measures(precision) {
            let (prepared, scratch) = (Prepared::new(measure, &values), &mut Scratch::default());
            for &code in &codes {
                let mut found = Vec::new();
                prepared.compare_many(scratch, code, &codes, &mut |position, score| found.push((position, score)));
                let one = |(position, &other)| Some((position, prepared.passes(scratch, code, other)?));
                prop_assert_eq!(found, codes.iter().enumerate().filter_map(one).collect::<Vec<_>>());
            }
        }
    }
}
