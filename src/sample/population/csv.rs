//! Cells of comma-separated text, appended to a row without a detour over strings: there are ten million rows.

use chrono::Datelike;

use crate::engine::calendar;

/// A whole number, with zeros before it up to `digits`.
pub(super) fn push_number(row: &mut Vec<u8>, number: u64, digits: usize) {
    let mut buffer = [b'0'; 20];
    let (mut at, mut rest) = (buffer.len(), number);
    while rest > 0 || buffer.len() - at < digits.clamp(1, buffer.len()) {
        at -= 1;
        buffer[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    row.extend_from_slice(&buffer[at..]);
}

/// `2026-06-30`.
pub(super) fn push_date(row: &mut Vec<u8>, days: i32) {
    let date = calendar::civil(days);
    push_number(row, u64::from(date.year().unsigned_abs()), 4);
    for part in [date.month(), date.day()] {
        row.push(b'-');
        push_number(row, u64::from(part), 2);
    }
}

/// `2026-06-30T23:59:59Z`, of seconds since 1970.
pub(super) fn push_time(row: &mut Vec<u8>, seconds: i64) {
    push_date(row, seconds.div_euclid(86_400) as i32);
    let second = seconds.rem_euclid(86_400) as u64;
    for (before, part) in [(b'T', second / 3_600), (b':', second / 60 % 60), (b':', second % 60)] {
        row.push(before);
        push_number(row, part, 2);
    }
    row.push(b'Z');
}

/// Text, in quotes where it holds a comma.
pub(super) fn push_text(row: &mut Vec<u8>, text: &[u8]) {
    let quoted = text.contains(&b',');
    if quoted {
        row.push(b'"');
    }
    row.extend_from_slice(text);
    if quoted {
        row.push(b'"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(push: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut row = Vec::new();
        push(&mut row);
        String::from_utf8(row).unwrap()
    }

    #[test]
    fn cells_read_as_they_should() {
        assert_eq!(row(|row| push_number(row, 0, 1)), "0");
        assert_eq!(row(|row| push_number(row, 42, 8)), "00000042");
        assert_eq!(row(|row| push_number(row, u64::MAX, 1)), u64::MAX.to_string());
        assert_eq!(row(|row| push_time(row, 86_399)), "1970-01-01T23:59:59Z");
        assert_eq!(row(|row| push_date(row, -10_958)), "1940-01-01");
        assert_eq!(row(|row| push_text(row, b"Roe, Ben")), "\"Roe, Ben\"");
        assert_eq!(row(|row| push_text(row, b"Ben Roe")), "Ben Roe");
    }
}
