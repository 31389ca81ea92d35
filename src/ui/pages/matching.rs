//! Matching rules: the order of tables, and by which rules each joins those above it.

mod guards;
mod pairs;
mod proposals;
mod rules;

use std::sync::Arc;

use eframe::egui::{self, RichText, Ui};

use super::rules::order::{self, Move, Slot};
use super::{lists, live, parts, rule_preview, rules as editors, statistics};
use crate::engine::check::Wanted;
use crate::engine::ledger::{self, LedgerPart};
use crate::engine::pipeline::Run;
use crate::engine::report::TableReport;
use crate::help;
use crate::project::{Project, UnificationTable};
use crate::ui::context::PageCx;
use crate::ui::theme::{self, TextRole as _, icon, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::{entry, figure, form, grid, layout, text};
use crate::workbench::{Command, Page};

pub fn page_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    if cx.draft.unification.is_empty() {
        parts::first_step_ui(ui, cx, tr!("Matching finds the same people in several tables."));
        return;
    }
    let live = cx.live();
    parts::split_ui(
        ui,
        cx,
        |ui, cx| {
            let area = egui::ScrollArea::vertical().id_salt("settings").auto_shrink(false);
            parts::scroll_ui(ui, cx, area, |ui, cx| settings_ui(ui, cx, live.as_deref()));
        },
        |ui, cx| {
            theme::card(ui).show(ui, |ui| {
                ui.set_min_size(ui.available_size());
                preview_ui(ui, cx, live.as_ref());
            });
        },
    );
    lists::modal_ui(ui, cx);
}

/// The tables with their rules, and what holds for all of them.
fn settings_ui(ui: &mut Ui, cx: &mut PageCx<'_>, live: Option<&Run>) {
    // Clear of the scroll bar.
    ui.set_max_width(ui.available_width() - 6.0);
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        figures_ui(ui, cx, live);
    });
    let mut moved = None;
    for place in 0..cx.draft.unification.len() {
        moved = table_ui(ui, cx, place, live).or(moved);
    }
    if let Some(moved) = moved {
        move_table(cx, moved);
    }
    if cx.draft.unification.len() == 1 {
        theme::card(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            parts::hint_ui(ui, tr!("Matching joins tables: it needs a second one that holds customers."));
            if ui.button(tr!("Choose the tables")).clicked() {
                cx.send(Command::Go(Page::CustomerData));
            }
        });
    }
    statistics::hot_ui(ui, cx, None);
    guards::guards_ui(ui, cx);
    pairs::pairs_ui(ui, cx);
    if ui.button(lists::words(cx.draft)).help(help::VALUE_LISTS).clicked() {
        lists::open(cx);
    }
}

/// The KPIs of semantics 1.5.
fn figures_ui(ui: &mut Ui, cx: &mut PageCx<'_>, live: Option<&Run>) {
    let report = live.filter(|run| run.matched.is_some()).map(|run| &run.report);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 28.0;
        let of = |value: fn(&crate::engine::report::Report) -> u64| report.map(value);
        for kpi in statistics::KPIS {
            figure::figure_ui(ui, crate::text::of(kpi.name), of(kpi.of), kpi.help);
        }
        let dropped = of(|report| report.dropped_records);
        if figure::figure_link_ui(ui, tr!("Dropped"), dropped, help::DROPPED) {
            cx.open_ledger(LedgerPart::Dropped, None);
        }
        let ambiguous =
            live.and_then(|run| run.matched.as_ref()).map(|matched| matched.matching.ambiguous.len() as u64);
        if figure::figure_link_ui(ui, tr!("Ambiguous"), ambiguous, LedgerPart::Ambiguous.help()) {
            cx.open_ledger(LedgerPart::Ambiguous, None);
        }
    });
}

/// One table: its place, include all records, figures and rules.
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
            ui.horizontal(|ui| {
                moved = order_ui(ui, slot, &name);
                ui.label(RichText::new(format!("{}. {name}", place + 1)).title());
                if place == 0 {
                    ui.label(RichText::new(tr!("primary")).color(palette(ui).text_weak)).help(help::MATCH_ORDER);
                }
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let include = &mut cx.draft.unification[place].include_all_records;
                    let label = tr!("Include all records of {name}", name);
                    let named = (label.as_str(), help::INCLUDE_ALL);
                    if entry::check_ui(ui, named, include, tr!("Include all records"), true).changed() {
                        cx.name_edit(label);
                    }
                });
            });
            let report = live.and_then(|run| run.report.tables.iter().find(|table| table.table == name)).cloned();
            if let (Some(report), true) = (report, live.is_some_and(|run| run.matched.is_some())) {
                sums_ui(ui, cx, &report);
            }
            rules::rules_ui(ui, cx, place, live);
        })
    });
    order::drop_ui(ui, &card.response, slot).or(moved)
}

fn order_ui(ui: &mut Ui, slot: Slot<'_>, name: &str) -> Option<Move> {
    let help = tr!("Drag, or press Alt+Up or Alt+Down, to move the table. A table joins those above it.");
    let mut moved = order::handle_ui(ui, slot, &tr!("Order of {name}", name), help);
    if form::icon_button(ui, icon::UP, &tr!("Move {name} up", name), slot.up().is_some()) {
        moved = slot.up();
    }
    if form::icon_button(ui, icon::DOWN, &tr!("Move {name} down", name), slot.down().is_some()) {
        moved = slot.down();
    }
    moved
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

/// A table's line that adds up.
fn sums_ui(ui: &mut Ui, cx: &mut PageCx<'_>, report: &TableReport) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let weak = palette(ui).text_weak;
        let plain = |ui: &mut Ui, words: String| ui.label(RichText::new(words).color(weak));
        plain(ui, tr!("{rows_read} rows read =", rows_read = text::count(report.rows_read)));
        if figure::count_link_ui(ui, report.corrupt, tr!("Corrupt"), LedgerPart::Corrupt.help()) {
            cx.open_ledger(LedgerPart::Corrupt, Some(&report.table));
        }
        plain(ui, tr!("corrupt +").to_owned());
        if figure::count_link_ui(ui, report.duplicates, tr!("Duplicates"), LedgerPart::Duplicates.help()) {
            cx.open_ledger(LedgerPart::Duplicates, Some(&report.table));
        }
        plain(ui, tr!("duplicates + {unique} unique", unique = text::count(report.unique)));
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let weak = palette(ui).text_weak;
        let plain = |ui: &mut Ui, words: String| ui.label(RichText::new(words).color(weak));
        plain(
            ui,
            tr!(
                "{unique} unique = {joined} joined to a higher table + {customers} of their own +",
                unique = text::count(report.unique),
                joined = text::count(report.joined),
                customers = tr!("{n} customer" | "{n} customers" % report.own)
            ),
        );
        if figure::count_link_ui(ui, report.dropped, tr!("Dropped"), LedgerPart::Dropped.help()) {
            cx.open_ledger(LedgerPart::Dropped, Some(&report.table));
        }
        plain(ui, tr!("dropped").to_owned());
        let share = text::percent(report.matched, report.unique);
        let found = tr!(
            "· {matched} of {unique} with a customer of several records ({share})",
            matched = text::count(report.matched),
            unique = text::count(report.unique),
            share
        );
        plain(ui, found).help(help::MATCHED_SHARE.topic());
    });
}

/// The customers that the draft's matching comes to, or what stands in the way.
fn preview_ui(ui: &mut Ui, cx: &mut PageCx<'_>, live: Option<&Arc<Run>>) {
    let rule = open_rule(cx);
    if rule.is_some() {
        ui.horizontal(|ui| editors::tabs_ui(ui, cx, msg!("All rules")));
    }
    if let Some((table, rule)) = rule.filter(|_| editors::shows_rule(cx)) {
        rule_preview::rule_preview_ui(ui, cx, &table, &rule);
        return;
    }
    let Some(run) = live.filter(|run| run.matched.is_some()) else {
        parts::no_preview_ui(ui, cx, tr!("The counts"), Wanted::Matches);
        return;
    };
    let shown = cx.memory.typed.entry("matching preview".to_owned()).or_default().clone();
    ui.horizontal(|ui| {
        for (key, label) in [("", tr!("Customers")), ("ambiguous", tr!("Ambiguous")), ("dropped", tr!("Dropped"))] {
            if ui.selectable_label(shown == key, label).clicked() {
                cx.memory.typed.insert("matching preview".to_owned(), key.to_owned());
            }
        }
    });
    let table = match shown.as_str() {
        "ambiguous" => cx.find_of_run("ledger ambiguous", run, |run| ledger::ledger(run, LedgerPart::Ambiguous)),
        "dropped" => cx.find_of_run("ledger dropped", run, |run| ledger::ledger(run, LedgerPart::Dropped)),
        _ => run.customers.as_ref().map(|customers| Arc::clone(&customers.table)),
    };
    let name = if shown.is_empty() { tr!("preview customers").to_owned() } else { tr!("preview {shown}", shown) };
    match table {
        Some(table) if shown.is_empty() => {
            live::customers_grid_ui(ui, cx, &name, &table);
        }
        Some(table) => {
            grid::table_ui(ui, cx, &name, &table);
        }
        None if shown.is_empty() => parts::no_preview_ui(ui, cx, tr!("Customers"), Wanted::Customers),
        None => parts::hint_ui(ui, tr!("Listing the rows…")),
    }
}

/// The tables above one in match order: `(id, name)`.
fn higher_tables(project: &Project, place: usize) -> Vec<(String, String)> {
    let name = |table: &UnificationTable| project.table_name(&table.source_table).to_owned();
    project.unification[..place].iter().map(|table| (table.source_table.clone(), name(table))).collect()
}

/// The match rule whose editor is open, with its table.
fn open_rule(cx: &PageCx<'_>) -> Option<(String, String)> {
    let id = cx.memory.rule.as_ref()?;
    let table = cx.draft.unification.iter().find(|table| table.match_rules.iter().any(|rule| rule.id == *id))?;
    Some((table.source_table.clone(), id.clone()))
}
