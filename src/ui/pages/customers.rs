//! Customers: searched and filtered, as cards or a table, and the card of one (semantics 1.9).

mod bar;
mod card;
mod fields;
mod filters;
mod found;
mod picture;
mod save;
mod tiles;

use std::sync::Arc;

use eframe::egui::{self, RichText, Ui};

use crate::engine::check::Wanted;
use crate::engine::customer::customers::CUSTOMER_ID;
use crate::engine::customer::index::{Answer, FacetRequest, PageFields, Query};
use crate::engine::table::Table;
use crate::ui::context::PageCx;
use crate::ui::pages::{live, parts};
use crate::ui::theme::{self, GAP_TINY, palette};
use crate::ui::widgets::{form, grid};
use crate::workbench::{Command, Published};

/// The name of the list, of cards or a table.
const LIST: &str = msg!("customers");
/// Width of the filters, in points.
const FILTERS: f32 = 276.0;
/// Pages narrower than this, in points, have no room for filters, list and card: the filters wait until the card is
/// closed.
const ALL_THREE: f32 = 860.0;

pub fn page_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let Some(published) = cx.workbench.published.clone() else {
        nothing_ui(ui, cx);
        return;
    };
    let Some(table) = published.customers.clone() else {
        form::empty_ui(ui, tr!("The last results are being read…"), None);
        return;
    };
    if cx.workbench.is_running() {
        ui.label(RichText::new(tr!("A run is going on; these are the last results.")).color(palette(ui).text_weak));
    } else if cx.workbench.customers_are_stale() {
        ui.horizontal(|ui| {
            form::warning_ui(ui, tr!("The project or a file changed since these customers were made."));
            if form::button_or_reason(ui, tr!("Run again"), Command::UnifyAndDependencies.enabled(cx.workbench))
                .clicked()
            {
                cx.send(Command::UnifyAndDependencies);
            }
        });
    }
    let table = live::named(cx, crate::text::of(LIST), &table);
    escape(ui, cx);
    let fields = cx.workbench.customer_page_fields(&table);
    let query = asked(cx, &fields);
    let shown = cx.workbench.search_customers(&table, &query);
    let has_key = bar::bar_ui(ui, cx, &published, &table, &query, &shown);
    if cx.memory.customers.choosing_fields {
        fields::fields_ui(ui, cx, &fields);
    }
    save::save_ui(ui, cx, &query);
    ui.add_space(GAP_TINY);
    let opened = cx.memory.customer_row(&table);
    if !cx.memory.customers.hides_filters && (opened.is_none() || ui.available_width() >= ALL_THREE) {
        filters_ui(ui, cx, &fields, &shown.answer);
    }
    if let Some(row) = opened {
        let width = (ui.available_width() * 0.52).clamp(320.0, 520.0);
        let panel = egui::Panel::right("customer card").frame(egui::Frame::NONE).show_separator_line(false);
        panel.default_size(width).size_range(300.0..=620.0).resizable(true).show(ui, |ui| {
            card::card_ui(ui, cx, &published, &table, row);
        });
    }
    list_ui(ui, cx, &table, &fields, &shown.answer, has_key);
    let now = &cx.memory.customers.query;
    if (&now.search, now.some, &now.filters, &now.sort) != (&query.search, query.some, &query.filters, &query.sort) {
        cx.memory.customers.tiles = Default::default();
        cx.memory.rewind_grid(crate::text::of(LIST));
        ui.ctx().request_repaint();
    }
}

/// Escape puts away what was opened last, where nothing else wants it.
fn escape(ui: &Ui, cx: &mut PageCx<'_>) {
    let is_free = ui.memory(|memory| memory.focused().is_none()) && !egui::Popup::is_any_open(ui.ctx());
    let opened = cx.memory.customers.choosing_fields || cx.memory.customer.is_some();
    if opened && is_free && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape)) {
        if cx.memory.customers.choosing_fields {
            cx.memory.customers.choosing_fields = false;
        } else {
            cx.memory.customer = None;
        }
    }
}

/// The page's question, with what the project says is searched, and the counts that are in sight.
fn asked(cx: &PageCx<'_>, fields: &PageFields) -> Query {
    let memory = &cx.memory.customers;
    let request = |column: &&String| FacetRequest {
        column: (*column).clone(),
        search: memory.value_search.get(*column).cloned().unwrap_or_default(),
        limit: memory.listed.get(*column).copied().unwrap_or(filters::LISTED),
    };
    let in_sight = fields.filter.iter().filter(|column| !memory.hides_filters && !memory.closed.contains(*column));
    let facets = in_sight.collect::<Vec<_>>().iter().map(request).collect();
    Query { searched: fields.search.clone(), facets, ..memory.query.clone() }
}

fn filters_ui(ui: &mut Ui, cx: &mut PageCx<'_>, fields: &PageFields, answer: &Answer) {
    let frame = egui::Frame::new().inner_margin(egui::Margin { right: 8, ..Default::default() });
    let panel = egui::Panel::left("customer filters").frame(frame).show_separator_line(false);
    panel.default_size(FILTERS).size_range(170.0..=360.0).resizable(true).show(ui, |ui| {
        theme::card(ui).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            filters::filters_ui(ui, cx, &fields.filter, answer);
        });
    });
}

fn list_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &Arc<Table>, fields: &PageFields, answer: &Answer, has_key: bool) {
    let frame = egui::Frame::new().inner_margin(egui::Margin { right: 8, ..Default::default() });
    egui::CentralPanel::default().frame(frame).show(ui, |ui| {
        theme::card(ui).show(ui, |ui| {
            if answer.rows.is_empty() && table.rows > 0 {
                let query = &cx.memory.customers.query;
                let sentence = match (has_key, query.filters.is_empty(), query.search.trim().is_empty()) {
                    (true, _, _) => tr!("No field has this text; see the key above."),
                    (false, true, _) => tr!("No customer has all of this. Look for some of the terms, or for fewer."),
                    (false, false, true) => tr!("No customer passes all filters. Take a filter off."),
                    _ => tr!("No customer has all of this. Take a filter off, or look for some of the terms."),
                };
                if form::empty_ui(ui, sentence, Some(tr!("Show all customers"))) {
                    clear(&mut cx.memory.customers.query);
                }
                return;
            }
            let outcome = if cx.memory.customers.as_table {
                let columns = live::customer_columns(table);
                let ordered =
                    grid::Ordered { columns: &columns, keys: &[columns[0].name.as_str()], order: &answer.rows };
                let mut sort = std::mem::take(&mut cx.memory.customers.query.sort);
                let (outcome, filter) = grid::ordered_ui(ui, cx, (crate::text::of(LIST), table), &ordered, &mut sort);
                cx.memory.customers.query.sort = sort;
                if let Some(filter) = filter
                    && let Some(data) = table.column(&filter.column)
                {
                    cx.memory.customers.query.narrow(&filter, data);
                }
                outcome
            } else {
                tiles::tiles_ui(ui, cx, table, fields, answer)
            };
            if let Some(row) = outcome.activated.or(outcome.selected) {
                cx.memory.customer = table.column(CUSTOMER_ID).map(|ids| ids.text(row).into_owned());
            }
        });
    });
}

/// Everybody again, in the same order.
fn clear(query: &mut Query) {
    *query = Query { sort: std::mem::take(&mut query.sort), some: query.some, ..Query::default() };
}

fn nothing_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let sentence = tr!("Customers appear after the first run.");
    if parts::first_step_ui(ui, cx, sentence) {
        return;
    }
    match Command::UnifyAndDependencies.enabled(cx.workbench) {
        Ok(()) => {
            if form::empty_ui(ui, sentence, Some(Command::UnifyAndDependencies.text())) {
                cx.send(Command::UnifyAndDependencies);
            }
        }
        Err(reason) => {
            if !parts::mend_ui(ui, cx, sentence, Wanted::Customers) {
                form::empty_ui(ui, &format!("{sentence} {reason}"), None);
            }
        }
    }
}

/// The customer a published result shows, by row, as the selected one.
fn open(cx: &mut PageCx<'_>, published: &Published, row: usize) {
    let ids = published.customers.as_ref().and_then(|table| table.column(CUSTOMER_ID));
    cx.memory.customer = ids.map(|ids| ids.text(row).into_owned());
}
