//! The CRM and the loyalty table: records of people, some twice.

use std::path::Path;

use super::contact::{Contact, People, mistype};
use super::csv::{push_date, push_number, push_text, push_time};
use super::{Output, ROWS_PER_CHECK, SampleError};
use crate::sample::names;
use crate::sample::random::Random;
use crate::task::{Task, Unit};

const CRM_SHARE: f64 = 0.90;
const CRM_TWICE: f64 = 0.04;
const LOYALTY_SHARE: f64 = 0.60;
const LOYALTY_TWICE: f64 = 0.05;
// Names of the second CRM records.
const FIRST_TYPO: f64 = 0.04;
const LAST_TYPO: f64 = 0.05;
// Names in the loyalty table.
const NAME_TYPO: f64 = 0.08;
const NICKNAME: f64 = 0.04;
const SWAP_NAMES: f64 = 0.01;
const INITIAL_ONLY: f64 = 0.01;
const UPPER_CASE: f64 = 0.05;

/// 2026-07-01 00:00:00 in seconds since 1970: everything happened before.
pub(super) const NOW: i64 = 1_782_864_000;
const DAY: i64 = 86_400;

const CITIES: [&str; 28] = [
    "Springfield",
    "Riverside",
    "Franklin",
    "Clinton",
    "Fairview",
    "Salem",
    "Madison",
    "Georgetown",
    "Arlington",
    "Ashland",
    "Burlington",
    "Manchester",
    "Oxford",
    "Milton",
    "Newport",
    "Dover",
    "Hudson",
    "Kingston",
    "Auburn",
    "Dayton",
    "Lexington",
    "Milford",
    "Winchester",
    "Jackson",
    "Cleveland",
    "Bristol",
    "Centerville",
    "Cambridge",
];

/// For each customer the number of the first loyalty record, or 0.
pub(super) type Members = Vec<u32>;

/// Writes crm.csv: most customers, a few of them twice, the second record older and careless.
pub(super) fn write_crm(
    dir: &Path,
    people: &People,
    random: &mut Random,
    truth: &mut Output,
    task: &Task,
) -> Result<Output, SampleError> {
    let header = "ContactID,FirstName,LastName,Email,Phone,BirthDate,City,PostalCode,ModifiedOn";
    let mut output = Output::new(dir, "crm.csv", header)?;
    let records = draw_records(people, CRM_SHARE, CRM_TWICE, random);
    task.begin_of("CRM", records.len() as u64, Unit::Rows);
    let mut contact = Contact::default();
    let (mut first, mut last) = (Vec::new(), Vec::new());
    for (at, &(person, again)) in records.iter().enumerate() {
        if at % ROWS_PER_CHECK == 0 {
            task.advance_to(at as u64)?;
        }
        people.contact(person, again, random, &mut contact);
        set(&mut first, people.first(person));
        set(&mut last, people.last(person));
        if again {
            mistype(&mut first, FIRST_TYPO, random);
            mistype(&mut last, LAST_TYPO, random);
        }
        let (younger, spread) = if again { (30, 900) } else { (0, 700) };
        let modified = moment(random, spread) - younger * DAY;
        let row = &mut output.row;
        push_key(row, b'C', at);
        for name in [&first, &last] {
            row.push(b',');
            push_text(row, name);
        }
        push_contact(row, &contact);
        row.push(b',');
        row.extend_from_slice(CITIES[contact.post as usize % CITIES.len()].as_bytes());
        push_post(row, &contact);
        row.push(b',');
        push_time(row, modified);
        row.push(b'\n');
        output.end()?;
        push_truth(truth, "crm", b'C', at, person)?;
    }
    Ok(output)
}

/// Writes loyalty.csv: more than half of the customers, a few of them twice, all records careless.
pub(super) fn write_loyalty(
    dir: &Path,
    people: &People,
    random: &mut Random,
    truth: &mut Output,
    task: &Task,
) -> Result<(Output, Members), SampleError> {
    let header = "LoyaltyID,FullName,Email,Phone,BirthDate,PostalCode,RewardPoints,Tier,JoinedOn";
    let mut output = Output::new(dir, "loyalty.csv", header)?;
    let records = draw_records(people, LOYALTY_SHARE, LOYALTY_TWICE, random);
    let mut members = vec![0; people.all.len()];
    task.begin_of("Loyalty", records.len() as u64, Unit::Rows);
    let (mut contact, mut name) = (Contact::default(), Vec::new());
    for (at, &(person, _)) in records.iter().enumerate() {
        if at % ROWS_PER_CHECK == 0 {
            task.advance_to(at as u64)?;
        }
        let member = &mut members[person as usize];
        if *member == 0 {
            *member = at as u32 + 1;
        }
        full_name(people, person, random, &mut name);
        people.contact(person, true, random, &mut contact);
        let points = (random.log_normal(6.0, 1.2) as u64).min(250_000);
        let tier = match points {
            ..500 => "Bronze",
            500..2_000 => "Silver",
            2_000..8_000 => "Gold",
            _ => "Platinum",
        };
        let joined = moment(random, 1_500).div_euclid(DAY) as i32;
        let row = &mut output.row;
        push_key(row, b'L', at);
        row.push(b',');
        push_text(row, &name);
        push_contact(row, &contact);
        push_post(row, &contact);
        row.push(b',');
        push_number(row, points, 1);
        row.push(b',');
        row.extend_from_slice(tier.as_bytes());
        row.push(b',');
        push_date(row, joined);
        row.push(b'\n');
        output.end()?;
        push_truth(truth, "loyalty", b'L', at, person)?;
    }
    Ok((output, members))
}

/// Who has a record, in the order of the table, and whether it is the second one.
fn draw_records(people: &People, share: f64, twice: f64, random: &mut Random) -> Vec<(u32, bool)> {
    let mut records: Vec<(u32, bool)> =
        (0..people.all.len() as u32).filter(|_| random.chance(share)).map(|person| (person, false)).collect();
    for at in 0..records.len() {
        if random.chance(twice) {
            records.push((records[at].0, true));
        }
    }
    random.shuffle(&mut records);
    records
}

/// The name as someone wrote it on a form.
fn full_name(people: &People, person: u32, random: &mut Random, name: &mut Vec<u8>) {
    let mut first = people.first(person).as_bytes().to_vec();
    let mut last = people.last(person).as_bytes().to_vec();
    if random.chance(NICKNAME)
        && let Some((_, nickname)) = names::NICKNAMES.iter().find(|(given, _)| given.as_bytes() == first)
    {
        set(&mut first, nickname);
    }
    mistype(&mut first, NAME_TYPO / 2.0, random);
    mistype(&mut last, NAME_TYPO, random);
    let style = random.unit();
    name.clear();
    if style < SWAP_NAMES {
        [last.as_slice(), b", ", &first].into_iter().for_each(|part| name.extend_from_slice(part));
    } else if style < SWAP_NAMES + INITIAL_ONLY {
        [&first[..1], b". ", &last].into_iter().for_each(|part| name.extend_from_slice(part));
    } else {
        [first.as_slice(), b" ", &last].into_iter().for_each(|part| name.extend_from_slice(part));
        if style < SWAP_NAMES + INITIAL_ONLY + UPPER_CASE {
            name.make_ascii_uppercase();
        }
    }
}

/// A moment in the last `days`, in seconds since 1970.
fn moment(random: &mut Random, days: i64) -> i64 {
    NOW - random.below((days * DAY) as u64) as i64
}

fn set(text: &mut Vec<u8>, value: &str) {
    text.clear();
    text.extend_from_slice(value.as_bytes());
}

/// A record's key, such as `C00000001` for the first one.
pub(super) fn push_key(row: &mut Vec<u8>, letter: u8, at: usize) {
    row.push(letter);
    push_number(row, at as u64 + 1, 8);
}

/// Email, phone and birth date, each after a comma.
fn push_contact(row: &mut Vec<u8>, contact: &Contact) {
    for text in [&contact.email, &contact.phone] {
        row.push(b',');
        row.extend_from_slice(text);
    }
    row.push(b',');
    if let Some(birth) = contact.birth {
        push_date(row, birth);
    }
}

fn push_post(row: &mut Vec<u8>, contact: &Contact) {
    row.push(b',');
    if contact.post_given {
        push_number(row, contact.post + 10_000, 1);
    }
}

fn push_truth(truth: &mut Output, source: &str, letter: u8, at: usize, person: u32) -> Result<(), SampleError> {
    truth.row.extend_from_slice(source.as_bytes());
    truth.row.push(b',');
    push_key(&mut truth.row, letter, at);
    truth.row.push(b',');
    push_number(&mut truth.row, u64::from(person), 1);
    truth.row.push(b'\n');
    truth.end()
}
