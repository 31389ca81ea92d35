//! The drop-down: one list for every choice, long or short. A long one has a field to search it by; in a short one a
//! letter goes to the next entry that begins with it. The keys are the same in both.

mod open;
mod rows;

use eframe::egui::{self, Response, Ui};

use super::form::Named;
use super::help::Helped as _;
use crate::ui::theme;
use open::Open;

/// An entry of a drop-down.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// What it is called.
    pub text: String,
    /// Stands weak at its right end.
    right: &'static str,
    /// What choosing it means, said at the foot of the list.
    help: String,
    /// Why it cannot be chosen.
    reason: Option<String>,
    /// The group of entries that begins with this one.
    heading: Option<String>,
    is_chosen: bool,
}

impl Entry {
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    pub fn chosen(self, is_chosen: bool) -> Self {
        Self { is_chosen, ..self }
    }

    pub fn right(self, right: &'static str) -> Self {
        Self { right, ..self }
    }

    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: help.into(), ..self }
    }

    pub fn refused(self, reason: Option<String>) -> Self {
        Self { reason, ..self }
    }
}

/// Entries that stand together, below this heading.
pub fn group(heading: &str, entries: impl IntoIterator<Item = Entry>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = entries.into_iter().collect();
    if let Some(first) = entries.first_mut() {
        first.heading = Some(heading.to_owned());
    }
    entries
}

/// What became of a drop-down this frame.
pub struct Picked {
    pub response: Response,
    /// The place of the entry that was chosen just now.
    pub entry: Option<usize>,
}

/// A drop-down. `name` is its accessible name; `shown` is what it shows; the entries are asked for while it is open.
pub fn picker_ui(
    ui: &mut Ui,
    (name, help): Named<'_>,
    shown: &str,
    width: f32,
    entries: impl FnOnce() -> Vec<Entry>,
) -> Picked {
    let mut entry = None;
    let line = on_one_line(shown);
    // The width of a drop-down is its least one: a long choice would push what stands beside it.
    let inner = ui.allocate_ui(egui::vec2(width, theme::ROW_HEIGHT), |ui| {
        ui.set_max_width(width);
        let id = ui.make_persistent_id(egui::IdSalt::new(name));
        if !egui::ComboBox::is_open(ui.ctx(), id) {
            Open::forget(ui, id);
        }
        let combo = egui::ComboBox::from_id_salt(name).selected_text(line.as_str()).width(width).truncate();
        // The list scrolls itself, below its search field.
        let combo = combo.height(f32::INFINITY).close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside);
        combo.show_ui(ui, |ui| entry = rows::list_ui(ui, id, name, &entries(), width)).response
    });
    let mut response = inner.inner;
    if entry.is_some() {
        response.mark_changed();
    }
    response.widget_info(|| {
        let mut info = egui::WidgetInfo::labeled(egui::Role::ComboBox, ui.is_enabled(), name);
        info.current_text_value = Some(shown.to_owned());
        info
    });
    Picked { response: response.help(help), entry }
}

/// A drop-down of the values of `value`; its response says whether another one was chosen.
pub fn one_of_ui<T: PartialEq>(
    ui: &mut Ui,
    name: Named<'_>,
    shown: &str,
    value: &mut T,
    width: f32,
    options: impl FnOnce() -> Vec<(T, Entry)>,
) -> Response {
    let mut values = Vec::new();
    let picked = picker_ui(ui, name, shown, width, || {
        let (of, entries): (Vec<T>, Vec<Entry>) = options().into_iter().unzip();
        let entries = entries.into_iter().zip(&of).map(|(entry, of)| entry.chosen(of == value)).collect();
        values = of;
        entries
    });
    if let Some(place) = picked.entry.filter(|place| *place < values.len()) {
        *value = values.swap_remove(place);
    }
    picked.response
}

/// A text on one line: signs stand for its line breaks.
fn on_one_line(text: &str) -> String {
    if !text.contains(char::is_control) {
        return text.to_owned();
    }
    let text = text.replace("\r\n", "↵");
    text.chars()
        .map(|c| {
            if matches!(c, '\n' | '\r') {
                '↵'
            } else if c.is_control() {
                ' '
            } else {
                c
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_are_shown_as_signs() {
        assert_eq!(on_one_line("a\r\nb\nc\td"), "a↵b↵c d");
        assert_eq!(on_one_line("plain"), "plain");
    }
}
