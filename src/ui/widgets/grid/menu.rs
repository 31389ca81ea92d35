//! The menus of a cell and of a column.

use eframe::egui::{Button, Rect, Role, Ui, WidgetInfo};

use super::frame::Grid;
use super::state::Open;
use super::{copy, header, keys, popups};
use crate::engine::view::ViewFilter;
use crate::ui::widgets::text;
use crate::workbench::grid::Place;

/// Characters of a value that stand in a menu.
const VALUE_CHARACTERS: usize = 24;

/// An entry with the keys that do the same, which are no part of its name; whether it was chosen, and so the menu
/// closes.
fn item(ui: &mut Ui, grid: &mut Grid<'_>, words: &str, shortcut: &str) -> bool {
    let response = ui.add(Button::new(words).shortcut_text(shortcut));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words));
    grid.is_answered |= response.clicked();
    popups::first(grid, response).clicked()
}

/// The menu of a cell, which may lie inside a larger selection: what is copied is all of that.
pub fn cell_menu_ui(ui: &mut Ui, grid: &mut Grid<'_>, cursor: Place) {
    let Some(column) = grid.column(cursor.column) else { return };
    let name = column.name.clone();
    let value = grid.shown.order.row(cursor.row).map(|row| column.data.text(row).into_owned()).unwrap_or_default();
    if item(ui, grid, tr!("Copy"), "Ctrl+C") {
        copy::copy_ui(ui, grid, false);
    }
    if item(ui, grid, tr!("Copy with headers"), "Ctrl+Shift+C") {
        copy::copy_ui(ui, grid, true);
    }
    if item(ui, grid, tr!("Show value"), tr!("Space")) {
        grid.state.selection.place(cursor);
        keys::show_value(grid);
    }
    if grid.shown.has_filters {
        ui.separator();
        cell_filters_ui(ui, grid, &name, &value);
    }
    ui.separator();
    if item(ui, grid, tr!("Select row"), "Shift+Space") {
        grid.state.selection.rows(cursor.row, false);
    }
    if item(ui, grid, tr!("Select column"), "Ctrl+Space") {
        grid.state.selection.column(cursor.column, cursor.row);
    }
    if item(ui, grid, tr!("Go to row…"), "Ctrl+G") {
        keys::show_go_to(grid);
    }
    let at = grid.cell_rect(cursor).intersect(grid.areas.body);
    ui.menu_button(tr!("Column {name}", name = text::one_line(&name, VALUE_CHARACTERS)), |ui| {
        column_items_ui(ui, grid, &name, at);
    });
}

fn cell_filters_ui(ui: &mut Ui, grid: &mut Grid<'_>, name: &str, value: &str) {
    if !value.is_empty() {
        let short = text::one_line(value, VALUE_CHARACTERS);
        if item(ui, grid, &tr!("Filter to “{short}”", short), "") {
            grid.spec.filter(ViewFilter::only(name, value));
        }
        if item(ui, grid, &tr!("Exclude “{short}”", short), "") {
            grid.spec.filter(ViewFilter::not(name, value));
        }
    }
    blanks_ui(ui, grid, name);
}

fn blanks_ui(ui: &mut Ui, grid: &mut Grid<'_>, name: &str) {
    if item(ui, grid, tr!("Blank only"), "") {
        grid.spec.filter(ViewFilter::only(name, ""));
    }
    if item(ui, grid, tr!("Exclude blank"), "") {
        grid.spec.filter(ViewFilter::not(name, ""));
    }
}

pub fn column_menu_ui(ui: &mut Ui, grid: &mut Grid<'_>, name: &str, at: Rect) {
    if let Some(place) = grid.place_of(name) {
        if item(ui, grid, tr!("Profile…"), "Alt+Enter") {
            grid.state.show(Open::Profile { column: name.to_owned(), at });
        }
        ui.separator();
        sort_ui(ui, grid, name);
        if grid.shown.has_filters {
            ui.separator();
            blanks_ui(ui, grid, name);
        }
        ui.separator();
        layout_ui(ui, grid, name, place, at);
    }
}

/// The same inside the menu of a cell.
fn column_items_ui(ui: &mut Ui, grid: &mut Grid<'_>, name: &str, at: Rect) {
    let Some(place) = grid.place_of(name) else { return };
    if item(ui, grid, tr!("Profile…"), "Alt+Enter") {
        grid.state.show(Open::Profile { column: name.to_owned(), at });
    }
    sort_ui(ui, grid, name);
    ui.separator();
    layout_ui(ui, grid, name, place, at);
}

fn sort_ui(ui: &mut Ui, grid: &mut Grid<'_>, name: &str) {
    for (words, descending) in [(tr!("Sort ascending"), false), (tr!("Sort descending"), true)] {
        if item(ui, grid, words, if descending { "" } else { tr!("click") }) {
            grid.spec.sort = vec![(name.to_owned(), descending)];
        }
    }
    let others = grid.spec.sort.iter().any(|(other, _)| other != name);
    if others && grid.spec.sorted(name).is_none() && item(ui, grid, tr!("Then sort by this"), "Shift+click") {
        grid.spec.sort_next(name, true);
    }
    if grid.spec.sorted(name).is_some() && item(ui, grid, tr!("Do not sort by this"), "") {
        grid.spec.sort.retain(|(other, _)| other != name);
    }
}

fn layout_ui(ui: &mut Ui, grid: &mut Grid<'_>, name: &str, place: usize, at: Rect) {
    let is_frozen = grid.state.layout.is_frozen(name, grid.shown.keys);
    let words = if is_frozen { tr!("Unfreeze") } else { tr!("Freeze at the left") };
    if item(ui, grid, words, "") {
        if is_frozen {
            grid.state.layout.unfreeze(name, grid.shown.keys);
        } else {
            grid.state.layout.freeze(name, grid.shown.keys);
        }
    }
    for (words, shortcut, right) in
        [(tr!("Move left"), "Ctrl+Shift+←", false), (tr!("Move right"), "Ctrl+Shift+→", true)]
    {
        if item(ui, grid, words, shortcut) {
            header::move_by(grid, place, right);
        }
    }
    if item(ui, grid, tr!("Fit width"), tr!("double click")) {
        header::fit(ui, grid, place);
    }
    if item(ui, grid, tr!("Select column"), "") {
        let row = grid.state.selection.cursor().map_or(grid.state.top.ceil() as usize, |cursor| cursor.row);
        grid.state.selection.column(place, row);
    }
    ui.separator();
    if grid.arranged.len() > 1 && item(ui, grid, tr!("Hide column"), "") {
        grid.state.layout.hide(name);
    }
    if item(ui, grid, tr!("Columns…"), "") {
        grid.state.show(Open::Chooser { at });
    }
}
