//! How a field or a group takes its value: the policy, and what recency goes by.

use eframe::egui::{self, RichText, Ui};

use crate::help::{self, Topic};
use crate::project::{MergePolicy, Project};
use crate::ui::context::PageCx;
use crate::ui::theme::{icon, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::picker::{self, Entry};
use crate::ui::widgets::{entry, form};

/// With a word where the product we reimplement has none of it.
fn label(policy: &MergePolicy) -> String {
    if policy.is_ours() { tr!("{label} · Tributary's own", label = policy.label()) } else { policy.label().to_owned() }
}

/// The drop-down of policies, each with its sentence; the one chosen, where it is another one.
pub fn policy_ui(
    ui: &mut Ui,
    name: &str,
    now: &MergePolicy,
    offered: &[MergePolicy],
    of: fn(&MergePolicy) -> &'static Topic,
) -> Option<MergePolicy> {
    let mut chosen = None;
    ui.horizontal(|ui| {
        entry::cell_ui(ui, 48.0, |ui| form::label_ui(ui, tr!("Policy")).help(help::POLICY));
        let room = ui.available_width().min(230.0);
        let is_now = |policy: &MergePolicy| policy.label() == now.label();
        let picked = picker::picker_ui(ui, (name, help::POLICY), &label(now), room, || {
            let entry = |policy: &MergePolicy| {
                let entry = Entry::new(policy.label()).chosen(is_now(policy)).help(crate::text::of(of(policy).meaning));
                if policy.is_ours() { entry.right(tr!("Tributary's own")) } else { entry }
            };
            offered.iter().map(entry).collect()
        });
        chosen = picked.entry.and_then(|place| offered.get(place)).filter(|policy| !is_now(policy)).cloned();
    });
    form::label_ui(ui, crate::text::of(of(now).meaning));
    chosen
}

/// The column that says when, for each table that takes part; the table and the column chosen.
pub fn rank_by_ui(ui: &mut Ui, cx: &PageCx<'_>, policy: &MergePolicy, tables: &[String]) -> Option<(String, String)> {
    if !policy.is_recency() {
        return None;
    }
    let mut chosen = None;
    form::label_ui(ui, tr!("Rank by:")).help(help::RANK_BY);
    for table in tables {
        let name = cx.draft.table_name(table).to_owned();
        ui.horizontal(|ui| {
            entry::cell_ui(ui, 110.0, |ui| ui.add(egui::Label::new(&name).truncate()));
            let mut column = policy.rank_by_of(table).unwrap_or_default().to_owned();
            let options = ordered_columns(cx.draft, table);
            if form::choice_ui(ui, (&tr!("Rank {name} by", name), help::RANK_BY), &mut column, 220.0, &options) {
                chosen = Some((table.clone(), column.clone()));
            }
            if options.is_empty() {
                form::label_ui(ui, tr!("has no date and no number"));
            } else if column.is_empty() {
                ui.label(RichText::new(icon::before(icon::WARNING, tr!("missing"))).color(palette(ui).warning));
            }
        });
    }
    chosen
}

/// The dates and numbers of a table, dates first, picked for unification or not.
fn ordered_columns(project: &Project, table: &str) -> Vec<(String, String)> {
    let columns = project.source_table(table).into_iter().flat_map(|table| &table.columns);
    let mut ordered: Vec<_> = columns.filter(|column| column.column_type.is_ordered()).collect();
    ordered.sort_by_key(|column| !matches!(column.column_type.label(), "date" | "datetime"));
    let option = |column: &crate::project::SourceColumn| {
        (column.name.clone(), format!("{} ({})", column.name, column.column_type.label()))
    };
    ordered.into_iter().map(option).collect()
}
