//! What a column holds: figures, the spread of its values, the most frequent ones; each bar is a filter.

use eframe::egui::{self, Ui};

use super::{entry, form, text};
use crate::engine::chart::of_run;
use crate::engine::ingest::{Bin, ColumnProfile};
use crate::engine::view::{Keep, ViewFilter};
use crate::help;
use crate::ui::context::PageCx;
use crate::ui::pages::parts;

/// The most frequent values that a hover shows.
const BRIEF: usize = 5;

/// Draws a profile; the filter that was clicked, where `has_filters`.
pub fn profile_ui(ui: &mut Ui, cx: &mut PageCx<'_>, of: &ColumnProfile, has_filters: bool) -> Option<ViewFilter> {
    numbers_ui(ui, of);
    let of_bar = if of.histogram.is_empty() { None } else { spread_ui(ui, cx, of) };
    let of_value = top_ui(ui, of);
    of_bar.or(of_value).filter(|_| has_filters)
}

/// The most telling of a profile, for a hover; the filter that was clicked, where `has_filters`.
pub fn brief_ui(ui: &mut Ui, cx: &mut PageCx<'_>, of: &ColumnProfile, has_filters: bool) -> Option<ViewFilter> {
    let kind = of.column_type.label();
    let blank = match of.blank {
        0 => tr!("none blank").to_owned(),
        blank => tr!("{blank} blank ({blank_2})", blank = text::count(blank), blank_2 = text::percent(blank, of.total)),
    };
    let distinct = if of.distinct > 0 && of.distinct + of.blank == of.total {
        tr!("all different").to_owned()
    } else {
        tr!("{n} different value" | "{n} different values" % of.distinct)
    };
    ui.add(egui::Label::new(format!("{kind}: {}, {blank}, {distinct}", tr!("{n} row" | "{n} rows" % of.total))).wrap());
    if of.distinct == 0 {
        return None;
    }
    if of.histogram.is_empty() {
        form::label_ui(
            ui,
            &tr!("{min} to {max}", min = text::one_line(&of.min, 22), max = text::one_line(&of.max, 22)),
        );
    }
    let few = &of.top[..of.top.len().min(BRIEF)];
    let says_more = few.first().is_some_and(|(_, count)| *count > 1);
    let clicked = if of.histogram.is_empty() {
        says_more.then(|| value_clicked_ui(ui, of, few)).flatten()
    } else {
        spread_ui(ui, cx, of)
    };
    clicked.filter(|_| has_filters)
}

fn value_clicked_ui(ui: &mut Ui, of: &ColumnProfile, few: &[(String, u64)]) -> Option<ViewFilter> {
    let clicked = entry::value_bars_ui(ui, few, of.total, tr!("Show the rows with"))?;
    Some(ViewFilter::only(&of.name, &few[clicked].0))
}

fn numbers_ui(ui: &mut Ui, of: &ColumnProfile) {
    let share = |part: u64| format!("{} ({})", text::count(part), text::percent(part, of.total));
    let facts = [
        (help::PROFILE_TYPE, of.column_type.label().to_owned()),
        (help::PROFILE_ROWS, text::count(of.total)),
        (help::PROFILE_BLANK, share(of.blank)),
        (
            help::PROFILE_DISTINCT,
            format!("{} ({})", text::count(of.distinct), text::percent(of.distinct, of.total - of.blank)),
        ),
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
        tr!("{label_from} to {label_to}", label_from = bin.label_from, label_to = bin.label_to)
    }
}

fn filter_of(column: &str, bin: &Bin) -> ViewFilter {
    let Bin { from, to, includes_end, .. } = *bin;
    ViewFilter { column: column.to_owned(), keep: Keep::Between { from, to, includes_end, words: range_words(bin) } }
}

/// Values that stand once each, where bars of one length would say nothing.
fn examples_ui(ui: &mut Ui, of: &ColumnProfile) -> Option<ViewFilter> {
    let mut clicked = None;
    for (value, _) in of.top.iter().take(BRIEF) {
        let shown = text::one_line(value, 60);
        let link = ui.link(&shown).on_hover_text(tr!("Show the row with {shown}", shown));
        if link.clicked() {
            clicked = Some(ViewFilter::only(&of.name, value));
        }
    }
    clicked
}

/// The most frequent values; one that was clicked keeps its rows.
fn top_ui(ui: &mut Ui, of: &ColumnProfile) -> Option<ViewFilter> {
    let is_unique = of.distinct > 1 && of.distinct + of.blank == of.total;
    form::section_ui(ui, if is_unique { tr!("Values") } else { tr!("Most frequent values") });
    if of.top.is_empty() {
        form::label_ui(ui, tr!("Every cell is blank."));
        return None;
    }
    if is_unique {
        form::label_ui(
            ui,
            &tr!("All {distinct} values are different. Some of them:", distinct = text::count(of.distinct)),
        );
        return examples_ui(ui, of);
    }
    let clicked = entry::value_bars_ui(ui, &of.top, of.total, tr!("Show the rows with"));
    let shown: u64 = of.top.iter().map(|(_, count)| count).sum();
    let others = of.distinct - of.top.len() as u64;
    if others > 0 {
        let rows = tr!("{n} row" | "{n} rows" % of.total - of.blank - shown);
        form::label_ui(
            ui,
            &tr!("and {values} in {rows}", values = tr!("{n} other value" | "{n} other values" % others), rows),
        );
    }
    clicked.map(|place| ViewFilter::only(&of.name, &of.top[place].0))
}
