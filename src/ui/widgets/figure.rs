//! Figures: a number with its name, its formula on hover, and often the rows behind it on a click.

use eframe::egui::{self, Response, RichText, Ui};

use super::{form, text};
use crate::ui::theme::palette;

/// Sizes of a figure's number and name, in points.
const NUMBER: f32 = 22.0;
const NAME: f32 = 11.5;

/// A number over its name, as wide as the wider of the two, so that a row of figures wraps between them only.
fn block_ui<R>(ui: &mut Ui, number: &str, name: &str, add: impl FnOnce(&mut Ui) -> R) -> egui::InnerResponse<R> {
    let width = |text: &str, size: f32| {
        let font = egui::FontId::proportional(size);
        ui.fonts_mut(|fonts| fonts.layout_no_wrap(text.to_owned(), font, egui::Color32::PLACEHOLDER).size().x)
    };
    let size = egui::vec2(width(number, NUMBER).max(width(name, NAME)) + 2.0, NUMBER + NAME + 8.0);
    ui.allocate_ui_with_layout(size, egui::Layout::top_down(egui::Align::Min), |ui| {
        ui.set_min_size(size);
        ui.spacing_mut().item_spacing.y = 0.0;
        add(ui)
    })
}

fn name_ui(ui: &mut Ui, name: &str) {
    let color = palette(ui).text_weak;
    ui.label(RichText::new(name).size(NAME).color(color));
}

/// A large number with its name. `help` is the formula.
pub fn figure_ui(ui: &mut Ui, name: &str, value: Option<u64>, help: &str) -> Response {
    words_ui(ui, name, &value.map_or_else(|| "–".to_owned(), text::count), help)
}

/// The same with a value that is no count.
pub fn words_ui(ui: &mut Ui, name: &str, value: &str, help: &str) -> Response {
    let block = block_ui(ui, value, name, |ui| {
        let color = palette(ui).text;
        ui.label(RichText::new(value).size(NUMBER).color(color));
        name_ui(ui, name);
    });
    block.response.on_hover_text(help)
}

/// The same as a button that opens the rows behind the number; plain where there are none.
pub fn figure_link_ui(ui: &mut Ui, name: &str, value: Option<u64>, help: &str) -> bool {
    if value.unwrap_or(0) == 0 {
        figure_ui(ui, name, value, help);
        return false;
    }
    let text = value.map_or_else(String::new, text::count);
    let block = block_ui(ui, &text, name, |ui| {
        let color = palette(ui).accent;
        let button = egui::Button::new(RichText::new(&text).size(NUMBER).color(color)).frame(false);
        let response = ui.add(button).on_hover_text(format!("{help}\n\nClick to see the rows."));
        let response = form::ring_ui(ui, response);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("{name}: {text}")));
        name_ui(ui, name);
        response.clicked()
    });
    block.inner
}

/// A count inside a line, as a link to its rows; plain text where it is zero. `name` is what a screen reader says.
pub fn count_link_ui(ui: &mut Ui, value: u64, name: &str, help: &str) -> bool {
    link_ui(ui, &text::count(value), value > 0, name, help)
}

/// The same with another text than the count, such as a share; plain where there are no rows.
pub fn link_ui(ui: &mut Ui, label: &str, has_rows: bool, name: &str, help: &str) -> bool {
    if !has_rows {
        ui.label(label).on_hover_text(help);
        return false;
    }
    let response = ui.link(label).on_hover_text(format!("{help}\n\nClick to see the rows."));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, format!("{name}: {label}")));
    response.clicked()
}
