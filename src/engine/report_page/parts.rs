//! The parts of the report: figures with their formulas, what changed, problems, and tables.

use std::fmt::Write as _;

use super::Page;
use crate::engine::chart::svg::escaped;
use crate::engine::ledger::{self, LedgerPart};
use crate::engine::number::{count, percent};
use crate::engine::pipeline::Run;
use crate::project::validate::{Problem, Severity};

pub fn figures(run: &Run) -> String {
    let report = &run.report;
    let rows: u64 = report.tables.iter().map(|table| table.rows_read).sum();
    let left_out: u64 = LedgerPart::ALL.iter().map(|&part| ledger::count(run, part)).sum();
    let figures = [
        ("Rows", rows, "The sum over all unified tables of rows read"),
        ("Customers", report.customers, "Customers before dropping − dropped"),
        ("Known", report.known, "Customers with a known identifier that is not blank"),
        ("Unknown", report.unknown, "Customers − known"),
        ("Merged", report.matched_records_only, "Customers made of two or more unique records"),
        ("Left out", left_out, "Corrupt + duplicates + dropped + ambiguous + refused + orphaned: the ledger below"),
    ];
    let mut out = "<div class=\"figures\">\n".to_owned();
    for (name, value, formula) in figures {
        let value = count(value);
        let _ = writeln!(out, "<div><dl><dt>{name}</dt><dd>{value}</dd></dl><small>{formula}</small></div>");
    }
    out + "</div>\n"
}

pub fn changes(page: &Page<'_>) -> String {
    format!("<section>\n<h2>Since the last run</h2>\n<p>{}</p>\n</section>\n", escaped(&page.since.sentence()))
}

pub fn problems(problems: &[Problem]) -> String {
    if problems.is_empty() {
        return String::new();
    }
    let mut out = "<section>\n<h2>Errors and warnings</h2>\n<ul>\n".to_owned();
    for problem in problems {
        let (class, word) =
            if problem.severity == Severity::Error { ("error", "Error") } else { ("warning", "Warning") };
        let (page, message, fix) = (problem.place.page(), escaped(&problem.message), escaped(&problem.fix));
        let _ = writeln!(out, "<li><b class=\"{class}\">{word}</b> {page}: {message} {fix}</li>");
    }
    out + "</ul>\n</section>\n"
}

/// A table: its title, columns, and rows of text; columns from `numbers` on are numbers.
fn table(title: &str, columns: &[&str], numbers: usize, rows: &[Vec<String>]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let class = |place: usize| if place >= numbers { " class=\"number\"" } else { "" };
    let mut out = format!("<section>\n<h2>{title}</h2>\n<table>\n<thead><tr>");
    for (place, column) in columns.iter().enumerate() {
        let _ = write!(out, "<th{}>{column}</th>", class(place));
    }
    out += "</tr></thead>\n<tbody>\n";
    for row in rows {
        out += "<tr>";
        for (place, cell) in row.iter().enumerate() {
            let _ = write!(out, "<td{}>{}</td>", class(place), escaped(cell));
        }
        out += "</tr>\n";
    }
    out + "</tbody>\n</table>\n</section>\n"
}

pub fn tables(run: &Run) -> String {
    let row = |of: &crate::engine::report::TableReport| {
        let numbers = [of.rows_read, of.corrupt, of.duplicates, of.unique, of.joined, of.own, of.dropped];
        let numbers = numbers.map(count);
        std::iter::once(of.table.clone()).chain(numbers).chain([percent(of.matched, of.unique)]).collect()
    };
    let rows: Vec<Vec<String>> = run.report.tables.iter().map(row).collect();
    let columns = ["Table", "Rows", "Corrupt", "Duplicates", "Unique", "Joined", "Own", "Dropped", "Matched"];
    let note = "<p class=\"weak\">Rows = corrupt + duplicates + unique; unique = joined + own + dropped; matched is \
                the share of unique records in a customer with another.</p>\n";
    let table = table("Tables", &columns, 1, &rows);
    if table.is_empty() { table } else { table + note }
}

pub fn rules(run: &Run) -> String {
    let report = &run.report;
    let deduplication = report
        .deduplication_rules
        .iter()
        .map(|rule| vec![rule.name.clone(), "Deduplication".to_owned(), rule.table.clone(), count(rule.duplicates)]);
    let matching = report.rules.iter().map(|rule| {
        let tables = format!("{} → {}", rule.table, rule.to_table);
        vec![rule.name.clone(), "Match".to_owned(), tables, count(rule.matches)]
    });
    let rows: Vec<Vec<String>> = deduplication.chain(matching).collect();
    table("Rules", &["Rule", "Kind", "Tables", "Rows found"], 3, &rows)
}

pub fn segments(run: &Run) -> String {
    let customers = run.report.customers;
    let segments = run.report.segments.iter();
    let rows: Vec<Vec<String>> =
        segments.map(|of| vec![of.name.clone(), count(of.members), percent(of.members, customers)]).collect();
    let activities = run.report.activities.iter();
    let linked: Vec<Vec<String>> =
        activities.map(|of| vec![of.name.clone(), count(of.linked), count(of.orphaned)]).collect();
    table("Activities", &["Activity", "Linked rows", "Orphaned rows"], 1, &linked)
        + &table("Segments", &["Segment", "Members", "Of all customers"], 1, &rows)
}

pub fn ledger(run: &Run) -> String {
    let rows: Vec<Vec<String>> = LedgerPart::ALL
        .iter()
        .map(|&part| vec![part.label().to_owned(), part.help().meaning().to_owned(), count(ledger::count(run, part))])
        .collect();
    table("What was left out, or was not plain", &["Part", "What it holds", "Rows"], 2, &rows)
}
