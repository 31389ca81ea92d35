//! Left out: the ledger, part by part.

use eframe::egui::{self, RichText, Ui};

use crate::engine::ledger::{self, LedgerPart};
use crate::ui::context::PageCx;
use crate::ui::theme::{self, palette};
use crate::ui::widgets::{form, grid, text};

pub fn page_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let Some(run) = cx.live() else {
        form::empty_ui(ui, "Nothing was read yet, so nothing fell out. Add source tables first.", None);
        return;
    };
    let counts = LedgerPart::ALL.map(|part| (part, ledger::count(&run, part)));
    let first = counts.iter().find(|(_, count)| *count > 0).map_or(LedgerPart::Corrupt, |(part, _)| *part);
    let shown = cx.memory.ledger_part.unwrap_or(first);
    ui.horizontal(|ui| {
        for (part, count) in counts {
            let selected = shown == part;
            let label = format!("{}  {}", part.label(), text::count(count));
            let button = ui.selectable_label(selected, label).on_hover_text(part.help());
            button.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, selected, part.label()));
            if button.clicked() {
                cx.memory.ledger_part = Some(part);
            }
        }
    });
    let part = shown;
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
