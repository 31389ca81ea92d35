//! Customers by size, and those that one weak link holds together.

use std::sync::Arc;

use eframe::egui::{self, Sense, Ui, vec2};

use super::rows::{self, Rows};
use super::waiting_ui;
use crate::engine::pipeline::Run;
use crate::engine::quality::sizes::{self, BINS, Sizes};
use crate::ui::context::PageCx;
use crate::ui::theme::palette;
use crate::ui::widgets::{entry, figure, form, text};

const NAME_WIDTH: f32 = 104.0;
const COUNT_WIDTH: f32 = 130.0;
const WEAK_HELP: &str = "Customers that fall in two without one link that rests on degrees: the first to look at";

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
    let last = sizes.bins.iter().rposition(|&count| count > 0).unwrap_or_default();
    for (place, &(most, name)) in BINS.iter().enumerate().take(last + 1) {
        let name_of_bin = if most == 1 { "1 key".to_owned() } else { format!("{name} keys") };
        if bin_ui(ui, &name_of_bin, sizes.bins[place], &sizes.bins) {
            let title = format!("Customers of {name_of_bin}");
            rows::open(cx, Rows::Sizes, title, &[("Size", name)], Some(("WeakestLink", false)));
        }
    }
}

/// The weakly held, and the largest.
fn facts_ui(ui: &mut Ui, cx: &mut PageCx<'_>, sizes: &Sizes) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let (weak, largest) = (sizes.weakly_held, sizes.largest);
        if figure::count_link_ui(ui, weak, "Weakly held customers", WEAK_HELP) {
            rows::open(cx, Rows::WeaklyHeld, "Customers held together by one weak link, the weakest first", &[], None);
        }
        let words = if weak == 1 { "customer is" } else { "customers are" };
        form::label_ui(ui, &format!("{words} held together by one weak link. The largest has"))
            .on_hover_text(WEAK_HELP);
        let help = "Different source keys in one customer";
        let name = "Keys of the largest customer";
        if figure::count_link_ui(ui, largest, name, help) {
            let row = sizes::largest(sizes).filter(|_| cx.workbench.published.is_some());
            match row {
                Some(row) => rows::open_customer(cx, &sizes.table, row),
                None => rows::open(cx, Rows::Sizes, "The largest customers", &[], Some(("Keys", true))),
            }
        }
        form::label_ui(ui, if largest == 1 { "key." } else { "keys." });
    });
}

/// A bar of the histogram with its name and count; says whether it was clicked.
fn bin_ui(ui: &mut Ui, name: &str, count: u64, bins: &[u64]) -> bool {
    let help = format!("Customers made of {name}, and their share of all customers");
    let (most, total) = (bins.iter().copied().max().unwrap_or_default().max(1), bins.iter().sum());
    let inner = ui.horizontal(|ui| {
        entry::cell_ui(ui, NAME_WIDTH, |ui| form::label_ui(ui, name));
        let width = (ui.available_width() - COUNT_WIDTH).max(40.0);
        // The link beside it has the focus and the name.
        let sense = if count > 0 { Sense::CLICK } else { Sense::hover() };
        let (rect, bar) = ui.allocate_exact_size(vec2(width, 14.0), sense);
        let length = if count == 0 { 0.0 } else { (width * count as f32 / most as f32).max(1.0) };
        let filled = egui::Rect::from_min_size(rect.min, vec2(length, rect.height()));
        let color = if bar.hovered() && count > 0 { palette(ui).accent } else { palette(ui).chart };
        ui.painter().rect_filled(filled, 2.0, color);
        let bar = bar.on_hover_text(&help);
        let linked = figure::count_link_ui(ui, count, &format!("Customers of {name}"), &help);
        form::label_ui(ui, &text::percent(count, total));
        linked || bar.clicked()
    });
    inner.inner
}
