//! Values as cells show them: on one line, numbers with separators, and how wide that is.

use std::borrow::Cow;
use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{Color32, FontId, Galley, Painter};

use crate::engine::calendar::MICROS_PER_DAY;
use crate::engine::column::{BLANK_INTEGER, Column};
use crate::engine::ingest::name_words;
use crate::engine::table::NamedColumn;
use crate::ui::widgets::{direction, text};

/// Characters of a value that a cell shows at most.
const CELL_CHARACTERS: usize = 200;
/// Rows looked at to guess a width.
pub const LOOKED_AT: usize = 30;
/// Room beside the text of a cell, left and right.
pub const PADDING: f32 = 6.0;
/// Stands for a line break inside a value.
const LINE_BREAK: &str = "↵";
const TAB: &str = "⇥";

/// Words in a column's name that say it holds names of things, not amounts.
const NAMING: [&str; 17] = [
    "id", "key", "code", "no", "nr", "num", "number", "zip", "postal", "postcode", "phone", "mobile", "fax", "year",
    "account", "index", "row",
];

/// How a column's values are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As they are.
    Plain,
    /// With thousands separators.
    Quantity,
    /// Times that are all midnight: without it.
    Day,
}

impl Form {
    pub fn of(column: &NamedColumn, keys: &[&str]) -> Self {
        match &column.data {
            Column::Datetime(times) if is_midnight(times) => Self::Day,
            _ if is_quantity(column, keys) => Self::Quantity,
            _ => Self::Plain,
        }
    }
}

/// Whether no time of the day says anything. Of most columns the first value tells.
fn is_midnight(times: &[i64]) -> bool {
    let mut filled = times.iter().filter(|&&time| time != BLANK_INTEGER).peekable();
    filled.peek().is_some() && filled.all(|time| time.rem_euclid(MICROS_PER_DAY) == 0)
}

/// Whether a column's whole numbers are amounts; ids of digits only are not.
fn is_quantity(column: &NamedColumn, keys: &[&str]) -> bool {
    match column.data {
        Column::Number(_) => true,
        Column::Integer(_) => {
            !keys.contains(&column.name.as_str())
                && !name_words(&column.name).iter().any(|word| NAMING.contains(&&**word))
        }
        _ => false,
    }
}

/// Whether values stand at the right edge of their cells.
pub fn is_right(column: &Column) -> bool {
    matches!(column, Column::Integer(_) | Column::Number(_))
}

/// A value as a cell shows it.
pub fn shown(column: &Column, row: usize, form: Form) -> Cow<'_, str> {
    let value = column.text(row);
    match form {
        Form::Plain => value,
        Form::Quantity => Cow::Owned(text::grouped(&value)),
        Form::Day => Cow::Owned(value.split([' ', 'T']).next().unwrap_or_default().to_owned()),
    }
}

/// A value on one line of this width at most: cut with … where it is longer, line breaks and tabs as weak signs.
pub fn line(value: &str, font: &FontId, (color, weak): (Color32, Color32), width: f32) -> LayoutJob {
    let wrap = TextWrapping { max_rows: 1, break_anywhere: true, ..TextWrapping::wrap_at_width(width) };
    let mut job = LayoutJob { wrap, break_on_newline: false, ..LayoutJob::default() };
    let format = |color| TextFormat { font_id: font.clone(), color, ..TextFormat::default() };
    let end = value.char_indices().nth(CELL_CHARACTERS).map_or(value.len(), |(end, _)| end);
    let drawn = direction::drawn(&value[..end]);
    // A text from the right goes on at the left.
    let (is_cut, ends_left) = (end < value.len(), direction::begins_at_right(value));
    if is_cut && ends_left {
        job.append("…", 0.0, format(color));
    }
    let mut rest = &*drawn;
    while let Some(at) = rest.find(char::is_control) {
        job.append(&rest[..at], 0.0, format(color));
        let sign = rest[at..].chars().next().unwrap_or(' ');
        let next = &rest[at + sign.len_utf8()..];
        match sign {
            // One sign for both of a pair.
            '\r' if next.starts_with('\n') => {}
            '\n' | '\r' => job.append(LINE_BREAK, 0.0, format(weak)),
            '\t' => job.append(TAB, 0.0, format(weak)),
            _ => job.append(" ", 0.0, format(color)),
        }
        rest = next;
    }
    job.append(rest, 0.0, format(color));
    if is_cut && !ends_left {
        job.append("…", 0.0, format(color));
    }
    job
}

/// A value laid out on one line of this width at most; one that is read from right to left is cut at its left end.
pub fn laid_out(painter: &Painter, value: &str, font: &FontId, colors: (Color32, Color32), width: f32) -> Arc<Galley> {
    let galley = painter.layout_job(line(value, font, colors, width));
    if !galley.elided || !direction::begins_at_right(value) {
        return galley;
    }
    let ends: Vec<usize> = value.char_indices().map(|(at, _)| at).take(CELL_CHARACTERS).collect();
    let cut = |letters: usize| {
        let text = format!("{}…", &value[..ends[letters]]);
        painter.layout_job(line(&text, font, colors, f32::INFINITY))
    };
    // So many letters fit, and so many do not.
    let (mut fit, mut too_many) = (0, ends.len());
    while fit + 1 < too_many {
        let letters = fit.midpoint(too_many);
        if cut(letters).size().x <= width { fit = letters } else { too_many = letters }
    }
    cut(fit)
}

/// A width that fits the name, the first few values and some from all over the column. Sentences get room; long ids are cut, so that what follows
/// is seen.
pub fn initial_width(column: &NamedColumn) -> f32 {
    // Letters beyond these, of East Asian scripts mostly, are twice as wide.
    let wide = |text: &str| text.chars().map(|letter| if letter < '\u{1100}' { 1 } else { 2 }).sum::<usize>();
    let (mut longest, mut words) = (0, false);
    let rows = column.data.len();
    // Numbers that count up are longer further down.
    for row in (0..rows.min(LOOKED_AT)).chain((0..rows).step_by(rows / LOOKED_AT + 1)).chain(rows.checked_sub(1)) {
        let text = column.data.text(row);
        longest = longest.max(wide(text.get(..400).unwrap_or(&text)));
        words |= text.contains(' ') || text.contains('@');
    }
    let most = if words { 460.0 } else { 170.0 };
    (longest.max(wide(&column.name) + 4) as f32 * 8.1 + 2.0 * PADDING + 4.0).clamp(60.0, most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(value: &str) -> String {
        line(value, &FontId::default(), (Color32::WHITE, Color32::GRAY), 100.0).text
    }

    #[test]
    fn a_value_stands_on_one_line() {
        assert_eq!(text_of("plain"), "plain");
        assert_eq!(text_of("a\r\nb\nc\td\u{7}e"), "a↵b↵c⇥d e");
        assert_eq!(text_of(&"é".repeat(300)).chars().count(), CELL_CHARACTERS + 1);
    }

    #[test]
    fn ids_are_no_amounts() {
        let whole = |name: &str| NamedColumn { name: name.to_owned(), data: Column::Integer(vec![1]) };
        for id in ["EventID", "customer_id", "Key", "Zip", "PostalCode", "BirthYear", "id2 no"] {
            assert!(!is_quantity(&whole(id), &[]), "{id}");
        }
        for amount in ["Rows", "Points", "Provided", "Visits2024", "Amount"] {
            assert!(is_quantity(&whole(amount), &[]), "{amount}");
        }
        assert!(!is_quantity(&whole("Points"), &["Points"]), "a key is an id");
        assert_eq!(shown(&Column::Integer(vec![-1_234_567]), 0, Form::Quantity), "-1,234,567");
    }

    #[test]
    fn days_are_written_without_midnight() {
        let times = |times: Vec<i64>| NamedColumn { name: "When".to_owned(), data: Column::Datetime(times) };
        let days = times(vec![BLANK_INTEGER, 0, -3 * MICROS_PER_DAY]);
        assert_eq!(Form::of(&days, &[]), Form::Day);
        assert_eq!(
            (shown(&days.data, 1, Form::Day), shown(&days.data, 0, Form::Day)),
            ("1970-01-01".into(), "".into())
        );
        assert_eq!(Form::of(&times(vec![0, 1]), &[]), Form::Plain);
        assert_eq!(Form::of(&times(vec![BLANK_INTEGER]), &[]), Form::Plain);
    }
}
