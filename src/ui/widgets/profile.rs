//! What a column holds: figures, the spread of its values, the most frequent ones; each bar is a filter.

use eframe::egui::{self, Ui};

use super::{entry, form, text};
use crate::engine::chart::of_run;
use crate::engine::ingest::{Bin, ColumnProfile};
use crate::engine::view::{Keep, ViewFilter};
use crate::help;
use crate::ui::context::PageCx;
use crate::ui::pages::parts;

/// Draws a profile; the filter that was clicked, where `has_filters`.
pub fn profile_ui(ui: &mut Ui, cx: &mut PageCx<'_>, of: &ColumnProfile, has_filters: bool) -> Option<ViewFilter> {
    numbers_ui(ui, of);
    let of_bar = if of.histogram.is_empty() { None } else { spread_ui(ui, cx, of) };
    let of_value = top_ui(ui, of);
    of_bar.or(of_value).filter(|_| has_filters)
}

fn numbers_ui(ui: &mut Ui, of: &ColumnProfile) {
    let share = |part: u64| format!("{} ({})", text::count(part), text::percent(part, of.total));
    let facts = [
        (help::PROFILE_TYPE, of.column_type.label().to_owned()),
        (help::PROFILE_ROWS, text::count(of.total)),
        (help::PROFILE_BLANK, share(of.blank)),
        (help::PROFILE_DISTINCT, share(of.distinct)),
        (help::PROFILE_SMALLEST, text::one_line(&of.min, 40)),
        (help::PROFILE_LARGEST, text::one_line(&of.max, 40)),
    ];
    entry::facts_ui(ui, "profile facts", &facts);
}

/// The histogram; a bar that was clicked keeps its rows.
fn spread_ui(ui: &mut Ui, cx: &mut PageCx<'_>, of: &ColumnProfile) -> Option<ViewFilter> {
    let clicked = parts::chart_ui(ui, cx, &of_run::spread(of), help::PROFILE_SPREAD);
    ui.horizontal(|ui| {
        form::label_ui(ui, &text::one_line(&of.min, 30));
        let right = egui::Layout::right_to_left(egui::Align::Center);
        ui.with_layout(right, |ui| form::label_ui(ui, &text::one_line(&of.max, 30)));
    });
    of.histogram.get(clicked?).map(|bin| filter_of(&of.name, bin))
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
