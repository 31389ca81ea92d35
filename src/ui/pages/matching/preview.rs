//! What the draft's matching comes to: the customers, what is ambiguous and what is dropped, or the open rule alone.

use std::sync::Arc;

use eframe::egui::Ui;

use crate::engine::check::Wanted;
use crate::engine::ledger::{self, LedgerPart};
use crate::engine::pipeline::Run;
use crate::ui::context::PageCx;
use crate::ui::pages::{live, parts, rule_preview, rules as editors};
use crate::ui::widgets::grid;

/// The customers that the draft's matching comes to, or what stands in the way.
pub fn preview_ui(ui: &mut Ui, cx: &mut PageCx<'_>, live: Option<&Arc<Run>>) {
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

/// The match rule whose editor is open, with its table.
fn open_rule(cx: &PageCx<'_>) -> Option<(String, String)> {
    let id = cx.memory.rule.as_ref()?;
    let table = cx.draft.unification.iter().find(|table| table.match_rules.iter().any(|rule| rule.id == *id))?;
    Some((table.source_table.clone(), id.clone()))
}
