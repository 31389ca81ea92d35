//! Numbers and texts for people.

pub use crate::engine::number::{count, counted, milliseconds, percent};

/// A score with two places; more where they would not tell it from 1.
pub fn score(score: f64) -> String {
    let text = format!("{score:.2}");
    if text == "1.00" && score < 1.0 { format!("{score:.6}") } else { text }
}

/// The digits of a number in groups: `-1234567.25` as `-1,234,567.25`. Text that is no plain number stays.
pub fn grouped(number: &str) -> String {
    let start = usize::from(number.starts_with('-'));
    let end = number[start..].find(|c: char| !c.is_ascii_digit()).map_or(number.len(), |end| start + end);
    let rest = &number[end..];
    let is_plain = end > start && rest.strip_prefix('.').unwrap_or(rest).bytes().all(|digit| digit.is_ascii_digit());
    match number[start..end].parse::<u64>() {
        Ok(whole) if is_plain => format!("{}{}{rest}", &number[..start], count(whole)),
        _ => number.to_owned(),
    }
}

/// A number with at most four places after the point, and separators.
pub fn number(value: f64) -> String {
    let text = format!("{value:.4}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    grouped(if text == "-0" { "0" } else { text })
}

/// The first characters of a text, with … where there are more.
pub fn first(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The first characters of a text on one line.
pub fn one_line(text: &str, limit: usize) -> String {
    let mut line: String = text.chars().take(limit).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(limit).is_some() {
        line.push('…');
    }
    line
}

/// What a stage of a run is called: files have it in English, such as `Load Web`.
pub fn stage(name: &str) -> String {
    let said = |what: &str| match what {
        "Load" => Some(tr!("Load")),
        "Deduplicate" => Some(tr!("Deduplicate")),
        "Match" => Some(tr!("Match")),
        "Merge" => Some(tr!("Merge")),
        "Activity" => Some(tr!("Activity")),
        "Segment" => Some(tr!("Segment")),
        "Write" => Some(tr!("Write")),
        _ => None,
    };
    match name.split_once(' ') {
        Some((what, of)) => said(what).map_or_else(|| name.to_owned(), |what| format!("{what} {of}")),
        None => said(name).unwrap_or(name).to_owned(),
    }
}

/// A time as people tell it, by the clock of this machine: `12:04` today, with the date before. What is no time stays
/// as it is.
pub fn moment(time: &str) -> String {
    let Ok(time) = chrono::DateTime::parse_from_rfc3339(time) else { return time.to_owned() };
    let (time, today) = (time.with_timezone(&chrono::Local), chrono::Local::now().date_naive());
    let clock = time.format("%H:%M");
    match (today - time.date_naive()).num_days() {
        0 => clock.to_string(),
        1 => tr!("yesterday {clock}", clock),
        _ => time.format("%Y-%m-%d %H:%M").to_string(),
    }
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

    #[test]
    fn numbers_are_grouped_before_the_point_only() {
        for (number, shown) in [
            ("1234567", "1,234,567"),
            ("-1234.56789", "-1,234.56789"),
            ("0.5", "0.5"),
            ("inf", "inf"),
            ("1e300", "1e300"),
            ("99999999999999999999999", "99999999999999999999999"),
            ("", ""),
            ("-", "-"),
        ] {
            assert_eq!(grouped(number), shown);
        }
        assert_eq!(
            (number(1234.5), number(2.0 / 3.0), number(-0.00001)),
            ("1,234.5".into(), "0.6667".into(), "0".into())
        );
    }

    #[test]
    fn a_moment_is_told_from_today() {
        let now = chrono::Local::now();
        assert_eq!(moment(&now.to_rfc3339()), now.format("%H:%M").to_string());
        let long_ago = now - chrono::Duration::days(40);
        assert_eq!(moment(&long_ago.to_rfc3339()), long_ago.format("%Y-%m-%d %H:%M").to_string());
        assert_eq!(moment("soon"), "soon");
    }
}
