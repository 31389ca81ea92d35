//! Where something of the project stands, and the way there.

use super::Memory;
use crate::project::validate::Place;
use crate::ui::pages::unified_view;

/// What is to be opened and scrolled into view when it is drawn next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reveal {
    /// The card of a rule, by its id.
    Rule(String),
    Pairs,
    Guards,
}

impl Memory {
    /// Whether this is to be scrolled into view now; told once.
    pub fn takes_reveal(&mut self, of: &Reveal) -> bool {
        self.reveal.take_if(|reveal| reveal == of).is_some()
    }

    /// Selects what a place names, so that its page shows it.
    pub fn show(&mut self, place: &Place) {
        match place {
            Place::Sources { table } | Place::CustomerData { table } => {
                self.table = table.clone().or(self.table.take());
                self.column = None;
            }
            Place::Deduplication { table, rule } => {
                (self.table, self.rule) = (Some(table.clone()), rule.clone());
                self.reveal = rule.clone().map(Reveal::Rule);
            }
            Place::Matching { table, rule } => {
                self.table = table.clone().or(self.table.take());
                self.rule.clone_from(rule);
                self.reveal = rule.clone().map(Reveal::Rule);
            }
            Place::Overrides => self.reveal = Some(Reveal::Pairs),
            Place::Guards => self.reveal = Some(Reveal::Guards),
            Place::UnifiedView { field } => {
                if field.is_some() {
                    self.field.clone_from(field);
                    unified_view::show_columns(self);
                }
            }
            Place::Activities { activity } => self.activity = activity.clone().or(self.activity.take()),
            Place::Segments { segment } => self.segment = segment.clone().or(self.segment.take()),
            Place::Export { export } => self.export = export.clone().or(self.export.take()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_place_names_is_selected_and_revealed_once() {
        let mut memory = Memory::default();
        memory.show(&Place::Deduplication { table: "web".into(), rule: Some("rule1".into()) });
        assert_eq!((memory.table.as_deref(), memory.rule.as_deref()), (Some("web"), Some("rule1")));
        let rule = Reveal::Rule("rule1".into());
        assert!(!memory.takes_reveal(&Reveal::Guards));
        assert!(memory.takes_reveal(&rule) && !memory.takes_reveal(&rule));
        memory.show(&Place::Guards);
        assert!(memory.takes_reveal(&Reveal::Guards));
        memory.show(&Place::Sources { table: None });
        assert_eq!(memory.table.as_deref(), Some("web"), "a page as a whole leaves what is selected");
    }
}
