//! The CDNOW sample: real purchases, and a loyalty table and a web log made up around them by a fixed seed.
//!
//! The purchases are those of 23,570 customers of an online music shop, made public by Peter Fader and Bruce Hardie.
//! What is made up: who joined the loyalty programme under which name and address, on which devices people came, when
//! they signed in, and visitors whom nobody knows. So the truth behind every key is known, and with it what a run
//! must find ([`Truth`]).

mod truth;
mod web;

use std::collections::HashMap;

pub use truth::{Expected, Truth};

use super::names;
use super::random::{Random, Weighted};
use crate::engine::calendar;
use crate::engine::column::Column;
use crate::engine::table::Table;

/// The seed of the tables in `assets/samples/cdnow`.
pub const SEED: u64 = 1997;

/// Share of the buying customers who joined the loyalty programme.
const MEMBER_SHARE: f64 = 0.60;
/// Members who have not bought yet: the programme knows no customer number of theirs.
const MEMBERS_WITHOUT_PURCHASE: u32 = 1_000;
/// Mail domains that can belong to nobody (RFC 2606).
const DOMAINS: [&str; 4] = ["example.com", "example.net", "example.org", "mail.example"];

/// One purchase, as the shop recorded it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purchase {
    /// The shop's number of the customer; written with five digits.
    pub customer: u32,
    /// Days since 1970-01-01.
    pub date: i32,
    pub cds: u32,
    pub cents: u32,
}

/// The sample's tables and what is true of them.
#[derive(Debug, Clone)]
pub struct Cdnow {
    /// LoyaltyID, CustomerNumber (blank for members who never bought), FullName, Email; one row a member.
    pub loyalty: Table,
    /// PurchaseID (`P` and the row's number), CustomerID, PurchaseDate, NumberOfCDs, Dollars, EventName (`Purchase`).
    pub purchases: Table,
    /// VisitID (`V` and the row's number), VisitTimeStamp, VisitorID, LoyaltyID (only while signed in), EventName; in order
    /// of time.
    pub web: Table,
    pub truth: Truth,
}

/// A line of the purchases text that cannot be read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} is not a purchase (customer, yyyymmdd, number of CDs, dollars): {text}")]
pub struct ParseError {
    /// The first line being 1.
    pub line: usize,
    pub text: String,
}

/// Reads the text of `CDNOW_master.txt`: a header, then customer, date as yyyymmdd, number of CDs and dollars,
/// separated by white space; empty lines are passed over.
///
/// # Errors
/// [`ParseError`] with the first line that is not of that form.
pub fn parse(raw: &str) -> Result<Vec<Purchase>, ParseError> {
    raw.lines()
        .enumerate()
        .skip(1)
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| parse_line(line).ok_or_else(|| ParseError { line: at + 1, text: line.trim().to_owned() }))
        .collect()
}

fn parse_line(line: &str) -> Option<Purchase> {
    let mut parts = line.split_whitespace();
    let customer = parts.next()?.parse().ok()?;
    let day: u32 = parts.next()?.parse().ok()?;
    let date = calendar::days_from_civil((day / 10_000) as i32, day / 100 % 100, day % 100)?;
    let cds = parts.next()?.parse().ok()?;
    let (whole, fraction) = parts.next()?.split_once('.')?;
    if fraction.len() != 2 || parts.next().is_some() {
        return None;
    }
    let cents = whole.parse::<u32>().ok()?.checked_mul(100)?.checked_add(fraction.parse().ok()?)?;
    Some(Purchase { customer, date, cds, cents })
}

/// Someone the sample is about. People are numbered from 0 in the order: buyers by customer number, members who
/// never bought, visitors whom nobody knows.
struct Person {
    customer: Option<u32>,
    /// The number in the loyalty programme.
    member: Option<u32>,
    /// First and last row of the person in the purchases grouped by customer.
    purchases: std::ops::Range<usize>,
}

/// Makes the three tables and the truth from the purchases. Equal purchases and an equal seed give equal tables.
pub fn derive(purchases: &[Purchase], seed: u64) -> Cdnow {
    let mut by_customer = purchases.to_vec();
    by_customer.sort_by_key(|purchase| purchase.customer);
    let people = people(&by_customer, &mut Random::new(seed, 0));
    let mut truth = Truth::default();
    let loyalty = loyalty(&people, &mut Random::new(seed, 1), &mut truth);
    for (number, person) in people.iter().enumerate() {
        if let Some(customer) = person.customer {
            truth.add_customer(customer_id(customer), number as u32, person.member.is_some());
        }
    }
    let web = web::log(&people, &by_customer, &mut Random::new(seed, 2), &mut truth);
    Cdnow { loyalty, purchases: purchase_table(purchases), web, truth }
}

/// The buyers and the members who never bought, some of the former members too.
fn people(by_customer: &[Purchase], random: &mut Random) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    let mut start = 0;
    for group in by_customer.chunk_by(|a, b| a.customer == b.customer) {
        let purchases = start..start + group.len();
        start = purchases.end;
        people.push(Person { customer: Some(group[0].customer), member: None, purchases });
    }
    let buyers = people.len();
    people.extend((0..MEMBERS_WITHOUT_PURCHASE).map(|_| Person { customer: None, member: None, purchases: 0..0 }));
    let mut members: Vec<usize> = (0..buyers).filter(|_| random.chance(MEMBER_SHARE)).collect();
    members.extend(buyers..people.len());
    // Members are numbered as they joined, which has nothing to do with the customer number.
    random.shuffle(&mut members);
    for (number, &person) in members.iter().enumerate() {
        people[person].member = Some(number as u32 + 1);
    }
    people
}

fn loyalty(people: &[Person], random: &mut Random, truth: &mut Truth) -> Table {
    let given: Vec<&str> = names::FIRST.split_whitespace().collect();
    let surnames: Vec<&str> = names::SURNAMES.split_whitespace().collect();
    let (first, last) = (Weighted::zipf(given.len(), 0.8), Weighted::zipf(surnames.len(), 0.75));
    let mut members: Vec<(u32, u32, Option<u32>)> =
        (0u32..).zip(people).filter_map(|(number, person)| Some((person.member?, number, person.customer))).collect();
    members.sort_unstable();
    let mut taken: HashMap<String, u32> = HashMap::new();
    let mut rows: [Vec<String>; 4] = std::array::from_fn(|_| Vec::with_capacity(members.len()));
    for (member, person, customer) in members {
        let (first, last) = (given[first.draw(random)], surnames[last.draw(random)]);
        let domain = random.pick(&DOMAINS);
        let local = format!("{}.{}", first.to_lowercase(), last.to_lowercase());
        let namesakes = taken.entry(format!("{local}@{domain}")).or_default();
        *namesakes += 1;
        let suffix = if *namesakes > 1 { namesakes.to_string() } else { String::new() };
        let id = loyalty_id(member);
        truth.add_member(id.clone(), person);
        let cells = [
            id,
            customer.map(customer_id).unwrap_or_default(),
            format!("{first} {last}"),
            format!("{local}{suffix}@{domain}"),
        ];
        rows.iter_mut().zip(cells).for_each(|(column, cell)| column.push(cell));
    }
    let text = |cells: &[String]| Column::text_of(cells.iter().map(String::as_str));
    Table::new([
        ("LoyaltyID", text(&rows[0])),
        ("CustomerNumber", text(&rows[1])),
        ("FullName", text(&rows[2])),
        ("Email", text(&rows[3])),
    ])
}

fn purchase_table(purchases: &[Purchase]) -> Table {
    let customers: Vec<String> = purchases.iter().map(|purchase| customer_id(purchase.customer)).collect();
    Table::new([
        ("PurchaseID", numbered('P', purchases.len())),
        ("CustomerID", Column::text_of(customers.iter().map(String::as_str))),
        ("PurchaseDate", Column::Date(purchases.iter().map(|purchase| purchase.date).collect())),
        ("NumberOfCDs", Column::Integer(purchases.iter().map(|purchase| i64::from(purchase.cds)).collect())),
        ("Dollars", Column::Number(purchases.iter().map(|purchase| f64::from(purchase.cents) / 100.0).collect())),
        ("EventName", Column::text_of(purchases.iter().map(|_| "Purchase"))),
    ])
}

/// A key for each row: text, which Parquet keeps smaller than numbers.
fn numbered(letter: char, rows: usize) -> Column {
    let keys: Vec<String> = (1..=rows).map(|row| format!("{letter}{row:05}")).collect();
    Column::text_of(keys.iter().map(String::as_str))
}

fn customer_id(customer: u32) -> String {
    format!("{customer:05}")
}

fn loyalty_id(member: u32) -> String {
    format!("M{member:05}")
}

#[cfg(test)]
mod tests;
