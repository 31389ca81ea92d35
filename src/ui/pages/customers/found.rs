//! The parts of a customer's values that the search found, and where they stand if not among what a tile shows.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{Align, FontSelection, Label, Response, RichText, Role, Stroke, Ui, WidgetInfo, WidgetText};

use crate::engine::customer::index::terms;
use crate::engine::table::Table;
use crate::ui::theme::palette;
use crate::ui::widgets::{direction, text};

/// What is looked for: its terms, and the fields they are looked for in.
pub struct Found<'a> {
    terms: Vec<String>,
    fields: &'a [String],
}

impl<'a> Found<'a> {
    pub fn new(phrase: &str, fields: &'a [String]) -> Self {
        Self { terms: terms(phrase), fields }
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The first field in which a term stands that none of the texts in sight has.
    pub fn hidden(&self, table: &Table, row: usize, seen: &[String]) -> Option<(&'a str, String)> {
        let is_in = |text: &str, term: &str| !parts_of(text, term).is_empty();
        let missing = self.terms.iter().filter(|term| !seen.iter().any(|text| is_in(text, term)));
        missing.flat_map(|term| self.fields.iter().map(move |field| (term, field))).find_map(|(term, field)| {
            let value = table.column(field)?.text(row);
            is_in(&value, term).then(|| (field.as_str(), value.into_owned()))
        })
    }

    /// A value on one line, what was found in it underlined.
    pub fn label_ui(&self, ui: &mut Ui, value: &str, style: impl FnOnce(RichText) -> RichText) -> Response {
        let value = text::one_line(value, 80);
        // Terms are words, and words stay whole where a line is put into the order of sight.
        let line = direction::drawn(&value);
        let parts = self.parts(&line);
        if parts.is_empty() {
            return direction::label_ui(ui, &value, style);
        }
        let plain = WidgetText::from(style(RichText::new(line.as_ref())));
        let plain = plain.into_layout_job(ui.style(), FontSelection::Default, Align::Center);
        let format = plain.sections.first().map(|section| section.format.clone()).unwrap_or_default();
        let response = ui.add(Label::new(marked(ui, &line, &parts, format)).truncate().selectable(false));
        if direction::has_right_to_left(&value) {
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &value));
        }
        direction::with_missing(ui, &value, response)
    }

    /// Where the terms stand in a text, in its order and apart.
    fn parts(&self, text: &str) -> Vec<(usize, usize)> {
        let mut parts: Vec<(usize, usize)> = self.terms.iter().flat_map(|term| parts_of(text, term)).collect();
        parts.sort_unstable();
        let mut apart: Vec<(usize, usize)> = Vec::new();
        for (start, end) in parts {
            match apart.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => apart.push((start, end)),
            }
        }
        apart
    }
}

fn marked(ui: &Ui, value: &str, parts: &[(usize, usize)], format: TextFormat) -> LayoutJob {
    let colors = palette(ui);
    let plain = TextFormat { color: colors.text, ..format };
    let mark = TextFormat { color: colors.accent, underline: Stroke::new(1.0, colors.accent), ..plain.clone() };
    let (mut job, mut at) = (LayoutJob::default(), 0);
    for &(start, end) in parts {
        job.append(&value[at..start], 0.0, plain.clone());
        job.append(&value[start..end], 0.0, mark.clone());
        at = end;
    }
    job.append(&value[at..], 0.0, plain);
    job
}

/// Where a term, in small letters, stands in a text: from byte to byte of the text as it is.
fn parts_of(text: &str, term: &str) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let mut free = 0;
    for (start, _) in text.char_indices() {
        if start >= free
            && let Some(end) = end_of(&text[start..], term)
        {
            free = start + end;
            parts.push((start, free));
        }
    }
    parts
}

/// Where a term ends with which a text begins. Small letters may be more than one for a letter.
fn end_of(text: &str, term: &str) -> Option<usize> {
    let mut rest = term;
    for (at, letter) in text.char_indices() {
        for small in letter.to_lowercase() {
            rest = rest.strip_prefix(small)?;
        }
        if rest.is_empty() {
            return Some(at + letter.len_utf8());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::column::Column;

    #[test]
    fn terms_are_found_in_any_letters_and_parts_that_touch_are_one() {
        let fields = Vec::new();
        let found = Found::new("AN na öl", &fields);
        let parts = |text: &str| -> Vec<String> {
            found.parts(text).into_iter().map(|(start, end)| text[start..end].to_owned()).collect()
        };
        assert_eq!(parts("Hana Cruz"), ["ana"]);
        assert_eq!(parts("Ana, Jan ÖLAND"), ["Ana", "an", "ÖLAN"]);
        assert_eq!(parts("İpek"), [""; 0]);
        assert!(Found::new(" - ", &fields).parts("any").is_empty());
    }

    #[test]
    fn what_was_found_out_of_sight_is_named() {
        let table = Table::new([
            ("Name", Column::text_of(["Ben", "Cho"])),
            ("Email", Column::text_of(["ben@x.com", "cho@ana.org"])),
        ]);
        let fields = ["Name", "Email"].map(str::to_owned);
        let found = Found::new("ana", &fields);
        assert_eq!(found.hidden(&table, 0, &["Ben".to_owned()]), None);
        assert_eq!(found.hidden(&table, 1, &["Cho".to_owned()]), Some(("Email", "cho@ana.org".to_owned())));
        assert_eq!(found.hidden(&table, 1, &["Cho".to_owned(), "cho@ana.org".to_owned()]), None);
    }
}
