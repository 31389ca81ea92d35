//! The list of a grid's columns: which are shown, a search, and the way back to how they were.

use eframe::egui::{Align, Layout, RichText, Ui};
use egui_extras::{Column, TableBuilder};

use super::frame::Grid;
use super::popups;
use crate::help;
use crate::ui::theme::{ROW_HEIGHT, palette};
use crate::ui::widgets::{entry, form, text};

/// Rows of the list in sight.
const ROWS: usize = 12;

pub fn chooser_ui(ui: &mut Ui, grid: &mut Grid<'_>) {
    let mut typed = std::mem::take(&mut grid.state.typed);
    let search =
        form::text_ui(ui, (tr!("Search columns"), help::SEARCH_LIST), &mut typed, tr!("Search columns"), 280.0);
    popups::first(grid, search);
    let wanted = typed.to_lowercase();
    grid.state.typed = typed;
    let names: Vec<String> = grid.names().into_iter().map(str::to_owned).collect();
    let found: Vec<&String> = names.iter().filter(|name| name.to_lowercase().contains(wanted.trim())).collect();
    ui.horizontal(|ui| {
        if ui.button(tr!("Show all")).on_hover_text(tr!("Show every column, in the order they are now")).clicked() {
            grid.state.layout.hidden.clear();
        }
        let is_plain = grid.state.layout.is_plain();
        let reset = ui.add_enabled(!is_plain, eframe::egui::Button::new(tr!("Reset columns")));
        if reset.on_hover_text(tr!("Order, widths, hidden and frozen columns as they were at first")).clicked() {
            grid.state.layout = Default::default();
        }
        let count = tr!("{n} column" | "{n} columns" % names.len() as u64);
        let words = match grid.arranged.hidden {
            0 => count,
            hidden => tr!("{count}, {hidden} hidden", count, hidden = text::count(hidden as u64)),
        };
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| form::label_ui(ui, &words));
    });
    ui.separator();
    if found.is_empty() {
        form::label_ui(ui, tr!("No column is called so."));
        return;
    }
    let height = ROW_HEIGHT * found.len().min(ROWS) as f32;
    TableBuilder::new(ui)
        .id_salt("columns")
        .column(Column::remainder().clip(true))
        .column(Column::auto().at_least(70.0))
        .min_scrolled_height(height)
        .max_scroll_height(height)
        .cell_layout(Layout::left_to_right(Align::Center))
        .body(|body| {
            body.rows(ROW_HEIGHT, found.len(), |mut row| {
                let name = found[row.index()];
                row.col(|ui| tick_ui(ui, grid, name));
                row.col(|ui| {
                    if grid.state.layout.is_frozen(name, grid.shown.keys) {
                        ui.label(RichText::new(tr!("frozen")).color(palette(ui).text_weak));
                    }
                });
            });
        });
}

fn tick_ui(ui: &mut Ui, grid: &mut Grid<'_>, name: &str) {
    let mut is_shown = !grid.state.layout.is_hidden(name);
    // The last column stays: a grid without any has no header to bring them back from.
    let is_free = !is_shown || grid.arranged.len() > 1;
    let label = tr!("Show column {name}", name);
    if entry::check_ui(ui, (&label, help::SHOWN_COLUMN), &mut is_shown, &text::one_line(name, 60), is_free).changed() {
        if is_shown {
            grid.state.layout.show(name);
        } else {
            grid.state.layout.hide(name);
        }
    }
}
