//! Activities: rows of a table tied to customers through the whole keyring (semantics 1.10).

use std::sync::Arc;

use crate::engine::column::{BLANK_BOOLEAN, BLANK_INTEGER, Column, TextColumn};
use crate::engine::customer::customers::CUSTOMER_ID;
use crate::engine::customer::known::UNKNOWN;
use crate::engine::customer::naming::{self, CUSTOMER, Naming};
use crate::engine::dictionary::{BLANK, Dictionary};
use crate::engine::groups::Groups;
use crate::engine::identity::dedup::{NO_RECORD, Records};
use crate::engine::identity::membership::NO_CUSTOMER;
use crate::engine::table::{NamedColumn, Table};
use crate::project::Activity;
use crate::task::{Cancelled, Task};

/// Columns of the activity table.
pub const COLUMNS: [&str; 10] = [
    CUSTOMER_ID,
    "ActivityId",
    "SourceTableName",
    "SourceActivityId",
    "ActivityType",
    "ActivityTimeStamp",
    "Title",
    "Description",
    "Url",
    WHILE_UNKNOWN,
];

/// Whether the visitor was unknown when it happened (semantics 1.9).
pub const WHILE_UNKNOWN: &str = "WhileUnknown";

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
    let customer_of_code = by_foreign_key(&foreign, &keys, NO_CUSTOMER, |key| customer_of_key[key as usize]);
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

/// What is said of a key, by the code of the foreign key that names it; `missing` where none does.
fn by_foreign_key<T: Copy>(foreign: &TextColumn, keys: &TextColumn, missing: T, of_key: impl Fn(u32) -> T) -> Vec<T> {
    let is_same = Arc::ptr_eq(&foreign.dictionary, &keys.dictionary);
    let find = |(code, value): (u32, &str)| {
        let key = match code {
            BLANK => None,
            _ if is_same => Some(code),
            _ => keys.dictionary.find(value),
        };
        key.map_or(missing, &of_key)
    };
    foreign.dictionary.iter().map(find).collect()
}

/// For each row of an activity's table whether its visitor was unknown then: the key became known later, or never.
/// A Boolean column, blank where the row is of no customer. `known_since` is asked by the code of the key, see
/// [`KnownSince`](crate::engine::customer::known::KnownSince).
pub fn while_unknown(
    activity: &Activity,
    table: &Table,
    target: &LinkTarget<'_>,
    linked: &LinkedActivity,
    known_since: impl Fn(u32) -> i64,
) -> Column {
    let mut unknown = vec![BLANK_BOOLEAN; table.rows];
    let columns = (table.column(&activity.link.column), table.column(&activity.timestamp));
    let (Some(column), Some(times)) = columns else { return Column::Boolean(unknown) };
    let (foreign, keys) = (column.to_text(), target.primary_key.to_text());
    let since = by_foreign_key(&foreign, &keys, UNKNOWN, known_since);
    for (row, (&code, &customer)) in foreign.codes.iter().zip(&linked.customer_of_row).enumerate() {
        if customer != NO_CUSTOMER {
            unknown[row] = u8::from(since[code as usize] > times.micros(row));
        }
    }
    Column::Boolean(unknown)
}

/// An activity with its table and its ties.
#[derive(Clone, Copy)]
pub struct ActivityRows<'a> {
    pub activity: &'a Activity,
    pub table_name: &'a str,
    pub table: &'a Table,
    pub linked: &'a LinkedActivity,
    /// By row whether its visitor was unknown then.
    pub while_unknown: &'a Column,
}

impl ActivityRows<'_> {
    /// Whether a row's visitor was unknown then: 1 or 0, or [`BLANK_BOOLEAN`] where it has no customer.
    pub fn was_unknown(&self, row: u32) -> u8 {
        match self.while_unknown {
            Column::Boolean(values) => values[row as usize],
            _ => BLANK_BOOLEAN,
        }
    }

    /// When a row happened, in microseconds; the start of the day for a date.
    pub fn time(&self, row: u32) -> i64 {
        self.table.column(&self.activity.timestamp).map_or(BLANK_INTEGER, |times| times.micros(row as usize))
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

/// All activities of all customers in the order of their table: newest first.
pub struct ActivityTable<'a> {
    activities: &'a [ActivityRows<'a>],
    moments: Vec<Moment>,
}

impl<'a> ActivityTable<'a> {
    pub fn of(activities: &'a [ActivityRows<'a>], task: &Task) -> Result<Self, Cancelled> {
        let mut moments: Vec<Moment> = Vec::new();
        // What is not shown in the timeline is not in the table either (semantics 1.10).
        for (place, of) in activities.iter().enumerate().filter(|(_, of)| of.activity.show_in_timeline) {
            let rows = of.linked.rows.items.iter();
            let times = of.table.column(&of.activity.timestamp);
            let time = |row: u32| times.map_or(BLANK_INTEGER, |times| times.micros(row as usize));
            moments.extend(rows.map(|&row| Moment { activity: place as u16, row, micros: time(row) }));
        }
        task.check()?;
        newest_first(&mut moments);
        task.check()?;
        Ok(Self { activities, moments })
    }

    /// One row an activity, with [`COLUMNS`].
    pub fn table(&self, customers: &Table) -> Table {
        let ids = customers.column(CUSTOMER_ID).map(Column::to_text).unwrap_or_default();
        let columns = [
            self.of_customers(&ids),
            self.constant(|of| &of.activity.id),
            self.constant(|of| of.table_name),
            self.field(|activity| Some(&activity.primary_key)),
            self.constant(|of| &of.activity.activity_type),
            Column::Datetime(self.moments.iter().map(|moment| moment.micros).collect()),
            self.field(|activity| Some(&activity.event)),
            self.field(|activity| activity.detail.as_deref()),
            self.field(|activity| activity.web_address.as_deref()),
            self.while_unknown(),
        ];
        Table::new(COLUMNS.into_iter().zip(columns))
    }

    /// The table as a screen shows it: what each row's customer is called comes first, and columns without any value
    /// are left out.
    pub fn shown(&self, customers: &Table, naming: &Naming) -> Table {
        let mut table = self.table(customers);
        let named = naming::with_names(customers, naming);
        if let Some(names) = named.columns.first() {
            table.columns.insert(0, NamedColumn::shared(CUSTOMER, self.of_customers(&names.data.to_text())));
        }
        table.columns.retain(|column| (0..table.rows).any(|row| !column.data.is_blank(row)));
        table
    }

    /// For each row what a column of the customers says of its customer.
    fn of_customers(&self, texts: &TextColumn) -> Column {
        let codes = self.moments.iter().map(|moment| {
            let customer = self.activity(moment).linked.customer_of_row[moment.row as usize];
            texts.codes[customer as usize]
        });
        Column::Text(TextColumn { codes: codes.collect(), dictionary: Arc::clone(&texts.dictionary) })
    }

    /// The column [`WHILE_UNKNOWN`] of the table: the only one that depends on when keys became known.
    pub fn while_unknown(&self) -> Column {
        Column::Boolean(self.moments.iter().map(|moment| self.activity(moment).was_unknown(moment.row)).collect())
    }

    fn activity(&self, moment: &Moment) -> &ActivityRows<'a> {
        &self.activities[moment.activity as usize]
    }

    /// What is the same in all rows of an activity.
    fn constant(&self, value: impl Fn(&'a ActivityRows<'a>) -> &'a str) -> Column {
        let of: TextColumn = self.activities.iter().map(value).collect();
        let codes = self.moments.iter().map(|moment| of.codes[moment.activity as usize]).collect();
        Column::Text(TextColumn { codes, dictionary: of.dictionary })
    }

    /// One column over the tables of all activities, as text.
    fn field(&self, name: impl Fn(&Activity) -> Option<&str>) -> Column {
        let columns = self.activities.iter().map(|of| name(of.activity).and_then(|name| of.table.column(name)));
        let sources: Vec<TextColumn> =
            columns.map(|column| column.map(Column::to_text).unwrap_or_default().into_owned()).collect();
        // Nearly always one table holds nearly all values: its dictionary is taken as it stands.
        let largest = (0..sources.len()).max_by_key(|&place| sources[place].dictionary.len());
        let mut dictionary = largest.map(|place| Arc::clone(&sources[place].dictionary)).unwrap_or_default();
        let others = sources.iter().enumerate().map(|(place, text)| (Some(place) != largest).then_some(text));
        let code_of: Vec<Option<Vec<u32>>> = others.map(|text| merge(text?, &mut dictionary)).collect();
        let code = |moment: &Moment| {
            let (place, row) = (moment.activity as usize, moment.row as usize);
            let code = sources[place].codes.get(row).copied().unwrap_or(BLANK);
            code_of[place].as_ref().map_or(code, |code_of| code_of[code as usize])
        };
        let codes = self.moments.iter().map(code).collect();
        Column::Text(TextColumn { codes, dictionary })
    }
}

/// Brings a column's values into a dictionary: their codes there by their own; `None` where it has no values.
fn merge(text: &TextColumn, dictionary: &mut Arc<Dictionary>) -> Option<Vec<u32>> {
    if text.dictionary.is_empty() {
        return None;
    }
    let into = Arc::make_mut(dictionary);
    Some(text.dictionary.iter().map(|(_, value)| into.intern(value)).collect())
}
