//! What the halves of a page hold, and rows of cells.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{self, Align, Color32, Layout, Response, RichText, TextStyle, Ui, WidgetText, vec2};

use super::split;
use crate::ui::theme::{self, ROW_HEIGHT, TextRole as _, palette};

/// The left half: settings, scrolling where they do not fit. Drawn before the preview.
pub fn settings_ui(ui: &mut Ui, names: split::Names, add: impl FnOnce(&mut Ui)) {
    split::left_ui(ui, names, |ui| {
        let scroll = egui::ScrollArea::vertical().auto_shrink(false).id_salt("settings");
        scroll.show(ui, |ui| {
            // Clear of the scroll bar.
            ui.set_max_width(ui.available_width() - BAR);
            add(ui);
        });
    });
}

/// Room for a scroll bar beside cards.
const BAR: f32 = 6.0;

/// The right half: a card with a title that fills what is left.
pub fn preview_ui(ui: &mut Ui, title: &str, add: impl FnOnce(&mut Ui)) {
    split::right_ui(ui, |ui| {
        theme::card(ui).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            ui.label(RichText::new(title).title());
            add(ui);
        });
    });
}

/// A cell of a row of fixed width; its text is cut where it does not fit.
pub fn cell_ui(ui: &mut Ui, width: f32, text: impl Into<WidgetText>) -> Response {
    let layout = Layout::left_to_right(Align::Center);
    let cell = ui.allocate_ui_with_layout(vec2(width, ROW_HEIGHT), layout, |ui| {
        ui.set_min_width(width);
        ui.add(egui::Label::new(text).truncate())
    });
    cell.inner
}

/// Texts in their colours on one line, each so many points after the one before.
pub fn colored_line<const N: usize>(ui: &Ui, parts: [(f32, &str, Color32); N]) -> LayoutJob {
    let mut line = LayoutJob::default();
    parts.into_iter().for_each(|part| append_colored(ui, &mut line, part));
    line
}

/// One more text at the end of such a line.
pub fn append_colored(ui: &Ui, line: &mut LayoutJob, (space, text, color): (f32, &str, Color32)) {
    let font_id = TextStyle::Body.resolve(ui.style());
    line.append(text, space, TextFormat { font_id, color, ..TextFormat::default() });
}

/// A figure that is of an older draft is weak until the new one is there.
pub fn fresh_text(ui: &Ui, text: impl Into<String>, fresh: bool) -> RichText {
    let palette = palette(ui);
    let text = RichText::new(text);
    if fresh { text.color(palette.text) } else { text.color(palette.text_weak).italics() }
}

/// A part of a page whose controls keep the focus whatever comes and goes above them.
pub fn steady_ui<R>(ui: &mut Ui, id: egui::Id, add: impl FnOnce(&mut Ui) -> R) -> egui::InnerResponse<R> {
    ui.scope_builder(egui::UiBuilder::new().scope_id(id), add)
}

/// A card that is closed until it is asked for, or revealed: then it is scrolled into view too. Its title says what is
/// in it, the sentence below it what that is for.
pub fn section_card_ui(
    ui: &mut Ui,
    id: &str,
    (title, meaning): (&str, &str),
    is_revealed: bool,
    add: impl FnOnce(&mut Ui),
) {
    let card = theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let header = egui::CollapsingHeader::new(RichText::new(title).bold()).id_salt(id);
        let meaning = RichText::new(meaning).color(palette(ui).text_weak);
        let section = header.open(is_revealed.then_some(true)).show_unindented(ui, |ui| {
            ui.add(egui::Label::new(meaning.clone()).wrap());
            add(ui);
        });
        if section.fully_closed() {
            ui.add(egui::Label::new(meaning).wrap());
        }
    });
    if is_revealed {
        card.response.scroll_to_me(Some(Align::Center));
    }
}
