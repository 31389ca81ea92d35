//! The customers against the truth: a column that says who a row is, or the answers of the review.

use std::sync::Arc;

use eframe::egui::{RichText, Ui};

use crate::engine::identity::evaluate::{PairQuality, Quality};
use crate::engine::pipeline::Run;
use crate::engine::quality::evaluation::{self, Evaluation, TruthColumn};
use crate::engine::table::Table;
use crate::engine::view::{ViewFilter, ViewSpec};
use crate::help;
use crate::project::RecordKey;
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::theme::{self, GAP_SMALL, palette};
use crate::ui::widgets::{figure, form, grid, text};

/// So many wrong pairs of each kind are listed.
const LISTED: usize = 1_000;
const GRID: &str = msg!("wrong pairs");
const KINDS: [(&str, &str); 2] =
    [("false positive", msg!("False positives")), ("false negative", msg!("False negatives"))];

pub fn evaluation_ui(ui: &mut Ui, cx: &mut PageCx<'_>, run: &Arc<Run>) {
    truth_ui(ui, cx);
    let truth = truth(cx, run);
    if truth.is_empty() && run.project.labelled_pairs.is_empty() {
        let sentence = tr!("Choose the column that says who a row really is, or answer some pairs.");
        form::empty_ui(ui, sentence, None);
        return;
    }
    let columns: Vec<String> = truth.iter().map(|truth| format!("{}.{}", truth.table, truth.column)).collect();
    let name = format!("evaluation {}", columns.join(" "));
    let found = cx.find_long(&name, run, move |run, _| {
        let evaluation = evaluation::evaluate(run, &truth, LISTED);
        let wrong = Arc::new(evaluation.wrong.clone());
        (evaluation, wrong)
    });
    let Some(found) = found.value else {
        parts::hint_ui(ui, tr!("Comparing with the truth…"));
        return;
    };
    let (evaluation, wrong) = &*found;
    if let Some(quality) = &evaluation.clusters {
        clusters_ui(ui, quality);
    }
    if let Some(quality) = &evaluation.labelled {
        labelled_ui(ui, quality);
    }
    if evaluation.clusters.is_some() {
        wrong_ui(ui, cx, evaluation, wrong);
    }
}

/// For each table the column whose equal values are one person.
fn truth_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        form::subtitle_ui(ui, tr!("What is true"));
        parts::hint_ui(
            ui,
            tr!(
                "A truth column says who a row really is: rows of one person have one value in it, such as a PersonNumber \
                 that was checked by hand. The customers are compared with it, and with the pairs you answered."
            ),
        );
        ui.add_space(GAP_SMALL);
        choices_ui(ui, cx);
    });
    ui.add_space(GAP_SMALL);
}

fn choices_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    ui.horizontal_wrapped(|ui| {
        for unified in &cx.draft.unification {
            let Some(table) = cx.draft.source_table(&unified.source_table) else { continue };
            let mut chosen = cx.memory.review.truth.get(&table.id).cloned().unwrap_or_default();
            let mut options = vec![(String::new(), tr!("No truth column").to_owned())];
            options.extend(table.columns.iter().map(|column| (column.name.clone(), column.name.clone())));
            form::label_ui(ui, &tr!("Truth of {table}", table = table.name));
            if form::choice_ui(
                ui,
                (&tr!("Truth column of {table}", table = table.name), help::TRUTH_COLUMN),
                &mut chosen,
                160.0,
                &options,
            ) {
                cx.memory.review.truth.insert(table.id.clone(), chosen);
            }
        }
    });
}

fn truth(cx: &PageCx<'_>, run: &Run) -> Vec<TruthColumn> {
    let chosen =
        cx.memory.review.truth.iter().filter(|(table, column)| {
            run.project.source_table(table).is_some_and(|table| table.column(column).is_some())
        });
    chosen.map(|(table, column)| TruthColumn { table: table.clone(), column: column.clone() }).collect()
}

/// Four places; a share of 1 only where nothing is wrong.
fn share(value: f64) -> String {
    let text = format!("{value:.4}");
    if text == "1.0000" && value < 1.0 { format!("{value:.8}") } else { text }
}

fn clusters_ui(ui: &mut Ui, quality: &Quality) {
    form::section_ui(ui, tr!("Against the truth columns"));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 20.0;
        for (name, value, help) in [
            (tr!("Precision"), quality.precision, help::PRECISION),
            (tr!("Recall"), quality.recall, help::RECALL),
            ("F1", quality.f1, help::F1),
            (tr!("B-cubed precision"), quality.b_cubed_precision, help::B_CUBED_PRECISION),
            (tr!("B-cubed recall"), quality.b_cubed_recall, help::B_CUBED_RECALL),
            (tr!("B-cubed F1"), quality.b_cubed_f1, help::B_CUBED_F1),
        ] {
            figure::words_ui(ui, name, &share(value), help);
        }
    });
    let count = text::count;
    parts::hint_ui(
        ui,
        tr!(
            "{correct_pairs} of {true_pairs} true pairs found, {pairs} in all; {records} records in {clusters} customers, in truth {true_clusters} people",
            correct_pairs = count(quality.correct_pairs),
            true_pairs = count(quality.true_pairs),
            pairs = tr!("{n} pair" | "{n} pairs" % quality.found_pairs),
            records = count(quality.records),
            clusters = count(quality.clusters),
            true_clusters = count(quality.true_clusters)
        ),
    );
}

fn labelled_ui(ui: &mut Ui, quality: &PairQuality) {
    form::section_ui(ui, tr!("Against the answers of the review"));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 20.0;
        let shares = [
            (tr!("Precision of answers"), quality.precision, help::ANSWERS_PRECISION),
            (tr!("Recall of answers"), quality.recall, help::ANSWERS_RECALL),
            (tr!("F1 of answers"), quality.f1, help::F1),
        ];
        for (name, value, help) in shares {
            figure::words_ui(ui, name, &share(value), help);
        }
    });
    let words = tr!(
        "{true_positives} same and joined, {false_positives} different and joined, {false_negatives} same and apart, {true_negatives} different and apart",
        true_positives = text::count(quality.true_positives),
        false_positives = text::count(quality.false_positives),
        false_negatives = text::count(quality.false_negatives),
        true_negatives = text::count(quality.true_negatives)
    );
    parts::hint_ui(ui, words);
}

/// The wrong pairs, each opening its explanation.
fn wrong_ui(ui: &mut Ui, cx: &mut PageCx<'_>, evaluation: &Evaluation, wrong: &Arc<Table>) {
    ui.add_space(GAP_SMALL);
    theme::card(ui).show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        ui.horizontal_wrapped(|ui| {
            let spec: &mut ViewSpec = cx.memory.views.entry(crate::text::of(GRID).to_owned()).or_default();
            let shown = spec.filters.iter().find(|filter| filter.column == "Kind").cloned();
            let shown = shown.as_ref().and_then(ViewFilter::value);
            for ((kind, label), count) in
                KINDS.into_iter().zip([evaluation.false_positives, evaluation.false_negatives])
            {
                let (selected, label) = (shown == Some(kind), crate::text::of(label));
                let response = ui.selectable_label(selected, format!("{label}  {}", text::count(count)));
                response.widget_info(|| {
                    eframe::egui::WidgetInfo::selected(eframe::egui::Role::Button, true, selected, label)
                });
                if response.clicked() {
                    spec.filters.retain(|filter| filter.column != "Kind");
                    if !selected {
                        spec.filters.push(ViewFilter::only("Kind", kind));
                    }
                }
            }
            if evaluation.false_positives.max(evaluation.false_negatives) > LISTED as u64 {
                let words = tr!("the first {listed} of each kind are listed", listed = text::count(LISTED as u64));
                ui.label(RichText::new(words).color(palette(ui).text_weak));
            }
            let selected = grid::selected_row(cx, crate::text::of(GRID), wrong).and_then(|row| records(cx, wrong, row));
            let reason = selected.as_ref().map(|_| ()).ok_or_else(|| tr!("Select a row first").to_owned());
            let button = form::button_or_reason(ui, tr!("Explain this row"), reason);
            if button.on_hover_text(tr!("Why; Enter on a row does the same")).clicked()
                && let Some((a, b)) = selected
            {
                cx.explain(a, Some(b));
            }
        });
        if wrong.rows == 0 {
            form::empty_ui(ui, tr!("No pair is wrong."), None);
            return;
        }
        let outcome = grid::table_ui(ui, cx, crate::text::of(GRID), wrong);
        if let Some((a, b)) = outcome.activated.and_then(|row| records(cx, wrong, row)) {
            cx.explain(a, Some(b));
        }
    });
}

/// The records of a wrong pair.
fn records(cx: &PageCx<'_>, wrong: &Table, row: usize) -> Option<(RecordKey, RecordKey)> {
    let text = |name: &str| wrong.column(name).map(|column| column.text(row).into_owned());
    let record = |table: &str, key: &str| {
        let table = cx.draft.source_table_named(&text(table)?)?;
        Some(RecordKey::new(&table.id, text(key)?))
    };
    Some((record("Table", "Key")?, record("OtherTable", "OtherKey")?))
}
