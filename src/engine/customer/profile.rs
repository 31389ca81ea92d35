//! One customer in full: fields with their origin, keys by table, segments, timeline. For the card.

mod cluster;

use std::collections::HashSet;

pub use cluster::ProfileCluster;

use super::customers::{CUSTOMER_ID, PREVIOUS_CUSTOMER_ID, PROFILE_STATE};
use super::naming::Naming;
use super::provenance::{self, Losing, Provenance};
use crate::engine::calendar;
use crate::engine::column::{BLANK_INTEGER, Column};
use crate::engine::identity::dedup::NO_RECORD;
use crate::engine::identity::membership::NO_CUSTOMER;
use crate::engine::insight::activities;
use crate::engine::pipeline::{Run, UnifiedTables};
use crate::project::{UnifiedField, unify};

/// Events of an activity shown on a card; all are counted.
const EVENTS: usize = 500;
/// Keys of a table shown on a card: one hot value may have fused many thousand records.
const LISTED: usize = 200;

/// A customer as a person looks at it. Plain values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    pub id: String,
    /// The ids that led to this customer before.
    pub previous_ids: Vec<String>,
    /// The person's name, else a key.
    pub title: String,
    /// Whether `title` is a name.
    pub is_named: bool,
    /// Where the picture is: a path, an address or a data URI.
    pub picture: Option<String>,
    /// `Known` or `Unknown`.
    pub state: String,
    /// Why, in words: `by Email`, or what is missing.
    pub reason: String,
    pub fields: Vec<ProfileField>,
    /// By table its keys, the preferred one first.
    pub keys: Vec<(String, Vec<String>)>,
    pub segments: Vec<String>,
    /// Those that other customers are in too.
    pub clusters: Vec<ProfileCluster>,
    /// Newest first, at most 500 an activity.
    pub events: Vec<ProfileEvent>,
    /// By activity how many there are.
    pub event_counts: Vec<(String, usize)>,
    /// When the first and the last were; empty without any.
    pub first_event: String,
    pub last_event: String,
}

impl Profile {
    /// All events, those not listed too.
    pub fn event_count(&self) -> usize {
        self.event_counts.iter().map(|(_, count)| count).sum()
    }
}

/// A unified field that is not blank.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfileField {
    pub name: String,
    pub semantic_type: Option<String>,
    pub value: String,
    /// The table the value comes from; the first of several.
    pub source: String,
    /// The row's number in that table's file, and its key.
    pub row: u32,
    pub key: String,
    /// Why this value, in words.
    pub reason: String,
    /// Other values of speaking rows, with their tables.
    pub others: Vec<(String, String)>,
    /// The same, and those of alternate rows, each with its place and why it lost.
    pub losing: Vec<Losing>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfileEvent {
    pub time: String,
    pub activity: String,
    pub title: String,
    pub detail: String,
    /// Whether it happened before its key became known.
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
    let Events { events, counts, first, last } = events(run, customer);
    let fields = fields(run, customer);
    let naming = Naming::of(&run.project);
    let (title, is_named) = naming.name(&customers.table, row);
    let previous = text(PREVIOUS_CUSTOMER_ID);
    Some(Profile {
        id: text(CUSTOMER_ID),
        previous_ids: previous.split(';').filter(|id| !id.is_empty()).map(str::to_owned).collect(),
        title,
        is_named,
        picture: naming.picture.as_deref().map(text).filter(|picture| !picture.is_empty()),
        state: text(PROFILE_STATE),
        reason: reason(&fields, &run.project.known_identifiers),
        fields,
        keys: keys(run, customer),
        segments: members.map(|(segment, _)| segment.name.clone()).collect(),
        clusters: cluster::clusters(&run.project, &customers.table, row),
        events,
        event_counts: counts,
        first_event: first,
        last_event: last,
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
    let of = |(field, cell): (UnifiedField, Provenance)| {
        let origin = cell.taken.into_iter().next()?;
        let others = cell.losing.iter().filter(|losing| !losing.is_alternate).map(|losing| &losing.origin);
        Some(ProfileField {
            semantic_type: unify::semantic_type(&run.project, &field).map(str::to_owned),
            name: field.name,
            value: cell.value,
            source: origin.table,
            row: origin.row,
            key: origin.key,
            reason: cell.reason,
            others: others.map(|origin| (origin.table.clone(), origin.value.clone())).collect(),
            losing: cell.losing,
        })
    };
    provenance::provenances(run, customer).into_iter().filter_map(of).collect()
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

/// What a card shows of the activities.
struct Events {
    events: Vec<ProfileEvent>,
    counts: Vec<(String, usize)>,
    first: String,
    last: String,
}

fn events(run: &Run, customer: u32) -> Events {
    let rows = run.activity_rows();
    let moments = activities::timeline(&rows, customer);
    let time = |micros: i64| if micros == BLANK_INTEGER { String::new() } else { calendar::datetime_text(micros) };
    let mut counts: Vec<(String, usize)> = rows.iter().map(|of| (of.activity.name.clone(), 0)).collect();
    let mut events = Vec::new();
    for moment in &moments {
        let of = &rows[moment.activity as usize];
        let (name, count) = &mut counts[moment.activity as usize];
        *count += 1;
        if *count > EVENTS {
            continue;
        }
        let cell = |column: Option<&Column>| column.map(|column| column.text(moment.row as usize).into_owned());
        events.push(ProfileEvent {
            time: time(moment.micros),
            activity: name.clone(),
            title: cell(of.table.column(&of.activity.event)).unwrap_or_default(),
            detail: cell(of.activity.detail.as_deref().and_then(|name| of.table.column(name))).unwrap_or_default(),
            while_unknown: of.was_unknown(moment.row) == 1,
        });
    }
    counts.retain(|(_, count)| *count > 0);
    let at = |moment: Option<&activities::Moment>| moment.map(|moment| time(moment.micros)).unwrap_or_default();
    Events { first: at(moments.last()), last: at(moments.first()), events, counts }
}
