//! Numbers and texts for people.

/// `1234567` as `1,234,567`.
pub fn count(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `part` of `whole` as `33.4 %`, held together on one line; a dash where there is no whole.
pub fn percent(part: u64, whole: u64) -> String {
    if whole == 0 { "–".to_owned() } else { format!("{:.1}\u{a0}%", part as f64 * 100.0 / whole as f64) }
}

/// `1 row`, `2 rows`.
pub fn counted(value: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(value), if value == 1 { one } else { many })
}

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

/// A time as people tell it, by the clock of this machine: `12:04` today, with the date before. What is no time stays
/// as it is.
pub fn moment(time: &str) -> String {
    let Ok(time) = chrono::DateTime::parse_from_rfc3339(time) else { return time.to_owned() };
    let (time, today) = (time.with_timezone(&chrono::Local), chrono::Local::now().date_naive());
    let clock = time.format("%H:%M");
    match (today - time.date_naive()).num_days() {
        0 => clock.to_string(),
        1 => format!("yesterday {clock}"),
        _ => time.format("%Y-%m-%d %H:%M").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_thousands_separators() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(1_000), "1,000");
        assert_eq!(count(1_234_567), "1,234,567");
        assert_eq!(counted(1, "row", "rows"), "1 row");
    }

    #[test]
    fn a_moment_is_told_from_today() {
        let now = chrono::Local::now();
        assert_eq!(moment(&now.to_rfc3339()), now.format("%H:%M").to_string());
        let long_ago = now - chrono::Duration::days(40);
        assert_eq!(moment(&long_ago.to_rfc3339()), long_ago.format("%Y-%m-%d %H:%M").to_string());
        assert_eq!(moment("soon"), "soon");
    }

    #[test]
    fn a_share_of_nothing_is_a_dash() {
        assert_eq!(percent(1, 4), "25.0\u{a0}%");
        assert_eq!(percent(0, 0), "–");
    }
}
