//! The right half: the duplicates of the selected table, what rules are proposed, or the open rule alone.

use std::sync::Arc;

use eframe::egui::Ui;

use super::proposals;
use crate::engine::check::Wanted;
use crate::engine::ledger::duplicates_of;
use crate::engine::pipeline::Run;
use crate::engine::table::Table;
use crate::ui::context::PageCx;
use crate::ui::pages::{parts, rule_preview, rules as editors};
use crate::ui::widgets::{form, grid, text};

/// The duplicates of one table, made once for each live run.
pub fn preview_ui(ui: &mut Ui, cx: &mut PageCx<'_>, id: &str) {
    if let Some(rule) = open_rule(cx, id) {
        editors::tabs_ui(ui, cx, msg!("All duplicates"));
        if editors::shows_rule(cx) {
            rule_preview::rule_preview_ui(ui, cx, id, &rule);
            return;
        }
    }
    let name = cx.draft.table_name(id).to_owned();
    let run = cx.live();
    let Some((run, report)) = run.as_ref().and_then(|run| Some((run, parts::table_report(run, id)?))) else {
        parts::no_preview_ui(ui, cx, tr!("Duplicates"), Wanted::Records(id));
        return;
    };
    form::section_ui(ui, &tr!("Duplicates of {name}", name));
    let (removed, source) = (report.duplicates, tr!("{n} source record" | "{n} source records" % report.source));
    // A line of its own: beside the title it has no room where the window is small.
    let sum = tr!(
        "{source} − {removed} = {unique} unique",
        source,
        removed = text::count(removed),
        unique = text::count(report.unique)
    );
    parts::hint_ui(ui, sum);
    let has_rules = cx.draft.unification_table(id).is_some_and(|table| !table.deduplication_rules.is_empty());
    let project = Arc::clone(&cx.workbench.project);
    let is_proposed =
        !has_rules && project.source_table(id).is_some_and(|source| proposals::proposals_ui(ui, cx, run, source));
    if report.duplicates == 0 {
        match (has_rules, is_proposed) {
            (_, true) => {}
            (true, false) => {
                let sentence = tr!(
                    "Every row of {name} is a record of its own. Rows that a rule joins appear here at once.",
                    name
                );
                form::empty_ui(ui, &sentence, None);
            }
            (false, false) => {
                let sentence = tr!(
                    "Every row of {name} is a record of its own, and no two agree in an id, an email or a phone, or in \
                     a name together with a birth date or an address.",
                    name
                );
                form::empty_ui(ui, &sentence, None);
            }
        }
        return;
    }
    let wanted = id.to_owned();
    // The rows that are walked, not the few that may be found among them.
    let rows = report.source as usize;
    let made = cx
        .workbench
        .find(&format!("duplicates {id}"), run, rows, move |run: &Run| without_table(duplicates_of(run, &wanted)));
    match made.value {
        Some(table) => {
            grid::table_ui(ui, cx, &tr!("duplicates of {name}", name), &table);
        }
        None => parts::hint_ui(ui, tr!("Listing the duplicates…")),
    }
}

/// The rule of the table whose editor is open.
fn open_rule(cx: &PageCx<'_>, table: &str) -> Option<String> {
    let rules = &cx.draft.unification_table(table)?.deduplication_rules;
    cx.memory.rule.clone().filter(|id| rules.iter().any(|rule| rule.id == *id))
}

/// Rows of one table, without the column that says so.
fn without_table(mut all: Table) -> Table {
    all.columns.retain(|column| column.name != "Table");
    all
}
