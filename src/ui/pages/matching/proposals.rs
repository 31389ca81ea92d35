//! "Propose exact rules": the ids a table shares with those above it, with how many records each would find.

use std::sync::Arc;

use eframe::egui::Ui;

use super::rules;
use crate::engine::identity::propose::{self, Proposal, Rows};
use crate::engine::pipeline::Run;
use crate::help;
use crate::project::{Project, SourceTable, edit};
use crate::ui::context::PageCx;
use crate::ui::focus;
use crate::ui::pages::parts;
use crate::ui::pages::rules::words;
use crate::ui::theme;
use crate::ui::widgets::{entry, form, text};

fn open_key(table: &str) -> String {
    format!("proposals of {table}")
}

fn tick_key(table: &str, proposal: &Proposal) -> String {
    let condition = &proposal.condition;
    format!("proposal {table} {} {} {}", condition.field, proposal.to_table, condition.to_field)
}

/// Whether the proposals are shown: where a table has no rule yet, until they are closed; else when they are asked for.
fn is_open(cx: &PageCx<'_>, id: &str) -> bool {
    let has_rules = cx.draft.unification_table(id).is_some_and(|table| !table.match_rules.is_empty());
    cx.memory.open.get(&open_key(id)).copied().unwrap_or(!has_rules)
}

pub fn button_ui(ui: &mut Ui, cx: &mut PageCx<'_>, source: &SourceTable) {
    let help =
        tr!("Looks for ids and contact data that this table shares with each higher one, and counts what an exact \
                rule on each would find");
    let button = entry::named_button(
        ui,
        tr!("Propose exact rules"),
        &tr!("Propose exact rules for {source}", source = source.name),
    );
    if button.on_hover_text(help).clicked() {
        let open = !is_open(cx, &source.id);
        cx.memory.open.insert(open_key(&source.id), open);
    }
}

/// The proposals of a table, once they were asked for.
pub fn proposals_ui(ui: &mut Ui, cx: &mut PageCx<'_>, place: usize) {
    let unified = &cx.draft.unification[place];
    let (id, rules) = (unified.source_table.clone(), unified.match_rules.clone());
    if !is_open(cx, &id) {
        return;
    }
    theme::inset(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let Some(run) = cx.live() else {
            parts::hint_ui(ui, tr!("The counts appear once the tables are read."));
            return;
        };
        let rows: u64 = run.sources.iter().map(|source| source.rows_read).sum();
        let wanted = id.clone();
        let found = cx.workbench.find(&open_key(&id), &run, rows as usize, move |run: &Run| of_run(run, &wanted));
        let Some(found) = found.value else {
            parts::hint_ui(ui, tr!("Looking for shared ids…"));
            return;
        };
        let open = found.iter().filter(|one| !propose::is_covered(&rules, &one.to_table, &one.condition));
        let open: Vec<&Proposal> = open.collect();
        list_ui(ui, cx, place, &id, &open);
    });
}

fn list_ui(ui: &mut Ui, cx: &mut PageCx<'_>, place: usize, id: &str, open: &[&Proposal]) {
    if open.is_empty() {
        parts::hint_ui(ui, tr!("No further id or contact data is shared with a higher table. Add a rule by hand."));
        return;
    }
    let mut chosen = Vec::new();
    for proposal in open {
        let key = tick_key(id, proposal);
        let mut on = cx.memory.open.get(&key).copied().unwrap_or(true);
        let words = words_of(cx.draft, proposal);
        if entry::check_ui(ui, (&words, help::PROPOSED_RULE), &mut on, &words, true).changed() {
            cx.memory.open.insert(key, on);
        }
        if on {
            chosen.push(*proposal);
        }
    }
    let mut goes_on = false;
    ui.horizontal(|ui| {
        let count = tr!("{n} rule" | "{n} rules" % chosen.len() as u64);
        if !chosen.is_empty() {
            let adds = form::primary_button(ui, &tr!("Add {count}", count));
            if adds.clicked() {
                add(cx, place, &chosen);
                cx.memory.open.remove(&open_key(id));
                goes_on = adds.has_focus();
            }
        }
        let closes = ui.button(tr!("Close"));
        if closes.clicked() {
            cx.memory.open.insert(open_key(id), false);
            goes_on = closes.has_focus();
        }
    });
    if goes_on {
        // The button is gone; Tab is not to begin at the top again.
        focus::to_next_ui(ui);
    }
}

/// `LoyaltyID = Loyalty.LoyaltyID: 2 of 3 records`.
fn words_of(project: &Project, proposal: &Proposal) -> String {
    let upper = project.table_name(&proposal.to_table);
    let condition = words::summary(project, Some(upper), std::slice::from_ref(&proposal.condition), &[]);
    let (matches, records) = (text::count(proposal.matches), tr!("{n} record" | "{n} records" % proposal.records));
    tr!("{condition}: {matches} of {records}", condition, matches, records)
}

fn add(cx: &mut PageCx<'_>, place: usize, chosen: &[&Proposal]) {
    for proposal in chosen {
        let conditions = vec![proposal.condition.clone()];
        let name = words::default_name(&conditions, Some(cx.draft.table_name(&proposal.to_table)));
        let taken = cx.draft.unification[place].match_rules.iter().map(|rule| rule.name.as_str());
        let name = edit::free_name(&name, taken);
        rules::push_rule(cx, place, name, proposal.to_table.clone(), conditions);
    }
    cx.name_edit(tr!("Add {rules} proposed", rules = tr!("{n} rule" | "{n} rules" % chosen.len() as u64)));
}

fn of_run(run: &Run, id: &str) -> Vec<Proposal> {
    let project = Arc::clone(&run.project);
    let rows = |id: &str| -> Option<Rows<'_>> {
        let records = run.records_of(id).map(|records| (&records.record_of_row[..], records.len()));
        Some(Rows { source: run.project.source_table(id)?, table: &run.source(id)?.table, records })
    };
    let above = project.unification.iter().take_while(|table| table.source_table != id);
    let higher: Vec<Rows<'_>> = above.filter_map(|table| rows(&table.source_table)).collect();
    rows(id).map(|lower| propose::propose(&project, lower, &higher)).unwrap_or_default()
}
