//! The pages, in the order of the steps rail.

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

impl Page {
    pub const ALL: [Self; 15] = [
        Self::Sources,
        Self::CustomerData,
        Self::Deduplication,
        Self::Matching,
        Self::UnifiedView,
        Self::Review,
        Self::Customers,
        Self::Activities,
        Self::Segments,
        Self::Export,
        Self::Runs,
        Self::Statistics,
        Self::Explain,
        Self::UncertainPairs,
        Self::LeftOut,
    ];

    pub fn title(self) -> &'static str {
        match self {
            Self::Sources => "Sources",
            Self::CustomerData => "Customer data",
            Self::Deduplication => "Deduplication rules",
            Self::Matching => "Matching rules",
            Self::UnifiedView => "Unified data view",
            Self::Review => "Review",
            Self::Customers => "Customers",
            Self::Activities => "Activities",
            Self::Segments => "Segments",
            Self::Export => "Export",
            Self::Runs => "Runs",
            Self::Statistics => "Statistics",
            Self::Explain => "Explain",
            Self::UncertainPairs => "Uncertain pairs",
            Self::LeftOut => "Left out",
        }
    }

    /// The page of that title.
    pub fn titled(title: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.title() == title)
    }

    /// One line on what the page is for.
    pub fn purpose(self) -> &'static str {
        match self {
            Self::Sources => "The tables to bring together, and what was read from them",
            Self::CustomerData => "Which tables hold customers, their primary keys, and the columns to use",
            Self::Deduplication => "Which rows of one table are the same customer, and which row to keep",
            Self::Matching => "In which order tables are matched, and by which rules",
            Self::UnifiedView => "Which fields a customer has, and where each value comes from",
            Self::Review => "What the next run will do, step by step",
            Self::Customers => "One profile per person, known or unknown",
            Self::Activities => "What customers did: rows of a table tied to profiles by a key",
            Self::Segments => "Groups of customers by their fields and activities",
            Self::Export => "Customers or segments written to files",
            Self::Runs => "Every run with its time, what it came to, and what it changed",
            Self::Statistics => {
                "Tables and rules in figures, sizes of customers, hot values, changes since the last run"
            }
            Self::Explain => "Why two records are one customer, or why not; how a customer was built",
            Self::UncertainPairs => "Links a person should look at, and how good the matching is",
            Self::LeftOut => "Everything corrupt, duplicate, dropped, ambiguous, refused or orphaned, row by row",
        }
    }

    /// The digit that opens it with Ctrl.
    pub fn digit(self) -> Option<&'static str> {
        const DIGITS: [&str; 10] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"];
        DIGITS.get(self as usize).copied()
    }

    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }

    pub fn previous(self) -> Option<Self> {
        (self as usize).checked_sub(1).map(|place| Self::ALL[place])
    }
}
