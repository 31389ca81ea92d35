//! What an open drop-down knows from frame to frame: what was typed, which entry is meant, how wide it is.

use eframe::egui::{Id, Ui};

use super::Entry;
use crate::workbench::palette::Fuzzy;

#[derive(Debug, Clone, Default)]
pub struct Open {
    /// What was typed to find an entry.
    pub typed: String,
    /// The entry that Enter chooses, by its place among all of them.
    pub active: usize,
    pub width: f32,
    /// The greatest height its lines had: the list stays so high while it is searched.
    pub height: f32,
    /// The active entry is to be brought into view.
    pub follows: bool,
}

impl Open {
    fn key(picker: Id) -> Id {
        picker.with("open list")
    }

    /// The state of a drop-down; a new one begins at its chosen entry.
    pub fn of(ui: &Ui, picker: Id, entries: &[Entry], width: impl FnOnce() -> f32) -> Self {
        ui.data(|data| data.get_temp(Self::key(picker))).unwrap_or_else(|| Self {
            active: entries.iter().position(|entry| entry.is_chosen).unwrap_or(0),
            width: width(),
            follows: true,
            ..Self::default()
        })
    }

    pub fn keep(self, ui: &Ui, picker: Id) {
        ui.data_mut(|data| data.insert_temp(Self::key(picker), self));
    }

    pub fn forget(ui: &Ui, picker: Id) {
        ui.data_mut(|data| data.remove::<Self>(Self::key(picker)));
    }

    /// The places of the entries that fit what was typed: as they stand, or the best first. The active one is among
    /// them.
    pub fn found(&mut self, entries: &[Entry]) -> Vec<usize> {
        let found = found(entries, &self.typed);
        if !found.contains(&self.active) {
            self.active = found.first().copied().unwrap_or(0);
            self.follows = true;
        }
        found
    }

    /// The same after the typed text changed: the best one is meant from now on.
    pub fn search(&mut self, entries: &[Entry]) -> Vec<usize> {
        let found = found(entries, &self.typed);
        let is_searched = !self.typed.trim().is_empty();
        self.active = found.first().copied().filter(|_| is_searched).unwrap_or(self.active);
        self.follows = true;
        found
    }

    /// Goes some lines on among the found ones, and stops at their ends.
    pub fn step(&mut self, found: &[usize], by: isize) {
        let now = found.iter().position(|place| *place == self.active).unwrap_or(0);
        let last = found.len().saturating_sub(1);
        if let Some(place) = found.get(now.saturating_add_signed(by).min(last)) {
            self.active = *place;
        }
        self.follows = true;
    }

    /// Goes to the next entry that begins with a letter, round the end.
    pub fn leap(&mut self, entries: &[Entry], letter: &str) {
        let letter = letter.to_lowercase();
        let places = (self.active + 1..entries.len()).chain(0..=self.active);
        let begins = |place: &usize| entries.get(*place).is_some_and(|e| e.text.to_lowercase().starts_with(&letter));
        if let Some(place) = places.into_iter().find(begins) {
            (self.active, self.follows) = (place, true);
        }
    }
}

fn found(entries: &[Entry], typed: &str) -> Vec<usize> {
    if typed.trim().is_empty() {
        return (0..entries.len()).collect();
    }
    let fuzzy = Fuzzy::new(typed);
    let mut heading = "";
    let mut found = Vec::new();
    for (place, entry) in entries.iter().enumerate() {
        heading = entry.heading.as_deref().unwrap_or(heading);
        if let Some(fits) = fuzzy.find(&entry.text, &format!("{heading} {}", entry.right)) {
            found.push((fits.score, place));
        }
    }
    found.sort_by_key(|(score, place)| (std::cmp::Reverse(*score), *place));
    found.into_iter().map(|(_, place)| place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(texts: &[&str]) -> Vec<Entry> {
        texts.iter().map(|text| Entry::new(*text)).collect()
    }

    #[test]
    fn what_is_typed_finds_entries_and_the_best_is_meant() {
        let entries = entries(&["first_name", "mail", "last_name", "name"]);
        let mut open = Open { active: 1, ..Open::default() };
        assert_eq!(open.found(&entries), [0, 1, 2, 3]);
        open.typed = "name".to_owned();
        assert_eq!(open.found(&entries)[0], 3, "the one that begins so");
        assert_eq!(open.active, 3);
        open.typed = "a".to_owned();
        assert_eq!((open.found(&entries).len(), open.active), (4, 3), "it stays while nothing is typed");
        open.typed = "ma".to_owned();
        assert_eq!((open.search(&entries)[0], open.active), (1, 1), "and is the best when something is");
        open.typed = "zzz".to_owned();
        assert!(open.found(&entries).is_empty());
    }

    #[test]
    fn steps_stop_at_the_ends_of_what_was_found() {
        let mut open = Open { active: 5, ..Open::default() };
        let found = [2, 5, 9];
        open.step(&found, 1);
        assert_eq!(open.active, 9);
        open.step(&found, 1);
        assert_eq!(open.active, 9);
        open.step(&found, isize::MIN);
        assert_eq!(open.active, 2);
        open.step(&found, isize::MAX);
        assert_eq!(open.active, 9);
    }

    #[test]
    fn a_letter_goes_round_the_entries_that_begin_with_it() {
        let entries = entries(&["equal to", "empty", "begins with", "ends with"]);
        let mut open = Open::default();
        for expected in [1, 3, 0] {
            open.leap(&entries, "E");
            assert_eq!(open.active, expected);
        }
        open.leap(&entries, "x");
        assert_eq!(open.active, 0);
    }
}
