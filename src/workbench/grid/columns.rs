//! The columns of a grid: in which order they stand, which are hidden, which stay at the left edge, how wide they are.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// No column gets narrower or wider than this, in points.
const NARROWEST: f32 = 36.0;
const WIDEST: f32 = 1200.0;

/// What the user made of a grid's columns, by their names; names that the table does not have do nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ColumnLayout {
    /// The order; columns that are not named come last, as the table has them. Empty where nothing was moved.
    pub order: Vec<String>,
    pub hidden: Vec<String>,
    /// Columns that stay at the left edge; those that the page chose without.
    pub frozen: Option<Vec<String>>,
    /// Widths in points, where they are not what fits.
    pub widths: BTreeMap<String, f32>,
}

/// One column in its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ArrangedColumn {
    /// Its place among the columns that the page gave.
    pub source: usize,
    /// Where it begins: from the left edge for a frozen one, from the end of the frozen ones for the others.
    pub left: f64,
    /// In points.
    pub width: f32,
}

impl ArrangedColumn {
    pub fn right(&self) -> f64 {
        self.left + f64::from(self.width)
    }
}

/// The columns shown, from left to right, frozen ones first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Arranged {
    pub columns: Vec<ArrangedColumn>,
    /// How many of them stay at the left edge.
    pub frozen: usize,
    /// How many more there are, hidden.
    pub hidden: usize,
}

impl Arranged {
    /// Lays columns of these names out; `keys` are frozen where the user chose none, and `fitting` says what width fits
    /// a column. Frozen columns take `most_frozen` points at most: there has to be room for the others.
    pub fn of(
        names: &[&str],
        layout: &ColumnLayout,
        keys: &[&str],
        fitting: impl Fn(usize) -> f32,
        most_frozen: f32,
    ) -> Self {
        let mut shown: Vec<usize> = (0..names.len()).filter(|&place| !layout.is_hidden(names[place])).collect();
        let hidden = names.len() - shown.len();
        if !layout.order.is_empty() {
            let rank: BTreeMap<&str, usize> = layout.order.iter().map(String::as_str).zip(0..).collect();
            shown.sort_by_key(|&place| rank.get(names[place]).copied().unwrap_or(usize::MAX));
        }
        let width = |place: usize| {
            layout.widths.get(names[place]).copied().unwrap_or_else(|| fitting(place)).clamp(NARROWEST, WIDEST)
        };
        let (first, rest): (Vec<usize>, Vec<usize>) =
            shown.into_iter().partition(|&place| layout.is_frozen(names[place], keys));
        let mut room = most_frozen;
        let fits = |place: &&usize| {
            room -= width(**place);
            room >= 0.0
        };
        let frozen = first.iter().take_while(fits).count();
        let mut columns = Vec::with_capacity(first.len() + rest.len());
        let mut left = 0.0;
        for (at, source) in first.into_iter().chain(rest).enumerate() {
            if at == frozen {
                left = 0.0;
            }
            let width = width(source);
            columns.push(ArrangedColumn { source, left, width });
            left += f64::from(width);
        }
        Self { columns, frozen, hidden }
    }

    pub fn len(&self) -> usize {
        self.columns.len()
    }

    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// The width of the frozen columns, in points.
    pub fn frozen_width(&self) -> f32 {
        self.frozen.checked_sub(1).map_or(0.0, |last| self.columns[last].right() as f32)
    }

    /// The width of all others.
    pub fn scrolled_width(&self) -> f64 {
        if self.columns.len() > self.frozen { self.columns.last().map_or(0.0, ArrangedColumn::right) } else { 0.0 }
    }

    /// The columns seen between two points of the part that scrolls.
    pub fn seen(&self, from: f64, to: f64) -> Range<usize> {
        let scrolled = &self.columns[self.frozen..];
        let first = scrolled.partition_point(|column| column.right() <= from);
        let end = scrolled.partition_point(|column| column.left < to);
        self.frozen + first..self.frozen + end.max(first)
    }
}

impl ColumnLayout {
    pub fn is_hidden(&self, name: &str) -> bool {
        self.hidden.iter().any(|hidden| hidden == name)
    }

    /// Whether a column stays at the left edge, where the page would have `keys` there.
    pub fn is_frozen(&self, name: &str, keys: &[&str]) -> bool {
        match &self.frozen {
            Some(frozen) => frozen.iter().any(|frozen| frozen == name),
            None => keys.contains(&name),
        }
    }

    pub fn freeze(&mut self, name: &str, keys: &[&str]) {
        let frozen = self.frozen.get_or_insert_with(|| keys.iter().map(|&key| key.to_owned()).collect());
        frozen.retain(|frozen| frozen != name);
        frozen.push(name.to_owned());
    }

    pub fn unfreeze(&mut self, name: &str, keys: &[&str]) {
        let frozen = self.frozen.get_or_insert_with(|| keys.iter().map(|&key| key.to_owned()).collect());
        frozen.retain(|frozen| frozen != name);
    }

    pub fn hide(&mut self, name: &str) {
        self.show(name);
        self.hidden.push(name.to_owned());
    }

    pub fn show(&mut self, name: &str) {
        self.hidden.retain(|hidden| hidden != name);
    }

    /// Puts the column that stands at `from` before the one that stands at `to`, of columns that stand in this order;
    /// hidden ones keep their neighbours on the left.
    pub fn move_column(&mut self, names: &[&str], arranged: &Arranged, from: usize, to: usize) {
        let shown = arranged.columns.iter().map(|column| names[column.source]);
        let mut order: Vec<&str> = shown.collect();
        if from >= order.len() {
            return;
        }
        let moved = order.remove(from);
        order.insert(if to > from { to - 1 } else { to }.min(order.len()), moved);
        for (place, name) in names.iter().enumerate() {
            if self.is_hidden(name) {
                let before =
                    place.checked_sub(1).and_then(|before| order.iter().position(|other| *other == names[before]));
                order.insert(before.map_or(0, |before| before + 1), name);
            }
        }
        self.order = order.into_iter().map(str::to_owned).collect();
    }

    /// How many names it holds.
    pub fn names(&self) -> usize {
        self.order.len() + self.hidden.len() + self.frozen.as_ref().map_or(0, Vec::len) + self.widths.len()
    }

    /// Whether nothing is other than the page would have it.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 5] = ["id", "name", "city", "mail", "day"];

    fn arranged(layout: &ColumnLayout) -> Arranged {
        Arranged::of(&NAMES, layout, &["id"], |place| 50.0 + place as f32, 300.0)
    }

    fn names(arranged: &Arranged) -> Vec<&'static str> {
        arranged.columns.iter().map(|column| NAMES[column.source]).collect()
    }

    #[test]
    fn keys_stand_first_and_the_others_begin_after_them() {
        let layout = ColumnLayout::default();
        let plain = Arranged::of(&NAMES, &layout, &["city"], |place| 50.0 + place as f32, 300.0);
        assert_eq!((names(&plain), plain.frozen), (vec!["city", "id", "name", "mail", "day"], 1));
        let lefts: Vec<f64> = plain.columns.iter().map(|column| column.left).collect();
        assert_eq!(lefts, [0.0, 0.0, 50.0, 101.0, 154.0]);
        assert_eq!((plain.frozen_width(), plain.scrolled_width()), (52.0, 208.0));
        let narrow = Arranged::of(&NAMES, &layout, &["city"], |_| 50.0, 49.0);
        assert_eq!((narrow.frozen, narrow.scrolled_width()), (0, 250.0), "no room for frozen ones");
    }

    #[test]
    fn only_columns_in_sight_are_seen() {
        let all = arranged(&ColumnLayout::default());
        assert_eq!(all.seen(0.0, 60.0), 1..3);
        assert_eq!(all.seen(51.0, 52.0), 2..3);
        assert_eq!(all.seen(1000.0, 2000.0), 5..5);
        let many: Vec<String> = (0..1000).map(|place| format!("c{place}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let wide = Arranged::of(&many, &ColumnLayout::default(), &[], |_| 100.0, 0.0);
        assert_eq!(wide.seen(50_050.0, 51_000.0), 500..510);
    }

    #[test]
    fn columns_are_moved_hidden_frozen_and_shown_again() {
        let mut layout = ColumnLayout::default();
        layout.move_column(&NAMES, &arranged(&layout), 3, 1);
        assert_eq!(names(&arranged(&layout)), ["id", "mail", "name", "city", "day"]);
        layout.hide("name");
        let hidden = arranged(&layout);
        assert_eq!((names(&hidden), hidden.hidden), (vec!["id", "mail", "city", "day"], 1));
        layout.move_column(&NAMES, &hidden, 1, 4);
        layout.show("name");
        assert_eq!(
            names(&arranged(&layout)),
            ["id", "name", "city", "day", "mail"],
            "a hidden one stays by its neighbour"
        );
        layout.freeze("day", &["id"]);
        assert_eq!((names(&arranged(&layout))[..2].to_vec(), arranged(&layout).frozen), (vec!["id", "day"], 2));
        layout.unfreeze("id", &["id"]);
        assert_eq!((names(&arranged(&layout))[0], arranged(&layout).frozen), ("day", 1));
    }

    #[test]
    fn a_layout_is_kept_as_plain_text() {
        let mut layout = ColumnLayout::default();
        assert!(layout.is_plain());
        layout.widths.insert("name".to_owned(), 5000.0);
        layout.hide("day");
        let text = serde_json::to_string(&layout).unwrap();
        assert_eq!(serde_json::from_str::<ColumnLayout>(&text).unwrap(), layout);
        assert_eq!(arranged(&layout).columns[1].width, WIDEST, "a width from a file is held within bounds");
    }
}
