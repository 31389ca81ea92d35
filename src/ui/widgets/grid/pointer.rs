//! What the pointer does over the cells: selects, drags, opens the menu, shows a value that is cut.

use eframe::egui::{PointerButton, Pos2, Response, RichText, Sense, Ui, pos2};

use super::areas::Spot;
use super::cells;
use super::frame::Grid;
use super::state::{Held, Open};
use crate::ui::theme::{ROW_HEIGHT, fonts, palette};
use crate::ui::widgets::text;
use crate::workbench::grid::Place;

/// Characters of a value that a hover shows; a pop-up has the rest.
const HOVER_CHARACTERS: usize = 1_000;

pub fn pointer_ui(ui: &Ui, grid: &mut Grid<'_>, response: &Response) {
    let pressed = ui.input(|input| input.pointer.primary_pressed());
    if pressed
        && response.contains_pointer()
        && let Some(at) = ui.input(|input| input.pointer.interact_pos())
        && grid.areas.body.contains(at)
    {
        press(ui, grid, at);
    }
    if response.dragged_by(PointerButton::Primary)
        && grid.state.held != Held::Nothing
        && let Some(at) = response.interact_pointer_pos()
    {
        drag(ui, grid, at);
    }
    let spot = response.interact_pointer_pos().filter(|at| grid.areas.body.contains(*at)).map(|at| spot(grid, at));
    if response.clicked_by(PointerButton::Primary) {
        let has_shift = ui.input(|input| input.modifiers.shift);
        if let Some(Spot::Cell(Place { row, .. }) | Spot::Number(row)) = spot.filter(|_| !has_shift) {
            grid.outcome.selected = grid.shown.order.row(row);
        }
    }
    if response.double_clicked_by(PointerButton::Primary)
        && let Some(Spot::Cell(Place { row, .. })) = spot
    {
        grid.outcome.activated = grid.shown.order.row(row);
    }
    if response.secondary_clicked()
        && let (Some(Spot::Cell(place)), Some(at)) = (spot, response.interact_pointer_pos())
    {
        if !grid.block().is_some_and(|block| block.contains(place)) {
            grid.state.selection.place(place);
        }
        grid.state.show(Open::CellMenu { of: place, at });
    }
    if !ui.input(|input| input.pointer.primary_down()) {
        grid.state.held = Held::Nothing;
    }
    if grid.state.open == Open::Nothing && grid.state.held == Held::Nothing {
        hover_ui(ui, grid, response);
    }
}

fn spot(grid: &Grid<'_>, at: Pos2) -> Spot {
    grid.areas.spot(&grid.arranged, at, grid.scrolled(), grid.shown.order.len())
}

fn press(ui: &Ui, grid: &mut Grid<'_>, at: Pos2) {
    ui.memory_mut(|memory| memory.request_focus(grid.id));
    let has_shift = ui.input(|input| input.modifiers.shift);
    match spot(grid, at) {
        Spot::Cell(place) => {
            if has_shift {
                grid.state.selection.extend(place);
            } else {
                grid.state.selection.place(place);
            }
            grid.state.held = Held::Cells;
        }
        Spot::Number(row) => {
            grid.state.selection.rows(row, has_shift);
            grid.state.held = Held::Rows;
        }
        Spot::Beyond => {}
    }
}

/// Takes the selection to the pointer; beyond the edge the grid scrolls after it.
fn drag(ui: &Ui, grid: &mut Grid<'_>, at: Pos2) {
    let body = grid.areas.body;
    let beyond = at - body.clamp(at);
    if beyond != eframe::egui::Vec2::ZERO {
        let seconds = ui.input(|input| input.stable_dt).min(0.1);
        grid.state.top += f64::from(beyond.y * seconds * 12.0 / ROW_HEIGHT);
        if beyond.x > 0.0 || at.x < grid.areas.gutter_right {
            grid.state.left += f64::from(beyond.x * seconds * 12.0);
        }
        ui.ctx().request_repaint();
    }
    let inside = pos2(
        at.x.clamp(grid.areas.gutter_right + 1.0, body.right() - 1.0),
        at.y.clamp(body.top() + 1.0, body.bottom() - 1.0),
    );
    let rows = grid.shown.order.len();
    let row = grid.areas.row_at(inside.y, grid.state.top, rows).unwrap_or(rows.saturating_sub(1));
    let last = grid.arranged.len().saturating_sub(1);
    let column = grid.areas.column_at(&grid.arranged, inside.x, grid.state.left).unwrap_or(last);
    if rows == 0 || grid.arranged.is_empty() {
        return;
    }
    match grid.state.held {
        Held::Rows => grid.state.selection.rows(row, true),
        _ => grid.state.selection.extend(Place { row, column }),
    }
}

/// The exact value of a cell that shows less, or shows it in another form.
fn hover_ui(ui: &Ui, grid: &Grid<'_>, response: &Response) {
    let Some(at) = response.hover_pos().filter(|at| grid.areas.body.contains(*at)) else { return };
    let Spot::Cell(place) = spot(grid, at) else { return };
    let (Some(column), Some(row)) = (grid.column(place.column), grid.shown.order.row(place.row)) else { return };
    let missing = fonts::missing_words(ui.ctx(), &column.data.text(row));
    if missing.is_none() && !cells::is_cut(ui, grid, place) {
        return;
    }
    let rect = grid.cell_rect(place).intersect(grid.areas.body);
    let id = grid.id.with(("hovered", place.row, place.column));
    ui.interact(rect, id, Sense::hover()).on_hover_ui(|ui| {
        let value = column.data.text(row);
        ui.set_max_width(ui.spacing().tooltip_width);
        ui.label(text::first(&value, HOVER_CHARACTERS));
        if value.chars().nth(HOVER_CHARACTERS).is_some() {
            ui.label(RichText::new(tr!("Space shows all of it")).color(palette(ui).text_weak));
        }
        if let Some(missing) = missing {
            ui.label(RichText::new(missing).color(palette(ui).text_weak));
        }
    });
}
