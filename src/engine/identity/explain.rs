//! Why two records are one customer, why they are not, and how a customer came to be (semantics 1.3 to 1.5).
//!
//! Nothing is judged anew: the outcome is read from the run's records and links, and what a rule says of the few rows
//! concerned is asked of the same comparison that made them ([`linking`](super::linking)), so that scores are its own.
//! A rule that links two rows of a record may not be the only one: the path shown has the fewest steps, then the
//! highest score, then the earliest rules.

mod across;
mod answer;
mod apart;
mod bench;
mod differences;
mod inside;
mod scene;
#[cfg(test)]
mod tests;
mod text;
mod words;

use thiserror::Error;

pub use answer::{
    Ambiguity, ComparedValue, ConditionTrial, CustomerExplanation, ExceptionTrial, LinkReason, LinkStep,
    PairExplanation, RecordName, Refusal, RuleKind, RuleTrial, TrialOutcome, Verdict,
};
pub use differences::{bracketed, differences};
pub use text::{customer_text, pair_text};

use across::Preferred;
use inside::{Inside, equal_columns};
use scene::{Asked, Scene};

use crate::engine::pipeline::{Run, UnifiedTables};
use crate::project::RecordKey;
use crate::task::{Cancelled, Task};

/// So many steps of a customer are listed, of rows and of records each.
const MOST_STEPS: usize = 100;

/// Why there is nothing to explain.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ExplainError {
    #[error("{}", tr!("cancelled"))]
    Cancelled,
    #[error("{}", tr!("there is no table {table}", table))]
    NoTable { table: String },
    #[error("{}", tr!("{table} is not unified, so its keys lead to no customer", table))]
    NotUnified { table: String },
    #[error("{}", tr!("no row of {table} has the key {key}", table, key))]
    NoKey { table: String, key: String },
    #[error("{}", tr!("{table}:{key} (row {row}) is corrupt and takes no part: {reason}", table, key, row, reason))]
    Corrupt { table: String, key: String, row: u32, reason: String },
    #[error("{}", tr!("records are not matched yet"))]
    NotMatched,
}

impl From<Cancelled> for ExplainError {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}

/// Why two records are one customer, or are not; `table` of a key is the source table's id.
pub fn explain_pair(run: &Run, a: &RecordKey, b: &RecordKey, task: &Task) -> Result<PairExplanation, ExplainError> {
    let unified = UnifiedTables::of(run);
    let tables = unified.match_tables();
    let scene = Scene::new(run, &tables, task)?;
    let asked = [scene.find(a)?, scene.find(b)?];
    let [one, other] = &asked;
    if scene.root(one.record) != scene.root(other.record) {
        return apart::explain(&scene, one, other);
    }
    let (path, notes) = path(&scene, one, other)?;
    let (a, b) = (asked_name(&scene, one), asked_name(&scene, other));
    let customers = [scene.customer_id(one.record), scene.customer_id(other.record)];
    let id = customers[0].as_ref().map(|id| format!(" {id}")).unwrap_or_default();
    let (verdict, sentence) = if one.record == other.record {
        let one_row = one.rows.first() == other.rows.first();
        let sentence = if one_row && one.rows.len() == 1 {
            format!("{} is one row.", a.label())
        } else if one_row {
            format!("{} is one record of {} rows of one primary key.", a.label(), one.rows.len())
        } else {
            format!("{} and {} are one record of {}.", a.label(), b.label(), a.table)
        };
        (Verdict::SameRecord, sentence)
    } else {
        (Verdict::SameCustomer, format!("{} and {} are one customer{id}.", a.label(), b.label()))
    };
    Ok(PairExplanation {
        a,
        b,
        customers,
        verdict,
        sentence,
        path,
        trials: Vec::new(),
        nearest: None,
        refusals: Vec::new(),
        notes,
    })
}

fn asked_name(scene: &Scene<'_>, asked: &Asked) -> RecordName {
    scene.name(asked.place, asked.rows.first().copied().unwrap_or_default())
}

/// From the rows of one key to those of another, through records and their rows.
fn path(scene: &Scene<'_>, from: &Asked, to: &Asked) -> Result<(Vec<LinkStep>, Vec<String>), ExplainError> {
    let (mut steps, mut notes) = (Vec::new(), Vec::new());
    let (mut record, mut rows) = (from.record, from.rows.clone());
    for edge in across::path(scene, from.record, to.record) {
        let of = |of: u32| {
            if of == record {
                rows.as_slice()
            } else if of == to.record {
                to.rows.as_slice()
            } else {
                &[]
            }
        };
        let preferred = Preferred { lower: of(edge.lower), upper: of(edge.upper) };
        let attachment = across::attachment(scene, edge, preferred)?;
        let (here, there, next) = if edge.lower == record {
            (attachment.lower, attachment.upper, edge.upper)
        } else {
            (attachment.upper, attachment.lower, edge.lower)
        };
        steps.extend(within(scene, record, &rows, &[here], &mut notes)?);
        steps.push(attachment.step);
        (record, rows) = (next, vec![there]);
    }
    steps.extend(within(scene, record, &rows, &to.rows, &mut notes)?);
    Ok((steps, notes))
}

/// From some rows of a record to others.
fn within(
    scene: &Scene<'_>,
    record: u32,
    from: &[u32],
    to: &[u32],
    notes: &mut Vec<String>,
) -> Result<Vec<LinkStep>, ExplainError> {
    if from.iter().any(|row| to.contains(row)) {
        return Ok(Vec::new());
    }
    let named: Vec<u32> = from.iter().chain(to).copied().collect();
    let rows = scene.few_rows(record, &named);
    scene.note_of_size(record, notes);
    let place = scene.matching.table_of(record);
    let columns = equal_columns(scene, place);
    let steps = Inside::new(scene, place, &rows, &columns)?.path(from, to)?;
    if steps.is_none() {
        notes.push("The rows between them are among those not looked at.".to_owned());
    }
    Ok(steps.unwrap_or_default())
}

/// How the customer of a record came to be, merge by merge; `table` of a key is the source table's id.
pub fn explain_customer(run: &Run, record: &RecordKey, task: &Task) -> Result<CustomerExplanation, ExplainError> {
    let unified = UnifiedTables::of(run);
    let tables = unified.match_tables();
    let scene = Scene::new(run, &tables, task)?;
    let asked = scene.find(record)?;
    let records: Vec<u32> = match scene.customer(asked.record) {
        Some(customer) => (0..tables.len()).flat_map(|place| scene.records_of(customer, place)).collect(),
        None => vec![asked.record],
    };
    let (mut steps, mut notes) = (Vec::new(), Vec::new());
    let mut all = 0;
    for &record in &records {
        let rows = scene.rows(record).len();
        all += rows - 1;
        let left = MOST_STEPS.saturating_sub(steps.len());
        if rows > 1 && left > 0 {
            task.check()?;
            scene.note_of_size(record, &mut notes);
            let place = scene.matching.table_of(record);
            let columns = equal_columns(&scene, place);
            let rows = scene.few_rows(record, &[]);
            steps.extend(Inside::new(&scene, place, &rows, &columns)?.spread(scene.winner(record), left)?);
        }
    }
    let mut edges: Vec<across::Edge> = across::always_edges(&scene, scene.root(asked.record));
    edges.extend(records.iter().filter_map(|&record| across::rule_edge(&scene, record)));
    all += edges.len();
    for &edge in edges.iter().take(MOST_STEPS) {
        task.check()?;
        steps.push(across::attachment(&scene, edge, Preferred::default())?.step);
    }
    let name = asked_name(&scene, &asked);
    let customer_id = scene.customer_id(asked.record);
    let keys: usize = records.iter().map(|&record| scene.rows(record).len()).sum();
    let sentence = match &customer_id {
        Some(id) if records.len() == 1 && keys == 1 => {
            format!("{} is the customer {id} alone: nothing matches it.", name.label())
        }
        Some(id) => format!(
            "{} is of the customer {id}, made of {} from {keys} row{}.",
            name.label(),
            counted(records.len(), "record"),
            if keys == 1 { "" } else { "s" }
        ),
        None => apart::dropped(&scene, &asked),
    };
    let more = all.saturating_sub(steps.len());
    let refusals = apart::refusals_of(&scene, asked.record);
    Ok(CustomerExplanation { record: name, customer_id, sentence, steps, more, refusals, notes })
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
