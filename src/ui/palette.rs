//! The command palette on the screen: one field, and what it finds.

mod go;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    self, Align2, Context, Id, Key, Modifiers, RichText, ScrollArea, Stroke, TextStyle, Ui, pos2, vec2,
};

use super::theme::{self, GAP_LARGE, GAP_SMALL, GAP_TINY, palette};
use super::widgets::form;
use crate::help;
use crate::workbench::Workbench;
use crate::workbench::palette::{Row, Target};
pub use go::{open, shown};

const WIDTH: f32 = 620.0;
/// Height of the list at most, in points.
const LIST: f32 = 400.0;
const HINT: &str = msg!("Do or go to…   > commands only   @ fields   # customers   ? help");
/// Rows that Page up and Page down move by.
const PAGE: isize = 10;

/// Draws the palette where it is open; returns what was chosen.
pub fn palette_ui(ctx: &Context, workbench: &mut Workbench) -> Option<Target> {
    workbench.update_palette();
    workbench.palette.as_ref()?;
    let id = Id::unique("command palette");
    let area = egui::Modal::default_area(id).anchor(Align2::CENTER_TOP, vec2(0.0, 64.0));
    let mut chosen = None;
    let modal = egui::Modal::new(id).area(area).show(ctx, |ui| {
        ui.set_width(WIDTH);
        chosen = content_ui(ui, workbench);
    });
    if modal.should_close() {
        workbench.palette = None;
        return None;
    }
    let chosen = chosen.and_then(|place| workbench.choose_in_palette(place));
    if workbench.palette.is_none() {
        ctx.request_repaint();
    }
    chosen
}

/// The place of the row that was chosen.
fn content_ui(ui: &mut Ui, workbench: &mut Workbench) -> Option<usize> {
    let palette = workbench.palette.as_mut()?;
    let rows = palette.rows();
    let moved = keys_ui(ui, |by| palette.step(by));
    let entered = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    let field = form::text_ui(
        ui,
        (tr!("Command palette"), help::SEARCH_LIST),
        &mut palette.query,
        crate::text::of(HINT),
        WIDTH,
    );
    if !field.has_focus() {
        field.request_focus();
    }
    let (selected, searching) = (palette.selected, palette.is_searching());
    let mut chosen = entered.then_some(selected);
    if rows.is_empty() {
        let words = if searching { tr!("Looking for customers…") } else { empty_words(&palette.query) };
        ui.add_space(GAP_SMALL);
        form::label_ui(ui, words);
        return None;
    }
    ScrollArea::vertical().max_height(LIST).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        for (place, row) in rows.iter().enumerate() {
            if let Some(heading) = row.heading {
                ui.add_space(if place == 0 { GAP_TINY } else { GAP_LARGE });
                ui.label(RichText::new(heading).small().color(theme::palette(ui).text_weak));
            }
            let response = row_ui(ui, row, place == selected);
            if place == selected && moved {
                response.scroll_to_me(None);
            }
            if response.clicked() {
                chosen = Some(place);
            }
        }
    });
    foot_ui(ui, rows.get(selected), searching);
    chosen
}

fn empty_words(query: &str) -> &'static str {
    match query.trim() {
        "#" => tr!("Type at least two letters of a name, an id or a key."),
        _ => tr!("Nothing is called so. Type fewer letters, or other ones."),
    }
}

/// Arrows and the like, taken before the field sees them. Says whether the selection moved.
fn keys_ui(ui: &Ui, mut step: impl FnMut(isize)) -> bool {
    let moves = [(Key::ArrowDown, 1), (Key::ArrowUp, -1), (Key::PageDown, PAGE), (Key::PageUp, -PAGE), (Key::Tab, 1)];
    let mut moved = false;
    for (key, by) in moves {
        for _ in 0..ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key)) {
            step(by);
            moved = true;
        }
    }
    moved
}

fn row_ui(ui: &mut Ui, row: &Row, selected: bool) -> egui::Response {
    let colors = palette(ui);
    let size = vec2(ui.available_width(), theme::ROW_HEIGHT + 2.0);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::click());
    let enabled = row.reason.is_none();
    let spoken = row.spoken();
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::ListBoxOption, enabled, selected, &spoken));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    if selected || response.hovered() {
        let fill = if selected { colors.accent_soft } else { colors.hover };
        ui.painter().rect_filled(rect, theme::RADIUS, fill);
    }
    let font = TextStyle::Body.resolve(ui.style());
    let weak = |ui: &Ui, text: &str, width: f32| {
        let mut job = LayoutJob::simple_singleline(text.to_owned(), font.clone(), colors.text_weak);
        job.wrap = egui::text::TextWrapping::truncate_at_width(width);
        ui.painter().layout_job(job)
    };
    let right = row.reason.as_ref().or(row.shortcut.as_ref());
    let right = right.map(|text| weak(ui, text, size.x * 0.5));
    let room = size.x - 24.0 - right.as_ref().map_or(0.0, |right| right.size().x + 16.0);
    let text = ui.painter().layout_job(marked(ui, row, room * 0.75));
    let detail = weak(ui, &row.detail, (room - text.size().x - 12.0).max(0.0));
    let middle = |galley: &egui::Galley| rect.center().y - galley.size().y / 2.0;
    let left = rect.left() + 8.0;
    let after = left + text.size().x + 12.0;
    if let Some(right) = right {
        let at = pos2(rect.right() - 8.0 - right.size().x, middle(&right));
        ui.painter().galley(at, right, colors.text_weak);
    }
    let (text_at, detail_at) = (pos2(left, middle(&text)), pos2(after, middle(&detail)));
    ui.painter().galley(text_at, text, colors.text);
    ui.painter().galley(detail_at, detail, colors.text_weak);
    response
}

/// The text with the typed letters underlined.
fn marked(ui: &Ui, row: &Row, width: f32) -> LayoutJob {
    let colors = palette(ui);
    let font_id = TextStyle::Body.resolve(ui.style());
    let color = if row.reason.is_none() { colors.text } else { colors.text_weak };
    let plain = TextFormat { font_id, color, ..TextFormat::default() };
    let typed = TextFormat { color: colors.accent, underline: Stroke::new(1.0, colors.accent), ..plain.clone() };
    let mut job = LayoutJob::default();
    for (place, letter) in row.text.chars().enumerate() {
        let is_typed = row.matched.binary_search(&place).is_ok();
        let letter = if letter.is_control() { ' ' } else { letter };
        job.append(letter.encode_utf8(&mut [0; 4]), 0.0, if is_typed { typed.clone() } else { plain.clone() });
    }
    job.wrap = egui::text::TextWrapping::truncate_at_width(width);
    job
}

/// What the selected row does, or why it does not.
fn foot_ui(ui: &mut Ui, row: Option<&Row>, searching: bool) {
    ui.separator();
    let words = match row.map(|row| (&row.target, &row.reason)) {
        Some((_, Some(reason))) => tr!("Not now: {reason}", reason),
        Some((Target::Command(command), None)) => command.tooltip().to_owned(),
        _ => tr!("Enter opens it").to_owned(),
    };
    ui.horizontal(|ui| {
        ui.set_width(WIDTH);
        ui.add(egui::Label::new(RichText::new(words).color(palette(ui).text_weak)).truncate());
        if searching {
            form::label_ui(ui, tr!("Looking for customers…"));
        }
    });
}
