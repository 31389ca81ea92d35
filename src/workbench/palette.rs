//! The command palette: everything that can be done or gone to, found by some of its letters.
//!
//! What there is to find is listed once, when it opens; customers are looked for in the background.

mod customers;
mod fuzzy;
mod places;

use std::path::PathBuf;
use std::sync::Arc;

use super::{Command, Workbench};
use crate::help::Topic;
pub use customers::CustomerHit;
pub(super) use customers::PaletteNews;
pub use fuzzy::Fuzzy;

/// So many rows are listed at most.
const LISTED: usize = 100;
/// So many used commands are remembered.
const REMEMBERED: usize = 6;

/// What choosing a row does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Command(Command),
    /// A source table, by its id.
    Table(String),
    /// A column of a source table, by the table's id and its name.
    Column(String, String),
    /// A unified field or a group of them, by its id.
    Field(String),
    /// A rule, by the id of its table and its own.
    DeduplicationRule(String, String),
    MatchRule(String, String),
    Activity(String),
    Segment(String),
    Export(String),
    /// A project opened before.
    Recent(PathBuf),
    /// A customer, by CustomerId.
    Customer(String),
    /// What an option or figure means.
    Topic(&'static Topic),
}

/// A row of the palette.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub text: String,
    /// What it is and where.
    pub detail: String,
    pub target: Target,
    /// Its first shortcut as it is shown.
    pub shortcut: Option<String>,
    /// Why it cannot be chosen now.
    pub reason: Option<String>,
    /// Which characters of the text were typed, by their place.
    pub matched: Vec<usize>,
    /// A title above it.
    pub heading: Option<&'static str>,
}

impl Row {
    fn new(text: impl Into<String>, detail: impl Into<String>, target: Target) -> Self {
        let (text, detail) = (text.into(), detail.into());
        Self { text, detail, target, shortcut: None, reason: None, matched: Vec::new(), heading: None }
    }

    /// What a screen reader says.
    pub fn spoken(&self) -> String {
        let more = [Some(&self.detail), self.shortcut.as_ref(), self.reason.as_ref()];
        let more = more.into_iter().flatten().filter(|words| !words.is_empty());
        more.fold(self.text.clone(), |all, words| format!("{all}, {words}"))
    }
}

/// What the first letter of a query narrows it to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Among {
    All,
    Commands,
    Fields,
    Customers,
    Topics,
}

/// The open palette.
pub struct Palette {
    /// What is typed.
    pub query: String,
    /// The place of the selected row.
    pub selected: usize,
    /// Everything but customers, in the order of menus and pages.
    all: Vec<Row>,
    rows: Arc<Vec<Row>>,
    /// What `rows` were made of.
    made_of: Option<String>,
    customers: customers::Hits,
}

impl Palette {
    /// The rows for what was typed, best first; what cannot be done now comes last.
    pub fn rows(&self) -> Arc<Vec<Row>> {
        Arc::clone(&self.rows)
    }

    /// Whether customers are still being looked for.
    pub fn is_searching(&self) -> bool {
        self.customers.pending
    }

    /// Moves the selection, from one end to the other.
    pub fn step(&mut self, by: isize) {
        let count = self.rows.len() as isize;
        if count > 0 {
            self.selected = (self.selected as isize + by).rem_euclid(count) as usize;
        }
    }

    fn make_rows(&mut self, recent: &[String]) {
        let (among, query) = split(&self.query);
        let mut rows = if query.is_empty() { self.unasked(among, recent) } else { self.asked(among, query) };
        rows.truncate(LISTED);
        self.rows = Arc::new(rows);
        self.selected = self.selected.min(self.rows.len().saturating_sub(1));
    }

    /// Before anything is typed: commands used lately, then all of them in the order of the menus.
    fn unasked(&self, among: Among, recent: &[String]) -> Vec<Row> {
        let is_listed = |row: &&Row| match among {
            Among::All | Among::Commands => matches!(row.target, Target::Command(_)),
            Among::Fields => is_field(&row.target),
            Among::Topics => matches!(row.target, Target::Topic(_)),
            Among::Customers => false,
        };
        let listed: Vec<&Row> = self.all.iter().filter(is_listed).collect();
        let place = |row: &&Row| match row.target {
            Target::Command(command) => recent.iter().position(|name| name == command.name()),
            _ => None,
        };
        let (mut used, rest): (Vec<&Row>, Vec<&Row>) = listed.into_iter().partition(|row| place(row).is_some());
        used.sort_by_key(place);
        let titled = |rows: Vec<&Row>, title| {
            let with_title = |(nth, row): (usize, &Row)| Row { heading: (nth == 0).then_some(title), ..row.clone() };
            rows.into_iter().enumerate().map(with_title).collect::<Vec<_>>()
        };
        let title = match among {
            Among::Fields => tr!("Fields and columns"),
            Among::Topics => tr!("Words and figures"),
            _ => tr!("All commands"),
        };
        let (possible, not_now) = rest.into_iter().partition(|row| row.reason.is_none());
        [titled(used, tr!("Used lately")), titled(possible, title), titled(not_now, tr!("Not now"))].concat()
    }

    fn asked(&self, among: Among, query: &str) -> Vec<Row> {
        let fuzzy = Fuzzy::new(query);
        let is_among = |row: &&Row| match among {
            Among::All => true,
            Among::Commands => matches!(row.target, Target::Command(_)),
            Among::Fields => is_field(&row.target),
            Among::Topics => matches!(row.target, Target::Topic(_)),
            Among::Customers => false,
        };
        let found = self.all.iter().filter(is_among).filter_map(|row| {
            let found = fuzzy.find(&row.text, &row.detail)?;
            // Of one name the field goes before the columns it is made of.
            let is_column = matches!(row.target, Target::Column(..));
            // What cannot be done now stands last, unless it is called as what was typed: then its reason is asked for.
            let is_meant = row.text.to_lowercase().starts_with(&query.trim().to_lowercase());
            // What can be done or gone to is meant more often than words about it.
            let is_topic = matches!(row.target, Target::Topic(_));
            let rank = (row.reason.is_some() && !is_meant, is_topic, -found.score, is_column, row.text.len());
            Some((rank, Row { matched: found.matched, ..row.clone() }))
        });
        let mut found: Vec<_> = found.collect();
        found.sort_by_key(|(rank, _)| *rank);
        let customers = self.customers.hits.iter().filter(|_| matches!(among, Among::All | Among::Customers));
        let customers: Vec<Row> = customers
            .map(|hit| {
                let row = Row::new(&hit.name, &hit.detail, Target::Customer(hit.id.clone()));
                let matched = fuzzy.find(&row.text, &row.detail).map(|found| found.matched).unwrap_or_default();
                Row { matched, ..row }
            })
            .collect();
        // Customers stand after what is found by name, before what cannot be done.
        let possible = found.partition_point(|((not_now, ..), _)| !not_now);
        let mut rows: Vec<Row> = found.into_iter().map(|(_, row)| row).collect();
        let not_now = rows.split_off(possible);
        if among == Among::All {
            rows.truncate(LISTED / 2);
        }
        rows.into_iter().chain(customers).chain(not_now).collect()
    }
}

fn is_field(target: &Target) -> bool {
    matches!(target, Target::Field(_) | Target::Column(..))
}

/// What a query is about, and the rest of it.
fn split(query: &str) -> (Among, &str) {
    let query = query.trim_start();
    let among = match query.chars().next() {
        Some('>') => Among::Commands,
        Some('@') => Among::Fields,
        Some('#') => Among::Customers,
        Some('?') => Among::Topics,
        _ => return (Among::All, query.trim_end()),
    };
    (among, query[1..].trim())
}

impl Workbench {
    /// Opens the palette on what can be done now.
    pub fn open_palette(&mut self) {
        let all = places::everything(self);
        let mut palette = Palette {
            query: String::new(),
            selected: 0,
            all,
            rows: Arc::default(),
            made_of: None,
            customers: customers::Hits::default(),
        };
        palette.make_rows(&self.settings.used_commands);
        self.palette = Some(palette);
    }

    /// Brings the rows up to what is typed; called before every frame that draws them.
    pub fn update_palette(&mut self) {
        let Some(mut palette) = self.palette.take() else { return };
        if palette.made_of.as_ref() != Some(&palette.query) {
            palette.selected = 0;
            palette.made_of = Some(palette.query.clone());
            let (among, query) = split(&palette.query);
            let about_customers = matches!(among, Among::All | Among::Customers);
            let wanted = if about_customers { query.to_owned() } else { String::new() };
            self.look_for_customers(&mut palette.customers, wanted);
            palette.make_rows(&self.settings.used_commands);
        }
        self.palette = Some(palette);
    }

    /// Closes the palette; the row chosen, where it can be. A command is remembered as used.
    pub fn choose_in_palette(&mut self, place: usize) -> Option<Target> {
        let row = self.palette.as_ref()?.rows.get(place)?.clone();
        if row.reason.is_some() {
            return None;
        }
        self.palette = None;
        if let Target::Command(command) = row.target {
            let used = &mut self.settings.used_commands;
            used.retain(|name| name != command.name());
            used.insert(0, command.name().to_owned());
            used.truncate(REMEMBERED);
            self.save_settings();
        }
        Some(row.target)
    }

    pub(super) fn take_palette(&mut self, news: PaletteNews) {
        let Some(palette) = &mut self.palette else { return };
        if palette.customers.take(news) {
            let selected = palette.rows.get(palette.selected).map(|row| row.target.clone());
            palette.make_rows(&self.settings.used_commands);
            // Rows that come later must not move the one the analyst is about to choose from under the key.
            let place = palette.rows.iter().position(|row| Some(&row.target) == selected.as_ref());
            palette.selected = place.unwrap_or(0);
        }
    }
}

#[cfg(test)]
mod tests;
