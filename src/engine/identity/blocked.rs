//! Values that guards take out of matching: they stay in the data and identify nobody.

use hashbrown::HashSet;
use regex::Regex;

use crate::project::{BlockedValue, IdentifierGuard, Project};

/// The blocked values of one column.
#[derive(Debug, Default)]
pub struct BlockedValues<'a> {
    values: HashSet<&'a str>,
    patterns: Vec<Regex>,
}

impl<'a> BlockedValues<'a> {
    /// What every identifier guard that this column is a member of blocks. A pattern that does not compile blocks
    /// nothing; `engine::check` has said so.
    pub fn of_column(project: &'a Project, table: &str, column: &str) -> Self {
        let holds = |guard: &&IdentifierGuard| {
            guard.members.iter().any(|member| member.source_table == table && member.column == column)
        };
        let mut all = Self::default();
        for blocked in project.guards.identifiers.iter().filter(holds).flat_map(|guard| &guard.blocked) {
            match blocked {
                BlockedValue::Value(value) => {
                    all.values.insert(value.trim());
                }
                BlockedValue::Pattern(pattern) => all.patterns.extend(compile(pattern)),
            }
        }
        all
    }

    pub fn is_empty(&self) -> bool {
        self.values.is_empty() && self.patterns.is_empty()
    }

    /// Whether the trimmed value is one of them, or fits a pattern as a whole.
    pub fn is_blocked(&self, value: &str) -> bool {
        if self.is_empty() {
            return false;
        }
        let value = value.trim();
        self.values.contains(value) || self.patterns.iter().any(|pattern| pattern.is_match(value))
    }
}

/// A pattern that must fit a whole value.
///
/// # Errors
/// What is wrong with it, in one line.
pub fn compile(pattern: &str) -> Result<Regex, String> {
    // On its own first: `a)|(b` is none, though it is one inside parentheses.
    Regex::new(pattern).and_then(|_| Regex::new(&format!("^(?:{pattern})$"))).map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "it is too large".to_owned(),
        error => {
            // The library's message draws the pattern over several lines; the last one says what is wrong.
            let text = error.to_string();
            text.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{FieldMember, guard};

    #[test]
    fn a_value_is_blocked_trimmed_and_whole_in_the_guarded_column_only() {
        let mut project = Project::new("P");
        project.guards.identifiers.push(IdentifierGuard {
            id: "phone".to_owned(),
            name: "Phone".to_owned(),
            members: vec![FieldMember { source_table: "crm".to_owned(), column: "Phone".to_owned() }],
            blocked: guard::usual_blocked_values(),
            max_values: None,
        });
        let blocked = BlockedValues::of_column(&project, "crm", "Phone");
        for value in ["000-000", " -1 ", "null", "0"] {
            assert!(blocked.is_blocked(value), "{value}");
        }
        for value in ["555-1212", "nullify", "Null", ""] {
            assert_eq!(blocked.is_blocked(value), value.is_empty(), "{value}");
        }
        assert!(BlockedValues::of_column(&project, "crm", "Email").is_empty());
    }

    #[test]
    fn a_pattern_that_does_not_compile_says_why_in_one_line() {
        let error = compile("(a").unwrap_err();
        assert!(error.contains("unclosed group"), "{error}");
        assert!(!error.contains('\n'));
        assert!(compile("a)|(b").is_err());
    }
}
