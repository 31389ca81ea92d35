//! Customers by size, and those that one weak link holds together.

use std::sync::Arc;

use eframe::egui::Ui;

use super::rows::{self, Rows};
use super::waiting_ui;
use crate::engine::chart::of_run;
use crate::engine::pipeline::Run;
use crate::engine::quality::sizes::{self, BINS, Sizes};
use crate::help;
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::theme::GAP_LARGE;
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::{figure, form};

/// The sizes of a run's customers.
pub fn find(cx: &mut PageCx<'_>, run: &Arc<Run>) -> Option<Arc<Sizes>> {
    super::find(cx, "statistics sizes", run, sizes::sizes)
}

pub fn sizes_ui(ui: &mut Ui, cx: &mut PageCx<'_>, run: &Arc<Run>) {
    let Some(sizes) = find(cx, run) else {
        waiting_ui(ui);
        return;
    };
    facts_ui(ui, cx, &sizes);
    let clicked = parts::chart_ui(ui, cx, &of_run::sizes(&sizes), help::CUSTOMER_SIZES);
    if let Some(&(most, name)) = clicked.and_then(|place| BINS.get(place)) {
        let keys = if most == 1 { tr!("1 key").to_owned() } else { tr!("{name} keys", name) };
        rows::open(cx, Rows::Sizes, tr!("Customers of {keys}", keys), &[("Size", name)], Some(("WeakestLink", false)));
    }
    if let Some(chart) = super::find(cx, "statistics scores", run, of_run::scores).and_then(|scores| (*scores).clone())
    {
        ui.add_space(GAP_LARGE);
        parts::chart_ui(ui, cx, &chart, help::LINK_SCORES);
    }
}

/// The weakly held, and the largest.
fn facts_ui(ui: &mut Ui, cx: &mut PageCx<'_>, sizes: &Sizes) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let (weak, largest) = (sizes.weakly_held, sizes.largest);
        if weak > 0 {
            if figure::count_link_ui(ui, weak, tr!("Weakly held customers"), help::WEAKLY_HELD) {
                let title = tr!("Customers held together by one weak link, the weakest first");
                rows::open(cx, Rows::WeaklyHeld, title, &[], None);
            }
            let words = if weak == 1 { tr!("customer is") } else { tr!("customers are") };
            form::label_ui(ui, &tr!("{words} held together by one weak link.", words)).help(help::WEAKLY_HELD.topic());
        }
        form::label_ui(ui, tr!("The largest customer has"));
        let name = tr!("Keys of the largest customer");
        if figure::count_link_ui(ui, largest, name, help::LARGEST_CUSTOMER) {
            let row = sizes::largest(sizes).filter(|_| cx.workbench.published.is_some());
            match row {
                Some(row) => rows::open_customer(cx, &sizes.table, row),
                None => rows::open(cx, Rows::Sizes, tr!("The largest customers"), &[], Some(("Keys", true))),
            }
        }
        form::label_ui(ui, if largest == 1 { tr!("key.") } else { tr!("keys.") });
    });
}
