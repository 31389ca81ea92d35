//! Opens the page of what was chosen, with that selected.

use crate::ui::context::Memory;
use crate::ui::pages::sources;
use crate::workbench::palette::Target;
use crate::workbench::{Command, Leave, Page, Workbench};

/// Selects what was chosen and says which command shows it.
pub fn open(workbench: &mut Workbench, memory: &mut Memory, target: Target) -> Option<Command> {
    let page = match target {
        Target::Command(command) => return Some(command),
        Target::Table(id) => {
            (memory.table, memory.column) = (Some(id), None);
            Page::Sources
        }
        Target::Column(table, column) => {
            (memory.table, memory.column) = (Some(table), Some(column));
            sources::show_profile(memory);
            Page::Sources
        }
        Target::Field(id) => {
            memory.field = Some(id);
            crate::ui::pages::unified_view::show_columns(memory);
            Page::UnifiedView
        }
        Target::DeduplicationRule(table, rule) => {
            (memory.table, memory.rule) = (Some(table), Some(rule));
            Page::Deduplication
        }
        Target::MatchRule(_, rule) => {
            memory.rule = Some(rule);
            Page::Matching
        }
        Target::Activity(id) => {
            memory.activity = Some(id);
            Page::Activities
        }
        Target::Segment(id) => {
            memory.segment = Some(id);
            Page::Segments
        }
        Target::Export(id) => {
            memory.export = Some(id);
            Page::Export
        }
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
