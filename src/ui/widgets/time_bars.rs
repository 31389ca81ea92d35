//! A bar chart over time: one bar a period, a few names below, the numbers on hover.

use eframe::egui::{self, Rect, Sense, Stroke, Ui, pos2, vec2};

use super::text;
use crate::ui::theme::palette;

const HEIGHT: f32 = 92.0;
/// Below the bars, for the names of periods; above, for the largest number.
const AXIS: f32 = 16.0;
const TOP: f32 = 14.0;
/// Widest a bar becomes, and between two names.
const WIDEST: f32 = 42.0;
const NAME_GAP: f32 = 18.0;
/// So many bars are read out one by one.
const READ_OUT: usize = 12;

/// One period.
pub struct TimeBar {
    /// Short, for below the bar.
    pub name: String,
    pub value: u64,
    /// What stands on top of it, paler.
    pub above: u64,
    /// The same in full, for the hover text.
    pub words: String,
}

/// Draws it as wide as there is room. `name` is what a screen reader says first.
pub fn time_bars_ui(ui: &mut Ui, name: &str, bars: &[TimeBar]) {
    let palette = palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), TOP + HEIGHT + AXIS), Sense::hover());
    let plot = Rect::from_min_max(pos2(rect.left(), rect.top() + TOP), pos2(rect.right(), rect.bottom() - AXIS));
    let largest = bars.iter().map(|bar| bar.value + bar.above).max().unwrap_or(0).max(1);
    let step = (plot.width() / bars.len().max(1) as f32).min(WIDEST);
    let gap = (step * 0.12).min(3.0);
    let hovered = response.hover_pos().and_then(|pointer| {
        let place = ((pointer.x - plot.left()) / step) as usize;
        (pointer.x >= plot.left() && place < bars.len()).then_some(place)
    });
    let painter = ui.painter();
    for (place, bar) in bars.iter().enumerate() {
        let left = plot.left() + place as f32 * step;
        let color = if hovered == Some(place) { palette.accent } else { palette.chart };
        let mut bottom = plot.bottom();
        for (value, color) in [(bar.value, color), (bar.above, palette.chart_soft)] {
            let share = value as f32 / largest as f32;
            // One customer in a week beside thousands stays in sight.
            let top = bottom - if value == 0 { 0.0 } else { (share * plot.height()).max(2.0) };
            let part = Rect::from_min_max(pos2(left + gap, top), pos2(left + step - gap, bottom));
            painter.rect_filled(part, 1.5, color);
            bottom = top;
        }
    }
    painter.hline(plot.x_range(), plot.bottom(), Stroke::new(1.0, palette.border));
    let dashed = Stroke::new(1.0, palette.border);
    painter.extend(egui::Shape::dashed_line(&[plot.left_top(), plot.right_top()], dashed, 3.0, 3.0));
    let font = egui::TextStyle::Small.resolve(ui.style());
    painter.text(rect.right_top(), egui::Align2::RIGHT_TOP, text::count(largest), font.clone(), palette.text_weak);
    let mut free = f32::NEG_INFINITY;
    for (place, bar) in bars.iter().enumerate() {
        let galley = painter.layout_no_wrap(bar.name.clone(), font.clone(), palette.text_weak);
        let middle = plot.left() + (place as f32 + 0.5) * step;
        let left =
            (middle - galley.size().x / 2.0).clamp(plot.left(), (plot.right() - galley.size().x).max(plot.left()));
        if left >= free {
            free = left + galley.size().x + NAME_GAP;
            painter.galley(pos2(left, plot.bottom() + 2.0), galley, palette.text_weak);
        }
    }
    let sentence = sentence(name, bars);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &sentence));
    if let Some(bar) = hovered.and_then(|place| bars.get(place)) {
        response.on_hover_text_at_pointer(&bar.words);
    }
}

/// The numbers for who does not see the bars: all of few, else how many there are and the largest.
fn sentence(name: &str, bars: &[TimeBar]) -> String {
    if bars.iter().any(|bar| bar.above > 0) {
        // Two numbers a bar have no sum worth saying.
        let last = &bars[bars.len().saturating_sub(READ_OUT)..];
        let list: Vec<&str> = last.iter().map(|bar| bar.words.as_str()).collect();
        return format!("{name}. {}", list.join(". "));
    }
    let total = text::count(bars.iter().map(|bar| bar.value).sum());
    let each = |bar: &TimeBar| format!("{}: {}", bar.name, text::count(bar.value));
    if bars.len() <= READ_OUT {
        let list: Vec<String> = bars.iter().map(each).collect();
        return format!("{name}: {total} in all. {}", list.join(", "));
    }
    let ends = bars.first().zip(bars.last()).map(|(first, last)| format!("from {} to {}", first.name, last.name));
    let most = bars.iter().max_by_key(|bar| bar.value).map(each).unwrap_or_default();
    format!("{name}: {total} in all, {}; most in {most}", ends.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_read_out() {
        let bar = |n: u64| TimeBar { name: format!("W{n}"), value: n, above: 0, words: String::new() };
        assert_eq!(sentence("Known", &[bar(1), bar(2)]), "Known: 3 in all. W1: 1, W2: 2");
        let many: Vec<TimeBar> = (0..20).map(bar).collect();
        assert_eq!(sentence("Known", &many), "Known: 190 in all, from W0 to W19; most in W19: 19");
    }
}
