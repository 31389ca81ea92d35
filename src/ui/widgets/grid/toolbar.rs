//! Above a grid: search, what is filtered and sorted by as chips, the columns, and how many rows there are.

use eframe::egui::accesskit::Live;
use eframe::egui::{RichText, Ui};

use super::state::{GridState, Open};
use crate::engine::table::Table;
use crate::engine::view::ViewSpec;
use crate::help;
use crate::ui::context::PageCx;
use crate::ui::theme::{icon, palette};
use crate::ui::widgets::{entry, form, text};

/// Characters of a filter that a chip shows.
const CHIP_CHARACTERS: usize = 48;

pub fn toolbar_ui(ui: &mut Ui, cx: &PageCx<'_>, name: &str, table: &Table, spec: &mut ViewSpec, state: &mut GridState) {
    ui.horizontal_wrapped(|ui| {
        let search =
            form::text_ui(ui, (&tr!("Search {name}", name), help::SEARCH_GRID), &mut spec.search, tr!("Search"), 160.0);
        if std::mem::take(&mut state.wants_search) {
            search.request_focus();
        }
        filters_ui(ui, spec);
        sorts_ui(ui, &mut spec.sort);
        let has_many = spec.filters.len() + spec.sort.len() + usize::from(!spec.search.trim().is_empty()) > 1;
        if has_many && ui.button(tr!("Reset all")).on_hover_text(tr!("All rows, in the table's own order")).clicked() {
            *spec = ViewSpec::default();
        }
        columns_ui(ui, name, state);
        count_ui(ui, cx, name, table);
    });
}

fn filters_ui(ui: &mut Ui, spec: &mut ViewSpec) {
    let mut dropped = None;
    for (place, filter) in spec.filters.iter().enumerate() {
        let words = filter.words();
        let chip = ui.button(icon::after(&text::one_line(&words, CHIP_CHARACTERS), icon::REMOVE));
        if chip.on_hover_text(tr!("Remove this filter")).clicked() {
            dropped = Some(place);
        }
    }
    if let Some(place) = dropped {
        spec.filters.remove(place);
    }
}

/// The columns sorted by, each to be taken off.
pub fn sorts_ui(ui: &mut Ui, sort: &mut Vec<(String, bool)>) {
    let mut dropped = None;
    for (place, (column, descending)) in sort.iter().enumerate() {
        let verb = if place == 0 { tr!("Sorted by") } else { tr!("then by") };
        let direction = if *descending { tr!("descending") } else { tr!("ascending") };
        let chip = ui.button(icon::after(
            &format!("{verb} {}, {direction}", text::one_line(column, CHIP_CHARACTERS)),
            icon::REMOVE,
        ));
        let help = if sort.len() > 1 { tr!("Do not sort by this") } else { tr!("Back to the table's own order") };
        if chip.on_hover_text(help).clicked() {
            dropped = Some(place);
        }
    }
    if let Some(place) = dropped {
        sort.remove(place);
    }
}

pub fn columns_ui(ui: &mut Ui, name: &str, state: &mut GridState) {
    let words = match state.layout.hidden.len() {
        0 => tr!("Columns").to_owned(),
        hidden => tr!("Columns ({hidden} hidden)", hidden = text::count(hidden as u64)),
    };
    let button = entry::named_button(ui, &words, &tr!("Columns of {name}", name));
    let at = button.rect;
    if button.on_hover_text(tr!("Choose which columns are shown")).clicked() {
        let is_open = matches!(state.open, Open::Chooser { .. });
        state.show(if is_open { Open::Nothing } else { Open::Chooser { at } });
    }
}

fn count_ui(ui: &mut Ui, cx: &PageCx<'_>, name: &str, table: &Table) {
    let view = cx.workbench.views.get(name).filter(|view| std::ptr::eq(&*view.table, table));
    let shown = view.map_or(table.rows, |view| view.order.len()) as u64;
    let of = if shown == table.rows as u64 { String::new() } else { tr!("{shown} of ", shown = text::count(shown)) };
    let waiting = if view.is_some_and(|view| view.pending) { tr!(", updating…") } else { "" };
    let rows = tr!("{n} row" | "{n} rows" % table.rows);
    let label = ui.label(RichText::new(format!("{of}{rows}{waiting}")).color(palette(ui).text_weak));
    ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(Live::Polite));
}
