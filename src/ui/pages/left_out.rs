//! Left out: the ledger, part by part.

use std::sync::Arc;

use eframe::egui::{self, RichText, Ui};

use super::parts;
use crate::engine::check::Wanted;
use crate::engine::ledger::{self, LedgerPart};
use crate::engine::table::Table;
use crate::project::RecordKey;
use crate::ui::context::PageCx;
use crate::ui::theme::{self, GAP_SMALL, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::{form, grid, text};

pub fn page_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let Some(run) = cx.live() else {
        if !parts::first_step_ui(ui, cx, tr!("What falls out of a run is listed here, row by row.")) {
            parts::no_preview_ui(ui, cx, tr!("Rows that fell out"), Wanted::Matches);
        }
        return;
    };
    let counts = LedgerPart::ALL.map(|part| (part, ledger::count(&run, part)));
    // Duplicates stand apart: most tables have them, and they are no fault.
    let (amiss, plain): (Vec<_>, Vec<_>) = counts.into_iter().partition(|(part, _)| part.is_amiss());
    let all = || amiss.iter().chain(&plain);
    let first = all().find(|(_, count)| *count > 0).map_or(LedgerPart::Corrupt, |(part, _)| *part);
    let shown = cx.memory.ledger_part.unwrap_or(first);
    ui.horizontal_wrapped(|ui| {
        for &(part, count) in all() {
            if !part.is_amiss() {
                ui.separator();
            }
            let selected = shown == part;
            let label = RichText::new(format!("{}  {}", part.label(), text::count(count)));
            let label = if count == 0 && !selected { label.color(palette(ui).text_weak) } else { label };
            let button = ui.selectable_label(selected, label).help(part.help().topic());
            button.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, selected, part.label()));
            if button.clicked() {
                cx.memory.ledger_part = Some(part);
            }
        }
    });
    let part = shown;
    ui.label(RichText::new(part.help().meaning()).color(palette(ui).text_weak));
    ui.add_space(GAP_SMALL);
    let name = tr!("ledger {part}", part = part.label().to_lowercase());
    let table = cx.find_of_run(&name, &run, move |run| ledger::ledger(run, part));
    theme::card(ui).show(ui, |ui| {
        let Some(table) = table else {
            form::empty_ui(ui, tr!("The rows are being listed…"), None);
            return;
        };
        if table.rows == 0 {
            form::empty_ui(ui, tr!("Nothing here."), None);
        } else {
            if explains(part) {
                explain_ui(ui, cx, part, &name, &table);
            }
            let outcome = grid::table_ui(ui, cx, &name, &table);
            if let Some((a, b)) = outcome.activated.and_then(|row| question(cx, part, &table, row)) {
                cx.explain(a, b);
            }
        }
    });
}

/// Whether the rows of a part are records with something to explain.
fn explains(part: LedgerPart) -> bool {
    !matches!(part, LedgerPart::Corrupt | LedgerPart::Orphaned)
}

fn explain_ui(ui: &mut Ui, cx: &mut PageCx<'_>, part: LedgerPart, name: &str, table: &Arc<Table>) {
    let selected = grid::selected_row(cx, name, table).and_then(|row| question(cx, part, table, row));
    let reason = selected.as_ref().map(|_| ()).ok_or_else(|| tr!("Select a row first").to_owned());
    ui.horizontal(|ui| {
        let is_there = selected.is_some();
        let button = form::button_or_reason(ui, tr!("Explain this row"), reason);
        if button.on_hover_text(tr!("Why; Enter on a row does the same")).clicked()
            && let Some((a, b)) = selected
        {
            cx.explain(a, b);
        }
        if !is_there {
            form::label_ui(ui, tr!("Select a row first, or click one twice"));
        }
    });
}

/// The records that a row is about.
fn question(cx: &PageCx<'_>, part: LedgerPart, table: &Table, row: usize) -> Option<(RecordKey, Option<RecordKey>)> {
    let text = |name: &str| table.column(name).map(|column| column.text(row).into_owned());
    let record = |name: String, key: String| RecordKey::read(&format!("{name}:{key}"), cx.draft).ok();
    let of_table = text("Table")?;
    let a = record(of_table.clone(), text("Key")?)?;
    let b = match part {
        LedgerPart::Duplicates => record(of_table, text(ledger::KEPT_KEY)?),
        LedgerPart::Ambiguous => RecordKey::read(&text("Chosen")?, cx.draft).ok(),
        LedgerPart::Refused => record(text("OtherTable")?, text("OtherKey")?),
        LedgerPart::Corrupt | LedgerPart::Dropped | LedgerPart::Orphaned => None,
    };
    Some((a.clone(), b.filter(|b| *b != a)))
}
