//! Keyring, known and unknown: `_Alternate` columns, the AlternateKey table, BecameKnownOn and what was done while
//! unknown (semantics 1.6, 1.9, cases 10, 13, 16, 28, 29, 40).

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value, json};
use tributary::engine::activate::results::key_table;
use tributary::engine::insight::activities::ActivityTable;
use tributary::engine::stage::StageCache;
use tributary::project::source::semantic;
use tributary::project::{Activity, ActivityLink, Operator, Project, SegmentCondition, SetOperator, Subject, edit};

use tributary::task::Task;

use super::harness::{
    AS_OF, Folder, Results, Rows, condition, deduplication_rule, event, is, match_rule, run_project, segment, state,
    unify, web,
};

const COFFEE: &str = "coffee.tributary";
const SIGN_IN: &str = "5,07-24-2022 09:00:00,Unknown1,707,Loyalty sign-in\n";
/// [`AS_OF`] as a column writes it.
const NOW: &str = "2023-01-23 00:00:00";

fn coffee() -> Folder {
    Folder::sample("coffee")
}

/// The coffee shop after the visitor signed in.
fn signed_in() -> Folder {
    let folder = coffee();
    folder.append("web.csv", SIGN_IN);
    folder
}

/// Table, key and when it became known.
fn became_known(results: &Results) -> Vec<String> {
    let keys = results.rows("alternate_keys").pick(["TableName", "AlternateValue", "BecameKnownOn"]);
    let mut keys: Vec<String> = keys.into_iter().map(|row| row.join(" ").trim_end().to_owned()).collect();
    keys.sort_unstable();
    keys
}

/// Events with whether they were while unknown, newest first.
fn while_unknown(results: &Results) -> Vec<[String; 2]> {
    results.rows("activities").pick(["SourceActivityId", "WhileUnknown"])
}

fn unknown_then() -> SegmentCondition {
    is(Subject::WhileUnknown { activity: "web_activity".to_owned() }, Operator::IsTrue, &[])
}

#[test]
fn case_10_the_sign_in_made_the_visitor_known() {
    let folder = signed_in();
    folder.edit(COFFEE, |project| project.unification_table_mut("web").unwrap().include_all_records = false);
    let results = folder.run(COFFEE);
    let expected = [
        "Loyalty 707",
        "Loyalty 808",
        "Store S1",
        "Store S2",
        "Web Auth234 2022-07-23 10:05:00",
        "Web Unknown1 2022-07-24 09:00:00",
    ];
    assert_eq!(became_known(&results), expected);
    // The keyring names both visitor ids, the preferred one (MAX PK) first.
    let customers = results.rows("customers").pick(["Web_UserID", "Web_UserID_Alternate", "BecameKnownOn"]);
    assert_eq!(customers[0], ["Unknown1", "Unknown1;Auth234", "2022-07-23 10:05:00"]);
    assert_eq!(while_unknown(&results), [["5", "false"], ["3", "false"], ["2", "false"], ["1", "true"]]);
    let (ana, _) = folder.lookup(COFFEE, "Web:Unknown1");
    assert_eq!(ana["keyring"]["Web"], json!(["Unknown1", "Auth234"]));
    assert_eq!(ana["BecameKnownOn"], "2022-07-23 10:05:00");
    assert!(ana["fields"].get("Web_UserID_Alternate").is_none(), "{ana}");
}

#[test]
fn case_13_every_key_is_in_the_keyring_and_the_customer_table() {
    let results = coffee().run(COFFEE);
    let keys = results.rows("alternate_keys");
    let columns = [
        "DataSourceName",
        "TableName",
        "AlternateValue",
        "KeyRing",
        "CustomerId",
        "AlternateKeyId",
        "Identifier",
        "Preferred",
        "BecameKnownOn",
    ];
    assert_eq!(keys.header, columns);
    assert_eq!(keys.rows.len(), 7);
    let ring: Value = serde_json::from_str(&keys.column("KeyRing")[0]).unwrap();
    let entry = |table: &str, key: &str| json!({"dataSourceName": table, "tableName": table, "preferredKey": key, "keys": [key]});
    assert_eq!(ring, json!([entry("Loyalty", "707"), entry("Store", "S1"), entry("Web", "Auth234")]));
    assert_eq!(keys.column("Identifier")[2], "Web|Web|Auth234");
    let ids = keys.column("AlternateKeyId");
    let guid = |id: &String| id.len() == 36 && id.split('-').map(str::len).eq([8, 4, 4, 4, 12]);
    assert!(ids.iter().all(guid), "{ids:?}");
    let mut distinct = ids.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), 7);
    // The same identifier has the same id, whoever the customer is.
    let folder = signed_in();
    let after = folder.run(COFFEE).rows("alternate_keys").pick(["Identifier", "AlternateKeyId", "KeyRing"]);
    let of = |name: &str| after.iter().find(|[identifier, ..]| identifier == name).unwrap();
    assert_eq!(
        of("Web|Web|Unknown1")[1],
        ids[keys.column("Identifier").iter().position(|it| it == "Web|Web|Unknown1").unwrap()]
    );
    assert!(
        of("Store|Store|S1")[2].contains(r#""preferredKey":"Unknown1","keys":["Unknown1","Auth234"]"#),
        "{after:?}"
    );

    let customers = results.rows("customers");
    for column in ["Loyalty_LoyaltyID", "Store_StoreId", "Web_UserID"] {
        assert_eq!(customers.column(column), customers.column(&format!("{column}_Alternate")));
    }
    assert_eq!(customers.column("Store_StoreId_Alternate"), ["S1", "", "S2", "", ""]);
}

#[test]
fn case_16_visitors_of_half_a_year_ago_who_were_unknown_then() {
    let folder = signed_in();
    let between = |from: &str, to: &str| {
        let subject = Subject::Activity { activity: "web_activity".to_owned(), column: "EventTimeStamp".to_owned() };
        is(subject, Operator::Between, &[from, to])
    };
    folder.edit(COFFEE, |project| {
        let conditions = || vec![web("EventName", "Product view"), between("2022-06-23", "2022-08-23"), unknown_then()];
        let known = conditions().into_iter().chain([state("Known")]).collect();
        let mut was_known = unknown_then();
        was_known.operator = Operator::IsFalse;
        project.segments = vec![
            segment("Known now", vec![(SetOperator::Union, known)]),
            segment("Either", vec![(SetOperator::Union, conditions())]),
            segment("Viewed when known", vec![(SetOperator::Union, vec![event("Product view"), was_known])]),
        ];
    });
    let results = folder.run(COFFEE);
    let members = |name: &str| results.rows(&format!("segments/{name}")).column("Web_UserID_Alternate");
    assert_eq!(members("Known now"), ["Unknown1;Auth234"]);
    assert_eq!(members("Either"), ["Unknown1;Auth234", "Unkonwn5"]);
    assert_eq!(members("Viewed when known"), Vec::<String>::new());
}

/// Visitors on the web, and sign-ups by visitor id above them.
fn shop(web: &str, sign_ups: &str) -> (Folder, Project) {
    let folder = Folder::new();
    folder.write("web.csv", format!("EventId,Time,UserID,Page\n{web}"));
    folder.write("signups.csv", format!("VisitorId,Email,SignedUp\n{sign_ups}"));
    let tables = vec![folder.source("Signups", "signups.csv", "VisitorId"), folder.source("Web", "web.csv", "UserID")];
    let mut project = unify(tables);
    project.unification[1].match_rules = vec![match_rule("By visitor", "UserID", "signups", "VisitorId")];
    project.unification[1].deduplication_rules =
        vec![deduplication_rule("Same visitor", vec![condition("UserID", &[])])];
    project.activities = vec![Activity {
        id: "web_activity".to_owned(),
        name: "Web activity".to_owned(),
        activity_type: "Web".to_owned(),
        source_table: "web".to_owned(),
        primary_key: "EventId".to_owned(),
        timestamp: "Time".to_owned(),
        event: "Page".to_owned(),
        detail: None,
        web_address: None,
        link: ActivityLink { column: "UserID".to_owned(), to_table: "web".to_owned() },
        show_in_timeline: true,
    }];
    folder.save("shop.tributary", &project);
    (folder, project)
}

const VIEWS: &str = "1,2026-01-05 10:00:00,V1,Decaf\n2,2026-01-06 10:00:00,V1,Decaf\n3,2026-01-20 10:00:00,V1,News\n\
                     4,2026-01-07 10:00:00,V2,Decaf\n";

#[test]
fn case_28_views_before_the_sign_up_were_while_unknown() {
    let (folder, _) = shop(VIEWS, "V1,dora@contoso.com,2026-01-10 12:00:00\n");
    let results = folder.run("shop.tributary");
    let expected = ["Signups V1 2026-01-10 12:00:00", "Web V1 2026-01-10 12:00:00", "Web V2"];
    assert_eq!(became_known(&results), expected);
    assert_eq!(while_unknown(&results), [["3", "false"], ["4", "true"], ["2", "true"], ["1", "true"]]);
    assert_eq!(results.rows("customers").column("BecameKnownOn"), ["2026-01-10 12:00:00", ""]);
}

/// The other order: the sign-up is attached to the visitor, who heads the customer and holds no identifier.
#[test]
fn the_head_of_a_customer_became_known_with_what_was_attached_to_it() {
    let (folder, mut project) = shop(VIEWS, "V1,dora@contoso.com,2026-01-10 12:00:00\n");
    project.unification.reverse();
    project.unification[1].match_rules = vec![match_rule("By visitor", "VisitorId", "web", "UserID")];
    project.unification[0].match_rules.clear();
    folder.save("shop.tributary", &project);
    let expected = ["Signups V1 2026-01-10 12:00:00", "Web V1 2026-01-10 12:00:00", "Web V2"];
    assert_eq!(became_known(&folder.run("shop.tributary")), expected);
}

#[test]
fn case_29_two_devices_of_one_sign_up_each_from_its_own() {
    let sign_ups = "V1,dora@contoso.com,2026-01-10 12:00:00\nV9,dora@contoso.com,2026-02-01 08:00:00\n";
    let (folder, mut project) = shop(&format!("{VIEWS}5,2026-01-15 10:00:00,V9,Decaf\n"), sign_ups);
    project.unification[0].deduplication_rules = vec![deduplication_rule("Same email", vec![condition("Email", &[])])];
    folder.save("shop.tributary", &project);
    let results = folder.run("shop.tributary");
    assert_eq!(results.clusters(), ["Signups:V9 Signups:V1 Web:V9 Web:V1", "Web:V2"]);
    let expected = [
        "Signups V1 2026-01-10 12:00:00",
        "Signups V9 2026-02-01 08:00:00",
        "Web V1 2026-01-10 12:00:00",
        "Web V2",
        "Web V9 2026-02-01 08:00:00",
    ];
    assert_eq!(became_known(&results), expected);
    // On the new device she was still unknown.
    assert!(while_unknown(&results).contains(&["5".to_owned(), "true".to_owned()]));
    assert_eq!(results.rows("customers").column("Signups_VisitorId_Alternate"), ["V9;V1", ""]);
}

#[test]
fn case_40_both_readings_of_a_known_user() {
    let folder = coffee();
    folder.append("web.csv", "7,07-25-2022 09:00:00,Auth999,999,Product view\n");
    let key = |results: &Results| became_known(results).into_iter().find(|key| key.starts_with("Web Auth999")).unwrap();
    let states = |results: &Results| {
        let rows = results.rows("customers").pick(["Web_UserID", "ProfileState"]).into_iter();
        rows.filter(|[user, _]| user == "Auth999").map(|[_, state]| state).collect::<Vec<_>>()
    };
    let results = folder.run(COFFEE);
    assert_eq!(states(&results), ["Unknown"], "the seeds' wording: with contact information");
    assert_eq!(key(&results), "Web Auth999");
    folder.edit(COFFEE, |project| project.known_identifiers.push(semantic::LOYALTY_ID.to_owned()));
    let results = folder.run(COFFEE);
    assert_eq!(states(&results), ["Known"], "the product's: a loyalty id will do");
    assert_eq!(key(&results), "Web Auth999 2022-07-25 09:00:00");
}

/// Where no timestamp says it, the first run that found the profile known does; a key that holds an identifier itself
/// was never unknown.
#[test]
fn without_timestamps_a_run_is_when_a_key_became_known() {
    let folder = Folder::new();
    folder.write("people.csv", "Id,Email\n1,ann@x.example\n2,\n");
    folder.write("cards.csv", "Card,Person\nC1,1\nC2,2\nC3,\n");
    folder.write(
        "sales.csv",
        "Sale,Day,Card,What\ns1,2020-01-01,C1,Beans\ns2,2024-01-01,C1,Milk\ns3,2020-01-01,C3,Tea\n",
    );
    let mut project =
        unify(vec![folder.source("People", "people.csv", "Id"), folder.source("Cards", "cards.csv", "Card")]);
    project.source_tables.push(folder.source("Sales", "sales.csv", "Sale"));
    project.unification[1].match_rules = vec![match_rule("By person", "Person", "people", "Id")];
    project.activities = vec![Activity {
        id: "sales".to_owned(),
        name: "Sales".to_owned(),
        activity_type: "SalesOrder".to_owned(),
        source_table: "sales".to_owned(),
        primary_key: "Sale".to_owned(),
        timestamp: "Day".to_owned(),
        event: "What".to_owned(),
        detail: None,
        web_address: None,
        link: ActivityLink { column: "Card".to_owned(), to_table: "cards".to_owned() },
        show_in_timeline: true,
    }];
    folder.save("p.tributary", &project);
    let results = folder.run("p.tributary");
    let expected = ["Cards C1", "Cards C2", "Cards C3", "People 1", "People 2"];
    let expected: Vec<String> = expected
        .iter()
        .map(|key| if *key == "Cards C1" { format!("{key} {NOW}") } else { (*key).to_owned() })
        .collect();
    assert_eq!(became_known(&results), expected);
    assert_eq!(while_unknown(&results), [["s2", "false"], ["s3", "true"], ["s1", "true"]]);
    // Sales by the person's own key: never unknown.
    folder.edit("p.tributary", |project| {
        project.activities[0].link = ActivityLink { column: "Card".to_owned(), to_table: "people".to_owned() };
    });
    folder.write("sales.csv", "Sale,Day,Card,What\ns1,2020-01-01,1,Beans\ns3,2020-01-01,2,Tea\n");
    assert_eq!(while_unknown(&folder.run("p.tributary")), [["s3", "true"], ["s1", "false"]]);
}

/// Another list of known identifiers links no activity anew.
#[test]
fn the_list_of_known_identifiers_changes_no_link() {
    let folder = signed_in();
    let cache = StageCache::default();
    let mut project = folder.project(COFFEE);
    let first = run_project(&project, folder.root(), &cache);
    project.known_identifiers = vec![semantic::LOYALTY_ID.to_owned()];
    let second = run_project(&project, folder.root(), &cache);
    assert!(std::sync::Arc::ptr_eq(&first.activities[0], &second.activities[0]));
    assert_eq!((first.report.known, second.report.known), (3, 2), "{AS_OF}");
}

/// Customers of one last name and address are a household; nothing is merged (semantics 1.6, clusters).
#[test]
fn a_household_is_a_column_and_merges_nobody() {
    let folder = Folder::new();
    folder.write(
        "people.csv",
        "Id,LastName,Address,City\n1,Roe,1 Elm Street,Oslo\n2,ROE,1 elm st.,Oslo\n3,Ray,1 Elm Street,Oslo\n4,Roe,,Oslo\n5,Roe,,Oslo\n",
    );
    let mut project = unify(vec![folder.source("People", "people.csv", "Id")]);
    let mean = |project: &mut Project, column: &str, meaning: &str| {
        project.source_tables[0].column_mut(column).unwrap().semantic_type = Some(meaning.to_owned());
    };
    mean(&mut project, "LastName", "Surname");
    mean(&mut project, "Address", semantic::ADDRESS);
    assert_eq!(edit::clusters::add_household(&mut project), None, "no last name");
    mean(&mut project, "LastName", semantic::LAST_NAME);
    let id = edit::clusters::add_household(&mut project).unwrap();
    folder.save("p.tributary", &project);
    let results = folder.run("p.tributary");
    let households = results.rows("customers").pick(["People_Id", "Household"]);
    assert_eq!(households.len(), 5);
    assert_eq!(households[0][1], households[1][1]);
    assert_eq!(households[0][1].len(), 32);
    assert!(households[2..].iter().all(|[_, household]| household.is_empty()), "{households:?}");
    let run = folder.run_in_process(&project);
    let found = &run.customers.as_ref().unwrap().clusters;
    assert_eq!((found[0].0.as_str(), found[0].1.count, found[0].1.customers), (id.as_str(), 1, 2));
    // A column of that name is taken.
    folder.edit("p.tributary", |project| project.clusters[0].name = "lastname".to_owned());
    folder.tributary(&["check", "p.tributary"]).expect_code(3).expect_stdout("would be called lastname");
    folder.edit("p.tributary", |project| {
        project.clusters[0].name = "Household".to_owned();
        project.clusters[0].rules[0].conditions[0].field = "gone".to_owned();
    });
    folder.tributary(&["check", "p.tributary"]).expect_code(3).expect_stdout("uses gone, which is not a column");
}

/// A visit: key, hours since some day, loyalty id or blank.
type Visit = (u8, u16, Option<u8>);

/// Loyalty members with or without an email, web visits above nothing: visitors join members by loyalty id.
fn club(members: &[bool], visits: &[Visit]) -> (Folder, Project) {
    let folder = Folder::new();
    let mut loyalty = "Card,Email\n".to_owned();
    for (card, has_email) in members.iter().enumerate() {
        loyalty.push_str(&format!("c{card},{}\n", if *has_email { format!("{card}@x") } else { String::new() }));
    }
    // The first row settles the columns' types.
    let mut web = "Event,Time,User,Card,What\n0,2026-01-01 00:00:00,none,,view\n".to_owned();
    for (number, (user, hour, card)) in (1..).zip(visits) {
        let card = card.map_or_else(String::new, |card| format!("c{card}"));
        let (day, hour) = (1 + hour / 24, hour % 24);
        web.push_str(&format!("{number},2026-01-{day:02} {hour:02}:00:00,u{user},{card},view\n"));
    }
    folder.write("loyalty.csv", loyalty);
    folder.write("web.csv", web);
    let mut loyalty = folder.source("Loyalty", "loyalty.csv", "Card");
    for (column, meaning) in [("Card", None), ("Email", Some(semantic::EMAIL))] {
        loyalty.column_mut(column).unwrap().semantic_type = meaning.map(str::to_owned);
    }
    let mut project = unify(vec![loyalty, folder.source("Web", "web.csv", "User")]);
    project.unification[1].match_rules = vec![match_rule("By card", "Card", "loyalty", "Card")];
    project.unification[1].deduplication_rules = vec![deduplication_rule("Same user", vec![condition("User", &[])])];
    project.activities = vec![Activity {
        id: "web_activity".to_owned(),
        name: "Web activity".to_owned(),
        activity_type: "Web".to_owned(),
        source_table: "web".to_owned(),
        primary_key: "Event".to_owned(),
        timestamp: "Time".to_owned(),
        event: "What".to_owned(),
        detail: None,
        web_address: None,
        link: ActivityLink { column: "User".to_owned(), to_table: "web".to_owned() },
        show_in_timeline: true,
    }];
    (folder, project)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// A visitor's key became known with its first row that names the member it was attached to, where that member has
    /// an email; what it did before was while unknown. The keyring says each key once, the same in all its columns.
    #[test]
    fn keys_became_known_with_the_first_row_that_links(
        members in prop::collection::vec(any::<bool>(), 1..4),
        visits in prop::collection::vec((0..4_u8, 0..600_u16, prop::option::of(0..4_u8)), 0..14),
    ) {
        let (folder, project) = club(&members, &visits);
        let run = folder.run_in_process(&project);
        let keys = Rows::of(&key_table(&run, &Task::default()).unwrap().unwrap());
        let customers = Rows::of(&run.customers.as_ref().unwrap().table);

        let mut rings: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        let mut earliest: BTreeMap<String, String> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        let mut since: BTreeMap<String, String> = BTreeMap::new();
        let columns = ["CustomerId", "TableName", "AlternateValue", "KeyRing", "BecameKnownOn", "AlternateKeyId"];
        for [id, table, value, ring, known, guid] in keys.pick(columns) {
            prop_assert!(seen.insert(guid));
            let ring: Value = serde_json::from_str(&ring).unwrap();
            let of_table = ring.as_array().unwrap().iter().find(|entry| entry["tableName"] == table.as_str()).unwrap();
            prop_assert!(of_table["keys"].as_array().unwrap().contains(&json!(value)));
            rings.entry(id.clone()).or_default().push((table.clone(), value.clone()));
            if !known.is_empty() {
                let first = earliest.entry(id).or_insert_with(|| known.clone());
                *first = known.clone().min(first.clone());
            }
            if table == "Web" {
                since.insert(value, known);
            }
        }
        let columns = ["CustomerId", "BecameKnownOn", "ProfileState", "Web_User_Alternate"];
        for [id, known, state, users] in customers.pick(columns) {
            prop_assert_eq!(&known, earliest.get(&id).map_or("", String::as_str));
            prop_assert!(known.is_empty() || state == "Known");
            let of_web: Vec<&str> = rings[&id].iter().filter(|(table, _)| table == "Web").map(|(_, key)| key.as_str()).collect();
            prop_assert_eq!(of_web.join(";"), users);
        }

        // The record is attached to one member: the largest card of those its rows name.
        let time = |hour: u16| format!("2026-01-{:02} {:02}:00:00", 1 + hour / 24, hour % 24);
        for user in 0..4_u8 {
            let own: Vec<&Visit> = visits.iter().filter(|visit| visit.0 == user).collect();
            let exists = |card: &u8| usize::from(*card) < members.len();
            let member = own.iter().filter_map(|visit| visit.2).filter(exists).max();
            let known = member.filter(|card| members[usize::from(*card)]);
            let linking = own.iter().filter(|visit| known.is_some() && visit.2 == known);
            let first = linking.map(|visit| time(visit.1)).min().unwrap_or_default();
            if !own.is_empty() {
                prop_assert_eq!(&since[&format!("u{user}")], &first);
            }
        }
        let activities = Rows::of(&ActivityTable::of(&run.activity_rows(), &Task::default()).unwrap().table(&run.customers.as_ref().unwrap().table));
        for [event, time, unknown] in activities.pick(["SourceActivityId", "ActivityTimeStamp", "WhileUnknown"]) {
            let place: usize = event.parse().unwrap();
            let user = if place == 0 { "none".to_owned() } else { format!("u{}", visits[place - 1].0) };
            let since = &since[&user];
            prop_assert_eq!(unknown == "true", since.is_empty() || *since > time);
        }
    }
}
