//! What became of the rows of a table: one line, and behind it the sums that add up.

use eframe::egui::{self, RichText, Ui, WidgetInfo};

use crate::engine::ledger::LedgerPart;
use crate::engine::report::TableReport;
use crate::help;
use crate::ui::context::PageCx;
use crate::ui::theme::{icon, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::{figure, text};

/// A part of a sum: words, or a number with rows behind it.
enum Part {
    Words(String),
    Rows(u64, LedgerPart),
}

/// The line; a click opens the sums below it.
pub fn sums_ui(ui: &mut Ui, cx: &mut PageCx<'_>, report: &TableReport, is_primary: bool) {
    let key = format!("sums of {}", report.table);
    let is_open = cx.memory.open.get(&key).copied().unwrap_or(false);
    let (mark, color) = (if is_open { icon::OPEN } else { icon::CLOSED }, palette(ui).text_weak);
    let words = RichText::new(icon::before(mark, &line(report, is_primary))).color(color);
    let button = ui.add(egui::Button::new(words).frame_when_inactive(false).truncate());
    let name = tr!("Sums of {table}", table = report.table);
    button.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, is_open, &name));
    let sums = sums(report);
    let all: Vec<String> = sums.iter().map(|parts| parts.iter().map(plain).collect()).collect();
    if button.on_hover_text(all.join("\n")).clicked() {
        cx.memory.open.insert(key, !is_open);
    }
    if !is_open {
        return;
    }
    ui.indent(&name, |ui| {
        for parts in &sums {
            sum_ui(ui, cx, &report.table, parts);
        }
        let share = text::percent(report.matched, report.unique);
        let found = tr!(
            "{matched} of {unique} are with a customer of several records ({share})",
            matched = text::count(report.matched),
            unique = text::count(report.unique),
            share
        );
        ui.label(RichText::new(found).color(color)).help(help::MATCHED_SHARE.topic());
    });
}

/// `3 records: 1 joined, 2 new customers`.
fn line(report: &TableReport, is_primary: bool) -> String {
    let mut became = Vec::new();
    if !is_primary {
        became.push(tr!("{n} joined" | "{n} joined" % report.joined));
    }
    became.push(new_customers(report));
    if report.dropped > 0 {
        became.push(tr!("{n} dropped" | "{n} dropped" % report.dropped));
    }
    let records = tr!("{n} record" | "{n} records" % report.unique);
    tr!("{records}: {became}", records, became = became.join(", "))
}

fn new_customers(report: &TableReport) -> String {
    tr!("{n} new customer" | "{n} new customers" % report.own)
}

/// The rows of the file, then the records they made.
fn sums(report: &TableReport) -> [Vec<Part>; 2] {
    let unique = text::count(report.unique);
    let rows = vec![
        Part::Words(tr!("{rows} read = ", rows = tr!("{n} row" | "{n} rows" % report.rows_read))),
        Part::Rows(report.corrupt, LedgerPart::Corrupt),
        Part::Words(tr!(" corrupt + ").to_owned()),
        Part::Rows(report.duplicates, LedgerPart::Duplicates),
        Part::Words(tr!(" duplicates + {unique} unique", unique)),
    ];
    let records = vec![
        Part::Words(tr!(
            "{unique} unique = {joined} joined to a higher table + {own} + ",
            unique,
            joined = text::count(report.joined),
            own = new_customers(report)
        )),
        Part::Rows(report.dropped, LedgerPart::Dropped),
        Part::Words(tr!(" dropped").to_owned()),
    ];
    [rows, records]
}

fn plain(part: &Part) -> String {
    match part {
        Part::Words(words) => words.clone(),
        Part::Rows(rows, _) => text::count(*rows),
    }
}

fn sum_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &str, parts: &[Part]) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let weak = palette(ui).text_weak;
        for part in parts {
            match part {
                Part::Words(words) => {
                    ui.label(RichText::new(words).color(weak));
                }
                Part::Rows(rows, of) => {
                    if figure::count_link_ui(ui, *rows, of.label(), of.help()) {
                        cx.open_ledger(*of, Some(table));
                    }
                }
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> TableReport {
        TableReport {
            table: "Web".to_owned(),
            rows_read: 1_009,
            corrupt: 4,
            source: 1_005,
            duplicates: 2,
            unique: 1_003,
            joined: 1,
            own: 1_002,
            dropped: 0,
            matched: 1,
        }
    }

    #[test]
    fn a_table_is_one_line_and_its_sums_add_up() {
        assert_eq!(line(&report(), false), "1,003 records: 1 joined, 1,002 new customers");
        assert_eq!(line(&report(), true), "1,003 records: 1,002 new customers");
        let dropped = TableReport { own: 1, unique: 3, dropped: 1, ..report() };
        assert_eq!(line(&dropped, false), "3 records: 1 joined, 1 new customer, 1 dropped");
        let words = sums(&report()).map(|parts| parts.iter().map(plain).collect::<String>());
        assert_eq!(words[0], "1,009 rows read = 4 corrupt + 2 duplicates + 1,003 unique");
        assert_eq!(words[1], "1,003 unique = 1 joined to a higher table + 1,002 new customers + 0 dropped");
    }
}
