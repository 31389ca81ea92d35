//! A line a table, which adds up.

use eframe::egui::{self, RichText, Ui};

use super::rows::{self, Rows, end_ui, right_ui};
use crate::engine::ledger::LedgerPart;
use crate::engine::pipeline::Run;
use crate::engine::quality::records::{JOINED, OWN};
use crate::ui::context::PageCx;
use crate::ui::widgets::{figure, form, text};

const HEADS: [(&str, &str); 8] = [
    ("Table", "In match order"),
    ("Source", "Rows that take part: rows read − corrupt rows − rows without a primary key"),
    ("Unique", "Records after deduplication: joined + own + dropped"),
    ("Dedup.", "(Source − unique) / source"),
    ("Joined", "Records attached to a record of a higher table"),
    ("Own", "Records at the head of a customer of their own"),
    ("Dropped", "Unique records that match nothing, of tables without Include all records"),
    ("Matched", "Records whose customer holds at least two unique records / unique"),
];

pub fn tables_ui(ui: &mut Ui, cx: &mut PageCx<'_>, run: &Run) {
    egui::ScrollArea::horizontal().id_salt("tables").show(ui, |ui| {
        egui::Grid::new("statistics tables").num_columns(HEADS.len() + 1).min_col_width(16.0).spacing([9.0, 4.0]).show(
            ui,
            |ui| {
                for (place, (head, help)) in HEADS.into_iter().enumerate() {
                    match place {
                        0 => form::label_ui(ui, head).on_hover_text(help),
                        _ => right_ui(ui, |ui| form::label_ui(ui, head).on_hover_text(help)),
                    };
                }
                end_ui(ui);
                for (of, settings) in run.report.tables.iter().zip(&run.project.unification) {
                    let name = of.table.as_str();
                    ui.label(RichText::new(text::one_line(name, 24))).on_hover_text(name);
                    let records = |cx: &mut PageCx<'_>, title: String, filter: Option<(&str, &str)>| {
                        let filters: Vec<_> = std::iter::once(("Table", name)).chain(filter).collect();
                        rows::open(cx, Rows::Records, title, &filters, None);
                    };
                    let figures: [(&str, u64, Option<u64>); 7] = [
                        ("Source rows", of.source, None),
                        ("Unique records", of.unique, None),
                        ("Share deduplicated", of.duplicates, Some(of.source)),
                        ("Joined", of.joined, None),
                        ("Own", of.own, None),
                        ("Dropped", of.dropped, None),
                        ("Share matched", of.matched, Some(of.unique)),
                    ];
                    for (place, (what, value, whole)) in figures.into_iter().enumerate() {
                        let (_, help) = HEADS[place + 1];
                        let label = whole.map_or_else(|| text::count(value), |whole| text::percent(value, whole));
                        let spoken = format!("{what} of {name}");
                        if !right_ui(ui, |ui| figure::link_ui(ui, &label, value > 0, &spoken, help)) {
                            continue;
                        }
                        match place {
                            0 => {
                                let title = format!("Source rows of {name}");
                                rows::open(cx, Rows::Source(settings.source_table.clone()), title, &[], None);
                            }
                            1 => records(cx, format!("Unique records of {name}"), None),
                            2 => cx.open_ledger(LedgerPart::Duplicates, Some(name)),
                            3 => records(cx, format!("Joined records of {name}"), Some(("Became", JOINED))),
                            4 => records(
                                cx,
                                format!("Records of {name} with a customer of their own"),
                                Some(("Became", OWN)),
                            ),
                            5 => cx.open_ledger(LedgerPart::Dropped, Some(name)),
                            _ => records(cx, format!("Matched records of {name}"), Some(("Matched", "yes"))),
                        }
                    }
                    end_ui(ui);
                }
            },
        );
    });
}
