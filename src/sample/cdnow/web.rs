//! The web log of the CDNOW sample: visits on devices, some signed in, the checkouts on days of real purchases.

use super::truth::Truth;
use super::{Person, Purchase, loyalty_id, numbered};
use crate::engine::calendar::{MICROS_PER_DAY, MICROS_PER_SECOND};
use crate::engine::column::Column;
use crate::engine::table::Table;
use crate::sample::random::Random;

/// Share of the buyers whose purchases show in the web log.
const BUYERS_SEEN: f64 = 0.05;
/// Share of the members without a purchase who look around.
const MEMBERS_SEEN: f64 = 0.4;
/// Share of a member's visits that are signed in.
const SIGNED_IN: f64 = 0.5;
/// Visitors whom nobody knows, each on a device of its own.
const STRANGERS: u32 = 2_000;
/// 1997-01-01, and the days from there to the end of June 1998.
const FIRST_DAY: i32 = 9_862;
const DAYS: u64 = 546;

const VIEW: &str = "Product view";
const CART: &str = "Add to cart";
const CHECKOUT: &str = "Checkout";
const SIGN_IN: &str = "Loyalty sign-in";

/// One row of the log, before it is sorted by time.
struct Event {
    micros: i64,
    device: u32,
    /// The member who is signed in.
    member: Option<u32>,
    name: &'static str,
}

/// The devices and what happened on them.
struct Log<'a> {
    events: Vec<Event>,
    devices: Vec<Device>,
    random: &'a mut Random,
}

/// A device that was seen at least once.
struct Device {
    person: u32,
    signed_in: bool,
}

/// One visit: on a device, on a day, by a member or not, with a checkout at the end or not.
struct Visit {
    device: u32,
    day: i32,
    member: Option<u32>,
    checkout: bool,
}

/// The web table, in order of time; every device goes into the truth.
pub(super) fn log(people: &[Person], by_customer: &[Purchase], random: &mut Random, truth: &mut Truth) -> Table {
    let mut log = Log { events: Vec::new(), devices: Vec::new(), random };
    for (number, person) in (0u32..).zip(people) {
        log.visits_of(number, person, &by_customer[person.purchases.clone()]);
    }
    for stranger in 0..STRANGERS {
        let device = log.new_device(people.len() as u32 + stranger);
        for _ in 0..=log.random.below(2) {
            let day = log.any_day();
            log.visit(&Visit { device, day, member: None, checkout: false });
        }
    }
    let Log { mut events, devices, .. } = log;
    // Stable: what happened in one second stays in the order it was told.
    events.sort_by_key(|event| event.micros);
    for (number, device) in (0u32..).zip(&devices) {
        truth.add_visitor(visitor_id(number), device.person, device.signed_in);
    }
    table(&events)
}

impl Log<'_> {
    /// All visits of a buyer or member, if the log has any: one for each purchase, and some without.
    fn visits_of(&mut self, number: u32, person: &Person, purchases: &[Purchase]) {
        let seen = if purchases.is_empty() { MEMBERS_SEEN } else { BUYERS_SEEN };
        if !self.random.chance(seen) {
            return;
        }
        let mut days: Vec<(i32, bool)> = purchases.iter().map(|purchase| (purchase.date, true)).collect();
        for _ in 0..=self.random.below(2) {
            days.push((self.any_day(), false));
        }
        // One to three devices, but none that no visit uses: it would be in the truth and in no table.
        let mut devices: [Option<u32>; 3] = [None; 3];
        let count = 1 + u64::from(self.random.chance(0.4)) + u64::from(self.random.chance(0.15));
        for (day, checkout) in days {
            let which = self.random.below(count) as usize;
            let device = *devices[which].get_or_insert_with(|| self.new_device(number));
            let member = person.member.filter(|_| self.random.chance(SIGNED_IN));
            self.visit(&Visit { device, day, member, checkout });
        }
    }

    fn visit(&mut self, visit: &Visit) {
        self.devices[visit.device as usize].signed_in |= visit.member.is_some();
        // From eight in the morning, and over before midnight: a checkout is on the day of its purchase.
        let second = 8 * 3_600 + self.random.below(15 * 3_600) as i64;
        let mut micros = i64::from(visit.day) * MICROS_PER_DAY + second * MICROS_PER_SECOND;
        let sign_in = visit.member.map(|_| SIGN_IN);
        let views = 1 + self.random.below(2) as usize;
        let cart = (visit.checkout || self.random.chance(0.15)).then_some(CART);
        let checkout = visit.checkout.then_some(CHECKOUT);
        for name in sign_in.into_iter().chain(std::iter::repeat_n(VIEW, views)).chain(cart).chain(checkout) {
            self.events.push(Event { micros, device: visit.device, member: visit.member, name });
            micros += (20 + self.random.below(280) as i64) * MICROS_PER_SECOND;
        }
    }

    fn new_device(&mut self, person: u32) -> u32 {
        self.devices.push(Device { person, signed_in: false });
        self.devices.len() as u32 - 1
    }

    fn any_day(&mut self) -> i32 {
        FIRST_DAY + self.random.below(DAYS) as i32
    }
}

fn table(events: &[Event]) -> Table {
    let text = |cell: &dyn Fn(&Event) -> String| {
        let cells: Vec<String> = events.iter().map(cell).collect();
        Column::text_of(cells.iter().map(String::as_str))
    };
    Table::new([
        ("VisitID", numbered('V', events.len())),
        ("VisitTimeStamp", Column::Datetime(events.iter().map(|event| event.micros).collect())),
        ("VisitorID", text(&|event| visitor_id(event.device))),
        ("LoyaltyID", text(&|event| event.member.map(loyalty_id).unwrap_or_default())),
        ("EventName", Column::text_of(events.iter().map(|event| event.name))),
    ])
}

/// Opaque, as a cookie is, and never the same for two devices: every step can be undone.
fn visitor_id(device: u32) -> String {
    let mut x = device.wrapping_mul(0x9E37_79B1);
    x = (x ^ (x >> 15)).wrapping_mul(0x85EB_CA6B);
    format!("v{:08x}", x ^ (x >> 13))
}
