//! What the rule under edit finds by itself: counts, cost, scores about the threshold, and real pairs.

use eframe::egui::{self, RichText, Ui};

use super::rules::RuleDraft;
use super::{parts, statistics};
use crate::engine::chart::of_run;
use crate::engine::check::Wanted;
use crate::engine::identity::linking::Estimate;
use crate::engine::identity::preview::{LINKED, RulePreview, SCORE};
use crate::engine::table::Table;
use crate::help;
use crate::project::Project;
use crate::ui::context::PageCx;
use crate::ui::theme::{GAP_TINY, palette};
use crate::ui::widgets::{figure, grid, text};

/// A rule that compares so many pairs is worth a word before it runs.
const MANY: u64 = 1_000_000_000;

/// Draws the preview of a rule of the draft; says why there is none.
pub fn rule_preview_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &str, rule: &str) {
    let Some(preview) = cx.workbench.rule_preview(table, rule) else {
        parts::no_preview_ui(ui, cx, tr!("Pairs"), Wanted::Records(table));
        return;
    };
    let Some(found) = preview.value else {
        let words = if preview.pending {
            tr!("Trying the rule…")
        } else {
            tr!("The rule cannot be tried yet: mend its problems.")
        };
        parts::hint_ui(ui, words);
        return;
    };
    ui.add_space(GAP_TINY);
    counts_ui(ui, cx, table, &found, preview.pending);
    statistics::sentence_ui(ui, cx);
    estimate_ui(ui, &found.estimate);
    for of_condition in &found.histograms {
        let field = condition_name(cx, table, rule, of_condition.condition);
        parts::chart_ui(ui, cx, &of_run::preview(&field, of_condition), help::CANDIDATE_SCORES);
    }
    sample_ui(ui, &found);
    let shown = columns_of(cx.draft, table, rule, &found.pairs);
    let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
    grid::keyed_ui(ui, cx, tr!("rule pairs"), &found.pairs, Some(&shown), &[]);
}

fn counts_ui(ui: &mut Ui, cx: &PageCx<'_>, table: &str, found: &RulePreview, pending: bool) {
    let is_first = cx.draft.unification.first().is_some_and(|first| first.source_table == table);
    let of = |value: fn(&crate::engine::identity::preview::Counts) -> u64| found.counts.as_ref().map(value);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 28.0;
        figure::figure_ui(ui, tr!("Matched"), of(|counts| counts.matched), help::PREVIEW_MATCHED);
        figure::figure_ui(ui, tr!("Unmatched"), of(|counts| counts.unmatched), help::PREVIEW_UNMATCHED);
        if !is_first && of(|counts| counts.ambiguous).is_some_and(|ambiguous| ambiguous > 0) {
            figure::figure_ui(ui, tr!("Ambiguous"), of(|counts| counts.ambiguous), help::PREVIEW_AMBIGUOUS);
        }
        if pending {
            ui.label(RichText::new("…").color(palette(ui).accent)).on_hover_text(tr!("Being computed"));
        }
    });
    if found.counts.is_none() {
        parts::hint_ui(ui, tr!("Too many pairs to count in a second: the counts come with the live run."));
    }
}

/// What comparing costs, and where.
fn estimate_ui(ui: &mut Ui, estimate: &Estimate) {
    let threads = std::thread::available_parallelism().map_or(1, |threads| threads.get());
    let mut words =
        tr!("{n} pair shares the exact conditions" | "{n} pairs share the exact conditions" % estimate.pairs);
    if estimate.is_indexed {
        words = tr!("At most {pairs} pairs are looked at: no condition is exact", pairs = text::count(estimate.pairs));
    }
    if estimate.comparisons > 0 {
        let seconds = estimate.seconds(threads);
        let time = if seconds < 1.0 {
            tr!("under a second").to_owned()
        } else {
            tr!("about {seconds} s", seconds = format_args!("{seconds:.0}"))
        };
        words += &tr!(
            "; {pairs} to compare, {time}",
            pairs = tr!("{n} distinct pair" | "{n} distinct pairs" % estimate.comparisons),
            time
        );
    }
    ui.horizontal_wrapped(|ui| {
        let color = if estimate.comparisons > MANY { palette(ui).warning } else { palette(ui).text_weak };
        ui.label(RichText::new(words).color(color));
        if !estimate.blocks.is_empty() {
            ui.menu_button(tr!("Largest blocks"), |ui| blocks_ui(ui, estimate))
                .response
                .on_hover_text(tr!("The values of the exact conditions that most pairs share"));
        }
    });
}

fn blocks_ui(ui: &mut Ui, estimate: &Estimate) {
    let area = egui::ScrollArea::vertical().max_height(280.0);
    area.show(ui, |ui| block_rows_ui(ui, estimate));
}

fn block_rows_ui(ui: &mut Ui, estimate: &Estimate) {
    egui::Grid::new("largest blocks").striped(true).show(ui, |ui| {
        for title in [tr!("Values"), tr!("Rows"), tr!("Pairs")] {
            ui.label(RichText::new(title).small().color(palette(ui).text_weak));
        }
        ui.end_row();
        for block in &estimate.blocks {
            ui.label(text::one_line(&block.values.join(", "), 60));
            ui.label(text::count(block.lower_rows.max(block.upper_rows)));
            ui.label(text::count(block.pairs));
            ui.end_row();
        }
    });
}

/// Of how many pairs list and histograms are.
fn sample_ui(ui: &mut Ui, found: &RulePreview) {
    let words = if found.scored >= found.candidates {
        tr!("{n} candidate pair, scored" | "All {n} candidate pairs are scored" % found.candidates)
    } else {
        let (scored, all) = (text::count(found.scored), text::count(found.candidates));
        tr!("{scored} of {all} candidate pairs scored, spread evenly over all", scored, all)
    };
    parts::hint_ui(ui, words);
}

/// The columns of its pairs that say something: where all is exact every score is 1, and without exceptions every pair
/// is linked.
fn columns_of(project: &Project, table: &str, rule: &str, pairs: &Table) -> Vec<String> {
    let (is_exact, has_exceptions) = rule_of(project, table, rule).map_or((false, true), |of| {
        let RuleDraft { conditions, exceptions, .. } = of;
        (conditions.iter().all(|condition| condition.comparison.is_exact()), !exceptions.is_empty())
    });
    let says_nothing = |place: usize| is_exact && (place == SCORE || place == LINKED && !has_exceptions);
    let columns = pairs.columns.iter().enumerate().filter(|(place, _)| !says_nothing(*place));
    columns.map(|(_, column)| column.name.clone()).collect()
}

/// A rule of a table, of whichever kind.
fn rule_of(project: &Project, table: &str, rule: &str) -> Option<RuleDraft> {
    let unified = project.unification_table(table)?;
    let inside = unified.deduplication_rules.iter().find(|other| other.id == rule).map(RuleDraft::of_deduplication);
    inside.or_else(|| unified.match_rules.iter().find(|other| other.id == rule).map(RuleDraft::of_match))
}

/// The field that a condition of the rule compares.
fn condition_name(cx: &PageCx<'_>, table: &str, rule: &str, place: usize) -> String {
    let of_rule = rule_of(cx.draft, table, rule);
    of_rule.and_then(|rule| Some(rule.conditions.get(place)?.field.clone())).unwrap_or_default()
}
