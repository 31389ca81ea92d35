//! Examples: tiny projects that show one idea each, with what they come to, which a test holds them to.

use super::embedded::{Sample, files};

/// Every example, in the order of the steps they are about.
pub const EXAMPLES: &[Sample] = &[
    Sample {
        name: "blank_key",
        title: msg!("A row without a key"),
        description: msg!(
            "Three contacts, one of them without a primary key: it takes no part, and is listed as such."
        ),
        files: files!("examples/blank_key": "contacts.csv", "expected.json", "blank_key.tributary"),
    },
    Sample {
        name: "duplicates",
        title: msg!("Duplicates by two rules"),
        description: msg!("Three rows of one person, no two rules of which join all: groups that share a row are one."),
        files: files!("examples/duplicates": "contacts.csv", "expected.json", "duplicates.tributary"),
    },
    Sample {
        name: "twins",
        title: msg!("Twins are two people"),
        description: msg!("Same surname, city and birth date, another first name: an exception keeps them apart."),
        files: files!("examples/twins": "people.csv", "expected.json", "twins.tributary"),
    },
    Sample {
        name: "approximate",
        title: msg!("Names that are nearly the same"),
        description: msg!(
            "A match rule by degrees with a threshold of 80\u{a0}%: Jaqueline is found, Frank is not Franklin."
        ),
        files: files!("examples/approximate": "crm.csv", "orders.csv", "expected.json", "approximate.tributary"),
    },
    Sample {
        name: "rule_order",
        title: msg!("The first rule decides"),
        description: msg!(
            "A visitor with the e-mail of one record and the phone of another joins the one of the first rule."
        ),
        files: files!("examples/rule_order": "loyalty.csv", "store.csv", "web.csv", "expected.json", "rule_order.tributary"),
    },
    Sample {
        name: "ambiguous",
        title: msg!("One record, two to choose from"),
        description: msg!("A record that matches two customers under one rule joins one of them, and is reported."),
        files: files!("examples/ambiguous": "shop.csv", "news.csv", "expected.json", "ambiguous.tributary"),
    },
    Sample {
        name: "include_all",
        title: msg!("Records that match nothing"),
        description: msg!(
            "Without Include all records two visitors are in no customer; tick it and they are unknown ones."
        ),
        files: files!("examples/include_all": "loyalty.csv", "web.csv", "expected.json", "include_all.tributary"),
    },
    Sample {
        name: "becomes_known",
        title: msg!("A visitor becomes known"),
        description: msg!("A visitor looks around, signs in a day later, and keeps what was done while unknown."),
        files: files!("examples/becomes_known": "loyalty.csv", "web.csv", "expected.json", "becomes_known.tributary"),
    },
    Sample {
        name: "segment",
        title: msg!("Looked, but never bought"),
        description: msg!(
            "A segment over activities: viewed, known, except those who checked out; and why one rule finds none."
        ),
        files: files!("examples/segment": "loyalty.csv", "web.csv", "expected.json", "segment.tributary"),
    },
];
