//! Texts with placeholders: `{name}`, and `{{` for a brace.

use std::fmt::{Display, Write as _};

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part<'a> {
    Text(&'a str),
    Placeholder(&'a str),
}

/// The parts of a text in order. A brace that begins nothing stands for itself.
pub(super) fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let brace = rest.find(['{', '}']).unwrap_or(rest.len());
        if brace > 0 {
            let (before, after) = rest.split_at(brace);
            rest = after;
            return Some(Part::Text(before));
        }
        let doubled = rest.starts_with("{{") || rest.starts_with("}}");
        let end = if doubled { None } else { rest.strip_prefix('{').and_then(|inside| inside.find('}')) };
        if let Some(end) = end {
            let name = rest.get(1..=end).unwrap_or_default();
            rest = rest.get(end + 2..).unwrap_or_default();
            return Some(Part::Placeholder(name));
        }
        let brace = rest.get(..1).unwrap_or_default();
        rest = rest.get(1 + usize::from(doubled)..).unwrap_or_default();
        Some(Part::Text(brace))
    })
}

/// The names of the placeholders of a text, sorted, each once.
pub(super) fn placeholders(text: &str) -> Vec<&str> {
    let named = parts(text).filter_map(|part| match part {
        Part::Placeholder(name) => Some(name),
        Part::Text(_) => None,
    });
    let mut names: Vec<&str> = named.collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// A text with its placeholders filled; one without a value stays as it is.
pub fn fill(text: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16 * values.len());
    for part in parts(text) {
        match part {
            Part::Text(text) => filled.push_str(text),
            Part::Placeholder(name) => {
                let value = values.iter().find(|(other, _)| *other == name);
                let written = value.map(|(_, value)| write!(filled, "{value}"));
                if !matches!(written, Some(Ok(()))) {
                    filled.extend(["{", name, "}"]);
                }
            }
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_by_name_in_any_order() {
        let values: [(&str, &dyn Display); 2] = [("rows", &3), ("table", &"Loyalty")];
        assert_eq!(fill("{table}: {rows} → {rows}", &values), "Loyalty: 3 → 3");
        assert_eq!(fill("ⓐ{{b}} {other} {", &values), "ⓐ{b} {other} {");
        assert_eq!(fill("", &values), "");
        assert_eq!(placeholders("{b} {a} {{c}} {b}"), ["a", "b"]);
    }
}
