//! Segments: rules of conditions, joined top to bottom, with a live count at every place.

mod condition;
mod rule;
mod subject;
mod value;
mod words;

use crate::help;
use crate::ui::theme::{TextRole as _, icon};
use crate::ui::widgets::help::Helped as _;
use std::sync::Arc;

use eframe::egui::Ui;

use super::live;
use super::things::{self, Asked, Thing, Things};
use crate::engine::check::Wanted;
use crate::engine::insight::segments::SegmentResult;
use crate::engine::stage::Stage;
use crate::project::validate::{Place, Severity};
use crate::project::{Combine, Project, Segment, SegmentCondition, SegmentRule, SetOperator, edit, ids};
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::widgets::{form, layout};

/// What a new segment is called.
const NEW: &str = msg!("New segment");
/// Room for the number of members at the end of the name.
const MEMBERS: f32 = 130.0;

pub fn page_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    if cx.draft.segments.is_empty() {
        empty_ui(ui, cx);
        return;
    }
    let known = |id: &String| cx.draft.segment(id).is_some();
    if !cx.memory.segment.as_ref().is_some_and(known) {
        cx.memory.segment = cx.draft.segments.first().map(|segment| segment.id.clone());
    }
    parts::list_and_editor_ui(ui, cx, list_ui, editor_ui);
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
    cx.memory.added = true;
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
    let fresh = live::is_fresh(cx);
    let thing = |of: &Segment| Thing::new(&of.id, &of.name, tr!("Segment {name}", name = of.name));
    let all: Vec<Thing> = cx.draft.segments.iter().map(thing).collect();
    let chosen = cx.memory.segment.clone();
    let things = Things {
        title: tr!("Segments"),
        kind: tr!("segment"),
        add: (tr!("Add segment"), help::ADD_SEGMENT),
        all: &all,
        chosen: chosen.as_deref(),
        users: edit::users_of_segment,
    };
    let asked = things::things_ui(ui, cx, &things, |ui, cx, row| {
        let Thing { id, name, .. } = &all[row.place];
        let members = result_of(cx, id).filter(|result| result.error.is_none()).map(|result| result.members.count());
        let members = members.map_or_else(|| "–".to_owned(), |count| tr!("{n} member" | "{n} members" % count));
        let members = layout::fresh_text(ui, members, fresh);
        row.button_ui(ui, name, members).help(help::MEMBERS.topic());
    });
    match asked {
        Some(Asked::Add) => add(cx),
        Some(Asked::Choose(place)) => cx.memory.segment = Some(all[place].id.clone()),
        Some(Asked::Delete(place)) => delete(cx, &all[place].id, &all[place].name),
        None => {}
    }
}

fn delete(cx: &mut PageCx<'_>, id: &str, name: &str) {
    edit::delete_segment(cx.draft, id);
    cx.name_edit(tr!("Delete segment {name}", name));
}

fn editor_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let selected = |segment: &Segment| cx.memory.segment.as_deref() == Some(&segment.id);
    let Some(place) = cx.draft.segments.iter().position(selected) else { return };
    let before = cx.draft.segments[place].clone();
    let mut segment = before.clone();
    let result = result_of(cx, &segment.id);
    form::line_ui(ui, tr!("Name"), help::SEGMENT_NAME, |ui, width| {
        let named = (tr!("Segment name"), help::SEGMENT_NAME);
        let room = width - MEMBERS;
        form::text_ui(ui, named, &mut segment.name, tr!("Segment name"), room);
        if let Some(result) = result.as_ref().filter(|result| result.error.is_none()) {
            let members = tr!("{n} member" | "{n} members" % result.members.count());
            let words = layout::fresh_text(ui, members, live::is_fresh(cx)).bold();
            ui.label(words).help(help::MEMBERS.topic());
        }
    });
    let mut label = rule::rules_ui(ui, cx, &mut segment, result.as_deref());
    ui.separator();
    if ui.button(icon::before(icon::ADD, tr!("Add rule"))).clicked() {
        segment.rules.push(new_rule(SetOperator::Intersect));
        label = Some(tr!("Add rule"));
    }
    if segment != before {
        cx.name_edit(
            label.map_or_else(|| parts::edit_label(tr!("segment"), &before.name, &segment.name), str::to_owned),
        );
        cx.draft.segments[place] = segment;
    }
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
