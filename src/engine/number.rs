//! Numbers for people.

pub use crate::text::count;

/// `part` of `whole` as `33.4 %`, held together on one line; a dash where there is no whole. Only nothing is `0.0 %`
/// and only all of it `100.0 %`: what would be rounded to them is `<0.1 %` and `>99.9 %`.
pub fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    let share = format!("{:.1}", part as f64 * 100.0 / whole as f64);
    let share = match share.as_str() {
        "0.0" if part > 0 => "<0.1",
        "100.0" if part < whole => ">99.9",
        share => share,
    };
    format!("{share}\u{a0}%")
}

/// `1 row`, `2 rows`.
pub fn counted(value: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(value), if value == 1 { one } else { many })
}

/// `85 ms`, `3.2 s`, `2 min 5 s`.
pub fn milliseconds(ms: u64) -> String {
    match ms {
        0 => tr!("under 1 ms").to_owned(),
        1..1_000 => tr!("{ms} ms", ms),
        1_000..60_000 => tr!("{_000} s", _000 = format_args!("{:.1}", ms as f64 / 1_000.0)),
        _ => tr!("{_000} min {_000_2} s", _000 = ms / 60_000, _000_2 = ms / 1_000 % 60),
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
    fn a_share_of_nothing_is_a_dash() {
        assert_eq!(percent(1, 4), "25.0\u{a0}%");
        assert_eq!(percent(0, 0), "–");
        assert_eq!(
            [(0, 9), (1, 9_999), (9_998, 9_999), (9, 9)].map(|(part, whole)| percent(part, whole)),
            ["0.0\u{a0}%", "<0.1\u{a0}%", ">99.9\u{a0}%", "100.0\u{a0}%"]
        );
    }

    #[test]
    fn times_are_worded() {
        assert_eq!([0, 85, 3_200, 125_000].map(milliseconds), ["under 1 ms", "85 ms", "3.2 s", "2 min 5 s"]);
    }
}
