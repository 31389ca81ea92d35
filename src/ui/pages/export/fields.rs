//! The columns of an export: those chosen in the order written, then the others.

use eframe::egui::{self, RichText, Ui};

use crate::help;
use crate::project::{Export, edit};
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::pages::rules::order::{self, Move, Slot};
use crate::ui::theme::palette;
use crate::ui::widgets::{entry, form, layout};

/// Width of the handle that a chosen field is dragged by.
const HANDLE: f32 = 14.0;
/// Of so many fields or more, a field finds one.
const SEARCHED: usize = 12;
const ORDER: &str = msg!("Drag, or press Alt+Up or Alt+Down, to move the column");
/// What is searched for, in the memory.
const SEARCH: &str = msg!("Search fields");

/// An export without fields has all of them, those that come later too.
pub fn fields_ui(ui: &mut Ui, cx: &mut PageCx<'_>, export: &mut Export) {
    let all = edit::customer_columns(cx.draft);
    let mut chosen = if export.fields.is_empty() { all.clone() } else { export.fields.clone() };
    let before = chosen.clone();
    let rest: Vec<String> = all.iter().filter(|name| !chosen.contains(name)).cloned().collect();
    form::section_ui(ui, tr!("Fields"));
    ui.horizontal_wrapped(|ui| {
        if ui.button(tr!("All fields")).on_hover_text(tr!("All fields, those added later too")).clicked() {
            chosen.clone_from(&all);
        }
        if ui.button(tr!("Only CustomerId")).on_hover_text(tr!("None but the id; tick the others you want")).clicked() {
            chosen = all.iter().take(1).cloned().collect();
        }
        let color = palette(ui).text_weak;
        ui.label(RichText::new(tr!("{before} of {all} chosen", before = before.len(), all = all.len())).color(color));
    });
    let mut searched = String::new();
    if all.len() >= SEARCHED {
        let typed = cx.memory.typed.entry(crate::text::of(SEARCH).to_owned()).or_default();
        form::text_ui(
            ui,
            (crate::text::of(SEARCH), help::SEARCH_LIST),
            typed,
            crate::text::of(SEARCH),
            ui.available_width().min(300.0),
        );
        searched = typed.trim().to_lowercase();
    }
    let rows = before.iter().map(|name| (name, true)).chain(rest.iter().map(|name| (name, false))).enumerate();
    let found: Vec<Row<'_>> = rows
        .filter(|(_, (name, _))| name.to_lowercase().contains(&searched))
        .map(|(place, (name, ticked))| Row { name, place, ticked, count: before.len(), known: all.contains(name) })
        .collect();
    let mut moved = None;
    let list = ui.scope_id().with(("fields of", &export.id));
    parts::lines_by_ui(
        ui,
        found.len(),
        |place| list.with(found[place].name),
        |ui, place| {
            row_ui(ui, &found[place], &mut chosen, &mut moved);
        },
    );
    if found.is_empty() {
        form::label_ui(ui, tr!("Nothing is called so"));
    }
    if let Some(moved) = moved {
        Move::apply(moved, &mut chosen);
    }
    if chosen != before {
        export.fields = if chosen == all { Vec::new() } else { chosen };
    }
}

struct Row<'a> {
    name: &'a str,
    place: usize,
    ticked: bool,
    /// Of the chosen fields.
    count: usize,
    /// Whether the customer has this field.
    known: bool,
}

fn row_ui(ui: &mut Ui, row: &Row<'_>, chosen: &mut Vec<String>, moved: &mut Option<Move>) {
    let slot = Slot { list: "export fields", place: row.place, count: row.count };
    let whole = egui::Rect::from_min_size(ui.cursor().min, egui::vec2(ui.available_width(), parts::LINE_HEIGHT));
    if row.ticked {
        *moved = moved.or(order::handle_ui(ui, slot, &tr!("Order of {row}", row = row.name), crate::text::of(ORDER)));
    } else {
        // Fields that are not written have no order.
        layout::cell_ui(ui, HANDLE, "");
    }
    let mut ticked = row.ticked;
    let only = row.ticked && row.count == 1;
    let name = tr!("Export field {row}", row = row.name);
    let response = entry::check_ui(ui, (&name, help::EXPORT_FIELD), &mut ticked, row.name, !only);
    let response = response.on_disabled_hover_text(tr!("An export has at least one field"));
    if response.changed() && ticked {
        chosen.push(row.name.to_owned());
    } else if response.changed() {
        chosen.retain(|name| name != row.name);
    }
    if !row.known {
        let color = palette(ui).error;
        ui.label(RichText::new(tr!("no such customer field")).color(color));
    }
    if row.ticked {
        *moved = moved.or(order::drop_ui(ui, &response.with_new_rect(whole), slot));
    }
}
