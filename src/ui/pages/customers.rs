//! Customers: all of them, known or unknown, and the card of one.

mod card;

use eframe::egui::{self, RichText, Ui};

use super::live;
use crate::engine::customer::customers::{CUSTOMER_ID, KNOWN, PROFILE_STATE, UNKNOWN};
use crate::engine::table::Table;
use crate::ui::context::PageCx;
use crate::ui::theme::{self, palette};
use crate::ui::widgets::{form, text};
use crate::workbench::{Command, Page, Published};

const VIEW: &str = "customers";

pub fn page_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let Some(published) = cx.workbench.published.clone() else {
        nothing_ui(ui, cx);
        return;
    };
    let Some(table) = published.customers.clone() else {
        form::empty_ui(ui, "The last results are being read…", None);
        return;
    };
    if cx.workbench.is_running() {
        ui.label(RichText::new("A run is going on; these are the last results.").color(palette(ui).text_weak));
    } else if cx.workbench.is_stale() && cx.workbench.is_idle() {
        ui.horizontal(|ui| {
            form::warning_ui(ui, "The project or a file changed since these customers were made.");
            if form::button_or_reason(ui, "Run again", Command::UnifyAndDependencies.enabled(cx.workbench)).clicked() {
                cx.send(Command::UnifyAndDependencies);
            }
        });
    }
    ui.horizontal(|ui| {
        states_ui(ui, cx, &published);
        ui.separator();
        if ui.link("Which identifiers make a customer known?").clicked() {
            cx.send(Command::Go(Page::UnifiedView));
        }
    });
    keys_ui(ui, cx, &published, &table);
    ui.add_space(4.0);
    if let Some(row) = cx.memory.customer_row(&table) {
        let width = (ui.available_width() * 0.42).clamp(320.0, 520.0);
        egui::Panel::right("customer card").default_size(width).resizable(true).frame(egui::Frame::NONE).show(
            ui,
            |ui| {
                card::card_ui(ui, cx, &published, &table, row);
            },
        );
    }
    egui::CentralPanel::default()
        .frame(egui::Frame::new().inner_margin(egui::Margin { right: 8, ..Default::default() }))
        .show(ui, |ui| {
            theme::card(ui).show(ui, |ui| {
                let outcome = live::customers_grid_ui(ui, cx, VIEW, &table);
                if let Some(row) = outcome.activated.or(outcome.selected) {
                    cx.memory.customer = table.column(CUSTOMER_ID).map(|ids| ids.text(row).into_owned());
                }
            });
        });
}

fn nothing_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let sentence = "Customers appear after the first run.";
    match Command::UnifyAndDependencies.enabled(cx.workbench) {
        Ok(()) => {
            if form::empty_ui(ui, sentence, Some(Command::UnifyAndDependencies.text())) {
                cx.send(Command::UnifyAndDependencies);
            }
        }
        Err(reason) => {
            form::empty_ui(ui, &format!("{sentence} {reason}"), None);
        }
    }
}

/// Whose key the searched text is: keys of rows that were merged into another stand in no column.
fn keys_ui(ui: &mut Ui, cx: &mut PageCx<'_>, published: &Published, table: &Table) {
    let search = cx.memory.views.get(VIEW).map(|spec| spec.search.trim().to_owned()).unwrap_or_default();
    let Some(run) = published.run.as_ref().filter(|_| !search.is_empty()) else { return };
    let owners = cx.memory.owners(run, &search).to_vec();
    let Some(ids) = table.column(CUSTOMER_ID) else { return };
    ui.horizontal_wrapped(|ui| {
        for (name, customer) in owners {
            let words = format!("{search} is a key of {name}: open its customer");
            if ui.link(words).clicked() {
                cx.memory.customer = Some(ids.text(customer as usize).into_owned());
            }
        }
    });
}

/// All, Known, Unknown, each with its count.
fn states_ui(ui: &mut Ui, cx: &mut PageCx<'_>, published: &Published) {
    let report = &published.report;
    let spec = cx.memory.views.entry(VIEW.to_owned()).or_default();
    let now = spec.filters.iter().find(|(column, _)| column == PROFILE_STATE).map(|(_, value)| value.clone());
    let help = "Known: a unified field whose semantic type is on the list of known identifiers is not blank";
    for (state, label, count) in [
        (None, "All", report.customers),
        (Some(KNOWN), "Known", report.known),
        (Some(UNKNOWN), "Unknown", report.unknown),
    ] {
        let selected = now.as_deref() == state;
        let response = ui.selectable_label(selected, format!("{label}  {}", text::count(count))).on_hover_text(help);
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, selected, label));
        if response.clicked() {
            spec.filters.retain(|(column, _)| column != PROFILE_STATE);
            spec.filters.extend(state.map(|state| (PROFILE_STATE.to_owned(), state.to_owned())));
        }
    }
}
