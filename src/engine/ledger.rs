//! The ledger: everything that fell out or was not plain, row by row. Corrupt, dropped, ambiguous, orphaned, and the
//! duplicates.
//!
//! Every table begins with Table, Row (in the file, the first data row being 1), Key and Reason.

use std::sync::Arc;

use super::column::{Column, TextColumn};
use super::dictionary::Dictionary;
use super::identity::constraints::Limit;
use super::identity::dedup::{JoinedBy, NO_RECORD};
use super::identity::matching::{ALWAYS, Ambiguous, MatchTable};
use super::identity::membership::NO_CUSTOMER;
use super::pipeline::{Run, UnifiedTables};
use super::table::{NamedColumn, Table};
use crate::help::{self, Figure};
use crate::project::{DeduplicationRule, Project, RecordKey};

/// Parts of the ledger, in the order shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LedgerPart {
    Corrupt,
    Duplicates,
    Dropped,
    Ambiguous,
    Refused,
    Orphaned,
}

impl LedgerPart {
    pub const ALL: [Self; 6] =
        [Self::Corrupt, Self::Duplicates, Self::Dropped, Self::Ambiguous, Self::Refused, Self::Orphaned];
    /// Those that a run writes.
    pub const WRITTEN: [Self; 5] = [Self::Corrupt, Self::Dropped, Self::Ambiguous, Self::Refused, Self::Orphaned];

    /// Whether its rows are something to look at. Duplicates are what deduplication is for.
    pub fn is_amiss(self) -> bool {
        self != Self::Duplicates
    }

    /// The name of the part's file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Corrupt => "corrupt",
            Self::Duplicates => "duplicates",
            Self::Dropped => "dropped",
            Self::Ambiguous => "ambiguous",
            Self::Refused => "refused",
            Self::Orphaned => "orphaned",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Corrupt => tr!("Corrupt"),
            Self::Duplicates => tr!("Duplicates"),
            Self::Dropped => tr!("Dropped"),
            Self::Ambiguous => tr!("Ambiguous"),
            Self::Refused => tr!("Refused"),
            Self::Orphaned => tr!("Orphaned"),
        }
    }

    pub fn help(self) -> Figure {
        match self {
            Self::Corrupt => help::CORRUPT,
            Self::Duplicates => help::DUPLICATES,
            Self::Dropped => help::DROPPED,
            Self::Ambiguous => help::AMBIGUOUS,
            Self::Refused => help::REFUSED,
            Self::Orphaned => help::ORPHANED,
        }
    }
}

/// One part of a run's ledger.
pub fn ledger(run: &Run, part: LedgerPart) -> Table {
    match part {
        LedgerPart::Corrupt => corrupt(run),
        LedgerPart::Duplicates => duplicates(run, None),
        LedgerPart::Dropped => dropped(run),
        LedgerPart::Ambiguous => ambiguous(run),
        LedgerPart::Refused => refused(run),
        LedgerPart::Orphaned => orphaned(run),
    }
}

/// How many rows of a run's ledger are something to look at.
pub fn count_amiss(run: &Run) -> u64 {
    LedgerPart::ALL.into_iter().filter(|part| part.is_amiss()).map(|part| count(run, part)).sum()
}

/// How many rows a part of a run's ledger has.
pub fn count(run: &Run, part: LedgerPart) -> u64 {
    let report = &run.report;
    match part {
        LedgerPart::Corrupt => {
            let fitting = |table: &crate::engine::ingest::Ingested| table.corrupt.len() as u64;
            let keyless = |(table, of): (&std::sync::Arc<crate::engine::ingest::Ingested>, u64)| of - fitting(table);
            let unified = run.project.unification.iter().zip(&report.tables);
            let unified = unified.filter_map(|(table, of)| Some((run.source(&table.source_table)?, of.corrupt)));
            run.sources.iter().map(|table| fitting(table)).sum::<u64>() + unified.map(keyless).sum::<u64>()
        }
        LedgerPart::Duplicates => report.tables.iter().map(|table| table.duplicates).sum(),
        LedgerPart::Dropped => report.dropped_records,
        LedgerPart::Ambiguous => run.matched.as_ref().map_or(0, |matched| matched.matching.ambiguous.len() as u64),
        LedgerPart::Refused => report.refused_links,
        LedgerPart::Orphaned => report.activities.iter().map(|activity| activity.orphaned).sum(),
    }
}

/// Of a duplicate: the key and the row that stand for its customer.
pub const KEPT_KEY: &str = "Kept key";
pub const KEPT_ROW: &str = "Kept row";

/// Rows of a ledger table under construction: table, row, key, reason, and the columns a part adds. Text is coded as
/// it comes: there may be millions of rows and a handful of reasons.
struct Rows {
    names: Vec<&'static str>,
    text: Vec<(Dictionary, Vec<u32>)>,
    rows: Vec<i64>,
}

impl Rows {
    fn new(more: &[&'static str]) -> Self {
        let names: Vec<&'static str> = ["Table", "Key", "Reason"].into_iter().chain(more.iter().copied()).collect();
        let text = names.iter().map(|_| (Dictionary::default(), Vec::new())).collect();
        Self { names, text, rows: Vec::new() }
    }

    fn push(&mut self, row: u32, cells: impl IntoIterator<Item = String>) {
        self.rows.push(i64::from(row));
        for ((dictionary, codes), cell) in self.text.iter_mut().zip(cells) {
            codes.push(dictionary.intern(&cell));
        }
    }

    fn table(self) -> Table {
        let column = |(dictionary, codes)| Column::Text(TextColumn { codes, dictionary: Arc::new(dictionary) });
        let mut columns: Vec<(&str, Column)> = self.names.into_iter().zip(self.text.into_iter().map(column)).collect();
        columns.insert(1, ("Row", Column::Integer(self.rows)));
        Table::new(columns)
    }
}

fn corrupt(run: &Run) -> Table {
    let mut rows = Rows::new(&[]);
    for (source, settings) in run.sources.iter().zip(&run.project.source_tables) {
        for corrupt in &source.corrupt {
            rows.push(corrupt.row, [settings.name.clone(), corrupt.key.clone(), corrupt.reason.clone()]);
        }
        let unified = run.project.unification_table(&settings.id).is_some();
        let Some(key) = settings.primary_key.as_deref().filter(|_| unified) else { continue };
        let Some(column) = source.table.column(key) else { continue };
        for row in (0..source.table.rows).filter(|&row| column.is_blank(row)) {
            let reason = format!("missing primary key {key}");
            rows.push(source.table.row_number(row), [settings.name.clone(), String::new(), reason]);
        }
    }
    rows.table()
}

/// The duplicates of one table alone: the rows of the others, of which there may be millions, are not walked.
pub fn duplicates_of(run: &Run, table_id: &str) -> Table {
    duplicates(run, Some(table_id))
}

fn duplicates(run: &Run, only: Option<&str>) -> Table {
    let mut rows = Rows::new(&[KEPT_KEY]);
    let mut kept_rows: Vec<i64> = Vec::new();
    let unified = UnifiedTables::of(run);
    let settings = &run.project.unification;
    for ((table, name), settings) in unified.match_tables().iter().zip(unified.names()).zip(settings) {
        if only.is_some_and(|only| only != settings.source_table) {
            continue;
        }
        for row in 0..table.table.rows as u32 {
            let record = table.records.record_of_row[row as usize];
            if record == NO_RECORD || table.records.winners[record as usize] == row {
                continue;
            }
            let kept = table.records.winners[record as usize];
            let key = |row: u32| table.primary_key.text(row as usize).into_owned();
            let reason = join_reason(table, record, row, &settings.deduplication_rules);
            kept_rows.push(i64::from(table.table.row_number(kept as usize)));
            let cells = [name.to_owned(), key(row), reason, key(kept)];
            rows.push(table.table.row_number(row as usize), cells);
        }
    }
    let mut table = rows.table();
    table.columns.push(NamedColumn::shared(KEPT_ROW, Column::Integer(kept_rows)));
    table
}

/// Why a row is in its record: what joined it, or, for the first row of the group, what joined the next one to it.
fn join_reason(table: &MatchTable<'_>, record: u32, row: u32, rules: &[DeduplicationRule]) -> String {
    let by_row = |row: u32| table.records.joined_by[row as usize];
    let reason = by_row(row).or_else(|| table.records.rows().of(record).iter().find_map(|&other| by_row(other)));
    match reason {
        Some(JoinedBy::Rule(rule)) => match rules.get(rule as usize) {
            Some(rule) => format!("deduplication rule \"{}\"", rule.name),
            None => "deduplication rule".to_owned(),
        },
        Some(JoinedBy::Always) => "a pair that always matches".to_owned(),
        Some(JoinedBy::PrimaryKey) => "the same primary key".to_owned(),
        Some(JoinedBy::MatchColumns) => "equal in every column that the match rules use".to_owned(),
        None => String::new(),
    }
}

fn dropped(run: &Run) -> Table {
    let mut rows = Rows::new(&[]);
    let Some(matched) = &run.matched else { return rows.table() };
    let unified = UnifiedTables::of(run);
    for (place, (table, name)) in unified.match_tables().iter().zip(unified.names()).enumerate() {
        let offset = matched.matching.offsets[place];
        for (record, &winner) in table.records.winners.iter().enumerate() {
            if matched.membership.customer_of_record[offset as usize + record] == NO_CUSTOMER {
                let key = table.primary_key.text(winner as usize).into_owned();
                let reason = format!("matches no other record, and Include all records is off for {name}");
                rows.push(table.table.row_number(winner as usize), [name.to_owned(), key, reason]);
            }
        }
    }
    rows.table()
}

fn ambiguous(run: &Run) -> Table {
    let mut rows = Rows::new(&["Rule", "Chosen", "NotChosen"]);
    let Some(matched) = &run.matched else { return rows.table() };
    let unified = UnifiedTables::of(run);
    let (tables, names) = (unified.match_tables(), unified.names());
    let key = |record: u32| {
        let place = matched.matching.table_of(record);
        let table = &tables[place];
        let winner = table.records.winners[(record - matched.matching.offsets[place]) as usize];
        (place, winner, format!("{}:{}", names[place], table.primary_key.text(winner as usize)))
    };
    for case in &matched.matching.ambiguous {
        let (place, winner, _) = key(case.record);
        let mut others: Vec<String> = case.others.iter().map(|&other| key(other).2).collect();
        if case.other_count as usize > others.len() {
            others.push(format!("and {} more", case.other_count as usize - others.len()));
        }
        let table = &tables[place];
        let cells = [
            names[place].to_owned(),
            table.primary_key.text(winner as usize).into_owned(),
            ambiguity_reason(case),
            table.rules.get(case.rule as usize).map(|rule| rule.name.clone()).unwrap_or_default(),
            key(case.chosen).2,
            others.join(", "),
        ];
        rows.push(table.table.row_number(winner as usize), cells);
    }
    rows.table()
}

fn ambiguity_reason(case: &Ambiguous) -> String {
    if case.decided {
        let count = case.other_count;
        format!("the rule also found {count} record(s) of other customers; the largest key was taken")
    } else {
        "a later rule would have joined another customer; an earlier rule decided".to_owned()
    }
}

fn refused(run: &Run) -> Table {
    let mut rows = Rows::new(&["Rule", "OtherTable", "OtherKey"]);
    let unified = UnifiedTables::of(run);
    let (tables, names) = (unified.match_tables(), unified.names());
    let key = |place: usize, row: u32| tables[place].primary_key.text(row as usize).into_owned();
    for (place, table) in tables.iter().enumerate() {
        let rules = &run.project.unification[place].deduplication_rules;
        for refused in &table.records.refused {
            let rule = match refused.by {
                JoinedBy::Rule(rule) => rules.get(rule as usize).map(|rule| rule.name.clone()).unwrap_or_default(),
                JoinedBy::Always => "Always match".to_owned(),
                JoinedBy::MatchColumns => "equal in every column that the match rules use".to_owned(),
                JoinedBy::PrimaryKey => "the same primary key".to_owned(),
            };
            let reason = limit_reason(&run.project, refused.limit);
            let name = names[place].to_owned();
            let cells = [name.clone(), key(place, refused.a), reason, rule, name, key(place, refused.b)];
            rows.push(table.table.row_number(refused.a as usize), cells);
        }
    }
    let Some(matched) = &run.matched else { return rows.table() };
    let matching = &matched.matching;
    let winner = |record: u32| {
        let place = matching.table_of(record);
        (place, tables[place].records.winners[(record - matching.offsets[place]) as usize])
    };
    for refused in &matching.refused {
        let ((place, row), (other_place, other_row)) = (winner(refused.record), winner(refused.other));
        let rule = match refused.rule {
            ALWAYS => "Always match".to_owned(),
            rule => tables[place].rules.get(rule as usize).map(|rule| rule.name.clone()).unwrap_or_default(),
        };
        let cells = [
            names[place].to_owned(),
            key(place, row),
            limit_reason(&run.project, refused.limit),
            rule,
            names[other_place].to_owned(),
            key(other_place, other_row),
        ];
        rows.push(tables[place].table.row_number(row as usize), cells);
    }
    rows.table()
}

/// Why a link was refused, in words.
pub fn limit_reason(project: &Project, limit: Limit) -> String {
    match limit {
        Limit::Never(place) => {
            let pair = project.overrides.never_match.get(place as usize);
            let Some(pair) = pair else { return "a never-match pair".to_owned() };
            let record = |key: &RecordKey| format!("{}:{}", project.table_name(&key.table), key.key);
            let reason = if pair.reason.is_empty() { String::new() } else { format!(": {}", pair.reason) };
            format!("{} and {} never match{reason}", record(&pair.a), record(&pair.b))
        }
        Limit::Records => {
            let most = project.guards.max_records.unwrap_or_default();
            format!("a profile may hold at most {most} records")
        }
        Limit::Values(place) => {
            let Some(guard) = project.guards.identifiers.get(place as usize) else { return "a guard".to_owned() };
            let most = guard.max_values.unwrap_or_default();
            format!("a profile may hold at most {most} of {}", guard.name)
        }
    }
}

fn orphaned(run: &Run) -> Table {
    let mut rows = Rows::new(&["Activity"]);
    for of in run.activity_rows() {
        let Some(link) = of.table.column(&of.activity.link.column) else { continue };
        let target = run.project.table_name(&of.activity.link.to_table);
        let times = of.table.column(&of.activity.timestamp);
        for (row, &customer) in of.linked.customer_of_row.iter().enumerate() {
            if customer != NO_CUSTOMER {
                continue;
            }
            let reason = if link.is_blank(row) {
                format!("{} is blank", of.activity.link.column)
            } else if times.is_none_or(|times| times.is_blank(row)) {
                format!("{} is blank", of.activity.timestamp)
            } else {
                format!("no customer has this key of {target}")
            };
            let cells = [of.table_name.to_owned(), link.text(row).into_owned(), reason, of.activity.name.clone()];
            rows.push(of.table.row_number(row), cells);
        }
    }
    rows.table()
}
