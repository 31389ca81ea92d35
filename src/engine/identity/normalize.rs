//! What a condition evens out in a value before it compares (semantics 1.4). Output keeps the raw value.

mod address;
mod alias;
mod ascii;
mod name;
mod numerals;
mod organization;
mod phone;
mod symbols;
mod words;

use hashbrown::{HashMap, HashSet};

use crate::project::Normalization;

pub use alias::{alias_chains, alias_cycle};

/// The settings of a [`Normalizer`].
#[derive(Default)]
pub struct Normalizing<'a> {
    pub normalizations: &'a [Normalization],
    /// Two ISO 3166 letters, with [`Normalization::Phone`]; other letters count as none.
    pub default_country: Option<&'a str>,
    /// Values and what each is the same as; the first entry of a value counts.
    pub aliases: Vec<(&'a str, &'a str)>,
    /// Values that never match.
    pub bypass: Vec<&'a str>,
}

/// Whether two ISO 3166 letters name a country whose telephone numbers are known.
pub fn is_country(letters: &str) -> bool {
    phone::Country::find(letters).is_some()
}

/// What one condition evens out, compiled: lists normalized, patterns read.
pub struct Normalizer {
    steps: Steps,
    /// By normalized value.
    aliases: HashMap<String, String>,
    /// Trimmed, otherwise as listed.
    bypass_raw: HashSet<String>,
    bypass: HashSet<String>,
}

impl Normalizer {
    pub fn new(settings: &Normalizing<'_>) -> Self {
        let steps = Steps::new(settings.normalizations, settings.default_country);
        let normalized = |value: &str| {
            let mut out = String::new();
            steps.apply(value, &mut out);
            (!out.is_empty()).then_some(out)
        };
        let mut aliases = HashMap::new();
        for (value, same_as) in &settings.aliases {
            // An alias of nothing, or for nothing, says nothing.
            if let (Some(value), Some(same_as)) = (normalized(value), normalized(same_as)) {
                aliases.entry(value).or_insert(same_as);
            }
        }
        let bypass_raw = settings.bypass.iter().map(|value| value.trim().to_owned()).collect();
        let bypass = settings.bypass.iter().filter_map(|value| normalized(value)).collect();
        Self { steps, aliases, bypass_raw, bypass }
    }

    /// Whether it changes nothing: raw text is compared, so that codes can be used as they are. Values of white space
    /// are blank all the same.
    pub fn is_identity(&self) -> bool {
        self.steps.is_empty() && self.aliases.is_empty() && self.bypass_raw.is_empty()
    }

    /// Writes the value as the condition compares it into `out`, empty where it is blank: blank before or after, or
    /// bypassed.
    ///
    /// The order is fixed: bypass of the trimmed raw value, the normalizations in the order of
    /// [`Normalization::ALL`], one alias lookup, bypass of the result. So a bypassed value takes those along that are
    /// aliases for it.
    pub fn normalize(&self, value: &str, out: &mut String) {
        out.clear();
        if !self.bypass_raw.is_empty() && self.bypass_raw.contains(value.trim()) {
            return;
        }
        self.steps.apply(value, out);
        if let Some(same_as) = self.aliases.get(out.as_str()) {
            out.clear();
            out.push_str(same_as);
        }
        if self.bypass.contains(out.as_str()) {
            out.clear();
        }
    }
}

/// The normalizations chosen.
struct Steps {
    chosen: [bool; Normalization::ALL.len()],
    country: Option<phone::Country>,
}

impl Steps {
    fn new(normalizations: &[Normalization], default_country: Option<&str>) -> Self {
        let chosen = Normalization::ALL.map(|normalization| normalizations.contains(&normalization));
        let country = default_country.filter(|_| normalizations.contains(&Normalization::Phone));
        Self { chosen, country: country.and_then(phone::Country::find) }
    }

    fn is_empty(&self) -> bool {
        !self.chosen.contains(&true)
    }

    fn apply(&self, value: &str, out: &mut String) {
        out.clear();
        if value.trim_start().is_empty() {
            return;
        }
        out.push_str(value);
        // Where a step writes anew, what it reads is moved here.
        let mut read = String::new();
        for (step, _) in Normalization::ALL.into_iter().zip(self.chosen).filter(|&(_, chosen)| chosen) {
            self.apply_one(step, out, &mut read);
        }
        if out.trim_start().is_empty() {
            out.clear();
        }
    }

    fn apply_one(&self, step: Normalization, out: &mut String, read: &mut String) {
        match step {
            Normalization::Numerals if out.is_ascii() => {}
            Normalization::Numerals => rewrite(out, read, numerals::replace),
            Normalization::UnicodeToAscii | Normalization::LowerCase if out.is_ascii() => out.make_ascii_lowercase(),
            Normalization::UnicodeToAscii => rewrite(out, read, ascii::fold),
            Normalization::LowerCase => {
                rewrite(out, read, |value, out| out.extend(value.chars().flat_map(char::to_lowercase)));
            }
            Normalization::Phone => rewrite(out, read, |value, out| phone::write(value, self.country.as_ref(), out)),
            Normalization::Name => rewrite(out, read, name::standardize),
            Normalization::Address => rewrite(out, read, address::abbreviate),
            Normalization::Organization => rewrite(out, read, organization::strip),
            Normalization::Symbols => symbols::remove(out),
            Normalization::Whitespace => out.retain(|c| !c.is_whitespace()),
        }
    }
}

fn rewrite(out: &mut String, read: &mut String, write: impl FnOnce(&str, &mut String)) {
    std::mem::swap(out, read);
    out.clear();
    write(read, out);
}

#[cfg(test)]
mod tests;
