//! A histogram of scores from 0 to 1 with a threshold on it.

use eframe::egui::{self, Rect, RichText, Sense, Stroke, Ui, pos2, vec2};

use super::text;
use crate::engine::identity::preview::Histogram;
use crate::ui::theme::palette;

const HEIGHT: f32 = 84.0;
const AXIS: f32 = 14.0;
/// Heights follow the square root: a few near misses beside many others stay in sight.
fn height(count: u64, largest: u64) -> f32 {
    if count == 0 { 0.0 } else { ((count as f64 / largest as f64).sqrt() as f32).max(0.02) }
}

/// Draws it as wide as there is room; bars that reach the threshold are strong, the others pale.
pub fn histogram_ui(ui: &mut Ui, histogram: &Histogram, name: &str) {
    let palette = palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT + AXIS), Sense::hover());
    let plot = Rect::from_min_max(rect.min, pos2(rect.right(), rect.bottom() - AXIS));
    let largest = histogram.bars.iter().copied().max().unwrap_or(0).max(1);
    let step = plot.width() / histogram.bars.len() as f32;
    let painter = ui.painter();
    for (place, &count) in histogram.bars.iter().enumerate() {
        let left = plot.left() + place as f32 * step;
        let top = plot.bottom() - height(count, largest) * plot.height();
        let bar = Rect::from_min_max(pos2(left + 0.25, top), pos2(left + step - 0.25, plot.bottom()));
        let passes = place as f64 / histogram.bars.len() as f64 >= histogram.threshold - 1e-9;
        painter.rect_filled(bar, 1.0, if passes { palette.accent } else { palette.chart_soft });
    }
    painter.hline(plot.x_range(), plot.bottom(), Stroke::new(1.0, palette.border));
    let x = plot.left() + histogram.threshold as f32 * plot.width();
    painter.vline(x, plot.y_range(), Stroke::new(1.5, palette.warning));
    let font = egui::TextStyle::Small.resolve(ui.style());
    let label = |x: f32, align: egui::Align2, words: String, color| {
        painter.text(pos2(x, rect.bottom()), align, words, font.clone(), color);
    };
    label(plot.left(), egui::Align2::LEFT_BOTTOM, "0".to_owned(), palette.text_weak);
    label(plot.right(), egui::Align2::RIGHT_BOTTOM, "1".to_owned(), palette.text_weak);
    let near = x.clamp(plot.left() + 30.0, plot.right() - 30.0);
    label(near, egui::Align2::CENTER_BOTTOM, format!("{:.2}", histogram.threshold), palette.warning);
    let (below, above) = sides(histogram);
    let sentence = format!("{name}: {} below the threshold, {} at or above it", text::count(below), text::count(above));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &sentence));
    if let Some(pointer) = response.hover_pos() {
        let place = (((pointer.x - plot.left()) / step) as usize).min(histogram.bars.len() - 1);
        let width = 1.0 / histogram.bars.len() as f64;
        let (from, to) = (place as f64 * width, (place + 1) as f64 * width);
        let count = text::count(histogram.bars[place]);
        response.on_hover_ui(|ui| {
            ui.label(format!("Scores {from:.2} to {to:.2}: {count}"));
            ui.label(RichText::new("Heights follow the square root of the count").color(palette.text_weak));
        });
    }
}

/// Candidates below the threshold, and at or above it, by whole bars.
fn sides(histogram: &Histogram) -> (u64, u64) {
    let first = (histogram.threshold * histogram.bars.len() as f64).round() as usize;
    let first = first.min(histogram.bars.len());
    (histogram.bars[..first].iter().sum(), histogram.bars[first..].iter().sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::identity::preview::BARS;

    #[test]
    fn bars_stand_on_the_side_of_the_threshold_they_reach() {
        let mut bars = [0; BARS];
        (bars[59], bars[60], bars[99]) = (5, 2, 1);
        let histogram = Histogram { condition: 0, threshold: 0.6, bars };
        assert_eq!(sides(&histogram), (5, 3));
        assert_eq!(height(0, 9), 0.0);
        assert!(height(1, 1_000_000) > 0.0);
    }
}
