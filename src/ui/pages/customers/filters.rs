//! The filters beside the customers: for each field its values with counts, or a histogram. A count is of the
//! customers that the search and all other filters let pass.

use eframe::egui::{self, RichText, Ui};

use crate::engine::customer::customers::BECAME_KNOWN_ON;
use crate::engine::customer::index::{Answer, Bar, Facet, HistogramFacet, Test, ValueFacet};
use crate::help;
use crate::ui::context::PageCx;
use crate::ui::theme::{GAP, ROW_HEIGHT, TextRole as _, icon, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::{entry, form, interval, text};

/// Values listed of a column, and how many more come at a time.
pub const LISTED: usize = 6;
const MORE: usize = 24;
/// Room between the two ends of an interval, in points.
const ENDS_GAP: f32 = 22.0;
/// Characters of a date.
const DATE: usize = "2026-07-01".len();
/// What stands for a blank value.
pub const BLANK: &str = msg!("(blank)");

/// Every filter offered, one under the other.
pub fn filters_ui(ui: &mut Ui, cx: &mut PageCx<'_>, columns: &[String], answer: &Answer) {
    egui::ScrollArea::vertical().auto_shrink(false).id_salt("filters").show(ui, |ui| {
        // The scroll bar lies over no bar of a histogram.
        ui.set_max_width(ui.available_width() - 12.0);
        for column in columns {
            ui.push_id(column, |ui| filter_ui(ui, cx, column, answer));
        }
        entry::follow_focus_ui(ui, &mut cx.memory.focus_seen);
    });
}

fn filter_ui(ui: &mut Ui, cx: &mut PageCx<'_>, column: &str, answer: &Answer) {
    let closed = cx.memory.customers.closed.contains(column);
    ui.horizontal(|ui| {
        let arrow = if closed { icon::CLOSED } else { icon::OPEN };
        let room = ui.available_width() - form::ICON_ROOM;
        let title = egui::Button::new(RichText::new(format!("{arrow} {column}")).bold()).frame(false).truncate();
        let title = entry::cell_ui(ui, room, |ui| ui.add(title));
        let name = tr!("Values of {column}", column);
        title.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, !closed, &name));
        if title.clicked() {
            let all = &mut cx.memory.customers.closed;
            if !all.remove(column) {
                all.insert(column.to_owned());
            }
        }
        let filtered = cx.memory.customers.query.filter(column).is_some();
        if filtered && form::icon_button(ui, icon::REMOVE, &tr!("Clear the filter on {column}", column), true) {
            cx.memory.customers.query.set_filter(column, None);
        }
    });
    if closed {
        return;
    }
    if column == BECAME_KNOWN_ON {
        // Why so many have none is not to be seen in the numbers.
        let words = tr!("Blank: still unknown, or known from the start");
        form::label_ui(ui, words).help(help::BECAME_KNOWN_ON.topic());
    }
    match answer.facet(column) {
        Some(Facet::Values(facet)) => values_ui(ui, cx, facet),
        Some(Facet::Histogram(facet)) => histogram_ui(ui, cx, facet),
        None => {
            form::label_ui(ui, tr!("Counting…"));
        }
    }
    if let Some((_, problem)) = answer.problems.iter().find(|(of, _)| of == column) {
        form::error_ui(ui, problem);
    }
    ui.add_space(GAP);
}

/// Chooses or unchooses a value of a column.
fn toggle(cx: &mut PageCx<'_>, column: &str, value: &str) {
    let query = &mut cx.memory.customers.query;
    let mut values = match query.filter(column).map(|filter| &filter.test) {
        Some(Test::Values(values)) => values.clone(),
        _ => Vec::new(),
    };
    match values.iter().position(|other| other == value) {
        Some(place) => {
            values.remove(place);
        }
        None => values.push(value.to_owned()),
    }
    query.set_filter(column, (!values.is_empty()).then_some(Test::Values(values)));
}

/// A value to tick, with its count at the end of the line.
fn value_ui(ui: &mut Ui, cx: &mut PageCx<'_>, column: &str, value: &str, count: u64) {
    let chosen = |test: &Test| matches!(test, Test::Values(values) if values.iter().any(|other| other == value));
    let mut checked = cx.memory.customers.query.filter(column).is_some_and(|filter| chosen(&filter.test));
    let shown = if value.is_empty() { crate::text::of(BLANK) } else { value };
    let color = palette(ui).text_weak;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let count = text::count(count);
        let room = ui.available_width() - (count.len() as f32 * 8.0 + 8.0);
        let changed = entry::cell_ui(ui, room, |ui| {
            ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
            entry::check_ui(
                ui,
                (&format!("{column}: {shown}"), help::FILTER_VALUE),
                &mut checked,
                &text::one_line(shown, 80),
                true,
            )
            .changed()
        });
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.label(RichText::new(count).color(color));
        });
        if changed {
            toggle(cx, column, value);
        }
    });
}

fn values_ui(ui: &mut Ui, cx: &mut PageCx<'_>, facet: &ValueFacet) {
    let column = &facet.column;
    let search = cx.memory.customers.value_search.get(column).cloned().unwrap_or_default();
    if facet.more > 0 || facet.values.len() > LISTED || !search.is_empty() {
        let mut typed = search;
        let response = form::text_ui(
            ui,
            (&tr!("Find in {column}", column), help::FIND_VALUE),
            &mut typed,
            tr!("Find a value"),
            f32::INFINITY,
        );
        if response.changed() {
            cx.memory.customers.value_search.insert(column.clone(), typed);
        }
    }
    ui.spacing_mut().item_spacing.y = 1.0;
    for value in &facet.values {
        value_ui(ui, cx, column, &value.value, value.count);
    }
    let blank_chosen = cx
        .memory
        .customers
        .query
        .filter(column)
        .is_some_and(|filter| matches!(&filter.test, Test::Values(values) if values.iter().any(String::is_empty)));
    if facet.blank > 0 || blank_chosen {
        value_ui(ui, cx, column, "", facet.blank);
    }
    if facet.values.is_empty() && facet.blank == 0 {
        form::label_ui(ui, tr!("No values"));
    }
    if facet.more > 0 {
        let more = tr!("{more} more", more = text::count(facet.more));
        if entry::named_button(ui, &more, &tr!("More values of {column}", column)).clicked() {
            let listed = cx.memory.customers.listed.entry(column.clone()).or_insert(LISTED);
            *listed += MORE;
        }
    }
}

/// Bars to choose from, the ends as text, and the blank ones.
fn histogram_ui(ui: &mut Ui, cx: &mut PageCx<'_>, facet: &HistogramFacet) {
    let column = &facet.column;
    let (from, to, below) = match cx.memory.customers.query.filter(column).map(|filter| &filter.test) {
        Some(Test::Interval { from, to, below }) => (from.clone(), to.clone(), *below),
        _ => Default::default(),
    };
    let filtered = !from.is_empty() || !to.is_empty();
    let (first, last) = (
        facet.bars.iter().position(|bar| bar.from == from),
        facet.bars.iter().position(|bar| bar.to == to && bar.below == below),
    );
    let bounds = filtered.then(|| first.zip(last)).flatten();
    let is_chosen = |bar: &Bar| {
        let place = facet.bars.iter().position(|other| std::ptr::eq(other, bar));
        bounds.zip(place).is_some_and(|((first, last), place)| (first..=last).contains(&place))
    };
    if let ([only], false) = (facet.bars.as_slice(), filtered) {
        // One bar tells nothing and leaves nothing to choose.
        form::label_ui(
            ui,
            &format!("{}: {}", tr!("{n} customer" | "{n} customers" % only.count), interval::words(only)),
        );
    } else if !facet.bars.is_empty() {
        if let Some((first, last)) = interval::interval_ui(ui, column, &facet.bars, is_chosen) {
            let (from, to) = (&facet.bars[first], &facet.bars[last]);
            // A second click on the chosen bar takes the filter off.
            let test = Test::Interval { from: from.from.clone(), to: to.to.clone(), below: to.below };
            let by_pointer = ui.input(|input| input.pointer.any_released());
            let again = (by_pointer && bounds == Some((first, last))) || (from.from.is_empty() && to.to.is_empty());
            cx.memory.customers.query.set_filter(column, (!again).then_some(test));
        }
        ends_ui(ui, cx, facet, (&from, &to, below));
    }
    if facet.blank > 0 {
        value_ui(ui, cx, column, "", facet.blank);
    }
}

/// The ends of the interval, to read and to type.
fn ends_ui(ui: &mut Ui, cx: &mut PageCx<'_>, facet: &HistogramFacet, (from, to, below): (&str, &str, bool)) {
    let column = &facet.column;
    let least = facet.bars.first().map_or("", |bar| interval::shown(&bar.from));
    let most = facet.bars.last().map_or("", |bar| interval::shown(&bar.to));
    let (from_shown, to_shown) = (interval::shown(from), interval::shown(to));
    // Times of day have no room beside each other.
    let beneath = [least, most, from_shown, to_shown].iter().any(|end| end.chars().count() > DATE);
    let room = ui.available_width() - ENDS_GAP;
    let width = if beneath { room } else { room / 2.0 };
    let mut typed = None;
    let layout = if beneath {
        egui::Layout::top_down(egui::Align::Min)
    } else {
        egui::Layout::left_to_right(egui::Align::Center)
    };
    ui.allocate_ui_with_layout(egui::vec2(ui.available_width(), ROW_HEIGHT), layout, |ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        let held = &mut cx.memory.typed;
        let start = entry::held_text_ui(
            ui,
            held,
            (&tr!("{column} from", column), help::FILTER_RANGE),
            from_shown,
            least,
            width,
        );
        if !beneath {
            ui.label(if below && !to.is_empty() { "<" } else { "–" });
        }
        let end =
            entry::held_text_ui(ui, held, (&tr!("{column} to", column), help::FILTER_RANGE), to_shown, most, width);
        if start.done || end.done {
            let end_of = |typed: &entry::Typed, before: &str| {
                if typed.done { typed.text.trim().to_owned() } else { before.to_owned() }
            };
            typed = Some((end_of(&start, from), end_of(&end, to), below && !end.done));
        }
    });
    if let Some((from, to, below)) = typed {
        let test = (!from.is_empty() || !to.is_empty()).then_some(Test::Interval { from, to, below });
        cx.memory.customers.query.set_filter(column, test);
    }
}

/// A filter in words, as a chip shows it.
pub fn words(test: &Test) -> String {
    match test {
        Test::Filled => tr!("has a value").to_owned(),
        Test::Values(values) => values_words(values),
        Test::Except(values) => tr!("not {values_words}", values_words = values_words(values)),
        Test::Interval { from, to, below } => {
            interval::words(&Bar { from: from.clone(), to: to.clone(), below: *below, count: 0 })
        }
    }
}

fn values_words(values: &[String]) -> String {
    let shown = |value: &String| if value.is_empty() { tr!("blank").to_owned() } else { text::one_line(value, 30) };
    let words: Vec<String> = values.iter().take(3).map(shown).collect();
    let more = if values.len() > 3 { tr!(" and {values} more", values = values.len() - 3) } else { String::new() };
    format!("{}{more}", words.join(", "))
}
