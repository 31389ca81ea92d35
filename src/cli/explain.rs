//! `tributary explain`: why two records are one customer or are not, or how a customer came to be.

use serde::Serialize;

use super::arguments::{AnswerFormat, ExplainArguments};
use super::run::load_and_run;
use super::{Failure, note, say};
use crate::engine::activate::lookup::Question;
use crate::engine::identity::explain::{ExplainError, customer_text, explain_customer, explain_pair, pair_text};
use crate::engine::stage::Stage;
use crate::project::{Project, RecordKey, file};
use crate::task::Task;

pub fn explain(arguments: &ExplainArguments, task: &Task) -> Result<(), Failure> {
    let question = |text: &str| match Question::parse(text) {
        Some(question) => Ok((question.table.to_owned(), question.key.to_owned())),
        None => Err(Failure::Usage(format!("{text}: write TABLE:KEY, such as Web:Unknown1"))),
    };
    let record = question(&arguments.record)?;
    let other = arguments.other.as_deref().map(question).transpose()?;
    let project = file::load(&arguments.project)?;
    let keys = key(&project, record).and_then(|record| Ok((record, other.map(|it| key(&project, it)).transpose()?)));
    let (record, other) = match keys {
        Ok(keys) => keys,
        Err(reason) => return nothing(arguments.format, &reason),
    };
    // Inactive rules are tried too, so every column is wanted.
    let run = load_and_run(&arguments.project, &project, Stage::Merge, task)?;
    let said = match &other {
        Some(other) => explain_pair(&run, &record, other, task).map(|pair| worded(arguments.format, &pair, pair_text)),
        None => {
            explain_customer(&run, &record, task).map(|customer| worded(arguments.format, &customer, customer_text))
        }
    };
    match said {
        Ok(said) => {
            say(said?.trim_end());
            Ok(())
        }
        Err(ExplainError::Cancelled) => Err(Failure::Cancelled),
        Err(reason) => nothing(arguments.format, &reason.to_string()),
    }
}

/// The record that someone means by a table's name and a key, or why there is none.
fn key(project: &Project, (table, key): (String, String)) -> Result<RecordKey, String> {
    match project.source_table_named(&table) {
        Some(table) => Ok(RecordKey::new(table.id.clone(), key)),
        None => {
            let names: Vec<&str> = project.source_tables.iter().map(|table| table.name.as_str()).collect();
            Err(format!("there is no table {table}; the tables are {}", names.join(", ")))
        }
    }
}

fn worded<T: Serialize>(format: AnswerFormat, explanation: &T, text: fn(&T) -> String) -> Result<String, Failure> {
    Ok(match format {
        AnswerFormat::Text => text(explanation),
        AnswerFormat::Json => serde_json::to_string_pretty(explanation)?,
    })
}

/// No answer is an answer, as in a lookup.
fn nothing(format: AnswerFormat, reason: &str) -> Result<(), Failure> {
    if format == AnswerFormat::Json {
        say("null");
    }
    note(&format!("tributary: {reason}"));
    Ok(())
}
