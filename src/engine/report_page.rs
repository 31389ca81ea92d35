//! The report of a run as one page of HTML: self-contained, without script, light or dark as the reader has it, and
//! fit to print. It names tables, columns, rules and segments, and no person.

mod parts;

use std::fmt::Write as _;

use super::chart::svg::escaped;
use super::chart::{Chart, of_run, svg};
use super::customer::changes::ChangeCounts;
use super::pipeline::Run;
use super::quality::{journey, sizes};
use super::state::history::RunRecord;
use crate::palette::{DARK, LIGHT, Palette};
use crate::project::validate::Problem;

/// The width of its charts, in points.
const CHART_WIDTH: f32 = 440.0;

/// What a report tells of.
pub struct Page<'a> {
    pub run: &'a Run,
    /// Against the run before; `None` of a first run.
    pub changes: Option<ChangeCounts>,
    /// The runs that were kept, oldest first.
    pub history: &'a [RunRecord],
    pub problems: &'a [Problem],
}

/// The page. Equal runs at an equal time give equal bytes, but for how long the stages took.
pub fn html(page: &Page<'_>) -> String {
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
    out += &parts::figures(page.run);
    out += &parts::changes(page);
    out += &parts::problems(page.problems);
    out += &charts(page);
    out += &parts::tables(page.run);
    out += &parts::rules(page.run);
    out += &parts::segments(page.run);
    out += &parts::ledger(page.run);
    out + "</main>\n</body>\n</html>\n"
}

fn charts(page: &Page<'_>) -> String {
    let run = page.run;
    let journey = journey::journey(run);
    let became = (!journey.periods.is_empty()).then(|| of_run::became_known(&journey));
    let charts: [Option<Chart>; 5] = [
        Some(of_run::sizes(&sizes::sizes(run))),
        of_run::scores(run),
        became,
        of_run::known_by_run(page.history),
        Some(of_run::stages(&run.report.run.stages)),
    ];
    let mut out = "<section class=\"charts\">\n".to_owned();
    for chart in charts.iter().flatten().filter(|chart| !chart.places.is_empty()) {
        let _ = writeln!(out, "<figure>\n<figcaption>{}</figcaption>", escaped(&chart.title));
        out += &svg::inline(chart, CHART_WIDTH);
        out += "</figure>\n";
    }
    out + "</section>\n"
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
