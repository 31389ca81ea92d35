//! Charts as plain values: what is shown, as numbers with names, and how each is drawn, said, and written.
//!
//! The window's painter and the SVG writer draw the same [`layout`], so a saved picture is the chart that was seen.

pub mod layout;
pub mod of_run;
pub mod svg;

use super::number::count;

/// So many places are read out one by one.
const READ_OUT: usize = 12;

/// A chart: places along it, each with a number for each series.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    pub title: String,
    /// What the places are: "Keys in a customer".
    pub across: String,
    /// What is counted: "customers".
    pub unit: String,
    pub kind: ChartKind,
    /// The names of the series, the lowest of a stack first; one series has the unit's name.
    pub series: Vec<String>,
    pub places: Vec<Place>,
}

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ChartKind {
    /// A lying bar for each category, its name before it.
    Bars,
    /// Standing bars without gaps; a line at the threshold, given as a share of the width from 0 to 1. Heights follow
    /// the square root of the count where few must stay in sight beside many.
    Histogram { threshold: Option<f64>, by_root: bool },
    /// A standing bar for each period, its series on one another.
    Stacked,
    /// A line for each series from period to period.
    Lines,
}

/// A category, bin or period.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Place {
    /// Short, for the axis.
    pub name: String,
    /// In full, for the hover text.
    pub words: String,
    /// One a series.
    pub values: Vec<u64>,
}

impl Place {
    /// A place of a chart with one series.
    pub fn one(name: impl Into<String>, value: u64, words: impl Into<String>) -> Self {
        Self { name: name.into(), words: words.into(), values: vec![value] }
    }

    fn sum(&self) -> u64 {
        self.values.iter().sum()
    }
}

impl Chart {
    /// A chart of one series.
    pub fn of_one(title: &str, across: &str, unit: &str, kind: ChartKind, places: Vec<Place>) -> Self {
        let series = vec![unit.to_owned()];
        Self { title: title.to_owned(), across: across.to_owned(), unit: unit.to_owned(), kind, series, places }
    }

    /// The largest number that has to fit; at least 1.
    pub fn largest(&self) -> u64 {
        let of_place = |place: &Place| match self.kind {
            ChartKind::Lines => place.values.iter().copied().max().unwrap_or(0),
            _ => place.sum(),
        };
        self.places.iter().map(of_place).max().unwrap_or(0).max(1)
    }

    /// The numbers as CSV: a header, then a line a place.
    pub fn csv(&self) -> String {
        let mut lines = vec![line(std::iter::once(&self.across).chain(&self.series))];
        for place in &self.places {
            let values: Vec<String> = place.values.iter().map(u64::to_string).collect();
            lines.push(line(std::iter::once(&place.name).chain(&values)));
        }
        lines.concat()
    }

    /// The numbers for who does not see the chart: all of few places, else the sums, the ends and the largest.
    pub fn sentence(&self) -> String {
        let each = |place: &Place| {
            if let [value] = place.values[..] {
                return format!("{}: {}", place.name, count(value));
            }
            let values = place.values.iter().zip(&self.series);
            let several: Vec<String> = values.map(|(value, series)| format!("{} {series}", count(*value))).collect();
            format!("{}: {}", place.name, several.join(", "))
        };
        if let ChartKind::Histogram { threshold: Some(threshold), .. } = self.kind {
            let first = ((threshold * self.places.len() as f64).round() as usize).min(self.places.len());
            let (below, above) = self.places.split_at(first);
            let sum = |places: &[Place]| count(places.iter().map(Place::sum).sum());
            return tr!(
                "{title}: {sum} below the threshold, {sum_2} at or above it",
                title = self.title,
                sum = sum(below),
                sum_2 = sum(above)
            );
        }
        if self.places.len() <= READ_OUT {
            let list: Vec<String> = self.places.iter().map(each).collect();
            return format!("{}, {}. {}", self.title, self.unit, list.join("; "));
        }
        let ends = self.places.first().zip(self.places.last());
        let ends = ends
            .map(|(first, last)| tr!("from {first} to {last}", first = first.name, last = last.name))
            .unwrap_or_default();
        let total = count(self.places.iter().map(Place::sum).sum());
        let most = self.places.iter().max_by_key(|place| place.sum()).map(each).unwrap_or_default();
        match self.kind {
            // Sums over runs count the same customers again.
            ChartKind::Stacked | ChartKind::Lines => {
                tr!(
                    "{title}, {ends}. Most in {most}. Last: {last}",
                    title = self.title,
                    ends,
                    most,
                    last = self.places.last().map(each).unwrap_or_default()
                )
            }
            _ => tr!(
                "{title}: {total} {unit} in all, {ends}. Most in {most}",
                title = self.title,
                total,
                unit = self.unit,
                ends,
                most
            ),
        }
    }
}

/// Cells of a line of CSV, quoted where needed.
fn line<'a>(cells: impl Iterator<Item = &'a String>) -> String {
    let cell = |cell: &String| {
        if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.clone() }
    };
    cells.map(cell).collect::<Vec<_>>().join(",") + "\n"
}

#[cfg(test)]
mod tests;
