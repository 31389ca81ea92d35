//! Date patterns in CLDR letters, compiled to steps.

use super::{FRACTION_DIGITS, Step};

/// The steps of a pattern in CLDR letters. The error is a sentence for the analyst.
pub(super) fn compile(pattern: &str) -> Result<Vec<Step>, String> {
    let mut steps = Vec::new();
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        if first == '\'' {
            rest = quoted_literal(&rest[1..], &mut steps)?;
            continue;
        }
        let length = rest.chars().take_while(|&character| character == first).count();
        if first.is_ascii_alphabetic() {
            steps.push(letter_step(first, length)?);
            rest = &rest[length..];
        } else {
            let end = first.len_utf8();
            steps.extend(rest.as_bytes()[..end].iter().map(|&byte| Step::Literal(byte)));
            rest = &rest[end..];
        }
    }
    check(&steps)?;
    Ok(steps)
}

/// The literal after an opening quote; `''` is a quote, inside and outside.
fn quoted_literal<'a>(rest: &'a str, steps: &mut Vec<Step>) -> Result<&'a str, String> {
    if let Some(after) = rest.strip_prefix('\'') {
        steps.push(Step::Literal(b'\''));
        return Ok(after);
    }
    let bytes = rest.as_bytes();
    let mut position = 0;
    while let Some(&byte) = bytes.get(position) {
        if byte != b'\'' {
            steps.push(Step::Literal(byte));
            position += 1;
        } else if bytes.get(position + 1) == Some(&b'\'') {
            steps.push(Step::Literal(b'\''));
            position += 2;
        } else {
            return Ok(&rest[position + 1..]);
        }
    }
    Err(tr!("A single quote is opened and not closed.").to_owned())
}

fn letter_step(letter: char, length: usize) -> Result<Step, String> {
    let padded = length == 2;
    Ok(match (letter, length) {
        ('y', 4) => Step::Year4,
        ('y', 2) => Step::Year2,
        ('M', 1 | 2) => Step::Month { padded },
        ('M', 3 | 4) => Step::MonthName,
        ('d', 1 | 2) => Step::Day { padded },
        ('H', 1 | 2) => Step::Hour24 { padded },
        ('h', 1 | 2) => Step::Hour12 { padded },
        ('m', 1 | 2) => Step::Minute { padded },
        ('s', 1 | 2) => Step::Second { padded },
        ('S', 1) => Step::Fraction(0),
        ('S', 2..=FRACTION_DIGITS) => Step::Fraction(length as u8),
        ('a', 1) => Step::HalfDay,
        ('X', 1..=3) => Step::Zone,
        _ => {
            let run: String = std::iter::repeat_n(letter, length).collect();
            return Err(tr!(
                "`{run}` means nothing here. Use yyyy, MM, dd, HH, mm and ss, and put other letters in single quotes.",
                run
            ));
        }
    })
}

fn check(steps: &[Step]) -> Result<(), String> {
    let count = |wanted: fn(&Step) -> bool| steps.iter().filter(|step| wanted(step)).count();
    let hours24 = count(|step| matches!(step, Step::Hour24 { .. }));
    let hours12 = count(|step| matches!(step, Step::Hour12 { .. }));
    let minutes = count(|step| matches!(step, Step::Minute { .. }));
    let seconds = count(|step| matches!(step, Step::Second { .. }));
    let half_days = count(|step| matches!(step, Step::HalfDay));
    let required = [
        (tr!("a year (yyyy)"), count(|step| matches!(step, Step::Year4 | Step::Year2))),
        (tr!("a month (MM)"), count(|step| matches!(step, Step::Month { .. } | Step::MonthName))),
        (tr!("a day (dd)"), count(|step| matches!(step, Step::Day { .. }))),
    ];
    if let Some((name, _)) = required.iter().find(|(_, count)| *count == 0) {
        return Err(tr!("It lacks {name}.", name));
    }
    let fractions = count(|step| matches!(step, Step::Fraction(_)));
    let zones = count(|step| matches!(step, Step::Zone));
    let once = [hours24 + hours12, minutes, seconds, half_days, fractions, zones];
    if required.iter().any(|(_, count)| *count > 1) || once.iter().any(|&count| count > 1) {
        return Err(tr!("It says one part of the time twice.").to_owned());
    }
    if hours12 != half_days {
        return Err(tr!("Hours of half a day (hh) and the half (a) go together; use HH for 0 to 23.").to_owned());
    }
    if hours24 + hours12 < minutes || minutes < seconds || seconds < fractions {
        return Err(tr!("A smaller part of the time stands without the larger one: minutes need hours.").to_owned());
    }
    Ok(())
}
