//! Which form a count takes, by the rule in the head of a `.po` file: `nplurals=2; plural=(n != 1);`.

use std::str::Chars;

/// The rule of a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PluralRule {
    /// How many forms it has.
    pub(super) forms: usize,
    which: Term,
}

/// A term of the rule, as C writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Term {
    Count,
    Number(u64),
    Two(Operator, Box<(Term, Term)>),
    /// The first where it is not zero: the second, else the third.
    Choice(Box<(Term, Term, Term)>),
    Not(Box<Term>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Or,
    And,
    Equal,
    Unequal,
    AtMost,
    AtLeast,
    Less,
    More,
    Plus,
    Minus,
    Rest,
    Times,
    Parts,
}

/// Operators by how close they bind, the loosest first; of one line, the longer first.
const OPERATORS: [&[(&str, Operator)]; 6] = [
    &[("||", Operator::Or)],
    &[("&&", Operator::And)],
    &[("==", Operator::Equal), ("!=", Operator::Unequal)],
    &[("<=", Operator::AtMost), (">=", Operator::AtLeast), ("<", Operator::Less), (">", Operator::More)],
    &[("+", Operator::Plus), ("-", Operator::Minus)],
    &[("%", Operator::Rest), ("*", Operator::Times), ("/", Operator::Parts)],
];

/// No rule of a language is deeper than this; a file that is would end the program.
const DEPTH: usize = 64;

impl Default for PluralRule {
    /// That of English.
    fn default() -> Self {
        let which = Term::Two(Operator::Unequal, Box::new((Term::Count, Term::Number(1))));
        Self { forms: 2, which }
    }
}

impl PluralRule {
    /// Reads what a head says after `Plural-Forms:`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let value = |name| {
            text.split(';')
                .find_map(|part| part.trim().strip_prefix(name)?.trim_start().strip_prefix('=').map(str::trim))
        };
        let forms = value("nplurals")?.parse().ok().filter(|forms| (1..=10).contains(forms))?;
        let mut reader = Reader { rest: value("plural")?.chars(), depth: 0 };
        let which = reader.choice()?;
        reader.rest.as_str().trim().is_empty().then_some(Self { forms, which })
    }

    /// The form for a count, from zero.
    pub(super) fn form(&self, n: u64) -> usize {
        usize::try_from(self.which.value(n)).unwrap_or(0).min(self.forms - 1)
    }
}

impl Term {
    fn value(&self, n: u64) -> u64 {
        match self {
            Self::Count => n,
            Self::Number(number) => *number,
            Self::Not(term) => u64::from(term.value(n) == 0),
            Self::Choice(terms) => {
                if terms.0.value(n) != 0 {
                    terms.1.value(n)
                } else {
                    terms.2.value(n)
                }
            }
            Self::Two(operator, terms) => {
                let (a, b) = (terms.0.value(n), terms.1.value(n));
                match operator {
                    Operator::Or => u64::from(a != 0 || b != 0),
                    Operator::And => u64::from(a != 0 && b != 0),
                    Operator::Equal => u64::from(a == b),
                    Operator::Unequal => u64::from(a != b),
                    Operator::AtMost => u64::from(a <= b),
                    Operator::AtLeast => u64::from(a >= b),
                    Operator::Less => u64::from(a < b),
                    Operator::More => u64::from(a > b),
                    Operator::Plus => a.saturating_add(b),
                    Operator::Minus => a.saturating_sub(b),
                    Operator::Times => a.saturating_mul(b),
                    Operator::Rest => a.checked_rem(b).unwrap_or(0),
                    Operator::Parts => a.checked_div(b).unwrap_or(0),
                }
            }
        }
    }
}

struct Reader<'a> {
    rest: Chars<'a>,
    depth: usize,
}

impl Reader<'_> {
    /// Takes a sign where it comes next.
    fn take(&mut self, sign: &str) -> bool {
        let after = self.rest.as_str().trim_start().strip_prefix(sign).map(str::chars);
        match after {
            Some(after) => {
                self.rest = after;
                true
            }
            None => false,
        }
    }

    fn choice(&mut self) -> Option<Term> {
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        let condition = self.operators(0)?;
        let read = if self.take("?") {
            let yes = self.choice()?;
            let no = if self.take(":") { self.choice()? } else { return None };
            Term::Choice(Box::new((condition, yes, no)))
        } else {
            condition
        };
        self.depth -= 1;
        Some(read)
    }

    fn operators(&mut self, level: usize) -> Option<Term> {
        let Some(operators) = OPERATORS.get(level) else { return self.operand() };
        let mut term = self.operators(level + 1)?;
        while let Some((_, operator)) = operators.iter().find(|(sign, _)| self.take(sign)) {
            term = Term::Two(*operator, Box::new((term, self.operators(level + 1)?)));
        }
        Some(term)
    }

    fn operand(&mut self) -> Option<Term> {
        if self.take("(") {
            let inside = self.choice()?;
            return self.take(")").then_some(inside);
        }
        if self.take("!") {
            self.depth += 1;
            let term = if self.depth > DEPTH { None } else { self.operand() };
            self.depth -= 1;
            return term.map(|term| Term::Not(Box::new(term)));
        }
        if self.take("n") {
            return Some(Term::Count);
        }
        let text = self.rest.as_str().trim_start();
        let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (number, after) = text.split_at(digits);
        self.rest = after.chars();
        number.parse().ok().map(Term::Number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(rule: &str, counts: impl IntoIterator<Item = u64>) -> Vec<usize> {
        let rule = PluralRule::parse(rule).unwrap_or_else(|| panic!("{rule}"));
        counts.into_iter().map(|n| rule.form(n)).collect()
    }

    #[test]
    fn rules_of_languages_are_read() {
        assert_eq!(forms("nplurals=1; plural=0;", [0, 1, 2]), [0, 0, 0]);
        assert_eq!(forms("nplurals=2; plural=(n != 1);", [0, 1, 2]), [1, 0, 1]);
        assert_eq!(forms("nplurals=2; plural=n > 1", [0, 1, 2]), [0, 0, 1]);
        let polish = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);";
        assert_eq!(forms(polish, [1, 2, 5, 12, 22, 112, 101]), [0, 1, 2, 2, 1, 2, 2]);
        let arabic =
            "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);";
        assert_eq!(forms(arabic, [0, 1, 2, 3, 11, 100]), [0, 1, 2, 3, 4, 5]);
        assert_eq!(PluralRule::default().form(1), 0);
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        for text in [
            "",
            "nplurals=2",
            "nplurals=0; plural=0",
            "nplurals=2; plural=m",
            "nplurals=2; plural=n n",
            "nplurals=2; plural=(n",
        ] {
            assert_eq!(PluralRule::parse(text), None, "{text}");
        }
        let deep = format!("nplurals=2; plural={}n", "(".repeat(10_000));
        assert_eq!(PluralRule::parse(&deep), None);
        let nots = format!("nplurals=2; plural={}n", "!".repeat(10_000));
        assert_eq!(PluralRule::parse(&nots), None);
        assert_eq!(forms("nplurals=2; plural=n%0", [3]), [0], "nothing is divided by zero");
    }
}
