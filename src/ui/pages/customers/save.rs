//! "Save filters as a segment": the same customers as rules, from the next run on.

use crate::help;
use crate::ui::theme::icon;
use eframe::egui::{self, Key, Ui};

use crate::engine::customer::index::{Query, segment};
use crate::project::{Segment, edit, ids};
use crate::ui::context::PageCx;
use crate::ui::theme;
use crate::ui::widgets::form;
use crate::workbench::{Command, Page};

pub fn save_ui(ui: &mut Ui, cx: &mut PageCx<'_>, query: &Query) {
    saved_ui(ui, cx, query);
    let Some(mut name) = cx.memory.customers.segment_name.take() else { return };
    if !query.narrows() {
        return;
    }
    let rules = segment::rules(query, cx.draft);
    let mut open = true;
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        if let Err(problems) = &rules {
            form::warning_ui(ui, tr!("A segment cannot say all of this, so it would have other customers:"));
            for problem in problems {
                ui.label(format!("• {problem}."));
            }
        }
        ui.horizontal(|ui| {
            form::label_ui(ui, tr!("Name of the segment"));
            let is_new = name.is_empty();
            let field = form::text_ui(
                ui,
                (tr!("Name of the new segment"), help::NEW_SEGMENT_NAME),
                &mut name,
                tr!("Such as Lisbon newsletter"),
                240.0,
            );
            if is_new && ui.memory(|memory| memory.focused().is_none()) {
                field.request_focus();
            }
            let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            let reason = match &rules {
                Err(_) => Err(tr!("Take off first what a segment cannot say").to_owned()),
                Ok(_) if name.trim().is_empty() => Err(tr!("Give it a name first").to_owned()),
                Ok(_) => Ok(()),
            };
            let enabled = reason.is_ok();
            let button = form::button_or_reason(ui, tr!("Save segment"), reason);
            if let (true, Ok(rules)) = (enabled && (button.clicked() || entered), &rules) {
                let name = edit::free_name(name.trim(), cx.draft.segments.iter().map(|of| of.name.as_str()));
                let segment = Segment { id: ids::new_id(cx.draft, &name), name, rules: rules.clone() };
                cx.memory.customers.saved = Some((segment.id.clone(), query.clone()));
                cx.name_edit(tr!("Save filters as segment {segment}", segment = segment.name));
                cx.draft.segments.push(segment);
                open = false;
            }
            if ui.button(tr!("Cancel")).clicked() || ui.input(|input| input.key_pressed(Key::Escape)) {
                open = false;
            }
        });
    });
    cx.memory.customers.segment_name = open.then_some(name);
}

/// The way to the segment that was just made of these filters.
fn saved_ui(ui: &mut Ui, cx: &mut PageCx<'_>, query: &Query) {
    let Some((id, of)) = &cx.memory.customers.saved else { return };
    let same = (&of.search, of.some, &of.filters) == (&query.search, query.some, &query.filters);
    let Some(segment) = cx.draft.segment(id).filter(|_| same) else {
        cx.memory.customers.saved = None;
        return;
    };
    let (id, name) = (segment.id.clone(), segment.name.clone());
    ui.horizontal(|ui| {
        ui.label(egui::RichText::new(icon::before(icon::DONE, &tr!("Saved as segment {name}.", name))));
        if ui.link(tr!("Open the segment")).clicked() {
            cx.memory.segment = Some(id);
            cx.send(Command::Go(Page::Segments));
        }
    });
}
