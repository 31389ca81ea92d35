//! The web log: sessions on devices, a few signed in, a very few on somebody else's device; events in order of time.

use std::path::Path;

use super::csv::{push_number, push_time};
use super::records::{NOW, push_key};
use super::{EVENTS_PER_CUSTOMER, Output, ROWS_PER_CHECK, SampleError};
use crate::sample::random::{Random, Weighted};
use crate::task::{Cancelled, Task, Unit};

/// Share of a member's sessions that are signed in.
const SIGNED_IN: f64 = 0.30;
/// Share of the sessions on a device that belongs to someone else.
const GUEST: f64 = 0.003;
/// Share of the signed-in events that are the sign-in itself, and of the others that carry the loyalty id.
const SIGN_IN: f64 = 0.2;
const ID_SHOWN: f64 = 0.6;
const EVENTS_PER_SESSION: f64 = 3.5;
const SESSION_SECONDS: u64 = 1_800;
const HISTORY_SECONDS: u64 = 365 * 86_400;
/// The spread of how much people visit, as deviation of the logarithm.
const ACTIVITY: f64 = 0.9;
/// e^(0.9² / 2), the mean of that activity.
const MEAN_ACTIVITY: f64 = 1.499_302_500_056_767;

const CATEGORIES: [&str; 10] =
    ["Coffee", "Tea", "Grinders", "Machines", "Filters", "Mugs", "Syrups", "Snacks", "Books", "Gifts"];
const PRODUCTS: usize = 30;
const EVENTS: [&str; 4] = ["Product view", "Add to cart", "Checkout", "Loyalty sign-in"];
const SHARES: [f64; 3] = [0.81, 0.12, 0.07];
const CHECKOUT: usize = 2;
const LOYALTY_SIGN_IN: usize = 3;

/// A visit on one device. Twelve bytes: there are three for each customer.
struct Session {
    owner: u32,
    device: u32,
    /// Seconds since the beginning of the history, doubled, and one more where signed in.
    start_and_signed_in: u32,
}

impl Session {
    fn start(&self) -> u32 {
        self.start_and_signed_in / 2
    }

    fn is_signed_in(&self) -> bool {
        self.start_and_signed_in % 2 == 1
    }
}

/// Writes web_events.csv, and into the truth the owner of every device that was used.
pub(super) fn write_events(
    dir: &Path,
    members: &[u32],
    random: &mut Random,
    truth: &mut Output,
    task: &Task,
) -> Result<Output, SampleError> {
    let header = "EventID,EventTimeStamp,UserID,LoyaltyID,EventName,Category,Product,Amount";
    let mut output = Output::new(dir, "web_events.csv", header)?;
    task.begin("Sessions");
    let owners = devices(members.len(), random);
    let sessions = sessions(members, &owners, random, task)?;
    let order = events_in_time(&sessions, random, task)?;
    task.begin_of("Web events", order.len() as u64, Unit::Rows);
    let kinds = Weighted::new(SHARES);
    let (categories, products) = (Weighted::zipf(CATEGORIES.len(), 0.6), Weighted::zipf(PRODUCTS, 0.7));
    let from = NOW - HISTORY_SECONDS as i64;
    for (at, &event) in order.iter().enumerate() {
        if at % ROWS_PER_CHECK == 0 {
            task.advance_to(at as u64)?;
        }
        let (second, session) = (event >> 32, &sessions[event as u32 as usize]);
        let signed_in = session.is_signed_in();
        let sign_in = signed_in && random.chance(SIGN_IN);
        let kind = if sign_in { LOYALTY_SIGN_IN } else { kinds.draw(random) };
        let row = &mut output.row;
        push_number(row, at as u64 + 1, 1);
        row.push(b',');
        push_time(row, from + second as i64);
        row.push(b',');
        push_device(row, session.device);
        row.push(b',');
        if signed_in && (sign_in || random.chance(ID_SHOWN)) {
            push_key(row, b'L', members[session.owner as usize] as usize - 1);
        }
        row.push(b',');
        row.extend_from_slice(EVENTS[kind].as_bytes());
        row.push(b',');
        if kind != LOYALTY_SIGN_IN {
            push_product(row, categories.draw(random), products.draw(random));
        } else {
            row.push(b',');
        }
        row.push(b',');
        if (1..=CHECKOUT).contains(&kind) {
            push_amount(row, random);
        }
        row.push(b'\n');
        output.end()?;
    }
    write_owners(&owners, &sessions, truth)?;
    Ok(output)
}

/// The owner of every device, in order of the owners.
fn devices(customers: usize, random: &mut Random) -> Vec<u32> {
    (0..customers as u32)
        .flat_map(|owner| std::iter::repeat_n(owner, 1 + random.poisson(0.55).min(3) as usize))
        .collect()
}

fn sessions(members: &[u32], owners: &[u32], random: &mut Random, task: &Task) -> Result<Vec<Session>, Cancelled> {
    let mut sessions = Vec::new();
    let mut first = 0;
    for devices in owners.chunk_by(|a, b| a == b) {
        let owner = devices[0];
        if sessions.len() % ROWS_PER_CHECK == 0 {
            task.check()?;
        }
        let activity = random.log_normal(0.0, ACTIVITY) / MEAN_ACTIVITY;
        for _ in 0..random.poisson(activity * EVENTS_PER_CUSTOMER / EVENTS_PER_SESSION) {
            let share = random.unit();
            let guest = random.chance(GUEST);
            // The first device is used the most.
            let mine = first + (share * share * devices.len() as f64) as u32;
            let device = if guest { random.below(owners.len() as u64) as u32 } else { mine };
            let start = random.below(HISTORY_SECONDS) as u32;
            let signed_in = members[owner as usize] > 0 && random.chance(SIGNED_IN);
            sessions.push(Session { owner, device, start_and_signed_in: 2 * start + u32::from(signed_in) });
        }
        first += devices.len() as u32;
    }
    Ok(sessions)
}

/// Every event as its second in the upper half and its session in the lower, in order of time.
fn events_in_time(sessions: &[Session], random: &mut Random, task: &Task) -> Result<Vec<u64>, Cancelled> {
    let mut order = Vec::with_capacity(sessions.len() * 7 / 2);
    for (number, session) in sessions.iter().enumerate() {
        if number % ROWS_PER_CHECK == 0 {
            task.check()?;
        }
        for _ in 0..=random.poisson(EVENTS_PER_SESSION - 1.0) {
            let second = u64::from(session.start()) + random.below(SESSION_SECONDS);
            order.push((second << 32) | number as u64);
        }
    }
    order.sort_unstable();
    Ok(order)
}

fn push_product(row: &mut Vec<u8>, category: usize, product: usize) {
    let category = CATEGORIES[category].as_bytes();
    row.extend_from_slice(category);
    row.push(b',');
    row.extend_from_slice(category);
    row.push(b' ');
    push_number(row, product as u64 + 1, 2);
}

/// Dollars and cents.
fn push_amount(row: &mut Vec<u8>, random: &mut Random) {
    let cents = (random.log_normal(3.0, 0.7) * 100.0).round() as u64;
    push_number(row, cents / 100, 1);
    row.push(b'.');
    push_number(row, cents % 100, 2);
}

/// An opaque id of a device: twelve hex digits of a permutation of 48 bits.
fn push_device(row: &mut Vec<u8>, device: u32) {
    const MASK: u64 = (1 << 48) - 1;
    let mut x = u64::from(device);
    for factor in [0x9E37_79B9_7F4B_u64, 0xBF58_476D_1CE5] {
        x = x.wrapping_mul(factor) & MASK;
        x ^= x >> 23;
    }
    row.push(b'v');
    row.extend((0..12).rev().map(|digit| b"0123456789abcdef"[(x >> (4 * digit)) as usize & 15]));
}

fn write_owners(owners: &[u32], sessions: &[Session], truth: &mut Output) -> Result<(), SampleError> {
    let mut used = vec![false; owners.len()];
    sessions.iter().for_each(|session| used[session.device as usize] = true);
    for (device, (&owner, _)) in owners.iter().zip(&used).enumerate().filter(|(_, (_, used))| **used) {
        truth.row.extend_from_slice(b"web,");
        push_device(&mut truth.row, device as u32);
        truth.row.push(b',');
        push_number(&mut truth.row, u64::from(owner), 1);
        truth.row.push(b'\n');
        truth.end()?;
    }
    Ok(())
}
