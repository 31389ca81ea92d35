//! What of a project can be shown while parts of it are wrong: one error holds up what is made of its own place, and
//! nothing beside it. For live runs only: a run that is published is of the whole project.

use crate::engine::stage::Stage;
use crate::project::validate::{Place, Problem, Severity};
use crate::project::{Project, Segment, Subject, unify};

/// What somebody wants to look at; names are ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted<'a> {
    /// The rows of a source table.
    Rows(&'a str),
    /// The records of a unified table, after deduplication.
    Records(&'a str),
    Matches,
    Customers,
    Activity(&'a str),
    Segment(&'a str),
}

impl Wanted<'_> {
    /// Whether an error at this place keeps it from being made.
    pub fn is_blocked_by(self, place: &Place, project: &Project) -> bool {
        let of = |table: &Option<String>, id: &str| table.as_deref().is_none_or(|table| table == id);
        match self {
            Self::Rows(id) => matches!(place, Place::Sources { table } if of(table, id)),
            Self::Records(id) => match place {
                Place::CustomerData { table } => of(table, id),
                Place::Deduplication { table, .. } => table == id,
                Place::Overrides | Place::Guards => true,
                _ => Wanted::Rows(id).is_blocked_by(place, project),
            },
            Self::Matches => {
                let mut tables = project.unification.iter();
                matches!(place, Place::Matching { .. } | Place::CustomerData { .. })
                    || tables.any(|table| Wanted::Records(&table.source_table).is_blocked_by(place, project))
            }
            Self::Customers => {
                matches!(place, Place::UnifiedView { .. }) || Wanted::Matches.is_blocked_by(place, project)
            }
            Self::Activity(id) => {
                let table = project.activity(id).map(|activity| activity.source_table.as_str());
                matches!(place, Place::Activities { activity } if of(activity, id))
                    || table.is_some_and(|table| Wanted::Rows(table).is_blocked_by(place, project))
                    || Wanted::Customers.is_blocked_by(place, project)
            }
            // What is wrong in the segment itself is its own answer, and holds up nothing.
            Self::Segment(id) => {
                let segment = project.segments.iter().find(|segment| segment.id == id);
                let mut activities = segment.into_iter().flat_map(activities_of);
                activities.any(|activity| Wanted::Activity(activity).is_blocked_by(place, project))
                    || Wanted::Customers.is_blocked_by(place, project)
            }
        }
    }

    /// The first error that keeps it from being made.
    pub fn blocked<'p>(self, problems: &'p [Problem], project: &Project) -> Option<&'p Problem> {
        let mut errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
        errors.find(|problem| self.is_blocked_by(&problem.place, project))
    }
}

/// The ids of the activities that a segment's conditions ask.
fn activities_of(segment: &Segment) -> impl Iterator<Item = &str> {
    let conditions = segment.rules.iter().flat_map(|rule| &rule.conditions);
    conditions.filter_map(|condition| match &condition.subject {
        Subject::Activity { activity, .. } | Subject::WhileUnknown { activity } => Some(activity.as_str()),
        Subject::ProfileState | Subject::Field { .. } => None,
    })
}

/// As much of a project as can be run.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The project without the tables that cannot be read, and without the activities and segments that would need
    /// them or are wrong themselves. Unified tables that cannot be deduplicated stand last.
    pub project: Project,
    pub until: Stage,
    /// So many unified tables, the first ones, can be deduplicated.
    pub deduplicated: usize,
}

/// What of a project its problems leave; `None` where no table can be read.
pub fn part(project: &Project, problems: &[Problem]) -> Option<Part> {
    let is_whole = |wanted: Wanted<'_>| wanted.blocked(problems, project).is_none();
    let mut part = project.clone();
    part.source_tables.retain(|table| is_whole(Wanted::Rows(&table.id)));
    if part.source_tables.is_empty() && !project.source_tables.is_empty() {
        return None;
    }
    let (good, bad): (Vec<_>, Vec<_>) =
        part.unification.drain(..).partition(|table| is_whole(Wanted::Records(&table.source_table)));
    let deduplicated = good.len();
    part.unification = good.into_iter().chain(bad).collect();
    let until = if deduplicated == 0 {
        Stage::Load
    } else if !is_whole(Wanted::Matches) {
        Stage::Deduplicate
    } else if !is_whole(Wanted::Customers) {
        Stage::Match
    } else {
        part.activities.retain(|activity| is_whole(Wanted::Activity(&activity.id)));
        part.segments.retain(|segment| is_whole(Wanted::Segment(&segment.id)));
        Stage::Segments
    };
    // An activity also says when a row of its table was. Where another column would say it in its place, customers
    // would look different: then no activity is shown.
    let moves_time = part
        .source_tables
        .iter()
        .any(|table| unify::timestamp_column(&part, table) != unify::timestamp_column(project, table));
    if moves_time && until > Stage::Merge {
        part.activities.clone_from(&project.activities);
        return Some(Part { project: part, until: Stage::Merge, deduplicated });
    }
    Some(Part { project: part, until, deduplicated })
}
