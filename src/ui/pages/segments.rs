//! Segments: rules of conditions, joined top to bottom, with a live count at every place.

mod condition;
mod rule;
mod subject;
mod value;
mod words;

use crate::help;
use crate::ui::theme::{GAP, GAP_SMALL, TextRole as _, icon};
use crate::ui::widgets::help::Helped as _;
use std::sync::Arc;

use eframe::egui::{RichText, Ui};

use super::{deletion, live};
use crate::engine::check::Wanted;
use crate::engine::insight::segments::SegmentResult;
use crate::engine::stage::Stage;
use crate::project::validate::{Place, Severity};
use crate::project::{Combine, Project, Segment, SegmentCondition, SegmentRule, SetOperator, edit, ids};
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::theme;
use crate::ui::widgets::list::{self, List};
use crate::ui::widgets::{form, layout, split};

/// What a new segment is called.
const NEW: &str = msg!("New segment");

pub fn page_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    if cx.draft.segments.is_empty() {
        empty_ui(ui, cx);
        return;
    }
    let known = |id: &String| cx.draft.segment(id).is_some();
    if !cx.memory.segment.as_ref().is_some_and(known) {
        cx.memory.segment = cx.draft.segments.first().map(|segment| segment.id.clone());
    }
    layout::settings_ui(ui, split::SETTINGS, |ui| {
        let width = ui.available_width() - theme::CARD_EDGES;
        theme::card(ui).show(ui, |ui| {
            ui.set_width(width);
            list_ui(ui, cx);
        });
        editor_ui(ui, cx, width);
    });
    layout::preview_ui(ui, tr!("Members"), |ui| members_ui(ui, cx));
}

fn empty_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    if parts::first_step_ui(ui, cx, tr!("Segments are groups of customers.")) {
        return;
    }
    let sentence = tr!("A segment is a group of customers, found by rules on their fields and on what they did.");
    if form::empty_ui(ui, sentence, Some(tr!("Add segment"))) {
        add(cx);
    }
}

fn add(cx: &mut PageCx<'_>) {
    let name = edit::free_name(crate::text::of(NEW), cx.draft.segments.iter().map(|segment| segment.name.as_str()));
    let segment = Segment { id: ids::new_id(cx.draft, &name), name, rules: vec![new_rule(SetOperator::Union)] };
    cx.memory.segment = Some(segment.id.clone());
    cx.draft.segments.push(segment);
    cx.name_edit(tr!("Add segment"));
}

fn new_rule(operator: SetOperator) -> SegmentRule {
    SegmentRule { operator, combine: Combine::And, conditions: vec![new_condition()] }
}

fn new_condition() -> SegmentCondition {
    SegmentCondition::of_state("Known")
}

/// What the live run found for a segment, maybe of an earlier draft of it.
fn result_of(cx: &PageCx<'_>, id: &str) -> Option<Arc<SegmentResult>> {
    cx.live()?.segments.iter().find(|result| result.id == id).cloned()
}

fn list_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    ui.horizontal(|ui| {
        ui.label(RichText::new(tr!("Segments")).title());
        if ui.button(tr!("Add segment")).help(help::ADD_SEGMENT).clicked() {
            add(cx);
        }
    });
    let fresh = live::is_fresh(cx);
    let segments: Vec<(String, String)> =
        cx.draft.segments.iter().map(|segment| (segment.id.clone(), segment.name.clone())).collect();
    let names: Vec<String> = segments.iter().map(|(_, name)| tr!("Segment {name}", name)).collect();
    let chosen = segments.iter().position(|(id, _)| cx.memory.segment.as_deref() == Some(id));
    let asked = list::list_ui(ui, &List { called: tr!("Segments"), names: &names, chosen }, |ui, row| {
        let (id, name) = &segments[row.place];
        let members = result_of(cx, id).filter(|result| result.error.is_none()).map(|result| result.members.count());
        let members = members.map_or_else(|| "–".to_owned(), |count| tr!("{n} member" | "{n} members" % count));
        let members = layout::fresh_text(ui, members, fresh);
        row.button_ui(ui, name, members).help(help::MEMBERS.topic());
    });
    if let Some((id, _)) = asked.chosen.and_then(|place| segments.get(place)) {
        cx.memory.segment = Some(id.clone());
    }
    if let Some((id, name)) = asked.deletes.and_then(|place| segments.get(place)) {
        let users = edit::users_of_segment(cx.draft, id);
        if deletion::ask(cx, tr!("segment"), id, &users) {
            delete(cx, id, name);
        }
    }
}

fn delete(cx: &mut PageCx<'_>, id: &str, name: &str) {
    edit::delete_segment(cx.draft, id);
    cx.name_edit(tr!("Delete segment {name}", name));
}

fn editor_ui(ui: &mut Ui, cx: &mut PageCx<'_>, width: f32) {
    let selected = |segment: &Segment| cx.memory.segment.as_deref() == Some(&segment.id);
    let Some(place) = cx.draft.segments.iter().position(selected) else { return };
    let before = cx.draft.segments[place].clone();
    let mut segment = before.clone();
    let result = result_of(cx, &segment.id);
    ui.add_space(GAP_SMALL);
    ui.horizontal(|ui| {
        form::label_ui(ui, tr!("Name")).help(help::SEGMENT_NAME);
        form::text_ui(ui, (tr!("Segment name"), help::SEGMENT_NAME), &mut segment.name, tr!("Segment name"), 300.0);
    });
    let mut label = rule::rules_ui(ui, cx, &mut segment, result.as_deref(), width);
    ui.horizontal(|ui| {
        if ui.button(icon::before(icon::ADD, tr!("Add rule"))).clicked() {
            segment.rules.push(new_rule(SetOperator::Intersect));
            label = Some(tr!("Add rule"));
        }
        whole_ui(ui, cx, result.as_deref());
    });
    ui.add_space(GAP);
    if segment != before {
        cx.name_edit(
            label.map_or_else(|| parts::edit_label(tr!("segment"), &before.name, &segment.name), str::to_owned),
        );
        cx.draft.segments[place] = segment;
    }
    let users = edit::users_of_segment(cx.draft, &before.id);
    if deletion::delete_ui(ui, cx, tr!("segment"), &before.id, &before.name, &users) {
        delete(cx, &before.id, &before.name);
    }
}

fn whole_ui(ui: &mut Ui, cx: &PageCx<'_>, result: Option<&SegmentResult>) {
    let Some(result) = result.filter(|result| result.error.is_none()) else { return };
    let members = tr!("{n} member" | "{n} members" % result.members.count());
    let words = layout::fresh_text(ui, tr!("The segment has {members}", members), live::is_fresh(cx)).bold();
    ui.label(words).help(help::MEMBERS.topic());
}

fn members_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let Some(run) = live::unified(cx).filter(|run| run.until >= Stage::Segments) else {
        let wanted = cx.memory.segment.clone().unwrap_or_default();
        live::missing_ui(ui, cx, tr!("Members"), Wanted::Segment(&wanted));
        return;
    };
    let Some(place) = run.segments.iter().position(|result| cx.memory.segment.as_deref() == Some(&result.id)) else {
        let wanted = cx.memory.segment.clone().unwrap_or_default();
        parts::no_preview_ui(ui, cx, tr!("Members"), Wanted::Segment(&wanted));
        return;
    };
    let (result, Some(customers)) = (&run.segments[place], &run.customers) else { return };
    if let Some(error) = &result.error {
        // The project says it by the names on the screen, and where to mend it.
        let place = Place::Segments { segment: Some(result.id.clone()) };
        let problem = cx.workbench.problems.iter().find(|of| of.place == place && of.severity == Severity::Error);
        let why = problem.map_or_else(|| format!("{error}."), |of| format!("{} {}", of.message, of.fix));
        form::error_ui(ui, tr!("{why} Until then the segment has no members.", why));
        return;
    }
    if result.members.count() == 0 {
        form::label_ui(ui, tr!("Nobody is in this segment; the counts at the rules say where it becomes empty."));
    }
    let (customers, members) = (Arc::clone(&customers.table), Arc::clone(result));
    let table = cx.find_of_run(&format!("members of {}", result.id), &run, move |_| {
        customers.gather(&members.members.iter().collect::<Vec<u32>>())
    });
    match table {
        Some(table) => {
            live::customers_grid_ui(ui, cx, tr!("Members"), &table);
        }
        None => {
            form::label_ui(ui, tr!("Computing…"));
        }
    }
}

/// What the parts of the editor read: the draft's fields, and whether the counts are of it.
struct Reading<'a> {
    project: &'a Project,
    fields: &'a [crate::project::UnifiedField],
    fresh: bool,
}
