//! What is true of the CDNOW sample's keys, and what a run of its project must therefore find.

use std::collections::{BTreeMap, BTreeSet};

/// The person behind every key of the sample's tables.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Truth {
    loyalty: BTreeMap<String, u32>,
    customers: BTreeMap<String, u32>,
    visitors: BTreeMap<String, u32>,
    /// Buyers who are members.
    buying_members: u64,
    /// Devices on which their owner signed in at least once.
    signed_in_visitors: u64,
    /// Members who bought or signed in.
    matched_members: BTreeSet<u32>,
}

/// What a run of the sample's project finds when it unifies without an error.
///
/// A device on which nobody ever signed in cannot be tied to anyone, so it is a customer of its own. A customer is
/// known by the default list of known identifiers: with an email address, which only the loyalty table has. A buyer
/// outside the loyalty programme has a customer number but nothing to be reached by, and is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    /// Buyers, members who never bought, and devices on which nobody signed in.
    pub customers: u64,
    /// Members.
    pub known: u64,
    /// All other customers.
    pub unknown: u64,
    /// Loyalty records, customers among the purchases, and devices.
    pub unique_source_records: u64,
    /// Customers and devices that join a member.
    pub record_matches: u64,
    /// Members who bought or signed in: customers made of at least two records.
    pub matched_records_only: u64,
}

impl Truth {
    /// The number of the person whom a primary key of a table (`Loyalty`, `Purchases` or `Web`) belongs to; `None`
    /// where the table has no such key. A device of someone who never signed in on it belongs to that person all
    /// the same, though no table says so.
    pub fn person(&self, table: &str, key: &str) -> Option<u32> {
        self.of_table(table)?.get(key).copied()
    }

    /// Every key of a table with its person, in order of the keys; nothing for another table.
    pub fn keys(&self, table: &str) -> impl Iterator<Item = (&str, u32)> {
        self.of_table(table).into_iter().flatten().map(|(key, &person)| (key.as_str(), person))
    }

    /// What a run must find.
    pub fn expected(&self) -> Expected {
        let count = |keys: &BTreeMap<String, u32>| keys.len() as u64;
        let (members, buyers, visitors) = (count(&self.loyalty), count(&self.customers), count(&self.visitors));
        let customers = members + (buyers - self.buying_members) + (visitors - self.signed_in_visitors);
        Expected {
            customers,
            known: members,
            unknown: customers - members,
            unique_source_records: members + buyers + visitors,
            record_matches: self.buying_members + self.signed_in_visitors,
            matched_records_only: self.matched_members.len() as u64,
        }
    }

    fn of_table(&self, table: &str) -> Option<&BTreeMap<String, u32>> {
        match table {
            "Loyalty" => Some(&self.loyalty),
            "Purchases" => Some(&self.customers),
            "Web" => Some(&self.visitors),
            _ => None,
        }
    }

    pub(super) fn add_member(&mut self, loyalty_id: String, person: u32) {
        self.loyalty.insert(loyalty_id, person);
    }

    pub(super) fn add_customer(&mut self, customer_id: String, person: u32, member: bool) {
        self.customers.insert(customer_id, person);
        if member {
            self.buying_members += 1;
            self.matched_members.insert(person);
        }
    }

    pub(super) fn add_visitor(&mut self, visitor_id: String, person: u32, signed_in: bool) {
        self.visitors.insert(visitor_id, person);
        if signed_in {
            self.signed_in_visitors += 1;
            self.matched_members.insert(person);
        }
    }
}
