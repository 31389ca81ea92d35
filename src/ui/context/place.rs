//! Where something of the project stands, and the way there.

use super::Memory;
use crate::project::validate::Place;
use crate::ui::pages::unified_view;

impl Memory {
    /// Selects what a place names, so that its page shows it.
    pub fn show(&mut self, place: &Place) {
        match place {
            Place::Sources { table } | Place::CustomerData { table } => {
                self.table = table.clone().or(self.table.take());
                self.column = None;
            }
            Place::Deduplication { table, rule } => {
                (self.table, self.rule) = (Some(table.clone()), rule.clone());
            }
            Place::Matching { table, rule } => {
                self.table = table.clone().or(self.table.take());
                self.rule.clone_from(rule);
            }
            Place::Overrides | Place::Guards => {}
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
