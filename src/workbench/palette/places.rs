//! Everything that the palette can go to.

use super::{Row, Target};
use crate::help;
use crate::project::{Project, unify};
use crate::workbench::{Command, Page, Workbench};

/// Commands in the order of their menus, then what the project holds in the order of the pages, then other projects.
pub(super) fn everything(workbench: &Workbench) -> Vec<Row> {
    let mut rows: Vec<Row> = Command::all()
        .into_iter()
        .filter(|command| *command != Command::Palette)
        .map(|command| of_command(workbench, command))
        .collect();
    let project = &*workbench.project;
    tables(project, &mut rows);
    rules(project, &mut rows);
    fields(project, &mut rows);
    let activity = project.activities.iter().map(|one| (&one.name, tr!("Activity"), Target::Activity(one.id.clone())));
    let segment = project.segments.iter().map(|one| (&one.name, tr!("Segment"), Target::Segment(one.id.clone())));
    let export = project.exports.iter().map(|one| (&one.name, tr!("Export"), Target::Export(one.id.clone())));
    rows.extend(activity.chain(segment).chain(export).map(|(name, what, target)| Row::new(name, what, target)));
    rows.extend(recent(workbench));
    let topics = help::all().into_iter();
    rows.extend(topics.map(|topic| {
        Row::new(format!("Help: {}", crate::text::of(topic.title)), crate::text::of(topic.place), Target::Topic(topic))
    }));
    rows
}

fn of_command(workbench: &Workbench, command: Command) -> Row {
    let detail = match command {
        Command::Go(_) => tr!("Page").to_owned(),
        _ => command.menu().title().to_owned(),
    };
    let row = Row::new(command.text_now(workbench), detail, Target::Command(command));
    Row { shortcut: workbench.keymap.shown(command), reason: command.enabled(workbench).err(), ..row }
}

fn tables(project: &Project, rows: &mut Vec<Row>) {
    for table in &project.source_tables {
        rows.push(Row::new(&table.name, tr!("Table"), Target::Table(table.id.clone())));
        rows.extend(table.columns.iter().map(|column| {
            let target = Target::Column(table.id.clone(), column.name.clone());
            Row::new(&column.name, tr!("Column of {table}", table = table.name), target)
        }));
    }
}

fn rules(project: &Project, rows: &mut Vec<Row>) {
    for unified in &project.unification {
        let (id, table) = (&unified.source_table, project.table_name(&unified.source_table));
        let of = |what: Page| {
            tr!(
                "{matching} of {table}",
                matching = if what == Page::Matching { tr!("Match rule") } else { tr!("Deduplication rule") },
                table
            )
        };
        rows.extend(unified.deduplication_rules.iter().map(|rule| {
            let target = Target::DeduplicationRule(id.clone(), rule.id.clone());
            Row::new(&rule.name, of(Page::Deduplication), target)
        }));
        rows.extend(
            unified
                .match_rules
                .iter()
                .map(|rule| Row::new(&rule.name, of(Page::Matching), Target::MatchRule(id.clone(), rule.id.clone()))),
        );
    }
}

/// Unified fields and groups; those left out have no editor to go to.
fn fields(project: &Project, rows: &mut Vec<Row>) {
    let fields = unify::unified_fields(project);
    let shown = fields.iter().filter(|field| !field.excluded);
    rows.extend(shown.map(|field| Row::new(&field.name, tr!("Unified field"), Target::Field(field.id.clone()))));
    let groups = project.field_groups.iter();
    rows.extend(groups.map(|group| Row::new(&group.name, tr!("Group of fields"), Target::Field(group.id.clone()))));
}

fn recent(workbench: &Workbench) -> impl Iterator<Item = Row> {
    let others = workbench.settings.recent.iter().filter(|recent| workbench.path.as_ref() != Some(&recent.path));
    others.map(|recent| {
        let path = &recent.path;
        let stem = || path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let name = if recent.name.is_empty() { stem() } else { recent.name.clone() };
        let folder = path.parent().unwrap_or(path).display();
        let reason = workbench.is_missing(path).then(|| tr!("The file is not there").to_owned());
        Row { reason, ..Row::new(name, tr!("Recent project in {folder}", folder), Target::Recent(path.clone())) }
    })
}
