//! The report of a run as one page of HTML: self-contained, without script, light or dark as the reader has it, and
//! fit to print. It names tables, columns, rules and segments, and no person.

mod parts;

use std::fmt::Write as _;

use super::chart::svg::escaped;
use super::chart::{Chart, of_run, svg};
use super::customer::changes::ChangeCounts;
use super::pipeline::Run;
use super::quality::{journey, sizes};
use super::stage::Stage;
use super::state::history::{RunOutcome, RunRecord};
use crate::palette::{DARK, LIGHT, Palette};
use crate::project::validate::Problem;
use crate::task::{Cancelled, Task};

/// The width of its charts, in points.
const CHART_WIDTH: f32 = 440.0;

/// What a report tells of.
pub struct Page<'a> {
    pub run: &'a Run,
    pub since: Since,
    /// The runs that were kept, oldest first.
    pub history: &'a [RunRecord],
    pub problems: &'a [Problem],
}

/// What changed, and since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Since {
    /// No run was published before.
    Nothing,
    /// The customers are those of this published run, which changed so much of the one before; `None` of a first run.
    Published { number: u64, started: String, changes: Option<ChangeCounts> },
    /// They are not published: so they differ from this published run.
    Unpublished { number: u64, started: String, changes: ChangeCounts },
}

impl Since {
    /// `against_last` is what a run that is not published changes of the last published one. Where that is nothing, it
    /// is that run again: so the window, which shows the published run, and the command line, which runs again, say the
    /// same of the same customers.
    pub fn of(history: &[RunRecord], against_last: Option<ChangeCounts>) -> Self {
        let is_published = |run: &&RunRecord| run.outcome == RunOutcome::Done && run.until >= Stage::Merge;
        let Some(last) = history.iter().rev().find(is_published) else { return Self::Nothing };
        let (number, started) = (last.number, last.started.clone());
        match against_last.filter(|counts| *counts != ChangeCounts::default()) {
            Some(changes) => Self::Unpublished { number, started, changes },
            None => Self::Published { number, started, changes: last.changes },
        }
    }

    fn sentence(&self) -> String {
        match self {
            Self::Nothing => "There is nothing to compare with: no run was published before.".to_owned(),
            Self::Published { number, started, changes: None } => {
                format!("Run {number} of {started} was the first: there is nothing to compare it with.")
            }
            Self::Published { number, started, changes: Some(changes) } => {
                format!("Run {number} of {started} against the run before: {}.", changes.sentence())
            }
            Self::Unpublished { number, started, changes } => {
                format!("Against run {number} of {started}: {}.", changes.sentence())
            }
        }
    }
}

/// The page. Equal runs at an equal time give equal bytes, but for how long the stages took.
///
/// # Errors
/// The task was told to stop.
pub fn html(page: &Page<'_>, task: &Task) -> Result<String, Cancelled> {
    let name = escaped(&page.run.project.name);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" \
         content=\"width=device-width\"/>\n<title>{name} – Tributary report</title>\n<style>\n{}</style>\n</head>\n\
         <body>\n<main>\n<h1>{name}</h1>\n",
        style()
    );
    let as_of = escaped(&page.run.report.run.as_of);
    let version = env!("CARGO_PKG_VERSION");
    let _ = writeln!(out, "<p class=\"weak\">The customers as of <time>{as_of}</time>, by Tributary {version}.</p>");
    let parts: [&dyn Fn() -> Result<String, Cancelled>; 8] = [
        &|| Ok(parts::figures(page.run)),
        &|| Ok(parts::changes(page)),
        &|| Ok(parts::problems(page.problems)),
        &|| charts(page, task),
        &|| Ok(parts::tables(page.run)),
        &|| Ok(parts::rules(page.run)),
        &|| Ok(parts::segments(page.run)),
        &|| Ok(parts::ledger(page.run)),
    ];
    task.begin_of(tr!("Making the report"), parts.len() as u64, crate::task::Unit::Steps);
    for (done, part) in (1..).zip(parts) {
        out += &part()?;
        task.advance_to(done)?;
    }
    Ok(out + "</main>\n</body>\n</html>\n")
}

fn charts(page: &Page<'_>, task: &Task) -> Result<String, Cancelled> {
    let run = page.run;
    // Each of the first three walks over all customers or pairs.
    let journey = journey::journey(run);
    task.check()?;
    let became = (!journey.periods.is_empty()).then(|| of_run::became_known(&journey));
    let sizes = of_run::sizes(&sizes::sizes(run));
    task.check()?;
    let scores = of_run::scores(run);
    task.check()?;
    let charts: [Option<Chart>; 5] =
        [Some(sizes), scores, became, of_run::known_by_run(page.history), Some(of_run::stages(&run.report.run.stages))];
    let mut out = "<section class=\"charts\">\n".to_owned();
    for chart in charts.iter().flatten().filter(|chart| !chart.places.is_empty()) {
        let _ = writeln!(out, "<figure>\n<figcaption>{}</figcaption>", escaped(&chart.title));
        out += &svg::inline(chart, CHART_WIDTH);
        out += "</figure>\n";
    }
    Ok(out + "</section>\n")
}

fn style() -> String {
    format!(
        ":root {{ color-scheme: light dark;{} }}\n@media (prefers-color-scheme: dark) {{ :root {{{} }} }}\n\
         @media print {{ :root {{{} }} }}\n{}",
        variables(&LIGHT),
        variables(&DARK),
        variables(&LIGHT),
        RULES
    )
}

fn variables(palette: &Palette) -> String {
    let colors = [
        ("canvas", palette.canvas),
        ("surface", palette.surface),
        ("border", palette.border),
        ("text", palette.text),
        ("text-weak", palette.text_weak),
        ("accent", palette.accent),
        ("warning", palette.warning),
        ("error", palette.error),
        ("chart-soft", palette.chart_soft),
    ];
    let mut out: String = colors.iter().map(|(name, color)| format!(" --{name}: {};", color.hex())).collect();
    for (place, color) in palette.series.iter().enumerate() {
        let _ = write!(out, " --series-{place}: {};", color.hex());
    }
    out
}

const RULES: &str = "\
body { margin: 0; background: var(--canvas); color: var(--text); font: 14px/1.45 system-ui, sans-serif; }
main { max-width: 960px; margin: 0 auto; padding: 24px; }
h1 { font-size: 26px; margin: 0; } h2 { font-size: 17px; margin: 28px 0 8px; } p { margin: 4px 0; }
.weak, figcaption, th, dt { color: var(--text-weak); }
.figures { display: flex; flex-wrap: wrap; gap: 12px; margin: 20px 0; }
.figures div { background: var(--surface); border: 1px solid var(--border); border-radius: 6px; padding: 10px 14px; }
.figures dd { margin: 0; font-size: 24px; font-variant-numeric: tabular-nums; } .figures dl { margin: 0; }
.figures small { display: block; color: var(--text-weak); max-width: 24em; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(380px, 1fr)); gap: 12px; margin: 20px 0; }
figure { margin: 0; background: var(--surface); border: 1px solid var(--border); border-radius: 6px; padding: 12px; }
figcaption { font-weight: 600; margin-bottom: 6px; } .chart { width: 100%; height: auto; }
table { border-collapse: collapse; width: 100%; background: var(--surface); }
th, td { text-align: left; padding: 5px 10px; border-bottom: 1px solid var(--border); overflow-wrap: anywhere; }
th { font-weight: 600; } .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.warning { color: var(--warning); } .error { color: var(--error); }
@media print { main { max-width: none; padding: 0; } section, figure, tr { break-inside: avoid; } }
";
