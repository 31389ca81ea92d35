//! What a run of the draft would change: customers of the last run against those of the live one, by their keys.

use crate::help;
use crate::ui::theme::TextRole as _;
use crate::ui::widgets::help::Helped as _;
use std::sync::{Arc, Weak};

use eframe::egui::{RichText, Ui};

use super::rows::{self, Rows};
use super::waiting_ui;
use crate::engine::activate::results::StoredResults;
use crate::engine::pipeline::Run;
use crate::engine::quality::changes::{self, Changes, KeyedCustomers};
use crate::engine::report::Report;
use crate::engine::table::Table;
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::widgets::{figure, text};
use crate::workbench::{Command, Page};

/// The two runs that a comparison is of: the very values, not kept alive by it.
pub struct TwoRuns {
    /// The customers of the last run.
    old: Weak<Table>,
    new: Weak<Run>,
}

impl TwoRuns {
    fn are(&self, old: &Arc<Table>, new: &Arc<Run>) -> bool {
        std::ptr::eq(self.old.as_ptr(), Arc::as_ptr(old)) && std::ptr::eq(self.new.as_ptr(), Arc::as_ptr(new))
    }
}

/// Whether the customers of the last run are in memory, or were read from the disk.
pub fn can_tell(cx: &PageCx<'_>) -> bool {
    cx.workbench.published.as_ref().is_some_and(|published| published.customers.is_some())
}

/// The differences between the last run and the live one; `None` while they are looked for, or where the last run is
/// not there yet.
pub fn find(cx: &mut PageCx<'_>, run: &Arc<Run>) -> Option<Arc<Changes>> {
    let published = cx.workbench.published.as_ref()?;
    let (old, old_run) = (published.customers.clone()?, published.run.clone());
    let stored = cx.workbench.results_folder();
    let known = cx.memory.statistics.compared.take().filter(|known| known.are(&old, run));
    let two = known.unwrap_or_else(|| Arc::new(TwoRuns { old: Arc::downgrade(&old), new: Arc::downgrade(run) }));
    cx.memory.statistics.compared = Some(Arc::clone(&two));
    let rows: u64 = run.sources.iter().map(|source| 2 * source.rows_read).sum();
    let new = Arc::clone(run);
    let make = move |_: &TwoRuns| {
        let stored = || StoredResults::open(&stored?).and_then(|stored| KeyedCustomers::of_results(&stored).ok());
        let old = old_run.map_or_else(|| stored().unwrap_or_default(), |run| KeyedCustomers::of_run(&run));
        changes::compare(&old, &KeyedCustomers::of_run(&new))
    };
    cx.workbench.find("statistics changes", &two, rows as usize, make).value
}

/// What the draft would change against the last run, in a line that opens the customers behind it; nothing where
/// there is no other run, or nothing changes.
pub fn sentence_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let (Some(published), Some(run)) = (&cx.workbench.published, cx.live()) else { return };
    if published.fingerprint == run.fingerprint.hex() || cx.workbench.live.running {
        return;
    }
    let words = tr!("Against the last run: {differences}", differences = differences(&published.report, &run.report));
    let more = tr!("Click to see which customers change.");
    if ui.link(words).help_and(help::DRAFT_DIFFERENCE.topic(), more).clicked() {
        cx.send(Command::Go(Page::Statistics));
    }
}

pub fn changes_ui(ui: &mut Ui, cx: &mut PageCx<'_>, run: &Arc<Run>) {
    let Some(published) = &cx.workbench.published else {
        parts::hint_ui(ui, tr!("There was no run yet to compare the draft with."));
        return;
    };
    if published.fingerprint == run.fingerprint.hex() {
        parts::hint_ui(ui, tr!("Nothing: the last run is of this draft."));
        return;
    }
    let sentence = differences(&published.report, &run.report);
    ui.label(RichText::new(sentence).bold()).help(help::DRAFT_DIFFERENCE.topic());
    if !can_tell(cx) {
        parts::hint_ui(ui, tr!("The last results are being read…"));
        return;
    }
    let Some(changes) = find(cx, run) else {
        waiting_ui(ui);
        return;
    };
    let of = &changes.summary;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 24.0;
        figure::figure_ui(ui, tr!("Same"), Some(of.unchanged), help::DRAFT_SAME);
        for (name, value, change, help) in [
            (
                tr!("Gained or lost keys"),
                of.same - of.unchanged.min(of.same),
                "gained records",
                help::DRAFT_KEYS_CHANGED,
            ),
            (tr!("Merged"), of.merged, "merged", help::DRAFT_MERGED),
            (tr!("Split"), of.split, "split", help::DRAFT_SPLIT),
            (tr!("Split and merged"), of.split_and_merged, "split and merged", help::DRAFT_SPLIT_AND_MERGED),
            (tr!("New"), of.new, "new", help::DRAFT_NEW),
            (tr!("Gone"), of.gone, "gone", help::DRAFT_GONE),
        ] {
            if figure::figure_link_ui(ui, name, Some(value), help) {
                let title = tr!("Changed customers: {name}", name = name.to_lowercase());
                rows::open(cx, Rows::Changes, title, &[("Change", change)], None);
            }
        }
    });
}

/// `+120 joined records, −4 customers`.
fn differences(before: &Report, now: &Report) -> String {
    let duplicates = |report: &Report| report.tables.iter().map(|table| table.duplicates).sum::<u64>();
    let figures = [
        (before.record_matches, now.record_matches, tr!("joined record"), tr!("joined records")),
        (duplicates(before), duplicates(now), tr!("duplicate"), tr!("duplicates")),
        (before.dropped_records, now.dropped_records, tr!("dropped record"), tr!("dropped records")),
        (before.refused_links, now.refused_links, tr!("refused link"), tr!("refused links")),
        (before.customers, now.customers, tr!("customer"), tr!("customers")),
    ];
    let changed = figures.into_iter().filter(|(before, now, _, _)| before != now);
    let words = changed.map(|(before, now, one, many)| {
        let sign = if now > before { '+' } else { '−' };
        format!("{sign}{}", text::counted(now.abs_diff(before), one, many))
    });
    let words: Vec<String> = words.collect();
    if words.is_empty() { tr!("The same counts as the last run").to_owned() } else { words.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_names_what_differs() {
        let before = Report { record_matches: 1_000, customers: 10, ..Report::default() };
        let now = Report { record_matches: 1_120, customers: 6, dropped_records: 1, ..Report::default() };
        assert_eq!(differences(&before, &now), "+120 joined records, +1 dropped record, −4 customers");
        assert_eq!(differences(&now, &now), "The same counts as the last run");
    }
}
