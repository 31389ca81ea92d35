//! What keys do while a grid has the focus.

use eframe::egui::{Event, EventFilter, Key, Modifiers, Ui, pos2};

use super::areas::STATUS_HEIGHT;
use super::copy;
use super::frame::Grid;
use super::state::Open;
use crate::workbench::grid::Motion;
use crate::workbench::grid::selection::Bounds;

pub fn keys_ui(ui: &Ui, grid: &mut Grid<'_>) {
    // Escape first leaves a block of cells, then the grid.
    let escape = grid.state.selection.is_block();
    let filter = EventFilter { vertical_arrows: true, horizontal_arrows: true, escape, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(grid.id, filter));
    if grid.state.open != Open::Nothing {
        return;
    }
    motions(ui, grid);
    copies(ui, grid);
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    if pressed(Modifiers::COMMAND, Key::A) {
        grid.state.selection.all(grid.state.top.ceil() as usize);
    }
    if pressed(Modifiers::SHIFT, Key::Space) {
        if let Some(cursor) = grid.state.selection.cursor() {
            grid.state.selection.rows(cursor.row, false);
        }
    } else if pressed(Modifiers::COMMAND, Key::Space) {
        if let Some(cursor) = grid.state.selection.cursor() {
            grid.state.selection.column(cursor.column, cursor.row);
        }
    } else if pressed(Modifiers::NONE, Key::Space) {
        show_value(grid);
    }
    if pressed(Modifiers::COMMAND, Key::G) {
        show_go_to(grid);
    }
    if pressed(Modifiers::COMMAND, Key::F) {
        grid.state.wants_search = true;
    }
    if pressed(Modifiers::SHIFT, Key::F10) && grid.state.selection.cursor().is_some() {
        show_menu(grid);
    }
    if grid.state.selection.is_block() && pressed(Modifiers::NONE, Key::Escape) {
        grid.state.selection.collapse();
    }
    if pressed(Modifiers::ALT, Key::Enter) {
        show_profile(grid);
    }
    if pressed(Modifiers::NONE, Key::Enter) {
        let cursor = grid.state.selection.cursor();
        grid.outcome.activated = cursor.and_then(|cursor| grid.shown.order.row(cursor.row));
    }
}

/// Opens the pop-up with the whole value at the cursor.
pub fn show_value(grid: &mut Grid<'_>) {
    if let Some(cursor) = grid.state.selection.cursor().filter(|cursor| cursor.column < grid.arranged.len()) {
        grid.reveal(cursor);
        let at = grid.cell_rect(cursor).intersect(grid.areas.body);
        grid.state.show(Open::Value { at });
    }
}

/// Opens the profile of the column that the cursor is in.
fn show_profile(grid: &mut Grid<'_>) {
    let Some(cursor) = grid.state.selection.cursor() else { return };
    if let Some(column) = grid.column(cursor.column).map(|column| column.name.clone()) {
        grid.reveal(cursor);
        let at = grid.cell_rect(cursor).intersect(grid.areas.body);
        grid.state.show(Open::Profile { column, at });
    }
}

/// Opens the field for the number of a row.
pub fn show_go_to(grid: &mut Grid<'_>) {
    let body = grid.areas.body;
    grid.state.show(Open::GoTo { at: body.with_max_y(body.top()).with_max_x(body.left() + STATUS_HEIGHT) });
}

fn show_menu(grid: &mut Grid<'_>) {
    if let Some(cursor) = grid.state.selection.cursor().filter(|cursor| cursor.column < grid.arranged.len()) {
        grid.reveal(cursor);
        let cell = grid.cell_rect(cursor);
        grid.state.show(Open::CellMenu { of: cursor, at: pos2(cell.left() + 12.0, cell.bottom()) });
    }
}

fn motions(ui: &Ui, grid: &mut Grid<'_>) {
    const KEYS: [(Key, Motion, Motion); 8] = [
        (Key::ArrowUp, Motion::Up, Motion::Top),
        (Key::ArrowDown, Motion::Down, Motion::Bottom),
        (Key::ArrowLeft, Motion::Left, Motion::RowStart),
        (Key::ArrowRight, Motion::Right, Motion::RowEnd),
        (Key::PageUp, Motion::PageUp, Motion::PageUp),
        (Key::PageDown, Motion::PageDown, Motion::PageDown),
        (Key::Home, Motion::RowStart, Motion::First),
        (Key::End, Motion::RowEnd, Motion::Last),
    ];
    for (key, plain, far) in KEYS {
        // The most specific first: one with fewer modifiers takes what has more of them.
        for (modifiers, motion, extend) in [
            (Modifiers::COMMAND | Modifiers::SHIFT, far, true),
            (Modifiers::COMMAND, far, false),
            (Modifiers::SHIFT, plain, true),
            (Modifiers::NONE, plain, false),
        ] {
            let times = ui.input_mut(|input| input.count_and_consume_key(modifiers, key));
            for _ in 0..times {
                go(grid, motion, extend);
            }
        }
    }
}

fn go(grid: &mut Grid<'_>, motion: Motion, extend: bool) {
    let bounds = Bounds {
        rows: grid.shown.order.len(),
        columns: grid.arranged.len(),
        page: (grid.areas.rows().floor() as usize).saturating_sub(1).max(1),
        top: grid.state.top.ceil() as usize,
    };
    let before = grid.state.selection.cursor();
    grid.state.selection.go(motion, extend, bounds);
    if let Some(cursor) = grid.state.selection.cursor() {
        grid.reveal(cursor);
        // The first column may be a frozen one; its row starts right of it all the same.
        if matches!(motion, Motion::RowStart | Motion::First) && !extend {
            grid.state.left = 0.0;
        }
        let is_other_row = before.is_none_or(|before| before.row != cursor.row);
        if !extend && is_other_row {
            grid.outcome.selected = grid.shown.order.row(cursor.row);
        }
    }
}

fn copies(ui: &Ui, grid: &mut Grid<'_>) {
    // The system's copy key arrives as an event of its own; with Shift it is a key like any other.
    let with = Modifiers::COMMAND | Modifiers::SHIFT;
    let headers = ui.input_mut(|input| input.consume_key(with, Key::C));
    let plain = ui.input(|input| input.events.contains(&Event::Copy))
        || ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::C));
    if plain || headers {
        copy::copy_ui(ui, grid, headers);
    }
}
