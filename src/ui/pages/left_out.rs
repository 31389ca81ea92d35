//! Left out: the ledger, part by part.

use eframe::egui::{self, RichText, Ui};

use crate::engine::ledger::{self, LedgerPart};
use crate::engine::report::Report;
use crate::ui::context::PageCx;
use crate::ui::theme::{self, palette};
use crate::ui::widgets::{form, grid, text};

pub fn page_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let Some(run) = cx.live() else {
        form::empty_ui(ui, "Nothing was read yet, so nothing fell out. Add source tables first.", None);
        return;
    };
    ui.horizontal(|ui| {
        for part in LedgerPart::ALL {
            let count = count(&run.report, part, &run);
            let selected = cx.memory.ledger_part == part;
            let label = format!("{}  {}", part.label(), text::count(count));
            let button = ui.selectable_label(selected, label).on_hover_text(part.help());
            button.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, selected, part.label()));
            if button.clicked() {
                cx.memory.ledger_part = part;
            }
        }
    });
    let part = cx.memory.ledger_part;
    ui.label(RichText::new(part.help()).color(palette(ui).text_weak));
    ui.add_space(4.0);
    let name = format!("ledger {}", part.name());
    let table = cx.find_of_run(&name, &run, move |run| ledger::ledger(run, part));
    theme::card(ui).show(ui, |ui| {
        let Some(table) = table else {
            form::empty_ui(ui, "The rows are being listed…", None);
            return;
        };
        if table.rows == 0 {
            let sentence = format!("Nothing here. {}.", part.help());
            form::empty_ui(ui, &sentence, None);
        } else {
            grid::table_ui(ui, cx, &name, &table);
        }
    });
}

fn count(report: &Report, part: LedgerPart, run: &crate::engine::pipeline::Run) -> u64 {
    match part {
        LedgerPart::Corrupt => {
            let loaded: u64 = run.sources.iter().map(|source| source.corrupt.len() as u64).sum();
            // Rows without a primary key are corrupt only where their table is unified, which the report knows.
            loaded.max(report.tables.iter().map(|table| table.corrupt).sum())
        }
        LedgerPart::Duplicates => report.tables.iter().map(|table| table.duplicates).sum(),
        LedgerPart::Dropped => report.dropped_records,
        LedgerPart::Ambiguous => run.matched.as_ref().map_or(0, |matched| matched.matching.ambiguous.len() as u64),
        LedgerPart::Orphaned => report.activities.iter().map(|activity| activity.orphaned).sum(),
    }
}
