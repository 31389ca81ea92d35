//! The true people, and what a record says of them, right or wrong.

use super::ROWS_PER_CHECK;
use super::csv::push_number;
use crate::sample::names;
use crate::sample::random::{Beta, Random, Weighted};
use crate::task::{Cancelled, Task};

// Rates of noise, each for a record by itself.
const SHARED_EMAIL: f64 = 0.004;
const EMAIL_MISSING: f64 = 0.08;
const EMAIL_OTHER: f64 = 0.08;
const EMAIL_TYPO: f64 = 0.03;
const EMAIL_CASE: f64 = 0.25;
const EMAIL_SPACE: f64 = 0.03;
const PHONE_MISSING: f64 = 0.15;
const PHONE_TYPO: f64 = 0.02;
const BIRTH_MISSING: f64 = 0.15;
const BIRTH_WRONG: f64 = 0.03;
const POST_MISSING: f64 = 0.10;
const POST_MOVED: f64 = 0.07;
/// Records kept with care lack birth date and postal code less often.
const CAREFUL: f64 = 0.3;

const POSTAL_CODES: u64 = 20_000;
/// 1940-01-01 in days since 1970, and the days that birth dates spread over.
const FIRST_BIRTH: i32 = -10_958;
const BIRTH_DAYS: f64 = 24_800.0;

const DOMAINS: [&str; 8] =
    ["gmail.com", "outlook.com", "yahoo.com", "hotmail.com", "icloud.com", "example.com", "proton.me", "web.de"];
const DOMAIN_SHARES: [f64; 8] = [0.38, 0.17, 0.14, 0.10, 0.08, 0.06, 0.04, 0.03];
const SEPARATORS: [&str; 4] = [".", "_", "", "-"];
const SEPARATOR_SHARES: [f64; 4] = [0.6, 0.15, 0.2, 0.05];

/// A true customer.
pub(super) struct Person {
    first: u16,
    last: u16,
    /// Makes the address unique without giving the customer's number away.
    number: u32,
    phone: u64,
    birth: i32,
    post: u16,
    separator: u8,
    domain: u8,
    /// Uses the address of the person before, of one household.
    shares_email: bool,
}

/// All true customers, and the words they are made of.
pub(super) struct People {
    pub(super) all: Vec<Person>,
    first: Vec<&'static str>,
    last: Vec<String>,
    domains: Weighted,
}

/// What a record says of someone; empty where it says nothing.
#[derive(Default)]
pub(super) struct Contact {
    pub(super) email: Vec<u8>,
    pub(super) phone: Vec<u8>,
    /// Days since 1970.
    pub(super) birth: Option<i32>,
    /// Index of the postal code, also where the record leaves it out: the city follows from it.
    pub(super) post: u64,
    pub(super) post_given: bool,
}

impl People {
    pub(super) fn new(count: usize, random: &mut Random, task: &Task) -> Result<Self, Cancelled> {
        let first: Vec<&str> = names::FIRST.split_whitespace().collect();
        let mut last: Vec<String> = names::SURNAMES.split_whitespace().take(250).map(str::to_owned).collect();
        for ending in names::ENDINGS.split_whitespace() {
            last.extend(names::STEMS.split_whitespace().map(|stem| format!("{stem}{ending}")));
        }
        let (firsts, lasts) = (Weighted::zipf(first.len(), 0.8), Weighted::zipf(last.len(), 0.75));
        let (posts, births) = (Beta::new(1.0, 1.6), Beta::new(1.6, 1.4));
        let (separators, domains) = (Weighted::new(SEPARATOR_SHARES), Weighted::new(DOMAIN_SHARES));
        let mut numbers: Vec<u32> = (0..count as u32).collect();
        random.shuffle(&mut numbers);
        let mut all = Vec::with_capacity(count);
        for (at, number) in numbers.into_iter().enumerate() {
            if at % ROWS_PER_CHECK == 0 {
                task.advance_to(at as u64)?;
            }
            all.push(Person {
                first: firsts.draw(random) as u16,
                last: lasts.draw(random) as u16,
                number,
                phone: 2_010_000_000 + random.below(7_889_999_999),
                birth: FIRST_BIRTH + (births.draw(random) * BIRTH_DAYS) as i32,
                post: (posts.draw(random) * POSTAL_CODES as f64) as u16,
                separator: separators.draw(random) as u8,
                domain: domains.draw(random) as u8,
                shares_email: random.chance(SHARED_EMAIL),
            });
        }
        Ok(Self { all, first, last, domains })
    }

    pub(super) fn first(&self, person: u32) -> &'static str {
        self.first[usize::from(self.all[person as usize].first)]
    }

    pub(super) fn last(&self, person: u32) -> &str {
        &self.last[usize::from(self.all[person as usize].last)]
    }

    fn push_email(&self, person: u32, email: &mut Vec<u8>) {
        let address = person.saturating_sub(u32::from(self.all[person as usize].shares_email));
        let owner = &self.all[address as usize];
        email.extend_from_slice(self.first(address).as_bytes());
        email.extend_from_slice(SEPARATORS[usize::from(owner.separator)].as_bytes());
        email.extend_from_slice(self.last(address).as_bytes());
        push_number(email, u64::from(owner.number), 1);
        email.push(b'@');
        email.extend_from_slice(DOMAINS[usize::from(owner.domain)].as_bytes());
        email.make_ascii_lowercase();
    }

    /// What a record says of how to reach someone; `careless` records are wrong at times.
    pub(super) fn contact(&self, person: u32, careless: bool, random: &mut Random, contact: &mut Contact) {
        self.email(person, careless, random, &mut contact.email);
        let known = &self.all[person as usize];
        let mistyped = careless && random.chance(PHONE_TYPO);
        let number = known.phone + if mistyped { (1 + random.below(8)) * 10 } else { 0 };
        contact.phone.clear();
        if !random.chance(PHONE_MISSING) {
            push_phone(&mut contact.phone, number, random.below(5));
        }
        let rate = if careless { 1.0 } else { CAREFUL };
        let wrong = careless && random.chance(BIRTH_WRONG);
        let birth = known.birth + if wrong { 1 + random.below(399) as i32 } else { 0 };
        contact.birth = (!random.chance(BIRTH_MISSING * rate)).then_some(birth);
        let moved = careless && random.chance(POST_MOVED);
        contact.post = if moved { random.below(POSTAL_CODES) } else { u64::from(known.post) };
        contact.post_given = !random.chance(POST_MISSING * rate);
    }

    fn email(&self, person: u32, careless: bool, random: &mut Random, email: &mut Vec<u8>) {
        email.clear();
        if random.chance(EMAIL_MISSING) {
            return;
        }
        if !careless {
            return self.push_email(person, email);
        }
        if random.chance(EMAIL_OTHER) {
            email.extend_from_slice(self.last(person).to_ascii_lowercase().as_bytes());
            push_number(email, 1_000_000 + random.below(99_000_000), 1);
            email.push(b'@');
            email.extend_from_slice(DOMAINS[self.domains.draw(random)].as_bytes());
        } else {
            self.push_email(person, email);
        }
        mistype(email, EMAIL_TYPO, random);
        let style = random.unit();
        if style < EMAIL_CASE * 0.6 {
            capitalize(email);
        } else if style > 1.0 - EMAIL_CASE * 0.4 {
            email.make_ascii_uppercase();
        }
        if random.chance(EMAIL_SPACE) {
            email.push(b' ');
        }
    }
}

/// A ten-digit number in one of five common spellings.
fn push_phone(phone: &mut Vec<u8>, number: u64, style: u64) {
    let around: [&str; 3] = match style {
        0 => ["(", ") ", "-"],
        1 => ["", "-", "-"],
        2 => ["+1 ", " ", " "],
        3 => ["", ".", "."],
        _ => ["", "", ""],
    };
    let parts = [(number / 10_000_000, 3), (number / 10_000 % 1_000, 3), (number % 10_000, 4)];
    for (before, (part, digits)) in around.into_iter().zip(parts) {
        phone.extend_from_slice(before.as_bytes());
        push_number(phone, part, digits);
    }
}

/// Puts one random edit into `rate` of the texts: a letter dropped, doubled, replaced or swapped with the next one.
/// The first letter stays; texts of up to two letters stay as they are.
pub(super) fn mistype(text: &mut Vec<u8>, rate: f64, random: &mut Random) {
    if !random.chance(rate) || text.len() <= 2 {
        return;
    }
    let at = 1 + random.below(text.len() as u64 - 1) as usize;
    match random.below(4) {
        0 => drop(text.remove(at)),
        1 => text.insert(at, text[at]),
        2 => text[at] = b"abcdefghiklmnoprstuvwyz"[random.below(23) as usize],
        _ => {
            let other = (at + 1).min(text.len() - 1);
            text.swap(at, other);
        }
    }
}

/// Upper case after everything that is not a letter or digit.
fn capitalize(text: &mut [u8]) {
    let mut begins = true;
    for byte in text {
        if begins {
            byte.make_ascii_uppercase();
        }
        begins = !byte.is_ascii_alphanumeric();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_and_capitals_are_spelled_as_people_do() {
        let phone = |style| {
            let mut phone = Vec::new();
            push_phone(&mut phone, 2_010_004_007, style);
            String::from_utf8(phone).unwrap()
        };
        let spelled = [0, 1, 2, 3, 4].map(phone);
        assert_eq!(spelled, ["(201) 000-4007", "201-000-4007", "+1 201 000 4007", "201.000.4007", "2010004007"]);
        let mut email = b"ann.lee7@web.de".to_vec();
        capitalize(&mut email);
        assert_eq!(email, b"Ann.Lee7@Web.De");
    }

    #[test]
    fn a_typo_is_one_edit_behind_the_first_letter() {
        let mut random = Random::new(1, 0);
        for _ in 0..1_000 {
            let mut text = b"abcdef".to_vec();
            mistype(&mut text, 1.0, &mut random);
            assert_eq!(text[0], b'a');
            assert!((5..=7).contains(&text.len()));
        }
        let mut short = b"Al".to_vec();
        mistype(&mut short, 1.0, &mut random);
        assert_eq!(short, b"Al");
    }
}
