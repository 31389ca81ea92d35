//! What every option means and how every figure is computed: the one place where these words stand.
//!
//! A [`Topic`] is one option of the window, a [`Figure`] one number with its formula. Widgets of options and figures
//! ask for one by type, so that none can be drawn without its help; the window shows it on hover, for what has the
//! focus, and in a list that can be searched. This module is a leaf: it knows the words and nothing else.

mod activities;
mod customers;
mod deduplication;
mod export;
mod figures_of_customers;
mod figures_of_runs;
mod figures_of_tables;
mod matching;
mod quality;
mod rules;
mod segments;
mod sources;
mod unified_view;

use std::fmt;

pub use activities::*;
pub use customers::*;
pub use deduplication::*;
pub use export::*;
pub use figures_of_customers::*;
pub use figures_of_runs::*;
pub use figures_of_tables::*;
pub use matching::*;
pub use quality::*;
pub use rules::*;
pub use segments::*;
pub use sources::*;
pub use unified_view::*;

/// What one option or figure means.
pub struct Topic {
    /// The name of its constant, which no other has.
    pub id: &'static str,
    /// What the window calls it.
    pub title: &'static str,
    /// The part of the program it belongs to, as a page is called.
    pub place: &'static str,
    /// One to three sentences.
    pub meaning: &'static str,
    /// Of a figure, how it is computed, in words and signs.
    pub formula: Option<&'static str>,
    /// The sample that shows it, by its name.
    pub example: Option<&'static str>,
    /// The section of the semantics that decides it.
    pub section: &'static str,
}

/// The help of a number, which always has a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure(&'static Topic);

impl Topic {
    /// Meaning and formula as one text, for a screen reader.
    pub fn text(&self) -> String {
        match self.formula {
            Some(formula) => {
                let [meaning, title, formula] = [self.meaning, self.title, formula].map(crate::text::of);
                format!("{meaning} {title} = {formula}")
            }
            None => crate::text::of(self.meaning).to_owned(),
        }
    }
}

impl PartialEq for Topic {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Topic {}

impl fmt::Debug for Topic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id)
    }
}

impl Figure {
    pub fn topic(self) -> &'static Topic {
        self.0
    }

    /// What the number counts, in sentences.
    pub fn meaning(self) -> &'static str {
        crate::text::of(self.0.meaning)
    }

    /// How it is computed.
    pub fn formula(self) -> &'static str {
        self.0.formula.map(crate::text::of).unwrap_or_default()
    }
}

/// Makes the topics of one file: constants, and a list of them all.
macro_rules! topics {
    (msg!($place:literal); $($name:ident: msg!($title:literal), $section:literal $(, example $example:literal)?, msg!($meaning:literal);)*) => {
        $(pub const $name: &crate::help::Topic = &crate::help::Topic {
            id: stringify!($name),
            title: $title,
            place: $place,
            meaning: $meaning,
            formula: None,
            example: crate::help::or_none!($($example)?),
            section: $section,
        };)*
        pub(super) const ALL: &[&crate::help::Topic] = &[$($name),*];
    };
}

/// The same of figures, each with its formula.
macro_rules! figures {
    ($($name:ident: msg!($title:literal), msg!($place:literal), $section:literal $(, example $example:literal)?, msg!($meaning:literal), msg!($formula:literal);)*) => {
        $(pub const $name: crate::help::Figure = crate::help::Figure(&crate::help::Topic {
            id: stringify!($name),
            title: $title,
            place: $place,
            meaning: $meaning,
            formula: Some($formula),
            example: crate::help::or_none!($($example)?),
            section: $section,
        });)*
        pub(super) const ALL: &[crate::help::Figure] = &[$($name),*];
    };
}

macro_rules! or_none {
    () => {
        None
    };
    ($value:literal) => {
        Some($value)
    };
}

pub(crate) use {figures, or_none, topics};

/// Every topic, options and figures, in the order of the pages they stand on.
pub fn all() -> Vec<&'static Topic> {
    let options = [
        sources::ALL,
        deduplication::ALL,
        rules::ALL,
        matching::ALL,
        unified_view::ALL,
        customers::ALL,
        activities::ALL,
        segments::ALL,
        export::ALL,
        quality::ALL,
    ];
    let figures = [figures_of_tables::ALL, figures_of_customers::ALL, figures_of_runs::ALL];
    let figures = figures.into_iter().flatten().map(|figure| figure.topic());
    options.into_iter().flatten().copied().chain(figures).collect()
}

/// The topics that have all of these words, those that have them in their titles first.
pub fn search(words: &str) -> Vec<&'static Topic> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let has = |text: &str| words.iter().all(|word| text.contains(word.as_str()));
    let mut found: Vec<(bool, &Topic)> = all()
        .into_iter()
        .filter_map(|topic| {
            let title = crate::text::of(topic.title).to_lowercase();
            let whole =
                format!("{title} {} {}", crate::text::of(topic.place).to_lowercase(), topic.text().to_lowercase());
            has(&whole).then(|| (!has(&title), topic))
        })
        .collect();
    found.sort_by_key(|(elsewhere, _)| *elsewhere);
    found.into_iter().map(|(_, topic)| topic).collect()
}

#[cfg(test)]
mod tests;
