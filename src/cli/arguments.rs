//! What can be said on the command line.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::project::ExportFormat;

/// Brings customer tables together: one customer per person, known or unknown.
///
/// Without a command the window opens: on PROJECT, or on a copy of the coffee sample.
#[derive(Debug, Parser)]
#[command(name = "tributary", version)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Option<Command>,
    /// A project to open in the window.
    pub project: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Unifies a project and writes its results.
    Run(RunArguments),
    /// Lists every problem of a project with its place and fix; exit code 3 if there are errors.
    Check { project: PathBuf },
    /// Prints the JSON Schema of project files.
    Schema,
    /// Prints the profile behind a key as JSON, from the last results, or a run that is not kept where they are stale.
    Lookup {
        project: PathBuf,
        /// TABLE:KEY, such as Web:Unknown1, or CustomerId:ID; exact and case-sensitive.
        key: String,
    },
    /// Measures the customers against what is true: precision, recall, F1, B-cubed, and the wrong pairs.
    Evaluate(EvaluateArguments),
    /// Says what became of the customers between two runs: same, split, merged, new, gone.
    Compare(CompareArguments),
    /// Says why two records are one customer or are not; of one record, how its customer came to be. Runs first.
    Explain(ExplainArguments),
    /// Writes a report of the project's run as one page of HTML, with figures, charts and what was left out. It runs
    /// in memory and keeps nothing else.
    Report(ReportArguments),
    /// Writes a sample project with its tables.
    Sample(SampleArguments),
    /// Puts Tributary into the desktop's menu, with its icon, and opens .tributary files with it (Linux).
    Desktop {
        #[arg(value_enum)]
        action: DesktopAction,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DesktopAction {
    Install,
    Remove,
}

#[derive(Debug, Args, Default)]
pub struct RunArguments {
    pub project: PathBuf,
    /// The folder to write, made, or replaced where it holds an earlier result [default: NAME.state/results beside
    /// the project].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Only these results: customers, alternate_keys, activities, segments, ledger. What they do not need is not
    /// computed.
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    pub write: Option<Vec<String>>,
    #[arg(long, value_enum, default_value_t = Format::Parquet)]
    pub format: Format,
    /// Say what a run would come to, and what would change since the last one; write nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// The time that "now" means, such as 2026-07-01T12:00:00Z [default: now].
    #[arg(long, value_name = "TIME")]
    pub as_of: Option<String>,
    /// How many threads compare [default: as many as the machine has processors]. The results are the same bytes.
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,
    /// How to say on stderr how far the run is [default: plain on a terminal, else none].
    #[arg(long, value_enum)]
    pub progress: Option<ProgressStyle>,
}

#[derive(Debug, Args)]
pub struct EvaluateArguments {
    pub project: PathBuf,
    /// A column whose equal values are one person; once for each table that has one.
    #[arg(long, value_name = "TABLE.COLUMN")]
    pub truth: Vec<String>,
    /// List so many wrong pairs of each kind.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub wrong: usize,
    #[arg(long, value_enum, default_value_t = AnswerFormat::Text)]
    pub format: AnswerFormat,
}

#[derive(Debug, Args)]
pub struct CompareArguments {
    /// Earlier results: a folder that a run wrote, or a project for the results beside it.
    pub old: PathBuf,
    /// Later results, likewise.
    pub new: PathBuf,
    /// List so many changed customers.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub list: usize,
    #[arg(long, value_enum, default_value_t = AnswerFormat::Text)]
    pub format: AnswerFormat,
}

#[derive(Debug, Args)]
pub struct ReportArguments {
    pub project: PathBuf,
    /// The file to write [default: NAME.report.html beside the project].
    #[arg(long, value_name = "FILE.html")]
    pub out: Option<PathBuf>,
    /// The time that "now" means, such as 2026-07-01T12:00:00Z [default: now].
    #[arg(long, value_name = "TIME")]
    pub as_of: Option<String>,
}

/// How an answer is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum AnswerFormat {
    #[default]
    Text,
    Json,
}

#[derive(Debug, Args)]
pub struct ExplainArguments {
    pub project: PathBuf,
    /// TABLE:KEY, such as Web:Unknown1; exact and case-sensitive.
    pub record: String,
    /// Another record, as TABLE:KEY.
    pub other: Option<String>,
    #[arg(long, value_enum, default_value_t = AnswerFormat::Text)]
    pub format: AnswerFormat,
}

#[derive(Debug, Args)]
pub struct SampleArguments {
    /// coffee, shoes or cdnow; or an example of one idea: blank_key, duplicates, twins, approximate, rule_order,
    /// ambiguous, include_all, becomes_known or segment.
    pub name: Option<String>,
    /// Instead of a named sample: CRM, loyalty and web-event tables of so many customers.
    #[arg(long, value_name = "N")]
    pub customers: Option<u64>,
    #[arg(long, value_name = "S", default_value_t = 7)]
    pub seed: u64,
    /// The folder to write into.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    #[default]
    Parquet,
    Csv,
}
impl From<Format> for ExportFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Parquet => Self::Parquet,
            Format::Csv => Self::Csv,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ProgressStyle {
    Plain,
    Json,
    None,
}
