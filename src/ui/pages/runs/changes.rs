//! What a run changed: the counts, and the customers behind each.

use eframe::egui::Ui;

use super::super::{live, parts};
use crate::engine::customer::changed::ChangeKind;
use crate::engine::customer::changes::ChangeCounts;
use crate::engine::customer::customers::CUSTOMER_ID;
use crate::engine::table::Table;
use crate::ui::context::PageCx;
use crate::ui::widgets::{figure, form, layout};
use crate::workbench::{Command, Page, Whose};

pub const GRID: &str = msg!("changed since the last run");

/// The counts, each opening its customers where it is known whose they are.
pub fn counts_ui(ui: &mut Ui, cx: &mut PageCx<'_>, counts: &ChangeCounts, whose: Option<Whose>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 24.0;
        for kind in ChangeKind::ALL {
            let count = Some(kind.count(counts));
            match whose {
                Some(whose) => {
                    if figure::figure_link_ui(ui, crate::text::of(kind.label()), count, kind.help()) {
                        super::open(cx, whose, kind);
                    }
                }
                None => {
                    figure::figure_ui(ui, crate::text::of(kind.label()), count, kind.help());
                }
            }
        }
    });
}

/// The customers behind a count, in the place of the run.
pub fn customers_ui(ui: &mut Ui, cx: &mut PageCx<'_>, whose: Whose, kind: ChangeKind) {
    let of = match whose {
        Whose::Pending => tr!("the run that waits"),
        Whose::Latest => tr!("the last run"),
    };
    layout::preview_ui(ui, &tr!("{label} in {of}", label = crate::text::of(kind.label()), of), |ui| {
        ui.horizontal_wrapped(|ui| {
            if ui.button(tr!("Back to the run")).clicked() {
                cx.memory.runs.customers = None;
            }
            parts::hint_ui(
                ui,
                tr!("{meaning} Click a row to open the customer's card.", meaning = kind.help().meaning()),
            );
        });
        let Some(table) = cx.workbench.changed_customers(whose, kind) else {
            form::empty_ui(ui, tr!("The customers are being listed…"), None);
            return;
        };
        let outcome = live::customers_grid_ui(ui, cx, crate::text::of(GRID), &table);
        // Arrow keys only walk; a click or Enter opens.
        let is_click = ui.input(|input| input.pointer.any_click());
        if let Some(row) = outcome.activated.or(outcome.selected.filter(|_| is_click)) {
            open_customer(cx, &table, row);
        }
    });
}

/// Opens the card of a customer among the published ones.
fn open_customer(cx: &mut PageCx<'_>, table: &Table, row: usize) {
    let Some(id) = table.column(CUSTOMER_ID).map(|ids| ids.text(row).into_owned()) else { return };
    let Some(customers) = cx.workbench.published.as_ref().and_then(|published| published.customers.clone()) else {
        return;
    };
    cx.memory.customer = Some(id);
    if cx.memory.customer_row(&customers).is_some() {
        cx.send(Command::Go(Page::Customers));
        return;
    }
    cx.memory.customer = None;
    let text = tr!("This customer is not among the published ones: it is gone, or comes with the run that waits");
    cx.workbench.notify(crate::workbench::Level::Info, text);
}
