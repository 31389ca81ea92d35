//! Activities: rows of a table tied to customers through the whole keyring (semantics 1.10).

use std::sync::Arc;

use crate::engine::calendar::MICROS_PER_DAY;
use crate::engine::column::{BLANK_DATE, BLANK_INTEGER, Column, TextColumn};
use crate::engine::customer::customers::CUSTOMER_ID;
use crate::engine::dictionary::{BLANK, Dictionary};
use crate::engine::groups::Groups;
use crate::engine::identity::dedup::{NO_RECORD, Records};
use crate::engine::identity::membership::NO_CUSTOMER;
use crate::engine::table::Table;
use crate::project::Activity;
use crate::task::{Cancelled, Task};

/// Columns of the activity table.
pub const COLUMNS: [&str; 9] = [
    CUSTOMER_ID,
    "ActivityId",
    "SourceTableName",
    "SourceActivityId",
    "ActivityType",
    "ActivityTimeStamp",
    "Title",
    "Description",
    "Url",
];

/// One kind of activity, tied to customers.
#[derive(Debug, Clone)]
pub struct LinkedActivity {
    /// The activity's id in the project.
    pub id: String,
    /// For each row of its table the customer, or [`NO_CUSTOMER`].
    pub customer_of_row: Vec<u32>,
    /// By customer its rows, in the file's order.
    pub rows: Groups,
    pub linked: u64,
    /// The other rows: the key is blank or in no profile, or the time is blank.
    pub orphaned: u64,
}

/// The key side of an activity's link: a unified table.
pub struct LinkTarget<'a> {
    pub primary_key: &'a Column,
    pub records: &'a Records,
    /// For each record of the table, its customer or [`NO_CUSTOMER`].
    pub customers: &'a [u32],
}

/// Ties every row of an activity's table to a customer. `customers` is their number.
pub fn link(
    activity: &Activity,
    table: &Table,
    target: &LinkTarget<'_>,
    customers: usize,
    task: &Task,
) -> Result<LinkedActivity, Cancelled> {
    let keys = target.primary_key.to_text();
    let mut customer_of_key = vec![NO_CUSTOMER; keys.dictionary.len()];
    for (row, &key) in keys.codes.iter().enumerate() {
        let record = target.records.record_of_row[row];
        if record != NO_RECORD && key != BLANK {
            customer_of_key[key as usize] = target.customers[record as usize];
        }
    }
    task.check()?;
    let times = table.column(&activity.timestamp);
    let mut linked = LinkedActivity {
        id: activity.id.clone(),
        customer_of_row: vec![NO_CUSTOMER; table.rows],
        rows: Groups::default(),
        linked: 0,
        orphaned: table.rows as u64,
    };
    let Some(column) = table.column(&activity.link.column) else { return Ok(linked) };
    let foreign = column.to_text();
    let customer_of_code: Vec<u32> = if Arc::ptr_eq(&foreign.dictionary, &keys.dictionary) {
        customer_of_key
    } else {
        let find = |(_, value): (u32, &str)| {
            let key = if value.is_empty() { None } else { keys.dictionary.find(value) };
            key.map_or(NO_CUSTOMER, |key| customer_of_key[key as usize])
        };
        foreign.dictionary.iter().map(find).collect()
    };
    for (row, &code) in foreign.codes.iter().enumerate() {
        let customer = customer_of_code[code as usize];
        if customer != NO_CUSTOMER && times.is_some_and(|times| !times.is_blank(row)) {
            linked.customer_of_row[row] = customer;
            linked.linked += 1;
        }
    }
    linked.orphaned = table.rows as u64 - linked.linked;
    task.check()?;
    linked.rows = Groups::by_number(&linked.customer_of_row, customers);
    Ok(linked)
}

/// An activity with its table and its ties.
#[derive(Clone, Copy)]
pub struct ActivityRows<'a> {
    pub activity: &'a Activity,
    pub table_name: &'a str,
    pub table: &'a Table,
    pub linked: &'a LinkedActivity,
}

impl ActivityRows<'_> {
    /// When a row happened, in microseconds; the start of the day for a date.
    pub fn time(&self, row: u32) -> i64 {
        match self.table.column(&self.activity.timestamp) {
            Some(Column::Datetime(values)) => values[row as usize],
            Some(Column::Date(values)) if values[row as usize] != BLANK_DATE => {
                i64::from(values[row as usize]) * MICROS_PER_DAY
            }
            _ => BLANK_INTEGER,
        }
    }
}

/// One entry of a timeline: the activity by its place, its row, and when it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    pub activity: u16,
    pub row: u32,
    pub micros: i64,
}

/// Newest first; at equal times the later row of a table is newer, and tables stand in the order of the activities.
fn newest_first(moments: &mut [Moment]) {
    moments.sort_unstable_by(|a, b| b.micros.cmp(&a.micros).then(a.activity.cmp(&b.activity)).then(b.row.cmp(&a.row)));
}

/// The timeline of one customer.
pub fn timeline(activities: &[ActivityRows<'_>], customer: u32) -> Vec<Moment> {
    let mut moments: Vec<Moment> = Vec::new();
    for (place, of) in activities.iter().enumerate() {
        if of.activity.show_in_timeline && (customer as usize) < of.linked.rows.len() {
            let rows = of.linked.rows.of(customer);
            moments.extend(rows.iter().map(|&row| Moment { activity: place as u16, row, micros: of.time(row) }));
        }
    }
    newest_first(&mut moments);
    moments
}

/// All activities of all customers as one table with [`COLUMNS`], newest first.
pub fn activity_table(activities: &[ActivityRows<'_>], customers: &Table, task: &Task) -> Result<Table, Cancelled> {
    let mut moments: Vec<Moment> = Vec::new();
    // What is not shown in the timeline is not in the table either (semantics 1.10).
    for (place, of) in activities.iter().enumerate().filter(|(_, of)| of.activity.show_in_timeline) {
        let rows = of.linked.rows.items.iter();
        moments.extend(rows.map(|&row| Moment { activity: place as u16, row, micros: of.time(row) }));
    }
    task.check()?;
    newest_first(&mut moments);
    task.check()?;
    let ids = customers.column(CUSTOMER_ID).map(Column::to_text).unwrap_or_default();
    let id_codes = moments.iter().map(|moment| {
        let customer = activities[moment.activity as usize].linked.customer_of_row[moment.row as usize];
        ids.codes[customer as usize]
    });
    let id_column = Column::Text(TextColumn { codes: id_codes.collect(), dictionary: Arc::clone(&ids.dictionary) });
    let constant = |value: fn(&ActivityRows<'_>) -> String| {
        let names: Vec<String> = activities.iter().map(value).collect();
        let of: TextColumn = names.iter().map(String::as_str).collect();
        let codes = moments.iter().map(|moment| of.codes[moment.activity as usize]).collect();
        Column::Text(TextColumn { codes, dictionary: of.dictionary })
    };
    let field = |name: fn(&Activity) -> Option<&str>| collect(activities, &moments, name);
    let columns = [
        id_column,
        constant(|of| of.activity.id.clone()),
        constant(|of| of.table_name.to_owned()),
        field(|activity| Some(&activity.primary_key)),
        constant(|of| of.activity.activity_type.clone()),
        Column::Datetime(moments.iter().map(|moment| moment.micros).collect()),
        field(|activity| Some(&activity.event)),
        field(|activity| activity.detail.as_deref()),
        field(|activity| activity.web_address.as_deref()),
    ];
    Ok(Table::new(COLUMNS.into_iter().zip(columns)))
}

/// One column over the tables of all activities, as text.
fn collect(activities: &[ActivityRows<'_>], moments: &[Moment], name: fn(&Activity) -> Option<&str>) -> Column {
    const UNSEEN: u32 = u32::MAX;
    let sources: Vec<_> = activities
        .iter()
        .map(|of| name(of.activity).and_then(|name| of.table.column(name)).map(Column::to_text))
        .collect();
    let mut dictionary = Dictionary::default();
    let mut codes_of: Vec<Vec<u32>> = sources
        .iter()
        .map(|text| text.as_ref().map_or(Vec::new(), |text| vec![UNSEEN; text.dictionary.len()]))
        .collect();
    let codes = moments
        .iter()
        .map(|moment| {
            let Some(text) = &sources[moment.activity as usize] else { return BLANK };
            let code = text.codes[moment.row as usize];
            let known = &mut codes_of[moment.activity as usize][code as usize];
            if *known == UNSEEN {
                *known = dictionary.intern(text.dictionary.get(code));
            }
            *known
        })
        .collect();
    Column::Text(TextColumn { codes, dictionary: Arc::new(dictionary) })
}
