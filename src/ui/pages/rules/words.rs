//! Rules in words: the line that a closed card shows, and the names that rules are given.

use crate::project::condition::{HIGH, LOW, MEDIUM};
use crate::project::{Comparison, Condition, Exception, ExceptionTest, Normalization, Project};

/// `Email = Loyalty.Email, lower case; and Phone = Loyalty.Phone; except FirstName differs`. `upper` is the name of a
/// match rule's higher table.
pub fn summary(project: &Project, upper: Option<&str>, conditions: &[Condition], exceptions: &[Exception]) -> String {
    let conditions: Vec<String> = conditions.iter().map(|condition| compared(project, upper, condition)).collect();
    let mut words = if conditions.is_empty() { tr!("No condition").to_owned() } else { conditions.join(tr!("; and ")) };
    for (place, exception) in exceptions.iter().enumerate() {
        let fields = fields(exception.condition.fields());
        let verb = match exception.is {
            ExceptionTest::Same => tr!("is the same"),
            ExceptionTest::Different => tr!("differs"),
        };
        words.push_str(if place == 0 { tr!("; except ") } else { tr!(" and ") });
        words.push_str(&format!("{fields} {verb}"));
        let details = details(project, &exception.condition);
        if !details.is_empty() {
            words.push_str(&format!(" ({})", details.join(", ")));
        }
    }
    words
}

fn compared(project: &Project, upper: Option<&str>, condition: &Condition) -> String {
    let mut words = fields(condition.fields());
    if let Some(upper) = upper {
        let names = condition.to_fields().filter(|_| !condition.to_field.is_empty());
        let names: Vec<String> = names.map(|name| format!("{upper}.{name}")).collect();
        let sign = if condition.comparison.is_exact() { "=" } else { "≈" };
        let names = if names.is_empty() { "…".to_owned() } else { names.join(tr!(" or ")) };
        words = format!("{words} {sign} {names}");
    }
    std::iter::once(words).chain(details(project, condition)).collect::<Vec<_>>().join(", ")
}

fn fields<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| if name.is_empty() { "…" } else { name }).collect::<Vec<_>>().join(tr!(" or "))
}

/// How a condition compares, and what it evens out.
fn details(project: &Project, condition: &Condition) -> Vec<String> {
    let mut words = Vec::new();
    if !condition.comparison.is_exact() {
        words.push(comparison(condition.comparison));
    }
    words.extend(evened_out(project, condition));
    words
}

/// `High 80 %`, `Jaro-Winkler 90 %`, `at most 3 days apart`.
pub fn comparison(comparison: Comparison) -> String {
    match comparison {
        Comparison::EditDistance { precision } => {
            let name = match precision {
                LOW => tr!("Low"),
                MEDIUM => tr!("Medium"),
                HIGH => tr!("High"),
                _ => tr!("Custom"),
            };
            format!("{name} {precision}\u{a0}%")
        }
        Comparison::DaysApart { days: 1 } => tr!("at most 1 day apart").to_owned(),
        Comparison::DaysApart { days } => tr!("at most {days} days apart", days),
        Comparison::NumberApart { difference } => tr!("at most {difference} apart", difference),
        other => match other.precision() {
            Some(precision) => format!("{} {precision}\u{a0}%", other.label()),
            None => other.label().to_owned(),
        },
    }
}

/// What a condition evens out: normalizations, then lists.
pub fn evened_out(project: &Project, condition: &Condition) -> Vec<String> {
    let all = Normalization::ALL.into_iter().filter(|one| condition.normalizations.contains(one));
    let mut words: Vec<String> = all.map(|one| short(one).to_owned()).collect();
    let gone = |id: &String| tr!("missing list {id}", id);
    words.extend(
        condition
            .alias_lists
            .iter()
            .map(|id| project.alias_list(id).map_or_else(|| gone(id), |list| format!("alias {}", list.name))),
    );
    words.extend(
        condition
            .bypass_lists
            .iter()
            .map(|id| project.bypass_list(id).map_or_else(|| gone(id), |list| format!("bypass {}", list.name))),
    );
    words
}

fn short(normalization: Normalization) -> &'static str {
    match normalization {
        Normalization::Numerals => tr!("numerals"),
        Normalization::UnicodeToAscii => tr!("ASCII"),
        Normalization::LowerCase => tr!("lower case"),
        Normalization::Phone => tr!("phone"),
        Normalization::Name => tr!("name"),
        Normalization::Address => tr!("address"),
        Normalization::Organization => tr!("organization"),
        Normalization::Symbols => tr!("symbols"),
        Normalization::Whitespace => tr!("whitespace"),
    }
}

/// What a rule is called until an analyst says otherwise: `Same Email and Phone`, `Same City and similar FullName`.
/// With the name of a higher table `Email and Phone in Loyalty`.
pub fn default_name(conditions: &[Condition], upper: Option<&str>) -> String {
    // The product's name of a match rule says nothing of equality.
    let mut said = upper.map(|_| true);
    let mut words = Vec::new();
    for condition in conditions {
        let same = condition.comparison.is_exact();
        let word = match said {
            Some(before) if before == same => "",
            _ if same => tr!("same "),
            _ => tr!("similar "),
        };
        said = Some(same);
        words.push(format!("{word}{}", condition.fields().collect::<Vec<_>>().join(tr!(" or "))));
    }
    let mut name = words.join(tr!(" and "));
    if name.trim().is_empty() {
        name = tr!("Rule").to_owned();
    }
    if let Some(upper) = upper {
        name = tr!("{name} in {upper}", name, upper);
    }
    for word in [tr!("same "), tr!("similar ")] {
        if let Some(rest) = name.strip_prefix(word) {
            name = format!("{}{} {rest}", word[..1].to_uppercase(), word[1..].trim_end());
        }
    }
    name
}

/// Whether a name was made from the conditions, with a number after it or without, so that it follows them.
pub fn is_default_name(name: &str, default: &str) -> bool {
    name.strip_prefix(default).is_some_and(|rest| rest.is_empty() || rest.trim_start().parse::<u32>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::AliasList;

    fn email() -> Condition {
        Condition { normalizations: vec![Normalization::LowerCase], ..Condition::exact_to("Email", "Email") }
    }

    #[test]
    fn a_rule_is_one_line() {
        let mut project = Project::new("P");
        project.alias_lists.push(AliasList { id: "firms".to_owned(), name: "Firms".to_owned(), aliases: Vec::new() });
        let twins =
            Exception { is: ExceptionTest::Different, condition: Condition::exact_to("FirstName", "FirstName") };
        let phone = Condition {
            or_fields: vec!["Mobile".to_owned()],
            comparison: Comparison::EditDistance { precision: 75 },
            alias_lists: vec!["firms".to_owned()],
            ..Condition::exact_to("Phone", "Phone")
        };
        assert_eq!(
            summary(&project, Some("Loyalty"), &[email(), phone.clone()], &[twins]),
            "Email = Loyalty.Email, lower case; and Phone or Mobile ≈ Loyalty.Phone, Custom 75\u{a0}%, alias Firms; \
             except FirstName differs"
        );
        let own =
            Condition { to_field: String::new(), comparison: Comparison::EditDistance { precision: 80 }, ..phone };
        assert_eq!(summary(&project, None, &[own], &[]), "Phone or Mobile, High 80\u{a0}%, alias Firms");
        assert_eq!(summary(&project, None, &[], &[]), "No condition");
    }

    #[test]
    fn names_are_made_from_conditions_and_follow_them_until_one_is_typed() {
        let similar = Condition { comparison: Comparison::JaroWinkler { precision: 90 }, ..Condition::exact("Name") };
        let both = [email(), similar.clone()];
        assert_eq!(default_name(&both, None), "Same Email and similar Name");
        assert_eq!(default_name(&[similar, email()], None), "Similar Name and same Email");
        assert_eq!(default_name(&both, Some("Loyalty")), "Email and similar Name in Loyalty");
        assert_eq!(default_name(&[Condition::default()], Some("Loyalty")), "Rule in Loyalty");
        assert!(is_default_name("Same Email 2", "Same Email"));
        assert!(!is_default_name("Same Email address", "Same Email"));
    }
}
