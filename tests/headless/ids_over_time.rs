//! Customers keep their ids from run to run (semantics 1.6), whatever becomes of their records.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;
use tributary::engine::customer::id_map::IdMap;
use tributary::engine::pipeline::{Run, UnifiedTables};
use tributary::project::{Condition, Project};

use super::harness::{Folder, Rows, deduplication_rule, match_rule, run_after, unify};

/// A source key: table and value.
type Key = (String, String);
/// Rows of a table: key and card.
type Cells = Vec<(&'static str, &'static str)>;

/// What the three tables hold in one run: members, shops, visitors; the first is highest.
#[derive(Debug, Clone)]
struct Day {
    tables: [Cells; 3],
}

const TABLES: [&str; 3] = ["Member", "Shop", "Web"];

/// Members and shop records have one row a key, visitors several.
fn day() -> impl Strategy<Value = Day> {
    let cards = || prop::sample::select(vec!["", "1", "2", "3", "4"]);
    let one_each = |keys: Vec<&'static str>| {
        let len = keys.len();
        (prop::sample::subsequence(keys, 0..=len), prop::collection::vec(cards(), len))
            .prop_map(|(keys, cards)| keys.into_iter().zip(cards).collect::<Cells>())
    };
    let visits = prop::collection::vec((prop::sample::select(vec!["u1", "u2", "u3", "u4"]), cards()), 0..7);
    (one_each(vec!["m1", "m2", "m3"]), one_each(vec!["s1", "s2", "s9"]), visits)
        .prop_map(|(member, shop, web)| Day { tables: [member, shop, web] })
}

fn write(folder: &Folder, day: &Day) {
    for (name, rows) in TABLES.iter().zip(&day.tables) {
        let lines: String = rows.iter().map(|(key, card)| format!("{key},{card}\n")).collect();
        folder.write(&format!("{name}.csv"), format!("Key,Card\n{lines}"));
    }
}

/// Cards join shops to members, and visitors to either; visitors of one card, and shops of one card, are one record.
fn world() -> (Folder, Project) {
    let folder = Folder::new();
    // One row each, so that the columns are found.
    write(&folder, &Day { tables: [vec![("m1", "x")], vec![("s1", "x")], vec![("u1", "x")]] });
    let sources = TABLES.map(|name| folder.source(name, &format!("{name}.csv"), "Key"));
    let mut project = unify(sources.to_vec());
    // With a rule of its own no table says "the first row".
    project.unification[0].deduplication_rules = vec![deduplication_rule("One member", vec![Condition::exact("Card")])];
    project.unification[1].match_rules = vec![match_rule("Shop card", "Card", "member", "Card")];
    project.unification[1].deduplication_rules = vec![deduplication_rule("One shop", vec![Condition::exact("Card")])];
    project.unification[2].match_rules =
        vec![match_rule("Web member", "Card", "member", "Card"), match_rule("Web shop", "Card", "shop", "Card")];
    project.unification[2].deduplication_rules =
        vec![deduplication_rule("One visitor", vec![Condition::exact("Card")])];
    (folder, project)
}

/// By customer its id, the ids it had, and its keys in rank order.
fn customers(run: &Run) -> Vec<(String, Vec<String>, Vec<Key>)> {
    let table = Rows::of(&run.customers.as_ref().unwrap().table);
    let matched = run.matched.as_ref().unwrap();
    let unified = UnifiedTables::of(run);
    let mut keys: Vec<Vec<Key>> = vec![Vec::new(); table.rows.len()];
    for (place, match_table) in unified.match_tables().iter().enumerate() {
        let mut of_table: BTreeSet<(u32, String)> = BTreeSet::new();
        for (row, &record) in match_table.records.record_of_row.iter().enumerate() {
            let record = matched.matching.offsets[place] + record;
            let customer = matched.membership.customer_of_record[record as usize];
            of_table.insert((customer, match_table.primary_key.text(row).into_owned()));
        }
        for (customer, key) in of_table.into_iter().rev() {
            if customer != u32::MAX {
                keys[customer as usize].push((TABLES[place].to_owned(), key));
            }
        }
    }
    let ids = table.pick(["CustomerId", "PreviousCustomerId"]).into_iter().zip(keys);
    let list = |text: String| text.split(';').filter(|id| !id.is_empty()).map(str::to_owned).collect();
    ids.map(|([id, previous], keys)| (id, list(previous), keys)).collect()
}

/// The rule of the semantics, said again in the plainest way: for each customer the ids of before that go with it, the
/// one it must have first; none for a new one.
fn expected(
    now: &[(String, Vec<String>, Vec<Key>)],
    id_of_key: &BTreeMap<Key, String>,
    born: &BTreeMap<String, usize>,
) -> Vec<Vec<String>> {
    let rank = |key: &Key| {
        let place = TABLES.iter().position(|table| *table == key.0).unwrap();
        (place, std::cmp::Reverse(key.1.clone()))
    };
    let mut owner: BTreeMap<&str, (usize, &Key)> = BTreeMap::new();
    for (customer, (_, _, keys)) in now.iter().enumerate() {
        for key in keys {
            let Some(id) = id_of_key.get(key) else { continue };
            let best = owner.entry(id).or_insert((customer, key));
            if rank(key) < rank(best.1) {
                *best = (customer, key);
            }
        }
    }
    let of = |customer: usize| {
        let mut own: Vec<_> = owner.iter().filter(|(_, (of, _))| *of == customer).collect();
        own.sort_by_key(|(id, (_, key))| (rank(key).0, born[**id], rank(key).1));
        own.into_iter().map(|(id, _)| (*id).to_owned()).collect()
    };
    (0..now.len()).map(of).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn ids_go_on_and_none_is_lost_or_given_twice(days in prop::collection::vec(day(), 1..6)) {
        let (folder, project) = world();
        let mut map = Arc::new(IdMap::default());
        let mut id_of_key: BTreeMap<Key, String> = BTreeMap::new();
        let mut born: BTreeMap<String, usize> = BTreeMap::new();
        let mut last: Vec<(String, Vec<String>, Vec<Key>)> = Vec::new();
        // By id the keys of its customer when it was last there, under its own id or another that took it in.
        let mut keys_of: BTreeMap<String, Vec<Key>> = BTreeMap::new();
        for (number, day) in days.iter().enumerate() {
            write(&folder, day);
            let run = run_after(&project, folder.root(), &map);
            let now = customers(&run);
            let ids: BTreeSet<&String> = now.iter().map(|(id, _, _)| id).collect();
            prop_assert_eq!(ids.len(), now.len(), "no id names two customers");
            let expected = expected(&now, &id_of_key, &born);
            for ((id, _, _), expected) in now.iter().zip(&expected) {
                match expected.first() {
                    Some(expected) => prop_assert_eq!(id, expected, "{:?} after {:?}", now, id_of_key),
                    None => prop_assert!(!born.contains_key(id), "{} was used before", id),
                }
            }
            let present: BTreeSet<&Key> = now.iter().flat_map(|(_, _, keys)| keys).collect();
            for (id, _, keys) in &last {
                let found = now.iter().any(|(own, previous, _)| own == id || previous.contains(id));
                prop_assert!(found || !keys.iter().any(|key| present.contains(key)), "{} is lost", id);
            }
            let next = map.after(&run);
            for (id, previous, keys) in &now {
                born.entry(id.clone()).or_insert(number);
                prop_assert!(!previous.contains(id));
                prop_assert_eq!(next.leads_to(id), Some(id.as_str()));
                for before in previous {
                    prop_assert!(born.contains_key(before), "{} was never given", before);
                    prop_assert!(next.leads_to(before).is_some());
                }
                id_of_key.extend(keys.iter().map(|key| (key.clone(), id.clone())));
            }
            for (id, previous, keys) in &now {
                // An id that was taken in goes with whoever took it, not with a key that has moved on.
                for id in std::iter::once(id).chain(previous) {
                    keys_of.insert(id.clone(), keys.clone());
                }
            }
            for (id, keys) in &keys_of {
                let is_there = keys.iter().any(|key| present.contains(key));
                prop_assert!(!is_there || next.leads_to(id).is_some(), "{} leads nowhere", id);
            }
            let leads = next.leads();
            prop_assert!(leads.iter().all(|(old, id)| next.leads_to(old) == Some(id.as_str()) && old != id));
            // A key that is not there now belongs to whoever took its id in.
            for id in id_of_key.values_mut() {
                if let Some(of) = expected.iter().find(|of| of.iter().skip(1).any(|taken| taken == id)) {
                    of[0].clone_into(id);
                }
            }
            let again = run_after(&project, folder.root(), &Arc::new(next.clone()));
            prop_assert_eq!(customers(&again), now.clone(), "the same data and map give the same ids");
            prop_assert_eq!(&next.after(&again).stamp, &next.stamp);
            prop_assert!(!again.changes.moves_ids() && again.changes.new.is_empty());
            let [(_, ids), (_, keys)] = next.tables();
            let read = IdMap::from_tables(next.runs, next.stamp.clone(), &ids, &keys);
            let read = read.unwrap();
            prop_assert_eq!(read.after(&again).stamp, next.stamp.clone());
            map = Arc::new(next);
            last = now;
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter((days, shuffled) in prop::collection::vec(day(), 1..5).prop_flat_map(|days| {
        let mut days = days;
        // Of several rows of one key the first may have to speak.
        for rows in days.iter_mut().flat_map(|day| &mut day.tables) {
            rows.sort_unstable();
            rows.dedup_by_key(|(key, _)| *key);
        }
        let shuffled: Vec<_> = days.iter().map(|day| day.tables.clone().map(|rows| Just(rows).prop_shuffle())).collect();
        (Just(days), shuffled)
    })) {
        let (folder, project) = world();
        let (mut map, mut other) = (Arc::new(IdMap::default()), Arc::new(IdMap::default()));
        for (day, tables) in days.iter().zip(shuffled) {
            write(&folder, day);
            let run = run_after(&project, folder.root(), &map);
            write(&folder, &Day { tables });
            let same = run_after(&project, folder.root(), &other);
            prop_assert_eq!(customers(&run), customers(&same));
            map = Arc::new(map.after(&run));
            other = Arc::new(other.after(&same));
            prop_assert_eq!(&map.stamp, &other.stamp);
        }
    }
}

/// The coffee sample after a run that made ids of keys, and one that made them of these fields.
fn with_fields(fields: &[&str]) -> (Folder, Project, Run, Run, Arc<IdMap>) {
    let folder = Folder::sample("coffee");
    let mut project = folder.project("coffee.tributary");
    let first = run_after(&project, folder.root(), &Arc::default());
    let map = Arc::new(IdMap::default().after(&first));
    project.customer_id_fields = fields.iter().map(|field| (*field).to_owned()).collect();
    let second = run_after(&project, folder.root(), &map);
    let map = Arc::new(map.after(&second));
    (folder, project, first, second, map)
}

fn ids(run: &Run) -> Vec<String> {
    Rows::of(&run.customers.as_ref().unwrap().table).column("CustomerId")
}

#[test]
fn ids_made_of_values_take_the_place_of_those_made_of_keys() {
    let (folder, mut project, first, second, map) = with_fields(&["email"]);
    let (before, now) = (ids(&first), ids(&second));
    let with_email = Rows::of(&second.customers.as_ref().unwrap().table).column("Email");
    for ((before, now), email) in before.iter().zip(&now).zip(&with_email) {
        assert_eq!(before != now, !email.is_empty(), "{email}: who has no value keeps the id it had");
        assert_eq!(map.leads_to(before), Some(now.as_str()));
    }
    assert!(!second.changes.moves_ids(), "nobody else's id was taken");
    // Another value, another id; the same customer.
    folder.write("loyalty.csv", folder.read("loyalty.csv").replace("ana@contoso.com", "ana@example.org"));
    folder.write("store.csv", folder.read("store.csv").replace("ANA@contoso.com", "ana@example.org"));
    let third = run_after(&project, folder.root(), &map);
    assert_ne!(ids(&third)[0], now[0]);
    let map = Arc::new(map.after(&third));
    assert_eq!(map.leads_to(&before[0]), Some(ids(&third)[0].as_str()));
    assert_eq!(map.leads_to(&now[0]), Some(ids(&third)[0].as_str()));
    // Without the fields everybody keeps what they have.
    project.customer_id_fields.clear();
    assert_eq!(ids(&run_after(&project, folder.root(), &map)), ids(&third));
}

#[test]
fn of_customers_with_equal_values_the_first_has_the_id() {
    let (folder, mut project, ..) = with_fields(&[]);
    folder.write("loyalty.csv", folder.read("loyalty.csv").replace("ben@contoso.com", "ana@contoso.com"));
    project.unification_table_mut("loyalty").unwrap().deduplication_rules =
        vec![deduplication_rule("By id", vec![Condition::exact("LoyaltyID")])];
    project.customer_id_fields = vec!["email".to_owned()];
    let run = run_after(&project, folder.root(), &Arc::default());
    let distinct: BTreeSet<String> = ids(&run).into_iter().collect();
    assert_eq!(distinct.len(), run.report.customers as usize);
}

#[test]
fn a_value_that_moves_takes_its_id_along() {
    let (folder, project, _, second, map) = with_fields(&["email"]);
    let ana = ids(&second)[0].clone();
    let loyalty =
        folder.read("loyalty.csv").replace("ana@contoso.com", "").replace("ben@contoso.com", "ana@contoso.com");
    folder.write("loyalty.csv", loyalty);
    folder.write("store.csv", folder.read("store.csv").replace("ANA@contoso.com", ""));
    let third = run_after(&project, folder.root(), &map);
    let now = ids(&third);
    assert_eq!(now[1], ana, "Ben has her address now");
    assert_ne!(now[0], ana);
    let distinct: BTreeSet<&String> = now.iter().collect();
    assert_eq!(distinct.len(), now.len());
}

#[test]
fn another_known_list_tried_for_a_run_takes_no_date_away() {
    let folder = Folder::sample("coffee");
    let mut project = folder.project("coffee.tributary");
    let list = project.known_identifiers.clone();
    let first = run_after(&project, folder.root(), &Arc::default());
    let dates = |run: &Run| {
        let keys = tributary::engine::activate::results::key_table(run, &Default::default()).unwrap().unwrap();
        Rows::of(&keys).pick(["AlternateValue", "BecameKnownOn"])
    };
    let map = Arc::new(IdMap::default().after(&first));
    project.known_identifiers.clear();
    let without = run_after(&project, folder.root(), &map);
    assert!(dates(&without).iter().all(|[_, date]| date.is_empty()));
    let map = Arc::new(map.after(&without));
    project.known_identifiers = list;
    assert_eq!(dates(&run_after(&project, folder.root(), &map)), dates(&first));
}

#[test]
fn a_key_that_moves_between_two_customers_is_told() {
    let folder = Folder::sample("coffee");
    let mut project = folder.project("coffee.tributary");
    // Visitors without a rule of their own: the card of the row decides.
    project.unification_table_mut("web").unwrap().record_to_keep =
        tributary::project::RecordToKeep::MostRecent { field: "EventTimeStamp".to_owned() };
    let map = Arc::new(IdMap::default().after(&run_after(&project, folder.root(), &Arc::default())));
    folder.write("web.csv", folder.read("web.csv").replace("Auth234,707", "Auth234,808"));
    let run = run_after(&project, folder.root(), &map);
    let ids = ids(&run);
    assert_eq!(run.changes.split, [(1, vec![ids[0].clone()])], "Ben has a visitor of Ana's");
    assert!(run.changes.moves_ids());
}

#[test]
fn a_lost_map_comes_back_from_the_results() {
    let (folder, project, _, second, map) = with_fields(&["email"]);
    let keys = tributary::engine::activate::results::key_table(&second, &Default::default()).unwrap().unwrap();
    let table = &second.customers.as_ref().unwrap().table;
    let table_id = |name: &str| project.source_table_named(name).map(|table| table.id.clone());
    let back = Arc::new(IdMap::from_results(table, &keys, &table_id).unwrap());
    let again = run_after(&project, folder.root(), &back);
    assert_eq!(Rows::of(&again.customers.as_ref().unwrap().table), Rows::of(table));
    assert!(!again.changes.moves_ids() && again.changes.new.is_empty() && again.changes.fields_changed.is_empty());
    assert_eq!(back.leads(), map.leads());
}
