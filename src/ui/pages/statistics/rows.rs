//! The rows behind the number that was clicked last.

use std::sync::Arc;

use eframe::egui::{self, Ui};

use super::find;
use crate::engine::customer::customers::CUSTOMER_ID;
use crate::engine::pipeline::Run;
use crate::engine::quality::{joins, records, sizes};
use crate::engine::table::Table;
use crate::engine::view::{ViewFilter, ViewSpec};
use crate::task::Task;
use crate::ui::context::PageCx;
use crate::ui::pages::{live, parts};
use crate::ui::widgets::{form, grid, layout};
use crate::workbench::{Command, Page};

/// What is shown before a number is clicked.
pub const EVERYBODY: &str = msg!("All customers, as the project stands now");

/// Which rows are shown, and what they are.
#[derive(Clone, PartialEq)]
pub struct Shown {
    pub rows: Rows,
    pub title: String,
}

/// Rows that a number can stand for.
#[derive(Clone, PartialEq)]
pub enum Rows {
    Customers,
    /// Unique records and what became of them.
    Records,
    /// A source table, by its id.
    Source(String),
    /// What a deduplication rule joins: the table's and the rule's id.
    Joins(String, String),
    Sizes,
    WeaklyHeld,
    Changes,
    /// The hot values of a rule, by its id.
    HotValues(String),
}

impl Rows {
    /// The name of the grid that shows them.
    fn grid(&self) -> &'static str {
        match self {
            Self::Customers => tr!("customers of the draft"),
            Self::Records => tr!("records"),
            Self::Source(_) => tr!("source rows"),
            Self::Joins(..) => tr!("joined rows"),
            Self::Sizes => tr!("sizes"),
            Self::WeaklyHeld => tr!("weakly held customers"),
            Self::Changes => tr!("changed customers"),
            Self::HotValues(_) => tr!("hot values"),
        }
    }
}

/// Shows rows on the page Statistics, filtered and sorted so.
pub fn open(
    cx: &mut PageCx<'_>,
    rows: Rows,
    title: impl Into<String>,
    filters: &[(&str, &str)],
    sort: Option<(&str, bool)>,
) {
    let spec = ViewSpec {
        filters: filters.iter().map(|&(column, value)| ViewFilter::only(column, value)).collect(),
        sort: sort.map(|(column, descending)| (column.to_owned(), descending)).into_iter().collect(),
        ..ViewSpec::default()
    };
    cx.memory.rewind_grid(rows.grid());
    cx.memory.views.insert(rows.grid().to_owned(), spec);
    cx.memory.statistics.shown = Some(Shown { rows, title: title.into() });
    if cx.workbench.page != Page::Statistics {
        cx.send(Command::Go(Page::Statistics));
    }
}

/// The right half of the page.
pub fn rows_ui(ui: &mut Ui, cx: &mut PageCx<'_>, run: &Arc<Run>) {
    let all = || Shown { rows: Rows::Customers, title: crate::text::of(EVERYBODY).to_owned() };
    let shown = cx.memory.statistics.shown.clone().unwrap_or_else(all);
    layout::preview_ui(ui, &shown.title, |ui| {
        let Some(table) = table(cx, run, &shown.rows) else {
            form::empty_ui(ui, tr!("The rows are being listed…"), None);
            return;
        };
        if table.columns.is_empty() {
            form::empty_ui(ui, tr!("What was shown here is no more."), None);
            return;
        }
        let has_customers = table.column(CUSTOMER_ID).is_some();
        if has_customers && cx.workbench.published.is_some() {
            parts::hint_ui(ui, tr!("Click a row to open the customer's card."));
        } else if matches!(shown.rows, Rows::HotValues(_)) {
            parts::hint_ui(ui, tr!("Click a row to see the rows that hold these values."));
        }
        let name = shown.rows.grid();
        let outcome = match shown.rows {
            Rows::Customers => live::customers_grid_ui(ui, cx, name, &table),
            _ => grid::table_ui(ui, cx, name, &table),
        };
        // Arrow keys only walk; a click or Enter opens.
        let is_click = ui.input(|input| input.pointer.any_click());
        if let Some(row) = outcome.activated.or(outcome.selected.filter(|_| is_click)) {
            match &shown.rows {
                Rows::HotValues(rule) => open_value(cx, run, rule, &table, row),
                _ if has_customers => open_customer(cx, &table, row),
                _ => {}
            }
        }
    });
}

/// The rows themselves; `None` while they are listed.
fn table(cx: &mut PageCx<'_>, run: &Arc<Run>, rows: &Rows) -> Option<Arc<Table>> {
    match rows {
        Rows::Customers => run.customers.as_ref().map(|customers| Arc::clone(&customers.table)),
        Rows::Records => find(cx, "statistics records", run, records::records),
        Rows::Source(id) => Some(run.source(id).map(|source| Arc::clone(&source.table)).unwrap_or_default()),
        Rows::Joins(table, rule) => {
            let (table, rule) = (table.clone(), rule.clone());
            let name = format!("statistics joins {rule}");
            find(cx, &name, run, move |run| joins::joins(run, &table, &rule, &Task::default()).unwrap_or_default())
        }
        Rows::Sizes => super::sizes::find(cx, run).map(|sizes| Arc::clone(&sizes.table)),
        Rows::WeaklyHeld => {
            let sizes = super::sizes::find(cx, run)?;
            let customers = sizes.table.rows;
            cx.workbench.find("statistics weakly held", &sizes, customers, sizes::weakly_held).value
        }
        Rows::Changes if !super::changes::can_tell(cx) => Some(Arc::default()),
        Rows::Changes => super::changes::find(cx, run).map(|changes| Arc::clone(&changes.table)),
        Rows::HotValues(rule) => super::hot::table(cx, run, rule),
    }
}

/// The source rows that hold a hot value, as it stands there.
fn open_value(cx: &mut PageCx<'_>, run: &Run, rule: &str, table: &Table, row: usize) {
    let with_rule = |of: &&crate::project::UnificationTable| {
        of.deduplication_rules.iter().any(|other| other.id == rule)
            || of.match_rules.iter().any(|other| other.id == rule)
    };
    let Some(source) = run.project.unification.iter().find(with_rule).map(|of| of.source_table.clone()) else { return };
    let cells: Vec<(&str, String)> = table
        .columns
        .iter()
        .filter(|column| column.name != super::hot::RECORDS)
        .map(|column| (column.name.as_str(), column.data.text(row).into_owned()))
        .collect();
    let filters: Vec<(&str, &str)> = cells.iter().map(|(column, value)| (*column, value.as_str())).collect();
    let title = tr!("Rows of {table_name} that hold a hot value", table_name = run.project.table_name(&source));
    open(cx, Rows::Source(source), title, &filters, None);
}

/// The card of a customer, which is of the last run.
pub fn open_customer(cx: &mut PageCx<'_>, table: &Table, row: usize) {
    let id = table.column(CUSTOMER_ID).map(|ids| ids.text(row).into_owned()).filter(|id| !id.is_empty());
    if let Some(id) = id {
        cx.open_customer(id);
    }
}

/// A number in a column of its own, to the right.
pub fn right_ui<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), add).inner
}

/// Ends a line of such columns: an empty cell takes the room that a grid gives to its last one.
pub fn end_ui(ui: &mut Ui) {
    ui.label("");
    ui.end_row();
}
