//! Whatever is wrong with a project or its files: a clear message at its place, the right exit code, never a crash and
//! never a silent zero.

use tributary::project::{ColumnType, Operator, RecordToKeep, SetOperator, Subject};

use super::harness::{Folder, Outcome, condition, deduplication_rule, is, match_rule, segment};

const COFFEE: &str = "coffee.tributary";

/// What `check` and `run` say of the coffee sample after it was broken. A run that stops leaves nothing behind.
struct Broken {
    folder: Folder,
    check: Outcome,
    run: Outcome,
}

impl Broken {
    #[track_caller]
    fn by(breaking: impl FnOnce(&Folder)) -> Self {
        let folder = Folder::sample("coffee");
        breaking(&folder);
        let check = folder.tributary(&["check", COFFEE]);
        let run = folder.tributary(&["run", COFFEE, "--out", "out", "--format", "csv"]);
        Self { folder, check, run }
    }

    /// Both commands refuse it with this message at this place.
    #[track_caller]
    fn expect_refused(self, page: &str, message: &str) {
        let line = format!("error: {page}: {message}");
        self.check.expect_code(3).expect_stdout(&line);
        self.run.expect_code(1).expect_stderr(&line);
        assert!(!self.folder.path("out").exists());
    }

    /// Both commands warn of it, and the run goes on.
    #[track_caller]
    fn expect_warning(self, page: &str, message: &str) {
        let line = format!("warning: {page}: {message}");
        self.check.expect_code(0).expect_stdout(&line);
        self.run.expect_code(0).expect_stderr(&line);
        assert!(self.folder.path("out/report.json").exists());
    }
}

#[test]
fn an_empty_file() {
    Broken::by(|folder| folder.write("web.csv", "")).expect_refused("Sources", "Web: The file is empty.");
}

#[test]
fn a_header_only() {
    let broken = Broken::by(|folder| folder.write("web.csv", "EventID,EventTimeStamp,UserID,LoyaltyID,EventName\n"));
    broken.expect_warning("Sources", "Web has column names but no rows.");
}

#[test]
fn a_missing_file() {
    let broken = Broken::by(|folder| std::fs::remove_file(folder.path("web.csv")).unwrap());
    broken.expect_refused("Sources", "Web: There is no file at this path.");
}

#[test]
fn a_folder_in_the_place_of_a_file() {
    let broken = Broken::by(|folder| {
        std::fs::remove_file(folder.path("web.csv")).unwrap();
        std::fs::create_dir(folder.path("web.csv")).unwrap();
    });
    broken.expect_refused("Sources", "Web: This is a folder, not a file.");
}

#[test]
fn a_used_column_that_vanished_since_the_project_was_saved() {
    let broken = Broken::by(|folder| {
        let text = folder.read("web.csv").replace("UserID", "Visitor");
        folder.write("web.csv", text);
    });
    broken.expect_refused("Sources", "UserID is no longer a column of Web.");
}

#[test]
fn a_column_that_nothing_uses_vanished() {
    let broken = Broken::by(|folder| {
        folder.edit(COFFEE, |project| {
            project.activities.clear();
            project.segments.clear();
            project.exports.clear();
        });
        let text = folder.read("web.csv").replace("EventName", "Event");
        folder.write("web.csv", text);
    });
    broken.expect_warning("Sources", "EventName is no longer a column of Web.");
}

#[test]
fn a_parquet_file_that_is_none() {
    let broken = Broken::by(|folder| {
        folder.edit(COFFEE, |project| {
            project.source_table_mut("web").unwrap().format = tributary::project::FileFormat::Parquet;
        });
    });
    broken.expect_refused("Sources", "Web: This is not a whole Parquet file");
}

#[test]
fn rows_that_do_not_fit_at_all() {
    let broken = Broken::by(|folder| {
        let web =
            "EventID,EventTimeStamp,UserID,LoyaltyID,EventName\nx,07-23-2022 10:00:00,U,1,View\n\"1,2\n,,,,,,,,\n";
        folder.write("web.csv", web);
    });
    broken.expect_warning("Sources", "3 of the 3 rows of Web do not fit its columns and take no part.");
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission() {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::sample("coffee");
    fs::create_dir(folder.path("closed")).unwrap();
    fs::rename(folder.path("web.csv"), folder.path("closed/web.csv")).unwrap();
    folder.edit(COFFEE, |project| "closed/web.csv".clone_into(&mut project.source_table_mut("web").unwrap().path));
    fs::set_permissions(folder.path("closed"), Permissions::from_mode(0o000)).unwrap();
    let readable = fs::read(folder.path("closed/web.csv")).is_ok();
    let (check, run) = (
        folder.tributary(&["check", COFFEE]),
        folder.tributary(&["run", COFFEE, "--out", "closed/out", "--format", "csv"]),
    );
    fs::set_permissions(folder.path("closed"), Permissions::from_mode(0o755)).unwrap();
    if readable {
        // For root no folder is closed: the run must then simply succeed.
        check.expect_code(0);
        run.expect_code(0);
    } else {
        check.expect_code(3).expect_stdout("error: Sources: Web: You have no permission to read the file.");
        run.expect_code(1).expect_stderr("You have no permission");
    }
}

#[test]
fn results_that_cannot_be_written() {
    let folder = Folder::sample("coffee");
    let outcome = folder.tributary(&["run", COFFEE, "--out", "web.csv/out"]).expect_code(1);
    outcome.expect_stderr("cannot be written");
    let outcome = folder.tributary(&["run", COFFEE, "--out", "web.csv"]).expect_code(1);
    outcome.expect_stderr("it is a file, not a folder");
    assert!(folder.read("web.csv").starts_with("EventID,"));
}

#[test]
fn a_primary_key_that_is_not_unique() {
    let broken = Broken::by(|folder| {
        folder.append("loyalty.csv", "707,Ann Cruz,ann@contoso.com\n");
    });
    broken.expect_warning("Customer data", "The primary key LoyaltyID of Loyalty is not unique: 707 occurs 2 times.");
}

#[test]
fn a_primary_key_that_is_gone_or_missing() {
    let broken = Broken::by(|folder| {
        folder.edit(COFFEE, |project| project.source_table_mut("web").unwrap().primary_key = Some("Cookie".to_owned()));
    });
    broken.expect_refused("Customer data", "The primary key Cookie is not a column of Web.");
    let broken = Broken::by(|folder| {
        folder.edit(COFFEE, |project| project.source_table_mut("web").unwrap().primary_key = None);
    });
    broken.expect_refused("Customer data", "Web has no primary key.");
}

#[test]
fn rules_on_columns_that_were_deleted() {
    let broken = Broken::by(|folder| {
        folder.edit(COFFEE, |project| {
            let web = project.unification_table_mut("web").unwrap();
            web.deduplication_rules.push(deduplication_rule("Same device", vec![condition("Device", &[])]));
        });
    });
    broken.expect_refused("Deduplication rules", "The rule \"Same device\" uses Device, which is not a column of Web.");
    let broken = Broken::by(|folder| {
        folder.edit(COFFEE, |project| {
            let web = project.unification_table_mut("web").unwrap();
            web.match_rules.push(match_rule("Device", "UserID", "store", "Device"));
        });
    });
    broken.expect_refused("Matching rules", "The rule \"Device\" uses Device, which is not a column of Store.");
    let broken = Broken::by(|folder| {
        folder.edit(COFFEE, |project| {
            let web = project.unification_table_mut("web").unwrap();
            web.record_to_keep = RecordToKeep::MostRecent { field: "When".to_owned() };
        });
    });
    broken.expect_refused("Deduplication rules", "The record to keep of Web goes by When, which is not a column.");
    let broken = Broken::by(|folder| {
        folder.edit(COFFEE, |project| {
            let web = project.unification_table_mut("web").unwrap();
            web.record_to_keep = RecordToKeep::MostRecent { field: "EventName".to_owned() };
        });
    });
    broken.expect_refused("Deduplication rules", "The record to keep of Web goes by EventName, which is a string.");
    let broken = Broken::by(|folder| {
        folder.edit(COFFEE, |project| {
            let web = project.unification_table_mut("web").unwrap();
            let mut rule = deduplication_rule("Same device", vec![condition("Device", &[])]);
            rule.active = false;
            web.deduplication_rules.push(rule);
        });
    });
    broken.expect_warning("Deduplication rules", "The rule \"Same device\" uses Device");
}

#[test]
fn a_match_rule_to_a_table_that_is_gone() {
    let broken = Broken::by(|folder| {
        folder.edit(COFFEE, |project| {
            project.unification.retain(|table| table.source_table != "store");
        });
    });
    broken.expect_refused(
        "Matching rules",
        "The match rule \"LoyaltyID in Store\" of Web names Store, which does not stand above it.",
    );
}

#[test]
fn a_segment_on_a_field_or_activity_that_is_gone() {
    let on = |condition| {
        Broken::by(move |folder| {
            folder.edit(COFFEE, |project| {
                project.segments.push(segment("Lost", vec![(SetOperator::Union, vec![condition])]));
            });
        })
    };
    let field = |field: &str| Subject::Field { field: field.to_owned() };
    on(is(field("e_mail"), Operator::Empty, &[]))
        .expect_refused("Segments", "Lost, rule 1: there is no customer field \"e_mail\".");
    let activity = Subject::Activity { activity: "calls".to_owned(), column: "Length".to_owned() };
    on(is(activity, Operator::Empty, &[]))
        .expect_refused("Segments", "Lost, rule 1: there is no activity \"calls\" with a column Length.");
    on(is(field("loyaltyid"), Operator::Contains, &["7"]))
        .expect_refused("Segments", "Lost, rule 1: \"containing\" does not apply to an integer.");
    let broken = on(is(field("loyaltyid"), Operator::LessThan, &["many"]));
    broken.expect_refused("Segments", "Lost, rule 1: ");
}

#[test]
fn an_activity_that_lost_its_column_or_its_type() {
    let broken = Broken::by(|folder| {
        folder.edit(COFFEE, |project| "Url".clone_into(&mut project.activities[0].event));
    });
    broken.expect_refused("Activities", "The event of Web activity, Url, is not a column of Web.");
    let broken = Broken::by(|folder| {
        folder.edit(COFFEE, |project| {
            let time = project.source_table_mut("web").unwrap().column_mut("EventTimeStamp").unwrap();
            (time.column_type, time.date_format) = (ColumnType::String, None);
        });
    });
    broken.expect_refused("Activities", "The timestamp of Web activity, EventTimeStamp, is a string.");
    let broken = Broken::by(|folder| {
        folder.edit(COFFEE, |project| "kiosk".clone_into(&mut project.activities[0].link.to_table));
    });
    broken.expect_refused("Activities", "The activity Web activity is linked to kiosk, which is not unified.");
}

#[test]
fn a_date_format_that_cannot_be_read() {
    let broken = Broken::by(|folder| {
        folder.edit(COFFEE, |project| {
            let time = project.source_table_mut("web").unwrap().column_mut("EventTimeStamp").unwrap();
            time.date_format = Some("dd-QQ".to_owned());
        });
    });
    broken.expect_refused("Sources", "The date format of EventTimeStamp, dd-QQ, cannot be read");
}

#[test]
fn names_that_cannot_be() {
    let rename = |id: &'static str, name: &'static str| {
        Broken::by(move |folder| {
            folder.edit(COFFEE, |project| name.clone_into(&mut project.source_table_mut(id).unwrap().name));
        })
    };
    rename("web", "2 web").expect_refused("Sources", "\"2 web\" cannot be a table's name.");
    rename("web", "STORE").expect_refused("Sources", "Two tables are called");
}

#[test]
fn an_export_of_what_is_gone_is_an_error_that_stops_no_run() {
    let broken = Broken::by(|folder| {
        folder.edit(COFFEE, |project| project.exports[0].fields.push("Phone".to_owned()));
    });
    let line = "error: Export: The export Unknown visitors names Phone, which is not a customer field.";
    broken.check.expect_code(3).expect_stdout(line);
    broken.run.expect_code(0).expect_stderr(line);
}

#[test]
fn nothing_unified() {
    let broken = Broken::by(|folder| {
        folder.edit(COFFEE, |project| {
            project.unification.clear();
            project.activities.clear();
            project.segments.clear();
            project.exports.clear();
        });
    });
    broken.expect_refused("Customer data", "No table is unified.");
}

/// A project file that cannot be opened: `check`, `run` and `lookup` say the same and exit with 1.
#[track_caller]
fn cannot_be_opened(content: impl AsRef<[u8]>, message: &str) {
    let folder = Folder::sample("coffee");
    folder.write(COFFEE, content);
    for arguments in [&["check", COFFEE][..], &["run", COFFEE], &["lookup", COFFEE, "Web:Unknown1"]] {
        let outcome = folder.tributary(arguments).expect_code(1).expect_stderr(message);
        assert_eq!(outcome.stdout, "");
    }
    assert!(!folder.path("coffee.state").exists());
}

#[test]
fn a_project_file_that_is_broken_newer_or_foreign() {
    let good = Folder::sample("coffee").read(COFFEE);
    cannot_be_opened(&good[..good.len() / 2], "is damaged: it is not valid JSON");
    cannot_be_opened(good.replacen("\"version\": 3", "\"version\": 4", 1), "was saved by a newer Tributary");
    cannot_be_opened(good.replacen("\"name\"", "\"nom\"", 1), "is damaged: unknown field `nom`");
    cannot_be_opened(good.replacen("\"most_filled\"", "\"longest\"", 1), "is damaged: ");
    cannot_be_opened("LoyaltyID,FullName\n", "is not a Tributary project");
    cannot_be_opened("{}", "is not a Tributary project: it has no version");
    cannot_be_opened("[]", "is not a Tributary project: it has no version");
    cannot_be_opened("", "is not a Tributary project");
    cannot_be_opened([0xff, 0xfe, 0, 1], "is not a Tributary project: it is not text");
}

#[test]
fn a_project_file_that_is_not_there() {
    let folder = Folder::new();
    folder.tributary(&["run", "nowhere.tributary"]).expect_code(1).expect_stderr("nowhere.tributary is not there.");
    std::fs::create_dir(folder.path("folder.tributary")).unwrap();
    folder.tributary(&["check", "folder.tributary"]).expect_code(1).expect_stderr("cannot be read");
}

#[test]
fn odd_bytes_in_a_table_do_no_harm() {
    for content in
        [&b"\xff\xfe\x00"[..], b"\x00\x01\x02\n\x03", b"\"", b"PAR1", b",,,\n,,,", b"\n\n\n", b"a\r\rb\"\"\x80"]
    {
        let folder = Folder::sample("coffee");
        folder.write("web.csv", content);
        for arguments in [&["check", COFFEE][..], &["run", COFFEE, "--out", "out"]] {
            let outcome = folder.tributary(arguments);
            assert!(matches!(outcome.code, Some(1 | 3)), "{content:?}: {outcome:#?}");
            let code = outcome.code.unwrap();
            outcome.expect_code(code);
        }
    }
}
