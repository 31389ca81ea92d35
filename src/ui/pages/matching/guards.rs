//! Guards against over-merging: limits that no link by a rule may break, off until switched on.

mod identifier;

use crate::help::{self, Topic};
use crate::ui::theme::icon;
use crate::ui::widgets::help::Helped as _;
use eframe::egui::{self, Ui};

use crate::project::{Guards, IdentifierGuard, edit, ids};
use crate::ui::context::{PageCx, Reveal};
use crate::ui::widgets::{entry, form, layout, text};

/// Where a limit starts that was off.
const FIRST_LIMIT: u32 = 50;

pub fn guards_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let title = title(&cx.draft.guards);
    let is_revealed = cx.memory.takes_reveal(&Reveal::Guards);
    let meaning =
        tr!("Limits that keep different people from becoming one customer: a link by a rule that would break one is \
         refused, and listed.");
    layout::section_card_ui(ui, "guards", (&title, meaning), is_revealed, |ui| {
        let limit = &mut cx.draft.guards.max_records;
        if limit_ui(
            ui,
            (tr!("records in a profile"), tr!("records in a profile")),
            help::MAX_RECORDS,
            limit,
            FIRST_LIMIT,
        ) {
            cx.name_edit(tr!("Change the most records in a profile"));
        }
        identifiers_ui(ui, cx);
    });
}

/// `Guards (off)`, `Guards (2 identifiers, at most 50 records)`.
fn title(guards: &Guards) -> String {
    let mut parts = Vec::new();
    if !guards.identifiers.is_empty() {
        parts.push(tr!("{n} identifier" | "{n} identifiers" % guards.identifiers.len() as u64));
    }
    parts.extend(guards.max_records.map(|most| tr!("at most {from} records", from = text::count(u64::from(most)))));
    if parts.is_empty() { tr!("Guards (off)").to_owned() } else { tr!("Guards ({parts})", parts = parts.join(", ")) }
}

/// A limit that may be off, of what stands after it and what it is called; says whether it changed.
fn limit_ui(
    ui: &mut Ui,
    (of, called): (&str, &str),
    help: &'static Topic,
    limit: &mut Option<u32>,
    first: u32,
) -> bool {
    let was = *limit;
    ui.horizontal(|ui| {
        let mut on = limit.is_some();
        entry::check_ui(ui, (&tr!("At most {called}", called), help), &mut on, tr!("At most"), true);
        let mut most = limit.unwrap_or(first);
        let drag = ui.add_enabled(on, egui::DragValue::new(&mut most).range(1..=u32::MAX).speed(0.2));
        form::name_ui(drag, &tr!("Most {called}", called)).help(help);
        ui.label(of).help(help);
        *limit = on.then_some(most);
    });
    *limit != was
}

fn identifiers_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let mut asked = None;
    let count = cx.draft.guards.identifiers.len();
    for place in 0..count {
        ui.separator();
        let id = cx.draft.guards.identifiers[place].id.clone();
        layout::steady_ui(ui, egui::Id::unique(("guard", id)), |ui| {
            asked = identifier::identifier_ui(ui, cx, place, count).map(|action| (place, action)).or(asked.take());
        });
    }
    match asked {
        Some((place, identifier::Action::Move(moved))) => {
            let name = cx.draft.guards.identifiers[place].name.clone();
            moved.apply(&mut cx.draft.guards.identifiers);
            cx.name_edit(tr!("Move the guard of {name}", name));
        }
        Some((place, identifier::Action::Delete)) => {
            let gone = cx.draft.guards.identifiers.remove(place);
            cx.draft.retired_ids.push(gone.id);
            cx.name_edit(tr!("Delete the guard of {gone}", gone = gone.name));
        }
        None => {}
    }
    if entry::named_button(ui, &icon::before(icon::ADD, tr!("Identifier")), tr!("Add guarded identifier"))
        .help(help::GUARDED_IDENTIFIER)
        .clicked()
    {
        let identifiers = &cx.draft.guards.identifiers;
        let name = edit::free_name(tr!("Identifier"), identifiers.iter().map(|identifier| identifier.name.as_str()));
        let id = ids::new_id(cx.draft, &name);
        let guard = IdentifierGuard { id, name, members: Vec::new(), blocked: Vec::new(), max_values: None };
        cx.draft.guards.identifiers.push(guard);
        cx.name_edit(tr!("Add guarded identifier"));
    }
}
