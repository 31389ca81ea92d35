//! Above the customers: the states with their counts, the search, the filters as chips, and how many are shown.

use std::sync::Arc;

use eframe::egui::{self, Key, Modifiers, RichText, Ui};

use super::filters;
use crate::engine::customer::customers::{CUSTOMER_ID, KNOWN, PROFILE_STATE, UNKNOWN};
use crate::engine::customer::index::{Query, Test, segment, terms};
use crate::engine::customer::naming::Naming;
use crate::engine::table::Table;
use crate::help;
use crate::ui::context::PageCx;
use crate::ui::theme::{TextRole as _, icon, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::picker::{self, Entry};
use crate::ui::widgets::{entry, form, grid, text};
use crate::workbench::customers::Shown;
use crate::workbench::{Command, Page, Published};

/// What the sort is called while there is none.
const UNSORTED: &str = msg!("File order");
/// Digits of a CustomerId.
const ID_LENGTH: usize = 32;

/// Says whether the searched text is an id or a key of somebody.
pub fn bar_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    published: &Published,
    table: &Arc<Table>,
    query: &Query,
    shown: &Shown,
) -> bool {
    ui.horizontal_wrapped(|ui| {
        states_ui(ui, cx, published);
        ui.separator();
        if ui.link(tr!("Which identifiers make a customer known?")).clicked() {
            cx.send(Command::Go(Page::UnifiedView));
        }
        ui.separator();
        let memory = &mut cx.memory.customers;
        let help =
            tr!("Which fields are searched, offered as filters and shown on cards, and what cards are called by");
        let label = tr!("Search & filter fields…");
        if ui.selectable_label(memory.choosing_fields, label).on_hover_text(help).clicked() {
            memory.choosing_fields = !memory.choosing_fields;
        }
    });
    ui.horizontal_wrapped(|ui| {
        search_ui(ui, cx);
        let memory = &mut cx.memory.customers;
        let label = if memory.hides_filters { tr!("Show filters") } else { tr!("Hide filters") };
        if ui.button(label).clicked() {
            memory.hides_filters = !memory.hides_filters;
        }
        ui.separator();
        view_ui(ui, cx);
        sort_ui(ui, cx, table);
    });
    ui.horizontal_wrapped(|ui| {
        count_ui(ui, table, shown);
        chips_ui(ui, cx);
        if !query.narrows() {
            return;
        }
        let reason = match segment::rules(query, cx.draft) {
            Err(problems) if cx.memory.customers.segment_name.is_none() => {
                Err(tr!("A segment cannot say all of this:\n{problems}", problems = problems.join("\n")))
            }
            _ => Ok(()),
        };
        if form::button_or_reason(ui, tr!("Save as a segment…"), reason).clicked() {
            let memory = &mut cx.memory.customers;
            memory.saved = None;
            memory.segment_name = if memory.segment_name.is_some() { None } else { Some(String::new()) };
        }
    });
    // Beside its values a filter says itself what is wrong with it.
    let is_listed = |column: &String| query.facets.iter().any(|facet| facet.column == *column);
    for (column, problem) in shown.answer.problems.iter().filter(|(column, _)| !is_listed(column)) {
        form::error_ui(ui, format!("{column}: {problem}"));
    }
    keys_ui(ui, cx, published, table)
}

/// All, Known, Unknown, each with its count.
fn states_ui(ui: &mut Ui, cx: &mut PageCx<'_>, published: &Published) {
    let report = &published.report;
    let query = &mut cx.memory.customers.query;
    let filter = query.filter(PROFILE_STATE).map(|filter| filter.test.clone());
    for (state, label, count, of) in [
        (None, tr!("All"), report.customers, help::CUSTOMERS),
        (Some(KNOWN), tr!("Known"), report.known, help::KNOWN),
        (Some(UNKNOWN), tr!("Unknown"), report.unknown, help::UNKNOWN),
    ] {
        let test = state.map(|state| Test::Values(vec![state.to_owned()]));
        let selected = filter == test;
        let response = ui.selectable_label(selected, format!("{label}  {}", text::count(count))).help(of.topic());
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, selected, label));
        if response.clicked() {
            query.set_filter(PROFILE_STATE, test);
        }
    }
}

/// The phrase, and whether customers need all of its terms.
fn search_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let memory = &mut cx.memory.customers;
    let query = &mut memory.query;
    let label = (tr!("Search customers"), help::SEARCH_CUSTOMERS);
    let field = form::text_ui(ui, label, &mut query.search, tr!("Search"), 210.0);
    if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::F)) {
        field.request_focus();
    }
    // What was found is one key away.
    if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) && !memory.as_table {
        memory.tiles.wants_focus = true;
    }
    // Of one term both say the same.
    if terms(&query.search).len() < 2 {
        return;
    }
    ui.spacing_mut().item_spacing.x = 2.0;
    for (some, label, help) in [
        (false, tr!("All terms"), tr!("Customers who have every term")),
        (true, tr!("Some terms"), tr!("Customers who have any term, those with more of them first")),
    ] {
        let selected = query.some == some;
        let response = ui.selectable_label(selected, label).on_hover_text(help);
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, selected, label));
        if response.clicked() {
            query.some = some;
        }
    }
    ui.spacing_mut().item_spacing.x = 8.0;
}

fn view_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    ui.spacing_mut().item_spacing.x = 2.0;
    for (as_table, label) in [(false, tr!("Cards")), (true, tr!("Table"))] {
        let selected = cx.memory.customers.as_table == as_table;
        let response = ui.selectable_label(selected, label);
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, selected, label));
        if response.clicked() {
            cx.memory.customers.as_table = as_table;
        }
    }
    ui.spacing_mut().item_spacing.x = 8.0;
}

/// The column that customers are sorted by, and which end comes first.
fn sort_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &Table) {
    let first = Naming::of(cx.draft).sort_column().map(str::to_owned);
    let sort = &mut cx.memory.customers.query.sort;
    let by = sort.first().map(|(column, _)| column.clone());
    form::label_ui(ui, tr!("Sort by"));
    let mut column = by.clone();
    let shown = by.clone().unwrap_or_else(|| crate::text::of(UNSORTED).to_owned());
    let chosen = picker::one_of_ui(ui, (tr!("Sort by"), help::SORT_CUSTOMERS), &shown, &mut column, 130.0, || {
        // What people look for comes first.
        let others = table.columns.iter().map(|column| &column.name).filter(|name| Some(*name) != first.as_ref());
        let names = first.iter().chain(others).map(|name| (Some(name.clone()), Entry::new(name)));
        std::iter::once((None, Entry::new(crate::text::of(UNSORTED)))).chain(names).collect()
    });
    if chosen.changed() && column != by {
        *sort = column.map(|column| (column, false)).into_iter().collect();
    }
    if let Some((_, descending)) = sort.first_mut() {
        let (icon, name) = if *descending { (icon::DOWN, tr!("Descending")) } else { (icon::UP, tr!("Ascending")) };
        if form::icon_button(ui, icon, name, true) {
            *descending = !*descending;
        }
    }
}

fn count_ui(ui: &mut Ui, table: &Table, shown: &Shown) {
    let (found, all) = (shown.answer.rows.len() as u64, table.rows as u64);
    let of = if found == all { String::new() } else { tr!("{found} of ", found = text::count(found)) };
    let updating = if shown.pending { tr!(", updating…") } else { "" };
    let words = format!("{of}{}{updating}", tr!("{n} customer" | "{n} customers" % all));
    let color = if shown.pending { palette(ui).text_weak } else { palette(ui).text };
    if shown.pending {
        ui.spinner();
    }
    ui.label(RichText::new(words).bold().color(color));
}

/// The filters in force, each to be taken off.
fn chips_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let query = &mut cx.memory.customers.query;
    let mut dropped = None;
    for filter in &query.filters {
        let words = format!("{}: {}", filter.column, filters::words(&filter.test));
        let chip =
            entry::named_button(ui, &icon::after(&words, icon::REMOVE), &tr!("Remove the filter {words}", words));
        if chip.on_hover_text(tr!("Remove this filter")).clicked() {
            dropped = Some(filter.column.clone());
        }
    }
    if let Some(column) = dropped {
        query.set_filter(&column, None);
    }
    // One column is named beside "Sort by".
    if query.sort.len() > 1 {
        grid::sorts_ui(ui, &mut query.sort);
    }
    if query.narrows() && ui.button(tr!("Clear all")).clicked() {
        super::clear(query);
    }
}

/// Whose id or key the searched text is: former ids, and keys of rows that were merged into another, are in no field.
fn keys_ui(ui: &mut Ui, cx: &mut PageCx<'_>, published: &Published, table: &Arc<Table>) -> bool {
    let search = cx.memory.customers.query.search.trim().to_owned();
    let mut owners = match &published.run {
        Some(run) if !search.is_empty() => cx.memory.owners(run, &search).to_vec(),
        _ => Vec::new(),
    };
    if search.len() == ID_LENGTH && search.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let owner = cx.memory.id_owner(table, &search);
        owners.extend(owner.map(|row| (String::new(), row as u32)));
    }
    owners.retain(|(_, customer)| (*customer as usize) < table.rows);
    if owners.is_empty() {
        return false;
    }
    let naming = Naming::of(cx.draft);
    ui.horizontal_wrapped(|ui| {
        for (table_name, customer) in owners {
            let row = customer as usize;
            let words = if table_name.is_empty() {
                let name = naming.name(table, row).0;
                let is_now = table.column(CUSTOMER_ID).is_some_and(|ids| ids.text(row) == search);
                let what = if is_now { tr!("the CustomerId") } else { tr!("a former id") };
                tr!("{search} is {what} of {name}", search, what, name = text::one_line(&name, 60))
            } else {
                tr!("{search} is a key of {table_name}", search, table_name)
            };
            if ui.link(tr!("{words}: open its customer", words)).clicked() {
                super::open(cx, published, row);
            }
        }
    });
    true
}
