//! The customers as tiles: picture or initials, name, state, and the fields chosen for cards; blank ones are left out.

use std::sync::Arc;

use eframe::egui::{self, RichText, Ui, vec2};

use super::found::Found;
use super::picture;
use crate::engine::customer::customers::{KNOWN, PROFILE_STATE};
use crate::engine::customer::index::{Answer, PageFields};
use crate::engine::customer::naming::Naming;
use crate::engine::table::Table;
use crate::ui::context::PageCx;
use crate::ui::theme::{GAP_SMALL, TextRole as _, icon, palette};
use crate::ui::widgets::grid::GridOutcome;
use crate::ui::widgets::tiles::{self, TileSize};

const WIDTH: f32 = 232.0;
/// The upper part of a tile: picture, name, state.
const HEAD: f32 = 58.0;
const LINE: f32 = 17.0;
/// Fields on a tile at most.
const LINES: usize = 6;
const PICTURE: f32 = 34.0;
/// The room of a field's name.
const NAME: f32 = 58.0;

pub fn tiles_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    table: &Arc<Table>,
    fields: &PageFields,
    answer: &Answer,
) -> GridOutcome {
    let naming = Naming::of(cx.draft);
    let lines = fields.card.len().min(LINES);
    let phrase = cx.memory.customers.query.search.clone();
    let found = Found::new(&phrase, &fields.search);
    // One line more says where the search found somebody, if not among what is shown.
    let lines_high = lines + usize::from(!found.is_empty());
    let size = TileSize { width: WIDTH, height: HEAD + lines_high as f32 * LINE + 4.0 };
    let mut state = std::mem::take(&mut cx.memory.customers.tiles);
    let outcome = tiles::tiles_ui(ui, crate::text::of(super::LIST), &answer.rows, &mut state, &size, |ui, row| {
        tile_ui(ui, cx, table, row, &naming, (&fields.card[..lines], &found))
    });
    cx.memory.customers.tiles = state;
    outcome
}

fn tile_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    table: &Table,
    row: usize,
    naming: &Naming,
    (card, found): (&[String], &Found<'_>),
) -> String {
    let colors = palette(ui);
    let (name, is_name) = naming.name(table, row);
    ui.spacing_mut().item_spacing = vec2(8.0, 0.0);
    ui.spacing_mut().interact_size.y = LINE;
    ui.horizontal(|ui| {
        let source = naming.picture.as_ref().and_then(|name| table.column(name)).map(|column| column.text(row));
        picture::picture_ui(ui, cx, source.as_deref(), if is_name { &name } else { "" }, PICTURE);
        ui.vertical(|ui| {
            let style = |title: RichText| if is_name { title.bold() } else { title.bold().monospace() };
            found.label_ui(ui, &name, style);
            if let Some(state) = table.column(PROFILE_STATE) {
                let state = state.text(row);
                let known = state == KNOWN;
                let (icon, color) = if known { (icon::DONE, colors.good) } else { (icon::UNKNOWN, colors.text_weak) };
                let words = RichText::new(format!("{icon} {state}")).small().color(color);
                ui.add(egui::Label::new(words).selectable(false));
            }
        });
    });
    ui.add_space(GAP_SMALL);
    let mut seen = vec![name.to_string()];
    for column in card {
        let Some(data) = table.column(column).filter(|data| !data.is_blank(row)) else { continue };
        let value = data.text(row);
        line_ui(ui, column, &value, found);
        seen.push(value.into_owned());
    }
    let hidden = found.hidden(table, row, &seen);
    if let Some((column, value)) = &hidden {
        line_ui(ui, column, value, found);
    }
    if hidden.is_none() && seen.len() == 1 {
        // One who has nothing that stands on cards is told from others by a key.
        let key = naming.key_column(table, row);
        if let Some((column, data)) = key.and_then(|column| Some((column, table.column(column)?))) {
            line_ui(ui, column, &data.text(row), found);
        }
    }
    tr!("Customer {name}", name)
}

/// A field of a tile, its name before its value.
fn line_ui(ui: &mut Ui, name: &str, value: &str, found: &Found<'_>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.allocate_ui(vec2(NAME, LINE), |ui| {
            ui.set_width(NAME);
            let name = RichText::new(name).small().color(palette(ui).text_weak);
            ui.add(egui::Label::new(name).truncate().selectable(false));
        });
        found.label_ui(ui, value, RichText::small);
    });
}
