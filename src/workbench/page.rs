//! The pages, in the order of the steps rail.

use super::command::shortcut::{Shortcut, alt, ctrl};
use crate::project::validate::Place;

/// A page of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Page {
    Sources,
    CustomerData,
    Deduplication,
    Matching,
    UnifiedView,
    Review,
    Customers,
    Activities,
    Segments,
    Export,
    Runs,
    Statistics,
    Explain,
    UncertainPairs,
    LeftOut,
}

struct Row {
    page: Page,
    title: &'static str,
    /// One line on what it is for.
    purpose: &'static str,
    /// The name of the command that opens it.
    command: &'static str,
    shortcuts: &'static [Shortcut],
}

const fn row(
    page: Page,
    title: &'static str,
    command: &'static str,
    shortcuts: &'static [Shortcut],
    purpose: &'static str,
) -> Row {
    Row { page, title, purpose, command, shortcuts }
}

/// Every page in order: the ten steps with Ctrl and a digit, what looks back at a run with Alt and a digit.
const TABLE: [Row; 15] = [
    row(
        Page::Sources,
        msg!("Sources"),
        "go-sources",
        &[ctrl("1")],
        msg!("The tables to bring together, and what was read from them"),
    ),
    row(
        Page::CustomerData,
        msg!("Customer data"),
        "go-customer-data",
        &[ctrl("2")],
        msg!("Which tables hold customers, their primary keys, and the columns to use"),
    ),
    row(
        Page::Deduplication,
        msg!("Deduplication rules"),
        "go-deduplication-rules",
        &[ctrl("3")],
        msg!("Which rows of one table are the same customer, and which row to keep"),
    ),
    row(
        Page::Matching,
        msg!("Matching rules"),
        "go-matching-rules",
        &[ctrl("4")],
        msg!("In which order tables are matched, and by which rules"),
    ),
    row(
        Page::UnifiedView,
        msg!("Unified data view"),
        "go-unified-data-view",
        &[ctrl("5")],
        msg!("Which fields a customer has, and where each value comes from"),
    ),
    row(Page::Review, msg!("Review"), "go-review", &[ctrl("6")], msg!("What the next run will do, step by step")),
    row(
        Page::Customers,
        msg!("Customers"),
        "go-customers",
        &[ctrl("7")],
        msg!("One profile per person, known or unknown"),
    ),
    row(
        Page::Activities,
        msg!("Activities"),
        "go-activities",
        &[ctrl("8")],
        msg!("What customers did: rows of a table tied to profiles by a key"),
    ),
    row(
        Page::Segments,
        msg!("Segments"),
        "go-segments",
        &[ctrl("9")],
        msg!("Groups of customers by their fields and activities"),
    ),
    row(Page::Export, msg!("Export"), "go-export", &[ctrl("0")], msg!("Customers or segments written to files")),
    row(
        Page::Runs,
        msg!("Runs"),
        "go-runs",
        &[alt("1")],
        msg!("Every run with its time, what it came to, and what it changed"),
    ),
    row(
        Page::Statistics,
        msg!("Statistics"),
        "go-statistics",
        &[alt("2")],
        msg!("Tables and rules in figures, sizes of customers, hot values, changes since the last run"),
    ),
    row(
        Page::Explain,
        msg!("Explain"),
        "go-explain",
        &[alt("3")],
        msg!("Why two records are one customer, or why not; how a customer was built"),
    ),
    row(
        Page::UncertainPairs,
        msg!("Uncertain pairs"),
        "go-uncertain-pairs",
        &[alt("4")],
        msg!("Links a person should look at, and how good the matching is"),
    ),
    row(
        Page::LeftOut,
        msg!("Left out"),
        "go-left-out",
        &[alt("5")],
        msg!("Everything corrupt, duplicate, dropped, ambiguous, refused or orphaned, row by row"),
    ),
];

impl Page {
    pub const ALL: [Self; TABLE.len()] = {
        let mut all = [Self::Sources; TABLE.len()];
        let mut place = 0;
        while place < TABLE.len() {
            all[place] = TABLE[place].page;
            place += 1;
        }
        all
    };

    fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }

    pub fn title(self) -> &'static str {
        crate::text::of(self.row().title)
    }

    /// Its title in English, by which it is known in files.
    pub fn name(self) -> &'static str {
        self.row().title
    }

    /// Whether a place of the project is on it.
    pub fn has(self, place: &Place) -> bool {
        place.page() == self.name()
    }

    /// The page of that name.
    pub fn titled(title: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.name() == title)
    }

    /// One line on what the page is for.
    pub fn purpose(self) -> &'static str {
        crate::text::of(self.row().purpose)
    }

    /// The name of the command that opens it.
    pub fn command_name(self) -> &'static str {
        self.row().command
    }

    /// What opens it where the user chose nothing else.
    pub fn shortcuts(self) -> &'static [Shortcut] {
        self.row().shortcuts
    }

    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }

    pub fn previous(self) -> Option<Self> {
        (self as usize).checked_sub(1).map(|place| Self::ALL[place])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_its_own_row() {
        for (place, page) in Page::ALL.into_iter().enumerate() {
            assert_eq!(page as usize, place, "{page:?}");
        }
    }
}
