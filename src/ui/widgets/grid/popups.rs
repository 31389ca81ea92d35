//! The pop-ups of a grid, one at a time: menus, a whole value, the profile of a column, the list of columns, a row to go
//! to.

use std::sync::Arc;

use eframe::egui::{self, Id, Key, Popup, PopupCloseBehavior, PopupKind, Rect, Response, RichText, Ui};

use super::frame::Grid;
use super::state::Open;
use super::{chooser, menu};
use crate::help;
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::theme::{TextRole as _, palette};
use crate::ui::widgets::{form, profile, text};

/// Width of the short profile over a name, in points.
const BRIEF: f32 = 300.0;

pub fn popups_ui(ui: &Ui, cx: &mut PageCx<'_>, grid: &mut Grid<'_>) {
    hovered_ui(cx, grid);
    match grid.state.open.clone() {
        Open::Nothing => {}
        Open::CellMenu { of, at } => {
            let anchor = Rect::from_min_size(at, egui::Vec2::ZERO);
            show(ui, grid, ("menu of the cell", PopupCloseBehavior::CloseOnClick), anchor, 220.0, |ui, grid| {
                menu::cell_menu_ui(ui, grid, of);
            });
        }
        Open::ColumnMenu { column, at } => {
            let name = format!("menu of the column {column}");
            show(ui, grid, (&name, PopupCloseBehavior::CloseOnClick), at, 210.0, |ui, grid| {
                menu::column_menu_ui(ui, grid, &column, at);
            });
        }
        Open::Value { at } => {
            show(ui, grid, ("whole value", PopupCloseBehavior::CloseOnClickOutside), at, 420.0, value_ui);
        }
        Open::Profile { column, at } => profile_ui(ui, cx, grid, &column, at),
        Open::Chooser { at } => {
            let close = PopupCloseBehavior::CloseOnClickOutside;
            show(ui, grid, ("list of the columns", close), at, 320.0, chooser::chooser_ui);
        }
        Open::GoTo { at } => {
            show(ui, grid, ("row to go to", PopupCloseBehavior::CloseOnClickOutside), at, 230.0, go_to_ui);
        }
    }
}

/// What the column holds, in short, where the pointer rests on its name. Nothing is counted before it rests there.
fn hovered_ui(cx: &mut PageCx<'_>, grid: &mut Grid<'_>) {
    let Some((column, response)) = grid.hovered.take() else { return };
    let (table, has_filters) = (Arc::clone(grid.shown.table), grid.shown.has_filters);
    let mut filter = None;
    response.on_hover_ui(|ui| {
        ui.set_width(BRIEF);
        ui.add(egui::Label::new(RichText::new(&column).bold()).wrap());
        let answer = cx.workbench.column_profile(&table, &column);
        match answer.value.as_deref() {
            Some(Some(of)) => filter = profile::brief_ui(ui, cx, of, has_filters),
            _ if answer.pending => drop(form::label_ui(ui, tr!("Counting…"))),
            _ => {}
        }
        let help =
            tr!("Click to sort, Shift+click to sort by one more column. Drag to move. Alt+Enter for all of its \
                    profile; right click, or Alt+Down, for more.");
        parts::hint_ui(ui, help);
    });
    if let Some(filter) = filter {
        grid.spec.filter(filter);
    }
}

/// Shows a pop-up, and closes it where that is wished.
fn show(
    ui: &Ui,
    grid: &mut Grid<'_>,
    (name, close): (&str, PopupCloseBehavior),
    anchor: Rect,
    width: f32,
    add: impl FnOnce(&mut Ui, &mut Grid<'_>),
) {
    let is_menu = close == PopupCloseBehavior::CloseOnClick;
    let id = pop_up_id(grid.id, name);
    let before = grid.state.open.clone();
    let mut is_open = true;
    let mut popup = Popup::new(id, ui.ctx().clone(), anchor, ui.layer_id())
        .kind(if is_menu { PopupKind::Menu } else { PopupKind::Popup })
        .close_behavior(close)
        .accessible_name(format!("{} {name}", grid.shown.name))
        .width(width)
        .gap(2.0)
        .open_bool(&mut is_open);
    if is_menu {
        popup = popup
            .layout(egui::Layout::top_down_justified(egui::Align::Min))
            .style(egui::containers::menu::menu_style as fn(&mut egui::Style));
    }
    let shown = popup.show(|ui| {
        ui.set_width(width);
        add(ui, grid);
    });
    // A key answers a menu as a click does. What an answer opened in its place stays.
    let is_answered = std::mem::take(&mut grid.is_answered);
    if (!is_open || is_answered) && grid.state.open == before {
        grid.state.show(Open::Nothing);
    }
    // Whoever clicked elsewhere went there; after an answer the grid has the keys again.
    let went_elsewhere = shown.is_some_and(|shown| shown.response.clicked_elsewhere());
    grid.takes_focus |= grid.state.open == Open::Nothing && !went_elsewhere;
}

fn pop_up_id(grid: Id, name: &str) -> Id {
    grid.with(("pop-up", name))
}

/// Gives the focus to what comes first in a pop-up that was just opened.
pub fn first(grid: &mut Grid<'_>, response: Response) -> Response {
    if std::mem::take(&mut grid.state.is_fresh) {
        response.request_focus();
    }
    response
}

/// The value at the cursor, whole, wrapped, to be selected and copied.
fn value_ui(ui: &mut Ui, grid: &mut Grid<'_>) {
    let Some(cursor) = grid.state.selection.cursor() else { return };
    let (Some(column), Some(row)) = (grid.column(cursor.column), grid.shown.order.row(cursor.row)) else { return };
    let value = column.data.text(row).into_owned();
    let title = tr!("{column} in row {row}", column = column.name, row = text::count(cursor.row as u64 + 1));
    let mut copies = false;
    ui.horizontal(|ui| {
        ui.label(RichText::new(title).bold());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            copies = first(grid, ui.button(tr!("Copy value"))).clicked();
        });
    });
    let length = tr!("{n} character" | "{n} characters" % value.chars().count() as u64);
    let lines = value.lines().count();
    let lines = if lines > 1 { tr!(" in {lines} lines", lines = text::count(lines as u64)) } else { String::new() };
    form::label_ui(ui, &format!("{length}{lines}"));
    ui.separator();
    egui::ScrollArea::vertical().max_height(280.0).show(ui, |ui| {
        if value.is_empty() {
            ui.label(RichText::new(tr!("Blank")).color(palette(ui).text_weak));
        } else {
            ui.add(egui::Label::new(value.as_str()).wrap().selectable(true));
        }
    });
    if copies {
        ui.ctx().copy_text(value);
    }
}

fn go_to_ui(ui: &mut Ui, grid: &mut Grid<'_>) {
    let rows = grid.shown.order.len();
    let mut typed = std::mem::take(&mut grid.state.typed);
    let response = ui
        .horizontal(|ui| {
            form::label_ui(ui, tr!("Row"));
            form::text_ui(
                ui,
                (tr!("Row to go to"), help::GO_TO_ROW),
                &mut typed,
                &tr!("1 to {rows}", rows = text::count(rows as u64)),
                120.0,
            )
        })
        .inner;
    let response = first(grid, response);
    let number = typed.replace([',', ' ', '.', '\u{a0}'], "").parse::<usize>().ok();
    let valid = number.filter(|number| (1..=rows).contains(number));
    if !typed.trim().is_empty() && valid.is_none() {
        form::error_ui(ui, tr!("There are rows 1 to {rows}", rows = text::count(rows as u64)));
    }
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    grid.state.typed = typed;
    match valid.filter(|_| entered) {
        Some(number) => {
            grid.go_to(number - 1);
            grid.state.show(Open::Nothing);
        }
        None if entered => response.request_focus(),
        None => {}
    }
}

/// What a column holds; a value or a bar filters.
fn profile_ui(ui: &Ui, cx: &mut PageCx<'_>, grid: &mut Grid<'_>, column: &str, at: Rect) {
    let answer = cx.workbench.column_profile(grid.shown.table, column);
    let close = PopupCloseBehavior::CloseOnClickOutside;
    show(ui, grid, (&format!("profile of {column}"), close), at, 380.0, |ui, grid| {
        ui.horizontal(|ui| {
            ui.label(RichText::new(column).bold());
            if answer.pending {
                form::label_ui(ui, tr!("Counting…"));
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if first(grid, ui.button(tr!("Close"))).clicked() {
                    grid.state.show(Open::Nothing);
                }
            });
        });
        let Some(Some(of)) = answer.value.as_deref() else { return };
        let has_filters = grid.shown.has_filters;
        let scroll = egui::ScrollArea::vertical().max_height(430.0);
        if let Some(filter) = scroll.show(ui, |ui| profile::profile_ui(ui, cx, of, has_filters)).inner {
            grid.spec.filter(filter);
            grid.state.show(Open::Nothing);
        }
    });
}
