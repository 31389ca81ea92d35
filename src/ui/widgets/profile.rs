//! What a column holds: figures, the spread of its values, the most frequent ones; each bar is a filter.

use eframe::egui::{self, Rect, Sense, Ui, pos2, vec2};

use super::{entry, form, text};
use crate::engine::ingest::{Bin, ColumnProfile};
use crate::engine::view::{Keep, ViewFilter};
use crate::ui::theme::palette;

const SPREAD_HEIGHT: f32 = 90.0;

/// Draws a profile; the filter that was clicked, where `has_filters`.
pub fn profile_ui(ui: &mut Ui, of: &ColumnProfile, has_filters: bool) -> Option<ViewFilter> {
    numbers_ui(ui, of);
    let of_bar = if of.histogram.is_empty() { None } else { spread_ui(ui, of, has_filters) };
    let of_value = top_ui(ui, of);
    of_bar.or(of_value).filter(|_| has_filters)
}

fn numbers_ui(ui: &mut Ui, of: &ColumnProfile) {
    let share = |part: u64| format!("{} ({})", text::count(part), text::percent(part, of.total));
    let facts = [
        ("Values are", of.column_type.label().to_owned(), "The column's type"),
        ("Rows in total", text::count(of.total), "Good rows of the table, blank cells included"),
        ("Blank cells", share(of.blank), "Empty cells and those equal to a blank token; the share is of all rows"),
        ("Distinct values", share(of.distinct), "Different values, blanks not counted; the share is of all rows"),
        ("Smallest", text::one_line(&of.min, 40), "The smallest value; texts are ordered by code point"),
        ("Largest", text::one_line(&of.max, 40), "The largest value; texts are ordered by code point"),
    ];
    entry::facts_ui(ui, "profile facts", &facts);
}

/// The histogram; a bar that was clicked keeps its rows.
fn spread_ui(ui: &mut Ui, of: &ColumnProfile, has_filters: bool) -> Option<ViewFilter> {
    form::section_ui(ui, "Spread");
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), SPREAD_HEIGHT), Sense::hover());
    let largest = of.histogram.iter().map(|bin| bin.count).max().unwrap_or(0).max(1);
    let step = rect.width() / of.histogram.len().max(1) as f32;
    let mut clicked = None;
    for (place, bin) in of.histogram.iter().enumerate() {
        let left = rect.left() + place as f32 * step;
        let slot = Rect::from_min_max(pos2(left, rect.top()), pos2(left + step, rect.bottom()));
        if bar_ui(ui, slot, bin, largest, has_filters) {
            clicked = Some(filter_of(&of.name, bin));
        }
    }
    ui.horizontal(|ui| {
        form::label_ui(ui, &text::one_line(&of.min, 30));
        let right = egui::Layout::right_to_left(egui::Align::Center);
        ui.with_layout(right, |ui| form::label_ui(ui, &text::one_line(&of.max, 30)));
    });
    clicked
}

/// One bar; whether it was clicked.
fn bar_ui(ui: &Ui, slot: Rect, bin: &Bin, largest: u64, has_filters: bool) -> bool {
    let share = bin.count as f32 / largest as f32;
    let mut bar = slot.shrink2(vec2((slot.width() * 0.08).min(2.0), 0.0));
    bar.set_top(slot.bottom() - (share * slot.height()).max(if bin.count > 0 { 1.0 } else { 0.0 }));
    let sense = if has_filters && bin.count > 0 { Sense::click() } else { Sense::hover() };
    let response = ui.interact(slot, ui.scope_id().with(("bin", &bin.label_from)), sense);
    let range = range_words(bin);
    let label = format!("{range}: {}", text::counted(bin.count, "row", "rows"));
    let is_hot = sense.senses_click() && (response.hovered() || response.has_focus());
    if is_hot {
        ui.painter().rect_filled(slot, 1.0, palette(ui).hover);
    }
    ui.painter().rect_filled(bar, 1.0, if is_hot { palette(ui).accent } else { palette(ui).chart });
    if sense.senses_click() {
        response
            .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Show the rows of {range}")));
        let hover = format!("{label}\n\nClick to show these rows");
        return response.on_hover_text(hover).clicked();
    }
    response.on_hover_text(label);
    false
}

fn range_words(bin: &Bin) -> String {
    if bin.label_from == bin.label_to {
        bin.label_from.clone()
    } else {
        format!("{} to {}", bin.label_from, bin.label_to)
    }
}

fn filter_of(column: &str, bin: &Bin) -> ViewFilter {
    let Bin { from, to, includes_end, .. } = *bin;
    ViewFilter { column: column.to_owned(), keep: Keep::Between { from, to, includes_end, words: range_words(bin) } }
}

/// The most frequent values; one that was clicked keeps its rows.
fn top_ui(ui: &mut Ui, of: &ColumnProfile) -> Option<ViewFilter> {
    form::section_ui(ui, "Most frequent values");
    if of.top.is_empty() {
        form::label_ui(ui, "Every cell is blank.");
        return None;
    }
    let clicked = entry::value_bars_ui(ui, &of.top, of.total, "Show the rows with");
    let shown: u64 = of.top.iter().map(|(_, count)| count).sum();
    let others = of.distinct - of.top.len() as u64;
    if others > 0 {
        let rows = text::counted(of.total - of.blank - shown, "row", "rows");
        form::label_ui(ui, &format!("and {} in {rows}", text::counted(others, "other value", "other values")));
    }
    clicked.map(|place| ViewFilter::only(&of.name, &of.top[place].0))
}
