//! One table of the match order: its place, what became of its rows, and its rules.

use eframe::egui::{self, RichText, Ui};

use super::{rules, sums};
use crate::engine::pipeline::Run;
use crate::help;
use crate::project::Project;
use crate::ui::context::PageCx;
use crate::ui::pages::rules::order::{self, Move, Slot};
use crate::ui::theme::{self, TextRole as _, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::{entry, layout, more};

/// A card for each table, in match order; one that was moved stands at its new place from the next frame on.
pub fn tables_ui(ui: &mut Ui, cx: &mut PageCx<'_>, live: Option<&Run>) {
    let mut moved = None;
    for place in 0..cx.draft.unification.len() {
        moved = table_ui(ui, cx, place, live).or(moved);
    }
    if let Some(moved) = moved {
        move_table(cx, moved);
    }
}

fn table_ui(ui: &mut Ui, cx: &mut PageCx<'_>, place: usize, live: Option<&Run>) -> Option<Move> {
    let id = cx.draft.unification[place].source_table.clone();
    let name = cx.draft.table_name(&id).to_owned();
    let slot = Slot { list: "tables", place, count: cx.draft.unification.len() };
    let mut moved = None;
    let card = layout::steady_ui(ui, egui::Id::unique(("unified table", &id)), |ui| {
        theme::card(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            if order::is_dragged(ui, slot) {
                ui.set_opacity(0.5);
            }
            moved = header_ui(ui, cx, slot, &name);
            let report = live.and_then(|run| run.report.tables.iter().find(|table| table.table == name)).cloned();
            if let (Some(report), true) = (report, live.is_some_and(|run| run.matched.is_some())) {
                sums::sums_ui(ui, cx, &report, place == 0);
            }
            rules::rules_ui(ui, cx, place, live);
        })
    });
    order::drop_ui(ui, &card.response, slot).or(moved)
}

/// The handle, the name, whether all of its records become customers, and the menu that moves it.
fn header_ui(ui: &mut Ui, cx: &mut PageCx<'_>, slot: Slot<'_>, name: &str) -> Option<Move> {
    let inner = ui.horizontal(|ui| {
        let help = tr!("Drag, or press Alt+Up or Alt+Down, to move the table. A table joins those above it.");
        let moved = order::handle_ui(ui, slot, &tr!("Order of {name}", name), help);
        let (label, gap) = (tr!("Include all records"), ui.spacing().item_spacing.x);
        let font = egui::TextStyle::Body.resolve(ui.style());
        let words = ui.painter().layout_no_wrap(label.to_owned(), font, palette(ui).text).size().x;
        let check = ui.spacing().icon_width + ui.spacing().icon_spacing + words + gap;
        let width = (ui.available_width() - check - more::ROOM).max(60.0);
        entry::cell_ui(ui, width, |ui| {
            ui.add(egui::Label::new(RichText::new(format!("{}. {name}", slot.place + 1)).title()).truncate());
            if slot.place == 0 {
                ui.label(RichText::new(tr!("primary")).color(palette(ui).text_weak)).help(help::MATCH_ORDER);
            }
        });
        let include = &mut cx.draft.unification[slot.place].include_all_records;
        let called = tr!("Include all records of {name}", name);
        if entry::check_ui(ui, (&called, help::INCLUDE_ALL), include, label, true).changed() {
            cx.name_edit(called);
        }
        let items = order::menu_items(slot, name, |moved| moved);
        moved.or(more::more_ui(ui, &tr!("More of {name}", name), items))
    });
    inner.inner
}

/// Moves a table; rules that then name a table which is not above theirs become invalid and go, which is said.
fn move_table(cx: &mut PageCx<'_>, moved: Move) {
    let Some(table) = cx.draft.unification.get(moved.from) else { return };
    let name = cx.draft.table_name(&table.source_table).to_owned();
    moved.apply(&mut cx.draft.unification);
    let removed = remove_invalid_rules(cx.draft);
    cx.name_edit(tr!("Move {name}", name));
    if !removed.is_empty() {
        let text = tr!(
            "Moving {name} removed rules that no longer name a higher table: {removed}. Undo brings them back.",
            name,
            removed = removed.join(", ")
        );
        cx.workbench.notify(crate::workbench::Level::Warning, text);
    }
}

fn remove_invalid_rules(project: &mut Project) -> Vec<String> {
    let mut removed = Vec::new();
    let mut above: Vec<String> = Vec::new();
    let mut retired = Vec::new();
    for table in &mut project.unification {
        table.match_rules.retain(|rule| {
            let valid = above.contains(&rule.to_table);
            if !valid {
                removed.push(rule.name.clone());
                retired.push(rule.id.clone());
            }
            valid
        });
        above.push(table.source_table.clone());
    }
    project.retired_ids.extend(retired);
    removed
}
