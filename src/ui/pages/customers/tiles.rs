//! The customers as tiles: picture or initials, name, state, and the fields chosen for cards; blank ones are left out.

use std::sync::Arc;

use eframe::egui::{self, RichText, Ui, vec2};

use super::picture;
use crate::engine::customer::customers::{KNOWN, PROFILE_STATE};
use crate::engine::customer::index::{Answer, PageFields, found_in, terms};
use crate::engine::customer::naming::Naming;
use crate::engine::table::Table;
use crate::ui::context::PageCx;
use crate::ui::theme::{GAP_SMALL, TextRole as _, icon, palette};
use crate::ui::widgets::grid::GridOutcome;
use crate::ui::widgets::tiles::{self, TileSize};
use crate::ui::widgets::{direction, text};

const WIDTH: f32 = 232.0;
/// The upper part of a tile: picture, name, state.
const HEAD: f32 = 58.0;
const LINE: f32 = 17.0;
/// Fields on a tile at most.
const LINES: usize = 6;
const PICTURE: f32 = 34.0;

pub fn tiles_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    table: &Arc<Table>,
    fields: &PageFields,
    answer: &Answer,
) -> GridOutcome {
    let naming = Naming::of(cx.draft);
    let terms = terms(&cx.memory.customers.query.search);
    // A line more for where something was found that is not on the cards.
    let lines = fields.card.len().min(LINES) + usize::from(!terms.is_empty());
    let shown = Shown {
        naming: &naming,
        card: &fields.card[..fields.card.len().min(LINES)],
        searched: &fields.search,
        terms: &terms,
    };
    let size = TileSize { width: WIDTH, height: HEAD + lines as f32 * LINE + 4.0 };
    let mut state = std::mem::take(&mut cx.memory.customers.tiles);
    let outcome = tiles::tiles_ui(ui, crate::text::of(super::LIST), &answer.rows, &mut state, &size, |ui, row| {
        tile_ui(ui, cx, table, row, &shown)
    });
    cx.memory.customers.tiles = state;
    outcome
}

/// What every tile shows.
struct Shown<'a> {
    naming: &'a Naming,
    card: &'a [String],
    searched: &'a [String],
    /// What is searched, to be marked.
    terms: &'a [String],
}

fn tile_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &Table, row: usize, shown: &Shown<'_>) -> String {
    let colors = palette(ui);
    let naming = shown.naming;
    let (name, is_name) = naming.name(table, row);
    ui.spacing_mut().item_spacing = vec2(8.0, 0.0);
    ui.spacing_mut().interact_size.y = LINE;
    ui.horizontal(|ui| {
        let source = naming.picture.as_ref().and_then(|name| table.column(name)).map(|column| column.text(row));
        picture::picture_ui(ui, cx, source.as_deref(), if is_name { &name } else { "" }, PICTURE);
        ui.vertical(|ui| {
            let style = |title: RichText| if is_name { title.bold() } else { title.bold().monospace() };
            direction::found_label_ui(ui, &text::one_line(&name, 80), shown.terms, style);
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
    let filled = |column: &&String| table.column(column).is_some_and(|data| !data.is_blank(row));
    let mut lines: Vec<&String> = shown.card.iter().filter(filled).collect();
    lines.extend(elsewhere(table, row, shown, &name));
    if lines.is_empty() {
        // One who has nothing that stands on cards is told from others by a key.
        lines.extend(naming.key_column(table, row));
    }
    for column in lines {
        let Some(data) = table.column(column) else { continue };
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let label = |text: RichText| egui::Label::new(text).truncate().selectable(false);
            let width = 58.0;
            ui.allocate_ui(vec2(width, LINE), |ui| {
                ui.set_width(width);
                ui.add(label(RichText::new(column).small().color(colors.text_weak)));
            });
            direction::found_label_ui(ui, &text::one_line(&data.text(row), 80), shown.terms, RichText::small);
        });
    }
    tr!("Customer {name}", name)
}

/// The first searched column with a term that stands nowhere in what the tile shows anyway.
fn elsewhere<'a>(table: &Table, row: usize, shown: &Shown<'a>, name: &str) -> Option<&'a String> {
    let found = |text: &str, term: &String| !found_in(text, std::slice::from_ref(term)).is_empty();
    let has = |column: &String, term: &String| table.column(column).is_some_and(|data| found(&data.text(row), term));
    let is_shown = |term: &&String| found(name, term) || shown.card.iter().any(|column| has(column, term));
    let hidden: Vec<&String> = shown.terms.iter().filter(|term| !is_shown(term)).collect();
    shown.searched.iter().find(|column| hidden.iter().any(|term| has(column, term)))
}
