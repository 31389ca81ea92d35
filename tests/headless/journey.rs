//! The acceptance cases that take more than one run, through the command line: an unknown visitor becomes known, and
//! nothing learned before is lost.

use serde_json::{Value, json};
use tributary::project::{
    Activity, ActivityLink, Condition, Export, ExportFormat, ExportSubject, Operator, Project, RecordToKeep,
    SetOperator, Subject,
};
use tributary::task::Task;

use super::harness::{Folder, Results, deduplication_rule, event, is, match_rule, segment, state, unify, web};

const COFFEE: &str = "coffee.tributary";
const ROW_5: &str = "5,07-24-2022 09:00:00,Unknown1,707,Loyalty sign-in\n";

/// The customer of a key: CustomerId, PreviousCustomerId and ProfileState.
#[track_caller]
fn customer(results: &Results, table: &str, key: &str) -> [String; 3] {
    let keys = results.rows("alternate_keys").pick(["TableName", "AlternateValue", "CustomerId"]);
    let [_, _, id] = keys.into_iter().find(|[of, value, _]| of == table && value == key).unwrap();
    let customers = results.rows("customers").pick(["CustomerId", "PreviousCustomerId", "ProfileState"]);
    customers.into_iter().find(|[own, ..]| *own == id).unwrap()
}

/// The customer that `lookup` answers with.
#[track_caller]
fn found(folder: &Folder, project: &str, key: &str) -> Value {
    folder.lookup(project, key).0["CustomerId"].clone()
}

/// A timeline as titles, newest first, those from before the key was known marked.
fn timeline(results: &Results, id: &str) -> Vec<String> {
    let rows = results.rows("activities").pick(["CustomerId", "SourceActivityId", "WhileUnknown"]);
    let own = rows.into_iter().filter(|[of, ..]| of == id);
    own.map(|[_, event, unknown]| if unknown == "true" { format!("{event} unknown") } else { event }).collect()
}

#[test]
fn cases_11_and_12_a_visitor_signs_in_and_the_sign_in_is_taken_back() {
    let folder = Folder::sample("coffee");
    let before = folder.run(COFFEE);
    let [ana, ..] = customer(&before, "Web", "Auth234");
    let [u1, ..] = customer(&before, "Web", "Unknown1");
    let [u5, ..] = customer(&before, "Web", "Unkonwn5");

    folder.append("web.csv", ROW_5);
    let joined = folder.run(COFFEE);
    assert_eq!(joined.report()["customers"], 4);
    assert_eq!(customer(&joined, "Web", "Unknown1"), [ana.clone(), u1.clone(), "Known".to_owned()]);
    assert_eq!(customer(&joined, "Web", "Unkonwn5"), [u5.clone(), String::new(), "Unknown".to_owned()]);
    for key in ["Web:Unknown1".to_owned(), format!("CustomerId:{u1}"), format!("CustomerId:{ana}")] {
        assert_eq!(found(&folder, COFFEE, &key), json!(ana), "{key}");
    }
    assert_eq!(timeline(&joined, &ana), ["5", "3", "2", "1 unknown"]);
    let keys = joined.rows("alternate_keys").pick(["AlternateValue", "BecameKnownOn"]);
    let of = |key: &str| keys.iter().find(|[value, _]| value == key).unwrap()[1].clone();
    assert_eq!([of("Unknown1"), of("Unkonwn5")], ["2022-07-24 09:00:00", ""]);

    folder.write("web.csv", folder.read("web.csv").replace(ROW_5, ""));
    let apart = folder.run(COFFEE);
    assert_eq!(apart.report()["customers"], 5);
    assert_eq!(customer(&apart, "Web", "Auth234"), [ana.clone(), u1.clone(), "Known".to_owned()]);
    let [new, previous, state] = customer(&apart, "Web", "Unknown1");
    assert!(new != u1 && new != ana, "a new id is never one used before");
    assert_eq!([previous, state], [ana.clone(), "Unknown".to_owned()]);
    assert_eq!(found(&folder, COFFEE, &format!("CustomerId:{u1}")), json!(ana));
    assert_eq!(found(&folder, COFFEE, "Web:Unknown1"), json!(new));

    folder.append("web.csv", ROW_5);
    let again = folder.run(COFFEE);
    let [id, previous, _] = customer(&again, "Web", "Unknown1");
    assert_eq!((id, previous), (ana.clone(), format!("{u1};{new}")));
    for old in [&u1, &new] {
        assert_eq!(found(&folder, COFFEE, &format!("CustomerId:{old}")), json!(ana));
    }
}

#[test]
fn the_same_project_data_and_map_give_the_same_bytes() {
    let folder = Folder::sample("coffee");
    folder.run(COFFEE);
    folder.append("web.csv", ROW_5);
    let once = folder.run(COFFEE);
    let twice = folder.run(COFFEE);
    let bytes = |results: &Results| {
        let mut files = results.files.clone();
        files.remove("report.json");
        files
    };
    assert_eq!(bytes(&once), bytes(&twice));
}

/// The shoe shop with a loyalty table above the web, whose visitors may sign in with a card.
fn shoes_with_loyalty() -> (Folder, &'static str) {
    let folder = Folder::sample("shoes");
    let web = folder.read("web.csv");
    let mut lines = web.lines();
    let header = format!("{},LoyaltyID\n", lines.next().unwrap());
    folder.write("web.csv", header + &lines.map(|line| format!("{line},--\n")).collect::<String>());
    folder.write("loyalty.csv", "LoyaltyID,FullName,Email\n100,Al Bo,al@contoso.com\n");
    let shoes = folder.project("shoes.tributary");
    let mut project =
        unify(vec![folder.source("Loyalty", "loyalty.csv", "LoyaltyID"), folder.source("Web", "web.csv", "UserID")]);
    project.unification[1].deduplication_rules = vec![deduplication_rule("UserID", vec![Condition::exact("UserID")])];
    project.unification[1].record_to_keep = RecordToKeep::MostFilled;
    project.unification[1].match_rules = vec![match_rule("Card", "LoyaltyID", "loyalty", "LoyaltyID")];
    select(&mut project, "web", &["UserID", "LoyaltyID"]);
    project.activities = shoes.activities;
    project.segments = vec![segment("Lookers", vec![(SetOperator::Union, vec![event("Product view"), web_leather()])])];
    folder.save("shop.tributary", &project);
    (folder, "shop.tributary")
}

fn web_leather() -> tributary::project::SegmentCondition {
    web("Category", "Leather shoes")
}

fn select(project: &mut Project, table: &str, columns: &[&str]) {
    let table = project.source_table_mut(table).unwrap();
    table.columns.iter_mut().for_each(|column| column.selected = columns.contains(&column.name.as_str()));
}

#[test]
fn case_24_interactions_arrive_and_the_profile_grows() {
    let (folder, project) = shoes_with_loyalty();
    let before = folder.run(project);
    let [guest, ..] = customer(&before, "Web", "mobile_guest123");
    assert_eq!(timeline(&before, &guest).len(), 3);
    folder.append("web.csv", "7,2026-03-03 10:00:00,mobile_guest123,Product view,LS-4,Leather shoes,/ls-4,20,--,--\n");
    let after = folder.run(project);
    assert_eq!(customer(&after, "Web", "mobile_guest123"), [guest.clone(), String::new(), "Unknown".to_owned()]);
    assert_eq!(timeline(&after, &guest), ["7 unknown", "4 unknown", "2 unknown", "1 unknown"]);
}

#[test]
fn case_25_an_unknown_visitor_becomes_known_and_keeps_all_that_was_learned() {
    let (folder, project) = shoes_with_loyalty();
    let before = folder.run(project);
    let [guest, ..] = customer(&before, "Web", "mobile_guest123");
    assert!(before.rows("segments/Lookers").column("CustomerId").contains(&guest));
    let unknown = before.report()["unknown"].as_u64().unwrap();

    folder.append("web.csv", "8,2026-03-04 10:00:00,mobile_guest123,Sign-in,--,--,/,5,--,909\n");
    folder.append("loyalty.csv", "909,Dee Fox,dee@contoso.com\n");
    let after = folder.run(project);
    assert_eq!(customer(&after, "Loyalty", "909"), [guest.clone(), String::new(), "Known".to_owned()]);
    assert_eq!(timeline(&after, &guest), ["8", "4 unknown", "2 unknown", "1 unknown"]);
    assert!(after.rows("segments/Lookers").column("CustomerId").contains(&guest), "membership is carried");
    assert_eq!(after.report()["unknown"].as_u64(), Some(unknown - 1));
    let (profile, _) = folder.lookup(project, "Web:mobile_guest123");
    assert_eq!(profile["fields"]["FullName"], "Dee Fox");
}

/// The coffee shop of the newsletter: sign-ups above the web, tied by the visitor's id.
fn newsletter() -> (Folder, &'static str) {
    let folder = Folder::new();
    folder.write(
        "web.csv",
        "EventID,EventTimeStamp,UserID,EventName,Product\n\
         1,2024-05-01 09:00:00,V1,Product view,Decaf beans\n\
         2,2024-05-02 09:00:00,V1,Product view,Decaf beans\n\
         3,2024-05-02 10:00:00,V2,Product view,Espresso\n\
         4,2024-05-20 10:00:00,V9,Product view,Decaf beans\n",
    );
    folder.write("signups.csv", "VisitorId,Email,SignedUpOn\nV7,eve@contoso.com,2024-04-01 08:00:00\n");
    let mut project =
        unify(vec![folder.source("Signups", "signups.csv", "VisitorId"), folder.source("Web", "web.csv", "UserID")]);
    select(&mut project, "signups", &["VisitorId", "Email"]);
    select(&mut project, "web", &["UserID"]);
    project.unification[0].deduplication_rules = vec![deduplication_rule("Email", vec![Condition::exact("Email")])];
    project.unification[1].deduplication_rules = vec![deduplication_rule("UserID", vec![Condition::exact("UserID")])];
    project.unification[1].match_rules = vec![match_rule("Visitor", "UserID", "signups", "VisitorId")];
    project.activities = vec![Activity {
        id: "web_activity".to_owned(),
        name: "Web activity".to_owned(),
        activity_type: "Web".to_owned(),
        source_table: "web".to_owned(),
        primary_key: "EventID".to_owned(),
        timestamp: "EventTimeStamp".to_owned(),
        event: "EventName".to_owned(),
        detail: Some("Product".to_owned()),
        web_address: None,
        link: ActivityLink { column: "UserID".to_owned(), to_table: "web".to_owned() },
        show_in_timeline: true,
    }];
    let decaf = || web("Product", "Decaf beans");
    let has_email = || tributary::project::SegmentCondition { negated: true, ..is(email(), Operator::Empty, &[]) };
    project.segments = vec![
        segment("Decaf_unknown", vec![(SetOperator::Union, vec![state("Unknown"), decaf()])]),
        segment("Decaf_newsletter", vec![(SetOperator::Union, vec![state("Known"), has_email(), decaf()])]),
    ];
    project.exports = vec![Export {
        id: "mail".to_owned(),
        name: "Mail".to_owned(),
        subject: ExportSubject::Segment { segment: "decaf_newsletter".to_owned() },
        fields: vec!["CustomerId".to_owned(), "Email".to_owned()],
        format: ExportFormat::Csv,
        path: "mail.csv".to_owned(),
    }];
    folder.save("news.tributary", &project);
    (folder, "news.tributary")
}

fn email() -> Subject {
    Subject::Field { field: "email".to_owned() }
}

#[test]
fn cases_26_to_28_a_visitor_signs_up_for_the_newsletter() {
    let (folder, project) = newsletter();
    let before = folder.run(project);
    let [v1, _, state] = customer(&before, "Web", "V1");
    assert_eq!(state, "Unknown");
    let members = |results: &Results, segment: &str| results.rows(&format!("segments/{segment}")).column("Web_UserID");
    assert_eq!(members(&before, "Decaf_unknown"), ["V1", "V9"]);
    assert!(members(&before, "Decaf_newsletter").is_empty());

    folder.append("signups.csv", "V1,dora@contoso.com,2024-05-10 12:00:00\n");
    let after = folder.run(project);
    assert_eq!(customer(&after, "Web", "V1"), [v1.clone(), String::new(), "Known".to_owned()]);
    assert_eq!(customer(&after, "Signups", "V1")[0], v1);
    assert_eq!(members(&after, "Decaf_unknown"), ["V9"]);
    assert_eq!(members(&after, "Decaf_newsletter"), ["V1"]);
    assert_eq!(timeline(&after, &v1), ["2 unknown", "1 unknown"], "both are from before the offer");
    let keys = after.rows("alternate_keys").pick(["TableName", "AlternateValue", "BecameKnownOn"]);
    let web = keys.iter().find(|[table, key, _]| table == "Web" && key == "V1").unwrap();
    assert_eq!(web[2], "2024-05-10 12:00:00", "the sign-up that the link leads to");
    let run = folder.run_in_process(&folder.project(project));
    let export = &run.project.exports[0];
    tributary::engine::activate::export::run_export(export, &run, folder.root(), &Task::default()).unwrap();
    assert_eq!(folder.read("mail.csv"), format!("CustomerId,Email\n{},dora@contoso.com\n", run_id(&run, "V1")));
    let history = folder.read("news.state/runs.jsonl");
    let runs: Vec<Value> = history.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let counts = |run: &Value| {
        let of = |name: &str| {
            let segments = run["segments"].as_array().unwrap();
            segments.iter().find(|segment| segment["name"] == name).unwrap()["members"].as_u64()
        };
        [of("Decaf_unknown"), of("Decaf_newsletter")]
    };
    assert_eq!(counts(&runs[0]), [Some(2), Some(0)]);
    assert_eq!(counts(&runs[1]), [Some(1), Some(1)], "one less, one more");
    assert_eq!(runs[1]["changes"]["became_known"], 1);
}

/// The id of a visitor in a run that remembers nothing.
fn run_id(run: &tributary::engine::pipeline::Run, visitor: &str) -> String {
    let rows = super::harness::Rows::of(&run.customers.as_ref().unwrap().table);
    let of = rows.pick(["Web_UserID", "CustomerId"]);
    of.into_iter().find(|[key, _]| key == visitor).unwrap()[1].clone()
}

#[test]
fn case_29_a_returning_visitor_on_another_device() {
    let (folder, project) = newsletter();
    folder.append("signups.csv", "V1,dora@contoso.com,2024-05-10 12:00:00\n");
    let before = folder.run(project);
    let [dora, ..] = customer(&before, "Web", "V1");
    let [v9, ..] = customer(&before, "Web", "V9");
    folder.append("signups.csv", "V9,dora@contoso.com,2024-05-21 12:00:00\n");
    let after = folder.run(project);
    let [id, previous, state] = customer(&after, "Web", "V9");
    assert_eq!((&id, &previous, state.as_str()), (&dora, &v9, "Known"));
    assert_eq!(customer(&after, "Web", "V1")[0], dora);
    assert_eq!(timeline(&after, &dora), ["4 unknown", "2 unknown", "1 unknown"]);
    assert_eq!(found(&folder, project, &format!("CustomerId:{v9}")), json!(dora));
}
