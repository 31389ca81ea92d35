//! Where two values differ, character by character, so that a reader's eye is led there.

use std::ops::Range;

/// Values are shown up to so many characters.
const SHOWN: usize = 200;

/// The first characters of a value, with an ellipsis where there are more.
pub fn shortened(value: &str) -> String {
    match value.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", value.get(..end).unwrap_or_default()),
        None => value.to_owned(),
    }
}

/// The characters of each value that are not part of their longest common subsequence, as ranges of places; none where
/// a value is blank, so that there is nothing to compare.
pub fn differences(a: &str, b: &str) -> [Vec<Range<usize>>; 2] {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a == b || a.is_empty() || b.is_empty() {
        return [Vec::new(), Vec::new()];
    }
    if a.len().max(b.len()) > SHOWN + 1 {
        return [vec![Range { start: 0, end: a.len() }], vec![Range { start: 0, end: b.len() }]];
    }
    let width = b.len() + 1;
    // By the beginnings that are left to look at: how long the common subsequence of the rests is.
    let mut common = vec![0_u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            common[i * width + j] = if a[i] == b[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut only_a, mut only_b) = (Vec::new(), Vec::new());
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            (i, j) = (i + 1, j + 1);
        } else if j == b.len() || i < a.len() && common[(i + 1) * width + j] >= common[i * width + j + 1] {
            note(&mut only_a, i);
            i += 1;
        } else {
            note(&mut only_b, j);
            j += 1;
        }
    }
    [only_a, only_b]
}

fn note(ranges: &mut Vec<Range<usize>>, place: usize) {
    match ranges.last_mut() {
        Some(last) if last.end == place => last.end += 1,
        _ => ranges.push(place..place + 1),
    }
}

/// A value with these places in square brackets.
pub fn bracketed(value: &str, ranges: &[Range<usize>]) -> String {
    let mut text = String::new();
    for (place, c) in value.chars().enumerate() {
        if ranges.iter().any(|range| range.start == place) {
            text.push('[');
        }
        text.push(c);
        if ranges.iter().any(|range| range.end == place + 1) {
            text.push(']');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_what_the_other_does_not_have() {
        let shown = |a, b| {
            let [of_a, of_b] = differences(a, b);
            [bracketed(a, &of_a), bracketed(b, &of_b)]
        };
        assert_eq!(shown("kitten", "sitting"), ["[k]itt[e]n", "[s]itt[i]n[g]"]);
        assert_eq!(shown("Ana", "Ana"), ["Ana", "Ana"]);
        assert_eq!(shown("", "Ana"), ["", "Ana"]);
        assert_eq!(shown("José", "Jose"), ["Jos[é]", "Jos[e]"]);
    }

    #[test]
    fn a_long_value_is_shortened_between_characters() {
        let long = "é".repeat(1_000_000);
        let short = shortened(&long);
        assert_eq!(short.chars().count(), SHOWN + 1);
        assert!(differences(&short, "e")[0].len() == 1);
        assert_eq!(shortened("é"), "é");
    }
}
