//! Numbers and texts for people.

pub use crate::engine::number::{count, counted, milliseconds, percent};

/// A score with two places; more where they would not tell it from 1.
pub fn score(score: f64) -> String {
    let text = format!("{score:.2}");
    if text == "1.00" && score < 1.0 { format!("{score:.6}") } else { text }
}

/// The first characters of a text on one line.
pub fn one_line(text: &str, limit: usize) -> String {
    let mut line: String = text.chars().take(limit).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(limit).is_some() {
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_to_one_line() {
        assert_eq!(one_line("a\nb", 5), "a b");
        assert_eq!(one_line("abcdef", 3), "abc…");
        assert_eq!(score(0.999_999), "0.999999");
    }
}
