//! Values with the characters marked that differ, and scores beside their thresholds.

use std::ops::Range;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{self, Label, Response, RichText, Stroke, TextStyle, Ui, pos2, vec2};

use super::text;
use crate::ui::theme::palette;

/// More of a value is never handed over.
const CHARACTERS: usize = 400;
const BAR: egui::Vec2 = vec2(84.0, 10.0);

/// A value whose characters at these places are underlined on a colour of their own; it wraps.
pub fn marked_ui(ui: &mut Ui, value: &str, places: &[Range<usize>], weak: bool) -> Response {
    let palette = palette(ui);
    let color = if weak { palette.text_weak } else { palette.text };
    let font_id = if weak { TextStyle::Small } else { TextStyle::Body }.resolve(ui.style());
    let plain = TextFormat { font_id, color, ..TextFormat::default() };
    let marked = TextFormat {
        color: palette.text,
        background: palette.difference_soft,
        underline: Stroke::new(1.5, palette.difference),
        ..plain.clone()
    };
    let value = text::one_line(value, CHARACTERS);
    let mut job = LayoutJob::default();
    let mut run = String::new();
    let mut is_marked = false;
    for (place, c) in value.chars().enumerate() {
        let mark = places.iter().any(|range| range.contains(&place));
        if mark != is_marked {
            job.append(&std::mem::take(&mut run), 0.0, if is_marked { marked.clone() } else { plain.clone() });
            is_marked = mark;
        }
        run.push(c);
    }
    job.append(&run, 0.0, if is_marked { marked } else { plain });
    ui.add(Label::new(job).wrap())
}

/// A score as a bar with a tick at its threshold, and in figures.
pub fn score_ui(ui: &mut Ui, score: f64, threshold: f64) -> Response {
    let palette = palette(ui);
    let enough = score >= threshold;
    let words = tr!("{score} of {threshold}", score = text::score(score), threshold = text::score(threshold));
    let inner = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let (rect, _) = ui.allocate_exact_size(BAR, egui::Sense::hover());
        let at = |share: f64| rect.left() + rect.width() * share.clamp(0.0, 1.0) as f32;
        ui.painter().rect_filled(rect, 2.0, palette.hover);
        let filled = egui::Rect::from_min_max(rect.min, pos2(at(score), rect.bottom()));
        ui.painter().rect_filled(filled, 2.0, if enough { palette.chart } else { palette.error });
        let x = at(threshold);
        let tick = [pos2(x, rect.top() - 3.0), pos2(x, rect.bottom() + 3.0)];
        ui.painter().line_segment(tick, Stroke::new(2.0, palette.text));
        ui.label(RichText::new(words).small());
    });
    inner.response.on_hover_text(tr!("The score, from 0 to 1, and what it must reach: the line on the bar"))
}

/// Parts of a line side by side, each wrapping in a width of its own.
pub fn columns_ui(ui: &mut Ui, widths: &[f32], mut column: impl FnMut(&mut Ui, usize)) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        for (place, &width) in widths.iter().enumerate() {
            let size = vec2(width, 0.0);
            ui.allocate_ui_with_layout(size, egui::Layout::top_down(egui::Align::Min), |ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = 1.0;
                column(ui, place);
            });
        }
    });
}
