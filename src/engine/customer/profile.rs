//! One customer in full: fields with their origin, keys by table, segments, timeline. For the card.

use std::collections::HashSet;

use super::customers::{CUSTOMER_ID, PROFILE_STATE};
use crate::engine::calendar;
use crate::engine::column::{BLANK_INTEGER, Column};
use crate::engine::identity::dedup::NO_RECORD;
use crate::engine::identity::membership::NO_CUSTOMER;
use crate::engine::insight::activities;
use crate::engine::pipeline::{Run, UnifiedTables};
use crate::project::unify;

/// Events shown on a card; all are counted.
const EVENTS: usize = 500;
/// Keys of a table, and values of a field, shown on a card: one hot value may have fused many thousand records.
const LISTED: usize = 200;

/// A customer as a person looks at it. Plain values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    pub id: String,
    /// `Known` or `Unknown`.
    pub state: String,
    /// Why, in words: `by Email`, or what is missing.
    pub reason: String,
    pub fields: Vec<ProfileField>,
    /// By table its keys, the preferred one first.
    pub keys: Vec<(String, Vec<String>)>,
    pub segments: Vec<String>,
    /// Newest first, at most 500.
    pub events: Vec<ProfileEvent>,
    pub event_count: usize,
}

/// A unified field that is not blank.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfileField {
    pub name: String,
    pub semantic_type: Option<String>,
    pub value: String,
    /// The table the value comes from.
    pub source: String,
    /// Other values, with their tables: of lower rank, or of other records.
    pub others: Vec<(String, String)>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfileEvent {
    pub time: String,
    pub activity: String,
    pub title: String,
    pub detail: String,
    /// Whether the visitor was unknown then.
    pub while_unknown: bool,
}

/// The customer at a row of the customer table; `None` where there is none.
pub fn profile(run: &Run, customer: u32) -> Option<Profile> {
    let customers = run.customers.as_ref()?;
    let row = customer as usize;
    if row >= customers.table.rows {
        return None;
    }
    let text =
        |name: &str| customers.table.column(name).map(|column| column.text(row).into_owned()).unwrap_or_default();
    let members =
        run.project.segments.iter().zip(&run.segments).filter(|(_, result)| result.members.contains(customer));
    let (events, event_count) = events(run, customer);
    let fields = fields(run, customer);
    Some(Profile {
        id: text(CUSTOMER_ID),
        state: text(PROFILE_STATE),
        reason: reason(&fields, &run.project.known_identifiers),
        fields,
        keys: keys(run, customer),
        segments: members.map(|(segment, _)| segment.name.clone()).collect(),
        events,
        event_count,
    })
}

/// By which field a profile is known, or which identifiers it has none of.
fn reason(fields: &[ProfileField], known_identifiers: &[String]) -> String {
    let identifies =
        |field: &&ProfileField| field.semantic_type.as_ref().is_some_and(|it| known_identifiers.contains(it));
    if let Some(field) = fields.iter().find(identifies) {
        return format!("by {}", field.name);
    }
    let names: Vec<&str> = known_identifiers.iter().map(|it| it.rsplit('.').next().unwrap_or(it)).collect();
    format!("no {}", names.join(", no "))
}

/// Tables' names, each with a customer's row.
pub type Owners = Vec<(String, u32)>;

/// The customers that a text is a key of: for each unified table that has it, the table's name and the customer's row.
/// Exact and case-sensitive, winners and alternates alike.
pub fn owners(run: &Run, key: &str) -> Owners {
    let Some(matched) = &run.matched else { return Vec::new() };
    let unified = UnifiedTables::of(run);
    let mut owners = Vec::new();
    for (place, (table, name)) in unified.match_tables().iter().zip(unified.names()).enumerate() {
        let row = match table.primary_key {
            Column::Text(text) => {
                let code = if key.is_empty() { None } else { text.dictionary.find(key) };
                code.and_then(|code| text.codes.iter().position(|&other| other == code))
            }
            Column::Integer(values) => {
                let wanted = key.parse().ok().filter(|wanted: &i64| wanted.to_string() == key);
                wanted.and_then(|wanted| values.iter().position(|&value| value == wanted))
            }
            other => (0..other.len()).find(|&row| !other.is_blank(row) && other.text(row) == key),
        };
        let record = row.map(|row| table.records.record_of_row[row]).filter(|&record| record != NO_RECORD);
        let offset = matched.matching.offsets[place];
        let customer = record.map(|record| matched.membership.customer_of_record[(offset + record) as usize]);
        owners.extend(customer.filter(|&customer| customer != NO_CUSTOMER).map(|customer| (name.to_owned(), customer)));
    }
    owners
}

fn fields(run: &Run, customer: u32) -> Vec<ProfileField> {
    let Some(matched) = &run.matched else { return Vec::new() };
    let unified = UnifiedTables::of(run);
    let (tables, names) = (unified.match_tables(), unified.names());
    let mut fields = Vec::new();
    for field in unify::unified_fields(&run.project).into_iter().filter(|field| !field.excluded) {
        let mut values: Vec<(String, String)> = Vec::new();
        let mut seen: HashSet<(usize, String)> = HashSet::new();
        for member in &field.members {
            let Some(place) = tables.iter().position(|table| table.id == member.source_table) else { continue };
            let Some(column) = tables[place].table.column(&member.column) else { continue };
            for &record in matched.membership.records[place].of(customer) {
                let row = tables[place].records.value_row(&member.column, record) as usize;
                let value = column.text(row);
                if !column.is_blank(row) && values.len() < LISTED && seen.insert((place, value.to_string())) {
                    values.push((names[place].to_owned(), value.into_owned()));
                }
            }
        }
        let mut values = values.into_iter();
        let Some((source, value)) = values.next() else { continue };
        let others = values.filter(|(_, other)| *other != value).collect();
        let semantic_type = unify::semantic_type(&run.project, &field).map(str::to_owned);
        fields.push(ProfileField { name: field.name, semantic_type, value, source, others });
    }
    fields
}

fn keys(run: &Run, customer: u32) -> Vec<(String, Vec<String>)> {
    let Some(matched) = &run.matched else { return Vec::new() };
    let unified = UnifiedTables::of(run);
    let mut all = Vec::new();
    for (place, (table, name)) in unified.match_tables().iter().zip(unified.names()).enumerate() {
        let mut keys: Vec<String> = Vec::new();
        let mut seen: HashSet<String> = HashSet::new();
        for &record in matched.membership.records[place].of(customer) {
            let winner = table.records.winners[record as usize];
            let rows = std::iter::once(winner).chain(table.records.rows().of(record).iter().copied());
            for row in rows {
                let key = table.primary_key.text(row as usize).into_owned();
                if seen.insert(key.clone()) && keys.len() < LISTED {
                    keys.push(key);
                }
            }
        }
        if !keys.is_empty() {
            if seen.len() > keys.len() {
                keys.push(format!("and {} more", seen.len() - keys.len()));
            }
            all.push((name.to_owned(), keys));
        }
    }
    all
}

fn events(run: &Run, customer: u32) -> (Vec<ProfileEvent>, usize) {
    let rows = run.activity_rows();
    let moments = activities::timeline(&rows, customer);
    let count = moments.len();
    let events = moments.into_iter().take(EVENTS).map(|moment| {
        let of = &rows[moment.activity as usize];
        let cell = |column: Option<&Column>| column.map(|column| column.text(moment.row as usize).into_owned());
        ProfileEvent {
            time: if moment.micros == BLANK_INTEGER { String::new() } else { calendar::datetime_text(moment.micros) },
            activity: of.activity.name.clone(),
            title: cell(of.table.column(&of.activity.event)).unwrap_or_default(),
            detail: cell(of.activity.detail.as_deref().and_then(|name| of.table.column(name))).unwrap_or_default(),
            while_unknown: of.was_unknown(moment.row) == 1,
        }
    });
    (events.collect(), count)
}
