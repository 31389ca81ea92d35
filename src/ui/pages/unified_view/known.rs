//! The known-identifier list, beside the counts that follow from it (semantics 1.9).

use eframe::egui::{RichText, Role, Ui, WidgetInfo};

use crate::help;
use crate::project::source::{default_known_identifiers, semantic};
use crate::project::{Project, unify};
use crate::ui::context::PageCx;
use crate::ui::pages::{known_chart, live};
use crate::ui::theme::{TextRole as _, icon, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::picker::{self, Entry};
use crate::ui::widgets::{figure, form, layout};

const OWN: &str = msg!("A list of my own");
const TYPED: &str = "known identifier";

pub fn known_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    ui.label(RichText::new(tr!("Known identifiers")).title());
    form::label_ui(ui, tr!("A customer is known when a field of one of these semantic types has a value."));
    let report = live::unified(cx).map(|run| (run.report.known, run.report.unknown));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 26.0;
        if figure::figure_link_ui(ui, tr!("Known"), report.map(|(known, _)| known), help::KNOWN) {
            cx.open_customers(Some("Known"));
        }
        if figure::figure_link_ui(ui, tr!("Unknown"), report.map(|(_, unknown)| unknown), help::UNKNOWN) {
            cx.open_customers(Some("Unknown"));
        }
        if !live::is_fresh(cx) && report.is_some() {
            form::label_ui(ui, tr!("updating…"));
        }
    });
    readings_ui(ui, cx);
    list_ui(ui, cx);
    if is_own(cx) {
        add_ui(ui, cx);
    }
    known_chart::chart_ui(ui, cx);
}

/// The two readings of "known": by contact information, as the product's own examples say it, or by a loyalty id too,
/// as its reference does (semantics 1.9, case 40).
pub fn readings() -> [(&'static str, Vec<String>); 2] {
    let contact = default_known_identifiers();
    let with_loyalty = contact.iter().cloned().chain([semantic::LOYALTY_ID.to_owned()]).collect();
    [(tr!("Contact information"), contact), (tr!("Contact information and loyalty id"), with_loyalty)]
}

/// Whether the list is edited: it is neither reading, or is about to be another one.
fn is_own(cx: &PageCx<'_>) -> bool {
    let is_reading = readings().iter().any(|(_, of)| is_list(cx, of));
    !is_reading || cx.memory.open.get(OWN).copied().unwrap_or(false)
}

fn is_list(cx: &PageCx<'_>, of: &[String]) -> bool {
    let known = &cx.draft.known_identifiers;
    known.len() == of.len() && known.iter().all(|known| of.contains(known))
}

/// One click for either reading; a list of one's own begins as the reading before.
fn readings_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let mut chosen = None;
    let is_own = is_own(cx);
    ui.horizontal_wrapped(|ui| {
        for (name, of) in readings() {
            let selected = !is_own && is_list(cx, &of);
            let response = ui.radio(selected, name);
            response
                .widget_info(|| WidgetInfo::selected(Role::RadioButton, true, selected, tr!("Known by {name}", name)));
            if response.help_and(help::KNOWN_BY, &of.join(", ")).clicked() && !selected {
                chosen = Some((name, of));
            }
        }
        let own = ui.radio(is_own, crate::text::of(OWN));
        own.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_own, crate::text::of(OWN)));
        if own.help(help::KNOWN_BY).clicked() {
            cx.memory.open.insert(OWN.to_owned(), true);
        }
    });
    if let Some((name, of)) = chosen {
        cx.memory.open.remove(OWN);
        cx.draft.known_identifiers = of;
        cx.name_edit(tr!("Known by {name}", name = name.to_lowercase()));
    }
}

/// The identifiers, and the fields that hold them; grey where none does.
fn list_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let colors = palette(ui);
    let fields = unify::unified_fields(cx.draft);
    let is_own = is_own(cx);
    let mut removed = None;
    for (place, known) in cx.draft.known_identifiers.iter().enumerate() {
        let has = |field: &&crate::project::UnifiedField| {
            !field.excluded && unify::semantic_type(cx.draft, field) == Some(known.as_str())
        };
        let names: Vec<&str> = fields.iter().filter(has).map(|field| field.name.as_str()).collect();
        ui.horizontal(|ui| {
            let (of, color) = match names.len() {
                0 => (tr!("in none of your fields").to_owned(), colors.text_weak),
                _ => (names.join(", "), colors.text),
            };
            let words = semantic::words(known);
            ui.label(RichText::new(words).color(color)).on_hover_text(known);
            let room = ui.available_width() - form::ICON_ROOM;
            layout::cell_ui(ui, room, RichText::new(of).color(colors.text_weak));
            if is_own && form::icon_button(ui, icon::DELETE, &tr!("Remove {known}", known = words), true) {
                removed = Some(place);
            }
        });
    }
    if cx.draft.known_identifiers.is_empty() {
        form::warning_ui(ui, tr!("The list is empty, so every customer is unknown."));
    }
    if let Some(place) = removed {
        cx.draft.known_identifiers.remove(place);
        cx.name_edit(tr!("Remove known identifier"));
    }
}

fn add_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let mut typed = cx.memory.typed.get(TYPED).cloned().unwrap_or_default();
    let mut added = None;
    ui.horizontal_wrapped(|ui| {
        let response = form::text_ui(
            ui,
            (tr!("Known identifier to add"), help::KNOWN_IDENTIFIER),
            &mut typed,
            tr!("Semantic type"),
            170.0,
        );
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(eframe::egui::Key::Enter));
        if ui.button(tr!("Add identifier")).clicked() || entered {
            added = semantic::typed(&typed);
        }
        let suggestions = suggestions(cx.draft);
        let picked = picker::picker_ui(
            ui,
            (tr!("Suggested identifiers"), help::KNOWN_IDENTIFIER),
            tr!("Suggestions"),
            110.0,
            || suggestions.iter().map(|meaning| Entry::new(semantic::words(meaning))).collect(),
        );
        if let Some(suggestion) = picked.entry.and_then(|place| suggestions.get(place)) {
            added = Some(suggestion.clone());
        }
    });
    match added {
        Some(added) => {
            cx.memory.typed.remove(TYPED);
            if !cx.draft.known_identifiers.contains(&added) {
                cx.draft.known_identifiers.push(added);
                cx.name_edit(tr!("Add known identifier"));
            }
        }
        None => {
            cx.memory.typed.insert(TYPED.to_owned(), typed);
        }
    }
}

/// The types that columns in use have, then the others the program knows; without those in the list.
fn suggestions(project: &Project) -> Vec<String> {
    let unified = project.unification.iter().filter_map(|table| project.source_table(&table.source_table));
    let used = unified.flat_map(|table| table.selected_columns()).filter_map(|column| column.semantic_type.as_deref());
    let mut suggestions: Vec<String> = Vec::new();
    for meaning in used.chain(semantic::ALL) {
        if !project.known_identifiers.iter().any(|known| known == meaning) && !suggestions.iter().any(|s| s == meaning)
        {
            suggestions.push(meaning.to_owned());
        }
    }
    suggestions
}
