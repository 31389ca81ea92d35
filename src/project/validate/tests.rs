use super::*;
use crate::project::source::{TextEncoding, semantic};
use crate::project::{
    Alias, AliasList, BlockedValue, BypassList, Comparison, Condition, DeduplicationRule, Exception, ExceptionTest,
    FieldMember, FileFormat, IdentifierGuard, MatchRule, Normalization, PairOverride, RecordKey, RecordToKeep,
    SourceColumn, UnificationTable, ValueToKeep,
};

fn source(id: &str) -> SourceTable {
    let column = |(name, column_type, meaning): (&str, ColumnType, Option<&str>)| SourceColumn {
        name: name.to_owned(),
        column_type,
        date_format: None,
        semantic_type: meaning.map(str::to_owned),
        selected: true,
    };
    let columns = [
        ("Id", ColumnType::String, None),
        ("Name", ColumnType::String, Some(semantic::FULL_NAME)),
        ("Email", ColumnType::String, Some(semantic::EMAIL)),
        ("Card", ColumnType::String, Some(semantic::LOYALTY_ID)),
        ("Age", ColumnType::Integer, None),
        ("Born", ColumnType::Date, None),
    ];
    SourceTable {
        id: id.to_owned(),
        name: id.to_uppercase(),
        path: format!("{id}.csv"),
        format: FileFormat::Csv {
            delimiter: ',',
            quote: '"',
            header: true,
            encoding: TextEncoding::Utf8,
            decimal_comma: false,
        },
        blank_tokens: Vec::new(),
        columns: columns.map(column).to_vec(),
        primary_key: Some("Id".to_owned()),
    }
}

/// Tables A and B, unified and free of problems.
pub(super) fn project() -> Project {
    let mut project = Project::new("P");
    project.source_tables = vec![source("a"), source("b")];
    project.unification = vec![UnificationTable::new("a"), UnificationTable::new("b")];
    project.unification[1].match_rules = vec![MatchRule {
        id: "m".to_owned(),
        name: "Email".to_owned(),
        active: true,
        to_table: "a".to_owned(),
        conditions: vec![Condition::exact_to("Email", "Email")],
        exceptions: Vec::new(),
    }];
    assert_eq!(validate(&project), []);
    project
}

fn rule(conditions: Vec<Condition>) -> DeduplicationRule {
    DeduplicationRule { id: "r".to_owned(), name: "R".to_owned(), active: true, conditions, exceptions: Vec::new() }
}

fn by(field: &str, comparison: Comparison) -> Condition {
    Condition { comparison, ..Condition::exact(field) }
}

/// The problems of a project as lines.
fn lines(project: &Project) -> Vec<String> {
    let line = |problem: &Problem| {
        let severity = if problem.severity == Severity::Error { "error" } else { "warning" };
        format!("{severity}: {}: {} {}", problem.place.page(), problem.message, problem.fix)
    };
    validate(project).iter().map(line).collect()
}

/// The problems that table A has with this rule.
fn of_rule(rule: DeduplicationRule) -> Vec<String> {
    let mut project = project();
    project.unification[0].deduplication_rules = vec![rule];
    lines(&project)
}

/// The problems of a condition beside an exact one.
fn of(condition: Condition) -> Vec<String> {
    of_rule(rule(vec![Condition::exact("Email"), condition]))
}

#[track_caller]
fn assert_one(lines: &[String], part: &str) {
    assert!(lines.len() == 1 && lines[0].contains(part), "not just {part:?}: {lines:#?}");
}

const CLOSE: Comparison = Comparison::EditDistance { precision: 80 };

#[test]
fn every_field_of_a_condition_or_exception_is_a_column() {
    assert_one(&of(Condition { or_fields: vec!["Work".to_owned()], ..by("Name", CLOSE) }), "uses Work, which is not");
    let mut excepted = rule(vec![Condition::exact("Email")]);
    excepted.exceptions = vec![Exception { is: ExceptionTest::Different, condition: Condition::exact("First") }];
    assert_one(&of_rule(excepted.clone()), "error: Deduplication rules: The rule \"R\" uses First, which is not");
    excepted.active = false;
    assert_one(&of_rule(excepted), "warning: Deduplication rules: The rule \"R\" uses First, which is not");
    let mut project = project();
    project.unification[1].match_rules[0].conditions[0].or_to_fields = vec!["Mail".to_owned()];
    assert_one(&lines(&project), "error: Matching rules: The rule \"Email\" uses Mail, which is not a column of A.");
    project.unification[1].match_rules[0].conditions = vec![Condition::exact("Email")];
    assert_one(&lines(&project), "has a condition without a field of A.");
}

#[test]
fn measures_need_columns_of_their_types() {
    for comparison in [CLOSE, Comparison::JaroWinkler { precision: 90 }, Comparison::Soundex] {
        let label = comparison.label();
        let number = format!("compares Age by \"{label}\", but it is an integer. Choose Exact, or Number apart.");
        assert_one(&of(by("Age", comparison)), &number);
        let date = format!("compares Born by \"{label}\", but it is a date. Choose Exact, or Days apart.");
        assert_one(&of(by("Born", comparison)), &date);
    }
    let (days, number) = (Comparison::DaysApart { days: 3 }, Comparison::NumberApart { difference: 1.5 });
    assert_one(&of(by("Age", days)), "compares Age by \"Days apart\", but it is an integer.");
    assert_one(&of(by("Name", number)), "compares Name by \"Number apart\", but it is a string. Choose Exact.");
    assert_eq!((of(by("Born", days)), of(by("Age", number))), (Vec::new(), Vec::new()));
    // On either side of a match rule.
    let mut project = project();
    project.unification[1].match_rules[0]
        .conditions
        .push(Condition { to_field: "Age".to_owned(), ..by("Name", CLOSE) });
    assert_one(&lines(&project), "compares Age by \"Edit distance\"");
}

#[test]
fn figures_of_measures_have_bounds() {
    let percent = |precision| of(by("Name", Comparison::JaroWinkler { precision }));
    assert_one(&percent(0), "asks for 0% of Name, which any two values reach.");
    assert_one(&percent(100), "asks for 100% of Name. Choose Exact, which is 100%");
    assert_one(&percent(255), "asks for 255% of Name.");
    assert_eq!((percent(1), percent(99)), (Vec::new(), Vec::new()));
    for difference in [-1.0, f64::NAN, f64::INFINITY] {
        assert_one(&of(by("Age", Comparison::NumberApart { difference })), "apart. Write a difference of 0 or more.");
    }
    let mut apart = by("Age", Comparison::NumberApart { difference: 0.0 });
    apart.normalizations = vec![Normalization::Symbols];
    assert_one(&of(apart), "warning: Deduplication rules: The rule \"R\" evens Age out before \"Number apart\"");
}

#[test]
fn lists_that_are_gone_countries_for_nothing_and_conditions_said_twice() {
    let condition = Condition { alias_lists: vec!["x".to_owned()], ..by("Name", CLOSE) };
    assert_one(&of(condition), "error: Deduplication rules: The rule \"R\" chooses the alias list x, which is gone.");
    let condition = Condition { bypass_lists: vec!["y".to_owned()], ..by("Name", CLOSE) };
    assert_one(&of(condition), "chooses the bypass list y, which is gone.");
    let mut condition = Condition { default_country: Some("US".to_owned()), ..by("Name", CLOSE) };
    assert_one(
        &of(condition.clone()),
        "warning: Deduplication rules: The rule \"R\" gives Name the default country US",
    );
    condition.normalizations.push(Normalization::Phone);
    assert_eq!(of(condition), Vec::<String>::new());
    assert_one(
        &of(Condition::exact("Email")),
        "warning: Deduplication rules: The rule \"R\" has one condition on Email",
    );
}

#[test]
fn a_rule_without_an_exact_condition_is_searched_by_an_index_or_asks_for_one() {
    let alone = |condition| of_rule(rule(vec![condition]));
    for comparison in [CLOSE, Comparison::TokenSet { precision: 50 }, Comparison::DamerauLevenshtein { precision: 80 }]
    {
        assert_one(
            &alone(by("Name", comparison)),
            "warning: Deduplication rules: The rule \"R\" has no exact condition: all",
        );
    }
    for (comparison, why) in [
        (Comparison::EditDistance { precision: 59 }, "edit distance below 60% has no index. Add an exact condition"),
        (Comparison::JaroWinkler { precision: 95 }, "Jaro-Winkler has no index. Add an exact condition, such as"),
    ] {
        assert_one(&alone(by("Name", comparison)), &format!("The rule \"R\" has no exact condition, and {why}"));
    }
    assert_one(&alone(by("Born", Comparison::DaysApart { days: 1 })), "days apart has no index.");
    let several = Condition { or_fields: vec!["Email".to_owned()], ..by("Name", CLOSE) };
    assert_one(
        &alone(several.clone()),
        "error: Deduplication rules: The rule \"R\" has no exact condition, and one of",
    );
    // One that can be searched is enough; sounds and any of several equal values are keys.
    assert_one(&of_rule(rule(vec![several, by("Email", CLOSE)])), "warning: ");
    let exact = Condition { or_fields: vec!["Email".to_owned()], ..Condition::exact("Name") };
    for key in [exact, by("Name", Comparison::Soundex), by("Name", Comparison::DoubleMetaphone)] {
        assert_eq!(alone(key), Vec::<String>::new());
    }
}

/// Semantics, case 5.
#[test]
fn an_id_is_not_corrected() {
    assert_one(
        &of(by("Card", CLOSE)),
        "warning: Deduplication rules: The rule \"R\" compares Card, an id, by \"Edit distance\": it would merge ids that \
         differ in a character. Choose Exact.",
    );
    assert_eq!(of(Condition::exact("Card")), Vec::<String>::new());
    let mut excepted = rule(vec![Condition::exact("Email")]);
    excepted.exceptions = vec![Exception { is: ExceptionTest::Different, condition: by("Card", CLOSE) }];
    assert_eq!(of_rule(excepted), Vec::<String>::new());
}

#[test]
fn values_to_keep_are_of_columns_and_go_by_something_ordered() {
    let keep = |values: &[(&str, RecordToKeep)]| {
        let mut project = project();
        let value =
            |(column, keep): &(&str, RecordToKeep)| ValueToKeep { column: (*column).to_owned(), keep: keep.clone() };
        project.unification[0].values_to_keep = values.iter().map(value).collect();
        lines(&project)
    };
    let (filled, recent) =
        (RecordToKeep::MostFilled, |field: &str| RecordToKeep::MostRecent { field: field.to_owned() });
    assert_eq!(keep(&[("Name", filled.clone()), ("Email", recent("Age"))]), Vec::<String>::new());
    assert_one(&keep(&[("Fax", filled.clone())]), "A value to keep of A is that of Fax, which is not a column.");
    assert_one(&keep(&[("Id", filled.clone())]), "Id of A has a value to keep of its own.");
    assert_one(&keep(&[("Name", recent("Email"))]), "The value to keep of Name in A goes by Email, which is a string.");
    assert_one(
        &keep(&[("Name", recent("When"))]),
        "The value to keep of Name in A goes by When, which is not a column.",
    );
    assert_one(&keep(&[("Name", filled.clone()), ("Name", filled)]), "Name of A has two values to keep.");
}

fn pair(a: (&str, &str), b: (&str, &str)) -> PairOverride {
    PairOverride { a: RecordKey::new(a.0, a.1), b: RecordKey::new(b.0, b.1), reason: String::new() }
}

#[test]
fn pairs_decided_by_hand_do_not_contradict_each_other() {
    let mut project = project();
    project.overrides.always_match = vec![pair(("a", "1"), ("b", "2")), pair(("a", "1"), ("a", "3"))];
    project.overrides.never_match = vec![pair(("b", "2"), ("a", "1"))];
    assert_one(&lines(&project), "error: Matching rules: A pair is to match always and never: B:2 and A:1. Delete it");
    project.overrides.never_match = (0..5).map(|i| pair(("a", &i.to_string()), ("a", &i.to_string()))).collect();
    assert_one(&lines(&project), "list \"never match\" names one record twice: A:0; A:1; A:2; and 2 more.");
    project.overrides.never_match = vec![pair(("a", "7"), ("b", "8")), pair(("b", "8"), ("a", "7"))];
    assert_one(
        &lines(&project),
        "warning: Matching rules: A pair stands in the list \"never match\" twice: B:8 and A:7.",
    );
    project.overrides.never_match = vec![pair(("a", "7"), ("c", "8")), pair(("c", "8"), ("c", "7"))];
    assert_one(&lines(&project), "warning: Matching rules: 2 pairs name c, which is not unified. Unify the table");
}

#[test]
fn guards_limit_something_and_lists_say_something() {
    let guard = |max_values, columns: &[&str]| IdentifierGuard {
        id: "g".to_owned(),
        name: "Mail".to_owned(),
        members: columns
            .iter()
            .map(|column| FieldMember { source_table: "a".to_owned(), column: (*column).to_owned() })
            .collect(),
        blocked: Vec::new(),
        max_values,
    };
    let of = |guard| {
        let mut project = project();
        project.guards.identifiers.push(guard);
        lines(&project)
    };
    assert_eq!(of(guard(Some(1), &["Email"])), Vec::<String>::new());
    assert_one(&of(guard(Some(1), &[])), "error: Matching rules: The guard \"Mail\" has no column.");
    assert_one(&of(guard(None, &["Mail"])), "The guard \"Mail\" names Mail, which is not a column of A.");
    assert_one(&of(guard(Some(0), &["Email"])), "The guard \"Mail\" allows no value in a customer.");
    let blank = IdentifierGuard { blocked: vec![BlockedValue::Value(" ".to_owned())], ..guard(None, &["Email"]) };
    assert_one(&of(blank), "The guard \"Mail\" blocks an empty value.");
    let mut project = project();
    project.guards.max_records = Some(0);
    assert_one(&lines(&project), "The guard of records allows none in a customer.");
    project.guards.max_records = Some(1);
    let alias = Alias { value: "MSFT".to_owned(), same_as: " ".to_owned() };
    project.alias_lists = vec![AliasList { id: "l".to_owned(), name: "L".to_owned(), aliases: vec![alias] }];
    assert_one(&lines(&project), "warning: Matching rules: The alias list \"L\" has an empty value");
    project.alias_lists.clear();
    project.bypass_lists = vec![BypassList { id: "l".to_owned(), name: "L".to_owned(), values: vec![String::new()] }];
    assert_one(&lines(&project), "warning: Matching rules: The bypass list \"L\" has an empty value.");
}

#[test]
fn two_rules_of_one_id_are_told() {
    let mut project = project();
    project.unification[0].deduplication_rules = vec![rule(vec![Condition::exact("Email")])];
    project.unification[1].match_rules[0].id = "r".to_owned();
    assert_one(
        &lines(&project),
        "warning: Matching rules: The rule \"Email\" has the id r, which another rule has too.",
    );
}
