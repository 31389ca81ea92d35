//! A line a table, which adds up.

use eframe::egui::{self, RichText, Ui};

use super::rows::{self, Rows, end_ui, right_ui};
use crate::engine::ledger::LedgerPart;
use crate::engine::pipeline::Run;
use crate::engine::quality::records::{JOINED, OWN};
use crate::help::{self, Figure};
use crate::ui::context::PageCx;
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::{figure, form, text};

/// A column of figures, as its head calls it and as it is read out, with its formula.
const FIGURES: [(&str, &str, Figure); 7] = [
    (msg!("Source"), msg!("Source rows"), help::SOURCE_RECORDS),
    (msg!("Unique"), msg!("Unique records"), help::UNIQUE_RECORDS),
    (msg!("Dedup."), msg!("Share deduplicated"), help::SHARE_DEDUPLICATED),
    (msg!("Joined"), msg!("Joined"), help::JOINED),
    (msg!("Own"), msg!("Own"), help::OWN),
    (msg!("Dropped"), msg!("Dropped"), help::DROPPED),
    (msg!("Matched"), msg!("Share matched"), help::MATCHED_SHARE),
];

pub fn tables_ui(ui: &mut Ui, cx: &mut PageCx<'_>, run: &Run) {
    egui::ScrollArea::horizontal().id_salt("tables").show(ui, |ui| {
        egui::Grid::new("statistics tables")
            .num_columns(FIGURES.len() + 2)
            .min_col_width(16.0)
            .spacing([9.0, 4.0])
            .show(ui, |ui| {
                form::label_ui(ui, tr!("Table")).help(help::MATCH_ORDER);
                for (head, _, of) in FIGURES {
                    right_ui(ui, |ui| form::label_ui(ui, crate::text::of(head)).help(of.topic()));
                }
                end_ui(ui);
                for (of, settings) in run.report.tables.iter().zip(&run.project.unification) {
                    let name = of.table.as_str();
                    ui.label(RichText::new(text::one_line(name, 24))).on_hover_text(name);
                    let records = |cx: &mut PageCx<'_>, title: String, filter: Option<(&str, &str)>| {
                        let filters: Vec<_> = std::iter::once(("Table", name)).chain(filter).collect();
                        rows::open(cx, Rows::Records, title, &filters, None);
                    };
                    let values: [(u64, Option<u64>); FIGURES.len()] = [
                        (of.source, None),
                        (of.unique, None),
                        (of.duplicates, Some(of.source)),
                        (of.joined, None),
                        (of.own, None),
                        (of.dropped, None),
                        (of.matched, Some(of.unique)),
                    ];
                    for (place, ((_, what, help), (value, whole))) in FIGURES.into_iter().zip(values).enumerate() {
                        let label = whole.map_or_else(|| text::count(value), |whole| text::percent(value, whole));
                        let spoken = tr!("{what} of {name}", what = crate::text::of(what), name);
                        if !right_ui(ui, |ui| figure::link_ui(ui, &label, value > 0, &spoken, help)) {
                            continue;
                        }
                        match place {
                            0 => {
                                let title = tr!("Source rows of {name}", name);
                                rows::open(cx, Rows::Source(settings.source_table.clone()), title, &[], None);
                            }
                            1 => records(cx, tr!("Unique records of {name}", name), None),
                            2 => cx.open_ledger(LedgerPart::Duplicates, Some(name)),
                            3 => records(cx, tr!("Joined records of {name}", name), Some(("Became", JOINED))),
                            4 => records(
                                cx,
                                tr!("Records of {name} with a customer of their own", name),
                                Some(("Became", crate::text::of(OWN))),
                            ),
                            5 => cx.open_ledger(LedgerPart::Dropped, Some(name)),
                            _ => records(cx, tr!("Matched records of {name}", name), Some(("Matched", "yes"))),
                        }
                    }
                    end_ui(ui);
                }
            });
    });
}
