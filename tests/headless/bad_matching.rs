//! What is odd about conditions, lists, guards and values (issue 3, bad input): a clear message or a defined result.

use tributary::project::{
    Alias, AliasList, BlockedValue, ColumnType, Comparison, Condition, FieldMember, IdentifierGuard, Normalization,
    PairOverride, Project, RecordKey,
};

use super::harness::{Folder, Results, by, condition, deduplication_rule, unify};

const COFFEE: &str = "coffee.tributary";

/// `check` and `run` refuse the coffee sample after this change, with this line.
#[track_caller]
fn refused(change: impl FnOnce(&mut Project), line: &str) {
    let folder = Folder::sample("coffee");
    folder.edit(COFFEE, change);
    folder.tributary(&["check", COFFEE]).expect_code(3).expect_stdout(line);
    folder.tributary(&["run", COFFEE, "--out", "out"]).expect_code(1).expect_stderr(line);
    assert!(!folder.path("out").exists());
}

/// Both warn of it, and the run goes on.
#[track_caller]
fn warned(change: impl FnOnce(&mut Project), line: &str) {
    let folder = Folder::sample("coffee");
    folder.edit(COFFEE, change);
    folder.tributary(&["check", COFFEE]).expect_code(0).expect_stdout(line);
    folder.tributary(&["run", COFFEE, "--out", "out"]).expect_code(0).expect_stderr(line);
}

/// A rule of these conditions on the web table.
fn rule(conditions: Vec<Condition>) -> impl FnOnce(&mut Project) {
    move |project| {
        let web = project.unification_table_mut("web").unwrap();
        web.deduplication_rules.push(deduplication_rule("Odd", conditions));
    }
}

#[test]
fn conditions_that_cannot_be() {
    let close = |precision| Comparison::EditDistance { precision };
    refused(
        rule(vec![condition("UserID", &[]), by("LoyaltyID", close(80))]),
        "error: Deduplication rules: The rule \"Odd\" compares LoyaltyID by \"Edit distance\", but it is an integer. \
         Choose Exact, or Number apart. Or change the column's type on Sources.",
    );
    refused(
        rule(vec![condition("UserID", &[]), by("EventName", close(0))]),
        "error: Deduplication rules: The rule \"Odd\" asks for 0% of EventName, which any two values reach.",
    );
    refused(
        rule(vec![condition("UserID", &[]), by("EventName", close(100))]),
        "error: Deduplication rules: The rule \"Odd\" asks for 100% of EventName. Choose Exact, which is 100%",
    );
    refused(
        rule(vec![by("EventName", Comparison::JaroWinkler { precision: 90 })]),
        "error: Deduplication rules: The rule \"Odd\" has no exact condition, and Jaro-Winkler has no index. Add an \
         exact condition, such as the same postcode or the same Soundex of the name.",
    );
    let mut phone = condition("EventName", &[Normalization::Phone]);
    phone.default_country = Some("XX".to_owned());
    refused(
        rule(vec![phone]),
        "error: Deduplication rules: The rule \"Odd\" has the default country \"XX\", which is none.",
    );
}

#[test]
fn alias_rings_and_chains() {
    let list = |pairs: &'static [(&str, &str)]| {
        move |project: &mut Project| {
            let alias = |(value, same_as): &(&str, &str)| Alias { value: (*value).into(), same_as: (*same_as).into() };
            let aliases = pairs.iter().map(alias).collect();
            project.alias_lists = vec![AliasList { id: "firms".to_owned(), name: "Firms".to_owned(), aliases }];
        }
    };
    refused(
        list(&[("MSFT", "MS"), ("MS", "MSFT")]),
        "error: Matching rules: The alias list \"Firms\" goes in a ring: MSFT = MS.",
    );
    warned(
        list(&[("MSFT", "MS"), ("MS", "Microsoft")]),
        "warning: Matching rules: The alias list \"Firms\" has an alias of an alias: MSFT = MS = Microsoft.",
    );
}

#[test]
fn pairs_of_records_that_are_not_there() {
    let pair = |a: &str, b: &str| PairOverride {
        a: RecordKey::new("web", a),
        b: RecordKey::new("loyalty", b),
        reason: String::new(),
    };
    warned(
        |project| project.overrides.never_match = vec![pair("Auth234", "707"), pair("Nobody", "0707"), pair("", "808")],
        "warning: Matching rules: The list \"never match\" names records of Loyalty that are not there, by LoyaltyID: \
         0707. Correct the keys, or delete the pairs: they have no effect.",
    );
    refused(
        |project| {
            project.overrides.never_match = vec![pair("Auth234", "707")];
            project.overrides.always_match = vec![pair("Auth234", "707")];
        },
        "error: Matching rules: A pair is to match always and never: Web:Auth234 and Loyalty:707.",
    );
}

#[test]
fn patterns_that_do_not_compile() {
    let blocked = |pattern: &str| {
        let blocked = vec![BlockedValue::Pattern(pattern.to_owned())];
        move |project: &mut Project| {
            project.guards.identifiers = vec![IdentifierGuard {
                id: "user".to_owned(),
                name: "User".to_owned(),
                members: vec![FieldMember { source_table: "web".to_owned(), column: "UserID".to_owned() }],
                blocked,
                max_values: None,
            }];
        }
    };
    refused(
        blocked("(a"),
        "error: Matching rules: The pattern (a of the guard \"User\" cannot be read: unclosed group.",
    );
    refused(blocked("a)|(b"), "The pattern a)|(b of the guard \"User\" cannot be read: unopened group.");
    refused(blocked("(?:.{1000}){1000}"), "cannot be read: it is too large.");
    // A pattern that other libraries take forever for.
    let folder = Folder::sample("coffee");
    folder.edit(COFFEE, blocked("(a+)+$"));
    folder.append("web.csv", &format!("5,07-24-2022 09:00:00,{}!,--,View\n", "a".repeat(50_000)));
    folder.run(COFFEE);
}

/// Customers of a table People under one rule.
#[track_caller]
fn run(content: &str, conditions: Vec<Condition>, change: impl FnOnce(&mut Project)) -> Results {
    saved(content, conditions, change).run("people.tributary")
}

fn saved(content: &str, conditions: Vec<Condition>, change: impl FnOnce(&mut Project)) -> Folder {
    let folder = Folder::new();
    folder.write("people.csv", content);
    let mut source = folder.source("People", "people.csv", "Id");
    source
        .columns
        .iter_mut()
        .for_each(|column| (column.column_type, column.semantic_type) = (ColumnType::String, None));
    let mut project = unify(vec![source]);
    project.unification[0].deduplication_rules = vec![deduplication_rule("Rule", conditions)];
    change(&mut project);
    folder.save("people.tributary", &project);
    folder
}

#[track_caller]
fn customers(content: &str, conditions: Vec<Condition>) -> u64 {
    run(content, conditions, |_| {}).report()["customers"].as_u64().unwrap()
}

fn close(field: &str, precision: u8) -> Condition {
    by(field, Comparison::EditDistance { precision })
}

/// Equal values are compared once, however many rows hold them.
#[test]
fn a_block_of_a_hundred_thousand_equal_values() {
    let names = ["Ann", "Anna", "Bob", "Bobby", "Cy", "Deborah", "Debora"];
    let rows = (0..100_000).map(|i| format!("{i},Oslo,{}\n", names[i % 7]));
    let content = "Id,City,Name\n".to_owned() + &rows.collect::<String>();
    assert_eq!(customers(&content, vec![condition("City", &[]), close("Name", 75)]), 5);
    assert_eq!(customers(&content, vec![close("City", 80)]), 1);
    assert_eq!(customers(&content, vec![by("City", Comparison::Soundex), close("Name", 60)]), 4);
}

/// A guard keeps all of them apart, and each group lists a few of the links that were refused.
#[test]
fn a_hundred_thousand_people_on_one_device_under_a_guard() {
    let rows = (0..100_000).map(|i| format!("{i},D1,{}@x\n", i / 2));
    let content = "Id,Device,Email\n".to_owned() + &rows.collect::<String>();
    let guard = |max_values, max_records| {
        move |project: &mut Project| {
            project.guards.max_records = max_records;
            project.guards.identifiers = vec![IdentifierGuard {
                id: "email".to_owned(),
                name: "Email".to_owned(),
                members: vec![FieldMember { source_table: "people".to_owned(), column: "Email".to_owned() }],
                blocked: Vec::new(),
                max_values,
            }];
        }
    };
    let results = run(&content, vec![condition("Device", &[])], guard(Some(1), None));
    assert_eq!(results.report()["customers"], 50_000);
    assert!(results.rows("ledger/refused").rows.len() <= 500_000);
    let results = run(&content, vec![condition("Device", &[])], guard(None, Some(2)));
    assert_eq!(results.report()["customers"], 50_000);
}

/// Of four and a half thousand rows of one city every pair passes, and no two rows are alike.
#[test]
fn a_rule_that_links_nearly_everything_is_refused() {
    let rows = (0..4_600).map(|i| format!("{i},Oslo,{i}\n"));
    let content = "Id,City,Age\n".to_owned() + &rows.collect::<String>();
    let near = by("Age", Comparison::NumberApart { difference: 1e6 });
    let folder = saved(&content, vec![condition("City", &[]), near], |project| {
        project.source_tables[0].columns[2].column_type = ColumnType::Integer;
    });
    let outcome = folder.tributary(&["run", "people.tributary"]).expect_code(1);
    outcome.expect_stderr("links more than 10 million pairs of values").expect_stderr("Ask for a higher precision");
}

#[test]
fn values_of_a_megabyte() {
    let long = "x y".repeat(350_000);
    let content = format!("Id,City,Name\n1,Oslo,{long}\n2,Oslo,{long}\n3,Oslo,{long}z\n4,Oslo,Ann\n5,Oslo,Anne\n");
    let oslo = || condition("City", &[]);
    // Texts that long agree only where they are equal.
    assert_eq!(customers(&content, vec![oslo(), close("Name", 75)]), 3);
    for measure in
        [Comparison::JaroWinkler { precision: 90 }, Comparison::DamerauLevenshtein { precision: 75 }, Comparison::Exact]
    {
        assert_eq!(customers(&content, vec![oslo(), by("Name", measure)]), if measure.is_exact() { 4 } else { 3 });
    }
    // Sets of three words, however often they stand there: two of four are in both.
    assert_eq!(customers(&content, vec![oslo(), by("Name", Comparison::TokenSet { precision: 50 })]), 3);
    assert_eq!(customers(&content, vec![close("Name", 75)]), 3);
    assert_eq!(customers(&content, vec![condition("Name", &Normalization::ALL)]), 5, "no telephone numbers");
    let all_but_phone = Normalization::ALL.into_iter().filter(|&it| it != Normalization::Phone).collect::<Vec<_>>();
    assert_eq!(customers(&content, vec![condition("Name", &all_but_phone)]), 3, "Ann and Anne are one name");
    for sound in [Comparison::Soundex, Comparison::DoubleMetaphone] {
        assert!(customers(&content, vec![by("Name", sound)]) <= 3);
    }
}

#[test]
fn right_to_left_combining_and_emoji() {
    // Hebrew twice, once with points; Arabic; é composed and not; a family and a flag; an emoji with a skin tone.
    let content = "Id,Name\n1,שלום\n2,שָׁלוֹם\n3,محمد\n4,José\n5,Jose\u{301}\n6,👨‍👩‍👧‍👦\n7,🇳🇴\n8,👍🏽\n9,👍\n10,\u{202e}nnA\n11,\u{200b}\n12,\u{301}\n";
    let count = |conditions| customers(content, conditions);
    assert_eq!(count(vec![condition("Name", &[])]), 12);
    assert_eq!(count(vec![condition("Name", &[Normalization::UnicodeToAscii])]), 11, "José");
    assert_eq!(count(vec![close("Name", 80)]), 12);
    // An emoji is a symbol: without symbols nothing is left, and blanks match nothing.
    assert_eq!(count(vec![condition("Name", &[Normalization::Symbols])]), 12);
    for normalization in Normalization::ALL {
        assert!(count(vec![condition("Name", &[normalization])]) >= 10, "{normalization:?}");
    }
    for measure in [
        Comparison::TokenSet { precision: 50 },
        Comparison::DamerauLevenshtein { precision: 80 },
        Comparison::Soundex,
        Comparison::DoubleMetaphone,
    ] {
        assert!(count(vec![by("Name", measure)]) >= 10, "{measure:?}");
    }
}

#[test]
fn a_name_that_is_an_emoji_is_a_name() {
    let content = "Id,Name\n1,👍\n2,👍\n3,👎\n4,👍👍👍\n5,👍👍👎\n";
    assert_eq!(customers(content, vec![condition("Name", &[])]), 4);
    assert_eq!(customers(content, vec![close("Name", 60)]), 3, "characters are edited, not bytes");
    assert_eq!(customers(content, vec![by("Name", Comparison::Soundex)]), 5, "nothing to be heard");
    assert_eq!(customers(content, vec![condition("Name", &[Normalization::Name])]), 4);
}

/// The same with fewer: what is listed does not grow with the number of pairs.
#[test]
fn a_thousand_people_on_one_device_under_a_guard() {
    let rows = (0..1_000).map(|i| format!("{i},D1,{}@x\n", i / 2));
    let content = "Id,Device,Email\n".to_owned() + &rows.collect::<String>();
    let results = run(&content, vec![condition("Device", &[])], |project| {
        project.guards.identifiers = vec![IdentifierGuard {
            id: "email".to_owned(),
            name: "Email".to_owned(),
            members: vec![FieldMember { source_table: "people".to_owned(), column: "Email".to_owned() }],
            blocked: Vec::new(),
            max_values: Some(1),
        }];
    });
    assert_eq!(results.report()["customers"], 500);
    let refused = results.rows("ledger/refused").rows.len();
    assert!((499..=5_000).contains(&refused), "{refused}");
}
