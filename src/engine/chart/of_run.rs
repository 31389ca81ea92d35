//! The charts of a run: what the pages show and the report prints.

use super::{Chart, ChartKind, Place};
use crate::engine::identity::dedup::NO_RECORD;
use crate::engine::identity::preview::Histogram;
use crate::engine::ingest::{Bin, ColumnProfile};
use crate::engine::number::{count, milliseconds};
use crate::engine::pipeline::Run;
use crate::engine::quality::journey::Journey;
use crate::engine::quality::sizes::{BINS, Sizes};
use crate::engine::report::StageReport;
use crate::engine::state::history::{RunOutcome, RunRecord};

/// Bars of the score histogram, each two hundredths wide.
const SCORE_BARS: usize = 50;
/// So many runs are shown, the last ones: a year of daily runs.
const RUNS: usize = 366;
/// So many stages are shown, the longest.
const STAGES: usize = 12;

/// Customers by the number of their keys, to the largest bin that is not empty.
pub fn sizes(sizes: &Sizes) -> Chart {
    let last = sizes.bins.iter().rposition(|&count| count > 0).unwrap_or_default();
    let place = |(&(most, name), &customers): (&(u64, &str), &u64)| {
        let keys = if most == 1 { tr!("1 key").to_owned() } else { tr!("{name} keys", name) };
        let words = tr!("{customers} of {keys}", customers = tr!("{n} customer" | "{n} customers" % customers), keys);
        Place::one(keys, customers, words)
    };
    let places = BINS.iter().zip(&sizes.bins).take(last + 1).map(place).collect();
    Chart::of_one(
        tr!("Customers by number of keys"),
        tr!("Keys in a customer"),
        tr!("customers"),
        ChartKind::Bars,
        places,
    )
}

/// The scores of links that rest on degrees; `None` where no rule has one.
pub fn scores(run: &Run) -> Option<Chart> {
    let mut bars = [0_u64; SCORE_BARS];
    let mut note = |score: f32| bars[((f64::from(score) * SCORE_BARS as f64) as usize).min(SCORE_BARS - 1)] += 1;
    run.records.iter().flat_map(|records| &records.scored).for_each(|link| note(link.score));
    if let Some(matched) = &run.matched {
        let attached = matched.matching.score.iter().zip(&matched.matching.parent);
        attached.filter(|&(&score, &parent)| parent != NO_RECORD && score < 1.0).for_each(|(&score, _)| note(score));
    }
    if bars.iter().all(|&bar| bar == 0) {
        return None;
    }
    let place = |(at, &links): (usize, &u64)| {
        let [from, to] = [at, at + 1].map(|at| format!("{:.2}", at as f64 / SCORE_BARS as f64));
        let words = tr!("Scores {from} to {to}: {links}", from, to, links = tr!("{n} link" | "{n} links" % links));
        Place::one(from, links, words)
    };
    let kind = ChartKind::Histogram { threshold: None, by_root: true };
    let places = bars.iter().enumerate().map(place).collect();
    Some(Chart::of_one(tr!("Scores of links by degrees"), tr!("Score"), tr!("links"), kind, places))
}

/// How the scores of one condition of a rule lie about its threshold.
pub fn preview(field: &str, histogram: &Histogram) -> Chart {
    let bars = histogram.bars.len();
    let place = |(at, &pairs): (usize, &u64)| {
        let [from, to] = [at, at + 1].map(|at| format!("{:.2}", at as f64 / bars as f64));
        let side =
            if at as f64 / bars as f64 >= histogram.threshold - 1e-9 { tr!("reach") } else { tr!("do not reach") };
        let pairs_of = tr!("{n} pair" | "{n} pairs" % pairs);
        let words = tr!(
            "Scores {from} to {to}: {pairs_of}; they {side} {threshold}",
            from,
            to,
            pairs_of,
            side,
            threshold = format_args!("{:.2}", histogram.threshold)
        );
        Place::one(from, pairs, words)
    };
    let kind = ChartKind::Histogram { threshold: Some(histogram.threshold), by_root: true };
    let places = histogram.bars.iter().enumerate().map(place).collect();
    let across = tr!("Score; the threshold is {threshold}", threshold = format_args!("{:.2}", histogram.threshold));
    Chart::of_one(&tr!("Scores of {field}", field), &across, tr!("pairs"), kind, places)
}

/// Customers by the period in which they became known.
pub fn became_known(journey: &Journey) -> Chart {
    let unit = journey.unit;
    let place = |period: &crate::engine::quality::journey::Period| {
        let customers = tr!("{n} customer" | "{n} customers" % period.customers);
        let words = tr!(
            "{words}\n{customers} became known, {keys}",
            words = period.words(unit),
            customers,
            keys = tr!("{n} key" | "{n} keys" % period.keys)
        );
        Place::one(unit.name(period.start), period.customers, words)
    };
    let places = journey.periods.iter().map(place).collect();
    let title = tr!("Customers who became known by {label}", label = unit.label());
    let mut across = unit.label().to_owned();
    if let Some(first) = across.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    Chart::of_one(&title, &across, tr!("customers"), ChartKind::Stacked, places)
}

/// Known and unknown customers of the published runs that made customers, oldest first; `None` where there is none.
pub fn known_by_run(runs: &[RunRecord]) -> Option<Chart> {
    let made: Vec<&RunRecord> = published(runs);
    let place = |run: &&RunRecord| {
        let became = run
            .changes
            .map_or_else(String::new, |of| tr!(", {became_known} became known", became_known = count(of.became_known)));
        let words = tr!(
            "Run {number}: {known} known, {unknown} unknown{became}",
            number = run.number,
            known = count(run.known),
            unknown = count(run.unknown),
            became
        );
        Place { name: run.number.to_string(), words, values: vec![run.known, run.unknown] }
    };
    let across = match made.len() {
        all if all > RUNS => tr!("Run, the last {shown} of {all}", shown = count(RUNS as u64), all = count(all as u64)),
        _ => tr!("Run").to_owned(),
    };
    (!made.is_empty()).then(|| Chart {
        title: tr!("Known and unknown customers by run").to_owned(),
        across,
        unit: tr!("customers").to_owned(),
        kind: ChartKind::Stacked,
        series: vec![tr!("known").to_owned(), tr!("unknown").to_owned()],
        places: made[made.len().saturating_sub(RUNS)..].iter().map(place).collect(),
    })
}

/// Published runs that came as far as customers.
fn published(runs: &[RunRecord]) -> Vec<&RunRecord> {
    let made = |run: &&RunRecord| run.outcome == RunOutcome::Done && run.until >= crate::engine::stage::Stage::Merge;
    runs.iter().filter(made).collect()
}

/// How long the stages took, the longest first.
pub fn stages(stages: &[StageReport]) -> Chart {
    let mut longest: Vec<&StageReport> = stages.iter().filter(|stage| !stage.reused).collect();
    longest.sort_by(|a, b| b.elapsed_ms.cmp(&a.elapsed_ms).then(a.stage.cmp(&b.stage)));
    let place = |stage: &&StageReport| {
        Place::one(&stage.stage, stage.elapsed_ms, format!("{}: {}", stage.stage, milliseconds(stage.elapsed_ms)))
    };
    let places = longest.iter().take(STAGES).map(place).collect();
    Chart::of_one(tr!("Time of the stages"), tr!("Stage"), tr!("ms"), ChartKind::Bars, places)
}

/// How the numbers or dates of a column are spread.
pub fn spread(column: &ColumnProfile) -> Chart {
    let bin = |bin: &Bin| {
        let words = tr!(
            "{label_from} to {label_to}: {rows}",
            label_from = bin.label_from,
            label_to = bin.label_to,
            rows = tr!("{n} row" | "{n} rows" % bin.count)
        );
        Place::one(&bin.label_from, bin.count, words)
    };
    let kind = ChartKind::Histogram { threshold: None, by_root: false };
    let places = column.histogram.iter().map(bin).collect();
    Chart::of_one(&tr!("Spread of {column}", column = column.name), &column.name, tr!("rows"), kind, places)
}
