//! A histogram to choose an interval from: a click takes a bar, a drag several; the arrows go from bar to bar, with
//! Shift they take one more.

use eframe::egui::{self, EventFilter, Key, Rect, Response, Sense, Stroke, Ui, pos2, vec2};

use super::help::describe;
use crate::engine::customer::index::Bar;
use crate::help;
use crate::ui::theme::palette;

const HEIGHT: f32 = 56.0;

/// An end as people write it: midnight is the day.
pub fn shown(end: &str) -> &str {
    end.strip_suffix(" 00:00:00").unwrap_or(end)
}

/// A bar's interval in words.
pub fn words(bar: &Bar) -> String {
    match (shown(&bar.from), shown(&bar.to)) {
        (from, to) if from == to => from.to_owned(),
        ("", to) => tr!("up to {to}", to),
        (from, "") => tr!("{from} and more", from),
        (from, to) if bar.below => tr!("{from} to below {to}", from, to),
        (from, to) => tr!("{from} to {to}", from, to),
    }
}

/// Draws the bars as wide as there is room, those that are `chosen` strong; returns the first and last bar of a choice.
/// Heights follow the square root of the count, so that few beside many stay in sight.
pub fn interval_ui(ui: &mut Ui, name: &str, bars: &[Bar], chosen: impl Fn(&Bar) -> bool) -> Option<(usize, usize)> {
    let palette = palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::click_and_drag());
    if bars.is_empty() {
        return None;
    }
    let step = rect.width() / bars.len() as f32;
    let bar_at = |x: f32| (((x - rect.left()) / step).max(0.0) as usize).min(bars.len() - 1);
    let pointer = response.interact_pointer_pos().or(response.hover_pos()).map(|pointer| bar_at(pointer.x));
    // Where the drag began, kept until it ends; by then the pointer has forgotten.
    let origin = ui.input(|input| input.pointer.press_origin()).map(|origin| bar_at(origin.x));
    let memory = response.id.with("start");
    if let Some(origin) = origin.filter(|_| response.drag_started()) {
        ui.data_mut(|data| data.insert_temp(memory, origin));
    }
    let start = ui.data(|data| data.get_temp::<usize>(memory));
    let dragged = response.dragged().then(|| start.zip(pointer)).flatten().map(|(a, b)| (a.min(b), a.max(b)));
    let largest = bars.iter().map(|bar| bar.count).max().unwrap_or(0).max(1);
    for (place, bar) in bars.iter().enumerate() {
        let left = rect.left() + place as f32 * step;
        let share = (bar.count as f64 / largest as f64).sqrt() as f32;
        let height = if bar.count == 0 { 0.0 } else { (share * rect.height()).max(2.0) };
        let shape =
            Rect::from_min_max(pos2(left + 0.5, rect.bottom() - height), pos2(left + step - 0.5, rect.bottom()));
        let strong = dragged.map_or_else(|| chosen(bar), |(first, last)| (first..=last).contains(&place));
        ui.painter().rect_filled(shape, 1.0, if strong { palette.accent } else { palette.chart_soft });
    }
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, palette.border));
    let sentence = tr!("Histogram of {name}", name);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Slider, true, &sentence));
    describe(&response, help::FILTER_RANGE);
    if response.has_focus() {
        ui.painter().rect_stroke(rect.expand(2.0), 2.0, (1.0, palette.accent), egui::StrokeKind::Outside);
        if let Some(moved) = keys(ui, &response, bars, &chosen) {
            return Some(moved);
        }
    }
    let released = response.drag_stopped().then(|| start.zip(pointer)).flatten();
    let clicked = response.clicked().then_some(pointer).flatten().map(|place| (place, place));
    if let Some(place) = pointer {
        let bar = &bars[place];
        let words = format!("{}: {}", words(bar), tr!("{n} customer" | "{n} customers" % bar.count));
        response.on_hover_text(tr!("{words}\n\nClick a bar or drag over several to filter", words));
    }
    released.map(|(a, b)| (a.min(b), a.max(b))).or(clicked)
}

/// The bars that an arrow leads to from the chosen ones.
fn keys(ui: &Ui, response: &Response, bars: &[Bar], chosen: &impl Fn(&Bar) -> bool) -> Option<(usize, usize)> {
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let (right, left, shift) = ui
        .input(|input| (input.key_pressed(Key::ArrowRight), input.key_pressed(Key::ArrowLeft), input.modifiers.shift));
    let end = bars.len() - 1;
    let now = bars.iter().position(chosen).zip(bars.iter().rposition(chosen));
    match (now, right, left, shift) {
        (None, true, ..) => Some((0, 0)),
        (None, _, true, _) => Some((end, end)),
        (Some((first, last)), true, _, true) => Some((first, (last + 1).min(end))),
        (Some((first, last)), _, true, true) => Some((first, last.saturating_sub(1).max(first))),
        (Some((_, last)), true, ..) => Some(((last + 1).min(end), (last + 1).min(end))),
        (Some((first, _)), _, true, _) => Some((first.saturating_sub(1), first.saturating_sub(1))),
        _ => None,
    }
}
