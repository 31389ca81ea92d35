//! The card of one customer: profile, other sources' values, ids by source, segments, timeline.

mod ids;

use eframe::egui::{self, RichText, Ui};

use crate::engine::customer::customers::KNOWN;
use crate::engine::customer::profile::{Profile, ProfileEvent, ProfileField};
use crate::engine::table::Table;
use crate::project::source::semantic;
use crate::ui::context::PageCx;
use crate::ui::theme::{self, palette};
use crate::ui::widgets::{form, text};
use crate::workbench::Published;

pub fn card_ui(ui: &mut Ui, cx: &mut PageCx<'_>, published: &Published, table: &Table, row: usize) {
    theme::card(ui).show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        let profile = match &published.run {
            Some(run) => cx.memory.profile(run, row as u32),
            None => None,
        };
        match profile {
            Some(profile) => profile_ui(ui, cx, &profile),
            None => stored_ui(ui, cx, table, row),
        }
    });
}

fn close_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        if form::icon_button(ui, "✖", "Close the card", true) {
            cx.memory.customer = None;
        }
    });
}

/// Name, state, and everything else in sections.
fn profile_ui(ui: &mut Ui, cx: &mut PageCx<'_>, profile: &Profile) {
    ui.horizontal(|ui| {
        ui.vertical(|ui| {
            ui.label(RichText::new(title(profile)).size(18.0).strong());
            state_ui(ui, &profile.state, &profile.reason);
        });
        close_ui(ui, cx);
    });
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        fields_ui(ui, &profile.fields);
        form::section_ui(ui, "IDs");
        ids::ids_ui(ui, cx, profile);
        pair_ui(ui, "CustomerId", |ui| {
            ui.label(RichText::new(&profile.id).monospace());
        });
        form::section_ui(ui, "Segments");
        if profile.segments.is_empty() {
            ui.label(RichText::new("In no segment").color(palette(ui).text_weak));
        }
        for segment in &profile.segments {
            ui.label(segment);
        }
        timeline_ui(ui, &profile.events, profile.event_count);
    });
}

/// The person's name, else the first key.
fn title(profile: &Profile) -> String {
    let named = |meaning: &str| {
        let field = profile.fields.iter().find(|field| field.semantic_type.as_deref() == Some(meaning));
        field.map(|field| field.value.clone())
    };
    let parts = [named(semantic::FIRST_NAME), named(semantic::LAST_NAME)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let first_key = || profile.keys.first().and_then(|(_, keys)| keys.first().cloned());
    named(semantic::FULL_NAME)
        .or_else(|| (!parts.is_empty()).then(|| parts.join(" ")))
        .or_else(first_key)
        .unwrap_or_else(|| profile.id.clone())
}

fn state_ui(ui: &mut Ui, state: &str, reason: &str) {
    let palette = palette(ui);
    let (icon, color) = if state == KNOWN { ("✔", palette.good) } else { ("?", palette.text_weak) };
    let help = "Known: a field whose semantic type is on the list of known identifiers has a value";
    ui.label(RichText::new(format!("{icon} {state}: {reason}")).color(color)).on_hover_text(help);
}

/// A name in a column of its own, and beside it what it has, line by line.
fn pair_ui(ui: &mut Ui, name: &str, value: impl FnOnce(&mut Ui)) {
    ui.horizontal_top(|ui| {
        let size = egui::vec2(112.0, ui.text_style_height(&egui::TextStyle::Body));
        ui.allocate_ui_with_layout(size, egui::Layout::left_to_right(egui::Align::Min), |ui| {
            ui.set_min_width(size.x);
            let color = palette(ui).text_weak;
            ui.add(egui::Label::new(RichText::new(name).color(color)).truncate());
        });
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            // Lines of text, not of controls.
            ui.spacing_mut().interact_size.y = size.y;
            value(ui);
        });
    });
}

fn fields_ui(ui: &mut Ui, fields: &[ProfileField]) {
    for field in fields {
        pair_ui(ui, &field.name, |ui| {
            let weak = palette(ui).text_weak;
            ui.horizontal_wrapped(|ui| {
                let help = format!("From {}, the first by importance that is not blank", field.source);
                ui.label(text::one_line(&field.value, 300)).on_hover_text(help);
                ui.label(RichText::new(&field.source).small().color(weak));
            });
            for (source, value) in &field.others {
                let also = format!("also {} from {source}", text::one_line(value, 120));
                ui.add(egui::Label::new(RichText::new(also).small().color(weak)).wrap());
            }
        });
    }
}

/// Newest first, a heading for each month.
fn timeline_ui(ui: &mut Ui, events: &[ProfileEvent], count: usize) {
    form::section_ui(ui, "Timeline");
    if events.is_empty() {
        ui.label(RichText::new("No activities").color(palette(ui).text_weak));
    }
    let mut month = "";
    for event in events {
        let of = event.time.get(..7).unwrap_or_default();
        if of != month {
            month = of;
            let in_month = events.iter().filter(|other| other.time.starts_with(of)).count();
            let heading = format!("{of} · {}", text::counted(in_month as u64, "event", "events"));
            ui.label(RichText::new(heading).small().strong().color(palette(ui).text_weak));
        }
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(&event.time).monospace().color(palette(ui).text_weak));
            ui.label(&event.title).on_hover_text(&event.activity);
            if !event.detail.is_empty() {
                ui.label(RichText::new(text::one_line(&event.detail, 120)).color(palette(ui).text_weak));
            }
        });
    }
    if count > events.len() {
        ui.label(format!("and {} older ones", text::count((count - events.len()) as u64)));
    }
}

/// The columns of the stored customer table, until a run of this session can tell the rest.
fn stored_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &Table, row: usize) {
    ui.horizontal(|ui| {
        ui.label(RichText::new("Profile").size(18.0).strong());
        close_ui(ui, cx);
    });
    ui.label(RichText::new("As last kept; run again for ids by source and the timeline.").color(palette(ui).text_weak));
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        for column in table.columns.iter().filter(|column| !column.data.is_blank(row)) {
            pair_ui(ui, &column.name, |ui| {
                ui.label(text::one_line(&column.data.text(row), 300));
            });
        }
    });
}
