//! `evaluate` and `compare`: how good an outcome is, and how it differs from another.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::arguments::{AnswerFormat, CompareArguments, EvaluateArguments};
use super::run::{load_and_run, state_of};
use super::{Failure, say};
use crate::engine::activate::results::StoredResults;
use crate::engine::identity::evaluate::{PairQuality, Quality};
use crate::engine::quality::changes::{self, KeyedCustomers, Summary};
use crate::engine::quality::evaluation::{self, Evaluation, TruthColumn};
use crate::engine::stage::Stage;
use crate::engine::table::Table;
use crate::project::{Project, file};
use crate::task::Task;

/// Runs a project and measures its customers against truth columns and labelled pairs.
pub fn evaluate(arguments: &EvaluateArguments, task: &Task) -> Result<(), Failure> {
    let project = file::load(&arguments.project)?;
    let truth: Vec<TruthColumn> =
        arguments.truth.iter().map(|name| truth_column(&project, name)).collect::<Result<_, _>>()?;
    if truth.is_empty() && project.labelled_pairs.is_empty() {
        let message = "say what is true: --truth TABLE.COLUMN, or label pairs of the project in review";
        return Err(Failure::Usage(message.to_owned()));
    }
    let run = load_and_run(&arguments.project, &project, Stage::Match, task)?;
    let evaluation = evaluation::evaluate(&run, &truth, arguments.wrong);
    match arguments.format {
        AnswerFormat::Json => {
            let mut value = serde_json::to_value(&evaluation)?;
            value["wrong"] = json!(rows(&evaluation.wrong));
            say(&serde_json::to_string_pretty(&value)?);
        }
        AnswerFormat::Text => print(&evaluation),
    }
    Ok(())
}

/// `TABLE.COLUMN` as the project has it.
fn truth_column(project: &Project, name: &str) -> Result<TruthColumn, Failure> {
    let usage = |reason: String| Failure::Usage(format!("--truth {name}: {reason}"));
    let (table, column) = name
        .split_once('.')
        .ok_or_else(|| usage("write TABLE.COLUMN, a column whose equal values are one person".to_owned()))?;
    let source = project.source_table_named(table).ok_or_else(|| usage(format!("there is no source table {table}")))?;
    if source.column(column).is_none() {
        return Err(usage(format!("{} has no column {column}", source.name)));
    }
    Ok(TruthColumn { table: source.id.clone(), column: column.to_owned() })
}

fn print(evaluation: &Evaluation) {
    if let Some(Quality { precision, recall, f1, .. }) = evaluation.clusters {
        say(&format!("Pairs:    precision {precision:.5}  recall {recall:.5}  F1 {f1:.5}"));
    }
    if let Some(quality) = &evaluation.clusters {
        let Quality { b_cubed_precision, b_cubed_recall, b_cubed_f1, .. } = quality;
        say(&format!("B-cubed:  precision {b_cubed_precision:.5}  recall {b_cubed_recall:.5}  F1 {b_cubed_f1:.5}"));
        say(&format!(
            "{} records, {} customers, {} people; pairs: {} found, {} of them right, {} true",
            quality.records,
            quality.clusters,
            quality.true_clusters,
            quality.found_pairs,
            quality.correct_pairs,
            quality.true_pairs
        ));
        say(&format!("{} false positives, {} false negatives", evaluation.false_positives, evaluation.false_negatives));
    }
    if let Some(PairQuality {
        true_positives,
        false_positives,
        false_negatives,
        true_negatives,
        precision,
        recall,
        f1,
    }) = evaluation.labelled
    {
        say(&format!("Labelled: precision {precision:.5}  recall {recall:.5}  F1 {f1:.5}"));
        say(&format!(
            "{true_positives} rightly joined, {false_positives} wrongly joined, {false_negatives} wrongly apart, \
             {true_negatives} rightly apart"
        ));
    }
    for row in rows(&evaluation.wrong) {
        say(&format!("{}: {}:{} and {}:{}  (truth {} and {})", row[0], row[1], row[2], row[3], row[4], row[5], row[6]));
    }
}

/// The cells of a small table.
fn rows(table: &Table) -> Vec<Vec<String>> {
    let row = |row: usize| table.columns.iter().map(|column| column.data.text(row).into_owned()).collect();
    (0..table.rows).map(row).collect()
}

/// Compares the results of two runs by the source keys of their customers.
pub fn compare(arguments: &CompareArguments) -> Result<(), Failure> {
    let (old, new) = (customers(&arguments.old)?, customers(&arguments.new)?);
    let changes = changes::compare(&old, &new);
    let listed: Vec<Vec<String>> = rows(&changes.table).into_iter().take(arguments.list).collect();
    if arguments.format == AnswerFormat::Json {
        let names: Vec<&str> = changes.table.columns.iter().map(|column| column.name.as_str()).collect();
        let object = |row: &Vec<String>| {
            let cells = names.iter().zip(row).map(|(&name, cell)| (name.to_owned(), json!(cell)));
            cells.collect::<serde_json::Map<_, _>>()
        };
        let changed: Vec<_> = listed.iter().map(object).collect();
        say(&serde_json::to_string_pretty(&json!({ "summary": changes.summary, "changed": changed }))?);
        return Ok(());
    }
    let Summary {
        customers_before, customers_now, same, unchanged, merged, split, split_and_merged, new, gone, ..
    } = changes.summary;
    say(&format!("{customers_before} customers before, {customers_now} now"));
    say(&format!("{same} the same, {unchanged} of them with the same keys"));
    say(&format!("{merged} merged, {split} split, {split_and_merged} split and merged, {new} new, {gone} gone"));
    say(&format!("{} keys gained, {} lost", changes.summary.keys_gained, changes.summary.keys_lost));
    for row in listed {
        say(&format!("{}: {} (before {}), {} keys, {}", row[0], row[1], row[2], row[3], row[4]));
    }
    Ok(())
}

/// The customers of a results folder, or of the results beside a project.
fn customers(path: &Path) -> Result<KeyedCustomers, Failure> {
    let is_project = path.extension().is_some_and(|ending| ending == file::EXTENSION);
    let folder: PathBuf = if is_project { state_of(path).results() } else { path.to_owned() };
    let stored = StoredResults::open(&folder)
        .ok_or_else(|| Failure::Message(format!("{} holds no results; run the project first", folder.display())))?;
    KeyedCustomers::of_results(&stored).map_err(Failure::of_engine)
}
