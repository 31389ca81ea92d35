//! Where the parts of a chart lie, in points from its upper left corner: the same for the screen and for a picture.

use super::{Chart, ChartKind};
use crate::engine::number::count;
use crate::palette::{Palette, SERIES};

/// The height that suits a chart, in points.
pub fn height(chart: &Chart) -> f32 {
    let legend = if chart.series.len() > 1 { LINE } else { 0.0 };
    match chart.kind {
        ChartKind::Bars => TOP + chart.places.len().max(1) as f32 * BAR + LINE,
        _ => TOP + legend + STANDING + 2.0 * LINE,
    }
}

/// Height of standing bars, of a lying bar with its gap, and of a line of small text.
const STANDING: f32 = 96.0;
const BAR: f32 = 20.0;
const LINE: f32 = 15.0;
const TOP: f32 = 4.0;
/// Widest a standing bar becomes; least between two names.
const WIDEST: f32 = 42.0;
const NAME_GAP: f32 = 14.0;
const SWATCH: f32 = 9.0;

/// What a part is painted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// A series by its place.
    Series(usize),
    /// What does not reach the threshold.
    Soft,
    Axis,
    Text,
    Weak,
    Threshold,
}

impl Paint {
    /// Its colour in a theme.
    pub fn of<C: Copy>(self, palette: &Palette<C>) -> C {
        match self {
            Self::Series(place) => palette.series[place % SERIES],
            Self::Soft => palette.chart_soft,
            Self::Axis => palette.border,
            Self::Text => palette.text,
            Self::Weak => palette.text_weak,
            Self::Threshold => palette.warning,
        }
    }
}

/// Which end of a text lies at its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// Left, top, width, height.
    Box([f32; 4], Paint),
    /// From, to; `dashes` tells lines of one chart apart beside their colour.
    Line { points: Vec<[f32; 2]>, paint: Paint, width: f32, dashes: f32 },
    /// The middle of its height.
    Text { at: [f32; 2], anchor: Anchor, words: String, paint: Paint },
}

/// A laid out chart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layout {
    pub parts: Vec<Part>,
    /// The area of each place, where the pointer finds it: left, top, width, height.
    pub areas: Vec<[f32; 4]>,
}

/// Lays a chart out in a size; `width_of` measures a small text.
pub fn layout(chart: &Chart, [width, height]: [f32; 2], width_of: &dyn Fn(&str) -> f32) -> Layout {
    let mut layout = Layout::default();
    if chart.kind == ChartKind::Bars {
        layout.bars(chart, width, width_of);
        return layout;
    }
    let mut top = TOP;
    if chart.series.len() > 1 {
        layout.legend(chart, top, width_of);
        top += LINE;
    }
    let plot = [0.0, top + LINE * 0.5, width, height - top - 2.0 * LINE - LINE * 0.5];
    layout.frame(chart, plot, width, width_of);
    let step = plot[2] / chart.places.len().max(1) as f32;
    let step = if matches!(chart.kind, ChartKind::Histogram { .. }) { step } else { step.min(WIDEST) };
    for place in 0..chart.places.len() {
        layout.areas.push([place as f32 * step, plot[1], step, plot[3]]);
    }
    match chart.kind {
        ChartKind::Lines => layout.lines(chart, plot, step),
        ChartKind::Histogram { threshold, by_root } => layout.standing(chart, plot, step, threshold, by_root),
        _ => layout.standing(chart, plot, step, None, false),
    }
    layout.names(chart, plot, step, width_of);
    layout
}

impl Layout {
    fn text(&mut self, at: [f32; 2], anchor: Anchor, words: impl Into<String>, paint: Paint) {
        self.parts.push(Part::Text { at, anchor, words: words.into(), paint });
    }

    /// Lying bars: name, bar, number.
    fn bars(&mut self, chart: &Chart, width: f32, width_of: &dyn Fn(&str) -> f32) {
        let widest = |texts: Vec<String>| texts.iter().map(|text| width_of(text)).fold(0.0, f32::max);
        let names = widest(chart.places.iter().map(|place| place.name.clone()).collect()).min(width * 0.42) + 8.0;
        let numbers = widest(chart.places.iter().map(|place| count(place.sum())).collect()) + 8.0;
        let room = (width - names - numbers).max(20.0);
        for (line, place) in chart.places.iter().enumerate() {
            let top = TOP + line as f32 * BAR;
            let middle = top + BAR / 2.0;
            let length = room * place.sum() as f32 / chart.largest() as f32;
            self.text([0.0, middle], Anchor::Start, cut(&place.name, names - 8.0, width_of), Paint::Text);
            if place.sum() > 0 {
                self.parts.push(Part::Box([names, top + 3.0, length.max(1.0), BAR - 6.0], Paint::Series(0)));
            }
            self.text([names + length + 6.0, middle], Anchor::Start, count(place.sum()), Paint::Weak);
            self.areas.push([0.0, top, width, BAR]);
        }
        let below = TOP + chart.places.len() as f32 * BAR + LINE / 2.0;
        self.text(
            [names, below],
            Anchor::Start,
            tr!("{unit} by {lower}", unit = chart.unit, lower = lower(&chart.across)),
            Paint::Weak,
        );
    }

    fn legend(&mut self, chart: &Chart, top: f32, width_of: &dyn Fn(&str) -> f32) {
        let mut left = 0.0;
        for (series, name) in chart.series.iter().enumerate() {
            let middle = top + LINE / 2.0;
            if chart.kind == ChartKind::Lines {
                let points = vec![[left, middle], [left + SWATCH * 2.0, middle]];
                self.parts.push(line(points, series));
                left += SWATCH;
            } else {
                self.parts.push(Part::Box([left, middle - SWATCH / 2.0, SWATCH, SWATCH], Paint::Series(series)));
            }
            self.text([left + SWATCH + 4.0, middle], Anchor::Start, name.as_str(), Paint::Text);
            left += SWATCH + 4.0 + width_of(name) + NAME_GAP;
        }
    }

    /// The base line, the largest number with its line, and what is along the axis.
    fn frame(&mut self, chart: &Chart, plot: [f32; 4], width: f32, width_of: &dyn Fn(&str) -> f32) {
        let bottom = plot[1] + plot[3];
        // One customer is not `1 customers`; the axis and the title say of what the one is.
        let largest = match chart.largest() {
            1 => count(1),
            largest => format!("{} {}", count(largest), chart.unit),
        };
        let free = (width - width_of(&largest) - 6.0).max(0.0);
        self.parts.push(rule([0.0, plot[1]], [free, plot[1]]));
        self.text([width, plot[1]], Anchor::End, largest, Paint::Weak);
        self.parts.push(rule([0.0, bottom], [width, bottom]));
        self.text([width / 2.0, bottom + LINE * 1.5], Anchor::Middle, chart.across.as_str(), Paint::Weak);
    }

    fn standing(&mut self, chart: &Chart, plot: [f32; 4], step: f32, threshold: Option<f64>, by_root: bool) {
        let (largest, bottom) = (chart.largest() as f64, plot[1] + plot[3]);
        let gap = if threshold.is_some() { 0.25 } else { (step * 0.1).min(3.0) };
        for (at, place) in chart.places.iter().enumerate() {
            let passes = threshold.is_none_or(|least| at as f64 / chart.places.len() as f64 >= least - 1e-9);
            let top_of = |sum: u64| {
                let share = sum as f64 / largest;
                bottom - (if by_root { share.sqrt() } else { share }) as f32 * plot[3]
            };
            let mut sum = 0;
            for (series, &value) in place.values.iter().enumerate().filter(|(_, value)| **value > 0) {
                let base = top_of(sum);
                sum += value;
                // One customer in a week beside thousands stays in sight.
                let tall = (base - top_of(sum)).max(2.0);
                let paint = if passes { Paint::Series(series) } else { Paint::Soft };
                let area = [at as f32 * step + gap, base - tall, (step - 2.0 * gap).max(0.5), tall];
                self.parts.push(Part::Box(area, paint));
            }
        }
        if let Some(threshold) = threshold {
            let x = threshold as f32 * plot[2];
            let points = vec![[x, plot[1]], [x, bottom]];
            self.parts.push(Part::Line { points, paint: Paint::Threshold, width: 1.5, dashes: 0.0 });
        }
    }

    fn lines(&mut self, chart: &Chart, plot: [f32; 4], step: f32) {
        let (largest, bottom) = (chart.largest() as f32, plot[1] + plot[3]);
        for series in 0..chart.series.len() {
            let value = |values: &[u64]| values.get(series).copied().unwrap_or(0) as f32;
            let point = |(at, place): (usize, &super::Place)| {
                [(at as f32 + 0.5) * step, bottom - plot[3] * value(&place.values) / largest]
            };
            let points: Vec<[f32; 2]> = chart.places.iter().enumerate().map(point).collect();
            for [x, y] in &points {
                self.parts.push(Part::Box([x - 2.5, y - 2.5, 5.0, 5.0], Paint::Series(series)));
            }
            self.parts.push(line(points, series));
        }
    }

    /// Names below the places, as many as do not run into each other.
    fn names(&mut self, chart: &Chart, plot: [f32; 4], step: f32, width_of: &dyn Fn(&str) -> f32) {
        let mut free = f32::NEG_INFINITY;
        let middle = plot[1] + plot[3] + LINE / 2.0;
        for (at, place) in chart.places.iter().enumerate() {
            let wide = width_of(&place.name);
            let left = ((at as f32 + 0.5) * step - wide / 2.0).clamp(0.0, (plot[2] - wide).max(0.0));
            if left >= free {
                free = left + wide + NAME_GAP;
                self.text([left, middle], Anchor::Start, place.name.as_str(), Paint::Weak);
            }
        }
    }
}

fn line(points: Vec<[f32; 2]>, series: usize) -> Part {
    Part::Line { points, paint: Paint::Series(series), width: 2.0, dashes: series as f32 * 3.0 }
}

fn rule(from: [f32; 2], to: [f32; 2]) -> Part {
    Part::Line { points: vec![from, to], paint: Paint::Axis, width: 1.0, dashes: 0.0 }
}

/// A text as far as it fits.
fn cut(text: &str, room: f32, width_of: &dyn Fn(&str) -> f32) -> String {
    if width_of(text) <= room {
        return text.to_owned();
    }
    let mut kept = text.to_owned();
    while !kept.is_empty() && width_of(&kept) + width_of("…") > room {
        kept.pop();
    }
    kept + "…"
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
