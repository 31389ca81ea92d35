//! What is joined without any rule, and what that removes.

use std::sync::Arc;

use eframe::egui::Ui;

use crate::engine::identity::dedup::{JoinedBy, Records};
use crate::engine::ledger::LedgerPart;
use crate::help::{self, Figure};
use crate::project::SourceTable;
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::widgets::figure;
use crate::ui::widgets::help::Helped as _;

/// Rows joined by themselves, by reason.
#[derive(Clone, Copy)]
struct Automatic {
    by_key: u64,
    by_columns: u64,
}

fn automatic(records: &Records) -> Automatic {
    let of = |reason| records.joined_by.iter().filter(|by| **by == Some(reason)).count() as u64;
    Automatic { by_key: of(JoinedBy::PrimaryKey), by_columns: of(JoinedBy::MatchColumns) }
}

/// What is joined without any rule, and what that removed.
pub fn automatic_ui(ui: &mut Ui, cx: &mut PageCx<'_>, source: &SourceTable, rules: usize) {
    let key = source.primary_key.clone().unwrap_or_else(|| tr!("the primary key").to_owned());
    let removed: Option<Arc<Automatic>> = cx.live().and_then(|run| {
        let records = run.records_of(&source.id)?;
        let question = format!("automatic {}", source.id);
        cx.workbench.find(&question, records, records.joined_by.len(), automatic).value
    });
    let mut asked = line_ui(
        ui,
        removed.as_ref().map(|removed| removed.by_key),
        &tr!("Equal in {key}", key),
        tr!("same primary key"),
        help::REMOVED_BY_KEY,
    );
    if rules == 0 {
        asked |= line_ui(
            ui,
            removed.as_ref().map(|removed| removed.by_columns),
            tr!("Equal in every column of its match rules"),
            tr!("equal columns"),
            help::REMOVED_BY_COLUMNS,
        );
    } else {
        parts::hint_ui(ui, tr!("A table with rules of its own is not joined by the columns of its match rules."));
    }
    if asked {
        cx.open_ledger(LedgerPart::Duplicates, Some(&source.name));
    }
}

fn line_ui(ui: &mut Ui, removed: Option<u64>, what: &str, name: &str, help: Figure) -> bool {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.label(format!("•  {what}:")).help(help.topic());
        let Some(count) = removed else {
            ui.label("…");
            return false;
        };
        let clicked = figure::count_link_ui(ui, count, &tr!("Rows removed by {name}", name), help);
        ui.label(if count == 1 { tr!("row removed") } else { tr!("rows removed") });
        clicked
    })
    .inner
}
