//! For a table without rules: what rows of different keys agree in, and the rule that would join them.

use std::sync::Arc;

use eframe::egui::{RichText, Ui};

use super::rules;
use crate::engine::identity::propose::{DuplicateProposal, propose_inside};
use crate::engine::pipeline::Run;
use crate::help;
use crate::project::{Condition, SourceTable};
use crate::task::Task;
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::pages::rules::words;
use crate::ui::theme::{self, GAP_SMALL, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::{entry, form, text};

/// The proposals, most records first; says whether there are any, or may be.
pub fn proposals_ui(ui: &mut Ui, cx: &mut PageCx<'_>, run: &Arc<Run>, source: &SourceTable) -> bool {
    let id = source.id.clone();
    let rows = run.source(&id).map_or(0, |source| source.table.rows * columns_of(run, &id));
    let question = format!("proposed duplicates {id}");
    let Some(found) = cx.workbench.find(&question, run, rows, move |run: &Run| of_run(run, &id)).value else {
        parts::hint_ui(ui, tr!("Looking for rows that agree…"));
        return true;
    };
    if found.is_empty() {
        return false;
    }
    ui.add_space(GAP_SMALL);
    form::subtitle_ui(ui, tr!("Rules that would find something")).help(help::PROPOSED_DUPLICATES.topic());
    theme::inset(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        for proposal in found.iter() {
            if line_ui(ui, proposal) {
                rules::add_rule(cx, source, proposal.conditions.clone());
            }
        }
    });
    ui.add_space(GAP_SMALL);
    true
}

/// How many columns are compared, for what that takes.
fn columns_of(run: &Run, id: &str) -> usize {
    run.project.source_table(id).map_or(1, |source| source.selected_columns().count())
}

/// `Rows that agree in Email: 3`, and what a rule would make of it; says whether it is to be added.
fn line_ui(ui: &mut Ui, proposal: &DuplicateProposal) -> bool {
    let DuplicateProposal { conditions, rows, fewer } = proposal;
    let fields: Vec<&str> = conditions.iter().flat_map(Condition::fields).collect();
    let fields = fields.join(tr!(" and "));
    ui.horizontal(|ui| {
        let label = tr!("Add rule");
        let width = entry::width_before(ui, &[label]);
        entry::cell_ui(ui, width, |ui| {
            let agree = tr!("Rows that agree in {fields}: {rows}", fields, rows = text::count(*rows));
            ui.label(agree).help(help::PROPOSED_DUPLICATES.topic());
            let duplicates = tr!("{n} duplicate" | "{n} duplicates" % *fewer);
            ui.label(RichText::new(duplicates).color(palette(ui).text_weak));
        });
        let name = tr!("Add rule {name}", name = words::default_name(conditions, None));
        entry::named_button(ui, label, &name).on_hover_text(name).clicked()
    })
    .inner
}

fn of_run(run: &Run, id: &str) -> Vec<DuplicateProposal> {
    let Some((settings, source)) = run.project.source_table(id).zip(run.source(id)) else { return Vec::new() };
    propose_inside(&run.project, settings, &source.table, &Task::default()).unwrap_or_default()
}
