//! What does not fit together in a project, each problem with its place and its fix.
//!
//! Only the document is looked at here; `engine::check` adds what the files say.

mod by_hand;
mod clusters;
mod conditions;
mod rules;
#[cfg(test)]
mod tests;
mod view;
#[cfg(test)]
mod view_tests;

pub use clusters::cluster_problems;
use serde::Serialize;

use super::unify::{self, RESERVED};
use super::{
    Activity, ColumnType, Export, ExportSubject, MergePolicy, Operator, Project, Segment, SegmentCondition,
    SourceTable, Subject, UnifiedField, edit,
};

/// An error stops the stages that need its place; a warning does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Error,
    Warning,
}

/// Where a problem is: what a click on it opens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "page", rename_all = "snake_case")]
pub enum Place {
    Sources {
        table: Option<String>,
    },
    CustomerData {
        table: Option<String>,
    },
    Deduplication {
        table: String,
        rule: Option<String>,
    },
    Matching {
        table: Option<String>,
        rule: Option<String>,
    },
    /// Pairs decided by hand, and the lists of values.
    Overrides,
    Guards,
    UnifiedView {
        field: Option<String>,
    },
    Activities {
        activity: Option<String>,
    },
    Segments {
        segment: Option<String>,
    },
    Export {
        export: Option<String>,
    },
}

impl Place {
    /// The page's name, as the rail writes it.
    pub fn page(&self) -> &'static str {
        match self {
            Self::Sources { .. } => msg!("Sources"),
            Self::CustomerData { .. } => msg!("Customer data"),
            Self::Deduplication { .. } => msg!("Deduplication rules"),
            Self::Matching { .. } | Self::Overrides | Self::Guards => msg!("Matching rules"),
            Self::UnifiedView { .. } => msg!("Unified data view"),
            Self::Activities { .. } => msg!("Activities"),
            Self::Segments { .. } => msg!("Segments"),
            Self::Export { .. } => msg!("Export"),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    pub severity: Severity,
    pub place: Place,
    /// What is wrong, with the names of what it concerns.
    pub message: String,
    /// What to do.
    pub fix: String,
}

/// Every problem of the document, by page.
pub fn validate(project: &Project) -> Vec<Problem> {
    let mut checker = Checker { project, problems: Vec::new() };
    checker.sources();
    checker.customer_data();
    for (place, table) in project.unification.iter().enumerate() {
        if let Some(source) = project.source_table(&table.source_table) {
            checker.deduplication(table, source);
            checker.matching(place, table, source);
        }
    }
    checker.rule_ids();
    checker.overrides();
    checker.lists();
    checker.guards();
    checker.unified_view();
    checker.clusters();
    project.activities.iter().for_each(|activity| checker.activity(activity));
    project.segments.iter().for_each(|segment| checker.segment(segment));
    project.exports.iter().for_each(|export| checker.export(export));
    let mut problems = checker.problems;
    problems.sort_by(|a, b| a.place.cmp(&b.place).then(a.severity.cmp(&b.severity)));
    problems
}

/// The name of the customer table's column for a unified table's key: `Web_UserID`.
pub fn key_column(source: &SourceTable) -> String {
    format!("{}_{}", source.name, source.primary_key.as_deref().unwrap_or_default())
}

/// The name of the customer table's column for all keys of a unified table: `Web_UserID_Alternate`.
pub fn alternates_column(source: &SourceTable) -> String {
    format!("{}_Alternate", key_column(source))
}

/// The columns of the customer table that hold keys, in match order: of each unified table the preferred key and all.
pub fn key_columns(project: &Project) -> Vec<String> {
    let tables = project.unification.iter().filter_map(|table| project.source_table(&table.source_table));
    tables.flat_map(|source| [key_column(source), alternates_column(source)]).collect()
}

/// The type of a unified field: its members' where they agree, else string. A list of values is text.
pub fn field_type(project: &Project, field: &UnifiedField) -> ColumnType {
    if field.merge == MergePolicy::AllValues && edit::groups::group_of(project, &field.id).is_none() {
        return ColumnType::String;
    }
    let mut types = field.members.iter().filter_map(|member| {
        project.source_table(&member.source_table)?.column(&member.column).map(|column| column.column_type)
    });
    let first = types.next().unwrap_or(ColumnType::String);
    if types.all(|other| other == first) { first } else { ColumnType::String }
}

/// The type of what a condition looks at; `None` where it is not there.
pub fn subject_type(project: &Project, fields: &[UnifiedField], subject: &Subject) -> Option<ColumnType> {
    match subject {
        Subject::ProfileState => Some(ColumnType::String),
        Subject::Field { field } => {
            let field = unify::field_named(fields, field).filter(|field| !field.excluded)?;
            Some(field_type(project, field))
        }
        Subject::Activity { activity, column } => {
            let activity = project.activity(activity)?;
            project.source_table(&activity.source_table)?.column(column).map(|column| column.column_type)
        }
        Subject::WhileUnknown { activity } => project.activity(activity).map(|_| ColumnType::Boolean),
    }
}

struct Checker<'a> {
    project: &'a Project,
    problems: Vec<Problem>,
}

impl Checker<'_> {
    fn error(&mut self, place: Place, message: impl Into<String>, fix: impl Into<String>) {
        self.problems.push(Problem { severity: Severity::Error, place, message: message.into(), fix: fix.into() });
    }

    fn warn(&mut self, place: Place, message: impl Into<String>, fix: impl Into<String>) {
        self.problems.push(Problem { severity: Severity::Warning, place, message: message.into(), fix: fix.into() });
    }

    fn sources(&mut self) {
        let tables = &self.project.source_tables;
        for (i, table) in tables.iter().enumerate() {
            let place = || Place::Sources { table: Some(table.id.clone()) };
            if !is_table_name(&table.name) {
                let message = format!("\"{}\" cannot be a table's name.", table.name);
                self.error(place(), message, "Begin with a letter; use letters, digits and underscores only.");
            }
            if tables[..i].iter().any(|other| other.name.eq_ignore_ascii_case(&table.name)) {
                let message = format!("Two tables are called {}.", table.name);
                self.error(place(), message, "Rename one of them.");
            }
            if tables[..i].iter().any(|other| other.id == table.id) {
                let message = format!("Two tables have the id {}.", table.id);
                self.error(place(), message, "Remove one of them from the project file.");
            }
        }
    }

    fn customer_data(&mut self) {
        if self.project.unification.is_empty() {
            self.error(
                Place::CustomerData { table: None },
                "No table is unified.",
                "Tick the tables that hold customers and choose their primary keys.",
            );
        }
        for (i, table) in self.project.unification.iter().enumerate() {
            let id = &table.source_table;
            let place = || Place::CustomerData { table: Some(id.clone()) };
            let Some(source) = self.project.source_table(id) else {
                let message = format!("The unified table {id} is not among the source tables.");
                self.error(place(), message, "Add the table again, or take it out of the unification.");
                continue;
            };
            if self.project.unification[..i].iter().any(|other| other.source_table == *id) {
                let message = format!("{} is unified twice.", source.name);
                self.error(place(), message, "Take one of the two out.");
            }
            match &source.primary_key {
                None => {
                    let message = format!("{} has no primary key.", source.name);
                    self.error(place(), message, "Choose the column whose values identify a row.");
                }
                Some(key) if source.column(key).is_none() => {
                    let message = format!("The primary key {key} is not a column of {}.", source.name);
                    self.error(place(), message, "Choose another column.");
                }
                Some(key) => {
                    let key_type = source.column(key).map(|column| column.column_type);
                    if key_type.is_some_and(|key| !matches!(key, ColumnType::String | ColumnType::Integer)) {
                        let message =
                            format!("The primary key {key} of {} is neither text nor an integer.", source.name);
                        self.warn(
                            place(),
                            message,
                            "Make the column a string on Sources, so that keys stay as written.",
                        );
                    }
                }
            }
        }
    }

    fn unified_view(&mut self) {
        let fields = unify::unified_fields(self.project);
        let keys = key_columns(self.project);
        for (i, key) in keys.iter().enumerate() {
            if keys[..i].iter().any(|other| other.eq_ignore_ascii_case(key)) {
                let message = format!("Two columns of the customer table would be called {key}.");
                self.error(Place::UnifiedView { field: None }, message, "Rename one of the tables on Sources.");
            }
        }
        let shown: Vec<&UnifiedField> = fields.iter().filter(|field| !field.excluded).collect();
        for (i, field) in shown.iter().enumerate() {
            let same = |name: &str| name.eq_ignore_ascii_case(&field.name);
            let taken = RESERVED.into_iter().any(same)
                || keys.iter().any(|key| same(key))
                || shown[..i].iter().any(|other| same(&other.name));
            let place = Place::UnifiedView { field: Some(field.id.clone()) };
            if field.name.trim().is_empty() {
                self.error(place, "A unified field has no name.", "Name it.");
            } else if taken {
                let message = format!("Two columns of the customer table would be called {}.", field.name);
                self.error(place, message, "Rename one of the fields, or exclude it.");
            }
        }
        if !self.project.unification.is_empty() {
            let identifies = shown.iter().any(|field| {
                unify::semantic_type(self.project, field)
                    .is_some_and(|meaning| self.project.known_identifiers.iter().any(|known| known == meaning))
            });
            if !identifies {
                self.warn(
                    Place::UnifiedView { field: None },
                    "No unified field has a semantic type of the known-identifier list, so every customer is unknown.",
                    "Give a column its semantic type on Customer data, or edit the list of known identifiers.",
                );
            }
        }
        self.merging(&fields);
    }

    fn activity(&mut self, activity: &Activity) {
        let place = || Place::Activities { activity: Some(activity.id.clone()) };
        let twin = |other: &&Activity| other.name.eq_ignore_ascii_case(&activity.name);
        if self.project.activities.iter().filter(twin).count() > 1 {
            self.error(place(), format!("Two activities are called {}.", activity.name), "Rename one of them.");
        }
        let Some(source) = self.project.source_table(&activity.source_table) else {
            let message = format!("The activity {} is read from a table that is gone.", activity.name);
            self.error(place(), message, "Choose another table, or delete the activity.");
            return;
        };
        let required = [
            ("primary key", &activity.primary_key),
            ("timestamp", &activity.timestamp),
            ("event", &activity.event),
            ("link", &activity.link.column),
        ];
        let optional = [("detail", &activity.detail), ("web address", &activity.web_address)];
        let optional = optional.into_iter().filter_map(|(role, column)| column.as_ref().map(|column| (role, column)));
        for (role, column) in required.into_iter().chain(optional) {
            if source.column(column).is_none() {
                let message = if column.is_empty() {
                    format!("The activity {} has no {role} column.", activity.name)
                } else {
                    format!("The {role} of {}, {column}, is not a column of {}.", activity.name, source.name)
                };
                self.error(place(), message, "Choose another column.");
            }
        }
        if let Some(time) = source.column(&activity.timestamp)
            && !matches!(time.column_type, ColumnType::Date | ColumnType::Datetime)
        {
            let message =
                format!("The timestamp of {}, {}, is {}.", activity.name, time.name, time.column_type.with_article());
            self.error(place(), message, "Choose a date or datetime column, or declare its format on Sources.");
        }
        if self.project.unification_table(&activity.link.to_table).is_none() {
            let target = self.project.table_name(&activity.link.to_table);
            let message = format!("The activity {} is linked to {target}, which is not unified.", activity.name);
            self.error(place(), message, "Link it to a unified table's key.");
        }
    }

    fn segment(&mut self, segment: &Segment) {
        let place = || Place::Segments { segment: Some(segment.id.clone()) };
        let twin = |other: &Segment| other.id != segment.id && other.name.eq_ignore_ascii_case(&segment.name);
        if segment.name.trim().is_empty() {
            self.error(place(), "A segment has no name.", "Name it.");
        } else if self.project.segments.iter().any(twin) {
            let message = format!("Two segments are called {}.", segment.name);
            self.error(place(), message, "Rename one of them: the name is the output table's.");
        }
        if segment.rules.iter().all(|rule| rule.conditions.is_empty()) {
            self.warn(place(), format!("{} has no condition, so no members.", segment.name), "Add a condition.");
        }
        let fields = unify::unified_fields(self.project);
        for (i, rule) in segment.rules.iter().enumerate() {
            for condition in &rule.conditions {
                if let Err((message, fix)) = self.condition(&fields, condition) {
                    self.error(place(), format!("{}, rule {}: {message}", segment.name, i + 1), fix);
                }
            }
        }
    }

    fn condition(&self, fields: &[UnifiedField], condition: &SegmentCondition) -> Result<(), (String, &'static str)> {
        let Some(column_type) = subject_type(self.project, fields, &condition.subject) else {
            let what = match &condition.subject {
                Subject::Field { field } => {
                    let excluded = unify::field_named(fields, field).filter(|field| field.excluded);
                    if let Some(excluded) = excluded {
                        let what = format!("the customer field {} is excluded from the unified view.", excluded.name);
                        let fix = "Include it again on the page Unified data view, or choose another field.";
                        return Err((what, fix));
                    }
                    format!("there is no customer field \"{field}\".")
                }
                Subject::Activity { activity, column } => {
                    format!("there is no activity \"{activity}\" with a column {column}.")
                }
                Subject::WhileUnknown { activity } => format!("there is no activity \"{activity}\"."),
                Subject::ProfileState => "ProfileState is missing.".to_owned(),
            };
            return Err((what, "Choose another field, or delete the condition."));
        };
        if !Operator::of_type(column_type).contains(&condition.operator) {
            let what = format!("\"{}\" does not apply to {}.", condition.operator.label(), column_type.with_article());
            return Err((what, "Choose another operator."));
        }
        Ok(())
    }

    fn export(&mut self, export: &Export) {
        let place = || Place::Export { export: Some(export.id.clone()) };
        if let ExportSubject::Segment { segment } = &export.subject
            && self.project.segment(segment).is_none()
        {
            let message = format!("The export {} is of a segment that is gone.", export.name);
            self.error(place(), message, "Choose another segment, or delete the export.");
        }
        if export.path.trim().is_empty() {
            self.error(place(), format!("The export {} has no path.", export.name), "Say where the file goes.");
        }
        if self.project.source_tables.iter().any(|table| table.path == export.path) {
            let message = format!("The export {} would replace the source table {}.", export.name, export.path);
            self.error(place(), message, "Choose another path.");
        }
        if self.project.exports.iter().any(|other| other.id != export.id && other.path == export.path) {
            self.error(place(), format!("Two exports go to {}.", export.path), "Give one of them another path.");
        }
        let fields = unify::unified_fields(self.project);
        for name in &export.fields {
            let known = RESERVED.contains(&name.as_str())
                || fields.iter().any(|field| !field.excluded && field.name == *name)
                || self.project.source_tables.iter().any(|of| [key_column(of), alternates_column(of)].contains(name))
                || self.project.clusters.iter().any(|cluster| cluster.name == *name);
            if !known {
                let message = format!("The export {} names {name}, which is not a customer field.", export.name);
                self.error(place(), message, "Take the field out, or choose the one it was renamed to.");
            }
        }
    }
}

/// Starts with a letter; letters, digits, underscores (semantics 1.1).
pub fn is_table_name(name: &str) -> bool {
    name.chars().next().is_some_and(char::is_alphabetic) && name.chars().all(|c| c.is_alphanumeric() || c == '_')
}
