//! The customers under the draft, and where the value of the selected cell comes from.

use eframe::egui::{self, RichText, Ui};

use crate::engine::check::Wanted;
use crate::engine::customer::customers::{
    BECAME_KNOWN_ON, CUSTOMER_ID, Customers, PREVIOUS_CUSTOMER_ID, PROFILE_STATE,
};
use crate::engine::customer::naming::CUSTOMER;
use crate::engine::customer::provenance::{self, Losing, Origin, Provenance};
use crate::engine::pipeline::Run;
use crate::engine::table::Table;
use crate::project::validate::key_column;
use crate::ui::context::PageCx;
use crate::ui::pages::{live, parts};
use crate::ui::theme::{GAP_TINY, TextRole as _, icon, palette};
use crate::ui::widgets::{form, grid, text};

const GRID: &str = msg!("Unified customers");
/// The account of the selected cell, and in the memory which one that is.
const ACCOUNT: &str = "provenance of a cell";

pub fn customers_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let Some(run) = live::unified(cx) else {
        live::missing_ui(ui, cx, tr!("Customers"), Wanted::Customers);
        return;
    };
    let Some(customers) = run.customers.clone() else { return };
    let table = live::named(cx, crate::text::of(GRID), &customers.table);
    let frame = egui::Frame::new().inner_margin(egui::Margin { top: 8, ..egui::Margin::ZERO });
    let selected =
        grid::selected_cell(cx, crate::text::of(GRID), &table).filter(|(row, _)| *row < customers.table.rows);
    if let Some((row, column)) = selected {
        let height = ui.available_height();
        let panel = egui::Panel::bottom("provenance")
            .frame(frame)
            .resizable(true)
            .default_size((height * 0.42).max(120.0))
            .size_range(90.0..=(height - 140.0).max(100.0));
        panel.show(ui, |ui| cell_ui(ui, cx, &run, &customers, row, &column));
    } else {
        let panel = egui::Panel::bottom("no provenance").frame(frame).show_separator_line(false);
        panel.show(ui, |ui| {
            parts::hint_ui(ui, tr!("Click a cell, or go to it with the arrows, to see where its value comes from."));
        });
    }
    let columns = columns(&table);
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let keys = if table.columns.len() > customers.table.columns.len() { &columns[..1] } else { &[] };
    let frame = egui::Frame::new().inner_margin(egui::Margin { left: 3, right: 3, top: 0, bottom: 3 });
    egui::CentralPanel::default().frame(frame).show(ui, |ui| {
        grid::keyed_ui(ui, cx, crate::text::of(GRID), &table, Some(&columns), keys);
    });
}

/// Fields first: what ids and dates there are beside them comes after.
fn columns(table: &Table) -> Vec<String> {
    let all = table.columns.iter().map(|column| column.name.clone());
    let ids = [CUSTOMER_ID, PREVIOUS_CUSTOMER_ID, BECAME_KNOWN_ON];
    let (last, first): (Vec<String>, Vec<String>) = all.partition(|name| ids.contains(&name.as_str()));
    let (state, first): (Vec<String>, Vec<String>) = first.into_iter().partition(|name| name == PROFILE_STATE);
    [first, state, last].concat()
}

/// The cell in words: where its value comes from, or what the column holds.
fn cell_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    run: &std::sync::Arc<Run>,
    customers: &Customers,
    row: usize,
    column: &str,
) {
    ui.horizontal(|ui| {
        ui.label(RichText::new(tr!("Where {column} comes from", column)).bold());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if form::icon_button(ui, icon::REMOVE, tr!("Close where the value comes from"), true) {
                cx.memory.rewind_grid(crate::text::of(GRID));
            }
        });
    });
    let field = customers.fields.iter().find(|(_, name)| name == column).map(|(id, _)| id.clone());
    let scroll = egui::ScrollArea::vertical().auto_shrink(false).id_salt("account");
    scroll.show(ui, |ui| match field {
        Some(field) => {
            let asked = format!("{row} {field}");
            if cx.memory.typed.insert(ACCOUNT.to_owned(), asked.clone()).as_ref() != Some(&asked) {
                cx.workbench.forget(ACCOUNT);
            }
            let make = move |run: &Run| provenance::provenance(run, row as u32, &field);
            if let Some(account) = cx.workbench.find(ACCOUNT, run, 1, make).value
                && let Some(account) = &*account
            {
                account_ui(ui, account);
            }
        }
        None => {
            if let Some(column) = customers.table.column(column) {
                ui.label(text::one_line(&column.text(row), 300));
            }
            form::label_ui(ui, &other_column(run, column));
        }
    });
}

fn account_ui(ui: &mut Ui, account: &Provenance) {
    let palette = palette(ui);
    if account.taken.is_empty() {
        ui.label(RichText::new(tr!("Blank: {reason}", reason = account.reason)).color(palette.text));
    }
    for (place, origin) in account.taken.iter().enumerate() {
        let reason = if place == 0 { account.reason.as_str() } else { "" };
        value_ui(ui, (icon::DONE, palette.good), origin, reason, true);
    }
    if account.agreeing > 0 {
        let places = tr!("{n} other place" | "{n} other places" % account.agreeing);
        form::label_ui(ui, &tr!("The same value stands in {places}.", places));
    }
    if !account.losing.is_empty() {
        ui.add_space(GAP_TINY);
        form::label_ui(ui, tr!("Not taken:"));
    }
    for Losing { origin, why, times, is_alternate } in &account.losing {
        let why = match (times, is_alternate) {
            (1, _) => why.clone(),
            (times, true) => tr!("{why}; {times} rows say so", why, times),
            (times, false) => tr!("{why}; {times} records say so", why, times),
        };
        value_ui(ui, (icon::ERROR, palette.text_weak), origin, &why, false);
    }
    if account.unlisted > 0 {
        form::label_ui(ui, &tr!("and {unlisted} more", unlisted = text::count(account.unlisted as u64)));
    }
}

/// A value with its place on one line, and why it was taken or not beneath.
fn value_ui(ui: &mut Ui, (icon, color): (&str, egui::Color32), origin: &Origin, why: &str, strong: bool) {
    let weak = palette(ui).text_weak;
    let Origin { table, column, row, key, value } = origin;
    ui.horizontal_top(|ui| {
        ui.label(RichText::new(icon).color(color));
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.spacing_mut().interact_size.y = ui.text_style_height(&egui::TextStyle::Body);
            ui.horizontal_wrapped(|ui| {
                let value = RichText::new(text::one_line(value, 300));
                ui.label(if strong { value.bold() } else { value });
                let place = tr!(
                    "{table} › {column} · row {from} · key {key}",
                    table,
                    column,
                    from = text::count(u64::from(*row)),
                    key
                );
                ui.label(RichText::new(place).small().color(weak));
            });
            if !why.is_empty() {
                ui.add(egui::Label::new(RichText::new(why).small().color(weak)).wrap());
            }
        });
    });
}

/// What a column that is no field holds.
fn other_column(run: &Run, column: &str) -> String {
    match column {
        CUSTOMER_ID if run.project.customer_id_fields.is_empty() => {
            tr!("Made from the key of the customer's first record, and kept from run to run.").to_owned()
        }
        CUSTOMER_ID => tr!("Made of the values chosen on the tab Keys.").to_owned(),
        PREVIOUS_CUSTOMER_ID => tr!("The ids that led to this customer before.").to_owned(),
        PROFILE_STATE => tr!("Known where a field of a known identifier's type has a value.").to_owned(),
        CUSTOMER => tr!("What the customer is called on its card: the name, else the first key.").to_owned(),
        BECAME_KNOWN_ON => tr!("When a key of an unknown visitor was first seen with a known identifier.").to_owned(),
        _ => {
            let project = &run.project;
            let tables = project.unification.iter().filter_map(|table| project.source_table(&table.source_table));
            let of = |name: &str| tables.clone().find(|table| key_column(table) == name);
            if let Some(table) = of(column) {
                tr!("The primary key of the customer's first record in {table}.", table = table.name)
            } else if let Some(table) = column.strip_suffix("_Alternate").and_then(of) {
                tr!("Every key of {table} that led to this customer.", table = table.name)
            } else {
                tr!("Customers with the same value belong together, without being one person.").to_owned()
            }
        }
    }
}
