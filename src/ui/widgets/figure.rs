//! Figures: a number with its name, its formula on hover, and often the rows behind it on a click.

use eframe::egui::{self, Response, RichText, Ui};

use super::help::{Helped as _, topic_ui};
use super::{form, text};
use crate::help::Figure;
use crate::ui::theme::{TextRole as _, palette};

/// A number over its name, as wide as the wider of the two, so that a row of figures wraps between them only.
fn block_ui<R>(ui: &mut Ui, number: &str, name: &str, add: impl FnOnce(&mut Ui) -> R) -> egui::InnerResponse<R> {
    let size = |text: RichText| {
        let text = egui::WidgetText::from(text);
        text.into_galley(ui, Some(egui::TextWrapMode::Extend), f32::INFINITY, egui::TextStyle::Body).size()
    };
    let (number, name) = (size(RichText::new(number).figure()), size(RichText::new(name).small()));
    let size = egui::vec2(number.x.max(name.x) + 2.0, number.y + name.y);
    ui.allocate_ui_with_layout(size, egui::Layout::top_down(egui::Align::Min), |ui| {
        ui.set_min_size(size);
        ui.spacing_mut().item_spacing.y = 0.0;
        add(ui)
    })
}

fn name_ui(ui: &mut Ui, name: &str) {
    let color = palette(ui).text_weak;
    ui.label(RichText::new(name).small().color(color));
}

/// What is added to the help of a number with rows behind it.
const ROWS: &str = msg!("Click to see the rows.");

/// A large number with its name.
pub fn figure_ui(ui: &mut Ui, name: &str, value: Option<u64>, help: Figure) -> Response {
    words_ui(ui, name, &value.map_or_else(|| "–".to_owned(), text::count), help)
}

/// The same with a value that is no count.
pub fn words_ui(ui: &mut Ui, name: &str, value: &str, help: Figure) -> Response {
    let block = block_ui(ui, value, name, |ui| {
        let color = palette(ui).text;
        let number = ui.label(RichText::new(value).figure().color(color)).help(help.topic());
        name_ui(ui, name);
        number
    });
    block.response.on_hover_ui(|ui| topic_ui(ui, help.topic()))
}

/// The same as a button that opens the rows behind the number; plain where there are none.
pub fn figure_link_ui(ui: &mut Ui, name: &str, value: Option<u64>, help: Figure) -> bool {
    if value.unwrap_or(0) == 0 {
        figure_ui(ui, name, value, help);
        return false;
    }
    let text = value.map_or_else(String::new, text::count);
    let block = block_ui(ui, &text, name, |ui| {
        let color = palette(ui).accent;
        let button = egui::Button::new(RichText::new(&text).figure().color(color)).frame(false);
        let response = ui.add(button).help_and(help.topic(), crate::text::of(ROWS));
        let response = form::ring_ui(ui, response);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("{name}: {text}")));
        name_ui(ui, name);
        response.clicked()
    });
    block.inner
}

/// A count inside a line, as a link to its rows; plain text where it is zero. `name` is what a screen reader says.
pub fn count_link_ui(ui: &mut Ui, value: u64, name: &str, help: Figure) -> bool {
    link_ui(ui, &text::count(value), value > 0, name, help)
}

/// The same with another text than the count, such as a share; plain where there are no rows.
pub fn link_ui(ui: &mut Ui, label: &str, has_rows: bool, name: &str, help: Figure) -> bool {
    if !has_rows {
        ui.label(label).help(help.topic());
        return false;
    }
    let response = ui.link(label).help_and(help.topic(), crate::text::of(ROWS));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, format!("{name}: {label}")));
    response.clicked()
}
