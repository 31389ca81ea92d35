//! Opens the page of what was chosen, with that selected.

use crate::project::validate::Place;
use crate::ui::context::Memory;
use crate::ui::pages::sources;
use crate::workbench::palette::Target;
use crate::workbench::{Command, Leave, Page, Workbench};

/// Selects what was chosen and says which command shows it.
pub fn open(workbench: &mut Workbench, memory: &mut Memory, target: Target) -> Option<Command> {
    let page = match target {
        Target::Command(command) => return Some(command),
        Target::Table(id) => return shown(memory, &Place::Sources { table: Some(id) }),
        Target::Column(table, column) => {
            (memory.table, memory.column) = (Some(table), Some(column));
            sources::show_profile(memory);
            Page::Sources
        }
        Target::Field(id) => return shown(memory, &Place::UnifiedView { field: Some(id) }),
        Target::DeduplicationRule(table, rule) => {
            return shown(memory, &Place::Deduplication { table, rule: Some(rule) });
        }
        Target::MatchRule(table, rule) => {
            return shown(memory, &Place::Matching { table: Some(table), rule: Some(rule) });
        }
        Target::Activity(id) => return shown(memory, &Place::Activities { activity: Some(id) }),
        Target::Segment(id) => return shown(memory, &Place::Segments { segment: Some(id) }),
        Target::Export(id) => return shown(memory, &Place::Export { export: Some(id) }),
        Target::Customer(id) => {
            memory.customer = Some(id);
            Page::Customers
        }
        Target::Topic(topic) => {
            workbench.look_up(topic);
            return None;
        }
        Target::Recent(path) => {
            workbench.leave(Leave::Open(path));
            return None;
        }
    };
    Some(Command::Go(page))
}

/// Selects a place of the project, and says which command shows it.
pub fn shown(memory: &mut Memory, place: &Place) -> Option<Command> {
    memory.show(place);
    Page::titled(place.page()).map(Command::Go)
}
