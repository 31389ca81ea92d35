//! The steps in order, what they say, and when they are done.

use super::Witnessed;
use crate::help::{self, Topic};
use crate::project::{DeduplicationRule, MatchRule, Project, Segment};
use crate::workbench::Page;

/// A step of the guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Tables,
    Duplicates,
    Matching,
    View,
    Run,
    Customers,
    Segment,
    Export,
}

/// What a step says.
#[derive(Debug, Clone, Copy)]
pub struct StepWords {
    step: Step,
    pub title: &'static str,
    /// What to do.
    pub what: &'static str,
    /// What it is good for.
    pub why: &'static str,
    /// Where it is done.
    pub page: Page,
}

const fn words(step: Step, title: &'static str, page: Page, what: &'static str, why: &'static str) -> StepWords {
    StepWords { step, title, what, why, page }
}

/// Every step in order.
pub const STEPS: [StepWords; Step::COUNT] = [
    words(
        Step::Tables,
        msg!("Say who your customers are"),
        Page::CustomerData,
        msg!(
            "Tick Loyalty, Store and Web, and choose the column that names a row of each: LoyaltyID, StoreId and UserID."
        ),
        msg!("Only ticked tables make customers; by its key a row is found again from run to run."),
    ),
    words(
        Step::Duplicates,
        msg!("Remove duplicates"),
        Page::Deduplication,
        msg!(
            "The web log has a row for every event, so a visitor stands in several. Choose Web and add a rule: the same \
         UserID is the same record."
        ),
        msg!("One row then speaks for each visitor, and the keys of the others are kept."),
    ),
    words(
        Step::Matching,
        msg!("Match the tables"),
        Page::Matching,
        msg!("Give Store a rule that ties it to Loyalty by Email, and Web one that ties it to Loyalty by LoyaltyID."),
        msg!(
            "A match rule says when records of two tables are one person. Blank values never agree, so visitors without a \
         LoyaltyID stay apart."
        ),
    ),
    words(
        Step::View,
        msg!("Look at the unified customer"),
        Page::UnifiedView,
        msg!("These are the fields a customer will have, and the columns each takes its value from."),
        msg!("Columns of one meaning became one field; where two have a value, the policy chooses."),
    ),
    words(
        Step::Run,
        msg!("Run"),
        Page::Review,
        msg!("Press Run above, or F5."),
        msg!(
            "Until now you saw previews of a draft. A run makes the customers and keeps them, each with an id that stays."
        ),
    ),
    words(
        Step::Customers,
        msg!("Meet a known and an unknown customer"),
        Page::Customers,
        msg!("Open the card of a known customer, such as Ana Cruz, and then one that is unknown."),
        msg!(
            "An unknown customer is a visitor with nothing but a web id. As soon as a row ties that id to an e-mail \
         address, it becomes known and keeps its past."
        ),
    ),
    words(
        Step::Segment,
        msg!("Make a segment"),
        Page::Segments,
        msg!("Add a segment, and let it find the customers whose profile state is Unknown."),
        msg!("A segment is a group you can do something for; it is counted anew with every run."),
    ),
    words(
        Step::Export,
        msg!("Export it"),
        Page::Export,
        msg!("Add an export of the segment, give it a file, and press Run export."),
        msg!("The file is what your newsletter or your shop reads."),
    ),
];

impl Step {
    pub const COUNT: usize = 8;
    pub const ALL: [Self; Self::COUNT] = {
        let mut all = [Self::Tables; Self::COUNT];
        let mut place = 0;
        while place < Self::COUNT {
            all[place] = STEPS[place].step;
            place += 1;
        }
        all
    };

    pub fn words(self) -> &'static StepWords {
        &STEPS[self as usize]
    }

    /// Whether the step was done, whoever did it.
    pub(super) fn is_done(self, project: &Project, witnessed: &Witnessed) -> bool {
        let tables = &project.unification;
        match self {
            Self::Tables => has_all_tables(project) && without_key(project).is_none(),
            Self::Duplicates => tables.iter().any(|table| table.deduplication_rules.iter().any(joins)),
            Self::Matching => {
                tables.len() > 1 && tables.iter().skip(1).all(|table| table.match_rules.iter().any(matches))
            }
            Self::View => witnessed.view,
            Self::Run => witnessed.run,
            Self::Customers => witnessed.known && witnessed.unknown,
            Self::Segment => project.segments.iter().any(finds),
            Self::Export => witnessed.export,
        }
    }

    /// The control to begin with.
    pub(super) fn control(self, project: &Project) -> &'static Topic {
        match self {
            Self::Tables if project.unification.len() > 2 || without_key(project).is_some() => help::PRIMARY_KEY,
            Self::Tables => help::UNIFY_TABLE,
            Self::Duplicates => help::ADD_RULE,
            Self::Matching => help::ADD_MATCH_RULE,
            Self::View => help::COMBINED_COLUMNS.topic(),
            Self::Run => help::RUN,
            Self::Customers => help::UNKNOWN.topic(),
            Self::Segment => help::ADD_SEGMENT,
            Self::Export if project.exports.is_empty() => help::ADD_EXPORT,
            Self::Export => help::EXPORT_NOW,
        }
    }
}

/// Whether as many tables are unified as the guide began with.
fn has_all_tables(project: &Project) -> bool {
    project.unification.len() >= project.source_tables.len().clamp(2, 3)
}

/// The first unified table without a primary key, by its id.
fn without_key(project: &Project) -> Option<&str> {
    let mut unified = project.unification.iter().filter_map(|table| project.source_table(&table.source_table));
    unified.find(|table| table.primary_key.is_none()).map(|table| table.id.as_str())
}

fn joins(rule: &DeduplicationRule) -> bool {
    rule.active && rule.conditions.iter().all(|condition| !condition.field.is_empty())
}

fn matches(rule: &MatchRule) -> bool {
    let is_whole =
        |condition: &crate::project::Condition| !condition.field.is_empty() && !condition.to_field.is_empty();
    rule.active && !rule.conditions.is_empty() && rule.conditions.iter().all(is_whole)
}

fn finds(segment: &Segment) -> bool {
    let mut conditions = segment.rules.iter().flat_map(|rule| &rule.conditions).peekable();
    let has_any = conditions.peek().is_some();
    has_any
        && conditions.all(|condition| {
            condition.operator.value_count() == Some(0)
                || (!condition.values.is_empty() && condition.values.iter().all(|value| !value.is_empty()))
        })
}
