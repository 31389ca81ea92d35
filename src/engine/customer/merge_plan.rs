//! From the project's unified fields, policies and groups to what the merge reads; and what each part of the merge
//! depends on, so that an edit makes again what it touches and nothing else.

use std::sync::Arc;

use serde::Serialize;

use super::choose::Policy;
use super::merge::{MergeField, MergeGroup, MergeMember};
use crate::engine::identity::matching::MatchTable;
use crate::project::{FieldGroup, FieldMember, MergePolicy, Project, UnifiedField, unify};

/// The fields of the customer, in order, and the groups they are in.
pub struct MergePlan<'a> {
    project: &'a Project,
    tables: &'a [MatchTable<'a>],
    /// Those that are not excluded.
    pub fields: Vec<UnifiedField>,
    /// Each with the ids of its fields as they are now.
    groups: Vec<(&'a FieldGroup, Vec<String>)>,
}

/// What a field's column depends on, besides who the customers are.
#[derive(Serialize)]
pub struct FieldSettings<'a> {
    members: &'a [FieldMember],
    merge: Option<MergeSettings<'a>>,
    group: Option<GroupSettings<'a>>,
}

/// What the choice of a group's speakers depends on.
#[derive(Serialize)]
pub struct GroupSettings<'a> {
    fields: Vec<&'a [FieldMember]>,
    tables: &'a [String],
    merge: MergeSettings<'a>,
}

#[derive(Serialize)]
struct MergeSettings<'a> {
    policy: &'a MergePolicy,
    /// By table, where the policy counts them.
    selected: Vec<(&'a str, Vec<&'a str>)>,
}

impl<'a> MergePlan<'a> {
    pub fn new(project: &'a Project, tables: &'a [MatchTable<'a>]) -> Self {
        let fields = unify::unified_fields(project);
        let named = |id: &String| unify::field_named(&fields, id).map(|field| field.id.clone());
        let groups =
            project.field_groups.iter().map(|group| (group, group.fields.iter().filter_map(named).collect())).collect();
        Self { project, tables, fields: fields.into_iter().filter(|field| !field.excluded).collect(), groups }
    }

    /// How many groups there are.
    pub fn group_count(&self) -> usize {
        self.groups.len()
    }

    /// The place of the group that a field is in.
    pub fn group_of(&self, field: &UnifiedField) -> Option<usize> {
        self.groups.iter().position(|(_, fields)| fields.contains(&field.id))
    }

    /// A field with its columns; `groups` are all of [`MergePlan::group`].
    pub fn field(&self, field: &UnifiedField, groups: &[Arc<MergeGroup<'a>>]) -> MergeField<'a> {
        MergeField {
            members: self.members(field),
            policy: self.policy(&field.merge),
            group: self.group_of(field).and_then(|place| groups.get(place)).cloned(),
        }
    }

    /// A group with its columns.
    pub fn group(&self, place: usize) -> MergeGroup<'a> {
        let (group, _) = &self.groups[place];
        let members: Vec<MergeMember<'a>> =
            self.fields_of(place).flat_map(|field| &field.members).filter_map(|member| self.member(member)).collect();
        let tables = group.tables.iter().filter_map(|id| self.tables.iter().position(|table| table.id == id));
        let columns = |table: usize| members.iter().filter(|member| member.place == table).copied().collect();
        MergeGroup {
            name: group.name.clone(),
            tables: tables.map(|table| (table, columns(table))).collect(),
            policy: self.policy(&group.merge),
            speakers: None,
        }
    }

    fn fields_of(&self, place: usize) -> impl Iterator<Item = &UnifiedField> {
        let (_, fields) = &self.groups[place];
        self.fields.iter().filter(|field| fields.contains(&field.id))
    }

    pub fn field_settings<'b>(&'b self, field: &'b UnifiedField) -> FieldSettings<'b> {
        let group = self.group_of(field);
        FieldSettings {
            members: &field.members,
            merge: group.is_none().then(|| self.merge_settings(&field.merge)),
            group: group.map(|place| self.group_settings(place)),
        }
    }

    pub fn group_settings(&self, place: usize) -> GroupSettings<'_> {
        let (group, _) = &self.groups[place];
        GroupSettings {
            fields: self.fields_of(place).map(|field| &field.members[..]).collect(),
            tables: &group.tables,
            merge: self.merge_settings(&group.merge),
        }
    }

    fn merge_settings<'b>(&'b self, policy: &'b MergePolicy) -> MergeSettings<'b> {
        let counts = *policy == MergePolicy::MostFilled;
        let tables = self.tables.iter().filter(|_| counts);
        MergeSettings { policy, selected: tables.map(|table| (table.id, self.selected(table.id).collect())).collect() }
    }

    fn selected(&self, table: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let columns = self.project.source_table(table).into_iter().flat_map(|table| table.selected_columns());
        columns.map(|column| column.name.as_str())
    }

    fn policy(&self, policy: &MergePolicy) -> Policy<'a> {
        let rank_by = |members: &[FieldMember]| {
            let of = |table: &MatchTable<'_>| members.iter().find(|member| member.source_table == table.id);
            self.tables.iter().map(|table| of(table).and_then(|member| self.member(member))).collect()
        };
        match policy {
            MergePolicy::Importance => Policy::Importance,
            MergePolicy::MostRecent { rank_by: members } => Policy::Recent { latest: true, rank_by: rank_by(members) },
            MergePolicy::LeastRecent { rank_by: members } => {
                Policy::Recent { latest: false, rank_by: rank_by(members) }
            }
            MergePolicy::MostFilled => {
                let columns = |place: usize| {
                    self.selected(self.tables[place].id).filter_map(|name| self.column(place, name)).collect()
                };
                Policy::Filled((0..self.tables.len()).map(columns).collect())
            }
            MergePolicy::MostFrequent => Policy::Frequent,
            MergePolicy::Longest => Policy::Longest,
            MergePolicy::AllValues => Policy::All,
        }
    }

    /// A field's columns, by rank.
    pub fn members(&self, field: &UnifiedField) -> Vec<MergeMember<'a>> {
        field.members.iter().filter_map(|member| self.member(member)).collect()
    }

    fn member(&self, member: &FieldMember) -> Option<MergeMember<'a>> {
        let place = self.tables.iter().position(|table| table.id == member.source_table)?;
        self.column(place, &member.column)
    }

    fn column(&self, place: usize, name: &str) -> Option<MergeMember<'a>> {
        let MatchTable { table, records, .. } = &self.tables[place];
        let of = table.columns.iter().find(|column| column.name == name)?;
        let apart = records.value_rows_of(name);
        Some(MergeMember {
            place,
            name: &of.name,
            column: &of.data,
            rows: apart.unwrap_or(&records.winners),
            is_kept_apart: apart.is_some(),
        })
    }
}
